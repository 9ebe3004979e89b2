"""A letter that was approved and must not go out at all: it is void, and its case is free of it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from backoffice.errors import Incomplete, LetterHasGap, NotFound, Refusal
from backoffice.letters import drafting, ink, issuing, sending, voiding
from backoffice.letters.ink import Ink
from backoffice.letters.sending import Sending
from backoffice.workflow import accused, corrections, reading
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Upload
from models import (
    Case,
    CaseEvent,
    Delivery,
    DeliveryState,
    DeliveryWay,
    EntryState,
    EventKind,
    IssuedLetter,
    Letter,
    LetterState,
    Office,
    RegisterEntry,
    db,
)
from seed import walking
from tests.factories import actor, after, make_case, person, user_of

REASON = "Duplikat pengaduan yang sudah dijawab"
CLERK, HEAD, KEEPER = "petugas-pengaduan", "kadis", "kasubbag-umum"
SCAN = Upload(name="surat.pdf", sha256="a" * 64, size=9_000, content_type="application/pdf")


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A complaint whose reply the Kepala Dinas has approved; it waits to be sent."""
    return make_case(dukcapil, "pengaduan-menengah", "pengiriman")


def letter_of(case: Case) -> Letter:
    """Its first letter as it stands now."""
    db.session.expire_all()
    query = select(Letter).filter_by(case_id=case.id).order_by(Letter.id).limit(1)
    return db.session.scalars(query).one()


def void(case: Case, who: str = HEAD, reason: str = REASON) -> CaseEvent:
    """The holder of that post makes the letter void."""
    letter_id, by = letter_of(case).id, actor(case.office, who)
    with command(case.id) as locked:
        return voiding.void(locked, letter_id, reason, actor=by, now=after(locked))


def sign(case: Case) -> None:
    """The clerk uploads the scan of the letter."""
    given, letter_id = Ink(scan=SCAN, signed_on=date(2026, 1, 12)), letter_of(case).id
    by = actor(case.office, CLERK)
    with command(case.id) as locked:
        ink.record(locked, letter_id, given, actor=by, now=after(locked))


def send(case: Case, addressee: str = "") -> Delivery:
    """The clerk writes down that it was carried there."""
    order, letter_id = Sending(way=DeliveryWay.CARRIED, addressee=addressee), letter_of(case).id
    by = actor(case.office, CLERK)
    with command(case.id) as locked:
        letter = db.session.get_one(Letter, letter_id)
        return sending.send(letter, order, actor=by, now=after(locked))


def refused(case: Case, who: str = HEAD) -> type[Refusal]:
    """Why it cannot be made void; nothing is changed by that."""
    letter, events = letter_of(case), len(case.events)
    stood = (letter.state, letter.number)
    with pytest.raises(Refusal) as refusal:
        void(case, who)
    letter = letter_of(case)
    assert ((letter.state, letter.number), len(case.events)) == (stood, events)
    return refusal.type


@pytest.mark.parametrize("inked", [False, True])
def test_the_letter_its_number_and_what_was_issued_are_void_with_that_reason(
    case: Case, inked: bool
) -> None:
    if inked:
        sign(case)
    number = letter_of(case).number
    stood = (case.step, case.status, [(one.id, one.left_at) for one in case.assignments])

    event = void(case)

    letter = letter_of(case)
    assert (letter.state, letter.number) == (LetterState.VOID, None)
    entry = db.session.scalars(select(RegisterEntry).filter_by(letter_id=letter.id)).one()
    assert (entry.number, entry.state, entry.reason) == (number, EntryState.VOID, REASON)
    issued = db.session.scalars(select(IssuedLetter).filter_by(letter_id=letter.id)).one()
    assert (issued.void_reason, issued.voided_at) == (REASON, event.happened_at)
    assert (event.kind, event.reason) == (EventKind.NOTE, REASON)
    assert (event.data["number"], voiding.event_of(letter)) == (number, event)
    case = letter.case
    assert (case.step, case.status, [(one.id, one.left_at) for one in case.assignments]) == stood
    with pytest.raises(NotFound):
        drafting.render(letter)


