"""What must be there only once in a Word file: identities of pictures and paragraphs, lists."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP14 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}"
IDENTITIES = ("paraId", "textId"), ("anchorId", "editId")
NUMBER = f"{W}pPr/{W}numPr"
BEFORE_NUMBER = frozenset(
    W + one
    for one in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
READER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False)


def xml(data: bytes) -> etree._Element:
    """A part of a letter; nothing outside of it is ever read."""
    return etree.fromstring(data, READER)


class Ids:
    """The numbers that were given in one file."""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> int:
        """One that nothing else has."""
        self._last += 1
        return self._last


def only_here(root: etree._Element, ids: Ids) -> None:
    """Give pictures, bookmarks and boxes identities that no other letter has, or none."""
    for drawing in root.iter(DRAWING):
        drawing.set("id", str(ids.new()))
    for space, names in zip((W14, WP14), IDENTITIES, strict=True):
        for name in names:
            for element in root.xpath(f"//*[@n:{name}]", namespaces={"n": space[1:-1]}):
                del element.attrib[space + name]
    for properties in root.iter(W + "sdtPr"):
        for one in properties.findall(W + "id"):
            properties.remove(one)
    _rename_bookmarks(root, ids)


def _rename_bookmarks(root: etree._Element, ids: Ids) -> None:
    numbers: dict[str, str] = {}
    names: dict[str, str] = {}
    for start in root.iter(W + "bookmarkStart"):
        number = numbers.setdefault(start.get(W + "id", ""), str(ids.new()))
        name = start.get(W + "name", "")
        names[name] = f"{name[:30]}_{number}"  # Word reads at most 40 characters
        start.set(W + "id", number)
        start.set(W + "name", names[name])
    for end in root.iter(W + "bookmarkEnd"):
        end.set(W + "id", numbers.get(end.get(W + "id", ""), end.get(W + "id", "")))
    if not names:
        return
    for link in root.iter(W + "hyperlink"):
        anchor = link.get(W + "anchor")
        if anchor in names:
            link.set(W + "anchor", names[anchor])
    for field in root.iter(W + "instrText"):
        field.text = re.sub(r"\w+", lambda one: names.get(one[0], one[0]), field.text or "")


class Numbering:
    """The numbered lists of a file: every letter after the first gets copies, which begin anew."""

    def __init__(self, numbering: bytes, styles: bytes) -> None:
        self._root = xml(numbering)
        self._lists = {one.get(W + "numId"): one for one in self._root.findall(W + "num")}
        self._forms = {
            one.get(W + "abstractNumId"): one for one in self._root.findall(W + "abstractNum")
        }
        self._last = max((int(one) for one in (*self._lists, *self._forms)), default=0)
        self._of_style = dict(_numbers_of_styles(xml(styles))) if styles else {}

    def restart(self, body: etree._Element) -> None:
        """The lists of this letter are its own."""
        made: dict[str, str] = {}
        forms: dict[str, str] = {}
        for paragraph in body.iter(W + "p"):
            number = self._number_of(paragraph)
            if number is not None and number.get(W + "val") in self._lists:
                old = number.get(W + "val")
                if old not in made:
                    made[old] = self._copy(old, forms)
                number.set(W + "val", made[old])

    def written(self) -> bytes:
        """The part as it is now: all forms before all lists, as Word wants it."""
        written: bytes = etree.tostring(
            self._root, encoding="UTF-8", standalone=True, xml_declaration=True
        )
        return written

    def _number_of(self, paragraph: etree._Element) -> etree._Element | None:
        """Where a paragraph names its list; one of a numbered style is made to name it."""
        found = paragraph.find(f"{NUMBER}/{W}numId")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if found is not None or style is None:
            return found
        given = self._of_style.get(style.get(W + "val", ""))
        if given is None:
            return None
        made = copy.deepcopy(given)
        properties = style.getparent()
        properties.insert(sum(1 for one in properties if one.tag in BEFORE_NUMBER), made)
        return made.find(W + "numId")

    def _copy(self, number: str, forms: dict[str, str]) -> str:
        made = copy.deepcopy(self._lists[number])
        self._last += 1
        made.set(W + "numId", str(self._last))
        form = made.find(W + "abstractNumId")
        old = form.get(W + "val")
        if old in self._forms:
            if old not in forms:
                forms[old] = self._copy_form(old)
            form.set(W + "val", forms[old])
        self._root.append(made)
        return str(made.get(W + "numId"))

    def _copy_form(self, old: str) -> str:
        """A form of its own, since Word counts on within a form."""
        form = copy.deepcopy(self._forms[old])
        self._last += 1
        form.set(W + "abstractNumId", str(self._last))
        # By these Word would take the copy for the original.
        for name in ("nsid", "styleLink"):
            for one in form.findall(W + name):
                form.remove(one)
        for level in form.iter(W + "lvl"):
            for one in level.findall(W + "pStyle"):
                level.remove(one)
        first = next(iter(self._lists.values()))
        first.addprevious(form)
        return str(form.get(W + "abstractNumId"))


def _numbers_of_styles(styles: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Paragraph styles that number their paragraphs, by themselves or by what they go back to."""
    known = {one.get(W + "styleId", ""): one for one in styles.findall(W + "style")}
    for name in known:
        at, seen = known.get(name), set[str]()
        while at is not None and at.get(W + "styleId") not in seen:
            seen.add(at.get(W + "styleId", ""))
            found = at.find(NUMBER)
            if found is not None and found.find(W + "numId") is not None:
                yield name, found
                break
            base = at.find(W + "basedOn")
            at = known.get(base.get(W + "val", "")) if base is not None else None
