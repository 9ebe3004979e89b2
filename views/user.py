"""Pengguna: the office's people and their accounts; a password is reset at the counter."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy.orm import joinedload, selectinload

from backoffice import accounts
from backoffice.errors import Incomplete
from backoffice.text import _, _l
from models import Holding, User, db
from views.filters import ChoiceFilter
from views.guard import begin_write
from views.session import utc_now
from views.settings import SettingsView, show_once

STATES = (("active", _l("Active")), ("closed", _l("Closed")))


def posts_of(view: Any, context: Any, user: User, name: str) -> str:
    """What somebody holds now."""
    now = utc_now()
    held = [
        one.post.title
        for one in user.holdings
        if one.from_at <= now and (one.until_at is None or one.until_at > now)
    ]
    return ", ".join(held) or _("none")


class UserView(SettingsView):
    """Accounts. They are closed, never deleted: the history names them."""

    model = User
    slug = "pengguna"
    title = _l("People")
    lead = _l("Everybody who logs in to Paraf, each with a user name of his own.")
    new_label = _l("Add a person")
    moves_managers = True
    can_view_details = can_export = True
    details_template = "settings/user.html"
    column_list = ("name", "username", "posts", "active")
    column_details_list = ("name", "username", "nip", "rank", "posts", "active")
    column_labels = {
        "name": _l("Name"),
        "username": _l("User name"),
        "nip": _l("NIP"),
        "rank": _l("Rank"),
        "posts": _l("Posts today"),
        "active": _l("May log in"),
    }
    column_formatters = {"posts": posts_of}
    column_searchable_list = ("name", "username", "nip")
    column_filters = (
        ChoiceFilter(
            "keadaan", _l("State"), STATES, lambda value: User.active.is_(value == "active")
        ),
    )
    form_columns = ("name", "username", "nip", "rank", "active")
    form_args = {
        "name": {"description": _l("With titles, as it stands under letters.")},
        "username": {
            "description": _l("Small letters, digits and full stops only, e.g. citra.misalnya."),
        },
        "nip": {"validators": []},
        "rank": {"validators": [], "description": _l("Pangkat and golongan, as under letters.")},
        "active": {"default": True},
    }

    def get_query(self) -> Any:
        """With the posts, so that no row asks for its own."""
        posts = selectinload(User.holdings).joinedload(Holding.post)
        return super().get_query().options(joinedload(User.office), posts)

    def on_model_change(self, form: Any, model: User, is_created: bool) -> None:
        """A plain user name of his own, a temporary password for a new one, no open door."""
        model.username = accounts.clean_username(model.username)
        self.refuse_taken(model)
        if is_created:
            password = accounts.temporary_password()
            model.password_hash = accounts.hash_password(password)
            model.must_change_password = True
            show_once(model, password)
        elif not model.active:
            accounts.end_sessions(model)

    def refuse_taken(self, user: User) -> None:
        """User names are unique in the installation."""
        with db.session.no_autoflush:
            same = sa.select(User.id).where(
                User.username == user.username, User.id != (user.id or 0)
            )
            if db.session.scalar(same) is not None:
                raise Incomplete({"username": "username_taken"})

    @expose("/reset/", methods=("GET", "POST"))
    def reset(self) -> ResponseReturnValue:
        """Ask first; then a new temporary password, shown once and read out at the counter."""
        if request.method == "GET":
            return self.render("settings/reset.html", model=self.one_or_404())
        begin_write()
        user = self.one_or_404()
        return self.show_password(user, accounts.reset_password(user))
