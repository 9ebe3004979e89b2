"""A paraf holds while the letter says what its setter saw, in whatever order it was saved."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.actor import Actor
from backoffice.errors import Incomplete, TooManyParafs
from backoffice.letters import drafting, marks
from backoffice.letters.values import values_for
from models import Attachment, Case, Letter, LetterMark, LetterState, MarkKind, Office, db
from tests.factories import NOW, actor, make_case

pytestmark = [pytest.mark.letters, pytest.mark.sqlite]
KIND = "surat-balasan"
FIRST, SECOND = {"isi": "KTP-el telah dicetak."}, {"isi": "KTP-el dapat diambil."}
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A complaint whose reply the Sekretaris initials and the head signs."""
    return make_case(dukcapil, "pengaduan-umum", "penyusunan")


@pytest.fixture
def ani(dukcapil: Office) -> Actor:
    """Who writes the letter."""
    return actor(dukcapil, "petugas-pengaduan")


@pytest.fixture
def budi(dukcapil: Office) -> Actor:
    """The Sekretaris, who initials it."""
    return actor(dukcapil, "sekretaris")


@pytest.fixture
def citra(dukcapil: Office) -> Actor:
    """The head, who signs it."""
    return actor(dukcapil, "kadis")


def write(case: Case, ani: Actor, text: dict[str, str], at: Any = NOW, **more: Any) -> Letter:
    return drafting.save_draft_letter(case, KIND, text, actor=ani, now=at, **more)


def attachment(case: Case, sha256: str, by: Actor) -> int:
    one = Attachment(
        case_id=case.id,
        name=f"{sha256[0]}.pdf",
        content_type="application/pdf",
        size=1,
        sha256=sha256,
        uploaded_at=NOW,
        user_id=by.user.id,
    )
    db.session.add(one)
    db.session.flush()
    return one.id


def test_the_hash_is_of_kind_fields_and_enclosures_and_nothing_else() -> None:
    said = marks.content_hash(KIND, {"b": "dua", "a": "satu"}, ["ff"])
    # sha256sum of {"enclosures":["ff"],"fields":{"a":"satu","b":"dua"},"kind":"surat-balasan"}
    assert said == "c2bc04fde49c6be0791869eef890fe9c4053e5562b1b04dd501f2d1ce982daaf"
    assert said == marks.content_hash(KIND, {"a": "satu", "b": "dua"}, ["ff"])
    assert said != marks.content_hash("nota-dinas", {"a": "satu", "b": "dua"}, ["ff"])


def test_a_change_voids_the_paraf_and_the_old_words_bring_it_back(
    case: Case, ani: Actor, budi: Actor
) -> None:
    letter = write(case, ani, FIRST)
    paraf = drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    assert (letter.state, marks.standing(letter)) == (LetterState.INITIALLED, [paraf])

    write(case, ani, SECOND, LATER)

    assert (letter.state, marks.fallen(letter)) == (LetterState.DRAFT, [paraf])
    change = marks.felled_by(letter, paraf)
    assert change is not None
    assert (change.user, change.saved_at) == (ani.user, LATER)
    write(case, ani, FIRST)
    assert (letter.state, marks.standing(letter)) == (LetterState.INITIALLED, [paraf])
    assert marks.felled_by(letter, paraf) is None


def test_whoever_initials_again_has_no_fallen_paraf(case: Case, ani: Actor, budi: Actor) -> None:
    letter = write(case, ani, FIRST)
    drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    write(case, ani, SECOND)
    again = drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=LATER)
    assert (marks.standing(letter), marks.fallen(letter)) == ([again], [])
    assert letter.state == LetterState.INITIALLED


def test_of_two_parafs_the_letter_is_initialled_once_none_is_void(
    case: Case, ani: Actor, budi: Actor, citra: Actor
) -> None:
    letter = write(case, ani, FIRST)
    for one in (budi, citra):
        drafting.mark(letter, MarkKind.INITIAL, actor=one, now=NOW)
    write(case, ani, SECOND)
    drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    assert letter.state == LetterState.DRAFT
    drafting.mark(letter, MarkKind.INITIAL, actor=citra, now=NOW)
    assert letter.state == LetterState.INITIALLED


def test_an_enclosure_belongs_to_what_was_initialled(case: Case, ani: Actor, budi: Actor) -> None:
    one, other = (attachment(case, letter * 64, ani) for letter in "ab")
    letter = write(case, ani, FIRST, enclosures=[one])
    drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    write(case, ani, {})
    assert (letter.enclosures, letter.state) == ([one], LetterState.INITIALLED)
    write(case, ani, {}, enclosures=[one, other, one])
    assert (letter.enclosures, letter.state) == ([one, other], LetterState.DRAFT)
    write(case, ani, {}, enclosures=[])
    assert letter.revisions[-1].enclosures == []


def test_only_attachments_of_the_case_are_enclosed(
    dukcapil: Office, case: Case, ani: Actor
) -> None:
    mine = attachment(case, "a" * 64, ani)
    foreign = attachment(make_case(dukcapil, "pengaduan-kecil", "penyusunan"), "b" * 64, ani)
    for forged in ([foreign], [mine, foreign], [0], [-1], [9**15]):
        with pytest.raises(Incomplete) as refused:
            write(case, ani, FIRST, enclosures=forged)
        assert refused.value.fields == {"enclosures": "not_a_choice"}
    assert drafting.current_letter(case, KIND) is None


