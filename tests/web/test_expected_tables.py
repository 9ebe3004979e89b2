"""Every row of the tables made by hand from the papers works through HTTP; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from backoffice.actor import Actor, person_of
from backoffice.workflow import corrections
from backoffice.workflow.definition import Transition
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.moves import open_notices
from backoffice.workflow.versions import definition_of
from models import Case, Letter, LetterState, Office, Post, Record, Status, User, db
from seed import walking
from tests import factories
from tests.posting import picture, posted
from tests.tables import PROCEDURES, WAYS, Way, table

SLUGS = {
    "complaint": "pengaduan",
    "data_request": "permintaan-data",
    "aid_proposal": "proposal-qurban",
}
STORY = walking.Story(columns={"queue_number": "A-017"})


def beginning(way: Way) -> datetime:
    """Long enough ago that an answer nobody gave is given up, else a week."""
    days = (way.after_days() or 0) + 30 if way.after_days() else 7
    return datetime.now(UTC) - timedelta(days=days)


def at_step(office: Office, code: str, way: Way) -> Case:
    """A case that came to the step of a row by the shortest way."""
    return factories.make_case(office, code, way.step, now=beginning(way), story=STORY)


def who_clicks(case: Case) -> Actor:
    """Whoever has the case."""
    return walking.actor_at(case, datetime.now(UTC).date())


def way_of(case: Case, actor: Actor, key: str) -> Transition:
    """The way of the pack that a row of the table names."""
    ways = available_transitions(case, actor, datetime.now(UTC))
    return next(one for one in ways if one.key == key)


def send(app: Flask, user: User, case: Case, key: str, data: dict[str, Any]) -> Any:
    """Press the button, as this user."""
    url = f"/{SLUGS[case.kind]}/step/{key}/?id={case.id}"
    files = {name: picture() for name in ("attachment", "scan") if name in data}
    data = {**data, **files}  # a file can be sent only once
    return app.test_client().log_in(user).post(url, data={"id": str(case.id), **data})


def fresh(case_id: int) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def state(case_id: int) -> tuple[Any, ...]:
    """What a refused action must leave as it was."""
    case = fresh(case_id)
    return (case.step, case.status, case.version, case.outcome, case.number, len(case.events))


def lacking(way: Way, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The filled form again and again, each time without one thing the row asks for."""
    for name in (one for condition in way.conditions for one in named(condition, data)):
        left = {key: value for key, value in data.items() if key != name}
        yield {**left, name: ""} if name in data and name != "attachment" else left


def named(condition: str, data: dict[str, Any]) -> list[str]:
    """The fields of the form that a condition of the table asks for."""
    word, _, rest = condition.partition(" ")
    if word == "asks":
        return [one if "." in one else party_or_field(one, data) for one in rest.split("|")]
    if condition in ("note required", "attachment required"):
        return [word]
    if word == "record":
        return [name for name in data if name.startswith(f"record.{rest}.")][:1]
    if word == "choose":
        return [name for name in data if name.split(".")[0] == rest.split(":")[0]]
    return ["letter.isi"] if word == "draft" else []


def party_or_field(name: str, data: dict[str, Any]) -> str:
    """What the form calls something the table asks for."""
    return next(one for one in (name, f"{name}.name", f"fields.{name}") if one in data)


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


@pytest.mark.parametrize(
    ("office_key", "code", "way"),
    WAYS,
    ids=[f"{office}-{code}-{way}" for office, code, way in WAYS],
)
def test_the_paper_gives_this_way_to_this_post_on_these_conditions(
    app: Flask, dukcapil: Office, office_key: str, code: str, way: Way
) -> None:
    case = at_step(factories.office_of(office_key), code, way)
    actor = who_clicks(case)
    assert way.role in {role.key for role in actor.duty_post.roles}
    user, case_id = actor.user, case.id
    taken = way_of(case, actor, way.transition)
    assert taken.action == way.action or way.transition == "gives_up"
    data = posted(case, taken, actor, STORY)
    before = state(case_id)
    for short in lacking(way, data):
        answer = send(app, user, fresh(case_id), way.transition, short)
        assert answer.status_code == 422, sorted(set(data) - set(short))
        assert state(case_id) == before
    if way.says("no open notice") and open_notices(fresh(case_id)):
        assert send(app, user, fresh(case_id), way.transition, data).status_code == 422
        assert state(case_id) == before
        tell_everybody(fresh(case_id))
    data = posted(fresh(case_id), taken, who_clicks(fresh(case_id)), STORY)
    answer = send(app, user, fresh(case_id), way.transition, data)
    assert answer.status_code == 302, answer.text[:2000]
    came_out(fresh(case_id), way)


def came_out(case: Case, way: Way) -> None:
    """The case stands where the table says, and what the row names was done."""
    if way.end is not None:
        assert (case.outcome, case.status) == (way.end, Status.CLOSED)
    else:
        assert (case.step, case.is_live) == (way.next, True)
    for condition in way.conditions:
        word, _, rest = condition.partition(" ")
        if word == "record":
            rows = select(Record.key).where(Record.case_id == case.id)
            assert rest in set(db.session.scalars(rows))
        elif word in ("draft", "send"):
            letter = db.session.scalars(select(Letter).where(Letter.case_id == case.id)).one()
            assert letter.kind == rest
            assert letter.state == (LetterState.SENT if word == "send" else LetterState.DRAFT)
        elif condition == "choose variant":
            assert case.procedure_version.variant != ""
            assert case.events[-1].transition == way.transition


