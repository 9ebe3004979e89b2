"""An SOP laid out as the official drawing: what stands where, and which way each line takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import ceil, sqrt

from backoffice.drawing.chart import Chart, ChartRow, Joined, Node, Shape, Sort, Way, chart_of
from backoffice.drawing.choosing import Choice, Chooser
from backoffice.drawing.figure import Band, Drawing, Joint, Line, Row, Spot, Symbol
from backoffice.drawing.labels import labelled
from backoffice.drawing.measures import (
    NEXT_TRACK,
    Lane,
    lanes_of,
    sizes_for,
    track_places,
    word_room,
)
from backoffice.drawing.paths import Route
from backoffice.drawing.placing import Placed, Spread, place
from backoffice.drawing.rooms import rooms_of
from backoffice.drawing.routes import BAND, CHANNEL, EDGE, SIDE, Finder, joints, loops
from backoffice.drawing.tracks import parted, tracks_of
from backoffice.workflow.definition import Procedure

MOST_AT_CORNERS = 2  # ways out of a diamond; its top is where lines enter
ABOVE_AND_BELOW = 13  # a symbol in its band: room for an arrow head or a word
BELOW_CHANNEL = 7  # from a line in a channel to the rule of the row


def lay_out(procedure: Procedure, titles: Mapping[str, str]) -> Drawing:
    """The drawing of an SOP. `titles`: the office's roles in the office's order.

    What looks alike is laid out once: the result is kept by the content of the chart, so a
    published version costs nothing after its first page.
    """
    return lay_out_chart(chart_of(procedure, titles))


@lru_cache(maxsize=512)
def lay_out_chart(chart: Chart) -> Drawing:
    """The drawing of a chart: the first spread that hides no line, else the best of all."""
    best = _Laying(chart, place(chart, Spread.TOGETHER)).drawing()
    for spread in (Spread.ENDS_BESIDE, Spread.APART):
        if not best.clashes:
            break
        other = _Laying(chart, place(chart, spread)).drawing()
        best = min(best, other, key=lambda one: len(one.clashes))
    return best


class _Laying:
    """One chart with its symbols placed, while it becomes a drawing."""

    def __init__(self, chart: Chart, placed: Placed) -> None:
        self.chart, self.placed = chart, placed
        self.sizes = sizes_for(len(chart.lanes))
        self.nodes = {one.key: one for one in chart.nodes}
        self.choice = self._choose()
        self.tracks = tracks_of(self.choice.routes)
        self.lanes = self._lanes()

    def _lanes(self) -> tuple[Lane, ...]:
        routes = self.choice.routes
        rooms = rooms_of(self.chart, self.placed, routes, self.tracks, self.sizes)
        return lanes_of(self.chart, rooms, self.sizes)

    def _choose(self) -> Choice:
        leaving = Counter(one.source for one in self.chart.ways)
        teams = {one.key for one in self.chart.nodes if one.joined is Joined.TEAM}
        crowded = frozenset(
            key for key, count in leaving.items() if count + (key in teams) > MOST_AT_CORNERS
        )
        finder = Finder(self.placed, len(self.chart.lanes), crowded)
        candidates = [
            finder.candidates(self.nodes[one.source], self.nodes[one.target], one.sort)
            for one in self.chart.ways
        ]
        nodes = self.chart.nodes
        fixed = [*joints(nodes, self.placed), *loops(nodes, self.placed)]
        chooser = Chooser(candidates, fixed)
        return chooser.choose(sorted(range(len(candidates)), key=self._urgency))

    def _urgency(self, index: int) -> tuple[bool, int, int]:
        """Forward before return, short before long."""
        way = self.chart.ways[index]
        bands = [self.placed.band_of[one] for one in (way.source, way.target)]
        return way.sort is Sort.RETURN, abs(bands[0] - bands[1]), index

    def drawing(self) -> Drawing:
        """Everything with its place."""
        wrong = sorted({*self.choice.clashing, *self.tracks.hidden})
        bands = tuple(
            Band(row, self._band_height(index)) for index, row in enumerate(self.placed.row_of)
        )
        lines, tight = self._lines(bands)
        if tight and self._part(tight):
            lines, _ = self._lines(bands)
        return Drawing(
            lanes=self.lanes,
            rows=tuple(self._row(i, row, bands) for i, row in enumerate(self.chart.rows)),
            bands=bands,
            symbols=self._all_symbols(),
            joints=self._joints(),
            lines=lines,
            sizes=self.sizes,
            clashes=tuple(lines[one] for one in wrong),
        )

    def _lines(self, bands: tuple[Band, ...]) -> tuple[tuple[Line, ...], tuple[int, ...]]:
        """The lines with their words, and which words found no room."""
        bare = [self._line(index) for index in range(len(self.chart.ways))]
        return labelled(bare, self._all_symbols(), self._joints(), bands, self.lanes)

    def _part(self, tight: tuple[int, ...]) -> bool:
        """Make room between the tracks for words that lie between lines; whether there was any."""
        before = self.tracks
        for line in tight:
            (x, y), (turn, after) = self.choice.routes[line].points[:2]
            if y == after and (int(turn), line) in self.tracks.of:
                by = ceil(word_room(self.chart.ways[line].word) / NEXT_TRACK)
                self.tracks = parted(self.tracks, int(turn), line, rightward=turn > x, by=by)
        self.lanes = self._lanes()
        return self.tracks is not before

    def _row(self, index: int, row: ChartRow, bands: tuple[Band, ...]) -> Row:
        own = tuple(one for one, band in enumerate(bands) if band.row == index)
        height = sum(bands[one].height for one in own)
        return Row(row.number, row.steps, row.meanings, own, height, row.goes_on)

    def _band_height(self, band: int) -> float:
        """Room for the tallest symbol and an arrow, and for the channels that are used."""
        shapes = {node.shape for (one, _), node in self.placed.taken.items() if one == band}
        half = max(self.sizes.half(shape)[1] for shape in shapes) + ABOVE_AND_BELOW
        used = {y - band * BAND for route in self.choice.routes for _, y in route.points}
        if CHANNEL in used or -CHANNEL in used:
            half = max(half, self.sizes.channel + BELOW_CHANNEL)
        return 2 * half

    def _all_symbols(self) -> tuple[Symbol, ...]:
        return tuple(one for node in self.chart.nodes for one in self._symbols(node))

    def _joints(self) -> tuple[Joint, ...]:
        return tuple(self._joint(one) for one in self.chart.nodes if len(one.lanes) > 1)

    def _symbols(self, node: Node) -> list[Symbol]:
        half = self.sizes.half(node.shape)
        band = self.placed.band_of[node.key]
        return [
            Symbol(
                node.key,
                node.step,
                node.shape,
                node.text,
                lane,
                band,
                self.lanes[lane].middle,
                half,
                stays=node.stays and index == 0,
            )
            for index, lane in enumerate(node.lanes)
        ]

    def _joint(self, node: Node) -> Joint:
        lanes = sorted(node.lanes)
        start, stop = self.lanes[lanes[0]].middle, self.lanes[lanes[-1]].middle
        return Joint(node.step, self.placed.band_of[node.key], start, stop, node.joined)

    def _line(self, index: int) -> Line:
        way: Way = self.chart.ways[index]
        route: Route = self.choice.routes[index]
        spots = tuple(self._spot(index, x, y) for x, y in route.points)
        step = self.nodes[way.source].step
        return Line(
            step, way.source, way.target, way.sort, way.word, way.walks, route.points, spots
        )

    def _spot(self, line: int, x: float, y: float) -> Spot:
        band = round(y / BAND)
        offset = y - band * BAND
        if x % 2 == 0:
            return Spot(self._track(int(x), line), band, self._dy(band, 0, offset))
        lane = round((x - 1) / 2)
        side = x - (2 * lane + 1)
        dy = self._dy(band, lane, offset)
        middle = self.lanes[lane].middle
        if abs(side) < SIDE / 2:
            return Spot(middle, band, dy)
        across = self._across(self.placed.taken[band, lane].shape, dy)
        return Spot(middle + (across if side > 0 else -across), band, dy)

    def _across(self, shape: Shape, dy: float) -> float:
        """How far a symbol reaches sideways at a height."""
        half, high = self.sizes.half(shape)
        if shape is Shape.DECISION:
            return half * (1 - abs(dy) / high)
        if shape in (Shape.START, Shape.END):
            return half - high + sqrt(high * high - dy * dy)
        return half

    def _track(self, gutter: int, line: int) -> float:
        count = len(self.lanes)
        border = self.lanes[gutter // 2].x if gutter < 2 * count else self._right()
        places = track_places(self.tracks.counts[gutter], gutter, count)
        return border + places[self.tracks.of[gutter, line]]

    def _right(self) -> float:
        return self.lanes[-1].x + self.lanes[-1].width

    def _dy(self, band: int, lane: int, offset: float) -> float:
        sign = 1 if offset > 0 else -1
        if abs(offset) == EDGE:
            return sign * self.sizes.half(self.placed.taken[band, lane].shape)[1]
        if abs(offset) == CHANNEL:
            return sign * self.sizes.channel
        return offset * self.sizes.port
