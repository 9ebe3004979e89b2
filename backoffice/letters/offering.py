"""Which papers are offered where: those the SOP names, of which there is a template."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.definition import Procedure
from backoffice.workflow.versions import definition_of
from models import LIVE, Case, Status

from .active import FILES
from .kinds import KINDS, LetterKind, Made

NAMING = ("paper", "notify")  # a letter that is promised is offered with the button that promises


def offered(case: Case, procedure: Procedure, promised: Iterable[str] = ()) -> list[LetterKind]:
    """The papers of a case as it stands: of its step, and letters by which a promise is kept.

    What is drafted in the case stands there as a letter of its own, and is not offered twice.
    """
    return offered_at(procedure, case.step, case.status, promised)


def offered_at(
    procedure: Procedure, step: str, status: Status, promised: Iterable[str] = ()
) -> list[LetterKind]:
    """The same of any case that stands there."""
    here = procedure.step(step).transitions if status in LIVE else ()
    named = (key for way in here for effect in NAMING for key in way.arguments(effect))
    return [KINDS[key] for key in dict.fromkeys((*promised, *named)) if is_paper(key)]


def is_paper(kind: str) -> bool:
    """Whether a paper of that kind can be had of a case."""
    return kind in FILES and kind in KINDS and KINDS[kind].made is not Made.LIST


def papers_of(case: Case) -> list[LetterKind]:
    """The papers that can be printed of a case as it stands."""
    notices = belongings_of(case.id).notices
    promised = [one.kind for one in notices if one.told_at is None]
    return offered(case, definition_of(case), promised)


def offered_of_list(procedure: Procedure, cases: Iterable[Case]) -> list[LetterKind]:
    """The lists the SOP names for a rekapan, as far as its cases have come."""
    places = {step.key: n for n, step in enumerate(procedure.steps)}
    furthest = max((places[one.step] for one in cases), default=-1)
    ways = (way for step in procedure.steps[: furthest + 1] for way in step.transitions)
    named = dict.fromkeys(key for way in ways for key in way.arguments("paper"))
    kinds = (KINDS[key] for key in named if key in FILES & KINDS.keys())
    return [one for one in kinds if one.made is Made.LIST]
