"""Which kinds of cases an office has SOPs for: the menu shows no others."""

from __future__ import annotations

from flask import g
from sqlalchemy import select

from backoffice.actor import Person
from models import ProcedureVersion, VersionState, db


def office_kinds(person: Person) -> frozenset[str]:
    """The kinds of the published SOPs of the person's office; asked once a request."""
    if "office_kinds" not in g:
        query = select(ProcedureVersion.kind).distinct()
        found = query.where(
            ProcedureVersion.office_id == person.office_id,
            ProcedureVersion.state == VersionState.PUBLISHED,
        )
        g.office_kinds = frozenset(db.session.scalars(found))
    kinds: frozenset[str] = g.office_kinds
    return kinds
