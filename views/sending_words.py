"""What the screen calls the ways of a letter, how a sending stands, and both in the history."""

from __future__ import annotations

from collections.abc import Iterable

from backoffice.text import _, _l
from models import CaseEvent, Delivery, DeliveryState, DeliveryWay
from views.times import Tag

WAYS = {
    DeliveryWay.CARRIED: _l("Brought by a courier of the office"),
    DeliveryWay.POST: _l("Postal service"),
    DeliveryWay.EMAIL: _l("E-mail"),
    DeliveryWay.FETCHED: _l("Fetched at the office"),
    DeliveryWay.WHATSAPP: _l("WhatsApp"),
}
KINDS = {
    DeliveryState.QUEUED: "info",
    DeliveryState.SENT: "today",
    DeliveryState.FAILED: "late",
    DeliveryState.RECEIVED: "done",
}
TITLES = {
    "queued": _l("E-mail with the letter in the outbox"),
    "failed": _l("The letter did not get there"),
}


def way_options() -> list[tuple[str, str]]:
    """Every way, for a form."""
    return [(str(way), str(word)) for way, word in WAYS.items()]


def state_tag(made: Delivery) -> Tag:
    """Menunggu kirim, terkirim, gagal, diterima."""
    words = {
        DeliveryState.QUEUED: _("Waiting to be sent"),
        DeliveryState.SENT: _("Sent"),
        DeliveryState.FAILED: _("Did not get there"),
        DeliveryState.RECEIVED: _("Received"),
    }
    return Tag(KINDS[made.state], words[made.state])


def event_facts(event: CaseEvent) -> Iterable[str]:
    """By which way it went, and to whom."""
    way = event.data.get("way")
    if way in set(DeliveryWay):
        facts = (str(WAYS[DeliveryWay(way)]), str(event.data.get("addressee", "")))
        yield " · ".join(one for one in facts if one)
