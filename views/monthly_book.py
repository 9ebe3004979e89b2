"""The monthly report as a workbook: one sheet for each table, numbers as numbers, no formula."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from backoffice.text import _
from views.export import cell
from views.monthly_report import Report
from views.monthly_steps import minutes
from views.monthly_tables import Column, Shape, Table

HEAD_FILL = PatternFill("solid", fgColor="E6EEF7")
PLAIN, BOLD = Font(name="Calibri", size=11), Font(name="Calibri", size=11, bold=True)
WRAPPED = Alignment(horizontal="left", indent=1, vertical="top", wrap_text=True)
TOP = Alignment(vertical="top")
FORMATS = {Shape.COUNT: "#,##0", Shape.SHARE: "0%", Shape.TIME: "#,##0"}
NOTE_WIDTH, LINE_HEIGHT = 110, 15


def workbook(report: Report) -> bytes:
    """The bytes of the .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    zone = ZoneInfo(report.office.timezone)
    for name, tables in sheets(report):
        sheet: Any = book.create_sheet(name)
        columns = widest(tables)
        for place, width in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for line in heading(report):
            sheet.append([bold(cell(sheet, line, zone))])
        for table in tables:
            sheet.append([])
            write(sheet, table, zone)
    explain(book.create_sheet(_("Notes")), report, zone)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # as wide as the paper
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def heading(report: Report) -> tuple[str, str, str]:
    """The first lines of every sheet."""
    return (
        report.office.title,
        _("Monthly report: %(period)s", period=report.period),
        report.scope,
    )


def sheets(report: Report) -> Iterator[tuple[str, list[Table]]]:
    """Name and tables of each sheet."""
    yield _("Summary"), [report.summary, report.months]
    for table in report.groups:
        yield table.title, [table]
    yield _("Steps"), list(report.steps)


def widest(tables: Iterable[Table]) -> list[int]:
    """The width of each column: what the widest of the tables needs."""
    found: list[int] = []
    for table in tables:
        for place, column in enumerate(table.columns):
            if place == len(found):
                found.append(0)
            found[place] = max(found[place], column.width)
    return found


def write(sheet: Any, table: Table, zone: ZoneInfo) -> None:
    """Title, heads and rows; the sum in bold."""
    sheet.append([bold(cell(sheet, table.title, zone))])
    put(sheet, [head(sheet, column, zone) for column in table.columns])
    for number, row in enumerate(table.rows, 1):
        cells = [figure(sheet, *pair, zone) for pair in zip(row, table.columns, strict=True)]
        last = table.summed and number == len(table.rows)
        put(sheet, [bold(one) for one in cells] if last else cells)


def put(sheet: Any, cells: list[Any]) -> None:
    """A row as high as its longest text needs; not every program works that out by itself."""
    lines = 1
    for place, one in enumerate(cells, 1):
        width = sheet.column_dimensions[get_column_letter(place)].width
        if isinstance(one.value, str):
            lines = max(lines, math.ceil(1.1 * len(one.value) / width))
    sheet.append(cells)
    sheet.row_dimensions[sheet.max_row].height = LINE_HEIGHT * lines


def head(sheet: Any, column: Column, zone: ZoneInfo) -> Any:
    """The head of a column; of a time in which measure."""
    words = column.title
    if column.shape is Shape.TIME:
        words = _("%(title)s (minutes)", title=words)
    made = bold(cell(sheet, words, zone))
    made.fill, made.alignment = HEAD_FILL, WRAPPED
    return made


def figure(sheet: Any, value: Any, column: Column, zone: ZoneInfo) -> Any:
    """A number as a number; what nobody knows stays empty."""
    plain = minutes(value) if isinstance(value, timedelta) else value
    made = cell(sheet, plain, zone)
    made.font = PLAIN
    if column.shape in FORMATS and plain is not None:
        made.number_format = FORMATS[column.shape]
    made.alignment = WRAPPED if column.shape is Shape.TEXT else TOP
    return made


def bold(made: Any) -> Any:
    """The same cell in bold."""
    made.font = BOLD
    return made


def explain(sheet: Any, report: Report, zone: ZoneInfo) -> None:
    """What one must know to read the figures."""
    sheet.column_dimensions["A"].width = NOTE_WIDTH
    for line in (*heading(report), "", *report.notes):
        made = cell(sheet, line, zone)
        made.alignment, made.font = WRAPPED, PLAIN
        put(sheet, [made])
