"""Pemangku: who holds which post from when until when, definitif, Plt or Plh."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, request
from sqlalchemy.orm import joinedload

from backoffice import holdings
from backoffice.accounts import end_sessions
from backoffice.text import _, _l
from models import Holding, HoldingKind, User, db
from views import spans
from views.absence import AWAY
from views.fields import LineField, small_int
from views.session import current_person
from views.settings import SettingsView

KINDS = (
    (HoldingKind.DEFINITIVE, _l("Definitive")),
    (HoldingKind.PLT, _l("Plt. (acting, the post is vacant)")),
    (HoldingKind.PLH, _l("Plh. (acting for the day)")),
)


def state_words(view: Any, context: Any, holding: Holding, name: str) -> str:
    """When it holds, and whether its holder is away."""
    said = spans.state_words(view, context, holding, name)
    person = current_person()
    resting = person.staffing.resting if person is not None else ()
    why = [str(AWAY[one.kind]) for one in resting if one.holding_id == holding.id]
    return _("%(state)s, now %(why)s", state=said, why=why[0]) if why else said


class HoldingView(SettingsView):
    """Holdings. Whoever gains or loses a post logs in anew, with the rights of that moment."""

    model = Holding
    slug = "pemangku"
    title = _l("Holders of posts")
    lead = _l("Who holds which post, since when, and who stands in for whom.")
    new_label = _l("Name a holder")
    moves_managers = True
    can_delete = can_view_details = can_export = True
    column_default_sort = ("id", True)
    column_list = ("post", "user", "kind", "from_at", "until_at", "state")
    column_details_list = (*column_list, "letter_number", "letter_on")
    column_labels = {
        "post": _l("Post"),
        "user": _l("Held by"),
        "kind": _l("As"),
        "from_at": _l("From"),
        "until_at": _l("Until"),
        "state": _l("Time"),
        "letter_number": _l("Number of the letter of appointment"),
        "letter_on": _l("Date of that letter"),
    }
    column_formatters = {**spans.FORMATTERS, "state": state_words}
    column_choices = {"kind": KINDS}
    column_filters = (spans.time_filter(Holding),)
    form_columns = ("post", "user", "kind", *spans.SPAN, "letter_number", "letter_on")
    form_extra_fields = {
        **spans.FIELDS,
        "letter_number": LineField(
            _l("Number of the letter of appointment"),
            longest=120,
            description=_l(
                "The decree (SK) or the order (surat perintah), as it is written there."
            ),
        ),
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

    def edit_form(self, obj: Any = None) -> Any:
        """With the days as they stand."""
        form = super().edit_form(obj)
        spans.show(form, obj)
        return form

    def get_query(self) -> Any:
        """With post and user, so that no row asks for its own."""
        return super().get_query().options(joinedload(Holding.post), joinedload(Holding.user))

    def on_model_change(self, form: Any, model: Holding, is_created: bool) -> None:
        """The period runs forward; everybody concerned logs in anew."""
        with db.session.no_autoflush:
            spans.take(form, model)
        holdings.refuse_twice(model)
        holdings.refuse_rewriting(model)
        before = sa.inspect(model).attrs.user.history.deleted or ()
        for user in (model.user, *before):
            if isinstance(user, User):
                end_sessions(user)

    def after_model_change(self, form: Any, model: Holding, is_created: bool) -> None:
        """Two definitive posts at a time are seldom meant: it is said, and kept."""
        others = holdings.definitive_elsewhere(model)
        if others:
            told = _(
                "%(name)s also holds %(posts)s as definitif meanwhile. Look whether it is meant."
            )
            flash(told % {"name": model.user, "posts": ", ".join(map(str, others))}, "warning")

    def on_model_delete(self, model: Holding) -> None:
        """Taking a post away ends the sessions too."""
        end_sessions(model.user)
