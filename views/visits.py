"""How long a case lay on each desk: visits of steps, in working time, beside their standards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backoffice.clock import Calendar, Duration
from backoffice.workflow.deadlines import standard_of
from backoffice.workflow.definition import Procedure
from models import Assignment, Case, Duty, Source


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay of the case at a step; several posts that may act there share it."""

    step: str
    posts: tuple[str, ...]
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime | None
    time: timedelta
    over: timedelta | None  # how much later than due, in working time; none where on time
    waiting: bool  # somebody outside was waited for: shown, not counted
    rerouted: tuple[tuple[str, str], ...] = ()  # to this post instead of that, whose is terlapor

    @property
    def is_open(self) -> bool:
        """Whether the case is still there."""
        return self.left_at is None


def visits_of(case: Case, procedure: Procedure, calendar: Calendar, now: datetime) -> list[Visit]:
    """The stays of a case, oldest first."""
    together: dict[tuple[str, datetime], list[Assignment]] = {}
    for desk in case.assignments:
        if desk.source is Source.STEP and desk.duty is Duty.RESPONSIBLE:
            together.setdefault((desk.step, desk.entered_at), []).append(desk)
    return [_visit(desks, procedure, calendar, now) for desks in together.values()]


def _visit(
    desks: list[Assignment], procedure: Procedure, calendar: Calendar, now: datetime
) -> Visit:
    first = desks[0]
    left = None if any(one.left_at is None for one in desks) else max_left(desks)
    until = left or now
    waiting = procedure.has_step(first.step) and procedure.waits(procedure.step(first.step))
    over = None
    if first.due_at is not None and until > first.due_at and not waiting:
        over = calendar.working_time(first.due_at, until)
    return Visit(
        step=first.step,
        posts=tuple(one.post.title for one in desks),
        entered_at=first.entered_at,
        left_at=left,
        due_at=first.due_at,
        time=calendar.working_time(first.entered_at, until),
        over=over,
        waiting=waiting,
        rerouted=tuple((one.post.title, one.instead_of.title) for one in desks if one.instead_of),
    )


def max_left(desks: list[Assignment]) -> datetime:
    """When the last of these desks was left."""
    return max(one.left_at for one in desks if one.left_at is not None)


def standard_text(procedure: Procedure, step: str) -> str:
    """The standard of a step as the paper prints it; empty where it has none."""
    if not procedure.has_step(step):
        return ""
    standard = standard_of(procedure, procedure.step(step))
    return str(standard) if standard is not None else ""


def total_standard(procedure: Procedure) -> str:
    """The standards of all rows in one line: 2 hari kerja + 4 jam 50 menit; empty without any."""
    rows = {row.key: row.time for row in map(procedure.row_of, procedure.steps)}
    return sum_words(time for time in rows.values() if time is not None)


def sum_words(times: Iterable[Duration]) -> str:
    """The sum of such times; what is measured otherwise cannot be added up but by a sign."""
    minutes, sums = 0, dict[str, int]()
    for time in times:
        measure = str(time.measure)
        if measure in ("menit", "jam"):
            minutes += time.amount * (60 if measure == "jam" else 1)
        else:
            sums[measure] = sums.get(measure, 0) + time.amount
    words = [f"{n} hari (1x24 jam)" if "x24" in m else f"{n} {m}" for m, n in sums.items()]
    hours, rest = divmod(minutes, 60)
    clock = [f"{hours} jam"] if hours else []
    clock += [f"{rest} menit"] if rest else []
    return " + ".join([*words, " ".join(clock)] if clock else words)


@dataclass(frozen=True, slots=True)
class DeskTime:
    """How long a post had the case in all; `share` is its bar, 0 to 100."""

    post: str
    time: timedelta
    share: int
    now: bool


def desk_times(visits: list[Visit]) -> list[DeskTime]:
    """Time per post, longest first; the posts of a shared desk stand together."""
    sums: dict[str, timedelta] = {}
    open_now = {" / ".join(one.posts) for one in visits if one.is_open}
    for visit in visits:
        name = " / ".join(visit.posts)
        sums[name] = sums.get(name, timedelta()) + visit.time
    longest = max(sums.values(), default=timedelta()) or timedelta(minutes=1)
    ordered = sorted(sums.items(), key=lambda one: one[1], reverse=True)
    return [
        DeskTime(name, time, max(1, round(100 * (time / longest))), name in open_now)
        for name, time in ordered
    ]
