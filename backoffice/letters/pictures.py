"""Pictures that a letter puts in: a placeholder in the template whose alt text is a known name.

The placeholder keeps its size; only its bytes are exchanged. A picture of another shape gets white
at its sides, so that none is ever stretched. A paragraph whose picture is missing goes away (no
address of the office on the net, no QR).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docx.document import Document as WordFile
from docx.opc.part import Part
from lxml import etree
from PIL import Image

from backoffice.emblem import WHITE, on_white, png

from .findings import Finding
from .stories import Story, element_part, place_of, stories
from .tags import P

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
CROP = "{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect"
EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
PNG = "image/png"
QR, LOGO = "qr_verifikasi", "gambar_logo"
# Known name -> what it is called to whoever cannot see it.
PICTURES = {QR: "Kode QR untuk memeriksa surat ini", LOGO: "Lambang daerah"}
# Points of the longer side of a picture that was heavy, or put into a frame: 400 an inch at 20 mm.
LONGEST_SIDE = 320
THIN = 10  # what is so many times longer than wide is no frame for a picture
LIGHT = 12_000  # bytes that a picture may have as it is
NEARLY = 0.02  # a frame of a picture's own shape may be this much off
KEPT = 64  # pictures in frames
Frame = tuple[int, int]  # width and height in any unit


@dataclass(frozen=True, slots=True, eq=False)
class Placeholder:
    """A picture to be exchanged; `part`: the name of its file in the package, none if no PNG.

    `frame`: how wide and high it stands on paper, in EMU.
    """

    name: str
    story: Story
    paragraph: etree._Element
    properties: etree._Element
    part: str | None
    frame: Frame | None

    def settle(self) -> None:
        """Call it what it is to whoever cannot see it, and show all of what is put in."""
        self.properties.set("descr", PICTURES[self.name])
        for crop in list(self.properties.getparent().iter(CROP)):
            crop.getparent().remove(crop)


def placeholders(document: WordFile) -> list[Placeholder]:
    """Every picture with a known alt text, in the order of the document."""
    return [one for story in stories(document) for one in _of_story(document, story)]


def _of_story(document: WordFile, story: Story) -> Iterator[Placeholder]:
    parts = element_part(document, story).related_parts
    for properties in story.element.iter(DRAWING):
        name = (properties.get("descr") or "").strip("{} ").lower()
        paragraph = next(properties.iterancestors(P), None)
        if name in PICTURES and paragraph is not None:
            part, frame = _file(properties, parts), _frame(properties)
            yield Placeholder(name, story, paragraph, properties, part, frame)


def _file(properties: etree._Element, parts: dict[str, Part]) -> str | None:
    blip = next(properties.getparent().iter(BLIP), None)
    part = parts.get(str(blip.get(EMBED))) if blip is not None else None
    if part is None or part.content_type != PNG:
        return None
    return str(part.partname).lstrip("/")


def _frame(properties: etree._Element) -> Frame | None:
    extent = properties.getparent().find(EXTENT)
    if extent is None:
        return None
    width, height = (int(extent.get(one, "0")) for one in ("cx", "cy"))
    thin = max(width, height) > THIN * min(width, height)
    return None if thin or min(width, height) <= 0 else (width, height)


def framed(picture: bytes, frame: Frame | None) -> bytes:
    """A PNG as it goes into a frame: itself where it has that shape, else with white around it.

    One of many bytes is made lighter: thousands of letters carry it.
    """
    if frame is None or (len(picture) <= LIGHT and _fits(picture, frame)):
        return picture
    return _padded(picture, frame)


def _fits(picture: bytes, frame: Frame) -> bool:
    """Whether a PNG (its size stands in bytes 16 to 23) may fill the frame as it is."""
    width, height = struct.unpack(">II", picture[16:24])
    wide, high = width * frame[1], height * frame[0]
    return bool(abs(wide - high) <= NEARLY * max(wide, high))


@lru_cache(maxsize=KEPT)
def _padded(picture: bytes, frame: Frame) -> bytes:
    """The picture in the middle of white paper of the frame's shape, in at most 256 colours."""
    with Image.open(io.BytesIO(picture), formats=["PNG"]) as given:
        inside = on_white(given.convert("RGBA"))
    inside.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    width, height = inside.size
    size = (
        max(width, round(height * frame[0] / frame[1])),
        max(height, round(width * frame[1] / frame[0])),
    )
    paper = Image.new("RGB", size, WHITE)
    paper.paste(inside, ((size[0] - width) // 2, (size[1] - height) // 2))
    return png(paper.quantize(256))


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
