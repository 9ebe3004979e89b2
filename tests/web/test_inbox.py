"""Kotak kerja and the search box: my work in order, and what one may find."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.sheets import lay
from models import Assignment, Case, Duty, Office, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.pages import faults


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, ten in the morning."""
    moment = factories.NOW + timedelta(hours=1)
    app.config["NOW"] = lambda: moment
    return moment


def complaint(
    office: Office, step: str, subject: str, *, began: timedelta = timedelta(), name: str = ""
) -> Case:
    """A complaint at a step, begun so long after Monday morning."""
    party = {"name": name} if name else {}
    story = walking.Story(columns={"subject": subject, "queue_number": "A-017"}, party=party)
    moment = factories.NOW + began
    return factories.make_case(office, "pengaduan-menengah", step, now=moment, story=story)


def as_post(client: OfficeClient, office: Office, post: str) -> OfficeClient:
    """The holder of a post."""
    return client.log_in(factories.user_of(office, post))


def group(text: str, key: str) -> str:
    """The part of the inbox that one group takes."""
    return text.split(f'id="{key}"')[1].split("</section>")[0]


def due(case: Case, moment: datetime) -> None:
    """Let the open desk of a case be due then."""
    desk = db.select(Assignment).where(Assignment.case_id == case.id, Assignment.left_at.is_(None))
    db.session.scalars(desk).one().due_at = moment
    db.session.commit()


