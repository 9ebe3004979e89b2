"""The official table cut into pages: how wide its columns are, which rows stand on which leaf.

Nothing is measured by a browser or by Word: text is wrapped by the widths of the font. Lengths
are CSS pixels on paper (96 an inch); the drawing is made smaller by `Plan.scale`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from backoffice.drawing import Crossing, Drawing, crossing
from backoffice.drawing.connectors import HEIGHT as CONNECTOR
from backoffice.drawing.connectors import LETTERS
from backoffice.drawing.fonts import longest_word, width, wrap
from backoffice.drawing.measures import HEADING
from backoffice.drawing.sheet import ACTIVITY, AFTER, NO, TextRow
from backoffice.printing.size import Size

SCALES = (0.9, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
SMALL = 0.75  # of the drawing: its numbers are then 7 points high
POINTS, LEAST_POINTS = 10.0, 8.0  # the type of the table at its full size, and the least on paper
LEADING = 1.22  # lines of text, in sizes of the type
PAD, PAD_ABOVE = 4.0, 3.0
HEADING_PAD = 2.0  # beside the headings of the lanes
SPARE = 2.0  # of a line, for programs that measure a little wider
ABOVE = 22.0  # the line over the table that says which leaf this is
RESERVE = 16.0  # borders, and programs that need a little more
COLUMNS = (NO, ACTIVITY, *AFTER)
LEAST = (28.0, 190.0, 84.0, 52.0, 84.0, 64.0)
MOST = (40.0, 460.0, 190.0, 90.0, 190.0, 170.0)
LEAST_SHARE = 0.5
LINES = (1.0, 4.5, 2.2, 1.0, 2.2, 3.0)  # that the longest text of a column may take
NEXT_LINES = (1.0, 1.0, 1.0, 1.0, 1.0, 3.0)  # what is better still where there is room
PAGE, LINE, WHITE = 1000.0, 25.0, 100.0  # what a page, a line that is cut and white room cost

Cells = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Join:
    """The connectors at the foot or head of a leaf: a letter for each line; the other leaf."""

    crossings: tuple[Crossing, ...]
    letters: tuple[str, ...]
    leaf: int
    after: int  # the row whose foot the lines pass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the table: its number, its rows, what goes on from and to other pages."""

    number: int
    rows: range
    head: Join | None
    foot: Join | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A table in its place. `widths`: of `COLUMNS`; `heights`: of all rows; px on paper."""

    size: Size
    drawing: Drawing
    scale: float
    cells: Cells
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    headings: float
    leaves: tuple[Leaf, ...]

    @property
    def lanes(self) -> float:
        """The width of the drawing."""
        return self.drawing.width * self.scale

    @property
    def connector(self) -> float:
        """The height of a row of connectors."""
        return CONNECTOR * self.scale

    @property
    def points(self) -> float:
        """The type of the table, in points."""
        return points_at(self.scale)


def plan_of(drawing: Drawing, rows: Sequence[TextRow], size: Size) -> Plan:
    """The table on a paper: few pages first, then the largest drawing that leaves room for text.

    Smaller than `SMALL` only where nothing larger fits beside the text.
    """
    cells = tuple(one.cells for one in rows)
    tables = [_Table(drawing, cells, size, scale) for scale in SCALES]
    roomy = [one for one in tables if one.spare >= 0]
    tried = [one for one in roomy if one.scale >= SMALL] or roomy[:1] or tables[-1:]
    return min((one.plan() for one in tried), key=lambda one: len(one.leaves))


def points_at(scale: float) -> float:
    """Text grows and shrinks with the drawing, but stays readable."""
    return max(POINTS * scale, LEAST_POINTS)


def heading_size(scale: float) -> float:
    """The type of the lanes' headings: a word that fits the lane on the screen fits on paper."""
    return HEADING * scale


def letter(number: int) -> str:
    """A … Z, then AA … as the columns of a workbook."""
    first, rest = divmod(number, len(LETTERS))
    return (letter(first - 1) if first else "") + LETTERS[rest]


