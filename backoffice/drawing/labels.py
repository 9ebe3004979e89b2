"""Where the words at the lines stand: near the symbol they leave, and touching nothing.

Each word has places along the first stretches of its line, the nearest first. It takes the best
one given the others, and all look again while anything gets better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backoffice.drawing.figure import Band, Joint, Label, Line, Spot, Symbol
from backoffice.drawing.fonts import width
from backoffice.drawing.ink import Box, Ink, inks_of
from backoffice.drawing.measures import WORD, Lane

RISE, FALL = 8.0, 2.5  # of the type of a word: above its foot, and below it where letters hang
HANGING = frozenset("gjpqy")
WIDER = 1.05  # a screen's own font is a little wider than the one that is measured
CLEAR, NEAR = 1.5, 3.0  # white around a word; closer to another's line it may be taken for its word
ABOVE, BELOW = 4.0, 11.0  # from a level line to the foot of its word
BEGIN, ASIDE = 2.0, 5.0  # from the symbol along the line; from an upright line to its word
FALLING, RISING = 9.0, 2.0  # from the tip of a symbol to the foot of a word below it, above it
PACE, FARTHEST = 4.0, 120.0
ROUNDS = 4
TOUCHES, LEAVES, BORDER, CLOSE = 1000.0, 300.0, 4.0, 2.0
PER_PIXEL, OTHER_SIDE, NEXT_STRETCH = 0.3, 3.0, 12.0


class _Word:
    """A word that looks for its place in a band; a place is only measured when it is looked at."""

    def __init__(self, index: int, line: Line, ink: Ink, lanes: Sequence[Lane]) -> None:
        self.index, self.ink, self.lanes = index, ink, lanes
        self.word = line.word
        self.places = sorted(_places(line), key=lambda one: one[1])
        self.label, self.price = self.places[0]
        self.box = _box(self.label, self.word)
        self._known: dict[Label, tuple[Box, float]] = {}

    def settle(self, others: Sequence[Box]) -> bool:
        """Take the cheapest place beside the other words; whether that is a new one."""
        before, least = self.label, float("inf")
        for label, price in self.places:
            if price >= least:
                break
            box, alone = self._alone(label, price)
            cost = alone + TOUCHES * sum(one.meets(box) for one in others)
            if cost < least:
                self.label, self.box, self.price = label, box, cost
                least = cost
        return self.label != before

    def _alone(self, label: Label, price: float) -> tuple[Box, float]:
        """The room of a word at a place, and what it costs there but for the other words."""
        if label not in self._known:
            box = _box(label, self.word)
            price += TOUCHES * self.ink.touched(box) + BORDER * _borders(box, self.lanes)
            if max(-box.top, box.foot) > self.ink.half:
                price += LEAVES
            around = box.grown(NEAR)
            strokes = (one for line, one in self.ink.strokes if line != self.index)
            price += CLOSE * sum(one.meets(around) for one in strokes)
            self._known[label] = box, price
        return self._known[label]


def labelled(
    lines: Sequence[Line],
    symbols: Sequence[Symbol],
    joints: Sequence[Joint],
    bands: Sequence[Band],
    lanes: Sequence[Lane],
) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """The lines with the places of their words; the lines whose word touches something."""
    inks = inks_of(lines, symbols, joints, bands)
    by_band: dict[int, list[_Word]] = {}
    for index, line in enumerate(lines):
        if line.word:
            band = line.spots[0].band
            by_band.setdefault(band, []).append(_Word(index, line, inks[band], lanes))
    found, tight = list(lines), []
    for words in by_band.values():
        _settle(words)
        for word in words:
            found[word.index] = replace(lines[word.index], label=word.label)
            if word.price >= LEAVES:
                tight.append(word.index)
    return tuple(found), tuple(tight)


def _settle(words: Sequence[_Word]) -> None:
    """Every word of a band takes its place, and looks again while one of them moves."""
    taken: list[_Word] = []
    for word in words:
        word.settle([one.box for one in taken])
        taken.append(word)
    for _ in range(ROUNDS):
        moved = [one.settle([two.box for two in words if two is not one]) for one in words]
        if not any(moved):
            break


def _box(label: Label, word: str) -> Box:
    """The room of a word with the white around it."""
    wide = width(word, WORD, bold=True) * WIDER
    left = label.x - wide if label.leftward else label.x
    foot = label.dy + (FALL if HANGING & set(word) else 0.0)
    return Box(left, label.dy - RISE, left + wide, foot).grown(CLEAR)


def _borders(box: Box, lanes: Sequence[Lane]) -> int:
    """How many borders of columns it lies on; the outer ones count as things it touches."""
    right = lanes[-1].x + lanes[-1].width
    outside = (box.left < 0) + (box.right > right)
    inner = sum(box.left < one.x < box.right for one in lanes[1:])
    return inner + outside * int(TOUCHES / BORDER)


def _places(line: Line) -> Iterator[tuple[Label, float]]:
    """Along the stretch that leaves the symbol, then along the next one in the same band."""
    first, then, *rest = line.spots
    turn = rest[0] if rest else then
    if first.x == then.x:
        yield from _beside(first, then, turn)
    else:
        yield from _along(first, then, BEGIN)
    if rest and then.band == first.band:
        places = _along(then, turn, ASIDE) if then.x != turn.x else _beside(then, turn, first)
        yield from ((label, price + NEXT_STRETCH) for label, price in places)


def _along(first: Spot, then: Spot, begin: float) -> Iterator[tuple[Label, float]]:
    """Above a level stretch, or below it."""
    leftward = then.x < first.x
    for far in _distances(abs(then.x - first.x) - begin):
        x = first.x + (begin + far) * (-1 if leftward else 1)
        yield Label(x, first.dy - ABOVE, leftward), far * PER_PIXEL
        yield Label(x, first.dy + BELOW, leftward), far * PER_PIXEL + OTHER_SIDE


def _beside(first: Spot, then: Spot, turn: Spot) -> Iterator[tuple[Label, float]]:
    """Beside an upright stretch: rather on the side to which the line does not turn."""
    falling = (first.band, first.dy) < (then.band, then.dy)
    long = abs(then.dy - first.dy) if then.band == first.band else FARTHEST
    turns_right = turn.x > first.x
    for far in _distances(min(long, FARTHEST / 2)):
        dy = first.dy + (FALLING + far if falling else -RISING - far)
        price = far * PER_PIXEL
        yield Label(first.x + ASIDE, dy, False), price + OTHER_SIDE * turns_right
        yield Label(first.x - ASIDE, dy, True), price + OTHER_SIDE * (not turns_right)


def _distances(most: float) -> Iterator[float]:
    """How far from its beginning a word may stand: at once, or some paces on."""
    for step in range(int(max(0.0, min(most, FARTHEST)) / PACE) + 1):
        yield step * PACE
