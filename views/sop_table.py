"""The SOP of a case as the paper's table, with the row the case stands at and its real times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from backoffice.text import _
from backoffice.workflow.definition import Procedure, Step, Transition
from views.due import span
from views.visits import Visit


@dataclass(frozen=True, slots=True)
class SopRow:
    """One row of the paper; steps that share a row are one."""

    number: str
    activity: str
    who: str
    ways: tuple[str, ...]
    requirements: str
    standard: str
    output: str
    real: str
    verdict: str  # "", "ontime", "late", "running", "waiting"
    verdict_words: str
    current: bool
    deviation: str


def sop_rows(
    procedure: Procedure, current: str | None, visits: list[Visit], roles: Mapping[str, str]
) -> list[SopRow]:
    """The rows of the paper in order; `current` is the step at which the case stands."""
    found: list[SopRow] = []
    done: set[str] = set()
    for step in procedure.steps:
        head = procedure.row_of(step)
        if head.key in done:
            continue
        done.add(head.key)
        steps = [one for one in procedure.steps if procedure.row_of(one) is head]
        found.append(_row(procedure, steps, current, visits, roles))
    return found


def _row(
    procedure: Procedure,
    steps: list[Step],
    current: str | None,
    visits: list[Visit],
    roles: Mapping[str, str],
) -> SopRow:
    head, keys = steps[0], {one.key for one in steps}
    here = [one for one in visits if one.step in keys]
    verdict, words = judge(here)
    return SopRow(
        number=head.row or "–",
        activity=head.activity,
        who="; ".join(dict.fromkeys(who_works(procedure, one, roles) for one in steps)),
        ways=tuple(say(procedure, one, way) for one in steps for way in one.transitions),
        requirements=", ".join(head.requirements),
        standard=str(head.time) if head.time else "",
        output=head.output,
        real=" + ".join(span(one.time) for one in here),
        verdict=verdict,
        verdict_words=words,
        current=current in keys,
        deviation=head.deviation,
    )


def who_acts(procedure: Procedure, step: Step, roles: Mapping[str, str]) -> str:
    """The Pelaksana of a step in words."""
    if step.same_as is not None:
        before = procedure.step(step.same_as)
        return _(
            "%(who)s, as in %(place)s",
            who=who_acts(procedure, before, roles),
            place=place(procedure, before.key),
        )
    names = " / ".join(roles.get(one, one) for one in step.actors)
    if step.recorded_by:
        recorder = roles.get(step.recorded_by, step.recorded_by)
        return _("%(who)s (recorded by %(recorder)s)", who=names, recorder=recorder)
    return names


def who_works(procedure: Procedure, step: Step, roles: Mapping[str, str]) -> str:
    """The same with the team that is heard first."""
    who = who_acts(procedure, step, roles)
    if step.team is None:
        return who
    team = roles.get(step.team, step.team)
    return _("%(who)s, after the opinions of %(team)s", who=who, team=team)


def place(procedure: Procedure, key: str) -> str:
    """What a step is called in a sentence: by its printed number, or that it was added."""
    step = procedure.step(key)
    return _("step %(n)s", n=step.row) if step.row else _("additional step")


def say(procedure: Procedure, step: Step, way: Transition) -> str:
    """Where a way leads, in words: Kembalikan untuk diperbaiki: langkah 4."""
    if way.to.is_end:
        return _(
            "%(label)s: the end (%(outcome)s)",
            label=way.label,
            outcome=procedure.outcome(str(way.to.outcome)).label,
        )
    if way.to.step == step.key:
        return _("%(label)s: stays at this step", label=way.label)
    return _("%(label)s: %(place)s", label=way.label, place=place(procedure, str(way.to.step)))


def judge(visits: list[Visit]) -> tuple[str, str]:
    """How the real time compares with the standard, for the newest visit that says most."""
    if not visits:
        return "", ""
    over = [one.over for one in visits if one.over is not None]
    if over:
        late = max(over, default=timedelta())
        return "late", _("late by %(time)s", time=span(late))
    if visits[-1].is_open:
        return ("waiting", _("waiting")) if visits[-1].waiting else ("running", _("running"))
    if visits[-1].due_at is None:
        return "", ""
    return "ontime", _("on time")
