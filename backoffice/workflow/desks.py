"""Desks of a case: laying it on one, and which of them is open for whom."""

from __future__ import annotations

from datetime import datetime

from backoffice.actor import Actor
from models import Assignment, Case, Duty, Post, Source, db


def address(
    case: Case,
    post: Post,
    *,
    step: str,
    now: datetime,
    due: datetime | None,
    duty: Duty = Duty.RESPONSIBLE,
    source: Source = Source.STEP,
    number: int = 1,
) -> Assignment:
    """A new desk for the case; `number` is the round in which an opinion is asked."""
    desk = Assignment(
        step=step,
        post=post,
        post_id=post.id,  # asked for before the desk is written
        duty=duty,
        source=source,
        entered_at=now,
        due_at=due,
        round=number,
    )
    case.assignments.append(desk)
    db.session.flush()
    return desk


def open_desk(case: Case, actor: Actor, duty: Duty = Duty.RESPONSIBLE) -> Assignment | None:
    """The open desk of this duty by which this actor has the case, or none."""
    return next(
        (
            desk
            for desk in case.assignments
            if desk.left_at is None and desk.duty == duty and desk.post_id == actor.duty_post.id
        ),
        None,
    )
