"""Office hours as people say them: Senin–Kamis 08.00–16.30, Jumat 08.00–16.00."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from backoffice.clock import Span, parse_hours
from backoffice.text import weekday

TO = "\N{EN DASH}"  # between two days or two times
Week = Mapping[int, Sequence[Span]]


def in_words(hours: Mapping[str, Sequence[str]]) -> str:
    """From opening to closing; days that follow each other with the same hours are said once."""
    week = parse_hours(hours)
    runs = groupby(range(7), lambda day: _opening_to_closing(week, day))
    return ", ".join(f"{_days(list(days))} {times}" for times, days in runs if times)


def has_breaks(hours: Mapping[str, Sequence[str]]) -> bool:
    """Whether some day is worked in more than one stretch."""
    return any(len(spans) > 1 for spans in parse_hours(hours).values())


def _opening_to_closing(week: Week, day: int) -> str:
    spans = week.get(day)
    return f"{_time(spans[0][0])}{TO}{_time(spans[-1][1])}" if spans else ""


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _days(days: Sequence[int]) -> str:
    return TO.join(dict.fromkeys((weekday(days[0]), weekday(days[-1]))))
