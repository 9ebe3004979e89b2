"""The parts of the review: an order kept in an address, a line cut to size, what changed."""

from __future__ import annotations

import pytest

from backoffice.workflow.pack import read_procedure
from tests import factories
from views.changes import clipped
from views.deeds import is_quick
from views.queue import Queue


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("12.7.31", (12, 7, 31)),
        ("7.7.7", (7,)),
        ("", ()),
        ("x.-1.0.1,5.²." + "9" * 30, ()),
        (".".join(map(str, range(1, 900))), tuple(range(1, 201))),
    ],
)
def test_an_address_is_read_as_far_as_it_names_cases(text: str, ids: tuple[int, ...]) -> None:
    assert Queue.of(text).ids == ids


def test_what_is_decided_leaves_its_place_and_is_passed_over() -> None:
    line = Queue((12, 7, 31, 8))

    assert (line.place(31), line.before(31), line.before(12)) == (3, 7, None)
    assert (line.after(12, {31, 8}), line.after(8, {12})) == (31, None)
    assert line.address(31, done=12) == "/periksa/?urut=12.7.31.8&id=31&setelah=12"
    assert line.address(None, done=8) == "/periksa/selesai/?urut=12.7.31.8&setelah=8"
    assert line.holding(99).ids == (99,)


def test_a_long_text_is_cut_between_words() -> None:
    assert clipped("Satu dua,\n tiga", 20) == "Satu dua, tiga"
    assert clipped("Satu dua, tiga empat lima", 12) == "Satu dua …"


@pytest.mark.parametrize(
    ("office", "code", "step", "quick"),
    [
        ("disdukcapil", "pengaduan-menengah", "pemeriksaan", True),  # a letter to sign
        ("disdukcapil", "pengaduan-menengah", "pencatatan", False),  # who, what, which channel
        ("disdukcapil", "pengaduan-menengah", "penyusunan", False),  # a letter to write
        ("disdukcapil", "pengaduan-menengah", "pengiriman", False),  # the scan of the letter
        ("disdukcapil", "pengaduan-besar", "koordinasi-skpd", False),  # a record
        ("dinsos-sekadau", "permintaan-data", "disposisi", True),  # a unit to choose
        ("satpol-pp", "pengaduan-tidak-langsung", "pendampingan", True),  # kinds to tick
        ("dinsos-sampang", "pengaduan-puspaga", "surat-kaleng", True),
    ],
)
def test_what_a_note_or_a_choice_decides_is_known_from_the_sop(
    office: str, code: str, step: str, quick: bool
) -> None:
    file = factories.OFFICES / office / "procedures" / f"{code}.yaml"
    procedure, _findings = read_procedure(file.read_text(encoding="utf-8"), code)
    assert procedure is not None

    assert is_quick(procedure, step) is quick
