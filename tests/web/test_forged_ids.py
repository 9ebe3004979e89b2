"""Forms that were tampered with: foreign rows in relations, fields that are in no form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import access
from models import Classification, Holding, Holiday, Leave, Mandate, Office, Post, User, db
from tests.client import OfficeClient
from tests.forms import fields_of, ticked_on
from tests.town import NOW, Town
from views.base import OfficeView
from views.converter import RowField, RowsField
from views.registry import VIEWS

WRITABLE = [view for view in VIEWS if getattr(view, "can_edit", False)]
FORGED = {
    "id": "4711",
    "office_id": "2",
    "office": "2",
    "key": "diubah",
    "system_admin": "y",
    "demo": "y",
    "password_hash": "!",
    "session_epoch": "0",
    "must_change_password": "",
    "state": "published",
    "status": "closed",
    "holdings": "1",
}


class Neighbours:
    """Two towns with a row of everything, and eka who may do everything in the first."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.mine, self.other = Town(), Town("jauh")
        for town in (self.mine, self.other):
            town.desk.unit = town.unit("umum", town.unit("atas"))
            town.desk.roles = [town.role("petugas")]
            ani = town.user(f"ani-{town.office.key}", town.desk)
            until = datetime.now(UTC) + timedelta(days=1)
            leave = {"holding": ani.holdings[0], "from_at": NOW, "until_at": until}
            db.session.add(Leave(**leave))
            db.session.add(Mandate(post=town.head, for_post=town.director, from_at=NOW))
            db.session.add(Holiday(office=town.office, day=town.moment(0).date(), name="Libur"))
            db.session.add(Classification(office=town.office, code="400.9", title="Sosial"))
        admin = self.mine.post("admin", capabilities=[*access.CAPABILITIES])
        self.eka = self.mine.user("eka", admin)
        self.mine.office.hours = {"mon-fri": ["08:00-16:00"]}
        db.session.commit()

    def row(self, model: Any, office: Office) -> int:
        """A row of `model` that belongs to an office."""
        if model is Office:
            return office.id
        query = sa.select(model.id).order_by(model.id.desc())
        if model is Leave:
            query = query.join(Holding, Holding.id == Leave.holding_id)
        if model in (Holding, Leave, Mandate):
            post_id = Mandate.post_id if model is Mandate else Holding.post_id
            query = query.join(Post, Post.id == post_id)
            model = Post
        query = query.where(model.office_id == office.id)
        key: int = db.session.scalars(query).first()
        return key


@pytest.fixture
def neighbours(app: Flask, session: Any) -> Neighbours:
    """The two towns on the database of this test."""
    return Neighbours(app)


@pytest.fixture
def eka(neighbours: Neighbours, client: OfficeClient) -> OfficeClient:
    """The browser of the first town's administrator."""
    return client.log_in(neighbours.eka)


def screen(app: Flask, kind: Any) -> OfficeView:
    """The screen of this class in the product."""
    found: OfficeView = next(one for one in app.extensions["admin"][0]._views if type(one) is kind)
    return found


def relations(view: OfficeView) -> Iterator[tuple[str, Any]]:
    """The fields of its form that refer to other rows, with the table they refer to."""
    with view.admin.app.test_request_context():
        form = view._edit_form_class()
        for field in form:
            if isinstance(field, (RowField, RowsField)):
                known = view.model.__mapper__.relationships.get(field.name)
                yield field.name, known.entity.class_ if known is not None else User


def typed_in(html: str) -> dict[str, Any]:
    """What a browser sends of a form nobody has changed, every ticked box of it."""
    return {**fields_of(html), **ticked_on(html)}


