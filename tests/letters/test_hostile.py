"""No template file does harm: each attack is refused, and an office clerk is told what to do."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from backoffice.letters import checking
from backoffice.letters.fill import fill
from tests.letters.hostile import GOOD, HOSTILE, SHELL
from tests.letters.paper import saved

pytestmark = pytest.mark.letters


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused_in_words_of_the_office(name: str) -> None:
    make, words = HOSTILE[name]
    checked = checking.check(make(), "surat-balasan")
    assert checked.asked is None
    assert words in "\n".join(map(str, checked.findings))


def test_the_file_that_all_of_them_are_made_of_passes() -> None:
    checked = checking.check(GOOD, "surat-balasan")
    assert checked.findings == ()


def test_a_program_in_the_title_or_in_the_words_of_a_value_stays_plain_text() -> None:
    document = Document(BytesIO(GOOD))
    document.core_properties.title = SHELL
    document.add_paragraph("{% for x in range(10**9) %}{{hal}}")
    letter = Document(BytesIO(fill(saved(document), {"nomor_surat": SHELL, "hal": "{{hal}}"})))
    assert letter.core_properties.title == SHELL
    assert [one.text for one in letter.paragraphs] == [
        f"Nomor: {SHELL}",
        "{% for x in range(10**9) %}{{hal}}",
    ]
