"""What became of a case when a row of the tables was done: asked of the database."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from backoffice.actor import Actor
from backoffice.workflow import corrections
from backoffice.workflow.definition import OPINION
from backoffice.workflow.engine import command
from backoffice.workflow.moves import open_notices
from backoffice.workflow.team import awaited
from backoffice.workflow.versions import definition_of
from models import (
    Case,
    Duty,
    Letter,
    LetterState,
    Notice,
    Opinion,
    Record,
    Status,
    db,
)
from seed import walking
from tests.tables import Way


def fresh(case_id: int) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def who_clicks(case: Case, way: Way | None = None) -> Actor:
    """Whoever has the case; of several the one whom the row names."""
    now = datetime.now(UTC)
    if way is None:
        return walking.actor_at(case, now)
    duty = Duty.OPINION if way.action == OPINION else Duty.RESPONSIBLE
    return walking.actor_at(case, now, duty=duty, role=way.role)


def tell_everybody(case: Case) -> None:
    """Keep what was promised."""
    for notice in open_notices(case):
        with command(case.id) as locked:
            corrections.tell(
                locked,
                notice.id,
                actor=who_clicks(case),
                now=datetime.now(UTC),
                channel="telepon",
                note="Diberi tahu lewat telepon",
            )


def came_out(case: Case, way: Way) -> None:
    """The case stands where the table says, and what the row names was done."""
    if way.end is not None and any(one.startswith("notify ") for one in way.conditions):
        assert (case.outcome, case.status) == (way.end, Status.AWAITING_NOTICE)
        tell_everybody(case)
        case = fresh(case.id)
    if way.end is not None:
        assert (case.outcome, case.status) == (way.end, Status.CLOSED)
    else:
        assert (case.step, case.is_live) == (way.next, True)
    for condition in way.conditions:
        word, _, rest = condition.partition(" ")
        if word in DONE:
            DONE[word](case, rest, way)
    if way.says("choose variant"):
        assert case.procedure_version.variant != ""
        assert case.events[-1].transition == way.transition


def filled(case: Case, key: str, way: Way) -> None:
    """A record has a filling."""
    assert key in set(db.session.scalars(select(Record.key).where(Record.case_id == case.id)))


def lettered(case: Case, kind: str, way: Way) -> None:
    """There is one letter of that kind: a draft, or sent where the row sends it."""
    of_kind = select(Letter).where(Letter.case_id == case.id, Letter.kind == kind)
    letter = db.session.scalars(of_kind).one()
    sent = way.says(f"send {kind}")
    assert letter.state == (LetterState.SENT if sent else LetterState.DRAFT)


def promised(case: Case, kind: str, way: Way) -> None:
    """Somebody was to be told by that letter."""
    assert kind in set(db.session.scalars(select(Notice.kind).where(Notice.case_id == case.id)))


def linked(case: Case, code: str, way: Way) -> None:
    """One case of another SOP follows from this one and stands at its first step."""
    other = db.session.scalars(select(Case).where(Case.follows_id == case.id)).one()
    assert (other.procedure_version.code, other.status) == (code, Status.OPEN)
    assert other.step == definition_of(other).first.key


def heard(case: Case, _: str, way: Way) -> None:
    """One opinion of this round is kept, and is not asked of that post again."""
    opinion = db.session.scalars(select(Opinion).where(Opinion.case_id == case.id)).one()
    assert (opinion.step, opinion.round) == (way.step, 1)
    assert opinion.post_id not in {desk.post_id for desk in awaited(case)}


DONE = {
    "record": filled,
    "draft": lettered,
    "send": lettered,
    "notify": promised,
    "open_case": linked,
    "once": heard,
}
