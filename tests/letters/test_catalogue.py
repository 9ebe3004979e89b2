"""What authors of templates are told they may ask for is what they may ask for."""

from __future__ import annotations

import pytest

from backoffice.letters.catalogue import COLUMNS, WORDS, readme, words_of
from backoffice.letters.compile import compile_template
from backoffice.letters.kinds import KINDS, LETTER_NAMES, NAMES, Made
from tests.letters.samples import SAMPLES, TEMPLATES, template

pytestmark = pytest.mark.letters


def test_the_page_beside_the_templates_is_the_one_the_program_writes() -> None:
    assert (TEMPLATES / "README.md").read_text(encoding="utf-8") == readme()


def test_every_kind_stands_on_the_page_with_every_name_it_offers() -> None:
    sections = readme().split("\n### ")
    for kind in (one for one in KINDS.values() if not one.key.endswith("-kanan")):
        section = next(one for one in sections if one.startswith(f"{kind.title} (`{kind.key}`)"))
        own = kind.names if kind.made is not Made.DRAFTED else [one.key for one in kind.fields]
        assert [one for one in own if f"{one}}}}}`" not in section] == []


def test_no_word_explains_what_nothing_offers() -> None:
    offered = {
        name if column is None else f"{name}.{column}"
        for names in (*NAMES.values(), LETTER_NAMES)
        for name, columns in names.items()
        for column in (None, *(columns or ()))
    }
    assert set(WORDS) - offered == set()
    assert all(words_of(name) for name in offered if "." not in name)
    assert {one.split(".")[1] for one in offered if "." in one and one not in WORDS} == set(COLUMNS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_every_value_the_template_of_its_kind_asks_for(kind: str) -> None:
    asked = compile_template(template(kind), NAMES[kind])
    assert asked.names <= SAMPLES[kind].keys()
    assert asked.names & NAMES[kind].keys() == asked.names