def test_the_inbox_has_four_groups_and_counts_them(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    for subject, moment in (
        ("Perihal lewat", now - timedelta(hours=1)),
        ("Perihal hari ini", now + timedelta(hours=2)),
        ("Perihal nanti", now + timedelta(days=2)),
    ):
        due(complaint(dukcapil, "pengiriman", subject), moment)
    complaint(dukcapil, "penerimaan", "Perihal menunggu")
    text = as_post(client, dukcapil, "petugas-pengaduan").get("/").text
    for key, subject in (
        ("late", "Perihal lewat"),
        ("today", "Perihal hari ini"),
        ("later", "Perihal nanti"),
        ("wait", "Perihal menunggu"),
    ):
        assert f'class="{key}" href="#{key}"><b class="num">1</b>' in text
        assert subject in group(text, key)
    assert "Menunggu Pengadu" in group(text, "wait")
    assert re.search(r'aria-current="page">Kotak kerja<span class="count">3</span>', text)


def test_the_most_urgent_work_stands_on_top(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    due(complaint(dukcapil, "arahan", "Perihal kedua"), now + timedelta(minutes=50))
    due(complaint(dukcapil, "arahan", "Perihal pertama"), now + timedelta(minutes=10))
    text = as_post(client, dukcapil, "kasubbag-umum").get("/").text
    assert text.index("Perihal pertama") < text.index("Perihal kedua")


def test_an_unread_case_has_a_dot_and_a_word_until_it_was_opened(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan", "Perihal baru")
    budi = as_post(client, dukcapil, "kasubbag-umum")
    assert "Belum dibaca." in budi.get("/").text
    budi.get(f"/pengaduan/details/?id={case.id}")
    assert "Belum dibaca." not in budi.get("/").text


def test_a_row_says_why_it_is_here_and_what_to_do(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", "Perihal surat")
    text = as_post(client, dukcapil, "kadis").get("/").text
    assert "<b>Setujui dan tanda tangani</b>" in text
    assert "Dari Petugas Pengaduan" in text
    assert ">Periksa</a>" in text


def test_what_is_only_to_be_known_is_never_overdue_for_its_reader(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan", "Perihal lewat")
    due(case, now - timedelta(hours=1))
    with command(case.id) as locked:
        kasi = factories.post_of(dukcapil, "kasi-pendaftaran")
        lay(locked, kasi, Duty.INFORMATION, now=now, step=locked.step)
    assert "Perihal lewat" in group(
        as_post(client, dukcapil, "kasubbag-umum").get("/").text, "late"
    )
    text = as_post(client, dukcapil, "kasi-pendaftaran").get("/").text
    assert "Lewat waktu (0)" in text
    known = group(text, "later")
    assert "Perihal lewat" in known
    assert "Untuk Anda ketahui" in known


def test_what_lies_on_another_desk_is_not_in_my_inbox(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", "Perihal surat")
    text = as_post(client, dukcapil, "petugas-pengaduan").get("/").text
    assert "Perihal surat" not in text
    assert "Tidak ada pekerjaan yang menunggu Anda" in text


def test_the_front_desk_begins_a_case_from_the_inbox(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    text = as_post(client, dukcapil, "customer-service").get("/").text
    assert 'href="/pengaduan/new/"' in text
    assert "/proposal-qurban/" not in text
    assert 'href="/proposal-qurban/new/"' in as_post(client, ambon, "staf").get("/").text


def test_the_search_box_stands_on_every_page(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan", "Perihal surat")
    head = as_post(client, dukcapil, "kadis")
    for address in ("/", "/pengaduan/", f"/pengaduan/details/?id={case.id}", "/cari", "/surat/"):
        assert 'action="/cari"' in head.get(address).text, address


@pytest.mark.parametrize(
    "words", ["ADU-2026-0001", "adu 2026 0001", "fitri", "0800 0000 142", "perihal surat"]
)
def test_a_case_is_found_by_number_name_telephone_and_subject(
    client: OfficeClient, dukcapil: Office, now: datetime, words: str
) -> None:
    complaint(dukcapil, "pemeriksaan", "Perihal surat")
    text = as_post(client, dukcapil, "kadis").get(f"/cari?q={words}").text
    assert "Perihal surat" in text


def test_another_office_finds_nothing(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", "Perihal surat", name="Fitri Teladani")
    dewi = as_post(client, ambon, "kabag")
    for words in ("ADU-2026-0001", "fitri", "surat"):
        answer = dewi.get(f"/cari?q={words}").text
        assert "Tidak ada yang ditemukan" in answer
        assert "Fitri" not in answer


def test_the_front_desk_looks_up_a_number_and_learns_step_and_date_only(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan", "Perihal surat")
    for desk in case.assignments:
        if desk.post.key == "customer-service":
            db.session.delete(desk)
    db.session.commit()
    ani = as_post(client, dukcapil, "customer-service")
    text = ani.get("/cari?q=adu-2026-0001").text
    assert "ADU-2026-0001" in text
    assert "langkah 6 dari 8" in text
    assert "Senin, 12 Januari 2026" in text
    assert "Perihal surat" not in text
    assert "details/?id=" not in text
    assert "Tidak ada yang ditemukan" in ani.get("/cari?q=fitri").text
    assert ani.get(f"/pengaduan/details/?id={case.id}").status_code == 404


def test_who_may_not_open_cases_looks_up_none(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", "Perihal surat")
    text = as_post(client, dukcapil, "kasi-pendaftaran").get("/cari?q=ADU-2026-0001").text
    assert "Tidak ada yang ditemukan" in text


def test_odd_words_break_nothing(client: OfficeClient, dukcapil: Office, now: datetime) -> None:
    factories.make_case(dukcapil, "pengaduan-umum", inputs=Inputs())
    head = as_post(client, dukcapil, "kadis")
    for odd in ("%00", "%27%22%25_*", "a" * 3000, "%F0%9F%98%80", "NEAR(", "-", ""):
        answer = head.get(f"/cari?q={odd}")
        assert answer.status_code == 200
        assert faults(answer.text) == []


def test_who_has_no_post_today_meets_an_empty_inbox(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    nobody = factories.make_user("tanpa-jabatan", office=dukcapil)
    db.session.commit()
    text = client.log_in(nobody).get("/").text
    assert "Tidak ada pekerjaan yang menunggu Anda" in text


@pytest.mark.sqlite
def test_the_footer_tells_the_special_hours_while_they_hold(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    citra = as_post(client, dukcapil, "kadis")
    for last, said in (("2026-01-12", True), ("2026-01-11", False)):
        fasting = {"from": "2026-01-05", "to": last, "hours": {"mon-thu": ["08:00-15:00"]}}
        dukcapil.special_hours = [fasting]
        db.session.commit()
        footer = citra.get("/").text.split("<footer>")[1]
        assert ("Sampai Senin, 12 Januari 2026 berlaku jam kerja khusus." in footer) is said
        assert ("Senin–Kamis 08.00–15.00" in footer) is said
