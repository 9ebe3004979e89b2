"""What the page of a case costs that has everything: it is read table by table, not row by row."""

from __future__ import annotations

from flask import Flask

from models import Assignment, Office, db
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted
from tests.web import fullcase

MOST_STATEMENTS = 15
READERS = ("kabag", "kasubbag-umum", "petugas-pengaduan")  # head, his recorder, the desk


def test_a_case_with_two_hundred_events_asks_little_for_whoever_reads_it(
    app: Flask, client: OfficeClient, ambon: Office
) -> None:
    others = [factories.make_case(ambon, "pengaduan") for _ in range(3)]
    case = fullcase.fill(factories.make_case(ambon, "pengaduan", "analisis"), *others)
    case_id, asked, again = case.id, {}, {}
    for reader in READERS:
        client.log_in(factories.user_of(ambon, reader))
        with app.app_context(), counted() as statements:
            page = client.get(f"/pengaduan/details/?id={case_id}").text
        asked[reader] = len(statements)
        with app.app_context(), counted() as statements:
            client.get(f"/pengaduan/details/?id={case_id}")
        again[reader] = len(statements)
        assert page.count(fullcase.NOTE) > 100
        newest, older = page.split('id="riwayat"')[1].split('<details class="fold">', 1)
        assert newest.count("<li") == 1 + 15  # where it is now, and the newest lines
        assert "Lebih lama: Januari 2026 (" in older
        assert "Digabung ke berkas ini" in page
    assert max(again.values()) <= MOST_STATEMENTS, again
    # The first look of a post that has the case is remembered, of desk and disposition.
    assert max(asked.values()) <= MOST_STATEMENTS + 2, asked
    db.session.rollback()
    desk = db.select(Assignment).where(Assignment.case_id == case_id, Assignment.left_at.is_(None))
    assert all(one.read_at for one in db.session.scalars(desk) if one.duty == "responsible")
