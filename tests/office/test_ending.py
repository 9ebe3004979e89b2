"""No case is closed over an unkept promise: a decision stands, the case waits until it was told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backoffice.errors import Incomplete, NotAllowed
from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.moves import open_notices
from models import Case, Notice, Office, ProcedureVersion, Status, db
from seed import walking
from tests.factories import NOW, actor, after, make_case

SOP = """
code: permohonan-informasi
number_code: INFO
title: Permohonan Informasi Lisan
kind: general
anonymous: true
outcomes:
  - {key: dijawab, label: Dijawab}
  - {key: ditolak, label: Ditolak, notice: required}
steps:
  - key: loket
    row: 1
    activity: Petugas mencatat permohonan
    actor: customer-service
    time: 15 menit
    asks: [reporter, subject]
    transitions:
      - action: forward
        label: Teruskan ke Kasubbag
        to: putusan
        effects: [number, receipt]
  - key: putusan
    row: 2
    activity: Kasubbag memutuskan permohonan
    actor: kasubbag-umum
    time: 1 hari kerja
    transitions:
      - action: approve
        label: Jawab permohonan
        to: {end: dijawab}
      - action: reject
        label: Tolak permohonan
        to: {end: ditolak}
        effects: [notify: penolakan]
      - action: record
        key: perpanjang
        label: Perpanjang
        to: putusan
        note: required
        effects: [extend: 2 hari kerja]
"""


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A request on the desk of the Kasubbag."""
    publishing.save_draft(dukcapil, SOP)
    publishing.publish(dukcapil, "permohonan-informasi", now=NOW, by=None)
    return make_case(dukcapil, "permohonan-informasi", "putusan")


def reject(case: Case) -> Case:
    return walking.act(case.id, "reject", now=after(case))


def tell(case: Case, who: str, note: str = "Sudah ditelepon") -> None:
    notice = db.session.scalars(select(Notice)).one()
    with command(case.id) as locked:
        corrections.tell(
            locked,
            notice.id,
            actor=actor(case.office, who),
            now=after(case),
            channel="telepon",
            note=note,
        )


def test_a_refusal_stands_at_once_and_the_case_waits_until_the_citizen_was_told(
    case: Case,
) -> None:
    reject(case)
    assert (case.status, case.outcome) == (Status.AWAITING_NOTICE, "ditolak")
    kasubbag = actor(case.office, "kasubbag-umum")
    assert available_transitions(case, kasubbag, after(case)) == ()
    tell(case, "kasubbag-umum")
    assert (case.status, case.outcome) == (Status.CLOSED, "ditolak")
    assert open_notices(case) == []


def test_only_the_desk_that_promised_records_the_notice_and_says_how(case: Case) -> None:
    reject(case)
    with pytest.raises(NotAllowed):
        tell(case, "customer-service")
    with pytest.raises(Incomplete):
        tell(case, "kasubbag-umum", note=" ")
    assert db.session.get_one(Case, case.id).status == Status.AWAITING_NOTICE


def test_nobody_can_be_told_where_the_reporter_stayed_unknown(dukcapil: Office) -> None:
    publishing.save_draft(dukcapil, SOP)
    publishing.publish(dukcapil, "permohonan-informasi", now=NOW, by=None)
    case = make_case(dukcapil, "permohonan-informasi")
    walking.act(case.id, "forward", now=after(case), parties={"reporter": {"anonymous": True}})
    reject(case)
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.party_role, case.status) == (None, Status.CLOSED)


def test_an_extension_moves_the_due_moment_once_and_says_why(case: Case) -> None:
    # Entered Senin 12 Januari 2026: due Selasa 13; two working days more: Kamis 15, 16.30 WIB.
    case = walking.act(case.id, "perpanjang", now=after(case))
    due = case.assignments[-1].due_at
    assert due is not None
    assert (due + timedelta(hours=7)).strftime("%d %H.%M") == "15 16.30"
    with pytest.raises(Exception, match="refused"):
        walking.act(case.id, "perpanjang", now=after(case))


def test_a_running_case_keeps_the_version_it_began_with(case: Case, dukcapil: Office) -> None:
    changed = SOP.replace("label: Jawab permohonan", "label: Penuhi permohonan")
    publishing.save_draft(dukcapil, changed)
    publishing.publish(dukcapil, "permohonan-informasi", now=NOW, by=None)
    later = make_case(dukcapil, "permohonan-informasi", "putusan")
    kasubbag = actor(dukcapil, "kasubbag-umum")
    labels = [
        available_transitions(one, kasubbag, after(one))[0].label
        for one in (db.session.get_one(Case, case.id), later)
    ]
    assert labels == ["Jawab permohonan", "Penuhi permohonan"]
    assert [one.version for one in versions(dukcapil)] == [1, 2]


def versions(office: Office) -> list[ProcedureVersion]:
    """Every version of the SOP, the first first."""
    query = select(ProcedureVersion).where(
        ProcedureVersion.office_id == office.id, ProcedureVersion.code == "permohonan-informasi"
    )
    return list(db.session.scalars(query.order_by(ProcedureVersion.version)))
