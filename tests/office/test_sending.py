"""A letter leaves the office: by which way, to whom, that it arrived, and no end before it left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backoffice.errors import Incomplete, LetterNotApproved, LetterNotSent, NotAllowed
from backoffice.letters import drafting, sending
from backoffice.letters.sending import Receipt, Sending
from backoffice.letters.sent import CannotChange
from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Upload
from models import (
    Case,
    Delivery,
    DeliveryState,
    DeliveryWay,
    EventKind,
    Letter,
    LetterState,
    MarkKind,
    Notice,
    Office,
    Status,
    db,
)
from seed import walking
from tests.factories import NOW, actor, after, make_case

MENENGAH = "pengaduan-menengah"
SURAT = "surat-balasan"
CLERK, KEEPER, HEAD = "petugas-pengaduan", "kasubbag-umum", "kadis"
# Kasubbag writes, Kepala Dinas approves; the case may also be closed without sending.
SOP = """
code: surat-biasa
number_code: SRT
title: Surat Biasa
kind: general
outcomes:
  - {key: dijawab, label: Dijawab}
  - {key: ditolak, label: Ditolak, notice: required}
steps:
  - key: konsep
    row: 1
    activity: Petugas menyusun surat
    actor: customer-service
    time: 15 menit
    asks: [reporter, subject]
    transitions:
      - action: forward
        label: Serahkan
        to: putusan
        effects: [number, draft: surat-balasan]
  - key: putusan
    row: 2
    activity: Kasubbag memutuskan
    actor: kasubbag-umum
    time: 1 hari kerja
    transitions:
      - action: approve
        label: Setujui
        to: kirim
        effects: [approve_letter: surat-balasan]
      - action: reject
        label: Tolak dengan surat ini
        to: {end: ditolak}
        effects: [approve_letter: surat-balasan, notify: surat-balasan]
  - key: kirim
    row: 3
    activity: Petugas mengirim surat
    actor: customer-service
    time: 1 hari kerja
    transitions:
      - action: forward
        label: Kirim
        to: selesai
        effects: [send: surat-balasan]
      - action: close
        label: Tutup
        to: {end: dijawab}
  - key: selesai
    row: 4
    activity: Petugas menutup berkas
    actor: customer-service
    time: 1 hari kerja
    transitions:
      - action: close
        label: Tutup
        to: {end: dijawab}
"""


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A complaint whose answer is approved and waits to be sent."""
    return make_case(dukcapil, MENENGAH, "pengiriman")


@pytest.fixture
def plain(dukcapil: Office) -> Case:
    """A case of the SOP above, its letter before the Kasubbag."""
    publishing.save_draft(dukcapil, SOP)
    publishing.publish(dukcapil, "surat-biasa", now=NOW, by=None)
    return make_case(dukcapil, "surat-biasa", "putusan")


def letter_of(case: Case) -> Letter:
    return db.session.scalars(select(Letter).where(Letter.case_id == case.id)).one()


def sendings(case: Case) -> list[Delivery]:
    query = select(Delivery).join(Letter).where(Letter.case_id == case.id)
    return list(db.session.scalars(query.order_by(Delivery.id)))


def send(case: Case, who: str = CLERK, **order: object) -> Delivery:
    with command(case.id) as locked:
        return sending.send(
            letter_of(locked),
            Sending(**order),  # type: ignore[arg-type]
            actor=actor(case.office, who),
            now=after(locked),
        )


# -- by a step of the SOP ----------------------------------------------------------------------


def test_the_step_that_sends_writes_down_the_likely_way(case: Case) -> None:
    case = walking.act(case.id, "forward", now=after(case))
    (made,) = sendings(case)
    # He came to the counter and left an address: it is brought there.
    assert (made.way, made.state) == (DeliveryWay.CARRIED, DeliveryState.SENT)
    assert (made.addressee, made.address) == (
        "Sdr. Fitri Teladani",
        "Jalan Contoh Nomor 2, Kelurahan Contoh Hulu",
    )
    assert made.sent_at == case.events[-1].happened_at
    assert letter_of(case).state == LetterState.SENT


