"""The head of a case page: what it is, at whose desk since when, how much time is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.text import _, short_date, short_moment, zone_name
from backoffice.workflow.deadlines import limit_of, time_limits
from backoffice.workflow.definition import Procedure
from backoffice.workflow.team import awaited
from models import Assignment, Case, Duty, Status
from views import labels
from views.due import Due, due_of, finished, span, waiting_for
from views.frame import desk_title
from views.rows import place_words, scale_of
from views.sop_table import who_acts
from views.summary import applicant_word
from views.times import Tag
from views.visits import Visit, total_standard


@dataclass
class CaseHead:
    """What the head of a case page says; the rest of the page is `CasePage`."""

    case: Case
    person: Person
    now: datetime
    procedure: Procedure
    zone: str
    visits: list[Visit]
    roles: dict[str, str]

    @property
    def subject(self) -> str:
        """The heading."""
        return labels.subject_of(self.case)

    @property
    def number(self) -> str:
        """The case number, or that there is none yet."""
        return self.case.number or _("No number yet")

    @property
    def meta(self) -> str:
        """Number · person · scale · received."""
        case = self.case
        received = ""
        if case.received_on:
            received = _("received %(day)s", day=short_date(case.received_on))
        channel = labels.word(case.office, "channel", case.channel) if case.channel else ""
        parts = [self.number, labels.first_party(case), scale_of(self.procedure), received, channel]
        return " · ".join(part for part in parts if part)

    # The strip

    @property
    def here(self) -> Visit | None:
        """The stay that goes on now."""
        return next((one for one in reversed(self.visits) if one.is_open), None)

    @property
    def desk(self) -> str:
        """At whose desk it is, or how it ended."""
        case = self.case
        if not case.is_live:
            return self.ending
        names = " / ".join(self.here.posts) if self.here else ""
        mine = [one.post_id for one in case.assignments if self._is_mine(one)]
        if self.here and len(self.here.posts) == 1:  # then it is the one that is mine
            acting = (one for key in mine for one in self.person.actors_for(key))
            names = next((desk_title(one) for one in acting), names)
        return _("%(post)s – you", post=names) if mine else names

    def _is_mine(self, desk: Assignment) -> bool:
        acting = desk.left_at is None and desk.duty is Duty.RESPONSIBLE
        return acting and desk.post_id in self.person.post_ids

    @property
    def ending(self) -> str:
        """How it ended."""
        if self.case.status is Status.CLOSED and self.case.outcome:
            return self.procedure.outcome(self.case.outcome).label
        return labels.ending_of(self.case, self.joined_name)

    @property
    def joined_name(self) -> str:
        """Where a joined case goes on, as far as the person may know."""
        return ""

    @property
    def desk_note(self) -> str:
        """Since when, and which step."""
        if self.here is None:
            closed = self.case.closed_at
            return _("since %(moment)s", moment=short_moment(closed, self.zone)) if closed else ""
        step = self.procedure.step(self.case.step)
        since = _(
            "since %(moment)s · %(place)s",
            moment=short_moment(self.here.entered_at, self.zone),
            place=place_words(self.procedure, step),
        )
        open_ones = len(awaited(self.case))
        waits = _("%(n)s opinions are waited for", n=open_ones) if open_ones else ""
        return " · ".join(one for one in (since, waits) if one)

    @property
    def due(self) -> Due:
        """How long is left at this step."""
        calendar = calendar_of(self.case.office)
        if self.here is None:
            return finished(labels.state_of(self.case), self.case.closed_at, calendar)
        if self.case.status is Status.WAITING:
            step = self.procedure.step(self.case.step)
            outside = " / ".join(self.roles.get(one, one) for one in step.actors)
            return waiting_for(outside, self.here.entered_at, calendar, self.now)
        return due_of(self.here.due_at, calendar, self.now)

    @property
    def due_note(self) -> str:
        """The moment itself, with the zone once; since when it waits is a day, without one."""
        moment = self.due.moment
        timed = moment and self.here and self.case.status is not Status.WAITING
        return f"{moment} {zone_name(self.zone)}" if timed else moment

    @property
    def whole(self) -> str:
        """How much working time the case took in all."""
        counted = [one.time for one in self.visits if not one.waiting]
        total = sum(counted, start=counted[0] - counted[0]) if counted else None
        return _("%(time)s of work", time=span(total)) if total is not None else ""

    @property
    def whole_late(self) -> Tag | None:
        """By how much the promise for the whole is broken; no clock runs while outsiders do."""
        due_at, until = self.case.due_at, self.case.closed_at or self.now
        if due_at is None or due_at >= until or self.case.status is Status.WAITING:
            return None
        return due_of(due_at, calendar_of(self.case.office), until).tag

    @property
    def whole_note(self) -> str:
        """The promise for the whole, or else the standards of its steps together."""
        if self.case.due_at is not None and self.case.is_live:
            moment = short_moment(self.case.due_at, self.zone)
            if not self.is_range:
                return _("to be finished by %(moment)s", moment=moment)
            return _(
                "to be finished by %(moment)s at the latest; standard %(time)s",
                moment=moment,
                time=self.promised,
            )
        if self.promised and self.case.is_live:
            return _("standard %(time)s, once it has its number", time=self.promised)
        standard = self.promised or total_standard(self.procedure)
        return _("standard %(time)s", time=standard) if standard else _("no standard yet")

    @property
    def is_range(self) -> bool:
        """Whether the promise depends on a severity that nobody has chosen yet."""
        limit = self.procedure.time_limit
        return isinstance(limit, dict) and self.case.severity not in limit

    @property
    def promised(self) -> str:
        """The promise of the SOP for the whole case in words, or nothing."""
        limits = time_limits(self.procedure)
        if self.is_range:
            return _("%(short)s to %(long)s by severity", short=limits[0], long=limits[-1])
        limit = limit_of(self.case)
        return str(limit) if limit is not None else ""

    @property
    def status_words(self) -> str:
        """What the case waits for as a whole, where that is not a desk."""
        if self.case.status is Status.AWAITING_NOTICE:
            return _("Decided. The case stays open until the person was told.")
        return ""

    @property
    def limited_place(self) -> str:
        """The step, for who may know no more."""
        if not self.case.is_live:
            return labels.ending_of(self.case)
        return place_words(self.procedure, self.procedure.step(self.case.step))

    @property
    def task(self) -> str:
        """What the step wants, in the words of the SOP."""
        return self.procedure.step(self.case.step).activity

    @property
    def waits_for(self) -> str:
        """Who acts at this step."""
        return who_acts(self.procedure, self.procedure.step(self.case.step), self.roles)

    @property
    def applicant(self) -> str:
        """Pengadu or Pemohon."""
        return applicant_word(self.case)
