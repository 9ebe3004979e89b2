"""A letter leaves the office: by which way, to whom, when; that it arrived, or did not.

What a clerk says he did (diantar, pos, diambil, WhatsApp) is written down as done. An e-mail is
asked for here and goes out after the commit (`mailing`), where the installation has a mail server;
where it has none, the clerk sends it himself and says so. A letter counts as sent when it went to
its addressee, not by a tembusan alone; from then on it keeps its number, whatever comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backoffice import jobs, mail
from backoffice.actor import Actor
from backoffice.errors import Incomplete, LetterNotApproved, NotAllowed
from backoffice.workflow import history, telling
from backoffice.workflow.inputs import Inputs, Upload
from models import (
    Attachment,
    CaseEvent,
    Delivery,
    DeliveryState,
    DeliveryWay,
    EventKind,
    Letter,
    LetterState,
    MarkKind,
    db,
)

from . import contacts, covering, drafting, marks
from .copies import is_copy
from .handling import may_handle
from .sent import CannotChange, is_waiting

MAIL = "mail"  # the kind of job
NEEDS_ADDRESS = (DeliveryWay.POST, DeliveryWay.EMAIL, DeliveryWay.WHATSAPP)
LONGEST = {"addressee": 300, "address": 500, "evidence": 300}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a letter goes out; what is left empty is taken from the case. `at`: not before it was
    approved, not to come. `subject` and `text` go with an e-mail."""

    way: DeliveryWay | None = None
    addressee: str = ""
    address: str = ""
    at: datetime | None = None
    evidence: str = ""
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """That a letter arrived: when, with whom, and the paper that says so."""

    by: str
    at: datetime | None = None
    scan: Upload | None = None


def by_mail(letter: Letter | None) -> bool:
    """Whether an e-mail is not refused: a clerk sends it himself, or the signed scan is there."""
    return mail.server() is None or (letter is not None and letter.scan_id is not None)


def suggested(letter: Letter, given: Sending | None = None) -> Sending:
    """The same with everything filled that the case knows."""
    order = given or Sending()
    party = contacts.addressee_of(letter.case)
    way = order.way or contacts.likely_way(letter.case, by_mail=by_mail(letter))
    name = str(letter.fields.get("penerima") or "") or (party.name if party else "")
    address = order.address.strip() or contacts.address_for(party, way)
    if way is DeliveryWay.FETCHED:
        address = ""
    if is_copy(letter, order.addressee):
        address = order.address.strip()  # the citizen's own is not theirs
    return replace(
        order,
        way=way,
        addressee=covering.one_line(order.addressee or name)[: LONGEST["addressee"]],
        address=address.strip(),
    )


def send(letter: Letter, order: Sending, *, actor: Actor, now: datetime) -> Delivery:
    """Send a letter by hand of `actor`, outside any step; one line in the history.

    NotAllowed; LetterNotApproved; Incomplete with every fault. To be called within `command`.
    """
    if not may_handle(letter, actor):
        raise NotAllowed
    if letter.state not in marks.APPROVED | marks.GONE:
        raise LetterNotApproved
    made = deliver(letter, order, actor=actor, now=now)
    event = tell(made, EventKind.SENT, actor=actor, now=now)
    if made.state == DeliveryState.SENT:
        gone(made, event, actor=actor, now=now)
    return made


def deliver(letter: Letter, order: Sending, *, actor: Actor, now: datetime) -> Delivery:
    """The row of a sending, and the job of an e-mail; what follows is left to the caller."""
    whole = suggested(letter, order)
    if faults := faults_of(letter, whole, now):
        raise Incomplete(faults)
    queued = whole.way is DeliveryWay.EMAIL and mail.server() is not None
    made = Delivery(
        letter=letter,
        office_id=letter.office_id,
        way=whole.way,
        state=DeliveryState.QUEUED if queued else DeliveryState.SENT,
        addressee=whole.addressee,
        address=whole.address,
        evidence=whole.evidence.strip(),
        sent_at=None if queued else max(whole.at or now, letter.approved_at or letter.drafted_at),
        recorded_at=now,
        user=actor.user,
        post=actor.post,
    )
    db.session.add(made)
    db.session.flush()
    if queued:
        made.job = jobs.ask(MAIL, _words(made, whole), actor=actor, now=now)
        db.session.flush()
    return made


