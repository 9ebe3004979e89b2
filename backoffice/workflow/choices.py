"""What an actor chooses on a way: unit, post, severity, variant, and who gets the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backoffice.actor import Actor, posts_of
from backoffice.workflow import linking, routing
from backoffice.workflow.definition import Transition
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.sight import lose_sight
from backoffice.workflow.versions import definition_of, variants_of
from backoffice.workflow.vocabulary import SEVERITIES
from models import Case, Post, ProcedureVersion, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a form must offer; empty where nothing is chosen.

    `posts` are of `choose: post`; `next_posts` are role -> posts where several remain.
    """

    units: tuple[Unit, ...] = ()
    posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)
    severities: tuple[str, ...] = ()
    variants: Mapping[str, ProcedureVersion] = field(default_factory=dict)
    next_posts: Mapping[str, tuple[Post, ...]] = field(default_factory=dict)


def choices_for(case: Case, way: Transition, actor: Actor) -> Choices:
    """Everything this way lets the actor choose."""
    return Choices(
        units=tuple(offered_units(case, way)),
        posts={
            role: tuple(routing.offered_posts(case, role, actor))
            for choice in way.choose
            if choice.what == "post"
            for role in choice.options
        },
        severities=SEVERITIES if way.chooses("severity") else (),
        variants=variants_of(case) if way.chooses("variant") else {},
        next_posts={role: tuple(posts) for role, posts in next_posts(case, way).items()},
    )


def offered_units(case: Case, way: Transition) -> list[Unit]:
    """The units named by the SOP, or every unit of the office."""
    choice = way.chooses("unit")
    if choice is None:
        return []
    units = routing.units_of(case.office_id)
    return [one for one in units if not choice.options or one.key in choice.options]


def next_posts(case: Case, way: Transition) -> dict[str, list[Post]]:
    """Role -> posts where several remain for the step this way leads to, or for a linked case."""
    linked = linking.open_choices(case, way)
    target = way.to.step
    if target is None or target == case.step:
        return linked
    return {**linked, **routing.open_choices(case, way, definition_of(case).step(target))}


def choice_faults(case: Case, way: Transition, actor: Actor, inputs: Inputs) -> dict[str, str]:
    """Form field -> code where a choice is missing or was not offered."""
    offered = choices_for(case, way, actor)
    faults: dict[str, str] = {}
    if offered.units or way.chooses("unit"):
        given = inputs.unit
        if given not in {unit.key for unit in offered.units}:
            faults["unit"] = "not_a_choice" if given else "required"
    if way.chooses("post") and chosen_post(offered.posts, inputs) is None:
        faults["post"] = "not_a_choice" if inputs.posts else "required"
    for role, posts in offered.next_posts.items():
        if inputs.posts.get(role) not in {post.id for post in posts}:
            faults[f"post.{role}"] = "choose_post"
    if offered.severities and inputs.severity not in offered.severities:
        faults["severity"] = "not_a_choice" if inputs.severity else "required"
    if way.chooses("variant") and inputs.variant not in offered.variants:
        faults["variant"] = "not_a_choice" if inputs.variant else "required"
    return faults


def chosen_post(offered: Mapping[str, tuple[Post, ...]], inputs: Inputs) -> tuple[str, Post] | None:
    """The role and post that were chosen among those offered, or none."""
    for role, posts in offered.items():
        for post in posts:
            if inputs.posts.get(role) == post.id:
                return role, post
    return None


def choose(case: Case, way: Transition, actor: Actor, inputs: Inputs) -> None:
    """Write the choices into the case: a unit forgets chosen posts, a post brings its unit.

    A way to the same step never changes the case's unit.
    """
    staying = way.to.step == case.step
    offered = choices_for(case, way, actor)
    unit = next((one for one in offered.units if one.key == inputs.unit), None)
    if unit is not None and not staying:
        change_unit(case, unit)
        case.chosen = {}
    picked = chosen_post(offered.posts, inputs)
    if picked is not None and not staying:
        role, post = picked
        case.chosen = {**case.chosen, role: post.id}
        if post.unit is not None:
            change_unit(case, post.unit)
    if offered.severities:
        case.severity = inputs.severity


def change_unit(case: Case, unit: Unit) -> None:
    """Make it the case's unit; posts of the unit it leaves lose the sight of the case."""
    lose_sight(case, unit.id, posts_of(case.office_id))
    case.unit = unit
