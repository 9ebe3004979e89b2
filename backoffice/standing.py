"""What stands of an office beside its posts: four small tables in one statement.

Its holidays, its roles and who has them, its own letter templates that are in use, and in whose
name its posts sign. Whoever needs one of them for a click needs the others a moment later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backoffice.once import forget_with
from backoffice.union import part
from models import (
    Holiday,
    Mandate,
    Post,
    Role,
    TemplateState,
    TemplateVersion,
    db,
    post_roles,
)
from models.base import Moment

STANDING = "standing"  # in Session.info: office id -> Standing


class Borne(NamedTuple):
    """A role and one post that has it; None where no post does."""

    key: str
    title: str
    post_id: int | None


class Template(NamedTuple):
    """A version in use; `names`: what it asks for."""

    id: int
    kind: str
    sha256: str
    names: list[str]


class Named(NamedTuple):
    """A post that signs in the name of another from one moment until before the other."""

    post_id: int
    for_post_id: int
    from_at: datetime
    until_at: datetime | None

    def lasts(self, at: datetime) -> bool:
        """The same as `periods.lasts`."""
        return self.from_at <= at and (self.until_at is None or self.until_at > at)


@dataclass(slots=True)
class Standing:
    """Each in the order in which it was entered."""

    holidays: list[date] = field(default_factory=list)
    roles: list[Borne] = field(default_factory=list)
    templates: list[Template] = field(default_factory=list)
    mandates: list[Named] = field(default_factory=list)


# What the rows have in common, so that one statement can read them: name -> type.
COLUMNS: dict[str, Any] = {
    "word": sa.String,
    "title": sa.String,
    "post_id": sa.Integer,
    "other_id": sa.Integer,
    "day": sa.Date,
    "from_at": Moment,
    "until_at": Moment,
    "data": sa.JSON,
}
OFFICE: sa.BindParameter[int] = sa.bindparam("office")


def _part(what: str, key: Any, *rules: Any, **columns: Any) -> sa.Select[Any]:
    """The rows of one table in the common columns."""
    return part(what, COLUMNS, key.label("id"), **columns).where(*rules)


QUERY = sa.union_all(  # built once: putting it together takes longer than asking
    _part("holiday", Holiday.id, Holiday.office_id == OFFICE, day=Holiday.day),
    _part(
        "role",
        Role.id,
        Role.office_id == OFFICE,
        word=Role.key,
        title=Role.title,
        post_id=post_roles.c.post_id,
    ).outerjoin_from(Role, post_roles, post_roles.c.role_id == Role.id),
    _part(
        "template",
        TemplateVersion.id,
        TemplateVersion.office_id == OFFICE,
        TemplateVersion.state == TemplateState.ACTIVE,
        word=TemplateVersion.kind,
        title=TemplateVersion.sha256,
        data=TemplateVersion.names,
    ),
    _part(
        "mandate",
        Mandate.id,
        Post.office_id == OFFICE,
        post_id=Mandate.post_id,
        other_id=Mandate.for_post_id,
        from_at=Mandate.from_at,
        until_at=Mandate.until_at,
    ).join_from(Mandate, Post, Post.id == Mandate.post_id),
)


def standing_of(office_id: int, session: Session | None = None) -> Standing:
    """What stands of an office; read once in a transaction, and again after a change."""
    session = session if session is not None else db.session()
    known: dict[int, Standing] = session.info.get(STANDING, {})
    if office_id not in known:
        found = _read(session, office_id)
        # Reading may have written what was waiting, and so have emptied what was kept.
        session.info.setdefault(STANDING, {})[office_id] = found
        return found
    return known[office_id]


def _read(session: Session, office_id: int) -> Standing:
    found = Standing()
    rows = session.execute(QUERY, {"office": office_id}).all()
    for row in sorted(rows, key=lambda one: one.id):
        name, make = ROWS[row.what]
        getattr(found, name).append(make(row))
    return found


# What a row is -> where it is kept, and how it is made.
ROWS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "holiday": ("holidays", lambda row: row.day),
    "role": ("roles", lambda row: Borne(row.word, row.title, row.post_id)),
    "template": ("templates", lambda row: Template(row.id, row.word, row.title, row.data)),
    "mandate": (
        "mandates",
        lambda row: Named(row.post_id, row.other_id, row.from_at, row.until_at),
    ),
}

forget_with(STANDING, Holiday, Role, Post, TemplateVersion, Mandate)
