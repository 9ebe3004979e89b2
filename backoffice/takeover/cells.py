"""What stands in a cell, as a person meant it; `Wrong` says what is the matter and what to do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from openpyxl.utils.datetime import from_excel

OLDEST = date(1990, 1, 1)
DAYS_OF_EXCEL = (32_874, 73_415)  # 1990 to 2100, where a date is stored as a bare number
LARGEST = 2**31 - 1  # what an integer column of PostgreSQL holds
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb pebruari february",
            "maret mar march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu agt ags aug august",
            "september sep sept",
            "oktober okt october oct",
            "november nov nopember nop",
            "desember des december dec",
        ),
        1,
    )
    for name in names.split()
}
WRITTEN_DAY = re.compile(
    r"(?:[a-z']{4,7},?\s+)?(?P<day>\d{1,2})[\s./-]+(?P<month>[a-z]+|\d{1,2})\.?[\s./-]+"
    r"(?P<year>\d{2,4})"
)
ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})")
WRITTEN_TIME = re.compile(
    r"[\st,]*(?:(?:pukul|jam)\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:]\d{2})?"
    r"\s*(?:wib|wita|wit)?"
)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel keeps what XML cannot
SAYS_DAY = "Tulis seperti 13/01/2026 atau 13 Januari 2026."


class Wrong(Exception):
    """What is wrong with a cell, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as the workbook has it. `kind`: of openpyxl; "f" a formula, "e" an error."""

    value: Any
    kind: str = "s"
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - the workbook's own day zero


def plain(cell: Cell) -> Any:
    """The value, if it is one: a formula or an error of Excel is none."""
    if cell.kind == "f":
        raise Wrong("Berisi rumus. Salin sel ini lalu tempel sebagai nilai, bukan rumus.")
    if cell.kind == "e":
        raise Wrong(f"Berisi kesalahan Excel ({cell.value}). Ketik isinya.")
    return cell.value


def text(cell: Cell, most: int) -> str:
    """One or more lines of text, without what no database holds; a number as it is written."""
    value = plain(cell)
    if isinstance(value, bool):
        said = "Ya" if value else "Tidak"
    elif isinstance(value, float) and value.is_integer():
        said = str(int(value))
    elif isinstance(value, datetime):
        said = f"{value:%d/%m/%Y}"
    else:
        said = cleaned(str(value))
    if len(said) > most:
        raise Wrong(f"Terlalu panjang: {len(said)} huruf, paling banyak {most}. Pendekkan.")
    return said


def cleaned(said: str) -> str:
    """`said` without NUL, control signs, half characters and spaces around."""
    if said.isascii() and said.isprintable() and "_x" not in said:
        return said.strip()  # as nearly every cell of a big register
    said = ESCAPED.sub(lambda found: chr(int(found[1], 16)), said)
    said = said.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    kept = (one for one in said if one in "\n\t" or unicodedata.category(one) not in _UNKEPT)
    return unicodedata.normalize("NFC", "".join(kept)).strip()


_UNKEPT = ("Cc", "Cs", "Cf", "Co")


def line(cell: Cell, most: int) -> str:
    """One line of text."""
    return " ".join(text(cell, most).split())


def telephone(cell: Cell, most: int) -> str:
    """A telephone number; Excel drops the nought of one that is stored as a number."""
    said = line(cell, most)
    if isinstance(cell.value, int | float) and re.fullmatch(r"[2-9]\d{7,11}", said):
        return f"0{said}"
    return said


def identity(cell: Cell, most: int) -> str:
    """A NIK or another identity; of one stored as a number Excel has lost the last digit."""
    said = line(cell, most)
    if isinstance(cell.value, int | float) and len(said) >= 16 and said.endswith("0"):
        raise Wrong(
            "Tersimpan sebagai angka, sehingga angka terakhirnya hilang. "
            "Ubah bentuk sel menjadi Teks, lalu ketik ulang."
        )
    return said


def count(cell: Cell) -> int:
    """A whole number from 0."""
    said = line(cell, 40).replace(" ", "")
    digits = said.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", said) else said
    if not re.fullmatch(r"[0-9]{1,10}", digits) or int(digits) > LARGEST:
        raise Wrong(f"{quoted(said)} bukan bilangan bulat. Tulis angka saja, misalnya 41.")
    return int(digits)


def money(cell: Cell) -> str:
    """An amount in rupiah, as text with a decimal point."""
    value = plain(cell)
    said = str(value) if isinstance(value, int | float) else cleaned(str(value)).casefold()
    if isinstance(value, str):
        said = said.removeprefix("rp").lstrip(". ").replace(".", "").replace(",", ".")
    try:
        amount = Decimal(said)
    except InvalidOperation:
        amount = Decimal(-1)
    if not 0 <= amount < Decimal(10) ** 15:
        raise Wrong(f"{quoted(str(value))} bukan jumlah uang. Tulis seperti 1.500.000.")
    return str(amount)


def day(cell: Cell, today: date) -> date:
    """A day from 1990 until today."""
    return moment(cell, today).date()


def moment(cell: Cell, today: date) -> datetime:
    """A day from 1990 until today, with its time or at midnight; without a zone."""
    found = _moment(cell)
    if found.date() > today:
        raise Wrong(f"{found:%d/%m/%Y} belum terjadi. Periksa tanggal dan tahunnya.")
    if found.date() < OLDEST:
        raise Wrong(f"{found:%d/%m/%Y} terlalu lama. Periksa tahunnya.")
    return found


def _moment(cell: Cell) -> datetime:
    value = plain(cell)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, cell.epoch)
    return _from_words(cleaned(str(value)))


def _from_number(value: float, epoch: datetime) -> datetime:
    """A date that a spreadsheet shows as a bare number."""
    first, last = DAYS_OF_EXCEL
    if not first <= value <= last:
        raise Wrong(f"{quoted(f'{value:g}')} bukan tanggal. {SAYS_DAY}")
    found = from_excel(value, epoch)
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _from_words(said: str) -> datetime:
    """`13/01/2026`, `13 Januari 2026`, `Selasa, 13 Jan 2026 pukul 10.30`, `2026-01-13`."""
    folded = " ".join(said.casefold().split())
    found = ISO_DAY.match(folded) or WRITTEN_DAY.match(folded)
    clock = WRITTEN_TIME.fullmatch(folded, found.end()) if found else None
    if found is None or (clock is None and found.end() < len(folded)):
        raise Wrong(f"{quoted(said)} bukan tanggal. {SAYS_DAY}")
    if len(found["year"]) != 4:
        raise Wrong(f"{quoted(said)}: tulis tahun dengan empat angka, misalnya 13/01/2026.")
    month = found["month"]
    try:
        return datetime(  # noqa: DTZ001 - the office's own wall clock
            int(found["year"]),
            int(month) if month.isdecimal() else MONTHS.get(month, 0),
            int(found["day"]),
            int(clock["hour"]) if clock else 0,
            int(clock["minute"]) if clock else 0,
        )
    except ValueError as error:
        raise Wrong(f"{quoted(said)} bukan tanggal. {SAYS_DAY}") from error


def quoted(said: str) -> str:
    """What stands in the cell, short enough for a sentence."""
    return f"“{said[:40]}…”" if len(said) > 41 else f"“{said}”"


def any_day(cell: Cell) -> date:
    """A day, also one that has not come yet."""
    return _moment(cell).date()
