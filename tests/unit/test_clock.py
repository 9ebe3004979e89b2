"""The working-time clock against dates counted by hand on the wall calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backoffice.clock import Calendar, Duration, Measure, parse_duration, parse_hours

# A day has 4 + 3.5 hours; a Friday, with its longer break, 3.5 + 3.5.
HOURS = {
    "mon-thu": ["08:00-12:00", "13:00-16:30"],
    "fri": ["08:00-11:30", "13:00-16:30"],
}
# Ramadan 1447: every day has 6.5 hours.
RAMADAN = {
    "from": "2026-02-19",
    "to": "2026-03-19",
    "hours": {
        "mon-thu": ["08:00-12:00", "12:30-15:00"],
        "fri": ["08:00-11:30", "12:30-15:30"],
    },
}
HOLIDAYS = [
    date(2025, 12, 25),  # Thu, Hari Raya Natal
    date(2025, 12, 26),  # Fri, Cuti Bersama
    date(2026, 1, 1),  # Thu, Tahun Baru Masehi
    date(2026, 3, 18),  # Wed, Cuti Bersama Nyepi
    date(2026, 3, 19),  # Thu, Hari Suci Nyepi
    date(2026, 3, 20),  # Fri, Cuti Bersama Idul Fitri
    date(2026, 3, 21),  # Sat, Idul Fitri
    date(2026, 3, 22),  # Sun, the second day of it
    date(2026, 3, 23),  # Mon, Cuti Bersama
    date(2026, 3, 24),  # Tue, Cuti Bersama
    date(2026, 5, 14),  # Thu, Kenaikan Yesus Kristus
    date(2026, 5, 15),  # Fri, Cuti Bersama
    date(2027, 1, 1),  # Fri, Tahun Baru Masehi
    date(2027, 1, 5),  # Tue, Isra Mikraj
]
OFFICES = {
    "dukcapil": Calendar("Asia/Jakarta", HOURS, [RAMADAN], HOLIDAYS),
    "sekadau": Calendar("Asia/Pontianak", HOURS, [RAMADAN], HOLIDAYS),
    "ambon": Calendar(ZoneInfo("Asia/Jayapura"), HOURS, [RAMADAN], HOLIDAYS),
}
DUKCAPIL = OFFICES["dukcapil"]


def local(text: str, calendar: Calendar = DUKCAPIL) -> datetime:
    """`Mon 2026-07-06 09:00` on the wall of the office; the name of the day must be right."""
    moment = datetime.strptime(text, "%a %Y-%m-%d %H:%M").replace(tzinfo=calendar.zone)
    assert moment.strftime("%a") == text[:3], text
    return moment


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


DUE = [
    # --- menit and jam: only while the office is open
    # Simply a quarter of an hour on.
    ("Mon 2026-07-06 09:00", "15 menit", "Mon 2026-07-06 09:15"),
    # Opens at 08:00, and five minutes.
    ("Mon 2026-07-06 06:15", "5 menit", "Mon 2026-07-06 08:05"),
    # 11:45 to 12:00 is all of it: due as the break begins, not as it ends.
    ("Mon 2026-07-06 11:45", "15 menit", "Mon 2026-07-06 12:00"),
    # 10 minutes to 12:00, 5 after 13:00.
    ("Mon 2026-07-06 11:50", "15 menit", "Mon 2026-07-06 13:05"),
    # Came in during the break: from 13:00.
    ("Mon 2026-07-06 12:30", "5 menit", "Mon 2026-07-06 13:05"),
    # Came in at the minute of closing: the next morning.
    ("Mon 2026-07-06 16:30", "15 menit", "Tue 2026-07-07 08:15"),
    # Came in in the evening: the next morning.
    ("Mon 2026-07-06 19:00", "15 menit", "Tue 2026-07-07 08:15"),
    # 2 hours to 16:30, 1 hour on Friday.
    ("Thu 2026-07-09 14:30", "3 jam", "Fri 2026-07-10 09:00"),
    # Friday's break begins at 11:30: 10 minutes before it, 5 after 13:00.
    ("Fri 2026-07-10 11:20", "15 menit", "Fri 2026-07-10 13:05"),
    # 1 hour to 11:30, 2 hours from 13:00.
    ("Fri 2026-07-10 10:30", "3 jam", "Fri 2026-07-10 15:00"),
    # 30 minutes to closing, the weekend, 30 minutes on Monday.
    ("Fri 2026-07-10 16:00", "1 jam", "Mon 2026-07-13 08:30"),
    # A Saturday counts nothing: Monday 08:00 to 09:00.
    ("Sat 2026-07-11 10:00", "1 jam", "Mon 2026-07-13 09:00"),
    # 10 minutes on the last day of the year, 1 January closed, 20 minutes on Friday the 2nd.
    ("Wed 2025-12-31 16:20", "30 menit", "Fri 2026-01-02 08:20"),
    # The last usual day: 30 minutes to 16:30. Ramadan begins, but opens at 08:00 too: 30 minutes.
    ("Wed 2026-02-18 16:00", "60 menit", "Thu 2026-02-19 08:30"),
    # Ramadan's break is 12:00 to 12:30: 10 minutes before, 5 after.
    ("Mon 2026-02-23 11:50", "15 menit", "Mon 2026-02-23 12:35"),
    # Ramadan's Friday break is 11:30 to 12:30: 30 minutes before, 30 after.
    ("Fri 2026-02-27 11:00", "1 jam", "Fri 2026-02-27 13:00"),
    # Ramadan: all 6.5 hours of Monday, 1.5 hours on Tuesday.
    ("Mon 2026-03-02 08:00", "8 jam", "Tue 2026-03-03 09:30"),
    # Ramadan closes at 15:00: 30 minutes. The 18th to the 24th closed. Wednesday the 25th has
    # usual hours again: 90 minutes from 08:00.
    ("Tue 2026-03-17 14:30", "120 menit", "Wed 2026-03-25 09:30"),
    # --- hari kerja: whole working days after the day of entry, until closing
    # Tuesday is the 1st.
    ("Mon 2026-07-06 08:00", "1 hari kerja", "Tue 2026-07-07 16:30"),
    # The same for what came in a minute before closing.
    ("Mon 2026-07-06 16:29", "1 hari kerja", "Tue 2026-07-07 16:30"),
    # Over the weekend: Monday is the 1st.
    ("Fri 2026-07-10 10:00", "1 hari kerja", "Mon 2026-07-13 16:30"),
    # Entered on a day off: the first working day after counts as 1.
    ("Sat 2026-07-11 09:00", "1 hari kerja", "Mon 2026-07-13 16:30"),
    ("Sun 2026-07-12 23:59", "1 hari kerja", "Mon 2026-07-13 16:30"),
    # Idul Fitri: Wed 18 to Tue 24 closed; Wed 25 is the 1st.
    ("Tue 2026-03-17 10:00", "1 hari kerja", "Wed 2026-03-25 16:30"),
    # Entered during Idul Fitri: the same.
    ("Fri 2026-03-20 10:00", "1 hari kerja", "Wed 2026-03-25 16:30"),
    # Tue 17 (1), the feast, Wed 25 (2), Thu 26 (3).
    ("Mon 2026-03-16 10:00", "3 hari kerja", "Thu 2026-03-26 16:30"),
    # Wed 6, Thu 7, Fri 8 (3); Mon 11, Tue 12, Wed 13 (6); Thu 14 and Fri 15 closed;
    # Mon 18, Tue 19, Wed 20, Thu 21 (10).
    ("Tue 2026-05-05 14:00", "10 hari kerja", "Thu 2026-05-21 16:30"),
    # Christmas: Thu 25 and Fri 26 closed; Mon 29 (1), Tue 30 (2).
    ("Wed 2025-12-24 09:00", "2 hari kerja", "Tue 2025-12-30 16:30"),
    # Tue 30 (1), Wed 31 (2), 1 January closed, Fri 2 (3), Mon 5 (4).
    ("Mon 2025-12-29 09:00", "4 hari kerja", "Mon 2026-01-05 16:30"),
    # 1 January closed, Mon 4 (1), Isra Mikraj on Tue 5, Wed 6 (2).
    ("Thu 2026-12-31 09:00", "2 hari kerja", "Wed 2027-01-06 16:30"),
    # In Ramadan the day closes at 15:00.
    ("Mon 2026-03-02 13:00", "1 hari kerja", "Tue 2026-03-03 15:00"),
    # --- hari, minggu, bulan: days of the calendar, rolled forward to a working day
    ("Mon 2026-07-06 10:00", "1 hari", "Tue 2026-07-07 16:30"),
    # 6 + 5 = Saturday the 11th, so Monday.
    ("Mon 2026-07-06 10:00", "5 hari", "Mon 2026-07-13 16:30"),
    # 17 + 3 = Friday the 20th, in the feast, so Wednesday the 25th.
    ("Tue 2026-03-17 10:00", "3 hari", "Wed 2026-03-25 16:30"),
    # 25 June + 6 = 1 July.
    ("Thu 2026-06-25 10:00", "6 hari", "Wed 2026-07-01 16:30"),
    # The days off in between do not matter: 16 + 14 = 30 December.
    ("Wed 2026-12-16 10:00", "14 hari", "Wed 2026-12-30 16:30"),
    ("Thu 2026-07-09 10:00", "1 minggu", "Thu 2026-07-16 16:30"),
    # 4 + 14 = 18 March, closed until the 25th.
    ("Wed 2026-03-04 10:00", "2 minggu", "Wed 2026-03-25 16:30"),
    ("Mon 2026-07-06 10:00", "3 minggu", "Mon 2026-07-27 16:30"),
    # June has no 31st: the 30th.
    ("Sun 2026-05-31 10:00", "1 bulan", "Tue 2026-06-30 16:30"),
    # February ends on Saturday the 28th; Monday 2 March is in Ramadan, closing at 15:00.
    ("Sat 2026-01-31 10:00", "1 bulan", "Mon 2026-03-02 15:00"),
    # 1 January closed, then the weekend: Monday the 4th.
    ("Tue 2026-12-01 10:00", "1 bulan", "Mon 2027-01-04 16:30"),
    # The next year has no 29 February.
    ("Tue 2028-02-29 10:00", "12 bulan", "Wed 2029-02-28 16:30"),
    # --- 1x24 jam: on the clock, whatever day it is
    ("Fri 2026-07-10 15:00", "1x24 jam", "Sat 2026-07-11 15:00"),
    # 17 + 2 days of 24 hours, into the feast.
    ("Tue 2026-03-17 20:30", "2x24 jam", "Thu 2026-03-19 20:30"),
]


@pytest.mark.parametrize(("entered", "time", "due"), DUE)
@pytest.mark.parametrize("office", OFFICES)
def test_work_is_due_when_it_was_counted_by_hand(
    office: str, entered: str, time: str, due: str
) -> None:
    calendar = OFFICES[office]

    found = calendar.due(local(entered, calendar), parse_duration(time))

    assert found == local(due, calendar)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("office", "entered", "time", "due"),
    [
        # 07:00 UTC is 16:00 in Ambon: 30 minutes to closing, 30 from 08:00, which is 23:00 UTC.
        ("ambon", "2026-07-06 07:00", "1 jam", "2026-07-06 23:30"),
        # The same moment is 14:00 in Sekadau: an hour on.
        ("sekadau", "2026-07-06 07:00", "1 jam", "2026-07-06 08:00"),
        # Sunday 23:30 UTC is Monday 08:30 in Ambon, which is open, and 06:30 in Jakarta, which
        # opens at 01:00 UTC.
        ("ambon", "2026-07-12 23:30", "15 menit", "2026-07-12 23:45"),
        ("dukcapil", "2026-07-12 23:30", "15 menit", "2026-07-13 01:15"),
        # Monday 16:00 UTC is already Tuesday 01:00 in Ambon: Wednesday 16:30, 07:30 UTC.
        ("ambon", "2026-07-06 16:00", "1 hari kerja", "2026-07-08 07:30"),
        # In Sekadau it is still Monday 23:00: Tuesday 16:30, 09:30 UTC.
        ("sekadau", "2026-07-06 16:00", "1 hari kerja", "2026-07-07 09:30"),
        # 31 May 15:30 UTC is 1 June in Ambon: Wednesday 1 July. In Jakarta it is 31 May: 30 June.
        ("ambon", "2026-05-31 15:30", "1 bulan", "2026-07-01 07:30"),
        ("dukcapil", "2026-05-31 15:30", "1 bulan", "2026-06-30 09:30"),
    ],
)
def test_the_day_of_entry_is_the_one_on_the_wall_of_the_office(
    office: str, entered: str, time: str, due: str
) -> None:
    assert OFFICES[office].due(utc(entered), parse_duration(time)) == utc(due)


RESUMED = [
    # (due, measure of the step, stopped, resumed, due then)
    # 2 hours were left at 10:00. On Tuesday 15:00 to 16:30 is 1.5 of them; 0.5 on Wednesday.
    (
        ("Mon 2026-07-06 12:00", "3 jam"),
        ("Mon 2026-07-06 10:00", "Tue 2026-07-07 15:00"),
        "Wed 2026-07-08 08:30",
    ),
    # 15 minutes were left before Idul Fitri, and they are left after it.
    (
        ("Tue 2026-03-17 14:45", "30 menit"),
        ("Tue 2026-03-17 14:30", "Wed 2026-03-25 10:00"),
        "Wed 2026-03-25 10:15",
    ),
    # 30 minutes were left; told on a Saturday, so they begin on Monday.
    (
        ("Fri 2026-07-10 16:00", "1 jam"),
        ("Fri 2026-07-10 15:30", "Sat 2026-07-11 11:00"),
        "Mon 2026-07-13 08:30",
    ),
    # A wait from evening to early morning cost no working time.
    (
        ("Tue 2026-07-07 09:00", "3 jam"),
        ("Mon 2026-07-06 17:00", "Tue 2026-07-07 07:30"),
        "Tue 2026-07-07 09:00",
    ),
    # An hour late when it stopped, an hour late when it goes on.
    (
        ("Mon 2026-07-06 10:00", "1 jam"),
        ("Mon 2026-07-06 11:00", "Wed 2026-07-08 09:30"),
        "Wed 2026-07-08 08:30",
    ),
    # 2 hours late: 1 of them on Tuesday from 08:00 to 09:00, 1 on Monday before 16:30.
    (
        ("Mon 2026-07-06 10:00", "1 jam"),
        ("Mon 2026-07-06 12:00", "Tue 2026-07-07 09:00"),
        "Mon 2026-07-06 15:30",
    ),
    # 2 days were left (Wed, Thu). Wed, Thu and Fri passed: now Mon and Tue are left.
    (
        ("Thu 2026-07-09 16:30", "3 hari kerja"),
        ("Tue 2026-07-07 09:00", "Fri 2026-07-10 10:00"),
        "Tue 2026-07-14 16:30",
    ),
    # 2 days were left (Tue 17, Wed 25), and just these passed: Thu 26, Fri 27.
    (
        ("Wed 2026-03-25 16:30", "2 hari kerja"),
        ("Mon 2026-03-16 09:00", "Wed 2026-03-25 09:00"),
        "Fri 2026-03-27 16:30",
    ),
    # Stopped and resumed on a weekend: Mon to Fri passed, 5 days; from Tue 14 on Wed 15 (1),
    # Thu 16, Fri 17, Mon 20, Tue 21 (5).
    (
        ("Tue 2026-07-14 16:30", "2 hari kerja"),
        ("Sun 2026-07-12 09:00", "Sat 2026-07-18 09:00"),
        "Tue 2026-07-21 16:30",
    ),
    # From a Saturday: Mon and Tue passed; from Wed 15 on Thu 16 (1), Fri 17 (2).
    (
        ("Wed 2026-07-15 16:30", "3 hari kerja"),
        ("Sat 2026-07-11 09:00", "Tue 2026-07-14 09:00"),
        "Fri 2026-07-17 16:30",
    ),
    # Some hours of one day are no working day.
    (
        ("Thu 2026-07-09 16:30", "3 hari kerja"),
        ("Tue 2026-07-07 09:00", "Tue 2026-07-07 15:00"),
        "Thu 2026-07-09 16:30",
    ),
    # Late by Tue and Wed when it stopped; Thu and Fri passed: late by Thu and Fri.
    (
        ("Mon 2026-07-06 16:30", "1 hari kerja"),
        ("Wed 2026-07-08 09:00", "Fri 2026-07-10 09:00"),
        "Wed 2026-07-08 16:30",
    ),
    # Wed to Fri is 2 days: 13 + 2 = 15.
    (
        ("Mon 2026-07-13 16:30", "5 hari"),
        ("Wed 2026-07-08 09:00", "Fri 2026-07-10 09:00"),
        "Wed 2026-07-15 16:30",
    ),
    # 2 days: 10 + 2 = Sunday the 12th, so Monday.
    (
        ("Fri 2026-07-10 16:30", "1 minggu"),
        ("Mon 2026-07-06 09:00", "Wed 2026-07-08 09:00"),
        "Mon 2026-07-13 16:30",
    ),
    # 30 days: 31 July + 30 = Sunday 30 August, so Monday.
    (
        ("Fri 2026-07-31 16:30", "1 bulan"),
        ("Wed 2026-07-01 09:00", "Fri 2026-07-31 09:00"),
        "Mon 2026-08-31 16:30",
    ),
    # The same day: nothing passed.
    (
        ("Fri 2026-07-10 16:30", "5 hari"),
        ("Wed 2026-07-08 09:00", "Wed 2026-07-08 15:00"),
        "Fri 2026-07-10 16:30",
    ),
    # Fri 18:00 to Sun 09:15 is 39 h 15: Saturday 15:00 and that is Monday 06:15.
    (
        ("Sat 2026-07-11 15:00", "1x24 jam"),
        ("Fri 2026-07-10 18:00", "Sun 2026-07-12 09:15"),
        "Mon 2026-07-13 06:15",
    ),
]


@pytest.mark.parametrize(("before", "wait", "after"), RESUMED)
@pytest.mark.parametrize("office", OFFICES)
def test_after_a_wait_for_the_citizen_as_much_is_left_as_before(
    office: str, before: tuple[str, str], wait: tuple[str, str], after: str
) -> None:
    calendar = OFFICES[office]
    due, stopped, resumed = (local(text, calendar) for text in (before[0], *wait))

    found = calendar.resume(due, parse_duration(before[1]), stopped, resumed)

    assert found == local(after, calendar)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        # 4 hours before the break, 1 after it.
        ("Mon 2026-07-06 08:00", "Mon 2026-07-06 14:00", 5),
        # The break itself.
        ("Mon 2026-07-06 12:00", "Mon 2026-07-06 13:00", 0),
        # 4 days of 7.5 hours and a Friday of 7.
        ("Mon 2026-07-06 00:00", "Sun 2026-07-12 12:00", 37),
        # 5 days of 6.5 hours in Ramadan, as the regulation has it.
        ("Mon 2026-03-02 00:00", "Mon 2026-03-09 00:00", 32.5),
        # From Friday 16:00 to Monday 09:00: half an hour and one.
        ("Fri 2026-07-10 16:00", "Mon 2026-07-13 09:00", 1.5),
        # The feast: Tue 17 from 14:00 to 15:00, Wed 25 from 08:00 to 10:00.
        ("Tue 2026-03-17 14:00", "Wed 2026-03-25 10:00", 3),
        # Backwards there is none.
        ("Mon 2026-07-06 14:00", "Mon 2026-07-06 09:00", 0),
    ],
)
def test_working_time_is_what_the_office_was_open(start: str, end: str, hours: float) -> None:
    assert DUKCAPIL.working_time(local(start), local(end)) == timedelta(hours=hours)


def test_a_day_off_closes_with_the_next_working_day() -> None:
    assert DUKCAPIL.is_working_day(date(2026, 3, 17))
    assert not DUKCAPIL.is_working_day(date(2026, 3, 20))  # Cuti Bersama, a Friday
    assert not DUKCAPIL.is_working_day(date(2026, 7, 11))  # Saturday
    assert DUKCAPIL.closing(date(2026, 7, 10)) == local("Fri 2026-07-10 16:30")
    assert DUKCAPIL.closing(date(2026, 3, 17)) == local("Tue 2026-03-17 15:00")
    assert DUKCAPIL.closing(date(2026, 3, 20)) == local("Wed 2026-03-25 16:30")


def test_working_days_count_the_last_but_not_the_first() -> None:
    # Tue 17 and Wed 25; and nothing backwards.
    assert DUKCAPIL.working_days(date(2026, 3, 16), date(2026, 3, 25)) == 2
    assert DUKCAPIL.working_days(date(2026, 3, 25), date(2026, 3, 16)) == 0


def test_the_working_days_of_a_long_time_are_those_of_its_single_days() -> None:
    for begin in range(0, 62, 3):
        for length in (0, 1, 27, 31, 58, 366, 800):
            after = date(2025, 12, 20) + timedelta(days=begin)
            days = [after + timedelta(days=n) for n in range(1, length + 1)]
            expected = sum(bool(DUKCAPIL.openings(day)) for day in days)
            assert DUKCAPIL.working_days(after, after + timedelta(days=length)) == expected


def test_special_hours_leave_the_days_they_do_not_name_and_the_last_given_holds() -> None:
    week = {"from": date(2026, 7, 6), "to": date(2026, 7, 12), "hours": {"fri": [], "sat": []}}
    market = {"from": "2026-07-11", "to": "2026-07-11", "hours": {"sat": ["09:00-12:00"]}}
    calendar = Calendar("Asia/Jakarta", HOURS, [week, market])

    assert calendar.closing(date(2026, 7, 9)) == local("Thu 2026-07-09 16:30")
    assert calendar.closing(date(2026, 7, 10)) == local("Sat 2026-07-11 12:00")


def test_a_watch_of_24_hours_counts_through_midnight() -> None:
    watch = Calendar("Asia/Jakarta", {"mon-sun": ["00:00-24:00"]})

    due = watch.due(local("Sat 2026-07-11 23:00"), parse_duration("120 menit"))

    assert due == local("Sun 2026-07-12 01:00")
    assert watch.closing(date(2026, 7, 12)) == local("Mon 2026-07-13 00:00")


def test_what_is_due_at_midnight_is_of_the_day_that_ends() -> None:
    watch = Calendar("Asia/Jakarta", {"mon-sun": ["00:00-24:00"]})
    midnight = local("Mon 2026-07-13 00:00")  # the end of Sunday
    stopped, resumed = local("Sat 2026-07-11 09:00"), local("Sun 2026-07-12 09:00")

    for time in ("2 hari kerja", "2 hari"):
        moved = watch.resume(midnight, parse_duration(time), stopped, resumed)
        assert moved == local("Tue 2026-07-14 00:00")


@pytest.mark.parametrize("time", ["5 menit", "1 jam", "1 hari kerja", "1 hari", "1 bulan"])
def test_an_office_without_hours_is_told_so(time: str) -> None:
    monday = local("Mon 2026-07-06 09:00")
    for hours in ({}, {"mon-fri": []}):
        with pytest.raises(ValueError, match="office has no hours"):
            Calendar("Asia/Jakarta", hours).due(monday, parse_duration(time))


def test_an_office_that_is_closed_for_more_than_a_year_is_an_error() -> None:
    closed = [date(2026, 1, 1) + timedelta(days=n) for n in range(500)]
    calendar = Calendar("Asia/Jakarta", HOURS, holidays=closed)

    with pytest.raises(ValueError, match="closed for a year"):
        calendar.due(local("Mon 2026-01-05 09:00"), parse_duration("1 hari kerja"))


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 7, 6, 9, 0)  # noqa: DTZ001 - a naive moment is what is tried
    with pytest.raises(ValueError, match="time zone"):
        DUKCAPIL.due(naive, parse_duration("1 jam"))
    with pytest.raises(ValueError, match="time zone"):
        DUKCAPIL.working_time(naive, local("Mon 2026-07-06 10:00"))


def test_a_wait_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="wait"):
        DUKCAPIL.resume(
            local("Mon 2026-07-06 12:00"),
            parse_duration("1 jam"),
            local("Mon 2026-07-06 11:00"),
            local("Mon 2026-07-06 10:00"),
        )


@pytest.mark.parametrize(
    ("text", "duration", "said"),
    [
        ("15 menit", Duration(15, Measure.MINUTE), "15 menit"),
        ("60 Menit", Duration(60, Measure.MINUTE), "60 menit"),
        ("1 jam", Duration(1, Measure.HOUR), "1 jam"),
        ("1 hari kerja", Duration(1, Measure.WORKING_DAY), "1 hari kerja"),
        (" 10 Hari  Kerja ", Duration(10, Measure.WORKING_DAY), "10 hari kerja"),
        ("5 hari", Duration(5, Measure.DAY), "5 hari"),
        ("2 Minggu", Duration(2, Measure.WEEK), "2 minggu"),
        ("1 bulan", Duration(1, Measure.MONTH), "1 bulan"),
        ("24 jam", Duration(24, Measure.HOUR), "24 jam"),
        ("1x24 jam", Duration(1, Measure.ELAPSED_DAY), "1x24 jam"),
        ("1 x 24 Jam", Duration(1, Measure.ELAPSED_DAY), "1x24 jam"),
        ("2\u00d724 jam", Duration(2, Measure.ELAPSED_DAY), "2x24 jam"),
    ],
)
def test_a_time_is_read_as_the_paper_prints_it(text: str, duration: Duration, said: str) -> None:
    assert parse_duration(text) == duration
    assert str(duration) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jam",
        "0 jam",
        "-1 jam",
        "1,5 jam",
        "1 s/d 3 minggu",
        "3 hk",
        "15menit",
        "1 hari kalender",
        "1x12 jam",
        "99999 hari",
        "1 jam 5 menit",
        "\u0661 jam",
    ],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"monday": ["08:00-12:00"]}, "not a day"),
        ({"mon-": ["08:00-12:00"]}, "not a day"),
        ({"fri-mon": ["08:00-12:00"]}, "runs forward"),
        ({"mon-fri": ["08:00-12:00"], "fri": ["08:00-11:30"]}, "fri are given twice"),
        ({"mon": "08:00-12:00"}, "are a list"),
        ({"mon": ["8-12"]}, "not hours"),
        ({"mon": ["12:00-08:00"]}, "not hours"),
        ({"mon": ["08:00-24:30"]}, "not hours"),
        ({"mon": ["08:00-12:00", "11:30-16:00"]}, "overlap"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(hours: dict[str, list[str]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_hours(hours)


def test_special_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="end before they begin"):
        Calendar("Asia/Jakarta", HOURS, [RAMADAN | {"to": "2026-02-18"}])
