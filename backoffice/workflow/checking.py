"""Whether an action has all it needs: every fault is told in one answer, none after another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backoffice.actor import Actor
from backoffice.errors import Incomplete
from backoffice.letters import drafting, ink
from backoffice.workflow import answers, history, team
from backoffice.workflow.choices import choice_faults
from backoffice.workflow.definition import Need, Transition
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import definition_of
from models import Case, db


def check(case: Case, way: Transition, actor: Actor, inputs: Inputs, now: datetime) -> None:
    """Write what was given into the case; Incomplete with every fault, so that it rolls back.

    Only a letter that alone has a gap is left to the effect that drafts it, which says so.
    """
    # What is refused here never reaches the database, which would refuse it with less to say.
    with db.session.no_autoflush:
        faults = _moment_faults(case, way, actor, inputs, now)
        faults.update(given_faults(case, way, actor, inputs))
        wanted = answers.asked(case, way)
        answers.write(case, wanted, inputs)
        faults.update(answers.missing(case, wanted))
        if faults:
            raise Incomplete(
                {**faults, **dict.fromkeys(_letter_gaps(case, way, inputs), "required")}
            )


def given_faults(case: Case, way: Transition, actor: Actor, inputs: Inputs) -> dict[str, str]:
    """Form field -> code where note, attachment, scan, record or choice is missing or forged."""
    faults: dict[str, str] = {}
    if way.note == Need.REQUIRED and not inputs.note.strip():
        faults["note"] = "note_required"
    if needs_file(case, way) and not inputs.attachments:
        faults["attachment"] = "attachment_required"
    if actor.on_behalf and not inputs.scan:
        faults["scan"] = "scan_required"
    for key in way.arguments("record"):
        form = definition_of(case).record(key)
        faults.update(answers.record_faults(form, inputs.records.get(key, {})))
    return {**faults, **choice_faults(case, way, actor, inputs)}


def needs_file(case: Case, way: Transition) -> bool:
    """Whether the way asks for a file that is not there: a letter that goes out may be scanned."""
    if way.attach != Need.REQUIRED:
        return False
    sent = [drafting.current_letter(case, kind or None) for kind in way.arguments("send")]
    return not sent or not all(ink.is_scanned(one) for one in sent)


def _moment_faults(
    case: Case, way: Transition, actor: Actor, inputs: Inputs, now: datetime
) -> dict[str, str]:
    try:
        history.moment_of(case, inputs, now, since=team.asked_since(case, way, actor))
    except Incomplete as refusal:
        return refusal.fields
    return {}


def _letter_gaps(case: Case, way: Transition, inputs: Inputs) -> Iterator[str]:
    """The form fields that a letter drafted on this way still needs."""
    for kind in way.arguments("draft"):
        letter = drafting.goes_on(drafting.current_letter(case, kind))
        known = letter.fields if letter is not None else drafting.prefill(case, kind)
        for key in drafting.gaps({**known, **inputs.letter}, kind, case.office_id):
            yield f"letter.{key}"
