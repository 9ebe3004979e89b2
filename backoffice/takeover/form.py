"""The workbook an office fills in: a guide with its own lists, and a sheet for each kind of row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from backoffice import numbers
from backoffice.takeover.guide import Guide, font, write_guide
from backoffice.takeover.known import Known, Sop
from backoffice.takeover.words import CHANNELS, CLOSED, GUIDE, NUMBERS, OPEN, Column, columns_of
from backoffice.text import short_day

LAST_ROW = 5_000  # down to which cells are set and offer their lists
DAY_FORMAT = "dd/mm/yyyy"
TEXT_FORMAT = "@"
STRONG = PatternFill("solid", fgColor="12355B")
SOFT = PatternFill("solid", fgColor="E6EEF7")
PAPER = PatternFill("solid", fgColor="F4F3EF")
WHITE, DARK = font(bold=True, color="FFFFFF"), font(bold=True, color="0B2440")
GREY = font(color="4A535F")
SLANTED = font(italic=True, color="4A535F")
EXAMPLE_SUBJECT = "Kartu keluarga belum terbit"
EXAMPLE_NAME = "Fitri Teladani"


def make(known: Known) -> bytes:
    """The form for this office, as it stands now, as an .xlsx file."""
    book = Workbook()
    first: Any = book.active
    first.title = GUIDE
    guide = write_guide(first, known)
    for name in (NUMBERS, OPEN, CLOSED):
        sheet = book.create_sheet(name)
        columns = columns_of(name, known.fields)
        _set(sheet, columns)
        _head(sheet, columns)
        if name == NUMBERS:
            _fill(sheet, columns, _counted(known))
        else:
            _lists(sheet, columns, guide)
            _example(sheet, columns, known)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(sheet: Any, row: int, column: int, value: Any) -> Any:
    """A cell of the right kind; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = font()
    return cell


def _set(sheet: Any, columns: Sequence[Column]) -> None:
    """Widths, and cells that keep a telephone or NIK as it is typed."""
    for place, one in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = one.width
        if one.kind != "number":
            dimension.number_format = DAY_FORMAT if one.kind == "day" else TEXT_FORMAT


def _head(sheet: Any, columns: Sequence[Column]) -> None:
    """The titles; whatever must be filled in stands on dark ground."""
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 34
    for place, one in enumerate(columns, 1):
        cell = put(sheet, 1, place, f"{one.title} (wajib)" if one.required else one.title)
        cell.number_format = TEXT_FORMAT
        cell.fill = STRONG if one.required else (PAPER if one.given else SOFT)
        cell.font = WHITE if one.required else DARK
        cell.alignment = Alignment(wrap_text=True, vertical="center")


def _fill(
    sheet: Any, columns: Sequence[Column], rows: Iterator[dict[str, Any]], *, first: int = 2
) -> None:
    for number, values in enumerate(rows, first):
        for place, one in enumerate(columns, 1):
            if one.key in values:
                cell = put(sheet, number, place, values[one.key])
                if one.given:
                    cell.fill, cell.font = PAPER, GREY
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                if one.kind == "day":
                    cell.number_format = DAY_FORMAT


def _counted(known: Known) -> Iterator[dict[str, Any]]:
    """A row for every number code: how far Paraf has come this year."""
    year = known.today.year
    for code in known.codes:
        given = known.counted.get((code, year), 0)
        sops = [one for one in known.sops.values() if one.procedure.number_code == code]
        yield {
            "code": code,
            "year": year,
            "given": given,
            "next": numbers.written(known.office, code, year, given + 1),
            "sops": ", ".join(one.procedure.title for one in sops),
        }


def _lists(sheet: Any, columns: Sequence[Column], guide: Guide) -> None:
    """Lists to choose from, where the guide has one; anything else may be typed and is checked."""
    places = {one.key: get_column_letter(place) for place, one in enumerate(columns, 1)}
    for key, letter in places.items():
        chooser = guide.list_for(key, f"${places['sop']}2")
        if chooser is not None:
            sheet.add_data_validation(chooser)
            chooser.add(f"{letter}2:{letter}{LAST_ROW}")


def _example(sheet: Any, columns: Sequence[Column], known: Known) -> None:
    """A row that shows how it is filled, and is not read."""
    sop = next(iter(known.sops.values()), None)
    if sop is None:
        return
    _fill(sheet, columns, iter((_example_values(known, sop, sheet.title),)))
    for place in range(1, len(columns) + 1):
        cell = sheet.cell(2, place)
        cell.font, cell.fill = SLANTED, PAPER


def _example_values(known: Known, sop: Sop, sheet: str) -> dict[str, Any]:
    steps, year = sop.procedure.steps, known.today.year
    received = known.today - timedelta(days=9)
    code = sop.procedure.number_code
    common = {
        "row": "CONTOH",
        "sop": sop.procedure.code,
        "received_on": received,
        "name": EXAMPLE_NAME,
        "telephone": "0800-0000-142",
        "subject": EXAMPLE_SUBJECT,
    }
    if sheet == CLOSED:
        closed: dict[str, Any] = {
            "number": numbers.written(known.office, code, year - 1, 310),
            "received_on": date(year - 1, 11, 3),
            "closed_on": date(year - 1, 11, 17),
            "outcome": sop.procedure.outcomes[0].label,
        }
        return {**common, **closed}
    return {
        **common,
        "step": steps[min(3, len(steps) - 1)].key,
        "number": numbers.written(known.office, code, year, 41),
        "since": known.today - timedelta(days=2),
        "address": "Jalan Contoh Nomor 2",
        "identity": "0000000000000001",
        "summary": "Berkas lengkap sejak dua minggu lalu.",
        "channel": CHANNELS["datang"],
        "note": f"Contoh; baris ini tidak dibaca ({short_day(known.today)}).",
    }
