"""What a change of unit takes away: the desks of the unit before no longer see the case."""

from __future__ import annotations

from models import Case, Post


def lose_sight(case: Case, unit_id: int | None, posts: dict[int, Post]) -> None:
    """Mark the desks that lose `case` when it moves from the unit chosen before to `unit_id`.

    Called before `case.unit_id` changes; `posts` are those of the office. The first choice takes
    nothing away: until then the case stands in the unit of whoever opened it. Nor does a desk of
    no unit lose anything, or one that stands above or below a post of the new unit.
    """
    opening = next(iter(case.assignments), None)
    if opening is None or case.unit_id in (None, unit_id, opening.post.unit_id):
        return
    kin = _kin(unit_id, posts)
    for desk in case.assignments:
        if desk is not opening and desk.post.unit_id is not None and desk.post_id not in kin:
            desk.lost = desk.post.unit_id != opening.post.unit_id


def _kin(unit_id: int | None, posts: dict[int, Post]) -> set[int]:
    """The posts of a unit, and those above and below them."""
    kin = {post.id for post in posts.values() if post.unit_id == unit_id}
    for post in posts.values():
        chain, seen = post, {post.id}
        above = []
        while chain.superior_id in posts and chain.superior_id not in seen:
            chain = posts[chain.superior_id]
            seen.add(chain.id)
            above.append(chain)
        if post.unit_id == unit_id:
            kin.update(one.id for one in above)
        elif any(one.unit_id == unit_id for one in above):
            kin.add(post.id)
    return kin
