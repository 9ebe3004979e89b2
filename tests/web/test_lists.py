"""Lists of cases: what a row says, what narrows it, what several rows may do, what it costs."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook

from backoffice.workflow.inputs import Inputs
from backoffice.workflow.opening import open_case
from models import Case, Office, Party, PartyRole, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted

MOST_STATEMENTS = 15
HEAVIEST = 60_000  # bytes of a page of 50 rows
SUBJECTS = (
    "KTP-el belum tercetak sejak Oktober 2025",
    "Antrean perekaman di Kecamatan Umpama tidak tertib dan melewati jam layanan",
    "Kartu Identitas Anak rusak saat diterima dan petugas menyatakan penggantian baru dapat "
    "diproses setelah tiga bulan sejak tanggal pengajuan pertama",
)


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, three in the afternoon."""
    moment = factories.NOW + timedelta(hours=6)
    app.config["NOW"] = lambda: moment
    return moment


def complaint(office: Office, step: str, **columns: str) -> Case:
    """A complaint at a step."""
    story = walking.Story(columns={"queue_number": "A-017", **columns})
    return factories.make_case(office, "pengaduan-menengah", step, story=story)


def fill(office: Office, rows: int) -> None:
    """So many complaints with long subjects and long names, just opened."""
    version = factories.version_of(office, "pengaduan-menengah")
    actor = factories.opener(version, factories.NOW)
    for n in range(rows):
        case = open_case(version, actor=actor, now=factories.NOW, inputs=Inputs())
        case.subject, case.channel = SUBJECTS[n % len(SUBJECTS)], "media_sosial"
        case.number = f"ADU-2026-{n + 1000}"
        name = "Raden Roro Kartika Percontohan Nusantara Wibisana"
        db.session.add(Party(case_id=case.id, role=PartyRole.REPORTER, name=name))
        db.session.commit()


def citra(client: OfficeClient, office: Office) -> OfficeClient:
    """The director, who sees the whole office."""
    return client.log_in(factories.user_of(office, "kadis"))