SAME_POST = [
    (office, code, way) for office, code, way in WAYS if "same post as" in str(way.conditions)
]


@pytest.mark.parametrize(
    ("office_key", "code", "way"), SAME_POST, ids=[str(way) for _, _, way in SAME_POST]
)
def test_the_case_comes_back_to_the_very_post_that_had_it(
    sekadau: Office, office_key: str, code: str, way: Way
) -> None:
    story = replace(STORY, unit="linjamsos", post="Kepala Seksi Jaminan Sosial Keluarga")
    case = factories.make_case(sekadau, code, way.step, story=story)
    earlier = next(one for one in way.conditions if one.startswith("same post as"))
    step = earlier.removeprefix("same post as ")
    event = next(one for one in case.events if one.step == step and one.to_step)
    assert who_clicks(case).duty_post.id == event.post_id


@pytest.mark.parametrize(
    ("office_key", "code", "way"),
    [one for one in WAYS if one[2].after_days()],
    ids=[f"{code}-{way}" for _, code, way in WAYS if way.after_days()],
)
def test_an_answer_is_waited_for_before_it_is_given_up(
    app: Flask, dukcapil: Office, office_key: str, code: str, way: Way
) -> None:
    office = factories.office_of(office_key)
    now = datetime.now(UTC) - timedelta(days=2)
    case = factories.make_case(office, code, way.step, now=now, story=STORY)
    before = state(case.id)
    data = {"version": str(case.version), "note": "Tidak ada kabar"}
    assert send(app, who_clicks(case).user, case, "gives_up", data).status_code == 422
    assert state(case.id) == before


STEPS = sorted({(office, code, way.step) for office, code, way in WAYS})


@pytest.mark.parametrize(
    ("office_key", "code", "step"), STEPS, ids=[f"{code}-{step}" for _, code, step in STEPS]
)
def test_nobody_is_offered_a_way_that_is_not_in_the_table(
    dukcapil: Office, office_key: str, code: str, step: str
) -> None:
    office = factories.office_of(office_key)
    now = datetime.now(UTC)
    case = factories.make_case(office, code, step, now=now - timedelta(days=2), story=STORY)
    allowed = {(way.role, way.transition) for way in table(office_key, code) if way.step == step}
    for user in [*staff_of(office), stranger(office)]:
        for one in person_of(user, now.date()).actors:
            roles = {role.key for role in one.duty_post.roles}
            offered = {way.key for way in available_transitions(case, one, now)}
            assert offered <= {key for role, key in allowed if role in roles}


@pytest.mark.sqlite  # what is offered is asked on both databases above; this presses the buttons
@pytest.mark.parametrize(
    ("office_key", "code", "step"), STEPS, ids=[f"{code}-{step}" for _, code, step in STEPS]
)
def test_what_is_not_in_the_table_is_refused_to_everybody(
    app: Flask, dukcapil: Office, office_key: str, code: str, step: str
) -> None:
    office = factories.office_of(office_key)
    now = datetime.now(UTC) - timedelta(days=2)
    case = factories.make_case(office, code, step, now=now, story=STORY)
    case_id, before = case.id, state(case.id)
    rows = table(office_key, code)
    keys = sorted({way.transition for way in rows})
    allowed = {(way.role, way.transition) for way in rows if way.step == step}
    holder = who_clicks(case).duty_post.id
    for user in [*staff_of(office), stranger(office)]:
        posts = [one.post for one in user.holdings]
        roles = {role.key for post in posts for role in post.roles}
        records_for = any(post.recorded_by_id in {one.id for one in posts} for post in every_post())
        for key in keys:
            if any((role, key) in allowed for role in roles) and holder in {p.id for p in posts}:
                continue
            if records_for and any(way.transition == key and way.step == step for way in rows):
                continue  # a recorder is refused without the scan: test_corrections
            data = {"version": str(before[2]), "note": "Tidak boleh", "unit": "rehsos"}
            answer = send(app, user, fresh(case_id), key, data)
            assert answer.status_code in (404, 422), (user.username, key)
            assert state(case_id) == before, (user.username, key)


def staff_of(office: Office) -> list[User]:
    """Everybody in the office."""
    return list(db.session.scalars(select(User).where(User.office_id == office.id)))


def stranger(office: Office) -> User:
    """The head of another office."""
    heads = select(User).where(User.office_id != office.id, User.username.like("%.ka%"))
    return db.session.scalars(heads.order_by(User.id).limit(1)).one()


def every_post() -> list[Any]:
    """All posts of all offices."""
    return list(db.session.scalars(select(Post)))


@pytest.mark.parametrize(("office_key", "code"), PROCEDURES)
def test_the_sop_has_no_way_that_is_not_in_the_table(
    dukcapil: Office, office_key: str, code: str
) -> None:
    office = factories.office_of(office_key)
    case = factories.make_case(office, code)
    procedure = definition_of(case)
    shipped = {(step.key, way.key) for step in procedure.steps for way in step.transitions}
    waits = {
        (step.key, "gives_up") for step in procedure.steps if step.gives_up and step.gives_up.to
    }
    assert shipped | waits == {(way.step, way.transition) for way in table(office_key, code)}
