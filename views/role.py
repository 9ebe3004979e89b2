"""Pelaksana: the roles that the SOPs of the office speak of."""

from __future__ import annotations

from typing import Any

from backoffice.text import _l
from models import Role
from views.settings import KEY_FIELD, SettingsView, give_key


class RoleView(SettingsView):
    """Roles; a post has them. They are never deleted: published SOPs name them."""

    model = Role
    slug = "pelaksana"
    title = _l("Roles in the SOPs")
    new_label = _l("Add a role")
    can_view_details = True
    column_list = column_details_list = ("title", "key", "outside")
    column_labels = {
        "title": _l("Name in the SOP"),
        "key": _l("Key in the SOPs"),
        "outside": _l("Outside the office"),
    }
    column_searchable_list = ("title", "key")
    form_extra_fields = {"key": KEY_FIELD}
    form_columns = ("title", "key", "outside")
    form_args = {
        "outside": {
            "description": _l(
                "Somebody without an account, e.g. the reporter: a post records what he did."
            ),
        },
    }

    def on_model_change(self, form: Any, model: Role, is_created: bool) -> None:
        """A key for a new one."""
        if is_created:
            give_key(model, model.title)
