"""The SOP on paper: the page to print and the Word file, both cut into pages here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from backoffice.drawing import connector_svg, lay_out, row_svg
from backoffice.drawing.sheet import text_rows
from backoffice.letters.signing import Signer, head_of, signer_of, spaced_nip
from backoffice.printing.identity import Document, Head, Part, related_to
from backoffice.printing.plan import Join, Leaf, Plan, plan_of
from backoffice.printing.size import F4, SIZES, Size
from backoffice.printing.word import going_on, lead, word_file
from backoffice.printing.words import Teller
from backoffice.text import _
from backoffice.workflow.definition import Procedure
from backoffice.workflow.versions import newest_versions
from models import ProcedureVersion, VersionState
from views.case_papers import word_file as sent
from views.kinds import roles_of
from views.session import utc_now


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of a page; lengths are those of the table before it is made smaller."""

    cells: tuple[str, ...]
    drawing: Markup
    said: str
    height: int


@dataclass(frozen=True, slots=True)
class PrintedJoin:
    """A row of connectors."""

    words: str
    drawing: Markup
    said: str
    height: int


@dataclass(frozen=True, slots=True)
class PrintedLeaf:
    """A page of the table."""

    lead: str
    head: PrintedJoin | None
    rows: tuple[PrintedRow, ...]
    foot: PrintedJoin | None


@dataclass(frozen=True, slots=True)
class Printed:
    """The whole SOP. `zoom`: hundredths; `before`, `lanes`, `after`: widths of the columns."""

    document: Document
    size: Size
    zoom: int
    before: tuple[int, ...]
    lanes: tuple[tuple[str, int], ...]
    after: tuple[int, ...]
    leaves: tuple[PrintedLeaf, ...]
    boxes: tuple[tuple[Part, Part], ...]


class SopPaper:
    """The pages of a view of SOP versions that give one to paper."""

    @expose("/print/")
    def print_view(self) -> ResponseReturnValue:
        """A version as the pages that will be printed."""
        version, document = self.printable()
        page: str = self.render(  # type: ignore[attr-defined]
            "settings/sop_print.html",
            model=version,
            paper=printed(document, asked_size()),
            sizes=SIZES.values(),
        )
        return page

    @expose("/word/")
    def word_view(self) -> ResponseReturnValue:
        """The same as a Word file."""
        version, document = self.printable()
        size = asked_size()
        name = f"sop-{version.code}-{version.version}-{size.key}.docx"
        return sent(word_file(document, size, utc_now()), name)

    def printable(self) -> tuple[ProcedureVersion, Document]:
        """The version that `?id=` names; 404 while it is not there or cannot be drawn."""
        version: ProcedureVersion = self.one_or_404()  # type: ignore[attr-defined]
        procedure = self.readable(version)  # type: ignore[attr-defined]
        if procedure is None:
            abort(404)
        return version, document_of(version, procedure, utc_now())


def asked_size() -> Size:
    """The paper in the address; F4 where none is named, as offices use it."""
    return SIZES.get(request.args.get("kertas", ""), F4)


def document_of(version: ProcedureVersion, procedure: Procedure, at: datetime) -> Document:
    """What is printed of a version: with who heads the office at that moment."""
    titles: Mapping[str, str] = roles_of(version.office_id).titles
    edition = _("Version %(n)d", n=version.version)
    if version.state == VersionState.DRAFT:
        edition = f"{edition} · {_('Draft: it binds nobody yet')}"
    related = related_to(procedure, newest_versions(version.office_id))
    return Document(procedure, titles, _head(version, at), edition, related)


def _head(version: ProcedureVersion, at: datetime) -> Head:
    office, post = version.office, head_of(version.office_id)
    signer = signer_of(post, at) if post is not None else Signer()
    names = (office.government, tuple(office.name))
    return Head(*names, signer.title, signer.name, signer.rank, spaced_nip(signer.nip))


def printed(document: Document, size: Size) -> Printed:
    """The SOP cut into the pages of a paper."""
    drawing = lay_out(document.procedure, document.titles)
    plan = plan_of(drawing, text_rows(document.procedure, drawing), size)
    teller = Teller(document.procedure, document.titles, drawing)
    boxes = document.boxes()
    return Printed(
        document=document,
        size=size,
        zoom=round(plan.scale * 100),
        before=tuple(_unzoomed(plan, one) for one in plan.widths[:2]),
        lanes=tuple((one.title, round(one.width)) for one in drawing.lanes),
        after=tuple(_unzoomed(plan, one) for one in plan.widths[2:]),
        leaves=tuple(_leaf(document, plan, teller, one) for one in plan.leaves),
        boxes=tuple(zip(boxes[::2], boxes[1::2], strict=True)),
    )


def _unzoomed(plan: Plan, length: float) -> int:
    return int(length / plan.scale)


def _leaf(document: Document, plan: Plan, teller: Teller, leaf: Leaf) -> PrintedLeaf:
    rows = tuple(
        PrintedRow(
            plan.cells[one],
            Markup(row_svg(plan.drawing, one)),  # noqa: S704 - numbers, and texts that were escaped
            teller.row(one),
            _unzoomed(plan, plan.heights[one]),
        )
        for one in leaf.rows
    )
    head = _join(plan, teller, leaf.head, foot=False) if leaf.head is not None else None
    foot = _join(plan, teller, leaf.foot, foot=True) if leaf.foot is not None else None
    return PrintedLeaf(lead(document, plan, leaf), head, rows, foot)


def _join(plan: Plan, teller: Teller, join: Join, *, foot: bool) -> PrintedJoin:
    svg = connector_svg(plan.drawing, join.crossings, join.letters, foot=foot)
    return PrintedJoin(
        going_on(join, foot=foot),
        Markup(svg),  # noqa: S704 - numbers and letters
        teller.join(join),
        _unzoomed(plan, plan.connector),
    )
