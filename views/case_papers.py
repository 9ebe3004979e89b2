"""What leaves a case as a file: attachments, letters in Word, the receipt."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy import select

from backoffice import access
from backoffice.errors import Refusal
from backoffice.letters import drafting
from backoffice.letters.offering import papers_of
from backoffice.letters.papers import receipt_values
from models import Attachment, Case, Letter, db
from views.fields import small_int
from views.files import DOCX, send
from views.session import utc_now


class CasePapers:
    """Downloads of a case view: only for who may open the case in full."""

    def of_mine(self, model: Any) -> Any:
        """The row of `model` that `?id=` names, if its case lies open to this person; else 404."""
        row_id = small_int(request.args.get("id"))
        query = (
            select(model)
            .join(Case, Case.id == model.case_id)
            .where(
                model.id == (row_id or 0),
                Case.kind == self.model.__mapper__.polymorphic_identity,  # type: ignore[attr-defined]
                access.sees_case(self.person),  # type: ignore[attr-defined]
            )
        )
        return db.session.scalar(query) or abort(404)

    @expose("/attachment/")
    def attachment(self) -> ResponseReturnValue:
        """A file of a case, to be saved."""
        return send(self.of_mine(Attachment))

    @expose("/letter/")
    def letter(self) -> ResponseReturnValue:
        """A letter as a Word file, with the paraf box until it is approved.

        404 for a kind without template, 422 while it has a gap.
        """
        letter = self.of_mine(Letter)
        try:
            data = drafting.render(letter, konsep=letter.approved_at is None, now=utc_now())
        except Refusal as refusal:
            abort(refusal.status)
        name = "-".join((letter.case.number or str(letter.case_id), letter.kind))
        return word_file(data, f"{name}-{letter.revision}.docx")

    @expose("/receipt/")
    def receipt(self) -> ResponseReturnValue:
        """The tanda terima as a Word file."""
        case = self.numbered()
        return word_file(drafting.receipt(case), f"tanda-terima-{case.number}.docx")

    @expose("/receipt/print/")
    def receipt_page(self) -> ResponseReturnValue:
        """The tanda terima as a page to print."""
        case = self.numbered()
        page: str = self.render(  # type: ignore[attr-defined]
            "case/receipt.html",
            case=case,
            paper=receipt_values(case),
            base=f"/{self.slug}",  # type: ignore[attr-defined]
        )
        return page

    @expose("/paper/")
    def paper(self) -> ResponseReturnValue:
        """A paper the SOP has ready for this step, filled from the case; 404 for any other."""
        case = self.get_one(request.args.get("id", "")) or abort(404)  # type: ignore[attr-defined]
        kind = request.args.get("kind", "")
        if kind not in {one.key for one in papers_of(case)}:
            abort(404)
        actor = next(iter(self.person.actors), None)  # type: ignore[attr-defined]
        data = drafting.paper(case, kind, actor=actor, now=utc_now())
        return word_file(data, f"{case.number or case.id}-{kind}.docx")

    def numbered(self) -> Case:
        """The case that `?id=` names, if it has its number already; else 404."""
        case = self.get_one(request.args.get("id", ""))  # type: ignore[attr-defined]
        return case if case is not None and case.number else abort(404)


def word_file(data: bytes, name: str) -> Response:
    """A Word file to be saved."""
    safe = name.replace("/", "-")
    return send_file(BytesIO(data), DOCX, as_attachment=True, download_name=safe, max_age=0)
