"""Everything one piece of work shows in the review: what it is, what changed, what to decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from backoffice.actor import Person
from backoffice.text import _
from backoffice.workflow.routing import standing_events
from models import Case, CaseEvent, Duty, EventKind, Kind, Letter
from views import case_page, stale, timeline
from views.actions import ActionForm
from views.case_page import CasePage
from views.changes import Changes, Returned, clipped
from views.deeds import Deed, Deeds, deed_of, put_back, sorted_deeds
from views.disposing_desk import Branch
from views.letter_sheet import LetterSheet, letters_of, sheet_of
from views.queue import Queue
from views.rows import SLUGS

LETTER_TEXT = "isi"


@dataclass(frozen=True, slots=True)
class Again:
    """What came up again: since when it is looked at anew, what changed, what was asked."""

    since: str
    changes: Changes | None  # of a letter that is judged; None where there is none
    note: str


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided just before, and whether it can still be taken back."""

    case_id: int
    version: int
    words: str
    undoable: bool
    until: str


@dataclass
class ReviewPage:
    """What `review/index.html` draws; `page` is the same case as its own page shows it."""

    page: CasePage
    queue: Queue
    waiting: Collection[int]
    deeds: Deeds
    opened: str = ""
    duties: frozenset[Duty] = frozenset()
    letters: Sequence[Letter] = field(default_factory=tuple)

    @property
    def case(self) -> Case:
        """The case."""
        return self.page.case

    @property
    def base(self) -> str:
        """Where the screens of its kind are."""
        return f"/{SLUGS[self.case.kind]}"

    @property
    def url(self) -> str:
        """The whole case."""
        return f"{self.base}/details/?id={self.case.id}"

    # Where in the queue

    @property
    def place(self) -> str:
        """Berkas 2 dari 5."""
        number, whole = self.queue.place(self.case.id), len(self.queue.ids)
        return _("Case %(n)s of %(all)s", n=number, all=whole)

    @property
    def share(self) -> float:
        """How far one is, in percent of the bar."""
        return round(100 * self.queue.place(self.case.id) / len(self.queue.ids), 1)

    @property
    def previous(self) -> str:
        """The address of the one before, or nothing."""
        before = self.queue.before(self.case.id)
        return self.queue.address(before) if before is not None else ""

    @property
    def onward(self) -> str:
        """The address of the next one, or of the end."""
        return self.queue.address(self.queue.after(self.case.id, self.waiting))

    # What it is

    @property
    def is_information(self) -> bool:
        """Whether it lies here for information alone."""
        return self.duties == {Duty.INFORMATION}

    @cached_property
    def letter(self) -> LetterSheet | None:
        """The letter that is judged, as a sheet."""
        first = next(iter(self.letters), None)
        if first is None:
            return None
        page = self.page
        return sheet_of(first, self.standing, page.person, page.zone, page.now)

    @cached_property
    def standing(self) -> list[CaseEvent]:
        """The steps that were not taken back."""
        return standing_events(self.case)

    @property
    def gist(self) -> list[tuple[str, str]]:
        """What is asked and what the letter answers, each in a line or two."""
        asks = _("%(who)s reports", who=self.page.applicant)
        if self.case.kind != Kind.COMPLAINT:
            asks = _("%(who)s asks", who=self.page.applicant)
        letter = next(iter(self.letters), None)
        answer = str(letter.fields.get(LETTER_TEXT) or "") if letter is not None else ""
        both = ((asks, self.case.summary or ""), (_("The letter answers"), answer))
        return [(label, clipped(text)) for label, text in both if text.strip()]

    @property
    def word(self) -> CaseEvent | None:
        """What the desk before wrote."""
        return timeline.latest_note(self.standing) if self.case.is_live else None

    @cached_property
    def again(self) -> Again | None:
        """What changed where the case has come up again since a return, or since one's paraf."""
        changes = self.letter.changes if self.letter is not None else None
        events = [one for one in self.standing if one.action == "return"]
        came_up = bool(events) and events[-1] is not self.standing[-1]
        if changes is not None and (came_up or not changes.equal):
            return Again(changes.since, changes, changes.note)
        if not came_up:
            return None
        duty = events[-1].for_post_id or events[-1].post_id
        last = Returned(events[-1], duty in self.page.person.desk_post_ids)
        since = _("Changed since you returned it")
        if not last.mine:
            since = _("Changed since %(post)s returned it", post=last.post)
        return Again(since, None, last.words)

    def instructions(self) -> list[Branch]:
        """What was laid on this person's desk with the case, the newest first."""
        mine = self.page.person.desk_post_ids
        desk = self.page.laying
        found = [one for one in desk.rows if one.to_post_id in mine]
        return [desk.branch(one) for one in reversed(found) if one.instructions or one.ticks]


def review_of(
    case: Case,
    person: Person,
    now: datetime,
    *,
    forms: Sequence[ActionForm],
    queue: Queue,
    waiting: Collection[int],
    posted: ActionForm | None = None,
) -> ReviewPage:
    """One piece of work for a person; `posted` stands in the place of its fresh form."""
    case_page.gather(case)
    shown = [posted if posted is not None and one.key == posted.key else one for one in forms]
    page = case_page.page_of(case, person, now, shown, posted.key if posted is not None else "")
    deeds: list[Deed] = [deed_of(one, page.goes[one.key]) for one in shown]
    if posted is None:
        put_back(case.events, deeds)
    return ReviewPage(
        page=page,
        queue=queue,
        waiting=waiting,
        deeds=sorted_deeds(deeds),
        opened=posted.key if posted is not None else "",
        duties=duties_of(case, person),
        letters=letters_of(case),
    )


def duties_of(case: Case, person: Person) -> frozenset[Duty]:
    """What is asked of this person in a case; nothing where it lies on no desk of his."""
    return frozenset(
        desk.duty
        for desk in case.assignments
        if desk.left_at is None and desk.post_id in person.desk_post_ids
    )


def done_of(case: Case, person: Person) -> Done | None:
    """What this person did last with a case, if nothing came after it."""
    loud = [one for one in case.events if one.kind is not EventKind.NOTE]
    last = loud[-1] if loud else None
    if last is None or last.user_id != person.user_id or not last.action:
        return None
    opinion = last.kind is EventKind.OPINION
    return Done(
        case_id=case.id,
        version=case.version,
        words=stale.done_words(case, last.action, last.label, person),
        undoable="take_back" in case_page.corrections_of(case, person),
        until=_("(until somebody concludes)")
        if opinion
        else _("(until the next officer opens it)"),
    )
