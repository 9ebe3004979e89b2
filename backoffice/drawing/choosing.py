"""Which way each line takes: greedy first, then improved while something gets cheaper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from backoffice.drawing.paths import Part, Route
from backoffice.drawing.routes import LOOP, Candidates

CLASH = 1000.0
CROSSING, TOUCH, SHARED_GUTTER = 18.0, 6.0, 3.0
NEIGHBOURS, PARALLEL = 2, 17.0  # how near two ports of one side are, and what it costs
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
    if one.top > other.foot + NEIGHBOURS or other.top > one.foot + NEIGHBOURS:
        return 0.0
    together = one.target == other.target
    cost = _across(one, other, together) + _across(other, one, together)
    if not together:
        cost += sum(_along(a, b) for a in one.uprights for b in other.uprights if a.at == b.at)
        for a in one.levels:
            for b in other.levels:
                if abs(a.at - b.at) <= NEIGHBOURS:
                    cost += _along(a, b) if a.at == b.at else _beside(a, b)
    return cost


def _across(one: Route, other: Route, together: bool) -> float:
    """The level stretches of a line where they meet the upright ones of another."""
    cost = 0.0
    for level in one.levels:
        for upright in other.uprights:
            if not level.low <= upright.at <= level.high:
                continue
            if not upright.low <= level.at <= upright.high:
                continue
            if level.low < upright.at < level.high and upright.low < level.at < upright.high:
                cost += CROSSING
            elif not together:
                cost += SHARED_GUTTER if upright.in_gutter else CLASH
    return cost


def _along(a: Part, b: Part) -> float:
    """Two stretches on one line of the grid."""
    shared = min(a.high, b.high) - max(a.low, b.low)
    if shared < 0:
        return 0.0
    if a.in_gutter:
        return SHARED_GUTTER
    if shared > 0:
        return CLASH
    meets_in_gutter = not a.upright and min(a.high, b.high) % 2 == 0
    return TOUCH if meets_in_gutter else CLASH


def _beside(a: Part, b: Part) -> float:
    """Two level stretches at neighbouring ports are hard to tell apart."""
    return PARALLEL if min(a.high, b.high) - max(a.low, b.low) > 1.5 * LOOP else 0.0


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
        if one is None or other is None or one.top > other.foot + NEIGHBOURS:
            return 0.0
        if other.top > one.foot + NEIGHBOURS:
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
