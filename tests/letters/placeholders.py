"""The pictures a template holds open: a grey shield for the logo, a square for the QR code.

Each stands in a paragraph of its own or with its own sentence, so that nothing is left of it where
an office gives no picture. The alt text says which one it is.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm
from docx.text.paragraph import Paragraph

from backoffice.letters.pictures import LOGO, QR

QR_SIZE = Mm(16)
LOGO_WIDTH, LOGO_HEIGHT, LOGO_TOP = Mm(16), Mm(20), Mm(11.5)
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
ANCHOR = """
<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/></wp:anchor>"""


def logo(paragraph: Paragraph) -> None:
    """The logo at the left of the kop, floating, so that the lines beside it stay in the middle."""
    inline = _inline(paragraph, SHIELD, LOGO_WIDTH, LOGO_HEIGHT, LOGO)
    xml = ANCHOR.format(top=Emu(LOGO_TOP), width=Emu(LOGO_WIDTH), height=Emu(LOGO_HEIGHT))
    anchor = parse_xml("".join(xml.splitlines()))
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(name)))
    inline.getparent().replace(inline, anchor)


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
