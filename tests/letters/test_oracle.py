"""The quick way of filling gives what the plain way gives: open with python-docx, fill, save."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from backoffice.errors import LetterHasGap
from backoffice.letters.fill import fill
from backoffice.letters.pictures import PICTURES
from backoffice.letters.stories import stories
from backoffice.letters.tags import TBL, TC, TR, P, W, read_sentence
from tests.letters import plain
from tests.letters.placeholders import png
from tests.letters.samples import SAMPLES, template
from tests.letters.words import paragraph, table, word_file

HOLDERS = (TBL, TR, TC)
FIELDS = ("a", "b")
LISTS = ("p", "q")


def shape(element: etree._Element) -> list[Any]:
    """Paragraphs with their text, tables with their rows and cells, in order."""
    found: list[Any] = []
    for one in element:
        if one.tag == P:
            found.append(read_sentence(one).text)
        elif one.tag in HOLDERS:
            found.append((one.tag.removeprefix(W), shape(one)))
    return found


def shapes(letter: bytes) -> list[Any]:
    """The same of body, headers and footers."""
    found = []
    for story in stories(Document(BytesIO(letter))):
        body = story.element.find(f"{W}body")
        found.append(shape(story.element if body is None else body))
    return found


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_shipped_letter_says_the_same(kind: str) -> None:
    for pictures in ({}, dict.fromkeys(PICTURES, png(("##", "#.")))):
        quick = fill(template(kind), SAMPLES[kind], pictures)
        slow = plain.fill(template(kind), SAMPLES[kind], pictures)
        assert shapes(quick) == shapes(slow)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_part_of_the_file_is_there_and_whole(kind: str) -> None:
    letter = fill(template(kind), SAMPLES[kind])
    with (
        zipfile.ZipFile(BytesIO(letter)) as filled,
        zipfile.ZipFile(BytesIO(template(kind))) as was,
    ):
        assert filled.testzip() is None
        assert sorted(filled.namelist()) == sorted(was.namelist())
        assert filled.namelist()[0] == "[Content_Types].xml"
        assert {one.date_time for one in filled.infolist()} == {(1980, 1, 1, 0, 0, 0)}


TAGS = st.sampled_from([f"{{{{{one}}}}}" for one in FIELDS])
DROPS = st.sampled_from(["", "", "{{?a}}", "{{?b}}", "{{?p}}"])
LINES = st.builds(lambda drop, tag: paragraph(f"{drop}teks {tag}."), DROPS, TAGS)
REPEATED = st.builds(
    lambda drop, name: paragraph(f"{drop and f'{{{{?{name}.x}}}}'}{{{{{name}.x}}}}; {{{{a}}}}"),
    st.booleans(),
    st.sampled_from(LISTS),
)


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A table with rows that stand and rows that repeat."""
    still = st.lists(cells, min_size=1, max_size=2).map(tuple)
    again = st.sampled_from(LISTS).map(
        lambda name: (
            paragraph(f"{{{{{name}.x}}}}"),
            paragraph(f"{{{{?{name}.y}}}}{{{{{name}.y}}}}"),
        )
    )
    return st.lists(st.one_of(still, again), min_size=1, max_size=3).map(lambda rows: table(*rows))


CELLS = st.lists(LINES, min_size=1, max_size=3).map("".join)
NESTED = st.builds(lambda inner, last: inner + last, tables(CELLS), LINES)
BLOCKS = st.lists(
    st.one_of(LINES, REPEATED, tables(st.one_of(CELLS, NESTED))), min_size=1, max_size=6
)
WORDS = st.sampled_from(["", " ", "satu", "a & b\nc", "{{b}}", "<x>\t&amp;", None])
ROWS = st.lists(st.fixed_dictionaries({"x": WORDS, "y": WORDS}), max_size=3)
GIVEN = st.fixed_dictionaries(
    {**dict.fromkeys(FIELDS, WORDS), **dict.fromkeys(LISTS, st.none() | ROWS)}
)


def outcome(way: Any, letter: bytes, values: dict[str, Any]) -> Any:
    """What comes of it: the shapes, or the names that are missing."""
    try:
        return shapes(way(letter, values))
    except LetterHasGap as gap:
        return sorted(gap.values["names"].split(", "))


@settings(max_examples=120, deadline=None)
@given(blocks=BLOCKS, values=st.lists(GIVEN, min_size=3, max_size=3))
def test_whatever_stands_in_a_template_both_ways_agree(
    blocks: list[str], values: list[dict[str, Any]]
) -> None:
    letter = word_file(*blocks, paragraph("Akhir"))
    for one in values:
        assert outcome(fill, letter, one) == outcome(plain.fill, letter, one)
