"""A faulty workbook handed back: the same rows, with what is to be mended in a red last column."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from backoffice.takeover.cells import cleaned
from backoffice.takeover.gate import MOST_COLUMNS, lines_of, opened
from backoffice.takeover.reading import Fault, titles_of
from backoffice.takeover.words import MEND, SHEETS, heading, same

RED = PatternFill("solid", fgColor="FDECEA")
WORDS = Font(color="9C1C1C", bold=True)
WIDTH = 18
WIDEST = 70


def mark(data: bytes, faults: Iterable[Fault]) -> bytes:
    """The workbook with a column `Perbaiki` on every sheet of the form. Raises `Unreadable`."""
    said: dict[tuple[str, int], list[str]] = {}
    for one in faults:
        words = f"{one.column}: {one.message}" if one.column else one.message
        said.setdefault((same(one.sheet), one.row), []).append(words)
    made = Workbook(write_only=True)
    with opened(data) as book:
        for sheet in book.worksheets:
            here = {row: said[name, row] for name, row in said if name == same(sheet.title)}
            _copy(sheet, made.create_sheet(sheet.title), here, book.epoch)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _copy(sheet: Any, copy: Any, said: dict[int, list[str]], epoch: datetime) -> None:
    """Every row where it stood, values only; formulas come back as what was written."""
    columns = next((one for name, one in SHEETS.items() if same(name) == same(sheet.title)), ())
    head, titles = titles_of(lines_of(sheet, epoch), columns) or (0, {})
    kept = [place for place, title in titles.items() if heading(title) != same(MEND)]
    width = max(kept, default=-1) + 1
    for place in range(1, width + 1):
        copy.column_dimensions[get_column_letter(place)].width = WIDTH
    copy.column_dimensions[get_column_letter(width + 1)].width = WIDEST
    copy.freeze_panes = f"A{head + 1}" if head else None
    at = 0
    for number, _ in lines_of(sheet, epoch):
        at = number
    rows = sheet.iter_rows(max_row=at, max_col=width or MOST_COLUMNS) if at else ()
    for number, cells in enumerate(rows, 1):
        line = [_cell(copy, one, bold=number == head) for one in cells]
        if number == head:
            line.append(_red(copy, _title([*said.get(0, []), *said.get(head, [])])))
        elif head:
            line.append(_red(copy, " ".join(said.get(number, []))))
        copy.append(line)


def _title(words: list[str]) -> str:
    """The title of the column, with what is wrong with the sheet in brackets: it is not read."""
    plain = " ".join(words).replace("(", "").replace(")", "")
    return f"{MEND} ({plain})" if plain else MEND


def _red(copy: Any, words: str) -> Any:
    made: Any = WriteOnlyCell(copy, words or None)
    if words:
        made.font, made.fill = WORDS, RED
        made.alignment = Alignment(wrap_text=True, vertical="top")
    return made


def _cell(copy: Any, one: Any, *, bold: bool) -> Any:
    if one.value is None:
        return None
    value = cleaned(one.value) if isinstance(one.value, str) else one.value
    made: Any = WriteOnlyCell(copy, value)
    if isinstance(value, str):
        made.data_type, made.quotePrefix = "s", value.startswith(("=", "+", "-", "@"))
    made.number_format = one.number_format
    if bold:
        made.font = Font(bold=True)
    return made
