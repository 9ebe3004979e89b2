"""Who is who and the monthly report, as the people of an office meet them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from backoffice.figures import painting
from backoffice.figures.counting import Month
from backoffice.tidy import tidy
from models import Holding, HoldingKind, Office, Post, Unit, db
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted
from views.monthly_words import worst_month

pytestmark = pytest.mark.sqlite
TREE, SHEET = "/susunan-kantor/", "/laporan-bulanan/"
FAR: dict[Any, Any] = {"from_at": datetime(2030, 1, 1, tzinfo=UTC)}
LATER = factories.NOW + timedelta(hours=3)


@pytest.fixture
def office(app: Flask, dukcapil: Office) -> Office:
    """Two complaints on 12 January at noon: one with the head, one with the Kasubbag."""
    app.config["NOW"] = lambda: LATER
    factories.make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    factories.make_case(dukcapil, "pengaduan-umum", "arahan")
    return dukcapil


def read(client: OfficeClient, office: Office, post: str, path: str) -> str:
    """A page as the holder of a post reads it, on one line."""
    answer = client.log_in(factories.user_of(office, post)).get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.text.split())


def leave(post: Post) -> None:
    """Nobody holds the post any more."""
    db.session.query(Holding).filter(Holding.post_id == post.id).update(FAR)


def test_staff_see_who_holds_which_post_and_what_lies_on_their_own_desks(
    client: OfficeClient, office: Office
) -> None:
    secretary, clerk = (
        factories.post_of(office, key) for key in ("sekretaris", "kasi-pendaftaran")
    )
    stand_in = factories.make_user("wakil", secretary)
    leave(secretary)
    db.session.add(
        Holding(post=secretary, user=stand_in, kind=HoldingKind.PLH, from_at=factories.FROM)
    )
    leave(clerk)
    db.session.commit()

    whole = read(client, office, "kadis", TREE)
    own = read(client, office, "kasubbag-umum", TREE)
    foreign = read(client, office, "kabid-daftar-capil", TREE)

    assert "Wakil Contoh (Plh.)" in whole
    assert "Kosong</span> Pekerjaannya ada di meja Kepala Bidang Daftar dan Capil." in whole
    assert whole.count("1 terbuka<span") == 2
    assert own.count("1 terbuka<span") == 1
    assert "terbuka<span" not in foreign
    head = factories.post_of(office, "kadis").id
    client.log_in(factories.user_of(office, "kasubbag-umum"))
    assert client.get(f"{TREE}meja/?id={head}").status_code == 404
    for odd in ("", "?id=abc", "?id=99999", "?id=1,2"):
        assert client.get(f"{TREE}meja/{odd}").status_code == 404


def test_the_units_hang_beneath_the_head_also_where_somebody_outside_is_entered(
    client: OfficeClient, office: Office
) -> None:
    page = read(client, office, "kadis", TREE)
    heads = page[page.index("<b>Kepala Dinas</b>") : page.index("<b>Inspektorat Kota Contoh")]
    assert heads.count('<li class="unit">') == page.count('<li class="unit">') == 5


def test_two_hundred_posts_cost_no_more_statements_than_ten(
    client: OfficeClient, office: Office
) -> None:
    above = factories.post_of(office, "kadis")
    for number in range(20):
        unit = Unit(office=office, key=f"u{number}", name=f"Bidang {number}")
        made = [
            Post(office=office, key=f"p{number}-{n}", title=f"J {number}-{n}", unit=unit)
            for n in range(10)
        ]
        for post in made:
            post.superior = above
        db.session.add_all(made)
    db.session.commit()
    client.log_in(factories.user_of(office, "kadis")).get(TREE)

    with counted() as statements:
        page = client.get(TREE).text

    assert len(statements) <= 15, "\n".join(statements)
    assert "J 19-9" in page
    assert page.count("<details open>") == 0  # long: folded, but there is a way to see all
    assert client.get(f"{TREE}?buka=semua").text.count("<details open>") == 25


def test_a_month_is_read_taken_along_and_drawn_without_a_browser(
    app: Flask, client: OfficeClient, office: Office
) -> None:
    page = read(client, office, "kadis", SHEET)

    assert "Laporan bulanan: Januari 2026" in page
    assert "Paling sering lewat waktu: langkah 1, " in page  # 5 menit; they took ten
    assert '<svg class="chart wide" viewBox="0 0 ' in page
    assert 'role="img" aria-label="Paling sering lewat waktu' in page
    answer = client.get(f"{SHEET}excel/?bulan=2026-01")
    book = load_workbook(io.BytesIO(answer.data))
    cells = [one for sheet in book for row in sheet.iter_rows() for one in row]
    assert [one.value for one in book["Ringkasan"]["B"][6:9]] == [0, 2, 0]
    assert {one.data_type for one in cells} == {"n", "s", "inlineStr"}  # and no formula
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)  # also the notes
    assert answer.headers["Content-Disposition"].endswith('"laporan-bulanan-2026-01.xlsx"')
    paper = Document(io.BytesIO(client.get(f"{SHEET}word/?bulan=2026-01").data))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "PEMERINTAH KOTA CONTOH\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL" in text
    assert "LAPORAN PELAYANAN\nJANUARI 2026" in text
    assert "KEPALA DINAS," in text
    assert ["Masuk", "2"] in [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert len(paper.inline_shapes) == 1
    kept = app.extensions["settings"].data_dir / painting.FOLDER
    assert len(list(kept.glob("*/*"))) == 2
    assert tidy(app.extensions["settings"], max(one.stat().st_mtime for one in kept.glob("*/*")) +
                timedelta(days=2).total_seconds()) == 2  # fmt: skip


@pytest.mark.parametrize(
    ("late", "said"),
    [
        ((0, 2, 1), "Dari bulan-bulan terakhir, November 2025 paling banyak lewat waktu: 2."),
        ((2, 0, 2), ""),
        ((0, 0, 0), ""),
    ],
)
def test_no_month_is_called_the_worst_where_another_was_as_bad(
    app: Flask, late: tuple[int, ...], said: str
) -> None:
    months = [Month(date(2025, 10 + n, 1), late=one) for n, one in enumerate(late)]
    with app.test_request_context():
        assert worst_month(months) == said


def test_no_room_loads_the_painter_before_a_chart_is_asked_for() -> None:
    """It hangs in a process that was forked after its first use, and takes its time."""
    files = [one for room in ("backoffice", "views") for one in Path(room).rglob("*.py")]
    users = [one for one in files if "import vl_convert" in one.read_text(encoding="utf-8")]

    assert Path("backoffice/figures/painting.py") in users
    assert not [one for one in users if "\nimport vl_convert" in one.read_text(encoding="utf-8")]


def test_nobody_loses_the_report_over_a_picture(
    client: OfficeClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_any: object) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(painting, "_painted", broken)
    monkeypatch.setattr(painting, "_paint_png", broken)

    page = read(client, office, "kadis", SHEET)

    assert "Paling sering lewat waktu" in page
    assert '<svg class="chart' not in page
    assert len(Document(io.BytesIO(client.get(f"{SHEET}word/").data)).inline_shapes) == 0


@pytest.mark.parametrize("page", ["", "excel/", "word/"])
def test_a_month_that_is_none_or_to_come_is_refused_with_what_to_do(
    client: OfficeClient, office: Office, page: str
) -> None:
    client.log_in(factories.user_of(office, "kadis"))

    malformed = client.get(f"{SHEET}{page}?bulan=2026-13")
    to_come = client.get(f"{SHEET}{page}?bulan=2026-02&rentang=apa")

    assert (malformed.status_code, to_come.status_code) == (422, 422)
    assert "Pilih bulan dari daftar, lalu tekan Tampilkan." in malformed.text
    assert "Bulan itu belum dimulai." in to_come.text
    assert client.get(f"{SHEET}{page}?bulan=2000-01&rentang=tahun").status_code == 200


def test_a_month_without_cases_says_so_and_leads_on(client: OfficeClient, office: Office) -> None:
    page = read(client, office, "kadis", f"{SHEET}?bulan=2025-11")

    assert "Tidak ada berkas pada November 2025" in page
    assert 'href="?bulan=2025-10"' in page
    assert '<svg class="chart' not in page


def test_confidential_cases_are_left_out_and_it_is_said(
    app: Flask, client: OfficeClient, sampang: Office
) -> None:
    app.config["NOW"] = lambda: LATER
    case = factories.make_case(sampang, "pengaduan-puspaga")
    at = case.assignments[0].post
    head = next(one for one in db.session.query(Post).filter_by(office=sampang)
                if "see_office" in one.capabilities and one.id != at.id)  # fmt: skip

    seen = read(client, sampang, at.key, SHEET)
    hidden = read(client, sampang, head.key, SHEET)

    assert "Tidak ada berkas pada Januari 2026" in hidden
    assert "Tidak ada berkas pada Januari 2026" not in seen
    assert "Rahasia: " in hidden
    assert "terbuka<span" not in read(client, sampang, head.key, TREE)
    assert "1 terbuka<span" in read(client, sampang, at.key, TREE)
