"""Pictures that a letter puts in: a placeholder in the template whose alt text is a known name.

The placeholder keeps its size; only its bytes are exchanged. A paragraph whose picture is
missing goes away (no address of the office on the net, no QR).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.opc.part import Part
from lxml import etree

from .findings import Finding
from .stories import Story, element_part, place_of, stories
from .tags import P

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
PNG = "image/png"
QR, LOGO = "qr_verifikasi", "gambar_logo"
# Known name -> what it is called to whoever cannot see it.
PICTURES = {QR: "Kode QR untuk memeriksa surat ini", LOGO: "Lambang daerah"}


@dataclass(frozen=True, slots=True, eq=False)
class Placeholder:
    """A picture to be exchanged; `part`: the name of its file in the package, none if no PNG."""

    name: str
    story: Story
    paragraph: etree._Element
    properties: etree._Element
    part: str | None


def placeholders(document: WordFile) -> list[Placeholder]:
    """Every picture with a known alt text, in the order of the document."""
    return [one for story in stories(document) for one in _of_story(document, story)]


def _of_story(document: WordFile, story: Story) -> Iterator[Placeholder]:
    parts = element_part(document, story).related_parts
    for properties in story.element.iter(DRAWING):
        name = (properties.get("descr") or "").strip("{} ").lower()
        paragraph = next(properties.iterancestors(P), None)
        if name in PICTURES and paragraph is not None:
            part = _file(properties, parts)
            yield Placeholder(name, story, paragraph, properties, part)


def _file(properties: etree._Element, parts: dict[str, Part]) -> str | None:
    blip = next(properties.getparent().iter(BLIP), None)
    part = parts.get(str(blip.get(EMBED))) if blip is not None else None
    if part is None or part.content_type != PNG:
        return None
    return str(part.partname).lstrip("/")


def unfit(found: Sequence[Placeholder]) -> Iterator[Finding]:
    """Placeholders that cannot be exchanged."""
    names: dict[str, str] = {}
    for one in found:
        place = place_of(one.paragraph, one.story)
        if one.part is None:
            yield Finding(place, f"gambar {one.name} harus berupa berkas PNG; sisipkan ulang")
        elif names.setdefault(one.part, one.name) != one.name:
            message = f"gambar {one.name} sama dengan gambar {names[one.part]}"
            yield Finding(place, f"{message}; pakai gambar pengganti yang berbeda")
