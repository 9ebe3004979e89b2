"""Waiting for somebody outside: until when, when to remind him, and that it was done.

Computed when it is read, never by a job: a step of outsiders says after how long somebody is to be
reminded (`remind`), and from when on (`after`) its recorder may give up. Nothing moves by itself.
"""

from __future__ import annotations

from datetime import date, datetime

from backoffice.actor import Actor
from backoffice.clock import Calendar
from backoffice.errors import Incomplete, NotAllowed
from backoffice.workflow import history
from backoffice.workflow.definition import GIVES_UP, Action, Need, Step, Transition
from backoffice.workflow.desks import open_desk
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import step_of
from models import Case, CaseEvent, EventKind, Status


def gives_up_at(step: Step, entered_at: datetime, calendar: Calendar) -> datetime | None:
    """From when on one need wait no longer; none where the SOP waits for ever."""
    rule = step.gives_up
    return calendar.due(entered_at, rule.after) if rule is not None and rule.after else None


def way_of(step: Step) -> Transition | None:
    """The way out that is offered when nobody has answered."""
    rule = step.gives_up
    if rule is None or rule.to is None:
        return None
    return Transition(
        key=GIVES_UP,
        action=Action.CLOSE if rule.to.is_end else Action.FORWARD,
        label="Tidak ada jawaban",
        to=rule.to,
        note=Need.REQUIRED,
    )


def remind_on(
    step: Step, entered_at: datetime, reminded_at: datetime | None, calendar: Calendar
) -> date | None:
    """The day from which it is time to remind: since the wait began, or since the last reminder.

    A day off is no day for it: then the next working day is.
    """
    rule = step.gives_up
    if rule is None or rule.remind is None:
        return None
    since = entered_at if reminded_at is None else max(entered_at, reminded_at)
    return calendar.day_of(calendar.due(since, rule.remind))


def last_reminder(case: Case) -> datetime | None:
    """When somebody was last reminded in this case, at whatever step."""
    kept = [one.happened_at for one in case.events if one.kind == EventKind.REMINDED]
    return max(kept, default=None)


def may_remind(case: Case, actor: Actor) -> bool:
    """Whoever waits for somebody outside may remind him at any time."""
    step = step_of(case)
    waits = case.status == Status.WAITING or (
        case.status == Status.OPEN and step.gives_up is not None
    )
    return waits and step.is_outside and open_desk(case, actor) is not None


def remind(case: Case, *, actor: Actor, now: datetime, channel: str, note: str) -> CaseEvent:
    """Catat pengingat: the case stays where it is, and the time of the reminder begins anew."""
    if not may_remind(case, actor):
        raise NotAllowed
    if not note.strip():
        raise Incomplete({"note": "required"})
    data = {"channel": channel}
    inputs = Inputs(note=note)
    return history.record(case, EventKind.REMINDED, actor=actor, now=now, inputs=inputs, data=data)