def test_the_box_of_the_konsep_shows_the_parafs_that_hold_and_coordination_below(
    dukcapil: Office, case: Case, ani: Actor, budi: Actor
) -> None:
    letter = write(case, ani, FIRST)
    drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    kasubbag = actor(dukcapil, "kasubbag-umum")
    drafting.mark(letter, MarkKind.COORDINATE, actor=kasubbag, now=NOW)
    beside = f"{kasubbag.post.title} (koordinasi)"
    day = "12 Januari 2026"
    assert values_for(letter, konsep=True)["paraf"] == (
        {"jabatan": "Sekretaris", "tanda": day},
        {"jabatan": beside, "tanda": day},
    )
    assert values_for(letter)["paraf"] == ()
    write(case, ani, SECOND)
    assert values_for(letter, konsep=True)["paraf"] == ({"jabatan": "Sekretaris", "tanda": ""},)


def test_a_fourth_official_of_the_hierarchy_is_refused_and_told_whose_paraf_is_there(
    dukcapil: Office, case: Case, ani: Actor, budi: Actor, citra: Actor
) -> None:
    letter = write(case, ani, FIRST)
    kasubbag = actor(dukcapil, "kasubbag-umum")
    for one in (budi, citra, kasubbag, budi):
        drafting.mark(letter, MarkKind.INITIAL, actor=one, now=NOW)
    clerk = actor(dukcapil, "customer-service")
    with pytest.raises(TooManyParafs) as refused:
        drafting.mark(letter, MarkKind.INITIAL, actor=clerk, now=NOW)
    assert kasubbag.post.title in refused.value.values["posts"]
    drafting.mark(letter, MarkKind.COORDINATE, actor=clerk, now=NOW)  # stands beside the three


def test_taking_back_the_approval_voids_the_number_and_the_parafs_hold_on(
    case: Case, ani: Actor, budi: Actor, citra: Actor
) -> None:
    letter = write(case, ani, FIRST)
    paraf = drafting.mark(letter, MarkKind.INITIAL, actor=budi, now=NOW)
    drafting.approve(letter, actor=citra, now=NOW)
    letter.signed_at, letter.state = NOW, LetterState.SIGNED
    letter.scan_id = attachment(case, "a" * 64, ani)
    drafting.take_back_approval(letter, reason="Salah alamat", now=LATER)
    assert (letter.state, letter.number, letter.approved_at) == (LetterState.INITIALLED, None, None)
    assert (letter.signed_at, letter.scan_id) == (None, None)
    assert marks.standing(letter) == [paraf]


def test_what_is_approved_or_gone_is_not_issued_a_second_time(
    case: Case, ani: Actor, citra: Actor
) -> None:
    letter = write(case, ani, FIRST)
    drafting.approve(letter, actor=citra, now=NOW)
    number, issued = letter.number, drafting.render(letter)
    drafting.approve(letter, actor=citra, now=LATER)
    drafting.send(letter, actor=ani, now=LATER)
    drafting.approve(letter, actor=citra, now=LATER)
    assert (letter.state, letter.number) == (LetterState.SENT, number)
    assert drafting.render(letter) == issued


CONTENTS = st.tuples(st.sampled_from("abc"), st.sampled_from([(), (1,), (1, 2), (2, 1)]))
DEEDS = st.lists(st.one_of(CONTENTS, st.sampled_from([7, 8])), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(deeds=DEEDS)
def test_a_paraf_holds_exactly_while_the_content_is_equal(deeds: list[Any]) -> None:
    letter: Any = SimpleNamespace(content_hash="", marks=[], state=LetterState.DRAFT)
    content: Any = ("a", ())
    seen: dict[int, Any] = {}
    for deed in [content, *deeds]:
        if isinstance(deed, int):
            post: Any = SimpleNamespace(id=deed)
            mark: Any = SimpleNamespace(
                post=post, kind=MarkKind.INITIAL, content_hash=letter.content_hash
            )
            letter.marks.append(mark)
            seen[deed] = content
        else:
            content = deed
            told = [str(one) for one in content[1]]
            letter.content_hash = marks.content_hash(KIND, {"isi": content[0]}, told)
        standing = {one.post.id for one in marks.standing(letter)}
        fallen = {one.post.id for one in marks.fallen(letter)}
        assert standing == {post for post, what in seen.items() if what == content}
        assert fallen == seen.keys() - standing
        whole = LetterState.INITIALLED if standing and not fallen else LetterState.DRAFT
        assert marks.state_of(letter) is whole


def test_a_letter_from_before_says_the_same_as_when_it_was_marked() -> None:
    letter = Letter(kind=KIND, fields={}, enclosures=[], content_hash="")
    letter.marks.append(LetterMark(kind=MarkKind.INITIAL, revision=1, content_hash=""))
    assert marks.holds(letter, letter.marks[0])
