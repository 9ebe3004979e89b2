"""No sentence reaches the screen in English: ours, WTForms' and Flask-Admin's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import flask_admin
import pytest
import wtforms
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from backoffice.config import ROOT
from backoffice.text import TRANSLATIONS

KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# Of Flask-Admin we use its views; its templates, file manager and other databases we do not.
UNUSED = ("static", "templates", "tests", "fileadmin", "contrib")


def sentences(folder: Path, methods: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every sentence below `folder` that is looked up in the catalogue, with its place."""
    keywords = dict(KEYWORDS)
    for file, line, found, _comments, _context in extract_from_dir(
        folder, methods, keywords=keywords
    ):
        yield (found if isinstance(found, str) else found[0]), f"{file}:{line}"


@cache
def catalogue(name: str) -> Catalog:
    """The Indonesian of one domain."""
    with (TRANSLATIONS / "id" / "LC_MESSAGES" / f"{name}.po").open("rb") as file:
        return read_po(file, locale="id")


def missing(found: Iterator[tuple[str, str]], name: str) -> list[str]:
    """The sentences of which the catalogue has no Indonesian, with their places."""
    return sorted({f"{place}: {text}" for text, place in found if not translated(text, name)})


def translated(text: str, name: str) -> bool:
    entry = catalogue(name).get(text)
    if entry is None or entry.fuzzy:
        return False
    return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)


def test_every_sentence_of_ours_has_its_indonesian() -> None:
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, _options = parse_mapping_cfg(file)

    assert missing(sentences(ROOT, methods), "messages") == []


def test_every_message_of_a_validator_has_its_indonesian() -> None:
    folder = Path(wtforms.__file__).parent
    found = (one for one in sentences(folder, [("**.py", "python")]) if "None." not in one[0])

    assert missing(found, "messages") == []


def test_every_message_of_flask_admin_has_its_indonesian() -> None:
    folder = Path(flask_admin.__file__).parent
    found = [
        one
        for one in [
            *sentences(folder, [("**.py", "python")]),
            *sentences(folder / "contrib" / "sqla", [("**.py", "python")]),
        ]
        if not one[1].startswith(UNUSED)
    ]

    assert len(found) > 40
    assert missing(iter(found), "admin") == []


@pytest.mark.parametrize("name", ["messages", "admin"])
def test_the_indonesian_names_the_same_values(name: str) -> None:
    wrong = []
    for entry in catalogue(name):
        english = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        indonesian = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        allowed = set().union(*(PLACES.findall(one) for one in english))
        wrong += [one for one in indonesian if not set(PLACES.findall(one)) <= allowed]

    assert wrong == []


@pytest.mark.parametrize("name", ["messages", "admin"])
def test_a_catalogue_says_what_it_is_and_leaves_no_blank_of_a_form(name: str) -> None:
    head = (TRANSLATIONS / "id" / "LC_MESSAGES" / f"{name}.po").read_text("utf-8").split("\n\n")[0]

    assert "Project-Id-Version: Paraf" in head
    assert re.findall("FIRST AUTHOR|EMAIL@ADDRESS|FULL NAME|ORGANIZATION|VERSION|YEAR", head) == []
