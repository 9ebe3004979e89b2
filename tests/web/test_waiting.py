"""Waiting for a citizen at the screen: when to remind him, and that it was done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from backoffice.workflow.engine import command
from backoffice.workflow.sheets import lay
from models import Case, Duty, EventKind, Office, db
from tests import factories
from tests.client import OfficeClient

pytestmark = pytest.mark.sqlite
FRONT = "petugas-pengaduan"
TIME = "Sudah waktunya mengingatkan Pengadu."


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A reply that was sent on Senin 12 Januari 2026: remind 14 hari, after 30 hari."""
    return factories.make_case(dukcapil, "pengaduan-menengah", "penerimaan")


def on(app: Flask, case: Case, day: str, post: str = FRONT) -> OfficeClient:
    """A browser on that day at ten in the morning."""
    moment = datetime.fromisoformat(f"{day}T10:00:00+07:00").astimezone(UTC)
    app.config["NOW"] = lambda: moment
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(case.office, post))


def remind(client: OfficeClient, case: Case, **data: Any) -> Any:
    form = {"id": str(case.id), "version": str(case.version), **data}
    return client.post("/pengaduan/remind/", data=form)


def page(client: OfficeClient, case: Case) -> str:
    return str(client.get(f"/pengaduan/details/?id={case.id}").text)


def test_the_page_says_until_when_one_waits_and_what_happens_then(app: Flask, case: Case) -> None:
    front = on(app, case, "2026-01-20")
    text = page(front, case)
    assert "Ingatkan Pengadu mulai Senin, 26 Januari 2026." in text
    assert "Bila sampai Rab 11 Feb, 16.30 tidak ada jawaban: Berkas berakhir" in text
    assert TIME not in text
    assert "Tidak ada jawaban</summary>" not in text
    front = on(app, case, "2026-02-12")
    text = page(front, case)
    assert "Waktu tunggu sudah habis tanpa jawaban" in text
    assert "Tidak ada jawaban</summary>" in text


def test_from_that_day_on_inbox_and_page_say_that_it_is_time(app: Flask, case: Case) -> None:
    front = on(app, case, "2026-01-25")
    assert TIME not in front.get("/").text
    front = on(app, case, "2026-01-26")
    inbox = front.get("/").text
    assert TIME in inbox
    assert ">Ingatkan</a>" in inbox
    assert TIME in page(front, case)
    # Who only knows of the case reminds nobody.
    with command(case.id) as locked:
        kasi = factories.post_of(locked.office, "kasi-pendaftaran")
        lay(locked, kasi, Duty.INFORMATION, now=factories.after(locked), step=locked.step)
    told = on(app, case, "2026-01-26", "kasi-pendaftaran").get("/").text
    assert "Menunggu Pengadu" in told
    assert TIME not in told


def test_a_recorded_reminder_begins_the_time_anew_and_stands_in_the_history(
    app: Flask, case: Case
) -> None:
    front = on(app, case, "2026-01-28")
    answer = remind(front, case, channel="telepon", note="Ditelepon, akan datang besok")
    assert answer.status_code == 302
    text = page(front, case)
    assert "Pengingat dicatat" in text
    assert "Lewat: Telepon" in text
    assert "Ditelepon, akan datang besok" in text
    assert "Ingatkan Pengadu mulai Rabu, 11 Februari 2026." in text
    assert TIME not in front.get("/").text
    assert case.version == db.session.get_one(Case, case.id, populate_existing=True).version


def test_a_reminder_without_way_or_words_is_refused_and_keeps_what_was_typed(
    app: Flask, case: Case
) -> None:
    front = on(app, case, "2026-01-28")
    answer = remind(front, case, channel="", note="Ditelepon dua kali")
    assert answer.status_code == 422
    assert "Ditelepon dua kali" in answer.text
    assert 'id="remind-channel-error"' in answer.text
    answer = remind(front, case, channel="telepon", note=" ")
    assert answer.status_code == 422
    assert '<option value="telepon" selected>' in answer.text
    db.session.rollback()
    kinds = [one.kind for one in db.session.get_one(Case, case.id, populate_existing=True).events]
    assert EventKind.REMINDED not in kinds


def test_nobody_else_is_offered_the_reminder(app: Flask, case: Case) -> None:
    front = on(app, case, "2026-01-28")
    assert "Catat pengingat" in page(front, case)
    head = on(app, case, "2026-01-28", "kadis")
    assert "Catat pengingat" not in page(head, case)
    assert remind(head, case, channel="telepon", note="Coba").status_code == 422


def test_whoever_lets_a_case_wait_for_a_citizen_is_asked_what_for_and_not_what_is_wrong(
    app: Flask, sampang: Office
) -> None:
    held = factories.make_case(sampang, "pengaduan-puspaga", "wawancara")
    puspaga = on(app, held, "2026-01-12", "petugas-puspaga")
    form = page(puspaga, held).split("Tunggu pelapor</summary>")[1].split("</details>")[0]
    assert "Berkas menunggu Pelapor (dicatat oleh Unit/admin pengaduan)" in form
    assert "Yang diminta dari Pelapor" in form
    assert "Unit/admin pengaduan membacanya." in form
    assert "diperbaiki" not in form
