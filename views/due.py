"""Spent and remaining working time in words: the tag, the moment, and how long something took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.clock import Calendar
from backoffice.remaining import Group, remaining
from backoffice.text import _, clock_time, short_date, short_moment
from views.times import Tag, amount, tag_of


@dataclass(frozen=True, slots=True)
class Due:
    """How a case stands with its time: group (of the inbox), tag, and the moment in words."""

    group: Group
    tag: Tag
    moment: str


def span(time: timedelta) -> str:
    """1 jam 15 menit; less than a minute is said so."""
    hours, minutes = divmod(time // timedelta(minutes=1), 60)
    return amount(hours=hours, minutes=minutes)


def due_of(due_at: datetime | None, calendar: Calendar, now: datetime) -> Due:
    """How much is left until `due_at`, or how much it is over."""
    left = remaining(now, due_at, calendar)
    return Due(left.group, tag_of(left), moment_words(due_at, calendar, now))


def moment_words(moment: datetime | None, calendar: Calendar, now: datetime) -> str:
    """hari ini, 16.00 or Kam 15 Jan, 16.00."""
    if moment is None:
        return ""
    zone = str(calendar.zone)
    if calendar.day_of(moment) == calendar.day_of(now):
        return _("today, %(time)s", time=clock_time(moment, zone))
    return short_moment(moment, zone)


def waiting_for(whom: str, since: datetime, calendar: Calendar, now: datetime) -> Due:
    """Somebody outside is waited for: the office's clock stands."""
    left = remaining(now, None, calendar, waiting=True)
    day = short_date(calendar.day_of(since))
    return Due(left.group, tag_of(left, whom), _("paused since %(day)s", day=day))


def finished(words: str, at: datetime | None, calendar: Calendar) -> Due:
    """The case has come to its end."""
    moment = short_moment(at, str(calendar.zone)) if at else ""
    return Due(Group.NONE, Tag("done", words), moment)
