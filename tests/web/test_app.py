"""Every answer carries the policy, and the product refuses what it must not serve."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import scoped_session

from backoffice.app import POLICY
from models import Office
from tests.client import OfficeClient


def test_every_answer_carries_the_policy_even_a_missing_page(client: OfficeClient) -> None:
    answer = client.get("/tidak-ada")

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.sqlite
def test_another_host_name_is_refused(client: OfficeClient) -> None:
    assert client.get("/", headers={"Host": "paraf.example.org"}).status_code == 400


def test_rows_of_one_test_are_not_there_in_the_next(session: scoped_session) -> None:
    assert session.query(Office).count() == 0
    session.add(Office(key="a", name=["A"], government="G", timezone="Asia/Jakarta"))
    session.commit()


test_rows_of_the_one_before_are_gone = test_rows_of_one_test_are_not_there_in_the_next


def test_a_stylesheet_has_an_address_of_its_content(app: Flask) -> None:
    with app.test_request_context():
        assert "v=" in app.url_for("static", filename="paraf.css")
