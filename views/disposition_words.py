"""A disposition in words: how far it is, what is asked for, until when."""

from __future__ import annotations

from datetime import datetime

from backoffice.clock import Calendar
from backoffice.text import _, _l, long_date
from backoffice.workflow.disposing import INSTRUCTIONS
from models import Disposition, DispositionState, Duty
from views.due import due_of
from views.times import Tag

DUTIES = {
    Duty.RESPONSIBLE: _l("to be dealt with"),
    Duty.OPINION: _l("for an opinion"),
    Duty.INFORMATION: _l("for information"),
    Duty.REPORT: _l("takes part"),
}
STATES = {  # kind of the tag, and its words
    DispositionState.GIVEN: ("wait", _l("Not read yet")),
    DispositionState.READ: ("info", _l("Has been read")),
    DispositionState.BEGUN: ("later", _l("Being worked on")),
    DispositionState.REPORTED: ("today", _l("Reported")),
    DispositionState.CLOSED: ("done", _l("Finished")),
    DispositionState.RECALLED: ("info", _l("Recalled")),
}


def state_tag(row: Disposition, *, read: bool = False) -> Tag:
    """How far the recipient is; `read`: he reads it with this page."""
    new = read and row.state is DispositionState.GIVEN
    kind, words = STATES[DispositionState.READ if new else row.state]
    return Tag(kind, str(words))


def duty_words(row: Disposition) -> str:
    """What the recipient has to do with it: penanggung jawab, ikut mengerjakan …"""
    return _("penanggung jawab") if row.lead else str(DUTIES[row.duty])


def asked_of(row: Disposition) -> str:
    """The ticked instructions, in the words of the paper."""
    return "; ".join(INSTRUCTIONS[key] for key in row.ticks if key in INSTRUCTIONS)


def waits(row: Disposition) -> bool:
    """Whether something still has to be done by its recipient: only then time runs."""
    return row.ended_at is None and row.reported_at is None and row.duty is not Duty.INFORMATION


def due_tag(row: Disposition, calendar: Calendar, now: datetime) -> Tag | None:
    """Lewat 2 hari kerja, Sisa 3 jam; none where no day was set or nothing has to be done."""
    if row.deadline_on is None or not waits(row):
        return None
    return due_of(calendar.closing(row.deadline_on), calendar, now).tag


def until_words(row: Disposition) -> str:
    """paling lambat Jumat, 23 Januari 2026; nothing where no day was set."""
    if row.deadline_on is None:
        return ""
    return _("done by %(day)s", day=long_date(row.deadline_on))
