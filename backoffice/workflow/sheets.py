"""Lembar disposisi as rows: written, kept in step with the desks of the case, ended with it.

`disposing` says who may do what with one. What the SOP disposes of itself needs no click more: it
is done when the step that lay on that desk is left, and what it was passed on to is done as well.
Who was asked for a report has a desk of that duty until he gave it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from backoffice.actor import Actor
from backoffice.calendars import calendar_of
from backoffice.workflow import conflict
from backoffice.workflow.desks import address
from backoffice.workflow.sheet_rows import Of as Of
from backoffice.workflow.sheet_rows import all_rows as all_rows
from backoffice.workflow.sheet_rows import its_rows as its_rows
from backoffice.workflow.sheet_rows import open_rows as open_rows
from models import (
    Assignment,
    Case,
    CaseEvent,
    Disposition,
    Duty,
    IncomingLetter,
    Post,
    Source,
    db,
)


class Line(NamedTuple):
    """One recipient of a sheet."""

    post: Post
    duty: Duty
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on a sheet for all its recipients."""

    ticks: tuple[str, ...] = ()
    instructions: str = ""
    urgency: str | None = None
    deadline_on: date | None = None


# -- writing ---------------------------------------------------------------------------------


def write(
    of: Of,
    lines: Sequence[Line],
    words: Words,
    *,
    actor: Actor,
    now: datetime,
    parent: Disposition | None = None,
    event: CaseEvent | None = None,
) -> list[Disposition]:
    """A sheet with a row for each recipient. Without a day of its own the parent's holds."""
    given = {
        **_what(of, parent, event),
        "from_post_id": actor.duty_post.id,
        "user_id": actor.user.id,
        "holding_id": actor.holding_id,
        "instructions": words.instructions.strip(),
        "urgency": words.urgency,
        "deadline_on": words.deadline_on or (parent.deadline_on if parent is not None else None),
        "given_at": now,
    }
    rows = [
        Disposition(
            **given, to_post_id=line.post.id, duty=line.duty, lead=line.lead, ticks=[*words.ticks]
        )
        for line in lines
    ]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        row.sheet_id = rows[0].id
    if parent is not None:
        parent.read_at = parent.read_at or now
        parent.begun_at = parent.begun_at or now
    db.session.flush()
    return rows


def _what(of: Of, parent: Disposition | None, event: CaseEvent | None) -> dict[str, int | None]:
    """What is laid there, what is passed on with it, and the line of the history that says so."""
    return {
        "case_id": of.id if isinstance(of, Case) else None,
        "incoming_letter_id": of.id if isinstance(of, IncomingLetter) else None,
        "parent_id": parent.id if parent is not None else None,
        "event_id": event.id if event is not None else None,
    }


def deadline_fault(deadline_on: date | None, today: date, parent: Disposition | None) -> str | None:
    """Why a sheet cannot have this deadline: it is over, or later than that of the parent."""
    if deadline_on is None:
        return None
    if deadline_on < today:
        return "deadline_over"
    if parent is not None and parent.deadline_on is not None and deadline_on > parent.deadline_on:
        return "later_than_parent"
    return None


def lay(case: Case, post: Post, duty: Duty, *, now: datetime, step: str, number: int = 1) -> None:
    """Lay the case on a desk beside the responsible one; where it lies already, it has news."""
    there = [one for one in case.assignments if one.left_at is None and one.post_id == post.id]
    for desk in there:
        desk.read_at = None
    if not there:
        source = Source.DISPOSITION
        address(case, post, step=step, now=now, due=None, duty=duty, source=source, number=number)


# -- reading ---------------------------------------------------------------------------------


def read(of: sa.ColumnElement[bool], post_ids: Collection[int], *, now: datetime) -> bool:
    """Remember that these posts have read what was laid on their desks; whether it was news.

    What was only for information is over with it. `of`: see `its_rows`. The caller commits.
    """
    over = sa.and_(Disposition.duty == Duty.INFORMATION, Disposition.ended_at.is_(None))
    query = (
        sa.update(Disposition)
        .where(
            of,
            Disposition.to_post_id.in_(post_ids),
            Disposition.read_at.is_(None),
            Disposition.recalled_at.is_(None),
        )
        .values(read_at=now, ended_at=sa.case((over, now), else_=Disposition.ended_at))
    )
    done: Any = db.session.execute(query, execution_options={"synchronize_session": False})
    return bool(done.rowcount)


def answered(case: Case, post_id: int, *, now: datetime) -> None:
    """The opinion for which a disposition asked was given."""
    for row in open_rows(case):
        if row.duty == Duty.OPINION and row.to_post_id == post_id:
            row.reported_at = row.ended_at = now


