"""Reading a template: the names it asks for, and every fault at once with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as WordFile
from lxml import etree

from .findings import Finding, TemplateFault
from .pictures import placeholders, unfit
from .stories import NOTES, Story, open_word_file, parts, place_of, stories
from .tags import TR, P, Sentence, W, container, read_sentence

SECTION = f"{W}pPr/{W}sectPr"
TRACKED = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo"))
Known = Mapping[str, Collection[str] | None]  # name -> columns of a list; None for a field


@dataclass(frozen=True, slots=True)
class Template:
    """What a sound template asks for. `lists`: name -> columns; `warnings`: no reason to refuse."""

    fields: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    warnings: tuple[Finding, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every name, of fields and of lists."""
        return frozenset(self.fields) | frozenset(self.lists)


@dataclass(frozen=True, slots=True)
class Region:
    """What is filled as a whole: a paragraph, or a table row with its paragraphs.

    `list`: the list it repeats for, if any.
    """

    story: Story
    element: etree._Element
    list: str | None
    sentences: tuple[tuple[etree._Element, Sentence], ...]


def compile_template(data: bytes, known: Known | None = None) -> Template:
    """What the template asks for; TemplateFault with all faults, unknown names among them."""
    document = open_word_file(data)
    found = regions(document)
    findings = [*faults(document, found), *(_unknown(found, known) if known is not None else ())]
    if findings:
        raise TemplateFault(tuple(findings))
    return _summary(found, tuple(_warnings(document)))


def regions(document: WordFile) -> list[Region]:
    """Whatever holds tags or stray braces, in the order of the document."""
    found: dict[etree._Element, Region] = {}
    for story in stories(document):
        sentences = {one: read_sentence(one) for one in story.paragraphs()}
        rows = {container(one): text.lists for one, text in sentences.items() if text.lists}
        for paragraph, text in sentences.items():
            row = container(paragraph)
            element = row if row in rows else paragraph
            if not (text.tags or text.bad):
                continue
            before = found[element].sentences if element in found else ()
            name = next(iter(rows.get(element, ())), None)
            found[element] = Region(story, element, name, (*before, (paragraph, text)))
    return list(found.values())


def faults(document: WordFile, found: list[Region]) -> Iterator[Finding]:
    """Everything for which the template has to be refused."""
    yield from unfit(placeholders(document))
    for region in found:
        for paragraph, text in region.sentences:
            place = place_of(paragraph, region.story)
            for bad in text.bad:
                yield Finding(place, _about(bad.text, orphan=bad.orphan), _short(text.text))
        yield from _structure(region)
    yield from _clashes(found)
    for part in parts(document):
        if part.content_type.endswith(NOTES) and b"{{" in part.blob:
            yield Finding(
                "catatan kaki", "isian di catatan kaki tidak dilayani; pindahkan ke isi surat"
            )


def _about(text: str, *, orphan: bool) -> str:
    if orphan and text == "{{":
        return "tanda '{{' tidak lengkap; isian ditulis {{nama_isian}} dalam satu baris"
    if orphan:
        return "tanda '}}' tanpa '{{' di depannya; hapus tanda itu atau lengkapi isiannya"
    bare = text[2:-2].strip()
    guess = re.sub(r"[^a-z0-9_.]+", "_", bare.lower().lstrip("?")).strip("_.")
    mark = "?" if bare.startswith("?") else ""
    hint = f"; maksudnya {{{{{mark}{guess}}}}}?" if guess and guess[0].isalpha() else ""
    return f"isian {text} tidak dapat dibaca: hanya huruf, angka dan garis bawah{hint}"


def _structure(region: Region) -> Iterator[Finding]:
    names = {name for _, text in region.sentences for name in text.lists}
    paragraph, text = region.sentences[0]
    place = place_of(paragraph, region.story)
    if len(names) > 1:
        what = "baris tabel" if region.element.tag == TR else "paragraf"
        both = " dan ".join(sorted(names))
        yield Finding(place, f"satu {what} memuat dua daftar, {both}; pisahkan", _short(text.text))
    if region.list and region.element.tag == P and region.element.find(SECTION) is not None:
        yield Finding(
            place, "paragraf yang berulang memuat pemisah bagian; pindahkan", _short(text.text)
        )


def _clashes(found: list[Region]) -> Iterator[Finding]:
    lists = {name for region in found for _, text in region.sentences for name in text.lists}
    for region in found:
        for paragraph, text in region.sentences:
            place = place_of(paragraph, region.story)
            for tag in text.tags:
                if tag.name in lists and not tag.column and not tag.optional:
                    hint = (
                        f"{tag.name} adalah daftar; tulis kolomnya, misalnya {{{{{tag.name}.…}}}}"
                    )
                    yield Finding(place, hint, _short(text.text))


def _unknown(found: list[Region], known: Known) -> Iterator[Finding]:
    for region in found:
        for paragraph, text in region.sentences:
            place = place_of(paragraph, region.story)
            for tag in text.tags:
                if not _is_known(tag.name, tag.column, known):
                    yield Finding(place, unknown_name(str(tag), known), _short(text.text))


def _is_known(name: str, column: str | None, known: Known) -> bool:
    if name not in known:
        return False
    columns = known[name]
    return column is None or (columns is not None and column in columns)


def unknown_name(tag: str, known: Known) -> str:
    """The sentence about a tag nobody can fill, with the nearest one that somebody can."""
    all_names = list(known)
    all_names += [f"{name}.{one}" for name, columns in known.items() for one in columns or ()]
    near = difflib.get_close_matches(tag.strip("{}?"), all_names, n=1, cutoff=0.6)
    hint = f"; maksudnya {{{{{near[0]}}}}}?" if near else ""
    return f"isian {tag} tidak dikenal{hint}"


def _summary(found: list[Region], warnings: tuple[Finding, ...]) -> Template:
    tags = [tag for region in found for _, text in region.sentences for tag in text.tags]
    lists: dict[str, tuple[str, ...]] = {}
    for tag in tags:
        if tag.column:
            columns = (*lists.get(tag.name, ()), tag.column)
            lists[tag.name] = tuple(dict.fromkeys(columns))
    fields = dict.fromkeys(tag.name for tag in tags if tag.name not in lists)
    return Template(tuple(fields), lists, warnings)


def _warnings(document: WordFile) -> Iterator[Finding]:
    for story in stories(document):
        if next(story.element.iter(*TRACKED), None) is not None:
            yield Finding(
                story.name, "ada perubahan yang terlacak; terima semua perubahan dahulu di Word"
            )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 90 else one_line[:89] + "…"
