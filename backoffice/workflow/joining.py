"""Gabungkan dan pisahkan: two cases that tell of the same matter go on as one, and apart again.

The joined case ends without an outcome of its own and loses nothing: number, history, letters,
attachments and people stay with it. Taking apart is a compensating event: it stands again where
it was, on the desks it was on, due when it was due.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backoffice.access import sees_case
from backoffice.actor import Actor, Person
from backoffice.errors import (
    CannotJoin,
    Incomplete,
    NotAllowed,
    NotFound,
    OpenNotices,
    Stale,
)
from backoffice.workflow import accused, batch, conflict, history, rerouting, retracting
from backoffice.workflow.bulk import commands
from backoffice.workflow.corrections import may_void
from backoffice.workflow.desks import open_desk
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.joined import refuse_while_holding
from backoffice.workflow.moves import close, open_notices, settle
from backoffice.workflow.versions import definition_of
from models import (
    Assignment,
    Case,
    CaseEvent,
    Duty,
    EventKind,
    RecapitulationRow,
    Status,
    db,
)


@contextmanager
def both(case_id: int, other_id: int, seen_version: int | None) -> Iterator[tuple[Case, Case]]:
    """Two cases in one command, locked in the order of their ids.

    Raises NotFound; Stale where somebody changed the first since `seen_version` was shown.
    """
    with commands([case_id, other_id]) as cases:
        case, other = cases.get(case_id), cases.get(other_id)
        if case is None or other is None:
            raise NotFound
        if seen_version is not None and case.version != seen_version:
            raise Stale
        yield case, other
        settle(case)
        if other is not case:
            settle(other)


def find_target(person: Person, number: str, case_id: int | None = None) -> int:
    """The case of that number or id which lies open before this person.

    One that was joined itself stands for the case that goes on. CannotJoin where there is none.
    """
    named = Case.number.in_((number, number.upper())) if number else Case.id == (case_id or 0)
    found = db.session.execute(
        select(Case.id, Case.joined_to_id).where(named, sees_case(person))
    ).first()
    if found is None:
        raise CannotJoin({"target": "unknown_number"})
    return int(found.joined_to_id or found.id)


def may_join(case: Case, actor: Actor) -> bool:
    """Whoever answers for the case may join it to another, and whoever may void it."""
    return case.is_live and (open_desk(case, actor) is not None or may_void(case, actor))


def join(
    case: Case, target: Case, *, person: Person, actor: Actor, now: datetime, reason: str
) -> CaseEvent:
    """End `case` as a part of `target`; called within `both`. A Refusal says why not."""
    if not may_join(case, actor) or not sees(person, case):
        raise NotAllowed
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    check_target(case, target, person)
    if waiting := open_notices(case):
        raise OpenNotices(notices=[notice.id for notice in waiting])
    refuse_while_holding(case)
    event = _tell(case, target, EventKind.JOINED, actor, now, reason, history.snapshot(case))
    case.joined_to_id = target.id
    case.outcome = None
    close(case, Status.CLOSED, now=now)
    batch.strike(case, now=now)
    accused.carry(case, target, actor=actor, now=now)
    return event


def check_target(case: Case, target: Case, person: Person) -> None:
    """CannotJoin where the other case cannot take this one."""
    code = ""
    if target.id == case.id:
        code = "join_itself"
    elif target.office_id != case.office_id or not sees(person, target):
        code = "unknown_number"
    elif not target.is_live:
        code = "join_ended"
    elif case.procedure_version.confidential and not target.procedure_version.confidential:
        code = "join_confidential"
    elif None not in (named := {case.reported_user_id, target.reported_user_id}) and len(named) > 1:
        code = "join_two_terlapor"
    if code:
        raise CannotJoin({"target": code})


def sees(person: Person, case: Case) -> bool:
    """Whether the case lies open before this person."""
    query = select(Case.id).where(Case.id == case.id, sees_case(person))
    return db.session.scalar(query) is not None


def joining_of(case: Case) -> CaseEvent | None:
    """The event by which the case was joined, or none where it stands on its own."""
    if case.joined_to_id is None:
        return None
    found = (one for one in reversed(case.events) if one.kind is EventKind.JOINED)
    return next((one for one in found if "before" in one.data), None)


def may_separate(case: Case, actor: Actor) -> bool:
    """The same who might have joined it: its desk, the superior of that, who sees the office."""
    event = joining_of(case)
    if event is None or actor.post.office_id != case.office_id:
        return False
    if conflict.is_terlapor(case, actor):
        return False
    if "see_office" in actor.post.capabilities:
        return True
    me = actor.duty_post.id
    return any(me in (desk.post_id, desk.post.superior_id) for desk in _answering(case, event))


def _answering(case: Case, event: CaseEvent) -> list[Assignment]:
    """The desks that answered for the case when it was joined."""
    opened = set(event.data["before"]["open"])
    return [
        desk for desk in case.assignments if desk.id in opened and desk.duty is Duty.RESPONSIBLE
    ]


def separate(
    case: Case, target: Case, *, person: Person, actor: Actor, now: datetime, reason: str
) -> CaseEvent:
    """Let a joined case go its own way again; called within `both`."""
    event = joining_of(case)
    if event is None or case.joined_to_id != target.id:
        raise Stale
    if not may_separate(case, actor) or not sees(person, target):
        raise NotAllowed
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    done = _tell(case, target, EventKind.SEPARATED, actor, now, reason)
    before = event.data["before"]
    for desk in case.assignments:
        if desk.id in before["open"]:
            desk.left_at = None
    case.joined_to_id = None
    case.status, case.closed_at = Status(before["status"]), None
    case.outcome = before["outcome"]
    _back_on_its_list(case, before["row_id"], event.recorded_at, now=now)
    db.session.flush()
    retracting.separate(case, event, now=now)
    rerouting.reroute(case, now)
    return done


def _back_on_its_list(
    case: Case, row_id: int | None, joined_at: datetime, *, now: datetime
) -> None:
    """On the list it stood on; on the open one, where that list was closed without it since."""
    if row_id is None:
        return
    row = db.session.get_one(RecapitulationRow, row_id)
    frozen_at = row.recapitulation.frozen_at
    step = definition_of(case).step(case.step)
    if frozen_at is not None and frozen_at > joined_at and step.batch:
        batch.join(case, step.batch, now=now)
    else:
        batch.restore(case, row_id)


def _tell(
    case: Case,
    target: Case,
    kind: EventKind,
    actor: Actor,
    now: datetime,
    reason: str,
    before: dict[str, Any] | None = None,
) -> CaseEvent:
    """Write it into both histories; the event of the case that is joined carries `before`."""
    inputs = Inputs(reason=reason)
    data: dict[str, Any] = {"other": target.id, **({"before": before} if before else {})}
    event = history.record(case, kind, actor=actor, now=now, inputs=inputs, data=data)
    here = {"other": case.id, "taken_in": True}
    history.record(target, kind, actor=actor, now=now, inputs=inputs, data=here)
    return event
