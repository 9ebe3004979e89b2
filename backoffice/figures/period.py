"""The months of an office: from when to when a report counts, in the office's own zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from backoffice.errors import Refusal

MONTHS_SHOWN = 6  # in the chart of a report
FIRST_YEAR, LAST_YEAR = 2000, 9999


class Span(StrEnum):
    """How much a report covers, up to the end of its month."""

    MONTH = "bulan"
    QUARTER = "triwulan"
    YEAR = "tahun"


class MonthMalformed(Refusal):
    """What was given for a month is none."""

    code = "month_malformed"


class MonthToCome(Refusal):
    """The month has not begun."""

    code = "month_to_come"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to before `end`; the end of a month under way is now (`running`)."""

    month: date  # its first day
    span: Span
    start: datetime
    end: datetime
    zone: str
    running: bool

    @property
    def first(self) -> date:
        """The first day that counts."""
        return first_of(self.month, self.span)

    @property
    def months(self) -> tuple[date, ...]:
        """The last months up to this one, for comparison: the first day of each."""
        return tuple(moved(self.month, n - MONTHS_SHOWN + 1) for n in range(MONTHS_SHOWN))

    @property
    def looked_back(self) -> datetime:
        """From when on rows are needed, the months for comparison included."""
        return min(self.start, begin_of(self.months[0], self.zone))

    def month_of(self, moment: datetime) -> date:
        """The month in which a moment lies by the office's clock."""
        return moment.astimezone(ZoneInfo(self.zone)).date().replace(day=1)


def period_of(month: str, span: str, *, zone: str, now: datetime) -> Period:
    """The period of `2026-01` (empty: the month under way) and a `Span`; refuses what is none."""
    today = now.astimezone(ZoneInfo(zone)).date()
    first = read_month(month) if month else today.replace(day=1)
    if first > today:
        raise MonthToCome(month=first)
    chosen = Span(span) if span in list(Span) else Span.MONTH
    end = begin_of(moved(first, 1), zone)
    return Period(
        month=first,
        span=chosen,
        start=begin_of(first_of(first, chosen), zone),
        end=min(end, now.astimezone(UTC)),
        zone=zone,
        running=now < end,
    )


def read_month(text: str) -> date:
    """The first day of `2026-01`; MonthMalformed for anything else."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    year = int(found[1]) if found else 0
    if found is None or not FIRST_YEAR <= year < LAST_YEAR:
        raise MonthMalformed
    return date(year, int(found[2]), 1)


def first_of(month: date, span: Span) -> date:
    """The first day of the month, of its quarter or of its year."""
    if span is Span.YEAR:
        return month.replace(month=1)
    if span is Span.QUARTER:
        return month.replace(month=month.month - (month.month - 1) % 3)
    return month


def moved(month: date, by: int) -> date:
    """The first day of the month so many months on."""
    years, index = divmod(month.month - 1 + by, 12)
    return date(month.year + years, index + 1, 1)


def begin_of(day: date, zone: str) -> datetime:
    """The midnight with which a day begins in the office's zone, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
