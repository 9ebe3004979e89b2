"""Lint, ninth part: who initials a letter on its way to the signature.

The ways of an SOP are walked with what became of the letter: the posts whose paraf stands on it,
and whether it is approved. Drafting it anew begins from nothing, since a change voids them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backoffice.letters.marks import MOST_IN_HIERARCHY
from backoffice.workflow.definition import Action, Effect, Step
from backoffice.workflow.nodes import listed
from backoffice.workflow.returning import approving_between
from backoffice.workflow.review import Review, Way

PARAF = ("initial", "coordinate")
MOST_STATES = 5_000  # an SOP of this product has some dozens
Roles = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A letter at a step: who initialled it in rank order, and whether it is approved."""

    step: str
    parafs: frozenset[Roles] = frozenset()
    approved: bool = False


def check_parafs(review: Review) -> None:
    """A fourth paraf in the hierarchy, and a paraf on a letter that is approved already."""
    for kind in sorted({one.argument for way in review.ways() for one in _uses(way)}):
        found = dict.fromkeys(_walk(review, kind))
        for way in review.ways():
            here = [one for one in found if one.step == way.step.key]
            _judge(review, way, kind, here)


def _uses(way: Way) -> list[Effect]:
    """What a way does with parafs."""
    effects = way.way.effects if way.way is not None else ()
    return [one for one in effects if one.name in PARAF]


def _walk(review: Review, kind: str) -> Iterator[Standing]:
    """Every standing that a letter of this kind can have at a step."""
    waiting = [Standing(review.procedure.first.key)]
    seen = set(waiting)
    while waiting and len(seen) < MOST_STATES:
        now = waiting.pop()
        yield now
        for way in review.ways_from(review.procedure.step(now.step)):
            if way.to.step is None:
                continue
            then = replace(_after(review, way, kind, now), step=way.to.step)
            if then not in seen:
                seen.add(then)
                waiting.append(then)


def _after(review: Review, way: Way, kind: str, now: Standing) -> Standing:
    """The letter once this way was taken; a return over the approval takes the approval back."""
    if way.is_action(Action.RETURN) and way.to.step is not None:
        kinds = approving_between(review.procedure, way.to.step, way.step.key)
        now = replace(now, approved=now.approved and not kinds & {kind, ""})
    for one in way.way.effects if way.way is not None else ():
        now = _done(review, way.step, one, now) if one.argument in ("", kind) or not kind else now
    return now


def _done(review: Review, step: Step, effect: Effect, now: Standing) -> Standing:
    match effect.name:
        case "draft":
            return Standing(now.step)
        case "initial":
            return replace(now, parafs=now.parafs | {_roles(review, step)})
        case "approve_letter":
            return replace(now, approved=True)
    return now


def _roles(review: Review, step: Step) -> Roles:
    """Whoever acts at a step, by the roles that say so."""
    while step.same_as is not None:
        step = review.procedure.step(step.same_as)
    return step.actors


def _judge(review: Review, way: Way, kind: str, here: list[Standing]) -> None:
    mine = [one for one in _uses(way) if one.argument == kind]
    if not mine or not here:
        return
    place = (*way.place, "effects")
    after = [_after(review, way, kind, one) for one in here]
    most = max(after, key=lambda one: len(one.parafs)).parafs
    if any(one.name == "initial" for one in mine) and len(most) > MOST_IN_HIERARCHY:
        names = listed([_name(review, one) for one in sorted(most)])
        message = f"Surat dapat sampai di sini dengan paraf {len(most)} pejabat ({names});"
        most_said = f"paraf hierarki paling banyak {MOST_IN_HIERARCHY}"
        said = f"{message} {most_said}, jadi tombol ini ditolak."
        review.error(place, f"{said} Pakai `coordinate` untuk paraf koordinasi, atau hapus satu.")
    _late(review, way, mine, here)


def _name(review: Review, roles: Roles) -> str:
    known = (review.office.role(one) for one in roles)
    return " / ".join(one.title for one in known if one is not None)


def _late(review: Review, way: Way, mine: list[Effect], here: list[Standing]) -> None:
    """A paraf that is set when the letter may have its number already."""
    effects = [one.name for one in way.way.effects] if way.way is not None else []
    before = effects[: effects.index(mine[0].name)]
    late = [one for one in here if (one.approved or "approve_letter" in before)]
    if not late or "draft" in before:
        return
    place = (*way.place, "effects")
    message = "Paraf ini dibubuhkan setelah surat disetujui dan bernomor, padahal paraf mendahului"
    if len(late) == len(here):
        review.error(place, f"{message} persetujuan. Pindahkan ke langkah sebelumnya.")
    else:
        review.warn(place, f"{message} persetujuan. Ada jalan yang membawa surat itu ke sini lagi.")
