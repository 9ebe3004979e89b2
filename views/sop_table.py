"""An SOP in words: who acts at a step, what a step is called, where a way leads."""

from __future__ import annotations

from collections.abc import Mapping

from backoffice.text import _
from backoffice.workflow.definition import Action, Procedure, Step, Transition


def who_acts(procedure: Procedure, step: Step, roles: Mapping[str, str]) -> str:
    """The Pelaksana of a step in words."""
    if step.same_as is not None:
        before = procedure.step(step.same_as)
        return _(
            "%(who)s, as in %(place)s",
            who=who_acts(procedure, before, roles),
            place=place(procedure, before.key),
        )
    names = _names(step, roles)
    if step.recorded_by:
        recorder = roles.get(step.recorded_by, step.recorded_by)
        return _("%(who)s (recorded by %(recorder)s)", who=names, recorder=recorder)
    return names


def _names(step: Step, roles: Mapping[str, str]) -> str:
    return " / ".join(roles.get(one, one) for one in step.actors)


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


def say(
    procedure: Procedure, step: Step, way: Transition, roles: Mapping[str, str], word: str = ""
) -> str:
    """Where a way leads: Tidak – Kembalikan untuk diperbaiki: kembali ke langkah 4 (Kasubbag …)."""
    label = f"{word} – {way.label}" if word else way.label
    if way.to.is_end:
        outcome = procedure.outcome(str(way.to.outcome)).label
        if outcome.casefold() == _("the end"):
            return f"{label}: {_('the end')}"
        return _("%(label)s: the end (%(outcome)s)", label=label, outcome=outcome)
    target = procedure.step(str(way.to.step))
    if target is step:
        return _("%(label)s: stays at this step", label=label)
    while target.same_as is not None:
        target = procedure.step(target.same_as)
    where, who = place(procedure, str(way.to.step)), _names(target, roles)
    if way.action is Action.RETURN:
        return _("%(label)s: back to %(place)s (%(who)s)", label=label, place=where, who=who)
    return _("%(label)s: on to %(place)s (%(who)s)", label=label, place=where, who=who)
