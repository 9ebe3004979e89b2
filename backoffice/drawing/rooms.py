"""How much room each lane needs beside its symbols: for tracks, and for words at their lines."""

from __future__ import annotations

from collections.abc import Sequence

from backoffice.drawing.chart import Chart
from backoffice.drawing.measures import Room, Sizes, track_room, word_room
from backoffice.drawing.paths import Route
from backoffice.drawing.placing import Placed
from backoffice.drawing.routes import BAND, SIDE
from backoffice.drawing.tracks import Run, Tracks, runs_of


def rooms_of(
    chart: Chart, placed: Placed, routes: Sequence[Route], tracks: Tracks, sizes: Sizes
) -> list[Room]:
    """The room of every lane."""
    count = len(chart.lanes)
    rooms = [Room(sizes.margin, sizes.margin) for _ in range(count)]
    for gutter, tracks_there in tracks.counts.items():
        left, right = track_room(tracks_there, gutter, count)
        if gutter > 0:
            rooms[gutter // 2 - 1].right = max(rooms[gutter // 2 - 1].right, left)
        if gutter < 2 * count:
            rooms[gutter // 2].left = max(rooms[gutter // 2].left, right)
    runs = runs_of(routes)
    for way, route in zip(chart.ways, routes, strict=True):
        if way.word:
            _word(rooms, way.word, route, placed, runs, tracks)
    return rooms


def _word(
    rooms: list[Room],
    word: str,
    route: Route,
    placed: Placed,
    runs: dict[int, list[Run]],
    tracks: Tracks,
) -> None:
    """A word needs room of its own where its line turns at once or something stands beside."""
    (x, y), (x2, _) = route.points[0], route.points[1]
    if x == x2:
        return
    side = 1 if x2 > x else -1
    lane = round((x - side * SIDE - 1) / 2)
    gutter = 2 * lane + 1 + side
    band = round(y / BAND)
    crowded = any(one.low - 2 <= y <= one.high + 2 for one in runs.get(gutter, ()))
    if x2 != gutter and not crowded and (band, lane + side) not in placed.taken:
        return
    left, right = track_room(tracks.counts.get(gutter, 0), gutter, len(rooms))
    needed = word_room(word) + max(0.0, (left if side > 0 else right) - 10)
    if side > 0:
        rooms[lane].right = max(rooms[lane].right, needed)
    else:
        rooms[lane].left = max(rooms[lane].left, needed)
