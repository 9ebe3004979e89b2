"""Who acts, as which post: holdings of a moment, vacant posts, heads who decide on paper.

Who is on leave holds his post without acting as it: its duties rest with him.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from backoffice.once import once
from backoffice.periods import lasts
from models import Holding, HoldingKind, Leave, Post, User, db
from models.base import Moment


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: `post` acts, for itself or for the post `for_post` whose duty it is.

    `on_behalf`: the holder of `for_post` decided on paper and `post` records it, with the scan.
    """

    user: User
    post: Post
    holding: Holding | None
    for_post: Post | None = None
    on_behalf: bool = False

    @property
    def duty_post(self) -> Post:
        """The post whose duty is exercised."""
        return self.for_post or self.post

    @property
    def holding_id(self) -> int | None:
        """As what he holds the post; known without reading the holding again."""
        if self.holding is None:
            return None
        key = sa.inspect(self.holding).identity
        return self.holding.id if key is None else int(key[0])


@dataclass(frozen=True, slots=True)
class Staffing:
    """The posts of one office at one moment, and which of them somebody holds."""

    posts: dict[int, Post]
    held: frozenset[int]
    holdings: Mapping[int, tuple[Holding, ...]] = field(default_factory=dict)  # of active people
    resting: tuple[Leave, ...] = ()  # of holders who are away

    def is_vacant(self, post: Post) -> bool:
        """Whether nobody holds it. A head on paper needs no account: his recorder is there."""
        return post.id not in self.held and post.recorded_by_id is None

    def superiors(self, post: Post) -> Iterator[Post]:
        """The posts above, the nearest first; a circle in the data ends the walk."""
        seen = {post.id}
        while post.superior_id in self.posts and post.superior_id not in seen:
            post = self.posts[post.superior_id]
            seen.add(post.id)
            yield post

    def desk(self, post_id: int) -> Post | None:
        """Where the work of a post lies: there, or with the nearest superior that is held."""
        post = self.posts[post_id]
        chain = (post, *self.superiors(post))
        return next((one for one in chain if not self.is_vacant(one)), None)

    def beneath(self, post_ids: Collection[int]) -> list[Post]:
        """The posts that stand anywhere under one of these."""
        return [
            post
            for post in self.posts.values()
            if any(above.id in post_ids for above in self.superiors(post))
        ]


@dataclass(frozen=True, slots=True)
class Person:
    """A user with everything he may act as now, and who stands beneath his posts.

    The ids are plain copies: they stay readable after a commit without asking the database.
    """

    user: User
    actors: tuple[Actor, ...]
    user_id: int
    office_id: int | None
    system_admin: bool
    own_post_ids: frozenset[int]
    post_ids: frozenset[int]  # own, and vacant ones whose work lies with me: my inbox
    recorded_post_ids: frozenset[int]  # of heads for whom I record
    beneath_post_ids: frozenset[int]
    beneath_unit_ids: frozenset[int]
    capabilities: frozenset[str]
    staffing: Staffing
    resting: tuple[Leave, ...] = ()  # my own leaves, for as long as they last

    @property
    def desk_post_ids(self) -> frozenset[int]:
        """Every post whose cases I may meet: mine, vacant ones, those I record for."""
        return self.post_ids | self.recorded_post_ids

    def actors_for(self, post_id: int) -> tuple[Actor, ...]:
        """What I may act as where the duty is this post's."""
        return tuple(one for one in self.actors if one.duty_post.id == post_id)

    def can(self, capability: str) -> bool:
        """Whether one of my own posts has this capability."""
        return capability in self.capabilities


DEFINITIVE_FIRST = (sa.case((Holding.kind == HoldingKind.DEFINITIVE, 0), else_=1), Holding.id)


def holds(at: datetime) -> sa.ColumnElement[bool]:
    """Holdings that hold at that moment; the one with which they end is not theirs any more."""
    return lasts(Holding, at)


def _rests(at: datetime) -> sa.ColumnElement[bool]:
    """Holdings whose holder is away at that moment."""
    away = sa.select(sa.literal(1)).where(Leave.holding_id == Holding.id, lasts(Leave, at))
    return away.correlate(Holding).exists()


def valid(at: datetime) -> sa.ColumnElement[bool]:
    """Holdings of active people who act as the post at that moment (join User)."""
    return sa.and_(holds(at), User.active, ~_rests(at))


@once(Post)
def posts_of(office_id: int) -> dict[int, Post]:
    """The posts of an office with their units, oldest first."""
    query = sa.select(Post).where(Post.office_id == office_id).options(joinedload(Post.unit))
    return {post.id: post for post in db.session.scalars(query.order_by(Post.id))}


