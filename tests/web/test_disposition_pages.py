"""Where dispositions are met beside their letter: inbox, list, lembar disposisi."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from models import Office
from tests import factories
from tests.statements import counted
from tests.web.dispositions import SUBJECT, Round, hidden_of, rows, to

pytestmark = pytest.mark.sqlite
PPPA = "Kepala Bidang Pemberdayaan Perempuan dan Perlindungan Anak"


@pytest.fixture
def round_(app: Flask, sampang: Office) -> Round:
    """A letter that the head has given to two Kabid until Friday, and one has passed on."""
    found = Round(app, sampang)
    more = {"information": [found.post_id("sekretaris")], "deadline_on": "2026-01-16"}
    found.give("kadis", "kabid-pppa", ["kabid-rehsos"], instructions="Kunjungi.", **more)
    found.wait()
    found.give("kabid-pppa", "petugas-puspaga", instructions="Temui RT.")
    found.wait()
    return found


def group(text: str, key: str) -> str:
    """The part of the inbox that one group takes."""
    return text.split(f'id="{key}"')[1].split("</section>")[0] if f'id="{key}"' in text else ""


def count(text: str) -> str:
    """The figure beside Kotak kerja."""
    found = re.search(r'Kotak kerja<span class="count">(\d+)</span>', text)
    return found[1] if found else ""


def test_the_inbox_has_what_is_for_me_and_what_comes_back_to_me(
    round_: Round, sampang: Office
) -> None:
    text = round_.client("kabid-rehsos").get("/").text
    assert count(text) == "1"
    mine = group(text, "untuk-anda")
    for words in (
        SUBJECT,
        "Belum dibaca.",
        "Dari Kepala Dinas",
        "Sisa 4 hari kerja",
        "agenda 1/2026",
    ):
        assert words in mine
    assert group(round_.client("kadis").get("/").text, "dari-anda") == ""
    round_.page("kabid-rehsos")
    assert "Belum dibaca." not in group(round_.client("kabid-rehsos").get("/").text, "untuk-anda")
    round_.press("kabid-rehsos", "report", to(sampang, "kabid-rehsos"), report="Selesai.")
    assert group(round_.client("kabid-rehsos").get("/").text, "untuk-anda") == ""
    text = round_.client("kadis").get("/").text
    assert "Baca laporan" in group(text, "dari-anda")
    assert count(text) == "1"
    told = round_.client("sekretaris")
    assert "untuk diketahui" in group(told.get("/").text, "untuk-anda")
    round_.page("sekretaris")  # it is over when it has been read
    assert group(told.get("/").text, "untuk-anda") == ""


@pytest.mark.sqlite
def test_a_letter_waits_in_the_inbox_until_something_became_of_it(
    app: Flask, sampang: Office
) -> None:
    round_ = Round(app, sampang)
    head = round_.client("kadis")
    text = head.get("/").text
    assert "Belum dibaca." in group(text, "surat-untuk-anda")
    assert count(text) == "1"
    round_.page("kadis")
    text = head.get("/").text
    waiting = group(text, "surat-untuk-anda")
    assert count(text) == "1"  # what was read is not done
    assert SUBJECT in waiting
    assert "Belum dibaca." not in waiting
    assert group(round_.client("sekretaris").get("/").text, "surat-untuk-anda") == ""
    round_.give("kadis", "kabid-pppa")
    text = head.get("/").text
    assert group(text, "surat-untuk-anda") == ""
    assert count(text) == ""


@pytest.mark.sqlite
def test_who_is_only_told_of_a_letter_does_not_file_it(round_: Round) -> None:
    told = round_.client("sekretaris")  # who has not read it yet: then it would be over
    data = {"id": str(round_.letter_id), "number": "ADU-2026-0001"}
    for deed in ("archive", "join"):
        answer = told.post(f"/surat-masuk/{deed}/", data=data)
        assert answer.status_code == 422
        assert "Arsipkan surat" not in answer.text
    assert "Arsipkan surat" in round_.page("kabid-pppa")


def test_what_is_overdue_stands_on_both_desks(round_: Round) -> None:
    round_.wait(days=8)  # Friday is a day off: it was due on Monday
    assert "Lewat 2 jam" in group(round_.client("kabid-pppa").get("/").text, "untuk-anda")
    given = group(round_.client("kadis").get("/").text, "dari-anda")
    assert given.count("<li>") == 2
    assert "Belum ada laporan" in given
    assert "Lewat 2 jam" in given
    text = round_.client("kadis").get("/disposisi/?flt1_keadaan=late").text
    assert text.count('class="tag late"') == 3
    assert "untuk diketahui" not in text.split("<tbody>")[1]


def is_of_the_menu(statement: str) -> bool:
    """Whether it counts for every page's menu."""
    return statement.startswith("SELECT procedure_versions.")


def test_the_inbox_asks_one_statement_for_letters_and_one_for_all_dispositions(
    app: Flask, round_: Round
) -> None:
    client = round_.client("kabid-pppa")
    with app.app_context(), counted() as before:
        client.get("/")
    for _ in range(3):
        more = Round(app, round_.office)
        more.give("kadis", "kabid-pppa")
    client = more.client("kabid-pppa")
    with app.app_context(), counted() as after:
        assert group(client.get("/").text, "untuk-anda").count("<li>") == 4
    assert len(after) == len(before)
    groups = [one for one in after if "FROM dispositions" in one and not is_of_the_menu(one)]
    assert len(groups) <= 2


