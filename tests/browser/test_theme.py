"""The script spares clicks, the phone has no sideways scroll; tried in Chromium."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from models import Office, User
from tests import factories
from tests.browser.leaving import follow

pytestmark = pytest.mark.browser
WIDTHS = (320, 360, 390, 768, 1024, 1280)


@pytest.fixture
def head(app: Flask, dukcapil: Office) -> User:
    """The head of the office, with a few cases on the way."""
    app.config["NOW"] = lambda: factories.NOW
    for step in (None, "pencatatan", "arahan", "penyusunan"):
        factories.make_case(dukcapil, "pengaduan-umum", step)
    return factories.user_of(dukcapil, "kadis")


@pytest.fixture
def window(page: Any, app: Flask, head: User, live_server: str) -> Any:
    """The product in a browser in which the head is logged in."""
    client = app.test_client().log_in(head)
    cookie = client.get_cookie("paraf")
    assert cookie is not None
    page.context.add_cookies([{"name": "paraf", "value": cookie.value, "url": live_server}])
    return page


def test_no_page_scrolls_sideways_at_any_width(window: Any) -> None:
    window.goto("/pengaduan/")
    case = window.locator(".list .main a").first.get_attribute("href")
    for path in ("/", "/pengaduan/", case, "/disposisi/", "/surat/", "/tidak-ada"):
        window.goto(path)
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 800})
            wide = window.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} at {width}"


def test_the_icons_are_drawn_under_the_content_policy(window: Any) -> None:
    window.goto("/pengaduan/")

    box = window.locator(".brand .i use").evaluate("one => one.getBBox().width")

    assert box > 10


def test_ticks_are_counted_and_one_tick_takes_the_page(window: Any) -> None:
    window.goto("/pengaduan/")
    rows = window.locator("[data-row]")

    rows.first.check()
    expect(window.get_by_text("1 dipilih")).to_be_visible()
    window.get_by_label("Pilih semua di halaman ini").check()

    expect(rows).to_have_count(4)
    expect(window.get_by_text("4 dipilih")).to_be_visible()


def test_the_second_click_sends_nothing(window: Any) -> None:
    window.goto("/pengaduan/")
    follow(window.locator(".list .main a").first)

    sent = window.locator("form[data-once]").first.evaluate(
        """form => [1, 2].map(() =>
            form.dispatchEvent(new Event("submit", {bubbles: true, cancelable: true})))"""
    )

    assert sent == [True, False]


def test_a_note_survives_leaving_the_page(window: Any) -> None:
    window.goto("/pengaduan/")
    follow(window.locator(".list .main a").first)
    note = window.locator("[data-draft] textarea[name=note]").last
    note.evaluate("one => { one.closest('details').open = true }")

    note.fill("Alamat sebaiknya ditulis lengkap.")
    window.goto("/")
    window.go_back()
    window.reload()

    expect(note).to_have_value("Alamat sebaiknya ditulis lengkap.")


def test_the_menu_of_the_phone_opens_without_a_script(window: Any) -> None:
    window.set_viewport_size({"width": 390, "height": 800})
    window.goto("/pengaduan/")

    window.locator(".phone > summary").click()

    expect(window.locator(".phone").get_by_role("link", name="Kotak kerja")).to_be_visible()
    expect(window.locator("ul.wide")).to_be_hidden()
