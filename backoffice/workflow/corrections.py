"""What offices do beside the SOP: take back, void, withdraw, note, save a draft, tell a party.

My last step can be taken back until the next person opens the case, and never once something has
left the office; numbers that were given stay used. A case that waited for a notice ends with it.
"""

from __future__ import annotations

from datetime import datetime

from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotAllowed
from backoffice.letters import drafting, kept, marks, sent
from backoffice.workflow import (
    answers,
    batch,
    conflict,
    history,
    rerouting,
    retracting,
    team,
    telling,
)
from backoffice.workflow.definition import Step
from backoffice.workflow.desks import open_desk, superior_of_desk
from backoffice.workflow.engine import find_way
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.joined import refuse_while_holding
from backoffice.workflow.moves import close, open_notices
from backoffice.workflow.recount import due_of
from backoffice.workflow.versions import procedure_of
from models import (
    Case,
    CaseEvent,
    Duty,
    EventKind,
    Letter,
    LetterState,
    ProcedureVersion,
    Status,
    db,
)

TAKEN_BACK = "Persetujuan ditarik kembali"  # stands in the register beside the void number
FINAL_EFFECTS = ("notify", "open_case")
# What nobody has to undo before the step that came before it.
QUIET = (
    EventKind.NOTE,
    EventKind.DRAFT,
    EventKind.BEGUN,
    EventKind.REPORTED,
    EventKind.RECALLED,
    EventKind.SETTLED,
)
OF_LETTER = (EventKind.SIGNED, EventKind.SENT)


def last_step_of(case: Case) -> CaseEvent | None:
    """The newest transition, if nothing but notes came after it, nor what a void letter met."""
    loud = [event for event in case.events if event.kind not in QUIET]
    if any(event.kind in OF_LETTER for event in loud):
        void = {one.id for one in _void_letters(case)}
        loud = [one for one in loud if one.kind not in OF_LETTER or _letter_id(one) not in void]
    if not loud or loud[-1].kind != EventKind.TRANSITION:
        return None
    return loud[-1]


def _void_letters(case: Case) -> list[Letter]:
    return [one for one in kept.letters_of(case.id) if one.state is LetterState.VOID]


def _letter_id(event: CaseEvent) -> object:
    return event.data.get("letter_id")


def may_take_back(case: Case, actor: Actor) -> bool:
    """Whether this actor may undo his last step, or his opinion while nobody has concluded."""
    return may_undo_step(case, actor) or team.may_take_back(case, actor)


def may_undo_step(case: Case, actor: Actor) -> bool:
    """Whether this actor may undo his last step: the next person has not opened the case yet.

    Or cannot go on with it, since the letter that the step approved is void.
    """
    event = last_step_of(case)
    if event is None or event.user_id != actor.user.id or event.post_id != actor.post.id:
        return False
    if conflict.is_terlapor(case, actor):
        return False
    if event.to_step is None or not case.is_live or _is_final(case, event):
        return False
    if any(one.approved_at == event.happened_at for one in _void_letters(case)):
        return True
    before = set(event.data["before"]["open"])
    return all(
        desk.read_at is None or desk.post_id == actor.duty_post.id
        for desk in case.assignments
        if desk.left_at is None and desk.id not in before
    )


def _is_final(case: Case, event: CaseEvent) -> bool:
    """Whether something has left the office with it, or a list was acted on."""
    version = db.session.get_one(ProcedureVersion, event.data["before"]["version_id"])
    step = step_in(version, event.step)
    way = step.transition(event.transition or "") if step is not None else None
    if way is None or step is None or step.batch is not None:
        return True
    if way.has("send") and not sent.still_here(event):
        return True
    return any(way.has(name) for name in FINAL_EFFECTS)


def step_in(version: ProcedureVersion, key: str) -> Step | None:
    """The step of that key in a version, or none."""
    procedure = procedure_of(version)
    return procedure.step(key) if procedure.has_step(key) else None


def take_back(case: Case, *, actor: Actor, now: datetime) -> CaseEvent:
    """Put the case back where it stood; numbers stay. CannotTakeBack once it was opened."""
    event = last_step_of(case)
    if event is None or not may_undo_step(case, actor):
        return team.take_back(case, actor=actor, now=now)
    before = event.data["before"]
    undone = history.record(
        case,
        EventKind.TAKEN_BACK,
        actor=actor,
        now=now,
        to_step=before["step"],
        data={"event_id": event.id},
    )
    _restore_desks(case, before["open"], before.get("lost"))
    sent.take_back(event)
    _restore_letters(case, event, now)
    batch.restore(case, before["row_id"])
    case.step = before["step"]
    case.status = Status(before["status"])
    case.outcome = before["outcome"]
    case.unit_id = before["unit_id"]
    case.procedure_version_id = before["version_id"]
    case.severity = before["severity"]
    case.chosen = before["chosen"]
    db.session.flush()
    db.session.expire(case, ["unit", "procedure_version", "assignments"])
    retracting.take_back(case, event, now=now)
    if event.to_step == event.step:
        _count_again(case)
    rerouting.reroute(case, now)
    return undone


