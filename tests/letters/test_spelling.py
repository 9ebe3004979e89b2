"""Numbers and days written out, as they stand in a berita acara and beside a sum of money."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.letters.spelling import counted, day_names, in_words, money_in_words, roman

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
VALUES = {word: n for n, word in enumerate((*ONES, "sepuluh", "sebelas"))}
SIZES = {"ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
NUMERALS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def heard(words: str) -> int:
    """The number somebody writes down who hears these words."""
    total = group = 0
    for word in words.split():
        if word in ("seratus", "seribu"):
            group, word = (group + 100, "") if word == "seratus" else (1, "ribu")
        if word == "belas":
            group += 10
        elif word == "puluh":
            group += group % 10 * 9
        elif word == "ratus":
            group *= 100
        elif word in SIZES:
            total, group = total + group * SIZES[word], 0
        elif word:
            group += VALUES[word]
    return total + group


def read_off(numeral: str) -> int:
    """The number a roman numeral stands for."""
    values = [NUMERALS[one] for one in numeral]
    later = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, later, strict=True))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_945, "seribu sembilan ratus empat puluh lima"),
        (11_000, "sebelas ribu"),
        (2_026, "dua ribu dua puluh enam"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (1_001_001_001, "satu miliar satu juta seribu satu"),
        (-5, "minus lima"),
    ],
)
def test_a_number_is_written_out_as_one_says_it(number: int, words: str) -> None:
    assert in_words(number) == words


@given(st.integers(0, 10**15 - 1))
def test_whoever_hears_a_number_writes_the_same_one(number: int) -> None:
    words = in_words(number)
    assert heard(words) == number
    assert not re.search("satu (belas|puluh|ratus)", words)


@pytest.mark.parametrize("number", [10**15, -(10**15)])
def test_what_is_too_large_is_refused_rather_than_written_wrong(number: int) -> None:
    with pytest.raises(ValueError, match="too large"):
        in_words(number)


@given(st.integers(1, 3999))
def test_a_roman_numeral_stands_for_its_number(number: int) -> None:
    numeral = roman(number)
    assert read_off(numeral) == number
    assert not any(one * 4 in numeral for one in "IXCM")


def test_the_months_of_a_letter_number_are_roman() -> None:
    assert [roman(month) for month in (1, 4, 9, 12)] == ["I", "IV", "IX", "XII"]
    with pytest.raises(ValueError, match="no roman numeral"):
        roman(0)


def test_money_is_written_out_with_its_cents() -> None:
    assert money_in_words(1_500_000) == "satu juta lima ratus ribu rupiah"
    assert money_in_words(Decimal("1250.50")) == "seribu dua ratus lima puluh rupiah lima puluh sen"
    assert money_in_words(Decimal("-2")) == "minus dua rupiah"


def test_a_day_is_written_out_as_a_berita_acara_does() -> None:
    assert day_names(date(2026, 11, 22)) == {
        "hari": "Minggu",
        "tanggal_terbilang": "Dua Puluh Dua",
        "bulan": "November",
        "bulan_romawi": "XI",
        "tahun": "2026",
        "tahun_terbilang": "Dua Ribu Dua Puluh Enam",
        "tanggal_angka": "22-11-2026",
    }


def test_what_is_counted_stands_in_figures_and_in_words() -> None:
    assert counted(1_200) == "1.200 (seribu dua ratus)"