class _Table:
    """The table at one scale of its drawing."""

    def __init__(self, drawing: Drawing, cells: Cells, size: Size, scale: float) -> None:
        self.drawing, self.cells, self.size, self.scale = drawing, cells, size, scale
        self.type = points_at(scale) * 96 / 72
        self.least = [max(a, self._word(i)) for i, a in enumerate(LEAST)]
        self.room = size.inside[0] - drawing.width * scale
        self.spare = self.room - sum(self.least)

    def plan(self) -> Plan:
        """Its columns, its rows and its pages."""
        widths = self._widths()
        heights = tuple(
            max(self._text_height(one, widths), row.height * self.scale)
            for one, row in zip(self.cells, self.drawing.rows, strict=True)
        )
        headings = self._headings()
        group = self.type * LEADING + 2 * PAD_ABOVE
        free = self.size.inside[1] - ABOVE - RESERVE - group - headings
        breaks = _breaks(heights, free, CONNECTOR * self.scale, self.drawing)
        leaves = _leaves(self.drawing, breaks)
        fixed = (self.size, self.drawing, self.scale, self.cells)
        return Plan(*fixed, widths, heights, headings, leaves)

    def _word(self, column: int) -> float:
        """As wide as the longest word of a column, within reason."""
        words = max((longest_word(one[column], self.type) for one in self.cells), default=0.0)
        heading = longest_word(COLUMNS[column].heading, self.type, bold=True)
        return min(max(words, heading) + 2 * PAD + SPARE, LEAST[column] * 1.4)

    def _widths(self) -> tuple[float, ...]:
        """The columns share the room: who has more to say gets more, up to what it needs."""
        if self.spare < 0:  # more lanes than the paper has room for: the text gives way
            share = max(self.room / sum(self.least), LEAST_SHARE)
            return tuple(one * share for one in self.least)
        found, spare = list(self.least), self.spare
        for lines in (LINES, NEXT_LINES):
            spare = self._share(found, spare, lines)
        found[1] += spare
        return tuple(found)

    def _share(self, found: list[float], spare: float, lines: Sequence[float]) -> float:
        """Widen the columns until their longest text takes so many lines; what is left over."""
        columns = range(len(COLUMNS))
        needs = [min(max(self._natural(i, lines[i]), found[i]), MOST[i]) for i in columns]
        while spare > 1 and (hungry := [i for i in columns if found[i] < needs[i]]):
            weight = sum(needs[i] for i in hungry)
            given = {i: min(spare * needs[i] / weight, needs[i] - found[i]) for i in hungry}
            for i, more in given.items():
                found[i] += more
            spare -= sum(given.values())
        return spare

    def _natural(self, column: int, lines: float) -> float:
        """The width at which the longest text of a column takes so many lines."""
        longest = max((width(one[column], self.type) for one in self.cells), default=0.0)
        return longest / lines + 2 * PAD + SPARE

    def _text_height(self, cells: Sequence[str], widths: Sequence[float]) -> float:
        lines = max(
            len(wrap(text, wide - 2 * PAD - SPARE, self.type))
            for text, wide in zip(cells, widths, strict=True)
        )
        return lines * self.type * LEADING + 2 * PAD_ABOVE

    def _headings(self) -> float:
        """The height of the lanes' headings; those of the other columns have two rows."""
        size = heading_size(self.scale)
        lines = max(
            len(wrap(one.title, one.width * self.scale - 2 * HEADING_PAD, size, bold=True))
            for one in self.drawing.lanes
        )
        return lines * size * LEADING + 2 * PAD_ABOVE


def _breaks(
    heights: Sequence[float], free: float, connector: float, drawing: Drawing
) -> tuple[range, ...]:
    """The rows of each page: few pages, few lines cut, and none of the pages nearly empty."""
    count, tops = len(heights), (0.0, *accumulate(heights))
    cut = [len(crossing(drawing, row)) for row in range(count - 1)] + [0]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, count + 1):
        found = []
        for start in range(stop):
            joins = (cut[start - 1] > 0 if start else False) + (cut[stop - 1] > 0)
            left = free - joins * connector - (tops[stop] - tops[start])
            if left >= 0 or stop == start + 1:
                white = max(left, 0.0) / free
                price = PAGE + LINE * cut[stop - 1] + WHITE * white * white
                found.append((best[start][0] + price, start))
        best.append(min(found))
    ranges: list[range] = []
    stop = count
    while stop:
        start = best[stop][1]
        ranges.append(range(start, stop))
        stop = start
    return tuple(reversed(ranges))


def _leaves(drawing: Drawing, ranges: Sequence[range]) -> tuple[Leaf, ...]:
    """The pages with their connectors; a letter stands once at a foot and once at a head."""
    leaves: list[Leaf] = []
    head: Join | None = None
    used = 0
    for number, rows in enumerate(ranges, 1):
        last = rows.stop - 1
        foot = None
        if number < len(ranges) and (crossings := crossing(drawing, last)):
            letters = tuple(letter(used + one) for one in range(len(crossings)))
            used += len(letters)
            foot = Join(crossings, letters, number + 1, last)
        leaves.append(Leaf(number, rows, head, foot))
        head = foot and Join(foot.crossings, foot.letters, number, last)
    return tuple(leaves)
