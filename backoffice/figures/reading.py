"""The rows behind a report, for one reader: few statements, whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from backoffice.access import sees_case
from backoffice.actor import Person
from backoffice.figures.period import Period
from backoffice.figures.rows import CaseLine, DeskLine, Kept
from models import (
    Assignment,
    Case,
    CaseEvent,
    Duty,
    EventKind,
    ProcedureVersion,
    Source,
    Status,
    VersionState,
    db,
)

RESPONSIBLE = (Assignment.source == Source.STEP, Assignment.duty == Duty.RESPONSIBLE)
LINE = (
    Case.id,
    Case.procedure_version_id,
    Case.unit_id,
    Case.channel,
    Case.status,
    Case.outcome,
    Case.opened_at,
    Case.closed_at,
    Case.due_at,
    Case.joined_to_id,
)
CUT_SHORT = (Status.WITHDRAWN, Status.VOID)


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything a report is counted from."""

    cases: list[CaseLine]
    kept: Mapping[int, Kept]
    taken_over: frozenset[int]
    lying: list[DeskLine]  # desks on which cases lay at the end of the period
    visits: list[DeskLine]  # desks that were left in the period, the last of each stay


def read(person: Person, period: Period) -> Rows:
    """The rows in sight of this person."""
    return Rows(
        cases=_cases(person, period),
        kept=_kept(person, period),
        taken_over=_taken_over(person, period),
        lying=_lying(person, period),
        visits=_visits(person, period),
    )


def _window(person: Person, period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    """Cases in sight that were there between the first month shown and the end."""
    there = sa.or_(Case.closed_at.is_(None), Case.closed_at >= period.looked_back)
    return (Case.opened_at < period.end, there, sees_case(person))


def _cases(person: Person, period: Period) -> list[CaseLine]:
    query = sa.select(*LINE).where(*_window(person, period)).order_by(Case.id)
    return [CaseLine._make(row) for row in db.session.execute(query)]


def _kept(person: Person, period: Period) -> dict[int, Kept]:
    """Of cases that were finished without a promise for the whole: how their steps went."""
    late = sa.case((Assignment.left_at > Assignment.due_at, 1), else_=0)
    query = (
        sa.select(Assignment.case_id, sa.func.count(Assignment.due_at), sa.func.max(late))
        .join(Case, Case.id == Assignment.case_id)
        .where(
            *_window(person, period),
            *RESPONSIBLE,
            Case.status == Status.CLOSED,
            Case.due_at.is_(None),
        )
        .group_by(Assignment.case_id)
    )
    return {key: Kept(measured > 0, late > 0) for key, measured, late in db.session.execute(query)}


def _taken_over(person: Person, period: Period) -> frozenset[int]:
    query = (
        sa.select(CaseEvent.case_id)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(
            *_window(person, period),
            CaseEvent.seq == 1,
            CaseEvent.kind == EventKind.TAKEN_OVER,
        )
    )
    return frozenset(db.session.scalars(query))


def _lying(person: Person, period: Period) -> list[DeskLine]:
    """Where the cases lay at the end: not yet left then."""
    query = _desks(person, period).where(
        sa.or_(Case.closed_at.is_(None), Case.closed_at >= period.end),
        Assignment.entered_at < period.end,
        sa.or_(Assignment.left_at.is_(None), Assignment.left_at >= period.end),
    )
    return [DeskLine._make(row) for row in db.session.execute(query)]


def _visits(person: Person, period: Period) -> list[DeskLine]:
    """Stays that ended in the period by work: not by joining, withdrawing or voiding the case."""
    other = aliased(Assignment)
    goes_on = (
        sa.select(sa.literal(1))
        .where(
            other.case_id == Assignment.case_id,
            other.step == Assignment.step,
            other.entered_at == Assignment.entered_at,
            other.source == Source.STEP,
            other.duty == Duty.RESPONSIBLE,
            sa.or_(other.left_at.is_(None), other.left_at >= period.end),
        )
        .correlate(Assignment)
        .exists()
    )
    cut_short = sa.and_(
        Assignment.left_at == Case.closed_at,
        sa.or_(Case.status.in_(CUT_SHORT), Case.joined_to_id.is_not(None)),
    )
    query = _desks(person, period).where(
        Assignment.left_at >= period.start, Assignment.left_at < period.end, ~cut_short, ~goes_on
    )
    return [DeskLine._make(row) for row in db.session.execute(query)]


def _desks(person: Person, period: Period) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Assignment.case_id,
            Case.procedure_version_id,
            Assignment.step,
            Assignment.entered_at,
            Assignment.left_at,
            Assignment.due_at,
        )
        .join(Case, Case.id == Assignment.case_id)
        .where(*_window(person, period), *RESPONSIBLE)
    )


def hidden_titles(person: Person) -> list[str]:
    """Confidential SOPs of the office: of their cases the reader counts only his own."""
    query = (
        sa.select(ProcedureVersion.title)
        .where(
            ProcedureVersion.office_id == person.office_id,
            ProcedureVersion.confidential,
            ProcedureVersion.state == VersionState.PUBLISHED,
        )
        .distinct()
        .order_by(ProcedureVersion.title)
    )
    return list(db.session.scalars(query))
