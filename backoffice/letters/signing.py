"""Who signs for a post at a moment, and the block at the lower right of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backoffice.actor import holds, posts_of, staffing
from models import Holding, HoldingKind, Post, User, db

from .cleaning import Value
from .mandates import above

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
    holding = _approver(post, at, user) if user is not None else None
    holding = holding or _only_holder(post, at)
    names = tuple(one.title for one in above(post, at))
    if holding is None:
        return Signer(title=post.title, above=names)
    title, person = ACTING.get(holding.kind, "") + post.title, holding.user
    return Signer(title, person.name, person.rank, person.nip, names)


def _approver(post: Post, at: datetime, user: User) -> Holding | None:
    """As what `user` held the post then; none where he recorded what its holder decided."""
    return next((one for one in _holdings(post, at) if one.user_id == user.id), None)


def _only_holder(post: Post, at: datetime) -> Holding | None:
    """Who signs while nobody has yet: a Plt or Plh where there is one, else the definitive holder.

    Where several could, none: the name is left open on the paper rather than guessed.
    """
    able = list(staffing(post.office_id, at).holdings.get(post.id, ()))
    acting = [one for one in able if one.kind != HoldingKind.DEFINITIVE]
    signing = acting or able
    return signing[0] if len({one.user_id for one in signing}) == 1 else None


def _holdings(post: Post, at: datetime) -> list[Holding]:
    """The holdings of that moment, definitive ones first."""
    rows = select(Holding).where(Holding.post_id == post.id, holds(at))
    found = db.session.scalars(rows.order_by(Holding.id))
    return sorted(found, key=lambda one: one.kind != HoldingKind.DEFINITIVE)
