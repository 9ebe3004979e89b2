"""Susunan kantor: units and posts as the office's bagan, who holds them, and what lies there.

Every member of staff sees the posts and their holders. What lies on a desk is counted for the
reader's own posts, those beneath them, and by whoever sees the whole office; of what he may not
see nothing is counted anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from backoffice.access import counts_desks, sees_case
from backoffice.actor import Person, Staffing, valid
from models import Assignment, Case, Duty, Holding, HoldingKind, Leave, Post, Unit, User, db


class Holder(NamedTuple):
    """Somebody who holds a post now."""

    name: str
    kind: HoldingKind


class Load(NamedTuple):
    """Cases on a desk for which its post is responsible."""

    open: int
    late: int


NOTHING = Load(0, 0)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post, with the posts of the same unit that stand beneath it.

    `load` is None where it is none of the reader's business. A vacant post has no holder:
    `stand_in` has its work, unless nobody has. `away`: why which holders do not act as it.
    `recorder` writes for a head who decides on paper.
    """

    post: Post
    holders: tuple[Holder, ...]
    away: tuple[Leave, ...]
    stand_in: Post | None
    recorder: Post | None
    load: Load | None
    mine: bool
    beneath: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with its posts and the units within; without a unit the top of the office."""

    unit: Unit | None
    seats: tuple[Seat, ...]
    branches: tuple[Branch, ...]

    def walk(self) -> Iterator[Seat]:
        """Every seat of the branch."""
        yield from seats_of(self.seats)
        for one in self.branches:
            yield from one.walk()

    @property
    def size(self) -> int:
        """How many posts."""
        return sum(1 for _ in self.walk())

    @property
    def vacant(self) -> int:
        """How many of them nobody holds."""
        return sum(1 for one in self.walk() if not one.holders and one.recorder is None)

    @property
    def load(self) -> Load | None:
        """What lies there in all, as far as the reader may know."""
        known = [one.load for one in self.walk() if one.load is not None]
        return Load(sum(n for n, _ in known), sum(n for _, n in known)) if known else None

    @property
    def is_mine(self) -> bool:
        """Whether a post of the reader is in it."""
        return any(one.mine for one in self.walk())


def seats_of(seats: Iterable[Seat]) -> Iterator[Seat]:
    """Seats with those beneath them."""
    for one in seats:
        yield one
        yield from seats_of(one.beneath)


def office_tree(person: Person, now: datetime) -> Branch:
    """The office of this person: three statements beside what is known of him."""
    units = db.session.scalars(
        sa.select(Unit).where(Unit.office_id == person.office_id).order_by(Unit.id)
    ).all()
    makes = SeatMaker(person, holders_of(person, now), loads(person, now), counts_desks(person))
    return grown(sorted(person.staffing.posts.values(), key=lambda one: one.id), units, makes)


def holders_of(person: Person, now: datetime) -> dict[int, tuple[Holder, ...]]:
    """Who holds each post of the office now: definitive first; a name stands once."""
    definitive = sa.case((Holding.kind == HoldingKind.DEFINITIVE, 0), else_=1)
    rows = db.session.execute(
        sa.select(Holding.post_id, User.name, Holding.kind)
        .join(User)
        .join(Post, Post.id == Holding.post_id)
        .where(Post.office_id == person.office_id, valid(now))
        .order_by(definitive, Holding.id)
    )
    found: dict[int, dict[str, Holder]] = {}
    for post_id, name, kind in rows:
        found.setdefault(post_id, {}).setdefault(name, Holder(name, kind))
    return {post_id: tuple(held.values()) for post_id, held in found.items()}


def loads(person: Person, now: datetime) -> dict[int, Load]:
    """What lies on each desk within reach, counted in one statement."""
    late = sa.case((Assignment.due_at < now, Assignment.case_id))
    counted = (
        sa.func.count(Assignment.case_id.distinct()),
        sa.func.count(late.distinct()),
    )
    query = (
        sa.select(Assignment.post_id, *counted)
        .join(Case, Case.id == Assignment.case_id)
        .where(*lying_at(sorted(counts_desks(person))), sees_case(person))
        .group_by(Assignment.post_id)
    )
    return {post_id: Load(n, late) for post_id, n, late in db.session.execute(query)}


def lying_at(post_ids: Sequence[int]) -> tuple[sa.ColumnElement[bool], ...]:
    """Open desks of these posts that have to deal with the case."""
    return (
        Assignment.post_id.in_(post_ids),
        Assignment.left_at.is_(None),
        Assignment.duty == Duty.RESPONSIBLE,
    )


def cases_at(person: Person, post_id: int, columns: Sequence[Any], limit: int) -> Sequence[Any]:
    """The open cases of a desk that this person sees, by due moment."""
    query = (
        sa.select(*columns)
        .join(Assignment, Assignment.case_id == Case.id)
        .where(*lying_at([post_id]), sees_case(person))
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)
        .limit(limit)
    )
    return list({row.id: row for row in db.session.execute(query)}.values())


@dataclass(frozen=True, slots=True)
class SeatMaker:
    """Makes a seat of a post, as this person may see it."""

    person: Person
    holders: Mapping[int, tuple[Holder, ...]]
    loads: Mapping[int, Load]
    known: frozenset[int]  # the posts within reach

    def __call__(self, post: Post, beneath: tuple[Seat, ...]) -> Seat:
        staffing: Staffing = self.person.staffing
        held = self.holders.get(post.id, ())
        stand_in = None if held else staffing.desk(post.id)
        return Seat(
            post=post,
            holders=held,
            away=tuple(one for one in staffing.resting if one.holding.post_id == post.id),
            stand_in=None if stand_in is post else stand_in,
            recorder=staffing.posts.get(post.recorded_by_id or 0),
            load=self.loads.get(post.id, NOTHING) if post.id in self.known else None,
            mine=post.id in self.person.own_post_ids,
            beneath=beneath,
        )


def grown(posts: Sequence[Post], units: Sequence[Unit], makes: SeatMaker) -> Branch:
    """The tree of these rows; what hangs in a circle stands at the top instead."""
    above = hung({unit.id: unit.parent_id for unit in units})
    of_unit: dict[int | None, list[Post]] = {}
    for post in posts:
        of_unit.setdefault(post.unit_id if post.unit_id in above else None, []).append(post)

    def branch(unit: Unit | None) -> Branch:
        key = unit.id if unit is not None else None
        within = (branch(one) for one in units if above[one.id] == key)
        return Branch(unit, seated(of_unit.get(key, []), makes), tuple(within))

    return branch(None)


def seated(posts: Sequence[Post], makes: SeatMaker) -> tuple[Seat, ...]:
    """The posts of one unit, each under its superior where that is one of them."""
    above = hung({post.id: post.superior_id for post in posts})

    def under(key: int | None) -> tuple[Seat, ...]:
        return tuple(makes(one, under(one.id)) for one in posts if above[one.id] == key)

    return under(None)


def hung(parents: Mapping[int, int | None]) -> dict[int, int | None]:
    """What each hangs under; at the top what hangs under nothing here, or in a circle."""
    known = {one: above if above in parents else None for one, above in parents.items()}
    return {one: None if in_circle(one, known) else above for one, above in known.items()}


def in_circle(key: int, above: Mapping[int, int | None]) -> bool:
    """Whether one comes to no top from here."""
    seen: set[int] = set()
    here: int | None = key
    while here is not None and here not in seen:
        seen.add(here)
        here = above[here]
    return here is not None
