"""Tanda tangan basah: a letter was signed on paper, which its scan and the day of the ink record.

Nothing of the case moves with it, so that it is recorded of a case that has ended too, where the
scan often comes later: history, letter and attachment grow by a line, the desks stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from backoffice.actor import Actor, Person
from backoffice.errors import Incomplete, NotFound, Refusal
from backoffice.register_sight import KEEPS
from backoffice.workflow import conflict, history, routing
from backoffice.workflow.desks import open_desk
from backoffice.workflow.inputs import Inputs, Upload
from backoffice.workflow.versions import definition_of
from models import (
    Attachment,
    Case,
    CaseEvent,
    EventKind,
    Letter,
    LetterState,
    MarkKind,
    Status,
    db,
)

from . import drafting

SCANS = frozenset({"application/pdf", "image/jpeg", "image/png"})
LABEL = "Surat bertanda tangan"


class NotApproved(Refusal):
    """Ink stands on what was approved: the letter is a draft, or void by now."""

    code = "no_ink_yet"


class NotTheirInk(Refusal):
    """This actor has nothing to do with the signature of the letter."""

    code = "not_their_ink"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """What is recorded: the scan, the day of the signature, and why an earlier scan is replaced."""

    scan: Upload | None
    signed_on: date | None
    reason: str = ""


def may_be_inked(letter: Letter) -> bool:
    """Whether the letter was approved and still holds, and its case was not voided."""
    holds = letter.approved_at is not None and letter.state is not LetterState.VOID
    return holds and letter.case.status is not Status.VOID


def may_record(letter: Letter, actor: Actor) -> bool:
    """The one rule: who approves it by the SOP, who drafted it, who has the case, who keeps books.

    Never the terlapor. That the case lies open before this person is asked by the screen.
    """
    if conflict.is_terlapor(letter.case, actor):
        return False
    return (
        KEEPS in actor.post.capabilities
        or open_desk(letter.case, actor) is not None
        or actor.duty_post.id in (*_drafters(letter), *approvers(letter))
    )


def recorder(letter: Letter, person: Person) -> Actor | None:
    """As whom this person records the signature: in his own right where he may."""
    actors = sorted(person.actors, key=lambda one: one.for_post is not None)
    return next((one for one in actors if may_record(letter, one)), None)


def _drafters(letter: Letter) -> Iterable[int]:
    return (one.post_id for one in letter.revisions)


def approvers(letter: Letter) -> Iterable[int]:
    """The posts that approved it, and those the SOP lets approve letters of its kind."""
    yield from (one.post_id for one in letter.marks if one.kind is MarkKind.APPROVE)
    for step in definition_of(letter.case).steps:
        kinds = {kind for way in step.transitions for kind in way.arguments("approve_letter")}
        if kinds & {"", letter.kind}:
            for desk in routing.desks(letter.case, step):
                yield from (post.id for post in desk.posts)


def record(case: Case, letter_id: int, ink: Ink, *, actor: Actor, now: datetime) -> CaseEvent:
    """The letter is signed; one that was sent already stays sent. Inside `command` of its case.

    What is recorded a second time replaces the first, with a reason: another scan, another day, or
    both; the first scan stays among the attachments. NotFound, NotTheirInk, NotApproved;
    Incomplete with the fields `scan`, `signed_on`, `reason`.
    """
    query = select(Letter).where(Letter.id == letter_id, Letter.case_id == case.id)
    letter = db.session.scalar(query.execution_options(populate_existing=True))
    if letter is None:
        raise NotFound
    if not may_record(letter, actor):
        raise NotTheirInk
    if not may_be_inked(letter):
        raise NotApproved
    signed_on = _checked(letter, ink, now)
    scans = (replace(ink.scan, label=label_of(letter)),) if ink.scan is not None else ()
    event = history.record(
        case,
        EventKind.SIGNED,
        actor=actor,
        now=now,
        inputs=Inputs(attachments=scans, reason=ink.reason if letter.scan_id else ""),
        data=_told(letter, signed_on, new=bool(scans)),
    )
    _keep(letter, event, scans, actor=actor, now=now)
    letter.signed_at = _moment(letter, signed_on, now)
    return event


def take_from(letter: Letter, event: CaseEvent, files: Iterable[Upload], *, actor: Actor) -> None:
    """What an SOP has attached to the step that sends a letter is the scan of what goes out.

    Of a letter that was approved and has none yet; it was signed at the latest then.
    """
    scans = [one for one in files if one.content_type in SCANS]
    if not scans or letter.scan_id is not None or not may_be_inked(letter):
        return
    now = event.happened_at
    _keep(letter, event, scans, actor=actor, now=now)
    letter.signed_at = max(now, letter.approved_at or now)


def is_scanned(letter: Letter | None) -> bool:
    """Whether the scan of the signed letter is there, so that no step has to ask for it again."""
    return letter is not None and letter.scan_id is not None and letter.signed_at is not None


def label_of(letter: Letter) -> str:
    """What the scan is called among the attachments of the case."""
    return f"{LABEL} nomor {letter.number}"[:300] if letter.number else LABEL


def _keep(
    letter: Letter, event: CaseEvent, scans: Sequence[Upload], *, actor: Actor, now: datetime
) -> None:
    """The first scan that came with the event is that of the letter; it is marked once."""
    if letter.state is LetterState.APPROVED:
        letter.state = LetterState.SIGNED
    if not scans:
        return
    first = letter.scan_id is None
    kept = select(Attachment).where(Attachment.event_id == event.id)
    same = kept.where(Attachment.sha256 == scans[0].sha256).order_by(Attachment.id).limit(1)
    letter.scan = db.session.scalars(same).one()
    letter.scan.label = letter.scan.label or label_of(letter)
    if first:
        drafting.mark(letter, MarkKind.SIGN, actor=actor, now=now)


def _told(letter: Letter, signed_on: date, *, new: bool) -> dict[str, object]:
    """What the history keeps of it; `replaces` is the scan that was wrong."""
    told = {"letter_id": letter.id, "letter": letter.kind, "number": letter.number or ""}
    replaces = {"replaces": letter.scan_id} if letter.scan_id is not None and new else {}
    again = {"again": True} if letter.scan_id is not None else {}
    return {**told, "signed_on": signed_on.isoformat(), **again, **replaces}


def _checked(letter: Letter, ink: Ink, now: datetime) -> date:
    """The day; Incomplete where day, scan or reason will not do: all faults are said at once."""
    faults = {}
    if fault := _day_fault(letter, ink.signed_on, now):
        faults["signed_on"] = fault
    if fault := _scan_fault(letter, ink):
        faults["scan"] = fault
    if letter.scan_id is not None and not ink.reason.strip():
        faults["reason"] = "reason_required"
    if faults or ink.signed_on is None:
        raise Incomplete(faults)
    return ink.signed_on


def _scan_fault(letter: Letter, ink: Ink) -> str | None:
    """A second scan is another one; none at all will do where the day alone is put right."""
    if ink.scan is None:
        day = _day(letter, letter.signed_at) if letter.signed_at and letter.scan_id else None
        return None if day is not None and ink.signed_on not in (None, day) else "required"
    if ink.scan.content_type not in SCANS:
        return "scan_type"
    same = letter.scan is not None and letter.scan.sha256 == ink.scan.sha256
    return "scan_same" if same else None


def _day_fault(letter: Letter, day: date | None, now: datetime) -> str | None:
    if day is None:
        return "required"
    if day > _day(letter, now):
        return "in_the_future"
    if letter.approved_at is not None and day < _day(letter, letter.approved_at):
        return "signed_before_approval"
    sent = letter.sent_at is not None and day > _day(letter, letter.sent_at)
    return "signed_after_sending" if sent else None


def _day(letter: Letter, at: datetime) -> date:
    """The day in the zone of the office."""
    return at.astimezone(ZoneInfo(letter.office.timezone)).date()


def _moment(letter: Letter, day: date, now: datetime) -> datetime:
    """Noon of that day, since paper tells the day alone; not before the approval, nor to come."""
    noon = datetime.combine(day, time(12), ZoneInfo(letter.office.timezone)).astimezone(UTC)
    return min(max(noon, letter.approved_at or noon), now)
