"""How big symbols are, how wide lanes are, and where the tracks lie in them (CSS pixels)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backoffice.drawing.chart import Chart, Shape
from backoffice.drawing.fonts import longest_word, width

HEADING, WORD = 12.0, 11.0  # sizes of the type of lane headings and of the words at lines
HEADING_ROOM = 12.0  # left and right of a heading together
FIRST_TRACK, NEXT_TRACK, BESIDE_TRACK = 6.0, 8.0, 13.0
WORD_GAP = 4.0
MANY_LANES = 7
HEAD_LONG, HEAD_HALF = 8.0, 4.0  # of an arrow head
TEAM_APART = 3.0  # from the middle of a double line


@dataclass(frozen=True, slots=True)
class Sizes:
    """Half widths and half heights of the symbols; ports and channels from the middle."""

    halves: tuple[tuple[Shape, tuple[float, float]], ...]
    port: float
    channel: float
    margin: float
    number: float
    capsule: float

    def half(self, shape: Shape) -> tuple[float, float]:
        """Half the width and half the height of a symbol."""
        return dict(self.halves)[shape]


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of Pelaksana: `x` its left border, `middle` where its symbols stand."""

    key: str
    title: str
    x: float
    width: float
    middle: float


@dataclass(slots=True)
class Room:
    """What a lane needs beside its symbol."""

    left: float
    right: float


def _sizes(halves: dict[Shape, tuple[float, float]], *rest: float) -> Sizes:
    return Sizes(tuple(halves.items()), *rest)


WIDE = _sizes(
    {
        Shape.START: (29.0, 15.0),
        Shape.END: (29.0, 15.0),
        Shape.BOX: (29.0, 15.0),
        Shape.DECISION: (33.0, 22.0),
        Shape.OTHER: (15.0, 14.0),
    },
    *(8.0, 34.0, 11.0, 13.0, 12.0),
)
NARROW = _sizes(
    {
        Shape.START: (24.0, 12.0),
        Shape.END: (24.0, 12.0),
        Shape.BOX: (19.0, 12.0),
        Shape.DECISION: (23.0, 19.0),
        Shape.OTHER: (14.0, 12.0),
    },
    *(7.0, 30.0, 9.0, 12.0, 10.5),
)


def sizes_for(lanes: int) -> Sizes:
    """From seven lanes on symbols are smaller."""
    return NARROW if lanes >= MANY_LANES else WIDE


def word_room(word: str) -> float:
    """How far a word reaches from its symbol."""
    return width(word, WORD, bold=True) + 2 * WORD_GAP


def track_places(count: int, gutter: int, lanes: int) -> tuple[float, ...]:
    """Where the tracks of a gutter lie, from the border of the lanes it is between."""
    if gutter == 0:
        return tuple(FIRST_TRACK + NEXT_TRACK * one for one in range(count))
    left = count if gutter == 2 * lanes else (count + 1) // 2
    before = [-(FIRST_TRACK + NEXT_TRACK * one) for one in reversed(range(left))]
    return (*before, *(FIRST_TRACK + NEXT_TRACK * one for one in range(count - left)))


def track_room(count: int, gutter: int, lanes: int) -> tuple[float, float]:
    """What the tracks take of the lane left of the gutter and of the lane right of it."""
    places = track_places(count, gutter, lanes)
    left = max((-one for one in places if one < 0), default=0.0)
    right = max((one for one in places if one > 0), default=0.0)
    return left and left + BESIDE_TRACK, right and right + BESIDE_TRACK


def lanes_of(chart: Chart, rooms: Sequence[Room], sizes: Sizes) -> tuple[Lane, ...]:
    """The columns: as wide as symbol, tracks and words need, and the longest word above."""
    found, x = [], 0.0
    shapes = {(lane, node.shape) for node in chart.nodes for lane in node.lanes}
    for index, (key, title) in enumerate(chart.lanes):
        half = max((sizes.half(shape)[0] for lane, shape in shapes if lane == index), default=0.0)
        room = rooms[index]
        needed = room.left + 2 * half + room.right
        wide = float(round(max(needed, longest_word(title, HEADING, bold=True) + HEADING_ROOM)))
        spare = (wide - needed) / 2
        found.append(Lane(key, title, x, wide, round(x + spare + room.left + half)))
        x += wide
    return tuple(found)
