"""What the history of a case says of its letters: signed with ink, sent, received, void."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backoffice.letters.kinds import kind_of
from backoffice.text import _, plain_date
from models import CaseEvent, EventKind
from views import sending_words


def signed_title(event: CaseEvent) -> str:
    """Surat ditandatangani; or that scan or day of it were put right."""
    if event.data.get("replaces"):
        return _("Scan of the letter replaced")
    return _("Day of the signature put right") if event.data.get("again") else _("Letter signed")


def sent_title(event: CaseEvent) -> str:
    """Surat dikirim; or that its e-mail waits, or that it did not get there."""
    return str(sending_words.TITLES.get(event.data.get("state", ""), _("Letter sent")))


def voided_title(event: CaseEvent) -> str:
    """Surat dibatalkan: Surat balasan."""
    return _("Letter made void: %(kind)s", kind=kind_of(event.data["letter"]).title)


def remarks(event: CaseEvent) -> Iterable[str]:
    """Which letter it was, when it was signed, and by which way it went to whom."""
    if event.kind is EventKind.SIGNED and (on := event.data.get("signed_on")):
        day = plain_date(date.fromisoformat(on))
        if number := event.data.get("number"):
            yield _("Number %(n)s, signed on %(day)s", n=number, day=day)
        else:
            yield _("Signed on %(day)s", day=day)
    if event.data.get("letter_voided") and (number := event.data["number"]):
        yield _("The number %(n)s is void with it.", n=number)
    if event.kind in (EventKind.SENT, EventKind.RECEIVED):
        yield from sending_words.event_facts(event)
