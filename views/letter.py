"""Surat keluar: the letters of the cases in sight, with their state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request
from flask_admin import expose
from jinja2 import pass_context
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from backoffice import lists
from backoffice.errors import LetterHasGap, Refusal
from backoffice.letters import drafting, marks, sent
from backoffice.text import _, _l, short_moment
from models import Case, IssuedLetter, Letter, LetterState, db
from views import labels
from views.base import OfficeView
from views.case_papers import word_file
from views.fields import small_int
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.kinds import meets_cases
from views.letter_inking import Inking
from views.letter_page import ADDRESS, LetterPage
from views.letter_sending import LetterSending
from views.letter_sheet import state_tag, title_of
from views.letter_voiding import Voiding
from views.scoped import MOST_COUNTED
from views.session import current_person, utc_now

KONSEP = "konsep"  # with the paraf box
STATES = (
    ("draft", _l("Draft")),
    ("initialled", _l("Initialled")),
    ("approved", _l("Approved, to be signed")),
    ("signed", _l("Signed")),
    ("sent", _l("Sent")),
    ("received", _l("Received")),
    ("void", _l("Void")),
    ("unsent", _l("Not gone out yet")),
)


def in_state(value: str) -> Any:
    """The letters of a state; or all that are approved and have not gone out."""
    if value == "unsent":
        person = current_person()
        return sent.unsent(person.office_id if person is not None else None)
    return Letter.state == LetterState(value)


class LetterView(FlatList, Inking, LetterSending, Voiding, OfficeView):
    """Letters, and the page of one; it is drafted and judged in its case."""

    model = Letter
    slug = "surat"
    title = _l("Outgoing letters")
    lead = _l("The letters of the cases you see, from the first draft until they have arrived.")
    can_view_details = can_export = True
    details_template = "letter/details.html"
    column_list = ("subject", "kind", "case", "state", "number", "drafted_at")
    column_labels = {
        "subject": _l("Letter"),
        "kind": _l("Kind of letter"),
        "case": _l("Case"),
        "state": _l("State"),
        "number": _l("Number"),
        "drafted_at": _l("Drafted"),
    }
    column_sortable_list = (("drafted_at", "id"),)
    column_filters = (ChoiceFilter("keadaan", _l("State"), STATES, in_state),)

    def is_visible(self) -> bool:
        """In the menu of whoever may meet a case."""
        return meets_cases(self.person)

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """All but those that went out are few, and of those too there may be: then their state
        finds them."""
        state = chosen.get("keadaan")
        if state is None or (state in marks.GONE and not self.are_few(LetterState(state))):
            return None
        return lists.narrow

    def are_few(self, state: LetterState) -> bool:
        """Whether the office has no more letters in this state than are counted for a list."""
        of_office = (Letter.office_id == self.person.office_id, Letter.state == state)
        found = select(Letter.id).where(*of_office).limit(MOST_COUNTED + 1).subquery()
        return (db.session.scalar(select(func.count()).select_from(found)) or 0) <= MOST_COUNTED

    def get_query(self) -> Any:
        """With case and office, so that no row asks for its own."""
        return super().get_query().options(joinedload(Letter.case).joinedload(Case.office))

    def get_empty_list_message(self) -> str:
        """Where letters come from."""
        return _("No letter yet. A letter is written in its case, at the step that asks for it.")

    def row_url(self, row: Letter) -> str:
        """The page of the letter."""
        return f"{ADDRESS}{row.id}"

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell; the state as a tag."""
        return state_tag(model) if name == "state" else self.cell(model, name)

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook."""
        return self.cell(model, name)

    def cell(self, row: Letter, name: str) -> str:
        """One cell in words."""
        match name:
            case "subject":
                return str(row.fields.get("hal") or "").strip() or title_of(row)
            case "kind":
                return title_of(row)
            case "case":
                heading = (row.case.number, labels.subject_of(row.case))
                return " · ".join(one for one in heading if one)
            case "state":
                return state_tag(row).words
            case "number":
                return row.number or _("not yet")
        return short_moment(row.drafted_at, row.case.office.timezone)

    # One letter

    @expose("/details/")
    def details_view(self) -> str:
        """How far it is, whose turn it is, and its papers."""
        return self.page(self.one_or_404())

    def page(self, letter: Letter, message: str = "", **forms: Any) -> str:
        """The page of a letter; `forms` are those that were sent and not taken."""
        page = LetterPage(letter, self.person, utc_now(), forms)
        shown: str = self.render(self.details_template, page=page, message=message)
        return shown

    def named(self) -> Letter:
        """The letter that the form names, if it is in sight; else 404."""
        found: Letter | None = self.get_one(request.form.get("id", ""))
        return found or abort(404)

    @expose("/word/")
    def word(self) -> Response:
        """The letter as a Word file: once approved ready to be signed, else with the paraf box.

        `naskah`: "konsep" asks for the paraf box anyway; a number names a version that was issued
        and may be void by now, whose bytes are kept. 422 while something in it is empty.
        """
        letter, asked = self.one_or_404(), request.args.get("naskah", "")
        version, konsep = small_int(asked), asked == KONSEP or letter.approved_at is None
        if asked not in ("", KONSEP) and version is None:
            abort(404)
        data = self.issued(letter, version) if version else self.current(letter, konsep=konsep)
        last = f"terbit-{version}" if version else KONSEP if konsep else str(letter.revision)
        name = "-".join((letter.case.number or str(letter.case_id), letter.kind, last))
        return word_file(data, f"{name}.docx")

    def current(self, letter: Letter, *, konsep: bool) -> bytes:
        """The letter as it stands; what was approved is whole, whatever its template asks now."""
        if letter.approved_at is None and drafting.gaps(
            letter.fields, letter.kind, letter.office_id
        ):
            abort(LetterHasGap.status)
        try:
            return drafting.render(letter, konsep=konsep, now=utc_now())
        except Refusal as refusal:
            abort(refusal.status)

    def issued(self, letter: Letter, issued_id: int) -> bytes:
        """A version as it was issued; 404 for that of another letter."""
        mine = (IssuedLetter.id == issued_id, IssuedLetter.letter_id == letter.id)
        query = select(IssuedLetter).where(*mine).options(undefer(IssuedLetter.net))
        return (db.session.scalar(query) or abort(404)).net
