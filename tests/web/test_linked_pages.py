"""Linked cases at the screen: each shows the other, with a link only where it is in sight."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from models import Case, Office, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.office.test_linked_cases import FIRST, SHARED, linked, published, second

pytestmark = pytest.mark.sqlite


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, three in the afternoon."""
    moment = factories.NOW + timedelta(hours=6)
    app.config["NOW"] = lambda: moment
    return moment


def as_post(app: Flask, office: Office, post: str) -> OfficeClient:
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def press(client: OfficeClient, case: Case, **data: Any) -> Any:
    form = {"id": str(case.id), "version": str(case.version), **data}
    return client.post("/pengaduan/step/lanjutkan/", data=form)


def page(client: OfficeClient, slug: str, case: Case) -> str:
    answer = client.get(f"/{slug}/details/?id={case.id}")
    assert answer.status_code == 200
    return str(answer.text)


def fresh(case_id: int) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def test_each_page_shows_the_other_with_number_and_step(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(published(dukcapil, FIRST, second()), "laporan", "putus")
    budi = as_post(app, dukcapil, "kasubbag-umum")
    assert "Berkas lanjutan dibuka dengan data dan lampiran" in page(budi, "pengaduan", case)
    assert press(budi, case).status_code == 302
    [other] = linked(fresh(case.id))
    head = as_post(app, dukcapil, "kadis")
    text = page(head, "pengaduan", case)
    assert "Dilanjutkan di" in text
    assert f'href="/berkas/details/?id={other.id}"' in text
    assert "Tindak Lanjut · langkah 1 dari 1" in text
    text = page(head, "berkas", other)
    assert "Lanjutan dari" in text
    assert f'href="/pengaduan/details/?id={case.id}"' in text
    assert f"Dibuka sebagai lanjutan {case.number}" in text


def test_who_may_not_see_the_other_learns_its_number_and_step_only(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(published(dukcapil, FIRST, second()), "laporan", "putus")
    walking.act(case.id, "lanjutkan", now=factories.after(case))
    [other] = linked(case)
    other.subject = "Perihal yang hanya di sana"
    db.session.commit()
    text = page(as_post(app, dukcapil, "kasubbag-umum"), "pengaduan", case)
    assert "Belum bernomor" in text or "Belum ada nomor" in text
    assert "langkah 1 dari 1" in text
    assert f"details/?id={other.id}" not in text
    assert "Perihal yang hanya di sana" not in text


def test_met_again_the_form_asks_before_it_opens_another(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(published(dukcapil, FIRST, second()), "laporan", "putus")
    budi = as_post(app, dukcapil, "kasubbag-umum")
    assert "Buka satu lagi" not in page(budi, "pengaduan", case)
    press(budi, case)
    for expected, ticked in ((1, {}), (2, {"again": "y"})):
        walking.act(case.id, "return", now=factories.after(fresh(case.id)))
        text = page(budi, "pengaduan", case)
        assert "Buka satu lagi" in text
        assert "Berkas ini sudah pernah membuka lanjutan: Tindak Lanjut" in text
        assert "satu lagi dibuka bila Anda mencentangnya" in text
        assert press(budi, fresh(case.id), **ticked).status_code == 302
        assert len(linked(fresh(case.id))) == expected


def test_what_was_shared_is_for_information_and_the_history_says_to_whom(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(published(dukcapil, SHARED), "laporan", "putus")
    press(as_post(app, dukcapil, "kasubbag-umum"), case)
    sekretaris = as_post(app, dukcapil, "sekretaris")
    assert "Untuk Anda ketahui" in sekretaris.get("/").text
    assert "Disampaikan kepada: Sekretaris" in page(sekretaris, "pengaduan", case)
    assert "Untuk Anda ketahui" not in sekretaris.get("/").text
    assert "Kepada siapa disampaikan" in page(as_post(app, dukcapil, "kadis"), "pengaduan", case)
