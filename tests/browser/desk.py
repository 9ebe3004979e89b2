"""A computer at which the people of one office take turns, driven by clicks and typing only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Flask
from playwright.sync_api import FilePayload, Locator, Page, expect
from sqlalchemy import update

from backoffice.accounts import hash_password
from models import Office, User, db
from tests import factories
from tests.browser.leaving import follow
from tests.client import OfficeClient
from tests.posting import picture

PASSWORD = "kantor-pagi-2026"  # of people who exist in a test
expect.set_options(timeout=20_000)  # a busy machine is no fault of the office
# Label of a field -> text, option, ticked options or file.
Typed = Mapping[str, "str | tuple[str, ...] | FilePayload"]
RECORDED = "Sudah dicatat. Lanjutkan langkah pertamanya di bawah."


class Clock:
    """The clock on the office's wall, on which a test lets time pass."""

    def __init__(self) -> None:
        self.now: datetime = factories.NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, minutes: int) -> None:
        """Let so many minutes pass."""
        self.now += timedelta(minutes=minutes)


def give_passwords(office: Office) -> None:
    """Everybody of the office can log in at the login page."""
    mine = update(User).where(User.office_id == office.id)
    db.session.execute(mine.values(password_hash=hash_password(PASSWORD)))
    db.session.commit()


class Desk:
    """A browser window and the clock above it."""

    def __init__(self, page: Page, app: Flask, office: Office) -> None:
        self.page, self.app, self.office, self.clock = page, app, office, Clock()
        app.config["NOW"] = self.clock
        give_passwords(office)

    # Coming and going

    def log_in(self, post: str) -> None:
        """The holder of a post logs in and stands before the inbox."""
        self.page.goto("/")
        self.page.get_by_label("Nama pengguna").fill(f"{self.office.key}.{post}")
        self.page.get_by_label("Kata sandi").fill(PASSWORD)
        follow(self.page.get_by_role("button", name="Masuk"))
        expect(self.heading).to_have_text("Kotak kerja")

    def log_out(self) -> None:
        """Whoever is there leaves by the menu of the account."""
        self.page.locator("details.who > summary").click()
        follow(self.page.get_by_role("button", name="Keluar", exact=True))
        self.says("Anda sudah keluar.")

    def turn(self, post: str) -> None:
        """It is the turn of a post's holder, who logged in this morning and opens the inbox."""
        client = self.app.test_client()
        assert isinstance(client, OfficeClient)
        client.log_in(factories.user_of(self.office, post))
        key = self.app.config["SESSION_COOKIE_NAME"]
        morning = client.get_cookie(key)
        assert morning is not None
        self.page.context.add_cookies(
            [{"name": key, "value": morning.value, "domain": "127.0.0.1", "path": "/"}]
        )
        self.page.goto("/")
        expect(self.heading).to_have_text("Kotak kerja")

    # Reading

    @property
    def heading(self) -> Locator:
        """The one heading of the page."""
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def sees(self, *sentences: str) -> None:
        """The page says each of these."""
        for one in sentences:
            expect(self.main).to_contain_text(one)

    def says(self, sentence: str) -> None:
        """The page answers that what was just done has been done."""
        expect(self.page.locator(".msg.success")).to_contain_text(sentence)

    # Working

    def open(self, subject: str) -> None:
        """Open a case from the inbox; a few minutes later than the one before did something."""
        self.clock.wait(5)
        follow(self.page.get_by_role("link", name=subject, exact=True))
        expect(self.heading).to_have_text(subject)

    def act(self, label: str, typed: Typed | None = None) -> None:
        """Unfold the form of an action, fill it and press its button."""
        self.clock.wait(5)
        form = self.form(label)
        fill(form, typed or {})
        follow(form.get_by_role("button", name=label, exact=True))

    def record(self, label: str, typed: Typed) -> None:
        """Record a new case from the inbox with what is known of it."""
        follow(self.page.get_by_role("link", name=label))
        form = self.page.locator("main form")
        fill(form, typed)
        follow(form.get_by_role("button", name=label))
        self.says(RECORDED)

    def tell(self, channel: str, said: str) -> None:
        """Record that somebody was told what was promised."""
        told = self.page.locator("form", has_text="Catat pemberitahuan")
        fill(told, {"Diberitahukan melalui": channel})
        fill(told, {"Kepada siapa dan apa yang disampaikan": said})
        follow(told.get_by_role("button", name="Catat pemberitahuan"))
        self.says("Pemberitahuan sudah dicatat.")

    def form(self, label: str) -> Locator:
        """The form of an action, unfolded."""
        folded = self.page.locator("details[name=action]").filter(
            has=self.page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
        )
        if folded.get_attribute("open") is None:
            folded.locator("> summary").click()
        return folded.locator("form")


def fill(form: Locator, typed: Typed) -> None:
    """Type, choose or attach what the fields of these labels ask."""
    for label, value in typed.items():
        field = form.get_by_label(re.compile(rf"^{re.escape(label)} \((wajib diisi|boleh kosong)"))
        if isinstance(value, tuple):
            for option in value:
                field.get_by_label(option, exact=True).check()
        elif not isinstance(value, str):
            field.set_input_files(value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def photo(name: str) -> FilePayload:
    """A picture taken with a telephone, to be chosen in a file field."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture()[0].getvalue()}
