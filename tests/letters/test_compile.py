"""A template is read once: what it asks for, and every fault in words its author can use."""

from __future__ import annotations

import pytest
from docx import Document

from backoffice.letters.compile import compile_template
from backoffice.letters.findings import TemplateFault
from backoffice.letters.stories import NotAWordFile
from tests.letters.paper import saved
from tests.letters.words import paragraph, part, repacked, run, table, word_file

KNOWN = {"nomor": None, "catatan": None, "penerima": ("no", "nama")}


def faults(*blocks: str) -> list[str]:
    """Every fault that is found, as it is told."""
    with pytest.raises(TemplateFault) as refused:
        compile_template(word_file(*blocks), KNOWN)
    assert str(refused.value) == "\n".join(map(str, refused.value.findings))
    return [str(one) for one in refused.value.findings]


def test_a_sound_template_tells_its_fields_and_lists() -> None:
    read = compile_template(
        word_file(
            paragraph("{{ Nomor }} {{?catatan}}"),
            table((paragraph("{{penerima.no}}"), paragraph("{{penerima.nama}}"))),
            paragraph("{{?penerima}}dan {1}"),
        ),
        KNOWN,
    )
    assert read.fields == ("nomor", "catatan")
    assert read.lists == {"penerima": ("no", "nama")}
    assert read.names == {"nomor", "catatan", "penerima"}
    assert read.warnings == ()


def test_tags_in_headers_and_footers_are_read_too() -> None:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{nomor}}"
    section.footer.paragraphs[0].text = "{{nomer}}"
    with pytest.raises(TemplateFault) as refused:
        compile_template(saved(document), KNOWN)
    assert str(refused.value) == (
        "kaki halaman, paragraf 1: isian {{nomer}} tidak dikenal; maksudnya {{nomor}}? "
        "di «{{nomer}}»"
    )


def test_an_unknown_name_is_told_with_its_sentence_and_the_nearest_known_one() -> None:
    assert faults(paragraph("Nomor: {{nomer}}")) == [
        "isi surat, paragraf 1: isian {{nomer}} tidak dikenal; maksudnya {{nomor}}? "
        "di «Nomor: {{nomer}}»"
    ]


def test_an_unknown_column_is_told_and_a_name_like_none_has_no_suggestion() -> None:
    column, other = faults(paragraph("{{penerima.nam}}"), paragraph("{{xyz}}"))
    assert "isian {{penerima.nam}} tidak dikenal; maksudnya {{penerima.nama}}?" in column
    assert "isian {{xyz}} tidak dikenal di «{{xyz}}»" in other


def test_braces_without_a_partner_are_told() -> None:
    assert faults(paragraph("Nomor: {{nomor dan seterusnya")) == [
        "isi surat, paragraf 1: tanda '{{' tidak lengkap; isian ditulis {{nama_isian}} "
        "dalam satu baris di «Nomor: {{nomor dan seterusnya»"
    ]
    assert faults(paragraph("Nomor}} {{nomor}}")) == [
        "isi surat, paragraf 1: tanda '}}' tanpa '{{' di depannya; hapus tanda itu atau lengkapi "
        "isiannya di «Nomor}} {{nomor}}»"
    ]


def test_a_tag_does_not_run_over_a_line_break() -> None:
    [fault, other] = faults(f"<w:p >{run('{{no')}<w:r><w:br/></w:r>{run('mor}}')}</w:p>")
    assert "'{{' tidak lengkap" in fault
    assert "'}}' tanpa" in other


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("{{nomor surat}}", "{{nomor_surat}}"),
        ("{{?Catatan-kaki}}", "{{?catatan_kaki}}"),
        ("{{nama|upper}}", "{{nama_upper}}"),
        ("{{ cycler.__init__.x }}", "{{cycler.__init__.x}}"),
    ],
)
def test_a_tag_that_cannot_be_read_is_told_with_what_was_probably_meant(
    typed: str, guess: str
) -> None:
    [fault] = faults(paragraph(typed))
    assert f"isian {typed} tidak dapat dibaca" in fault
    assert f"maksudnya {guess}?" in fault


def test_an_empty_tag_has_no_guess() -> None:
    assert "maksudnya" not in faults(paragraph("{{ }}"))[0]


def test_all_faults_are_told_at_once_with_their_cells() -> None:
    found = faults(
        paragraph("{{nomor"),
        table((paragraph("{{a b}}"), paragraph("satu") + paragraph("}}"))),
    )
    assert [one.split(":")[0] for one in found] == [
        "isi surat, paragraf 1",
        "isi surat, tabel 1 baris 1 kolom 1, paragraf 1",
        "isi surat, tabel 1 baris 1 kolom 2, paragraf 2",
    ]


def test_two_lists_in_one_row_or_paragraph_are_refused() -> None:
    both = "{{penerima.no}} {{tamu.nama}}"
    with pytest.raises(TemplateFault, match="satu paragraf memuat dua daftar, penerima dan tamu"):
        compile_template(word_file(paragraph(both)))
    row = table((paragraph("{{penerima.no}}"), paragraph("{{tamu.nama}}")))
    with pytest.raises(TemplateFault, match="satu baris tabel memuat dua daftar"):
        compile_template(word_file(row))


def test_a_list_used_as_a_field_is_refused() -> None:
    with pytest.raises(TemplateFault, match="penerima adalah daftar"):
        compile_template(word_file(paragraph("{{penerima}}"), paragraph("{{penerima.nama}}")))


def test_a_section_break_in_a_paragraph_that_repeats_is_refused() -> None:
    block = f"<w:p ><w:pPr><w:sectPr/></w:pPr>{run('{{penerima.nama}}')}</w:p>"
    with pytest.raises(TemplateFault, match="pemisah bagian"):
        compile_template(word_file(block))


def test_a_tag_in_a_footnote_is_refused() -> None:
    data = word_file(paragraph("Isi"))
    types = part(data, "[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    links = part(data, "word/_rels/document.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    changed = {
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": links,
        "word/footnotes.xml": b"<x>{{nomor}}</x>",
    }
    with pytest.raises(TemplateFault, match="catatan kaki"):
        compile_template(repacked(data, changed))


def test_tracked_changes_are_a_warning() -> None:
    block = f'<w:p ><w:ins w:id="1" w:author="x">{run("{{nomor}}")}</w:ins></w:p>'
    [warning] = compile_template(word_file(block), KNOWN).warnings
    assert "terima semua perubahan" in str(warning)


def test_what_is_no_word_file_is_told_as_such() -> None:
    for data in (b"", b"bukan Word", b"PK\x03\x04"):
        with pytest.raises(NotAWordFile, match="bukan berkas Word"):
            compile_template(data)
