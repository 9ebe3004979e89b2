"""Paragraphs, cells and rows of a Word table, element by element: exact widths and heights.

Source: ECMA-376, part 1, 17.4 (tables); the order of the elements is that of its schema. Lengths
are CSS pixels on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from backoffice.letters.cleaning import clean

TWIPS = 15  # of a CSS pixel
EMU = 9525
SHADE = "EDF0F3"


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks. `points`: its type; `before`: white above it, in points.

    `beside`: white left and right of it. It is the paragraph that keeps off the border, since not
    every program lets a single cell have less room than its table.
    """

    points: float
    bold: bool = False
    align: str = "left"
    before: float = 0
    beside: float = 0
    hanging: float = 0
    new_page: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A cell. `merge`: "restart" or "continue" where cells below each other are one."""

    width: float
    span: int = 1
    merge: str = ""
    shaded: bool = False
    top: bool = False


def node(tag: str, *children: Any, **values: str | float) -> Any:
    """An element with attributes of its own namespace, rounded where they are numbers."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        text = value if isinstance(value, str) else str(round(value))
        made.set(qn(f"w:{key}"), text)
    made.extend(children)
    return made


def paragraph(text: str, look: Look) -> Any:
    """One paragraph; a line break of the text stays one."""
    lines = clean(text).split("\n")
    runs = [_run(line, look, broken=number > 0) for number, line in enumerate(lines)]
    return node("p", _shape(look), *(runs if text else ()))


def drawn(drawing: Any) -> Any:
    """A paragraph that holds a picture and is no higher than it."""
    spacing = node("spacing", before=0, after=0, line=240, lineRule="auto")
    small = node("rPr", node("sz", val=2))
    return node("p", node("pPr", spacing, small), node("r", drawing))


def cell(frame: Frame, paragraphs: Iterable[Any]) -> Any:
    """A cell with its paragraphs."""
    shape = node("tcPr", node("tcW", w=frame.width * TWIPS, type="dxa"))
    if frame.span > 1:
        shape.append(node("gridSpan", val=frame.span))
    if frame.merge:
        shape.append(node("vMerge", val=frame.merge))
    if frame.shaded:
        shape.append(node("shd", val="clear", color="auto", fill=SHADE))
    shape.append(node("vAlign", val="top" if frame.top else "center"))
    return node("tc", shape, *paragraphs)


def row(cells: Iterable[Any], height: float = 0, *, head: bool = False, whole: bool = True) -> Any:
    """A row at least so high. `whole`: never torn over two pages; `head`: repeated on each."""
    shape = node("trPr")
    if whole:
        shape.append(node("cantSplit"))
    if height:
        shape.append(node("trHeight", val=height * TWIPS, hRule="atLeast"))
    if head:
        shape.append(node("tblHeader"))
    return node("tr", shape, *cells)


def table(widths: Sequence[float], rows: Iterable[Any], title: str, above: float) -> Any:
    """A ruled table of exactly these columns, in the middle of the page."""
    sides = (("top", above), ("left", 0), ("bottom", above), ("right", 0))
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    shape = node(
        "tblPr",
        node("tblW", w=sum(widths) * TWIPS, type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *(node(one, val="single", sz=4, color="18212B") for one in edges)),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *(node(side, w=wide * TWIPS, type="dxa") for side, wide in sides)),
        node("tblCaption", val=clean(title)),
    )
    grid = node("tblGrid", *(node("gridCol", w=one * TWIPS) for one in widths))
    return node("tbl", shape, grid, *rows)


def _run(text: str, look: Look, *, broken: bool) -> Any:
    shape = node("rPr")
    if look.bold:
        shape.append(node("b"))
    shape.append(node("sz", val=look.points * 2))
    words = node("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return node("r", shape, *((node("br"),) if broken else ()), words)


def _shape(look: Look) -> Any:
    shape = node("pPr")
    if look.keep:
        shape.append(node("keepNext"))
    if look.new_page:
        shape.append(node("pageBreakBefore"))
    line = look.points * 20 * 1.22
    if look.hanging:
        stop = (look.beside + look.hanging) * TWIPS
        shape.append(node("tabs", node("tab", val="left", pos=stop)))
    shape.append(node("spacing", before=look.before * 20, after=0, line=line, lineRule="exact"))
    left, right = (look.beside + look.hanging) * TWIPS, look.beside * TWIPS
    shape.append(node("ind", left=left, right=right, hanging=look.hanging * TWIPS))
    shape.append(node("jc", val=look.align))
    shape.append(node("rPr", node("sz", val=look.points * 2)))
    return shape
