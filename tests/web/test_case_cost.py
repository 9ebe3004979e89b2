"""What the page of a case costs that has everything: it is read table by table, not row by row."""

from __future__ import annotations

import pytest
from flask import Flask

from models import Assignment, Office, db
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted
from tests.web import fullcase
from views.rows import case_url

MOST_STATEMENTS = 15  # of the first look, which is remembered, and of every later one
READERS = ("kabag", "kasubbag-umum", "petugas-pengaduan")  # head, his recorder, the desk


def asked(app: Flask, client: OfficeClient, url: str) -> tuple[int, str]:
    """How many statements a page takes, and the page."""
    with app.app_context(), counted() as statements:
        page = client.get(url).text
    return len(statements), page


def test_a_case_with_two_hundred_events_asks_little_for_whoever_reads_it(
    app: Flask, client: OfficeClient, ambon: Office
) -> None:
    others = [factories.make_case(ambon, "pengaduan") for _ in range(3)]
    case = fullcase.fill(factories.make_case(ambon, "pengaduan", "analisis"), *others)
    case_id, looks = case.id, {}
    for reader in READERS:
        client.log_in(factories.user_of(ambon, reader))
        for look in ("first", "second"):
            looks[reader, look], page = asked(app, client, f"/pengaduan/details/?id={case_id}")
        assert page.count(fullcase.NOTE) > 100
        newest, older = page.split('id="riwayat"')[1].split('<details class="fold">', 1)
        assert newest.count("<li") == 1 + 15  # where it is now, and the newest lines
        assert "Lebih lama: Januari 2026 (" in older
        assert "Digabung ke berkas ini" in page
    assert max(looks.values()) <= MOST_STATEMENTS, looks
    db.session.rollback()
    desk = db.select(Assignment).where(Assignment.case_id == case_id, Assignment.left_at.is_(None))
    assert all(one.read_at for one in db.session.scalars(desk) if one.duty == "responsible")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("key", "code", "step", "reader"),
    [  # of all steps of all offices, those whose pages ask the most
        ("dinsos-sampang", "pengaduan-puspaga", "pengumpulan", "kabid-pppa"),
        ("disdukcapil", "pengaduan-kecil", "arahan", "kasubbag-umum"),
        ("satpol-pp", "pengaduan-tidak-langsung", "klarifikasi", "petugas-layanan"),
    ],
)
def test_so_does_a_case_that_has_just_come_to_a_desk(
    app: Flask, client: OfficeClient, dukcapil: Office, key: str, code: str, step: str, reader: str
) -> None:
    office = factories.office_of(key)
    case = factories.make_case(office, code, step)
    url = case_url(case.id, case.kind)
    client.log_in(factories.user_of(office, reader))
    looks = [asked(app, client, url)[0] for _look in range(2)]
    assert looks[1] < looks[0] <= MOST_STATEMENTS
