"""Lists of cases: filters, rows, and one action on several after a confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy import select

from backoffice import lists, search
from backoffice.text import _, _l
from models import Assignment, Case, Duty, Status, db
from views import bulk, labels
from views.fields import cleaned
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.many_letters import LETTERS, ManyLetters
from views.rows import COLUMNS, CaseRow, RowMaker, office_of
from views.session import current_person, local_path, utc_now

STAGES = (
    ("mine", _l("On my desk")),
    ("open", _l("In progress")),
    ("waiting", _l("Waiting for somebody else")),
    ("awaiting_notice", _l("Waiting for the notice")),
    ("closed", _l("Finished")),
    ("withdrawn", _l("Withdrawn")),
    ("void", _l("Void")),
)
TIMES = (
    ("late", _l("Overdue")),
    ("today", _l("Today")),
    ("later", _l("Later")),
    ("none", _l("No standard yet")),
)


def by_stage(value: str) -> Any:
    """Cases on my desk, or in a state."""
    if value != "mine":
        return Case.status == Status(value)
    person = current_person()
    return Case.id.in_(
        select(Assignment.case_id).where(
            Assignment.post_id.in_(person.desk_post_ids if person else ()),
            Assignment.left_at.is_(None),
            Assignment.duty == Duty.RESPONSIBLE,
        )
    )


def by_time(value: str) -> Any:
    """Cases by the due moment of the desk they are on; who waits for outsiders is not late."""
    now = utc_now()
    midnight = end_of_day(now)
    clause = {
        "late": Assignment.due_at < now,
        "today": Assignment.due_at.between(now, midnight),
        "later": Assignment.due_at > midnight,
        "none": Assignment.due_at.is_(None),
    }[value]
    open_desk = select(Assignment.case_id).where(
        Assignment.case_id == Case.id,
        Assignment.left_at.is_(None),
        Assignment.duty == Duty.RESPONSIBLE,
        clause,
    )
    return open_desk.exists() & (Case.status == Status.OPEN)


def end_of_day(now: datetime) -> datetime:
    """Midnight in the zone of the person's office."""
    person = current_person()
    office = person.user.office if person is not None else None
    zone = ZoneInfo(office.timezone if office is not None else "Asia/Jakarta")
    local = now.astimezone(zone) + timedelta(days=1)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def stage_filter() -> ChoiceFilter:
    """Tahap."""
    return ChoiceFilter("tahap", _l("Stage"), STAGES, by_stage)


def time_filter() -> ChoiceFilter:
    """Waktu."""
    return ChoiceFilter("waktu", _l("Time"), TIMES, by_time)


def channel_filter() -> ChoiceFilter:
    """Saluran."""
    options = tuple(labels.CHANNELS.items())
    return ChoiceFilter("saluran", _l("Channel"), options, lambda value: Case.channel == value)


@dataclass(frozen=True, slots=True)
class Verb:
    """A button of the bulk bar."""

    key: str
    label: str
    icon: str
    future: str  # the heading above the rows it will act on
    done: str  # what is said of the rows it acted on


