"""Who sees the office itself: its structure, people, posts by date, SOPs and templates.

These are the clauses of which `backoffice.access` is made, as conditions on their tables.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from backoffice.actor import Person
from backoffice.sight import Clause, in_office
from models import (
    Holding,
    Leave,
    Mandate,
    Office,
    Post,
    ProcedureVersion,
    TemplateVersion,
    User,
    VersionState,
)

KEEPS_TEMPLATES = "manage_templates"


def sees_office(person: Person) -> Clause:
    """The own office; every one of them for the system administrator."""
    if person.system_admin:
        return sa.true()
    return Office.id == person.office_id if person.office_id is not None else sa.false()


def sees_structure(model: Any) -> Callable[[Person], Clause]:
    """The office's own structure is no secret among its staff: forms and filters name it."""

    def rule(person: Person) -> Clause:
        return in_office(person, model)

    return rule


def sees_users(person: Person) -> Clause:
    """The office's people, for who manages it; never the system administrator's account."""
    if not person.can("manage_office"):
        return sa.false()
    return sa.and_(in_office(person, User), User.system_admin.is_(False))


def sees_holdings(person: Person) -> Clause:
    """Who holds which post from when to when, for who manages the office."""
    if not person.can("manage_office"):
        return sa.false()
    return Holding.post_id.in_(sa.select(Post.id).where(in_office(person, Post)))


def sees_leaves(person: Person) -> Clause:
    """Leaves of the same holdings."""
    return Leave.holding_id.in_(sa.select(Holding.id).where(sees_holdings(person)))


def sees_mandates(person: Person) -> Clause:
    """In whose name the posts of the office sign, for who manages it."""
    if not person.can("manage_office"):
        return sa.false()
    return Mandate.post_id.in_(sa.select(Post.id).where(in_office(person, Post)))


def sees_procedures(person: Person) -> Clause:
    """What is published is for the whole office; drafts are for who keeps the SOPs."""
    if person.can("manage_sop"):
        return in_office(person, ProcedureVersion)
    return sa.and_(
        in_office(person, ProcedureVersion), ProcedureVersion.state == VersionState.PUBLISHED
    )


def sees_templates(person: Person) -> Clause:
    """The office's own templates, for who keeps them."""
    return in_office(person, TemplateVersion) if person.can(KEEPS_TEMPLATES) else sa.false()
