"""What of all dispositions stands on somebody's desk: to report or read, and what comes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice.access import scope
from backoffice.actor import Person
from backoffice.calendars import calendar_of
from models import Disposition, Duty, Office, db

LONGEST_CLOSURE = 60  # days in a row on which an office does not work: more is a fault in the data
MOST_ROWS = 100


def open_for(person: Person) -> list[Disposition]:
    """What lies on this person's desks: reports to give, and letters to read; the first due first.

    Cases for an opinion or for information stand in the inbox by their desks. One statement.
    """
    mine = Disposition.to_post_id.in_(person.desk_post_ids)
    return _found(person, mine, waits_for_recipient())


def waits_for_recipient() -> sa.ColumnElement[bool]:
    """Open dispositions that their recipient finds by themselves, not by the desk of a case."""
    to_read = sa.and_(Disposition.duty == Duty.INFORMATION, Disposition.case_id.is_(None))
    reports = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_(None))
    return sa.or_(reports, to_read)


def waiting_on(person: Person, office: Office, now: datetime) -> list[Disposition]:
    """What was given from this person's desks and wants him: reports to close, and what is late.

    One statement.
    """
    reported = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_not(None))
    late = sa.and_(
        Disposition.duty != Duty.INFORMATION,
        Disposition.reported_at.is_(None),
        Disposition.deadline_on <= last_day_over(office, now),
    )
    mine = Disposition.from_post_id.in_(person.desk_post_ids)
    return _found(person, mine, sa.or_(reported, late))


def last_day_over(office: Office, now: datetime) -> date:
    """The last day whose deadline is over: the office has closed on it, or on the day after."""
    calendar = calendar_of(office)
    day = calendar.day_of(now)
    for _ in range(LONGEST_CLOSURE):
        if calendar.closing(day) < now:
            break
        day -= timedelta(days=1)
    return day


def _found(person: Person, *rules: sa.ColumnElement[bool]) -> list[Disposition]:
    """Open dispositions in sight with what a row shows, by deadline; without one they are last."""
    shown = (
        Disposition.case,
        Disposition.incoming_letter,
        Disposition.from_post,
        Disposition.to_post,
    )
    query = (
        sa.select(Disposition)
        .where(Disposition.ended_at.is_(None), *rules, scope(person, Disposition))
        .options(*(joinedload(one) for one in shown))
        .order_by(Disposition.deadline_on.is_(None), Disposition.deadline_on, Disposition.id)
        .limit(MOST_ROWS)
    )
    return list(db.session.scalars(query))
