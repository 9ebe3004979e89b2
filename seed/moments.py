"""When things happened in the demo: in working time, counted back from now."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta

from backoffice.calendars import calendar_of
from backoffice.clock import parse_duration
from models import Case, Office

MOST_QUARTERS = 200 * 24 * 4  # nothing in the demo happened earlier than that


def working_ago(office: Office, now: datetime, hours: float) -> datetime:
    """The latest moment since which so many working hours have passed, by the quarter hour."""
    calendar = calendar_of(office)
    wanted = timedelta(hours=hours)
    quarter = timedelta(minutes=15)
    quarters = bisect_left(
        range(MOST_QUARTERS), wanted, key=lambda n: calendar.working_time(now - n * quarter, now)
    )
    return now - quarters * quarter


def working_day(office: Office, now: datetime, days: int) -> date:
    """So many working days after today."""
    calendar = calendar_of(office)
    day = calendar.day_of(now)
    while days > 0:
        day += timedelta(days=1)
        days -= bool(calendar.openings(day))
    return day


def later(case: Case, minutes: int) -> datetime:
    """So many working minutes after the last thing that happened."""
    last = last_moment(case)
    return calendar_of(case.office).due(last, parse_duration(f"{max(minutes, 1)} menit"))


def last_moment(case: Case) -> datetime:
    """When the last thing happened."""
    return max(event.happened_at for event in case.events)
