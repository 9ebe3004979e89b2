"""Disposisi: what recipient and giver do with one; `giving` says how it is given.

The recipient reads it, begins and reports; the giver recalls it while it is unread, gives a report
back, and closes the sheet when there is one. Of a case each is an event of its history, inside
`command`; of a letter inside `on_letter`, and the row itself tells it. `laid` finds the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backoffice import incoming
from backoffice.actor import Actor
from backoffice.database import begin_write
from backoffice.errors import Incomplete, NotAllowed, NotFound, Refusal
from backoffice.workflow import history
from backoffice.workflow.giving import INSTRUCTIONS as INSTRUCTIONS
from backoffice.workflow.giving import URGENCIES as URGENCIES
from backoffice.workflow.giving import Order as Order
from backoffice.workflow.giving import give as give
from backoffice.workflow.giving import goes_on
from backoffice.workflow.giving import laid_on as laid_on
from backoffice.workflow.giving import may_dispose as may_dispose
from backoffice.workflow.giving import targets as targets
from backoffice.workflow.inputs import Inputs, Upload
from backoffice.workflow.retracting import forget_desk
from backoffice.workflow.sheets import (
    Of,
    awaits_report,
    its_rows,
    keep_up,
    open_rows,
    read,
    waiting_below,
)
from models import Case, Disposition, Duty, EventKind, IncomingLetter, Scan, db


class CannotRecall(Refusal):
    """The recipient has read it, or it is over."""

    code = "cannot_recall"


class ReportMissing(Refusal):
    """A sheet is closed only with the report of its penanggung jawab."""

    code = "report_missing"


class OthersReport(Refusal):
    """It was passed on; `values["posts"]` have not reported yet."""

    code = "others_report"


@contextmanager
def on_letter(letter_id: int) -> Iterator[IncomingLetter]:
    """The letter, locked; commits at the end and rolls back on any error. NotFound."""
    begin_write()
    try:
        yield incoming.lock(letter_id)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def find(of: Of, disposition_id: int) -> Disposition:
    """The disposition of that id, if it is one of this case or letter; else NotFound."""
    row = db.session.scalar(
        sa.select(Disposition).where(its_rows(of), Disposition.id == disposition_id)
    )
    if row is None:
        raise NotFound
    return row


# -- what the recipient does -----------------------------------------------------------------


def begin(row: Disposition, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Sedang dikerjakan. In a command that does not move: nobody's page is out of date by it."""
    of = _mine(row, actor)
    if row.begun_at is not None:
        raise NotAllowed
    row.read_at = row.read_at or now
    row.begun_at = now
    _tell(of, row, EventKind.BEGUN, actor=actor, now=now, inputs=Inputs(note=note))


def report(
    row: Disposition,
    *,
    actor: Actor,
    now: datetime,
    text: str,
    attachments: tuple[Upload, ...] = (),
    scan: tuple[Upload, ...] = (),
) -> None:
    """Tell the giver what came of it; his desk is free, the giver closes it.

    What was reported from below is taken over and closed with it. OthersReport while a post to
    which it was passed on has not reported.
    """
    of = _mine(row, actor)
    if not text.strip():
        raise Incomplete({"report": "report_required"})
    rows = open_rows(of)
    if waiting := waiting_below(row, rows):
        raise OthersReport(posts=", ".join(one.to_post.title for one in waiting))
    for one in rows:
        if one.parent_id == row.id and one.reported_at is not None:
            one.ended_at = now
    row.read_at = row.read_at or now
    row.reported_at, row.report, row.report_user_id = now, text.strip(), actor.user.id
    inputs = Inputs(note=text, attachments=attachments, scan=scan)
    _tell(of, row, EventKind.REPORTED, actor=actor, now=now, inputs=inputs)


def may_report(row: Disposition, actor: Actor) -> bool:
    """Whether it lies on this actor's desk and has no report yet."""
    return awaits_report(row) and row.to_post_id == actor.duty_post.id


def _mine(row: Disposition, actor: Actor) -> Of:
    """What the disposition is of, if this actor has to report on it; else NotAllowed."""
    of = _as_it_stands(row, actor)
    if not may_report(row, actor):
        raise NotAllowed
    return of


# -- what the giver does ---------------------------------------------------------------------


