"""The Word files that are shipped: sound, safe, made again from nothing, filled however cut."""

from __future__ import annotations

import copy
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordFile
from lxml import etree

from backoffice.letters import disposition_sheet, gate, kinds, meeting_papers
from backoffice.letters.compile import compile_template
from backoffice.letters.fill import fill
from backoffice.letters.kinds import LETTER_NAMES
from backoffice.letters.pictures import QR
from backoffice.letters.qr import qr_png
from backoffice.letters.stories import stories
from backoffice.letters.tags import T, W, read_sentence
from tests.letters.build_templates import BUILDERS
from tests.letters.paper import saved
from tests.letters.samples import SAMPLES, TEMPLATES, template
from tests.letters.words import part

pytestmark = pytest.mark.letters
NAMES = {
    **kinds.NAMES,
    **meeting_papers.NAMES,
    "lembar-disposisi": disposition_sheet.NAMES,
}
KINDS = sorted(one.stem for one in TEMPLATES.glob("*.docx"))


def everything(document: WordFile) -> list[str]:
    """Every paragraph of body, headers and footers."""
    return [read_sentence(one).text for story in stories(document) for one in story.paragraphs()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_template_asks_only_for_names_the_case_can_give(kind: str) -> None:
    read = compile_template(template(kind), NAMES.get(kind, LETTER_NAMES))
    assert read.names
    assert read.warnings == ()


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_template_passes_the_gate(kind: str) -> None:
    gate.inspect(template(kind))


@pytest.mark.parametrize("kind", BUILDERS)
def test_every_letter_template_can_be_made_again(kind: str) -> None:
    shipped, built = (Document(BytesIO(one)) for one in (template(kind), BUILDERS[kind]()))
    assert everything(shipped) == everything(built)
    names = [{style.name for style in one.styles} for one in (shipped, built)]
    assert names[0] == names[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_template_is_on_f4_in_arial_for_the_word_of_today(kind: str) -> None:
    document = Document(BytesIO(template(kind)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (215, 330)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.cm, 1) for one in margins] == [2.0, 2.5, 3.0, 2.0]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == (
        "Arial",
        12,
    )
    settings = part(template(kind), "word/settings.xml").decode()
    assert 'w:name="compatibilityMode"' in settings
    assert 'w:val="15"' in settings


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_filled_letter_has_every_value_and_no_tag(kind: str) -> None:
    letter = fill(template(kind), SAMPLES[kind], {QR: qr_png("https://surat.example.go.id/v")})
    printed = "\n".join(everything(Document(BytesIO(letter))))
    asked = compile_template(template(kind))
    for name in asked.fields:
        assert SAMPLES[kind][name].replace("\n", " ") in printed.replace("\n", " ")
    for name, columns in asked.lists.items():
        assert all(row[one] in printed for row in SAMPLES[kind][name] for one in columns)
    assert "{{" not in printed
    assert "None" not in printed


def test_what_is_optional_leaves_no_trace() -> None:
    empty = dict.fromkeys(("alamat_penerima", "pembuka", "penutup", "ttd_pangkat", "ttd_nip"))
    values = {**SAMPLES["surat-balasan"], **empty, "tembusan": []}
    printed = everything(Document(BytesIO(fill(template("surat-balasan"), values))))
    assert "Tembusan:" not in printed
    assert not any(line.startswith(("NIP", "di ")) for line in printed)


def places_to_cut(document: WordFile, at: int) -> list[tuple[etree._Element, int]]:
    """Every tag's place `at` characters into it, where it has as many; the last one first."""
    found = []
    for story in stories(document):
        for paragraph in story.paragraphs():
            sentence = read_sentence(paragraph)
            for node, start in sentence.pieces:
                end = start + len(node.text or "")
                for tag in sentence.tags:
                    if start <= tag.start and tag.start + at < min(tag.end, end):
                        found.append((node, tag.start + at - start))
    return found[::-1]


def cut(node: etree._Element, at: int) -> None:
    """Move what follows `at` into a run of its own, as Word does."""
    text, run = node.text or "", node.getparent()
    place = run.index(node)
    second = copy.deepcopy(run)
    for extra in list(run)[place + 1 :]:
        run.remove(extra)
    for extra in list(second)[:place]:
        if extra.tag != f"{W}rPr":
            second.remove(extra)
    node.text, second.find(T).text = text[:at], text[at:]
    run.addnext(second)


def pulled_apart(document: WordFile) -> int:
    """Give every character of every tag a run of its own; how many cuts that took."""
    cuts = 0
    for story in stories(document):
        for paragraph in story.paragraphs():
            sentence = read_sentence(paragraph)
            inside = {n for tag in sentence.tags for n in range(tag.start + 1, tag.end)}
            for node, start in reversed(sentence.pieces):
                for place in sorted(inside, reverse=True):
                    if start < place < start + len(node.text or ""):
                        cut(node, place - start)
                        cuts += 1
    return cuts


@pytest.mark.parametrize("kind", SAMPLES)
def test_tags_of_which_every_character_is_a_run_give_the_same_letter(kind: str) -> None:
    document = Document(BytesIO(template(kind)))
    assert pulled_apart(document) > 300
    filled = Document(BytesIO(fill(saved(document), SAMPLES[kind])))
    assert everything(filled) == everything(Document(BytesIO(fill(template(kind), SAMPLES[kind]))))


@pytest.mark.long
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_tag_cut_anywhere_gives_the_same_letter(kind: str) -> None:
    expected = everything(Document(BytesIO(fill(template(kind), SAMPLES[kind]))))
    tried = 0
    for at in range(1, 60):
        document = Document(BytesIO(template(kind)))
        places = places_to_cut(document, at)
        for node, place in places:
            cut(node, place)
        filled = Document(BytesIO(fill(saved(document), SAMPLES[kind])))
        assert everything(filled) == expected, f"every tag cut after {at} characters"
        tried += len(places)
        if not places:
            break
    assert tried > 300
