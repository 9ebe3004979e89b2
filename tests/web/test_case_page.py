"""The case page: where the case is, what must be done, what there is, and for whom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask

from backoffice.workflow.engine import command, perform
from backoffice.workflow.inputs import Inputs
from models import Assignment, Case, Complaint, Letter, Office, Party, PartyRole, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.posting import picture

SUBJECT = "KTP-el belum tercetak sejak Oktober 2025"
STORY = walking.Story(columns={"subject": SUBJECT, "queue_number": "A-017"})


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026 at noon; every case of these tests began at nine."""
    moment = factories.NOW + timedelta(hours=3)
    app.config["NOW"] = lambda: moment
    return moment


def complaint(office: Office, step: str, code: str = "pengaduan-menengah") -> Case:
    """A complaint at a step."""
    return factories.make_case(office, code, step, story=STORY)


def page(client: OfficeClient, office: Office, post: str, case_id: int) -> str:
    """The case as the holder of a post sees it."""
    answer = client.log_in(factories.user_of(office, post)).get(f"/pengaduan/details/?id={case_id}")
    assert answer.status_code == 200
    return answer.text


def test_the_page_says_whose_desk_how_long_and_what_to_do(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    text = page(client, dukcapil, "kadis", case.id)
    assert f"<h1>{SUBJECT}</h1>" in text
    assert "Kepala Dinas – Anda" in text
    assert "langkah 6 dari 8" in text
    assert "Setujui dan tanda tangani" in text
    assert "Berkas kembali ke Kepala Subbagian Umum dan Kepegawaian (langkah 4)." in text
    assert text.count("Berkas ada di sini") == 1
    assert "Unduh Word" in text


@pytest.mark.sqlite
def test_beside_a_long_letter_the_papers_stand_in_the_right_column(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    judged = page(client, dukcapil, "kadis", complaint(dukcapil, "pemeriksaan").id)
    short = page(client, dukcapil, "kasubbag-umum", complaint(dukcapil, "arahan").id)
    right, papers = '<div class="foot">', 'id="berkas"'
    assert judged.index("Unduh Word") < judged.index(right) < judged.index(papers)
    assert short.index(papers) < short.index(right)


def test_a_colleague_sees_the_page_without_buttons_of_the_step(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    text = page(client, dukcapil, "petugas-pengaduan", case.id)
    assert "Tidak ada tugas Anda di berkas ini" in text
    assert "/pengaduan/step/" not in text


def test_a_case_with_only_a_queue_number_says_so(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(
        dukcapil, "pengaduan-umum", inputs=Inputs(columns={"queue_number": "A-017"})
    )
    text = page(client, dukcapil, "customer-service", case.id)
    assert "Antrian A-017 · belum ada perihal" in text


def test_opening_the_page_is_remembered_for_the_post_that_has_the_case(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case_id = complaint(dukcapil, "pemeriksaan").id
    page(client, dukcapil, "petugas-pengaduan", case_id)
    desk = db.select(Assignment).where(Assignment.case_id == case_id, Assignment.left_at.is_(None))
    assert db.session.scalars(desk).one().read_at is None
    page(client, dukcapil, "kadis", case_id)
    db.session.rollback()
    assert db.session.scalars(desk).one().read_at == now


def test_the_page_is_not_there_for_another_office_or_kind(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    case_id = complaint(dukcapil, "pemeriksaan").id
    dewi = client.log_in(factories.user_of(ambon, "kabag"))
    answer = dewi.get(f"/pengaduan/details/?id={case_id}")
    assert answer.status_code == 404
    assert SUBJECT not in answer.text
    citra = client.log_in(factories.user_of(dukcapil, "kadis"))
    assert citra.get(f"/permintaan-data/details/?id={case_id}").status_code == 404


def test_a_desk_that_lost_the_case_sees_number_step_and_its_own_events(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    for desk in case.assignments:
        desk.lost = desk.post.key == "customer-service"
    db.session.commit()
    text = page(client, dukcapil, "customer-service", case.id)
    assert str(case.number) in text
    assert "langkah 6 dari 8" in text
    assert "Panggil antrian" in text
    assert SUBJECT not in text
    assert "Fitri Teladani" not in text
    assert "Serahkan surat balasan" not in text


def test_what_changed_in_the_letter_since_the_return_is_marked(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    walk(case.id, "return", "Tanggal belum sesuai berita acara.")
    walk(case.id, "forward", "Perbaiki tanggalnya.")
    isi = {"isi": "Berkas Saudara telah kami periksa dan diselesaikan tanggal 13 Januari 2026."}
    walk(case.id, "forward", "", letter=isi)
    text = page(client, dukcapil, "kadis", case.id)
    assert "<ins>" in text
    assert "Konsep ke-2" in text
    assert "Tanggal belum sesuai berita acara." in text
    assert "<del>" in text


def walk(case_id: int, key: str, note: str, letter: dict[str, str] | None = None) -> None:
    """Whoever has the case takes this way."""
    with command(case_id) as case:
        when = factories.after(case)
        actor = walking.actor_at(case, when)
        perform(case, key, actor=actor, now=when, inputs=Inputs(note=note, letter=letter or {}))


def test_real_time_stands_beside_the_standard_for_every_visit(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    walk(case.id, "return", "Mohon dicocokkan.")
    walk(case.id, "forward", "Pakai tanggal yang benar.")
    text = page(client, dukcapil, "kasubbag-umum", case.id)
    assert "10 menit + 10 menit" in text


def test_the_letter_comes_as_a_word_file_to_those_who_may_open_the_case(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).one()
    url = f"/pengaduan/letter/?id={letter.id}"
    answer = client.log_in(factories.user_of(dukcapil, "kadis")).get(url)
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.log_in(factories.user_of(ambon, "kabag")).get(url).status_code == 404
    assert client.get(f"/permintaan-data/letter/?id={letter.id}").status_code == 404


def test_the_receipt_is_there_from_the_number_on(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    waiting, numbered = complaint(dukcapil, "pencatatan").id, complaint(dukcapil, "arahan").id
    ani = client.log_in(factories.user_of(dukcapil, "petugas-pengaduan"))
    assert ani.get(f"/pengaduan/receipt/print/?id={waiting}").status_code == 404
    answer = ani.get(f"/pengaduan/receipt/print/?id={numbered}")
    assert answer.status_code == 200
    assert "ADU-2026-0001" in answer.text
    assert SUBJECT in answer.text
    assert ani.get(f"/pengaduan/receipt/?id={numbered}").data.startswith(b"PK")


def test_an_attachment_is_saved_never_shown_and_only_for_those_who_may(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pengiriman")
    ani = client.log_in(factories.user_of(dukcapil, "petugas-pengaduan"))
    form = {"id": case.id, "version": case.version, "note": "", "attachment": picture()}
    assert ani.post("/pengaduan/step/forward/", data=form).status_code == 302
    text = ani.get(f"/pengaduan/details/?id={case.id}").text
    url = text.split('href="/pengaduan/attachment/')[1].split('"')[0]
    answer = ani.get(f"/pengaduan/attachment/{url}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer.close()
    dewi = client.log_in(factories.user_of(ambon, "kabag"))
    assert dewi.get(f"/pengaduan/attachment/{url}").status_code == 404


def test_a_new_complaint_needs_no_more_than_its_queue_number(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = client.log_in(factories.user_of(dukcapil, "customer-service"))
    form = ani.get("/pengaduan/new/").text
    assert "Catat pengaduan baru" in form
    assert "Prosedur Tetap Pelayanan Pengaduan Skala Menengah" in form
    data = {"procedure": "pengaduan-menengah", "queue_number": "A-018"}
    answer = ani.post("/pengaduan/new/", data=data)
    assert answer.status_code == 302
    case = db.session.scalars(db.select(Complaint)).one()
    assert (case.step, case.queue_number) == ("antrian", "A-018")
    assert case.procedure_version.code == "pengaduan-menengah"
    assert "Antrian A-018" in ani.get(answer.location).text


def test_a_double_click_opens_one_case(
    app: Flask, client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = client.log_in(factories.user_of(dukcapil, "customer-service"))
    data = {"procedure": "pengaduan-umum", "queue_number": "A-020"}
    first, second = (ani.post("/pengaduan/new/", data=data) for _ in range(2))
    assert first.location == second.location
    app.config["NOW"] = lambda: now + timedelta(minutes=1)
    assert ani.post("/pengaduan/new/", data=data).location != first.location
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 2


def test_an_unknown_earlier_case_is_told_and_the_typed_text_stays(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = client.log_in(factories.user_of(dukcapil, "customer-service"))
    data = {"procedure": "pengaduan-umum", "queue_number": "A-019", "follows": "ADU-1999-0001"}
    answer = ani.post("/pengaduan/new/", data=data)
    assert answer.status_code == 422
    assert "Tidak ada berkas dengan nomor ini" in answer.text
    assert 'value="A-019"' in answer.text
    assert db.session.scalar(db.select(db.func.count(Case.id))) == 0


def test_nobody_opens_a_case_who_may_not_act_at_its_first_step(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    citra = client.log_in(factories.user_of(dukcapil, "kadis"))
    assert citra.get("/pengaduan/new/").status_code == 404
    assert citra.post("/pengaduan/new/", data={"queue_number": "A-1"}).status_code == 404
    assert "Catat pengaduan baru" not in citra.get("/pengaduan/").text


def test_an_anonymous_reporter_leaves_no_name_on_the_page(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    db.session.delete(case.party("reporter"))
    db.session.flush()
    db.session.add(Party(case_id=case.id, role=PartyRole.REPORTER, anonymous=True))
    db.session.commit()
    text = page(client, dukcapil, "kasubbag-umum", case.id)
    assert "Tanpa nama" in text
    assert "Hasilnya tidak dapat diberitahukan kepada siapa pun." in text
