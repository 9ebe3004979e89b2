"""Whatever people do: the case has its desk, and the history tells where it is."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import select

from backoffice.actor import person_of
from backoffice.errors import OpenNotices, OpinionsMissing, Refusal
from backoffice.workflow import corrections, joining, team
from backoffice.workflow.definition import OPINION
from backoffice.workflow.engine import available_transitions, command, perform
from backoffice.workflow.moves import open_notices
from backoffice.workflow.routing import standing_events
from backoffice.workflow.team import awaited
from backoffice.workflow.versions import definition_of, procedure_of
from models import (
    Assignment,
    Case,
    CaseEvent,
    Duty,
    EventKind,
    Office,
    Opinion,
    Post,
    Source,
    Status,
    User,
    db,
)
from seed import walking
from tests import factories
from tests.registers import taken_over
from tests.tables import PROCEDURES

LONG = bool(os.environ.get("PARAF_TEST_LONG"))
RUNS = 2_000 if LONG else 300
ENDS = {
    EventKind.VOIDED: Status.VOID,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}


class Walk(RuleBasedStateMachine):
    """One case, and everybody in the office trying things."""

    case_id: int
    now: datetime

    @initialize(
        sop=st.sampled_from(PROCEDURES),
        begins=st.sampled_from(["counter", "team", "paper"]),
        place=st.integers(0, 30),
    )
    def open(self, sop: tuple[str, str], begins: str, place: int) -> None:
        """Somebody comes to the counter, a team has a case already, or it comes from paper."""
        office = db.session.scalars(select(Office).where(Office.key == sop[0])).one()
        steps = procedure_of(factories.version_of(office, sop[1])).steps
        step = next((one.key for one in steps if one.team and begins == "team"), None)
        if begins == "paper":
            subject = f"Perihal {uuid4()}"  # the same is not taken over twice
            key = steps[place % len(steps)].key
            case = taken_over(office, sop[1], key, subject=subject)
        else:
            case = factories.make_case(office, sop[1], step)
        self.case_id, self.now = case.id, factories.after(case)

    @property
    def case(self) -> Case:
        """The case as the database has it."""
        return db.session.get_one(Case, self.case_id, populate_existing=True)

    def pass_time(self, minutes: int) -> None:
        """Some time goes by."""
        self.now += timedelta(minutes=minutes)

    @rule(choice=st.integers(0, 7), minutes=st.sampled_from([1, 30, 600, 60_000]))
    def take_a_way(self, choice: int, minutes: int) -> None:
        """Whoever has the case takes one of the ways the SOP gives."""
        case = self.case
        if case.status not in (Status.OPEN, Status.WAITING):
            return
        self.pass_time(minutes)
        actor = walking.actor_at(case, self.now)
        ways = available_transitions(case, actor, self.now)
        assert ways, f"nothing can be done at {case.step}"
        with suppress(OpenNotices, OpinionsMissing):
            walking.act(self.case_id, ways[choice % len(ways)].key, now=self.now)

    @rule()
    def say_what_one_thinks(self) -> None:
        """A member of the team whose opinion is still missing gives it."""
        case = self.case
        asked = awaited(case)
        if not asked or case.status not in (Status.OPEN, Status.WAITING):
            return
        self.pass_time(5)
        walking.act(self.case_id, OPINION, now=self.now)
        assert len(awaited(self.case)) == len(asked) - 1

    @rule(who=st.integers(0, 7))
    def think_again(self, who: int) -> None:
        """A member takes back what he said, which stays in the history."""
        case = self.case
        said = [one for one in case.events if one.kind is EventKind.OPINION]
        if not said:
            return
        event = said[who % len(said)]
        actor = next(
            one
            for one in person_of(event.user, self.now).actors
            if (one.post.id, one.for_post) == (event.post_id, event.for_post)
        )
        if not team.may_take_back(case, actor):
            return
        self.pass_time(1)
        missing = len(awaited(case))
        with command(self.case_id) as locked:
            team.take_back(locked, actor=actor, now=self.now)
        assert len(awaited(self.case)) == missing + 1

    @rule(who=st.integers(0, 30), key=st.sampled_from(["forward", "approve", "return", "close"]))
    def try_without_duty(self, who: int, key: str) -> None:
        """Anybody tries; without a duty nothing changes."""
        case = self.case
        users = list(db.session.scalars(select(User).where(User.office_id == case.office_id)))
        person = person_of(users[who % len(users)], self.now)
        mine = {one.id for one in duty_posts(case)} & set(person.desk_post_ids)
        before = (case.step, case.status, case.version)
        if mine:
            return
        for actor in person.actors:
            with pytest.raises(Refusal), command(self.case_id) as locked:
                perform(locked, key, actor=actor, now=self.now, inputs=walking.Inputs(note="coba"))
        after = self.case
        assert (after.step, after.status, after.version) == before

    @rule()
    def take_back(self) -> None:
        """The one who acted last changes his mind."""
        case = self.case
        last = corrections.last_step_of(case)
        if last is None:
            return
        actor = next(
            one for one in person_of(last.user, self.now).actors if one.post.id == last.post_id
        )
        if not corrections.may_take_back(case, actor):
            return
        self.pass_time(1)
        with command(self.case_id) as locked:
            corrections.take_back(locked, actor=actor, now=self.now)
        assert self.case.step == last.step

    @rule()
    def tell_a_party(self) -> None:
        """What was promised is kept."""
        case = self.case
        notices = open_notices(case)
        if not notices or not case.is_live:
            return
        self.pass_time(5)
        actor = walking.actor_at(case, self.now)
        with command(self.case_id) as locked:
            corrections.tell(
                locked, notices[0].id, actor=actor, now=self.now, channel="telepon", note="Sudah."
            )

    @rule(early=st.sampled_from(["void", "withdraw", "", "", "", "", "", ""]))
    def end_early(self, early: str) -> None:
        """Now and then a case is voided or withdrawn."""
        case = self.case
        if not early or not case.is_live:
            return
        self.pass_time(1)
        holder = walking.actor_at(case, self.now)
        head = factories.actor(case.office, top_post(case.office))
        with command(self.case_id) as locked:
            if early == "void":
                corrections.void(locked, actor=head, now=self.now, reason="Salah catat")
            else:
                corrections.withdraw(locked, actor=holder, now=self.now, reason="Dicabut")

    @rule(early=st.sampled_from([True, False, False, False]))
    def join_another(self, early: bool) -> None:
        """Now and then it turns out that the case was there already."""
        case = self.case
        hidden = case.procedure_version.confidential  # from the head, who joins them here
        if not early or hidden or not case.is_live or open_notices(case):
            return
        code = case.procedure_version.code
        other = factories.make_case(case.office, code, now=self.now)
        self.with_other(joining.join, other.id)
        assert (self.case.status, self.case.outcome) == (Status.CLOSED, None)

    @rule()
    def take_apart(self) -> None:
        """And that it was another matter after all."""
        case = self.case
        if case.joined_to_id is not None:
            self.with_other(joining.separate, case.joined_to_id)
            assert self.case.is_live

    def with_other(self, deed: Any, other_id: int) -> None:
        """The head of the office joins the case to another, or takes them apart."""
        self.pass_time(1)
        office = self.case.office
        head = top_post(office)
        with joining.both(self.case_id, other_id, None) as (case, other):
            deed(
                case,
                other,
                person=factories.person(office, head),
                actor=factories.actor(office, head),
                now=self.now,
                reason="Pengadu yang sama",
            )

    @invariant()
    def holds(self) -> None:
        """Whatever was done: this is true of the case as the database has it."""
        if not hasattr(self, "case_id"):
            return
        case = self.case  # read once for all of them
        has_its_desk(case)
        a_team_was_heard(case)
        history_tells_where_it_is(case)
        nobody_acted_outside_a_duty(case)


def has_its_desk(case: Case) -> None:
    """A live case has exactly one responsible post, an ended one has none."""
    posts = duty_posts(case)
    if not case.is_live:
        assert posts == []
        # Who has it for information may still read how it was closed.
        open_ones = [desk.duty for desk in case.assignments if desk.left_at is None]
        assert set(open_ones) <= {Duty.INFORMATION}
        return
    step = definition_of(case).step(case.step)
    most = len(step.actors) if not step.is_outside else 1
    assert 1 <= len(posts) <= max(most, 1), (case.step, posts)


def a_team_was_heard(case: Case) -> None:
    """Opinions are asked where the case is, and nobody concluded before all were there."""
    asked = [one for one in case.assignments if one.duty == Duty.OPINION]
    assert all(one.step == case.step for one in asked if one.left_at is None)
    for event in standing_events(case):
        if event.action != "return" and event.to_step != event.step:
            rounds = [one.round for one in asked if is_before(one, event)]
            newest = [one for one in asked if one.round == max(rounds, default=0)]
            assert all(said(one) for one in newest if is_before(one, event))


def history_tells_where_it_is(case: Case) -> None:
    """The events, played again from the first, lead to where the case stands."""
    assert [event.seq for event in case.events] == list(range(1, len(case.events) + 1))
    step, outcome = replay(case)
    assert (case.step, case.outcome) == (step, outcome)


def nobody_acted_outside_a_duty(case: Case) -> None:
    """For every step taken the acting post had the case on its desk."""
    for event in standing_events(case):
        duty = event.for_post_id or event.post_id
        assert any(desk.post_id == duty and desk.step == event.step for desk in case.assignments)


def is_before(desk: Assignment, event: CaseEvent) -> bool:
    """Whether the team was asked at that step before this happened there."""
    of_team = desk.source == Source.STEP and desk.step == event.step
    return of_team and desk.entered_at <= event.happened_at


def said(desk: Assignment) -> bool:
    """Whether an opinion of this desk counts."""
    query = select(Opinion.id).where(
        Opinion.case_id == desk.case_id,
        Opinion.step == desk.step,
        Opinion.round == desk.round,
        Opinion.post_id == desk.post_id,
    )
    return db.session.scalar(query) is not None


def top_post(office: Office) -> str:
    """The post above all others within the office."""
    inside = (Post.office_id == office.id, Post.takes_escalations.is_(False))
    tops = select(Post.key).where(*inside, Post.superior_id.is_(None))
    return db.session.scalars(tops).one()


def duty_posts(case: Case) -> list[Any]:
    """Who answers for the case now."""
    return [
        desk.post
        for desk in case.assignments
        if desk.left_at is None and desk.duty == Duty.RESPONSIBLE
    ]


def replay(case: Case) -> tuple[str, str | None]:
    """Step and outcome, told from the history alone."""
    step, outcome = case.events[0].step, None
    for event in case.events:
        if event.kind in (EventKind.TRANSITION, EventKind.TAKEN_BACK):
            step, outcome = event.to_step or step, event.outcome
        elif event.kind in ENDS or event.kind is EventKind.JOINED:
            outcome = None
        elif event.kind is EventKind.SEPARATED:
            outcome = joined_events(case)[event.data["other"]].data["before"]["outcome"]
    return step, outcome


def joined_events(case: Case) -> dict[int, Any]:
    """The last time the case was joined to each other one."""
    return {event.data["other"]: event for event in case.events if event.kind is EventKind.JOINED}


@(pytest.mark.slow if LONG else pytest.mark.sqlite)  # the big run is on both databases
def test_whatever_people_do_every_open_case_has_its_desk_and_its_history(dukcapil: Office) -> None:
    run(
        Walk,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],  # a walk is short: shrinking costs minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
