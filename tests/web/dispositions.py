"""A letter before the head of an office, and what its officers press on the page of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from backoffice import incoming
from backoffice.incoming import Arrival
from models import Disposition, IncomingLetter, Office, db
from tests import factories
from tests.client import OfficeClient

SUBJECT = "Mohon pendampingan keluarga di Desa Contoh"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


class Round:
    """One letter and the people of one office who work on it, from Monday nine o'clock on."""

    def __init__(self, app: Flask, office: Office) -> None:
        self.app, self.office, self.now = app, office, factories.NOW
        app.config["NOW"] = lambda: self.now
        arrival = Arrival(
            received_on=self.now.date(), sender="Camat Contoh Hulu", subject=SUBJECT, number="5/12"
        )
        registrar = factories.actor(office, "petugas-sekretariat")
        self.letter_id = incoming.register(arrival, actor=registrar, now=self.now).id
        self.wait()

    def wait(self, **time: int) -> None:
        """Time passes; what was pressed before is no longer the same press."""
        self.now += timedelta(**(time or {"minutes": 10}))

    def client(self, post: str) -> OfficeClient:
        """The holder of a post at the screen."""
        client = self.app.test_client()
        assert isinstance(client, OfficeClient)
        return client.log_in(factories.user_of(self.office, post))

    @property
    def address(self) -> str:
        """The page of the letter."""
        return f"/surat-masuk/details/?id={self.letter_id}"

    def page(self, post: str) -> str:
        """The page of the letter as the holder of a post meets it."""
        return unescape(self.client(post).get(self.address).text)

    def post_id(self, key: str) -> str:
        """The key of a post as a form sends it."""
        return str(factories.post_of(self.office, key).id)

    def sheet(self, lead: str, to: Sequence[str] = (), **more: Any) -> dict[str, Any]:
        """A sheet as it is filled: posts by key, one instruction ticked."""
        return {
            "lead": self.post_id(lead),
            "to": [self.post_id(one) for one in to],
            "ticks": ["proses"],
            **more,
        }

    def give(self, post: str, lead: str, to: Sequence[str] = (), **more: Any) -> TestResponse:
        """A post fills a sheet and sends it."""
        client = self.client(post)
        hidden = hidden_of(client.get(self.address).text, "/dispose/")
        return client.post("/surat-masuk/dispose/", data={**hidden, **self.sheet(lead, to, **more)})

    def press(self, post: str, verb: str, row: Disposition, **typed: Any) -> TestResponse:
        """A post does something with a disposition."""
        client = self.client(post)
        page = client.get(self.address).text
        hidden = hidden_of(page, f"/disposition/{verb}/", row.id)
        return client.post(f"/surat-masuk/disposition/{verb}/", data={**hidden, **typed})


def hidden_of(page: str, action: str, row: int | None = None) -> dict[str, str]:
    """What the form of that address carries along; that of one disposition, where it is named."""
    for form in re.findall(rf'action="[^"]*{action}".*?</form>', page, re.DOTALL):
        found = dict(HIDDEN.findall(form))
        if row is None or found.get("row") == str(row):
            return found
    raise LookupError(f"no form to {action} on this page")


def rows(**by: Any) -> list[Disposition]:
    """The dispositions as they stand, the first first."""
    db.session.rollback()
    query = sa.select(Disposition).filter_by(**by).order_by(Disposition.id)
    return list(db.session.scalars(query))


def to(office: Office, post: str) -> Disposition:
    """The newest disposition to a post."""
    return rows(to_post_id=factories.post_of(office, post).id)[-1]


def everything() -> list[Any]:
    """Every row of the table of dispositions, but that it was read."""
    db.session.rollback()
    columns = [one for one in Disposition.__table__.c if one.name != "read_at"]
    return [tuple(row) for row in db.session.execute(sa.select(*columns))]


def letter() -> IncomingLetter:
    """The newest letter."""
    db.session.rollback()
    query = sa.select(IncomingLetter).order_by(IncomingLetter.id.desc())
    return db.session.scalars(query.limit(1)).one()
