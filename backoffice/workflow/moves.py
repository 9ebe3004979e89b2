"""Leaving a step, entering the next, and coming to an end: the only writer of assignments.

A return enters its step anew, with a full new time, at the post that acted there last. A way to its
own step is no new entry. At a step of outsiders whoever records it is responsible. A case closes
only when everybody who was promised a notice has had it; until then it waits at its last step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.errors import Incomplete, LetterNotSent, OpenNotices
from backoffice.letters import marks
from backoffice.letters.kinds import kind_of
from backoffice.search import search_text_of
from backoffice.workflow import batch, paper, promises, routing, sheets, team
from backoffice.workflow.deadlines import case_due, step_due
from backoffice.workflow.definition import GIVES_UP, Action, Step, Transition
from backoffice.workflow.desks import address
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.sight import leave_behind
from backoffice.workflow.versions import definition_of
from models import Case, CaseEvent, Duty, Letter, Notice, Post, Status, db


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One transition being performed: what every effect may read."""

    case: Case
    way: Transition
    step: Step
    event: CaseEvent
    actor: Actor
    now: datetime
    inputs: Inputs


def settle(case: Case) -> None:
    """What follows from any change: the case's due moment, its search text, its version."""
    case.due_at = case_due(case)
    case.search_text = search_text_of(case)
    case.version += 1


def move(act: Act) -> None:
    """Take the case where its way leads."""
    case, way = act.case, act.way
    if way.to.is_end:
        finish(act)
    elif way.to.step == act.step.key:
        others_leave(act)
    else:
        leave(case, now=act.now)
        target = definition_of(case).step(str(way.to.step))
        returning = way.action == Action.RETURN
        enter(case, target, now=act.now, returning=returning, inputs=act.inputs)
        batch.follow(case, act.step, target, now=act.now)


def others_leave(act: Act) -> None:
    """Where several posts might act, the first to act takes the step."""
    for desk in act.case.assignments:
        mine = desk.post_id == act.actor.duty_post.id
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE and not mine:
            desk.left_at = act.now


def leave(case: Case, *, now: datetime) -> None:
    """Close the desks of the step; who has it for information keeps it until it is read.

    Whose opinion the actor of the next step wants keeps it too, and who still has to report.
    """
    stays = (Duty.INFORMATION, Duty.REPORT)
    for desk in case.assignments:
        ends = desk.duty == Duty.RESPONSIBLE or desk.step == case.step
        if desk.left_at is None and desk.duty not in stays and ends:
            desk.left_at = now
    leave_behind(case, definition_of(case))


def enter(case: Case, step: Step, *, now: datetime, returning: bool, inputs: Inputs) -> None:
    """Lay the case on the desks of `step`, each with its due moment."""
    posts = routing.responsible_posts(case, step, returning=returning, posts=inputs.posts)
    case.step = step.key
    case.status = Status.WAITING if definition_of(case).waits(step) else Status.OPEN
    due = step_due(case, step, now=now, fresh=returning)
    for post in posts:
        address(case, post, step=step.key, now=now, due=due)
    team.ask(case, step, now=now, due=due)


def enter_at(case: Case, post: Post, step: Step, *, now: datetime) -> None:
    """Lay a new case on the desk of the post that opened it."""
    due = step_due(case, step, now=now, fresh=True)
    address(case, post, step=step.key, now=now, due=due)
    team.ask(case, step, now=now, due=due)


def open_notices(case: Case) -> list[Notice]:
    """The promises to tell a party that were not kept yet."""
    query = select(Notice).where(Notice.case_id == case.id, Notice.told_at.is_(None))
    return list(db.session.scalars(query.order_by(Notice.id)))


def finish(act: Act) -> None:
    """Close the case, or hold it until the party was told of the decision."""
    case, outcome = act.case, str(act.way.to.outcome)
    db.session.flush()
    waiting = open_notices(case)
    fresh = [notice for notice in waiting if notice.event_id == act.event.id]
    if len(fresh) < len(waiting):
        raise OpenNotices(notices=[notice.id for notice in waiting])
    if definition_of(case).outcome(outcome).notice and not fresh and not was_told(act):
        raise Incomplete({"notice": "outcome_needs_notice"})
    if not fresh and (unsent := promises.unsent(case, outcome, given_up(act))):
        names = ", ".join(f"{kind_of(one.kind).title} {one.number or ''}".strip() for one in unsent)
        raise LetterNotSent(ids=[one.id for one in unsent], letters=names)
    case.outcome = outcome
    if fresh:
        others_leave(act)
        case.status = Status.AWAITING_NOTICE
    else:
        close(case, Status.CLOSED, now=act.now)
        batch.strike(case, now=act.now)


def given_up(act: Act) -> Step | None:
    """The step whose outsider is not waited for any longer; none where somebody acted."""
    return act.step if act.way.key == GIVES_UP else None


def was_told(act: Act) -> bool:
    """Whether a party was told by notice or letter after the last decision on the case."""
    decisions = [
        event
        for event in routing.standing_events(act.case)
        if event.action in (Action.REJECT, Action.RETURN) and event.id != act.event.id
    ]
    since = decisions[-1].id if decisions else 0
    told = select(Notice.id).where(
        Notice.case_id == act.case.id, Notice.told_at.is_not(None), Notice.event_id >= since
    )
    sent = select(Letter.id).where(Letter.case_id == act.case.id, Letter.state.in_(marks.GONE))
    if decisions:
        sent = sent.where(Letter.sent_at >= decisions[-1].happened_at)
    if not decisions and paper.was_told(act.case):
        return True
    return db.session.scalar(told.limit(1)) is not None or (
        db.session.scalar(sent.limit(1)) is not None
    )


def close(case: Case, status: Status, *, now: datetime) -> None:
    """End the case: nobody has it on the desk any more, but to read how it was closed."""
    case.status = status
    case.closed_at = now
    for desk in case.assignments:
        to_read = status == Status.CLOSED and desk.duty == Duty.INFORMATION
        if desk.left_at is None and not to_read:
            desk.left_at = now
    sheets.end_all(case, now=now)
