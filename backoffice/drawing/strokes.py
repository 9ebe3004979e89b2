"""The lines of one band: stretches, gaps where they cross, arrow heads and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backoffice.drawing.chart import Sort
from backoffice.drawing.figure import Drawing, Label, Line, Spot
from backoffice.drawing.measures import HEAD_HALF, HEAD_LONG, WORD
from backoffice.drawing.pen import Pen, num

GAP = 4.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight piece of a line within a band, in the order it is walked."""

    line: Line
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def upright(self) -> bool:
        """Whether it goes up or down."""
        return self.x1 == self.x2


def stretches(lines: Sequence[Line], band: int, up: float, down: float) -> list[Stretch]:
    """What of the lines lies in a band that reaches so far up and down from its middle."""
    return [
        one
        for line in lines
        for a, b in pairwise(line.spots)
        for one in _within(line, a, b, band, up, down)
    ]


def _within(line: Line, a: Spot, b: Spot, band: int, up: float, down: float) -> Iterator[Stretch]:
    if not min(a.band, b.band) <= band <= max(a.band, b.band):
        return
    falling = b.band > a.band
    y1 = a.dy if a.band == band else (-up if falling else down)
    y2 = b.dy if b.band == band else (down if falling else -up)
    yield Stretch(line, a.x, y1, b.x, y2)


def kind_of(line: Line, walked: bool) -> str:
    """The class of a line."""
    words = ["return"] if line.sort is Sort.RETURN else []
    return " ".join([*words, *(["walked"] if walked else [])])


def draw(
    pen: Pen, drawing: Drawing, band: int, reach: tuple[float, float], walked: frozenset[Line]
) -> list[str]:
    """The lines of a band, level ones below, upright ones with a gap where they cross others."""
    lines = sorted(drawing.lines, key=lambda one: (one in walked, one.sort is not Sort.RETURN))
    found = stretches(lines, band, *reach)
    level = [one for one in found if not one.upright]
    upright = [one for one in found if one.upright]
    parts = _paths(pen, level, walked)
    gaps = "".join(_gap(one, other) for one in upright for other in level)
    if gaps:
        parts.append(pen.path("gap", gaps))
    parts += _paths(pen, upright, walked)
    for line in lines:
        if line.spots[-1].band == band:
            kind = f"head {kind_of(line, line in walked)}".strip()
            parts.append(pen.path(kind, head(line.spots[-2], line.spots[-1])))
    return parts


def words(pen: Pen, drawing: Drawing, band: int) -> list[str]:
    """The words at the lines that leave a symbol of the band."""
    leaving = [one for one in drawing.lines if one.spots[0].band == band]
    return [_word(pen, one.word, one.label) for one in leaving if one.label is not None]


def _word(pen: Pen, word: str, label: Label) -> str:
    return pen.text("word", label.x, label.dy, word, WORD, "end" if label.leftward else "")


def _paths(pen: Pen, pieces: list[Stretch], walked: frozenset[Line]) -> list[str]:
    """One path for each line."""
    data: dict[Line, str] = {}
    for one in pieces:
        there = f"V{num(one.y2)}" if one.upright else f"H{num(one.x2)}"
        data[one.line] = data.get(one.line, "") + f"M{num(one.x1)} {num(one.y1)}{there}"
    return [
        pen.path(f"way {kind_of(line, line in walked)}".strip(), path)
        for line, path in data.items()
    ]


def _gap(upright: Stretch, level: Stretch) -> str:
    """The stretch of an upright line that is kept clear where it crosses another."""
    if upright.line.target == level.line.target:
        return ""
    low, high = sorted((level.x1, level.x2))
    top, foot = sorted((upright.y1, upright.y2))
    if not (low < upright.x1 < high and top < level.y1 < foot):
        return ""
    return f"M{num(upright.x1)} {num(level.y1 - GAP)}v{num(2 * GAP)}"


def head(before: Spot, tip: Spot) -> str:
    """An arrow head at the tip of a line."""
    if before.x == tip.x:
        falling = (before.band, before.dy) < (tip.band, tip.dy)
        return head_at(tip.x, tip.dy, falling=falling)
    long = -HEAD_LONG if before.x < tip.x else HEAD_LONG
    return f"M{num(tip.x)} {num(tip.dy)}l{num(long)} {num(-HEAD_HALF)}v{num(2 * HEAD_HALF)}z"


def head_at(x: float, y: float, *, falling: bool) -> str:
    """An upright arrow head with its tip at (x, y)."""
    long = -HEAD_LONG if falling else HEAD_LONG
    return f"M{num(x)} {num(y)}l{num(-HEAD_HALF)} {num(long)}h{num(2 * HEAD_HALF)}z"
