"""Pelaksana: the roles that the SOPs of the office speak of."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from backoffice.errors import Incomplete
from backoffice.text import _l
from models import Role, db, post_roles
from views.settings import KeyedView, give_key


class RoleView(KeyedView):
    """Roles; a post has them. They are never deleted: published SOPs name them."""

    model = Role
    slug = "pelaksana"
    title = _l("Roles in the SOPs")
    lead = _l("The words of the SOPs for whoever acts; each is held by one post or by several.")
    new_label = _l("Add a role")
    can_view_details = True
    column_list = column_details_list = ("title", "key", "outside")
    column_labels = {
        "title": _l("Name in the SOP"),
        "key": _l("Key in the SOPs"),
        "outside": _l("Outside the office"),
    }
    column_searchable_list = ("title", "key")
    form_columns = ("title", "key", "outside")
    form_args = {
        "outside": {
            "description": _l(
                "Somebody without an account, e.g. the reporter: a post records what he did."
            ),
        },
    }

    def on_model_change(self, form: Any, model: Role, is_created: bool) -> None:
        """A key of its own; whoever is outside the office holds no post."""
        if "key" in form:
            give_key(model, model.title)
        if model.outside and not is_created and is_held(model):
            raise Incomplete({"outside": "role_held"})


def is_held(role: Role) -> bool:
    """Whether a post has this role."""
    held = sa.select(post_roles.c.post_id).where(post_roles.c.role_id == role.id)
    with db.session.no_autoflush:
        return db.session.scalar(held.limit(1)) is not None
