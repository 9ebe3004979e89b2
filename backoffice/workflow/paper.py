"""What was done on paper before a case was taken over: letters that lie in its map, parties told.

The SOP goes on from there: what it wants signed or sent is the paper, and no promise made before
is asked for again. A letter that is written here afterwards counts like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from backoffice.letters import drafting
from backoffice.workflow.definition import Procedure, Step, Transition
from models import Case, EventKind

TELLING = ("notify", "send")


def before(procedure: Procedure, step: Step) -> tuple[Step, ...]:
    """The steps that stand before this one on the paper."""
    return procedure.steps[: procedure.steps.index(step)]


def done(procedure: Procedure, step: Step) -> dict[str, Any]:
    """What the history keeps of a case taken over at `step`: letters drafted, parties told."""
    ways = tuple(_ways(before(procedure, step)))
    letters = dict.fromkeys(kind for way in ways for kind in way.arguments("draft"))
    told = any(way.has(name) for way in ways for name in TELLING)
    return {"letters": list(letters), "told": told}


def has_letter(case: Case, kind: str) -> bool:
    """Whether the letter of that kind (any, where it is empty) lies on paper and not here."""
    kinds = _known(case).get("letters", [])
    on_paper = kind in kinds if kind else bool(kinds)
    return on_paper and drafting.current_letter(case, kind or None) is None


def was_told(case: Case) -> bool:
    """Whether the SOP had a party told before the case was taken over."""
    return bool(_known(case).get("told"))


def walked(case: Case, procedure: Procedure) -> frozenset[str]:
    """The steps that a case taken over had behind it on paper; all of them where it had ended.

    A step without a printed number may or may not have happened: it is not among them.
    """
    first = next(iter(case.events), None)
    if first is None or first.kind != EventKind.TAKEN_OVER:
        return frozenset()
    steps: tuple[Step, ...] = ()
    if not case.assignments:
        steps = procedure.steps
    elif procedure.has_step(first.step):
        steps = before(procedure, procedure.step(first.step))
    return frozenset(one.key for one in steps if one.row is not None)


def _known(case: Case) -> dict[str, Any]:
    first = next(iter(case.events), None)
    return first.data if first is not None and first.kind == EventKind.TAKEN_OVER else {}


def _ways(steps: Iterable[Step]) -> Iterator[Transition]:
    for step in steps:
        yield from step.transitions
