"""Due moments counted anew when the office's hours or holidays change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from backoffice.calendars import calendar_of
from backoffice.clock import parse_duration
from backoffice.workflow.deadlines import case_due, extending, step_due
from backoffice.workflow.definition import Action
from backoffice.workflow.versions import definition_of
from models import LIVE, Assignment, Case, CaseEvent, Duty, EventKind, Source, db


def recount(office_id: int) -> int:
    """Count the due moments of every open case of the office; how many desks moved.

    Part of the caller's transaction. What has been left keeps the moment it had.
    """
    rows = (
        select(Assignment, Case)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            Case.office_id == office_id,
            Case.status.in_(LIVE),
            Assignment.left_at.is_(None),
            Assignment.duty == Duty.RESPONSIBLE,
            Assignment.source == Source.STEP,
        )
        .order_by(Case.id)
    )
    moved = 0
    for desk, case in db.session.execute(rows).unique().all():
        due = due_of(case, desk)
        moved += due != desk.due_at
        desk.due_at = due
        case.due_at = case_due(case)
    return moved


def due_of(case: Case, desk: Assignment) -> datetime | None:
    """When an open desk is due, counted anew from its entry; an extension given since stays."""
    step = definition_of(case).step(desk.step)
    due = step_due(case, step, now=desk.entered_at, fresh=_was_returned(case), desk=desk)
    for event in extending(case):
        if due is not None and event.happened_at >= desk.entered_at:
            due = calendar_of(case.office).due(due, parse_duration(event.data["extended"]))
    return due


def _was_returned(case: Case) -> bool:
    """Whether the case came to where it stands by a return, which gives the full time."""
    moves: list[CaseEvent] = [
        one for one in case.events if one.kind == EventKind.TRANSITION and one.to_step != one.step
    ]
    return bool(moves) and moves[-1].action == Action.RETURN
