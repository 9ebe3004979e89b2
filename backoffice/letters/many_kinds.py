"""Which letters exist in many cases, and which papers can be filled from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backoffice.workflow.versions import procedures_of
from models import Case, Letter, LetterState, Notice, Status, db

from .drafting import RECEIPT, has_template
from .kinds import KINDS, kind_of
from .offering import is_paper, offered_at


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter: in how many of the cases it is issued, in how many a draft.

    `papers`: how many more cases it can be filled from, at most.
    """

    key: str
    title: str
    issued: int = 0
    drafts: int = 0
    papers: int = 0


def choices(case_ids: Sequence[int]) -> list[Choice]:
    """Letters first, then papers; a few statements, however many cases."""
    if not case_ids:
        return []
    papers = _papers(case_ids)
    letters = {
        kind: Choice(kind, kind_of(kind).title, issued, drafts, papers.pop(kind, 0))
        for kind, issued, drafts in _letters(case_ids)
        if has_template(kind)
    }
    filled = (Choice(kind, KINDS[kind].title, papers=count) for kind, count in papers.items())
    return [*letters.values(), *filled]


def _letters(case_ids: Sequence[int]) -> list[tuple[str, int, int]]:
    """Kind, cases in which it is issued, cases in which it is only a draft."""
    one = (
        sa.select(Letter.kind, Letter.case_id, sa.func.max(Letter.approved_at).label("approved_at"))
        .where(Letter.case_id.in_(case_ids), Letter.state != LetterState.VOID)
        .group_by(Letter.kind, Letter.case_id)
        .subquery()
    )
    issued = sa.func.count(one.c.approved_at)
    query = sa.select(one.c.kind, issued, sa.func.count() - issued).group_by(one.c.kind)
    rows = db.session.execute(query.order_by(one.c.kind))
    return [(kind, known, drafts) for kind, known, drafts in rows]


def _papers(case_ids: Sequence[int]) -> dict[str, int]:
    """Kind -> the cases at a step where the SOP has it ready; receipts of all with a number."""
    found: dict[str, int] = {}
    numbered = sa.select(sa.func.count()).select_from(Case)
    numbered = numbered.where(Case.id.in_(case_ids), Case.number.is_not(None))
    if count := db.session.scalar(numbered):
        found[RECEIPT] = count
    places = _places(case_ids)
    procedures = procedures_of({version_id for version_id, *_place in places})
    for version_id, step, status, count in places:
        for kind in offered_at(procedures[version_id], step, status):
            if kind.key != RECEIPT:
                found[kind.key] = found.get(kind.key, 0) + count
    promised = (
        sa.select(Notice.kind, sa.func.count(Notice.case_id.distinct()))
        .where(Notice.case_id.in_(case_ids), Notice.told_at.is_(None))
        .group_by(Notice.kind)
        .order_by(Notice.kind)
    )
    for name, count in db.session.execute(promised):
        if is_paper(name):
            found[name] = max(found.get(name, 0), count)
    return found


def _places(case_ids: Sequence[int]) -> list[tuple[int, str, Status, int]]:
    """Where the cases stand: SOP, step, status, and how many."""
    place = (Case.procedure_version_id, Case.step, Case.status)
    query = sa.select(*place, sa.func.count()).where(Case.id.in_(case_ids))
    rows = db.session.execute(query.group_by(*place).order_by(*place))
    return [(version_id, step, status, count) for version_id, step, status, count in rows]
