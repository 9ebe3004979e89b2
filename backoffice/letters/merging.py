"""Many letters as one .docx for the printer: each on pages of its own, with its kop and pictures.

Letters come finished, one after the other, and are joined as packages: nothing is filled here.
Only letters of one `family` go into one file: their styles, themes and settings are the same. No
more than one letter is in memory at a time; what is made goes to the disk at once.
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import quoteattr

from lxml import etree

from .merging_sections import EDGES, Section, end_in_paragraph, number_pages, sections, separate
from .merging_xml import Ids, Numbering, R, W, only_here, xml

BODY, CONTENT_TYPES, NUMBERING = "word/document.xml", "[Content_Types].xml", "word/numbering.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
EDGE_TYPES = {OFFICE + "header": "header", OFFICE + "footer": "footer"}
IMAGE = OFFICE + "image"
OWN = ("docProps/", BODY, "word/media/", "word/header", "word/footer", "word/_rels/")
HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
IN_MEMORY = 1 << 20


class CannotMerge(Exception):
    """The letter holds something that cannot stand in one file with others: footnotes."""


def family(letter: bytes) -> str:
    """What letters have in common that may go into one file: everything but what they say."""
    found = hashlib.sha256()
    with zipfile.ZipFile(BytesIO(letter)) as package:
        for one in sorted(package.infolist(), key=lambda one: one.filename):
            if not one.filename.startswith(OWN):
                found.update(f"{one.filename} {one.CRC} {one.file_size}\n".encode())
        with package.open(BODY) as body:
            found.update(body.read(4096).partition(b"body>")[0])
    return found.hexdigest()


class _Letter:
    """A finished letter being read."""

    def __init__(self, data: bytes) -> None:
        self.package = zipfile.ZipFile(BytesIO(data))
        self.names = frozenset(self.package.namelist())

    def read(self, name: str) -> bytes:
        return self.package.read(name)

    def relations(self, part: str) -> dict[str, etree._Element]:
        """The relationships of a part by their id."""
        folder, name = posixpath.split(part)
        file = f"{folder}/_rels/{name}.rels"
        return {one.get("Id"): one for one in xml(self.read(file))} if file in self.names else {}


def _target(part: str, relation: etree._Element) -> str:
    """The part that a relationship leads to."""
    target = relation.get("Target", "")
    if target.startswith("/"):
        return str(target[1:])
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


class Merger:
    """Writes letters of one family into `target`; `close` makes the file whole."""

    def __init__(self, target: IO[bytes]) -> None:
        self.count = 0
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self._text = TemporaryFile()  # noqa: SIM115 - closed with the file
        self._ids = Ids()
        self._relations: dict[tuple[str, str, str], str] = {}  # type, target, mode -> id
        self._edges: dict[str, str] = {}  # what a header says -> its name in the file
        self._kinds: dict[str, str] = {}  # name of a header or footer -> "header" or "footer"
        self._media: dict[str, str] = {}
        self._numbering: Numbering | None = None
        self._types = b""
        self._tail = b""
        self._last: etree._Element | None = None  # the body of the letter before

    def add(self, data: bytes) -> None:
        """The next letter. Raises `CannotMerge`, and then the file is as it was."""
        letter = _Letter(data)
        root = xml(letter.read(BODY))
        body = root.find(W + "body")
        if next(root.iter(W + "footnoteReference", W + "endnoteReference"), None) is not None:
            raise CannotMerge
        if self.count == 0:
            self._begin(letter, root)
        self.count += 1
        only_here(root, self._ids)
        if self._numbering is not None and self.count > 1:
            self._numbering.restart(body)
        found = sections(body)
        self._relate(letter, root)
        self._shield(found, root)
        separate(found)
        number_pages(found, root)
        self._flush(last=False)
        self._last = body

    def close(self) -> None:
        """Write what is written once, and let go of everything."""
        self._flush(last=True)
        self._text.write(self._tail)
        self._text.seek(0)
        with self._zip.open(self._info(BODY), "w") as part:
            copyfileobj(self._text, part)
        if self._numbering is not None:
            self._write(NUMBERING, self._numbering.written())
        self._write("word/_rels/document.xml.rels", self._relations_xml())
        self._write(CONTENT_TYPES, self._content_types())
        self.abandon()

    def abandon(self) -> None:
        """Let go of the file as it is."""
        self._zip.close()
        self._text.close()

    # -- what all have in common ----------------------------------------------------------------

    def _begin(self, letter: _Letter, root: etree._Element) -> None:
        """The parts that are the same in every letter, and where the text begins and ends."""
        written = etree.tostring(root, encoding="utf-8")
        body = root.find(W + "body")
        name = f"{body.prefix}:body" if body.prefix else "body"
        start = written.index(b"<" + name.encode())
        start = written.index(b">", start) + 1
        end = written.rindex(b"</" + name.encode())
        self._text.write(HEAD + written[:start])
        self._tail = written[end:]
        self._types = letter.read(CONTENT_TYPES)
        own = (BODY, CONTENT_TYPES, NUMBERING, "word/_rels/document.xml.rels")
        edges = ("word/header", "word/footer", "word/_rels/header", "word/_rels/footer")
        for one in letter.package.namelist():
            if one not in own and not one.startswith((*edges, "word/media/")):
                self._write(one, letter.read(one))
        if NUMBERING in letter.names:
            styles = letter.read("word/styles.xml") if "word/styles.xml" in letter.names else b""
            self._numbering = Numbering(letter.read(NUMBERING), styles)
        for one in letter.relations(BODY).values():
            if one.get("Type") not in (*EDGE_TYPES, IMAGE) and not one.get("TargetMode"):
                self._relation(one.get("Type"), one.get("Target"))

    # -- what each letter leads to --------------------------------------------------------------

    def _relate(self, letter: _Letter, root: etree._Element) -> None:
        """The letter's own headers and pictures come into the file under names of their own."""
        known = letter.relations(BODY)
        given: dict[str, str] = {}
        for element in root.xpath("//*[@r:*]", namespaces={"r": R}):
            for name, value in element.attrib.items():
                if name.startswith(f"{{{R}}}") and value in known:
                    if value not in given:
                        given[value] = self._related(letter, known[value])
                    element.set(name, given[value])

    def _related(self, letter: _Letter, relation: etree._Element) -> str:
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if relation.get("TargetMode") == "External":
            return self._relation(kind, target, "External")
        if kind in EDGE_TYPES:
            return self._relation(kind, self._edge(letter, _target(BODY, relation), kind))
        if kind == IMAGE:
            return self._relation(kind, self._picture(letter, _target(BODY, relation)))
        return self._relation(kind, target)

    def _relation(self, kind: str, target: str, mode: str = "") -> str:
        return self._relations.setdefault((kind, target, mode), f"rId{len(self._relations) + 1}")

    def _edge(self, letter: _Letter, part: str, kind: str) -> str:
        """A header or footer, once for all letters in which it says the same."""
        data, relations = letter.read(part), letter.relations(part)
        targets = {
            key: self._picture(letter, _target(part, one))
            for key, one in relations.items()
            if one.get("Type") == IMAGE
        }
        same = hashlib.sha256(data + repr(sorted(targets.items())).encode()).hexdigest()
        if same not in self._edges:
            root = xml(data)
            only_here(root, self._ids)
            number_pages((), root)
            name = self._new_edge(EDGE_TYPES[kind], etree.tostring(root, encoding="utf-8"))
            self._edges[same] = name
            if relations:
                for key, one in relations.items():
                    one.set("Target", targets.get(key, one.get("Target")))
                self._write(f"word/_rels/{name}.rels", _relations_of(relations))
        return self._edges[same]

    def _new_edge(self, kind: str, content: bytes) -> str:
        name = f"{kind}{len(self._kinds) + 1}.xml"
        self._kinds[name] = kind
        self._write(f"word/{name}", HEAD + content)
        return name

    def _picture(self, letter: _Letter, part: str) -> str:
        data = letter.read(part)
        same = hashlib.sha256(data).hexdigest()
        if same not in self._media:
            suffix = posixpath.splitext(part)[1]
            self._media[same] = f"media/image{len(self._media) + 1}{suffix}"
            self._write(f"word/{self._media[same]}", data)
        return self._media[same]

    def _shield(self, found: list[Section], root: etree._Element) -> None:
        """A section without a header of its own would take that of the letter before."""
        named = {edge for one in found for edge in one.edges()}
        first = found[0]
        for tag, kind in EDGES:
            if (tag, kind) in named and (tag, kind) not in first.edges():
                edge = "header" if tag.startswith("header") else "footer"
                first.refer(tag, kind, self._relation(OFFICE + edge, self._empty(edge)))

    def _empty(self, edge: str) -> str:
        key = f"empty {edge}"
        if key not in self._edges:
            root = etree.Element(W + ("hdr" if edge == "header" else "ftr"), nsmap={"w": W[1:-1]})
            etree.SubElement(root, W + "p")
            self._edges[key] = self._new_edge(edge, etree.tostring(root, encoding="utf-8"))
        return self._edges[key]

    # -- writing --------------------------------------------------------------------------------

    def _flush(self, *, last: bool) -> None:
        """Write the letter before; the sections of all but the last end in a paragraph."""
        if self._last is None:
            return
        if not last:
            end_in_paragraph(self._last)
        written = etree.tostring(self._last, encoding="utf-8", with_tail=False)
        start = written.index(b">") + 1
        self._text.write(written[start : written.rindex(b"</")])
        self._last = None

    def _write(self, name: str, data: bytes) -> None:
        self._zip.writestr(self._info(name), data)

    @staticmethod
    def _info(name: str) -> zipfile.ZipInfo:
        """1980, as in single letters: the same letters give the same bytes."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        return info

    def _relations_xml(self) -> bytes:
        lines = "".join(
            f'<Relationship Id="{key}" Type={quoteattr(kind)} Target={quoteattr(target)}'
            + (f' TargetMode="{mode}"/>' if mode else "/>")
            for (kind, target, mode), key in self._relations.items()
        )
        space = f"{PACKAGE}relationships"
        return HEAD + f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()

    def _content_types(self) -> bytes:
        """Those of the first letter, with the headers and footers that are there now."""
        root = xml(self._types)
        space = f"{{{PACKAGE}content-types}}"
        for one in list(root.iter(space + "Override")):
            if one.get("PartName", "").startswith(("/word/header", "/word/footer")):
                root.remove(one)
        for name, kind in self._kinds.items():
            made = {"PartName": f"/word/{name}", "ContentType": f"{WORD}{kind}+xml"}
            etree.SubElement(root, space + "Override", made)
        return HEAD + bytes(etree.tostring(root, encoding="utf-8"))


def _relations_of(relations: Mapping[str, etree._Element]) -> bytes:
    root = etree.Element("Relationships", nsmap={None: f"{PACKAGE}relationships"})
    root.extend(relations.values())
    return HEAD + bytes(etree.tostring(root, encoding="utf-8"))
