"""Taking over what a workbook says: in one transaction, by the usual rules of desks and lists."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backoffice import numbers
from backoffice.actor import Actor, Person
from backoffice.database import begin_write
from backoffice.errors import Stale
from backoffice.search import search_text_of
from backoffice.takeover.checking import Plan, check, unnumbered
from backoffice.takeover.known import Known, known_of
from backoffice.takeover.reading import Book, read
from backoffice.takeover.rows import ClosedRow, OpenRow
from backoffice.takeover.words import CLOSED, OPEN
from backoffice.workflow import answers, batch, moves, paper
from backoffice.workflow.deadlines import case_due
from backoffice.workflow.inputs import NOTHING
from models import (
    Case,
    CaseEvent,
    EventKind,
    Office,
    OutsideReference,
    Recapitulation,
    RecapitulationRow,
    ReferenceKind,
    Unit,
    db,
)

LONGEST_SOURCE = 100
TOGETHER = 500  # closed cases that are written in one go


class Faulty(Exception):
    """Nothing was changed: `plan` names every fault, or has nothing to do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.faults)} faults")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Act:
    """Who takes over, when, and from which file."""

    actor: Actor
    now: datetime
    source: str

    def reason(self, sheet: str, row: int) -> str:
        """What stands in the history of a case."""
        return f"Diambil alih dari {self.source}, lembar {sheet} baris {row}."


def administrator(person: Person) -> Actor | None:
    """As whom this person takes over: as the post that manages the office."""
    own = (one for one in person.actors if one.for_post is None)
    return next((one for one in own if "manage_office" in one.post.capabilities), None)


def read_for(office: Office, data: bytes, now: datetime) -> Book:
    """The rows of a workbook for this office. Raises `Unreadable`."""
    return read(data, known_of(office, now).fields)


def take_over(
    office_id: int,
    data: bytes,
    *,
    actor: Actor,
    now: datetime,
    source: str = "",
    seen: str | None = None,
) -> Plan:
    """Take over everything a workbook says and commit, or change nothing at all.

    `seen` is `Plan.seen` of what was confirmed. Raises `Unreadable`; `Faulty` where a row has a
    fault or none says anything; `Stale` where it would do something else by now.
    """
    book = read_for(db.session.get_one(Office, office_id), data, now)
    begin_write()
    try:
        # Two administrators come one after the other; cases that are opened meanwhile go on.
        lock = select(Office).where(Office.id == office_id).with_for_update(key_share=True)
        plan = check(db.session.scalars(lock).one(), book, now)
        if plan.faults or plan.is_empty:
            raise Faulty(plan)
        if seen is not None and plan.seen != seen:
            raise Stale
        _write(plan, Act(actor, now, source.strip()[:LONGEST_SOURCE] or "buku register"))
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        if "number" not in str(error.orig):
            raise
        raise Stale from error  # somebody was given one of these numbers in the same moment
    except BaseException:
        db.session.rollback()
        raise
    return plan


def _write(plan: Plan, act: Act) -> None:
    known = plan.known
    for one in plan.counts:
        if one.after > one.before:
            register = numbers.case_register(one.code)
            numbers.raise_to(known.office, register, one.year, one.after)
    for row in unnumbered(plan):
        code = row.sop.procedure.number_code
        row.number = numbers.case_number(known.office, code, now=act.now)
    _write_open(plan, act)
    for start in range(0, len(plan.closed), TOGETHER):
        part = plan.closed[start : start + TOGETHER]
        db.session.add_all(_closed_case(known, one, act) for one in part)
        db.session.flush()


# -- cases that go on ------------------------------------------------------------------------


