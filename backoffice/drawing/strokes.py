"""The lines of one band: stretches, gaps where they cross, arrow heads and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backoffice.drawing.chart import Sort
from backoffice.drawing.layout import Drawing, Line, Spot
from backoffice.drawing.measures import WORD, WORD_GAP
from backoffice.drawing.pen import Pen, num

HEAD_LONG, HEAD_HALF = 8.0, 4.0
GAP = 4.0
SAME_SIDE, CLOSE = 15.0, 12.0  # how near two ports of one side are


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
    return [
        _word(pen, drawing, one) for one in drawing.lines if one.word and one.spots[0].band == band
    ]


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


def _word(pen: Pen, drawing: Drawing, line: Line) -> str:
    """Above a line that leaves sideways, or below it; beside one that leaves upright."""
    first, then = line.spots[0], line.spots[1]
    if first.x == then.x:
        return _beside(pen, line)
    y = first.dy + (WORD if _is_below(drawing, first) else -WORD_GAP)
    if then.x > first.x:
        return pen.text("word", first.x + WORD_GAP - 2, y, line.word, WORD)
    return pen.text("word", first.x - WORD_GAP + 2, y, line.word, WORD, "end")


def _beside(pen: Pen, line: Line) -> str:
    """On the side to which the line does not turn."""
    first, then = line.spots[0], line.spots[1]
    falling = (first.band, first.dy) < (then.band, then.dy)
    y = first.dy + (WORD if falling else -WORD_GAP)
    turns_right = len(line.spots) > 2 and line.spots[2].x > first.x
    if turns_right and then.band == first.band:
        return pen.text("word", first.x - WORD_GAP - 1, y, line.word, WORD, "end")
    return pen.text("word", first.x + WORD_GAP + 1, y, line.word, WORD)


def _is_below(drawing: Drawing, spot: Spot) -> bool:
    """Whether another line ends or begins just above on the same side of the symbol."""
    ends = (end for one in drawing.lines for end in (one.spots[0], one.spots[-1]))
    return spot.dy > 0 or any(
        end.band == spot.band and abs(end.x - spot.x) < SAME_SIDE and 0 < spot.dy - end.dy < CLOSE
        for end in ends
    )
