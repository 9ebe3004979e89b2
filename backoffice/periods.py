"""From when until when, as an office writes it: a first and a last day, each perhaps with a time.

What is kept are two moments; the second is the first one that no longer counts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_, true

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)


def begin_of(day: date, at: time | None, zone: str) -> datetime:
    """When a period begins on that day: at this time of the office's clock, else at 00.00."""
    return datetime.combine(day, at or MIDNIGHT, ZoneInfo(zone))


def end_of(day: date, at: time | None, zone: str) -> datetime:
    """When it ends: at this time of that day; without a time the whole day still counts."""
    if at is None:
        return datetime.combine(day + ONE_DAY, MIDNIGHT, ZoneInfo(zone))
    return datetime.combine(day, at, ZoneInfo(zone))


def first_of(moment: datetime, zone: str) -> tuple[date, time]:
    """The day and the time of the office's clock with which a period begins."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.date(), local.time()


def last_of(moment: datetime, zone: str) -> tuple[date, time | None]:
    """The last day, and the time where it does not count as a whole."""
    day, at = first_of(moment, zone)
    return (day - ONE_DAY, None) if at == MIDNIGHT else (day, at)


def overlaps(table: Any, from_at: datetime, until_at: datetime | None) -> ColumnElement[bool]:
    """Rows of `table` whose period has a moment in common with this one."""
    begun = table.from_at < until_at if until_at is not None else true()
    return and_(begun, or_(table.until_at.is_(None), table.until_at > from_at))


def lasts(table: Any, at: datetime) -> ColumnElement[bool]:
    """Rows of `table` whose period holds at that moment."""
    return and_(table.from_at <= at, or_(table.until_at.is_(None), table.until_at > at))
