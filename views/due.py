"""Remaining and spent working time in words, and the tag that says how pressing it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.clock import Calendar
from backoffice.text import _, clock_time, short_date, short_moment
from views.times import Tag

LATE, TODAY, LATER, WAIT, DONE, OPEN = "late", "today", "later", "wait", "done", "info"
MONTHS_FROM = 90  # days after which nobody counts days any more


@dataclass(frozen=True, slots=True)
class Due:
    """How a case stands with its time: group, tag, and the moment in words."""

    kind: str
    tag: Tag
    moment: str


def span(time: timedelta) -> str:
    """1 jam 15 menit; less than a minute is said so."""
    minutes = int(time.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not minutes:
        return _("less than a minute")
    if not hours:
        return _("%(m)s minutes", m=rest)
    if not rest:
        return _("%(h)s hours", h=hours)
    return _("%(h)s hours %(m)s minutes", h=hours, m=rest)


def due_of(due_at: datetime | None, calendar: Calendar, now: datetime) -> Due:
    """How much is left until `due_at`, or how much it is over."""
    if due_at is None:
        return Due(LATER, Tag(OPEN, _("No standard yet")), "")
    today, day = calendar.day_of(now), calendar.day_of(due_at)
    zone = str(calendar.zone)
    if due_at < now:
        return Due(LATE, Tag(LATE, _over(due_at, calendar, now)), short_moment(due_at, zone))
    if day == today:
        left = span(calendar.working_time(now, due_at))
        moment = _("today, %(time)s", time=clock_time(due_at, zone))
        return Due(TODAY, Tag(TODAY, _("%(time)s left", time=left)), moment)
    days = calendar.working_days(today, day) if (day - today).days <= MONTHS_FROM else 0
    words = (
        _("%(n)s working days left", n=days)
        if days
        else _("%(n)s months left", n=(day - today).days // 30)
    )
    return Due(LATER, Tag(LATER, words), short_moment(due_at, zone))


def _over(due_at: datetime, calendar: Calendar, now: datetime) -> str:
    """Lewat 20 menit, Lewat 3 jam, Lewat 2 hari kerja, Lewat 4 bulan."""
    today, day = calendar.day_of(now), calendar.day_of(due_at)
    if (today - day).days > MONTHS_FROM:
        return _("Late by %(n)s months", n=(today - day).days // 30)
    days = calendar.working_days(day, today) if today > day else 0
    if days and now.time() < due_at.time():
        days -= 1
    if days:
        return _("Late by %(n)s working days", n=days)
    time = calendar.working_time(due_at, now)
    hours = int(time.total_seconds() // 3600)
    return _("Late by %(time)s", time=span(timedelta(hours=hours) if hours else time))


def waiting_for(whom: str, since: datetime, calendar: Calendar) -> Due:
    """Somebody outside is waited for: the office's clock stands."""
    words = _("Waiting for %(who)s", who=whom) if whom else _("Waiting for somebody else")
    moment = _("paused since %(day)s", day=short_date(calendar.day_of(since)))
    return Due(WAIT, Tag(WAIT, words), moment)


def finished(words: str, at: datetime | None, calendar: Calendar) -> Due:
    """The case has come to its end."""
    moment = short_moment(at, str(calendar.zone)) if at else ""
    return Due(DONE, Tag(DONE, words), moment)
