"""The page of an SOP: the paper as a table, what was read into it, what was checked and where."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.shared import Mm

from backoffice.workflow import publishing
from models import Office, ProcedureVersion, db
from tests import factories
from tests.client import OfficeClient
from tests.forms import fields_of

pytestmark = pytest.mark.sqlite


@pytest.fixture
def eka(ambon: Office, client: OfficeClient) -> OfficeClient:
    """The browser of who keeps the SOPs of the Kesra."""
    return client.log_in(factories.user_of(ambon, "administrator"))


def address_of(office: Office, code: str, page: str) -> str:
    return f"/sop/{page}/?id={factories.version_of(office, code).id}"


def words(html: str) -> str:
    """What is read on a page, without its tags."""
    html = re.sub(r"</?code>", "`", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_page_shows_the_paper_row_by_row_with_what_was_read_into_it(
    ambon: Office, eka: OfficeClient
) -> None:
    page = eka.get(address_of(ambon, "pengaduan", "details")).text
    table = page[page.index('<table class="sop">') : page.index("</table>")]
    rows = re.findall(r'<td class="no">(\d+)</td>', table)
    assert rows == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert "Hasul Revolusi kemudian dapat dijadikan" in table
    below = words(page[page.index("</table>") :])
    assert "Bacaan dan tambahan" in below
    assert "SOP secara keseluruhan Bagan pada kertas tanpa nomor dan tanpa waktu" in below
    assert "Langkah 5 Tim Analisis menurut bagan" in below


def test_whoever_works_by_an_sop_reads_and_prints_it_but_writes_nothing(
    ambon: Office, client: OfficeClient
) -> None:
    staff = client.log_in(factories.user_of(ambon, "petugas-pengaduan"))
    text = factories.version_of(ambon, "bantuan-qurban").source_text
    text = re.sub(r"(?m)^title: .*$", "title: Qurban tahun depan", text)
    draft = publishing.save_draft(ambon, text, code="bantuan-qurban").id
    listed = staff.get("/sop/").text
    assert "SOP Sistim Pengelolaan Pengaduan" in listed
    assert "Qurban tahun depan" not in listed  # nobody works by a draft
    assert "Tulis SOP baru" not in listed
    page = staff.get(address_of(ambon, "pengaduan", "details")).text
    assert "Hasul Revolusi kemudian dapat dijadikan" in page
    assert "Bacaan dan tambahan" in page
    for kept in ("Naskah SOP", "Hasil pemeriksaan", "Tulis versi berikutnya"):
        assert kept not in page
    for way in ("print", "word", "drawing"):
        assert staff.get(address_of(ambon, "pengaduan", way)).status_code == 200
    for way in ("edit", "publish"):
        assert staff.get(address_of(ambon, "pengaduan", way)).status_code == 404
        assert staff.post(address_of(ambon, "pengaduan", way)).status_code == 404
    assert staff.get("/sop/new/").status_code == staff.post("/sop/new/").status_code == 404
    assert staff.get(f"/sop/details/?id={draft}").status_code == 404


def test_the_defects_of_the_paper_stay_readable_on_the_page_of_the_version(
    ambon: Office, eka: OfficeClient
) -> None:
    page = words(eka.get(address_of(ambon, "pengaduan", "details")).text)
    assert "1 peringatan. Peringatan tidak menghalangi penerbitan" in page
    assert "Standar waktu belum ditetapkan: langkah 1, 2, 3, 4, 5, 6, 7, 8." in page


def test_errors_come_first_each_with_its_place_its_line_and_what_to_do(
    ambon: Office, eka: OfficeClient
) -> None:
    address = address_of(ambon, "bantuan-qurban", "edit")
    typed = fields_of(eka.get(address).text)
    text = typed["source_text"].replace("to: rekapan\n", "to: rekap\n", 1)
    text = text.replace("    time: 1 menit\n", "", 1)
    page = eka.post(address, data=typed | {"source_text": text, "do": "check"}).text
    said = words(page)
    assert "1 kesalahan. Perbaiki kesalahannya dahulu" in said
    line = text[: text.index("to: rekap\n")].count("\n") + 1
    said = said[said.index("Kesalahan baris") :]
    assert said.startswith(
        f"Kesalahan baris {line} Langkah 2 (Memeriksa Proposal bila memnuhi syarat diajukan…), "
        "tombol «Ajukan ke rekapan» Langkah `rekap` tidak ada. Maksud Anda `rekapan`? "
        "Perbaiki kuncinya, atau tulis langkah itu. to: rekap"
    )
    assert f'data-line="{line}"' in page


def test_a_draft_with_an_error_shows_its_text_and_no_table(
    ambon: Office, eka: OfficeClient
) -> None:
    address = address_of(ambon, "bantuan-qurban", "edit")
    typed = fields_of(eka.get(address).text)
    text = typed["source_text"].replace("to: rekapan\n", "to: rekap\n", 1)
    answer = eka.post(address, data=typed | {"source_text": text, "do": "save"})
    assert answer.status_code == 302
    page = eka.get(answer.headers["Location"]).text
    assert '<table class="sop">' not in page
    assert 'href="#baris-' in page
    db.session.rollback()
    drafts = db.session.query(ProcedureVersion).filter_by(state="draft").all()
    assert [one.findings[0]["where"].partition(" (")[0] for one in drafts] == ["Langkah 2"]


def heard(html: str) -> list[str]:
    """What the drawing says to who does not see it, row by row."""
    found = re.findall(r'<div class="say">(.*?)</div></td>', html)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_the_pages_to_print_say_what_the_page_on_the_screen_says(
    ambon: Office, eka: OfficeClient
) -> None:
    shown = eka.get(address_of(ambon, "bantuan-qurban", "details")).text
    printed = eka.get(address_of(ambon, "bantuan-qurban", "print")).text
    assert heard(printed) == heard(shown)
    said, head = words(printed), factories.post_of(ambon, "kabag").title
    for one in ("Nomor SOP", f"Disahkan oleh {head}", "lembar 1 dari 1", "Bacaan dan tambahan"):
        assert one in said
    assert "Persyaratan Proposal" in said[said.index("Standar pelayanan") :]


def test_the_paper_is_f4_unless_a4_is_asked_for(ambon: Office, eka: OfficeClient) -> None:
    address = address_of(ambon, "pengaduan", "print")
    for asked, given in (
        ("", "f4"),
        ("&kertas=f4", "f4"),
        ("&kertas=a4", "a4"),
        ("&kertas=x", "f4"),
    ):
        assert f'class="paper {given}"' in eka.get(address + asked).text


def test_the_word_file_is_the_sop_on_the_paper_that_was_asked_for(
    ambon: Office, eka: OfficeClient
) -> None:
    answer = eka.get(address_of(ambon, "pengaduan", "word") + "&kertas=a4")
    assert "sop-pengaduan-1-a4.docx" in answer.headers["Content-Disposition"]
    file = docx.Document(io.BytesIO(answer.data))
    assert file.sections[0].page_width == pytest.approx(Mm(297), rel=0.001)
    said = " ".join(one.text or "" for one in file.element.body.iter("{*}t"))
    assert "Hasul Revolusi kemudian dapat dijadikan" in said
    assert factories.user_of(ambon, "kabag").name in said
    told = [one.get("descr") for one in file.element.body.iter("{*}docPr")]
    assert told == heard(eka.get(address_of(ambon, "pengaduan", "print")).text)


def test_a_draft_is_printed_as_one_and_only_while_nothing_in_it_is_wrong(
    ambon: Office, eka: OfficeClient
) -> None:
    address = address_of(ambon, "bantuan-qurban", "edit")
    typed = fields_of(eka.get(address).text)
    title = typed["source_text"].replace("title: Prosedur", "title: Naskah", 1)
    kept = eka.post(address, data=typed | {"source_text": title, "do": "save"})
    page = kept.headers["Location"].replace("details", "print")
    assert "Versi 2 · Naskah: belum berlaku" in words(eka.get(page).text)
    address = kept.headers["Location"].replace("details", "edit")
    typed = fields_of(eka.get(address).text)
    wrong = title.replace("to: rekapan\n", "to: rekap\n", 1)
    eka.post(address, data=typed | {"source_text": wrong, "do": "save"})
    assert eka.get(page).status_code == 404
    assert eka.get(page.replace("print", "word")).status_code == 404
