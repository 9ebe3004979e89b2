"""Lists stay flat: a page costs the same in a small archive and in a big one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice.letters import register
from bench.load import grow, settle
from bench.samples import Sample, walk_all
from models import Disposition, IncomingLetter, db
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted
from views.base import OfficeView
from views.flat import FlatList

SMALL, LARGER = 150, 1800  # cases
MOST_STATEMENTS = 15
HEAVIEST = 60_000  # bytes of a page of 50 rows
PEOPLE = {  # one post; sees the office; stands above a unit
    "disdukcapil": ("petugas-pengaduan", "kadis", "kabid-daftar-capil"),
    "dinsos-sekadau": ("petugas-administrasi", "kadis", "kabid-rehsos"),
    "kesra-ambon": ("staf", "kabag", "kasubbag-keagamaan"),
}
FIRST = {
    "disdukcapil": "pengaduan-umum",
    "dinsos-sekadau": "pengaduan",
    "kesra-ambon": "pengaduan",
}
BOOK = "/buku-agenda/"  # of outgoing letters: for those who lead an office or keep its registers
READERS = ("kadis", "kabag", "petugas-administrasi")
LETTER = register.Wanted(subject="Undangan", addressee="Camat Contoh")
EVERYBODY = [(office, post) for office, posts in PEOPLE.items() for post in posts]


@pytest.fixture
def samples(app: Flask) -> list[Sample]:
    """A small archive: a case at every step of every SOP, and some copies."""
    app.config["NOW"] = lambda: factories.NOW
    with app.app_context():
        found = walk_all(factories.NOW - timedelta(days=7))
        grow(found, SMALL, now=factories.NOW)
        settle()
    return found


def screens(app: Flask) -> list[Any]:
    """Every generated list of cases and of what belongs to them."""
    views = app.extensions["admin"][0]._views
    return [one for one in views if isinstance(one, FlatList) and isinstance(one, OfficeView)]


def addresses(app: Flask) -> list[str]:
    """The inbox and every list of cases, dispositions, letters and recapitulations."""
    return ["/", "/rekapan/", *(f"/{view.slug}/" for view in screens(app))]


def browser(app: Flask, office: str, post: str) -> OfficeClient:
    """The holder of a post at the screen."""
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    with app.app_context():
        user = factories.user_of(factories.office_of(office), post)
    return client.log_in(user)


def letters_came(office: str, count: int) -> None:
    """So many letters stand in the agenda, all laid before the head, and one in three disposed."""
    found = factories.office_of(office)
    writer = factories.opener(factories.version_of(found, FIRST[office]), factories.NOW)
    head = factories.post_of(found, PEOPLE[office][1])
    low = factories.post_of(found, PEOPLE[office][0])
    for agenda in range(1, count + 1):
        row = IncomingLetter(
            office=found,
            year=2025 if count > SMALL else 2026,
            agenda=agenda,
            received_on=factories.NOW.date(),
            sender="Camat Contoh",
            subject=f"Surat ke-{agenda}",
            user_id=writer.user.id,
            post_id=writer.post.id,
            for_post=head,
            registered_at=factories.NOW,
        )
        if agenda % 3 == 0:
            order = {"duty": "report", "given_at": factories.NOW}
            row.dispositions.append(Disposition(from_post=head, to_post=low, **order))
        db.session.add(row)
    db.session.commit()


def numbers_taken(office: str, count: int) -> None:
    """So many numbers stand in the book of outgoing letters, one in five of them reserved."""
    found = factories.office_of(office)
    writer = factories.actor(found, PEOPLE[office][1])
    for n in range(count):
        make = register.reserve if n % 5 == 0 else register.take
        given = {"many": 1, "reason": "Kertas"} if n % 5 == 0 else {"wanted": LETTER}
        make(found, **given, actor=writer, now=factories.NOW)  # type: ignore[operator]
    db.session.commit()


def cost(app: Flask, client: OfficeClient, address: str) -> tuple[int, int, int]:
    """Statements, rows and bytes of a page."""
    with app.app_context(), counted() as statements:
        answer = client.get(address)
    assert answer.status_code == 200, address
    rows = answer.text.count("<tr>") + answer.text.count('<li><div class="due">') - 1
    return len(statements), rows, len(answer.data)


@pytest.mark.sqlite  # what a page asks and weighs is the same on both
def test_a_list_asks_no_more_and_weighs_no_more_in_a_bigger_archive(
    app: Flask, samples: list[Sample]
) -> None:
    on_a_desk = [one for one in samples if one.live and one.step == "pencatatan"]
    fullest: dict[str, int] = {}
    for cases in (0, LARGER):
        with app.app_context():
            grow(samples, cases, now=factories.NOW)
            grow(on_a_desk, cases // 20, now=factories.NOW)
            settle()
            for office in PEOPLE:
                letters_came(office, cases // 10 or 20)
                numbers_taken(office, cases // 20 or 20)
        for office, post in EVERYBODY:
            client = browser(app, office, post)
            for address in addresses(app):
                if address == BOOK and post not in READERS:
                    continue
                asked, rows, size = cost(app, client, address)
                assert asked <= MOST_STATEMENTS, (office, post, address, cases)
                assert size <= HEAVIEST * max(1, rows / 50), (office, post, address, rows)
                fullest[address] = max(fullest.get(address, 0), rows)
    assert {address for address, rows in fullest.items() if rows < 50} == {"/rekapan/", "/berkas/"}
