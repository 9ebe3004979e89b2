"""At whatever step of whatever SOP a case comes in from paper, the office brings it to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from backoffice.workflow import corrections
from backoffice.workflow.definition import Action, Transition
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.moves import open_notices
from backoffice.workflow.versions import definition_of, procedure_of
from models import Case, EventKind, Office, Status, db
from seed import walking
from tests import factories
from tests.registers import register, row_for, take, taken_over
from tests.tables import PROCEDURES

MOST_STEPS = 40


def onward(case: Case, ways: tuple[Transition, ...]) -> Transition:
    """The way that leads furthest: to an end, else forward on the paper, never back."""
    order = [one.key for one in definition_of(case).steps]

    def far(way: Transition) -> tuple[bool, int]:
        back = way.action in (Action.RETURN, Action.REJECT)
        return not back, len(order) if way.to.is_end else order.index(str(way.to.step))

    return max(ways, key=far)


def finish(case: Case) -> Case:
    """Take one way after the other, and tell whoever was promised to be told."""
    for _ in range(MOST_STEPS):
        if not case.is_live:
            return case
        case = walking.hear(case, when=factories.after)
        now = factories.after(case)
        actor = walking.actor_at(case, now)
        if case.status == Status.AWAITING_NOTICE:
            with command(case.id) as locked:
                (notice, *_) = open_notices(locked)
                corrections.tell(
                    locked, notice.id, actor=actor, now=now, channel="telepon", note="Sudah."
                )
            continue
        way = onward(case, available_transitions(case, actor, now))
        if way.to.is_end and open_notices(case):
            with command(case.id) as locked:
                for notice in open_notices(locked):
                    corrections.tell(
                        locked, notice.id, actor=actor, now=now, channel="surat", note="Sudah."
                    )
        walking.act(case.id, way.key, now=now + timedelta(minutes=1))
        case = db.session.get_one(Case, case.id, populate_existing=True)
    raise AssertionError(f"{case.procedure_version.code} does not end: {case.step}")


def steps_of(office: Office, code: str) -> list[str]:
    """The steps of an SOP, in the order of the paper."""
    return [one.key for one in procedure_of(factories.version_of(office, code)).steps]


@pytest.mark.sqlite
@pytest.mark.parametrize(("key", "code"), PROCEDURES)
def test_at_every_step_whoever_has_a_case_from_paper_can_go_on(
    dukcapil: Office, key: str, code: str
) -> None:
    office = factories.office_of(key)
    rows = [
        {**row_for(office, code, step), "subject": f"Perihal {step}"}
        for step in steps_of(office, code)
    ]
    take(office, register(rows))
    cases = list(db.session.scalars(select(Case).order_by(Case.id)))
    assert [case.step for case in cases] == steps_of(office, code)
    for case in cases:
        assert [event.kind for event in case.events] == [EventKind.TAKEN_OVER]
        actor = walking.actor_at(case, factories.NOW)
        assert available_transitions(case, actor, factories.NOW), case.step


@pytest.mark.long
@pytest.mark.parametrize(("key", "code"), PROCEDURES)
def test_from_every_step_a_case_from_paper_comes_to_its_end(
    dukcapil: Office, key: str, code: str
) -> None:
    office = factories.office_of(key)
    for number, step in enumerate(steps_of(office, code), 1):
        case = taken_over(office, code, step, subject=f"Perihal {number}")
        assert finish(case).status == Status.CLOSED, step
