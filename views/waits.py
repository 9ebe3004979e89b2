"""Waiting for somebody outside, in words: when to remind him, until when, and what then opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from backoffice.actor import Actor, Person
from backoffice.calendars import calendar_of
from backoffice.clock import Calendar
from backoffice.text import _, long_date, short_moment
from backoffice.workflow import waiting
from backoffice.workflow.definition import Procedure, Step
from models import Case, CaseEvent, Duty, EventKind, Status, db
from views import goes
from views.rows import Lookups


@dataclass(frozen=True, slots=True)
class Wait:
    """What the page of a waiting case says; `urgent` where it is time to remind or to go on."""

    words: tuple[str, ...]
    urgent: bool


def wait_of(
    case: Case, procedure: Procedure, now: datetime, roles: Mapping[str, str]
) -> Wait | None:
    """How the wait stands, or none where the SOP says nothing about it."""
    step = procedure.step(case.step)
    desk = next(
        (one for one in case.assignments if one.left_at is None and one.duty is Duty.RESPONSIBLE),
        None,
    )
    if desk is None or step.gives_up is None or case.status not in (Status.OPEN, Status.WAITING):
        return None
    calendar = calendar_of(case.office)
    day = waiting.remind_on(step, desk.entered_at, waiting.last_reminder(case), calendar)
    ends = waiting.gives_up_at(step, desk.entered_at, calendar)
    over = ends is not None and now >= ends
    late = is_time(day, calendar, now)
    words = [
        "" if over else _remind_words(day, whom(step, roles), late=late),
        _end_words(case, procedure, ends, roles, over=over),
    ]
    return Wait(tuple(one for one in words if one), over or late)


def whom(step: Step, roles: Mapping[str, str]) -> str:
    """Who is waited for."""
    return " / ".join(roles.get(one, one) for one in step.actors)


def is_time(day: date | None, calendar: Calendar, now: datetime) -> bool:
    """Whether that day has come."""
    return day is not None and calendar.day_of(now) >= day


def time_to_remind(who: str) -> str:
    """Sudah waktunya mengingatkan Pengadu."""
    return _("It is time to remind %(who)s.", who=who)


def _remind_words(day: date | None, who: str, *, late: bool) -> str:
    if day is None:
        return ""
    if late:
        return time_to_remind(who)
    return _("Remind %(who)s from %(day)s on.", who=who, day=long_date(day))


def _end_words(
    case: Case,
    procedure: Procedure,
    ends: datetime | None,
    roles: Mapping[str, str],
    *,
    over: bool,
) -> str:
    way = waiting.way_of(procedure.step(case.step))
    if ends is None or way is None:
        return ""
    then = goes.sentence(case, procedure, way, roles)
    if over:
        return _("There was no answer in time: you need not wait any longer. %(then)s", then=then)
    moment = short_moment(ends, case.office.timezone)
    return _("Without an answer by %(moment)s: %(then)s", moment=moment, then=then)


def reminding_actor(case: Case, person: Person) -> Actor | None:
    """As whom this person records a reminder."""
    return next((one for one in person.actors if waiting.may_remind(case, one)), None)


def reminders(
    cases: Iterable[Any],
    shared: Lookups,
    roles: Mapping[str, str],
    calendar: Calendar,
    now: datetime,
) -> dict[int, str]:
    """Case id -> whom to remind now, for the rows of a page; one statement where any waits."""
    steps = dict(_waiting_steps(cases, shared))
    if not steps:
        return {}
    query = (
        select(CaseEvent.case_id, func.max(CaseEvent.happened_at).label("at"))
        .where(CaseEvent.case_id.in_(steps), CaseEvent.kind == EventKind.REMINDED)
        .group_by(CaseEvent.case_id)
    )
    last = {row.case_id: row.at for row in db.session.execute(query)}
    found = {}
    for key, (step, entered_at) in steps.items():
        day = waiting.remind_on(step, entered_at, last.get(key), calendar)
        if is_time(day, calendar, now):
            found[key] = whom(step, roles)
    return found


def _waiting_steps(
    cases: Iterable[Any], shared: Lookups
) -> Iterator[tuple[int, tuple[Step, datetime]]]:
    """The cases that wait where the SOP names a time to remind, with since when."""
    for case in cases:
        procedure = shared.procedures[case.procedure_version_id]
        if case.status is not Status.WAITING or not procedure.has_step(case.step):
            continue
        step = procedure.step(case.step)
        desk = next(
            (one for one in shared.desks.get(case.id, ()) if one.duty is Duty.RESPONSIBLE), None
        )
        if desk is not None and step.gives_up is not None and step.gives_up.remind is not None:
            yield case.id, (step, desk.entered_at)
