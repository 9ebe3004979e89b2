"""Mulai di tengah tahun, at the screen: a form, its check, and the second press that does it."""

from __future__ import annotations

import io
import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

import views.takeover
from backoffice.takeover import drafts, gate
from backoffice.takeover import words as in_words
from backoffice.takeover.known import known_of
from backoffice.takeover.words import CLOSED, GUIDE, MEND, NUMBERS, OPEN
from models import Case, Counter, Office, Post, Recapitulation, db
from tests import factories
from tests.client import OfficeClient
from tests.registers import COUNT, edited, ended, going, register, row_for
from views import forms, labels

PAGE = "/mulai-di-tengah-tahun"
ADMINISTRATOR = "administrator"


@pytest.fixture
def office(app: Flask, dukcapil: Office) -> Office:
    """The Disdukcapil on the day of the factories."""
    app.config["NOW"] = lambda: factories.NOW
    return dukcapil


@pytest.fixture
def desk(client: OfficeClient, office: Office) -> OfficeClient:
    """The browser of whoever manages the office."""
    return client.log_in(factories.user_of(office, ADMINISTRATOR))


def bring(client: OfficeClient, data: bytes, name: str = "buku 2026.xlsx") -> TestResponse:
    """Bring a filled form to be checked."""
    return client.post(f"{PAGE}/periksa/", data={"workbook": (io.BytesIO(data), name)})


def asked(answer: TestResponse) -> dict[str, str]:
    """What the page that asks carries to the second press."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text)
    return {name: value for name, value in pairs if name != "csrf_token"}


def press(client: OfficeClient, fields: dict[str, str]) -> TestResponse:
    """The second press."""
    return client.post(f"{PAGE}/ambil/", data=fields)


def how_many() -> tuple[int, int]:
    """Cases and counters."""
    count = select(func.count())
    cases, counters = (db.session.scalar(count.select_from(one)) for one in (Case, Counter))
    return cases or 0, counters or 0


def words(answer: TestResponse) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def kept(app: Flask) -> list[Path]:
    """The workbooks that wait to be confirmed."""
    folder = app.extensions["settings"].data_dir / drafts.FOLDER
    return [one for one in folder.glob("*/*/*") if one.is_file()]


# -- the form --------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_the_form_is_made_for_the_office(desk: OfficeClient) -> None:
    assert "nomor, berkas yang sedang berjalan, dan buku berkas" in desk.get(f"{PAGE}/").text
    answer = desk.get(f"{PAGE}/formulir/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == [GUIDE, NUMBERS, OPEN, CLOSED]
    guide = {str(cell.value) for row in book[GUIDE].iter_rows() for cell in row if cell.value}
    assert {"pengaduan-menengah", "pemeriksaan", "Kepala Dinas", "Datang sendiri"} <= guide
    assert any("menandatangani" in one or "ditandatangani" in one for one in guide)
    assert [cell.value for cell in book[NUMBERS][2]][:5] == ["ADU", 2026, None, 0, "ADU-2026-0001"]
    assert book[OPEN]["A2"].value == book[CLOSED]["A2"].value == "CONTOH"
    assert book[OPEN]["I3"].number_format == "General"
    assert book[OPEN].column_dimensions["I"].number_format == "@"  # a telephone keeps its nought
    lists = {str(one.sqref): one.formula1 for one in book[OPEN].data_validations.dataValidation}
    assert lists["B2:B5000"].startswith(f"{GUIDE}!$A$")
    assert "MATCH($B2," in lists["C2:C5000"]  # only the steps of the SOP of the row


@pytest.mark.sqlite
def test_the_form_has_the_words_of_the_screens(office: Office) -> None:
    for own, shown in (
        (in_words.CHANNELS, labels.CHANNELS),
        (in_words.URGENCIES, labels.URGENCIES),
        (in_words.SEVERITIES, labels.SEVERITIES),
    ):
        assert own == {key: str(word) for key, word in shown.items()}
    assert in_words.LONGEST_SUBJECT == forms.LONGEST_SUBJECT


@pytest.mark.sqlite
def test_a_form_with_nothing_but_its_example_is_told_apart(desk: OfficeClient) -> None:
    answer = bring(desk, desk.get(f"{PAGE}/formulir/").data)
    assert answer.status_code == 422
    assert "baru ada contohnya" in answer.text


@pytest.mark.sqlite
def test_the_form_filled_in_is_understood(desk: OfficeClient, office: Office) -> None:
    def fill(book: Any) -> None:
        book[NUMBERS]["C2"] = 41
        book[OPEN].append([1, "pengaduan-menengah", "pemeriksaan", None, None, "5/1/2026"])
        for place, value in ((7, "6/1/2026"), (8, "Fitri Teladani"), (12, "Kartu keluarga")):
            book[OPEN].cell(3, place).value = value

    answer = bring(desk, edited(desk.get(f"{PAGE}/formulir/").data, fill))
    assert answer.status_code == 200
    assert "Ambil alih 1 berkas?" in answer.text
    assert "1 berkas tanpa nomor sudah melewati langkah pemberian nomor" in answer.text


@pytest.mark.sqlite
def test_an_office_without_a_published_sop_is_told_what_comes_first(
    app: Flask, office: Office
) -> None:
    bare = Office(key="baru", name=["Dinas Baru"], government="Kota", timezone="Asia/Jakarta")
    db.session.add(bare)
    db.session.flush()
    post = Post(office=bare, key="admin", title="Administrator", capabilities=["manage_office"])
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    db.session.add(post)
    db.session.flush()
    client.log_in(factories.make_user("admin.baru", post))
    answer = client.get(f"{PAGE}/")
    assert "Belum ada SOP yang terbit" in answer.text
    assert "Unduh formulir" not in answer.text


# -- two presses -----------------------------------------------------------------------------


def test_the_page_says_what_will_be_taken_over_and_only_the_second_press_does_it(
    app: Flask, desk: OfficeClient, office: Office
) -> None:
    before = how_many()
    answer = bring(desk, register([going()], [ended()], [COUNT]))
    said = words(answer)
    assert "Ambil alih 2 berkas? Belum ada yang berubah." in said
    assert "Prosedur Tetap Pelayanan Pengaduan Skala Menengah 1 1" in said
    assert "ADU-2025-0001 ADU-2025-0311" in said
    assert "ADU-2026-0001 ADU-2026-0042" in said
    assert "ADU-2026-0007 Kartu keluarga belum terbit langkah 6 · Kepala Dinas" in said
    assert how_many() == before

    answer = press(desk, asked(answer))
    assert answer.status_code == 302
    said = words(desk.get(answer.location))
    assert "2 berkas sudah diambil alih. Nomor berikutnya: ADU-2025-0311, ADU-2026-0042." in said
    assert how_many() == (2, 2)
    assert kept(app) == []  # it held names and telephones


def real_times(client: OfficeClient, case: Case) -> list[str]:
    """What the table of the SOP says of each row's real time; nothing where it is a number."""
    page = client.get(f"/pengaduan/details/?id={case.id}").text
    cells = re.findall(r'<td class="real"[^>]*>(.*?)</td>', page, re.DOTALL)
    return ["" if "<" in one else one.strip() for one in cells]


