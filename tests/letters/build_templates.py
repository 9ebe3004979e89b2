"""Builds the shipped Word templates from nothing: python -m tests.letters.build_templates.

Offices edit the files in Word; this shows how they were made and that they can be made again.
Paper and type as official letters have them: F4, Arial 12, margins 2 / 2.5 / 3 / 2 cm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.letters import build_disposition
from tests.letters.paper import blank, layout, saved

TAB_LABEL, TAB_COLON = Mm(22), Mm(4)


def reply_letter() -> bytes:
    """Surat balasan: the layout with the recipient at the left."""
    document = blank("Surat balasan")
    _letterhead(document)
    _page_number(document)
    _letter_head(document)
    _recipient(document)
    _body(document)
    _signature(document)
    _copies(document)
    return saved(document)


def receipt() -> bytes:
    """Tanda terima: what was received from whom, by whom, and where to ask."""
    document = blank("Tanda terima")
    _letterhead(document)
    _receipt_title(document)
    _receipt_table(document)
    _requirements(document)
    _promises(document)
    _both_signatures(document)
    return saved(document)


def disposition_sheet() -> bytes:
    """Lembar disposisi: who lays what before whom, and the whole chain that came of it."""
    document = blank("Lembar disposisi")
    _letterhead(document)
    build_disposition.body(document)
    return saved(document)


BUILDERS: dict[str, Callable[[], bytes]] = {
    "lembar-disposisi": disposition_sheet,
    "surat-balasan": reply_letter,
    "tanda-terima": receipt,
}


def _letterhead(document: WordFile) -> None:
    """The kop stands on the first page only; its line is thick above thin."""
    header = document.sections[0].first_page_header
    header.is_linked_to_previous = False
    first = header.paragraphs[0]
    first.style, first.text = "Kop Pemerintah", "{{pemerintah}}"
    header.add_paragraph("{{kop.baris}}", "Kop Instansi")
    header.add_paragraph("{{?alamat_instansi}}{{alamat_instansi}}", "Kop Alamat")
    header.add_paragraph("{{?kontak_instansi}}{{kontak_instansi}}", "Kop Alamat")
    rule = header.add_paragraph(style="Kop Alamat")
    rule.paragraph_format.line_spacing = Pt(5)
    rule.paragraph_format.space_after = Pt(12)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "1")):
        line.set(qn(f"w:{name}"), value)
    line.set(qn("w:color"), "auto")
    borders.append(line)
    properties = rule._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
    document.sections[0].first_page_footer.is_linked_to_previous = False


def _page_number(document: WordFile) -> None:
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    paragraph.paragraph_format.space_after = Pt(12)
    paragraph.add_run("- ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    run = paragraph.add_run("2")
    field.append(run._r)
    paragraph._p.append(field)
    paragraph.add_run(" -")


def _letter_head(document: WordFile) -> None:
    rows = [
        ("Nomor", "{{nomor_surat}}"),
        ("Sifat", "{{sifat}}"),
        ("Lampiran", "{{lampiran}}"),
        ("Hal", "{{hal}}"),
    ]
    table = layout(document, len(rows), (TAB_LABEL, TAB_COLON, Mm(77), Mm(62)))
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value, ""), strict=True):
            cell.paragraphs[0].text = text
    date = table.cell(0, 3).paragraphs[0]
    date.text, date.alignment = "{{tempat}}, {{tanggal_surat}}", ALIGN.RIGHT


def _recipient(document: WordFile) -> None:
    for n, text in enumerate(("Yth. {{penerima}}", "{{?alamat_penerima}}di {{alamat_penerima}}")):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.right_indent = Mm(65)
        paragraph.paragraph_format.space_before = Pt(0 if n else 16)


def _body(document: WordFile) -> None:
    opening = document.add_paragraph("{{?pembuka}}{{pembuka}}", "Isi Surat")
    opening.paragraph_format.space_before = Pt(16)
    document.add_paragraph("{{isi.paragraf}}", "Isi Surat")
    closing = document.add_paragraph("{{?penutup}}{{penutup}}", "Isi Surat")
    closing.paragraph_format.keep_with_next = True


def _signature(document: WordFile) -> None:
    # Which line comes first is not known here: the space above the block is one of its own.
    document.add_paragraph(style="Tanda Tangan").paragraph_format.line_spacing = Pt(14)
    document.add_paragraph("{{?ttd_an}}a.n. {{ttd_an}}", "Tanda Tangan")
    document.add_paragraph("{{?ttd_ub}}{{ttd_ub}},", "Tanda Tangan")
    document.add_paragraph("{{?ttd_ub}}u.b.", "Tanda Tangan")
    document.add_paragraph("{{ttd_jabatan}},", "Tanda Tangan")
    name = document.add_paragraph(style="Tanda Tangan")
    name.paragraph_format.space_before = Pt(64)  # room for the ink and the stamp
    name.add_run("{{ttd_nama}}").underline = True
    document.add_paragraph("{{?ttd_pangkat}}{{ttd_pangkat}}", "Tanda Tangan")
    document.add_paragraph("{{?ttd_nip}}NIP {{ttd_nip}}", "Tanda Tangan")


def _copies(document: WordFile) -> None:
    heading = document.add_paragraph("{{?tembusan}}Tembusan:", "Tembusan")
    heading.paragraph_format.space_before = Pt(20)
    heading.paragraph_format.keep_with_next = True
    names = document.add_paragraph("{{tembusan.nomor}}\t{{tembusan.nama}}", "Tembusan")
    names.paragraph_format.left_indent = Mm(7)
    names.paragraph_format.first_line_indent = Mm(-7)


def _receipt_title(document: WordFile) -> None:
    document.add_paragraph("TANDA TERIMA", "Judul")
    number = document.add_paragraph("Nomor berkas: {{nomor_berkas}}")
    number.alignment = ALIGN.CENTER
    number.paragraph_format.space_after = Pt(16)


def _receipt_table(document: WordFile) -> None:
    rows = [
        ("Layanan", "{{layanan}}"),
        ("Diterima pada", "{{diterima_pada}}"),
        ("Diterima dari", "{{diterima_dari}}"),
        ("Alamat", "{{alamat_pemohon}}"),
        ("Telepon", "{{telepon_pemohon}}"),
        ("Perihal", "{{perihal}}"),
    ]
    table = layout(document, len(rows), (Mm(35), TAB_COLON, Mm(126)))
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)
    known = document.add_paragraph("{{?nomor_luar}}Nomor dari luar: {{nomor_luar}}")
    known.paragraph_format.space_before = Pt(4)


def _requirements(document: WordFile) -> None:
    heading = document.add_paragraph("{{?kelengkapan}}Kelengkapan:")
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.space_after = Pt(4)
    heading.paragraph_format.keep_with_next = True
    table = layout(document, 1, (Mm(10), Mm(100), Mm(55)), ruled=True)
    tags = ("{{kelengkapan.nomor}}", "{{kelengkapan.nama}}", "{{kelengkapan.keterangan}}")
    for cell, text in zip(table.rows[0].cells, tags, strict=True):
        cell.paragraphs[0].text = text
        cell.paragraphs[0].paragraph_format.space_before = Pt(2)
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _promises(document: WordFile) -> None:
    sentences = (
        "Layanan ini tidak dipungut biaya.",
        "{{?batas_waktu}}Berkas ini dijawab paling lambat {{batas_waktu}}.",
        "Simpan tanda terima ini. Untuk menanyakan perkembangannya, sebutkan nomor "
        "{{nomor_berkas}} kepada petugas kami di {{alamat_instansi}}.",
        "{{?kontak_instansi}}{{kontak_instansi}}",
    )
    for n, text in enumerate(sentences):
        paragraph = document.add_paragraph(style="Isi Surat")
        paragraph.paragraph_format.space_before = Pt(0 if n else 14)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.paragraph_format.alignment = ALIGN.LEFT
        paragraph.add_run(text).bold = n == 0 or None


def _both_signatures(document: WordFile) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(20)
    table = layout(document, 1, (Mm(85), Mm(80)))
    left = ("", "Yang menyerahkan,", "", "{{diterima_dari}}")
    right = (
        "{{tempat}}, {{tanggal}}",
        "Yang menerima,",
        "{{petugas_jabatan}}",
        "{{petugas_nama}}",
    )
    for cell, texts in zip(table.rows[0].cells, (left, right), strict=True):
        for n, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            paragraph.text = text
            paragraph.paragraph_format.space_before = Pt(60 if n == len(texts) - 1 else 0)
            paragraph.paragraph_format.keep_with_next = True
    # Word wants a paragraph after a table at the end of the text.
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)


def main(folder: Path) -> None:
    """Write every template into `folder`."""
    for name, build in BUILDERS.items():
        (folder / f"{name}.docx").write_bytes(build())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("letter_templates"))
