"""Desks of a case: laying it on one, and which of them is open for whom.

A post whose work the terlapor has alone never gets the case: its substitute does.
"""

from __future__ import annotations

from datetime import datetime

from backoffice.actor import Actor
from backoffice.workflow import conflict
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
    """A new desk for the case; `number` is the round in which an opinion is asked.

    The substitute of a barred post, who has the case already, gets no second desk.
    """
    target = conflict.desk_for(case, post, now)
    if target is not post and (there := _standing(case, target, step, duty)) is not None:
        return there
    desk = Assignment(
        step=step,
        post=target,
        post_id=target.id,  # asked for before the desk is written
        instead_of_id=post.id if target is not post else None,
        duty=duty,
        source=source,
        entered_at=now,
        due_at=due,
        round=number,
    )
    case.assignments.append(desk)
    db.session.flush()
    return desk


def _standing(case: Case, post: Post, step: str, duty: Duty) -> Assignment | None:
    """The open desk on which this post has the case at the step: for this, or to answer for it."""
    return next(
        (
            desk
            for desk in case.assignments
            if desk.left_at is None
            and (desk.post_id, desk.step) == (post.id, step)
            and desk.duty in (duty, Duty.RESPONSIBLE)
        ),
        None,
    )


def open_desk(case: Case, actor: Actor, duty: Duty = Duty.RESPONSIBLE) -> Assignment | None:
    """The open desk of this duty by which this actor has the case, or none; never the terlapor."""
    if conflict.is_terlapor(case, actor):
        return None
    return next(
        (
            desk
            for desk in case.assignments
            if desk.left_at is None and desk.duty == duty and desk.post_id == actor.duty_post.id
        ),
        None,
    )


def superior_of_desk(case: Case, actor: Actor) -> bool:
    """Whether the responsible post stands directly under this actor."""
    return any(
        desk.post.superior_id == actor.duty_post.id
        for desk in case.assignments
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE
    )
