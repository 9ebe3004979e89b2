"""Surat masuk: the agenda of the letters in sight, the page of one, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context
from sqlalchemy.orm import joinedload, selectinload

from backoffice import access, incoming, incoming_cases, list_letters, lists
from backoffice.agenda import may_handle
from backoffice.errors import Incomplete, NotAllowed, Refusal
from backoffice.incoming import agenda_of
from backoffice.text import _, _l, short_day
from backoffice.workflow import disposing
from backoffice.workflow.engine import command
from backoffice.workflow.sheets import open_rows
from models import Case, Disposition, IncomingLetter, Scan, db
from views import book_page
from views.base import OfficeView
from views.books import INCOMING_BOOK
from views.disposing import Disposing
from views.disposing_desk import Desk
from views.fields import cleaned, small_int
from views.files import send
from views.filters import ChoiceFilter
from views.flat import FlatList
from views.incoming_form import URGENCIES
from views.incoming_page import LetterPage, state_tag, state_words
from views.kinds import meets_cases, unread_letters
from views.registering import Registering
from views.rows import case_url
from views.session import is_resumed, resumes, utc_now
from views.wording import word, word_field
from views.years import years


def by_state(value: str) -> Any:
    """The letters of a state; see `incoming_page.state_of`."""
    if value == "filed":
        return IncomingLetter.closed_at.is_not(None)
    in_case = IncomingLetter.case_id.is_not(None)
    disposed = sa.select(sa.literal(1)).where(
        Disposition.incoming_letter_id == IncomingLetter.id, Disposition.recalled_at.is_(None)
    )
    # Looked up letter by letter, as in `backoffice.letter_sight`.
    is_disposed = disposed.offset(0).correlate(IncomingLetter).exists()
    clause = {"case": in_case, "disposed": is_disposed & ~in_case, "new": ~is_disposed & ~in_case}
    return IncomingLetter.closed_at.is_(None) & clause[value]


class IncomingView(FlatList, Registering, Disposing, OfficeView):
    """The agenda and its letters; a new one is entered by `Registering`."""

    model = IncomingLetter
    slug = "surat-masuk"
    title = _l("Incoming letters")
    lead = _l("Letters to the office with their agenda number, and what became of each.")
    new_label = _l("Register a letter")
    search_label = _l("Search by number, sender or subject")
    can_create = can_view_details = can_export = True
    list_template = "incoming/list.html"
    details_template = "incoming/details.html"
    column_list = ("subject", "sender", "agenda", "received_on", "urgency", "state")
    column_labels = {
        "subject": _l("Subject of the letter"),
        "sender": _l("From"),
        "agenda": _l("Agenda number"),
        "received_on": _l("Received on"),
        "urgency": _l("Nature of the letter"),
        "state": _l("State"),
        "number": _l("Number of the letter"),
        "dated_on": _l("Date of the letter"),
        "for_post": _l("Laid before"),
        "case": _l("Case"),
    }
    column_sortable_list = (("received_on", "id"),)
    column_searchable_list = ("subject",)
    column_export_list = (
        "agenda",
        "received_on",
        "sender",
        "number",
        "dated_on",
        "subject",
        "urgency",
        "for_post",
        "state",
        "case",
    )
    column_filters = (
        ChoiceFilter("keadaan", _l("State"), lambda: list(state_words().items()), by_state),
        ChoiceFilter(
            "sifat",
            _l("Nature of the letter"),
            tuple(URGENCIES.items()),
            lambda value: IncomingLetter.urgency == value,
        ),
        ChoiceFilter("tahun", _l("Year"), years, lambda value: IncomingLetter.year == int(value)),
    )

    def is_visible(self) -> bool:
        """In the menu of whoever may meet a case."""
        return meets_cases(self.person)

    def menu_count(self) -> int | None:
        """Letters laid before me that I have not opened."""
        return unread_letters(self.person.desk_post_ids) or None

    # The list

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape | None:
        """By the agenda of the office, or by each post; what is not filed yet is little."""
        is_open = chosen.get("keadaan", "filed") != "filed"
        return list_letters.found if is_open else list_letters.agenda

    def search_clause(self, text: str) -> Any:
        """Every word begins a word of the letter."""
        return incoming.search_clause(text)

    def get_query(self) -> Any:
        """With posts, case and dispositions, so that no row asks for its own."""
        case = joinedload(IncomingLetter.case).load_only(
            Case.number, Case.kind, Case.procedure_version_id
        )
        return (
            super()
            .get_query()
            .options(
                case.joinedload(Case.procedure_version).load_only(),
                joinedload(IncomingLetter.for_post),
                joinedload(IncomingLetter.post),
                selectinload(IncomingLetter.dispositions),
            )
        )

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell; the state as a tag."""
        if name == "received_on":
            return short_day(model.received_on)
        return state_tag(model) if name == "state" else self.cell(model, name)

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook, days as days."""
        return self.cell(model, name)

    def cell(self, row: IncomingLetter, name: str) -> Any:
        """One cell in words."""
        match name:
            case "agenda":
                return agenda_of(row)
            case "urgency":
                return str(URGENCIES.get(row.urgency, row.urgency))
            case "for_post":
                return row.for_post.title
            case "state":
                return state_tag(row).words
            case "case":
                return case_number(row)
        return getattr(row, name)

    @expose("/word/")
    def word(self) -> ResponseReturnValue:
        """The book on paper."""
        return book_page.answer(INCOMING_BOOK, self.person, self.render)

    # One letter

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """The letter; that the post before which it was laid has opened it is remembered."""
        letter, now, mine = self.one_or_404(), utc_now(), self.person.desk_post_ids
        unread = any(one.read_at is None and one.to_post_id in mine for one in open_rows(letter))
        if letter.read_at is None and letter.for_post_id in mine:
            incoming.mark_read(letter.id, now=now)
            letter = self.one_or_404()
        if unread:
            disposing.mark_letter_read(letter.id, mine, now=now)
            letter = self.one_or_404()
        return self.page(letter)

    def page(self, letter: IncomingLetter, message: str = "", **more: Any) -> str:
        """The page of a letter."""
        desk = Desk(letter, self.person, utc_now(), self.office_zone(), more.get("laid"))
        page: str = self.render(
            self.details_template,
            page=LetterPage(letter, self.person, self.office_zone(), desk),
            base=f"/{self.slug}",
            message=message,
            faults=more.get("faults", {}),
            typed=request.form if request.method == "POST" else {},
        )
        return page

    @expose("/scan/")
    def scan(self) -> ResponseReturnValue:
        """A scan of a letter in sight, to be saved."""
        query = sa.select(Scan).where(
            Scan.id == (small_int(request.args.get("id")) or 0), access.scope(self.person, Scan)
        )
        return send(db.session.scalar(query) or abort(404))

    @resumes
    @expose("/join/", methods=("POST",))
    def join(self) -> ResponseReturnValue:
        """Gabungkan ke berkas yang sudah ada: scans and number go to the case of that number."""
        letter = self.named()
        if is_resumed():
            return self.page(letter)
        number, letter_id = cleaned(request.form.get("number"))[:100], letter.id
        note = _("Incoming letter %(n)s was added.", n=agenda_of(letter))
        try:
            self.check_may_handle(letter)
            case_id, kind = self.case_of(number)
            actor = self.person.actors[0]
            with command(case_id, moves=False) as case:
                incoming_cases.attach_to(case, letter_id, actor=actor, now=utc_now(), note=note)
        except Refusal as refusal:
            return self.refused(letter_id, refusal)
        flash(_("The letter stands in the case now."), "success")
        return redirect(case_url(case_id, kind))

    def case_of(self, number: str) -> tuple[int, str]:
        """Id and kind of the case of that number that lies open before this person."""
        same = Case.number.in_((number, number.upper()))
        query = sa.select(Case.id, Case.kind).where(same, access.sees_case(self.person))
        row = db.session.execute(query).first() if number else None
        if row is None:
            raise Incomplete({"number": "unknown_number" if number else "required"})
        return row.id, row.kind

    @resumes
    @expose("/archive/", methods=("POST",))
    def archive(self) -> ResponseReturnValue:
        """Arsipkan: nothing is left to do with it."""
        letter = self.named()
        if is_resumed():
            return self.page(letter)
        letter_id = letter.id
        try:
            self.check_may_handle(letter)
            incoming.archive(letter_id, now=utc_now())
        except Refusal as refusal:
            return self.refused(letter_id, refusal)
        flash(_("The letter was filed."), "success")
        return redirect(self.url_of(letter_id))

    # Its dispositions

    def disposed(self) -> IncomingLetter:
        """The letter that is disposed of."""
        return self.named()

    def disposed_again(self, letter_id: int) -> IncomingLetter:
        """The same, as it stands now."""
        found: IncomingLetter | None = self.get_one(str(letter_id))
        return found or abort(404)

    def disposed_page(self, letter: IncomingLetter, laid: Any, message: str = "") -> str:
        """Its page with the sheet or the report that was posted."""
        return self.page(letter, message, laid=laid)

    def named(self) -> IncomingLetter:
        """The letter that the form names, if it is in sight; else 404."""
        found: IncomingLetter | None = self.get_one(request.form.get("id", ""))
        return found or abort(404)

    def check_may_handle(self, letter: IncomingLetter) -> None:
        """NotAllowed for who only reads it."""
        if not may_handle(self.person, letter):
            raise NotAllowed

    def refused(self, letter_id: int, refusal: Refusal) -> ResponseReturnValue:
        """The same page with the reason and what was typed."""
        letter = self.get_one(str(letter_id)) or abort(404)
        faults = {key: word_field(code) for key, code in refusal.fields.items()}
        return self.page(letter, word(refusal), faults=faults), refusal.status

    def url_of(self, letter_id: int) -> str:
        """The page of a letter."""
        return f"/{self.slug}/details/?id={letter_id}"


def case_number(row: IncomingLetter) -> str:
    """The number of its case; of a confidential one it is not told in lists."""
    if row.case is None or row.case.procedure_version.confidential:
        return ""
    return row.case.number or ""
