"""The pictures a template holds open: a grey shield for the logo, a square for the QR code.

Each stands in a paragraph of its own or with its own sentence, so that nothing is left of it where
an office gives no picture. The alt text says which one it is.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph

from backoffice.letters.pictures import LOGO, QR

QR_SIZE = Mm(16)
LOGO_WIDTH, LOGO_HEIGHT = Mm(16), Mm(20)
SHIELD = (
    "##########",
    "#........#",
    "#........#",
    "#........#",
    "#........#",
    "#........#",
    "#........#",
    ".#......#.",
    "..#....#..",
    "...#..#...",
    "....##....",
    "..........",
)
EYE = ("#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######")


def logo(paragraph: Paragraph) -> None:
    """The logo in the kop, in the frame into which every logo is fitted."""
    _inline(paragraph, SHIELD, LOGO_WIDTH, LOGO_HEIGHT, LOGO)


def code(paragraph: Paragraph) -> None:
    """The QR code in the line of its sentence."""
    gap = ("." * 7,) * 7
    rows = [a + "." * 7 + b for a, b in zip(EYE, EYE, strict=True)]
    rows += [a + "#.#.#.#" + a for a in gap]
    rows += [a + "." * 14 for a in EYE]
    _inline(paragraph, tuple(rows), QR_SIZE, QR_SIZE, QR)


def _inline(
    paragraph: Paragraph, rows: tuple[str, ...], width: Length, height: Length, name: str
) -> Any:
    shape = paragraph.add_run().add_picture(BytesIO(png(rows)), width, height)
    for side in "TBLR":
        shape._inline.set(f"dist{side}", "0")  # else other programs leave room at its sides
    properties = shape._inline.docPr
    properties.set("id", str(1 + (LOGO, QR).index(name)))  # they stand in two parts of one file
    properties.set("name", name)
    properties.set("descr", name)
    return shape._inline


def png(rows: tuple[str, ...]) -> bytes:
    """A picture of one bit a point, some hundred bytes long; `#` is black."""
    width = len(rows[0])
    lines = b"".join(b"\0" + _bits(row, width) for row in rows)
    size = struct.pack(">IIBBBBB", width, len(rows), 1, 0, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _bits(row: str, width: int) -> bytes:
    bits = "".join("0" if one == "#" else "1" for one in row).ljust(-(-width // 8) * 8, "1")
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
