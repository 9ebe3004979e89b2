"""The page of a number: whose letter it is, what became of it, and the forms of its keeper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from backoffice import access
from backoffice.actor import Person
from backoffice.register_sight import keeper
from backoffice.text import _, long_date, short_moment
from models import Case, EntryState, Letter, RegisterEntry, db
from views.forms import OfficeForm
from views.outgoing_form import letter_form, strike_form
from views.outgoing_lines import Line, lines_of
from views.rows import case_url
from views.summary import Fact


@dataclass
class EntryPage:
    """What `register/details.html` draws. `refused`: the form that was sent and not taken."""

    entry: RegisterEntry
    person: Person
    zone: str
    refused: OfficeForm | None = None

    @cached_property
    def line(self) -> Line:
        """The number as this person may read it."""
        return lines_of([self.entry], self.person)[0]

    @property
    def facts(self) -> list[Fact]:
        """The line of the book."""
        one = self.line
        known = (
            (_("Number of the letter"), one.number),
            (_("Date of the letter"), long_date(one.dated_on)),
            (_("To whom"), one.addressee),
            (_("Subject of the letter"), one.subject),
            (_("Classification"), one.classification),
            (_("Written by"), one.maker),
            (_("Reason"), one.reason),
        )
        return [Fact(label, value) for label, value in known if value]

    @property
    def taken(self) -> str:
        """Who took it, and when."""
        moment = short_moment(self.entry.taken_at, self.zone)
        return _("Taken by %(name)s, %(moment)s", name=self.entry.user.name, moment=moment)

    @property
    def changed(self) -> str:
        """When it became void, or a reserved one was used."""
        at = self.entry.changed_at
        return _("Changed %(moment)s", moment=short_moment(at, self.zone)) if at else ""

    @cached_property
    def case(self) -> Case | None:
        """The case of its letter, as far as it lies open to this person."""
        if self.entry.letter_id is None:
            return None
        query = select(Case).join(Letter, Letter.case_id == Case.id)
        query = query.where(Letter.id == self.entry.letter_id, access.sees_case(self.person))
        found: Case | None = db.session.scalar(query)
        return found

    @property
    def case_url(self) -> str:
        """The page of that case."""
        return case_url(self.case.id, self.case.kind) if self.case is not None else ""

    @property
    def letter_url(self) -> str:
        """The page of its letter, for who sees that case."""
        return f"/surat/details/?id={self.entry.letter_id}" if self.case is not None else ""

    @property
    def case_name(self) -> str:
        """The number of that case."""
        return (self.case.number if self.case is not None else "") or _("No number yet")

    @property
    def writes(self) -> bool:
        """Whether this person keeps the book."""
        return keeper(self.person) is not None

    @property
    def may_strike(self) -> bool:
        """An approved letter gives its number up in its case."""
        held = self.entry.state is EntryState.USED and self.entry.letter_id is not None
        return self.entry.state is not EntryState.VOID and not held

    @property
    def use_form(self) -> OfficeForm | None:
        """For a reserved number; and for one that was, whose text is not to be lost."""
        if self.entry.state is EntryState.RESERVED or self._was("use"):
            return self._form("use")
        return None

    @property
    def insert_form(self) -> OfficeForm:
        """For the letter that was forgotten."""
        return self._form("insert")

    @property
    def strike_form(self) -> OfficeForm | None:
        """For a number that is given up."""
        return self._form("strike") if self.may_strike or self._was("strike") else None

    def is_open(self, form: OfficeForm) -> bool:
        """The refused form stands open; else that of a reserved number."""
        if self.refused is not None:
            return form is self.refused
        return form.key == "use"

    def _was(self, key: str) -> bool:
        return self.refused is not None and self.refused.key == key

    def _form(self, key: str) -> OfficeForm:
        if self.refused is not None and self.refused.key == key:
            return self.refused
        office = self.entry.office
        return strike_form(office) if key == "strike" else letter_form(office, key, self.entry)
