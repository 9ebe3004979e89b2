"""Rapat: called from a case, held, and written down; what was decided goes to whoever does it.

The post that has the case calls it. Invited posts of the office see the case for information,
unless its SOP is confidential: then the invitation on paper tells no more than when and where.
What falls to a post below the chair becomes a disposition to it; anything else stands as a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from backoffice.actor import Actor, Person, posts_of
from backoffice.calendars import calendar_of
from backoffice.errors import Incomplete, NotAllowed, NotFound, Refusal
from backoffice.workflow import conflict, history
from backoffice.workflow.giving import Order, give
from backoffice.workflow.inputs import NOTHING, Inputs
from backoffice.workflow.sheets import lay
from backoffice.workflow.versions import definition_of
from models import (
    Case,
    CaseEvent,
    Decision,
    Disposition,
    Duty,
    EventKind,
    Meeting,
    Participant,
    db,
)

CALLING = (Duty.RESPONSIBLE, Duty.OPINION, Duty.REPORT)  # duties of whoever may call a meeting


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside the office."""

    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who meets when, where and about what; `chair` is somebody outside, else a post leads."""

    subject: str
    starts_at: datetime | None
    place: str
    ends_at: datetime | None = None
    agenda: str = ""
    chair_post_id: int | None = None
    chair: str = ""
    posts: tuple[int, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One decision; a post of the office does it, or `who` does."""

    text: str
    post_id: int | None = None
    who: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What came of a meeting. `came`: ids of invited; `also`: who came without an invitation."""

    text: str
    came: frozenset[int] = frozenset()
    also: tuple[Guest, ...] = ()
    decisions: tuple[Resolved, ...] = ()


# -- who -------------------------------------------------------------------------------------


def caller(case: Case, person: Person) -> Actor | None:
    """As whom this person calls a meeting about the case: as the post that works on it."""
    if not case.is_live:
        return None
    desks = {one.post_id for one in case.assignments if one.left_at is None and one.duty in CALLING}
    able = (one for one in person.actors if one.duty_post.id in desks)
    return next((one for one in able if not conflict.is_terlapor(case, one)), None)


def minute_taker(meeting: Meeting, person: Person) -> Actor | None:
    """As whom this person writes the meeting down or cancels it: caller, chair, or who has it."""
    case = meeting.case
    if not case.is_live or meeting.cancelled_at is not None or meeting.minuted_at is not None:
        return None
    own = (meeting.chair_post_id, meeting.post_id)
    mine = (one for one in person.actors if one.duty_post.id in own)
    able = (one for one in mine if not conflict.is_terlapor(case, one))
    return next(able, None) or caller(case, person)


# -- calling ---------------------------------------------------------------------------------


def call(case: Case, wanted: Invitation, *, actor: Actor, now: datetime) -> Meeting:
    """Invite to a meeting about a case, inside its command. Incomplete says all that is missing."""
    _check(case, wanted)
    meeting = Meeting(
        case_id=case.id,
        subject=wanted.subject,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        place=wanted.place,
        agenda=wanted.agenda,
        chair_post_id=wanted.chair_post_id,
        chair=wanted.chair,
        called_at=now,
        user_id=actor.user.id,
        post_id=actor.duty_post.id,
    )
    meeting.people = [Participant(post_id=one) for one in wanted.posts]
    meeting.people += _guests(wanted.guests)
    db.session.add(meeting)
    db.session.flush()
    event = _tell(case, meeting, "called", actor=actor, now=now)
    meeting.event_id = event.id
    invited = {*wanted.posts, wanted.chair_post_id} - {None, actor.duty_post.id}
    _let_see(case, (one for one in invited if one is not None), now)
    return meeting


def _check(case: Case, wanted: Invitation) -> None:
    faults = {
        name: "required" for name in ("subject", "starts_at", "place") if not getattr(wanted, name)
    }
    known = posts_of(case.office_id)
    if not wanted.chair and wanted.chair_post_id is None:
        faults["chair_post"] = "required"
    elif wanted.chair_post_id is not None and wanted.chair_post_id not in known:
        faults["chair_post"] = "not_a_choice"
    if not wanted.posts and not wanted.guests:
        faults["posts"] = "nobody_invited"
    elif not set(wanted.posts) <= set(known):
        faults["posts"] = "not_a_choice"
    if wanted.starts_at and wanted.ends_at and wanted.ends_at <= wanted.starts_at:
        faults["ends_at"] = "ends_before_it_begins"
    if faults:
        raise Incomplete(faults)


def _guests(guests: Iterable[Guest], came: bool | None = None) -> list[Participant]:
    return [Participant(name=one.name, organisation=one.organisation, came=came) for one in guests]


def _let_see(case: Case, post_ids: Iterable[int], now: datetime) -> None:
    """Lay the case before the invited, for information; never a confidential one."""
    if definition_of(case).confidential:
        return
    known, bars = posts_of(case.office_id), conflict.barred_ids(case, now)
    open_here = {one.post_id for one in case.assignments if one.left_at is None}
    for post_id in sorted(set(post_ids) - bars - open_here):
        lay(case, known[post_id], Duty.INFORMATION, now=now, step=case.step)


# -- afterwards ------------------------------------------------------------------------------


def of_case(case: Case, meeting_id: int) -> Meeting:
    """The meeting of that id, locked, if it is one of this case; else NotFound."""
    query = sa.select(Meeting).where(Meeting.id == meeting_id, Meeting.case_id == case.id)
    found = db.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound
    return found


def minute(case: Case, meeting: Meeting, written: Minutes, *, actor: Actor, now: datetime) -> None:
    """Write a meeting down, inside the command of its case; the decisions go to their posts."""
    if meeting.cancelled_at is not None or meeting.minuted_at is not None:
        raise NotAllowed
    _check_minutes(case, written, now)
    meeting.minutes, meeting.minuted_at = written.text.strip(), now
    meeting.minutes_user_id = actor.user.id
    for one in meeting.people:
        one.came = one.id in written.came
    meeting.people += _guests(written.also, came=True)
    meeting.decisions = [
        Decision(text=one.text, post_id=one.post_id, who=one.who, due_on=one.due_on)
        for one in written.decisions
    ]
    db.session.flush()
    _tell(case, meeting, "minuted", actor=actor, now=now, inputs=Inputs(note=meeting.minutes))
    for row in _handed_out(case, meeting, actor, now):
        for line in meeting.decisions:
            if line.post_id == row.to_post_id:
                line.disposition_id = row.id


def _check_minutes(case: Case, written: Minutes, now: datetime) -> None:
    faults = {}
    today, known = calendar_of(case.office).day_of(now), posts_of(case.office_id)
    if not written.text.strip():
        faults["minutes"] = "required"
    for n, one in enumerate(written.decisions):
        if not one.text.strip():
            faults[f"decision.{n}.text"] = "required"
        if one.post_id is not None and one.post_id not in known:
            faults[f"decision.{n}.post"] = "not_a_choice"
        elif one.post_id is None and not one.who.strip():
            faults[f"decision.{n}.post"] = "who_does_it"
        if one.due_on is not None and one.due_on < today:
            faults[f"decision.{n}.due_on"] = "deadline_over"
    if faults:
        raise Incomplete(faults)


def _handed_out(case: Case, meeting: Meeting, actor: Actor, now: datetime) -> Iterable[Disposition]:
    """A disposition of the chair to each post that has to do something, where he may give one."""
    chair = meeting.chair_post
    if chair is None:
        return
    giver = actor
    if actor.duty_post.id != chair.id:
        giver = replace(actor, for_post=chair, on_behalf=True)
    for post_id in sorted({one.post_id for one in meeting.decisions if one.post_id is not None}):
        mine = [one for one in meeting.decisions if one.post_id == post_id]
        order = Order(
            to=(post_id,),
            lead=post_id,
            instructions="\n".join(one.text for one in mine),
            deadline_on=min((one.due_on for one in mine if one.due_on is not None), default=None),
        )
        try:
            with db.session.begin_nested():
                rows = give(case, actor=giver, now=now, order=order, minuted=True)
        except Refusal:
            continue  # the chair is not above that post, or has not got the case: a line it stays
        yield from rows


def cancel(case: Case, meeting: Meeting, *, actor: Actor, now: datetime, reason: str) -> None:
    """The meeting will not be held, for this reason; inside the command of its case."""
    if meeting.cancelled_at is not None or meeting.minuted_at is not None:
        raise NotAllowed
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    meeting.cancelled_at = now
    _tell(case, meeting, "cancelled", actor=actor, now=now, inputs=Inputs(reason=reason))


def _tell(
    case: Case,
    meeting: Meeting,
    what: str,
    *,
    actor: Actor,
    now: datetime,
    inputs: Inputs = NOTHING,
) -> CaseEvent:
    """One line of the history."""
    data = {
        "meeting": meeting.id,
        "what": what,
        "subject": meeting.subject,
        "place": meeting.place,
        "starts_at": meeting.starts_at.isoformat(),
    }
    kind = EventKind.MEETING
    return history.record(case, kind, actor=actor, now=now, inputs=inputs, data=data)
