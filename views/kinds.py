"""What many parts of a page ask about an office: its SOPs and roles, read once a request."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import g
from sqlalchemy import Integer, and_, bindparam, func, or_, select, union_all

from backoffice import access
from backoffice.actor import Actor, Person
from backoffice.once import once
from backoffice.roles import roles_of as roles_of
from backoffice.sight import not_of
from backoffice.workflow.laid import lies_before, waits_for_recipient
from backoffice.workflow.naming import role_keys
from backoffice.workflow.opening import roles_of_first
from backoffice.workflow.versions import (
    newest_query,
    newest_versions,
    procedure_of,
    tell_newest,
)
from models import (
    Assignment,
    Case,
    Disposition,
    Duty,
    IncomingLetter,
    ProcedureVersion,
    Status,
    db,
)

MOST_COUNTED = 1000


def newest(person: Person) -> list[ProcedureVersion]:
    """The newest published version of every SOP of the person's office."""
    if person.office_id is None:
        return []
    if not _menu_was_read(person.user_id):
        _read_menu(person, person.office_id)
    return newest_versions(person.office_id)


@once(Assignment, Case, Disposition, IncomingLetter, ProcedureVersion)
def _menu_was_read(user_id: int) -> bool:
    return False


def _read_menu(person: Person, office_id: int) -> None:
    """What every page's menu asks, in one statement: SOPs, waiting work, whether any ever came."""
    posts = person.desk_post_ids | person.beneath_post_ids
    given = {"desks": person.desk_post_ids, "posts": posts}
    asked = {"office": office_id, "user": person.user_id, **given}
    rows = db.session.execute(_menu_query(), asked).all()
    tell_newest(office_id, [version for version, *_rest in rows])
    for _version, waiting, laid, before, unread, had in rows[:1]:
        waiting_count.tell(waiting, person.desk_post_ids, person.user_id)
        laid_count.tell(laid, person.desk_post_ids, person.user_id)
        before_count.tell(before, person.desk_post_ids)
        unread_letters.tell(unread, person.desk_post_ids)
        _had_any.tell(had, posts)
    _menu_was_read.tell(True, person.user_id)


@cache
def _menu_query() -> Any:
    """That statement, put together once: for every person it is the same, and long."""
    office, user = bindparam("office", type_=Integer), bindparam("user", type_=Integer)
    desks, posts = (bindparam(key, type_=Integer, expanding=True) for key in ("desks", "posts"))
    return newest_query(office).add_columns(
        waiting_query(desks, user).scalar_subquery(),
        laid_query(desks, user).scalar_subquery(),
        before_query(desks).scalar_subquery(),
        unread_query(desks).scalar_subquery(),
        select(Assignment.id).where(Assignment.post_id.in_(posts)).exists(),
    )


def waiting_query(post_ids: Any, user_id: Any) -> Any:
    """How many cases wait on the desks of these posts, but not for somebody outside.

    Those whose terlapor the user is are not counted for him, and what was laid there for a report
    is counted by `laid_query`.
    """
    work = (
        select(Assignment.id)
        .join(Case)
        .where(
            Assignment.post_id.in_(post_ids),
            Assignment.left_at.is_(None),
            Assignment.duty != Duty.REPORT,
            Case.status != Status.WAITING,
            not_of(user_id),
        )
        .limit(MOST_COUNTED)
    )
    return select(func.count()).select_from(work.subquery())


@once(Assignment, Case)
def waiting_count(post_ids: frozenset[int], user_id: int) -> int:
    """The figure beside Kotak kerja."""
    return db.session.scalar(waiting_query(post_ids, user_id)) or 0


def laid_query(post_ids: Any, user_id: Any) -> Any:
    """How many dispositions wait for these posts: to be reported or read, or closed by them."""
    mine = and_(Disposition.to_post_id.in_(post_ids), waits_for_recipient())
    reported = and_(
        Disposition.from_post_id.in_(post_ids),
        Disposition.reported_at.is_not(None),
        Disposition.duty == Duty.REPORT,
    )
    parts = [
        select(Disposition.id)
        .outerjoin(Case, Case.id == Disposition.case_id)
        .where(one, Disposition.ended_at.is_(None))
        .where(or_(Disposition.case_id.is_(None), not_of(user_id)))
        .limit(MOST_COUNTED)
        for one in (mine, reported)
    ]
    both = union_all(*(select(one.subquery()) for one in parts)).subquery()
    return select(func.count()).select_from(both)


@once(Disposition, Case)
def laid_count(post_ids: frozenset[int], user_id: int) -> int:
    """The part of dispositions in the figure beside Kotak kerja."""
    return db.session.scalar(laid_query(post_ids, user_id)) or 0


def before_query(post_ids: Any) -> Any:
    """How many letters lie before these posts of which nothing became yet."""
    waiting = select(IncomingLetter.id).where(lies_before(post_ids)).limit(MOST_COUNTED)
    return select(func.count()).select_from(waiting.subquery())


@once(IncomingLetter, Disposition)
def before_count(post_ids: frozenset[int]) -> int:
    """The part of incoming letters in the figure beside Kotak kerja."""
    return db.session.scalar(before_query(post_ids)) or 0


def unread_query(post_ids: Any) -> Any:
    """How many letters lie before these posts that nobody there has opened."""
    unread = (
        select(IncomingLetter.id)
        .where(
            IncomingLetter.for_post_id.in_(post_ids),
            IncomingLetter.read_at.is_(None),
            IncomingLetter.case_id.is_(None),
            IncomingLetter.closed_at.is_(None),
        )
        .limit(MOST_COUNTED)
    )
    return select(func.count()).select_from(unread.subquery())


@once(IncomingLetter)
def unread_letters(post_ids: frozenset[int]) -> int:
    """The figure beside Surat masuk."""
    return db.session.scalar(unread_query(post_ids)) or 0


@once(Assignment)
def _had_any(post_ids: frozenset[int]) -> bool:
    """Whether a case ever came to one of these posts."""
    had = select(Assignment.id).where(Assignment.post_id.in_(post_ids)).limit(1)
    return db.session.scalar(had) is not None


def office_kinds(person: Person) -> frozenset[str]:
    """The kinds of cases the office has SOPs for: the menu shows no others."""
    return frozenset(version.kind for version in newest(person))


def meets_cases(person: Person) -> bool:
    """Whether a case ever came or may come before this person; the menu shows others no lists."""
    if "meets_cases" not in g:
        g.meets_cases = bool(person.actors) and _meets_cases(person)
    found: bool = g.meets_cases
    return found


def _meets_cases(person: Person) -> bool:
    if person.office_id is None:
        return False
    if person.capabilities & {*access.SEES_ALL, "keep_register"}:
        return True
    posts = person.desk_post_ids | person.beneath_post_ids
    held = roles_of(person.office_id).of_post
    mine = {key for post_id in posts for key in held.get(post_id, ())}
    if any(mine & role_keys(procedure_of(version)) for version in newest(person)):
        return True
    return _had_any(posts)


def openable_by(person: Person) -> list[tuple[ProcedureVersion, Actor]]:
    """The SOPs this person may open a case of, each with the actor that may."""
    if person.office_id is None:
        return []
    roles = roles_of(person.office_id).of_post
    found = []
    for version in newest(person):
        first = roles_of_first(procedure_of(version))
        may = (one for one in person.actors if roles.get(one.duty_post.id, frozenset()) & first)
        actor = next(may, None)
        if actor is not None:
            found.append((version, actor))
    return found
