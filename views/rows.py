"""The rows of a page of cases: who has it and how long still, asked for all rows at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.clock import Calendar
from backoffice.text import _, short_date
from backoffice.workflow.definition import Action, Procedure, Step
from backoffice.workflow.versions import procedures_of
from models import (
    Assignment,
    Case,
    Duty,
    Office,
    Party,
    PartyRole,
    Status,
    db,
)
from views import labels
from views.due import Due, due_of, finished, waiting_for
from views.kinds import roles_of
from views.row_columns import COLUMNS as COLUMNS

SLUGS = {
    "complaint": "pengaduan",
    "data_request": "permintaan-data",
    "aid_proposal": "proposal-qurban",
    "general": "berkas",
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row as the template draws it: everything is a finished string."""

    id: int
    url: str
    subject: str
    meta: str
    desk: str
    place: str
    due: Due
    received: str
    action: str
    mine: bool
    unread: bool
    task: str
    number: str
    person: str
    channel: str
    received_on: date | None
    due_at: datetime | None
    version: int
    references: str


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the rows of a page share, read in four statements."""

    desks: Mapping[int, Sequence[Row[Any]]]
    people: Mapping[int, str]
    procedures: Mapping[int, Procedure]


def office_of(person: Person) -> Office:
    """The office of somebody who works in one."""
    office = person.user.office
    if office is None:
        raise LookupError("cases exist in offices only")
    return office


def case_url(case_id: int, kind: str) -> str:
    """The address of a case page; no url_for, since a list has fifty of them."""
    return f"/{SLUGS[kind]}/details/?id={case_id}"


def lookups(cases: Iterable[Any]) -> Lookups:
    """Desks, people and SOPs of these cases, each in one statement."""
    rows = list(cases)
    ids = [row.id for row in rows]
    return Lookups(
        desks=open_desks(ids),
        people=first_parties(ids),
        procedures=procedures_of({row.procedure_version_id for row in rows}),
    )


def open_desks(case_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """The open desks of each case, the responsible ones first."""
    found: dict[int, list[Row[Any]]] = {}
    if not case_ids:
        return found
    query = (
        select(
            Assignment.case_id,
            Assignment.post_id,
            Assignment.duty,
            Assignment.entered_at,
            Assignment.due_at,
            Assignment.read_at,
        )
        .where(Assignment.case_id.in_(case_ids), Assignment.left_at.is_(None))
        .order_by(Assignment.id)
    )
    for row in db.session.execute(query):
        found.setdefault(row.case_id, []).append(row)  # type: ignore[arg-type]
    return found


def first_parties(case_ids: Collection[int]) -> dict[int, str]:
    """Who brought each case."""
    if not case_ids:
        return {}
    query = select(Party.case_id, Party.name, Party.anonymous).where(
        Party.case_id.in_(case_ids), Party.role.in_((PartyRole.REPORTER, PartyRole.APPLICANT))
    )
    return {
        row.case_id: _("Anonymous") if row.anonymous else row.name
        for row in db.session.execute(query)
    }


class RowMaker:
    """Makes the rows of one page for one person at one moment."""

    def __init__(self, person: Person, office: Office, now: datetime) -> None:
        self.person, self.office, self.now = person, office, now
        self.calendar: Calendar = calendar_of(office)

    def rows(self, cases: Sequence[Any]) -> list[CaseRow]:
        """The rows of these cases, in their order."""
        shared = lookups(cases)
        return [self.row(case, shared) for case in cases]

    def row(self, case: Any, shared: Lookups) -> CaseRow:
        """One row."""
        procedure = shared.procedures[case.procedure_version_id]
        desks = shared.desks.get(case.id, ())
        mine = [one for one in desks if one.post_id in self.person.desk_post_ids]
        acting = any(one.duty is Duty.RESPONSIBLE for one in mine)
        asked = any(one.duty is Duty.OPINION for one in mine)
        step = procedure.step(case.step) if procedure.has_step(case.step) else None
        return CaseRow(
            id=case.id,
            url=case_url(case.id, case.kind),
            subject=labels.subject_of(case, self.office.timezone),
            meta=self.meta(case, shared.people.get(case.id, ""), procedure),
            desk=self.desk(desks, case, procedure),
            place=place_words(procedure, step) if case.status not in ENDED else "",
            due=self.due(case, desks, procedure, step),
            received=short_date(case.received_on) if case.received_on else "",
            action=self.action(case, step, acting=acting, asked=asked),
            mine=acting,
            unread=any(one.read_at is None for one in mine),
            task=task_of(procedure, step, acting=acting and not asked),
            number=case.number or "",
            person=shared.people.get(case.id, ""),
            channel=labels.word(self.office, "channel", case.channel) if case.channel else "",
            received_on=case.received_on,
            due_at=first_due(desks),
            version=case.version,
            references="" if isinstance(case, Case) else case.references or "",
        )

    def action(self, case: Any, step: Step | None, *, acting: bool, asked: bool) -> str:
        """The one next action of a row; an opinion first, since the conclusion waits for it."""
        if case.status not in MOVING:
            return _("Open")
        return _("Give opinion") if asked else verb_of(step, acting=acting)

    def meta(self, case: Any, person: str, procedure: Procedure) -> str:
        """Number · person · channel · scale, what there is of it."""
        channel = labels.word(self.office, "channel", case.channel) if case.channel else ""
        scale = scale_of(procedure)
        parts = [case.number or _("no number yet"), person, channel, scale]
        if case.queue_number and case.subject is not None:
            parts.append(_("queue %(number)s", number=case.queue_number))
        return " · ".join(part for part in parts if part)

    def desk(self, desks: Sequence[Row[Any]], case: Any, procedure: Procedure) -> str:
        """Who has it: the responsible posts, or how it ended."""
        if case.status in ENDED:
            if case.status is Status.CLOSED and case.outcome:
                return procedure.outcome(case.outcome).label
            return labels.ending_of(case, getattr(case, "joined_number", "") or "")
        posts = self.person.staffing.posts
        names = [
            posts[one.post_id].title
            for one in desks
            if one.duty is Duty.RESPONSIBLE and one.post_id in posts
        ]
        return " / ".join(dict.fromkeys(names))

    def due(
        self, case: Any, desks: Sequence[Row[Any]], procedure: Procedure, step: Step | None
    ) -> Due:
        """How the case stands with its time."""
        if case.status in ENDED:
            return finished(labels.state_of(case), case.closed_at, self.calendar)
        first = next((one for one in desks if one.duty is Duty.RESPONSIBLE), None)
        if first is not None and step is not None and case.status is Status.WAITING:
            titles = roles_of(self.office.id).titles
            who = " / ".join(titles.get(one, one) for one in step.actors)
            return waiting_for(who, first.entered_at, self.calendar, self.now)
        return due_of(first.due_at if first else None, self.calendar, self.now)


def first_due(desks: Sequence[Row[Any]]) -> datetime | None:
    """When the responsible desk is due, as the workbook sorts it."""
    moments = [one.due_at for one in desks if one.duty is Duty.RESPONSIBLE and one.due_at]
    return min(moments, default=None)


ENDED = (Status.CLOSED, Status.WITHDRAWN, Status.VOID)
MOVING = (Status.OPEN, Status.WAITING)


def scale_of(procedure: Procedure) -> str:
    """skala besar; the variant a case begins with needs no word."""
    if not procedure.variant or procedure.default:
        return ""
    return _("scale %(name)s", name=procedure.variant)


def place_words(procedure: Procedure, step: Step | None) -> str:
    """langkah 6 dari 8: the printed number of the row among the printed rows."""
    if step is None or step.row is None:
        return _("additional step")
    rows = {one.row for one in procedure.steps if one.row is not None}
    last = max((int(row) for row in rows if row.isdecimal()), default=0)  # a paper may skip one
    return _("step %(n)s of %(all)s", n=step.row, all=max(len(rows), last))


def verb_of(step: Step | None, *, acting: bool) -> str:
    """The one next action of a row: what the person will do there."""
    if step is None or not acting:
        return _("Open")
    ways = step.transitions
    if any(way.action is Action.APPROVE for way in ways):
        return _("Examine")
    if any(way.has("draft") for way in ways):
        return _("Write letter")
    if any(way.has("dispose") for way in ways):
        return _("Give disposition")
    if any(way.has("send") for way in ways):
        return _("Send letter")
    if step.is_outside:
        return _("Record")
    return _("Work on it")


def task_of(procedure: Procedure, step: Step | None, *, acting: bool) -> str:
    """What is to be done at the step, in the words of its first way out; else where it stands."""
    if step is None:
        return ""
    if not acting:
        return place_words(procedure, step)
    return step.transitions[0].label if step.transitions else step.activity
