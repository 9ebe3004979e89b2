"""Counting cases: what came, what left and how, what remained, and what of it was late.

A case comes in at the moment it was opened (of a late entry: when it truly happened) and leaves
when it was closed, both by the office's clock. It is late when the promise for the whole of it
was broken; where its SOP makes none, when a step was left after its time. A case that was joined
to another is finished once, as the one that goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from backoffice.figures.period import Period
from backoffice.figures.rows import CaseLine, Exit, Kept

Key = TypeVar("Key")
UNMEASURED = Kept(measured=False, late=False)


@dataclass(slots=True)
class Flow:
    """The cases of one group in one period; `begun` + `came` - every exit = `remaining`."""

    begun: int = 0
    came: int = 0
    finished: int = 0
    on_time: int = 0
    late: int = 0  # of the finished; those that nobody can judge are in neither
    joined: int = 0
    withdrawn: int = 0
    void: int = 0
    remaining: int = 0
    overdue: int = 0  # of the remaining, at the end of the period

    @property
    def judged(self) -> int:
        """The finished ones of which it is known whether they were on time."""
        return self.on_time + self.late

    @property
    def left_otherwise(self) -> int:
        """Cases that left without being finished."""
        return self.joined + self.withdrawn + self.void


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known beside the rows of the cases, by case id."""

    kept: Mapping[int, Kept]
    taken_over: Collection[int] = ()
    overdue: Collection[int] = ()


@dataclass(slots=True)
class Month:
    """Finished cases of one month, for the chart."""

    month: date
    finished: int = 0
    on_time: int = 0
    late: int = 0
    came: int = 0


def flows(
    cases: Iterable[CaseLine], period: Period, facts: Facts, key: Callable[[CaseLine], Key]
) -> dict[Key, Flow]:
    """The flow of every group of cases that have to do with the period."""
    found: dict[Key, Flow] = {}
    for case in cases:
        if not concerns(case, period):
            continue
        flow = found.setdefault(key(case), Flow())
        if case.opened_at < period.start:
            flow.begun += 1
        else:
            flow.came += 1
        _leave(flow, case, period, facts)
    return found


def concerns(case: CaseLine, period: Period) -> bool:
    """Whether the case was there on some day of the period."""
    came = case.opened_at < period.end
    return came and (case.closed_at is None or case.closed_at >= period.start)


def _leave(flow: Flow, case: CaseLine, period: Period, facts: Facts) -> None:
    """Count how the case left, or that it remained."""
    if case.closed_at is None or case.closed_at >= period.end:
        flow.remaining += 1
        flow.overdue += case.id in facts.overdue
        return
    match case.exit:
        case Exit.JOINED:
            flow.joined += 1
        case Exit.WITHDRAWN:
            flow.withdrawn += 1
        case Exit.VOID:
            flow.void += 1
        case _:
            verdict = was_late(case, facts)
            flow.finished += 1
            flow.on_time += verdict is False
            flow.late += verdict is True


def was_late(case: CaseLine, facts: Facts) -> bool | None:
    """Whether a finished case was late; None where nothing tells.

    Of a case that was taken over from paper the first steps are unknown: a step that was late
    here makes it late, but no step here makes it on time.
    """
    if case.closed_at is not None and case.due_at is not None:
        return case.closed_at > case.due_at
    kept = facts.kept.get(case.id, UNMEASURED)
    if kept.late:
        return True
    return False if kept.measured and case.id not in facts.taken_over else None


def outcomes(cases: Iterable[CaseLine], period: Period) -> dict[tuple[int, str], int]:
    """How many were finished with each outcome of each SOP version."""
    found: dict[tuple[int, str], int] = {}
    for case in cases:
        if case.exit is Exit.FINISHED and _left_within(case, period):
            key = (case.version_id, case.outcome or "")
            found[key] = found.get(key, 0) + 1
    return found


def _left_within(case: CaseLine, period: Period) -> bool:
    return case.closed_at is not None and period.start <= case.closed_at < period.end


def by_month(cases: Iterable[CaseLine], period: Period, facts: Facts) -> list[Month]:
    """The finished cases of each of the last months up to this one."""
    found = {month: Month(month) for month in period.months}
    for case in cases:
        came = found.get(period.month_of(case.opened_at))
        if came is not None and case.opened_at < period.end:
            came.came += 1
        if case.exit is not Exit.FINISHED or case.closed_at is None:
            continue
        month = found.get(period.month_of(case.closed_at))
        if month is not None and case.closed_at < period.end:
            verdict = was_late(case, facts)
            month.finished += 1
            month.on_time += verdict is False
            month.late += verdict is True
    return list(found.values())
