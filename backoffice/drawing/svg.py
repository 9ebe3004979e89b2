"""The drawing as SVG: row by row for a page, in one piece for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from backoffice.drawing import selfloop, strokes
from backoffice.drawing.chart import Joined, Shape
from backoffice.drawing.figure import Drawing, Joint, Line, Symbol
from backoffice.drawing.measures import TEAM_APART
from backoffice.drawing.pen import Pen, num

FAR = 4000.0  # beyond every row: upright lines of a page are cut off by their row
CAP = 0.7  # what the square end of a line adds: lines of two bands meet and do not overlap
PAGE, SHEET = Pen(file=False), Pen(file=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case is. `current`: the step it stands at, none where it has ended.

    `passed`: the steps it has left; `walked`: from which step to which, or to `chart.END`.
    """

    current: str | None = None
    passed: frozenset[str] = frozenset()
    walked: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def lines(self, drawing: Drawing) -> frozenset[Line]:
        """The lines that were walked."""
        return frozenset(
            one for one in drawing.lines if self.walked & set(one.walks) or not one.step
        )

    def kind(self, symbol: Symbol, walked: frozenset[str]) -> str:
        """Whether the case is at a symbol, or was."""
        if symbol.node != symbol.step:
            return "past" if not symbol.step or symbol.node in walked else ""
        if symbol.step == self.current:
            return "now"
        return "past" if symbol.step in self.passed else ""


def row_svg(drawing: Drawing, row: int, progress: Progress | None = None) -> str:
    """The lanes of a printed row, to fill its cell: nothing is measured but by percentages."""
    bands = drawing.rows[row].bands
    total = sum(drawing.bands[one].height for one in bands)
    parts, top = [], 0.0
    for band in bands:
        share = drawing.bands[band].height / total * 100
        inside = _band(PAGE, drawing, band, (FAR, FAR), progress)
        at = "" if len(bands) == 1 else f' y="{top:.3f}%" height="{share:.3f}%"'
        parts.append(f'<svg{at}><svg y="50%" overflow="visible">{inside}</svg></svg>')
        top += share
    grid = PAGE.path("lane", borders(drawing, 0, FAR))
    return (
        f'<svg class="flow" width="{num(drawing.width)}" height="100%" aria-hidden="true" '
        f'focusable="false">{grid}{"".join(parts)}</svg>'
    )


def block_svg(
    drawing: Drawing,
    heights: Sequence[float],
    progress: Progress | None = None,
    *,
    rows: range | None = None,
    title: str = "",
    description: str = "",
) -> str:
    """The lanes of some rows (all, if not said which) as a file; `heights` of the rows drawn."""
    rows = rows if rows is not None else range(len(drawing.rows))
    inside = rows_group(drawing, heights, progress, rows)
    return document(inside, drawing.width, sum(heights), title, description)


def rows_group(
    drawing: Drawing, heights: Sequence[float], progress: Progress | None, rows: range
) -> str:
    """The lanes of some rows, stacked, with their attributes; the first begins at y = 0."""
    parts = [SHEET.path("lane", borders(drawing, 0, sum(heights)))]
    top = 0.0
    for row, height in zip(rows, heights, strict=True):
        bands = drawing.rows[row].bands
        total = sum(drawing.bands[one].height for one in bands)
        for band in bands:
            half = drawing.bands[band].height / total * height / 2
            inside = _band(SHEET, drawing, band, (half - CAP, half - CAP), progress)
            parts.append(f'<g transform="translate(0 {num(top + half)})">{inside}</g>')
            top += 2 * half
    return "".join(parts)


def document(inside: str, wide: float, high: float, title: str, description: str) -> str:
    """A file of its own with its title and what it shows in words."""
    paper = SHEET.rect("paper", 0, 0, wide, high)
    size = f'width="{num(wide)}" height="{num(high)}" viewBox="0 0 {num(wide)} {num(high)}"'
    words = f"<title>{escape(title)}</title>" if title else ""
    words += f"<desc>{escape(description)}</desc>" if description else ""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{words}{paper}{inside}</svg>'


def borders(drawing: Drawing, top: float, foot: float) -> str:
    """The borders between the lanes, as the data of a path."""
    return "".join(f"M{num(one.x)} {num(top)}V{num(foot)}" for one in drawing.lanes[1:])


def _band(
    pen: Pen,
    drawing: Drawing,
    band: int,
    reach: tuple[float, float],
    progress: Progress | None,
) -> str:
    """A band with its middle at y = 0."""
    walked = progress.lines(drawing) if progress is not None else frozenset()
    ends = frozenset(one.target for one in walked)
    parts = strokes.draw(pen, drawing, band, reach, walked)
    parts += [_joint(pen, one) for one in drawing.joints if one.band == band]
    for symbol in drawing.symbols:
        if symbol.band == band:
            kind = progress.kind(symbol, ends) if progress is not None else ""
            parts.append(_symbol(pen, drawing, symbol, kind))
    return "".join([*parts, *strokes.words(pen, drawing, band)])


def _joint(pen: Pen, joint: Joint) -> str:
    if joint.joined is Joined.ANY:
        return pen.path("joint any", f"M{num(joint.start)} 0H{num(joint.stop)}")
    lines = (f"M{num(joint.start)} {num(y)}H{num(joint.stop)}" for y in (-TEAM_APART, TEAM_APART))
    return pen.path("joint team", "".join(lines))


def _symbol(pen: Pen, drawing: Drawing, symbol: Symbol, kind: str) -> str:
    x, (half, high) = symbol.x, symbol.half
    look = f"sym {kind}".strip()
    if symbol.shape is Shape.DECISION:
        data = f"M{num(x - half)} 0L{num(x)} {num(-high)}L{num(x + half)} 0L{num(x)} {num(high)}z"
        shape = pen.path(look, data)
    elif symbol.shape is Shape.OTHER:
        shape = pen.path(look, pentagon(x, half, high))
    else:
        round_ = 0.0 if symbol.shape is Shape.BOX else high
        shape = pen.rect(look, x - half, -high, 2 * half, 2 * high, round_)
    number = symbol.shape in (Shape.BOX, Shape.DECISION)
    size = drawing.sizes.number if number else drawing.sizes.capsule
    if symbol.shape is Shape.OTHER:
        size -= 2
    text_kind = "no now" if kind == "now" else "no"
    text = pen.text(text_kind, x, size * 0.36, symbol.text, size)
    return shape + text + (_loop(pen, symbol) if symbol.stays else "")


def pentagon(x: float, half: float, high: float, y: float = 0.0) -> str:
    """An off-page connector around (x, y), its point below."""
    shoulder = y + high * 0.35
    left, right = num(x - half), num(x + half)
    return (
        f"M{left} {num(y - high)}H{right}V{num(shoulder)}L{num(x)} {num(y + high)}"
        f"L{left} {num(shoulder)}z"
    )


def _loop(pen: Pen, symbol: Symbol) -> str:
    """The small loop of something that is recorded here without moving the case."""
    (start, begin), (out, _), (_, top), (into, _), (_, foot) = selfloop.corners(symbol)
    path = f"M{num(start)} {num(begin)}H{num(out)}V{num(top)}H{num(into)}V{num(foot)}"
    half, long = num(selfloop.HEAD_HALF), num(selfloop.HEAD_LONG)
    head = f"M{num(into)} {num(foot)}l-{half} -{long}h{num(2 * selfloop.HEAD_HALF)}z"
    return pen.path("way", path) + pen.path("head", head)
