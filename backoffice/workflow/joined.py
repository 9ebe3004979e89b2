"""Which cases are a part of which: asked wherever one of them comes to its end."""

from __future__ import annotations

from sqlalchemy import select

from backoffice.errors import HoldsJoined
from models import Case, db


def joined_to(case_id: int) -> list[int]:
    """The ids of the cases that were joined to this one."""
    query = select(Case.id).where(Case.joined_to_id == case_id).order_by(Case.id)
    return list(db.session.scalars(query))


def refuse_while_holding(case: Case) -> None:
    """HoldsJoined where other cases are a part of this one: they would go down with it."""
    if joined_to(case.id):
        raise HoldsJoined
