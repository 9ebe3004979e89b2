"""What the history of a case says of its letters: signed with ink."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backoffice.text import _, plain_date
from models import CaseEvent, EventKind


def signed_title(event: CaseEvent) -> str:
    """Surat ditandatangani; or that scan or day of it were put right."""
    if event.data.get("replaces"):
        return _("Scan of the letter replaced")
    return _("Day of the signature put right") if event.data.get("again") else _("Letter signed")


def remarks(event: CaseEvent) -> Iterable[str]:
    """Which letter it was, and when it was signed."""
    if event.kind is EventKind.SIGNED and (on := event.data.get("signed_on")):
        day = plain_date(date.fromisoformat(on))
        if number := event.data.get("number"):
            yield _("Number %(n)s, signed on %(day)s", n=number, day=day)
        else:
            yield _("Signed on %(day)s", day=day)
