"""Every row of the tables made by hand from the papers works through HTTP; nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from backoffice.actor import Actor, person_of
from backoffice.workflow.definition import OPINION, Transition
from backoffice.workflow.engine import available_transitions
from backoffice.workflow.moves import open_notices
from backoffice.workflow.team import awaited
from backoffice.workflow.versions import definition_of
from models import Case, Office, Post, User, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.posting import picture, posted
from tests.tables import PROCEDURES, WAYS, Way, table
from tests.web.outcomes import came_out, fresh, tell_everybody, who_clicks
from tests.web.scenes import STORY, Scene, scene_of

SLUGS = {
    "complaint": "pengaduan",
    "data_request": "permintaan-data",
    "aid_proposal": "proposal-qurban",
}


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Any:
    """Where the database of this test is."""
    return request.getfixturevalue(f"{request.node.callspec.params['database']}_server")


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> Scene:
    """How the case of this test came to where its row begins."""
    given = request.node.callspec.params
    return scene_of(given["office_key"], given["code"], given.get("step", ""), given.get("way"))


@pytest.fixture
def database(request: pytest.FixtureRequest, server: Any) -> Iterator[str]:
    """The address of a database of this test's own, in which that case may stand already."""
    began = "case" in request.fixturenames
    kept = request.getfixturevalue("scene").start(server) if began else ""
    with server.fresh(staffed=True, kept=kept) as url:
        yield url


@pytest.fixture
def case(session: scoped_session[Any], scene: Scene, server: Any) -> Case:
    """The case, where the row begins."""
    return scene.play(server)


def way_of(case: Case, actor: Actor, key: str) -> Transition:
    """The way of the pack that a row of the table names."""
    ways = available_transitions(case, actor, datetime.now(UTC))
    return next(one for one in ways if one.key == key)


def button(case: Case, key: str) -> str:
    """Where the button of a way sends its form."""
    return f"/{SLUGS[case.kind]}/step/{key}/?id={case.id}"


def browser(app: Flask, user: User) -> OfficeClient:
    """Somebody at the screen."""
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(user)


def send(client: OfficeClient, url: str, data: dict[str, Any]) -> Any:
    """Press the button, as whoever is at the screen."""
    files = {name: picture() for name in ("attachment", "scan") if name in data}
    shown = {"id": url.rpartition("=")[2]}
    return client.post(url, data={**shown, **data, **files})  # a file can be sent only once


def state(case_id: int) -> tuple[Any, ...]:
    """What a refused action must leave as it was: versions and events only ever grow."""
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


@pytest.mark.parametrize(
    ("office_key", "code", "way"),
    WAYS,
    ids=[f"{office}-{code}-{way}" for office, code, way in WAYS],
)
def test_the_paper_gives_this_way_to_this_post_on_these_conditions(
    app: Flask, case: Case, scene: Scene, office_key: str, code: str, way: Way
) -> None:
    actor, story = who_clicks(case, way), scene.story
    client, case_id = browser(app, actor.user), case.id
    url = button(case, way.transition)
    taken = way_of(case, actor, way.transition)
    assert taken.action == way.action or way.transition == "gives_up"
    data = posted(case, taken, actor, story)
    before = state(case_id)
    for short in lacking(way, data):
        answer = send(client, url, short)
        assert answer.status_code == 422, sorted(set(data) - set(short))
    assert state(case_id) == before
    if too_early(fresh(case_id), way):
        assert send(client, url, data).status_code == 422
        assert state(case_id) == before
        tell_everybody(fresh(case_id))
        walking.hear(fresh(case_id), when=factories.after, story=story)
    data = posted(fresh(case_id), taken, who_clicks(fresh(case_id), way), story)
    answer = send(client, url, data)
    assert answer.status_code == 302, answer.text[:2000]
    came_out(fresh(case_id), way)
    if way.says("once per post and round"):
        after = state(case_id)
        send(client, url, data)
        assert state(case_id) == after


def too_early(case: Case, way: Way) -> bool:
    """Whether somebody must be told or heard before this row can be done."""
    untold = way.says("no open notice") and bool(open_notices(case))
    return untold or (way.says("all opinions given") and bool(awaited(case)))


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
    client = browser(app, who_clicks(case).user)
    assert send(client, button(case, "gives_up"), data).status_code == 422
    assert state(case.id) == before


STEPS = sorted({(office, code, way.step) for office, code, way in WAYS})


@pytest.mark.parametrize(
    ("office_key", "code", "step"), STEPS, ids=[f"{code}-{step}" for _, code, step in STEPS]
)
def test_nobody_is_offered_a_way_that_is_not_in_the_table(
    case: Case, office_key: str, code: str, step: str
) -> None:
    office, now = case.office, datetime.now(UTC)
    allowed = {(way.role, way.transition) for way in table(office_key, code) if way.step == step}
    for user in [*staff_of(office), stranger(office)]:
        for one in person_of(user, now).actors:
            roles = {role.key for role in one.duty_post.roles}
            offered = {way.key for way in available_transitions(case, one, now)}
            assert offered <= {key for role, key in allowed if role in roles}


@pytest.mark.sqlite  # what is offered is asked on both databases above; this presses the buttons
@pytest.mark.parametrize(
    ("office_key", "code", "step"), STEPS, ids=[f"{code}-{step}" for _, code, step in STEPS]
)
def test_what_is_not_in_the_table_is_refused_to_everybody(
    app: Flask, case: Case, office_key: str, code: str, step: str
) -> None:
    case_id, before = case.id, state(case.id)
    data = {"version": str(case.version), "note": "Tidak boleh", "unit": "rehsos"}
    tried = [
        (browser(app, user), user.username, button(case, key))
        for user, key in not_given(case, table(office_key, code), step)
    ]
    for client, name, url in tried:
        assert send(client, url, data).status_code in (404, 422), (name, url)
    assert state(case_id) == before


def not_given(case: Case, rows: Sequence[Way], step: str) -> Iterator[tuple[User, str]]:
    """Who presses which button without being given it by the table."""
    keys = sorted({way.transition for way in rows})
    here = {way.transition for way in rows if way.step == step}
    allowed = {(way.role, way.transition) for way in rows if way.step == step}
    holders = {desk.post_id for desk in case.assignments if desk.left_at is None}
    recorders = {post.recorded_by_id for post in every_post()}
    first = STEPS.index((case.office.key, case.procedure_version.code, step)) % len(keys)
    turns = cycle(keys[first:] + keys)
    for user in [*staff_of(case.office), stranger(case.office)]:
        posts = {one.post_id for one in user.holdings}
        roles = {role.key for one in user.holdings for role in one.post.roles}
        # Whoever has the case tries every button; the others one each, another at every step.
        for key in keys if holders & posts else [next(turns)]:
            if any((role, key) in allowed for role in roles) and holders & posts:
                continue
            if recorders & posts and key in here:
                continue  # a recorder is refused without the scan: test_corrections
            yield user, key


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
    case: Case, office_key: str, code: str
) -> None:
    procedure = definition_of(case)
    shipped = {(step.key, way.key) for step in procedure.steps for way in step.transitions}
    waits = {
        (step.key, "gives_up") for step in procedure.steps if step.gives_up and step.gives_up.to
    }
    teams = {(step.key, OPINION) for step in procedure.steps if step.team}
    assert shipped | waits | teams == {
        (way.step, way.transition) for way in table(office_key, code)
    }
