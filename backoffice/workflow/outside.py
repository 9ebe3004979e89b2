"""Nomor dari luar: the numbers by which others know a case, kept and changed with a trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotAllowed
from backoffice.search import reference_of, search_text_of
from backoffice.workflow import history
from backoffice.workflow.desks import open_desk
from models import Case, CaseEvent, EventKind, OutsideReference, ReferenceKind

LONGEST = 120  # what the column holds
Numbers = Mapping[str, Iterable[str]]  # kind -> numbers as they were typed


def numbers_of(case: Case) -> dict[str, list[str]]:
    """The numbers a case has, by kind."""
    found: dict[str, list[str]] = {}
    for one in case.references:
        found.setdefault(one.kind.value, []).append(one.number)
    return found


def write(case: Case, given: Numbers) -> None:
    """Let the case have exactly the numbers given for these kinds; other kinds are left alone.

    A number written twice is kept once. Incomplete (`references.<kind>`) for one that is too long.
    """
    faults = {}
    for kind in map(ReferenceKind, given):
        wanted = _once(given[kind.value])
        if any(len(one) > LONGEST for one in wanted):
            faults[f"references.{kind.value}"] = "number_too_long"
            continue
        have = [one for one in case.references if one.kind == kind]
        for one in have:
            if one.number not in wanted:
                case.references.remove(one)
        known = {one.number for one in have}
        case.references += [
            OutsideReference(kind=kind, number=one) for one in wanted if one not in known
        ]
    if faults:
        raise Incomplete(faults)


def _once(numbers: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for one in numbers:
        text = " ".join(one.split())
        if key := reference_of(text):
            found.setdefault(key, text)
    return list(found.values())


def may_change(case: Case, actor: Actor) -> bool:
    """Whoever answers for the case keeps its numbers."""
    return case.is_live and open_desk(case, actor) is not None


def change(case: Case, *, actor: Actor, now: datetime, given: Numbers) -> CaseEvent | None:
    """Put the numbers right; the history tells what stood there. None where nothing changed."""
    if not may_change(case, actor):
        raise NotAllowed
    before = numbers_of(case)
    write(case, given)
    after = numbers_of(case)
    changed = {
        kind: [before.get(kind, []), after.get(kind, [])]
        for kind in given
        if before.get(kind, []) != after.get(kind, [])
    }
    if not changed:
        return None
    case.search_text = search_text_of(case)
    return history.record(case, EventKind.NOTE, actor=actor, now=now, data={"references": changed})