def test_what_was_taken_over_is_met_in_the_daily_work(
    app: Flask, desk: OfficeClient, office: Office
) -> None:
    press(desk, asked(bring(desk, register([going(note="Map biru")], [ended()]))))
    case = db.session.scalars(select(Case).where(Case.number == "ADU-2026-0007")).one()
    old = db.session.scalars(select(Case).where(Case.number == "ADU-2025-0310")).one()
    head = app.test_client()
    assert isinstance(head, OfficeClient)
    head.log_in(factories.user_of(office, "kadis"))

    assert "Kartu keluarga belum terbit" in head.get("/").text
    page = words(head.get(f"/pengaduan/details/?id={case.id}"))
    assert "Diambil alih dari buku register" in page
    assert "Alasan: Diambil alih dari buku 2026.xlsx, lembar Berkas berjalan baris 2." in page
    assert "Map biru" in page
    assert "Suratnya masih di kertas, di dalam map berkas." in page
    assert "Surat bersih dicetak" not in page
    assert real_times(head, case) == ["di kertas"] * 5 + ["", "belum", "belum"]
    page = words(head.get(f"/pengaduan/details/?id={old.id}"))
    assert "Diambil alih dari buku register" in page
    assert real_times(head, old) == ["di kertas"] * 8
    assert head.get("/cari?q=gita").text.count("ADU-2025-0310") >= 1
    listed = head.get("/pengaduan/export/")
    rows = load_workbook(io.BytesIO(listed.data)).active
    assert rows is not None
    found = {str(cell.value) for row in rows.iter_rows() for cell in row}
    listed.close()
    assert {"ADU-2026-0007", "ADU-2025-0310"} <= found
    assert head.get(f"/pengaduan/receipt/?id={case.id}").status_code == 200