def test_a_row_says_what_it_is_whose_desk_how_long_and_the_one_next_action(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan", subject=SUBJECTS[0])
    text = citra(client, dukcapil).get("/pengaduan/").text
    assert f'href="/pengaduan/details/?id={case.id}">{SUBJECTS[0]}</a>' in text
    assert "ADU-2026-0001 · Fitri Teladani · Datang sendiri · skala menengah" in text
    assert "langkah 6 dari 8" in text
    assert "Sisa 1 hari kerja" in text
    assert ">Periksa</a>" in text


def test_a_list_shows_only_what_lies_in_the_scope(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", subject=SUBJECTS[0])
    dewi = client.log_in(factories.user_of(ambon, "kabag"))
    assert SUBJECTS[0] not in dewi.get("/pengaduan/").text
    assert SUBJECTS[0] not in dewi.get("/pengaduan/?search=KTP").text


NARROWED: dict[str, set[str]] = {
    "flt0_tahap=mine": {"periksa"},
    "flt0_tahap=open": {"periksa", "catat"},
    "flt0_tahap=waiting": {"terima"},
    "flt0_tahap=closed": set(),
    "flt1_waktu=late": {"catat"},
    "flt1_waktu=later": {"periksa"},
    "flt2_saluran=surat": {"terima"},
    "flt0_tahap=&flt1_waktu=&flt2_saluran=": {"periksa", "catat", "terima"},
    "search=PERIKSA": {"periksa"},
    "search=fitri+periksa": {"periksa"},
    "search=tidakada": set(),
}


def test_filters_and_search_narrow_the_list(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", subject="Perihal periksa")
    complaint(dukcapil, "arahan", subject="Perihal catat")
    complaint(dukcapil, "penerimaan", subject="Perihal terima", channel="surat")
    head, found = citra(client, dukcapil), {}
    for query in NARROWED:
        text = head.get(f"/pengaduan/?{query}").text
        found[query] = {one for one in ("periksa", "catat", "terima") if f"Perihal {one}" in text}
    assert found == NARROWED


def test_an_empty_list_says_so_and_offers_a_way_on(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    text = citra(client, dukcapil).get("/pengaduan/?flt0_tahap=void").text
    assert "Tahap: Batal" in text
    assert "0 pengaduan sesuai pilihan Anda" in text  # and not: none that you may see
    assert 'href="/pengaduan/"' in text


def test_a_page_of_fifty_rows_is_light_and_asks_little(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    fill(dukcapil, 52)
    head = citra(client, dukcapil)
    head.get("/pengaduan/")
    with counted() as statements:
        answer = head.get("/pengaduan/")
    assert answer.text.count("<tr>") == 51
    assert len(answer.data) <= HEAVIEST
    assert len(statements) <= MOST_STATEMENTS, statements
    assert "Halaman 1 dari 2" in answer.text
    desk = client.log_in(factories.user_of(dukcapil, "customer-service")).get("/")
    assert desk.text.count('<div class="due">') == 52
    assert len(desk.data) <= HEAVIEST


@pytest.mark.parametrize("address", ["/", "/disposisi/", "/surat/", "/rekapan/", "/cari?q=raden"])
def test_the_other_lists_ask_as_little(
    client: OfficeClient, dukcapil: Office, now: datetime, address: str
) -> None:
    for step in ("pemeriksaan", "pengiriman", "arahan"):
        complaint(dukcapil, step)
    head = citra(client, dukcapil)
    head.get(address)
    with counted() as statements:
        assert head.get(address).status_code == 200
    assert len(statements) <= MOST_STATEMENTS, statements


def ticked(*cases: Case, action: str = "forward") -> dict[str, object]:
    """The bulk form with these rows ticked."""
    return {"action": action, "rowid": [str(case.id) for case in cases], "back": "/pengaduan/"}


def confirmed(form: dict[str, object], *cases: Case, **more: object) -> dict[str, object]:
    """The form of the confirmation page."""
    versions = {f"version.{case.id}": str(case.version) for case in cases}
    return {**form, **versions, "confirmed": "1", **more}


def test_several_rows_are_shown_with_their_reasons_before_anything_changes(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    mine, other = complaint(dukcapil, "pemeriksaan"), complaint(dukcapil, "arahan")
    answer = citra(client, dukcapil).post(
        "/pengaduan/action/", data=ticked(mine, other, action="approve")
    )
    assert answer.status_code == 200
    assert "Setujui 1 pengaduan" in answer.text
    assert "Akan disetujui (1)" in answer.text
    assert "Dilewati (1)" in answer.text
    assert "berkas ini bukan di meja Anda" in answer.text
    db.session.rollback()
    assert {case.step for case in db.session.scalars(db.select(Case))} == {"pemeriksaan", "arahan"}


def test_the_second_press_acts_on_the_rows_as_they_were_shown(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    one, two = complaint(dukcapil, "pemeriksaan"), complaint(dukcapil, "pemeriksaan")
    form = confirmed(ticked(one, two, action="approve"), one, two, note="Baik")
    form[f"version.{two.id}"] = str(two.version - 1)
    answer = citra(client, dukcapil).post("/pengaduan/action/", data=form)
    assert answer.status_code == 302
    db.session.rollback()
    steps = {case.id: case.step for case in db.session.scalars(db.select(Case))}
    assert steps == {one.id: "pengiriman", two.id: "pemeriksaan"}
    text = client.get(answer.location).text
    assert "1 pengaduan disetujui." in text
    assert f"{two.number} dilewati" in text


def test_a_note_that_is_asked_for_all_is_not_forgotten(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    budi = client.log_in(factories.user_of(dukcapil, "kasubbag-umum"))
    form = confirmed(ticked(case), case, note=" ")
    refused = budi.post("/pengaduan/action/", data=form)
    assert refused.status_code == 422
    assert "Isi catatannya" in refused.text
    done = budi.post("/pengaduan/action/", data={**form, "note": "Jawab segera."})
    assert done.status_code == 302
    db.session.rollback()
    assert db.session.get_one(Case, case.id).step == "penyusunan"


def test_a_forged_row_of_another_office_is_skipped_without_a_word_about_it(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan", subject=SUBJECTS[0])
    dewi = client.log_in(factories.user_of(ambon, "kabag"))
    answer = dewi.post("/pengaduan/action/", data=ticked(case, action="approve"))
    assert SUBJECTS[0] not in answer.text
    dewi.post("/pengaduan/action/", data=confirmed(ticked(case, action="approve"), case))
    db.session.rollback()
    assert db.session.get_one(Case, case.id).step == "pemeriksaan"


def test_the_workbook_holds_the_rows_and_no_live_formula(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    complaint(dukcapil, "pemeriksaan", subject="=HYPERLINK(A1)")
    answer = citra(client, dukcapil).get("/pengaduan/export/")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    answer.close()
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert any(cell.value == "=HYPERLINK(A1)" for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