class CaseList(ManyLetters, FlatList):
    """What the list of every kind of case does; mixed into `CaseView`."""

    list_template = "case/list.html"
    lead = _l("Here you look for a case, narrow the list down and open it.")
    column_list: Sequence[str] = ("subject", "desk", "due", "received", "action")
    column_labels = {
        "subject": _l("Case"),
        "desk": _l("Stage and desk"),
        "due": _l("Working time left"),
        "received": _l("Received"),
        "action": _l("Action"),
        "number": _l("Number"),
        "person": _l("Reporter or applicant"),
        "place": _l("Step"),
        "due_at": _l("Due"),
        "received_on": _l("Received on"),
        "channel": _l("Channel"),
        "references": _l("Numbers from outside"),
    }
    column_sortable_list: Sequence[Any] = (("received", "id"),)
    column_searchable_list: Sequence[str] = ("number",)
    column_export_list: Sequence[str] = (
        "number",
        "subject",
        "person",
        "channel",
        "received_on",
        "desk",
        "place",
        "due",
        "due_at",
        "references",
    )
    column_filters: Sequence[Any] = (stage_filter(), time_filter(), channel_filter())
    search_label = _l("Search by number, content or name")
    plural = _l("cases")

    def search_clause(self, text: str) -> Any:
        """Every word begins a word of the case; newest hits first."""
        office_id = self.person.office_id
        return Case.id.in_(search.hits(text, db.session(), office_id=office_id))

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """Cases that have not ended are few, whatever the archive: their state finds them."""
        stage, time = chosen.get("tahap", "closed"), chosen.get("waktu")
        return lists.narrow if time or stage != "closed" else None

    def rows_of(self, ids: Sequence[int]) -> list[CaseRow]:
        """The rows of a page, finished; the same for all of them is asked once."""
        if not ids:
            return []
        rows = db.session.execute(select(*COLUMNS).where(Case.id.in_(ids)))
        found = {row.id: row for row in rows}
        return self.made([found[one] for one in ids if one in found])

    def made(self, rows: Sequence[Any]) -> list[CaseRow]:
        """Rows of the database as rows of the page."""
        person = self.person
        return RowMaker(person, office_of(person), utc_now()).rows(rows)

    def get_export_value(self, row: CaseRow, name: str) -> Any:
        """A cell of the workbook."""
        return row.due.tag.words if name == "due" else getattr(row, name)

    def bulk_verbs(self) -> Sequence[Verb]:
        """Setujui, Teruskan and Surat, each after a page that shows what would happen."""
        return (
            Verb("forward", _("Pass on"), "forward", _("Will be passed on"), _("passed on")),
            Verb("approve", _("Approve"), "pen", _("Will be approved"), _("approved")),
            Verb(LETTERS, _("Make letters"), "file", "", ""),
        )

    @expose("/action/", methods=("POST",))
    def action_view(self) -> ResponseReturnValue:
        """First show which rows, then act on exactly these; letters have a page of their own."""
        if request.form.get("action") == LETTERS:
            return self.letters_view()
        back = local_path(request.form.get("back") or f"/{self.slug}/")
        verb = next(
            (one for one in self.bulk_verbs() if one.key == request.form.get("action")), None
        )
        ids = self.chosen_ids()
        if verb is None or not ids:
            flash(_("Tick at least one row first."), "warning")
            return redirect(back)
        query = self.get_query().filter(Case.id.in_(ids))  # type: ignore[attr-defined]
        plan = bulk.plan(
            query.all(),
            verb.key,
            self.person,
            utc_now(),
            asked=len(ids),
        )
        if request.form.get("confirmed"):
            return self.act(plan, verb, back)
        return self.confirmation(plan, verb, back)

    def act(self, plan: bulk.Plan, verb: Verb, back: str) -> ResponseReturnValue:
        """The second press: act on the rows as they were shown."""
        note = cleaned(request.form.get("note"))
        if plan.note_required and not note:
            error = _("Write the note: whoever gets the cases reads it.")
            return self.confirmation(plan, verb, back, error=error), 422
        report = bulk.act(plan, bulk.seen_versions(request.form), self.person, utc_now(), note)
        if report.moved:
            words = {"n": len(report.moved), "what": str(self.plural), "done": verb.done}
            flash(_("%(n)s %(what)s %(done)s.", **words), "success")
        for sentence in bulk.refusals(report, plan):
            flash(sentence, "warning")
        return redirect(back)

    def confirmation(self, plan: bulk.Plan, verb: Verb, back: str, *, error: str = "") -> str:
        """Which rows, which are skipped and why."""
        hidden = [("action", verb.key), ("confirmed", "1"), ("back", back)]
        for one in plan.taken:
            hidden += [("rowid", str(one.id)), (f"version.{one.id}", str(one.version))]
        words = {
            "deed": verb.label,
            "n": len(plan.taken),
            "what": str(self.plural),
        }
        page: str = self.render(  # type: ignore[attr-defined]
            "case/confirm.html",
            heading=_("%(deed)s %(n)s %(what)s?", **words),
            taken_heading=verb.future,
            verb_words=_("%(deed)s %(n)s %(what)s", **words),
            plan=plan,
            hidden=hidden,
            back_url=back,
            error=error,
            typed=request.form.get("note", ""),
        )
        return page
