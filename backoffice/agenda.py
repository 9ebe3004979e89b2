"""Who writes into the agenda of incoming letters, and who brings a letter further."""

from __future__ import annotations

from backoffice.actor import Actor, Person
from backoffice.incoming import open_dispositions
from backoffice.workflow.opening import openable
from models import Duty, IncomingLetter

REGISTRARS = "keep_register"


def registrar(person: Person) -> Actor | None:
    """As whom this person writes into the agenda: who keeps the registers, or the front desk."""
    keeping = (one for one in person.actors if REGISTRARS in one.duty_post.capabilities)
    if person.can(REGISTRARS) and (found := next(keeping, None)) is not None:
        return found
    return next((actor for _version, actor in openable(person)), None)


def may_handle(person: Person, letter: IncomingLetter) -> bool:
    """Whether this person files a letter in sight or brings it to a case.

    Those are the registrars, before whom it was laid, and who is to report on it.
    """
    if registrar(person) is not None or letter.for_post_id in person.desk_post_ids:
        return True
    mine = (one for one in open_dispositions(letter.id) if one.to_post_id in person.desk_post_ids)
    return any(one.duty != Duty.INFORMATION for one in mine)
