"""From the XML of a template to its programs.

What the tags ask for is marked in the tree by processing instructions of our own; the tree is
written out once, cut at the marks, and put together as nested pieces.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from docx.document import Document as WordFile
from lxml import etree

from .compile import Region
from .pictures import DRAWING, Placeholder
from .program import (
    OTHER,
    PARAGRAPH,
    TABLE,
    Block,
    Box,
    Drawing,
    Flow,
    Line,
    Piece,
    Repeat,
    Slot,
    Solid,
    TableRow,
)
from .stories import Story, part_of, place_of, stories
from .tags import TBL, TR, P, Sentence, W
from .wishes import Blocks, Wishes, wishes_of

SDT = W + "sdt"
KINDS = {P: PARAGRAPH, TBL: TABLE, SDT: OTHER}
PROPERTIES = W + "pPr"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARKERS = tuple(W + name for name in ("bookmarkStart", "bookmarkEnd"))
PARAGRAPH_IDS = tuple(
    "{http://schemas.microsoft.com/office/word/2010/wordml}" + name for name in ("paraId", "textId")
)
HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
MARK = "paraf"
Words = Iterator[tuple[str, str, int]]  # kind of a mark or "text", the text, its number
NONE = (None, None)
CUT = re.compile(rf"<\?{MARK} (\w+)(?: (\d+))?\?>")


def programs(
    document: WordFile, regions: Sequence[Region], pictures: Sequence[Placeholder]
) -> tuple[dict[str, Flow], int]:
    """Part name -> program of every story, and the number of its last picture that stands."""
    found: dict[str, Flow] = {}
    number = 0
    for story in stories(document):
        own = [one for one in regions if one.story.element is story.element]
        placed = [one for one in pictures if one.story.element is story.element]
        maker = Maker(story, own, placed)
        number = maker.mark(number)
        found[part_of(document, story)] = maker.flow()
    return found, number


class Maker:
    """Marks the tree of one story and cuts it."""

    def __init__(
        self, story: Story, regions: Sequence[Region], pictures: Sequence[Placeholder]
    ) -> None:
        self.story, self.regions, self.pictures = story, regions, pictures
        self.slots: list[Slot] = []
        self.blocks: list[Wishes] = []
        self.lists: list[str] = []
        self.lines: list[TableRow] = []

    def mark(self, number: int) -> int:
        """Put the marks into the tree; the number of the last picture that stands."""
        wishes, lines = wishes_of(self.story, self.regions, self.pictures)
        number = self._count_drawings(number)
        self._forget_identities()
        for region in self.regions:
            for paragraph, text in region.sentences:
                self._mark_texts(paragraph, text)
        for parent in dict.fromkeys(one.getparent() for one in wishes):
            self._mark_box(parent, wishes)
        for region in self.regions:
            if region.list is not None and region.element.tag == TR:
                self.lists.append(region.list)
                _around(region.element, "rows", len(self.lists) - 1)
        for row, rule in lines.items():
            self.lines.append(rule)
            _around(row, "line", len(self.lines) - 1)
        return number

    def _mark_box(self, parent: etree._Element, wishes: Blocks) -> None:
        """Mark every block of a cell, a body, a text box, and where it begins and ends."""
        blocks = [one for one in parent if one.tag in KINDS]
        for block in blocks:
            self.blocks.append(wishes.get(block, Wishes()))
            _around(block, f"block_{KINDS[block.tag]}", len(self.blocks) - 1)
            if block in wishes and block.tag == P:
                properties = block.find(PROPERTIES)
                at = 0 if properties is None else list(block).index(properties) + 1
                block.insert(at, _sign("rest"))
                block.append(_sign("over"))
        parent.insert(0, _sign("box"))
        parent.append(_sign("end"))

    # -- texts, numbers, identities ----------------------------------------------------------

    def _mark_texts(self, paragraph: etree._Element, text: Sentence) -> None:
        """Where a tag begins stands its slot; what Word has cut off of it goes."""
        place = place_of(paragraph, self.story)
        sentence = " ".join(text.text.split())
        for node, start in text.pieces:
            own, at = node.text or "", 0
            inside = [tag for tag in text.tags if tag.start < start + len(own) and tag.end > start]
            if not inside:
                continue
            signs: list[etree._Element] = []
            node.text = ""
            for tag in inside:
                words = own[at : max(tag.start - start, 0)]
                _append(node, signs, words)
                if tag.start >= start and not tag.optional:
                    prefix = str(node.prefix)
                    slot = Slot(tag.name, tag.column, prefix, str(tag), place, sentence)
                    self.slots.append(slot)
                    signs.append(_sign("slot", len(self.slots) - 1))
                    node.append(signs[-1])
                at = min(tag.end - start, len(own))
            _append(node, signs, own[at:])
            node.set(SPACE, "preserve")

    def _repeating(self) -> Iterator[etree._Element]:
        return (one.element for one in self.regions if one.list is not None)

    def _forget_identities(self) -> None:
        """What repeats has no bookmarks and no paragraph identities: no two may be the same."""
        gone: set[str | None] = set()
        for element in self._repeating():
            gone.update(one.get(W + "id") for one in element.iter(*MARKERS))
            for paragraph in element.iter(P):
                for name in PARAGRAPH_IDS:
                    paragraph.attrib.pop(name, None)
        for marker in list(self.story.element.iter(*MARKERS)):
            if marker.get(W + "id") in gone:
                marker.getparent().remove(marker)

    def _count_drawings(self, number: int) -> int:
        """Number the pictures that stand; those in what repeats get theirs in each letter."""
        within = {one for element in self._repeating() for one in element.iter(DRAWING)}
        for drawing in self.story.element.iter(DRAWING):
            if drawing in within:
                drawing.set("id", f"{MARK}:drawing")
            else:
                number += 1
                drawing.set("id", str(number))
        return number

    # -- cutting -----------------------------------------------------------------------------

    def flow(self) -> Flow:
        """The tree written out and cut at its marks."""
        text = HEAD + etree.tostring(self.story.element, encoding="unicode")
        words = iter(_words(text))
        return self._until(words, ())

    def _until(self, words: Words, ends: Collection[str]) -> Flow:
        """The pieces up to one of these marks."""
        found: list[Piece] = []
        for kind, literal, n in words:
            if kind in ends:
                break
            if kind == "text":
                found += _with_drawings(literal)
            elif kind == "slot":
                found.append(self.slots[n])
            elif kind == "rows":
                found.append(Repeat(self.lists[n], self._until(words, ("end",))))
            elif kind == "line":
                found.append(Line(self._until(words, ("end",)), self.lines[n]))
            elif kind == "box":
                found.append(self._box(words))
        return _joined(found)

    def _box(self, words: Words) -> Box:
        """The blocks up to the end of what holds them; those that stand side by side are one."""
        found: list[Solid | Block] = []
        solid: list[Piece] = []
        kinds: list[str] = []

        def close() -> None:
            if solid:
                found.append(Solid(_joined(solid), *((kinds[0], kinds[-1]) if kinds else NONE)))
            solid.clear()
            kinds.clear()

        for kind, literal, n in words:
            if kind == "end":
                break
            if kind == "text":
                solid += _with_drawings(literal)
                continue
            name, wish = kind.removeprefix("block_"), self.blocks[n]
            if wish == Wishes():
                solid += self._until(words, ("end",))
                kinds.append(name)
            else:
                close()
                found.append(self._block(name, wish, words))
        close()
        return Box(tuple(found))

    def _block(self, kind: str, wish: Wishes, words: Words) -> Block:
        """A block that may go; of a paragraph what is left where it must stay."""
        given = (wish.gap, wish.repeats, wish.rows, wish.stays)
        if kind != PARAGRAPH:
            return Block(kind, self._until(words, ("end",)), *given)
        head, rest, tail = (self._until(words, (one,)) for one in ("rest", "over", "end"))
        left = "".join(map(str, (*head, *tail)))
        return Block(kind, _joined((*head, *rest, *tail)), *given, left)


def _sign(kind: str, n: int | None = None) -> etree._Element:
    return etree.ProcessingInstruction(MARK, kind if n is None else f"{kind} {n}")


def _around(element: etree._Element, kind: str, n: int) -> None:
    element.addprevious(_sign(kind, n))
    element.addnext(_sign("end"))


def _append(node: etree._Element, signs: list[etree._Element], words: str) -> None:
    """Words behind the last sign of a text, or at its beginning."""
    if signs:
        signs[-1].tail = (signs[-1].tail or "") + words
    else:
        node.text = (node.text or "") + words


def _words(text: str) -> Words:
    """Texts and marks, one after the other."""
    at = 0
    for found in CUT.finditer(text):
        if found.start() > at:
            yield "text", text[at : found.start()], 0
        yield found[1], "", int(found[2] or 0)
        at = found.end()
    yield "text", text[at:], 0


def _with_drawings(text: str) -> Iterable[Piece]:
    """The text; where a picture must be numbered anew in each letter, a piece for it."""
    first, *rest = text.split(f"{MARK}:drawing")
    yield first
    for one in rest:
        yield Drawing()
        yield one


def _joined(pieces: Iterable[Piece]) -> Flow:
    """Texts side by side are one."""
    found: list[Piece] = []
    for one in pieces:
        if isinstance(one, str) and found and isinstance(found[-1], str):
            found[-1] += one
        elif one != "":
            found.append(one)
    return tuple(found)
