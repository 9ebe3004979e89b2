"""In whose name a post signs: a.n. one other, or u.b. below one that signs a.n. a third.

`a.n. BUPATI / SEKRETARIS DAERAH, / u.b. / KEPALA BAGIAN,` is the longest block there is.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select

from backoffice.errors import Incomplete
from backoffice.periods import overlaps
from models import Mandate, Post, db

MOST = 2  # posts above the one that signs


def _read(office_id: int, clause: ColumnElement[bool], but: int = 0) -> dict[int, int]:
    """Post -> the post in whose name it signs; of several the one that was entered last."""
    query = select(Mandate.post_id, Mandate.for_post_id).join(Post, Post.id == Mandate.post_id)
    query = query.where(Post.office_id == office_id, Mandate.id != but, clause)
    rows = db.session.execute(query.order_by(Mandate.id))
    return {row.post_id: row.for_post_id for row in rows}


def _chain(post_id: int, pairs: Mapping[int, int]) -> list[int]:
    """Upwards from a post; a circle in the data ends the walk."""
    found: list[int] = []
    here = pairs.get(post_id)
    while here is not None and here != post_id and here not in found:
        found.append(here)
        here = pairs.get(here)
    return found


def refuse(mandate: Mandate) -> None:
    """A post signs in one name at a time, never in its own, and no block has four posts.

    Raises Incomplete. What is compared are all mandates of the office that overlap in time.
    """
    post, other = mandate.post, mandate.for_post
    period = overlaps(Mandate, mandate.from_at, mandate.until_at)
    pairs = _read(post.office_id, period, but=mandate.id or 0)
    if post is other or post.id in _chain(other.id, pairs):
        raise Incomplete({"for_post": "mandate_circle"})
    if post.id in pairs:
        raise Incomplete({"post": "mandate_twice"})
    chains = {**pairs, post.id: other.id}
    if max(len(_chain(one, chains)) for one in chains) > MOST:
        raise Incomplete({"for_post": "mandate_deep"})
