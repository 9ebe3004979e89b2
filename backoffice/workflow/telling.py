"""Promises to tell a party that a letter keeps, and the end of a case that waited for them."""

from __future__ import annotations

from datetime import datetime

from backoffice.workflow import batch, promises
from backoffice.workflow.moves import close, open_notices
from models import Case, CaseEvent, Letter, Status, db


def by_letter(letter: Letter, event: CaseEvent | None, *, now: datetime) -> None:
    """The letter went out: whoever was to be told by it has been told."""
    for notice in open_notices(letter.case):
        if notice.kind == letter.kind:
            notice.told_at = now
            notice.told_event_id = event.id if event is not None else notice.event_id
    db.session.flush()
    end(letter.case, now=now)


def end(case: Case, *, now: datetime) -> None:
    """Close a case that only waited for somebody to be told, once nothing is open any more."""
    if case.status != Status.AWAITING_NOTICE or open_notices(case):
        return
    if promises.unsent(case, case.outcome):
        return
    close(case, Status.CLOSED, now=now)
    batch.strike(case, now=now)
