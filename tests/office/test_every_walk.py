"""Whatever people do: the case has its desk, and the history tells where it is."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from sqlalchemy import select

from backoffice.actor import person_of
from backoffice.errors import Refusal
from backoffice.workflow import corrections, team
from backoffice.workflow.definition import OPINION
from backoffice.workflow.engine import command, perform
from backoffice.workflow.moves import open_notices
from backoffice.workflow.team import awaited
from backoffice.workflow.versions import procedure_of
from models import EventKind, Office, Status, User, db
from seed import walking
from tests import factories
from tests.registers import taken_over
from tests.tables import PROCEDURES
from tests.walks import LONG, OneCase, duty_posts, walk

RUNS = 2_000 if LONG else 300


class Walk(OneCase):
    """From the counter, the paper or a team."""

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

    end_early = rule(early=st.sampled_from(["void", "withdraw", *[""] * 6]))(OneCase.end_early)
    join_another = rule(early=st.sampled_from([True, False, False, False]))(OneCase.join_another)
    take_apart = rule()(OneCase.take_apart)

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
        actor = self.actor_again(event)
        if actor is None or not team.may_take_back(case, actor):
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
        cast = (User.office_id == case.office_id, User.username.startswith(case.office.key))
        users = list(db.session.scalars(select(User).where(*cast).order_by(User.id)))
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


@(pytest.mark.slow if LONG else pytest.mark.sqlite)  # the big run is on both databases
def test_whatever_people_do_every_open_case_has_its_desk_and_its_history(dukcapil: Office) -> None:
    walk(Walk, RUNS)
