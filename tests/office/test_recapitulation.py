"""The rekapan of the qurban proposals: joined, frozen, decided row by row (Kesra Ambon)."""

from __future__ import annotations

from sqlalchemy import select

from backoffice.workflow.bulk import perform_batch, row_ids
from backoffice.workflow.inputs import Inputs
from models import Case, Office, Recapitulation, RecapitulationRow, db
from seed import walking
from tests.factories import actor, after, make_case

QURBAN = "bantuan-qurban"


def lists() -> list[Recapitulation]:
    return list(db.session.scalars(select(Recapitulation).order_by(Recapitulation.id)))


def proposals(ambon: Office, count: int) -> list[Case]:
    return [make_case(ambon, QURBAN, "rekapan") for _ in range(count)]


def act_on(listed: Recapitulation, key: str, rows: dict[int, Inputs], who: str) -> dict[int, str]:
    """Refused case id -> code."""
    office = db.session.get_one(Case, next(iter(rows))).office
    now = after(db.session.get_one(Case, max(rows)), 30)
    report = perform_batch(listed, key, rows, seen={}, actor=actor(office, who), now=now)
    return {case_id: refusal.code for case_id, refusal in report.refused.items()}


def test_accepted_proposals_join_one_open_list(ambon: Office) -> None:
    cases = proposals(ambon, 3)
    (listed,) = lists()
    assert row_ids(listed.id) == {case.id for case in cases}
    assert listed.frozen_at is None


def test_the_first_forward_freezes_the_list_and_the_rest_wait_on_a_new_one(
    ambon: Office,
) -> None:
    one, two, three = proposals(ambon, 3)
    (listed,) = lists()
    assert (
        act_on(listed, "forward", {one.id: Inputs(), two.id: Inputs()}, "kasubbag-keagamaan") == {}
    )
    frozen, fresh = lists()
    assert frozen.frozen_at is not None
    assert len(frozen.sha256 or "") == 64
    assert row_ids(frozen.id) == {one.id, two.id}
    assert row_ids(fresh.id) == {three.id}
    assert [one.step, two.step, three.step] == ["koreksi", "koreksi", "rekapan"]


def test_the_walikota_decides_row_by_row(ambon: Office) -> None:
    cases = proposals(ambon, 2)
    (listed,) = lists()
    rows = {case.id: Inputs() for case in cases}
    act_on(listed, "forward", rows, "kasubbag-keagamaan")
    act_on(listed, "forward", rows, "kabag")
    yes, no = cases
    scan = (walking.SCAN,)
    granted = Inputs(fields={"jumlah_disetujui": 1}, attachments=scan)
    assert act_on(listed, "approve", {yes.id: granted}, "kabag") == {}
    assert act_on(listed, "reject", {no.id: Inputs()}, "kabag") == {no.id: "incomplete"}
    assert act_on(listed, "reject", {no.id: Inputs(note="Kuota habis")}, "kabag") == {}
    assert [yes.step, no.step] == ["pengetikan", "pemberitahuan"]
    assert yes.answers["jumlah_disetujui"] == 1


def test_a_row_that_is_refused_stays_while_the_others_move(ambon: Office) -> None:
    good, bad = proposals(ambon, 2)
    walking.act(bad.id, "return", now=after(bad))
    (listed,) = lists()
    rows = {good.id: Inputs(), bad.id: Inputs()}
    act_on(listed, "forward", rows, "kasubbag-keagamaan")
    assert [good.step, bad.step] == ["koreksi", "pemeriksaan"]


def test_a_proposal_that_leaves_stays_on_the_list_as_struck_out(ambon: Office) -> None:
    case = proposals(ambon, 1)[0]
    walking.act(case.id, "return", now=after(case))
    row = db.session.scalars(select(RecapitulationRow)).one()
    assert row.left_at is not None
    walking.act(case.id, "approve", now=after(case))
    assert len(list(db.session.scalars(select(RecapitulationRow)))) == 2


def test_a_single_row_may_be_acted_on_alone_and_does_not_freeze_the_list(ambon: Office) -> None:
    one, two = proposals(ambon, 2)
    walking.act(one.id, "forward", now=after(one))
    (listed,) = lists()
    assert (listed.frozen_at, row_ids(listed.id)) == (None, {one.id, two.id})
