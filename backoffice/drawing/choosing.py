"""Which way each line takes: greedy first, then improved while something gets cheaper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from backoffice.drawing.paths import Part, Route
from backoffice.drawing.routes import Candidates

CLASH = 1000.0
CROSSING, TOUCH, SHARED_GUTTER = 18.0, 6.0, 3.0
ROUNDS = 6
MOST_TRIED = 60  # candidates of one line that are tried against another's


@dataclass(frozen=True, slots=True)
class Choice:
    """The route of every line in the order asked, what it costs in all, and which lines clash."""

    routes: tuple[Route, ...]
    cost: float
    clashing: tuple[int, ...]


def clash(one: Route, other: Route) -> float:
    """What two lines cost each other; lines to the same symbol may run together."""
    together = one.target == other.target
    return sum(_parts_clash(a, b, together) for a in one.parts for b in other.parts)


def _parts_clash(a: Part, b: Part, together: bool) -> float:
    if a.upright == b.upright:
        return 0.0 if a.at != b.at else _along(a, b, together)
    level, upright = (b, a) if a.upright else (a, b)
    across = level.low <= upright.at <= level.high and upright.low <= level.at <= upright.high
    if not across:
        return 0.0
    inside = level.low < upright.at < level.high and upright.low < level.at < upright.high
    if inside:
        return CROSSING
    if together:
        return 0.0
    return SHARED_GUTTER if upright.in_gutter else CLASH


def _along(a: Part, b: Part, together: bool) -> float:
    """Two stretches on one line of the grid."""
    shared = min(a.high, b.high) - max(a.low, b.low)
    if shared < 0 or together:
        return 0.0
    if a.in_gutter:
        return SHARED_GUTTER
    if shared > 0:
        return CLASH
    meets_in_gutter = not a.upright and min(a.high, b.high) % 2 == 0
    return TOUCH if meets_in_gutter else CLASH


class Chooser:
    """Chooses among the candidates of all lines. `fixed` are lines that are there already."""

    def __init__(self, candidates: Sequence[Candidates], fixed: Sequence[Route]) -> None:
        self.candidates = candidates
        self.fixed = list(fixed)
        self.chosen: list[Route | None] = [None] * len(candidates)
        self._known: dict[tuple[int, int], float] = {}
        self._alone: dict[int, float] = {}

    def choose(self, order: Sequence[int]) -> Choice:
        """The routes; `order` says which line chooses first."""
        for index in order:
            self.chosen[index] = self._best(index)
        for _ in range(ROUNDS):
            before = list(self.chosen)
            for index in order:
                self.chosen[index] = self._best(index)
            for first, second in combinations(order, 2):
                if self._between(self.chosen[first], self.chosen[second]) >= CROSSING:
                    self._both(first, second)
            if self.chosen == before:
                break
        return self._result()

    def _between(self, one: Route | None, other: Route | None) -> float:
        if one is None or other is None:
            return 0.0
        key = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
        if key not in self._known:
            self._known[key] = clash(one, other)
        return self._known[key]

    def _own(self, route: Route) -> float:
        """Its price, with what it costs beside the fixed lines."""
        if id(route) not in self._alone:
            beside = sum(clash(route, one) for one in self.fixed)
            self._alone[id(route)] = route.price + beside
        return self._alone[id(route)]

    def _cost(self, route: Route, others: Sequence[Route], limit: float) -> float:
        cost = self._own(route)
        for other in others:
            if cost >= limit:
                break
            cost += self._between(route, other)
        return cost

    def _others(self, *without: int) -> list[Route]:
        return [one for i, one in enumerate(self.chosen) if one is not None and i not in without]

    def _best(self, index: int) -> Route:
        """The cheapest given the others; what is chosen stays where nothing is cheaper."""
        others = self._others(index)
        best = self.chosen[index] or self.candidates[index].first(1)[0]
        least = self._cost(best, others, float("inf"))
        for route in self.candidates[index]:
            if route.price >= least:
                break
            cost = self._cost(route, others, least)
            if cost < least:
                best, least = route, cost
        return best

    def _both(self, first: int, second: int) -> None:
        """Choose two lines that hinder each other together."""
        now = self.chosen[first], self.chosen[second]
        others = self._others(first, second)
        ones, twos = (self._ranked(one, others) for one in (first, second))
        least = sum(self._cost(one, others, float("inf")) for one in now if one is not None)
        least += self._between(*now)
        for cost, route in ones:
            if cost + twos[0][0] >= least:
                break
            for more, partner in twos:
                if cost + more >= least:
                    break
                both = cost + more + self._between(route, partner)
                if both < least - 1e-9:
                    least = both
                    self.chosen[first], self.chosen[second] = route, partner

    def _ranked(self, index: int, others: list[Route]) -> list[tuple[float, Route]]:
        tried = self.candidates[index].first(MOST_TRIED)
        ranked = [(self._cost(one, others, float("inf")), one) for one in tried]
        return sorted(ranked, key=lambda one: one[0])

    def _result(self) -> Choice:
        routes = tuple(one for one in self.chosen if one is not None)
        cost = sum(self._own(one) for one in routes)
        clashing: set[int] = set()
        for first, second in combinations(range(len(routes)), 2):
            between = self._between(routes[first], routes[second])
            cost += between
            if between >= CLASH:
                clashing.add(max(first, second))
        for index, route in enumerate(routes):
            if self._own(route) - route.price >= CLASH:
                clashing.add(index)
        return Choice(routes, cost, tuple(sorted(clashing)))
