"""Needed posts that nobody holds, now or within a week: an alert, wherever the work lies meanwhile.

A post is needed where a published SOP gives its role something to do, or work lies on its desk.
Computed when it is read, from the holdings and leaves alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from backoffice.actor import staffing
from backoffice.errors import PackError
from backoffice.roles import roles_of
from backoffice.workflow.naming import role_keys
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Assignment, Holding, Leave, Post, User, db

SOON = timedelta(days=7)
Span = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A needed post without a holder. `since`: from when on; none where nobody ever held it.

    `coming`: it is held now, and will not be at `since`. `away`: its holder is on leave without
    a Plh. `desk` has its work now, unless nobody has.
    """

    post: Post
    since: datetime | None
    coming: bool
    away: bool
    desk: Post | None


def vacancies(office_id: int, now: datetime, within: timedelta = SOON) -> list[Vacancy]:
    """The needed posts that nobody holds or soon will, those of now first."""
    staff = staffing(office_id, now)
    needed = needed_posts(office_id, [one.id for one in staff.posts.values()])
    spans = _spans(office_id)
    resting = {one.holding.post_id for one in staff.resting}
    found = []
    for post in staff.posts.values():
        if post.id not in needed or post.recorded_by_id is not None:
            continue
        if post.id not in staff.held:
            since = _last_end(spans.get(post.id, ()), now)
            away = post.id in resting
            found.append(Vacancy(post, since, False, away, staff.desk(post.id)))
        elif (at := _gap(spans.get(post.id, ()), now, now + within)) is not None:
            found.append(Vacancy(post, at, True, False, staff.desk(post.id)))
    return sorted(found, key=lambda one: one.coming)


def needed_posts(office_id: int, post_ids: Collection[int]) -> frozenset[int]:
    """Posts with a role that a published SOP uses, and desks with open work."""
    used: set[str] = set()
    for version in newest_versions(office_id):
        try:
            used |= role_keys(procedure_of(version))
        except PackError:
            continue
    roles = roles_of(office_id).of_post
    open_desks = sa.select(Assignment.post_id).where(
        Assignment.post_id.in_(post_ids), Assignment.left_at.is_(None)
    )
    lying = db.session.scalars(open_desks.distinct())
    return frozenset(lying) | {one for one, keys in roles.items() if keys & used}


def _spans(office_id: int) -> dict[int, list[Span]]:
    """Post -> from when until when somebody acts as it, leaves cut out."""
    rows = db.session.execute(
        sa.select(Holding.id, Holding.post_id, Holding.from_at, Holding.until_at)
        .add_columns(Leave.from_at.label("left_at"), Leave.until_at.label("back_at"))
        .join(User, User.id == Holding.user_id)
        .join(Post, Post.id == Holding.post_id)
        .outerjoin(Leave, Leave.holding_id == Holding.id)
        .where(Post.office_id == office_id, User.active)
        .order_by(Holding.id, Leave.from_at)
    )
    pieces: dict[tuple[int, int], list[Span]] = {}
    for row in rows:
        held = pieces.setdefault((row.post_id, row.id), [(row.from_at, row.until_at)])
        if row.left_at is not None and held:
            held[-1:] = _cut(held[-1], row.left_at, row.back_at)
    found: dict[int, list[Span]] = {}
    for (post_id, _holding_id), held in pieces.items():
        found.setdefault(post_id, []).extend(held)
    return found


def _cut(span: Span, left: datetime, back: datetime) -> Iterator[Span]:
    """What is left of a span without the time between."""
    begin, end = span
    if begin < left:
        yield begin, min(left, end) if end is not None else left
    if end is None or back < end:
        yield max(begin, back), end


def _last_end(spans: Collection[Span], now: datetime) -> datetime | None:
    """When the last who acted as the post ceased to."""
    ends = [end for _begin, end in spans if end is not None and end <= now]
    return max(ends, default=None)


def _gap(spans: Collection[Span], now: datetime, until: datetime) -> datetime | None:
    """The first moment after `now` and up to `until` at which nobody acts as the post."""
    ends = sorted(end for _begin, end in spans if end is not None and now < end <= until)
    return next(
        (
            at
            for at in ends
            if not any(begin <= at and (end is None or end > at) for begin, end in spans)
        ),
        None,
    )
