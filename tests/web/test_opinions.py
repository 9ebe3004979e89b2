"""Opinions of a team at the screen: asked, given, waited for, taken back, and read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from models import Assignment, Case, Duty, Holding, Office, Opinion, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.office.test_team import PENDAFTARAN, SIPIL, TEAM, with_team

pytestmark = pytest.mark.sqlite
FROM = factories.FROM
KASUBBAG = "kasubbag-umum"
FIRST = "Datanya sudah dicocokkan dengan akta."


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, ten in the morning."""
    moment = factories.NOW + timedelta(hours=1)
    app.config["NOW"] = lambda: moment
    return moment


@pytest.fixture
def case(dukcapil: Office, now: datetime) -> Case:
    """A case on the desk of a team of three, of which the Kasubbag concludes."""
    return factories.make_case(with_team(dukcapil, *TEAM), "telaah", "telaah")


def as_post(app: Flask, case: Case, post: str) -> OfficeClient:
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(case.office, post))


def press(client: OfficeClient, case: Case, what: str, **data: Any) -> Any:
    form = {"id": str(case.id), "version": str(case.version), **data}
    return client.post(f"/berkas/{what}/", data=form)


def page(client: OfficeClient, case: Case) -> str:
    return str(client.get(f"/berkas/details/?id={case.id}").text)


def fresh(case_id: int) -> Case:
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def test_a_member_finds_it_in_his_inbox_and_gives_his_opinion(app: Flask, case: Case) -> None:
    kasi = as_post(app, case, SIPIL)
    inbox = kasi.get("/").text
    assert "Pendapat Anda diminta" in inbox
    assert ">Berikan pendapat</a>" in inbox
    assert "Simpulkan" not in inbox  # which is for the Kasubbag to do
    text = page(kasi, case)
    assert "Berikan pendapat" in text
    assert "menyimpulkan setelah semua pendapat ada." in text
    assert "Simpulkan</summary>" not in text
    answer = press(kasi, case, "step/opinion", note=FIRST)
    assert answer.status_code == 302
    text = page(kasi, case)
    assert "pendapat Anda tersimpan" in text
    assert FIRST in text
    assert "Masih ditunggu: Kepala Seksi Pendaftaran Penduduk." in text
    assert "Berikan pendapat" not in kasi.get("/").text


def test_a_member_who_also_records_for_the_head_is_asked_for_his_opinion_first(
    app: Flask, ambon: Office, now: datetime
) -> None:
    case = factories.make_case(ambon, "pengaduan", "analisis")
    member = as_post(app, case, KASUBBAG)
    inbox = member.get("/").text
    assert "Pendapat Anda diminta" in inbox
    assert ">Berikan pendapat</a>" in inbox
    data = {"id": str(case.id), "version": str(case.version), "note": FIRST}
    assert member.post("/pengaduan/step/opinion/", data=data).status_code == 302
    assert "Pendapat Anda diminta" not in member.get("/").text


def test_an_empty_opinion_is_refused_in_words(app: Flask, case: Case) -> None:
    answer = press(as_post(app, case, SIPIL), case, "step/opinion", note="  ")
    assert answer.status_code == 422
    assert "Isi pendapat." in answer.text


def test_the_head_is_told_whose_opinion_is_missing_and_keeps_what_he_wrote(
    app: Flask, case: Case
) -> None:
    head = as_post(app, case, KASUBBAG)
    text = page(head, case)
    assert "menunggu 2 pendapat" in text
    assert "Simpulkan</button>" in text
    answer = press(head, case, "step/forward", note="Kesimpulan sementara")
    assert answer.status_code == 422
    assert (
        "Belum ada pendapat: Kepala Seksi Pendaftaran Penduduk, Kepala Seksi Pencatatan Sipil."
        in answer.text
    )
    assert "Kesimpulan sementara" in answer.text
    assert fresh(case.id).step == "telaah"


def test_two_members_who_opened_the_page_together_both_give_their_opinion(
    app: Flask, case: Case
) -> None:
    seen = case.version
    for who in (SIPIL, PENDAFTARAN):
        answer = press(as_post(app, case, who), case, "step/opinion", note=FIRST, version=seen)
        assert answer.status_code == 302
    head = as_post(app, case, KASUBBAG)
    late = press(head, case, "step/forward", version=seen)
    assert late.status_code == 409  # he has not read them yet
    assert press(head, fresh(case.id), "step/forward").status_code == 302
    assert fresh(case.id).step == "tutup"


