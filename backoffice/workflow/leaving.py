"""A letter that leaves by a step of the SOP: how the form says it goes, else the likely way."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from backoffice.calendars import calendar_of
from backoffice.errors import Incomplete, LetterNotApproved
from backoffice.letters import marks, sending, sent
from backoffice.letters.copies import is_copy
from backoffice.workflow import promises, telling
from backoffice.workflow.moves import Act
from backoffice.workflow.versions import definition_of
from models import DeliveryState, DeliveryWay, Letter


def let_go(act: Act, letter: Letter) -> None:
    """Send it. A letter that the SOP has nobody approve leaves as it is written."""
    approved = letter.state in marks.APPROVED | marks.GONE
    procedure = definition_of(act.case)
    if not approved and promises.names(procedure, ("approve_letter",), letter.kind):
        raise LetterNotApproved
    order = _order(act)
    if order.way is None and letter.state in marks.GONE and sent.stands(letter):
        telling.by_letter(letter, act.event, now=act.now)  # it was sent from its own page
        return
    made = sending.deliver(letter, order, actor=act.actor, now=act.now)
    if made.state == DeliveryState.SENT:
        sending.gone(made, act.event, actor=act.actor, now=act.now)


def arrive(act: Act, letter: Letter) -> None:
    """What was sent to the addressee has arrived; he says so, whatever we believed of it.

    An e-mail that nobody knew of is proved by it; one that waits in the outbox is not.
    """
    mine = [one for one in sent.deliveries_of(letter.id) if not is_copy(letter, one.addressee)]
    there = [one for one in mine if one.state == DeliveryState.SENT]
    unknown = [one for one in mine if one.state == DeliveryState.FAILED][:1]
    for made in there or (unknown if not sent.stands(letter) else []):
        made.sent_at = made.sent_at or made.recorded_at
        if made.state != DeliveryState.SENT:  # which was marked when it left
            sending.gone(made, act.event, actor=act.actor, now=act.now)
        made.state, made.received_at = DeliveryState.RECEIVED, max(act.now, made.sent_at)
        made.received_by = made.addressee
        sending.arrived(made, actor=act.actor, now=act.now)


def _order(act: Act) -> sending.Sending:
    given = act.inputs.sending
    way = given.get("way") or None
    if way is not None and way not in set(DeliveryWay):
        raise Incomplete({"sending.way": "not_a_choice"})
    return sending.Sending(
        way=DeliveryWay(way) if way is not None else None,
        address=str(given.get("address") or ""),
        at=_moment(act),
    )


def _moment(act: Act) -> datetime | None:
    """The day that was given, at its last hour; of today it is now."""
    on = act.inputs.sending.get("on")
    if on is None or on == calendar_of(act.case.office).day_of(act.now):
        return None
    zone = ZoneInfo(act.case.office.timezone)
    return datetime.combine(on, time(23, 59), zone).astimezone(UTC)
