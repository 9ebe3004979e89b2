"""Which desks lose the sight of a case: by a change of unit, and in a confidential procedure.

It is decided once, when the case moves, and written on the desk (`Assignment.lost`).
"""

from __future__ import annotations

from sqlalchemy import select

from backoffice.workflow.definition import Procedure
from models import Case, Disposition, Duty, Post, Unit, db


def lose_sight(case: Case, unit_id: int | None, posts: dict[int, Post]) -> None:
    """Mark the desks that lose `case` when it moves from the unit chosen before to `unit_id`.

    Called before `case.unit_id` changes; `posts` are those of the office. The first choice takes
    nothing away: until then the case stands in the unit of whoever opened it. Nor does a desk of
    no unit lose anything, or one that stands above or below a post of the new unit. Where the case
    only goes on to a part of its unit, whoever was asked for a report beside keeps it.
    """
    opening = next(iter(case.assignments), None)
    if opening is None or case.unit_id in (None, unit_id, opening.post.unit_id):
        return
    kin, deeper = _kin(unit_id, posts), _is_within(unit_id, case.unit_id)
    for desk in case.assignments:
        if deeper and desk.left_at is None and desk.duty == Duty.REPORT:
            continue
        if desk is not opening and desk.post.unit_id is not None and desk.post_id not in kin:
            desk.lost = desk.post.unit_id != opening.post.unit_id


def leave_behind(case: Case, procedure: Procedure) -> None:
    """Mark the desks that have no more business with a confidential case that has left its step.

    These are the posts all of whose work, as the SOP has it, lies before the first disposition;
    whoever works on the case again keeps it meanwhile, and who was asked for a report. An SOP
    without a disposition takes nothing away, and once it has disposed of the case whoever has it is
    meant to have it.
    """
    if not procedure.confidential:
        return
    later = _roles_from_disposition(procedure)
    given = select(Disposition.id).where(
        Disposition.case_id == case.id,
        Disposition.duty.in_((Duty.RESPONSIBLE, Duty.OPINION)),  # by a step of the SOP
        Disposition.recalled_at.is_(None),
    )
    if later is None or db.session.scalar(given.limit(1)) is not None:
        return
    for desk in case.assignments:
        kept = desk.left_at is None or desk.duty == Duty.REPORT
        if not kept and later.isdisjoint(role.key for role in desk.post.roles):
            desk.lost = True


def _roles_from_disposition(procedure: Procedure) -> frozenset[str] | None:
    """The roles that work at the first step that disposes, or after it; None without one."""
    steps = procedure.steps
    disposing = (n for n, one in enumerate(steps) if any(w.has("dispose") for w in one.transitions))
    first = next(disposing, None)
    if first is None:
        return None
    found: set[str | None] = set()
    for step in steps[first:]:
        at = procedure.step(step.same_as) if step.same_as is not None else step
        found.update((*at.actors, at.recorded_by, step.team))
    return frozenset(role for role in found if role is not None)


def _is_within(unit_id: int | None, other_id: int | None) -> bool:
    """Whether the one unit is a part of the other."""
    unit = db.session.get(Unit, unit_id) if unit_id is not None else None
    seen: set[int] = set()
    while unit is not None and unit.id not in seen and unit.id != other_id:
        seen.add(unit.id)
        unit = unit.parent
    return unit is not None and unit.id == other_id


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
