"""What of a template is not in every letter: paragraphs, tables and table rows that may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from .compile import SECTION, Region
from .pictures import Placeholder
from .program import Condition, Gap, TableRow
from .stories import Story
from .tags import TBL, TC, TR, P, W, read_sentence

MERGED = W + "vMerge"
SHOWN = tuple(W + name for name in ("drawing", "pict", "object"))  # beside text


@dataclass(slots=True)
class Wishes:
    """What is known of one block before the tree is written out."""

    drops: tuple[Condition, ...] = ()
    pictures: tuple[str, ...] = ()
    repeats: str | None = None
    rows: tuple[TableRow, ...] = ()
    stays: bool = False

    @property
    def gap(self) -> Gap:
        """What makes it go."""
        return Gap(self.drops, self.pictures)


Blocks = dict[etree._Element, Wishes]
Rows = dict[etree._Element, TableRow]


def wishes_of(
    story: Story, regions: Sequence[Region], pictures: Sequence[Placeholder]
) -> tuple[Blocks, Rows]:
    """The blocks of a story that are not in every letter, and the table rows."""
    found = _paragraphs(regions, pictures)
    lines = _rows(story, regions, found)
    for table in dict.fromkeys(one.getparent() for one in lines):
        rows = table.findall(TR)
        if table.tag == TBL and all(row in lines for row in rows):
            found.setdefault(table, Wishes()).rows = tuple(lines[row] for row in rows)
    for block, wish in found.items():
        wish.stays = block.tag == P and block.find(SECTION) is not None
    return found, {row: rule for row, rule in lines.items() if rule.gaps}


def _paragraphs(regions: Sequence[Region], pictures: Sequence[Placeholder]) -> Blocks:
    """The paragraphs that may go, or that repeat."""
    found: Blocks = {}
    for region in regions:
        for paragraph, text in region.sentences:
            drops = tuple((tag.name, tag.column) for tag in text.tags if tag.optional)
            if drops:
                found.setdefault(paragraph, Wishes()).drops = drops
        if region.list is not None and region.element.tag == P:
            found.setdefault(region.element, Wishes()).repeats = region.list
    for picture in pictures:
        wish = found.setdefault(picture.paragraph, Wishes())
        wish.pictures = (*wish.pictures, picture.name)
    return found


def _rows(story: Story, regions: Sequence[Region], wishes: Blocks) -> Rows:
    """The table rows that repeat, or of which nothing may be left."""
    lists = {one.element: one.list for one in regions if one.list is not None}
    tagged = {
        paragraph.getparent().getparent()
        for paragraph, wish in wishes.items()
        if wish.drops and paragraph.getparent().tag == TC
    }
    rows = [one for one in story.element.iter(TR) if one in tagged or one in lists]
    rules = {one: TableRow(lists.get(one), _gaps(one, wishes)) for one in rows}
    return {one: rule for one, rule in rules.items() if rule.list is not None or rule.gaps}


def _gaps(row: etree._Element, wishes: Blocks) -> tuple[Gap, ...]:
    """What must be empty that nothing is left of a table row; none where something stays.

    A row is left alone that holds a table, or a part of a cell that reaches over several rows.
    """
    if row.getparent().tag != TBL or next(row.iter(TBL, MERGED), None) is not None:
        return ()
    found = []
    for paragraph in row.iter(P):
        wish = wishes.get(paragraph, Wishes())
        if wish.gap != Gap() and wish.repeats is None:
            found.append(wish.gap)
        elif (
            read_sentence(paragraph).text.strip() or next(paragraph.iter(*SHOWN), None) is not None
        ):
            return ()
    return tuple(found) if any(one.drops for one in found) else ()
