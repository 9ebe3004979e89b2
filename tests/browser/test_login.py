"""Somebody logs in with a real browser, and nothing on the way offends the content policy."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.accounts import hash_password
from models import User


@pytest.mark.browser
def test_ani_meets_the_login_page_and_a_wrong_password_keeps_her_name(
    page: Any, session: Any
) -> None:
    session.add(User(username="ani", name="Ani", password_hash=hash_password("sepeda-biru-27")))
    session.commit()

    page.goto("/")
    page.get_by_label("Nama pengguna").fill("ani")
    page.get_by_label("Kata sandi").fill("salah sama sekali")
    page.get_by_role("button", name="Masuk").click()

    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Nama pengguna").input_value() == "ani"
