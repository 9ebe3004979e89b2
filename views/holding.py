"""Pemangku: who holds which post from when until when, definitif, Plt or Plh."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import joinedload

from backoffice.accounts import end_sessions
from backoffice.errors import Incomplete
from backoffice.text import _l
from models import Holding, HoldingKind, User
from views.fields import small_int
from views.filters import ChoiceFilter
from views.session import today
from views.settings import SettingsView

KINDS = (
    (HoldingKind.DEFINITIVE, _l("Definitive")),
    (HoldingKind.PLT, _l("Plt. (acting, the post is vacant)")),
    (HoldingKind.PLH, _l("Plh. (acting for the day)")),
)
TIMES = (("now", _l("Today")), ("coming", _l("To come")), ("past", _l("Ended")))


def by_time(value: str) -> Any:
    """Holdings of today, to come, or ended."""
    day = today()
    if value == "coming":
        return Holding.from_on > day
    ended = Holding.until_on < day
    if value == "past":
        return ended
    return sa.and_(Holding.from_on <= day, sa.or_(Holding.until_on.is_(None), ~ended))


class HoldingView(SettingsView):
    """Holdings. Whoever gains or loses a post logs in anew, with the rights of that day."""

    model = Holding
    slug = "pemangku"
    title = _l("Holders of posts")
    lead = _l("Who holds which post, since when, and who stands in for whom.")
    new_label = _l("Name a holder")
    moves_managers = True
    can_delete = can_view_details = can_export = True
    column_default_sort = ("id", True)
    column_list = column_details_list = ("post", "user", "kind", "from_on", "until_on")
    column_labels = {
        "post": _l("Post"),
        "user": _l("Held by"),
        "kind": _l("As"),
        "from_on": _l("From"),
        "until_on": _l("Until"),
    }
    column_choices = {"kind": KINDS}
    column_filters = (ChoiceFilter("waktu", _l("Time"), TIMES, by_time),)
    form_columns = ("post", "user", "kind", "from_on", "until_on")
    form_args = {
        "from_on": {"default": today},
        "until_on": {"description": _l("The last day, included. Empty: until further notice.")},
    }

    def build_new_instance(self) -> Any:
        """A holding has no office of its own: its post has."""
        return Holding()

    def create_form(self, obj: Any = None) -> Any:
        """With the post or the person that another page names in its link."""
        form = super().create_form(obj)
        for name in ("post", "user"):
            if request.method == "GET" and name in form:
                form[name].data = form[name].options.get(small_int(request.args.get(name)) or 0)
        return form

    def get_query(self) -> Any:
        """With post and user, so that no row asks for its own."""
        return super().get_query().options(joinedload(Holding.post), joinedload(Holding.user))

    def on_model_change(self, form: Any, model: Holding, is_created: bool) -> None:
        """The period runs forward; everybody concerned logs in anew."""
        if model.until_on is not None and model.until_on < model.from_on:
            raise Incomplete({"until_on": "until_before_from"})
        before = sa.inspect(model).attrs.user.history.deleted or ()
        for user in (model.user, *before):
            if isinstance(user, User):
                end_sessions(user)

    def on_model_delete(self, model: Holding) -> None:
        """Taking a post away ends the sessions too."""
        end_sessions(model.user)

    def build_title(self, model: Holding) -> str:
        """Whose holding it is."""
        return f"{model.post} – {model.user}"