@pytest.mark.sqlite
def test_the_clerk_says_otherwise(case: Case) -> None:
    approved_on = after(case).date()
    said = {"way": "post", "address": "Kotak Pos 12", "on": approved_on}
    case = walking.act(case.id, "forward", now=after(case), sending=said)
    (made,) = sendings(case)
    assert (made.way, made.address) == (DeliveryWay.POST, "Kotak Pos 12")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"way": "burung"}, {"sending.way": "not_a_choice"}),
        ({"way": "email", "address": "bukan alamat"}, {"sending.address": "email_malformed"}),
        ({"on": NOW.date() - timedelta(days=9)}, {"sending.at": "before_approval"}),
        ({"on": NOW.date() + timedelta(days=99)}, {"sending.at": "in_the_future"}),
    ],
)
def test_a_sending_that_cannot_be_changes_nothing(
    case: Case, said: dict[str, object], fault: dict[str, str]
) -> None:
    with pytest.raises(Incomplete) as refused:
        walking.act(case.id, "forward", now=after(case), sending=said)
    assert refused.value.fields == fault
    assert (sendings(case), letter_of(case).state) == ([], LetterState.APPROVED)


@pytest.mark.sqlite
def test_a_day_between_approval_and_today_holds_to_its_last_hour(case: Case) -> None:
    later = after(case) + timedelta(days=3)
    on = (after(case) + timedelta(days=1)).date()
    case = walking.act(case.id, "forward", now=later, sending={"on": on})
    (made,) = sendings(case)
    assert made.sent_at is not None
    assert (made.sent_at + timedelta(hours=7)).date() == on  # the office's clock is WIB
    assert letter_of(case).sent_at == made.sent_at


@pytest.mark.sqlite
def test_a_letter_that_was_changed_after_its_approval_does_not_leave(case: Case) -> None:
    with command(case.id) as locked:
        drafting.save_draft_letter(
            locked, SURAT, {"isi": "Lain"}, actor=actor(case.office, CLERK), now=after(case)
        )
    with pytest.raises(LetterNotApproved):
        walking.act(case.id, "forward", now=after(case))


def test_a_letter_that_the_sop_has_nobody_approve_leaves_as_it_is_written(satpol: Office) -> None:
    case = make_case(satpol, "pengaduan-tidak-langsung", "tindak-lanjut")
    case = walking.act(case.id, "forward", now=after(case))
    query = select(Letter).where(Letter.case_id == case.id, Letter.kind == "surat-tindak-lanjut")
    assert db.session.scalars(query).one().state == LetterState.SENT


# -- by hand, from the letter's page -----------------------------------------------------------


def test_whoever_has_to_do_with_the_letter_sends_it_and_the_history_says_so(case: Case) -> None:
    made = send(case, KEEPER, way=DeliveryWay.FETCHED, evidence="Budi Misalnya")
    letter = letter_of(case)
    assert (letter.state, made.evidence) == (LetterState.SENT, "Budi Misalnya")
    assert letter.number is not None
    event = case.events[-1]
    assert (event.kind, event.data["way"], event.data["state"]) == (
        EventKind.SENT,
        "fetched",
        "sent",
    )
    assert case.step == "pengiriman"  # sending is no step of its own


def test_nobody_else_sends_it(case: Case, sekadau: Office) -> None:
    for office, who in ((case.office, "sekretaris"), (sekadau, "kadis")):
        with pytest.raises(NotAllowed), command(case.id) as locked:
            sending.send(letter_of(locked), Sending(), actor=actor(office, who), now=after(case))
    assert sendings(case) == []


