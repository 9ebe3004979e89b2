"""What is measured: list, inbox, case page and one action, and the bare SQL of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backoffice.actor import person_of
from backoffice.workflow.engine import available_transitions
from bench.measure import Figure, bare, cpu_into
from models import (
    Assignment,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Complaint,
    Disposition,
    Letter,
    Party,
    Post,
    ProcedureVersion,
    Record,
    User,
    db,
)
from tests import factories
from tests.posting import posted
from tests.statements import counted
from views.rows import COLUMNS

OFFICE = "disdukcapil"
HEAD, DESK, UNIT, CHIEF = "kadis", "petugas-pengaduan", "kabid-daftar-capil", "kasubbag-umum"
STEP, WAY = "arahan", "forward"
MOST_ACTIONS = 15
TABLES = ("cases", "assignments", "case_events")


def browser(app: Flask, post: str) -> FlaskClient:
    """A browser in which the holder of a post of the office is logged in."""
    client = app.test_client()
    with app.app_context():
        user = factories.user_of(factories.office_of(OFFICE), post)
        key = f"{user.id}:{user.session_epoch}"
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key, True
    return client


def page(client: FlaskClient, address: str) -> Callable[[], int]:
    """A job that asks for a page and tells its bytes."""

    def job() -> int:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return len(answer.data)

    return job


# -- bare SQL --------------------------------------------------------------------------------


def bare_list(ids: list[int]) -> Callable[[], int]:
    """The newest complaints of the office with their people and open desks."""
    office_id = factories.office_of(OFFICE).id
    cases = sa.select(*COLUMNS).where(Case.office_id == office_id, Case.kind == "complaint")
    desks = sa.select(Assignment.case_id, Assignment.due_at, Post.title).join(Post)
    return bare(
        [
            cases.order_by(Case.id.desc()).limit(50),
            desks.where(Assignment.case_id.in_(ids), Assignment.left_at.is_(None)),
            sa.select(Party.case_id, Party.name).where(Party.case_id.in_(ids)),
            sa.select(ProcedureVersion.id, ProcedureVersion.title),
        ]
    )


def newest_ids() -> list[int]:
    """The complaints of the first page."""
    office_id = factories.office_of(OFFICE).id
    query = sa.select(Complaint.id).where(Complaint.office_id == office_id)
    return list(db.session.scalars(query.order_by(Complaint.id.desc()).limit(50)))


def bare_inbox(post: str) -> Callable[[], int]:
    """The open desks of a post with their cases, people and histories."""
    here = (
        Assignment.post_id == factories.post_of(factories.office_of(OFFICE), post).id,
        Assignment.left_at.is_(None),
    )
    work = sa.select(Assignment.due_at, *COLUMNS).join(Case).where(*here)
    ids = [row.id for row in db.session.execute(work.order_by(Assignment.due_at).limit(200))]
    events = sa.select(CaseEvent.case_id, CaseEvent.action, CaseEvent.post_id)
    return bare(
        [
            work.order_by(Assignment.due_at).limit(200),
            sa.select(Party.case_id, Party.name).where(Party.case_id.in_(ids)),
            events.where(CaseEvent.case_id.in_(ids)),
        ]
    )


def bare_case(case_id: int) -> Callable[[], int]:
    """Everything that is kept of one case."""
    found: list[sa.Select[Any]] = [sa.select(Case.__table__).where(Case.id == case_id)]
    for model in (Party, Assignment, CaseEvent, Disposition, Letter, Attachment, Record):
        table = model.__table__
        found.append(sa.select(table).where(table.c.case_id == case_id))
    return bare(found)


def longest_case() -> int:
    """The newest closed complaint with a letter and the longest history."""
    events = sa.func.count(CaseEvent.id)
    office_id = factories.office_of(OFFICE).id
    newest = sa.select(Letter.case_id).where(Letter.office_id == office_id)
    newest = newest.order_by(Letter.case_id.desc()).limit(200)
    query = sa.select(CaseEvent.case_id).where(CaseEvent.case_id.in_(newest))
    query = query.group_by(CaseEvent.case_id).order_by(events.desc(), CaseEvent.case_id.desc())
    return db.session.scalars(query.limit(1)).one()


# -- one action ------------------------------------------------------------------------------


def act(app: Flask, client: FlaskClient) -> Figure:
    """Take one way in as many cases as wait for it, each once; what it costs to do so."""
    figure = Figure("satu tindakan", beside="SQL satu tindakan")
    for address, form in actions(app):
        with app.app_context(), counted() as statements:
            answer = timed(app, client, address, form, figure)
        if answer.status_code != 302:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        figure.statements, figure.size = len(statements), len(answer.data)
    del figure.rounds[0]
    return figure


def timed(
    app: Flask, client: FlaskClient, address: str, form: dict[str, Any], figure: Figure
) -> TestResponse:
    """The answer to a form, in a context of its own."""
    with app.app_context(), cpu_into(figure):
        return client.post(address, data=form)


def actions(app: Flask) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and filled form of the way, for every case that waits for it."""
    with app.app_context():
        forms = [form_of(case) for case in waiting_cases()]
    yield from forms


def waiting_cases() -> list[Case]:
    """Open complaints at the step of the action, the newest first."""
    office_id = factories.office_of(OFFICE).id
    query = sa.select(Complaint).where(
        Complaint.office_id == office_id, Complaint.status == "open", Complaint.step == STEP
    )
    return list(db.session.scalars(query.order_by(Complaint.id.desc()).limit(MOST_ACTIONS)))


def form_of(case: Case) -> tuple[str, dict[str, Any]]:
    """What the browser sends for this case."""
    now = datetime.now(UTC)
    user = db.session.scalars(sa.select(User).where(User.username == f"{OFFICE}.{CHIEF}")).one()
    actor = person_of(user, now).actors[0]
    ways = available_transitions(case, actor, now)
    way = next(way for way in ways if way.key == WAY)
    data = {"id": str(case.id), **posted(case, way, actor), "note": "Jawab hari ini."}
    return f"/pengaduan/step/{way.key}/", data


def bare_action(case_id: int) -> Callable[[], int]:
    """What an action must read and write of a case, undone each time."""
    cases, desks, events = (Base.metadata.tables[name] for name in TABLES)
    with db.engine.connect() as connection:
        event = connection.execute(
            sa.select(events).where(events.c.case_id == case_id).order_by(events.c.seq.desc())
        ).first()
        desk = connection.execute(sa.select(desks).where(desks.c.case_id == case_id)).first()
    if event is None or desk is None:
        raise RuntimeError(f"case {case_id} has no history")
    new_event = {**event._mapping, "seq": event.seq + 1}
    new_desk = {**desk._mapping}
    del new_event["id"], new_desk["id"]

    def job() -> int:
        with db.engine.connect() as connection:
            connection.execute(sa.select(cases).where(cases.c.id == case_id)).all()
            connection.execute(sa.select(desks).where(desks.c.case_id == case_id)).all()
            connection.execute(sa.select(events).where(events.c.case_id == case_id)).all()
            connection.execute(sa.insert(events).values(new_event))
            here = sa.and_(desks.c.case_id == case_id, desks.c.left_at.is_(None))
            connection.execute(sa.update(desks).where(here).values(left_at=datetime.now(UTC)))
            connection.execute(sa.insert(desks).values(new_desk))
            step = sa.update(cases).where(cases.c.id == case_id)
            connection.execute(step.values(version=cases.c.version + 1))
            connection.rollback()
        return 0

    return job
