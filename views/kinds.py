"""What many parts of a page ask about an office: its SOPs and roles, read once a request."""

from __future__ import annotations

from flask import g
from sqlalchemy import select

from backoffice import access
from backoffice.actor import Actor, Person
from backoffice.roles import roles_of as roles_of
from backoffice.workflow.naming import role_keys
from backoffice.workflow.opening import roles_of_first
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Assignment, ProcedureVersion, db


def newest(person: Person) -> list[ProcedureVersion]:
    """The newest published version of every SOP of the person's office."""
    if person.office_id is None:
        return []
    return newest_versions(person.office_id)


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
    had = select(Assignment.id).where(Assignment.post_id.in_(posts)).limit(1)
    return db.session.scalar(had) is not None


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