@pytest.mark.sqlite
def test_a_letter_nobody_approved_is_not_sent(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    with pytest.raises(LetterNotApproved):
        send(case)


@pytest.mark.sqlite
def test_a_tembusan_goes_out_beside_the_letter_and_not_instead_of_it(case: Case) -> None:
    with command(case.id) as locked:
        letter_of(locked).fields = {**letter_of(locked).fields, "tembusan": "1. Camat Contoh;"}
    made = send(case, way=DeliveryWay.CARRIED, addressee="Camat Contoh")
    assert (made.address, letter_of(case).state) == ("", LetterState.APPROVED)
    received(made)
    assert letter_of(case).state == LetterState.APPROVED
    send(case)
    assert letter_of(case).state == LetterState.SENT


# -- whether it arrived ------------------------------------------------------------------------


def received(made: Delivery, who: str = CLERK, **receipt: object) -> None:
    case = made.letter.case
    with command(case.id) as locked:
        sending.receive(
            db.session.get_one(Delivery, made.id),
            Receipt(**{"by": "Ibu Fitri", **receipt}),  # type: ignore[arg-type]
            actor=actor(case.office, who),
            now=after(locked),
        )


def test_that_it_arrived_is_written_down_with_its_paper(case: Case) -> None:
    made = send(case)
    paper = Upload(name="resi.pdf", sha256="1" * 64, size=9, content_type="application/pdf")
    received(made, scan=paper)
    letter = letter_of(case)
    assert (made.state, letter.state) == (DeliveryState.RECEIVED, LetterState.RECEIVED)
    assert (made.received_by, letter.received_at) == ("Ibu Fitri", made.received_at)
    assert made.receipt is not None
    assert (made.receipt.name, made.receipt.case_id) == ("resi.pdf", case.id)
    assert [one.kind for one in letter.marks][-2:] == [MarkKind.SEND, MarkKind.RECEIVE]
    assert case.events[-1].kind == EventKind.RECEIVED
    with pytest.raises(CannotChange):
        received(made)


@pytest.mark.sqlite
def test_what_arrives_in_the_minute_in_which_it_left_arrived_after_it(case: Case) -> None:
    made = send(case)
    assert made.sent_at is not None
    assert made.sent_at.second > 0  # a form knows no seconds
    received(made, at=made.sent_at.replace(second=0))
    assert made.received_at == made.sent_at


@pytest.mark.sqlite
def test_it_arrives_after_it_left_at_somebody(case: Case) -> None:
    made = send(case)
    early = (made.sent_at or NOW) - timedelta(minutes=1)
    for wrong, fault in (
        ({"at": early}, {"received.at": "before_sent"}),
        ({"at": after(case) + timedelta(days=9)}, {"received.at": "in_the_future"}),
        ({"by": " "}, {"received.by": "required"}),
    ):
        with pytest.raises(Incomplete) as refused:
            received(made, **wrong)
        assert refused.value.fields == fault
    with pytest.raises(NotAllowed):
        received(made, "sekretaris")
    assert letter_of(case).state == LetterState.SENT


def failed(made: Delivery, reason: str = "Rumah kosong", who: str = CLERK) -> None:
    case = made.letter.case
    with command(case.id) as locked:
        sending.fail(
            db.session.get_one(Delivery, made.id),
            reason,
            actor=actor(case.office, who),
            now=after(locked),
        )


def test_what_comes_back_is_said_and_sent_another_way_under_the_same_number(case: Case) -> None:
    made = send(case)
    number = letter_of(case).number
    with pytest.raises(Incomplete):
        failed(made, " ")
    failed(made)
    assert (made.state, made.fault) == (DeliveryState.FAILED, "Rumah kosong")
    assert case.events[-1].data["state"] == "failed"
    again = send(case, way=DeliveryWay.FETCHED)
    letter = letter_of(case)
    assert (again.state, letter.number) == (DeliveryState.SENT, number)
    with pytest.raises(CannotChange):
        received(made)
    received(again)
    assert letter.state == LetterState.RECEIVED


def test_the_citizen_who_says_that_it_came_has_received_it(case: Case) -> None:
    case = walking.act(case.id, "forward", now=after(case))
    case = walking.act(case.id, "close", now=after(case))
    (made,) = sendings(case)
    letter = letter_of(case)
    assert (made.state, letter.state) == (DeliveryState.RECEIVED, LetterState.RECEIVED)
    assert made.received_at == letter.received_at == case.closed_at
    assert (made.received_by, case.status) == ("Sdr. Fitri Teladani", Status.CLOSED)
    assert [one.kind for one in letter.marks][-3:] == [
        MarkKind.SIGN,
        MarkKind.SEND,
        MarkKind.RECEIVE,
    ]


FETCHED = """
code: diambil-sendiri
number_code: AMB
title: Surat Diambil Sendiri
kind: general
outcomes: [{key: diambil, label: Diambil}, {key: lepas, label: Tidak diambil}]
steps:
  - key: konsep
    row: 1
    activity: Petugas menyusun surat
    actor: customer-service
    asks: [reporter, subject]
    transitions:
      - action: forward
        label: Serahkan
        to: putusan
        effects: [number, draft: surat-balasan]
  - key: putusan
    row: 2
    activity: Kasubbag memutuskan
    actor: kasubbag-umum
    transitions:
      - action: approve
        label: Setujui
        to: ambil
        effects: [approve_letter: surat-balasan]
  - key: ambil
    row: 3
    activity: Pengadu mengambil surat
    actor: pengadu
    recorded_by: customer-service
    gives_up: {after: 14 hari, to: {end: lepas}}
    transitions:
      - action: close
        label: Surat diambil
        to: {end: diambil}
        effects: [send: surat-balasan]
"""


@pytest.mark.sqlite
def test_a_letter_for_which_nobody_came_does_not_hold_its_case_for_ever(dukcapil: Office) -> None:
    publishing.save_draft(dukcapil, FETCHED)
    publishing.publish(dukcapil, "diambil-sendiri", now=NOW, by=None)
    case = make_case(dukcapil, "diambil-sendiri", "ambil")
    case = walking.act(case.id, "gives_up", now=after(case) + timedelta(days=30), note="Tak datang")
    assert (case.status, case.outcome) == (Status.CLOSED, "lepas")
    assert letter_of(case).state == LetterState.APPROVED


# -- no end before it left ---------------------------------------------------------------------


def test_a_case_does_not_close_over_a_letter_that_its_sop_sends(plain: Case) -> None:
    case = walking.act(plain.id, "approve", now=after(plain))
    with pytest.raises(LetterNotSent) as refused:
        walking.act(case.id, "close", now=after(case))
    assert refused.value.values["ids"] == [letter_of(case).id]
    assert db.session.get_one(Case, case.id).status == Status.OPEN
    made = send(case, KEEPER)
    failed(made, who=KEEPER)
    with pytest.raises(LetterNotSent):  # it has come back
        walking.act(case.id, "close", now=after(case))
    send(case, KEEPER, way=DeliveryWay.FETCHED)
    assert walking.act(case.id, "close", now=after(case)).status == Status.CLOSED


@pytest.mark.sqlite
def test_a_letter_that_is_void_promises_nothing(plain: Case) -> None:
    case = walking.act(plain.id, "approve", now=after(plain))
    letter_of(case).state = LetterState.VOID
    db.session.commit()
    assert walking.act(case.id, "close", now=after(case)).status == Status.CLOSED


def test_whoever_waited_for_the_letter_is_told_by_it_and_the_case_ends(plain: Case) -> None:
    case = walking.act(plain.id, "reject", now=after(plain))
    assert case.status == Status.AWAITING_NOTICE
    send(case, KEEPER, way=DeliveryWay.POST)
    case = db.session.get_one(Case, case.id)
    notice = db.session.scalars(select(Notice).where(Notice.case_id == case.id)).one()
    assert notice.told_event_id == case.events[-1].id
    assert (case.status, case.outcome) == (Status.CLOSED, "ditolak")


@pytest.mark.sqlite
def test_a_call_tells_the_party_but_the_letter_must_still_go_out(plain: Case) -> None:
    case = walking.act(plain.id, "reject", now=after(plain))
    notice = db.session.scalars(select(Notice).where(Notice.case_id == case.id)).one()
    with command(case.id) as locked:
        corrections.tell(
            locked,
            notice.id,
            actor=actor(case.office, KEEPER),
            now=after(case),
            channel="telepon",
            note="Sudah ditelepon",
        )
    assert db.session.get_one(Case, case.id).status == Status.AWAITING_NOTICE
    send(case, KEEPER)
    assert db.session.get_one(Case, case.id).status == Status.CLOSED
