"""What several parts of lint compute: how long durations are, what a case knows on its way."""

from __future__ import annotations

from collections.abc import Callable, Collection

from backoffice.clock import Duration, Measure
from backoffice.workflow.review import Review, Way

WORKING_DAYS = {  # of one measure; those of the calendar by the year's average
    Measure.WORKING_DAY: 1.0,
    Measure.ELAPSED_DAY: 1.0,
    Measure.DAY: 5 / 7,
    Measure.WEEK: 5.0,
    Measure.MONTH: 260 / 12,
}
HOURS_A_DAY = 7.5


def working_days(duration: Duration) -> float:
    """How long a duration is in working days; those of the calendar on the average."""
    if duration.measure is Measure.MINUTE:
        return duration.amount / 60 / HOURS_A_DAY
    if duration.measure is Measure.HOUR:
        return duration.amount / HOURS_A_DAY
    return duration.amount * WORKING_DAYS[duration.measure]


def said(days: float) -> str:
    """Working days for a sentence."""
    return f"{days:.1f}".replace(".", ",").removesuffix(",0") + " hari kerja"


def surely_before(review: Review, given: Callable[[Way], Collection[str]]) -> dict[str, set[str]]:
    """For each step what is given on every way to it. What a way back to its own step gives
    is not sure, and does not count."""
    everything = {one for way in review.ways() for one in given(way)}
    known = {one.key: set(everything) for one in review.procedure.steps}
    known[review.procedure.first.key] = set()
    changed = True
    while changed:
        changed = False
        for way in review.ways():
            if way.to.step is None or way.stays:
                continue
            left = known[way.to.step] & (known[way.step.key] | set(given(way)))
            changed = changed or left != known[way.to.step]
            known[way.to.step] = left
    return known


def perhaps_before(review: Review, given: Callable[[Way], Collection[str]]) -> dict[str, set[str]]:
    """For each step what is given on some way to it, ways back to their own step too."""
    known: dict[str, set[str]] = {one.key: set() for one in review.procedure.steps}
    changed = True
    while changed:
        changed = False
        for way in review.ways():
            more = known[way.step.key] | set(given(way))
            if way.to.step is not None and not more <= known[way.to.step]:
                known[way.to.step] |= more
                changed = True
    return known
