"""Dispositions that go with what is undone: a step taken back, a join taken apart, a view lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from backoffice.actor import Actor
from backoffice.workflow import history
from backoffice.workflow.sheets import its_rows, keep_up, open_rows
from models import Assignment, Case, CaseEvent, Disposition, Duty, EventKind, Source, db

LOST_SIGHT = "sight"  # in the event of a recall for which nobody had to give a reason


def take_back(case: Case, event: CaseEvent, *, now: datetime) -> None:
    """The step is undone: what it disposed of is recalled, what it had ended is open again.

    Called when the desks stand as before. An event of an earlier version does not tell.
    """
    for row in open_rows(case):
        if row.event_id == event.id:
            row.recalled_at = row.ended_at = now
    before = event.data["before"].get("dispositions", [])
    ended = [one for one in _rows(case, before) if one.duty != Duty.REPORT]
    _open_again(one for one in ended if one.recalled_at is None)
    _open_again(_rows(case, _recalled_with(case, event)))
    db.session.flush()
    keep_up(case, now=now)


def separate(case: Case, joining: CaseEvent, *, now: datetime) -> None:
    """A joined case goes its own way again, and what was open when it was joined is open again."""
    before = joining.data["before"].get("dispositions", [])
    _open_again(one for one in _rows(case, before) if one.recalled_at is None)
    db.session.flush()
    keep_up(case, now=now)


def drop_lost(case: Case, event: CaseEvent, *, actor: Actor, now: datetime) -> None:
    """Whoever lost the sight of the case by `event` has nothing to do with it any more."""
    for desk in case.assignments:
        if desk.lost and desk.left_at is None:
            desk.left_at = now
    if any(desk.lost for desk in case.assignments) and open_rows(case):
        lost = {one.post_id for one in case.assignments} - {
            one.post_id for one in case.assignments if not one.lost
        }
        drop(case, lost, event, actor=actor, now=now)


def drop(
    case: Case, post_ids: Collection[int], event: CaseEvent, *, actor: Actor, now: datetime
) -> None:
    """Recall what lies open on these desks or was given from them, with all beneath it."""
    gone: list[Disposition] = []
    for row in open_rows(case):
        below = row.parent_id in {one.id for one in gone}
        if below or {row.to_post_id, row.from_post_id} & set(post_ids):
            row.recalled_at = row.ended_at = now
            gone.append(row)
    if gone:
        data = {
            "disposition": gone[0].id,
            "dispositions": [one.id for one in gone],
            "why": LOST_SIGHT,
            "because": event.id,
        }
        history.record(case, EventKind.RECALLED, actor=actor, now=now, data=data)
        keep_up(case, now=now)


def forget_desk(case: Case, row: Disposition) -> None:
    """Take back the desk of a disposition that was recalled before anybody saw it."""
    others = [one for one in open_rows(case) if one.to_post_id == row.to_post_id]
    for desk in list(case.assignments):
        laid = desk.source == Source.DISPOSITION and desk.duty == row.duty
        if not others and laid and _is_untouched(desk, row):
            db.session.delete(desk)
    db.session.flush()
    db.session.expire(case, ["assignments"])


def _is_untouched(desk: Assignment, row: Disposition) -> bool:
    return (
        desk.post_id == row.to_post_id
        and desk.left_at is None
        and desk.read_at is None
        and desk.entered_at >= row.given_at
    )


def _rows(case: Case, ids: Collection[int]) -> list[Disposition]:
    """Those of `ids` that have ended; what was read for information is over for good."""
    query = sa.select(Disposition).where(
        its_rows(case), Disposition.id.in_(ids), Disposition.ended_at.is_not(None)
    )
    found = db.session.scalars(query.order_by(Disposition.id)) if ids else ()
    return [one for one in found if one.duty != Duty.INFORMATION or one.read_at is None]


def _open_again(rows: Iterable[Disposition]) -> None:
    for row in rows:
        row.ended_at = row.recalled_at = None
        if row.duty != Duty.REPORT:
            row.reported_at = None


def _recalled_with(case: Case, event: CaseEvent) -> list[int]:
    """The dispositions that were recalled because of `event`."""
    return [
        row_id
        for one in case.events
        if one.kind == EventKind.RECALLED and one.data.get("because") == event.id
        for row_id in one.data["dispositions"]
    ]
