"""How a due moment stands: its group in the inbox, and what is left or over in working time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from backoffice.clock import Calendar


class Group(StrEnum):
    """The groups of the inbox, the most pressing first."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"
    NONE = "none"  # the paper states no time


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left, or over if late: whole working days, else hours and minutes."""

    group: Group
    days: int = 0
    hours: int = 0
    minutes: int = 0


def remaining(
    now: datetime, due: datetime | None, calendar: Calendar, *, waiting: bool = False
) -> Remaining:
    """How work that is due at `due` stands. `waiting`: for somebody outside, so no clock runs."""
    if waiting:
        return Remaining(Group.WAITING)
    if due is None:
        return Remaining(Group.NONE)
    if due < now:
        days = whole_days(due, now, calendar)
        return _in_units(Group.LATE, days, lambda: calendar.working_time(due, now))
    today = _day_ended_by(due, calendar) <= calendar.day_of(now)
    days = 0 if today else whole_days(now, due, calendar)
    group = Group.TODAY if today else Group.LATER
    return _in_units(group, days, lambda: _left(now, due, calendar))


def whole_days(start: datetime, end: datetime, calendar: Calendar) -> int:
    """How many whole working days lie between two moments.

    Monday 15.00 to Tuesday 10.00 is none, to Tuesday 15.00 is one. From the evening on, and from
    a day off, a day is whole when the office closes.
    """
    first, last = calendar.day_of(start), _day_ended_by(end, calendar)
    days = calendar.working_days(first, last)
    if days and calendar.is_working_day(last) and end < _same_time(start, last, calendar):
        return days - 1
    return days


def _same_time(start: datetime, day: date, calendar: Calendar) -> datetime:
    """The time of `start` on another working day, or its closing where that comes first."""
    closing = calendar.closing(day)
    if not calendar.is_working_day(calendar.day_of(start)):
        return closing
    wall = start.astimezone(calendar.zone).timetz()
    return min(datetime.combine(day, wall), closing)


def _left(now: datetime, due: datetime, calendar: Calendar) -> timedelta:
    """Working time, but time on the clock where 1x24 jam is due while the office is closed."""
    if calendar.working_time(due - timedelta.resolution, due):
        return calendar.working_time(now, due)
    return due - now


def _day_ended_by(moment: datetime, calendar: Calendar) -> date:
    """The day of a moment; a closing at 24.00 is still of the day that it ends."""
    return calendar.day_of(moment - timedelta.resolution)


def _in_units(group: Group, days: int, time: Callable[[], timedelta]) -> Remaining:
    """Hours are only counted where no day is whole: what is late by years is not counted twice."""
    if days:
        return Remaining(group, days=days)
    hours, minutes = divmod(time() // timedelta(minutes=1), 60)
    return Remaining(group, hours=hours, minutes=minutes)
