"""Filling a template: a program made of it once, run for each letter.

The plain way (open with python-docx, fill, save) is the oracle of the tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from backoffice.errors import LetterHasGap

from .building import programs
from .cleaning import Value, Values
from .compile import faults, regions, unknown_name
from .findings import Finding, TemplateFault
from .packing import Package
from .pictures import Frame, framed, placeholders
from .program import NO_ROW, Filling, Flow, is_still, run
from .stories import open_word_file, place_of, stories

Pictures = Mapping[str, bytes | None]
NO_PICTURES: Pictures = MappingProxyType({})
KEPT = 64  # templates that are kept ready


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


class Ready:
    """A template ready to be filled many times."""

    def __init__(self, template: bytes) -> None:
        document = open_word_file(template)
        for story in stories(document):
            etree.strip_tags(story.element, etree.Comment, etree.ProcessingInstruction)
        found, pictures = regions(document), placeholders(document)
        broken = tuple(faults(document, found))
        if broken:
            raise TemplateFault(broken)
        self._asked = [
            (str(tag), tag.name, tag.column, tag.optional, place_of(paragraph, region.story), text)
            for region in found
            for paragraph, text in region.sentences
            for tag in text.tags
        ]
        self._names = frozenset(one[1] for one in self._asked)
        self._lists = frozenset(one[1] for one in self._asked if one[2])
        self._columns = {
            name: frozenset(str(one[2]) for one in self._asked if one[1] == name and one[2])
            for name in self._lists
        }
        self._pictures: dict[str, tuple[str, Frame | None]] = {}  # by the part that is exchanged
        for picture in pictures:
            picture.settle()
            if picture.part is not None:
                self._pictures.setdefault(picture.part, (picture.name, picture.frame))
        made, self._drawing = programs(document, found, pictures)
        self._programs = {name: flow for name, flow in made.items() if not is_still(flow)}
        anew = (*self._programs, *self._pictures)
        self._package = Package(template, anew)

    def fill(self, values: Values, pictures: Pictures = NO_PICTURES) -> bytes:
        """One letter; MissingValues where the template asks for what nobody gave."""
        filling = Filling(values, pictures, self._drawing)
        parts = {name: self._part(flow, filling) for name, flow in self._programs.items()}
        if filling.missing or not self._fits(values):
            self._refuse(values, filling)
        for part, (name, frame) in self._pictures.items():
            given = pictures.get(name)
            parts[part] = self._package.contents[part] if given is None else framed(given, frame)
        return self._package.with_parts(parts)

    @staticmethod
    def _part(flow: Flow, filling: Filling) -> bytes:
        out: list[str] = []
        run(flow, filling, NO_ROW, out)
        return "".join(out).encode()

    def _fits(self, values: Values) -> bool:
        """Whether every name was given, and lists where lists are asked; looks at a row of each."""
        if not self._names <= values.keys():
            return False
        for name in self._lists:
            rows = values[name]
            if isinstance(rows, str) or (rows and not self._columns[name] <= rows[0].keys()):
                return False
        return True

    def _refuse(self, values: Values, filling: Filling) -> None:
        """Say every gap at once, where it stands; rows may differ, so that there may be none."""
        gaps: dict[str, Finding] = {}
        known = {name: _columns(value) for name, value in values.items()}
        for tag, name, column, optional, place, text in self._asked:
            message = _misfit(tag, name, column, optional=optional, values=values, known=known)
            if message:
                sentence = " ".join(text.text.split())
                gaps.setdefault(tag.strip("{}?"), Finding(place, message, sentence))
        for slot in filling.missing:
            finding = Finding(slot.place, f"isian {slot.tag} belum ada isinya", slot.sentence)
            gaps.setdefault(slot.tag.strip("{}?"), finding)
        if gaps:
            raise MissingValues(list(gaps.values()), list(gaps))


@lru_cache(maxsize=KEPT)
def ready(template: bytes) -> Ready:
    """The template, made ready once; TemplateFault with all its faults."""
    return Ready(template)


def fill(template: bytes, values: Values, pictures: Pictures = NO_PICTURES) -> bytes:
    """The letter as a .docx, the same bytes for the same input.

    None means that nobody gave the value: it is refused wherever it would have been printed,
    and only there. An empty text is a value. Raises TemplateFault, MissingValues.
    """
    return ready(template).fill(values, pictures)


def _columns(value: Value) -> tuple[str, ...] | None:
    if value is None or isinstance(value, str):
        return None
    return tuple(dict.fromkeys(name for row in value for name in row))


def _misfit(
    tag: str,
    name: str,
    column: str | None,
    *,
    optional: bool,
    values: Values,
    known: Mapping[str, tuple[str, ...] | None],
) -> str:
    """Why no value could ever be printed here, or nothing."""
    if name not in values:
        return unknown_name(tag, known)
    if values[name] is None:
        return ""
    columns = known[name]
    if column and columns and column not in columns:
        return unknown_name(tag, known)
    if (columns is not None) != bool(column) and not optional:
        return f"isian {tag} tidak cocok: hanya daftar yang ditulis dengan kolom"
    return ""
