"""The calendar of an office from its rows, and the list of holidays it starts from."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

import holidays
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from backoffice.clock import Calendar
from backoffice.once import forget_with
from backoffice.standing import standing_of
from models import Holiday, Office, db

CALENDARS = "calendars"  # in Session.info: office id -> Calendar


def calendar_of(office: Office) -> Calendar:
    """When `office` works; read once in a transaction, and again after a flush that changed it."""
    session = _session_of(office)
    if office.id is None:
        session.flush()
    known: dict[int, Calendar] = session.info.setdefault(CALENDARS, {})
    if office.id not in known:
        days = standing_of(office.id, session).holidays
        hours = (json.dumps(office.hours), json.dumps(office.special_hours))
        known[office.id] = _calendar(office.timezone, *hours, frozenset(days))
    return known[office.id]


@lru_cache(maxsize=256)
def _calendar(zone: str, hours: str, special_hours: str, days: frozenset[date]) -> Calendar:
    """The same rows make the same calendar, with the days it has worked out already."""
    return Calendar(zone, json.loads(hours), json.loads(special_hours), days)


def fill_holidays(office: Office, year: int) -> int:
    """Add the national holidays of `year` that `office` lacks; returns how many.

    A day that is there already keeps the name the office gave it. The caller commits.
    """
    session = _session_of(office)
    there = set(session.scalars(select(Holiday.day).where(Holiday.office_id == office.id)))
    missing = {day: name for day, name in holiday_list(year).items() if day not in there}
    session.add_all(Holiday(office=office, day=day, name=name) for day, name in missing.items())
    session.flush()
    return len(missing)


def holiday_list(year: int) -> dict[date, str]:
    """The national holidays and cuti bersama of `year`, in order, with their Indonesian names.

    The days of cuti bersama are decreed a year ahead: of later years they are missing, and the
    feasts by the moon are marked as estimates. The office corrects its own list.
    """
    found = holidays.country_holidays(
        "ID", years=year, categories=("public", "government"), language="id"
    )
    return dict(sorted(found.items()))


def _session_of(office: Office) -> Session:
    return object_session(office) or db.session()


forget_with(CALENDARS, Office, Holiday)
