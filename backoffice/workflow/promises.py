"""Letters that the SOP promises: as long as one is approved and has not gone out, nothing closes.

A letter is promised where a way of the SOP sends it or tells somebody by it, or where the outcome
says that somebody must be told. A letter that the SOP lets nobody send hinders nothing, nor does
one that waited to be fetched by somebody who never came.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from backoffice.letters import marks
from backoffice.letters.copies import is_copy
from backoffice.letters.kept import letters_of
from backoffice.workflow.definition import Procedure, Step, Transition
from backoffice.workflow.versions import definition_of
from models import Case, Delivery, DeliveryState, Letter, db

PROMISING = ("send", "notify")


def unsent(case: Case, outcome: str | None = None, given_up: Step | None = None) -> list[Letter]:
    """The letters that must go out before the case closes, the oldest first.

    Not the one for which nobody came to a step (`given_up`) that would have handed it over.
    """
    procedure = definition_of(case)
    tells = outcome is not None and procedure.outcome(outcome).notice
    waiting = [
        one
        for one in reversed(letters_of(case.id))
        if one.state in marks.APPROVED and (tells or names(procedure, PROMISING, one.kind))
    ]
    found = waiting + _come_back(case)
    here = given_up.transitions if given_up is not None else ()
    return [one for one in found if not _sends(here, ("send",), one.kind)]


def names(procedure: Procedure, effects: Iterable[str], kind: str) -> bool:
    """Whether a way of the SOP has one of these effects for letters of this kind."""
    return _sends(ways(procedure), effects, kind)


def _sends(among: Iterable[Transition], effects: Iterable[str], kind: str) -> bool:
    wanted = (kind, "")
    return any(
        argument in wanted for way in among for name in effects for argument in way.arguments(name)
    )


def ways(procedure: Procedure) -> Iterable[Transition]:
    """Every way of the SOP."""
    return (way for step in procedure.steps for way in step.transitions)


def _come_back(case: Case) -> list[Letter]:
    """Letters that went out and of which every sending failed."""
    gone = {one.id: one for one in letters_of(case.id) if one.state in marks.GONE}
    if not gone:
        return []
    query = sa.select(Delivery).where(Delivery.letter_id.in_(gone)).order_by(Delivery.id)
    states: dict[int, set[DeliveryState]] = {}
    for one in db.session.scalars(query):
        if not is_copy(gone[one.letter_id], one.addressee):
            states.setdefault(one.letter_id, set()).add(one.state)
    return [gone[key] for key, found in states.items() if found == {DeliveryState.FAILED}]
