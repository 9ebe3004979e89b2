"""Working time at the steps of the SOPs: each stay of a case at a step, beside its standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from backoffice.clock import Calendar
from backoffice.figures.rows import CaseLine, DeskLine

StepKey = tuple[int, str]  # SOP version, step


@dataclass(slots=True)
class StepTime:
    """The stays at one step that ended in the period."""

    times: list[timedelta] = field(default_factory=list)
    on_time: int = 0
    late: int = 0

    @property
    def visits(self) -> int:
        """How many stays."""
        return len(self.times)

    @property
    def judged(self) -> int:
        """Those that had a moment by which they were due."""
        return self.on_time + self.late

    @property
    def median(self) -> timedelta:
        """The stay in the middle, in working time, to the minute below."""
        middle = median(time // timedelta(seconds=1) for time in self.times)
        return timedelta(minutes=middle // 60)


def step_times(desks: Iterable[DeskLine], calendar: Calendar) -> dict[StepKey, StepTime]:
    """The stays by step; several posts that might act at a step share one stay."""
    ends: dict[tuple[int, str, datetime], DeskLine] = {}
    for desk in desks:
        key = (desk.case_id, desk.step, desk.entered_at)
        known = ends.get(key)
        if known is None or left(known) < left(desk):
            ends[key] = desk
    found: dict[StepKey, StepTime] = {}
    for desk in ends.values():
        step = found.setdefault((desk.version_id, desk.step), StepTime())
        step.times.append(calendar.working_time(desk.entered_at, left(desk)))
        if desk.due_at is not None:
            step.late += left(desk) > desk.due_at
            step.on_time += left(desk) <= desk.due_at
    return found


def left(desk: DeskLine) -> datetime:
    """When the desk was left; only asked of stays that ended."""
    if desk.left_at is None:
        raise ValueError("the case is still there")
    return desk.left_at


def overdue(
    remaining: Iterable[CaseLine],
    desks: Iterable[DeskLine],
    at: datetime,
    waits: Callable[[int, str], bool],
) -> frozenset[int]:
    """The cases that were late at that moment; `desks` are those on which they then lay.

    Late is what lies past its time at a step, and what broke the promise for the whole while
    nobody outside was waited for.
    """
    late, waiting = set(), set()
    for desk in desks:
        if desk.due_at is not None and desk.due_at < at:
            late.add(desk.case_id)
        if waits(desk.version_id, desk.step):
            waiting.add(desk.case_id)
    broken = {case.id for case in remaining if case.due_at is not None and case.due_at < at}
    return frozenset(late | (broken - waiting))
