"""The ink: a letter was signed on paper, which the office records with its scan and the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from backoffice.errors import Incomplete, NotAllowed, NotFound
from backoffice.letters import ink
from backoffice.letters.ink import Ink, NotApproved, NotTheirInk
from backoffice.workflow import accused, corrections
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Upload
from models import (
    Attachment,
    Case,
    CaseEvent,
    EventKind,
    Letter,
    LetterState,
    MarkKind,
    Office,
    Status,
    db,
)
from seed import walking
from tests.factories import actor, after, make_case, person, user_of

APPROVED_ON = date(2026, 1, 12)  # Senin: every step takes ten minutes of that morning
SCAN = Upload(name="surat.pdf", sha256="a" * 64, size=9_000, content_type="application/pdf")
OTHER = replace(SCAN, name="yang-benar.jpg", sha256="b" * 64, content_type="image/jpeg")


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A complaint whose reply the Kepala Dinas has approved; it waits to be sent."""
    return make_case(dukcapil, "pengaduan-menengah", "pengiriman")


def letter_of(case: Case) -> Letter:
    """Its letter as it stands now."""
    db.session.expire_all()
    return db.session.query(Letter).filter_by(case_id=case.id).one()


def sign(
    case: Case,
    who: str = "petugas-pengaduan",
    *,
    scan: Upload | None = SCAN,
    on: date | None = APPROVED_ON,
    reason: str = "",
    now: datetime | None = None,
) -> CaseEvent:
    """The holder of that post records the ink."""
    given = Ink(scan=scan, signed_on=on, reason=reason)
    letter_id, moment = letter_of(case).id, now or after(case, 60)
    by = actor(case.office, who)
    with command(case.id) as locked:
        return ink.record(locked, letter_id, given, actor=by, now=moment)


def send(case: Case, **more: Any) -> None:
    """The reply goes out, as the SOP has it, with a file attached."""
    walking.act(case.id, "forward", now=after(case), **more)


def test_scan_and_day_make_the_letter_signed_and_the_case_stays_where_it_is(case: Case) -> None:
    desks = [(one.post_id, one.left_at) for one in case.assignments]

    event = sign(case)

    letter = letter_of(case)
    assert (letter.state, letter.scan_id is not None) == (LetterState.SIGNED, True)
    assert letter.signed_at is not None
    assert letter.signed_at.date() == APPROVED_ON
    assert letter.scan is not None
    assert letter.scan.label == f"Surat bertanda tangan nomor {letter.number}"
    assert [one.kind for one in letter.marks].count(MarkKind.SIGN) == 1
    assert (event.kind, event.data["signed_on"]) == (EventKind.SIGNED, "2026-01-12")
    assert (case.step, case.status) == ("pengiriman", Status.OPEN)
    assert [(one.post_id, one.left_at) for one in case.assignments] == desks


def test_who_approves_it_wrote_it_has_it_or_keeps_the_registers_records_the_ink(
    case: Case,
) -> None:
    may = {
        "kadis": True,  # whom the SOP lets approve it
        "petugas-pengaduan": True,  # who wrote it, and has the case
        "kasubbag-umum": True,  # who keeps the registers
        "sekretaris": False,
        "customer-service": False,
        "administrator": False,
    }
    letter = letter_of(case)
    people = {post: person(case.office, post) for post in may}
    assert {post: ink.recorder(letter, one) is not None for post, one in people.items()} == may
    for post in (one for one, known in may.items() if not known):
        with pytest.raises(NotTheirInk):
            sign(case, post)
    assert letter_of(case).state is LetterState.APPROVED


@pytest.mark.sqlite
def test_who_is_terlapor_records_nothing_however_many_posts_he_has(case: Case) -> None:
    with accused.matter(case.id, None) as (locked, others):
        by = actor(case.office, "sekretaris")
        named = user_of(case.office, "kasubbag-umum").id
        accused.name(locked, named, others, actor=by, now=after(locked))

    assert ink.recorder(letter_of(case), person(case.office, "kasubbag-umum")) is None
    with pytest.raises(NotTheirInk):
        sign(case, "kasubbag-umum")


@pytest.mark.sqlite
def test_a_day_or_a_scan_that_cannot_be_is_refused_and_nothing_is_kept(case: Case) -> None:
    files, events = db.session.query(Attachment).count(), len(case.events)
    wrong: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"scan": None, "on": None}, {"scan": "required", "signed_on": "required"}),
        ({"on": APPROVED_ON - timedelta(days=1)}, {"signed_on": "signed_before_approval"}),
        ({"on": APPROVED_ON + timedelta(days=1)}, {"signed_on": "in_the_future"}),
        ({"scan": replace(SCAN, content_type="text/plain")}, {"scan": "scan_type"}),
    ]
    for given, faults in wrong:
        with pytest.raises(Incomplete) as refusal:
            sign(case, **given)
        assert refusal.value.fields == faults

    assert letter_of(case).state is LetterState.APPROVED
    assert (db.session.query(Attachment).count(), len(case.events)) == (files, events)


@pytest.mark.sqlite
def test_the_day_is_that_of_the_office_not_of_greenwich(case: Case) -> None:
    late = datetime.fromisoformat("2026-01-13T01:00:00+07:00")  # still the 12th in Greenwich

    sign(case, on=date(2026, 1, 13), now=late)

    assert letter_of(case).signed_at == late  # noon of that day is still to come


