"""An incoming letter and its case: opened from it, joined by it, or entered because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from backoffice.actor import Actor
from backoffice.errors import LetterIsCase, NotAllowed, NotFound
from backoffice.incoming import URGENCIES, Arrival, agenda_of, enter, lock
from backoffice.letter_sight import RAHASIA
from backoffice.letters.signing import head_of
from backoffice.search import reference_of, search_text_of
from backoffice.workflow import history
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.inputs import Inputs, Upload
from models import (
    Case,
    CaseEvent,
    EventKind,
    IncomingLetter,
    OutsideReference,
    PartyRole,
    ReferenceKind,
    Status,
    db,
)

CHANNEL = "surat"  # of a case that came by letter
UNKNOWN_SENDER = "Tanpa nama"


def prefilled(letter: IncomingLetter) -> dict[str, Any]:
    """What the form of a new case begins with: form field -> value."""
    urgency = letter.urgency if letter.urgency != RAHASIA else None
    known = {
        "channel": CHANNEL,
        "subject": letter.subject,
        "received_on": letter.received_on,
        "urgency": urgency,
        "reporter.name": letter.sender,
        "applicant.name": letter.sender,
        "references.letter": letter.number,
    }
    return {name: value for name, value in known.items() if value}


def files_of(letter: IncomingLetter) -> tuple[Upload, ...]:
    """The scans as files of a case; the bytes lie in the folder already."""
    return tuple(
        Upload(
            name=one.name,
            sha256=one.sha256,
            size=one.size,
            content_type=one.content_type,
            label=f"Surat masuk {agenda_of(letter)}",
        )
        for one in letter.scans
    )


def bind(case: Case, letter_id: int, given: Iterable[str]) -> None:
    """A case that is being opened comes from this letter: once, and only in its own office.

    `given`: the columns that were typed; what was not asked is as the letter has it.
    """
    letter = lock(letter_id)
    if letter.office_id != case.office.id:
        raise NotFound
    if letter.case_id is not None:
        raise LetterIsCase
    if letter.closed_at is not None:
        raise NotAllowed
    letter.case = case
    typed = set(given)
    case.channel = CHANNEL
    if "received_on" not in typed:
        case.received_on = letter.received_on
    if not case.subject:
        case.subject = letter.subject


def attach_to(
    case: Case, letter_id: int, *, actor: Actor, now: datetime, note: str = ""
) -> CaseEvent:
    """A letter that belongs to a case that is there: its scans and number go to the case.

    Inside the command of the case. LetterIsCase where it went to one already.
    """
    letter = lock(letter_id)
    if letter.office_id != case.office_id or case.status == Status.VOID:
        raise NotAllowed
    if letter.case_id is not None:
        raise LetterIsCase
    if letter.closed_at is not None:
        raise NotAllowed
    letter.case = case
    known = {reference_of(one.number) for one in case.references}
    if letter.number and reference_of(letter.number) not in known:
        one = OutsideReference(kind=ReferenceKind.LETTER, number=letter.number)
        case.references.append(one)
    case.search_text = search_text_of(case)
    inputs = Inputs(note=note, attachments=files_of(letter))
    data = {"agenda": agenda_of(letter)}
    return history.record(case, EventKind.NOTE, actor=actor, now=now, inputs=inputs, data=data)


def register_case(case: Case, *, actor: Actor, now: datetime) -> None:
    """The agenda gets a row for a case that came by letter, once; the case has its scans itself."""
    if case.channel != CHANNEL or belongings_of(case.id).incoming:
        return
    arrival = Arrival(
        received_on=case.received_on,
        sender=_sender(case),
        number=next(_letter_numbers(case), ""),
        subject=case.subject or UNKNOWN_SENDER,
        urgency=case.urgency if case.urgency in URGENCIES else "biasa",
    )
    letter = enter(case.office, arrival, actor=actor, before=head_of(case.office_id), now=now)
    letter.case = case
    letter.read_at = now  # it reaches everybody as a case
    db.session.flush()


def _sender(case: Case) -> str:
    parties = (case.party(role) for role in (PartyRole.REPORTER, PartyRole.APPLICANT))
    return next((one.name for one in parties if one is not None and one.name), UNKNOWN_SENDER)


def _letter_numbers(case: Case) -> Iterator[str]:
    return (one.number for one in case.references if one.kind == ReferenceKind.LETTER)
