"""Unduh Excel: the rows of a list as a workbook in which nothing is a live formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any, cast
from zoneinfo import ZoneInfo

from markupsafe import Markup
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .fields import cleaned

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000
LONGEST_CELL = 32_767  # what a cell of Excel holds
STARTS_A_FORMULA = ("=", "+", "-", "@")


def workbook(
    titles: Sequence[str], rows: Iterable[Sequence[Any]], zone: str = "Asia/Jakarta"
) -> IO[bytes]:
    """An open .xlsx file with a bold first row; rows are written as they come, none is kept."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Daftar")
    sheet.freeze_panes = "A2"
    for number in range(1, len(titles) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.append([_bold(sheet, title) for title in titles])
    place = ZoneInfo(zone)
    for row in rows:
        sheet.append([cell(sheet, value, place) for value in row])
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    book.save(file)
    file.seek(0)
    return file


def cell(sheet: Any, value: Any, zone: ZoneInfo) -> Any:
    """A cell of the right kind; text stays text, whatever it begins with."""
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        value = aware.astimezone(zone).replace(tzinfo=None)
    if value is None or isinstance(value, (bool, int, float, Decimal, date)):
        return WriteOnlyCell(sheet, cast(Any, value))
    return _text(sheet, value)


def _text(sheet: Any, value: Any) -> Any:
    plain = value.striptags() if isinstance(value, Markup) else str(value)
    text = cleaned(plain)[:LONGEST_CELL]
    made: Any = WriteOnlyCell(sheet, text)
    made.data_type = "s"  # openpyxl would take "=…" for a formula
    if text.startswith(STARTS_A_FORMULA):
        # The mark Excel sets for a typed apostrophe: editing the cell keeps it text.
        made.quotePrefix = True
    return made


def _bold(sheet: Any, title: str) -> Any:
    made = _text(sheet, str(title))
    made.font = Font(bold=True)
    return made