@pytest.mark.sqlite
def test_a_wrong_scan_is_replaced_with_a_reason_and_stays_among_the_attachments(case: Case) -> None:
    sign(case)
    wrong = letter_of(case).scan_id
    with pytest.raises(Incomplete) as refusal:
        sign(case, scan=SCAN)
    assert refusal.value.fields == {"scan": "scan_same", "reason": "reason_required"}

    event = sign(case, scan=OTHER, reason="Terunggah surat orang lain")

    letter = letter_of(case)
    assert letter.scan is not None
    assert letter.scan.name == "yang-benar.jpg"
    assert db.session.get(Attachment, wrong) is not None
    assert (event.reason, event.data["replaces"]) == ("Terunggah surat orang lain", wrong)
    assert [one.kind for one in letter.marks].count(MarkKind.SIGN) == 1


@pytest.mark.sqlite
def test_the_day_alone_is_put_right_without_a_second_scan(case: Case) -> None:
    sign(case, now=after(case, 600))
    scan = letter_of(case).scan_id

    sign(case, scan=None, on=date(2026, 1, 13), reason="Salah ketik", now=after(case, 900))

    letter = letter_of(case)
    assert letter.signed_at is not None
    assert (letter.signed_at.date(), letter.scan_id) == (date(2026, 1, 13), scan)
    with pytest.raises(Incomplete) as refusal:
        sign(case, scan=None, on=date(2026, 1, 13), reason="Sama", now=after(case, 900))
    assert refusal.value.fields == {"scan": "required"}


@pytest.mark.sqlite
def test_what_the_step_that_sends_the_letter_has_attached_is_its_scan(case: Case) -> None:
    send(case)

    letter = letter_of(case)
    assert letter.state is LetterState.SENT
    assert letter.scan is not None
    assert letter.scan.label == ink.label_of(letter)
    assert letter.signed_at is not None
    assert [one.kind for one in letter.marks][-2:] == [MarkKind.SIGN, MarkKind.SEND]
    assert EventKind.SIGNED not in {one.kind for one in case.events}  # the step tells it


@pytest.mark.sqlite
def test_a_scan_that_is_there_is_not_asked_for_again_when_the_letter_goes_out(case: Case) -> None:
    sign(case)
    scan = letter_of(case).scan_id

    send(case, attachments=())

    letter = letter_of(case)
    assert (letter.state, letter.scan_id) == (LetterState.SENT, scan)


@pytest.mark.sqlite
def test_a_letter_that_was_sent_before_it_was_scanned_gets_its_scan_and_stays_sent(
    case: Case,
) -> None:
    send(case, attachments=(replace(SCAN, name="resi.docx", content_type="application/msword"),))
    assert letter_of(case).signed_at is None

    with pytest.raises(Incomplete) as refusal:
        sign(case, on=date(2026, 1, 13), now=after(case, 900))
    sign(case, now=after(case, 900))

    assert refusal.value.fields == {"signed_on": "signed_after_sending"}
    letter = letter_of(case)
    assert (letter.state, letter.scan_id is not None) == (LetterState.SENT, True)


@pytest.mark.sqlite
def test_of_a_case_that_has_ended_the_scan_comes_later_and_the_case_stays_ended(case: Case) -> None:
    send(case, attachments=(replace(SCAN, content_type="application/msword"),))
    walking.act(case.id, "close", now=after(case))
    before = (case.status, case.closed_at, case.outcome, case.step)
    assert before[0] is Status.CLOSED

    sign(case, "kadis")

    letter = letter_of(case)
    assert letter.scan_id is not None
    assert (case.status, case.closed_at, case.outcome, case.step) == before
    assert not [one for one in case.assignments if one.left_at is None]


@pytest.mark.sqlite
def test_no_ink_stands_on_what_nobody_approved_or_on_a_case_that_was_voided(
    dukcapil: Office, case: Case
) -> None:
    draft = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    with pytest.raises(NotApproved):
        sign(draft, "kadis")
    by = actor(dukcapil, "kadis")
    with command(case.id) as locked:
        corrections.void(locked, actor=by, now=after(locked), reason="Salah berkas")
    with pytest.raises(NotApproved):
        sign(case, "kadis")
    assert letter_of(case).scan_id is None


@pytest.mark.sqlite
def test_a_letter_of_another_case_is_not_found(dukcapil: Office, case: Case) -> None:
    other = letter_of(make_case(dukcapil, "pengaduan-menengah", "pengiriman")).id
    given, by = Ink(scan=SCAN, signed_on=APPROVED_ON), actor(dukcapil, "kadis")

    with pytest.raises(NotFound), command(case.id) as locked:
        ink.record(locked, other, given, actor=by, now=after(locked))


@pytest.mark.sqlite
def test_what_bears_ink_is_not_taken_back_by_a_click(case: Case) -> None:
    by = actor(case.office, "kadis")
    assert corrections.may_take_back(case, by)

    sign(case, "kadis")

    assert not corrections.may_take_back(db.session.get_one(Case, case.id), by)


@pytest.mark.sqlite
def test_whoever_lost_his_post_while_he_scanned_records_nothing(case: Case) -> None:
    by = actor(case.office, "petugas-pengaduan")
    letter_id, given = letter_of(case).id, Ink(scan=SCAN, signed_on=APPROVED_ON)
    by.user.holdings[0].until_at = after(case, 1)
    db.session.commit()

    with pytest.raises(NotAllowed), command(case.id) as locked:
        ink.record(locked, letter_id, given, actor=by, now=after(locked, 60))

    assert letter_of(case).scan_id is None


@pytest.mark.sqlite
def test_what_was_approved_goes_out_although_a_new_template_asks_for_more(case: Case) -> None:
    letter = letter_of(case)
    letter.fields = {**letter.fields, "isi": ""}  # as if its template had got a field since
    db.session.commit()

    send(case)

    assert letter_of(case).state is LetterState.SENT
