"""Lint, seventh part: at every step somebody of this office must be found.

A case is walked through the SOP with the unit it stands in and the posts that were chosen, for
every unit and post that can be chosen on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.workflow.definition import Action, Choose, Step
from backoffice.workflow.office_definition import OfficePack, PostPack
from backoffice.workflow.review import Place, Review, Way

MOST_STATES = 20_000
Chosen = frozenset[tuple[str, str]]  # role key, post key


@dataclass(frozen=True, slots=True)
class State:
    """Where a case may stand: the step, its unit, and the posts chosen since the unit was."""

    step: str
    unit: str | None
    chosen: Chosen = frozenset()


def check_roles(review: Review) -> None:
    """Roles without a post, roles that leave several, and `same_as` of a step not passed."""
    if _somebody_everywhere(review):
        _walk(review)


def roles_of(step: Step) -> tuple[str, ...]:
    """The roles whose posts get a case at this step; none where `same_as` says which post."""
    return (step.recorded_by,) if step.recorded_by else step.actors


def _somebody_everywhere(review: Review) -> bool:
    """Whether every role has a post at all; each that has none is an error."""
    before = len(review.findings)
    for place, step in review.steps():
        for role in roles_of(step):
            _has_post(review, (*place, "recorded_by" if step.recorded_by else "actor"), role)
        if step.team is not None:
            _has_post(review, (*place, "team"), step.team)
        if step.same_as is not None and not review.always_before(step, step.same_as):
            name = review.name(step.same_as)
            message = f"`same_as` menunjuk {name}, yang dapat terlewati sebelum sampai di sini."
            said = f"{message} Tulis pelaksananya, atau langkah yang selalu dilewati."
            review.error((*place, "actor"), said)
    for way in review.ways():
        for choice in _choices(way, "post"):
            for role in choice.options:
                _has_post(review, (*way.place, "choose"), role)
    return len(review.findings) == before


def _has_post(review: Review, place: Place, role: str) -> None:
    known = review.office.role(role)
    if known is not None and not known.outside and not review.office.posts_of(role):
        message = f"Pelaksana «{known.title}» belum dipegang jabatan mana pun di instansi ini."
        said = f"{message} Di halaman Jabatan, berikan kepada salah satu jabatan."
        review.error(place, said)


def _choices(way: Way, what: str) -> list[Choose]:
    found = way.way.chooses(what) if way.way is not None else None
    return [found] if found is not None else []


def _walk(review: Review) -> None:
    waiting = _beginnings(review)
    seen = set(waiting)
    while waiting and len(seen) < MOST_STATES:
        state = waiting.pop()
        for way in review.ways_from(review.procedure.step(state.step)):
            for after in _after(review, way, state):
                if after not in seen:
                    _check(review, way, after)
                    seen.add(after)
                    waiting.append(after)


def _beginnings(review: Review) -> list[State]:
    """A case opens in the unit of the post that opens it."""
    first = review.procedure.first
    posts = [post for role in roles_of(first) for post in review.office.posts_of(role)]
    return list(dict.fromkeys(State(first.key, post.unit) for post in posts))


def _after(review: Review, way: Way, state: State) -> Iterator[State]:
    """The states in which the case may be once it has gone this way to another step."""
    if way.to.step is None or way.stays:
        return
    units: list[State] = [State(way.to.step, state.unit, state.chosen)]
    for choice in _choices(way, "unit"):
        keys = choice.options or tuple(one.key for one in review.office.units)
        units = [State(way.to.step, key) for key in keys]
    roles = [role for choice in _choices(way, "post") for role in choice.options]
    if not roles:
        yield from units
        return
    for base in units:
        yield from _with_post(review.office, base, way, state, roles)


def _with_post(
    office: OfficePack, base: State, way: Way, before: State, roles: list[str]
) -> Iterator[State]:
    """The states after each choice: one post of one of the roles, which brings its unit."""
    for role in roles:
        for post in offered(office, way.step, before, role):
            unit = post.unit if post.unit is not None else base.unit
            yield State(base.step, unit, _put(base.chosen, role, post.key))


def _put(chosen: Chosen, role: str, post: str) -> Chosen:
    return frozenset({(key, value) for key, value in chosen if key != role} | {(role, post)})


def offered(office: OfficePack, step: Step, state: State, role: str) -> list[PostPack]:
    """The posts of the role at or below the units of those who may act, else in the office."""
    actors = [post for one in roles_of(step) for post in resolve(office, state, one)]
    posts = list(office.posts_of(role))
    if not actors or any(post.unit is None for post in actors):
        return posts
    below = {key for post in actors for key in _below(office, post.unit)}
    return [post for post in posts if post.unit in below] or posts


def _below(office: OfficePack, unit: str | None) -> set[str]:
    found = {unit} if unit else set()
    while more := {one.key for one in office.units if one.within in found} - found:
        found |= more
    return found


def resolve(office: OfficePack, state: State, role: str) -> list[PostPack]:
    """The posts that remain for a role: chosen, of the unit, of a unit above, of the office."""
    chosen = dict(state.chosen).get(role)
    if chosen is not None:
        return [post for post in office.posts if post.key == chosen]
    posts = list(office.posts_of(role))
    for key in _above(office, state.unit):
        here = [post for post in posts if post.unit == key]
        if here:
            return here
    return posts


def _above(office: OfficePack, key: str | None) -> list[str]:
    """The unit, then each unit above it; rows may have been edited into a circle."""
    found: list[str] = []
    unit = office.unit(key)
    while unit is not None and unit.key not in found:
        found.append(unit.key)
        unit = office.unit(unit.within)
    return found


def _check(review: Review, way: Way, state: State) -> None:
    """Several posts remain: an earlier way must have asked which one."""
    step = review.procedure.step(state.step)
    if way.is_action(Action.RETURN) and review.always_before(way.step, step.key):
        return  # it goes back to the post that acted there last
    index = review.procedure.steps.index(step)
    for role in roles_of(step):
        posts = resolve(review.office, state, role)
        if len(posts) > 1:
            titles = ", ".join(post.title for post in posts)
            known, unit = review.office.role(role), review.office.unit(state.unit)
            name = known.title if known is not None else role
            where = f" bila bidangnya {unit.name}" if unit is not None else ""
            message = f"Pelaksana «{name}» dipegang beberapa jabatan{where}: {titles}. Tambahkan"
            message += f" `choose: {{post: {role}}}` (atau `unit`) pada tombol sebelumnya."
            key = "recorded_by" if step.recorded_by else "actor"
            review.error(("steps", index, key), message)