def _write_open(plan: Plan, act: Act) -> None:
    rows = [(_open_case(plan.known, one, act), one) for one in plan.open]
    for case, row in rows:  # before they are written, so that all of them are written together
        moves.enter(case, row.step, now=row.since, returning=False, inputs=NOTHING)
        case.due_at = case_due(case)
    db.session.add_all(case for case, _ in rows)
    db.session.flush()
    for case, row in rows:
        batch.follow(case, None, row.step, now=row.since)
    for (code, name, _step), listed in _lists(rows).items():
        _freeze_list(code, name, listed, act.now)


def _open_case(known: Known, row: OpenRow, act: Act) -> Case:
    """The case as the row tells it, not yet on a desk."""
    case = _case(known, row, row.place.unit)
    case.answers, case.chosen = dict(row.answers), dict(row.place.chosen)
    case.references = [
        OutsideReference(kind=ReferenceKind(kind), number=number) for kind, number in row.references
    ]
    case.search_text = search_text_of(case)
    done = paper.done(row.sop.procedure, row.step)
    case.events.append(_event(row, act, OPEN, happened_at=row.since, data=done))
    return case


def _case(known: Known, row: OpenRow | ClosedRow, unit: Unit | None) -> Case:
    procedure = row.sop.procedure
    case = Case(
        office=known.office,
        office_id=known.office.id,  # asked for before the case is written
        kind=procedure.kind,
        procedure_version=row.sop.version,
        step=row.step.key,
        unit=unit,
        number=row.number,
        numbered_at=known.opening(row.received_on) if row.number else None,
        received_on=row.received_on,
        opened_at=known.opening(row.received_on),
        answers={},
        chosen={},
        version=1,
        events=[],
        assignments=[],
        parties=[],
        references=[],
        **row.columns,
    )
    answers.write_party(case, row.sop.party, row.party, anonymous_too=procedure.anonymous)
    return case


def _event(row: OpenRow | ClosedRow, act: Act, sheet: str, **more: Any) -> CaseEvent:
    """The first line of the history, by which the case begins here."""
    holding = act.actor.holding
    return CaseEvent(
        seq=1,
        kind=EventKind.TAKEN_OVER,
        step=row.step.key,
        note=row.note,
        reason=act.reason(sheet, row.row),
        user_id=act.actor.user.id,
        post_id=act.actor.post.id,
        holding_id=holding.id if holding is not None else None,
        recorded_at=act.now,
        **{"data": {}, **more},
    )


def _lists(rows: Iterable[tuple[Case, OpenRow]]) -> dict[tuple[str, str, str], list[Case]]:
    """Cases that have passed the step where one joins a list: code, batch, step -> cases."""
    found: dict[tuple[str, str, str], list[Case]] = {}
    for case, row in rows:
        name, procedure = row.step.batch, row.sop.procedure
        if name is not None and batch.first_step_of(procedure, name) is not row.step:
            found.setdefault((procedure.code, name, row.step.key), []).append(case)
    return found


def _freeze_list(code: str, name: str, cases: list[Case], now: datetime) -> None:
    """On paper they stand on a list already: a frozen one of their own."""
    ids = json.dumps(sorted(case.id for case in cases))
    frozen = Recapitulation(
        office_id=cases[0].office_id,
        code=code,
        batch=name,
        opened_at=min(desk.entered_at for case in cases for desk in case.assignments),
        frozen_at=now,
        sha256=hashlib.sha256(ids.encode()).hexdigest(),
        rows=[RecapitulationRow(case_id=case.id, joined_at=now) for case in cases],
    )
    db.session.add(frozen)
    db.session.flush()


# -- the book --------------------------------------------------------------------------------


def _closed_case(known: Known, row: ClosedRow, act: Act) -> Case:
    """A case that has ended: to be found, listed and exported; nobody has it on the desk."""
    case = _case(known, row, row.unit)
    case.status, case.outcome, case.closed_at = row.status, row.outcome, row.closed_at
    case.search_text = search_text_of(case)
    ended = {"happened_at": row.closed_at, "outcome": row.outcome}
    case.events.append(_event(row, act, CLOSED, **ended))
    return case
