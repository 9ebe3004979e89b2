"""Papers an SOP has ready for a step: on the page of the case, filled, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from flask import Flask

from backoffice.letters.stories import stories
from backoffice.letters.tags import read_sentence
from backoffice.workflow.batch import row_of
from models import Case, Office
from seed import walking
from seed.walking import Story, act
from tests import factories
from tests.client import OfficeClient

pytestmark = pytest.mark.sqlite
FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def clock(app: Flask) -> None:
    """The day of the walks."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(days=2)


def printed(client: OfficeClient, address: str) -> str:
    """Everything the Word file at an address says."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, FILE)
    found = stories(Document(BytesIO(answer.data)))
    return "\n".join(read_sentence(one).text for part in found for one in part.paragraphs())


def holder(client: OfficeClient, office: Office, post: str) -> OfficeClient:
    """The holder of a post, logged in."""
    client.log_in(factories.user_of(office, post))
    return client


def paper(slug: str, case: Case, kind: str) -> str:
    """Where a paper of a case is printed."""
    return f"/{slug}/paper/?id={case.id}&kind={kind}"


def test_the_form_for_a_service_is_printed_before_it_is_signed_and_only_then(
    client: OfficeClient, satpol: Office
) -> None:
    case = factories.make_case(satpol, "pengaduan-langsung", "penerimaan")
    officer = holder(client, satpol, "petugas-layanan")
    page = officer.get(f"/pengaduan/details/?id={case.id}").text
    assert "Form penerimaan layanan" in page
    form = printed(officer, paper("pengaduan", case, "form-penerimaan-layanan"))
    assert "☐\nLayanan konsultasi" in form
    assert f"Nomor berkas: {case.number}" in form
    assert factories.user_of(satpol, "petugas-layanan").name in form
    for other in ("berita-acara-serah-terima", "surat-balasan", "../office", "daftar-rekapan", ""):
        assert officer.get(paper("pengaduan", case, other)).status_code == 404

    act(case.id, "close", now=factories.after(case))
    assert officer.get(paper("pengaduan", case, "form-penerimaan-layanan")).status_code == 404


def test_a_letter_that_was_promised_is_offered_with_the_reason_until_it_is_told(
    client: OfficeClient, satpol: Office
) -> None:
    story = Story(notes={"klarifikasi": "Lokasinya berada di luar wilayah."})
    case = factories.make_case(satpol, "pengaduan-tidak-langsung", "klarifikasi", story=story)
    act(case.id, "reject", now=factories.after(case), story=story)
    officer = holder(client, satpol, "petugas-layanan")
    address = paper("pengaduan", case, "surat-pemberitahuan")
    page = officer.get(f"/pengaduan/details/?id={case.id}").text.replace("&amp;", "&")
    assert page.count(f'href="{address}"') == 2  # beside the duty, and among the papers
    letter = printed(officer, address)
    assert "tidak dapat ditindaklanjuti dengan alasan sebagai berikut" in letter
    assert "Lokasinya berada di luar wilayah." in letter
    assert "None" not in letter


def test_a_paper_is_for_who_may_open_the_case(
    client: OfficeClient, satpol: Office, dukcapil: Office
) -> None:
    case = factories.make_case(satpol, "pengaduan-langsung", "penerimaan")
    address = paper("pengaduan", case, "form-penerimaan-layanan")
    assert client.get(address).status_code == 302
    assert holder(client, dukcapil, "kadis").get(address).status_code == 404


def test_a_handover_is_written_out_with_day_parties_and_goods(
    client: OfficeClient, ambon: Office
) -> None:
    story = Story(fields={"jumlah_disetujui": 2})
    case = factories.make_case(ambon, "bantuan-qurban", "penyerahan", story=story)
    head = holder(client, ambon, "kabag")
    minutes = printed(head, paper("proposal-qurban", case, "berita-acara-serah-terima"))
    assert "Rabu tanggal Empat Belas bulan Januari tahun Dua Ribu Dua Puluh Enam" in minutes
    assert "Hewan Qurban (Sapi)" in minutes
    assert "2 (dua) ekor" in minutes
    assert "selanjutnya disebut PIHAK KEDUA" in minutes


def test_the_lists_of_a_rekapan_have_a_row_for_each_case_and_a_total(
    client: OfficeClient, ambon: Office
) -> None:
    story = Story(fields={"nama_kelompok": "Masjid Al-Contoh", "jumlah_dimohon": 3})
    case = factories.make_case(ambon, "bantuan-qurban", "koreksi", story=story)
    row = row_of(case)
    assert row is not None
    head = holder(client, ambon, "kabag")
    assert "Daftar rekapan" in head.get(f"/rekapan/details/?id={row.recapitulation_id}").text
    address = f"/rekapan/paper/?id={row.recapitulation_id}&kind="
    listed = printed(head, f"{address}daftar-rekapan").split("\n")
    row_at = listed.index(case.number or "")
    assert listed[row_at - 1 : row_at + 7] == [
        *("1.", case.number, "Masjid Al-Contoh", walking.PARTY["name"]),
        *(walking.PARTY["address"], "Sapi", "3", ""),
    ]
    assert listed[row_at + 7 : row_at + 10] == ["Jumlah: 1 (satu) berkas", "3", ""]
    for other in ("daftar-penerima", "surat-balasan"):  # nobody has approved anything yet
        assert head.get(f"{address}{other}").status_code == 404

    walking.bring(case.id, "pengetikan", when=factories.after, story=story)
    given = printed(head, f"{address}daftar-penerima")
    assert "DAFTAR PENERIMA\nHEWAN QURBAN" in given
    assert "Jumlah: 1 (satu) berkas\n2\n" in given
