"""Rekapan: cases of a batch step share a list, are frozen into it and acted on as one.

Cases that arrive at the first step of a batch join the open list; the first forward from there
freezes it with the chosen cases, and the others stay on a new one. A case that goes to a step
outside the batch, or back to its first step, leaves the list, which keeps showing it struck out.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.versions import definition_of
from models import Case, Recapitulation, RecapitulationRow, db


def first_step_of(procedure: Procedure, batch: str) -> Step:
    """Where cases join the list."""
    return next(step for step in procedure.steps if step.batch == batch)


def open_list(office_id: int, code: str, batch: str, *, now: datetime) -> Recapitulation:
    """The list that is not frozen yet, locked; a new one where there is none."""
    query = select(Recapitulation).where(
        Recapitulation.office_id == office_id,
        Recapitulation.code == code,
        Recapitulation.batch == batch,
        Recapitulation.frozen_at.is_(None),
    )
    query = query.with_for_update()
    found = db.session.scalar(query)
    if found is not None:
        return found
    fresh = Recapitulation(office_id=office_id, code=code, batch=batch, opened_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(fresh)
    except IntegrityError:  # somebody else opened it in the same moment
        return db.session.scalars(query).one()
    return fresh


def row_of(case: Case) -> RecapitulationRow | None:
    """The row by which the case stands on a list now."""
    query = select(RecapitulationRow).where(
        RecapitulationRow.case_id == case.id, RecapitulationRow.left_at.is_(None)
    )
    return db.session.scalar(query)


def strike(case: Case, *, now: datetime) -> None:
    """The case leaves its list, which keeps showing it as struck out."""
    row = row_of(case)
    if row is not None:
        row.left_at = now
        db.session.flush()


def follow(case: Case, left: Step | None, entered: Step, *, now: datetime) -> None:
    """Keep the list in step with a case that went from one step to another."""
    came_from = left.batch if left is not None else None
    if came_from == entered.batch and came_from is None:
        return
    procedure = definition_of(case)
    back_to_first = entered.batch is not None and first_step_of(procedure, entered.batch) is entered
    if came_from is not None and (entered.batch != came_from or back_to_first):
        strike(case, now=now)
    if back_to_first:
        join(case, str(entered.batch), now=now)


def join(case: Case, batch: str, *, now: datetime) -> None:
    """Put the case on the open list."""
    target = open_list(case.office_id, case.procedure_version.code, batch, now=now)
    db.session.add(RecapitulationRow(recapitulation_id=target.id, case_id=case.id, joined_at=now))
    db.session.flush()


def restore(case: Case, row_id: int | None) -> None:
    """Put the case back on the row it had before a step that is taken back."""
    row = row_of(case)
    if row is not None and row.id != row_id:
        db.session.delete(row)
        db.session.flush()
    if row_id is not None:
        db.session.get_one(RecapitulationRow, row_id).left_at = None
        db.session.flush()
