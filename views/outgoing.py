"""Buku agenda surat keluar: every number of a year, and what its keeper does by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context

from backoffice import list_register, lists
from backoffice.actor import Actor
from backoffice.errors import Incomplete, Refusal
from backoffice.letters import book
from backoffice.register_sight import keeper, search_clause
from backoffice.text import _, _l, number, short_day
from models import EntryState, RegisterEntry
from views import book_page
from views.base import OfficeView
from views.books import OUTGOING_BOOK
from views.fields import small_int
from views.filters import ChoiceFilter, narrowing
from views.flat import FlatList
from views.form_inputs import told
from views.forms import OfficeForm
from views.outgoing_form import letter_form, letter_of, reserve_form, strike_form
from views.outgoing_lines import STATES, lines_of
from views.outgoing_page import EntryPage
from views.rows import office_of
from views.scoped import MOST_COUNTED
from views.session import is_resumed, resumes, utc_now
from views.tree import GROUP
from views.wording import word
from views.years import years

Deed = Callable[[int, OfficeForm, Actor], tuple[int, str]]


class OutgoingView(FlatList, OfficeView):
    """The book; who keeps the registers writes into it, who leads or manages the office reads."""

    model = RegisterEntry
    slug = "buku-agenda"
    group = GROUP
    title = _l("Agenda book of outgoing letters")
    lead = _l("Every number of an outgoing letter, and what became of it.")
    new_label = _l("Reserve numbers")
    search_label = _l("Search by number, addressee or subject")
    can_view_details = can_export = True
    list_template = "register/list.html"
    details_template = "register/details.html"
    column_list = ("number", "subject", "addressee", "dated_on", "maker", "state")
    column_labels = {
        "place": _l("Running number"),
        "number": _l("Number of the letter"),
        "dated_on": _l("Date of the letter"),
        "addressee": _l("To whom"),
        "subject": _l("Subject of the letter"),
        "classification": _l("Classification"),
        "maker": _l("Written by"),
        "state": _l("Note in the book"),
    }
    column_export_list = (
        "place",
        "number",
        "dated_on",
        "addressee",
        "subject",
        "classification",
        "maker",
        "state",
    )
    column_searchable_list = ("number",)
    column_filters = (
        ChoiceFilter("tahun", _l("Year"), years, lambda value: RegisterEntry.year == int(value)),
        ChoiceFilter(
            "keadaan",
            _l("State"),
            tuple((one.value, words) for one, (_kind, words) in STATES.items()),
            lambda value: RegisterEntry.state == EntryState(value),
        ),
    )

    def count_words(self, count: int) -> str:
        """317 nomor surat keluar."""
        if count > MOST_COUNTED:
            return _("More than %(n)s numbers. Narrow them down.", n=number(MOST_COUNTED))
        if narrowing():
            return _("%(n)s numbers as you chose.", n=number(count))
        return _("%(n)s numbers in the book.", n=number(count))

    # The list

    def shape(self, chosen: Mapping[str, str]) -> lists.Shape:
        """In the order of the book, however it is narrowed."""
        return list_register.book

    def search_clause(self, text: str) -> Any:
        """Words of the number, and of what the reader may read of the letter."""
        return search_clause(self.person, text)

    def found(
        self, limit: int, search: str | None, filters: Sequence[Any] | None, *, oldest: bool
    ) -> list[int]:
        """The ids in the order of the book; an inserted number is younger than its place."""
        where = [self._filters[index].rule(value) for index, _name, value in filters or ()]
        if search:
            where.append(self.search_clause(search))
        last = self.get_one(request.args.get("before", ""))
        if last is not None:
            where.append(list_register.before(last))
        return lists.ids_newest_first(
            self.person, RegisterEntry, limit, where=where, shape=list_register.book, oldest=oldest
        )

    def rows_of(self, ids: Sequence[int]) -> list[Any]:
        """The rows as this person may read them."""
        return lines_of(super().rows_of(ids), self.person)

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """A cell of the list."""
        return short_day(model.dated_on) if name == "dated_on" else getattr(model, name)

    def get_export_value(self, model: Any, name: Any) -> Any:
        """The same in the workbook, the state in words."""
        return model.remark if name == "state" else getattr(model, name)

    def keeper(self) -> Actor | None:
        """As whom the person writes into the book, if at all."""
        return keeper(self.person)

    @expose("/word/")
    def word(self) -> ResponseReturnValue:
        """The book on paper."""
        return book_page.answer(OUTGOING_BOOK, self.person, self.render)

    # Reserving

    @resumes
    @expose("/reserve/", methods=("GET", "POST"))
    def reserve(self) -> ResponseReturnValue:
        """Pesan nomor: the form and its answer."""
        actor = self.keeper() or abort(404)
        form = reserve_form(office_of(self.person))
        if request.method == "GET":
            return self.reserve_page(form)
        readable = form.read(request.form)
        if is_resumed():
            return self.reserve_page(form)
        if not readable:
            return self.reserve_page(form, word(Incomplete())), 422
        many, reason = form["many"].data or 0, form.value("reason") or ""
        try:
            found = book.reserve(many, reason=reason, actor=actor, now=utc_now())
        except Refusal as refusal:
            return self.reserve_page(form, told(form, refusal)), refusal.status
        flash(_("Reserved: %(numbers)s.", numbers=", ".join(found)), "success")
        return redirect(f"/{self.slug}/")

    def reserve_page(self, form: OfficeForm, message: str = "") -> str:
        """The page with the form."""
        page: str = self.render("register/reserve.html", form=form, message=message)
        return page

    # One number

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """What became of a number, and what may still be done with it."""
        return self.page(self.one_or_404())

    def page(self, entry: RegisterEntry, message: str = "", form: OfficeForm | None = None) -> str:
        """The page of a number; `form` is the one that was refused."""
        shown: str = self.render(
            self.details_template,
            page=EntryPage(entry, self.person, self.office_zone(), form),
            message=message,
        )
        return shown

    @resumes
    @expose("/use/", methods=("POST",))
    def use(self) -> ResponseReturnValue:
        """Pakai: a reserved number gets its letter."""

        def deed(entry_id: int, form: OfficeForm, actor: Actor) -> tuple[int, str]:
            written = book.use(entry_id, letter_of(form), actor=actor, now=utc_now())
            return entry_id, _("The letter has the number %(number)s.", number=written)

        return self.answer("use", deed)

    @resumes
    @expose("/insert/", methods=("POST",))
    def insert(self) -> ResponseReturnValue:
        """Sisipkan: a number behind this one."""

        def deed(entry_id: int, form: OfficeForm, actor: Actor) -> tuple[int, str]:
            made, written = book.insert(entry_id, letter_of(form), actor=actor, now=utc_now())
            return made, _("Inserted: %(number)s.", number=written)

        return self.answer("insert", deed)

    @resumes
    @expose("/strike/", methods=("POST",))
    def strike(self) -> ResponseReturnValue:
        """Batalkan: the number stays in the book with its reason."""

        def deed(entry_id: int, form: OfficeForm, actor: Actor) -> tuple[int, str]:
            reason = form.value("reason") or ""
            written = book.strike(entry_id, reason=reason, actor=actor, now=utc_now())
            return entry_id, _("The number %(number)s is void.", number=written)

        return self.answer("strike", deed)

    def answer(self, key: str, deed: Deed) -> ResponseReturnValue:
        """Do it and show the number, or the same page with why not and what was typed."""
        entry, actor = self.named(), self.keeper() or abort(404)
        entry_id, office = entry.id, office_of(self.person)
        form = strike_form(office) if key == "strike" else letter_form(office, key, entry)
        readable = form.read(request.form)
        if is_resumed():
            return self.page(entry, form=form)
        if not readable:
            return self.page(entry, word(Incomplete()), form), 422
        try:
            shown, sentence = deed(entry_id, form, actor)
        except Refusal as refusal:
            message = told(form, refusal)
            return self.page(self.get_one(str(entry_id)), message, form), refusal.status
        flash(sentence, "success")
        return redirect(f"/{self.slug}/details/?id={shown}")

    def named(self) -> RegisterEntry:
        """The number that the form names, if it is in sight; else 404."""
        found: RegisterEntry | None = self.get_one(str(small_int(request.form.get("id")) or ""))
        return found or abort(404)
