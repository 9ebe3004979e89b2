"""Konflik kepentingan: whose desks a case keeps away from, because their holder is its terlapor.

A post is barred where the terlapor alone has its work: now, or at any later moment of which the
holdings already tell. What would lie there goes to the nearest superior that is not barred, and
past the head to the post outside that takes escalations. A post that others hold too keeps its
desk; only he does not see the case (`backoffice.sight`). How it is decided who is terlapor is
`accused`; desks that are open already are laid anew by `rerouting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from backoffice.actor import Actor, Staffing, staffing
from backoffice.errors import Refusal
from backoffice.once import once
from models import Case, Holding, Leave, Post, User, db


class NobodyLeft(Refusal):
    """Nobody above the post may have the case; `values["post"]` names the post."""

    code = "nobody_left"


def is_terlapor(case: Case, actor: Actor) -> bool:
    """Whether whoever acts is the one against whom the case is."""
    return case.reported_user_id is not None and case.reported_user_id == actor.user.id


def barred(case: Case, post: Post, at: datetime) -> bool:
    """Whether the case must not lie on the desk of this post."""
    return post.id in barred_ids(case, at)


def barred_ids(case: Case, at: datetime) -> frozenset[int]:
    """The posts of the office on whose desks the case must not lie; none without a terlapor."""
    if case.reported_user_id is None:
        return frozenset()
    return _alone(case.office_id, case.reported_user_id, at)


def desk_for(case: Case, post: Post, at: datetime) -> Post:
    """The post itself, or who has the case in its place. NobodyLeft where nobody may."""
    bars = barred_ids(case, at)
    if post.id not in bars:
        return post
    staff = staffing(case.office_id, at)
    for one in _instead(staff, post):
        if one.id not in bars and not staff.is_vacant(one) and hands(staff, one):
            return one
    raise NobodyLeft(post=post.title)


def _instead(staff: Staffing, post: Post) -> Iterator[Post]:
    """The superiors, the nearest first, then the post outside."""
    yield from staff.superiors(post)
    yield from (one for one in staff.posts.values() if one.takes_escalations)


def hands(staff: Staffing, post: Post) -> frozenset[int]:
    """The ids of the users who have the work of a post in their hands.

    Its holders; of a vacant post those of its superior; for a head who decides on paper and has
    no account, those of the post that records it.
    """
    desk = staff.desk(post.id)
    if desk is None:
        return frozenset()
    if desk.id not in staff.held and desk.recorded_by_id is not None:
        desk = staff.desk(desk.recorded_by_id) or desk
    return frozenset(one.user_id for one in staff.holdings.get(desk.id, ()))


@once(Post, Holding, User, Leave)
def _alone(office_id: int, user_id: int, at: datetime) -> frozenset[int]:
    """The posts whose work this user has alone, at that moment or later."""
    found: set[int] = set()
    for moment in (at, *_changes(office_id, at)):
        staff = staffing(office_id, moment)
        found.update(one.id for one in staff.posts.values() if hands(staff, one) == {user_id})
    return frozenset(found)


def _changes(office_id: int, at: datetime) -> list[datetime]:
    """The moments after `at` at which somebody of the office takes up or leaves a post."""
    parts = []
    for model in (Holding, Leave):
        for column in (model.from_at, model.until_at):
            query = sa.select(column.label("moment")).where(
                column > at, Post.office_id == office_id
            )
            query = query.join(Leave.holding) if model is Leave else query
            parts.append(query.join(Holding.post))
    found = sa.union(*parts).subquery()
    return list(db.session.scalars(sa.select(found.c.moment).order_by(found.c.moment)))
