"""Which cases somebody sees: the clauses on `cases` of which `backoffice.access` is made.

`case` is `Case` everywhere, but for the case to which another was joined.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from backoffice.actor import Person
from backoffice.once import once
from models import Assignment, Case, ProcedureVersion, db

Clause = sa.ColumnElement[bool]

SEES_ALL = frozenset({"audit", "see_office"})  # every case of the office but confidential ones


class Eyes(NamedTuple):
    """What of a person decides which cases he sees: the same at every click of a day.

    Putting the clauses together takes longer than asking the database, so they are kept.
    """

    user_id: int
    office_id: int | None
    desk_post_ids: frozenset[int]
    beneath_post_ids: frozenset[int]
    beneath_unit_ids: frozenset[int]
    capabilities: frozenset[str]

    @classmethod
    def of(cls, person: Person) -> Eyes:
        """The eyes of a person."""
        return cls(*(getattr(person, name) for name in cls._fields))


def in_office(person: Person | Eyes, model: Any) -> Clause:
    """Rows of the person's own office; nobody without an office has one."""
    if person.office_id is None:
        return sa.false()
    clause: Clause = model.office_id == person.office_id
    return clause


def sees_case(person: Person) -> Clause:
    """Cases that lie open before this person, as a condition on `cases`.

    Whoever sees the case to which one was joined sees that one too, unless it is confidential.
    """
    return _sees_case(Eyes.of(person))


@lru_cache(maxsize=512)
def _sees_case(eyes: Eyes) -> Clause:
    joined = sa.and_(~is_confidential(), _sees_where_it_went(eyes))
    return sa.and_(in_office(eyes, Case), not_reported(eyes), sa.or_(_in_full(eyes, Case), joined))


def _in_full(eyes: Eyes, case: Any) -> Clause:
    """Sight that comes from a desk of the case itself, or from above."""
    return sa.or_(
        had_in_full(eyes.desk_post_ids, case),
        sa.and_(~is_confidential(case), _through_others(eyes, case)),
    )


def _sees_where_it_went(eyes: Eyes) -> Clause:
    """The case was joined to one that this person sees; looked up case by case."""
    kept = aliased(Case)
    found = sa.select(sa.literal(1)).select_from(kept)
    found = found.where(
        kept.id == Case.joined_to_id, not_reported(eyes, kept), _in_full(eyes, kept)
    )
    return found.offset(0).correlate(Case).exists()


def glimpses_case(person: Person) -> Clause:
    """Cases of which this person sees all, or number, step and his own events (`limited`)."""
    return _glimpses_case(Eyes.of(person))


@lru_cache(maxsize=512)
def _glimpses_case(eyes: Eyes) -> Clause:
    had = _has_a_desk(Case, Assignment.post_id.in_(eyes.desk_post_ids))
    return sa.or_(_sees_case(eyes), sa.and_(in_office(eyes, Case), not_reported(eyes), had))


def looks_up_case(person: Person) -> Clause:
    """Cases of which a front desk may tell number, step and date to whoever names the number.

    Only for who may begin an SOP; children's and victims' cases are not even known to be there.
    """
    return sa.and_(in_office(person, Case), not_reported(person), ~is_confidential())


def limited(person: Person, case: Case) -> bool:
    """Whether this person sees of `case` only number, step and the events of his own posts."""
    return not _lies_open(Eyes.of(person), case.id)


@once(Case, Assignment, ProcedureVersion)
def _lies_open(eyes: Eyes, case_id: int) -> bool:
    seen = sa.select(Case.id).where(Case.id == case_id, _sees_case(eyes))
    return db.session.scalar(seen) is not None


def tell_sight(person: Person, case_id: int, *, opens: bool) -> None:
    """Keep for `limited` what another statement has asked already."""
    _lies_open.tell(opens, Eyes.of(person), case_id)


def keeps_sight() -> Clause:
    """Whether an assignment (of an enclosing select) lets its post see the case in full.

    `workflow.sight` says whom a change of unit takes the sight, and a confidential procedure.
    """
    return Assignment.lost.is_(False)


def had_in_full(post_ids: frozenset[int], case: Any = Case) -> Clause:
    """One of these posts has or had the case, and did not lose the sight of it."""
    return _has_a_desk(case, Assignment.post_id.in_(post_ids), keeps_sight())


def _has_a_desk(case: Any, *rules: Clause) -> Clause:
    """The case has an assignment of which this holds; looked up case by case.

    The offset of nothing keeps PostgreSQL from reading everything that the posts ever had.
    """
    desk = sa.select(sa.literal(1)).where(Assignment.case_id == case.id, *rules)
    return desk.select_from(Assignment).offset(0).correlate(case).exists()


def not_reported(person: Person | Eyes, case: Any = Case) -> Clause:
    """The case does not name this person as terlapor."""
    return not_of(person.user_id, case)


def not_of(user_id: int, case: Any = Case) -> Clause:
    """The same of a user."""
    return sa.or_(case.reported_user_id.is_(None), case.reported_user_id != user_id)


def is_confidential(case: Any = Case) -> Clause:
    """The case runs on a confidential procedure."""
    hidden = sa.select(ProcedureVersion.id).where(ProcedureVersion.confidential)
    clause: Clause = case.procedure_version_id.in_(hidden)
    return clause


def _through_others(eyes: Eyes, case: Any) -> Clause:
    """Sight that does not come from an assignment of my own."""
    if eyes.capabilities & SEES_ALL:
        return sa.true()
    beneath = _has_a_desk(
        case, Assignment.post_id.in_(eyes.beneath_post_ids), Assignment.lost.is_(False)
    )
    return sa.or_(beneath, case.unit_id.in_(eyes.beneath_unit_ids))
