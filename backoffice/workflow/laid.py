"""What of all dispositions stands on somebody's desk: to report or read, and what comes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice.access import scope
from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.clock import Calendar
from models import Disposition, Duty, IncomingLetter, Office, db

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
    calendar = calendar_of(office)
    reported = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_not(None))
    late = sa.and_(
        Disposition.duty != Duty.INFORMATION,
        Disposition.reported_at.is_(None),
        Disposition.deadline_on <= calendar.day_of(now),
    )
    mine = Disposition.from_post_id.in_(person.desk_post_ids)
    rows = _found(person, mine, sa.or_(reported, late))
    return [one for one in rows if one.reported_at is not None or is_late(one, calendar, now)]


def letters_before(person: Person) -> list[IncomingLetter]:
    """Letters laid before this person's posts of which nothing became yet, the oldest first.

    Whether they were opened makes no difference: what is read is not done. One statement.
    """
    query = (
        sa.select(IncomingLetter)
        .where(
            IncomingLetter.office_id == person.office_id,
            lies_before(person.desk_post_ids),
            scope(person, IncomingLetter),
        )
        .order_by(IncomingLetter.id)
        .limit(MOST_ROWS)
    )
    return list(db.session.scalars(query))


def lies_before(post_ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Letters laid before one of these posts that are in no case, not filed and not disposed of."""
    live = sa.exists().where(
        Disposition.incoming_letter_id == IncomingLetter.id,
        Disposition.recalled_at.is_(None),
    )
    return sa.and_(
        IncomingLetter.closed_at.is_(None),
        IncomingLetter.case_id.is_(None),
        IncomingLetter.for_post_id.in_(post_ids),
        ~live,
    )


def is_late(row: Disposition, calendar: Calendar, now: datetime) -> bool:
    """Whether its day is over and nothing was reported; a day off ends with the next one."""
    waits = row.ended_at is None and row.reported_at is None and row.duty != Duty.INFORMATION
    return waits and row.deadline_on is not None and calendar.closing(row.deadline_on) < now


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
