"""Mungkin sudah pernah dicatat: possible doubles as a page shows them, and when it asks for them.

At the opening, and on the page of a case for as long as people have only just been written down.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backoffice import doubles
from backoffice.actor import Person
from backoffice.doubles import Double, Keys, keys_of_case, keys_of_typed
from backoffice.text import _, long_date
from backoffice.workflow.answers import asked_names
from backoffice.workflow.definition import Procedure
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import procedures_of
from backoffice.workflow.vocabulary import PARTIES
from models import Case, Office
from views import labels
from views.kinds import openable_by
from views.near import Near
from views.rows import case_url, place_words
from views.visits import Visit

MOST_SHOWN = 5
FIRST_VISITS = 2  # until its second step is left, a case may still turn out to be there already


@dataclass(frozen=True, slots=True)
class Alike:
    """One possible double as a line; without sight of it there is no address and no subject."""

    id: int
    name: str
    url: str
    facts: str
    why: str
    joinable: bool


def at_opening(inputs: Inputs, person: Person, office: Office, now: datetime) -> list[Alike]:
    """What is there already of what was typed for a new case."""
    keys = keys_of_typed(inputs.parties, inputs.references)
    zone = ZoneInfo(office.timezone)
    typed: date | None = inputs.columns.get("received_on")
    on = typed or (inputs.happened_at or now).astimezone(zone).date()
    found = doubles.find(keys, person, on, looks_up=True, but=inputs.follows_id)
    return lines(found, office)


def candidates_of(
    case: Case, procedure: Procedure, visits: Sequence[Visit], person: Person
) -> dict[int, set[str]]:
    """What may be there already of a case; later on only what bears the same number from outside.

    One statement, and none without anything to compare.
    """
    if not case.is_live:
        return {}
    keys = keys_of_case(case)
    if not is_early(procedure, visits):
        keys = Keys(references=keys.references)
    zone = ZoneInfo(case.office.timezone)
    on = case.received_on or case.opened_at.astimezone(zone).date()
    return doubles.candidates(keys, person, on, of=case, but=case.follows_id)


def of_near(alike: dict[int, set[str]], near: Near, person: Person) -> list[Alike]:
    """Those of the candidates of which the person may know."""
    if not alike:
        return []
    found = doubles.told(
        alike, near.rows.values(), looks_up=bool(openable_by(person)), of=near.case
    )
    return [_line(one, near.procedure(one.case), near.case.office) for one in found]


def is_early(procedure: Procedure, visits: Sequence[Visit]) -> bool:
    """Whether the second step was not left yet, or people are being or were just written down."""
    if len(visits) <= FIRST_VISITS:
        return True
    return any(asks_people(procedure, one.step) for one in visits[-2:])


def asks_people(procedure: Procedure, key: str) -> bool:
    """Whether the step of that key asks for a party."""
    if not procedure.has_step(key):
        return False
    step = procedure.step(key)
    names = (name for way in step.transitions for name in asked_names(step, way))
    return any(name.partition(".")[0] in PARTIES for name in names)


def lines(found: Sequence[Double], office: Office) -> list[Alike]:
    """The possible doubles, each as a line."""
    known = procedures_of({one.case.procedure_version_id for one in found}) if found else {}
    return [_line(one, known[one.case.procedure_version_id], office) for one in found]


def _line(one: Double, procedure: Procedure, office: Office) -> Alike:
    case = one.case
    name = _("No number yet")
    if one.opens:
        subject = labels.subject_of(case, office.timezone)
        name = f"{case.number} {subject}" if case.number else subject
    elif case.number or case.queue_number:
        name = labels.name_of(case)
    place = labels.state_of(case)
    if one.is_live and procedure.has_step(case.step):
        place = place_words(procedure, procedure.step(case.step))
    day = _("received %(day)s", day=long_date(case.received_on)) if case.received_on else ""
    return Alike(
        id=case.id,
        name=name,
        url=case_url(case.id, case.kind) if one.opens or case.mine else "",
        facts=" · ".join(part for part in (place, day) if part),
        why=why(one.alike),
        joinable=one.opens and one.is_live,
    )


def why(alike: Collection[str]) -> str:
    """Telepon dan nama sama."""
    words = {
        "telephone": _("same telephone"),
        "name": _("same name"),
        "reference": _("same number from outside"),
    }
    return ", ".join(words[one] for one in words if one in alike)


def confirmed(typed: Any, shown: Sequence[Alike]) -> bool:
    """Whether everything that is shown was shown before and set aside: `typed` is that form."""
    before = set(str(typed.get("doubles", "")).split("-"))
    return {str(one.id) for one in shown} <= before


def seal(shown: Sequence[Alike]) -> str:
    """What the form carries to say that exactly these were shown."""
    return "-".join(str(one.id) for one in shown)
