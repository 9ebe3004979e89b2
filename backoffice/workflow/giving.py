"""Giving a disposition: who may, to whom, and what stands on the sheet.

Whoever answers for a case, before whom a letter was laid, or who has a disposition of it himself,
gives a sheet to posts down his chain of command; one of them is the penanggung jawab.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from backoffice import incoming
from backoffice.actor import Actor, Staffing, posts_of
from backoffice.calendars import calendar_of
from backoffice.errors import Incomplete, NotAllowed
from backoffice.workflow import conflict, history
from backoffice.workflow.desks import open_desk
from backoffice.workflow.inputs import Inputs, Upload
from backoffice.workflow.sheets import (
    Line,
    Of,
    Words,
    awaits_report,
    deadline_fault,
    keep_up,
    lay,
    open_rows,
    write,
)
from models import Case, Disposition, Duty, EventKind, Post

URGENCIES = incoming.URGENCIES  # sifat
# The instructions printed on the two forms (a wali kota's and that of ANRI), in their words.
INSTRUCTIONS = {
    "tanggapi": "Tanggapan dan saran",
    "proses": "Proses lebih lanjut",
    "koordinasi": "Koordinasi/konfirmasikan",
    "selesaikan": "Selesaikan/tindak lanjuti",
    "pendapat": "Saran/pendapat",
    "pelajari": "Pelajari/kaji",
    "wakili": "Wakili/hadiri",
    "pantau": "Pantau",
    "perhatian": "Perhatian",
    "file": "File",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an officer writes on a sheet, after the form has cleaned it; posts by id.

    `to` are asked for a report, `lead` among them is the penanggung jawab; `information` are told.
    """

    to: tuple[int, ...]
    lead: int | None
    information: tuple[int, ...] = ()
    ticks: tuple[str, ...] = ()
    instructions: str = ""
    urgency: str | None = None
    deadline_on: date | None = None


def may_dispose(of: Of, actor: Actor) -> bool:
    """Whether this actor may lay it on the desks below: it lies on his own."""
    return goes_on(of, actor) and (_has_it(of, actor) or laid_on(of, actor) is not None)


def goes_on(of: Of, actor: Actor) -> bool:
    """Whether anything is left to do with it; for the terlapor of a case there never is."""
    if isinstance(of, Case) and conflict.is_terlapor(of, actor):
        return False
    return of.is_live if isinstance(of, Case) else of.closed_at is None


def _has_it(of: Of, actor: Actor) -> bool:
    if isinstance(of, Case):
        return open_desk(of, actor) is not None
    return of.for_post_id == actor.duty_post.id


def laid_on(of: Of, actor: Actor) -> Disposition | None:
    """What this actor would pass on: the newest disposition on which he has to report.

    Where there is none, the one by which the SOP gave him the case.
    """
    mine = [one for one in open_rows(of) if one.to_post_id == actor.duty_post.id]
    reports = [one for one in mine if awaits_report(one)]
    steps = [one for one in mine if one.duty == Duty.RESPONSIBLE]
    return next(reversed(reports or steps), None)


def targets(of: Of, actor: Actor, now: datetime) -> list[Post]:
    """The posts down the chain of command of this actor, oldest first; never the terlapor's."""
    staff = Staffing(posts_of(of.office_id), frozenset())
    bars = conflict.barred_ids(of, now) if isinstance(of, Case) else frozenset()
    return [post for post in staff.beneath([actor.duty_post.id]) if post.id not in bars]


