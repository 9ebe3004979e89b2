"""Two texts beside each other: paragraphs that are new, gone or changed, and the words in them."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from views.alignment import Kind, difference, paragraphs

BEFORE = (
    "Pengaduan Saudara telah kami terima.\nKTP-el dicetak tanggal 9 Januari 2026.\nTerima kasih."
)


def bare(text: str) -> str:
    """What stands there, without the words for who cannot see the marks."""
    return re.sub(r'<span class="sr">[^<]*</span>', "", text)


def told(old: str, new: str) -> list[tuple[Kind, str]]:
    """Each paragraph with what became of it."""
    return [(one.kind, bare(one.text)) for one in paragraphs(old, new)]


def test_a_paragraph_that_was_mended_shows_its_words_and_the_others_are_plain() -> None:
    assert told(BEFORE, BEFORE.replace("9 Januari", "13 Januari")) == [
        (Kind.SAME, "Pengaduan Saudara telah kami terima."),
        (Kind.CHANGED, "KTP-el dicetak tanggal <del>9</del> <ins>13</ins> Januari 2026."),
        (Kind.SAME, "Terima kasih."),
    ]


@pytest.mark.parametrize(
    ("new", "kind", "text"),
    [
        (
            BEFORE.replace("\nTerima", "\nBawalah kartu keluarga.\nTerima"),
            Kind.CAME,
            "<ins>Bawalah kartu keluarga.</ins>",
        ),
        (
            BEFORE.replace("Pengaduan Saudara telah kami terima.\n", ""),
            Kind.GONE,
            "<del>Pengaduan Saudara telah kami terima.</del>",
        ),
    ],
)
def test_a_paragraph_that_came_or_went_is_told_as_a_whole(new: str, kind: Kind, text: str) -> None:
    assert [one for one in told(BEFORE, new) if one[0] is not Kind.SAME] == [(kind, text)]


def test_a_sentence_that_says_something_else_is_not_called_a_change() -> None:
    kinds = [kind for kind, _text in told("Surat ini batal.", "Mohon datang ke loket tiga besok.")]
    assert kinds == [Kind.GONE, Kind.CAME]


def test_what_was_typed_never_becomes_markup() -> None:
    said = difference("Ambil <b>satu</b>", "Ambil <b>dua</b> & tiga")
    assert "<b>" not in said
    assert "&amp; tiga" in said


TEXTS = st.lists(st.sampled_from(["a b c d", "a b c e", "f g", "a", "h i j k l"]), max_size=7).map(
    "\n".join
)


@settings(max_examples=150, deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_nothing_of_either_text_is_lost(old: str, new: str) -> None:
    shown = [bare(one.text) for one in paragraphs(old, new)]
    after = [re.sub(r"<del>.*?</del>", "", one) for one in shown]
    before = [re.sub(r"<ins>.*?</ins>", "", one) for one in shown]
    for found, text in ((after, new), (before, old)):
        plain = [" ".join(re.sub(r"<[^>]*>", "", one).split()) for one in found]
        assert [one for one in plain if one] == text.splitlines()


def test_the_longest_texts_are_compared_at_once() -> None:
    lines = [f"Alinea {n} " + "yang sama " * 20 for n in range(150)]
    begun = time.process_time()
    paragraphs("\n".join(lines), "\n".join(one.replace("sama", "lain", 1) for one in lines))
    difference("a " * 9_000, "b a " * 9_000)
    assert time.process_time() - begun < 2
