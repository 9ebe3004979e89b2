"""The working-time clock: durations as the SOPs say them, and the moments when they are due.

Menit and jam count inside office hours only. Hari kerja are whole working days after the day of
entry. Hari, minggu and bulan are days of the calendar, rolled forward to a working day. `1x24 jam`
is elapsed time. Days begin and end in the office's zone; every moment that comes out is in UTC.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Any
from zoneinfo import ZoneInfo

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CLOSURE = 366  # days; an office closed for longer has an error in its holidays
NOTHING = timedelta(0)
ONE_DAY = timedelta(days=1)

Span = tuple[int, int]  # minutes after midnight: opening, closing
Week = Mapping[int, tuple[Span, ...]]  # weekday (Monday is 0) -> spans in order
Period = tuple[date, date, Week]
Opening = tuple[datetime, datetime]


class Measure(StrEnum):
    """The units of the papers."""

    MINUTE = "menit"
    HOUR = "jam"
    WORKING_DAY = "hari kerja"
    DAY = "hari"
    WEEK = "minggu"
    MONTH = "bulan"
    ELAPSED_DAY = "1x24 jam"


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a measure."""

    amount: int
    measure: Measure

    def __str__(self) -> str:
        """As the paper says it: `10 hari kerja`, `1x24 jam`."""
        if self.measure is Measure.ELAPSED_DAY:
            return f"{self.amount}x24 jam"
        return f"{self.amount} {self.measure}"


_DURATION = re.compile(
    r"(?P<amount>[1-9][0-9]{0,3})"
    r"(?:(?P<elapsed> ?[x\u00d7] ?24 jam)| (?P<measure>menit|jam|hari kerja|hari|minggu|bulan))"
)


def parse_duration(text: str) -> Duration:
    """The duration that `text` states, whatever its capitals and spaces; ValueError if none."""
    found = _DURATION.fullmatch(" ".join(text.casefold().split()))
    if found is None:
        raise ValueError(f"not a duration: {text!r}")
    measure = Measure.ELAPSED_DAY if found["elapsed"] else Measure(found["measure"])
    return Duration(int(found["amount"]), measure)


def parse_hours(hours: Mapping[str, Sequence[str]]) -> Week:
    """Office hours by weekday; ValueError names what cannot be read or is said twice."""
    week: dict[int, tuple[Span, ...]] = {}
    for name, spans in hours.items():
        for weekday in _weekdays(name):
            if weekday in week:
                raise ValueError(f"hours of {DAY_NAMES[weekday]} are given twice")
            week[weekday] = _spans(spans)
    return week


def _weekdays(name: str) -> list[int]:
    """`mon-thu` or `fri` as numbers, Monday being 0."""
    first, dash, last = name.partition("-")
    last = last if dash else first
    if first not in DAY_NAMES or last not in DAY_NAMES:
        raise ValueError(f"not a day or a range of days: {name!r}")
    begin, end = DAY_NAMES.index(first), DAY_NAMES.index(last)
    if end < begin:
        raise ValueError(f"a range of days runs forward: {name!r}")
    return list(range(begin, end + 1))


def _spans(texts: Sequence[str]) -> tuple[Span, ...]:
    """`["08:00-12:00", "13:00-16:30"]` in minutes, in order and apart from each other."""
    if isinstance(texts, str):
        raise ValueError(f"hours are a list: {texts!r}")
    spans = sorted(_span(text) for text in texts)
    for (_, closing), (opening, _) in pairwise(spans):
        if opening < closing:
            raise ValueError(f"hours overlap: {', '.join(texts)}")
    return tuple(spans)


def _span(text: str) -> Span:
    found = re.fullmatch(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])", text.strip())
    if found is None:
        raise ValueError(f"not hours: {text!r}")
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    span = (from_hour * 60 + from_minute, to_hour * 60 + to_minute)
    if not span[0] < span[1] <= 24 * 60:
        raise ValueError(f"not hours: {text!r}")
    return span


def _period(special: Mapping[str, Any]) -> Period:
    """Special hours with their first and last date, which JSON has as `YYYY-MM-DD`."""
    begin, end = (date.fromisoformat(str(special[key])) for key in ("from", "to"))
    if end < begin:
        raise ValueError(f"special hours end before they begin: {begin}, {end}")
    return begin, end, parse_hours(special["hours"])


