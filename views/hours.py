"""Office hours as people say them: Senin–Kamis 08.00–16.30, Jumat 08.00–16.00."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from backoffice.clock import Span, parse_hours
from backoffice.text import weekday

TO = "\N{EN DASH}"  # between two days or two times
Hours = Mapping[str, Sequence[str]]
Week = Mapping[int, Sequence[Span]]


def in_words(hours: Hours, special: Hours | None = None) -> str:
    """From opening to closing; days that follow each other with the same hours are said once.

    The days that `special` names have its hours, the others keep their usual ones.
    """
    week = {**parse_hours(hours), **parse_hours(special or {})}
    runs = groupby(range(7), lambda day: _opening_to_closing(week, day))
    return ", ".join(f"{_days(list(days))} {times}" for times, days in runs if times)


@dataclass(frozen=True, slots=True)
class Special:
    """Hours that hold until a day, such as those of Ramadan."""

    until: date
    hours: Hours


def special_on(periods: Sequence[Mapping[str, Any]], day: date) -> Special | None:
    """The special hours that hold on `day`, or none; of several the one given last."""
    for one in reversed(periods):
        begin, end = (date.fromisoformat(str(one[key])) for key in ("from", "to"))
        if begin <= day <= end:
            return Special(end, one["hours"])
    return None


def has_breaks(hours: Hours, special: Hours | None = None) -> bool:
    """Whether some day is worked in more than one stretch."""
    week = {**parse_hours(hours), **parse_hours(special or {})}
    return any(len(spans) > 1 for spans in week.values())


def _opening_to_closing(week: Week, day: int) -> str:
    spans = week.get(day)
    return f"{_time(spans[0][0])}{TO}{_time(spans[-1][1])}" if spans else ""


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _days(days: Sequence[int]) -> str:
    return TO.join(dict.fromkeys((weekday(days[0]), weekday(days[-1]))))
