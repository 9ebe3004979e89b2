"""What a case page says of cases that belong together: doubles, joined ones, numbers from outside.

Nothing is asked of the database for a case that was never joined and is past its first steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from backoffice.actor import Actor, Person
from backoffice.letters import drafting
from backoffice.letters.kept import letters_of
from backoffice.text import _
from backoffice.workflow import joining, outside
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.definition import Procedure
from models import Case, Party, PartyRole, ReferenceKind
from views import alike, labels
from views.alike import Alike
from views.files import FileLine, file_lines
from views.letter_sheet import state_tag, title_of
from views.near import Near, others_of
from views.opened import parties_of
from views.rows import SLUGS, case_url
from views.summary import Fact, people
from views.visits import Visit

BROUGHT = (PartyRole.REPORTER, PartyRole.APPLICANT, PartyRole.REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter of a joined case."""

    title: str
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Joined:
    """A case that is a part of the one on the page; without sight of it only its name, if that."""

    name: str
    url: str
    people: tuple[Fact, ...]
    letters: tuple[LetterLine, ...]
    files: tuple[FileLine, ...]
    told: tuple[str, ...]  # who must hear of a decision

    @property
    def papers(self) -> Sequence[Any]:
        """Whether there is anything to read."""
        return (*self.letters, *self.files)


@dataclass(frozen=True, slots=True)
class Line:
    """A number from outside as a field of its form."""

    name: str
    label: str
    value: str


class Together:
    """Asked by the page of a case, each part once."""

    def __init__(
        self, case: Case, person: Person, procedure: Procedure, visits: Sequence[Visit]
    ) -> None:
        self.case, self.person, self.procedure, self.visits = case, person, procedure, visits

    @cached_property
    def near(self) -> Near:
        """The cases around it."""
        return Near(self.case, self.person, self._alike)

    # Possible doubles

    @cached_property
    def _alike(self) -> dict[int, set[str]]:
        return alike.candidates_of(self.case, self.procedure, self.visits, self.person)

    @cached_property
    def doubles(self) -> list[Alike]:
        """Cases that may be the same."""
        return alike.of_near(self._alike, self.near, self.person) if self._alike else []

    @property
    def shown(self) -> list[Alike]:
        """As many as are read at a glance."""
        return self.doubles[: alike.MOST_SHOWN]

    @property
    def choices(self) -> list[Alike]:
        """Those to which the case may be joined."""
        return [one for one in self.shown if one.joinable]

    # Joined cases

    @cached_property
    def _others(self) -> dict[int, Any]:
        """Every case this one ever was together with: number and whether it is in sight."""
        return self.near.together() if others_of(self.case) else {}

    @cached_property
    def names(self) -> dict[int, str]:
        """What the history calls them; a confidential one has no name for who does not see it."""
        return {
            key: self._name(row) for key, row in self._others.items() if row.opens or not row.hidden
        }

    def _name(self, row: Any) -> str:
        if row.number or row.queue_number or row.opens:
            return labels.name_of(row, self.case.office.timezone)
        return _("a case without a number")

    @property
    def kept_name(self) -> str:
        """Where the case goes on, if it was joined."""
        return self.names.get(self.case.joined_to_id or 0, "")

    @property
    def kept_url(self) -> str:
        """The page of that case, for who sees it."""
        row = self._others.get(self.case.joined_to_id or 0)
        return case_url(row.id, row.kind) if row is not None and row.opens else ""

    @cached_property
    def joined(self) -> list[Joined]:
        """The cases that are a part of this one, each with its people and papers."""
        rows = (row for row in self._others.values() if row.joined_to_id == self.case.id)
        return [self._joined(row) for row in rows]

    def _joined(self, row: Any) -> Joined:
        zone = self.case.office.timezone
        if not row.opens:
            return Joined(self.names.get(row.id, _("a confidential case")), "", (), (), (), ())
        base = f"/{SLUGS[row.kind]}"
        known = parties_of(row.id)
        return Joined(
            name=" ".join(one for one in (row.number, labels.subject_of(row, zone)) if one),
            url=case_url(row.id, row.kind),
            people=tuple(people(known)),
            letters=tuple(_letters(row.id, base)),
            files=tuple(file_lines(belongings_of(row.id).files, base, zone)),
            told=tuple(_told(row, known)),
        )

    @property
    def brought(self) -> str:
        """Who holds the receipt of this case, where it was joined and I may answer for it."""
        mine = self.case.joined_to_id is not None and "separate" in self.can
        return "; ".join(_told(self.case, self.case.parties)) if mine else ""

    @property
    def also_told(self) -> list[str]:
        """Who else must hear of a decision: the people of the joined cases."""
        return [who for one in self.joined for who in one.told]

    # What may be done

    @cached_property
    def can(self) -> Mapping[str, Actor]:
        """join, separate, references -> as whom."""
        asked = {
            "join": joining.may_join,
            "separate": joining.may_separate,
            "references": outside.may_change,
        }
        found = {
            name: next((one for one in self.person.actors if may(self.case, one)), None)
            for name, may in asked.items()
        }
        return {name: actor for name, actor in found.items() if actor is not None}

    @property
    def references(self) -> list[Line]:
        """The numbers from outside, a line for each kind."""
        have = outside.numbers_of(self.case)
        return [
            Line(kind.value, str(labels.REFERENCES[kind]), "; ".join(have.get(kind.value, ())))
            for kind in ReferenceKind
        ]


def _told(row: Any, known: Iterable[Party]) -> Iterator[str]:
    """Who brought the case and can be told, and how."""
    for one in known:
        if one.role in BROUGHT and not one.anonymous:
            ways = (row.number, one.telephone, one.email, one.address)
            yield " · ".join((one.name, *(way for way in ways if way)))


def _letters(case_id: int, base: str) -> Iterator[LetterLine]:
    """Its letters; one that cannot be printed has no address."""
    for letter in letters_of(case_id):
        gaps = drafting.gaps(letter.fields, letter.kind, letter.office_id)
        whole = drafting.has_template(letter.kind) and not gaps
        url = f"{base}/letter/?id={letter.id}" if whole else ""
        yield LetterLine(title_of(letter), url, state_tag(letter).words)
