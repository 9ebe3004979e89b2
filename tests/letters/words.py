"""Small Word files for the tests, and reading them back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

from tests.letters.paper import blank, saved

NAMESPACES = nsdecls("w", "r", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word_file(*blocks: str) -> bytes:
    """A Word file whose body is these paragraphs and tables of raw XML."""
    document = blank("Contoh")
    body = document.element.body
    for n, block in enumerate(blocks):
        body.insert(n, parse_xml(block.replace(">", f" {NAMESPACES}>", 1)))
    return saved(document)


def paragraph(*runs: str) -> str:
    """A paragraph of plain runs."""
    return f"<w:p >{''.join(run(text) for text in runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run; `text` is already XML."""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells of raw XML."""
    lines = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    body = "".join(f"<w:tr>{cells}</w:tr>" for cells in lines)
    return f"<w:tbl ><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def texts(data: bytes) -> list[str]:
    """The text of every paragraph of the body that stands in no table."""
    return [one.text for one in Document(BytesIO(data)).paragraphs]


def first_text(data: bytes) -> str:
    """All visible text of the first paragraph, also that of links and content controls."""
    first = Document(BytesIO(data)).element.body.find(qn("w:p"))
    return "".join(one.text or "" for one in first.iter(qn("w:t")))


def blocks(data: bytes) -> list[str]:
    """What the body is made of: p, tbl, sectPr."""
    return [one.tag.rsplit("}", 1)[1] for one in Document(BytesIO(data)).element.body]


def rows(data: bytes) -> list[list[str]]:
    """The text of the first table, cell by cell."""
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(data)).tables[0].rows]


def repacked(data: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """The same package with parts replaced, added, or (None) left out."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    """The bytes of a part."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read(name)


def drawn(colour: int = 1, kind: str = "PNG") -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("1", (8, 8), colour).save(out, kind)
    return out.getvalue()


def with_pictures(*names: str, kind: str = "PNG", text: str = "Akhir") -> bytes:
    """A template with a placeholder for each name, each in a paragraph of its own."""
    document = blank("Contoh")
    for n, name in enumerate(names):
        paragraph = document.add_paragraph("Pindai: ")
        picture = paragraph.add_run().add_picture(BytesIO(drawn(n % 2, kind)), Mm(20))
        picture._inline.docPr.set("descr", name)
    document.add_paragraph(text)
    return saved(document)
