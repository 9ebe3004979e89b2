"""A line as its corners and its stretches on the abstract grid that `routes` explains."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

LEVEL_COST, UPRIGHT_COST = 1.0, 0.15

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a line: upright at x = `at` or level at y = `at`, from `low` to `high`."""

    upright: bool
    at: float
    low: float
    high: float

    @property
    def in_gutter(self) -> bool:
        """Whether it is upright between two lanes, where lines lie on tracks."""
        return self.upright and self.at % 2 == 0


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One candidate. `target` is the symbol it leads to; lines to the same may run together.

    `top` and `foot`: between which heights it lies.
    """

    target: str
    points: tuple[Point, ...]
    price: float
    levels: tuple[Part, ...]
    uprights: tuple[Part, ...]
    top: float
    foot: float


def route(target: str, points: tuple[Point, ...], price: float, parts: tuple[Part, ...]) -> Route:
    """A candidate of these stretches."""
    levels = tuple(one for one in parts if not one.upright)
    uprights = tuple(one for one in parts if one.upright)
    heights = [y for _, y in points]
    return Route(target, points, price, levels, uprights, min(heights), max(heights))


def parts_of(points: tuple[Point, ...]) -> tuple[Part, ...]:
    """The stretches between the points."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        if x1 == x2:
            found.append(Part(True, x1, min(y1, y2), max(y1, y2)))
        else:
            found.append(Part(False, y1, min(x1, x2), max(x1, x2)))
    return tuple(found)


def tidy(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Without points that do not move, without corners that are none, without turning back."""
    found: list[Point] = []
    for point in points:
        if found and found[-1] == point:
            continue
        if len(found) > 1:
            (x1, y1), (x2, y2), (x3, y3) = found[-2], found[-1], point
            if x1 == x2 == x3 or y1 == y2 == y3:
                found.pop()
        found.append(point)
    return tuple(found)


def length(points: tuple[Point, ...]) -> float:
    """What the way costs by its length."""
    cost = 0.0
    x, y = points[0]
    for x2, y2 in points:
        cost += abs(x2 - x) * LEVEL_COST + abs(y2 - y) * UPRIGHT_COST
        x, y = x2, y2
    return cost
