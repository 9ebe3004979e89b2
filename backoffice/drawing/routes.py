"""The ways a line may take between two symbols, on an abstract grid.

Grid: the middle of lane i is x = 2i+1, the gutter left of it x = 2i; the middle of band r is
y = 10r, ports lie at 10r-1, 10r and 10r+1, the edge of a symbol at 10r-3 and 10r+3, the channels
above and below it at 10r-4 and 10r+4. A route is a list of points whose parts are level or upright.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from backoffice.drawing.chart import Joined, Node, Shape, Sort
from backoffice.drawing.paths import Part, Point, Route, length, parts_of, route, tidy
from backoffice.drawing.placing import Placed

BAND, EDGE, CHANNEL = 10, 3, 4
SIDE = 0.6  # half of a symbol's width on the grid
LOOP = 0.2
MOST = 160  # candidates of one line, the cheapest
PORT_PRICE, OTHER_BOX_PRICE, WRONG_END_PRICE = 3.0, 5.0, 8.0


@dataclass(frozen=True, slots=True)
class _Port:
    """Where a line may leave or enter a symbol."""

    lane: int
    band: int
    offset: int
    price: float


class Candidates:
    """The candidates of one line, the cheapest first; each is only tried when it is asked for."""

    def __init__(self, found: Iterator[Route]) -> None:
        self._found = islice(found, MOST)
        self._known: list[Route] = []

    def __iter__(self) -> Iterator[Route]:
        yield from self._known
        for one in self._found:
            self._known.append(one)
            yield one

    def first(self, count: int) -> list[Route]:
        """The first so many."""
        return list(islice(self, count))


def joints(nodes: tuple[Node, ...], placed: Placed) -> list[Route]:
    """The lines that join the boxes of one step, as routes that are there already."""
    found = []
    for node in nodes:
        if node.joined is not Joined.NO and len(node.lanes) > 1:
            y = float(placed.band_of[node.key] * BAND)
            lanes = sorted(node.lanes)
            points = tuple((2.0 * one + 1, y) for one in (lanes[0], lanes[-1]))
            found.append(route(f"={node.key}", points, 0.0, parts_of(points)))
    return found


def loops(nodes: tuple[Node, ...], placed: Placed) -> list[Route]:
    """The upper right corner of a symbol with a small loop is taken."""
    found = []
    for node in nodes:
        if node.stays:
            x, y = 2.0 * node.lanes[0] + 1 + SIDE, placed.band_of[node.key] * BAND - 1.0
            points = ((x, y), (x + LOOP, y))
            found.append(route(f"~{node.key}", points, 0.0, parts_of(points)))
    return found


class Finder:
    """Finds the candidates of each line on a sheet.

    `crowded` are diamonds with more ways out than corners: lines leave beside the corners too.
    """

    def __init__(self, placed: Placed, lanes: int, crowded: frozenset[str]) -> None:
        self.placed, self.lanes, self.crowded = placed, lanes, crowded
        self._lanes_in: dict[int, list[int]] = {}
        self._bands_in: dict[int, list[int]] = {}
        for band, lane in placed.taken:
            self._lanes_in.setdefault(band, []).append(lane)
            self._bands_in.setdefault(lane, []).append(band)

    def candidates(self, source: Node, target: Node, sort: Sort) -> Candidates:
        """The ways that pass through no symbol, the cheapest first."""
        found = []
        for base, asked in self._all(source, target, sort):
            points = tidy(asked)
            if len(points) > 1:
                found.append((base + length(points), points))
        found.sort()
        return Candidates(self._free(target.key, found))

    def _all(
        self, source: Node, target: Node, sort: Sort
    ) -> Iterator[tuple[float, tuple[Point, ...]]]:
        for out in self._ports(source):
            for into in self._ports(target):
                if out.offset and into.offset and out.band != into.band:
                    continue  # dearer than any way that leaves or enters in the middle
                for base, points in self._between(out, into, sort):
                    yield base + out.price + into.price, points

    def _ports(self, node: Node) -> list[_Port]:
        """The ports of a symbol's sides; of most diamonds only the corners."""
        band = self.placed.band_of[node.key]
        ports = [
            _Port(lane, band, 0, OTHER_BOX_PRICE if index else 0.0)
            for index, lane in enumerate(node.lanes)
            if not (index and node.joined is Joined.TEAM)  # who concludes sends it on
        ]
        plain = node.shape not in (Shape.DECISION, Shape.OTHER)
        if plain or node.key in self.crowded:
            ports += [_Port(node.lanes[0], band, one, PORT_PRICE) for one in (-1, 1)]
        return ports

    def _between(
        self, out: _Port, into: _Port, sort: Sort
    ) -> Iterator[tuple[float, tuple[Point, ...]]]:
        yield from self._plain(out, into)
        if out.band == into.band and out.lane == into.lane:
            return
        through = 4.0 if sort is Sort.RETURN else 14.0
        y1, y2 = _y(out), _y(into)
        for gutter in range(0, 2 * self.lanes + 1, 2):
            x = float(gutter)
            start, stop = _side(out.lane, x), _side(into.lane, x)
            yield through, ((start, y1), (x, y1), (x, y2), (stop, y2))
            if into.offset == 0:
                yield from self._above(out, into, ((start, y1), (x, y1)))
            if out.offset == 0:
                yield from self._below(out, into, ((x, y2), (stop, y2)))
            if out.offset == into.offset == 0:
                yield from self._around(out, into, x)

    def _plain(self, out: _Port, into: _Port) -> Iterator[tuple[float, tuple[Point, ...]]]:
        """Straight, with one corner, and through a channel into the target's lane."""
        x1, x2, y1, y2 = _x(out), _x(into), _y(out), _y(into)
        down = into.band > out.band
        wrong = 0.0 if down else WRONG_END_PRICE
        leave, enter = _end(out, down), _end(into, not down)
        middle_out, middle_in = out.offset == 0, into.offset == 0
        if out.band == into.band:
            if out.lane != into.lane and out.offset == into.offset:
                yield 0.0, ((_side(out.lane, x2), y1), (_side(into.lane, x1), y2))
            return
        if out.lane == into.lane:
            if middle_out and middle_in:
                yield wrong, ((x1, leave), (x2, enter))
            return
        if middle_in:
            yield 2.0 + wrong, ((_side(out.lane, x2), y1), (x2, y1), (x2, enter))
        if middle_out:
            yield 6.0 + wrong, ((x1, leave), (x1, y2), (_side(into.lane, x1), y2))
        if middle_out and middle_in:
            channel = out.band * BAND + (CHANNEL if down else -CHANNEL)
            yield 16.0 + wrong, ((x1, leave), (x1, channel), (x2, channel), (x2, enter))

    def _above(
        self, out: _Port, into: _Port, begun: tuple[Point, ...]
    ) -> Iterator[tuple[float, tuple[Point, ...]]]:
        """Through a gutter, then the channel above the target, or below it."""
        x, x2 = begun[-1][0], _x(into)
        for over, base in ((True, 18.0), (False, 26.0)):
            channel = into.band * BAND + (-CHANNEL if over else CHANNEL)
            yield base, (*begun, (x, channel), (x2, channel), (x2, _end(into, not over)))

    def _below(
        self, out: _Port, into: _Port, ended: tuple[Point, ...]
    ) -> Iterator[tuple[float, tuple[Point, ...]]]:
        """The channel below the source or above it, then a gutter and the target's row."""
        x, x1 = ended[0][0], _x(out)
        for under, base in ((True, 20.0), (False, 30.0)):
            channel = out.band * BAND + (CHANNEL if under else -CHANNEL)
            yield base, ((x1, _end(out, under)), (x1, channel), (x, channel), *ended)

    def _around(
        self, out: _Port, into: _Port, x: float
    ) -> Iterator[tuple[float, tuple[Point, ...]]]:
        """Channel, gutter, channel: the longest way round."""
        first, last = out.band * BAND + CHANNEL, into.band * BAND - CHANNEL
        start, stop = (_x(out), _end(out, True)), (_x(into), _end(into, False))
        turns = ((_x(out), first), (x, first), (x, last), (_x(into), last))
        yield 34.0, (start, *turns, stop)

    def _free(self, target: str, ordered: list[tuple[float, tuple[Point, ...]]]) -> Iterator[Route]:
        """Those that pass through no symbol, each way once."""
        seen = set()
        for price, points in ordered:
            if points in seen:
                continue
            seen.add(points)
            parts = parts_of(points)
            if not any(self._meets(part) for part in parts):
                yield route(target, points, price, parts)

    def _meets(self, part: Part) -> bool:
        """Whether a stretch runs through a symbol."""
        if part.in_gutter:
            return False
        if part.upright:
            return any(
                part.low < band * BAND + EDGE and part.high > band * BAND - EDGE
                for band in self._bands_in.get(int(part.at) // 2, ())
            )
        band = round(part.at / BAND)
        if abs(part.at - band * BAND) > EDGE:
            return False
        return any(
            part.low < 2 * lane + 1 + SIDE and part.high > 2 * lane + 1 - SIDE
            for lane in self._lanes_in.get(band, ())
        )


def _x(port: _Port) -> float:
    return 2.0 * port.lane + 1


def _y(port: _Port) -> float:
    return float(port.band * BAND + port.offset)


def _end(port: _Port, below: bool) -> float:
    """The edge of the symbol below or above its middle."""
    return float(port.band * BAND + (EDGE if below else -EDGE))


def _side(lane: int, towards: float) -> float:
    """The side of a symbol that looks to x."""
    middle = 2.0 * lane + 1
    return middle + SIDE if towards > middle else middle - SIDE
