"""Cuti dan dinas luar: who is away from which post, and who holds it as Plh meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy.orm import joinedload
from wtforms import DateField
from wtforms.validators import InputRequired, Optional

from backoffice import access, accounts, holdings
from backoffice.holdings import Substitute
from backoffice.text import _, _l, plain_date
from models import Holding, Leave, LeaveKind, User, db
from views import spans
from views.converter import MOST_OPTIONS, RowField, rows_in_scope
from views.fields import LineField, small_int
from views.guard import begin_write
from views.session import current_person, utc_now
from views.settings import LastManager, SettingsView

KINDS = (
    (LeaveKind.LEAVE, _l("On leave (cuti)")),
    (LeaveKind.JOURNEY, _l("Away on duty (dinas luar)")),
    (LeaveKind.OTHER, _l("Held up in another way")),
)
LETTER = 120  # signs of a letter's number


def present_holdings() -> Sequence[Holding]:
    """Who holds or will hold a post of the office."""
    person = current_person()
    if person is None:
        return ()
    lasting = sa.or_(Holding.until_at.is_(None), Holding.until_at > utc_now())
    query = sa.select(Holding).join(User).where(access.scope(person, Holding), lasting)
    rows = query.options(joinedload(Holding.post), joinedload(Holding.user))
    return db.session.scalars(rows.order_by(User.name, Holding.id).limit(MOST_OPTIONS)).all()


def colleagues() -> Sequence[User]:
    """Who may be named."""
    return [one for one in rows_in_scope(User) if one.active]


def whose(view: Any, context: Any, leave: Leave, name: str) -> str:
    """Who is away, and from which post."""
    return str(leave.holding)


def stands_in(view: Any, context: Any, leave: Leave, name: str) -> str:
    """Who holds the post meanwhile."""
    named = leave.substitute
    return f"Plh. {named.user}" if named is not None else _("nobody: the superior has the work")


def order(view: Any, context: Any, leave: Leave, name: str) -> str:
    """800/7, 14 Januari 2026."""
    named = leave.substitute
    if named is None:
        return ""
    day = plain_date(named.letter_on) if named.letter_on is not None else ""
    return ", ".join(one for one in (named.letter_number, day) if one)


class LeaveView(SettingsView):
    """Leaves. A leave that has begun is ended, not deleted: it says who acted, and why."""

    model = Leave
    slug = "cuti"
    title = _l("Leaves and substitutes")
    lead = _l("Who is away from which post, and who holds it as Plh meanwhile.")
    new_label = _l("Record a leave and name a Plh")
    moves_managers = True
    can_delete = can_view_details = can_export = True
    details_template = "settings/leave.html"
    column_default_sort = ("id", True)
    column_list = ("holding", "kind", "from_at", "until_at", "state", "substitute")
    column_details_list = (*column_list[:5], "letter_number", "letter_on", "substitute", "order")
    column_labels = {
        "holding": _l("Who is away"),
        "kind": _l("Why"),
        "from_at": _l("From"),
        "until_at": _l("Until"),
        "state": _l("Time"),
        "substitute": _l("Plh. meanwhile"),
        "letter_number": _l("Number of the permission or the order"),
        "letter_on": _l("Date of that paper"),
        "order": _l("Order to the Plh."),
    }
    column_formatters = {
        **spans.FORMATTERS,
        "holding": whose,
        "substitute": stands_in,
        "order": order,
    }
    column_choices = {"kind": KINDS}
    column_filters = (spans.time_filter(Leave),)
    form_columns = (
        "holding",
        "kind",
        *spans.SPAN,
        "letter_number",
        "letter_on",
        "substitute_user",
        "substitute_number",
        "substitute_on",
    )
    form_extra_fields = {
        **spans.FIELDS,
        "until_on": DateField(
            _l("Until"), validators=[InputRequired()], description=_l("The last day, included.")
        ),
        "letter_number": LineField(_l("Number of the permission or the order"), longest=LETTER),
        "substitute_user": RowField(
            _l("Plh. meanwhile"),
            rows=colleagues,
            words=str,
            allow_blank=True,
            description=_l("Empty: the post is vacant meanwhile, and its superior has the work."),
        ),
        "substitute_number": LineField(_l("Number of the order to the Plh."), longest=LETTER),
        "substitute_on": DateField(_l("Date of that order"), validators=[Optional()]),
    }
    form_args = {"holding": {"rows": present_holdings}}

    def build_new_instance(self) -> Any:
        """A leave has no office of its own: the post has."""
        return Leave()

    def create_form(self, obj: Any = None) -> Any:
        """With the holder that another page names in its link."""
        form = super().create_form(obj)
        if request.method == "GET" and "holding" in form:
            asked = small_int(request.args.get("holding")) or 0
            form.holding.data = form.holding.options.get(asked)
        return form

    def edit_form(self, obj: Any = None) -> Any:
        """With the days and the substitute as they stand."""
        form = super().edit_form(obj)
        spans.show(form, obj)
        named = obj.substitute
        if request.method == "GET" and named is not None and "substitute_user" in form:
            form.substitute_user.data = named.user
            form.substitute_number.data = named.letter_number
            form.substitute_on.data = named.letter_on
        return form

    def get_query(self) -> Any:
        """With everybody a row names, so that no row asks for its own."""
        away, named = joinedload(Leave.holding), joinedload(Leave.substitute)
        return (
            super()
            .get_query()
            .options(
                away.joinedload(Holding.post),
                away.joinedload(Holding.user),
                named.joinedload(Holding.user),
            )
        )

    def on_model_change(self, form: Any, model: Leave, is_created: bool) -> None:
        """The leave lies within the holding; the Plh holds the post for as long as it lasts."""
        with db.session.no_autoflush:
            spans.take(form, model)
            holdings.refuse_leave(model)
            user = form.substitute_user.data
            number, day = form.substitute_number.data, form.substitute_on.data
            wanted = Substitute(user, number or "", day) if user is not None else None
            holdings.substitute(model, wanted, utc_now())

    def settle(self) -> None:
        """Somebody manages the office now, and when a leave of somebody who does begins."""
        super().settle()
        for leave in self.get_query().filter(Leave.from_at > utc_now()):
            post = leave.holding.post
            at = leave.from_at if "manage_office" in post.capabilities else None
            if at and not accounts.managers_of([post.office_id], at)[post.office_id]:
                raise LastManager

    def may_delete(self, row: Any) -> bool:
        """A leave that has begun is ended instead."""
        return super().may_delete(row) and (row is None or row.from_at > utc_now())

    def may_edit(self, row: Any) -> bool:
        """What is over is history."""
        return super().may_edit(row) and row.until_at > utc_now()

    def may_end(self, row: Leave) -> bool:
        """A leave that lasts."""
        return self.may_edit(row) and row.from_at < utc_now()

    def on_model_delete(self, model: Leave) -> None:
        """The Plh who was named for it goes with it."""
        if model.substitute is not None:
            db.session.delete(model.substitute)

    @expose("/akhiri/", methods=("POST",))
    def end(self) -> ResponseReturnValue:
        """The holder is back before his time."""
        begin_write()
        leave = self.one_or_404()
        if not self.may_end(leave):
            abort(404)
        holdings.end_leave(leave, utc_now())
        self.settle()
        db.session.commit()
        flash(_("%(name)s acts as the post again.", name=leave.holding.user), "success")
        return redirect(url_for(".details_view", id=leave.id))
