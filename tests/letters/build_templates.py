"""Builds the shipped Word templates from nothing: python -m tests.letters.build_templates.

Offices edit the files in Word; this shows how they were made and that they can be made again.
Paper and type are letters.md §3.6: F4, Arial 12, margins 2 / 2.5 / 3 / 2 cm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

WIDTH = Mm(165)  # what the margins leave of the paper
KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "header", "footer"}
DEAD_PARTS = ("stylesWithEffects", "thumbnail", "customXml")
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
    return _saved(document)


def receipt() -> bytes:
    """Tanda terima: what was received from whom, by whom, and where to ask."""
    document = blank("Tanda terima")
    _letterhead(document)
    _receipt_title(document)
    _receipt_table(document)
    _requirements(document)
    _promises(document)
    _both_signatures(document)
    return _saved(document)


BUILDERS: dict[str, Callable[[], bytes]] = {
    "surat-balasan": reply_letter,
    "tanda-terima": receipt,
}


def blank(title: str) -> WordFile:
    """An empty Word file on F4 with our styles."""
    document = Document()
    for paragraph in list(document.element.body.iter(qn("w:p"))):
        paragraph.getparent().remove(paragraph)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215), Mm(330)
    section.top_margin, section.bottom_margin = Mm(20), Mm(25)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)
    section.different_first_page_header_footer = True
    _slim(document)
    _settings(document)
    _styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = datetime(2026, 1, 5, tzinfo=UTC)
    return document


def _slim(document: WordFile) -> None:
    """Without the parts and styles nobody uses a letter weighs half and opens four times faster."""
    for source in (document.part, document.part.package):
        for key, relation in list(source.rels.items()):
            if any(name in relation.reltype for name in DEAD_PARTS):
                del source.rels[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.find(qn("w:name")).get(qn("w:val")) not in KEPT_STYLES:
            styles.remove(style)
    for name in ("w:latentStyles", "w:link"):
        for one in list(styles.iter(qn(name))):
            one.getparent().remove(one)


def _settings(document: WordFile) -> None:
    """Word 2013 and later, so that no title bar says "Compatibility Mode"."""
    settings = document.settings.element
    for name in ("w:zoom", "w:compat"):
        for one in settings.findall(qn(name)):
            settings.remove(one)
    compat = OxmlElement("w:compat")
    mode = OxmlElement("w:compatSetting")
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    mode.set(qn("w:val"), "15")
    compat.append(mode)
    before = settings.find(qn("w:rsids"))
    before.addprevious(compat)


def _styles(document: WordFile) -> None:
    normal = document.styles["Normal"]
    _font(normal, 12)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    _spacing(normal, after=0, lines=1.0)
    _style(document, "Kop Pemerintah", 13, align=ALIGN.CENTER)
    _style(document, "Kop Instansi", 14, bold=True, align=ALIGN.CENTER)
    _style(document, "Kop Alamat", 9, align=ALIGN.CENTER)
    _style(document, "Isi Surat", 12, align=ALIGN.JUSTIFY, after=8, lines=1.15)
    _style(document, "Tanda Tangan", 12, keep=True, left=Mm(85))
    _style(document, "Tembusan", 11)
    _style(document, "Judul", 13, bold=True, align=ALIGN.CENTER)


def _style(
    document: WordFile,
    name: str,
    size: float,
    *,
    bold: bool = False,
    align: ALIGN | None = None,
    after: float = 0,
    lines: float = 1.0,
    keep: bool = False,
    left: Length | None = None,
) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _font(style, size, bold=bold)
    _spacing(style, after=after, lines=lines)
    style.paragraph_format.alignment = align
    style.paragraph_format.keep_with_next = keep or None
    style.paragraph_format.left_indent = left
    style.quick_style = True


def _font(style: Any, size: float, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), bold or None
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), "Arial")


def _spacing(style: Any, *, after: float, lines: float) -> None:
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = lines


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
    table = _layout(document, len(rows), (TAB_LABEL, TAB_COLON, Mm(77), Mm(62)))
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
    title = document.add_paragraph("{{ttd_jabatan}},", "Tanda Tangan")
    title.paragraph_format.space_before = Pt(14)
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
    table = _layout(document, len(rows), (Mm(35), TAB_COLON, Mm(126)))
    for row, (label, value) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, (label, ":", value), strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)


def _requirements(document: WordFile) -> None:
    heading = document.add_paragraph("{{?kelengkapan}}Kelengkapan:")
    heading.paragraph_format.space_before = Pt(12)
    heading.paragraph_format.space_after = Pt(4)
    heading.paragraph_format.keep_with_next = True
    table = _layout(document, 1, (Mm(10), Mm(100), Mm(55)), ruled=True)
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
    table = _layout(document, 1, (Mm(85), Mm(80)))
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


def _layout(document: WordFile, rows: int, widths: Sequence[Length], *, ruled: bool = False) -> Any:
    """A table that only places text: fixed widths, no cell margins, rows that stay whole."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    if ruled:
        properties.append(_borders())
    properties.append(_layout_type())
    properties.append(_margins(Mm(2) if ruled else Mm(0)))
    for old in properties.findall(qn("w:tblLayout"))[:-1]:
        properties.remove(old)
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    for row in table.rows:
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _layout_type() -> Any:
    layout = OxmlElement("w:tblLayout")
    layout.set(qn("w:type"), "fixed")
    return layout


def _margins(width: Length) -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(int(width.pt * 20)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    return margins


def _borders() -> Any:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        one = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            one.set(qn(f"w:{name}"), value)
        borders.append(one)
    return borders


def _saved(document: WordFile) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def main(folder: Path) -> None:
    """Write every template into `folder`."""
    for name, build in BUILDERS.items():
        (folder / f"{name}.docx").write_bytes(build())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("letter_templates"))
