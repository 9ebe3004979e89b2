"""The page of an incoming letter: what it is, where it lies, and what may be done with it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from backoffice import access
from backoffice.actor import Person
from backoffice.agenda import may_handle
from backoffice.incoming import agenda_of
from backoffice.text import _, long_date, short_moment
from backoffice.workflow.belongings import Belongings
from backoffice.workflow.versions import procedure_of
from models import Case, DispositionState, IncomingLetter, db
from views import labels
from views.disposing_desk import Desk
from views.files import FileLine, kind_words, size_words
from views.incoming_form import URGENCIES
from views.kinds import openable_by
from views.rows import SLUGS, case_url
from views.summary import Fact
from views.times import Tag

STATES = {  # key -> kind of its tag
    "new": "today",
    "disposed": "info",
    "case": "done",
    "filed": "done",
}


def state_of(letter: IncomingLetter) -> str:
    """How far a letter is: the last thing that became of it."""
    if letter.closed_at is not None:
        return "filed"
    if letter.case_id is not None:
        return "case"
    live = (one for one in letter.dispositions if one.state is not DispositionState.RECALLED)
    return "disposed" if any(live) else "new"


def state_words() -> dict[str, str]:
    """The states as the list and its filter call them."""
    return {
        "new": _("Not dealt with yet"),
        "disposed": _("Disposed"),
        "case": _("In a case"),
        "filed": _("Filed"),
    }


def state_tag(letter: IncomingLetter) -> Tag:
    """The state as a tag."""
    state = state_of(letter)
    return Tag(STATES[state], state_words()[state])


def letters_in_sight(person: Person, ids: Collection[int]) -> frozenset[int]:
    """Which of these letters lie open before this person; nothing is asked where there are none."""
    if not ids:
        return frozenset()
    mine = access.scope(person, IncomingLetter)
    query = select(IncomingLetter.id).where(IncomingLetter.id.in_(ids), mine)
    return frozenset(db.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Arrival:
    """An incoming letter as the page of its case names it; no `url` without sight of it."""

    agenda: str
    url: str


def arrivals_of(kept: Belongings, person: Person) -> list[Arrival]:
    """The letters by which a case came."""
    seen = letters_in_sight(person, [one.id for one in kept.incoming])
    address = "/surat-masuk/details/?id="
    return [
        Arrival(one.agenda, f"{address}{one.id}" if one.id in seen else "") for one in kept.incoming
    ]


@dataclass(frozen=True, slots=True)
class Way:
    """An SOP of which a case may be opened from the letter."""

    title: str
    url: str


@dataclass
class LetterPage:
    """What `incoming/details.html` draws."""

    letter: IncomingLetter
    person: Person
    zone: str
    desk: Desk

    @property
    def agenda(self) -> str:
        """12/2026."""
        return agenda_of(self.letter)

    @property
    def state(self) -> Tag:
        """How far it is."""
        return state_tag(self.letter)

    @property
    def facts(self) -> list[Fact]:
        """The line of the agenda."""
        one = self.letter
        known = (
            (_("Agenda number"), self.agenda),
            (_("Received on"), long_date(one.received_on)),
            (_("From"), one.sender),
            (_("Number of the letter"), one.number),
            (_("Date of the letter"), long_date(one.dated_on) if one.dated_on else ""),
            (_("Nature of the letter"), str(URGENCIES.get(one.urgency, one.urgency))),
            (_("Laid before"), one.for_post.title),
            (_("Note"), one.note),
        )
        return [Fact(label, value) for label, value in known if value]

    @property
    def registered(self) -> str:
        """Who wrote it into the agenda, and when."""
        return _(
            "Registered by %(post)s, %(moment)s",
            post=self.letter.post.title,
            moment=short_moment(self.letter.registered_at, self.zone),
        )

    @property
    def seen(self) -> str:
        """When the post before which it was laid has opened it."""
        at = self.letter.read_at
        if at is None:
            return _("%(post)s has not opened it yet", post=self.letter.for_post.title)
        moment = short_moment(at, self.zone)
        return _("%(post)s opened it %(moment)s", post=self.letter.for_post.title, moment=moment)

    @property
    def files(self) -> list[FileLine]:
        """The scans, each with its download."""
        return [
            FileLine(
                icon="clip",
                url=f"/surat-masuk/scan/?id={one.id}",
                name=one.name,
                facts=f"{kind_words(one.content_type)} · {size_words(one.size)}",
            )
            for one in self.letter.scans
        ]

    @cached_property
    def case(self) -> Case | None:
        """The case it went to, as far as this person may see it."""
        if self.letter.case_id is None:
            return None
        query = select(Case).where(Case.id == self.letter.case_id)
        found: Case | None = db.session.scalar(query.where(access.glimpses_case(self.person)))
        return found

    @property
    def case_name(self) -> str:
        """Its number, and its subject where it lies open."""
        if self.case is None:
            return ""
        open_here = not access.limited(self.person, self.case)
        subject = labels.subject_of(self.case, self.zone) if open_here else ""
        return " · ".join(one for one in (self.case.number, subject) if one) or _("No number yet")

    @property
    def case_url(self) -> str:
        """The page of that case."""
        return case_url(self.case.id, self.case.kind) if self.case is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self.letter.closed_at is None

    @cached_property
    def may_handle(self) -> bool:
        """Whether this person brings it to a case or files it."""
        return self.is_open and may_handle(self.person, self.letter)

    @property
    def ways(self) -> list[Way]:
        """The SOPs of which this person may open a case from it."""
        if self.letter.case_id is not None or not self.is_open:
            return []
        found = sorted(
            (version for version, _actor in openable_by(self.person)),
            key=lambda one: not procedure_of(one).default,
        )
        letter = f"surat={self.letter.id}"
        return [Way(one.title, f"/{SLUGS[one.kind]}/new/?{letter}&sop={one.code}") for one in found]
