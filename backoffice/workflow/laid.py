"""Where dispositions lie: the tree of a case or a letter, and what waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice.access import scope
from backoffice.actor import Person, holders
from backoffice.calendars import calendar_of
from backoffice.workflow.sheets import Of, its_rows
from models import Case, Disposition, DispositionState, Duty, IncomingLetter, Office, User, db

LONGEST_CLOSURE = 60  # days in a row on which an office does not work: more is a fault in the data


@dataclass(frozen=True, slots=True)
class Node:
    """One disposition of a tree: how far it is since when, and whose desk that is now."""

    row: Disposition
    state: DispositionState
    since: datetime
    late: bool
    who: tuple[User, ...]  # who holds the receiving post now, the definitive holder first
    children: tuple[Node, ...]


def tree(of: Of, now: datetime) -> tuple[Node, ...]:
    """The dispositions of a case or an incoming letter, oldest first, in two statements."""
    rows = _rows(of)
    who = holders({row.to_post_id for row in rows}, now) if rows else {}
    beneath: dict[int | None, list[Node]] = {}
    for row in reversed(rows):  # a child is younger than what it passes on
        node = Node(
            row=row,
            state=row.state,
            since=since(row),
            late=is_late(row, of.office, now),
            who=tuple(who[row.to_post_id]),
            children=tuple(reversed(beneath.pop(row.id, []))),
        )
        beneath.setdefault(row.parent_id, []).append(node)
    return tuple(reversed(beneath.get(None, [])))


def _rows(of: Of) -> Sequence[Disposition]:
    people = (Disposition.from_post, Disposition.to_post, Disposition.user, Disposition.report_user)
    query = sa.select(Disposition).where(its_rows(of)).order_by(Disposition.id)
    return db.session.scalars(query.options(*(joinedload(one) for one in people))).all()


def since(row: Disposition) -> datetime:
    """Since when it stands as it does."""
    known = (row.ended_at, row.reported_at, row.begun_at, row.read_at)
    return next((one for one in known if one is not None), row.given_at)


def is_late(row: Disposition, office: Office, now: datetime) -> bool:
    """Whether it is not reported although the office has closed on its last day."""
    if row.deadline_on is None or row.duty == Duty.INFORMATION:
        return False
    open_still = row.ended_at is None and row.reported_at is None
    return open_still and now > calendar_of(office).closing(row.deadline_on)


# -- whose desk ------------------------------------------------------------------------------


def open_for(person: Person) -> list[Disposition]:
    """What lies on this person's desks: reports to give, and letters to read; the first due first.

    Cases for an opinion or for information stand in the inbox by their desks. One statement.
    """
    to_read = sa.and_(Disposition.duty == Duty.INFORMATION, Disposition.case_id.is_(None))
    reports = sa.and_(Disposition.duty == Duty.REPORT, Disposition.reported_at.is_(None))
    mine = Disposition.to_post_id.in_(person.desk_post_ids)
    return _found(person, mine, sa.or_(reports, to_read))


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
    own: dict[Any, Any] = {
        Disposition.case: (joinedload(Case.office), joinedload(Case.procedure_version)),
        Disposition.incoming_letter: (joinedload(IncomingLetter.office),),
    }
    query = (
        sa.select(Disposition)
        .where(Disposition.ended_at.is_(None), *rules, scope(person, Disposition))
        .order_by(Disposition.deadline_on.is_(None), Disposition.deadline_on, Disposition.id)
        .options(*(joinedload(one).options(*more) for one, more in own.items()))
        .options(joinedload(Disposition.from_post), joinedload(Disposition.to_post))
    )
    return list(db.session.scalars(query))