@once(Post, Holding, User, Leave)
def staffing(office_id: int, at: datetime) -> Staffing:
    """The posts of an office, and who holds them at that moment: one statement."""
    rows = db.session.execute(_staffing_query(), {"office": office_id, "at": at})
    posts: dict[int, Post] = {}
    held: dict[int, list[Holding]] = {}
    resting: list[Leave] = []
    for post, holding, user, leave in rows:
        posts[post.id] = post
        if user is None:
            continue
        set_committed_value(holding, "user", user)
        if leave is None:
            held.setdefault(post.id, []).append(holding)
        else:
            set_committed_value(leave, "holding", holding)
            resting.append(leave)
    posts_of.tell(posts, office_id)
    found = {key: tuple(one) for key, one in held.items()}
    return Staffing(posts, frozenset(held), found, tuple(resting))


@cache
def _staffing_query() -> sa.Select[Post, Holding, User, Leave]:
    """That statement, put together once: every click of everybody asks it."""
    office: Any = sa.bindparam("office", type_=sa.Integer)
    at: Any = sa.bindparam("at", type_=Moment)
    return (
        sa.select(Post, Holding, User, Leave)
        .outerjoin(Holding, sa.and_(Holding.post_id == Post.id, holds(at)))
        .outerjoin(User, sa.and_(User.id == Holding.user_id, User.active))
        .outerjoin(Leave, sa.and_(Leave.holding_id == Holding.id, lasts(Leave, at)))
        .where(Post.office_id == office)
        .options(joinedload(Post.unit))
        .order_by(Post.id, *DEFINITIVE_FIRST)
    )


def holders(post_ids: Collection[int], at: datetime) -> dict[int, list[User]]:
    """Who holds each of these posts at that moment, the definitive holder first."""
    found: dict[int, list[User]] = {post_id: [] for post_id in post_ids}
    rows = db.session.execute(
        sa.select(Holding.post_id, User)
        .join(User)
        .where(Holding.post_id.in_(found), valid(at))
        .order_by(*DEFINITIVE_FIRST)
    )
    for post_id, user in rows:
        if user not in found[post_id]:
            found[post_id].append(user)
    return found


def still_acts(actor: Actor, at: datetime) -> bool:
    """Whether the holding as which `actor` came is his at that moment, read anew.

    Between the click and the lock somebody else may have ended it, or sent him on leave.
    """
    return actor.holding_id is None or _acts(actor.holding_id, at)


@once(Holding, User, Leave)
def _acts(holding_id: int, at: datetime) -> bool:
    query = sa.select(Holding.id).join(User).where(Holding.id == holding_id, valid(at))
    return db.session.scalar(query) is not None


def person_of(user: User, at: datetime) -> Person:
    """What `user` may act as at that moment: one statement."""
    staff = (
        staffing(user.office_id, at) if user.office_id is not None else Staffing({}, frozenset())
    )
    own = [Actor(user, staff.posts[one.post_id], one) for one in _holdings(user, staff)]
    vacant = list(_vacant_actors(own, staff))
    recorded = list(_recording_actors(own + vacant, staff))
    own_ids = frozenset(one.post.id for one in own)
    beneath = staff.beneath(own_ids)
    return Person(
        user=user,
        actors=(*own, *vacant, *recorded),
        user_id=user.id,
        office_id=user.office_id,
        system_admin=user.system_admin,
        own_post_ids=own_ids,
        post_ids=own_ids | {one.duty_post.id for one in vacant},
        recorded_post_ids=frozenset(one.duty_post.id for one in recorded),
        beneath_post_ids=frozenset(one.id for one in beneath),
        beneath_unit_ids=frozenset(one.unit_id for one in beneath if one.unit_id is not None),
        capabilities=frozenset(name for one in own for name in one.post.capabilities),
        staffing=staff,
        resting=tuple(one for one in staff.resting if one.holding.user_id == user.id),
    )


def _holdings(user: User, staff: Staffing) -> list[Holding]:
    """My holdings of that moment in my own office, one for each post: definitive first."""
    mine = [one for held in staff.holdings.values() for one in held if one.user_id == user.id]
    mine.sort(key=lambda one: (one.kind is not HoldingKind.DEFINITIVE, one.id))
    first: dict[int, Holding] = {}
    for one in mine:
        first.setdefault(one.post_id, one)
    return list(first.values())


def _vacant_actors(own: list[Actor], staff: Staffing) -> Iterator[Actor]:
    """Posts that nobody holds and whose nearest held superior is one of mine."""
    mine = {one.post.id: one for one in own}
    for post in staff.posts.values():
        desk = staff.desk(post.id) if staff.is_vacant(post) else None
        if desk is not None and desk.id in mine:
            me = mine[desk.id]
            yield Actor(me.user, me.post, me.holding, for_post=post)


def _recording_actors(mine: list[Actor], staff: Staffing) -> Iterator[Actor]:
    """Heads who decide on paper and name a post of mine, with the vacant posts they cover."""
    recorder: dict[int, Actor] = {}
    for one in mine:
        recorder.setdefault(one.duty_post.id, one)
    for post in staff.posts.values():
        head = staff.desk(post.id)
        me = recorder.get(head.recorded_by_id) if head and head.recorded_by_id else None
        if me is not None and post.id not in recorder:
            yield Actor(me.user, me.post, me.holding, for_post=post, on_behalf=True)
