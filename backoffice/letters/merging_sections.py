"""Sections of letters that stand in one file: each letter on a new page, counted from one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from .merging_xml import R, W

REFERENCES = ("headerReference", "footerReference")
KINDS = ("default", "first", "even")
EDGES = tuple((tag, kind) for tag in REFERENCES for kind in KINDS)
# Children of a section that stand before its type, and after the numbers of its pages.
BEFORE_TYPE = frozenset(W + one for one in (*REFERENCES, "footnotePr", "endnotePr"))
BEFORE_NUMBERS = BEFORE_TYPE | {
    W + one for one in ("type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType")
}
AFTER_SECTION = W + "pPrChange"
ALL_PAGES = re.compile(r"\bNUMPAGES\b")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a letter."""

    element: etree._Element

    def edges(self) -> set[tuple[str, str]]:
        """The headers and footers it names itself."""
        return {
            (tag, one.get(W + "type", "default"))
            for tag in REFERENCES
            for one in self.element.findall(W + tag)
        }

    def refer(self, tag: str, kind: str, relation: str) -> None:
        """Name one more."""
        made = etree.Element(W + tag)
        made.set(W + "type", kind)
        made.set(f"{{{R}}}id", relation)
        self.element.insert(0, made)

    def put(self, name: str, after: frozenset[str]) -> etree._Element:
        """The child of that name, made in its place where there is none."""
        found = self.element.find(W + name)
        if found is None:
            at = sum(1 for one in self.element if one.tag in after)
            found = etree.Element(W + name)
            self.element.insert(at, found)
        return found


def sections(body: etree._Element) -> list[Section]:
    """The sections of a letter; one is made where the template has none."""
    if len(body) == 0 or body[-1].tag != W + "sectPr":
        etree.SubElement(body, W + "sectPr")
    return [Section(one) for one in body.iter(W + "sectPr")]


def separate(found: Sequence[Section]) -> None:
    """The letter begins on a new page, which is its first."""
    found[0].put("type", BEFORE_TYPE).set(W + "val", "nextPage")
    numbers = found[0].put("pgNumType", BEFORE_NUMBERS)
    if numbers.get(W + "start") is None:
        numbers.set(W + "start", "1")


def number_pages(found: Sequence[Section], root: etree._Element) -> None:
    """ "Of so many pages" counts those of the letter, as far as it is one section."""
    if len(found) > 1:
        return
    for one in root.iter(W + "instrText"):
        one.text = ALL_PAGES.sub("SECTIONPAGES", one.text or "")
    for one in root.iter(W + "fldSimple"):
        one.set(W + "instr", ALL_PAGES.sub("SECTIONPAGES", one.get(W + "instr", "")))


def end_in_paragraph(body: etree._Element) -> None:
    """The last section of a letter is ended by its last paragraph: another letter follows."""
    section = body[-1]
    body.remove(section)
    last = body[-1] if len(body) else None
    if last is None or last.tag != W + "p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        last = _thin_paragraph(body)
    properties = last.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        last.insert(0, properties)
    change = properties.find(AFTER_SECTION)
    if change is None:
        properties.append(section)
    else:
        change.addprevious(section)


def _thin_paragraph(body: etree._Element) -> etree._Element:
    """Where a table ends the letter: so low that it begins no new page."""
    paragraph = etree.SubElement(body, W + "p")
    spacing = etree.SubElement(etree.SubElement(paragraph, W + "pPr"), W + "spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(W + name, value)
    return paragraph
