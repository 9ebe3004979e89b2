"""The way from a refusal, or from a promise, to the letter that must go out first."""

from __future__ import annotations

from markupsafe import Markup

from backoffice.errors import LetterNotSent, Refusal
from backoffice.letters import kept, marks
from backoffice.text import _
from models import Case

SEND = "/surat/details/?id={}#kirim"


def with_letters(message: str, refusal: Refusal) -> str:
    """The sentence of a refusal, with a link to each letter that it waits for."""
    if not isinstance(refusal, LetterNotSent):
        return message
    link = Markup(' <a href="{}">{}</a>')
    links = (link.format(SEND.format(one), _("Send the letter")) for one in refusal.values["ids"])
    return Markup("{}").format(message) + Markup("").join(links)


def to_send(case: Case, kind: str) -> str:
    """Where the letter is sent by which a party is told; nothing while there is none."""
    ready = (one for one in kept.letters_of(case.id) if one.state in marks.APPROVED)
    found = next((one for one in ready if one.kind == kind), None)
    return SEND.format(found.id) if found is not None else ""
