"""A book of letters on paper: the kop, the title, and the official columns on F4 lying.

The rows are written element by element: a year of letters would take python-docx minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx.oxml.ns import qn

from backoffice.figures.paper import LYING, Paper
from backoffice.letters.cleaning import clean
from backoffice.letters.kop import logo_of
from backoffice.letters.values import letterhead
from backoffice.printing.ooxml import Frame, Look, cell, paragraph, row, table
from backoffice.printing.size import PX
from models import Office

PAD = 4.0  # CSS pixels beside and above the words of a cell
HEAD = Look(9, bold=True, align="center", beside=PAD)
PLACE = Look(8, align="center", beside=PAD)
WORDS = Look(9, beside=PAD)
CENTRED = Look(9, align="center", beside=PAD)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the book; `share` of the width of the page."""

    title: str
    share: float
    centred: bool = False


def book(
    office: Office,
    titles: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    foot: str,
    empty: str,
    now: datetime,
) -> bytes:
    """The bytes of the .docx file. `foot`: who printed it; `empty`: what stands for no row."""
    made = Paper(" ".join(titles), now, lying=True)
    made.letterhead(letterhead(office), logo_of(office))
    made.title(*titles)
    unit = LYING * PX / sum(one.share for one in columns)
    widths = [one.share * unit for one in columns]
    lines = [*_heads(columns, widths), *_lines(columns, widths, rows)]
    if len(lines) == 2:
        nothing = cell(Frame(sum(widths), len(columns)), [paragraph(empty, CENTRED)])
        lines.append(row([nothing]))
    body = made.file.element.body
    body.insert(len(body) - 1, table(widths, lines, " ".join(titles), PAD / 2))
    made.line(foot, size=8.5, before=6)
    return made.saved()


def _lines(
    columns: Sequence[Column], widths: Sequence[float], rows: Iterable[Sequence[str]]
) -> Iterator[Any]:
    """One row is put together, the others are copies of it: six times as fast."""
    like = row(
        cell(Frame(width, top=True), [paragraph("-", CENTRED if one.centred else WORDS)])
        for one, width in zip(columns, widths, strict=True)
    )
    for texts in rows:
        made = deepcopy(like)
        for place, text in zip(made.iter(qn("w:t")), texts, strict=True):
            place.text = " ".join(clean(text).split())
        yield made


def _heads(columns: Sequence[Column], widths: Sequence[float]) -> list[Any]:
    """The titles and the numbers of the columns, on every page."""
    titles = [
        cell(Frame(width, shaded=True), [paragraph(one.title, HEAD)])
        for one, width in zip(columns, widths, strict=True)
    ]
    places = [
        cell(Frame(width), [paragraph(str(place), PLACE)]) for place, width in enumerate(widths, 1)
    ]
    return [row(titles, head=True), row(places, head=True)]
