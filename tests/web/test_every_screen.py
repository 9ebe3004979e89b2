"""Every generated screen, attacked alike: odd addresses, forged ids, forged choices."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import access
from backoffice.actor import person_of
from models import Base, Case, Holiday, Office, User, db
from tests import factories
from tests.client import OfficeClient
from views.base import OfficeView

ODD_LISTS = (
    "page=-1",
    "page=100000000000000000000",
    "page=abc",
    "page_size=100000",
    "sort=99",
    "sort=-1",
    "sort=100000000000000000000",
    "sort=0&desc=x",
    "before=-5",
    "before=9999999999999",
    "search=%00%27%22%25_%5C",
    "search=" + "a" * 3000,
    "flt0_nothing=1",
    "flt9999999999999999999_x=%00",
    "_external=1&_scheme=javascript&_anchor=x",
    "endpoint=admin.index&values=1",
    "url=https%3A%2F%2Fexample.org",
)
ODD_IDS = ("abc", "-1", "0", "1,2", "1.5", "%00", "%C2%B2", "9" * 20, "2147483648", "")


def screens(app: Flask) -> list[OfficeView]:
    """Every generated screen of the product."""
    return [one for one in app.extensions["admin"][0]._views if isinstance(one, OfficeView)]


def foreign_id(view: OfficeView, user: User) -> int | None:
    """The key of a row that the person may not see."""
    person = person_of(user, factories.NOW)
    if issubclass(view.model, Case):
        seen = access.glimpses_case(person)
    else:
        seen = access.scope(person, view.model)
    key = view.key
    return db.session.scalar(sa.select(key).where(sa.not_(seen)).order_by(key).limit(1))


def rows(model: type[Base]) -> list[tuple[Any, ...]]:
    """Everything that stands in the table of `model`."""
    return [tuple(row) for row in db.session.execute(sa.select(model.__table__).order_by("id"))]


@pytest.fixture
def town(app: Flask, dukcapil: Office, ambon: Office) -> User:
    """Two offices with SOPs and cases; the head of the first may do everything in it."""
    app.config["NOW"] = lambda: factories.NOW
    head = factories.post_of(dukcapil, "kadis")
    head.capabilities = [*access.CAPABILITIES]
    db.session.commit()  # opening a case begins a transaction of its own
    for office, code in ((dukcapil, "pengaduan-umum"), (ambon, "bantuan-qurban")):
        factories.make_case(office, code)
        db.session.add(Holiday(office=office, day=factories.NOW.date(), name="Hari contoh"))
    db.session.commit()
    return factories.user_of(dukcapil, "kadis")


def test_no_address_of_a_list_breaks_it(app: Flask, client: OfficeClient, town: User) -> None:
    client.log_in(town)
    for view in screens(app):
        for odd in ODD_LISTS:
            answer = client.get(f"/{view.slug}/?{odd}")
            assert answer.status_code in (200, 403), f"{view.slug}: {odd}"
            assert "javascript:" not in answer.text
            assert '="http' not in answer.text


def test_no_odd_key_opens_or_breaks_a_record(app: Flask, client: OfficeClient, town: User) -> None:
    client.log_in(town)
    for view in screens(app):
        for page in ("details", "edit", "delete"):
            for odd in ODD_IDS:
                answer = client.get(f"/{view.slug}/{page}/?id={odd}")
                assert answer.status_code in (403, 404, 405), f"{view.slug}/{page}: {odd}"


def test_no_odd_address_breaks_or_opens_the_work_one_by_one(
    client: OfficeClient, town: User, ambon: Office
) -> None:
    client.log_in(town)
    foreign = db.session.scalar(sa.select(Case.id).where(Case.office_id == ambon.id))
    for odd in (*ODD_IDS, str(foreign)):
        assert client.get(f"/periksa/?id={odd}").status_code == 404, odd
        assert client.get(f"/periksa/?urut={odd}&setelah={odd}").status_code == 200, odd
        assert client.get(f"/periksa/selesai/?urut={odd}&setelah={odd}").status_code == 200, odd
        for what in ("putus/approve", "putus/%00", "batalkan"):
            answer = client.post(f"/periksa/{what}/", data={"id": odd, "urut": odd, "version": odd})
            assert answer.status_code == 404, (what, odd)


def test_a_row_of_another_office_is_not_there(app: Flask, client: OfficeClient, town: User) -> None:
    tried = 0
    for view in screens(app):
        key = foreign_id(view, town)
        if key is None:
            continue
        tried += 1
        before = rows(view.model)
        client.log_in(town)
        for page in ("details", "edit", "delete"):
            address = f"/{view.slug}/{page}/?id={key}"
            assert client.get(address).status_code in (403, 404), address
            assert client.post(address, data={"id": key}).status_code in (403, 404, 405), address
        assert rows(view.model) == before

    assert tried >= 2


def test_what_flask_admin_would_offer_beside_is_not_there(
    app: Flask, client: OfficeClient, town: User
) -> None:
    client.log_in(town)
    for view in screens(app):
        for path in ("ajax/lookup/?name=office", "ajax/update/", "export/csv/"):
            assert client.get(f"/{view.slug}/{path}").status_code == 404
    assert client.get("/static/admin/bootstrap/bootstrap4/js/bootstrap.min.js").status_code == 404


def test_a_screen_without_a_right_is_refused_and_not_in_the_menu(
    app: Flask, client: OfficeClient, town: User
) -> None:
    nobody = factories.make_user("tanpa-jabatan", office=town.office)
    db.session.commit()
    client.log_in(nobody)
    for view in screens(app):
        assert client.get(f"/{view.slug}/").status_code == 403
    assert 'href="/pengaduan/"' not in client.get("/").text


def test_a_stranger_is_led_to_the_login(app: Flask, client: OfficeClient, town: User) -> None:
    for view in screens(app):
        answer = client.get(f"/{view.slug}/")
        assert answer.status_code == 302
        assert "/masuk" in answer.location


def test_the_workbook_holds_only_what_the_list_holds(
    app: Flask, client: OfficeClient, town: User
) -> None:
    client.log_in(town)
    for view in screens(app):
        answer = client.get(f"/{view.slug}/export/")
        assert answer.status_code in ((200,) if view.can_export else (403, 404)), view.slug
        answer.close()
