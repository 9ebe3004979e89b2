"""Off-page connectors: the lines that pass the foot of a row, where a page may end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from backoffice.drawing.figure import Drawing, Line
from backoffice.drawing.pen import Pen, num
from backoffice.drawing.strokes import head_at, kind_of
from backoffice.drawing.svg import SHEET, borders, document, pentagon

HEIGHT = 38.0
HALF, HIGH, LETTER = 9.0, 10.0, 10.0
APART, TURN = 2 * HALF + 3, 3.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Lines to one symbol that pass a row's foot at `x`; `falling`: down to the next page."""

    x: float
    target: str
    falling: bool
    lines: tuple[Line, ...]


def crossing(drawing: Drawing, row: int) -> tuple[Crossing, ...]:
    """The lines that pass the foot of a printed row, from the left; none below the last."""
    last = drawing.rows[row].bands[-1]
    found: dict[tuple[float, str, bool], list[Line]] = {}
    for line in drawing.lines:
        for a, b in pairwise(line.spots):
            if min(a.band, b.band) <= last < max(a.band, b.band):
                found.setdefault((a.x, line.target, b.band > a.band), []).append(line)
    return tuple(Crossing(*key, tuple(lines)) for key, lines in sorted(found.items(), key=_place))


def connector_svg(
    drawing: Drawing, crossings: Sequence[Crossing], letters: Sequence[str], *, foot: bool
) -> str:
    """The lanes of the extra row at a page's foot or head: a pentagon with a letter per line."""
    parts = [SHEET.path("lane", borders(drawing, 0, HEIGHT))]
    middles = _spread([one.x for one in crossings], drawing.width)
    for one, letter, middle in zip(crossings, letters, middles, strict=True):
        parts.append(_connector(SHEET, one, letter, middle, foot))
    return document("".join(parts), drawing.width, HEIGHT, "", "")


def _spread(places: Sequence[float], wide: float) -> list[float]:
    """Where the pentagons stand: at their lines, but side by side and within the lanes."""
    found: list[float] = []
    for x in places:
        found.append(max(x, found[-1] + APART if found else HALF + 1))
    limit = wide - HALF - 1
    for index in reversed(range(len(found))):
        found[index] = min(found[index], limit)
        limit = found[index] - APART
    return found


def _connector(pen: Pen, one: Crossing, letter: str, middle: float, foot: bool) -> str:
    """At the foot the line is above the pentagon, at the head below it."""
    y = HEIGHT - HIGH - 4 if foot else HIGH + 4
    kind = f"way {kind_of(one.lines[0], walked=False)}".strip()
    edge, turn = (0.0, TURN) if foot else (HEIGHT, HEIGHT - TURN)
    jog = f"V{num(turn)}H{num(middle)}" if middle != one.x else ""
    line = f"M{num(one.x)} {num(edge)}{jog}V{num(y)}"
    parts = [pen.path(kind, line)]
    if foot == one.falling:
        tip = y - HIGH if foot else y + HIGH
        parts.append(pen.path(kind.replace("way", "head"), head_at(middle, tip, falling=foot)))
    parts.append(pen.path("sym", pentagon(middle, HALF, HIGH, y)))
    parts.append(pen.text("no", middle, y + LETTER * 0.2, letter, LETTER))
    return "".join(parts)


def _place(one: tuple[tuple[float, str, bool], list[Line]]) -> tuple[float, str, bool]:
    return one[0]
