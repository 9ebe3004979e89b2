"""One action on several cases: a savepoint each, and a report of what moved and what did not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from backoffice.actor import Actor, Person
from backoffice.database import begin_write
from backoffice.errors import NotAllowed, NotFound, Refusal, Stale
from backoffice.workflow import batch
from backoffice.workflow.definition import Action
from backoffice.workflow.engine import acting_for, lock, perform
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.moves import settle
from backoffice.workflow.versions import definition_of
from models import Case, Recapitulation, RecapitulationRow, db


@dataclass(slots=True)
class BatchReport:
    """What became of each case: moved, or refused and why."""

    moved: list[int] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)


@contextmanager
def commands(case_ids: list[int]) -> Iterator[dict[int, Case]]:
    """Several cases, locked in the order of their ids; commits what its savepoints kept."""
    begin_write()
    try:
        found = {case_id: lock(case_id) for case_id in sorted(set(case_ids))}
        yield {case_id: case for case_id, case in found.items() if case is not None}
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a bulk action: who acts, on what he saw, with what."""

    actor: Actor | None
    seen_version: int | None
    inputs: Inputs


def act_on_each(
    key: str,
    rows: Mapping[int, Row],
    *,
    now: datetime,
    finish: Callable[[BatchReport], None] = lambda report: None,
) -> BatchReport:
    """Perform `key` for every row, each in its own savepoint; `finish` is part of the commit."""
    report = BatchReport()
    with commands(list(rows)) as cases:
        for case_id, row in sorted(rows.items()):
            _act_on_one(report, cases.get(case_id), case_id, key, row, now=now)
        finish(report)
    return report


def _act_on_one(
    report: BatchReport, case: Case | None, case_id: int, key: str, row: Row, *, now: datetime
) -> None:
    try:
        with db.session.begin_nested():
            if case is None:
                raise NotFound
            if row.actor is None:
                raise NotAllowed
            if row.seen_version is not None and case.version != row.seen_version:
                raise Stale
            perform(case, key, actor=row.actor, now=now, inputs=row.inputs)
            settle(case)
        report.moved.append(case_id)
    except Refusal as refusal:
        report.refused[case_id] = refusal


def actor_for(case: Case, key: str, person: Person, now: datetime) -> Actor | None:
    """As whom this person may take that way, or none."""
    for actor, ways in acting_for(case, person, now):
        if any(way.key == key for way in ways):
            return actor
    return None


def perform_many(
    seen: Mapping[int, int], key: str, *, person: Person, now: datetime, note: str = ""
) -> BatchReport:
    """The same approve or forward on ticked rows: case id -> the version that was seen."""
    cases = db.session.scalars(select(Case).where(Case.id.in_(list(seen))))
    rows = {
        case.id: Row(actor_for(case, key, person, now), seen[case.id], Inputs(note=note))
        for case in cases
    }
    return act_on_each(key, rows, now=now)


def perform_batch(
    recapitulation: Recapitulation,
    key: str,
    rows: Mapping[int, Inputs],
    *,
    seen: Mapping[int, int],
    actor: Actor,
    now: datetime,
) -> BatchReport:
    """Act on chosen rows of a list; the first forward from its first step freezes the list."""
    recapitulation_id = recapitulation.id
    acting = {
        case_id: Row(actor, seen.get(case_id), inputs)
        for case_id, inputs in rows.items()
        if case_id in row_ids(recapitulation_id)
    }
    freezing = _freezes(recapitulation, key, list(acting))

    def close_list(report: BatchReport) -> None:
        if freezing and report.moved:
            freeze(recapitulation_id, now=now)

    return act_on_each(key, acting, now=now, finish=close_list)


def row_ids(recapitulation_id: int) -> set[int]:
    """The cases that stand on a list now."""
    query = select(RecapitulationRow.case_id).where(
        RecapitulationRow.recapitulation_id == recapitulation_id,
        RecapitulationRow.left_at.is_(None),
    )
    return set(db.session.scalars(query))


def _freezes(recapitulation: Recapitulation, key: str, case_ids: list[int]) -> bool:
    """Whether this is the first forward of an open list from the step where cases join."""
    if recapitulation.frozen_at is not None or not case_ids:
        return False
    case = db.session.get_one(Case, case_ids[0])
    procedure = definition_of(case)
    first = batch.first_step_of(procedure, recapitulation.batch)
    way = first.transition(key)
    return case.step == first.key and way is not None and way.action == Action.FORWARD


def freeze(recapitulation_id: int, *, now: datetime) -> None:
    """Close the list over what has gone on; the cases left at its first step get a new one."""
    frozen = db.session.get_one(Recapitulation, recapitulation_id, with_for_update=True)
    rows = [row for row in frozen.rows if row.left_at is None]
    staying = [row for row in rows if _is_at_first(row.case, frozen.batch)]
    gone = [row.case_id for row in rows if row not in staying]
    frozen.frozen_at = now
    frozen.sha256 = hashlib.sha256(json.dumps(sorted(gone)).encode()).hexdigest()
    db.session.flush()
    if staying:
        fresh = batch.open_list(frozen.office_id, frozen.code, frozen.batch, now=now)
        for row in staying:
            row.recapitulation_id = fresh.id
    db.session.flush()


def _is_at_first(case: Case, name: str) -> bool:
    return case.step == batch.first_step_of(definition_of(case), name).key
