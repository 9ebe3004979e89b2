"""A letter between its posts: initialled, returned, changed, initialled anew, approved, issued."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backoffice.letters import drafting, issuing, marks
from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import command
from models import (
    Case,
    EntryState,
    Letter,
    LetterState,
    MarkKind,
    Office,
    RegisterEntry,
    db,
)
from seed import walking
from tests.factories import NOW, OFFICES, actor, after, make_case

UMUM = "pengaduan-umum"  # the Sekretaris initials, the head signs; both return to the Kasubbag
WRONG = "Tanggal cetak belum sesuai berita acara."
OLD, NEW = {"isi": "KTP-el dicetak tanggal 9."}, {"isi": "KTP-el dicetak tanggal 13."}


def letter_of(case: Case) -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter).where(Letter.case_id == case.id)).one()


def entries(case: Case) -> list[tuple[EntryState, str]]:
    """The numbers a letter of the case has or had, with why they are void."""
    query = select(RegisterEntry).join(Letter).where(Letter.case_id == case.id)
    return [(one.state, one.reason) for one in db.session.scalars(query.order_by(RegisterEntry.id))]


def walk(case: Case, *keys: str, text: dict[str, str] = OLD, why: str = WRONG) -> None:
    """Whoever has the case takes these ways one after the other."""
    for key in keys:
        notes = dict.fromkeys(("pemeriksaan", "penandatanganan", "paraf-koordinasi"), why)
        story = walking.Story(letter=text, notes=notes)
        walking.act(case.id, key, now=after(case), story=story)
        db.session.refresh(case)


def test_a_letter_that_was_returned_and_changed_is_initialled_anew_before_it_is_approved(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, UMUM, "pemeriksaan", story=walking.Story(letter=OLD))
    walk(case, "approve")
    assert letter_of(case).state == LetterState.INITIALLED
    walk(case, "return")
    assert (case.step, entries(case)) == ("arahan", [])  # a return before the approval is free
    walk(case, "forward", "forward", text=NEW)
    letter = letter_of(case)
    (fell,) = marks.fallen(letter)
    change = marks.felled_by(letter, fell)
    assert (fell.post.key, change is not None) == ("sekretaris", True)
    assert (letter.state, letter.revision, letter.number) == (LetterState.DRAFT, 2, None)

    walk(case, "approve")
    letter = letter_of(case)
    assert (letter.state, marks.fallen(letter)) == (LetterState.INITIALLED, [])
    walk(case, "approve")
    letter = letter_of(case)
    assert letter.state == LetterState.APPROVED
    assert entries(case) == [(EntryState.USED, "")]
    kinds = [(one.kind, one.revision) for one in letter.marks]
    assert kinds == [(MarkKind.INITIAL, 1), (MarkKind.INITIAL, 2), (MarkKind.APPROVE, 2)]


@pytest.mark.sqlite
def test_a_letter_sent_on_as_it_was_keeps_the_paraf(dukcapil: Office) -> None:
    case = make_case(dukcapil, UMUM, "penandatanganan", story=walking.Story(letter=OLD))
    walk(case, "return", "forward", "forward")
    letter = letter_of(case)
    assert (letter.state, letter.revision) == (LetterState.INITIALLED, 2)
    assert [one.post.key for one in marks.standing(letter)] == ["sekretaris"]


def test_taking_back_the_approval_voids_its_number_and_the_next_takes_another(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, UMUM, "pengiriman", story=walking.Story(letter=OLD))
    first = letter_of(case)
    number, bytes_then = first.number, drafting.render(first)
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(dukcapil, "kadis"), now=after(locked))
    letter = letter_of(case)
    assert (letter.state, letter.number) == (LetterState.INITIALLED, None)
    assert entries(case) == [(EntryState.VOID, "Persetujuan ditarik kembali")]
    walk(case, "approve")
    letter = letter_of(case)
    assert letter.number not in (None, number)
    assert drafting.render(letter) != bytes_then


@pytest.mark.sqlite
def test_taking_back_a_paraf_leaves_none(dukcapil: Office) -> None:
    case = make_case(dukcapil, UMUM, "penandatanganan", story=walking.Story(letter=OLD))
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(dukcapil, "sekretaris"), now=after(locked))
    letter = letter_of(case)
    assert (letter.state, letter.marks) == (LetterState.DRAFT, [])


def test_what_was_issued_never_changes_whatever_becomes_of_office_case_and_template(
    dukcapil: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(dukcapil, UMUM, "pengiriman", story=walking.Story(letter=OLD))
    letter = letter_of(case)
    net, konsep = drafting.render(letter), drafting.render(letter, konsep=True)
    assert net != konsep
    letter.office.name, case.subject = ["Dinas Lain"], "Perihal lain"
    db.session.commit()
    monkeypatch.setattr(drafting, "bytes_for", lambda *_: b"")
    letter = letter_of(case)
    assert (drafting.render(letter), drafting.render(letter, konsep=True)) == (net, konsep)
    issued = issuing.issued_of(letter.id)
    assert issued is not None
    assert issued.fields["isi"] == OLD["isi"]


def with_parafs() -> str:
    """Sekadau's SOP for data as an office writes it that lets the product draft its letter."""
    path = OFFICES / "dinsos-sekadau" / "procedures" / "permintaan-data.yaml"
    text = path.read_text(encoding="utf-8").replace("code: permintaan-data", "code: data-bersurat")
    text = text.replace(
        "[paper: surat-pengantar-data, record: lembar-data]",
        "[draft: surat-pengantar-data, record: lembar-data]",
    )
    for to, effect in (
        ("paraf-koordinasi", "initial"),
        ("penandatanganan", "coordinate"),
        ("penyerahan", "approve_letter"),
    ):
        goes = f"        to: {to}\n"
        assert text.count(goes) == 1
        text = text.replace(goes, f"{goes}        effects: [{effect}: surat-pengantar-data]\n")
    back = "        label: Kembalikan ke Petugas data\n        to: pengolahan\n"
    end = "        to: {end: diserahkan}\n"
    return text.replace(
        end,
        f"{end}        effects: [send: surat-pengantar-data]\n      - action: return\n{back}",
    )


def test_both_parafs_fall_with_a_change_and_a_return_after_the_approval_voids_the_number(
    sekadau: Office,
) -> None:
    publishing.save_draft(sekadau, with_parafs())
    publishing.publish(sekadau, "data-bersurat", now=NOW, by=None)
    case = make_case(sekadau, "data-bersurat", "penandatanganan")
    kinds = [MarkKind.INITIAL, MarkKind.COORDINATE]
    assert [one.kind for one in marks.standing(letter_of(case))] == kinds
    walk(case, "return")
    assert (case.step, entries(case)) == ("pengolahan", [])
    walk(case, "forward", text={"hal": "Data penerima manfaat"})
    assert [one.kind for one in marks.fallen(letter_of(case))] == kinds
    walk(case, "approve", "approve")
    assert letter_of(case).state == LetterState.INITIALLED
    walk(case, "approve")
    assert letter_of(case).state == LetterState.APPROVED

    why = "Angka halaman 2 keliru."
    story = walking.Story(notes={"penyerahan": why})
    walking.act(case.id, "return", now=after(case), story=story)
    letter = letter_of(case)
    assert (letter.state, letter.number) == (LetterState.INITIALLED, None)
    assert entries(case) == [(EntryState.VOID, why)]
