"""Filling a template upon python-docx: text moves, no run and no format is lost."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from docx.document import Document as WordFile
from lxml import etree

from backoffice.errors import LetterHasGap
from backoffice.letters.compile import SECTION, Known, Region, faults, regions, unknown_name
from backoffice.letters.findings import Finding, TemplateFault
from backoffice.letters.pictures import placeholders
from backoffice.letters.stories import open_word_file, parts, place_of, stories
from backoffice.letters.tags import TBL, TR, P, Sentence, Tag, W, read_sentence

Row = Mapping[str, str | None]
Value = str | Sequence[Row] | None
Values = Mapping[str, Value]

BLOCKS = (P, TBL, W + "sdt")
LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 cannot hold: control characters, lone surrogates, the two non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PARAGRAPH_IDS = tuple(
    "{http://schemas.microsoft.com/office/word/2010/wordml}" + name for name in ("paraId", "textId")
)
NO_PICTURES: Mapping[str, bytes | None] = {}
MARKERS = tuple(W + name for name in ("bookmarkStart", "bookmarkEnd"))


class MissingValues(LetterHasGap):
    """Names the template asks for and nobody gave; `findings` says where each stands."""

    def __init__(self, findings: Sequence[Finding], names: Sequence[str]) -> None:
        super().__init__(
            names=", ".join(names), places="\n".join(str(finding) for finding in findings)
        )
        self.findings = tuple(findings)
        self.names = tuple(names)

    def __str__(self) -> str:
        return str(self.values["places"])


def fill(
    template: bytes, values: Values, pictures: Mapping[str, bytes | None] = NO_PICTURES
) -> bytes:
    """The letter as a .docx. Refuses before anything is filled: TemplateFault, MissingValues.

    None means that nobody gave the value: it is refused wherever it would have been printed,
    and only there. An empty text is a value.
    """
    document = open_word_file(template)
    found = regions(document)
    broken = tuple(faults(document, found))
    if broken:
        raise TemplateFault(broken)
    _put_pictures(document, pictures)
    found = regions(document)  # without the sentences of pictures that are not given
    _refuse_gaps(found, values)
    found = _without_lines(found, values)
    # What lies inside a row that repeats is filled before the row, so that no value is read twice.
    for region in sorted(found, key=_depth, reverse=True):
        _fill_region(region, values)
    _renumber_drawings(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _put_pictures(document: WordFile, pictures: Mapping[str, bytes | None]) -> None:
    """Exchange the bytes of every placeholder; its paragraph goes where no picture is given."""
    for one in placeholders(document):
        given = pictures.get(one.name)
        if given is None:
            _remove(one.paragraph)
        else:
            part = next(p for p in parts(document) if str(p.partname).lstrip("/") == one.part)
            part._blob = given


def _depth(region: Region) -> int:
    return sum(1 for _ in region.element.iterancestors())


def clean(text: str) -> str:
    """The text as Word can hold it: one kind of line break, no control characters."""
    return FORBIDDEN.sub("", LINES.sub("\n", text))


def is_empty(value: Value) -> bool:
    """Whether `{{?x}}` lets its paragraph go."""
    return not clean(value).strip() if isinstance(value, str) else not value


def _refuse_gaps(found: list[Region], values: Values) -> None:
    known: Known = {name: _columns(value) for name, value in values.items()}
    gaps: dict[str, Finding] = {}
    for region in found:
        for paragraph, text in region.sentences:
            for tag, message in _gaps(region, text, values, known):
                place = place_of(paragraph, region.story)
                sentence = " ".join(text.text.split())
                gaps.setdefault(str(tag).strip("{}?"), Finding(place, message, sentence))
    if gaps:
        raise MissingValues(list(gaps.values()), list(gaps))


def _columns(value: Value) -> tuple[str, ...] | None:
    if value is None or isinstance(value, str):
        return None
    return tuple(dict.fromkeys(name for row in value for name in row))


def _gaps(
    region: Region, text: Sentence, values: Values, known: Known
) -> Iterator[tuple[Tag, str]]:
    misfits = [(tag, message) for tag in text.tags if (message := _misfit(tag, values, known))]
    if misfits:
        yield from misfits
        return
    for row in _rows(region, values):
        if not _goes(text, values, row):
            for tag in text.tags:
                if not tag.optional and _value(tag, values, row) is None:
                    yield tag, f"isian {tag} belum ada isinya"


def _misfit(tag: Tag, values: Values, known: Known) -> str:
    """Why no value could ever be printed here, or nothing."""
    if tag.name not in values:
        return unknown_name(str(tag), known)
    if values[tag.name] is None:
        return ""
    columns = known[tag.name]
    if tag.column and columns and tag.column not in columns:
        return unknown_name(str(tag), known)
    if (columns is not None) != bool(tag.column) and not tag.optional:
        return f"isian {tag} tidak cocok: hanya daftar yang ditulis dengan kolom"
    return ""


def _rows(region: Region, values: Values) -> Sequence[Row]:
    if region.list is None:
        return ({},)
    rows = values[region.list]
    return () if rows is None or isinstance(rows, str) else rows


def _value(tag: Tag, values: Values, row: Row) -> Value:
    return row.get(tag.column) if tag.column else values[tag.name]


def _goes(text: Sentence, values: Values, row: Row) -> bool:
    return any(tag.optional and is_empty(_value(tag, values, row)) for tag in text.tags)


def _fill_region(region: Region, values: Values) -> None:
    if region.list is None:
        for paragraph, text in region.sentences:
            _fill_paragraph(paragraph, text, values, {})
        return
    own = {paragraph for paragraph, _ in region.sentences}
    places = [n for n, one in enumerate(region.element.iter(P)) if one in own]
    element, parent = region.element, region.element.getparent()
    rows = [row for row in _rows(region, values) if not _is_gone(element, values, row)]
    for n, row in enumerate(rows):
        copied = copy.deepcopy(element)
        copied.tail = None
        if n:
            _forget_identities(copied)
        element.addprevious(copied)
        paragraphs = list(copied.iter(P))
        for place in places:
            _fill_paragraph(paragraphs[place], read_sentence(paragraphs[place]), values, row)
    _remove(element)
    if parent.tag == TBL and parent.find(W + "tr") is None:
        _remove(parent)


def _without_lines(found: list[Region], values: Values) -> list[Region]:
    """Take away the table rows of which nothing is left; what is filled beside them."""
    repeating = {one.element for one in found if one.list is not None}
    gone = []
    for region in found:
        row = next(region.element.iterancestors(TR), None)
        if row is not None and row not in repeating and _is_gone(row, values, {}):
            gone.append(row)
    for row in dict.fromkeys(gone):
        table = row.getparent()
        table.remove(row)
        if table.find(TR) is None:
            table.getparent().remove(table)
    return [one for one in found if not any(row in gone for row in one.element.iterancestors(TR))]


def _is_gone(row: etree._Element, values: Values, own: Row) -> bool:
    """Whether every paragraph of a table row goes, so that the row goes too."""
    if row.tag != TR or row.getparent().tag != TBL:
        return False
    if next(row.iter(TBL, W + "vMerge"), None) is not None:
        return False
    dropped = 0
    for paragraph in row.iter(P):
        text = read_sentence(paragraph)
        optional = any(tag.optional for tag in text.tags)
        drawn = next(paragraph.iter(W + "drawing", W + "pict", W + "object"), None) is not None
        if optional and _goes(text, values, own):
            dropped += 1
        elif optional or drawn or text.text.strip():
            return False
    return dropped > 0


def _fill_paragraph(paragraph: etree._Element, text: Sentence, values: Values, row: Row) -> None:
    if _goes(text, values, row):
        _remove(paragraph)
        return
    for node, start in text.pieces:
        own = (node.text or "").replace("\n", " ")
        inside = [tag for tag in text.tags if tag.start < start + len(own) and tag.end > start]
        if inside:
            _write(node, _pieced(own, start, inside, values, row))


def _pieced(own: str, start: int, inside: list[Tag], values: Values, row: Row) -> str:
    """The text of one w:t: its own words, and each value where its tag begins."""
    pieces, at = [], 0
    for tag in inside:
        begin = max(tag.start - start, 0)
        pieces.append(own[at:begin])
        if tag.start >= start and not tag.optional:
            value = _value(tag, values, row)
            pieces.append(clean(value) if isinstance(value, str) else "")
        at = min(tag.end - start, len(own))
    return "".join((*pieces, own[at:]))


def _write(node: etree._Element, text: str) -> None:
    """Put the text into its run; line breaks and tabs become the elements Word has for them."""
    first, *rest = re.split("([\n\t])", text)
    node.text = first
    node.set(SPACE, "preserve")
    last = node
    for piece in filter(None, rest):
        tag = {"\n": "br", "\t": "tab"}.get(piece, "t")
        one = node.makeelement(W + tag, nsmap=node.nsmap)
        if tag == "t":
            one.text = piece
            one.set(SPACE, "preserve")
        last.addnext(one)
        last = one


def _remove(element: etree._Element) -> None:
    """Take a block away; where its cell or section needs a paragraph, leave that one empty."""
    if element.tag == P and not _may_go(element):
        for child in list(element):
            if child.tag != W + "pPr":
                element.remove(child)
        return
    element.getparent().remove(element)


def _may_go(paragraph: etree._Element) -> bool:
    """Not a section's own paragraph, not the last of a cell, not what keeps two tables apart."""
    if paragraph.find(SECTION) is not None:
        return False
    blocks = [one for one in paragraph.getparent() if one.tag in BLOCKS]
    at = blocks.index(paragraph)
    before = blocks[at - 1] if at else None
    after = blocks[at + 1] if at + 1 < len(blocks) else None
    if after is None:
        return before is not None and before.tag == P
    return before is None or P in (before.tag, after.tag)


def _forget_identities(copied: etree._Element) -> None:
    """A repeated row must not carry the bookmarks and paragraph identities of the first."""
    for marker in list(copied.iter(*MARKERS)):
        marker.getparent().remove(marker)
    for paragraph in copied.iter(P):
        for name in PARAGRAPH_IDS:
            paragraph.attrib.pop(name, None)


def _renumber_drawings(document: WordFile) -> None:
    for story in stories(document):
        for n, drawing in enumerate(story.element.iter(DRAWING), start=1):
            drawing.set("id", str(n))
