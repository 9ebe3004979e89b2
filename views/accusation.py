"""What the page of a case says of its terlapor: who he is, and which official it may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from backoffice.actor import Actor, Person
from backoffice.workflow import accused, suspects
from models import Case, Kind, User, db


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody of the office, with what he holds."""

    id: int
    words: str


class Accusation:
    """What the page of a case says of its terlapor; asked by the page, each part once."""

    def __init__(self, case: Case, person: Person) -> None:
        self.case, self.person = case, person

    @cached_property
    def may(self) -> bool:
        """Whether this person says who is terlapor."""
        fits = self.case.kind == Kind.COMPLAINT or self.case.party("reported") is not None
        fits = fits or self.case.reported_user_id is not None
        return fits and judging(self.case, self.person) is not None

    @property
    def named(self) -> str:
        """Who was confirmed as terlapor."""
        if self.case.reported_user_id is None:
            return ""
        return db.session.get_one(User, self.case.reported_user_id).name

    @cached_property
    def suspects(self) -> list[Official]:
        """Officials whom the case may be about; nobody is asked about himself."""
        if not (self.may and self.case.is_live):
            return []
        found = suspects.suspects(self.case, self.person.staffing)
        return [self._official(one) for one in found if one.id != self.person.user_id]

    @cached_property
    def choices(self) -> list[Official]:
        """The people of the office."""
        if not self.may or self.case.reported_user_id is not None:
            return []
        return [self._official(one) for one in suspects.officials(self.person.staffing)]

    def _official(self, user: User) -> Official:
        held = ", ".join(suspects.titles_of(user, self.person.staffing))
        return Official(user.id, f"{user.name} – {held}" if held else user.name)


def judging(case: Case, person: Person) -> Actor | None:
    """As whom this person says who is terlapor."""
    return next((one for one in person.actors if accused.may_judge(case, one)), None)
