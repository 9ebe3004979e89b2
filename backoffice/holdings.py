"""Naming who holds a post, sending a holder on leave with a substitute, and calling him back.

Rights follow the rows and the moment (`backoffice.actor`): no job runs when a period begins or
ends. What is refused here would make a name stand twice at one desk, or leave it to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from backoffice.errors import Incomplete
from backoffice.periods import overlaps
from models import CaseEvent, Holding, HoldingKind, Leave, Post, User, db


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who holds the post as Plh while its holder is away, and by which letter."""

    user: User
    letter_number: str = ""
    letter_on: date | None = None


def refuse_twice(holding: Holding, field: str = "user") -> None:
    """Nobody holds the same post twice at a time. Raises Incomplete at `field`."""
    with db.session.no_autoflush:
        same = sa.select(Holding.id).where(
            Holding.id != (holding.id or 0),
            Holding.post_id == holding.post.id,
            Holding.user_id == holding.user.id,
            overlaps(Holding, holding.from_at, holding.until_at),
        )
        if db.session.scalar(same.limit(1)) is not None:
            raise Incomplete({field: "holds_already"})


def definitive_elsewhere(holding: Holding) -> list[Post]:
    """Other posts that the same person holds as definitif meanwhile: seldom meant."""
    if holding.kind is not HoldingKind.DEFINITIVE:
        return []
    query = sa.select(Post).join(Holding, Holding.post_id == Post.id)
    query = query.where(
        Holding.user_id == holding.user_id,
        Holding.post_id != holding.post_id,
        Holding.kind == HoldingKind.DEFINITIVE,
        overlaps(Holding, holding.from_at, holding.until_at),
    )
    return list(db.session.scalars(query.order_by(Post.id)))


def refuse_rewriting(holding: Holding) -> None:
    """What somebody has done as this holder stays his: another person or post is another row.

    Raises Incomplete at the first of the fields that were changed.
    """
    state = sa.inspect(holding)
    changed = [name for name in ("post", "user", "kind") if state.attrs[name].history.deleted]
    if not changed or holding.id is None:
        return
    with db.session.no_autoflush:
        acted = sa.select(CaseEvent.id).where(CaseEvent.holding_id == holding.id)
        if db.session.scalar(acted.limit(1)) is not None:
            raise Incomplete({changed[0]: "holding_acted"})


def refuse_leave(leave: Leave) -> None:
    """A leave lies within the holding, and beside no other one. Raises Incomplete."""
    held = leave.holding
    if leave.from_at < held.from_at or (held.until_at or leave.until_at) < leave.until_at:
        raise Incomplete({"from_on": "leave_outside"})
    with db.session.no_autoflush:
        same = sa.select(Leave.id).where(
            Leave.id != (leave.id or 0),
            Leave.holding_id == held.id,
            overlaps(Leave, leave.from_at, leave.until_at),
        )
        if db.session.scalar(same.limit(1)) is not None:
            raise Incomplete({"from_on": "leave_twice"})


def substitute(leave: Leave, wanted: Substitute | None, now: datetime) -> None:
    """Let `wanted` hold the post as Plh for as long as the leave lasts; nobody: it is vacant.

    Whoever was named before and has begun is held to have done so until now.
    """
    named = leave.substitute
    if named is not None and (wanted is None or wanted.user.id != named.user_id):
        _release(leave, named, now)
        named = None
    if wanted is None:
        return
    if wanted.user.id == leave.holding.user_id:
        raise Incomplete({"substitute_user": "substitute_self"})
    if named is None:
        named = Holding(
            post=leave.holding.post,
            user=wanted.user,
            kind=HoldingKind.PLH,
            from_at=leave.from_at if leave.id is None else max(leave.from_at, now),
        )
        db.session.add(named)
        leave.substitute = named
    elif named.from_at > now:
        named.from_at = leave.from_at
    named.until_at = leave.until_at
    named.letter_number, named.letter_on = wanted.letter_number, wanted.letter_on
    refuse_twice(named, "substitute_user")


def _release(leave: Leave, named: Holding, now: datetime) -> None:
    """Who was named before goes without a trace, or holds the post no longer."""
    leave.substitute = None
    if named.from_at >= now:
        db.session.flush()
        db.session.delete(named)
    elif named.until_at is None or named.until_at > now:
        named.until_at = now


def end_leave(leave: Leave, now: datetime) -> None:
    """The holder is back: from now on he acts as the post again, and the Plh does not.

    The leave has begun and lasts at `now`. The caller commits.
    """
    leave.until_at = now
    named = leave.substitute
    if named is not None and named.from_at < now:
        named.until_at = now
    elif named is not None:
        _release(leave, named, now)
