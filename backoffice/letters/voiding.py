"""A letter that was approved and must not go out at all is void, with its number and its bytes.

Before the approval a letter is simply written on. One that has left the office stays as it left:
another letter corrects it. A case that has ended keeps its end; a live one waits for no letter
that is void.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from backoffice.actor import Actor, Person
from backoffice.errors import Incomplete, NotFound, Refusal
from backoffice.register_sight import KEEPS
from backoffice.workflow import conflict, history
from backoffice.workflow.inputs import Inputs
from models import Case, CaseEvent, DeliveryState, EventKind, Letter, LetterState, db

from . import ink, issuing, marks, register, sent


class NotApproved(Refusal):
    """There is nothing to void: the letter is a draft, or void by now."""

    code = "nothing_to_void"


class NotTheirs(Refusal):
    """This actor neither approves such letters nor keeps the registers."""

    code = "not_theirs_to_void"


class HasLeft(Refusal):
    """The letter, or a tembusan of it, has left the office."""

    code = "letter_has_left"


class EmailWaits(Refusal):
    """An e-mail with the letter lies in the outbox and would still go out."""

    code = "email_waits"


def is_voidable(letter: Letter) -> bool:
    """Whether the letter was approved and nothing of it has gone out, nor is about to."""
    return letter.state in marks.APPROVED and not _standing(letter)


def may_void(letter: Letter, actor: Actor) -> bool:
    """The one rule: whoever approves it by the SOP, and who keeps the books; never the terlapor.

    That the case lies open before this person is asked by the screen.
    """
    if actor.post.office_id != letter.office_id or conflict.is_terlapor(letter.case, actor):
        return False
    return KEEPS in actor.post.capabilities or actor.duty_post.id in ink.approvers(letter)


def voider(letter: Letter, person: Person) -> Actor | None:
    """As whom this person voids the letter: in his own right where he may."""
    actors = sorted(person.actors, key=lambda one: one.for_post is not None)
    return next((one for one in actors if may_void(letter, one)), None)


def void(case: Case, letter_id: int, reason: str, *, actor: Actor, now: datetime) -> CaseEvent:
    """The letter holds no more, nor do its number and what was issued. Inside `command`.

    NotFound, NotTheirs, NotApproved, HasLeft, EmailWaits; Incomplete with the field `reason`.
    """
    query = select(Letter).where(Letter.id == letter_id, Letter.case_id == case.id)
    letter = db.session.scalar(query.execution_options(populate_existing=True))
    if letter is None:
        raise NotFound
    if not may_void(letter, actor):
        raise NotTheirs
    _refuse(letter)
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    told = {"letter_id": letter.id, "letter": letter.kind, "number": letter.number or ""}
    event = history.record(
        case,
        EventKind.NOTE,
        actor=actor,
        now=now,
        inputs=Inputs(reason=reason),
        data={**told, "letter_voided": True},
    )
    register.give_up(letter, reason=event.reason, now=now)
    issuing.void(letter.id, reason=event.reason, now=now)
    letter.state = LetterState.VOID
    db.session.flush()
    return event


def event_of(letter: Letter) -> CaseEvent | None:
    """The line of the history that says why the letter is void."""
    if letter.state is not LetterState.VOID:
        return None
    told = (one for one in letter.case.events if one.data.get("letter_voided"))
    return next((one for one in told if one.data["letter_id"] == letter.id), None)


def _refuse(letter: Letter) -> None:
    """Each reason that hinders it, with what is to be done instead."""
    if letter.state in marks.GONE:
        raise HasLeft
    if letter.state not in marks.APPROVED:
        raise NotApproved
    standing = _standing(letter)
    if DeliveryState.QUEUED in standing:
        raise EmailWaits
    if standing:
        raise HasLeft


def _standing(letter: Letter) -> set[DeliveryState]:
    """How its sendings stand that have not failed; a tembusan is out of our hands as well."""
    return {one.state for one in sent.deliveries_of(letter.id) if one.state in sent.STANDING}
