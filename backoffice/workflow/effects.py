"""What a transition also does: one small function each, in a registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select

from backoffice import incoming_cases, numbers
from backoffice.calendars import calendar_of
from backoffice.clock import parse_duration
from backoffice.errors import Incomplete, LetterHasGap, Refusal
from backoffice.letters import drafting, ink
from backoffice.workflow import conflict, leaving, linking, paper, routing, sheets, team
from backoffice.workflow.answers import storable
from backoffice.workflow.choices import choices_for, chosen_post
from backoffice.workflow.deadlines import extending
from backoffice.workflow.moves import Act
from backoffice.workflow.recount import due_of
from backoffice.workflow.versions import definition_of, variants_of
from models import (
    Duty,
    Letter,
    MarkKind,
    Notice,
    Post,
    Record,
    Status,
    Unit,
    db,
)

EFFECTS: dict[str, Callable[[Act, str], None]] = {}


def effect(name: str) -> Callable[[Callable[[Act, str], None]], Callable[[Act, str], None]]:
    """Put a function into the registry under the name packs use."""

    def register(function: Callable[[Act, str], None]) -> Callable[[Act, str], None]:
        EFFECTS[name] = function
        return function

    return register


@effect("number")
def give_number(act: Act, argument: str) -> None:
    """The case number, once per case; from here the promise of `time_limit` runs."""
    case = act.case
    if case.number is None:
        code = definition_of(case).number_code
        case.number = numbers.case_number(case.office, code, now=act.now)
        case.numbered_at = act.now


@effect("receipt")
def offer_receipt(act: Act, argument: str) -> None:
    """The tanda terima is offered on the case page from here on; its paper is made when asked."""


@effect("paper")
def offer_paper(act: Act, argument: str) -> None:
    """A paper that this way needs: it can be printed while the case stands before it."""


@effect("register")
def register_letter(act: Act, argument: str) -> None:
    """A case that came by letter stands in the agenda of incoming letters, once."""
    incoming_cases.register_case(act.case, actor=act.actor, now=act.now)


@effect("dispose")
def dispose(act: Act, argument: str) -> None:
    """A disposition from the actor's post to the chosen one, and to those added to it."""
    chosen = _disposed_to(act)
    staying = act.way.to.step == act.step.key
    lines = []
    if chosen is not None and chosen.id != act.actor.duty_post.id:
        duty = Duty.OPINION if staying else Duty.RESPONSIBLE
        lines.append(sheets.Line(chosen, duty, lead=not staying))
    lines += _also(act)
    if lines:
        _write(act, lines)
    for line in lines:
        if line.duty != Duty.RESPONSIBLE:
            _lay(act, line.post, line.duty)


def _also(act: Act) -> Iterator[sheets.Line]:
    """The posts that were added for an opinion or for information."""
    for post_id, duty in act.inputs.also:
        post = db.session.get(Post, post_id)
        if post is None or post.office_id != act.case.office_id or duty == Duty.RESPONSIBLE:
            raise Refusal({"also": "not_a_choice"})
        if conflict.barred(act.case, post, act.now):
            raise Refusal({"also": "not_a_choice"})
        yield sheets.Line(post, duty)


def _disposed_to(act: Act) -> Post | None:
    """The post that was chosen, or the head of the unit that was chosen; or its substitute."""
    picked = chosen_post(choices_for(act.case, act.way, act.actor).posts, act.inputs)
    post = picked[1] if picked is not None else _top_of_unit(act)
    return conflict.desk_for(act.case, post, act.now) if post is not None else None


def _top_of_unit(act: Act) -> Post | None:
    if act.inputs.unit is None:
        return None
    unit = db.session.scalar(
        select(Unit).where(Unit.office_id == act.case.office_id, Unit.key == act.inputs.unit)
    )
    return routing.top_post(unit) if unit is not None else None


def _write(act: Act, lines: Sequence[sheets.Line]) -> None:
    """The sheet; what the SOP laid on this desk by a disposition is passed on with it."""
    inputs = act.inputs
    mine = [
        one
        for one in sheets.open_rows(act.case)
        if one.duty == Duty.RESPONSIBLE and one.to_post_id == act.actor.duty_post.id
    ]
    parent = mine[-1] if mine else None
    today = calendar_of(act.case.office).day_of(act.now)
    if fault := sheets.deadline_fault(inputs.deadline_on, today, parent):
        raise Incomplete({"deadline_on": fault})
    words = sheets.Words(
        ticks=inputs.ticks,
        instructions=inputs.instructions or inputs.note,
        urgency=inputs.urgency or act.case.urgency,
        deadline_on=inputs.deadline_on,
    )
    sheets.write(
        act.case, lines, words, actor=act.actor, now=act.now, parent=parent, event=act.event
    )


def _lay(act: Act, post: Post, duty: Duty) -> None:
    """Lay the case on a desk beside the responsible one, which acts at the step it goes to."""
    step = act.way.to.step or act.step.key
    number = team.next_round(act.case, step, post)
    sheets.lay(act.case, post, duty, now=act.now, step=step, number=number)


@effect("draft")
def draft_letter(act: Act, argument: str) -> None:
    """The letter written at this step; refused while it is missing or has a gap."""
    letter = drafting.current_letter(act.case, argument or None)
    if act.inputs.letter:
        letter = drafting.save_draft_letter(
            act.case,
            argument,
            act.inputs.letter,
            actor=act.actor,
            now=act.now,
            enclosures=act.inputs.enclosures,
        )
    complete(letter, argument)


