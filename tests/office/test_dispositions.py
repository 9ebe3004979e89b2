"""Disposisi: given down the chain of command, worked on, reported back up, and closed."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from backoffice.workflow import disposing
from backoffice.workflow.disposing import Order
from backoffice.workflow.engine import command
from models import Case, Disposition, DispositionState, Duty, Office, db
from tests.factories import actor, after, make_case, post_of

DATA = "permintaan-data"
KADIS, KABID, KASI = "kadis", "kabid-linjamsos", "kasi-linjamsos-bencana"
OTHER, SECRETARY = "kabid-rehsos", "sekretaris"


@pytest.fixture
def case(sekadau: Office) -> Case:
    """A request for data that lies before the Kepala Dinas."""
    return make_case(sekadau, DATA, "disposisi")


def row_of(row_id: int) -> Disposition:
    """The row as the database has it."""
    return db.session.get_one(Disposition, row_id, populate_existing=True)


def states(case: Case) -> dict[str, DispositionState]:
    """How far each recipient is."""
    rows = db.session.scalars(select(Disposition).where(Disposition.case_id == case.id))
    return {row.to_post.key: row.state for row in rows.unique()}


def open_desks(case: Case) -> dict[str, Duty]:
    """Who has the case, and what he has to do with it."""
    fresh = db.session.get_one(Case, case.id, populate_existing=True)
    return {one.post.key: one.duty for one in fresh.assignments if one.left_at is None}


def order(office: Office, *to: str, **more: object) -> Order:
    """A sheet to these posts, the first of them penanggung jawab."""
    ids = tuple(post_of(office, one).id for one in to)
    plain: dict[str, object] = {"ticks": ("proses",), "instructions": "Siapkan bahan jawaban."}
    return Order(to=ids, lead=ids[0] if ids else None, **{**plain, **more})


def lay(case: Case, giver: str, *to: str, now: datetime | None = None, **more: object) -> list[int]:
    """The giver lays the case on those desks; the ids of the rows."""
    with command(case.id) as locked:
        rows = disposing.give(
            locked,
            actor=actor(case.office, giver),
            now=now or after(case),
            order=order(case.office, *to, **more),
        )
        return [row.id for row in rows]


def test_a_sheet_lies_on_the_desks_below_and_the_kadis_keeps_the_case(case: Case) -> None:
    lead, other = lay(case, KADIS, KABID, OTHER, information=info(case, KASI))[:2]
    assert open_desks(case) == {
        KADIS: Duty.RESPONSIBLE, KABID: Duty.REPORT, OTHER: Duty.REPORT, KASI: Duty.INFORMATION,
    }  # fmt: skip
    first = row_of(lead)
    assert (first.lead, first.sheet_id, first.duty) == (True, lead, Duty.REPORT)
    assert (row_of(other).lead, row_of(other).sheet_id) == (False, lead)
    assert first.event_id is not None
    event = case.events[-1]
    assert (event.kind, event.data["disposition"]) == ("disposition", lead)
    assert set(states(case).values()) == {DispositionState.GIVEN}


def info(case: Case, *keys: str) -> tuple[int, ...]:
    """The ids of posts to which it is made known."""
    return tuple(post_of(case.office, one).id for one in keys)