@pytest.mark.sqlite
def test_the_page_of_a_case_from_paper_is_whole_at_every_step(
    desk: OfficeClient, office: Office, ambon: Office
) -> None:
    for key, code in ((office.key, "pengaduan-menengah"), (ambon.key, "bantuan-qurban")):
        place = factories.office_of(key)
        rows = [
            {**row_for(place, code, step.key), "subject": f"Perihal {step.key}"}
            for step in known_of(place, factories.NOW).sops[code].procedure.steps
        ]
        desk.log_in(factories.user_of(place, ADMINISTRATOR))
        press(desk, asked(bring(desk, register(rows))))
        head = factories.user_of(place, "kadis" if place is office else "kabag")
        desk.log_in(head)
        cases = db.session.scalars(select(Case).where(Case.office_id == place.id))
        slug = "pengaduan" if place is office else "proposal-qurban"
        for case in list(cases):
            answer = desk.get(f"/{slug}/details/?id={case.id}")
            assert answer.status_code == 200, case.step
            assert "Diambil alih dari buku register" in answer.text
    for recap in list(db.session.scalars(select(Recapitulation.id))):
        assert desk.get(f"/rekapan/details/?id={recap}").status_code == 200


def test_the_second_press_a_second_time_does_nothing(desk: OfficeClient, office: Office) -> None:
    fields = asked(bring(desk, register([going()])))
    assert press(desk, fields).status_code == 302
    answer = press(desk, fields)
    assert answer.status_code == 409
    assert "sudah tidak ada" in answer.text
    assert how_many()[0] == 1


def test_two_administrators_bring_the_same_form(
    app: Flask, desk: OfficeClient, office: Office
) -> None:
    other = app.test_client()
    assert isinstance(other, OfficeClient)
    post = factories.post_of(office, ADMINISTRATOR)
    other.log_in(factories.make_user("administrator.kedua", post))
    data = register([going(number=None)], [ended()])
    mine, theirs = asked(bring(desk, data)), asked(bring(other, data))
    assert press(desk, mine).status_code == 302
    assert press(other, theirs).status_code == 409
    assert how_many()[0] == 2
    answer = bring(other, data)
    assert answer.status_code == 422
    assert "sudah ada di Paraf (ADU-2026-0001)" in answer.text


def test_where_something_changed_meanwhile_the_page_asks_again(
    desk: OfficeClient, office: Office
) -> None:
    fields = asked(bring(desk, register([going(number=None)])))
    factories.make_case(office, "pengaduan-umum", "arahan")
    before = how_many()
    answer = press(desk, fields)
    assert answer.status_code == 409
    assert "Ada yang berubah sementara itu." in answer.text
    assert how_many() == before
    assert press(desk, asked(answer)).status_code == 302
    assert how_many()[0] == 2


def test_a_row_that_came_in_meanwhile_is_named_at_the_second_press(
    desk: OfficeClient, office: Office
) -> None:
    fields = asked(bring(desk, register([going(number="ADU-2026-0001")])))
    factories.make_case(office, "pengaduan-umum", "arahan")
    before = how_many()
    answer = press(desk, fields)
    assert answer.status_code == 422
    assert "Nomor ini sudah ada di Paraf." in answer.text
    assert how_many() == before


# -- forged and foreign ----------------------------------------------------------------------


def test_a_forged_hash_opens_nothing(desk: OfficeClient, office: Office, app: Flask) -> None:
    fields = asked(bring(desk, register([going()])))
    secret = app.extensions["settings"].data_dir / "secret_key"
    secret.write_text("rahasia", encoding="ascii")
    before = how_many()
    for forged in ("", "x", "0" * 64, "../../secret_key", fields["file"].upper(), "\0" * 64):
        assert press(desk, {**fields, "file": forged}).status_code == 409, forged
        query = {"berkas": forged}
        assert desk.get(f"{PAGE}/perbaikan/", query_string=query).status_code == 404, forged
    for forged in ("", "0" * 64):
        assert press(desk, {**fields, "seen": forged}).status_code == 409
    assert how_many() == before


def test_a_kept_file_that_was_tampered_with_is_not_taken(
    app: Flask, desk: OfficeClient, office: Office
) -> None:
    fields = asked(bring(desk, register([going()])))
    (file,) = kept(app)
    file.write_bytes(register([going(subject="Lain")]))
    assert press(desk, fields).status_code == 409
    assert how_many()[0] == 0


