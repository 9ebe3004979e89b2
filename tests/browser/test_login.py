"""Somebody logs in with a real browser, and nothing on the way offends the content policy."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from backoffice.accounts import hash_password
from models import User
from tests.browser.leaving import follow


@pytest.mark.browser
def test_ani_meets_the_login_page_and_a_wrong_password_keeps_her_name(
    page: Any, session: Any
) -> None:
    session.add(User(username="ani", name="Ani", password_hash=hash_password("sepeda-biru-27")))
    session.commit()

    page.goto("/")
    page.get_by_label("Nama pengguna").fill("ani")
    page.get_by_label("Kata sandi").fill("salah sama sekali")
    follow(page.get_by_role("button", name="Masuk"))

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Nama pengguna")).to_have_value("ani")
