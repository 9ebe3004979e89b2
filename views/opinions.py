"""Pendapat: who was asked at a team step or by a disposition, and what each of them said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backoffice.text import _, short_moment
from backoffice.workflow.belongings import Thought, belongings_of
from backoffice.workflow.definition import Procedure
from models import Assignment, Case, CaseEvent, Duty
from views.sop_table import place
from views.timeline import who_did


@dataclass(frozen=True, slots=True)
class Said:
    """One who was asked; `text` is empty while nothing was said."""

    post: str
    facts: str
    text: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Round:
    """Everybody who was asked at the same time; `missing` are the posts that are waited for."""

    title: str
    said: tuple[Said, ...]
    missing: tuple[str, ...]


def rounds_of(case: Case, procedure: Procedure, zone: str) -> list[Round]:
    """The rounds of a case, the newest first; nothing is asked where nobody ever was."""
    desks = [desk for desk in case.assignments if desk.duty is Duty.OPINION]
    if not desks:
        return []
    rows = belongings_of(case.id).opinions
    events = {event.id: event for event in case.events}
    told = {(row.step, row.round, row.post_id): (row, events[row.event_id]) for row in rows}
    groups: dict[tuple[str, int], list[Assignment]] = {}
    for desk in desks:
        groups.setdefault((desk.step, desk.round), []).append(desk)
    return [
        _round(step, number, together, told, procedure, zone)
        for (step, number), together in reversed(groups.items())
    ]


def _round(
    step: str,
    number: int,
    desks: Iterable[Assignment],
    told: dict[tuple[str, int, int], tuple[Thought, CaseEvent]],
    procedure: Procedure,
    zone: str,
) -> Round:
    said = tuple(_said(desk, told.get((step, number, desk.post_id)), zone) for desk in desks)
    where = place(procedure, step) if procedure.has_step(step) else ""
    parts = [where, _("round %(n)s", n=number) if number > 1 else ""]
    return Round(
        title=", ".join(part for part in parts if part),
        said=said,
        missing=tuple(one.post for one in said if one.is_open),
    )


def _said(desk: Assignment, told: tuple[Thought, CaseEvent] | None, zone: str) -> Said:
    if told is None:
        waiting = desk.left_at is None
        facts = _("No opinion yet") if waiting else _("Gave no opinion")
        return Said(desk.post.title, facts, "", waiting)
    opinion, event = told
    who = event.user.name if event.for_post is None else who_did(event)
    facts = f"{who} · {short_moment(event.happened_at, zone)}"
    return Said(desk.post.title, facts, opinion.text, False)
