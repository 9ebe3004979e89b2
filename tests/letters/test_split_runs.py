"""However Word has cut a sentence into runs, the tag in it is found."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from backoffice.letters.fill import fill
from tests.letters.words import first_text, part, run, texts, word_file

BOLD = "<w:rPr><w:b/></w:rPr>"
CASES = {
    "in one run": run("Yth. {{nama}} di Ambon"),
    "spell check inside the name": run("Yth. {{na")
    + '<w:proofErr w:type="spellStart"/>'
    + run("ma")
    + '<w:proofErr w:type="spellEnd"/>'
    + run("}} di Ambon"),
    "braces in two runs": run("Yth. {") + run("{nama}") + run("} di Ambon"),
    "name cut by revision marks": run("Yth. {{") + run("n") + run("am") + run("a}} di Ambon"),
    "half of it bold": run("Yth. {{na") + run("ma}} di Ambon", BOLD),
    "a bookmark inside": run("Yth. {{na")
    + '<w:bookmarkStart w:id="7" w:name="x"/><w:bookmarkEnd w:id="7"/>'
    + run("ma}} di Ambon"),
    "a tracked insertion inside": run("Yth. {{na")
    + f'<w:ins w:id="8" w:author="x">{run("ma}} di")}</w:ins>'
    + run(" Ambon"),
    "in a hyperlink": run("Yth. ")
    + f'<w:hyperlink w:anchor="x">{run("{{nama}}")}</w:hyperlink>'
    + run(" di Ambon"),
    "in a content control": run("Yth. {{")
    + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('nama')}</w:sdtContent></w:sdt>"
    + run("}} di Ambon"),
    "two cut tags": run("Yth. {{na") + run("ma}} di {{ko") + run("ta}}"),
    "a page break mark": run("Yth. {{na")
    + "<w:r><w:lastRenderedPageBreak/><w:t>ma}} di Ambon</w:t></w:r>",
    "a smart tag": run("Yth. {{") + f"<w:smartTag>{run('nama')}</w:smartTag>" + run("}} di Ambon"),
    "a tracked deletion": run("Yth. {{na")
    + '<w:del w:id="9" w:author="x"><w:r><w:delText>xx</w:delText></w:r></w:del>'
    + run("ma}} di Ambon"),
    "a hard space in the tag": run("Yth. {{\u00a0nama }} di Ambon"),
    "a lone brace beside it": run("Yth. {{nama}} di Ambon") + run("") + run(" {1}"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_tag_that_word_has_cut_is_filled_as_a_whole(case: str) -> None:
    template = word_file(f"<w:p >{CASES[case]}</w:p>")
    letter = fill(template, {"nama": "Fitri", "kota": "Ambon"})
    assert first_text(letter).startswith("Yth. Fitri di Ambon")
    assert "{{" not in first_text(letter)
    assert "}}" not in first_text(letter)


def test_the_value_takes_the_format_of_the_run_in_which_the_tag_begins() -> None:
    template = word_file(f"<w:p >{run('{{na', BOLD)}{run('ma}} di Ambon')}</w:p>")
    letter = fill(template, {"nama": "Fitri"})
    first, second = Document(BytesIO(letter)).paragraphs[0].runs
    assert (first.text, first.bold) == ("Fitri", True)
    assert (second.text, second.bold) == (" di Ambon", None)


def test_a_tag_in_a_text_box_is_filled_in_both_of_its_copies() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{{na</w:t></w:r><w:r><w:t>ma}}</w:t></w:r></w:p>"
    box += "</w:txbxContent>"
    drawing = (
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    letter = fill(word_file(f"<w:p ><w:r>{drawing}</w:r>{run('Isi')}</w:p>"), {"nama": "Fitri"})
    assert part(letter, "word/document.xml").decode().count("Fitri") == 2
    assert texts(letter)[0] == "Isi"
