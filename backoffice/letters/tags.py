"""The tag language of letter templates: what a secretary types, and how it is read again.

`{{nomor_surat}}` is a field, `{{penerima.nama}}` a column of a list whose row (or paragraph)
repeats, `{{?catatan}}` lets its paragraph go when the field is empty. There is nothing else: no
expression, no loop, so a template can never be a program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, T, R, TR, TC, TBL = W + "p", W + "t", W + "r", W + "tr", W + "tc", W + "tbl"
TEXT_BOX = W + "txbxContent"
GONE = frozenset({W + "del", W + "moveFrom"})  # tracked deletions are no longer text
BREAKS = frozenset({W + "tab", W + "br", W + "cr", W + "ptab"})
BREAK = "\n"  # stands in the sentence where a tab or line break does; no tag may run over it

TAG = re.compile(r"\{\{([^{}\n]*)\}\}")
NAME = re.compile(r"(\??)([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?")
AROUND = re.compile(r"\s*([?.])\s*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag where it stands in the sentence; `column` for a list, `optional` for `{{?x}}`."""

    name: str
    column: str | None
    optional: bool
    start: int
    end: int

    def __str__(self) -> str:
        column = f".{self.column}" if self.column else ""
        return "{{" + ("?" if self.optional else "") + self.name + column + "}}"


@dataclass(frozen=True, slots=True)
class BadTag:
    """Braces that are no tag: `text` as typed, or the brace that has no partner."""

    text: str
    orphan: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text of one paragraph, its w:t with the place each begins, and the tags in it."""

    text: str
    pieces: tuple[tuple[etree._Element, int], ...]
    tags: tuple[Tag, ...]
    bad: tuple[BadTag, ...]

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists whose columns stand in this paragraph."""
        return tuple(dict.fromkeys(tag.name for tag in self.tags if tag.column))


def read_sentence(paragraph: etree._Element) -> Sentence:
    """The paragraph as one text, however Word has cut it, with every tag and every fault."""
    pieces: list[tuple[etree._Element, int]] = []
    texts: list[str] = []
    length = 0
    for node in own_nodes(paragraph):
        text = (node.text or "") if node.tag == T else BREAK
        if node.tag == T:
            pieces.append((node, length))
            # A w:t with a line feed in it shows a blank; the feed must not end a tag here.
            text = text.replace("\n", " ")
        texts.append(text)
        length += len(text)
    whole = "".join(texts)
    tags, bad = _read_tags(whole)
    return Sentence(whole, tuple(pieces), tags, bad)


def own_nodes(paragraph: etree._Element) -> list[etree._Element]:
    """Texts and breaks of the paragraph itself, in order; not of text boxes anchored in it."""
    found: list[etree._Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == P or node.tag in GONE:
            continue
        if node.tag == T or (node.tag in BREAKS and node.getparent().tag == R):
            found.append(node)
        else:
            waiting.extend(reversed(node))
    return found


def _read_tags(text: str) -> tuple[tuple[Tag, ...], tuple[BadTag, ...]]:
    tags: list[Tag] = []
    bad: list[BadTag] = []
    for found in TAG.finditer(text):
        # Word's automatic correction capitalises a name that begins a sentence.
        name = NAME.fullmatch(AROUND.sub(r"\1", found[1].strip()).lower())
        if name is None:
            bad.append(BadTag(found[0], orphan=False))
        else:
            tags.append(Tag(name[2], name[3], bool(name[1]), found.start(), found.end()))
    rest = TAG.sub("", text)
    bad.extend(BadTag(brace, orphan=True) for brace in ("{{", "}}") if brace in rest)
    return tuple(tags), tuple(bad)


def container(paragraph: etree._Element) -> etree._Element:
    """What repeats with a list: the table row around the paragraph, or else the paragraph."""
    for parent in paragraph.iterancestors(TR, TEXT_BOX):
        return parent if parent.tag == TR else paragraph
    return paragraph
