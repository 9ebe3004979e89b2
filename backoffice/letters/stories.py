"""The parts of a Word file that hold text, and the words for a place in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part, XmlPart
from lxml import etree

from .foreign import NO_WORD_FILE
from .tags import TBL, TC, TEXT_BOX, TR, P, W

NAMES = {
    W + "document": "isi surat",
    W + "hdr": "kepala halaman",
    W + "ftr": "kaki halaman",
}
NOTES = (".footnotes+xml", ".endnotes+xml")  # kept by python-docx as bytes, never filled


@dataclass(frozen=True, slots=True)
class Story:
    """The body, or one header or footer: its words and its element."""

    name: str
    element: etree._Element

    def paragraphs(self) -> Iterator[etree._Element]:
        """Every paragraph in order, those of tables and text boxes too."""
        yield from self.element.iter(P)


class NotAWordFile(ValueError):
    """The bytes are no .docx at all."""


def open_word_file(data: bytes) -> WordFile:
    """The bytes as python-docx reads them; NotAWordFile where it cannot."""
    try:
        return Document(BytesIO(data))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        etree.XMLSyntaxError,
    ) as error:
        raise NotAWordFile(NO_WORD_FILE) from error


def parts(document: WordFile) -> list[Part]:
    """Every part of the package."""
    return list(document.part.package.iter_parts())


def stories(document: WordFile) -> list[Story]:
    """The body first, then headers and footers."""
    found = [
        Story(NAMES[part.element.tag], part.element)
        for part in parts(document)
        if isinstance(part, XmlPart) and part.element.tag in NAMES
    ]
    return sorted(found, key=lambda story: list(NAMES.values()).index(story.name))


def element_part(document: WordFile, story: Story) -> Part:
    """The part of the package in which a story stands."""
    return next(one for one in parts(document) if getattr(one, "element", None) is story.element)


def part_of(document: WordFile, story: Story) -> str:
    """The name of that part in the zip."""
    return str(element_part(document, story).partname).lstrip("/")


def place_of(paragraph: etree._Element, story: Story) -> str:
    """Where a paragraph stands, as one would point at it: isi surat, tabel 1 baris 2 kolom 1."""
    words = [story.name]
    for parent in reversed(list(paragraph.iterancestors(TBL, TR, TC, TEXT_BOX))):
        if parent.tag == TEXT_BOX:
            words.append("kotak teks")
        elif parent.tag == TBL:
            words.append(f"tabel {_rank(parent)}")
        else:
            words[-1] += f" {'baris' if parent.tag == TR else 'kolom'} {_rank(parent)}"
    return ", ".join((*words, f"paragraf {_rank(paragraph)}"))


def _rank(node: etree._Element) -> int:
    return 1 + sum(1 for _ in node.itersiblings(node.tag, preceding=True))
