"""Which post has a step: a role resolves to the chosen post, the unit, the units above, the office.

Where several posts remain, the actor of the step before chooses. A return goes to the post that
acted at that step last, and only by the usual rule where nobody did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from backoffice.actor import Actor, posts_of
from backoffice.errors import Incomplete, Refusal
from backoffice.once import once
from backoffice.roles import roles_of
from backoffice.workflow.definition import Step, Transition
from backoffice.workflow.versions import definition_of
from models import Case, CaseEvent, EventKind, Post, Unit, db


def posts_with(office_id: int, role: str) -> list[Post]:
    """The posts of the office that have this role, oldest first."""
    having = roles_of(office_id).of_post
    return [post for post in posts_of(office_id).values() if role in having.get(post.id, ())]


def units_above(unit: Unit | None) -> Iterable[Unit]:
    """The unit itself, then each unit above it."""
    seen: set[int] = set()
    while unit is not None and unit.id not in seen:
        seen.add(unit.id)
        yield unit
        unit = unit.parent


def resolve(case: Case, role: str) -> list[Post]:
    """The posts that remain for a role in this case: one is the rule, several ask for a choice."""
    chosen = case.chosen.get(role)
    if chosen is not None:
        post = posts_of(case.office_id).get(chosen)
        return [post] if post is not None else []
    return remaining(case.office_id, case.unit, role)


def remaining(office_id: int, unit: Unit | None, role: str) -> list[Post]:
    """The posts of a role in the unit, else in the nearest unit above, else in the office."""
    candidates = posts_with(office_id, role)
    for one in units_above(unit):
        here = [post for post in candidates if post.unit_id == one.id]
        if here:
            return here
    return candidates


@once(Unit)
def units_of(office_id: int) -> list[Unit]:
    """The units of an office, oldest first."""
    query = select(Unit).where(Unit.office_id == office_id)
    return list(db.session.scalars(query.order_by(Unit.id)))


def units_below(unit: Unit | None, office_id: int) -> set[int]:
    """The ids of the unit and of all units under it; of the whole office where `unit` is None."""
    rows = units_of(office_id)
    if unit is None:
        return {row.id for row in rows}
    found = {unit.id}
    while more := {row.id for row in rows if row.parent_id in found} - found:
        found |= more
    return found


def offered_posts(case: Case, role: str, actor: Actor) -> list[Post]:
    """What a `choose: post` offers: the role's posts at or below the actor's unit, else all.

    Whoever acts in the place of another post chooses from among those of that one.
    """
    candidates = posts_with(case.office_id, role)
    unit = _acts_as(case, actor).unit
    if unit is None:
        return candidates
    below = units_below(unit, case.office_id)
    return [post for post in candidates if post.unit_id in below] or candidates


def _acts_as(case: Case, actor: Actor) -> Post:
    """The post whose step the actor takes: his own, or the one whose holder is terlapor."""
    post = actor.duty_post
    mine = (one for one in case.assignments if one.left_at is None and one.post_id == post.id)
    return next((one.instead_of for one in mine if one.instead_of is not None), post)


def top_post(unit: Unit) -> Post | None:
    """The head of a unit: the post in it whose superior is not in it."""
    posts = list(db.session.scalars(select(Post).where(Post.unit_id == unit.id).order_by(Post.id)))
    own = {post.id for post in posts}
    return next((post for post in posts if post.superior_id not in own), None)


def standing_events(case: Case) -> list[CaseEvent]:
    """The transitions that were not taken back, oldest first."""
    undone = {
        event.data.get("event_id") for event in case.events if event.kind == EventKind.TAKEN_BACK
    }
    return [
        event
        for event in case.events
        if event.kind == EventKind.TRANSITION and event.id not in undone
    ]


def last_actor_at(case: Case, step: str) -> Post | None:
    """The post whose duty was last exercised at a step, by a way that left it."""
    for event in reversed(standing_events(case)):
        if event.step == step and event.to_step != step:
            return event.for_post or event.post
    return None


@dataclass(frozen=True, slots=True)
class Desk:
    """One role of a step with the posts that remain for it."""

    role: str
    posts: tuple[Post, ...]


def desks(case: Case, step: Step, *, returning: bool = False) -> list[Desk]:
    """The desks on which `step` lays the case; a desk with several posts asks for a choice.

    Where nobody acted at the step of `same_as` (a case taken over after it), the roles of that
    step decide.
    """
    post = last_actor_at(case, step.key) if returning else None
    while post is None and step.same_as is not None:
        post = last_actor_at(case, step.same_as)
        step = definition_of(case).step(step.same_as)
    if post is not None:
        return [Desk("", (post,))]
    roles = (step.recorded_by,) if step.recorded_by else step.actors
    found = [Desk(role, tuple(resolve(case, role))) for role in roles if role]
    return [desk for desk in found if desk.posts]


def responsible_posts(
    case: Case, step: Step, *, returning: bool, posts: Mapping[str, int]
) -> list[Post]:
    """The posts that get the case. Incomplete where several remain and none was chosen."""
    found: list[Post] = []
    for desk in desks(case, step, returning=returning):
        if len(desk.posts) == 1:
            found.append(desk.posts[0])
            continue
        post = next((one for one in desk.posts if one.id == posts.get(desk.role)), None)
        if post is None:
            raise Incomplete({"post": "choose_post"}, role=desk.role)
        case.chosen = {**case.chosen, desk.role: post.id}
        found.append(post)
    if not found:
        raise NobodyThere(step=step.activity)
    return list(dict.fromkeys(found))


class NobodyThere(Refusal):
    """No post of this office has the role of the next step."""

    code = "nobody_there"


def open_choices(case: Case, way: Transition, step: Step) -> dict[str, list[Post]]:
    """Where several posts remain for the next step: role -> posts, asked of this actor."""
    if way.chooses("post") or way.chooses("unit"):
        return {}
    returning = way.action == "return"
    return {
        desk.role: list(desk.posts)
        for desk in desks(case, step, returning=returning)
        if len(desk.posts) > 1
    }
