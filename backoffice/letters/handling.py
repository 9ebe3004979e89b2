"""Who sends a letter and records that it arrived: whoever records its ink, and who had the case.

The SOP gives approving and paraf to its posts. What follows is clerk's work, which an office gives
to whoever is there. Whether he sees the case at all is asked before.
"""

from __future__ import annotations

from backoffice.actor import Actor, Person
from backoffice.workflow import conflict
from models import Duty, Letter

from . import ink


def may_handle(letter: Letter, actor: Actor) -> bool:
    """Whether this actor sends the letter; never the terlapor, nor another office."""
    if actor.post.office_id != letter.office_id or conflict.is_terlapor(letter.case, actor):
        return False
    return ink.may_record(letter, actor) or actor.duty_post.id in _had(letter)


def handler(letter: Letter, person: Person) -> Actor | None:
    """As whom this person does it, or none; as himself rather than for another post."""
    found = [one for one in person.actors if may_handle(letter, one)]
    return min(found, key=lambda one: (one.on_behalf, one.for_post is not None), default=None)


def _had(letter: Letter) -> set[int]:
    """The posts through which the case went, and which still see it."""
    return {
        desk.post_id
        for desk in letter.case.assignments
        if desk.duty == Duty.RESPONSIBLE and not desk.lost
    }
