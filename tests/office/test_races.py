"""Several hands at once: no number twice or lost, and of two decisions one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from backoffice.errors import Refusal
from backoffice.workflow.engine import available_transitions, command, perform
from models import Case, Office, Recapitulation, RecapitulationRow, db
from seed import walking
from tests.factories import NOW, make_case

HANDS = 6


def together(app: Flask, work: Callable[[int], Any], ids: list[int]) -> list[Any]:
    """Run `work` for every id at the same time, each in its own application context."""

    def one(case_id: int) -> Any:
        with app.app_context():
            try:
                return work(case_id)
            except Refusal as refusal:
                return refusal.code
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, ids))


def forward(case_id: int, seen: int | None = None) -> str:
    """Take the way `forward` as whoever has the case."""
    now = NOW + timedelta(hours=1)
    with command(case_id, seen) as case:
        actor = walking.actor_at(case, now)
        way = next(one for one in available_transitions(case, actor, now) if one.key == "forward")
        inputs = walking.inputs_for(case, way, actor, walking.Story())
        perform(case, "forward", actor=actor, now=now, inputs=inputs)
    return "done"


def test_numbers_given_at_the_same_time_are_all_different_and_none_is_lost(
    app: Flask, dukcapil: Office
) -> None:
    ids = [make_case(dukcapil, "pengaduan-umum", "pencatatan").id for _ in range(24)]
    assert set(together(app, forward, ids)) == {"done"}
    numbers = sorted(db.session.scalars(select(Case.number).where(Case.id.in_(ids))))
    assert numbers == [f"ADU-2026-{n:04}" for n in range(1, 25)]


def test_of_two_decisions_at_the_same_time_one_counts(app: Flask, dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-umum", "penyusunan")
    case_id, seen = case.id, case.version
    answers = together(app, lambda one: forward(one, seen), [case_id] * HANDS)
    assert sorted(answers) == ["done"] + ["stale"] * (HANDS - 1)
    moves = [one for one in db.session.get_one(Case, case_id).events if one.step == "penyusunan"]
    assert len(moves) == 1


def test_proposals_accepted_at_the_same_time_join_one_list(app: Flask, ambon: Office) -> None:
    ids = [make_case(ambon, "bantuan-qurban", "pemeriksaan").id for _ in range(HANDS)]

    def accept(case_id: int) -> str:
        walking.act(case_id, "approve", now=NOW + timedelta(hours=1))
        return "done"

    assert set(together(app, accept, ids)) == {"done"}
    assert len(list(db.session.scalars(select(Recapitulation)))) == 1
    assert set(db.session.scalars(select(RecapitulationRow.case_id))) == set(ids)
