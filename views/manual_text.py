"""`docs/panduan.md` as pages: one part for each job, in the few forms that the text uses.

A part begins with `## `; in it stand paragraphs, `1. ` and `- ` lists, tables of two columns and
pictures; in a line **bold**, *words of the screen* and `code`. Anything else stays as typed. One
text serves whoever reads the folder and whoever presses Bantuan (docs/decisions/0030).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from markupsafe import Markup, escape

FOLDER = Path(__file__).parents[1] / "docs"
TEXT = FOLDER / "panduan.md"
PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([\w-]+\.png)\)")
INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
    (re.compile(r"`(.+?)`"), r"<code>\1</code>"),
)
NUMBER = re.compile(r"\d+\. ")
RULE = re.compile(r"\|[-| ]+\|")


@dataclass(frozen=True)
class Part:
    """A part of the manual: its name in addresses, its heading, its text."""

    key: str
    title: str
    lines: tuple[str, ...]

    @property
    def lead(self) -> Markup:
        """The first paragraph: what this person does."""
        return said(" ".join(next(_blocks(self.lines))))

    @property
    def body(self) -> Markup:
        """All that follows it."""
        blocks = list(_blocks(self.lines))[1:]
        return Markup("\n").join(made(one) for one in blocks)


@cache
def parts() -> dict[str, Part]:
    """The parts by name, in the order of the text; read once, like the templates."""
    _before, *texts = re.split(r"^## ", TEXT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    found = [_part(*text.split("\n")) for text in texts]
    return {one.key: one for one in found}


def _part(title: str, *lines: str) -> Part:
    key = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
    return Part(key, title, lines)


@cache
def pictures() -> frozenset[str]:
    """The files that the manual shows."""
    return frozenset(name for _alt, name in PICTURE.findall(TEXT.read_text(encoding="utf-8")))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    for filled, some in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield list(some)


def said(text: str) -> Markup:
    """A line with its bold, its words of the screen and its code."""
    html = str(escape(text))
    for pattern, form in INLINE:
        html = pattern.sub(form, html)
    return Markup(html)  # noqa: S704  escaped above


def made(block: Sequence[str]) -> Markup:
    """A block of lines as what it is."""
    first = block[0]
    picture = PICTURE.fullmatch(first)
    if picture is not None:
        return _figure(*picture.groups())
    if first.startswith("|"):
        return _table(block)
    if first.startswith("- "):
        return _list(block, "ul", "dots", lambda line: line[2:])
    if NUMBER.match(first):
        return _list(block, "ol", "steps", lambda line: NUMBER.sub("", line, count=1))
    return Markup("<p>{}</p>").format(said(" ".join(block)))


def _list(lines: Sequence[str], tag: str, kind: str, text: Callable[[str], str]) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(said(text(one))) for one in lines)
    return Markup('<{} class="{}">{}</{}>').format(Markup(tag), kind, items, Markup(tag))  # noqa: S704


def _table(lines: Sequence[str]) -> Markup:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    filled = [row for row, line in zip(rows, lines, strict=True) if not RULE.fullmatch(line)]
    pair = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    pairs = (pair.format(said(row[0]), said(row[1])) for row in filled[1:])
    return Markup('<dl class="sum">{}</dl>').format(Markup("").join(pairs))


def _figure(alt: str, name: str) -> Markup:
    slim = " slim" if name.endswith("-390.png") else ""
    return Markup(
        '<figure class="shot{}"><img src="/bantuan/gambar/{}" alt="{}" loading="lazy">'
        "<figcaption>{}</figcaption></figure>"
    ).format(slim, name, alt, alt)