def complete(letter: Letter | None, kind: str) -> Letter:
    """The letter, if it is there and has no gap; else LetterHasGap with the fields."""
    if letter is None:
        raise LetterHasGap({"letter": "letter_missing"}, kind=kind)
    if letter.approved_at is not None:
        return letter  # whole as it was issued, whatever its template asks for today
    gaps = drafting.gaps(letter.fields, letter.kind, letter.office_id)
    if gaps:
        raise LetterHasGap({f"letter.{key}": "required" for key in gaps}, kind=letter.kind)
    return letter


def ready(act: Act, kind: str) -> Letter | None:
    """The letter without a gap; none where it lies on paper from before the case was taken over."""
    letter = drafting.current_letter(act.case, kind or None)
    if letter is None and paper.has_letter(act.case, kind):
        return None
    if letter is None and drafting.was_voided(act.case, kind):
        raise LetterHasGap({"letter": "letter_void"}, kind=kind)
    return complete(letter, kind)


@effect("initial")
def initial_letter(act: Act, argument: str) -> None:
    """Paraf: who and when."""
    letter = ready(act, argument)
    if letter is not None:
        drafting.mark(letter, MarkKind.INITIAL, actor=act.actor, now=act.now)


@effect("coordinate")
def coordinate_letter(act: Act, argument: str) -> None:
    """Paraf koordinasi: who and when."""
    letter = ready(act, argument)
    if letter is not None:
        drafting.mark(letter, MarkKind.COORDINATE, actor=act.actor, now=act.now)


@effect("approve_letter")
def approve_letter(act: Act, argument: str) -> None:
    """The letter is approved as it stands: ready to be signed."""
    letter = ready(act, argument)
    if letter is not None:
        drafting.approve(letter, actor=act.actor, now=act.now)


@effect("send")
def send_letter(act: Act, argument: str) -> None:
    """The letter leaves the office."""
    letter = ready(act, argument)
    if letter is not None:
        ink.take_from(letter, act.event, act.inputs.attachments, actor=act.actor)
        leaving.let_go(act, letter)
    else:
        _sent_on_paper(act, argument)


@effect("receive")
def letter_received(act: Act, argument: str) -> None:
    """The letter has arrived, as its addressee says himself; nothing of one on paper alone."""
    letter = drafting.current_letter(act.case, argument or None)
    if letter is not None:
        leaving.arrive(act, letter)


def _sent_on_paper(act: Act, kind: str) -> None:
    """A letter of which only the paper left the office: the party was told by it."""
    told = _notice(act, kind)
    told.told_at, told.told_event_id = act.now, act.event.id
    db.session.add(told)


@effect("record")
def fill_record(act: Act, argument: str) -> None:
    """A filling of a record's form; the newest counts."""
    form = definition_of(act.case).record(argument)
    given = act.inputs.records.get(argument, {})
    values = {field.key: storable(given.get(field.key)) for field in form.fields}
    db.session.add(Record(case_id=act.case.id, event_id=act.event.id, key=argument, values=values))


@effect("notify")
def promise_notice(act: Act, argument: str) -> None:
    """A party must be told; where nobody can be told, that is what the notice says."""
    notice = _notice(act, argument)
    if notice.party_role is None:
        notice.told_at, notice.told_event_id = act.now, act.event.id
    db.session.add(notice)


def _notice(act: Act, kind: str) -> Notice:
    """A promise to whom it may be kept; to nobody where the party is not known or unreachable."""
    parties = [
        party
        for role in ("applicant", "reporter")
        if (party := act.case.party(role)) is not None and not party.anonymous
    ]
    reachable = parties and any((parties[0].address, parties[0].telephone, parties[0].email))
    role = parties[0].role if reachable else None
    return Notice(case_id=act.case.id, event_id=act.event.id, kind=kind, party_role=role)


@effect("reclassify")
def reclassify(act: Act, argument: str) -> None:
    """Move the case to the chosen variant; the due moment is counted from the original entry."""
    case = act.case
    case.procedure_version = variants_of(case)[str(act.inputs.variant)]
    procedure = definition_of(case)
    waits = procedure.waits(procedure.step(case.step))
    case.status = Status.WAITING if waits else Status.OPEN
    for desk in case.assignments:
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE:
            desk.due_at = due_of(case, desk)


@effect("extend")
def extend(act: Act, argument: str) -> None:
    """Once per case: the due moments of step and case move on; the note is the reason."""
    if any(event is not act.event for event in extending(act.case)):
        raise Refusal({"note": "already_extended"})
    calendar = calendar_of(act.case.office)
    duration = parse_duration(argument)
    for desk in act.case.assignments:
        if desk.left_at is None and desk.due_at is not None and desk.duty != Duty.REPORT:
            desk.due_at = calendar.due(desk.due_at, duration)


@effect("share")
def share(act: Act, argument: str) -> None:
    """The resolution is laid before the superior; the event keeps to whom, also outside."""
    superior = act.actor.duty_post.superior
    if superior is not None:
        _lay(act, superior, Duty.INFORMATION)


@effect(linking.EFFECT)
def open_linked_case(act: Act, argument: str) -> None:
    """A linked case of another SOP, at its first step."""
    linking.open_linked(act, argument)