def test_who_stands_in_for_a_member_and_concludes_is_asked_for_the_opinion_first(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    db.session.query(Holding).filter_by(user_id=factories.user_of(dukcapil, SIPIL).id).delete()
    office = with_team(dukcapil, SIPIL, "kabid-daftar-capil")
    factories.post_of(office, "kasubbag-umum").superior = factories.post_of(office, SIPIL)
    head = factories.user_of(office, "kasubbag-umum")
    db.session.add(
        Holding(post=factories.post_of(office, "kabid-daftar-capil"), user=head, from_at=FROM)
    )
    db.session.query(Holding).filter_by(
        user_id=factories.user_of(office, "kabid-daftar-capil").id
    ).delete()
    db.session.commit()
    case = factories.make_case(office, "telaah", "telaah")
    client = as_post(app, case, KASUBBAG)
    text = page(client, case)
    assert text.index("Berikan pendapat</summary>") < text.index("Simpulkan</summary>")
    assert "Kepala Seksi Pencatatan Sipil (kosong)" in text
    vacant, own = (
        f"{factories.post_of(office, 'kabid-daftar-capil').id}-{post.id}"
        for post in (
            factories.post_of(office, SIPIL),
            factories.post_of(office, "kabid-daftar-capil"),
        )
    )
    assert press(client, case, "step/opinion", note=FIRST).status_code == 422  # for whom?
    for actor in (vacant, own):
        data = {"note": FIRST, "actor": actor}
        assert press(client, fresh(case.id), "step/opinion", **data).status_code == 302
    assert press(client, fresh(case.id), "step/forward").status_code == 302


def test_the_same_opinion_pressed_twice_is_kept_once(app: Flask, case: Case) -> None:
    kasi, seen = as_post(app, case, SIPIL), case.version
    for _ in range(2):
        assert press(kasi, case, "step/opinion", note=FIRST, version=seen).status_code == 302
    assert len(db.session.scalars(db.select(Opinion)).all()) == 1


def test_an_opinion_on_a_case_that_has_moved_on_comes_too_late_with_its_text(
    app: Flask, case: Case
) -> None:
    seen = case.version
    walking.act(case.id, "return", now=factories.after(case))
    answer = press(as_post(app, case, SIPIL), case, "step/opinion", note=FIRST, version=seen)
    assert answer.status_code == 409
    assert FIRST in answer.text
    assert "Berikan pendapat" in answer.text
    assert db.session.scalars(db.select(Opinion)).all() == []


def test_an_opinion_is_taken_back_at_the_screen(app: Flask, case: Case) -> None:
    kasi = as_post(app, case, SIPIL)
    press(kasi, case, "step/opinion", note=FIRST)
    text = page(kasi, case)
    assert "Tarik kembali pendapat saya" in text
    assert "sampai ada yang menyimpulkan" in text
    assert press(kasi, fresh(case.id), "take-back").status_code == 302
    text = page(kasi, case)
    assert "Pendapat ditarik kembali" in text
    assert "Berikan pendapat" in text


def test_earlier_rounds_stay_readable_below_the_newest(app: Flask, case: Case) -> None:
    press(as_post(app, case, SIPIL), case, "step/opinion", note=FIRST)
    walking.act(case.id, "return", now=factories.after(fresh(case.id)))
    walking.act(case.id, "forward", now=factories.after(fresh(case.id)))
    text = page(as_post(app, case, KASUBBAG), case)
    assert "Pendapat – langkah 2, putaran 2" in text
    assert "Pendapat sebelumnya – langkah 2" in text
    card = text.split('id="pendapat"')[1].split("</section>")[0]
    assert card.index("Belum memberi pendapat") < card.index("<details") < card.index(FIRST)
    assert "Tidak memberi pendapat" in card


def test_the_sight_of_the_case_remains_with_who_gave_his_opinion(app: Flask, case: Case) -> None:
    kasi = as_post(app, case, SIPIL)
    press(kasi, case, "step/opinion", note=FIRST)
    walking.hear(fresh(case.id), when=factories.after)
    walking.act(case.id, "forward", now=factories.after(fresh(case.id)))
    text = page(kasi, case)
    assert "Tidak ada tugas Anda di berkas ini" in text
    assert FIRST in text
    desks = db.select(Assignment).where(Assignment.duty == Duty.OPINION)
    assert all(one.left_at is not None for one in db.session.scalars(desks))
