"""Everything a case page shows, gathered once: the page itself asks nothing of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from backoffice.actor import Actor, Person
from backoffice.calendars import calendar_of
from backoffice.text import _, long_date, short_moment
from backoffice.workflow import corrections
from backoffice.workflow.belongings import Belongings, Promised, belongings_of
from backoffice.workflow.desks import open_desk
from backoffice.workflow.routing import standing_events
from backoffice.workflow.versions import definition_of
from models import Case, CaseEvent
from views import goes, labels, timeline
from views.accusation import Accusation
from views.actions import ActionForm
from views.case_letters import CaseLetters
from views.disposing_desk import Desk
from views.due import span
from views.files import FileLine, file_lines
from views.former import forms_of
from views.kinds import roles_of
from views.letter_sheet import LetterLine, LetterSheet, letters_of, line_of, sheet_of
from views.opened import gather as gather
from views.opened import glimpsed as glimpsed
from views.opened import load as load
from views.opinions import Round, rounds_of
from views.related import Relative, relatives_of
from views.sop_sheet import SopTable, table_of_case
from views.summary import Fact, Sheet, facts_of, sheet
from views.together import Together
from views.visits import desk_times, visits_of
from views.waits import Wait, reminding_actor, wait_of

NOTICE_CHANNELS = labels.NOTICE_CHANNELS


@dataclass
class CasePage(CaseLetters):
    """What `case/details.html` draws."""

    forms: Sequence[ActionForm] = ()
    opened: str = ""  # the key of the action whose form stands open
    can: dict[str, Actor] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        """Whether a form is too long for the column at the side."""
        return any(one.can_save for one in self.forms)

    @property
    def latest_word(self) -> CaseEvent | None:
        """What the desk before wrote: why it came back, or how to go on."""
        return timeline.latest_note(standing_events(self.case)) if self.case.is_live else None

    @property
    def goes(self) -> dict[str, str]:
        """Where each action leads, in a sentence."""
        return {
            one.key: goes.sentence(self.case, self.procedure, one.way, self.roles)
            for one in self.forms
        }

    @cached_property
    def together(self) -> Together:
        """Possible doubles, joined cases, numbers from outside."""
        return Together(self.case, self.person, self.procedure, self.visits)

    @cached_property
    def accusation(self) -> Accusation:
        """Who is terlapor, and whom it may be."""
        return Accusation(self.case, self.person)

    @property
    def rerouted(self) -> list[str]:
        """Why the case lies where it lies now."""
        pairs = self.here.rerouted if self.here else ()
        return [timeline.rerouted_words(*pair) for pair in pairs]

    @property
    def joined_name(self) -> str:
        """Where a joined case goes on."""
        return self.together.kept_name

    @property
    def facts(self) -> list[Fact]:
        """The summary."""
        return facts_of(self.case, self.procedure)

    @cached_property
    def history(self) -> list[timeline.Line]:
        """The history, newest first."""
        names = self.together.names
        return timeline.lines(self.case.events, self.visits, self.procedure, self.zone, names)

    @property
    def recent(self) -> Sequence[timeline.Line]:
        """What of the history stands open."""
        return timeline.opened(self.history)

    @property
    def older(self) -> list[timeline.Chapter]:
        """The rest of a long history, folded."""
        return timeline.folded(self.history)

    @property
    def standing(self) -> str:
        """The line on top of the history: where it is now."""
        return _("Now at %(post)s", post=" / ".join(self.here.posts)) if self.here else ""

    @property
    def standing_since(self) -> str:
        """Since when."""
        return short_moment(self.here.entered_at, self.zone) if self.here else ""

    @property
    def standing_spent(self) -> str:
        """How long so far."""
        return _("%(time)s so far", time=span(self.here.time)) if self.here else ""

    @property
    def desks(self) -> list[dict[str, Any]]:
        """Time per post, and since when it lies where it is now."""
        since = _("since %(moment)s", moment=self.standing_since) if self.here else ""
        return [
            {
                "name": one.post,
                "words": span(one.time),
                "share": one.share,
                "now": one.now,
                "since": since if one.now else "",
            }
            for one in desk_times(self.visits)
        ]

    @property
    def sop(self) -> SopTable:
        """The SOP as its official table, with how far the case is."""
        return table_of_case(self.case, self.procedure, self.visits, self.roles, self.zone)

    @property
    def requirements(self) -> list[str]:
        """Kelengkapan: of the step first, then of the service."""
        step = self.procedure.row_of(self.procedure.step(self.case.step))
        both = (*step.requirements, *self.procedure.requirements)
        once = {"".join(one.casefold().split()): one for one in reversed(both)}
        return list(reversed(once.values()))

    @cached_property
    def letters(self) -> list[LetterLine]:
        """The letters, newest first."""
        return [line_of(one) for one in letters_of(self.case)]

    @property
    def sheet(self) -> LetterSheet | None:
        """The newest letter as a sheet of paper."""
        newest = next(iter(letters_of(self.case)), None)
        if newest is None:
            return None
        events = standing_events(self.case)
        return sheet_of(newest, events, self.person, self.zone, self.now)

    @property
    def belongings(self) -> Belongings:
        """What hangs on the case."""
        return belongings_of(self.case.id)

    def files(self, base: str) -> list[FileLine]:
        """The attachments, each with its download."""
        return file_lines(self.belongings.files, base, self.zone)

    def sheets(self) -> list[Sheet]:
        """The records that were filled, the newest of each kind."""
        newest = {row.key: row.values for row in self.belongings.records}
        forms = forms_of(self.case, self.procedure, newest)
        return [
            sheet(forms[key].title, values, forms[key].fields)
            for key, values in newest.items()
            if key in forms
        ]

    @cached_property
    def laying(self) -> Desk:
        """Its dispositions, and what this person may do with them."""
        return Desk(self.case, self.person, self.now, self.zone)

    def notices(self) -> list[Promised]:
        """Promises to tell a party, the open ones first."""
        return sorted(self.belongings.notices, key=lambda one: one.told_at is not None)

    def recapitulation_id(self) -> int | None:
        """The list on which the case stands now."""
        step = self.procedure.step(self.case.step)
        return self.belongings.recapitulation_id if step.batch and self.case.is_live else None

    def relatives(self) -> list[Relative]:
        """Linked cases."""
        return list(relatives_of(self.together.near))

    @cached_property
    def rounds(self) -> list[Round]:
        """The opinions of a team, the newest round first."""
        return rounds_of(self.case, self.procedure, self.zone)

    @property
    def wait(self) -> Wait | None:
        """How it stands with somebody outside who is waited for."""
        return wait_of(self.case, self.procedure, self.now, self.roles)

    @property
    def takes_back_opinion(self) -> bool:
        """Whether what may be taken back is an opinion, not a step."""
        actor = self.can.get("take_back")
        return actor is not None and not corrections.may_undo_step(self.case, actor)

    @property
    def may_remind(self) -> bool:
        """Whether this person records that somebody was reminded."""
        return reminding_actor(self.case, self.person) is not None

    @property
    def may_tell(self) -> bool:
        """Whether this person records that a party was told."""
        return telling_actor(self.case, self.person) is not None

    @property
    def must_tell(self) -> bool:
        """Whether what is left to do is that this person tells a party."""
        return self.may_tell and any(one.told_at is None for one in self.belongings.notices)

    @property
    def notice_channels(self) -> list[tuple[str, str]]:
        """How one may be told."""
        return [(key, str(labels.CHANNELS[key])) for key in NOTICE_CHANNELS]

    @property
    def has_receipt(self) -> bool:
        """Whether a step with a receipt was taken."""
        return self.case.number is not None

    def day(self, value: Any) -> str:
        """A day in words."""
        return long_date(value) if value else ""

    def moment(self, value: datetime | None) -> str:
        """A moment in the office's zone."""
        return short_moment(value, self.zone) if value else ""


