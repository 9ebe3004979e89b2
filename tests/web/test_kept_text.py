"""What an officer typed into a case outlives his session, and nothing happens by itself."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from backoffice import accounts
from models import Case, Office, Status, User, db
from tests import factories
from tests.client import OfficeClient

PASSWORD = "empat kuda di sawah"
TYPED = 'Mohon diperiksa "lagi"\n  baris kedua </textarea> & <b>ketiga</b>'


@pytest.fixture
def case(app: Flask, dukcapil: Office) -> Case:
    """A complaint at the desk of the director."""
    case = factories.make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    now = factories.after(case)
    app.config["NOW"] = lambda: now
    return case


@pytest.fixture
def citra(dukcapil: Office) -> User:
    """The director, with a password."""
    user = factories.user_of(dukcapil, "kadis")
    user.password_hash = accounts.hash_password(PASSWORD)
    db.session.commit()
    return user


def send_late(client: OfficeClient, citra: User, address: str, data: dict[str, Any]) -> Any:
    """Send a form without a session, and log in on the page that answers."""
    asked = client.post(address, data=data)
    assert asked.status_code == 401
    login = {"masuk.lanjut": "1", "masuk.nama": citra.username, "masuk.sandi": PASSWORD}
    return client.post(address, data=data | login)


def shown(text: str) -> str:
    """As it stands in the source of a page."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")
    )


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("step/return", "note"),
        ("draft/return", "note"),
        ("note", "note"),
        ("void", "reason"),
        ("withdraw", "reason"),
    ],
)
def test_a_form_of_a_case_comes_back_as_it_was_typed_and_does_nothing(
    client: OfficeClient, case: Case, citra: User, page: str, field: str
) -> None:
    before = (case.version, case.step, len(case.events))
    data = {"id": str(case.id), "version": str(case.version), field: TYPED}
    answer = send_late(client, citra, f"/pengaduan/{page}/?id={case.id}", data)
    assert answer.status_code == 200
    assert shown(TYPED) in answer.text.replace("\r\n", "\n")
    db.session.expire_all()
    assert (case.version, case.step, len(case.events)) == before
    assert case.status == Status.OPEN


def test_after_the_login_the_button_does_what_it_says(
    client: OfficeClient, case: Case, citra: User
) -> None:
    data = {"id": str(case.id), "version": str(case.version), "note": "Perbaiki alamat"}
    address = f"/pengaduan/step/return/?id={case.id}"
    send_late(client, citra, address, data)
    assert client.post(address, data=data).status_code == 302
    db.session.expire_all()
    assert case.events[-1].note == "Perbaiki alamat"


def test_a_form_that_came_too_late_meanwhile_keeps_its_text_on_the_page_that_says_so(
    client: OfficeClient, case: Case, citra: User
) -> None:
    data = {"id": str(case.id), "version": str(case.version - 1), "note": TYPED}
    address = f"/pengaduan/step/return/?id={case.id}"
    send_late(client, citra, address, data)
    answer = client.post(address, data=data)
    assert answer.status_code == 409
    assert shown(TYPED) in answer.text.replace("\r\n", "\n")


def test_a_new_case_comes_back_as_it_was_typed(
    client: OfficeClient, case: Case, dukcapil: Office
) -> None:
    ani = factories.user_of(dukcapil, "customer-service")
    ani.password_hash = accounts.hash_password(PASSWORD)
    db.session.commit()
    cases = db.session.query(Case).count()
    version = factories.version_of(dukcapil, "pengaduan-menengah")
    data = {"version": str(version.id), "queue_number": "A-4711"}
    answer = send_late(client, ani, f"/pengaduan/new/?sop={version.id}", data)
    assert answer.status_code == 200
    assert "A-4711" in answer.text
    assert db.session.query(Case).count() == cases
