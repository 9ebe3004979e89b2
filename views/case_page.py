"""Everything a case page shows, gathered once: the page itself asks nothing of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from backoffice.actor import Actor, Person
from backoffice.calendars import calendar_of
from backoffice.text import _, long_date, short_moment
from backoffice.workflow import batch, corrections
from backoffice.workflow.desks import open_desk
from backoffice.workflow.versions import definition_of
from models import (
    Assignment,
    Attachment,
    Case,
    CaseEvent,
    Disposition,
    Notice,
    Record,
    db,
)
from views import goes, labels, timeline
from views.actions import ActionForm
from views.case_head import CaseHead
from views.due import span
from views.files import FileLine, file_lines
from views.former import forms_of
from views.kinds import roles_of
from views.letter_sheet import LetterSheet, letters_of, sheet_of
from views.opinions import Round, rounds_of
from views.related import Relative, relatives_of
from views.sop_table import sop_rows
from views.summary import Fact, Sheet, facts_of, sheet
from views.together import Together
from views.visits import desk_times, visits_of
from views.waits import Wait, reminding_actor, wait_of

NOTICE_CHANNELS = labels.NOTICE_CHANNELS


@dataclass
class CasePage(CaseHead):
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
        return timeline.latest_note(self.case.events) if self.case.is_live else None

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

    @property
    def joined_name(self) -> str:
        """Where a joined case goes on."""
        return self.together.kept_name

    @property
    def facts(self) -> list[Fact]:
        """The summary."""
        return facts_of(self.case, self.procedure)

    @property
    def history(self) -> list[timeline.Line]:
        """The history, newest first."""
        names = self.together.names
        return timeline.lines(self.case.events, self.visits, self.procedure, self.zone, names)

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
        """Time per post."""
        return [
            {"name": one.post, "words": span(one.time), "share": one.share, "now": one.now}
            for one in desk_times(self.visits)
        ]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The SOP as its table."""
        current = self.case.step if self.case.is_live else None
        rows = sop_rows(self.procedure, current, self.visits, self.roles)
        return [
            {
                "no": row.number,
                "activity": row.activity,
                "actor": Markup("{}").format(row.who),
                "ways": row.ways,
                "requirement": row.requirements,
                "time": row.standard or _("none yet"),
                "output": row.output,
                "real": row.real,
                "verdict": row.verdict,
                "verdict_words": row.verdict_words,
                "state": "now" if row.current else ("past" if row.real else ""),
            }
            for row in rows
        ]

    @property
    def requirements(self) -> list[str]:
        """Kelengkapan: of the step first, then of the service."""
        step = self.procedure.row_of(self.procedure.step(self.case.step))
        both = (*step.requirements, *self.procedure.requirements)
        once = {"".join(one.casefold().split()): one for one in reversed(both)}
        return list(reversed(once.values()))

    def letters(self) -> list[LetterSheet]:
        """The letters, newest first."""
        return [sheet_of(one, self.case.events, self.zone) for one in letters_of(self.case)]

    def files(self, base: str) -> list[FileLine]:
        """The attachments, each with its download."""
        query = select(Attachment).where(Attachment.case_id == self.case.id)
        rows = list(db.session.scalars(query.order_by(Attachment.id)))
        return file_lines(rows, base, self.zone)

    def sheets(self) -> list[Sheet]:
        """The records that were filled, the newest of each kind."""
        query = select(Record).where(Record.case_id == self.case.id).order_by(Record.id)
        newest = {row.key: row.values for row in db.session.scalars(query)}
        forms = forms_of(self.case, self.procedure, newest)
        return [
            sheet(forms[key].title, values, forms[key].fields)
            for key, values in newest.items()
            if key in forms
        ]

    def dispositions(self) -> list[Disposition]:
        """Who laid the case on whose desk."""
        query = select(Disposition).where(Disposition.case_id == self.case.id)
        both = (joinedload(Disposition.from_post), joinedload(Disposition.to_post))
        return list(db.session.scalars(query.options(*both).order_by(Disposition.id)))

    def notices(self) -> list[Notice]:
        """Promises to tell a party, the open ones first."""
        query = select(Notice).where(Notice.case_id == self.case.id)
        return list(db.session.scalars(query.order_by(Notice.told_at.is_not(None), Notice.id)))

    def recapitulation_id(self) -> int | None:
        """The list on which the case stands now."""
        step = self.procedure.step(self.case.step)
        row = batch.row_of(self.case) if step.batch and self.case.is_live else None
        return row.recapitulation_id if row is not None else None

    def relatives(self) -> list[Relative]:
        """Linked cases."""
        return relatives_of(self.case, self.person)

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


def load(case_id: int) -> Case:
    """The case with what every part of its page reads, in few statements."""
    query = (
        select(Case)
        .where(Case.id == case_id)
        .options(
            joinedload(Case.office),
            joinedload(Case.procedure_version),
            joinedload(Case.references),
            selectinload(Case.parties),
            selectinload(Case.assignments).joinedload(Assignment.post),
            selectinload(Case.events).options(
                joinedload(CaseEvent.user),
                joinedload(CaseEvent.post),
                joinedload(CaseEvent.for_post),
            ),
        )
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).unique().one()


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
