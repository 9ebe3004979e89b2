"""Linked cases: a way opens a case of another SOP, which lives on its own; each shows the other.

The new case stands at its first step, with columns, parties and attachments carried over.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice.errors import Refusal
from backoffice.once import once
from backoffice.workflow import batch, history, routing
from backoffice.workflow.definition import Transition
from backoffice.workflow.moves import Act, enter, settle
from backoffice.workflow.versions import newest_versions, procedure_of
from backoffice.workflow.vocabulary import COLUMNS, PARTY_PARTS
from models import (
    Attachment,
    Case,
    CaseEvent,
    Duty,
    EventKind,
    OutsideReference,
    Party,
    Post,
    ProcedureVersion,
    Status,
    db,
)

EFFECT = "open_case"


class NotPublished(Refusal):
    """The SOP of the linked case was never published in this office; `values["sop"]` names it."""

    code = "sop_not_published"


def version_for(office_id: int, code: str) -> ProcedureVersion:
    """The version a linked case begins with: the newest published one."""
    found = next((one for one in newest_versions(office_id) if one.code == code), None)
    if found is None:
        raise NotPublished(sop=code)
    return found


def open_choices(case: Case, way: Transition) -> dict[str, list[Post]]:
    """Role -> posts, where several of the office might begin the linked case."""
    found: dict[str, list[Post]] = {}
    for code in way.arguments(EFFECT):
        version = next((one for one in newest_versions(case.office_id) if one.code == code), None)
        if version is None:
            continue
        first = procedure_of(version).first
        roles = (first.recorded_by,) if first.recorded_by else first.actors
        for role in roles:
            posts = routing.remaining(case.office_id, case.unit, role)
            if len(posts) > 1:
                found[role] = posts
    return found


def opened_from(case: Case, code: str) -> list[Case]:
    """The cases of that SOP which this one has opened; not those that citizens brought later."""
    return list(_opened_from(case.id, code))


@once(Case, CaseEvent)
def _opened_from(case_id: int, code: str) -> list[Case]:
    query = (
        select(Case, CaseEvent)
        .join(CaseEvent, CaseEvent.case_id == Case.id)
        .join(ProcedureVersion, ProcedureVersion.id == Case.procedure_version_id)
        .where(
            Case.follows_id == case_id,
            ProcedureVersion.code == code,
            CaseEvent.kind == EventKind.OPENED,
        )
        .order_by(Case.id)
    )
    return [row.Case for row in db.session.execute(query) if "from_case" in row.CaseEvent.data]


def open_linked(act: Act, code: str) -> None:
    """Open a case of that SOP at its first step, once; a further one only where it was asked for.

    NotPublished where there is no such SOP.
    """
    case = act.case
    version = version_for(case.office_id, code)
    if opened_from(case, code) and not act.inputs.again:
        return
    linked = _made(case, version, now=act.now)
    event = history.record(
        linked,
        EventKind.OPENED,
        actor=act.actor,
        now=act.event.recorded_at,
        moment=act.now,
        data={
            "from_case": case.id,
            "from_event": act.event.id,
            "from_number": case.number,
        },
    )
    if not _is_hidden_from(version, case):
        _carry_files(case, event)
    first = procedure_of(version).first
    enter(linked, first, now=act.now, returning=False, inputs=act.inputs)
    desks = (desk for desk in linked.assignments if desk.duty == Duty.RESPONSIBLE)
    linked.unit = next((desk.instead_of or desk.post).unit for desk in desks)
    batch.follow(linked, None, first, now=act.now)
    settle(linked)
    linked.version = 1


def _made(case: Case, version: ProcedureVersion, *, now: datetime) -> Case:
    """The new case. It stands in the unit of the one before until its desk is found."""
    procedure = procedure_of(version)
    linked = Case(
        office=case.office,
        kind=procedure.kind,
        procedure_version=version,
        step=procedure.first.key,
        unit=case.unit,
        status=Status.OPEN,
        opened_at=now,
        answers={},
        chosen={},
        version=1,
        follows_id=case.id,
        reported_user_id=case.reported_user_id,
    )
    if not _is_hidden_from(version, case):
        _carry(case, linked)
    if linked.received_on is None:
        linked.received_on = now.astimezone(ZoneInfo(case.office.timezone)).date()
    db.session.add(linked)
    db.session.flush()
    return linked


def _is_hidden_from(version: ProcedureVersion, case: Case) -> bool:
    """Whether more people see cases of that SOP: then nothing goes over but the link itself."""
    return case.procedure_version.confidential and not version.confidential


def _carry(case: Case, linked: Case) -> None:
    """Columns, people, and the numbers by which others know the case."""
    for name in COLUMNS:
        setattr(linked, name, getattr(case, name))
    for party in case.parties:
        parts = {part: getattr(party, part) for part in PARTY_PARTS}
        linked.parties.append(Party(role=party.role, anonymous=party.anonymous, **parts))
    for one in case.references:
        linked.references.append(OutsideReference(kind=one.kind, number=one.number))


def _carry_files(case: Case, event: CaseEvent) -> None:
    """The attachments, as further rows of the same files."""
    query = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    for one in db.session.scalars(query):
        db.session.add(
            Attachment(
                case_id=event.case_id,
                event_id=event.id,
                name=one.name,
                label=one.label,
                content_type=one.content_type,
                size=one.size,
                sha256=one.sha256,
                uploaded_at=one.uploaded_at,
                user_id=one.user_id,
                post_id=one.post_id,
            )
        )
