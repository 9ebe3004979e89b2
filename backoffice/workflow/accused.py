"""Terlapor: an official is named or cleared by somebody who answers for the case, never by himself.

From then on he neither sees nor handles it (`backoffice.sight`, `conflict`), nor the cases that
tell of the same matter: those linked to it and those joined with it. Each of them has it in its
history, and its open desks are laid anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotAllowed, NotFound, Refusal, Stale
from backoffice.workflow import conflict, history, rerouting
from backoffice.workflow.bulk import commands
from backoffice.workflow.desks import open_desk, superior_of_desk
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.moves import settle
from models import Case, CaseEvent, EventKind, User, db


class AlreadyNamed(Refusal):
    """Somebody else is terlapor already; `values["name"]` says who."""

    code = "already_named"


@contextmanager
def matter(case_id: int, seen_version: int | None) -> Iterator[tuple[Case, list[Case]]]:
    """The case and all that tell of the same matter, locked in the order of their ids.

    Raises NotFound; Stale where somebody changed the case since `seen_version` was shown.
    """
    with commands(family(case_id)) as cases:
        case = cases.get(case_id)
        if case is None:
            raise NotFound
        if seen_version is not None and case.version != seen_version:
            raise Stale
        versions = {key: len(one.events) for key, one in cases.items()}
        yield case, [one for key, one in cases.items() if key != case_id]
        db.session.flush()
        for key, one in cases.items():
            if len(one.events) != versions[key]:
                settle(one)


def family(case_id: int) -> list[int]:
    """The case, those that follow it or that it follows, and those joined with it, however far."""
    found, fresh = {case_id}, {case_id}
    while fresh:
        rows = db.session.execute(
            select(Case.id, Case.follows_id, Case.joined_to_id).where(
                or_(Case.id.in_(fresh), Case.follows_id.in_(fresh), Case.joined_to_id.in_(fresh))
            )
        )
        near = {one for row in rows for one in row if one is not None}
        fresh = near - found
        found |= fresh
    return sorted(found)


def may_judge(case: Case, actor: Actor) -> bool:
    """Whoever answers for the case says who is terlapor, his superior, or who sees the office."""
    if conflict.is_terlapor(case, actor) or actor.post.office_id != case.office_id:
        return False
    if open_desk(case, actor) is not None or "see_office" in actor.post.capabilities:
        return True
    return superior_of_desk(case, actor)


def name(case: Case, user_id: int, others: list[Case], *, actor: Actor, now: datetime) -> CaseEvent:
    """This official is terlapor; called within `matter`. A Refusal says why not."""
    if not may_judge(case, actor):
        raise NotAllowed
    if case.reported_user_id is not None:
        raise AlreadyNamed(name=db.session.get_one(User, case.reported_user_id).name)
    user = _official(case, user_id)
    event = _named(case, user, actor, now, {})
    for other in others:
        if other.reported_user_id is None:
            _named(other, user, actor, now, {"because_of": case.id})
    return event


def _named(
    case: Case, user: User, actor: Actor, now: datetime, more: Mapping[str, Any]
) -> CaseEvent:
    # Written before he is: somebody may step back from a case that is about himself.
    data = {"user_id": user.id, "name": user.name, **more}
    event = history.record(case, EventKind.NAMED, actor=actor, now=now, data=data)
    case.reported_user_id = user.id
    db.session.flush()
    rerouting.reroute(case, now)
    return event


def carry(case: Case, target: Case, *, actor: Actor, now: datetime) -> None:
    """Two cases become one: who is terlapor of either is so of both."""
    for one, other in ((case, target), (target, case)):
        if one.reported_user_id is not None and other.reported_user_id is None:
            user = db.session.get_one(User, one.reported_user_id)
            _named(other, user, actor, now, {"because_of": one.id})


def dismiss(case: Case, user_id: int, *, actor: Actor, now: datetime) -> CaseEvent:
    """Bukan: the terlapor is not this official, who is not suggested again."""
    user = _official(case, user_id)
    if not may_judge(case, actor) or user.id == actor.user.id:
        raise NotAllowed
    data = {"user_id": user.id, "name": user.name, "suggested": True}
    return history.record(case, EventKind.CLEARED, actor=actor, now=now, data=data)


def clear(case: Case, others: list[Case], *, actor: Actor, now: datetime, reason: str) -> CaseEvent:
    """He is not terlapor after all: he sees the case again, and the desks go back."""
    if not may_judge(case, actor) or case.reported_user_id is None:
        raise NotAllowed
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    user = db.session.get_one(User, case.reported_user_id)
    event = _cleared(case, user, actor, now, reason, {})
    for other in others:
        if other.reported_user_id == user.id:
            _cleared(other, user, actor, now, reason, {"because_of": case.id})
    return event


def _cleared(
    case: Case, user: User, actor: Actor, now: datetime, reason: str, more: Mapping[str, Any]
) -> CaseEvent:
    data = {"user_id": user.id, "name": user.name, **more}
    event = history.record(
        case, EventKind.CLEARED, actor=actor, now=now, inputs=Inputs(reason=reason), data=data
    )
    case.reported_user_id = None
    db.session.flush()
    rerouting.give_back(case, now)
    return event


def _official(case: Case, user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None or user.office_id != case.office_id or user.system_admin:
        raise Incomplete({"official": "not_a_choice"})
    return user
