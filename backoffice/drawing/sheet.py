"""The whole official table as one file: No, Kegiatan, Pelaksana, Mutu Baku, Ket.

Source of the form: PermenPANRB 35/2012. Nothing is measured by a browser: text is wrapped by the
widths of the font, and rows are as high as their text and their symbols need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from backoffice.drawing.figure import Drawing, Row
from backoffice.drawing.fonts import longest_word, wrap
from backoffice.drawing.layout import lay_out
from backoffice.drawing.measures import HEADING
from backoffice.drawing.pen import num
from backoffice.drawing.svg import SHEET, Progress, document, rows_group
from backoffice.workflow.definition import Procedure, Step

TYPE, LEADING, PAD = 12.0, 16.0, 6.0
TITLE, TITLE_LEADING = 16.0, 22.0
EDGE = 16.0  # white around the table
NO_STANDARD = "belum ada"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of text: its heading, the group it stands under, its width."""

    heading: str
    width: float
    group: str = ""
    centred: bool = False


NO = Column("No", 34, centred=True)
ACTIVITY = Column("Kegiatan", 250)
AFTER = (
    Column("Kelengkapan", 118, "Mutu Baku"),
    Column("Waktu", 72, "Mutu Baku"),
    Column("Output", 118, "Mutu Baku"),
    Column("Ket", 110),
)
PERFORMERS = "Pelaksana"
COLUMNS = (NO, ACTIVITY, *AFTER)
MOST = 1.5  # so many times its usual width a column grows for a long word


@dataclass(frozen=True, slots=True)
class TextRow:
    """The texts of a printed row in the order of the columns, Pelaksana left out."""

    cells: tuple[str, ...]
    height: float


def whole_svg(
    procedure: Procedure,
    titles: Mapping[str, str],
    *,
    heading: Sequence[str] = (),
    progress: Progress | None = None,
) -> str:
    """The table as a file. `heading`: the lines above it, else the title of the SOP."""
    drawing = lay_out(procedure, titles)
    lines = tuple(heading) or (procedure.title,)
    table = _Table(drawing, text_rows(procedure, drawing), progress)
    top = EDGE + TITLE_LEADING * len(lines)
    parts = [
        SHEET.text("strong" if i == 0 else "text", EDGE, EDGE + TITLE_LEADING * i + 14, line, size)
        for i, (line, size) in enumerate(
            zip(lines, (TITLE, *[TYPE] * (len(lines) - 1)), strict=True)
        )
    ]
    parts.append(f'<g transform="translate({num(EDGE)} {num(top)})">{table.body()}</g>')
    wide, high = table.width + 2 * EDGE, top + table.height + EDGE
    return document("".join(parts), wide, high, lines[0], in_words(drawing))


def in_words(drawing: Drawing) -> str:
    """What the file shows, for whoever does not see it."""
    lanes = ", ".join(one.title for one in drawing.lanes)
    return f"Tabel SOP dengan {len(drawing.rows)} baris kegiatan. Pelaksana: {lanes}."


def text_rows(procedure: Procedure, drawing: Drawing) -> list[TextRow]:
    """The texts of every printed row, and how high it must be."""
    cells = [_cells(procedure, row) for row in drawing.rows]
    columns = fitted(cells)
    return [
        TextRow(one, max(_text_height(columns, one), row.height))
        for one, row in zip(cells, drawing.rows, strict=True)
    ]


