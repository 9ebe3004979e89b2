"""What the inbox says of a due moment, counted on the wall calendar."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from backoffice.clock import Calendar
from backoffice.remaining import Group, Remaining, remaining

HOURS = {"mon-thu": ["08:00-12:00", "13:00-16:30"], "fri": ["08:00-11:30", "13:00-16:30"]}
HOLIDAYS = [date(2026, 8, 17), date(2026, 8, 25)]  # a Monday and a Tuesday
ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Jayapura"]


def local(text: str, zone: str) -> datetime:
    calendar = Calendar(zone, HOURS)
    moment = datetime.strptime(text, "%a %Y-%m-%d %H:%M").replace(tzinfo=calendar.zone)
    assert moment.strftime("%a") == text[:3], text
    return moment


CASES = [
    # --- today: in hours and minutes of working time
    ("Mon 2026-07-06 09:00", "Mon 2026-07-06 09:45", ("today", 0, 0, 45)),
    # 1 hour before the break, 3.5 after it.
    ("Mon 2026-07-06 11:00", "Mon 2026-07-06 16:30", ("today", 0, 4, 30)),
    # Before opening: the whole day of 7.5 hours.
    ("Mon 2026-07-06 05:00", "Mon 2026-07-06 16:30", ("today", 0, 7, 30)),
    # At the very moment it is not late yet.
    ("Mon 2026-07-06 09:00", "Mon 2026-07-06 09:00", ("today", 0, 0, 0)),
    # 1x24 jam ends on a Saturday: 5 hours on the clock.
    ("Sat 2026-07-11 10:00", "Sat 2026-07-11 15:00", ("today", 0, 5, 0)),
    # --- later, less than a whole working day
    # 1.5 hours to closing, 2 on Tuesday.
    ("Mon 2026-07-06 15:00", "Tue 2026-07-07 10:00", ("later", 0, 3, 30)),
    # Half an hour on Friday, 10 minutes on Monday.
    ("Fri 2026-07-10 16:00", "Mon 2026-07-13 08:10", ("later", 0, 0, 40)),
    # On a Saturday only Monday's 2 hours are left.
    ("Sat 2026-07-11 10:00", "Mon 2026-07-13 10:00", ("later", 0, 2, 0)),
    # 1x24 jam: from Friday 16:00 it is 23 hours on the clock.
    ("Fri 2026-07-10 16:00", "Sat 2026-07-11 15:00", ("later", 0, 23, 0)),
    # --- later, in working days
    # A step of 1 hari kerja says 1 from its first minute to the evening.
    ("Mon 2026-07-06 08:00", "Tue 2026-07-07 16:30", ("later", 1, 0, 0)),
    ("Mon 2026-07-06 16:29", "Tue 2026-07-07 16:30", ("later", 1, 0, 0)),
    ("Mon 2026-07-06 21:00", "Tue 2026-07-07 16:30", ("later", 1, 0, 0)),
    # The same time tomorrow is a whole day; a minute less is 7 h 29.
    ("Mon 2026-07-06 10:00", "Tue 2026-07-07 10:00", ("later", 1, 0, 0)),
    ("Mon 2026-07-06 10:01", "Tue 2026-07-07 10:00", ("later", 0, 7, 29)),
    # Monday counts, Saturday and Sunday do not.
    ("Sat 2026-07-11 10:00", "Mon 2026-07-13 16:30", ("later", 1, 0, 0)),
    ("Thu 2026-07-09 10:00", "Mon 2026-07-13 16:30", ("later", 2, 0, 0)),
    # Fri 14 only: Monday the 17th is off; then Tue 18, Wed 19.
    ("Thu 2026-08-13 10:00", "Wed 2026-08-19 16:30", ("later", 3, 0, 0)),
    # --- late
    ("Mon 2026-07-06 09:20", "Mon 2026-07-06 09:00", ("late", 0, 0, 20)),
    # 2 hours to the break, 1 after it.
    ("Mon 2026-07-06 14:00", "Mon 2026-07-06 10:00", ("late", 0, 3, 0)),
    # Nothing of a night counts, then an hour and a half of the morning.
    ("Mon 2026-07-06 22:00", "Mon 2026-07-06 16:30", ("late", 0, 0, 0)),
    ("Tue 2026-07-07 09:30", "Mon 2026-07-06 16:30", ("late", 0, 1, 30)),
    # All of Tuesday but a minute, all of it, and until the end of Wednesday.
    ("Tue 2026-07-07 16:29", "Mon 2026-07-06 16:30", ("late", 0, 7, 29)),
    ("Tue 2026-07-07 16:30", "Mon 2026-07-06 16:30", ("late", 1, 0, 0)),
    ("Wed 2026-07-08 16:00", "Mon 2026-07-06 16:30", ("late", 1, 0, 0)),
    # Friday has passed when it is looked at on Sunday morning.
    ("Sun 2026-07-12 07:00", "Thu 2026-07-09 16:30", ("late", 1, 0, 0)),
    # Friday the 14th and Tuesday the 18th; Monday the 17th is off.
    ("Tue 2026-08-18 17:00", "Thu 2026-08-13 16:30", ("late", 2, 0, 0)),
    # It was due on a Saturday: Monday is whole when the office closes.
    ("Mon 2026-07-13 16:00", "Sat 2026-07-11 15:00", ("late", 0, 7, 0)),
    ("Mon 2026-07-13 16:30", "Sat 2026-07-11 15:00", ("late", 1, 0, 0)),
]


@pytest.mark.parametrize(("now", "due", "said"), CASES)
@pytest.mark.parametrize("zone", ZONES)
def test_what_is_left_or_over_is_said_in_working_time(
    zone: str, now: str, due: str, said: tuple[str, int, int, int]
) -> None:
    calendar = Calendar(zone, HOURS, holidays=HOLIDAYS)

    found = remaining(local(now, zone), local(due, zone), calendar)

    assert found == Remaining(Group(said[0]), *said[1:])


def test_in_ramadan_a_day_is_whole_when_it_closes_early() -> None:
    ramadan = {"from": "2026-07-07", "to": "2026-07-08", "hours": {"tue": ["08:00-15:00"]}}
    calendar = Calendar("Asia/Jakarta", HOURS, [ramadan])
    due, now = (
        local(text, "Asia/Jakarta") for text in ("Mon 2026-07-06 16:30", "Tue 2026-07-07 15:00")
    )

    assert remaining(now, due, calendar) == Remaining(Group.LATE, days=1)


def test_a_watch_that_ends_its_day_at_midnight_is_due_today() -> None:
    calendar = Calendar("Asia/Jakarta", {"mon-sun": ["00:00-24:00"]})
    now, midnight = (
        local(text, "Asia/Jakarta") for text in ("Sat 2026-07-11 22:00", "Sun 2026-07-12 00:00")
    )

    assert remaining(now, midnight, calendar) == Remaining(Group.TODAY, hours=2)


def test_while_somebody_outside_is_waited_for_nothing_is_late() -> None:
    calendar = Calendar("Asia/Jakarta", HOURS)
    now, due = (
        local(text, "Asia/Jakarta") for text in ("Tue 2026-07-07 09:00", "Mon 2026-07-06 09:00")
    )

    assert remaining(now, due, calendar, waiting=True) == Remaining(Group.WAITING)


def test_a_step_without_a_standard_has_nothing_left_or_over() -> None:
    calendar = Calendar("Asia/Jakarta", HOURS)

    assert remaining(local("Mon 2026-07-06 09:00", "Asia/Jakarta"), None, calendar) == Remaining(
        Group.NONE
    )
