"""Dispositions on the page of a letter: given, passed on, reported, closed, recalled, forged."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from models import DispositionState, Office, db
from tests import factories
from tests.web.dispositions import Round, everything, hidden_of, letter, rows, to

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
KABID = ("kabid-pppa", "kabid-rehsos")


@pytest.fixture
def round_(app: Flask, sampang: Office) -> Round:
    """A letter before the Kepala Dinas."""
    return Round(app, sampang)


@pytest.mark.sqlite
def test_the_head_gives_a_letter_to_two_kabid_and_tells_the_secretary(
    round_: Round, sampang: Office
) -> None:
    page = round_.page("kadis")
    assert "Sampang.Kabid-Pppa Contoh".lower() in page.lower()  # the holder stands by the post
    answer = round_.give(
        "kadis",
        "kabid-pppa",
        ["kabid-rehsos"],
        information=[round_.post_id("sekretaris"), round_.post_id("kabid-rehsos")],
        instructions="Kunjungi minggu ini.",
        urgency="segera",
        deadline_on="2026-01-16",
    )
    assert answer.status_code == 302
    given = rows()
    assert [(one.to_post.key, one.lead, one.duty.value) for one in given] == [
        ("kabid-pppa", True, "report"),
        ("kabid-rehsos", False, "report"),
        ("sekretaris", False, "information"),
    ]
    assert {(one.instructions, one.urgency, str(one.deadline_on)) for one in given} == {
        ("Kunjungi minggu ini.", "segera", "2026-01-16")
    }
    tree = round_.page("kadis").split('id="disposisi"')[1]
    assert tree.count("Belum dibaca") == 3
    assert "Proses lebih lanjut" in tree
    assert "Sudah menerima disposisi ini dari Anda." in round_.page("kadis")


@pytest.mark.sqlite
def test_a_sheet_with_gaps_is_shown_again_with_everything_that_was_typed(round_: Round) -> None:
    client = round_.client("kadis")
    hidden = hidden_of(client.get(round_.address).text, "/dispose/")
    typed = {"to": [round_.post_id("petugas-rehsos")], "deadline_on": "2026-01-09"}
    answer = client.post("/surat-masuk/dispose/", data={**hidden, **typed, "urgency": "segera"})
    assert answer.status_code == 422
    assert rows() == []
    form = answer.text.split('/dispose/"')[1].split("</form>")[0]
    assert "Pilih penanggung jawab." in form
    assert "Hari itu sudah lewat." in form
    assert "Centang satu instruksi" in form
    assert 'value="2026-01-09"' in form
    assert f'name="to" value="{typed["to"][0]}" checked' in form
    assert '<option selected value="segera">' in form
    assert '<details class="fold" open>' in form  # the chosen post stands further down


@pytest.mark.sqlite
def test_who_was_slower_keeps_his_text_and_the_second_press_of_a_button_does_nothing(
    round_: Round,
) -> None:
    slow, quick = round_.client("kadis"), round_.client("kadis")
    hidden = hidden_of(slow.get(round_.address).text, "/dispose/")
    first = {**hidden, **round_.sheet("kabid-pppa")}
    assert quick.post("/surat-masuk/dispose/", data=first).status_code == 302
    assert quick.post("/surat-masuk/dispose/", data=first).status_code == 302
    assert len(rows()) == 1
    round_.wait()
    late = {**hidden, **round_.sheet("kabid-rehsos"), "instructions": "Tulisan yang lama."}
    answer = slow.post("/surat-masuk/dispose/", data=late)
    assert answer.status_code == 409
    assert "Tulisan yang lama." in answer.text
    assert len(rows()) == 1
    again = {**late, **hidden_of(answer.text, "/dispose/")}
    assert slow.post("/surat-masuk/dispose/", data=again).status_code == 302
    assert len(rows()) == 2


def test_nobody_is_given_anything_but_down_the_own_chain(
    round_: Round, sampang: Office, dukcapil: Office
) -> None:
    round_.give("kadis", "kabid-pppa")
    before, client = everything(), round_.client("kabid-pppa")
    hidden = hidden_of(client.get(round_.address).text, "/dispose/")
    own = ("kadis", "sekretaris", "kabid-pppa", "kabid-rehsos", "petugas-rehsos", "inspektorat")
    foreign = str(factories.post_of(dukcapil, "kasubbag-umum").id)
    below = round_.post_id("petugas-puspaga")
    for forged in (*map(round_.post_id, own), foreign, "999999", "x"):
        for typed in (
            {"lead": forged},
            {"lead": below, "to": [forged]},
            {"lead": below, "information": [forged]},
        ):
            data = {**hidden, "ticks": ["proses"], **typed}
            assert client.post("/surat-masuk/dispose/", data=data).status_code == 422, typed
    for post in (foreign, round_.post_id("kadis")):
        data = {**hidden, **round_.sheet("petugas-puspaga"), "actor": f"{post}-{post}"}
        assert client.post("/surat-masuk/dispose/", data=data).status_code == 422, post
    assert everything() == before


def test_a_disposition_of_another_letter_or_office_is_not_there(
    app: Flask, round_: Round, sampang: Office, dukcapil: Office
) -> None:
    round_.give("kadis", "kabid-pppa")
    mine = to(sampang, "kabid-pppa")
    other = Round(app, sampang)
    other.give("kadis", "kabid-pppa")
    before, client = everything(), other.client("kabid-pppa")
    hidden = hidden_of(client.get(other.address).text, "/disposition/report/")
    for row in (str(mine.id), "999999", "x", ""):
        for verb in ("report", "begin", "recall", "settle", "give-back"):
            data = {**hidden, "row": row, "report": "Selesai.", "reason": "x", "note": "x"}
            answer = client.post(f"/surat-masuk/disposition/{verb}/", data=data)
            assert answer.status_code == 404, (row, verb)
    assert client.post("/surat-masuk/disposition/hapus/", data=hidden).status_code == 404
    stranger = app.test_client().log_in(factories.user_of(dukcapil, "kadis"))  # type: ignore[attr-defined]
    for address in (f"/disposisi/sheet/?id={mine.id}", f"/disposisi/sheet/word/?id={mine.id}"):
        assert stranger.get(address).status_code == 404
    assert stranger.post("/surat-masuk/disposition/report/", data=hidden).status_code == 404
    assert everything() == before


def test_a_recipient_cannot_close_and_a_giver_cannot_report(round_: Round, sampang: Office) -> None:
    round_.give("kadis", "kabid-pppa", ["kabid-rehsos"])
    row = to(sampang, "kabid-pppa")
    hidden = {"id": str(round_.letter_id), "row": str(row.id), "seen": row.state.value}
    before = everything()
    for post, verb in (("kadis", "report"), ("kadis", "begin"), ("kabid-rehsos", "report")):
        data = {**hidden, "report": "Selesai."}
        answer = round_.client(post).post(f"/surat-masuk/disposition/{verb}/", data=data)
        assert answer.status_code == 422, (post, verb)
    for post in ("kabid-pppa", "kabid-rehsos", "kadis"):
        answer = round_.client(post).post("/surat-masuk/disposition/settle/", data=hidden)
        assert answer.status_code == 422, post
    assert everything() == before


@pytest.mark.sqlite
def test_it_is_passed_on_reported_upwards_returned_once_and_closed_with_its_report(
    round_: Round, sampang: Office
) -> None:
    round_.give("kadis", "kabid-pppa", ["kabid-rehsos"], deadline_on="2026-01-16")
    page = round_.page("kabid-pppa")
    assert "Disposisi untuk Anda" in page
    assert "Paling lambat Jumat, 16 Januari 2026, sesuai batas waktu disposisi Anda" in page
    late = round_.give("kabid-pppa", "petugas-puspaga", deadline_on="2026-01-19")
    assert late.status_code == 422
    assert round_.give("kabid-pppa", "petugas-puspaga").status_code == 302
    below = to(sampang, "petugas-puspaga")
    assert below.parent is not None
    assert (below.parent.to_post.key, str(below.deadline_on)) == ("kabid-pppa", "2026-01-16")
    round_.wait()
    assert round_.press("petugas-puspaga", "begin", below).status_code == 302
    answer = round_.press("petugas-puspaga", "report", below, report="  ")
    assert answer.status_code == 422
    assert "Tuliskan apa yang dikerjakan dan bagaimana hasilnya." in answer.text
    file = {"attachment": (BytesIO(PDF), "foto.pdf")}
    round_.press("petugas-puspaga", "report", below, report="Keluarga dikunjungi.", **file)
    assert [one.name for one in letter().scans] == ["foto.pdf"]
    row = to(sampang, "kabid-pppa")
    assert round_.press("kabid-pppa", "report", row, report="Sudah didampingi.").status_code == 302
    page = round_.page("kadis")
    assert "Laporan menunggu Anda" in page
    assert "Sudah didampingi." in page.split('id="disposisi"')[0]  # right above its buttons
    round_.wait()
    assert round_.press("kadis", "give-back", row, note="").status_code == 422
    round_.press("kadis", "give-back", row, note="Sebut tanggal kunjungan.")
    assert "Sebut tanggal kunjungan." in round_.page("kabid-pppa")
    assert to(sampang, "kabid-pppa").state is DispositionState.BEGUN
    round_.press("kabid-pppa", "report", row, report="Dikunjungi 13 Januari.")
    assert round_.press("kadis", "settle", row).status_code == 302
    assert {one.state for one in rows(lead=True)} == {DispositionState.CLOSED}


@pytest.mark.sqlite
def test_it_is_recalled_with_a_reason_while_unread_and_not_after(
    round_: Round, sampang: Office
) -> None:
    round_.give("kadis", "kabid-pppa", ["kabid-rehsos"])
    row = to(sampang, "kabid-rehsos")
    client = round_.client("kadis")
    hidden = hidden_of(client.get(round_.address).text, "/disposition/recall/", row.id)
    assert round_.press("kadis", "recall", row, reason="").status_code == 422
    assert round_.press("kadis", "recall", row, reason="Salah bidang.").status_code == 302
    assert to(sampang, "kabid-rehsos").state is DispositionState.RECALLED
    assert round_.client("kabid-rehsos").get(round_.address).status_code == 404
    other = to(sampang, "kabid-pppa")
    round_.page("kabid-pppa")  # now it is read
    late = {**hidden, "row": str(other.id), "reason": "Salah bidang juga."}
    answer = client.post("/surat-masuk/disposition/recall/", data=late)
    assert answer.status_code == 409
    assert to(sampang, "kabid-pppa").recalled_at is None


@pytest.mark.sqlite
def test_the_head_disposes_of_a_case_beside_its_sop(app: Flask, sampang: Office) -> None:
    app.config["NOW"] = lambda: factories.NOW.replace(hour=4)
    case_id = factories.make_case(sampang, "pengaduan-puspaga", "disposisi").id
    db.session.rollback()
    client = app.test_client().log_in(factories.user_of(sampang, "kadis"))  # type: ignore[attr-defined]
    address = f"/pengaduan/details/?id={case_id}"
    hidden = hidden_of(client.get(address).text, "/dispose/")
    chosen = str(factories.post_of(sampang, "kabid-rehsos").id)
    typed = {"lead": chosen, "ticks": ["pantau"], "instructions": "Dampingi juga."}
    assert client.post("/pengaduan/dispose/", data={**hidden, **typed}).status_code == 302
    page = client.get(address).text
    assert "Kepala Dinas → Kepala Bidang Rehabilitasi Sosial" in page
    assert "Kepada: Kepala Bidang Rehabilitasi Sosial" in page.split('id="riwayat"')[1]
    kabid = app.test_client().log_in(factories.user_of(sampang, "kabid-rehsos"))  # type: ignore[attr-defined]
    text = kabid.get(address).text
    report = hidden_of(text, "/disposition/report/")
    assert "Tidak ada yang perlu Anda lakukan di sini" not in text
    done = kabid.post(
        "/pengaduan/disposition/report/", data={**report, "report": "Sudah didampingi."}
    )
    assert done.status_code == 302
    assert "Disposisi dilaporkan" in client.get(address).text.split('id="riwayat"')[1]


@pytest.mark.sqlite
def test_whoever_records_for_the_head_attaches_the_paper_on_which_he_ticked(
    app: Flask, ambon: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW.replace(hour=4)
    case_id = factories.make_case(ambon, "pengaduan", "analisis").id
    client = app.test_client().log_in(factories.user_of(ambon, "kasubbag-umum"))  # type: ignore[attr-defined]
    hidden = hidden_of(client.get(f"/pengaduan/details/?id={case_id}").text, "/dispose/")
    chosen = str(factories.post_of(ambon, "kasubbag-kesra").id)
    typed = {**hidden, "lead": chosen, "ticks": ["pelajari"]}
    before = len(rows())
    answer = client.post("/pengaduan/dispose/", data=typed)
    assert answer.status_code == 422
    assert "Lampirkan pindaian keputusan" in answer.text
    assert len(rows()) == before
    paper = {"scan": (BytesIO(PDF), "lembar.pdf")}
    assert client.post("/pengaduan/dispose/", data={**typed, **paper}).status_code == 302
    row = rows()[-1]
    assert (row.from_post.key, row.user.username if row.user else "") == (
        "kabag",
        "kesra-ambon.kasubbag-umum",
    )
