"""A letter holds what it was given, letter by letter, and nothing that was not."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.errors import LetterHasGap
from backoffice.letters.cleaning import Row, Values
from backoffice.letters.fill import MissingValues, fill
from backoffice.letters.findings import TemplateFault
from tests.letters.paper import saved
from tests.letters.printing import print_all, text_of
from tests.letters.words import blocks, paragraph, part, rows, run, table, texts, word_file

LETTER = word_file(paragraph("Yth. {{nama}}, hal {{hal}}."))
NOTED = word_file(paragraph("{{?catatan}}Catatan: {{catatan}}"), paragraph("Selesai"))
LISTED = word_file(
    table(
        (paragraph("No"), paragraph("Nama")),
        (paragraph("{{penerima.no}}"), paragraph("{{penerima.nama}} ({{desa}})")),
    )
)


def test_a_field_takes_its_value() -> None:
    letter = fill(LETTER, {"nama": "Fitri Teladani", "hal": "KTP-el"})
    assert texts(letter)[0] == "Yth. Fitri Teladani, hal KTP-el."


def test_marks_of_xml_are_ordinary_letters() -> None:
    letter = fill(LETTER, {"nama": "Johanis O'Brien & Keluarga <Latuhalat>", "hal": '"KTP"'})
    assert texts(letter)[0] == 'Yth. Johanis O\'Brien & Keluarga <Latuhalat>, hal "KTP".'


def test_what_looks_like_a_tag_in_a_value_stays_what_was_typed() -> None:
    letter = fill(LETTER, {"nama": "{{hal}}", "hal": "{{nama}} {{?x}} {% x %}"})
    assert texts(letter)[0] == "Yth. {{hal}}, hal {{nama}} {{?x}} {% x %}."


def test_a_value_with_lines_and_tabs_is_printed_with_lines_and_tabs() -> None:
    letter = fill(LETTER, {"nama": "Fitri\r\ndi Ambon", "hal": "satu\tdua\n"})
    assert texts(letter)[0] == "Yth. Fitri\ndi Ambon, hal satu\tdua\n."
    assert part(letter, "word/document.xml").count(b"<w:br/>") == 2


def test_a_paragraph_goes_when_its_field_is_empty() -> None:
    assert texts(fill(NOTED, {"catatan": None})) == ["Selesai"]
    assert texts(fill(NOTED, {"catatan": " \n "})) == ["Selesai"]
    assert texts(fill(NOTED, {"catatan": "segera"})) == ["Catatan: segera", "Selesai"]


def test_a_cell_keeps_a_paragraph_when_its_only_one_goes() -> None:
    template = word_file(table((paragraph("{{?catatan}}{{catatan}}"), paragraph("Tetap"))))
    letter = fill(template, {"catatan": ""})
    assert rows(letter) == [["", "Tetap"]]
    assert part(letter, "word/document.xml").count(b"<w:tc>") == 2


def test_what_keeps_two_tables_apart_stays_when_it_is_empty() -> None:
    cell = table((paragraph("a"),))
    letter = fill(word_file(cell, paragraph("{{?x}}{{x}}"), cell), {"x": ""})
    assert blocks(letter) == ["tbl", "p", "tbl", "sectPr"]


def test_a_section_is_not_lost_with_its_paragraph() -> None:
    section = "<w:pPr><w:sectPr><w:pgSz w:w='12000' w:h='9000'/></w:sectPr></w:pPr>"
    template = word_file(f"<w:p >{section}{run('{{?x}}{{x}}')}</w:p>", paragraph("Akhir"))
    letter = fill(template, {"x": ""})
    assert part(letter, "word/document.xml").count(b"<w:sectPr") == 2


def test_a_row_repeats_for_each_of_a_list() -> None:
    people = [{"no": "1.", "nama": "Ani"}, {"no": "2.", "nama": "Budi & {{desa}}"}]
    letter = fill(LISTED, {"penerima": people, "desa": "Hulu"})
    assert rows(letter) == [
        ["No", "Nama"],
        ["1.", "Ani (Hulu)"],
        ["2.", "Budi & {{desa}} (Hulu)"],
    ]


def test_a_list_of_nobody_leaves_only_the_head_of_the_table() -> None:
    assert rows(fill(LISTED, {"penerima": [], "desa": "Hulu"})) == [["No", "Nama"]]


def test_a_table_that_has_no_row_left_goes() -> None:
    template = word_file(table((paragraph("{{p.x}}"),)), paragraph("Akhir"))
    letter = fill(template, {"p": []})
    assert blocks(letter) == ["p", "sectPr"]
    assert texts(letter) == ["Akhir"]


def test_outside_a_table_the_paragraph_repeats() -> None:
    template = word_file(paragraph("- {{isi.paragraf}}"), paragraph("Akhir"))
    letter = fill(template, {"isi": [{"paragraf": "satu"}, {"paragraf": "dua"}]})
    assert texts(letter) == ["- satu", "- dua", "Akhir"]


def test_a_line_of_a_row_goes_for_whom_it_is_empty() -> None:
    cell = paragraph("{{p.nama}}") + paragraph("{{?p.alamat}}di {{p.alamat}}")
    people: list[Row] = [{"nama": "Ani", "alamat": "Ambon"}, {"nama": "Budi", "alamat": None}]
    letter = fill(word_file(table((cell,))), {"p": people})
    assert rows(letter) == [["Ani\ndi Ambon"], ["Budi"]]


def test_a_table_row_goes_when_all_that_stands_in_it_goes() -> None:
    noted = (paragraph("{{?catatan}}Catatan"), paragraph("{{?catatan}}: {{catatan}}"))
    template = word_file(table((paragraph("Hal"), paragraph(": {{hal}}")), noted))
    assert rows(fill(template, {"hal": "KTP", "catatan": ""})) == [["Hal", ": KTP"]]
    assert rows(fill(template, {"hal": "KTP", "catatan": "segera"})) == [
        ["Hal", ": KTP"],
        ["Catatan", ": segera"],
    ]


def test_a_table_of_which_no_row_is_left_goes_too() -> None:
    cell = paragraph("{{?catatan}}{{catatan}}")
    template = word_file(table((cell,), (cell, paragraph(""))), paragraph("Akhir"))
    assert blocks(fill(template, {"catatan": " "})) == ["p", "sectPr"]
    assert blocks(fill(template, {"catatan": "a"})) == ["tbl", "p", "sectPr"]


def test_a_row_of_a_list_goes_for_whom_nothing_stands_in_it() -> None:
    row = (paragraph("{{?p.alamat}}{{p.nama}}"), paragraph("{{?p.alamat}}di {{p.alamat}}"))
    people: list[Row] = [{"nama": "Ani", "alamat": ""}, {"nama": "Budi", "alamat": "Ambon"}]
    template = word_file(table(row), paragraph("Akhir"))
    assert rows(fill(template, {"p": people})) == [["Budi", "di Ambon"]]
    assert blocks(fill(template, {"p": people[:1]})) == ["p", "sectPr"]


def test_a_row_with_a_label_that_always_stands_is_never_lost() -> None:
    template = word_file(table((paragraph("Catatan"), paragraph("{{?catatan}}{{catatan}}"))))
    assert rows(fill(template, {"catatan": ""})) == [["Catatan", ""]]


def test_tags_are_filled_in_every_header_and_footer_there_is() -> None:
    document = Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.add_section().different_first_page_header_footer = True
    for n, section in enumerate(document.sections):
        for kind in ("header", "footer"):
            for page in ("", "first_page_", "even_page_"):
                place = getattr(section, f"{page}{kind}")
                place.is_linked_to_previous = False
                place.paragraphs[0].text = f"{n} {page}{kind}: {{{{nama}}}}"
    letter = fill(saved(document), {"nama": "Fitri"})
    with zipfile.ZipFile(BytesIO(letter)) as package:
        parts = [one for one in package.namelist() if re.search("(header|footer)[0-9]+.xml$", one)]
        assert len(parts) == 12
        assert all(b": Fitri<" in package.read(one) for one in parts)


def test_a_letter_tells_nothing_of_who_made_its_template() -> None:
    document = Document()  # the one python-docx begins with has a small picture of its first page
    document.add_paragraph("{{nama}}")
    about = document.core_properties
    about.author, about.last_modified_by, about.title = "Ani & <Budi>", "PC Budi", "Surat"
    about.comments = "konsep untuk Bu Citra"
    template = saved(document)
    letter = fill(template, {"nama": "Fitri"})
    told = Document(BytesIO(letter)).core_properties
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert told.title == "Surat"
    assert len(part(template, "docProps/thumbnail.jpeg")) > 2000
    assert len(part(letter, "docProps/thumbnail.jpeg")) < 1000


def test_a_list_inside_a_row_of_another_list_is_filled_once() -> None:
    inner = table((paragraph("{{dalam.x}}"),)) + paragraph("{{luar.y}}")
    values = {"luar": [{"y": "{{dalam.x}}"}, {"y": "b"}], "dalam": [{"x": "{{luar.y}}"}]}
    letter = fill(word_file(table((inner,))), values)
    xml = part(letter, "word/document.xml").decode()
    assert re.findall(r"<w:t[^>]*>([^<]+)</w:t>", xml) == [
        "{{luar.y}}",
        "{{dalam.x}}",
        "{{luar.y}}",
        "b",
    ]


def test_bookmarks_and_paragraph_identities_are_not_given_twice() -> None:
    mark = '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>'
    template = word_file(f"<w:p >{mark}{run('{{isi.x}}')}</w:p>")
    letter = fill(template, {"isi": [{"x": "a"}, {"x": "b"}]})
    assert part(letter, "word/document.xml").count(b"bookmarkStart") == 0


def test_a_field_nobody_gave_is_refused_with_its_place_and_the_nearest_name() -> None:
    with pytest.raises(MissingValues) as refused:
        fill(word_file(paragraph("Nomor: {{nomer}}")), {"nomor": "1"})
    assert str(refused.value) == (
        "isi surat, paragraf 1: isian {{nomer}} tidak dikenal; maksudnya {{nomor}}? "
        "di «Nomor: {{nomer}}»"
    )


def test_every_gap_is_named_at_once_and_the_letter_is_refused_as_having_a_gap() -> None:
    with pytest.raises(LetterHasGap) as refused:
        fill(LETTER, {"nama": None, "hal": None})
    assert refused.value.values["names"] == "nama, hal"


def test_a_missing_column_is_refused_with_the_cell_it_stands_in() -> None:
    with pytest.raises(MissingValues) as refused:
        fill(LISTED, {"penerima": [{"no": "1.", "nama": None}], "desa": "Hulu"})
    assert str(refused.value).startswith(
        "isi surat, tabel 1 baris 2 kolom 2, paragraf 1: isian {{penerima.nama}} belum ada isinya"
    )


def test_an_unknown_column_a_list_without_column_and_a_field_with_one_are_refused() -> None:
    given: dict[str, Values] = {
        "{{p.alamt}}": {"p": [{"alamat": "x"}]},
        "{{p}}": {"p": [{"alamat": "x"}]},
        "{{p.x}}": {"p": "text"},
    }
    for tag, values in given.items():
        with pytest.raises(MissingValues):
            fill(word_file(paragraph(tag)), values)


def test_an_empty_text_is_a_value_and_nothing_prints_none() -> None:
    assert texts(fill(LETTER, {"nama": "", "hal": "x"}))[0] == "Yth. , hal x."


def test_nobody_is_asked_for_a_value_of_a_paragraph_that_goes() -> None:
    template = word_file(paragraph("{{?kota}}di {{kota}}, {{jalan}}"), paragraph("Akhir"))
    assert texts(fill(template, {"kota": "", "jalan": None})) == ["Akhir"]
    with pytest.raises(MissingValues):
        fill(template, {"kota": "Ambon", "jalan": None})


def test_a_broken_template_fills_nothing() -> None:
    with pytest.raises(TemplateFault):
        fill(word_file(paragraph("{{nama dan seterusnya")), {"nama": "x"})


LINE_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
ILLEGAL = "[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
# A letter of any alphabet, of the most usual ones, a sign that must be escaped, half a sign.
RANGES: tuple[Callable[[random.Random], int], ...] = (
    lambda chance: chance.randrange(0x110000),
    lambda chance: chance.randrange(0x3000),
    lambda chance: ord(chance.choice("&<>\"' {}\n\t")),
    lambda chance: chance.randrange(0xD800, 0xE000),
)
ANY_TEXT = st.one_of(
    st.text(st.characters(codec=None), max_size=60),
    st.text(
        "&<>\"'{}?. \n\t\r\x00\x0b\x1f\ud83d\ude00\ud800\ufeff\u202e\u05d0\u0634😀a", max_size=60
    ),
    st.just("panjang 😀 " * 1250),
    st.sampled_from(("{{hal}}", "{{?nama}}", "]]>", "<!--", "&amp;", "\ufffe", "مرحبا", "שלום")),
)


TEXTS = 10  # in one letter
TEN = word_file(*(paragraph(f"{{{{t{n}}}}}.") for n in range(TEXTS)))
LETTERS = st.lists(ANY_TEXT, min_size=TEXTS, max_size=TEXTS)


def assert_the_same(given: list[str]) -> None:
    """The texts come back from the letter, without what no Word file can hold."""
    letter = fill(TEN, {f"t{n}": text for n, text in enumerate(given)})
    expected = [re.sub(ILLEGAL, "", re.sub(LINE_BREAKS, "\n", text)) for text in given]
    assert texts(letter) == [f"{text}." for text in expected]


@settings(max_examples=100, deadline=None)
@given(typed=LETTERS)
def test_a_thousand_texts_come_back_as_they_were_given(typed: list[str]) -> None:
    assert_the_same(typed)


@pytest.mark.long
@settings(max_examples=500, deadline=None)
@given(typed=LETTERS)
def test_five_thousand_texts_come_back_as_they_were_given(typed: list[str]) -> None:
    assert_the_same(typed)


@pytest.mark.long
@pytest.mark.slow
def test_fifty_letters_of_any_text_open_in_libreoffice(tmp_path: Path) -> None:
    chance = random.Random(6)  # the same texts every time
    for n in range(50):
        signs = [chr(chance.choice(RANGES)(chance)) for _ in range(chance.randrange(200))]
        values = {"catatan": f"x{''.join(signs)}"}
        (tmp_path / f"{n}.docx").write_bytes(fill(NOTED, values))
    print_all(tmp_path, *sorted(tmp_path.glob("*.docx")))
    for n in range(50):
        assert "Selesai" in text_of(tmp_path / f"{n}.pdf")
