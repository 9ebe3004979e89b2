"""The calendar an office has in its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backoffice.calendars import calendar_of, fill_holidays, holiday_list
from backoffice.clock import parse_duration
from models import Base, Holiday, Office

HOURS = {"mon-thu": ["08:00-12:00", "13:00-16:30"], "fri": ["08:00-11:30", "13:00-16:30"]}
MONDAY = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)  # 09.00 WIB
ONE_WORKING_DAY = parse_duration("1 hari kerja")


@pytest.fixture
def rows() -> Iterator[Session]:
    engine = sa.create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def office(rows: Session) -> Office:
    office = Office(
        key="dukcapil",
        name=["Dinas Contoh"],
        government="Pemerintah Kota Contoh",
        timezone="Asia/Jakarta",
        hours=HOURS,
        special_hours=[],
    )
    rows.add(office)
    rows.commit()
    return office


def due_on(office: Office) -> date:
    return calendar_of(office).due(MONDAY, ONE_WORKING_DAY).date()


def test_the_office_has_its_own_hours_and_days_off(rows: Session, office: Office) -> None:
    rows.add(Holiday(office=office, day=date(2026, 7, 7), name="Hari jadi kota"))
    office.special_hours = [
        {"from": "2026-07-08", "to": "2026-07-08", "hours": {"wed": ["08:00-10:00"]}}
    ]
    rows.flush()

    due = calendar_of(office).due(MONDAY, ONE_WORKING_DAY)

    assert due == datetime(2026, 7, 8, 3, 0, tzinfo=UTC)  # Wednesday 10.00 WIB


def test_the_days_off_of_another_office_are_not_ours(rows: Session, office: Office) -> None:
    other = Office(
        key="ambon", name=["Bagian"], government="Kota", timezone="Asia/Jayapura", hours=HOURS
    )
    rows.add(Holiday(office=other, day=date(2026, 7, 7), name="Hari Pattimura"))
    rows.flush()

    assert due_on(office) == date(2026, 7, 7)
    assert due_on(other) == date(2026, 7, 8)


def test_a_new_day_off_holds_at_once_and_a_deleted_one_no_longer(
    rows: Session, office: Office
) -> None:
    assert due_on(office) == date(2026, 7, 7)

    holiday = Holiday(office=office, day=date(2026, 7, 7), name="Hari jadi kota")
    rows.add(holiday)
    rows.flush()
    assert due_on(office) == date(2026, 7, 8)

    rows.delete(holiday)
    rows.flush()
    assert due_on(office) == date(2026, 7, 7)


def test_a_day_off_that_was_rolled_back_never_was(rows: Session, office: Office) -> None:
    rows.add(Holiday(office=office, day=date(2026, 7, 7), name="Salah ketik"))
    rows.flush()
    assert due_on(office) == date(2026, 7, 8)

    rows.rollback()

    assert due_on(office) == date(2026, 7, 7)


def test_new_hours_hold_at_once(rows: Session, office: Office) -> None:
    assert calendar_of(office).closing(date(2026, 7, 7)).hour == 9  # 16.30 WIB

    office.hours = {"mon-fri": ["08:00-12:00"]}
    rows.flush()

    assert calendar_of(office).closing(date(2026, 7, 7)).hour == 5  # 12.00 WIB


def test_rows_are_read_once_while_nothing_changes(rows: Session, office: Office) -> None:
    calendar_of(office)
    statements: list[str] = []
    sa.event.listen(
        rows.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2])
    )

    assert calendar_of(office) is calendar_of(office)
    assert statements == []


def test_another_transaction_sees_what_somebody_else_changed(rows: Session, office: Office) -> None:
    assert due_on(office) == date(2026, 7, 7)
    rows.execute(
        sa.insert(Holiday).values(office_id=office.id, day=date(2026, 7, 7), name="Hari jadi")
    )
    rows.commit()

    assert due_on(office) == date(2026, 7, 8)


def test_filling_a_year_adds_what_is_missing_and_keeps_what_the_office_wrote(
    rows: Session, office: Office
) -> None:
    rows.add(Holiday(office=office, day=date(2026, 8, 17), name="HUT RI, upacara 07.30"))

    added = fill_holidays(office, 2026)

    assert added == len(holiday_list(2026)) - 1
    names = dict(rows.execute(sa.select(Holiday.day, Holiday.name)).all())
    assert names[date(2026, 8, 17)] == "HUT RI, upacara 07.30"
    assert names[date(2026, 3, 21)] == "Hari Raya Idul Fitri"
    assert not calendar_of(office).is_working_day(date(2026, 3, 24))
    assert fill_holidays(office, 2026) == 0


def test_the_list_has_the_feasts_of_2026_with_their_cuti_bersama() -> None:
    # The dates that the tests of the clock count by.
    march = {day: name for day, name in holiday_list(2026).items() if day.month == 3}

    assert march == {
        date(2026, 3, 18): "Cuti Bersama Hari Suci Nyepi",
        date(2026, 3, 19): "Hari Suci Nyepi",
        date(2026, 3, 20): "Cuti Bersama Hari Raya Idul Fitri",
        date(2026, 3, 21): "Hari Raya Idul Fitri",
        date(2026, 3, 22): "Hari kedua dari Hari Raya Idul Fitri",
        date(2026, 3, 23): "Cuti Bersama Hari Raya Idul Fitri",
        date(2026, 3, 24): "Cuti Bersama Hari Raya Idul Fitri",
    }


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 12, 25),
        date(2025, 12, 26),
        date(2026, 1, 1),
        date(2026, 5, 14),
        date(2026, 5, 15),
        date(2027, 1, 1),
        date(2027, 1, 5),
    ],
)
def test_the_list_has_the_other_days_the_clock_is_tested_with(day: date) -> None:
    assert day in holiday_list(day.year)
