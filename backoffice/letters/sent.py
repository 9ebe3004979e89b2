"""What was sent of a letter, and what of it can still be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from backoffice import mail
from backoffice.errors import Refusal
from models import CaseEvent, Delivery, DeliveryState, Letter, db

from . import marks
from .copies import is_copy

STANDING = (DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.RECEIVED)


class CannotChange(Refusal):
    """The sending is not what it was: it arrived, failed, or is out of our hands."""

    status = 409
    code = "delivery_settled"


def deliveries_of(letter_id: int) -> list[Delivery]:
    """Every sending of a letter, the newest first."""
    query = sa.select(Delivery).where(Delivery.letter_id == letter_id)
    return list(db.session.scalars(query.order_by(Delivery.id.desc())))


def stands(letter: Letter) -> bool:
    """Whether a sending to the addressee himself has not failed."""
    return any(
        one.state in STANDING and not is_copy(letter, one.addressee)
        for one in deliveries_of(letter.id)
    )


def take_back(event: CaseEvent) -> None:
    """The sendings of a step that is taken back; CannotChange where an e-mail is on its way."""
    for made in of_step(event):
        locked = db.session.get_one(Delivery, made.id, with_for_update=True)
        if not is_waiting(locked):
            raise CannotChange
        db.session.delete(locked)
    db.session.flush()


def still_here(event: CaseEvent) -> bool:
    """Whether all that was sent with a step are e-mails that have not left yet."""
    if mail.server() is None:
        return False
    found = of_step(event)
    return bool(found) and all(is_waiting(one) for one in found)


def unsent(office_id: int | None) -> sa.ColumnElement[bool]:
    """Letters of an office that are approved and did not get there by any way, as a condition.

    Each half is found by an index of its own: neither reads what went out long ago.
    """
    other, standing = aliased(Letter), aliased(Delivery)
    approved = sa.select(other.id).where(
        other.office_id == office_id, other.state.in_(marks.APPROVED)
    )
    on_its_way = sa.select(standing.id).where(
        standing.letter_id == Delivery.letter_id, standing.state.in_(STANDING)
    )
    came_back = sa.select(Delivery.letter_id).where(
        Delivery.office_id == office_id,
        Delivery.state == DeliveryState.FAILED,
        ~on_its_way.exists(),
    )
    of_these = Letter.id.in_(sa.union_all(approved, came_back))
    return sa.and_(of_these, Letter.state.in_(marks.APPROVED | marks.GONE))


def of_step(event: CaseEvent) -> list[Delivery]:
    """What was sent with a step: recorded at its moment by its person, of a letter of its case."""
    query = (
        sa.select(Delivery)
        .join(Letter)
        .where(
            Letter.case_id == event.case_id,
            Delivery.recorded_at == event.happened_at,
            Delivery.user_id == event.user_id,
        )
    )
    return list(db.session.scalars(query))


def is_waiting(made: Delivery) -> bool:
    """Whether it is an e-mail that the mail server has not been given yet."""
    return made.state == DeliveryState.QUEUED and made.sent_at is None
