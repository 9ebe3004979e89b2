"""A case that goes back before its signature: the letter is written on, and its number is void."""

from __future__ import annotations

from backoffice.letters import drafting, kept, marks
from backoffice.workflow.definition import Action, Procedure
from backoffice.workflow.moves import Act
from backoffice.workflow.versions import definition_of

RETURNED = "Dikembalikan"  # stands in the register where a return of the paper gives no reason


def take_back_approvals(act: Act) -> None:
    """Letters that will be approved anew where this return leads are not approved any more.

    Before the approval a return costs no number. What has left the office stays as it left.
    """
    if act.way.action is not Action.RETURN or act.way.to.step is None:
        return
    approving = approving_between(definition_of(act.case), act.way.to.step, act.step.key)
    if not approving:
        return
    for letter in kept.letters_of(act.case.id):
        if letter.state in marks.APPROVED and approving & {letter.kind, ""}:
            reason = act.event.note or RETURNED
            drafting.take_back_approval(letter, reason=reason, now=act.now)


def approving_between(procedure: Procedure, first: str, last: str) -> set[str]:
    """The kinds of letters that are approved at the steps from `first` to `last`.

    An empty name is the only letter of the case.
    """
    keys = [one.key for one in procedure.steps]
    passed = procedure.steps[keys.index(first) : keys.index(last) + 1]
    return {
        kind
        for step in passed
        for way in step.transitions
        for kind in way.arguments("approve_letter")
    }
