"""Opinions: every post of a team gives its own before the actor of the step concludes.

The team is all posts of a role; a member's conclusion is his own opinion. Every way out but a
return waits for all of them; a vacant post's is given by its superior. Coming back opens a new
round, the old stays readable. Who is asked by a disposition gives an opinion in the same way, but
nobody has to wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.errors import CannotTakeBack, OpinionsMissing
from backoffice.workflow import conflict, history, routing, sheets
from backoffice.workflow.belongings import Thought, belongings_of
from backoffice.workflow.definition import OPINION, Action, Need, Step, Target, Transition
from backoffice.workflow.desks import address, open_desk
from models import (
    LIVE,
    Assignment,
    Case,
    CaseEvent,
    Duty,
    EventKind,
    Opinion,
    Post,
    Source,
    db,
)


def opinion_way(step: str) -> Transition:
    """The way by which an opinion is given; the case stays where it is."""
    return Transition(
        key=OPINION,
        action=Action.OPINION,
        label="Berikan pendapat",
        to=Target(step=step),
        note=Need.REQUIRED,
    )


def ask(case: Case, step: Step, *, now: datetime, due: datetime | None) -> None:
    """Lay the case on the desks of the team in a new round, but for those who conclude."""
    concluding = {
        desk.post_id
        for desk in case.assignments
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE
    }
    release(case, concluding, now=now)
    if step.team is None:
        return
    number = next_round(case, step.key)
    for post in routing.posts_with(case.office_id, step.team):
        if conflict.desk_for(case, post, now).id not in concluding:
            address(
                case,
                post,
                step=step.key,
                now=now,
                due=due,
                duty=Duty.OPINION,
                number=number,
            )


def release(case: Case, posts: Iterable[int], *, now: datetime) -> None:
    """Who has the case himself is no longer asked what he thinks of it, nor told that it is."""
    stays = (Duty.RESPONSIBLE, Duty.REPORT)
    for desk in case.assignments:
        if desk.left_at is None and desk.duty not in stays and desk.post_id in posts:
            desk.left_at = now


def next_round(case: Case, step: str, post: Post | None = None) -> int:
    """The round that begins at a step: of the whole team, or of one post that is asked again."""
    rounds = (
        desk.round
        for desk in case.assignments
        if desk.duty == Duty.OPINION and desk.step == step and post in (None, desk.post)
    )
    return max(rounds, default=0) + 1


def awaited(case: Case) -> list[Assignment]:
    """The desks of the team that have not given their opinion in this round."""
    return [
        desk
        for desk in case.assignments
        if desk.left_at is None
        and desk.duty == Duty.OPINION
        and desk.source == Source.STEP
        and desk.step == case.step
    ]


def offered(case: Case, actor: Actor) -> tuple[Transition, ...]:
    """What somebody may do whose opinion is asked: give it."""
    desk = open_desk(case, actor, Duty.OPINION)
    return () if desk is None or desk.step != case.step else (opinion_way(case.step),)


def asked_since(case: Case, way: Transition, actor: Actor) -> datetime | None:
    """Since when this opinion is asked: it may be told late, whatever others did in between."""
    desk = open_desk(case, actor, Duty.OPINION) if way.key == OPINION else None
    return desk.entered_at if desk is not None else None


def check_all_given(case: Case, way: Transition) -> None:
    """OpinionsMissing where a way leads out of a team step too early. A return waits for nobody."""
    if way.action == Action.RETURN or way.to.step == case.step:
        return
    missing = awaited(case)
    if missing:
        raise OpinionsMissing(posts=", ".join(desk.post.title for desk in missing))


def give(case: Case, event: CaseEvent, actor: Actor) -> None:
    """Keep an opinion and close the desk; the sight of the case remains."""
    desk = open_desk(case, actor, Duty.OPINION)
    if desk is None:
        raise LookupError("an opinion is only offered to a desk that was asked")
    db.session.add(
        Opinion(
            case_id=case.id,
            event_id=event.id,
            step=desk.step,
            round=desk.round,
            post_id=desk.post_id,
            text=event.note,
        )
    )
    desk.left_at = event.happened_at
    db.session.flush()
    sheets.answered(case, desk.post_id, now=event.happened_at)


def only_opinions_since(case: Case, seen_version: int) -> bool:
    """Whether nothing but opinions and drafts came since that version was shown.

    Members of a team write at the same time: the opinion of one makes that of another no
    decision on a case that has changed.
    """
    behind = case.version - seen_version
    loud = [one for one in case.events if one.kind not in history.STILL]
    return 0 < behind <= len(loud) and all(
        one.kind in (EventKind.OPINION, EventKind.DRAFT) or one.data.get("opinion")
        for one in loud[-behind:]
    )


# -- taking one back -------------------------------------------------------------------------


def own_opinion(case: Case, actor: Actor) -> tuple[Thought, Assignment] | None:
    """The opinion that stands of this actor where the case is, with its desk."""
    desk = next(
        (
            one
            for one in reversed(case.assignments)
            if one.duty == Duty.OPINION
            and one.step == case.step
            and one.post_id == actor.duty_post.id
        ),
        None,
    )
    found = _opinion_of(desk) if desk is not None and desk.left_at is not None else None
    return (found, desk) if found is not None and desk is not None else None


def _opinion_of(desk: Assignment) -> Thought | None:
    return next(
        (
            one
            for one in belongings_of(desk.case_id).opinions
            if (one.step, one.round, one.post_id) == (desk.step, desk.round, desk.post_id)
        ),
        None,
    )


def may_take_back(case: Case, actor: Actor) -> bool:
    """Whether this actor may still take back what he thought: nobody has concluded yet."""
    if case.status not in LIVE:
        return False
    found = own_opinion(case, actor)
    if found is None:
        return False
    event = db.session.get_one(CaseEvent, found[0].event_id)
    return event.user_id == actor.user.id and not _left_since(case, event)


def _left_since(case: Case, event: CaseEvent) -> bool:
    """Whether the case has left its step after that event."""
    return any(
        one.id > event.id and one.step != one.to_step for one in routing.standing_events(case)
    )


def take_back(case: Case, *, actor: Actor, now: datetime) -> CaseEvent:
    """The opinion no longer counts and is asked again; its text stays in the history."""
    found = own_opinion(case, actor)
    if found is None or not may_take_back(case, actor):
        raise CannotTakeBack
    opinion, desk = found
    event = history.record(
        case,
        EventKind.TAKEN_BACK,
        actor=actor,
        now=now,
        to_step=case.step,
        data={"event_id": opinion.event_id, "opinion": True},
    )
    kept = select(Opinion).where(Opinion.event_id == opinion.event_id)
    db.session.delete(db.session.scalars(kept).one())
    desk.left_at = None
    db.session.flush()
    sheets.asked_again(case, desk.post_id)
    return event
