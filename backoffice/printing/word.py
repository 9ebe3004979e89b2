"""The SOP as a Word file: identity page, the official table with its drawing, what else is said.

Every page of the table is a table of its own that begins on a new page, because where a page
ends is decided here: the connectors at its foot and at the next head belong together.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt

from backoffice.drawing import lay_out
from backoffice.drawing.sheet import AFTER, PERFORMERS, text_rows
from backoffice.letters.cleaning import clean
from backoffice.printing import pictures
from backoffice.printing.identity import APPROVED, LINES, NAMED, Document, Part
from backoffice.printing.ooxml import EMU, Frame, Look, cell, drawn, node, paragraph, row, table
from backoffice.printing.plan import (
    COLUMNS,
    HEADING_PAD,
    LEADING,
    PAD,
    PAD_ABOVE,
    Join,
    Leaf,
    Plan,
    heading_size,
    plan_of,
)
from backoffice.printing.size import MARGIN, Size
from backoffice.printing.words import Teller

KOP, NAME, PLAIN = 12.0, 10.0, 9.0
FORM = Look(NAME, beside=2 * PAD)
FORM_HEAD = Look(NAME, bold=True, beside=2 * PAD, keep=True)
SMALL = Look(PLAIN, beside=2 * PAD)
LABEL = 150.0  # the width of "Tanggal Pembuatan"
HEAD_ROW, SIGNING = 24.0, 110.0
GAP = 12.0
STANDARD, READINGS = "Standar pelayanan", "Bacaan dan tambahan"
OPEN_NAME = "………………………………"


def word_file(document: Document, size: Size, written_at: datetime) -> bytes:
    """The bytes of the .docx file."""
    return _Writer(document, size, written_at).saved()


def lead(document: Document, plan: Plan, leaf: Leaf) -> str:
    """The line over a page of the table."""
    names = " ".join(document.head.names)
    place = f"lembar {leaf.number} dari {len(plan.leaves)}"
    parts = (document.procedure.title, names, document.edition, place)
    return " · ".join(one for one in parts if one)


def going_on(join: Join, *, foot: bool) -> str:
    """The words beside the connectors."""
    return f"Bersambung ke lembar {join.leaf}" if foot else f"Sambungan dari lembar {join.leaf}"


class _Writer:
    """One file while it is written from top to bottom."""

    def __init__(self, document: Document, size: Size, written_at: datetime) -> None:
        self.document = document
        sop, titles = document.procedure, document.titles
        drawing = lay_out(sop, titles)
        self.plan = plan_of(drawing, text_rows(sop, drawing), size)
        self.teller = Teller(sop, titles, drawing)
        self.file: Any = docx.Document()
        self.body = self.file.element.body
        self.pictures = 0
        self._set_up(size, written_at)

    def saved(self) -> bytes:
        """Everything, and the bytes of it."""
        self._add(self._identity())
        self._parts(STANDARD, self.document.standard())
        for leaf in self.plan.leaves:
            self._leaf(leaf)
        self._parts(READINGS, self.document.readings())
        self._add(paragraph("", Look(1)))
        out = io.BytesIO()
        self.file.save(out)
        return out.getvalue()

    def _set_up(self, size: Size, written_at: datetime) -> None:
        section = self.file.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(size.width), Mm(size.height)
        for side in ("top", "bottom", "left", "right"):
            setattr(section, f"{side}_margin", Mm(MARGIN))
        section.header_distance = section.footer_distance = Mm(MARGIN / 2)
        normal = self.file.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(PLAIN)
        normal.element.rPr.rFonts.set(qn("w:cs"), "Arial")
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID")
        normal.element.rPr.append(language)
        about = self.file.core_properties
        about.title, about.author, about.comments = clean(self.document.procedure.title), "", ""
        about.language = "id-ID"
        about.created = about.modified = written_at.astimezone(UTC).replace(tzinfo=None)

    def _add(self, element: Any) -> None:
        self.body.insert(len(self.body) - 1, element)  # the last is the section

    # -- the identity page ---------------------------------------------------------------------

    def _identity(self) -> Any:
        half = self.plan.size.inside[0] / 2
        widths = (half, LABEL, half - LABEL)
        rows = [*self._head_rows(widths), *self._box_rows(half)]
        return table(widths, rows, self.document.procedure.title, PAD)

    def _head_rows(self, widths: Sequence[float]) -> Iterator[Any]:
        lines = [(one, [paragraph("", FORM)], HEAD_ROW) for one in LINES]
        lines.append((APPROVED, list(self._approval()), SIGNING))
        title = paragraph(self.document.procedure.title, FORM_HEAD)
        lines.append((NAMED, [title], HEAD_ROW))
        for number, (label, said, height) in enumerate(lines):
            kop = self._kop() if number == 0 else [paragraph("", FORM)]
            merge = "restart" if number == 0 else "continue"
            cells = (
                cell(Frame(widths[0], merge=merge), kop),
                cell(Frame(widths[1], shaded=True), [paragraph(label, FORM)]),
                cell(Frame(widths[2]), said),
            )
            yield row(cells, height)

    def _kop(self) -> list[Any]:
        head = self.document.head
        look = Look(KOP, bold=True, align="center", before=2)
        lines = [one.upper() for one in (head.government, *head.names) if one]
        return [paragraph(one, look) for one in lines] or [paragraph("", look)]

    def _approval(self) -> Iterator[Any]:
        """Post, room for ink and stamp, name, rank and NIP, as far as they are known."""
        head = self.document.head
        yield paragraph(head.post, Look(NAME, align="center"))
        bold = bool(head.person)
        yield paragraph(head.person or OPEN_NAME, Look(NAME, bold, align="center", before=40))
        for one in (head.rank, f"NIP {head.nip}" if head.nip else ""):
            if one:
                yield paragraph(one, Look(NAME, align="center"))

    def _box_rows(self, half: float) -> Iterator[Any]:
        boxes = self.document.boxes()
        for left, right in zip(boxes[::2], boxes[1::2], strict=True):
            headings = [
                (left[0], Frame(half, shaded=True)),
                (right[0], Frame(half, 2, shaded=True)),
            ]
            heads = [cell(frame, [paragraph(f"{one}:", FORM_HEAD)]) for one, frame in headings]
            yield row(heads)
            cells = [cell(Frame(half, top=True), _items(left[1]))]
            cells.append(cell(Frame(half, 2, top=True), _items(right[1])))
            yield row(cells, 2 * HEAD_ROW, whole=False)

    # -- the table -----------------------------------------------------------------------------

    def _leaf(self, leaf: Leaf) -> None:
        plan = self.plan
        title = lead(self.document, plan, leaf)
        self._add(paragraph(title, Look(8, new_page=True, keep=True)))
        rows = [*self._headings()]
        if leaf.head is not None:
            rows.append(self._join(leaf.head, foot=False))
        rows += [self._row(index) for index in leaf.rows]
        if leaf.foot is not None:
            rows.append(self._join(leaf.foot, foot=True))
        lanes = [one.width * plan.scale for one in plan.drawing.lanes]
        widths = (*plan.widths[:2], *lanes, *plan.widths[2:])
        self._add(table(widths, rows, title, 0))

    def _headings(self) -> Iterator[Any]:
        plan = self.plan
        text = Look(plan.points, bold=True, align="center")
        size = int(heading_size(plan.scale) * 1.5) / 2
        lane = Look(size, bold=True, align="center", beside=HEADING_PAD)
        names = dict(zip((one.heading for one in COLUMNS), plan.widths, strict=True))
        lanes = plan.drawing.lanes
        standard = [one for one in AFTER if one.group]

        def tall(name: str, merge: str) -> Any:
            words = name if merge == "restart" else ""
            return cell(Frame(names[name], 1, merge, shaded=True), [paragraph(words, text)])

        def wide(name: str, width: float, span: int) -> Any:
            return cell(Frame(width, span, shaded=True), [paragraph(name, text)])

        mutu = sum(names[one.heading] for one in standard)
        first = [tall("No", "restart"), tall("Kegiatan", "restart")]
        first.append(wide(PERFORMERS, plan.lanes, len(lanes)))
        first += [wide(standard[0].group, mutu, len(standard)), tall("Ket", "restart")]
        yield row(first, plan.points * 4 / 3 * LEADING + 2 * PAD_ABOVE, head=True)
        second = [tall("No", "continue"), tall("Kegiatan", "continue")]
        for one in lanes:
            frame = Frame(one.width * plan.scale, shaded=True)
            second.append(cell(frame, [paragraph(one.title, lane)]))
        second += [wide(one.heading, names[one.heading], 1) for one in standard]
        yield row([*second, tall("Ket", "continue")], plan.headings, head=True)

    def _row(self, index: int) -> Any:
        plan = self.plan
        look, middle = Look(plan.points, beside=PAD), Look(plan.points, align="center")
        cells = [
            cell(Frame(wide), [paragraph(text, middle if column.centred else look)])
            for wide, text, column in zip(plan.widths, plan.cells[index], COLUMNS, strict=True)
        ]
        png, height = pictures.row_png(plan, index), plan.heights[index]
        cells.insert(2, self._picture(png, height, self.teller.row(index)))
        return row(cells, height)

    def _join(self, join: Join, *, foot: bool) -> Any:
        plan = self.plan
        png = pictures.join_png(plan, join, foot=foot)
        words = paragraph(going_on(join, foot=foot), Look(plan.points, beside=PAD))
        cells = (
            cell(Frame(sum(plan.widths[:2]), 2), [words]),
            self._picture(png, plan.connector, self.teller.join(join)),
            cell(Frame(sum(plan.widths[2:]), 4), [paragraph("", Look(plan.points))]),
        )
        return row(cells, plan.connector)

    def _picture(self, png: bytes, height: float, said: str) -> Any:
        size = Emu(round(self.plan.lanes * EMU)), Emu(round(height * EMU))
        inline = self.file.part.new_pic_inline(io.BytesIO(png), *size)
        self.pictures += 1
        about = {"id": self.pictures, "name": f"Gambar {self.pictures}", "descr": clean(said)}
        for key, value in about.items():
            inline.docPr.set(key, str(value))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # what is not said is an eighth of an inch to some programs
        frame = Frame(self.plan.lanes, len(self.plan.drawing.lanes))
        return cell(frame, [drawn(node("drawing", inline))])

    # -- what else the paper says ----------------------------------------------------------------

    def _parts(self, heading: str, parts: Sequence[Part]) -> None:
        if not parts:
            return
        self._add(paragraph(heading, Look(NAME, bold=True, before=GAP, keep=True)))
        self._add(paragraph("", Look(3, keep=True)))
        wide = self.plan.size.inside[0]
        widths = (wide * 0.22, wide * 0.78)
        rows = [
            row(
                (
                    cell(Frame(widths[0], top=True), [paragraph(name, SMALL)]),
                    cell(Frame(widths[1], top=True), _items(texts)),
                ),
            )
            for name, texts in parts
        ]
        self._add(table(widths, rows, heading, PAD_ABOVE))


def _items(texts: Sequence[str]) -> list[Any]:
    """Numbered where there are several; a line of its own where there is none."""
    if len(texts) < 2:
        return [paragraph("".join(texts), SMALL)]
    look = Look(PLAIN, beside=2 * PAD, hanging=20)
    return [_item(number, text, look) for number, text in enumerate(texts, 1)]


def _item(number: int, text: str, look: Look) -> Any:
    made = paragraph(f"{number}.", look)
    made.append(node("r", node("rPr", node("sz", val=look.points * 2)), node("tab")))
    rest = paragraph(text, look)
    made.extend(rest.findall(qn("w:r")))
    return made
