"""Who signs for a post at a moment, and the block at the lower right of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from backoffice.actor import DEFINITIVE_FIRST, holds, posts_of, staffing
from backoffice.once import once
from backoffice.periods import lasts
from backoffice.standing import standing_of
from models import Holding, HoldingKind, Leave, Mandate, Post, User, db

from .cleaning import Value

ACTING = {HoldingKind.PLT: "Plt. ", HoldingKind.PLH: "Plh. "}


@dataclass(frozen=True, slots=True)
class Signer:
    """The block at the lower right: post, name, rank and NIP, as far as they are known."""

    title: str = ""
    name: str = ""
    rank: str = ""
    nip: str = ""
    above: tuple[str, ...] = ()  # posts in whose name it is signed, the nearest first


def signature(signer: Signer) -> dict[str, Value]:
    """The values of the block; a name that nobody knows is left open."""
    middle, top = _names(signer)
    acting = next((word for word in ACTING.values() if signer.title.startswith(word)), "")
    return {
        "ttd_an": top.upper(),
        "ttd_ub": middle.upper(),
        "ttd_jabatan": acting + signer.title.removeprefix(acting).upper(),
        "ttd_nama": signer.name or "………………………………",
        "ttd_pangkat": signer.rank,
        "ttd_nip": spaced_nip(signer.nip),
    }


def _names(signer: Signer) -> tuple[str, str]:
    """The post between and the one at the top of the block; blank where there is none."""
    if len(signer.above) > 1:
        return signer.above[0], signer.above[1]
    return "", "".join(signer.above)


def spaced_nip(nip: str) -> str:
    """197801012005011001 as it is written: 19780101 200501 1 001."""
    digits = re.sub(r"\s", "", nip)
    if not re.fullmatch(r"\d{18}", digits):
        return nip
    return " ".join((digits[:8], digits[8:14], digits[14], digits[15:]))


def head_of(office_id: int) -> Post | None:
    """The post at the top of an office: it has no superior, and others stand under it."""
    posts = posts_of(office_id).values()
    led = {post.superior_id for post in posts}
    return next((one for one in posts if one.superior_id is None and one.id in led), None)


def signer_of(post: Post, at: datetime, user: User | None = None) -> Signer:
    """Who signs for `post`: `user` where he approved, else whoever holds it alone then."""
    now = user is None and staffing.knows(post.office_id, at)
    desk = _desk_now(post, at) if now else _desk(post.id, at)
    held = desk.of(user) if user is not None else None
    held = held or desk.only()
    posts = posts_of(post.office_id)
    names = tuple(posts[one].title for one in desk.above)
    if held is None:
        return Signer(title=post.title, above=names)
    title, person = ACTING.get(held.kind, "") + post.title, held.user
    return Signer(title, person.name, person.rank, person.nip, names)


@dataclass(frozen=True, slots=True)
class _Held:
    """A holding; `acts`: its holder may log in and is not on leave."""

    kind: HoldingKind
    user: User
    acts: bool


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who holds a post at a moment, definitive first, and the posts above it by mandate."""

    holders: tuple[_Held, ...]
    above: tuple[int, ...]

    def of(self, user: User) -> _Held | None:
        """As what `user` holds it; none where he recorded what its holder decided."""
        return next((one for one in self.holders if one.user.id == user.id), None)

    def only(self) -> _Held | None:
        """Who signs while nobody has yet: a Plt or Plh where there is one, else the definitive.

        Where several could, none: the name is left open on the paper rather than guessed.
        """
        able = [one for one in self.holders if one.acts]
        signing = [one for one in able if one.kind != HoldingKind.DEFINITIVE] or able
        return signing[0] if len({one.user.id for one in signing}) == 1 else None


def _desk_now(post: Post, at: datetime) -> _Desk:
    """The same, out of what is known of the office at that moment, but only of who may sign."""
    held = staffing(post.office_id, at).holdings.get(post.id, ())
    mandates = standing_of(post.office_id).mandates
    names = {one.post_id: one.for_post_id for one in mandates if one.lasts(at)}
    above = _chain((names.get(post.id), names.get(names.get(post.id, 0))), post.id)
    return _Desk(tuple(_Held(one.kind, one.user, acts=True) for one in held), above)


@once(Holding, User, Leave, Mandate)
def _desk(post_id: int, at: datetime) -> _Desk:
    """One statement; what was signed long ago is read as it was then."""
    nearest, farthest = aliased(Mandate), aliased(Mandate)
    rows = db.session.execute(
        select(Holding.id, Holding.kind, User, Leave.id.label("leave_id"))
        .add_columns(nearest.for_post_id.label("one"), farthest.for_post_id.label("two"))
        .select_from(Post)
        .outerjoin(Holding, and_(Holding.post_id == Post.id, holds(at)))
        .outerjoin(User, User.id == Holding.user_id)
        .outerjoin(Leave, and_(Leave.holding_id == Holding.id, lasts(Leave, at)))
        .outerjoin(nearest, and_(nearest.post_id == Post.id, lasts(nearest, at)))
        .outerjoin(farthest, and_(farthest.post_id == nearest.for_post_id, lasts(farthest, at)))
        .where(Post.id == post_id)
        .order_by(*DEFINITIVE_FIRST, nearest.id.desc(), farthest.id.desc())
    ).all()
    held = {
        row.id: _Held(row.kind, row.User, row.User.active and row.leave_id is None)
        for row in reversed(rows)
        if row.id is not None
    }
    above = _chain((rows[0].one, rows[0].two) if rows else (), post_id)
    return _Desk(tuple(reversed(held.values())), above)


def _chain(posts: Iterable[int | None], post_id: int) -> tuple[int, ...]:
    """The posts in whose name it signs; a circle in the data ends at the post itself."""
    return tuple(one for one in posts if one is not None and one != post_id)
