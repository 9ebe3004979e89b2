"""Pemisahan tugas: who drafted a letter does not check it, and who checked it does not sign it.

A text that nobody checked by paraf is checked by who signs it: he is not its drafter. What counts
is who decided: where a post records what its head decided on paper, that is the head. A post that
stands alone (`Post.stands_alone`) may do it all the same, and the history says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from backoffice.actor import Actor, staffing
from backoffice.errors import Refusal
from backoffice.letters import drafting, marks
from backoffice.workflow.definition import Transition
from backoffice.workflow.inputs import Inputs
from models import Case, Letter, LetterMark, Post

CHECKING = ("initial", "coordinate")
SIGNING = "approve_letter"
Decider = tuple[str, int]  # "user" and his id; "post" where a head on paper has no account


class OwnWork(Refusal):
    """Somebody would check what he drafted (`own_draft`), or sign what he checked (`own_check`).

    `values["post"]` is the post that acts, `values["others"]` names who holds it beside him; with
    nobody there the code ends in `_alone`.
    """

    def __init__(self, code: str, *, post: str, others: Iterable[str]) -> None:
        named = ", ".join(others)
        self.code = code if named else f"{code}_alone"
        super().__init__(post=post, others=named)


def judge(
    case: Case, way: Transition, actor: Actor, inputs: Inputs, now: datetime
) -> dict[str, str]:
    """What the history keeps of somebody who checks his own work; OwnWork where he must not."""
    post = actor.duty_post if actor.on_behalf else actor.post
    code = next(
        filter(None, (_own_work(case, way, one, actor, inputs, now) for one in _asked(way))), ""
    )
    if not code:
        return {}
    if post.stands_alone:
        return {"alone": code}
    held = staffing(case.office_id, now).holdings.get(post.id, ())
    others = [one.user.name for one in held if one.user_id != actor.user.id]
    raise OwnWork(code, post=post.title, others=others)


def _asked(way: Transition) -> list[tuple[str, str]]:
    """The checks and signatures of a way, each with the kind of its letter."""
    return [(one.name, one.argument) for one in way.effects if one.name in (*CHECKING, SIGNING)]


def _own_work(
    case: Case,
    way: Transition,
    asked: tuple[str, str],
    actor: Actor,
    inputs: Inputs,
    now: datetime,
) -> str:
    """own_draft, own_check, or nothing."""
    effect, kind = asked
    letter = drafting.current_letter(case, kind or None)
    mine = _deciders(actor, now)
    drafts_now = bool(inputs.letter) and way.has("draft")
    drafted = _drafters(letter) | (mine if drafts_now else frozenset())
    if effect in CHECKING:
        return "own_draft" if mine & drafted else ""
    checked = [] if letter is None or drafts_now else _checkers(letter)
    if any(mine & one for one in checked):
        return "own_check"
    return "own_draft" if not checked and mine & drafted else ""


def _deciders(actor: Actor, now: datetime) -> frozenset[Decider]:
    if not actor.on_behalf:
        return frozenset({("user", actor.user.id)})
    return _holders(actor.duty_post, now)


def _holders(post: Post, at: datetime) -> frozenset[Decider]:
    """Who decides as a post on paper: its holders, or the post itself where nobody has it."""
    held = staffing(post.office_id, at).holdings.get(post.id, ())
    return frozenset(("user", one.user_id) for one in held) or frozenset({("post", post.id)})


def _drafters(letter: Letter | None) -> frozenset[Decider]:
    """Whoever wrote a revision of the letter."""
    rows = letter.revisions if letter is not None else ()
    return frozenset(("user", one.user_id) for one in rows)


def _checkers(letter: Letter) -> list[frozenset[Decider]]:
    """Who set each paraf on the text as it now stands."""
    return [
        _marker(one) for one in letter.marks if one.kind in marks.PARAF and marks.holds(letter, one)
    ]


def _marker(mark: LetterMark) -> frozenset[Decider]:
    """Who decided on a mark: of one that was recorded, the head whose post it names."""
    holders = _holders(mark.post, mark.at)
    me: Decider = ("user", mark.user_id)
    return frozenset({me}) if me in holders else holders