def test_the_list_has_those_of_letters_with_state_and_leader_and_filters_by_state(
    round_: Round, sampang: Office
) -> None:
    head = round_.client("kadis")
    text = head.get("/disposisi/").text
    assert text.count("penanggung jawab</div>") == 2
    assert f'<a href="{round_.address}#disposisi">' in text
    for state, found in (("given", 3), ("begun", 1), ("closed", 0), ("reported", 0)):
        page = head.get(f"/disposisi/?flt1_keadaan={state}").text
        assert page.count("/disposisi/sheet/?id=") == found, state
    assert "Sisa 4 hari kerja" in text
    answer = head.get("/disposisi/export/")
    book = load_workbook(BytesIO(answer.data))
    answer.close()
    lines = [[str(cell) for cell in line] for line in book.active.iter_rows(values_only=True)]
    assert any("Proses lebih lanjut\nKunjungi." in line for line in lines)
    for post, seen in (("kabid-rehsos", 1), ("petugas-puspaga", 1), ("petugas-rehsos", 0)):
        page = round_.client(post).get("/disposisi/").text
        assert page.count("/disposisi/sheet/?id=") == seen, post


def test_the_sheet_is_that_of_the_paper_with_the_whole_chain(
    round_: Round, sampang: Office
) -> None:
    below = to(sampang, "petugas-puspaga")
    client = round_.client("petugas-puspaga")
    text = client.get(f"/disposisi/sheet/?id={below.id}").text
    for words in ("Surat dari", "Camat Contoh Hulu", "No. Agenda", "1/2026", "Paraf dan tanggal"):
        assert words in text
    assert "KEPALA DINAS," in text  # the sheet is that of the head, with what came of it
    assert "Batas waktu: <b>Jumat, 16 Januari 2026</b>" in text
    assert text.split("<tbody>")[1].count("<tr>") == 4
    file = client.get(f"/disposisi/sheet/word/?id={below.id}")
    assert "lembar-disposisi-1-2026.docx" in file.headers["Content-Disposition"]
    tables = Document(BytesIO(file.data)).tables
    form = "\n".join(cell.text for row in tables[0].rows for cell in row.cells)
    assert "☒\tProses lebih lanjut" in form
    assert "☐\tPantau" in form
    assert "Sifat\t: ☐ Sangat segera" in form
    chain = [[cell.text for cell in row.cells] for row in tables[1].rows[1:]]
    assert [(one[2], one[3]) for one in chain] == [
        ("1", PPPA),
        ("1", "Petugas PUSPAGA Rato Ebu"),
        ("☒", "Kepala Bidang Rehabilitasi Sosial"),
        ("☒", "Sekretaris (untuk diketahui)"),
    ]


def test_a_sheet_that_the_sop_gave_and_one_of_a_case_beside_it_are_two_papers(
    app: Flask, sampang: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW.replace(hour=4)
    case_id = factories.make_case(sampang, "pengaduan-puspaga", "klarifikasi").id
    given = rows(case_id=case_id)
    assert [one.duty.value for one in given] == ["responsible"]
    client = app.test_client().log_in(factories.user_of(sampang, "kabid-pppa"))  # type: ignore[attr-defined]
    address = f"/pengaduan/details/?id={case_id}"
    page = client.get(address).text
    hidden = hidden_of(page, "/dispose/")
    assert '(sekarang) <span class="sub">sejak ' in page  # at whose desk, and since when
    assert page.split('id="disposisi"')[1].count("Kepala Dinas → ") == 1
    below = str(factories.post_of(sampang, "petugas-puspaga").id)
    typed = {**hidden, "lead": below, "ticks": ["pelajari"]}
    assert client.post("/pengaduan/dispose/", data=typed).status_code == 302
    text = client.get(f"/disposisi/sheet/?id={given[0].id}").text
    assert "☒</span> Pelajari/kaji" not in text  # that stands in the chain, not on the head's sheet
    assert "Pelajari/kaji" in text.split("<tbody>")[1]


def test_what_is_ticked_where_the_sop_disposes_stands_on_the_sheet(
    app: Flask, sampang: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW.replace(hour=4)
    case_id = factories.make_case(sampang, "pengaduan-puspaga", "disposisi").id
    client = app.test_client().log_in(factories.user_of(sampang, "kadis"))  # type: ignore[attr-defined]
    page = client.get(f"/pengaduan/details/?id={case_id}").text
    typed = {**hidden_of(page, "/step/forward/"), "unit": "pppa", "ticks": ["tanggapi"]}
    forged = client.post("/pengaduan/step/forward/", data={**typed, "ticks": ["bakar"]})
    assert forged.status_code == 422
    assert client.post("/pengaduan/step/forward/", data=typed).status_code == 302
    row = rows(case_id=case_id)[-1]
    assert (row.to_post.key, row.ticks) == ("kabid-pppa", ["tanggapi"])
    assert "☒</span> Tanggapan dan saran" in client.get(f"/disposisi/sheet/?id={row.id}").text
