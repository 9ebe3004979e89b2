"""One case, everybody in the office doing things with it, and what stays true whatever they do."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run
from sqlalchemy import select

from backoffice.actor import Actor, Person, holders, person_of
from backoffice.errors import OpenNotices, OpinionsMissing
from backoffice.workflow import corrections, joining
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.moves import open_notices
from backoffice.workflow.routing import standing_events
from backoffice.workflow.sheets import awaits_report
from backoffice.workflow.versions import definition_of
from models import (
    Assignment,
    Case,
    CaseEvent,
    Disposition,
    Duty,
    EventKind,
    Holding,
    Office,
    Opinion,
    Post,
    Source,
    Status,
    db,
)
from seed import walking
from tests import factories
from tests.statements import counted

NEVER = datetime(2100, 1, 1, tzinfo=UTC)
LONG = bool(os.environ.get("PARAF_TEST_LONG"))
ENDS = {
    EventKind.VOIDED: Status.VOID,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
}


def walk(machine: type[OneCase], runs: int) -> None:
    """Try so many walks; a walk is short, and shrinking one would cost minutes."""
    often = settings(
        max_examples=runs,
        stateful_step_count=12,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    with counted() as machine.sent:
        run(machine, settings=often)


class OneCase(RuleBasedStateMachine):
    """One case; a machine adds how it begins and what else people try."""

    case_id: int
    now: datetime
    sent: list[str] = []  # statements since the invariants were looked at

    def __init__(self) -> None:
        super().__init__()
        self.handed_over: list[tuple[int, int]] = []  # holdings: of whoever left, and came

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
    def take_back(self) -> None:
        """The one who acted last changes his mind."""
        case = self.case
        last = corrections.last_step_of(case)
        if last is None:
            return
        actor = self.actor_again(last)
        if actor is None or not corrections.may_take_back(case, actor):
            return
        self.pass_time(1)
        with command(self.case_id) as locked:
            corrections.take_back(locked, actor=actor, now=self.now)
        assert self.case.step == last.step

    def end_early(self, early: str) -> None:
        """A case is voided or withdrawn."""
        case = self.case
        if not early or not case.is_live:
            return
        self.pass_time(1)
        holder = walking.actor_at(case, self.now)
        head = self.head().actors[0]
        with command(self.case_id) as locked:
            if early == "void":
                corrections.void(locked, actor=head, now=self.now, reason="Salah catat")
            else:
                corrections.withdraw(locked, actor=holder, now=self.now, reason="Dicabut")

    def join_another(self, early: bool) -> None:
        """It turns out that the case was there already."""
        case = self.case
        hidden = case.procedure_version.confidential  # from the head, who joins them here
        if not early or hidden or not case.is_live or open_notices(case):
            return
        code = case.procedure_version.code
        other = factories.make_case(case.office, code, now=self.now)
        self.with_other(joining.join, other.id)
        assert (self.case.status, self.case.outcome) == (Status.CLOSED, None)

    def take_apart(self) -> None:
        """And that it was another matter after all."""
        case = self.case
        if case.joined_to_id is not None:
            self.with_other(joining.separate, case.joined_to_id)
            assert self.case.is_live

    def with_other(self, deed: Any, other_id: int) -> None:
        """The head of the office joins the case to another, or takes them apart."""
        self.pass_time(1)
        head = self.head()
        with joining.both(self.case_id, other_id, None) as (case, other):
            deed(
                case,
                other,
                person=head,
                actor=head.actors[0],
                now=self.now,
                reason="Pengadu yang sama",
            )

    @rule(who=st.integers(0, 7), seldom=st.sampled_from([True, False, False, False]))
    def hand_over(self, who: int, seldom: bool) -> None:
        """In the middle of it somebody else takes up a post that has the case."""
        posts = having(self.case)
        if not seldom or not posts:
            return
        self.pass_time(1)
        post = posts[who % len(posts)]
        present = (Holding.post_id == post.id, Holding.until_at.is_(None))
        before = db.session.scalars(select(Holding).where(*present)).one()
        after = factories.make_user(f"sesudah.{uuid4()}", post).holdings[0]
        before.until_at = after.from_at = self.now
        db.session.commit()
        self.handed_over.append((before.id, after.id))

    def teardown(self) -> None:
        """The next walk begins with the people of the office as they were."""
        for before, after in reversed(self.handed_over):
            db.session.get_one(Holding, before).until_at = None
            late = db.session.get_one(Holding, after)
            late.from_at, late.until_at = NEVER, NEVER + timedelta(days=1)  # no walk gets there
        db.session.commit()

    def actor_again(self, event: CaseEvent) -> Actor | None:
        """Whoever did that, if he may still act as he did."""
        found = person_of(event.user, self.now).actors
        same = (one for one in found if (one.post, one.for_post) == (event.post, event.for_post))
        return next(same, None)

    def head(self) -> Person:
        """Who is the head of the office now."""
        top = factories.post_of(self.case.office, top_post(self.case.office))
        return person_of(holders([top.id], self.now)[top.id][0], self.now)

    def actors_of(self, post: Post) -> list[Actor]:
        """As whom somebody has the work of a post in his hands now."""
        held = holders([post.id], self.now)[post.id]
        return [one for user in held[:1] for one in person_of(user, self.now).actors_for(post.id)]

    @invariant()
    def holds(self) -> None:
        """Whatever was done: this is true of the case as the database has it."""
        changed = any(not one.startswith("SELECT") for one in self.sent)
        self.sent.clear()
        if not changed or not hasattr(self, "case_id"):
            return  # what was true of these rows still is
        case = self.case  # read once for all of them
        has_its_desk(case)
        a_team_was_heard(case)
        history_tells_where_it_is(case)
        nobody_acted_outside_a_duty(case)
        nobody_acted_outside_a_holding(case)
        no_disposition_outlives_what_it_came_from(case)
        who_has_to_report_has_the_case(case)


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


def nobody_acted_outside_a_holding(case: Case) -> None:
    """Whoever did something held the post as which he did it, at that very moment."""
    for event in case.events:
        holding = db.session.get_one(Holding, event.holding_id)
        assert (holding.user_id, holding.post_id) == (event.user_id, event.post_id)
        assert holding.from_at <= event.recorded_at
        assert holding.until_at is None or event.recorded_at < holding.until_at


def no_disposition_outlives_what_it_came_from(case: Case) -> None:
    """Not its case, nor the one it was passed on from, nor the last day of that."""
    rows = dispositions_of(case)
    for row in rows:
        if row.ended_at is None:
            assert case.is_live
            assert row.parent is None or row.parent.ended_at is None
        if row.parent is not None and row.parent.deadline_on is not None:
            assert row.deadline_on is not None
            assert row.deadline_on <= row.parent.deadline_on
        assert row.recalled_at is None or row.ended_at is not None
    by_sheet: dict[int | None, int] = {}
    for row in rows:
        by_sheet[row.sheet_id] = by_sheet.get(row.sheet_id, 0) + row.lead
    assert set(by_sheet.values()) <= {0, 1}  # an opinion has no penanggung jawab


def who_has_to_report_has_the_case(case: Case) -> None:
    """A desk for everybody who was asked and has not reported, and for nobody else."""
    asked = {row.to_post_id for row in dispositions_of(case) if awaits_report(row)}
    desks = [
        one.post_id
        for one in case.assignments
        if one.left_at is None and one.duty == Duty.REPORT and not one.lost
    ]
    assert sorted(desks) == sorted(asked)


def dispositions_of(case: Case) -> list[Disposition]:
    """All of them, the oldest first."""
    query = select(Disposition).where(Disposition.case_id == case.id).order_by(Disposition.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def having(case: Case) -> list[Post]:
    """The posts on whose desks the case lies, to act or to report."""
    mine = (Duty.RESPONSIBLE, Duty.REPORT)
    desks = [one for one in case.assignments if one.left_at is None and one.duty in mine]
    return [one.post for one in desks]


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
