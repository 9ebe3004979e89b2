"""Opening a case: it stands at the first step, on the desk of the post that opened it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from backoffice.actor import Actor, Person
from backoffice.database import begin_write
from backoffice.errors import NotAllowed
from backoffice.incoming_cases import bind
from backoffice.workflow import answers, batch, history, outside
from backoffice.workflow.definition import Procedure, Step, Transition
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.moves import enter_at, settle
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Case, EventKind, Office, ProcedureVersion, Status, db


def roles_of_first(procedure: Procedure) -> frozenset[str]:
    """The roles that may open a case of this SOP."""
    first = procedure.first
    return frozenset((first.recorded_by,) if first.recorded_by else first.actors)


def may_open_with(version: ProcedureVersion, actor: Actor) -> bool:
    """Whether this actor may act at the first step of that SOP."""
    if version.office_id != actor.duty_post.office_id:
        return False
    own = {role.key for role in actor.duty_post.roles}
    return bool(own & roles_of_first(procedure_of(version)))


def openable(person: Person) -> list[tuple[ProcedureVersion, Actor]]:
    """The SOPs this person may open a case of, each with the actor that may."""
    if person.office_id is None:
        return []
    found = []
    for version in newest_versions(person.office_id):
        actor = next((one for one in person.actors if may_open_with(version, one)), None)
        if actor is not None:
            found.append((version, actor))
    return found


def asked_at_opening(procedure: Procedure) -> answers.Asked:
    """What may be filled at once when a case opens: everything its first step asks."""
    return answers.asked_of(procedure, procedure.first, _any_way(procedure.first))


def _any_way(first: Step) -> Transition:
    leaving = (way for way in first.transitions if way.to.step != first.key)
    return next(leaving, first.transitions[0])


def open_case(version: ProcedureVersion, *, actor: Actor, now: datetime, inputs: Inputs) -> Case:
    """A new case of `version`; commits. NotAllowed where the actor may not act at its first step.

    Nothing is required yet: a step asks when it is left (a queue number alone is enough).
    """
    if not may_open_with(version, actor):
        raise NotAllowed
    version_id = version.id
    begin_write()
    try:
        case = _open(db.session.get_one(ProcedureVersion, version_id), actor, now, inputs)
        settle(case)
        case.version = 1
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return case


def _open(version: ProcedureVersion, actor: Actor, now: datetime, inputs: Inputs) -> Case:
    procedure = procedure_of(version)
    office = db.session.get_one(Office, version.office_id)
    case = Case(
        office=office,
        kind=procedure.kind,
        procedure_version=version,
        step=procedure.first.key,
        unit=actor.duty_post.unit,
        status=Status.OPEN,
        opened_at=now,
        answers={},
        chosen={},
        version=1,
        follows_id=inputs.follows_id,
    )
    moment = history.moment_of(case, inputs, now)
    case.opened_at = moment
    case.received_on = moment.astimezone(ZoneInfo(office.timezone)).date()
    answers.write(case, asked_at_opening(procedure), inputs)
    outside.write(case, inputs.references)
    if inputs.incoming_letter_id is not None:
        bind(case, inputs.incoming_letter_id, inputs.columns)
    db.session.add(case)
    db.session.flush()
    history.record(case, EventKind.OPENED, actor=actor, now=now, moment=moment, inputs=inputs)
    enter_at(case, actor.duty_post, procedure.first, now=moment)
    batch.follow(case, None, procedure.first, now=moment)
    return case