def page_of(
    case: Case, person: Person, now: datetime, forms: Sequence[ActionForm], opened: str = ""
) -> CasePage:
    """The page of a case for a person."""
    procedure = definition_of(case)
    return CasePage(
        case=case,
        person=person,
        now=now,
        procedure=procedure,
        zone=case.office.timezone,
        visits=visits_of(case, procedure, calendar_of(case.office), now),
        roles=roles_of(case.office_id).titles,
        forms=forms,
        opened=opened or (forms[0].key if forms else ""),
        can=corrections_of(case, person),
    )


def own_lines(page: CasePage, events: Sequence[CaseEvent]) -> list[timeline.Line]:
    """The history as far as it is the person's own."""
    return timeline.lines(events, page.visits, page.procedure, page.zone)


def telling_actor(case: Case, person: Person) -> Actor | None:
    """As whom this person records that a party was told: the responsible post."""
    return next((one for one in person.actors if open_desk(case, one) is not None), None)


def corrections_of(case: Case, person: Person) -> dict[str, Actor]:
    """What may be done beside the SOP, and as whom."""
    asked = {
        "take_back": corrections.may_take_back,
        "withdraw": corrections.may_withdraw,
        "void": corrections.may_void,
    }
    found = {}
    for name, may in asked.items():
        actor = next((one for one in person.actors if may(case, one)), None)
        if actor is not None:
            found[name] = actor
    return found
