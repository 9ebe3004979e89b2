"""What must be known of a case that comes in at a step in the middle of its SOP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.vocabulary import PARTIES


def needed_answers(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """The columns and fields by which the SOP branches from here on, and no longer asks before."""
    asked, needed = set[str](), dict[str, None]()
    for one in _onward(procedure, step):
        branching = (condition.name for way in one.transitions for condition in way.when)
        needed.update(dict.fromkeys(name for name in branching if name not in asked))
        asked |= set(_asked_at(one))
    return tuple(name for name in needed if name not in PARTIES)


def has_its_number(procedure: Procedure, step: Step) -> bool:
    """Whether a case at this step has been given its number, and is given none later."""
    before = procedure.steps[: procedure.steps.index(step)]
    return _numbers(before) and not _numbers(_onward(procedure, step))


def step_of_end(procedure: Procedure, outcome: str | None) -> Step:
    """The step at which a case ends so: the last on the paper; its last step for any other end."""
    ending = (
        step
        for step in reversed(procedure.steps)
        if any(way.to.outcome == outcome for way in step.transitions)
    )
    last = procedure.steps[-1]
    return next(ending, last) if outcome is not None else last


def _onward(procedure: Procedure, step: Step) -> list[Step]:
    """The step and those after it on the paper that can be reached from it."""
    reached, found = {step.key}, [step]
    while found:
        ways = found.pop().transitions
        fresh = {way.to.step for way in ways if way.to.step} - reached
        reached |= fresh
        found += [procedure.step(key) for key in fresh]
    start = procedure.steps.index(step)
    return [one for one in procedure.steps[start:] if one.key in reached]


def _asked_at(step: Step) -> Iterator[str]:
    """What is filled when a step is left."""
    for name in (*step.asks, *(name for way in step.transitions for name in way.asks)):
        yield name.partition(".")[0]
    if any(way.chooses("severity") for way in step.transitions):
        yield "severity"


def _numbers(steps: Iterable[Step]) -> bool:
    return any(way.has("number") for step in steps for way in step.transitions)
