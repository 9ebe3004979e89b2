"""The clock against one that knows no better than to look at every minute of the office."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice

import pytest

from backoffice.clock import Calendar, Duration, Measure

OFFICES = 10
CASES = 500  # of each office: 5,000 in all
DAYS = 180  # of the wall calendar laid out minute by minute
MINUTES = 24 * 60  # of a day
OFFSETS = {"Asia/Jakarta": 7, "Asia/Pontianak": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENINGS = (
    ("08:00-12:00", "13:00-16:30"),
    ("07:30-11:30", "13:00-16:00"),
    ("08:00-15:00",),
    ("13:00-16:30", "07:15-11:45"),
    ("09:10-09:55", "10:05-12:00", "14:00-24:00"),
)
MOST = {
    Measure.MINUTE: 900,
    Measure.HOUR: 15,
    Measure.WORKING_DAY: 12,
    Measure.DAY: 30,
    Measure.WEEK: 3,
    Measure.MONTH: 2,
    Measure.ELAPSED_DAY: 3,
}
WORKING_TIME = (Measure.MINUTE, Measure.HOUR)

Hours = dict[str, tuple[str, ...]]


@cache
def open_at_each_minute(spans: tuple[str, ...]) -> bytes:
    """One byte for each minute of a day: 1 while the office is open."""
    begin_and_end = [span.split("-") for span in spans]
    clock = (f"{minute // 60:02}:{minute % 60:02}" for minute in range(MINUTES))
    return bytes(any(begin <= now < end for begin, end in begin_and_end) for now in clock)


@dataclass
class Office:
    """Random hours and days off. Moments are minutes after the first midnight of the table."""

    origin: date
    zone: str
    hours: Hours
    ramadan: tuple[date, date, Hours]
    holidays: set[date]

    def __post_init__(self) -> None:
        begin, end, hours = self.ramadan
        special = [{"from": begin.isoformat(), "to": end.isoformat(), "hours": hours}]
        self.calendar = Calendar(self.zone, self.hours, special, self.holidays)
        days = (self.origin + timedelta(days=n) for n in range(DAYS))
        self.open = b"".join(open_at_each_minute(self.spans(day)) for day in days)
        self.edges = [n for n in range(1, len(self.open)) if self.open[n] != self.open[n - 1]]

    def spans(self, day: date) -> tuple[str, ...]:
        if day in self.holidays:
            return ()
        begin, end, special = self.ramadan
        usual = self.hours.get(DAY_NAMES[day.weekday()], ())
        return special.get(DAY_NAMES[day.weekday()], usual) if begin <= day <= end else usual

    def moment(self, minute: int) -> datetime:
        """In UTC; the offset of the zone is written down above, not looked up."""
        midnight = datetime.combine(self.origin, datetime.min.time(), UTC)
        return midnight + timedelta(minutes=minute, hours=-OFFSETS[self.zone])

    def works(self, day: int) -> bool:
        return any(self.open[day * MINUTES : (day + 1) * MINUTES])

    def working_day(self, day: int) -> int:
        while not self.works(day):
            day += 1
        return day

    def closing(self, day: int) -> int:
        minute = (self.working_day(day) + 1) * MINUTES
        while not self.open[minute - 1]:
            minute -= 1
        return minute

    def minutes_open(self, start: int, end: int) -> int:
        """Less than nothing when `end` is the earlier one: by so much it is late."""
        return sum(self.open[start:end]) if start <= end else -sum(self.open[end:start])

    def due(self, start: int, duration: Duration) -> int:
        day, amount = start // MINUTES, duration.amount
        match duration.measure:
            case Measure.MINUTE | Measure.HOUR:
                ticks = (n for n in range(start, len(self.open)) if self.open[n])
                minutes = amount * 60 if duration.measure is Measure.HOUR else amount
                return next(islice(ticks, minutes - 1, None)) + 1
            case Measure.WORKING_DAY:
                for _ in range(amount):
                    day = self.working_day(day + 1)
                return self.closing(day)
            case Measure.DAY:
                return self.closing(day + amount)
            case Measure.WEEK:
                return self.closing(day + amount * 7)
            case Measure.MONTH:
                return self.closing(self.months_on(day, amount))
        return start + amount * MINUTES

    def months_on(self, day: int, months: int) -> int:
        """Day after day into the right month, then to its day or to its last."""
        born = here = self.origin + timedelta(days=day)
        for _ in range(months):
            month = here.month
            while here.month == month:
                here += timedelta(days=1)
        while here.day < born.day and (here + timedelta(days=1)).month == here.month:
            here += timedelta(days=1)
        return (here - self.origin).days

    def days_moved(self, due: int, measure: Measure, stopped: int, resumed: int) -> int:
        """`due`, pushed on at each midnight of the wait that begins a day that counts."""
        day, moved = (due - 1) // MINUTES, False
        for begun in range(stopped // MINUTES + 1, resumed // MINUTES + 1):
            if measure is not Measure.WORKING_DAY:
                day, moved = day + 1, True
            elif self.works(begun):
                day, moved = self.working_day(day + 1), True
        return self.closing(day) if moved else due


def an_office(chance: random.Random) -> Office:
    """Four to six days a week, a month of other hours, some days off and nine in a row."""
    origin = date(chance.choice([2026, 2027]), 1, 1) + timedelta(days=chance.randrange(365))
    feast, ramadan = (origin + timedelta(days=chance.randrange(10, 60)) for _ in range(2))
    days = [origin + timedelta(days=n) for n in range(DAYS)]
    worked = DAY_NAMES[: chance.choice([4, 5, 5, 6])]
    return Office(
        origin=origin,
        zone=chance.choice(sorted(OFFSETS)),
        hours={name: chance.choice(OPENINGS) for name in worked},
        ramadan=(
            ramadan,
            ramadan + timedelta(days=29),
            {name: chance.choice(OPENINGS) for name in worked[1:]},
        ),
        holidays={day for day in days if chance.random() < 0.06}
        | {feast + timedelta(days=n) for n in range(9)},
    )


def a_minute(office: Office, chance: random.Random, after: int, within: int) -> int:
    """Any minute, or in a third of the cases one at which the office opens or closes."""
    minute = after + chance.randrange(within * MINUTES)
    if chance.random() < 1 / 3:
        return next(edge for edge in office.edges if edge >= minute)
    return minute


def check_resume(office: Office, duration: Duration, due: int, wait: tuple[int, int]) -> None:
    stopped, resumed = wait
    moments = (office.moment(minute) for minute in wait)
    moved = office.calendar.resume(office.moment(due), duration, *moments)
    if duration.measure is Measure.ELAPSED_DAY:
        assert moved == office.moment(due + resumed - stopped)
    elif duration.measure not in WORKING_TIME:
        assert moved == office.moment(office.days_moved(due, duration.measure, stopped, resumed))
    else:
        # What was left, or late, is so again; of the minutes of which that is true, the earliest.
        minute = round((moved - office.moment(0)) / timedelta(minutes=1))
        assert office.minutes_open(resumed, minute) == office.minutes_open(stopped, due)
        assert office.open[minute - 1] or minute == due


@pytest.mark.parametrize("seed", range(OFFICES))
def test_the_clock_agrees_with_looking_at_every_minute(seed: int) -> None:
    chance = random.Random(seed)
    office = an_office(chance)
    for _ in range(CASES):
        measure = chance.choice(list(Measure))
        duration = Duration(chance.randint(1, MOST[measure]), measure)
        entered = a_minute(office, chance, 0, 55)
        due = office.due(entered, duration)
        stopped = a_minute(office, chance, entered, chance.choice([1, 10]))
        resumed = a_minute(office, chance, stopped, chance.choice([1, 12]))

        assert office.calendar.due(office.moment(entered), duration) == office.moment(due)
        worked = office.calendar.working_time(office.moment(entered), office.moment(resumed))
        assert worked == timedelta(minutes=office.minutes_open(entered, resumed))
        check_resume(office, duration, due, (stopped, resumed))