def test_whoever_approves_such_letters_or_keeps_the_registers_makes_them_void(case: Case) -> None:
    may = {HEAD: True, KEEPER: True, CLERK: False, "sekretaris": False, "administrator": False}
    letter = letter_of(case)
    people = {post: person(case.office, post) for post in may}
    assert {post: voiding.voider(letter, one) is not None for post, one in people.items()} == may
    assert refused(case, CLERK) is voiding.NotTheirs
    void(case, KEEPER)
    assert letter_of(case).state is LetterState.VOID


@pytest.mark.sqlite
def test_who_is_terlapor_makes_nothing_void(case: Case) -> None:
    with accused.matter(case.id, None) as (locked, others):
        by = actor(case.office, "sekretaris")
        accused.name(locked, user_of(case.office, KEEPER).id, others, actor=by, now=after(locked))
    assert voiding.voider(letter_of(case), person(case.office, KEEPER)) is None
    assert refused(case, KEEPER) is voiding.NotTheirs


@pytest.mark.sqlite
def test_without_a_reason_nothing_is_void(case: Case) -> None:
    with pytest.raises(Incomplete) as refusal:
        void(case, reason=" \n")
    assert refusal.value.fields == {"reason": "reason_required"}
    assert letter_of(case).state is LetterState.APPROVED


@pytest.mark.sqlite
def test_a_draft_and_a_letter_that_is_void_already_are_not_made_void(
    dukcapil: Office, case: Case
) -> None:
    draft = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    assert refused(draft) is voiding.NotApproved
    void(case)
    assert refused(case) is voiding.NotApproved


def test_what_has_left_stays_as_it_left_even_if_it_came_back(case: Case) -> None:
    made = send(case)
    assert refused(case) is voiding.HasLeft
    by = actor(case.office, CLERK)
    with command(case.id) as locked:
        row = db.session.get_one(Delivery, made.id)
        sending.fail(row, "Rumah kosong", actor=by, now=after(locked))
    assert refused(case) is voiding.HasLeft


@pytest.mark.sqlite
def test_a_tembusan_that_went_out_holds_the_letter_and_an_e_mail_is_stopped_first(
    case: Case,
) -> None:
    letter = letter_of(case)
    letter.fields = {**letter.fields, "tembusan": "Bupati"}
    db.session.commit()
    made = send(case, "Bupati")
    assert letter_of(case).state is LetterState.APPROVED
    assert refused(case) is voiding.HasLeft
    waits = db.session.get_one(Delivery, made.id)
    waits.state, waits.way, waits.sent_at = DeliveryState.QUEUED, DeliveryWay.EMAIL, None
    db.session.commit()
    assert refused(case) is voiding.EmailWaits
    by = actor(case.office, CLERK)
    with command(case.id) as locked:
        row = db.session.get_one(Delivery, made.id)
        sending.fail(row, "Salah surat", actor=by, now=after(locked))
    void(case)
    assert letter_of(case).state is LetterState.VOID


@pytest.mark.sqlite
def test_a_letter_of_another_case_is_not_found(dukcapil: Office, case: Case) -> None:
    other = letter_of(make_case(dukcapil, "pengaduan-menengah", "pengiriman")).id
    by = actor(dukcapil, HEAD)
    with pytest.raises(NotFound), command(case.id) as locked:
        voiding.void(locked, other, REASON, actor=by, now=after(locked))


def test_the_signer_takes_his_step_back_and_a_new_letter_gets_the_next_number(case: Case) -> None:
    sign(case)
    first = letter_of(case)
    number, said = first.number, dict(first.fields)
    clerk, by = actor(case.office, CLERK), actor(case.office, HEAD)
    reading.mark_read(case.id, frozenset({clerk.post.id}), now=after(case))
    assert not corrections.may_take_back(letter_of(case).case, by)
    void(case, KEEPER)
    with pytest.raises(LetterHasGap) as refusal:
        walking.act(case.id, "forward", now=after(case))
    assert refusal.value.fields == {"letter": "letter_void"}

    with command(case.id) as locked:
        corrections.take_back(locked, actor=by, now=after(locked))
    case = walking.act(case.id, "return", now=after(case), note="Susun surat baru")
    assert drafting.current_letter(case) is None
    case = walking.bring(case.id, "pengiriman", when=after)

    new = drafting.current_letter(case)
    assert new is not None
    assert (new.id != first.id, new.state) == (True, LetterState.APPROVED)
    assert new.number not in (None, number)
    assert new.fields["penerima"] == said["penerima"]
    assert issuing.issued_of(new.id) is not None
    assert letter_of(case).state is LetterState.VOID