def test_another_office_finds_neither_the_form_nor_its_faults(
    app: Flask, desk: OfficeClient, office: Office, ambon: Office
) -> None:
    sound = asked(bring(desk, register([going()])))
    faulty = register([going(step="mana")])
    link = re.search(r"berkas=([0-9a-f]{64})", bring(desk, faulty).text)
    assert link is not None
    stranger = app.test_client()
    assert isinstance(stranger, OfficeClient)
    stranger.log_in(factories.user_of(ambon, ADMINISTRATOR))
    assert press(stranger, sound).status_code == 409
    assert stranger.get(f"{PAGE}/perbaikan/?berkas={link[1]}").status_code == 404
    assert desk.get(f"{PAGE}/perbaikan/?berkas={link[1]}").status_code == 200
    assert how_many()[0] == 0


def test_only_who_manages_the_office_may(app: Flask, office: Office) -> None:
    data = register([going()])
    for post in ("kadis", "petugas-pengaduan", "kasubbag-umum"):
        client = app.test_client()
        assert isinstance(client, OfficeClient)
        client.log_in(factories.user_of(office, post))
        assert client.get(f"{PAGE}/").status_code == 403
        assert bring(client, data).status_code == 403
        assert "Mulai di tengah tahun" not in client.get("/").text
    assert how_many()[0] == 0


# -- faults ----------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_every_fault_stands_on_the_page_with_its_row_and_column(desk: OfficeClient) -> None:
    answer = bring(desk, register([going(step="mana", since="besok")]))
    assert answer.status_code == 422
    said = words(answer)
    assert "2 hal harus diperbaiki Tidak ada yang berubah." in said
    assert "“besok” bukan tanggal." in said
    assert "Berkas berjalan, baris 2 Di langkah ini sejak" in said
    assert "Ambil alih" not in said


@pytest.mark.sqlite
def test_of_very_many_faults_the_first_stand_on_the_page_and_all_in_the_marked_form(
    desk: OfficeClient,
) -> None:
    rows = [going(number=f"ADU-2026-{n:04}", step="mana") for n in range(1, 231)]
    answer = bring(desk, register(rows))
    assert "230 hal harus diperbaiki" in answer.text
    assert "200 yang pertama tampil di bawah" in answer.text
    assert answer.text.count("tidak mempunyai langkah") == 200
    link = re.search(rf'href="({PAGE}/perbaikan/[^"]+)"', answer.text)
    assert link is not None
    sheet = load_workbook(io.BytesIO(desk.get(link[1]).data))[OPEN]
    last = [cell.value for cell in next(sheet.iter_rows(min_row=1, max_row=1))].index(MEND) + 1
    marked = [sheet.cell(row, last).value for row in range(2, 232)]
    assert all(str(one).startswith("Langkah: SOP ini tidak mempunyai langkah") for one in marked)


@pytest.mark.sqlite
def test_what_is_no_workbook_is_told_above_the_file(
    desk: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (gate, views.takeover):
        monkeypatch.setattr(room, "MOST_BYTES", 20_000)
    for data, why in (
        (b"", "Berkas ini kosong."),
        (b"No;Nama\n1;Fitri\n", "bukan buku kerja Excel"),
        (b"PK\x03\x04" + b"x" * 400, "rusak, atau dikunci"),
        (register([going()]) + b"\0" * 20_000, "lebih dari 5 MB"),
    ):
        answer = bring(desk, data)
        assert (answer.status_code, why in answer.text) == (422, True), why
    answer = desk.post(f"{PAGE}/periksa/")
    assert (answer.status_code, "Pilih formulir" in answer.text) == (422, True)


@pytest.mark.sqlite
def test_what_somebody_typed_cannot_become_part_of_the_page(desk: OfficeClient) -> None:
    script = "<script>alert(1)</script>"
    answer = bring(desk, register([going(step=script, subject=script)]), f"{script}.xlsx")
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text
    answer = bring(desk, register([going(subject=script)]), f'"{script}.xlsx')
    assert "<script>alert" not in answer.text


@pytest.mark.sqlite
def test_a_form_that_nobody_confirms_is_not_kept_for_long(app: Flask, desk: OfficeClient) -> None:
    bring(desk, register([going()]))
    (old,) = kept(app)
    yesterday = time.time() - drafts.KEPT - 60
    os.utime(old, (yesterday, yesterday))
    bring(desk, register([going(number="ADU-2026-0008")]))
    assert old not in kept(app)
    assert len(kept(app)) == 1
