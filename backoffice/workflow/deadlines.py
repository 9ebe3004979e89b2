"""Due moments of steps, rows and whole cases, from the durations of the paper.

Steps of one row of the paper share its time, which runs until the last of them is left and stands
while the case is at another row; a way to its own step begins no new time; while somebody outside
is waited for, the office's time stands and due moments move on by the wait.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from backoffice.calendars import calendar_of
from backoffice.clock import Calendar, Duration, Measure, parse_duration
from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.lengths import working_days
from backoffice.workflow.routing import standing_events
from backoffice.workflow.versions import definition_of
from models import Assignment, Case, CaseEvent, Duty, Source

CALENDAR_MEASURES = (Measure.DAY, Measure.WEEK, Measure.MONTH)


def standard_of(procedure: Procedure, step: Step) -> Duration | None:
    """The standard time of a step: that of its row, or none where the paper has none."""
    return procedure.row_of(step).time


def step_due(
    case: Case, step: Step, *, now: datetime, fresh: bool, desk: Assignment | None = None
) -> datetime | None:
    """When a step that is entered now is due; none while somebody outside is waited for.

    Within a row the clock goes on where it stood, unless the entry is `fresh` (a return).
    `desk` is the one that is counted anew, where it stands already.
    """
    procedure = definition_of(case)
    standard = standard_of(procedure, step)
    if standard is None or procedure.waits(step):
        return None
    calendar = calendar_of(case.office)
    if not fresh and step.row is not None and procedure.row_of(step) is not step:
        before = _last_of_row(case, procedure, step.row, desk)
        if before is not None and before.due_at is not None and before.left_at is not None:
            return calendar.resume(before.due_at, standard, before.left_at, now)
    return calendar.due(now, standard)


def _last_of_row(
    case: Case, procedure: Procedure, row: str, but: Assignment | None
) -> Assignment | None:
    """The newest desk but this one at which this row of the paper was worked on."""
    for desk in reversed(step_desks(case)):
        if (
            desk is not but
            and procedure.has_step(desk.step)
            and procedure.step(desk.step).row == row
        ):
            return desk
    return None


def step_desks(case: Case) -> list[Assignment]:
    """The assignments that steps made, oldest first."""
    return [
        desk
        for desk in case.assignments
        if desk.source == Source.STEP and desk.duty == Duty.RESPONSIBLE
    ]


def time_limits(procedure: Procedure) -> list[Duration]:
    """The promises for the whole case, shortest first; empty where there is none."""
    limit = procedure.time_limit
    if limit is None:
        return []
    return sorted(limit.values(), key=working_days) if isinstance(limit, dict) else [limit]


def limit_of(case: Case) -> Duration | None:
    """The promise that holds now: by severity, and the longest until it is chosen."""
    procedure = definition_of(case)
    if isinstance(procedure.time_limit, dict) and case.severity in procedure.time_limit:
        return procedure.time_limit[case.severity]
    return next(reversed(time_limits(procedure)), None)


def case_due(case: Case) -> datetime | None:
    """When the whole case is due: counted from its number, moved on by every wait that ended."""
    limit = limit_of(case)
    if limit is None or case.numbered_at is None:
        return None
    procedure = definition_of(case)
    calendar = calendar_of(case.office)
    due = calendar.due(case.numbered_at, limit)
    for stopped, resumed in _merged(waits_of(case, procedure), limit, calendar):
        due = calendar.resume(due, limit, stopped, resumed)
    for extension in extensions_of(case):
        due = calendar.due(due, extension)
    return due


def _merged(
    waits: list[tuple[datetime, datetime]], limit: Duration, calendar: Calendar
) -> list[tuple[datetime, datetime]]:
    """The waits; those of a calendar promise as one, so that it is rolled forward only once."""
    if not waits or limit.measure not in CALENDAR_MEASURES:
        return waits
    days = sum(
        (calendar.day_of(resumed) - calendar.day_of(stopped)).days for stopped, resumed in waits
    )
    first = waits[0][0]
    return [(first, first + timedelta(days=days))]


def waits_of(case: Case, procedure: Procedure) -> list[tuple[datetime, datetime]]:
    """The waits for outsiders that ended after the case had its number, oldest first."""
    found = []
    for desk in step_desks(case):
        if desk.left_at is None or not procedure.has_step(desk.step):
            continue
        if procedure.waits(procedure.step(desk.step)) and case.numbered_at is not None:
            stopped = max(desk.entered_at, case.numbered_at)
            if desk.left_at > stopped:
                found.append((stopped, desk.left_at))
    return found


def extensions_of(case: Case) -> list[Duration]:
    """The extension that was granted (one per case), as its event tells it."""
    return [parse_duration(event.data["extended"]) for event in extending(case)]


def extending(case: Case) -> list[CaseEvent]:
    """The events that extended the time and were not taken back."""
    return [event for event in standing_events(case) if "extended" in event.data]
