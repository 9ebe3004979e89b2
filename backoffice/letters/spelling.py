"""Numbers, dates and sums as an official letter writes them out: terbilang, romawi, rupiah."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backoffice import text

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SMALL = (*ONES, "sepuluh", "sebelas")
GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))
LIMIT = 10**15  # beyond any budget
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def in_words(number: int) -> str:
    """Terbilang: 1.250 is "seribu dua ratus lima puluh". ValueError from a thousand trillion on."""
    if abs(number) >= LIMIT:
        raise ValueError(f"{number} is too large to be written out")
    if number < 0:
        return f"minus {in_words(-number)}"
    words: list[str] = []
    for size, name in GROUPS:
        count, number = divmod(number, size)
        if count == 1 and size == 1000:
            words.append("seribu")
        elif count:
            words.append(f"{_hundreds(count)} {name}")
    if number or not words:
        words.append(_hundreds(number))
    return " ".join(words)


def _hundreds(number: int) -> str:
    """A number below a thousand."""
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _tens(number)
    head = "seratus" if hundreds == 1 else f"{SMALL[hundreds]} ratus"
    return f"{head} {_tens(rest)}" if rest else head


def _tens(number: int) -> str:
    """A number below a hundred."""
    if number < len(SMALL):
        return SMALL[number]
    tens, ones = divmod(number, 10)
    if tens == 1:
        return f"{SMALL[ones]} belas"
    return f"{SMALL[tens]} puluh" + (f" {SMALL[ones]}" if ones else "")


def roman(number: int) -> str:
    """XII for 12, as months stand in the numbers of letters. ValueError outside 1 to 3.999."""
    if not 0 < number < 4000:
        raise ValueError(f"{number} has no roman numeral")
    found = ""
    for size, sign in ROMAN:
        count, number = divmod(number, size)
        found += sign * count
    return found


def money_in_words(value: int | Decimal) -> str:
    """1.250.000 is "satu juta dua ratus lima puluh ribu rupiah"; cents become sen."""
    cents = round(Decimal(value) * 100)
    whole, rest = divmod(abs(cents), 100)
    words = f"{in_words(whole)} rupiah" + (f" {in_words(rest)} sen" if rest else "")
    return f"minus {words}" if cents < 0 else words


def counted(number: int) -> str:
    """2 is "2 (dua)", as letters count enclosures and animals."""
    return f"{text.number(number)} ({in_words(number)})"


def day_names(day: date) -> dict[str, str]:
    """A day as a berita acara writes it out, each part a field of its own."""
    plain = text.plain_date(day)
    return {
        "hari": text.weekday(day.weekday()),
        "tanggal_terbilang": in_words(day.day).title(),
        "bulan": plain.split(" ")[1],
        "bulan_romawi": roman(day.month),
        "tahun": str(day.year),
        "tahun_terbilang": in_words(day.year).title(),
        "tanggal_angka": f"{day:%d-%m-%Y}",
    }
