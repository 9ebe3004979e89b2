"""What touches the words at the lines, measured on the file that was drawn: nothing here knows
how the words got their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml import etree

from backoffice.drawing import Drawing, block_svg
from backoffice.drawing.fonts import width

SIZE, RISE, FALL = 11.0, 8.0, 2.5  # of the type: above its foot, and below it where letters hang
CLEAR = 1.0  # white around a word; half of a stroke is less
HANGING = set("gjpqy")
PARTS = re.compile(r"([MLHVlhvz])([^MLHVlhvz]*)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Place = tuple[float, float]
Piece = tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the file."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.foot and other.top < self.foot

    def cut_by(self, piece: Piece) -> bool:
        """Whether a straight piece of ink comes into it (clipped side by side)."""
        (x1, y1), (x2, y2) = piece
        enter, leave = 0.0, 1.0
        for start, move, low, high in (
            (x1, x2 - x1, self.left, self.right),
            (y1, y2 - y1, self.top, self.foot),
        ):
            if move == 0:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / move, (high - start) / move))
            enter, leave = max(enter, first), min(leave, last)
        return enter < leave


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the file with the white around it."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Ink:
    """All that is drawn: words; lines, arrow heads and symbols in straight pieces; rules."""

    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]
    filled: tuple[Box, ...]
    rules: tuple[Piece, ...]


def ink_of(drawing: Drawing) -> Ink:
    """The file of the lanes, with rows just as high as they must be: nothing is nearer."""
    heights = [one.height for one in drawing.rows]
    root = etree.fromstring(block_svg(drawing, heights))
    words: list[Word] = []
    pieces: list[Piece] = []
    filled: list[Box] = []
    for group in root.iter("{*}g"):
        top = float(str(group.get("transform")).removeprefix("translate(0 ").removesuffix(")"))
        words += [_word(one, top) for one in group.iter("{*}text") if one.get("paint-order")]
        for one in group.iter("{*}path"):
            if one.get("stroke") != "#ffffff":  # the white where a line crosses another
                pieces += _pieces(str(one.get("d")), top)
        filled += [_rect(one, top) for one in group.iter("{*}rect")]
    return Ink(tuple(words), tuple(pieces), tuple(filled), tuple(_rules(drawing, heights)))


def touched(drawing: Drawing) -> list[str]:
    """Words that touch another word, a line, an arrow head or a symbol."""
    ink = ink_of(drawing)
    found = []
    for index, word in enumerate(ink.words):
        others = [one for i, one in enumerate(ink.words) if i != index]
        found += [f"{word.text} on {one.text}" for one in others if word.box.meets(one.box)]
        found += [f"{word.text} on {one}" for one in ink.pieces if word.box.cut_by(one)]
        found += [f"{word.text} on {one}" for one in ink.filled if word.box.meets(one)]
    return found


def on_rules(drawing: Drawing) -> list[str]:
    """Words that lie on the rule between two rows."""
    ink = ink_of(drawing)
    return [one.text for one in ink.words for rule in ink.rules if one.box.cut_by(rule)]


def _rules(drawing: Drawing, heights: list[float]) -> Iterator[Piece]:
    for top in (0.0, *accumulate(heights)):
        yield (0.0, top), (drawing.width, top)


def _word(one: etree._Element, top: float) -> Word:
    text = str(one.text)
    wide, x = width(text, SIZE, bold=True), float(str(one.get("x")))
    left = x - wide if one.get("text-anchor") == "end" else x
    foot = top + float(str(one.get("y")))
    hanging = FALL if HANGING & set(text) else 0.0
    box = Box(left - CLEAR, foot - RISE - CLEAR, left + wide + CLEAR, foot + hanging + CLEAR)
    return Word(text, box)


def _rect(one: etree._Element, top: float) -> Box:
    x, y, wide, high = (float(str(one.get(key))) for key in ("x", "y", "width", "height"))
    return Box(x, top + y, x + wide, top + y + high)


def _pieces(data: str, top: float) -> Iterator[Piece]:
    """The straight pieces of a path."""
    for shape in data.split("M")[1:]:
        points = list(_points("M" + shape))
        yield from (((x1, top + y1), (x2, top + y2)) for (x1, y1), (x2, y2) in pairwise(points))


def _points(data: str) -> Iterator[Place]:
    """The corners of a path."""
    x = y = 0.0
    begun = (x, y)
    for letter, rest in PARTS.findall(data):
        numbers = [float(one) for one in NUMBER.findall(rest)]
        from_x, from_y = (x, y) if letter.islower() else (0.0, 0.0)
        match letter.upper():
            case "Z":
                x, y = begun
            case "H":
                x = from_x + numbers[0]
            case "V":
                y = from_y + numbers[0]
            case _:
                x, y = from_x + numbers[0], from_y + numbers[1]
        if letter == "M":
            begun = x, y
        yield x, y
