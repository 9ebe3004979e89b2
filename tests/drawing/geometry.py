"""What is seen on a drawing, measured on its own: nothing here knows how lines were chosen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from backoffice.drawing.figure import Drawing, Line, Symbol

STEP = 2.0  # pixels between two samples of a line
NEAR = 0.75  # how far a line may dip into a symbol at its port
GAP = 3.0  # two lines closer than this for a stretch are read as one
Place = tuple[float, float]


def tops_of(drawing: Drawing) -> list[float]:
    """The middle of every band, on a sheet whose rows are just as high as they must be."""
    middles, top = [], 0.0
    for band in drawing.bands:
        middles.append(top + band.height / 2)
        top += band.height
    return middles


def points_of(line: Line, middles: list[float]) -> list[Place]:
    """The corners of a line on that sheet."""
    return [(spot.x, middles[spot.band] + spot.dy) for spot in line.spots]


def samples(start: Place, stop: Place) -> Iterator[Place]:
    """Points along a stretch, a step apart."""
    (x1, y1), (x2, y2) = start, stop
    count = max(1, int((abs(x2 - x1) + abs(y2 - y1)) / STEP))
    for index in range(count + 1):
        yield x1 + (x2 - x1) * index / count, y1 + (y2 - y1) * index / count


def through_symbols(drawing: Drawing) -> list[tuple[str, str, str]]:
    """Lines that run over a symbol: source, target, and the symbol."""
    middles = tops_of(drawing)
    return [
        (line.source, line.target, symbol.node)
        for line in drawing.lines
        for start, stop in pairwise(points_of(line, middles))
        for symbol in drawing.symbols
        if _near(start, stop, symbol, middles)
        and any(_inside(place, symbol, middles) for place in samples(start, stop))
    ]


def _near(start: Place, stop: Place, symbol: Symbol, middles: list[float]) -> bool:
    """Whether a stretch comes into the rectangle around a symbol."""
    for one, half, axis in (
        (symbol.x, symbol.half[0], 0),
        (middles[symbol.band], symbol.half[1], 1),
    ):
        low, high = sorted((start[axis], stop[axis]))
        if high < one - half or low > one + half:
            return False
    return True


def _inside(place: Place, symbol: Symbol, middles: list[float]) -> bool:
    """Whether a point is inside the outline of a symbol."""
    across, high = abs(place[0] - symbol.x), abs(place[1] - middles[symbol.band])
    half, tall = symbol.half
    if symbol.shape == "decision":
        return across / half + high / tall < 1 - NEAR / tall
    inside = across < half - NEAR and high < tall - NEAR
    if symbol.shape in ("start", "end") and across > half - tall:
        round_ = (across - (half - tall)) ** 2 + high**2
        return inside and round_ < (tall - NEAR) ** 2
    return inside


def hidden_lines(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of lines to different symbols that run together for a stretch."""
    middles = tops_of(drawing)
    tracks = [(one, points_of(one, middles)) for one in drawing.lines]
    return [
        (f"{one.source} {one.target}", f"{other.source} {other.target}")
        for (one, first), (other, second) in combinations(tracks, 2)
        if one.target != other.target and _together(first, second)
    ]


def _together(first: list[Place], second: list[Place]) -> bool:
    return any(_overlap(a, b) for a in pairwise(first) for b in pairwise(second))


def _overlap(a: tuple[Place, Place], b: tuple[Place, Place]) -> bool:
    """Whether two stretches lie on each other for more than a dot."""
    for along, across in ((0, 1), (1, 0)):
        if a[0][across] == a[1][across] and b[0][across] == b[1][across]:
            beside = abs(a[0][across] - b[0][across])
            low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
            high = min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along]))
            if beside < GAP and high - low > GAP:
                return True
    return False


def broken_lines(drawing: Drawing) -> list[tuple[str, str]]:
    """Lines that do not begin and end at the outline of their symbols, or go askew."""
    middles = tops_of(drawing)
    found = []
    for line in drawing.lines:
        points = points_of(line, middles)
        askew = any(x1 != x2 and y1 != y2 for (x1, y1), (x2, y2) in pairwise(points))
        ends = ((line.source, points[0]), (line.target, points[-1]))
        if askew or not all(_touches(drawing, node, place, middles) for node, place in ends):
            found.append((line.source, line.target))
    return found


def _touches(drawing: Drawing, node: str, place: Place, middles: list[float]) -> bool:
    for symbol in drawing.symbols:
        if symbol.node != node:
            continue
        across, high = abs(place[0] - symbol.x), abs(place[1] - middles[symbol.band])
        half, tall = symbol.half
        if (across <= 1 and abs(high - tall) <= 1) or (abs(across - half) <= 3 and high < tall):
            return True
        if symbol.shape == "decision" and abs(across / half + high / tall - 1) < 0.05:
            return True
    return False


def outside(drawing: Drawing) -> list[str]:
    """Lines and symbols that leave their lanes or the sheet."""
    found = [
        f"{line.source} {line.target}"
        for line in drawing.lines
        if any(not 0 < spot.x < drawing.width for spot in line.spots)
    ]
    for symbol in drawing.symbols:
        lane = drawing.lanes[symbol.lane]
        left, right = symbol.x - symbol.half[0], symbol.x + symbol.half[0]
        if left < lane.x + 1 or right > lane.x + lane.width - 1:
            found.append(symbol.node)
    return found


def faults(drawing: Drawing) -> list[object]:
    """Everything that is wrong with a drawing."""
    return [
        *drawing.clashes,
        *through_symbols(drawing),
        *hidden_lines(drawing),
        *broken_lines(drawing),
        *outside(drawing),
    ]
