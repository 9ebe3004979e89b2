"""Meetings as pages show them: the lines of a case, the page of one, and those to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice import access
from backoffice.actor import Person, posts_of
from backoffice.letters.meeting_papers import TITLES, papers_of
from backoffice.meeting_words import chair_of, doer_of, name_of, sorted_people
from backoffice.meetings import minute_taker
from backoffice.text import _, clock_time, long_date, short_moment, zone_name
from backoffice.workflow.belongings import Met
from models import Case, Meeting, Participant, db
from views import labels
from views.rows import case_url
from views.session import utc_now
from views.summary import Fact
from views.times import Tag

ADDRESS = "/rapat/details/?id="
MOST_SHOWN = 50
KINDS = {"called": "later", "over": "today", "minuted": "done", "cancelled": "info"}


def state_words() -> dict[str, str]:
    """How far a meeting is."""
    return {
        "called": _("To be held"),
        "over": _("Minutes not written yet"),
        "minuted": _("Minutes written"),
        "cancelled": _("Cancelled"),
    }


def tag_of(state: str, starts_at: datetime) -> Tag:
    """The same as a tag; what was called for a moment that is past waits for its minutes."""
    now = "over" if state == "called" and starts_at < utc_now() else state
    return Tag(KINDS[now], state_words()[now])


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a list names it; `url` is empty where its case is not for this person."""

    url: str
    subject: str
    when: str
    place: str
    state: Tag


def lines_of(kept: Sequence[Met], zone: str) -> list[MeetingLine]:
    """The meetings of a case, the newest first."""
    return [
        MeetingLine(
            url=f"{ADDRESS}{one.id}",
            subject=one.subject,
            when=short_moment(one.starts_at, zone),
            place=one.place,
            state=tag_of(one.state, one.starts_at),
        )
        for one in reversed(kept)
    ]


def to_come(person: Person, since: datetime, zone: str) -> list[MeetingLine]:
    """What this person is invited to, leads or has called, the next first.

    What he led or called stands here until somebody has written its minutes. Of a case out of
    sight it tells when and where, as the paper does; of one whose terlapor he is nothing.
    """
    mine = person.desk_post_ids
    own = sa.or_(Meeting.chair_post_id.in_(mine), Meeting.post_id.in_(mine))
    invited = sa.select(Participant.meeting_id).where(Participant.post_id.in_(mine))
    query = (
        sa.select(Meeting, sa.exists().where(Case.id == Meeting.case_id, access.sees_case(person)))
        .where(
            sa.or_(Meeting.starts_at >= since, sa.and_(own, Meeting.minuted_at.is_(None))),
            Meeting.cancelled_at.is_(None),
            sa.exists().where(Case.id == Meeting.case_id, access.not_reported(person)),
            sa.or_(Meeting.id.in_(invited), own),
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(MOST_SHOWN)
    )
    return [_coming(one, zone, seen=seen) for one, seen in db.session.execute(query)]


def _coming(meeting: Meeting, zone: str, *, seen: bool) -> MeetingLine:
    state = "minuted" if meeting.minuted_at is not None else "called"
    return MeetingLine(
        url=f"{ADDRESS}{meeting.id}" if seen else "",
        subject=meeting.subject if seen else _("Meeting"),
        when=short_moment(meeting.starts_at, zone),
        place=meeting.place,
        state=tag_of(state, meeting.starts_at),
    )


def found(person: Person, meeting_id: int) -> Meeting | None:
    """The meeting of that id, if its case lies open before this person."""
    query = sa.select(Meeting).where(Meeting.id == meeting_id, access.scope(person, Meeting))
    return db.session.scalars(query.options(joinedload(Meeting.case))).one_or_none()


@dataclass
class MeetingPage:
    """What `meeting/details.html` draws."""

    meeting: Meeting
    person: Person

    @property
    def zone(self) -> str:
        """The office's own."""
        return self.meeting.case.office.timezone

    @property
    def state(self) -> str:
        """called, minuted or cancelled."""
        if self.meeting.cancelled_at is not None:
            return "cancelled"
        return "minuted" if self.meeting.minuted_at is not None else "called"

    @property
    def tag(self) -> Tag:
        """How far it is."""
        return tag_of(self.state, self.meeting.starts_at)

    @property
    def case_url(self) -> str:
        """The page of its case."""
        return case_url(self.meeting.case_id, self.meeting.case.kind)

    @property
    def case_name(self) -> str:
        """What its case is called."""
        return labels.name_of(self.meeting.case)

    @property
    def facts(self) -> list[Fact]:
        """When, where, under whom, about what."""
        one = self.meeting
        day = one.starts_at.astimezone(ZoneInfo(self.zone)).date()
        known = (
            (_("Day"), long_date(day)),
            (_("Time"), self.hours),
            (_("Place"), one.place),
            (_("Who leads"), chair_of(one)),
            (_("Agenda of the meeting"), one.agenda),
            (_("Called by"), one.post.title),
        )
        return [Fact(label, value) for label, value in known if value]

    @property
    def hours(self) -> str:
        """09.00–11.00 WIB."""
        one = self.meeting
        ends = f"–{clock_time(one.ends_at, self.zone)}" if one.ends_at is not None else ""
        return f"{clock_time(one.starts_at, self.zone)}{ends} {zone_name(self.zone)}"

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Title and address of each paper that can be had."""
        return [
            (TITLES[kind], f"/rapat/paper/{kind}/?id={self.meeting.id}")
            for kind in papers_of(self.meeting)
        ]

    @property
    def people(self) -> list[tuple[str, str]]:
        """Who was invited, and whether he came."""
        posts = posts_of(self.meeting.case.office_id)
        words = {True: _("came"), False: _("did not come"), None: ""}
        return [
            (name_of(one, posts), words[one.came]) for one in sorted_people(self.meeting.people)
        ]

    @property
    def decisions(self) -> list[tuple[str, str, str, bool]]:
        """What, who, by when, and whether it went out as a disposition."""
        posts = posts_of(self.meeting.case.office_id)
        return [
            (
                one.text,
                doer_of(one, posts),
                long_date(one.due_on) if one.due_on else "",
                one.disposition_id is not None,
            )
            for one in self.meeting.decisions
        ]

    @cached_property
    def may_minute(self) -> bool:
        """Whether this person writes it down, or cancels it."""
        return minute_taker(self.meeting, self.person) is not None
