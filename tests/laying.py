"""Dispositions as tests give them: posts by their keys, the moment a little after the last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from backoffice.workflow import disposing, reading
from backoffice.workflow.disposing import Order
from backoffice.workflow.engine import command
from models import Case, Disposition, DispositionState, Duty, Office, db
from tests.factories import actor, after, person, post_of

# What the recipient and the giver do; only what the others must know moves the case.
STILL = (disposing.begin, disposing.give_back)


def order(office: Office, *to: str, **more: Any) -> Order:
    """A sheet to these posts, the first of them penanggung jawab, with an ordinary instruction."""
    ids = tuple(post_of(office, one).id for one in to)
    told = tuple(post_of(office, one).id for one in more.pop("information", ()))
    plain = {"ticks": ("proses",), "instructions": "Siapkan bahan jawaban."}
    lead = ids[0] if ids else None
    return Order(**{"to": ids, "lead": lead, "information": told, **plain, **more})


def lay(case: Case, giver: str, *to: str, now: datetime | None = None, **more: Any) -> list[int]:
    """The giver lays the case on those desks; the ids of the rows."""
    now = now or after(case)
    with command(case.id) as locked:
        who = actor(case.office, giver)
        rows = disposing.give(locked, actor=who, now=now, order=order(case.office, *to, **more))
        return [row.id for row in rows]


def do(
    deed: Any, case: Case, who: str, row_id: int, *, now: datetime | None = None, **more: Any
) -> None:
    """Somebody does something with a disposition of the case."""
    now = now or after(case)
    with command(case.id, moves=deed not in STILL) as locked:
        row = disposing.find(locked, row_id)
        deed(row, actor=actor(case.office, who), now=now, **more)


def report(case: Case, who: str, row_id: int, **more: Any) -> None:
    """Who has it reports."""
    do(disposing.report, case, who, row_id, text="Sudah dikerjakan.", **more)


def read(case: Case, who: str, now: datetime | None = None) -> bool:
    """Somebody opens the case."""
    desks = person(case.office, who).desk_post_ids
    return reading.mark_read(case.id, desks, now=now or after(case, 1))


def row_of(row_id: int) -> Disposition:
    """The row as the database has it."""
    return db.session.get_one(Disposition, row_id, populate_existing=True)


def states(case: Case) -> dict[str, DispositionState]:
    """How far each recipient is; of a post with several the newest."""
    query = select(Disposition).where(Disposition.case_id == case.id).order_by(Disposition.id)
    return {row.to_post.key: row.state for row in db.session.scalars(query)}


def open_desks(case: Case) -> dict[tuple[str, Duty], str]:
    """Who has the case, to do what, and at which step it came to him."""
    fresh = db.session.get_one(Case, case.id, populate_existing=True)
    return {(one.post.key, one.duty): one.step for one in fresh.assignments if one.left_at is None}
