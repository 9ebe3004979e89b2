"""What of all dispositions stands on somebody's desk: to report or read, and what comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from backoffice.access import scope
from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.clock import Calendar
from models import Disposition, Duty, IncomingLetter, Office, db

MOST_ROWS = 100


class OnDesks(NamedTuple):
    """What lies on somebody's desks, and what was given from them and wants him again."""

    to_me: list[Disposition]
    from_me: list[Disposition]


def on_desks(person: Person, office: Office, now: datetime) -> OnDesks:
    """Reports to give and letters to read; reports to close and what is late; the first due first.

    Cases for an opinion or for information stand in the inbox by their desks. One statement.
    """
    calendar = calendar_of(office)
    mine = Disposition.to_post_id.in_(person.desk_post_ids), waits_for_recipient()
    given = Disposition.from_post_id.in_(person.desk_post_ids), _comes_back(calendar, now)
    found = OnDesks([], [])
    for back, row in _found(person, mine, given):
        if not back:
            found.to_me.append(row)
        elif row.reported_at is not None or is_late(row, calendar, now):
            found.from_me.append(row)
    return found


def waits_for_recipient() -> sa.ColumnElement[bool]:
    """Open dispositions that their recipient finds by themselves, not by the desk of a case."""
    to_read = sa.and_(Disposition.duty == Duty.INFORMATION, Disposition.case_id.is_(None))
    reports = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_(None))
    return sa.or_(reports, to_read)


def _comes_back(calendar: Calendar, now: datetime) -> sa.ColumnElement[bool]:
    """What its giver finds again: it was reported, or its day has come."""
    reported = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_not(None))
    late = sa.and_(
        Disposition.duty != Duty.INFORMATION,
        Disposition.reported_at.is_(None),
        Disposition.deadline_on <= calendar.day_of(now),
    )
    return sa.or_(reported, late)


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
    live = (
        sa.select(sa.literal(1))
        .where(
            Disposition.incoming_letter_id == IncomingLetter.id,
            Disposition.recalled_at.is_(None),
        )
        .offset(0)  # keeps PostgreSQL from reading every disposition of the archive
        .correlate(IncomingLetter)
        .exists()
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


def _by_deadline(row: Any) -> Iterator[Any]:
    """The first due first; what has no deadline is last."""
    yield from (row.deadline_on.is_(None), row.deadline_on, row.id)


def _found(
    person: Person, *groups: Sequence[sa.ColumnElement[bool]]
) -> Iterator[tuple[int, Disposition]]:
    """Open dispositions in sight of each group, with its number and what a row of them shows."""
    parts = (
        sa.select(sa.literal_column(str(n)).label("n"), Disposition)
        .where(Disposition.ended_at.is_(None), *rules, scope(person, Disposition))
        .order_by(*_by_deadline(Disposition))
        .limit(MOST_ROWS)
        .subquery()
        for n, rules in enumerate(groups)
    )
    both = sa.union_all(*(sa.select(one) for one in parts)).subquery()
    row = aliased(Disposition, both)
    shown = row.case, row.incoming_letter, row.from_post, row.to_post
    query = sa.select(both.c.n, row).options(*(joinedload(one) for one in shown))
    yield from db.session.execute(query.order_by(*_by_deadline(row)))