class Calendar:
    """When an office works. Nothing in it changes once it is made.

    `hours` are of the usual week. Each of `special_hours` has `from`, `to` and `hours`: on its
    dates the days it names have those hours, and the other days keep their usual ones.
    """

    def __init__(
        self,
        zone: ZoneInfo | str,
        hours: Mapping[str, Sequence[str]],
        special_hours: Sequence[Mapping[str, Any]] = (),
        holidays: Collection[date] = (),
    ) -> None:
        self.zone = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)
        self._week = parse_hours(hours)
        self._special = [_period(one) for one in special_hours]
        self._holidays = frozenset(holidays)
        self._openings: dict[date, tuple[Opening, ...]] = {}  # filled as days are asked for
        self._years: dict[int, list[int]] = {}

    def day_of(self, moment: datetime) -> date:
        """The office's date at `moment`; ValueError for a moment without a zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment carries a time zone")
        return moment.astimezone(self.zone).date()

    def openings(self, day: date) -> tuple[Opening, ...]:
        """From when to when the office works on `day`, breaks left out; empty on a day off."""
        known = self._openings.get(day)
        if known is None:
            spans = () if day in self._holidays else self._hours_of(day)
            known = tuple((self._at(day, begin), self._at(day, end)) for begin, end in spans)
            self._openings[day] = known
        return known

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on `day` at all."""
        return day not in self._holidays and bool(self._hours_of(day))

    def closing(self, day: date) -> datetime:
        """When the office closes on `day`, or on the first working day after a day off."""
        return self.openings(self._rolled(day))[-1][1]

    def due(self, start: datetime, duration: Duration) -> datetime:
        """When work that came in at `start` is due; ValueError if the office never works."""
        amount, day = duration.amount, self.day_of(start)
        match duration.measure:
            case Measure.MINUTE:
                return self._walk(start, timedelta(minutes=amount))
            case Measure.HOUR:
                return self._walk(start, timedelta(hours=amount))
            case Measure.WORKING_DAY:
                return self.closing(self._working_day_after(day, amount))
            case Measure.DAY:
                return self.closing(day + timedelta(days=amount))
            case Measure.WEEK:
                return self.closing(day + timedelta(weeks=amount))
            case Measure.MONTH:
                return self.closing(_months_after(day, amount))
            case Measure.ELAPSED_DAY:
                return start.astimezone(UTC) + timedelta(days=amount)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open between two moments; nothing if `end` is not later."""
        total, day, last = NOTHING, self.day_of(start), self.day_of(end)
        while day <= last:
            for opening, closing in self.openings(day):
                total += max(min(closing, end) - max(opening, start), NOTHING)
            day += ONE_DAY
        return total

    def working_days(self, after: date, until: date) -> int:
        """How many working days come after one date, up to and including the other."""
        if until <= after:
            return 0
        years = sum(self._worked(year)[-1] for year in range(after.year, until.year))
        return years + self._worked_by(until) - self._worked_by(after)

    def _worked_by(self, day: date) -> int:
        return self._worked(day.year)[day.timetuple().tm_yday]

    def _worked(self, year: int) -> list[int]:
        """How many working days a year has had after none, one, … all of its days."""
        known = self._years.get(year)
        if known is None:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range(365 + isleap(year)))
            known = list(accumulate((self.is_working_day(day) for day in days), initial=0))
            self._years[year] = known
        return known

    def resume(
        self, due: datetime, duration: Duration, stopped: datetime, resumed: datetime
    ) -> datetime:
        """`due`, moved on by a wait for somebody outside, so that what was left is left again.

        What was late stays late by as much. A wait in which nothing passed that the measure counts
        (a night for menit and jam, hours of one day for days) leaves the moment as it was.
        """
        if resumed < stopped:
            raise ValueError("a wait ends after it begins")
        # A closing at 24:00 is still of the day that it ends.
        due, day = due.astimezone(UTC), self.day_of(due - timedelta.resolution)
        first, last = self.day_of(stopped), self.day_of(resumed)
        match duration.measure:
            case Measure.MINUTE | Measure.HOUR:
                return self._walk(due, self.working_time(stopped, resumed))
            case Measure.ELAPSED_DAY:
                return due + (resumed - stopped)
            case Measure.WORKING_DAY:
                days = self.working_days(first, last)
                return self.closing(self._working_day_after(day, days)) if days else due
            case Measure.DAY | Measure.WEEK | Measure.MONTH:
                days = (last - first).days
                return self.closing(day + timedelta(days=days)) if days else due

    def _hours_of(self, day: date) -> tuple[Span, ...]:
        """Of periods that overlap, the one given last holds."""
        for begin, end, week in reversed(self._special):
            if begin <= day <= end and day.weekday() in week:
                return week[day.weekday()]
        return self._week.get(day.weekday(), ())

    def _at(self, day: date, minutes: int) -> datetime:
        """The moment on `day`; 24:00 is the midnight after it."""
        days, minutes = divmod(minutes, 24 * 60)
        wall = datetime.combine(day + timedelta(days=days), time(*divmod(minutes, 60)), self.zone)
        return wall.astimezone(UTC)

    def _working_days_from(self, day: date) -> Iterator[date]:
        """Working days from `day` on, for ever; ValueError rather than a search without end."""
        closed = 0
        while closed <= LONGEST_CLOSURE:
            if self.is_working_day(day):
                closed = 0
                yield day
            else:
                closed += 1
            day += ONE_DAY
        if not any(self._week.values()):
            raise ValueError("office has no hours")
        raise ValueError(f"office is closed for a year before {day}")

    def _rolled(self, day: date) -> date:
        return next(self._working_days_from(day))

    def _working_day_after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, whether or not `day` is one itself."""
        days = self._working_days_from(day + ONE_DAY)
        for _ in range(count - 1):
            next(days)
        return next(days)

    def _walk(self, start: datetime, left: timedelta) -> datetime:
        """The first moment by which the office was open for `left` since `start`."""
        start = start.astimezone(UTC)
        if not left:
            return start
        for day in self._working_days_from(self.day_of(start)):
            for opening, closing in self.openings(day):
                begin = max(opening, start)
                if left <= closing - begin:
                    return begin + left
                left -= max(closing - begin, NOTHING)
        raise AssertionError("working days go on for ever")


def _months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
