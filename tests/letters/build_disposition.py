"""Builds lembar-disposisi.docx from nothing, for `build_templates`.

The upper half of the F4 sheet is what offices print on half a folio; the chain goes on below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from backoffice.letters.disposition_sheet import NATURES
from backoffice.workflow.disposing import INSTRUCTIONS
from tests.letters.paper import layout

TICKS = "Segoe UI Symbol"  # has both boxes; other programs find a font of their own
LEFT, RIGHT = Mm(83), Mm(82)
CHAIN = (
    ("Tanggal", "tanggal", Mm(19)),
    ("Dari", "dari", Mm(26)),
    ("", "tanda", Mm(7)),
    ("Kepada Sdr.", "kepada", Mm(28)),
    ("Isi disposisi", "isi", Mm(39)),
    ("Batas waktu", "batas", Mm(19)),
    ("Keadaan", "keadaan", Mm(27)),
)


def body(document: WordFile) -> None:
    """Everything below the kop."""
    _styles(document)
    title = document.add_paragraph("LEMBAR DISPOSISI", "Judul")
    title.paragraph_format.space_after = Pt(6)
    table = layout(document, 4, (LEFT, RIGHT), ruled=True)
    _about(table)
    _orders(*table.rows[2].cells)
    _remarks(*table.rows[3].cells)
    for paragraph in table._tbl.iter(qn("w:p")):
        Paragraph(paragraph, table).paragraph_format.space_after = Pt(1)
    for row in table.rows:
        for cell in row.cells:  # the words do not touch the lines
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            cell.paragraphs[-1].paragraph_format.space_after = Pt(3)
    _chain(document)


def _styles(document: WordFile) -> None:
    for name, size in (("Lembar", 10), ("Lembar Kecil", 8)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(size)
        style.quick_style = True


def _about(table: Any) -> None:
    left = (
        ("Surat dari", "surat_dari"),
        ("No. Surat", "nomor_surat"),
        ("Tgl. Surat", "tanggal_surat"),
    )
    right = ("Diterima Tgl", "diterima_tanggal"), ("No. Agenda", "nomor_agenda")
    _lines(table.cell(0, 0), [(label, f"{{{{{name}}}}}") for label, name in left])
    _lines(table.cell(0, 1), [(label, f"{{{{{name}}}}}") for label, name in right])
    whole = table.cell(1, 0).merge(table.cell(1, 1))
    _lines(whole, [("Sifat", ""), ("Perihal", "{{perihal}}")])
    for key, word in NATURES:
        _tick(whole.paragraphs[0], key, f" {word}      ")


def _lines(cell: Any, rows: Sequence[tuple[str, str]]) -> None:
    """Label : value, one below the other."""
    for n, (label, value) in enumerate(rows):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        paragraph.style = "Lembar"
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(23))
        paragraph.paragraph_format.left_indent = Mm(25)
        paragraph.paragraph_format.first_line_indent = Mm(-25)
        paragraph.add_run(f"{label}\t: {value}")


def _tick(paragraph: Paragraph, key: str, word: str) -> None:
    """A box that is ticked or empty, and its word."""
    _symbols(paragraph.add_run(f"{{{{cek_{key}}}}}"))
    paragraph.add_run(word)


def _symbols(run: Any) -> None:
    run.font.name = TICKS
    for name in ("cs", "eastAsia"):
        run._r.rPr.rFonts.set(qn(f"w:{name}"), TICKS)


def _orders(left: Any, right: Any) -> None:
    """Left to whom, right what for."""
    left.paragraphs[0].style = "Lembar"
    left.paragraphs[0].text = "Diteruskan kepada Sdr.:"
    inner = _inner(left, (Mm(8), Mm(70)))
    mark, post = inner.rows[0].cells
    mark.paragraphs[0].style = post.paragraphs[0].style = "Lembar"
    _symbols(mark.paragraphs[0].add_run("{{diteruskan.tanda}}"))
    post.paragraphs[0].add_run("{{diteruskan.jabatan}}")
    note = left.add_paragraph("1 = penanggung jawab", "Lembar Kecil")
    note.paragraph_format.space_before = Pt(3)
    right.paragraphs[0].style = "Lembar"
    right.paragraphs[0].text = "Dengan hormat harap:"
    for key, word in INSTRUCTIONS.items():
        paragraph = right.add_paragraph(style="Lembar")
        paragraph.paragraph_format.left_indent = Mm(6)
        paragraph.paragraph_format.first_line_indent = Mm(-6)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(6))
        _tick(paragraph, key, f"\t{word}")


def _inner(cell: Any, widths: Sequence[Length]) -> Any:
    """A table within a cell: only a row of its own repeats with a list."""
    table = cell.add_table(1, len(widths))
    table.autofit = False
    for one, width in zip(table.rows[0].cells, widths, strict=True):
        one.width = width
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for extra in cell.paragraphs[1:]:  # python-docx adds one after the table; ours follows
        extra._p.getparent().remove(extra._p)
    return table


def _remarks(left: Any, right: Any) -> None:
    """Left what was written, right who gave it."""
    left.paragraphs[0].style = "Lembar"
    left.paragraphs[0].text = "Catatan:"
    left.add_paragraph("{{?catatan}}{{catatan}}", "Lembar")
    limit = left.add_paragraph("{{?batas_waktu}}Batas waktu: {{batas_waktu}}", "Lembar")
    limit.paragraph_format.space_before = Pt(4)
    texts = (
        "{{ttd_jabatan}},",
        "{{ttd_nama}}",
        "{{?ttd_pangkat}}{{ttd_pangkat}}",
        "{{?ttd_nip}}NIP {{ttd_nip}}",
        "Paraf dan tanggal: ………… {{tanggal}}",
    )
    for n, text in enumerate(texts):
        paragraph = right.paragraphs[0] if n == 0 else right.add_paragraph()
        paragraph.style, paragraph.alignment = "Lembar", ALIGN.LEFT
        paragraph.paragraph_format.space_before = Pt((0, 34, 0, 0, 4)[n])
        paragraph.add_run(text).underline = n == 1 or None


def _chain(document: WordFile) -> None:
    heading = document.add_paragraph(style="Lembar")
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(14), Pt(4)
    heading.paragraph_format.keep_with_next = True
    heading.add_run("Rangkaian disposisi").bold = True
    table = layout(document, 2, [width for _title, _name, width in CHAIN], ruled=True)
    head = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for cell, (title, _name, _width) in zip(table.rows[0].cells, CHAIN, strict=True):
        cell.paragraphs[0].style = "Lembar Kecil"
        cell.paragraphs[0].add_run(title).bold = True
    for cell, (_title, name, _width) in zip(table.rows[1].cells, CHAIN, strict=True):
        cell.paragraphs[0].style = "Lembar Kecil"
        run = cell.paragraphs[0].add_run(f"{{{{rantai.{name}}}}}")
        if name == "tanda":
            _symbols(run)
    for paragraph in table._tbl.iter(qn("w:p")):
        shape = Paragraph(paragraph, table).paragraph_format
        shape.space_before = shape.space_after = Pt(2)
    # Word wants a paragraph after a table at the end of the text.
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)