def everything(model: Any) -> list[Any]:
    """Every row of the table of `model`."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(sa.select(model.__table__).order_by("id"))]


def test_the_screens_that_write_are_those_of_the_settings() -> None:
    assert {view.slug for view in WRITABLE} == {  # type: ignore[attr-defined]
        "sop", "instansi", "bidang", "pelaksana", "jabatan", "pengguna", "pemangku", "hari-libur",
        "cuti", "mandat", "klasifikasi",
    }  # fmt: skip


@pytest.mark.sqlite
def test_the_relations_in_forms_are_those_that_are_attacked_here(app: Flask) -> None:
    found = {
        view.slug: {name for name, _target in relations(view)}
        for view in (screen(app, kind) for kind in WRITABLE)
    }
    assert {slug: names for slug, names in found.items() if names} == {
        "bidang": {"parent"},
        "jabatan": {"unit", "superior", "recorded_by", "roles"},
        "pemangku": {"post", "user"},
        "cuti": {"holding", "substitute_user"},
        "mandat": {"post", "for_post"},
    }


@pytest.mark.parametrize("kind", WRITABLE)
def test_no_relation_takes_a_row_of_another_office_or_one_that_is_not_there(
    app: Flask, neighbours: Neighbours, eka: OfficeClient, kind: Any
) -> None:
    view = screen(app, kind)
    address = f"/{view.slug}/edit/?id={neighbours.row(view.model, neighbours.mine.office)}"
    typed = typed_in(eka.get(address).text)
    before = everything(view.model)
    for name, target in relations(view):
        for forged in (neighbours.row(target, neighbours.other.office), "999999", "1,2", "x", "-1"):
            answer = eka.post(address, data=typed | {name: str(forged)})
            assert answer.status_code == 422, (name, forged)
            assert everything(view.model) == before


@pytest.mark.parametrize("kind", WRITABLE)
def test_a_field_that_is_not_in_the_form_is_not_written(
    app: Flask, neighbours: Neighbours, eka: OfficeClient, kind: Any
) -> None:
    view = screen(app, kind)
    key = neighbours.row(view.model, neighbours.mine.office)
    address = f"/{view.slug}/edit/?id={key}"
    typed = typed_in(eka.get(address).text)
    hidden = [name for name in FORGED if name in view.model.__table__.c and name not in typed]
    before = held(view.model, key, hidden)
    forged = {name: value for name, value in FORGED.items() if name not in typed}
    assert eka.post(address, data=typed | forged).status_code in (200, 302)
    assert held(view.model, key, hidden) == before


def held(model: Any, key: int, names: list[str]) -> list[Any]:
    """What the row holds in these columns; only its owner's sessions may have ended."""
    columns = [model.__table__.c[name] for name in names]
    db.session.rollback()
    return (
        list(db.session.execute(sa.select(*columns).where(model.id == key)).one())
        if columns
        else []
    )


@pytest.mark.parametrize("kind", WRITABLE)
def test_a_form_seen_before_somebody_else_saved_overwrites_nothing(
    app: Flask, neighbours: Neighbours, eka: OfficeClient, kind: Any
) -> None:
    view = screen(app, kind)
    address = f"/{view.slug}/edit/?id={neighbours.row(view.model, neighbours.mine.office)}"
    typed = typed_in(eka.get(address).text)
    before = everything(view.model)
    answer = eka.post(address, data=typed | {"seen": "0" * 32, "do": "save"})
    assert answer.status_code == 409
    assert everything(view.model) == before


def test_an_administrator_cannot_reset_the_password_of_another_office_or_of_the_system(
    neighbours: Neighbours, eka: OfficeClient
) -> None:
    root = neighbours.mine.user("root", system_admin=True)
    foreign = db.session.scalars(sa.select(User).where(User.username == "ani-jauh")).one()
    for user in (root, foreign):
        assert eka.post(f"/pengguna/reset/?id={user.id}").status_code == 404
    assert {*db.session.scalars(sa.select(User.password_hash))} == {"!"}


def test_a_new_holding_takes_neither_a_post_nor_a_person_of_another_office(
    neighbours: Neighbours, eka: OfficeClient
) -> None:
    foreign = db.session.scalars(sa.select(User).where(User.username == "ani-jauh")).one()
    own = {"post": neighbours.mine.head.id, "user": neighbours.eka.id}
    for forged in ({"user": foreign.id}, {"post": neighbours.other.head.id}):
        data = {"kind": "plh", "from_on": "2026-01-01", **own, **forged}
        assert eka.post("/pemangku/new/", data=data).status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Holding.id))) == 3


def test_a_new_leave_or_mandate_takes_nothing_of_another_office(
    neighbours: Neighbours, eka: OfficeClient
) -> None:
    mine, other = (
        neighbours.row(Holding, one.office) for one in (neighbours.mine, neighbours.other)
    )
    foreign = neighbours.row(User, neighbours.other.office)
    leave = {"holding": mine, "kind": "leave", "from_on": "2026-02-01", "until_on": "2026-02-02"}
    for forged in ({"holding": other}, {"substitute_user": foreign}):
        assert eka.post("/cuti/new/", data={**leave, **forged}).status_code == 422, forged
    posts = {"post": neighbours.mine.desk.id, "for_post": neighbours.mine.head.id}
    for forged in ({"post": neighbours.other.desk.id}, {"for_post": neighbours.other.head.id}):
        data = {"from_on": "2026-02-01", **posts, **forged}
        assert eka.post("/mandat/new/", data=data).status_code == 422, forged
    for model in (Leave, Mandate):
        assert db.session.scalar(sa.select(sa.func.count(model.id))) == 2
