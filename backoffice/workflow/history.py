"""The history of a case: what is written when something happens, and what it stood like before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from backoffice.actor import Actor, still_acts
from backoffice.errors import Incomplete, NotAllowed
from backoffice.workflow import conflict, sheets
from backoffice.workflow.definition import Transition
from backoffice.workflow.inputs import NOTHING, Inputs, Upload
from models import (
    Attachment,
    Case,
    CaseEvent,
    EventKind,
    RecapitulationRow,
    db,
)

STILL = (EventKind.NOTE, EventKind.REMINDED, EventKind.BEGUN)  # they make nobody's page out of date


def moment_of(
    case: Case, inputs: Inputs, now: datetime, *, since: datetime | None = None
) -> datetime:
    """When it truly happened: now, or the moment of a late entry.

    Incomplete where that moment is in the future, before the previous event (or before `since`,
    which is given where others act at the same time), or has no reason.
    """
    if inputs.happened_at is None:
        return now
    faults = {}
    happened = inputs.happened_at.astimezone(UTC)
    if happened > now:
        faults["happened_at"] = "in_the_future"
    last = since or max((event.happened_at for event in case.events), default=None)
    if last is not None and happened < last:
        faults["happened_at"] = "before_previous_event"
    if not inputs.reason.strip():
        faults["reason"] = "reason_required"
    if faults:
        raise Incomplete(faults)
    return happened


def snapshot(case: Case) -> dict[str, Any]:
    """Where the case stands, so that a step taken back can be told exactly."""
    row = db.session.scalar(
        select(RecapitulationRow.id).where(
            RecapitulationRow.case_id == case.id, RecapitulationRow.left_at.is_(None)
        )
    )
    return {
        "step": case.step,
        "status": str(case.status),
        "outcome": case.outcome,
        "unit_id": case.unit_id,
        "version_id": case.procedure_version_id,
        "severity": case.severity,
        "chosen": dict(case.chosen),
        "row_id": row,
        "open": [desk.id for desk in case.assignments if desk.left_at is None],
        "lost": [desk.id for desk in case.assignments if desk.lost],
        "dispositions": [one.id for one in sheets.open_rows(case)],
    }


def record(
    case: Case,
    kind: EventKind,
    *,
    actor: Actor,
    now: datetime,
    moment: datetime | None = None,
    inputs: Inputs = NOTHING,
    way: Transition | None = None,
    to_step: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Write one line of the history, with its files. It is never edited afterwards.

    NotAllowed for who does not hold the post any more, and for the terlapor, whatever he tries;
    a desk that is laid anew because of a holding is written down under who saved that.
    """
    barred = conflict.is_terlapor(case, actor) and kind is not EventKind.REROUTED
    if barred or not still_acts(actor, now):
        raise NotAllowed
    event = CaseEvent(
        seq=max((one.seq for one in case.events), default=0) + 1,
        kind=kind,
        step=case.step,
        to_step=to_step,
        note=inputs.note.strip(),
        reason=inputs.reason.strip(),
        recorded_at=now,
        happened_at=moment or now,
        data={**(data or {}), **({"on_behalf": True} if actor.on_behalf else {})},
        **_who(actor),
    )
    if way is not None:
        event.transition, event.action, event.label = way.key, way.action.value, way.label
        event.to_step, event.outcome = way.to.step, way.to.outcome
    case.events.append(event)
    db.session.flush()
    attach(case, event, (*inputs.attachments, *inputs.scan), actor=actor, now=now)
    return event


def _who(actor: Actor) -> dict[str, int | None]:
    """Who did it, as which post, and for which."""
    return {
        "user_id": actor.user.id,
        "post_id": actor.post.id,
        "holding_id": actor.holding_id,
        "for_post_id": actor.for_post.id if actor.for_post is not None else None,
    }


def attach(
    case: Case, event: CaseEvent, uploads: Iterable[Upload], *, actor: Actor, now: datetime
) -> None:
    """Keep files that came with an event."""
    for upload in uploads:
        db.session.add(
            Attachment(
                case_id=case.id,
                event_id=event.id,
                name=upload.name,
                label=upload.label,
                content_type=upload.content_type,
                size=upload.size,
                sha256=upload.sha256,
                uploaded_at=now,
                user_id=actor.user.id,
                post_id=actor.post.id,
            )
        )
