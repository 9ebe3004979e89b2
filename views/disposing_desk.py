"""What the page of a case or of a letter shows of its dispositions: the tree, and what I may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from backoffice.actor import Person, posts_of
from backoffice.calendars import calendar_of
from backoffice.text import _, short_moment
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.sheets import Of, all_rows, awaits_report
from models import Case, Disposition
from views.disposing_forms import (
    GIVER,
    RECIPIENT,
    Deed,
    GiveForm,
    deeds_of,
    give_forms,
    holder_of,
)
from views.disposition_words import asked_of, due_tag, duty_words, state_tag, until_words
from views.times import Tag


@dataclass(frozen=True, slots=True)
class Branch:
    """A disposition in the tree, with what it was passed on to."""

    row: Disposition
    to: str
    holder: str
    duty: str
    giver: str
    state: Tag
    due: Tag | None
    facts: str
    asked: str
    report_facts: str
    children: tuple[Branch, ...] = ()

    @property
    def opens_sheet(self) -> bool:
        """Whether it is the first of its sheet: what is asked is said once."""
        return self.row.sheet_id in (None, self.row.id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A disposition with which I may do something."""

    branch: Branch
    deeds: tuple[Deed, ...]


@dataclass
class Desk:
    """The dispositions of a case or an incoming letter as one person meets them."""

    of: Of
    person: Person
    now: datetime
    zone: str
    posted: GiveForm | Deed | None = None

    @cached_property
    def rows(self) -> list[Disposition]:
        """All of them; nothing is asked where a case has none."""
        if isinstance(self.of, Case) and not belongings_of(self.of.id).dispositions:
            return []
        return all_rows(self.of)

    @cached_property
    def forest(self) -> list[Branch]:
        """Every sheet, the first first, each with what came of it."""
        return [self.branch(one) for one in self.rows if one.parent_id is None]

    @property
    def sheets(self) -> list[Branch]:
        """One disposition of each sheet on which something began, for the link to the paper."""
        first = {one.row.sheet_id or one.row.id: one for one in reversed(self.forest)}
        return list(reversed(first.values()))

    def branch(self, row: Disposition) -> Branch:
        """One disposition with everything below it."""
        below = (one for one in self.rows if one.parent_id == row.id)
        posts = posts_of(self.of.office_id)
        return Branch(
            row=row,
            to=posts[row.to_post_id].title,
            holder=holder_of(self.person, row.to_post_id),
            duty=duty_words(row),
            giver=posts[row.from_post_id].title,
            state=state_tag(row, read=row.to_post_id in self.person.desk_post_ids),
            due=due_tag(row, calendar_of(self.of.office), self.now),
            facts=" · ".join(self._facts(row)),
            asked=asked_of(row),
            report_facts=self._report_facts(row),
            children=tuple(self.branch(one) for one in below),
        )

    def _facts(self, row: Disposition) -> Iterator[str]:
        yield _("given %(moment)s", moment=short_moment(row.given_at, self.zone))
        if until := until_words(row):
            yield until
        for words, moment in (
            (_("read %(moment)s"), row.read_at),
            (_("begun %(moment)s"), row.begun_at),
            (_("closed %(moment)s"), row.ended_at if row.recalled_at is None else None),
            (_("recalled %(moment)s"), row.recalled_at),
        ):
            if moment is not None:
                yield words % {"moment": short_moment(moment, self.zone)}

    def _report_facts(self, row: Disposition) -> str:
        if row.reported_at is None or not row.report:
            return ""
        who = row.report_user.name if row.report_user is not None else ""
        moment = short_moment(row.reported_at, self.zone)
        return _("Report of %(who)s, %(moment)s", who=who, moment=moment)

    # What I may do

    @cached_property
    def gives(self) -> list[GiveForm]:
        """The sheets I may fill, the refused one in its place."""
        return [
            self.posted if isinstance(self.posted, GiveForm) and self.posted.key == one.key else one
            for one in give_forms(self.of, self.person, self.now)
        ]

    @cached_property
    def mine(self) -> list[Waiting]:
        """What I have to report on."""
        desks = self.person.desk_post_ids
        rows = [one for one in self.rows if awaits_report(one) and one.to_post_id in desks]
        return [self._waiting(one, RECIPIENT) for one in rows]

    @cached_property
    def given(self) -> list[Waiting]:
        """What I gave and may close or recall, reported ones first."""
        desks = self.person.desk_post_ids
        rows = [one for one in self.rows if one.ended_at is None and one.from_post_id in desks]
        rows.sort(key=lambda one: one.reported_at is None)
        found = (self._waiting(one, GIVER) for one in rows)
        return [one for one in found if one.deeds]

    @property
    def to_settle(self) -> list[Waiting]:
        """The reports that wait for me."""
        return [one for one in self.given if one.branch.row.reported_at is not None]

    @property
    def to_recall(self) -> list[Waiting]:
        """What nobody has read yet."""
        return [one for one in self.given if one.branch.row.reported_at is None]

    def _waiting(self, row: Disposition, verbs: Sequence[str]) -> Waiting:
        deeds = deeds_of(self.of, row, self.person.actors, verbs)
        return Waiting(self.branch(row), tuple(self._standing(one) for one in deeds))

    def _standing(self, deed: Deed) -> Deed:
        """The refused form in the place of the fresh one."""
        posted = self.posted
        return posted if isinstance(posted, Deed) and posted.key == deed.key else deed

    def is_open(self, key: str) -> bool:
        """Whether the form of that key stands open: it was refused."""
        return self.posted is not None and self.posted.key == key

    @property
    def began(self) -> bool:
        """Whether anything was given yet."""
        return bool(self.rows)

    @property
    def asks(self) -> bool:
        """Whether something waits for me here."""
        return bool(self.mine or self.to_settle)