def asked_again(case: Case, post_id: int) -> None:
    """That opinion was taken back."""
    query = sa.select(Disposition).where(
        its_rows(case),
        Disposition.duty == Duty.OPINION,
        Disposition.to_post_id == post_id,
        Disposition.reported_at.is_not(None),
    )
    row = db.session.scalars(query.order_by(Disposition.id.desc())).first()
    if row is not None:
        row.reported_at = row.ended_at = None


# -- ending ----------------------------------------------------------------------------------


def end_all(of: Of, *, now: datetime) -> None:
    """The case ends, or the letter is filed: nobody has to do anything about it any more."""
    for row in open_rows(of):
        row.ended_at = now


def keep_up(of: Of, *, now: datetime) -> None:
    """Bring dispositions and desks into step, after whatever was done; done twice it is the same.

    No disposition stays open under one that has ended.
    """
    rows = open_rows(of)
    if isinstance(of, Case):
        _take_from_barred(of, rows, now)
        for row in reversed(rows):  # what it was passed on to comes first
            _end_with_its_step(of, row, rows, now)
    for row in rows:
        parent = row.parent
        if row.ended_at is None and parent is not None and parent.ended_at is not None:
            row.ended_at = now
    if isinstance(of, Case):
        _lay_for_reports(of, [one for one in rows if awaits_report(one)], now)
    db.session.flush()


def _take_from_barred(case: Case, rows: Iterable[Disposition], now: datetime) -> None:
    """The terlapor has nothing to do with the case, and nothing that he asked for stands."""
    bars = conflict.barred_ids(case, now)
    for row in rows:
        asked = row.from_post_id in bars and row.duty != Duty.RESPONSIBLE
        if row.to_post_id in bars or asked:
            row.recalled_at = row.ended_at = now


def awaits_report(row: Disposition) -> bool:
    """Whether somebody still has to report on it."""
    return row.duty == Duty.REPORT and row.ended_at is None and row.reported_at is None


def waiting_below(row: Disposition, rows: Iterable[Disposition]) -> list[Disposition]:
    """What it was passed on to and is not done: everything but what was only for information."""
    return [
        one
        for one in rows
        if one.parent_id == row.id
        and one.ended_at is None
        and one.reported_at is None
        and one.duty != Duty.INFORMATION
    ]


def _end_with_its_step(
    case: Case, row: Disposition, rows: Sequence[Disposition], now: datetime
) -> None:
    """What the SOP disposed of ends when the step it was for is left, or nobody is asked more."""
    if row.ended_at is not None:
        return
    if row.duty == Duty.RESPONSIBLE and _was_left(case, row):
        if any(one.parent_id == row.id and one.ended_at is None for one in _asking(rows)):
            row.begun_at = row.begun_at or now
        else:
            row.reported_at = row.reported_at or now
            row.ended_at = now
    elif row.duty == Duty.OPINION and not _is_asked(case, row):
        row.ended_at = now


def _asking(rows: Sequence[Disposition]) -> list[Disposition]:
    return [one for one in rows if one.duty != Duty.INFORMATION]


def _was_left(case: Case, row: Disposition) -> bool:
    """The step at which the post got the case by it was left, by it or a colleague."""
    since = [
        desk
        for desk in case.assignments
        if desk.duty == Duty.RESPONSIBLE
        and desk.post_id == row.to_post_id
        and desk.entered_at >= row.given_at
    ]
    entries = {(desk.step, desk.entered_at) for desk in since if desk.step == since[0].step}
    return bool(entries) and not any(
        desk.left_at is None and (desk.step, desk.entered_at) in entries
        for desk in case.assignments
        if desk.duty == Duty.RESPONSIBLE
    )


def _is_asked(case: Case, row: Disposition) -> bool:
    return any(
        desk.left_at is None and desk.duty != Duty.REPORT and desk.post_id == row.to_post_id
        for desk in case.assignments
    )


def _lay_for_reports(case: Case, rows: Sequence[Disposition], now: datetime) -> None:
    """A desk for everybody who has to report, due when the first of his deadlines is over."""
    asked: dict[int, list[Disposition]] = {}
    for row in rows:
        asked.setdefault(row.to_post_id, []).append(row)
    there = open_report_desks(case)
    for desk in there.values():
        if desk.post_id not in asked:
            desk.left_at = now
    for post_id, mine in asked.items():
        desk = there.get(post_id) or address(
            case,
            mine[0].to_post,
            step=case.step,
            now=now,
            due=None,
            duty=Duty.REPORT,
            source=Source.DISPOSITION,
        )
        days = [row.deadline_on for row in mine if row.deadline_on is not None]
        desk.due_at = calendar_of(case.office).closing(min(days)) if days else None
        if any(row.read_at is None for row in mine):
            desk.read_at = None  # there is something new on it


def open_report_desks(case: Case) -> dict[int, Assignment]:
    """Post id -> the open desk by which it has to report."""
    return {
        desk.post_id: desk
        for desk in case.assignments
        if desk.left_at is None and desk.duty == Duty.REPORT
    }
