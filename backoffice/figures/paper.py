"""A report on paper: kop, title, tables, pictures and the block of whoever signs, as Word has it.

F4, Arial, margins of official letters. Words come from whoever asks for it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from backoffice.letters.cleaning import clean
from backoffice.letters.pictures import framed

WIDTH = 165  # mm between the margins
LYING = 290  # mm between them where the paper lies
PLAIN, SMALL = 11, 8.5
SHADE = "E6EEF7"
LOGO, LOGO_ROOM = (16, 20), 24  # mm of the logo, and what is left free for it on both sides
SIGNING_ROOM = 54  # points for the ink and the stamp


class Paper:
    """A Word file that is written from top to bottom; `lying` on its long side, for a book."""

    def __init__(self, title: str, written_at: datetime, *, lying: bool = False) -> None:
        self.file: WordFile = Document()
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(215), Mm(330)
        if lying:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(330), Mm(215)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        section.left_margin, section.right_margin = Mm(20 if lying else 30), Mm(20)
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(PLAIN)
        normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID")
        normal.element.rPr.append(language)
        properties = self.file.core_properties
        properties.title, properties.author, properties.comments = clean(title), "", ""
        properties.created = properties.modified = written_at.astimezone(UTC).replace(tzinfo=None)
        _number_pages(section)

    def line(
        self,
        text: str,
        *,
        size: float = PLAIN,
        bold: bool = False,
        align: ALIGN | None = None,
        before: float = 0,
        after: float = 0,
        keep: bool = False,
    ) -> Any:
        """One paragraph."""
        paragraph: Any = self.file.add_paragraph()
        _write(paragraph, text, size=size, bold=bold, align=align)
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.keep_with_next = keep or None
        return paragraph

    def letterhead(self, head: Mapping[str, Any], logo: bytes | None = None) -> None:
        """The kop of `letters.values.letterhead`, with its line thick above thin.

        `logo`: as an office keeps it; it stands at the left, the lines in the middle all the same.
        """
        small = [head[name] for name in ("alamat_instansi", "kontak_instansi") if head[name]]
        lines = [
            (head["pemerintah"], 13, False),
            *((one["baris"], 14, True) for one in head["kop"]),
            *((text, 9, False) for text in small),
        ]
        place: Any = self.file if logo is None else self._beside(logo)
        for n, (text, size, bold) in enumerate(lines):
            first = logo is not None and n == 0
            paragraph = place.paragraphs[0] if first else place.add_paragraph()
            _write(paragraph, text, size=size, bold=bold, align=ALIGN.CENTER)
            paragraph.paragraph_format.space_after = Pt(0)
        _ruled(self.line("", size=4, after=12))

    def _beside(self, logo: bytes) -> Any:
        """The cell in the middle of the paper, with the logo in the one at its left."""
        section = self.file.sections[0]
        table: Any = self.file.add_table(1, 3)
        table.autofit = False
        room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
        sides = (Mm(LOGO_ROOM), room - 2 * Mm(LOGO_ROOM), Mm(LOGO_ROOM))
        for cell, column, width in zip(table.rows[0].cells, table.columns, sides, strict=True):
            cell.width = column.width = width
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        run = table.cell(0, 0).paragraphs[0].add_run()
        run.add_picture(io.BytesIO(framed(logo, LOGO)), *map(Mm, LOGO))
        return table.cell(0, 1)

    def title(self, *lines: str) -> None:
        """The lines of the title."""
        for number, text in enumerate(lines):
            self.line(text, size=13 if number == 0 else 12, bold=True, align=ALIGN.CENTER)
        self.line("", size=4)

    def heading(self, text: str) -> None:
        """Above a table or a picture."""
        self.line(text, size=PLAIN, bold=True, before=12, after=4, keep=True)

    def words(self, text: str, *, keep: bool = False) -> None:
        """A paragraph of the text; with `keep` on the page of what follows."""
        self.line(text, align=ALIGN.JUSTIFY, after=6, keep=keep)

    def items(self, texts: Sequence[str]) -> None:
        """Numbered sentences; the last one stays with what follows, so no signature is alone."""
        for number, text in enumerate(texts, 1):
            last = number == len(texts)
            paragraph = self.line(
                f"{number}.\t{text}", size=9.5, align=ALIGN.JUSTIFY, after=3, keep=last
            )
            paragraph.paragraph_format.left_indent = Mm(7)
            paragraph.paragraph_format.first_line_indent = Mm(-7)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(7))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        words: frozenset[int] = frozenset({0}),
        summed: bool = False,
    ) -> None:
        """A ruled table; `words` are the columns of text, the others stand to the right.

        `widths` are shares of the page. The head repeats on every page, no row is torn apart.
        """
        table = self.file.add_table(1 + len(rows), len(heads), style="Table Grid")
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        unit = WIDTH / sum(widths)
        for number, row in enumerate((heads, *rows)):
            strong = number == 0 or (summed and number == len(rows))
            _whole(table.rows[number], repeats=number == 0)
            for place, (cell, text) in enumerate(zip(table.rows[number].cells, row, strict=True)):
                cell.width = Mm(unit * widths[place])
                _fill(cell, text, bold=strong, shaded=number == 0, left=place in words)
        for place, column in enumerate(table.columns):
            column.width = Mm(unit * widths[place])

    def picture(self, png: bytes, said: str) -> None:
        """A picture as wide as the page, with what it says for who cannot see it."""
        paragraph = self.file.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(WIDTH))
        shape._inline.docPr.set("descr", clean(said))

    def signature(self, place: str, values: Mapping[str, Any]) -> None:
        """Place and day, post, room for the ink, name, rank and NIP of `letters.signing`."""
        lines = (
            (place, 14),
            (f"a.n. {values['ttd_an']}" if values["ttd_an"] else "", 0),
            (f"{values['ttd_ub']},\nu.b." if values["ttd_ub"] else "", 0),
            (f"{values['ttd_jabatan']},", 0),
            (values["ttd_nama"], SIGNING_ROOM),
            (values["ttd_pangkat"], 0),
            (f"NIP {values['ttd_nip']}" if values["ttd_nip"] else "", 0),
        )
        for text, before in lines:
            if text:
                made = self.line(str(text), before=before, keep=True)
                made.paragraph_format.left_indent = Mm(85)

    def saved(self) -> bytes:
        """The bytes of the file."""
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()


def _write(paragraph: Any, text: str, *, size: float, bold: bool, align: ALIGN | None) -> None:
    """The words of one line in their size."""
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.alignment = align


def _fill(cell: Any, text: str, *, bold: bool, shaded: bool, left: bool) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(SMALL), bold
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
    paragraph.alignment = ALIGN.LEFT if left else ALIGN.CENTER if shaded else ALIGN.RIGHT
    if shaded:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _whole(row: Any, *, repeats: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _ruled(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "thinThickSmallGap"), ("sz", "24"), ("space", "1")):
        line.set(qn(f"w:{name}"), value)
    line.set(qn("w:color"), "auto")
    borders.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _number_pages(section: Any) -> None:
    """The number of every page but the first."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    run = paragraph.add_run("2")
    field.append(run._r)
    paragraph._p.append(field)