def faults_of(letter: Letter, whole: Sending, now: datetime) -> dict[str, str]:
    """Form field -> code of what is missing or cannot be."""
    faults = {
        f"sending.{name}": "too_long"
        for name, most in LONGEST.items()
        if len(getattr(whole, name)) > most
    }
    if whole.way in NEEDS_ADDRESS and not whole.address:
        faults["sending.address"] = "address_missing"
    elif whole.way is DeliveryWay.EMAIL and contacts.email(whole.address) is None:
        faults["sending.address"] = "email_malformed"
    if not whole.addressee:
        faults["sending.addressee"] = "required"
    if whole.way is DeliveryWay.EMAIL and mail.server() is not None and letter.scan_id is None:
        faults["sending.way"] = "mail_needs_scan"
    if whole.at is not None and whole.at > now:
        faults["sending.at"] = "in_the_future"
    elif is_before(whole.at, letter.approved_at):
        faults["sending.at"] = "before_approval"
    return faults


def is_before(at: datetime | None, last: datetime | None) -> bool:
    """Whether a moment that somebody typed lies before another; he knows of no seconds."""
    return at is not None and last is not None and at < last.replace(second=0, microsecond=0)


def _words(made: Delivery, whole: Sending) -> dict[str, Any]:
    cover = covering.cover_of(made.letter, covering.MAIL)
    return {
        "delivery_id": made.id,
        "subject": covering.one_line(whole.subject) or cover.subject,
        "text": whole.text.strip() or cover.text,
    }


def gone(made: Delivery, event: CaseEvent | None, *, actor: Actor, now: datetime) -> None:
    """The letter left: it is sent, and what was promised by it is kept."""
    letter = made.letter
    if is_copy(letter, made.addressee):
        return
    if letter.state == LetterState.RECEIVED:
        letter.sent_at = made.sent_at or now  # once more; it stays received
    else:
        drafting.send(letter, actor=actor, now=made.sent_at or now)
    telling.by_letter(letter, event, now=now)


def receive(made: Delivery, receipt: Receipt, *, actor: Actor, now: datetime) -> CaseEvent:
    """The letter arrived. CannotChange where it never left; Incomplete with every fault."""
    if not may_handle(made.letter, actor):
        raise NotAllowed
    if made.state != DeliveryState.SENT:
        raise CannotChange
    at = receipt.at or now
    faults = {}
    if not receipt.by.strip():
        faults["received.by"] = "required"
    if at > now:
        faults["received.at"] = "in_the_future"
    elif is_before(at, made.sent_at):
        faults["received.at"] = "before_sent"
    if faults:
        raise Incomplete(faults)
    made.state, made.received_at = DeliveryState.RECEIVED, max(at, made.sent_at or at)
    made.received_by = receipt.by.strip()[:300]
    scans = (receipt.scan,) if receipt.scan is not None else ()
    event = tell(made, EventKind.RECEIVED, actor=actor, now=now, inputs=Inputs(attachments=scans))
    if scans:
        kept = sa.select(Attachment).where(Attachment.event_id == event.id)
        made.receipt = db.session.scalars(kept).first()
    arrived(made, actor=actor, now=now)
    return event


def arrived(made: Delivery, *, actor: Actor, now: datetime) -> None:
    """The letter itself has arrived, unless it was a tembusan."""
    letter = made.letter
    if letter.state == LetterState.SENT and not is_copy(letter, made.addressee):
        letter.state, letter.received_at = LetterState.RECEIVED, made.received_at
        drafting.mark(letter, MarkKind.RECEIVE, actor=actor, now=now)


def fail(made: Delivery, reason: str, *, actor: Actor, now: datetime) -> CaseEvent:
    """It came back, or never left: in the clerk's words. The letter can be sent anew."""
    if not may_handle(made.letter, actor):
        raise NotAllowed
    if made.state != DeliveryState.SENT and not is_waiting(made):
        raise CannotChange
    if not reason.strip():
        raise Incomplete({"fault": "reason_required"})
    made.state, made.fault = DeliveryState.FAILED, reason.strip()
    return tell(made, EventKind.SENT, actor=actor, now=now, inputs=Inputs(reason=made.fault))


def tell(
    made: Delivery,
    kind: EventKind,
    *,
    actor: Actor,
    now: datetime,
    inputs: Inputs | None = None,
) -> CaseEvent:
    """One line of the history: the way and how it stands, without the address."""
    return history.record(
        made.letter.case,
        kind,
        actor=actor,
        now=now,
        inputs=inputs or Inputs(),
        data=_data(made),
    )


def _data(made: Delivery) -> Mapping[str, Any]:
    return {
        "delivery_id": made.id,
        "letter_id": made.letter_id,
        "way": str(made.way),
        "state": str(made.state),
        "addressee": made.addressee,
    }
