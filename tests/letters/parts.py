"""The parts official letters share: kop, title, labelled lines, points, signature, tembusan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as WordFile
from docx.enum.table import WD_ALIGN_VERTICAL as BESIDE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.enum.text import WD_TAB_LEADER as LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from tests.letters import placeholders
from tests.letters.paper import bordered, layout, placed

LEFT, RIGHT = Mm(80), Mm(85)  # beside the signature, and the signature
POINT, NOTHING = Mm(8), Mm(0)
KOP_INDENT, KOP_WIDTH = Mm(20), Mm(125)  # what the logo takes, on both sides; and the lines
SENTENCE = (
    "  Periksa keaslian surat ini: pindai kode QR, atau ketik {{kode_surat}} di {{alamat_periksa}}"
)


def letterhead(document: WordFile) -> None:
    """The kop stands on the first page only; its line is thick above thin.

    The logo stands in a cell at the left, and as much room is left at the right, so that the lines
    are in the middle of the paper with and without it; a kop of one line is as high as its logo.
    """
    header = document.sections[0].first_page_header
    header.is_linked_to_previous = False
    rule = header.paragraphs[0]
    table = header.add_table(1, 3, Mm(165))
    placed(table, (KOP_INDENT, KOP_WIDTH, KOP_INDENT))
    header._element.insert(0, table._tbl)
    left, middle, right = table.rows[0].cells
    for cell in (left, middle, right):
        cell.vertical_alignment = BESIDE.CENTER
        cell.paragraphs[0].style = "Kop Alamat"
    left.paragraphs[0].alignment = ALIGN.LEFT
    placeholders.logo(left.paragraphs[0])
    middle.paragraphs[0].text, middle.paragraphs[0].style = "{{pemerintah}}", "Kop Pemerintah"
    names = placed(middle.add_table(1, 1), (KOP_WIDTH,)).cell(0, 0).paragraphs[0]
    names.text, names.style = (
        "{{kop.baris}}",
        "Kop Instansi",
    )  # in a table: its row repeats, not ours
    middle.paragraphs[-1].text = "{{?alamat_instansi}}{{alamat_instansi}}"
    middle.add_paragraph("{{?kontak_instansi}}{{kontak_instansi}}")
    for line in middle.paragraphs[-2:]:
        line.style = "Kop Alamat"
    rule.style = "Kop Alamat"
    rule.paragraph_format.line_spacing = Pt(5)
    rule.paragraph_format.space_after = Pt(12)
    ruled_below(rule, "thickThinSmallGap", 24)
    document.sections[0].first_page_footer.is_linked_to_previous = False


def ruled_below(paragraph: Paragraph, style: str, size: int, space: int = 1) -> None:
    """A line below the paragraph; `size` in eighths of a point, `space` in points."""
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (
        ("val", style),
        ("sz", str(size)),
        ("space", str(space)),
        ("color", "auto"),
    ):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def proof(document: WordFile) -> None:
    """Foot of the first page: the QR code with its sentence; without a code there is neither."""
    paragraph = document.sections[0].first_page_footer.paragraphs[0]
    placeholders.code(paragraph)
    paragraph.add_run(SENTENCE).font.size = Pt(8)
    middle = OxmlElement("w:textAlignment")
    middle.set(qn("w:val"), "center")
    paragraph._p.get_or_add_pPr().append(middle)


def page_number(document: WordFile) -> None:
    """- 2 - at the head of what follows the first page."""
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


def title(document: WordFile, *lines: str, number: str = "NOMOR {{nomor_surat}}") -> None:
    """What the paper is, in the middle, and its number where it has one."""
    for line in lines:
        document.add_paragraph(line, "Judul")
    last = document.add_paragraph(number, "Judul") if number else document.paragraphs[-1]
    if number:
        last.runs[0].bold = False
        last.runs[0].font.size = Pt(12)
    last.paragraph_format.space_after = Pt(14)


def text(document: WordFile, words: str, *, before: float = 0, next_too: bool = False) -> Paragraph:
    """A paragraph of the text; `next_too` keeps it on the page of what follows."""
    paragraph = document.add_paragraph(words, "Isi Surat")
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = next_too or None
    return paragraph


def heading(document: WordFile, words: str, optional: str = "") -> None:
    """A heading in the text; with `optional` it goes where that is empty."""
    paragraph = document.add_paragraph(style="Isi Surat")
    paragraph.add_run(f"{optional}{words}").bold = True
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True


def points(document: WordFile, number: str, words: str) -> None:
    """A list under each other, its numbers in a column of their own."""
    paragraph = document.add_paragraph(f"{{{{{number}}}}}\t{{{{{words}}}}}", "Isi Surat")
    _hanging(paragraph, POINT)
    paragraph.paragraph_format.space_after = Pt(6)


def labelled(
    document: WordFile, rows: Sequence[tuple[str, str]], *, label: Length, left: Length = NOTHING
) -> None:
    """Label : value under each other, the colons below one another.

    A value that begins with `{{?x}}` takes its whole line away where x is empty.
    """
    for n, (name, value) in enumerate(rows, start=1):
        end = value.index("}}") + 2 if value.startswith("{{?") else 0
        paragraph = document.add_paragraph(f"{value[:end]}{name}\t:\t{value[end:]}", "Baris")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(left + label)
        stops.add_tab_stop(left + label + Mm(4))
        _hanging(paragraph, Emu(label + Mm(4)), left)
        paragraph.paragraph_format.space_after = Pt(8 if n == len(rows) else 2)
        paragraph.paragraph_format.keep_with_next = n < len(rows) or None


def _hanging(paragraph: Paragraph, by: Length, left: Length = NOTHING) -> None:
    paragraph.paragraph_format.left_indent = Emu(left + by)
    paragraph.paragraph_format.first_line_indent = Emu(-by)


def signature(document: WordFile, *, dated: bool = False, before: float = 14) -> None:
    """The block at the lower right, whole on one page; at its left the box for the initials."""
    table = layout(document, 1, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    initials(left)
    lines = (
        *(("{{tempat}}, {{tanggal_surat}}",) if dated else ()),
        "{{?ttd_an}}a.n. {{ttd_an}}",
        "{{?ttd_ub}}{{ttd_ub}},",
        "{{?ttd_ub}}u.b.",
        "{{ttd_jabatan}},",
    )
    space = right.paragraphs[0]  # what comes first is not known here
    space.style, space.paragraph_format.line_spacing = "Tanda Tangan", Pt(before)
    for line in lines:
        right.add_paragraph(line, "Tanda Tangan")
    named(right)
    after_table(document)


def named(cell: Any) -> None:
    """Name, rank and NIP below the room for ink and stamp."""
    name = cell.add_paragraph(style="Tanda Tangan")
    name.paragraph_format.space_before = Pt(64)
    name.add_run("{{ttd_nama}}").underline = True
    cell.add_paragraph("{{?ttd_pangkat}}{{ttd_pangkat}}", "Tanda Tangan")
    last = cell.add_paragraph("{{?ttd_nip}}NIP {{ttd_nip}}", "Tanda Tangan")
    last.paragraph_format.keep_with_next = None


def initials(cell: Any) -> None:
    """Paraf: a line for each post that sets one; only on the paper that goes round."""
    cell.vertical_alignment = BESIDE.BOTTOM
    head = cell.paragraphs[0]
    head.style, head.text = "Paraf", "{{?paraf}}Paraf:"
    table = cell.add_table(1, 2)
    bordered(table, (Mm(44), Mm(28)))
    table.rows[0].height = Mm(8)
    for one, name in zip(table.rows[0].cells, ("jabatan", "tanda"), strict=True):
        one.paragraphs[0].style = "Paraf"
        one.paragraphs[0].text = f"{{{{paraf.{name}}}}}"
        one.vertical_alignment = BESIDE.CENTER
    cell.paragraphs[-1].style = "Paraf"


def after_table(document: WordFile) -> None:
    """Word wants a paragraph after a table at the end of the text; it takes no room."""
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)


def copies(document: WordFile, words: str = "Tembusan:") -> None:
    """Who else gets the letter."""
    head = document.add_paragraph(f"{{{{?tembusan}}}}{words}", "Tembusan")
    head.paragraph_format.space_before = Pt(18)
    head.paragraph_format.keep_with_next = True
    names = document.add_paragraph("{{tembusan.nomor}}\t{{tembusan.nama}}", "Tembusan")
    _hanging(names, Mm(7))


def columns(
    document: WordFile,
    heads: Sequence[tuple[str, str, Length]],
    *,
    size: float = 10,
    height: Length | None = None,
    numbers: int = 0,
) -> Any:
    """A ruled table: its head, again on every page, and a row that repeats.

    The last `numbers` columns are in the middle.
    """
    table = layout(document, 2, [width for _, _, width in heads], ruled=True)
    for cell, (name, _, _) in zip(table.rows[0].cells, heads, strict=True):
        cell_text(cell, name, size, align=ALIGN.CENTER, bold=True)
    for n, (cell, (_, value, _)) in enumerate(zip(table.rows[1].cells, heads, strict=True)):
        middle = n >= len(heads) - numbers
        cell_text(cell, value, size, align=ALIGN.CENTER if middle else None)
    table.rows[1].height = height
    again = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(again)
    return table


def cell_text(
    cell: Any, words: str, size: float, *, align: ALIGN | None = None, bold: bool = False
) -> None:
    """The words of a cell with a little room above and below."""
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(words)
    run.font.size, run.bold = Pt(size), bold or None
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    cell.vertical_alignment = BESIDE.CENTER


def two_signatures(document: WordFile, left: Sequence[str], right: Sequence[str]) -> None:
    """Two people sign side by side; the last line of each is the name below the ink."""
    table = layout(document, 1, (LEFT, RIGHT))
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        for n, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            paragraph.text, paragraph.style = line, "Tanda Tangan"
            paragraph.paragraph_format.space_before = Pt(60 if n == len(lines) - 1 else 0)
    after_table(document)


def line_to_write_on(document: WordFile) -> None:
    """A dotted line as long as the text is wide."""
    paragraph = document.add_paragraph("\t")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(165), TAB.RIGHT, LEADER.DOTS)
    paragraph.paragraph_format.space_after = Pt(6)
