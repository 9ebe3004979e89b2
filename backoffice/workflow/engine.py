"""The one verb that changes a case, and the one question of what may be done with it.

`command` locks, compares, commits or rolls back; `perform` moves a case along its SOP.
What may be done is what the step's ways say, to whoever holds its desk; nothing moves by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select

from backoffice.actor import Actor, Person, posts_of
from backoffice.calendars import calendar_of
from backoffice.database import begin_write
from backoffice.errors import NotAllowed, NotFound, Stale
from backoffice.workflow import (
    answers,
    conflict,
    history,
    retracting,
    returning,
    separation,
    sheets,
    team,
    waiting,
)
from backoffice.workflow.checking import check
from backoffice.workflow.choices import choose
from backoffice.workflow.definition import OPINION, Step, Transition
from backoffice.workflow.desks import open_desk
from backoffice.workflow.effects import EFFECTS
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.moves import Act, move, settle
from backoffice.workflow.versions import step_of
from models import Assignment, Case, CaseEvent, EventKind, Status, db


def lock(case_id: int) -> Case | None:
    """The case, locked until the transaction ends, as it stands now."""
    query = select(Case).where(Case.id == case_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


@contextmanager
def command(
    case_id: int, seen_version: int | None = None, *, moves: bool = True, way: str = ""
) -> Iterator[Case]:
    """The case, locked; commits at the end and rolls back on any error.

    `moves` is False for a note, which makes nobody's page out of date. `way` is the key of the
    way that will be taken. Raises NotFound; Stale where somebody changed the case since
    `seen_version` was shown.
    """
    begin_write()
    try:
        case = lock(case_id)
        if case is None:
            raise NotFound
        if seen_version is not None and is_stale(case, seen_version, way):
            raise Stale
        posts_of(case.office_id)  # who acts, who is next: all at once, not one after another
        yield case
        if moves:
            settle(case)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def is_stale(case: Case, seen_version: int, way: str) -> bool:
    """Whether somebody has changed the case; opinions do not come in each other's way."""
    if case.version == seen_version:
        return False
    return way != OPINION or not team.only_opinions_since(case, seen_version)


def available_transitions(case: Case, actor: Actor, now: datetime) -> tuple[Transition, ...]:
    """What `actor` may do with `case` where it now stands, in the order of the SOP."""
    if case.status not in (Status.OPEN, Status.WAITING) or conflict.is_terlapor(case, actor):
        return ()
    desk = open_desk(case, actor)
    if desk is None:
        return team.offered(case, actor)
    step = step_of(case)
    ways = tuple(way for way in step.transitions if answers.holds(case, way))
    late = giving_up(case, step, desk, now)
    return (*ways, late) if late is not None else ways


def giving_up(case: Case, step: Step, desk: Assignment, now: datetime) -> Transition | None:
    """The way out that opens when an outsider has not answered for as long as the SOP waits."""
    opens = waiting.gives_up_at(step, desk.entered_at, calendar_of(case.office))
    return waiting.way_of(step) if opens is not None and now >= opens else None


def acting_for(
    case: Case, person: Person, now: datetime
) -> list[tuple[Actor, tuple[Transition, ...]]]:
    """As whom this person may act here, and what each of them may do."""
    found = [(actor, available_transitions(case, actor, now)) for actor in person.actors]
    return [(actor, ways) for actor, ways in found if ways]


def find_way(case: Case, key: str, actor: Actor, now: datetime) -> Transition:
    """The way of that key, if the SOP gives it to this actor here and now; else NotAllowed."""
    ways = available_transitions(case, actor, now)
    way = next((one for one in ways if one.key == key), None)
    if way is None:
        raise NotAllowed
    return way


def perform(case: Case, key: str, *, actor: Actor, now: datetime, inputs: Inputs) -> CaseEvent:
    """Move `case` along the way `key`; a Refusal is raised before anything is kept."""
    way = find_way(case, key, actor, now)
    team.check_all_given(case, way)
    step = step_of(case)
    before = history.snapshot(case)
    check(case, way, actor, inputs, now)
    moment = history.moment_of(case, inputs, now, since=team.asked_since(case, way, actor))
    alone = separation.judge(case, way, actor, inputs, now)
    choose(case, way, actor, inputs)
    event = history.record(
        case,
        EventKind.OPINION if key == OPINION else EventKind.TRANSITION,
        actor=actor,
        now=now,
        moment=moment,
        inputs=inputs,
        way=way,
        data={"before": before, **extension(way), **sharing(way, actor, inputs), **alone},
    )
    act = Act(case=case, way=way, step=step, event=event, actor=actor, now=moment, inputs=inputs)
    follow(act)
    return event


def follow(act: Act) -> None:
    """What comes of a way once it is written down: its effects, and where the case goes."""
    if act.way.key == OPINION:
        team.give(act.case, act.event, act.actor)
        return
    for effect in act.way.effects:
        EFFECTS[effect.name](act, effect.argument)
    returning.take_back_approvals(act)
    move(act)
    retracting.drop_lost(act.case, act.event, actor=act.actor, now=act.now)
    sheets.keep_up(act.case, now=act.now)


def extension(way: Transition) -> dict[str, str]:
    """What the history keeps of an extension: by how long."""
    durations = way.arguments("extend")
    return {"extended": durations[0]} if durations else {}


def sharing(way: Transition, actor: Actor, inputs: Inputs) -> dict[str, str]:
    """What the history keeps of a memo upwards: to whom, in the note's words where outside."""
    if not way.has("share"):
        return {}
    superior = actor.duty_post.superior
    return {"shared": superior.title if superior is not None else inputs.note.strip()}