def fitted(cells: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """The columns of text, wide enough that no word of these rows is broken."""
    return tuple(
        replace(column, width=min(max(column.width, _longest(one)), column.width * MOST))
        for column, one in zip(COLUMNS, zip(*cells, strict=True), strict=True)
    )


def _longest(texts: Sequence[str]) -> float:
    return max(longest_word(one, TYPE) for one in texts) + 2 * PAD


def _text_height(columns: Sequence[Column], cells: Sequence[str]) -> float:
    lines = max(len(_lines(one, text)) for one, text in zip(columns, cells, strict=True))
    return lines * LEADING + 2 * PAD


def _cells(procedure: Procedure, row: Row) -> tuple[str, ...]:
    step = procedure.step(row.steps[0])
    return (
        row.number or "+",
        step.activity,
        ", ".join(step.requirements),
        _time(step, row),
        step.output,
        "\n".join(one for one in (step.remark, *row.meanings) if one),
    )


def _time(step: Step, row: Row) -> str:
    """The standard of a row; a row that goes on has that of where it began."""
    if row.goes_on:
        return f"lihat No {row.number}"
    return str(step.time) if step.time else NO_STANDARD


def _lines(column: Column, text: str) -> tuple[str, ...]:
    return wrap(text, column.width - 2 * PAD, TYPE)


class _Table:
    """The table with its top left corner at (0, 0)."""

    def __init__(
        self, drawing: Drawing, rows: Sequence[TextRow], progress: Progress | None
    ) -> None:
        self.drawing, self.rows, self.progress = drawing, rows, progress
        self.columns = fitted([one.cells for one in rows])
        self.lanes_at = sum(one.width for one in self.columns[:2])
        self.after_at = self.lanes_at + drawing.width
        self.width = self.after_at + sum(one.width for one in self.columns[2:])
        self.group_high = LEADING + 2 * PAD
        lines = max(len(_heading(one.title, one.width)) for one in drawing.lanes)
        self.head_high = self.group_high + lines * LEADING + 2 * PAD
        self.height = self.head_high + sum(one.height for one in rows)

    def body(self) -> str:
        """Headings, texts, rules and the drawing."""
        heights = [one.height for one in self.rows]
        lanes = rows_group(self.drawing, heights, self.progress, range(len(self.rows)))
        place = f"translate({num(self.lanes_at)} {num(self.head_high)})"
        return "".join(
            (
                SHEET.rect("band", 0, 0, self.width, self.head_high),
                self._mark(),
                f'<g transform="{place}">{lanes}</g>',
                *self._headings(),
                *self._texts(),
                SHEET.path("rule", self._rules()),
            )
        )

    def _tops(self) -> list[float]:
        return list(accumulate((one.height for one in self.rows), initial=self.head_high))

    def _mark(self) -> str:
        """The row in which a case stands."""
        if self.progress is None or self.progress.current is None:
            return ""
        row = self.drawing.row_of(self.progress.current)
        return SHEET.rect("mark", 0, self._tops()[row], self.width, self.rows[row].height)

    def _columns(self) -> list[tuple[Column, float]]:
        """The columns of text with their left borders."""
        found, left = [], 0.0
        for index, column in enumerate(self.columns):
            found.append((column, left + (self.drawing.width if index > 1 else 0.0)))
            left += column.width
        return found

    def _headings(self) -> list[str]:
        parts = []
        for column, left in self._columns():
            top = self.group_high if column.group else 0.0
            parts += _centred(column.heading, left, column.width, top, self.head_high)
        for lane in self.drawing.lanes:
            left = self.lanes_at + lane.x
            parts += _centred(lane.title, left, lane.width, self.group_high, self.head_high)
        standard = sum(one.width for one in self.columns if one.group)
        parts += _centred(PERFORMERS, self.lanes_at, self.drawing.width, 0, self.group_high)
        parts += _centred(AFTER[0].group, self.after_at, standard, 0, self.group_high)
        return parts

    def _texts(self) -> list[str]:
        parts = []
        for row, top in zip(self.rows, self._tops(), strict=False):
            for (column, left), text in zip(self._columns(), row.cells, strict=True):
                parts += _cell(column, text, left, top, row.height)
        return parts

    def _rules(self) -> str:
        """Every border but those between the lanes in the body."""
        lefts = [left for _, left in self._columns()]
        full = [*lefts, self.lanes_at, self.width]
        rules = [f"M{num(x)} {num(self._from(x))}V{num(self.height)}" for x in full]
        rules += [f"M0 {num(y)}H{num(self.width)}" for y in (0.0, *self._tops())]
        for lane in self.drawing.lanes[1:]:
            x = self.lanes_at + lane.x
            rules.append(f"M{num(x)} {num(self.group_high)}V{num(self.head_high)}")
        standard = self.after_at + sum(one.width for one in self.columns if one.group)
        rules.append(f"M{num(self.lanes_at)} {num(self.group_high)}H{num(standard)}")
        return "".join(rules)

    def _from(self, x: float) -> float:
        """Where a border begins: those inside a group below its heading."""
        inside = [left for column, left in self._columns() if column.group][1:]
        return self.group_high if x in inside else 0.0


def _heading(text: str, wide: float) -> tuple[str, ...]:
    return wrap(text, wide - 8, HEADING, bold=True)


def _centred(text: str, left: float, wide: float, top: float, foot: float) -> list[str]:
    lines = _heading(text, wide)
    y = (top + foot - len(lines) * LEADING) / 2 + LEADING * 0.75
    middle = left + wide / 2
    return [
        SHEET.text("strong", middle, y + i * LEADING, line, HEADING, "middle")
        for i, line in enumerate(lines)
    ]


def _cell(column: Column, text: str, left: float, top: float, high: float) -> list[str]:
    """The lines of a cell, in the middle of its height."""
    lines = _lines(column, text)
    y = top + (high - len(lines) * LEADING) / 2 + LEADING * 0.75
    x = left + (column.width / 2 if column.centred else PAD)
    anchor = "middle" if column.centred else ""
    return [
        SHEET.text("text", x, y + i * LEADING, line, TYPE, anchor)
        for i, line in enumerate(lines)
        if line
    ]
