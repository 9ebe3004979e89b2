"""In each gutter the upright runs lie on tracks, so that none hides another.

Runs that overlap need different tracks unless they lead to the same symbol. Of the orders of the
tracks the one with the fewest crossings is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, permutations

from backoffice.drawing.paths import Route

MOST_ORDERS = 720
HIDDEN = 1000
NEAR = 2  # two ports of one side: runs that end there would look like one


@dataclass(frozen=True, slots=True)
class Run:
    """An upright stretch in a gutter: of which line, from where to where.

    `low_side` and `high_side` say to which side the line goes on there: -1 left, 1 right.
    """

    line: int
    target: str
    low: float
    high: float
    low_side: int
    high_side: int

    def hides(self, other: Run) -> bool:
        """Whether both may not lie on one track."""
        apart = self.low > other.high + NEAR or other.low > self.high + NEAR
        return not apart and self.target != other.target


@dataclass(frozen=True, slots=True)
class Tracks:
    """`of`: the track by gutter and line, from the left; `counts`: how many a gutter has."""

    of: dict[tuple[int, int], int]
    counts: dict[int, int]
    hidden: tuple[int, ...]


def runs_of(routes: Sequence[Route]) -> dict[int, list[Run]]:
    """The upright runs by gutter."""
    found: dict[int, list[Run]] = {}
    for line, route in enumerate(routes):
        points = route.points
        for index in range(len(points) - 1):
            (x, y1), (x2, y2) = points[index], points[index + 1]
            if x != x2 or x % 2:
                continue
            before = _side(points[index - 1][0], x)
            after = _side(points[index + 2][0], x)
            ends = (before, after) if y1 < y2 else (after, before)
            run = Run(line, route.target, min(y1, y2), max(y1, y2), *ends)
            found.setdefault(int(x), []).append(run)
    return found


def tracks_of(routes: Sequence[Route]) -> Tracks:
    """The track of every run."""
    of: dict[tuple[int, int], int] = {}
    counts: dict[int, int] = {}
    hidden: set[int] = set()
    for gutter, runs in runs_of(routes).items():
        groups = _groups(runs)
        order, cost = _best_order(groups)
        counts[gutter] = len(groups)
        for track, group in enumerate(order):
            of.update(((gutter, run.line), track) for run in group)
        if cost >= HIDDEN:
            hidden.update(run.line for group in groups for run in group)
    return Tracks(of, counts, tuple(sorted(hidden)))


def parted(tracks: Tracks, gutter: int, line: int, *, rightward: bool, by: int) -> Tracks:
    """With so many empty tracks before that of a line, as one comes from its symbol."""
    own = tracks.of[gutter, line]
    first = own if rightward else own + 1
    of = {
        key: track + by if key[0] == gutter and track >= first else track
        for key, track in tracks.of.items()
    }
    counts = {**tracks.counts, gutter: tracks.counts[gutter] + by}
    return Tracks(of, counts, tracks.hidden)


def _side(x: float, gutter: float) -> int:
    return -1 if x < gutter else 1


def _groups(runs: list[Run]) -> list[list[Run]]:
    """The runs that share a track, first fit from the longest; the same target together."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.low - one.high, one.line)):
        fitting = [one for one in groups if not any(run.hides(other) for other in one)]
        same = [one for one in fitting if any(run.target == other.target for other in one)]
        if fitting:
            (same or fitting)[0].append(run)
        else:
            groups.append([run])
    return groups


def _best_order(groups: list[list[Run]]) -> tuple[list[list[Run]], int]:
    best, least = groups, _cost(groups)
    for order in islice(permutations(groups), 1, MOST_ORDERS):
        if least == 0:
            break
        cost = _cost(order)
        if cost < least:
            best, least = list(order), cost
    return best, least


def _cost(order: Sequence[list[Run]]) -> int:
    """Crossings of the stubs that lead to the tracks, and stubs that hide each other."""
    cost = 0
    placed = [(track, run) for track, group in enumerate(order) for run in group]
    for track, run in placed:
        for other_track, other in placed:
            if other.target == run.target or other_track == track:
                continue
            for y, side in ((run.low, run.low_side), (run.high, run.high_side)):
                if (other_track < track) == (side < 0):
                    cost += _stub(y, side, other)
    return cost


def _stub(y: float, side: int, other: Run) -> int:
    """What a stub at y costs that leads across the track of another run."""
    if other.low < y < other.high:
        return 1
    for end, away in ((other.low, other.low_side), (other.high, other.high_side)):
        if end == y:
            return HIDDEN if away == -side else 1
    return 0
