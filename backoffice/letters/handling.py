"""Who carries a letter on after its approval: whoever has to do with it, or keeps the register.

The SOP gives approving and paraf to its posts. What follows is clerk's work, which an office gives
to whoever is there: the post that has or had the case on its desk, that wrote the letter, or that
keeps the register of outgoing letters. Whether he sees the case at all is asked before.
"""

from __future__ import annotations

from backoffice.actor import Actor, Person
from backoffice.register_sight import KEEPS
from backoffice.workflow import conflict
from models import Duty, Letter


def may_handle(letter: Letter, actor: Actor) -> bool:
    """Whether this actor records the ink, the sending and the receipt of a letter."""
    if actor.post.office_id != letter.office_id or conflict.is_terlapor(letter.case, actor):
        return False
    if KEEPS in actor.post.capabilities:
        return True
    return bool({actor.post.id, actor.duty_post.id} & _its_posts(letter))


def handler(letter: Letter, person: Person) -> Actor | None:
    """As whom this person does it, or none; as himself rather than for another post."""
    found = [one for one in person.actors if may_handle(letter, one)]
    return min(found, key=lambda one: (one.on_behalf, one.for_post is not None), default=None)


def _its_posts(letter: Letter) -> set[int]:
    had = {
        desk.post_id
        for desk in letter.case.assignments
        if desk.duty == Duty.RESPONSIBLE and not desk.lost
    }
    return had | {one.post_id for one in letter.revisions}
