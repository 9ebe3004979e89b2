"""How long durations of different measures are, so that they can be compared."""

from __future__ import annotations

from backoffice.clock import Duration, Measure

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
