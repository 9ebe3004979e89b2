"""Plain pages of one person: what he may open, and whether it stands in his menu."""

from __future__ import annotations

from flask import abort
from flask_admin import BaseView

from backoffice import access
from backoffice.actor import Person
from views.guard import Guarded
from views.kinds import meets_cases
from views.session import current_person


class PersonalPage(Guarded, BaseView):
    """A page that shows each person his own; for whoever holds a post in an office."""

    def is_accessible(self) -> bool:
        """Whether this person may open it at all."""
        person = current_person()
        return person is not None and self.opens(person)

    def opens(self, person: Person) -> bool:
        """Whoever holds a post; what he does not see is not shown or counted."""
        return access.knows_office(person)

    @property
    def person(self) -> Person:
        """Who is at the screen; only asked behind `is_accessible`."""
        return current_person() or abort(403)


class CasesPage(PersonalPage):
    """One about cases: in the menu of whoever may meet a case."""

    def is_visible(self) -> bool:
        """Whether the menu shows it."""
        person = current_person()
        return person is not None and meets_cases(person)