def _count_again(case: Case) -> None:
    """What stayed on its desk has the time back that an extension or another variant gave it."""
    for desk in case.assignments:
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE:
            desk.due_at = due_of(case, desk)


def _restore_desks(case: Case, opened: list[int], lost: list[int] | None) -> None:
    """Open the desks that stood open before; forget those that nobody has seen.

    `lost`: those that did not see the case then; an event of an earlier version does not say.
    Who has to report has a desk by the disposition, whatever became of the step.
    """
    for desk in list(case.assignments):
        reports = desk.duty == Duty.REPORT
        if desk.id in opened and not reports:
            desk.left_at, desk.lost = None, False
        elif desk.left_at is None and not reports:
            db.session.delete(desk)
        elif lost is not None:
            desk.lost = desk.id in lost


def _restore_letters(case: Case, event: CaseEvent, now: datetime) -> None:
    """A letter that the undone step approved is written on; a paraf it set was never set."""
    posts = {event.post_id, event.for_post_id}
    for letter in kept.letters_of(case.id):
        if letter.state in marks.APPROVED and letter.approved_at == event.happened_at:
            drafting.take_back_approval(letter, reason=TAKEN_BACK, now=now)
        drafting.unmark(letter, at=event.happened_at, post_ids=posts)


def may_void(case: Case, actor: Actor) -> bool:
    """The superior of the responsible post, or whoever sees the whole office."""
    if not case.is_live or conflict.is_terlapor(case, actor):
        return False
    if "see_office" in actor.post.capabilities and actor.post.office_id == case.office_id:
        return True
    return superior_of_desk(case, actor)


def void(case: Case, *, actor: Actor, now: datetime, reason: str) -> CaseEvent:
    """Void a case that should not be there; its number stays used."""
    if not may_void(case, actor):
        raise NotAllowed
    return _end_early(case, Status.VOID, EventKind.VOIDED, actor=actor, now=now, reason=reason)


def may_withdraw(case: Case, actor: Actor) -> bool:
    """The responsible post records that the citizen withdraws."""
    return case.is_live and open_desk(case, actor) is not None


def withdraw(case: Case, *, actor: Actor, now: datetime, reason: str) -> CaseEvent:
    """The citizen withdraws; the reason is written down."""
    if not may_withdraw(case, actor):
        raise NotAllowed
    return _end_early(
        case, Status.WITHDRAWN, EventKind.WITHDRAWN, actor=actor, now=now, reason=reason
    )


def _end_early(
    case: Case, status: Status, kind: EventKind, *, actor: Actor, now: datetime, reason: str
) -> CaseEvent:
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    refuse_while_holding(case)
    event = history.record(case, kind, actor=actor, now=now, inputs=Inputs(reason=reason))
    case.outcome = None
    close(case, status, now=now)
    batch.strike(case, now=now)
    return event


def add_note(case: Case, *, actor: Actor, now: datetime, text: str) -> CaseEvent:
    """A note of a post that sees the case: an event, no transition."""
    if not text.strip():
        raise Incomplete({"note": "note_required"})
    return history.record(case, EventKind.NOTE, actor=actor, now=now, inputs=Inputs(note=text))


def save_draft(case: Case, key: str, *, actor: Actor, now: datetime, inputs: Inputs) -> CaseEvent:
    """Keep what was typed on a way without taking it; nothing is required yet."""
    way = find_way(case, key, actor, now)
    wanted = answers.asked(case, way)
    answers.write(case, wanted, inputs)
    if inputs.letter and wanted.letter is not None:
        kind, files = wanted.letter, inputs.enclosures
        drafting.save_draft_letter(
            case, kind, inputs.letter, actor=actor, now=now, enclosures=files
        )
    return history.record(case, EventKind.DRAFT, actor=actor, now=now, way=None)


def tell(
    case: Case, notice_id: int, *, actor: Actor, now: datetime, channel: str, note: str
) -> CaseEvent:
    """Catat pemberitahuan: a party was told, or it was tried; closes a case that waited for it."""
    if open_desk(case, actor) is None:
        raise NotAllowed
    notice = next((one for one in open_notices(case) if one.id == notice_id), None)
    if notice is None:
        raise NotAllowed
    if not note.strip():
        raise Incomplete({"note": "note_required"})
    event = history.record(
        case,
        EventKind.NOTICE,
        actor=actor,
        now=now,
        inputs=Inputs(note=note),
        data={"notice_id": notice.id, "channel": channel},
    )
    notice.told_at = now
    notice.told_event_id = event.id
    db.session.flush()
    telling.end(case, now=now)
    return event