def may_recall(row: Disposition, actor: Actor) -> bool:
    """The giver, until it was read; what the SOP disposed of goes back with its step alone."""
    return (
        row.ended_at is None
        and row.read_at is None
        and row.duty != Duty.RESPONSIBLE
        and row.from_post_id == actor.duty_post.id
    )


def recall(row: Disposition, *, actor: Actor, now: datetime, reason: str) -> None:
    """Take it back before it was read, with the desk. CannotRecall once it was."""
    of = _as_it_stands(row, actor)
    if row.from_post_id != actor.duty_post.id:
        raise NotAllowed
    if not may_recall(row, actor):
        raise CannotRecall
    if not reason.strip():
        raise Incomplete({"reason": "reason_required"})
    row.recalled_at = row.ended_at = now
    row.remark = reason.strip()
    if isinstance(of, Case):
        forget_desk(of, row)
    _tell(of, row, EventKind.RECALLED, actor=actor, now=now, inputs=Inputs(reason=reason))


def may_settle(row: Disposition, actor: Actor) -> bool:
    """The giver, once there is a report."""
    return (
        row.duty == Duty.REPORT
        and row.ended_at is None
        and row.reported_at is not None
        and row.from_post_id == actor.duty_post.id
    )


def settle(row: Disposition, *, actor: Actor, now: datetime, note: str = "") -> None:
    """Close it, with all beneath it; the row of the lead closes the whole sheet.

    ReportMissing where the recipient has not reported.
    """
    of = _given_by(row, actor)
    sheet = [one for one in open_rows(of) if row.lead and one.sheet_id == row.sheet_id]
    for one in {*sheet, row}:
        one.ended_at = now
    row.remark = note.strip()
    _tell(of, row, EventKind.SETTLED, actor=actor, now=now, inputs=Inputs(note=note))


def give_back(row: Disposition, *, actor: Actor, now: datetime, note: str) -> None:
    """The report does not do: with a note the work goes on, and a new report is asked."""
    of = _given_by(row, actor)
    if not note.strip():
        raise Incomplete({"note": "note_required"})
    row.reported_at, row.begun_at = None, row.begun_at or now
    row.remark = note.strip()
    data = {"given_back": True}
    _tell(of, row, EventKind.BEGUN, actor=actor, now=now, inputs=Inputs(note=note), data=data)


def _given_by(row: Disposition, actor: Actor) -> Of:
    of = _as_it_stands(row, actor)
    if row.from_post_id != actor.duty_post.id or row.duty != Duty.REPORT:
        raise NotAllowed
    if row.ended_at is not None:
        raise NotAllowed
    if row.reported_at is None:
        raise ReportMissing
    return of


# -- both ------------------------------------------------------------------------------------


def _as_it_stands(row: Disposition, actor: Actor) -> Of:
    """Lock the row, which a reader may be changing, and say what it is of; else NotAllowed."""
    locked = sa.select(Disposition).where(Disposition.id == row.id).with_for_update()
    db.session.scalars(locked.execution_options(populate_existing=True)).one()
    of = row.case or row.incoming_letter
    if of is None:
        raise LookupError(row.id)
    if not goes_on(of, actor):
        raise NotAllowed
    return of


def _tell(
    of: Of,
    row: Disposition,
    kind: EventKind,
    *,
    actor: Actor,
    now: datetime,
    inputs: Inputs,
    data: dict[str, Any] | None = None,
) -> None:
    """Write it into the history of the case; a letter has its files, the row tells the rest."""
    db.session.flush()
    if isinstance(of, Case):
        kept = {"disposition": row.id, **(data or {})}
        history.record(of, kind, actor=actor, now=now, inputs=inputs, data=kept)
    else:
        for one in (*inputs.attachments, *inputs.scan):
            of.scans.append(
                Scan(
                    name=one.name,
                    content_type=one.content_type,
                    size=one.size,
                    sha256=one.sha256,
                    uploaded_at=now,
                )
            )
    keep_up(of, now=now)


def mark_letter_read(letter_id: int, post_ids: Collection[int], *, now: datetime) -> bool:
    """Remember that these posts have read what was laid before them of a letter; commits.

    Returns whether there was anything to write.
    """
    begin_write()
    news = read(Disposition.incoming_letter_id == letter_id, post_ids, now=now)
    db.session.commit()
    return news
