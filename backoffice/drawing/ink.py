"""What is drawn in each band beside the words: stretches, arrow heads, symbols, loops, joints.

All of it as rectangles measured from the middle of the band; only a diamond is told by its shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from backoffice.drawing import selfloop
from backoffice.drawing.chart import Joined, Shape
from backoffice.drawing.figure import Band, Joint, Line, Spot, Symbol
from backoffice.drawing.measures import HEAD_HALF, HEAD_LONG, TEAM_APART


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a band; a stretch of a line is one without width or without height."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.foot and other.top < self.foot

    def grown(self, by: float) -> Box:
        """The same with so much around it."""
        return Box(self.left - by, self.top - by, self.right + by, self.foot + by)


@dataclass(slots=True)
class Ink:
    """A band. `half`: how far it reaches up and down; `strokes`: stretches with their lines."""

    half: float
    solid: list[Box] = field(default_factory=list)
    diamonds: list[Symbol] = field(default_factory=list)
    strokes: list[tuple[int, Box]] = field(default_factory=list)

    def touched(self, box: Box) -> int:
        """How many things a rectangle touches."""
        return (
            sum(one.meets(box) for one in self.solid)
            + sum(one.meets(box) for _, one in self.strokes)
            + sum(_in_diamond(one, box) for one in self.diamonds)
        )


def inks_of(
    lines: Sequence[Line], symbols: Sequence[Symbol], joints: Sequence[Joint], bands: Sequence[Band]
) -> list[Ink]:
    """What is drawn in every band."""
    inks = [Ink(one.height / 2) for one in bands]
    for index, line in enumerate(lines):
        for a, b in pairwise(line.spots):
            for band in range(min(a.band, b.band), max(a.band, b.band) + 1):
                inks[band].strokes.append((index, _stretch(a, b, band, inks[band].half)))
        inks[line.spots[-1].band].solid.append(_head(line.spots[-2], line.spots[-1]))
    for symbol in symbols:
        ink = inks[symbol.band]
        if symbol.shape is Shape.DECISION:
            ink.diamonds.append(symbol)
        else:
            across, high = symbol.half
            ink.solid.append(Box(symbol.x - across, -high, symbol.x + across, high))
        if symbol.stays:
            ink.solid += _loop(symbol)
    for joint in joints:
        apart = TEAM_APART if joint.joined is Joined.TEAM else 0.0
        inks[joint.band].solid.append(Box(joint.start, -apart, joint.stop, apart))
    return inks


def _stretch(a: Spot, b: Spot, band: int, half: float) -> Box:
    """What of a stretch lies in a band."""
    falling = b.band > a.band
    start = a.dy if a.band == band else (-half if falling else half)
    stop = b.dy if b.band == band else (half if falling else -half)
    return Box(min(a.x, b.x), min(start, stop), max(a.x, b.x), max(start, stop))


def _head(before: Spot, tip: Spot) -> Box:
    """The rectangle around an arrow head."""
    if before.x == tip.x:
        falling = (before.band, before.dy) < (tip.band, tip.dy)
        top = tip.dy - HEAD_LONG if falling else tip.dy
        return Box(tip.x - HEAD_HALF, top, tip.x + HEAD_HALF, top + HEAD_LONG)
    left = tip.x - HEAD_LONG if before.x < tip.x else tip.x
    return Box(left, tip.dy - HEAD_HALF, left + HEAD_LONG, tip.dy + HEAD_HALF)


def _loop(symbol: Symbol) -> Iterator[Box]:
    """The stretches of a small loop, and its arrow head."""
    points = selfloop.corners(symbol)
    for (x1, y1), (x2, y2) in pairwise(points):
        yield Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    x, y = points[-1]
    half = selfloop.HEAD_HALF
    yield Box(x - half, y - selfloop.HEAD_LONG, x + half, y)


def _in_diamond(symbol: Symbol, box: Box) -> bool:
    """Whether the point of a rectangle that is nearest to a diamond's middle lies in it."""
    x = min(max(symbol.x, box.left), box.right) - symbol.x
    y = min(max(0.0, box.top), box.foot)
    half, high = symbol.half
    return abs(x) / half + abs(y) / high < 1
