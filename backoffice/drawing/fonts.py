"""How wide a text is, without a browser: the widths of Helvetica, which Arial and Liberation share.

Source: the Adobe font metrics of Helvetica and Helvetica-Bold (units of a thousandth of the size).
Other letters than those of ASCII count as wide as an n.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

FIRST = 32
REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
BREAKS_AFTER = "/-"


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of one line in pixels."""
    table = BOLD if bold else REGULAR
    last = FIRST + len(table)
    units = sum(table[ord(c) - FIRST] if FIRST <= ord(c) < last else 556 for c in text)
    return units * size / 1000


@lru_cache(maxsize=4096)
def wrap(text: str, most: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text, each at most so wide; a longer word is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for glue, piece in _pieces(paragraph, most, size, bold):
            longer = f"{line}{glue}{piece}" if line else piece
            if line and width(longer, size, bold) > most:
                lines.append(line)
                line = piece
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def _pieces(text: str, most: float, size: float, bold: bool) -> Iterator[tuple[str, str]]:
    """What is never broken further, with what joins it to the piece before: a blank or nothing.

    A word wider than a line is broken after its strokes, and where that is not enough anywhere.
    """
    for word in text.split():
        glue, piece = " ", ""
        for letter in word:
            if piece and (
                width(piece + letter, size, bold) > most
                or (piece[-1] in BREAKS_AFTER and width(word, size, bold) > most)
            ):
                yield glue, piece
                glue, piece = "", ""
            piece += letter
        yield glue, piece


def longest_word(text: str, size: float, bold: bool = False) -> float:
    """The width of the widest part that a browser does not break."""
    for mark in BREAKS_AFTER:
        text = text.replace(mark, f"{mark} ")
    return max((width(one, size, bold) for one in text.split()), default=0.0)