def give(
    of: Of,
    *,
    actor: Actor,
    now: datetime,
    order: Order,
    parent: Disposition | None = None,
    scan: tuple[Upload, ...] = (),
    minuted: bool = False,
) -> list[Disposition]:
    """Lay a case or a letter on desks below: the rows of the new sheet, that of the lead first.

    `parent`: the disposition that is passed on; without it the one that lies on this desk. `scan`:
    the paper of a head who decides on paper, which the minutes of a meeting he led take the place
    of (`minuted`). NotAllowed; Incomplete says all that is missing.
    """
    above = parent or laid_on(of, actor)
    if not may_dispose(of, actor) or not (above is None or _may_pass_on(of, above, actor)):
        raise NotAllowed
    lines = _lines(of, actor, order, now)
    faults = _faults(of, actor, order, lines)
    if fault := deadline_fault(order.deadline_on, calendar_of(of.office).day_of(now), above):
        faults["deadline_on"] = fault
    if actor.on_behalf and isinstance(of, Case) and not (scan or minuted):
        faults["scan"] = "scan_required"
    if faults:
        raise Incomplete(faults)
    rows = write(of, lines, _words(order), actor=actor, now=now, parent=above)
    if isinstance(of, Case):
        _tell_giving(of, rows, actor=actor, now=now, scan=scan, minuted=minuted)
        for line in lines:
            if line.duty == Duty.INFORMATION:
                lay(of, line.post, Duty.INFORMATION, now=now, step=of.step)
    keep_up(of, now=now)
    return rows


def _words(order: Order) -> Words:
    """What stands on the sheet, its ticks in the order of the form."""
    return Words(
        ticks=tuple(key for key in INSTRUCTIONS if key in order.ticks),
        instructions=order.instructions,
        urgency=order.urgency,
        deadline_on=order.deadline_on,
    )


def _may_pass_on(of: Of, row: Disposition, actor: Actor) -> bool:
    its_own = of.id == (row.case_id if isinstance(of, Case) else row.incoming_letter_id)
    goes_on = awaits_report(row) or (row.duty == Duty.RESPONSIBLE and row.ended_at is None)
    return its_own and goes_on and row.to_post_id == actor.duty_post.id


def _lines(of: Of, actor: Actor, order: Order, now: datetime) -> list[Line]:
    """The recipients, the lead first; who is not below the actor is left out, and so a fault."""
    below = {post.id: post for post in targets(of, actor, now)}
    to = sorted(order.to, key=lambda post_id: post_id != order.lead)
    asked = [Line(below[one], Duty.REPORT, one == order.lead) for one in to if one in below]
    told = [Line(below[one], Duty.INFORMATION) for one in order.information if one in below]
    return [*asked, *told]


def _faults(of: Of, actor: Actor, order: Order, lines: Collection[Line]) -> dict[str, str]:
    """Form field -> code."""
    faults: dict[str, str] = {}
    named = (*order.to, *order.information)
    if not order.to:
        faults["to"] = "required"
    elif len(lines) < len(named) or len(set(named)) < len(named):
        faults["to"] = "not_a_choice"
    elif _have_it(of, actor) & set(named):
        faults["to"] = "has_it_already"
    if order.to and order.lead not in order.to:
        faults["lead"] = "not_a_choice" if order.lead else "required"
    if not order.ticks and not order.instructions.strip():
        faults["instructions"] = "instruction_required"
    if not set(order.ticks) <= set(INSTRUCTIONS):
        faults["ticks"] = "not_a_choice"
    if order.urgency is not None and order.urgency not in URGENCIES:
        faults["urgency"] = "not_a_choice"
    return faults


def _have_it(of: Of, actor: Actor) -> set[int]:
    """The posts that have an open disposition of it from this desk."""
    mine = actor.duty_post.id
    return {one.to_post_id for one in open_rows(of) if one.from_post_id == mine}


def _tell_giving(
    case: Case,
    rows: list[Disposition],
    *,
    actor: Actor,
    now: datetime,
    scan: tuple[Upload, ...],
    minuted: bool,
) -> None:
    """One line of the history for the sheet."""
    data = {
        "disposition": rows[0].id,
        "to": [row.to_post_id for row in rows],
        "ticks": rows[0].ticks,
        **({"minuted": True} if minuted else {}),
    }
    inputs = Inputs(note=rows[0].instructions, scan=scan)
    kind = EventKind.DISPOSITION
    event = history.record(case, kind, actor=actor, now=now, inputs=inputs, data=data)
    for row in rows:
        row.event_id = event.id
