"""Periksa satu per satu: the order, one decision, what changed, taking back, refusals."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice.workflow.engine import command
from models import Assignment, Case, EventKind, Letter, LetterState, Office, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.statements import counted

pytestmark = pytest.mark.sqlite

WRONG_DAY = "Tanggal cetak belum sesuai berita acara."
CHANGED = "KTP-el dicetak tanggal 13 Januari 2026.\nDapat diambil di kantor Kecamatan Umpama."
BEFORE = "KTP-el dicetak tanggal 9 Januari 2026.\nDapat diambil di loket 2."


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, three in the afternoon."""
    moment = factories.NOW + timedelta(hours=6)
    app.config["NOW"] = lambda: moment
    return moment


def letter(office: Office, subject: str = "KTP-el belum tercetak", **more: Any) -> Case:
    """A complaint whose letter lies before the head."""
    story = walking.Story(columns={"subject": subject}, letter={"isi": BEFORE}, **more)
    return factories.make_case(office, "pengaduan-menengah", "pemeriksaan", story=story)


def head(client: OfficeClient, office: Office) -> OfficeClient:
    """The head of the office."""
    return client.log_in(factories.user_of(office, "kadis"))


def fresh(case_id: int) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def press(client: OfficeClient, case: Case, key: str, *line: Case, **typed: str) -> Any:
    """Decide on a case of a queue."""
    urut = ".".join(str(one.id) for one in line or (case,))
    data = {"id": str(case.id), "version": str(case.version), "urut": urut, **typed}
    return client.post(f"/periksa/putus/{key}/", data=data)


def take_back(client: OfficeClient, case: Case) -> Any:
    """Press what takes the last step back."""
    data = {"id": str(case.id), "version": str(case.version), "urut": str(case.id)}
    return client.post("/periksa/batalkan/", data=data)


def heading(text: str) -> str:
    """The heading of a page, without its tags."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    return found.group(1) if found is not None else ""


def link(text: str, word: str) -> str:
    """The address behind a word of the page."""
    found = re.search(rf'href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?(?:<span class="sr">)?{word}', text)
    assert found is not None, word
    return found.group(1).replace("&amp;", "&")


def test_the_inbox_leads_to_its_work_one_by_one_in_its_own_order(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    for subject, hours in (("Nanti", 90), ("Lewat", -2), ("Hari ini", 1)):
        case = letter(dukcapil, subject)
        desk = next(one for one in case.assignments if one.left_at is None)
        desk.due_at = now + timedelta(hours=hours)
        db.session.commit()
    inbox = head(client, dukcapil).get("/").text
    text = client.get(link(inbox, "Periksa 3 berkas satu per satu")).text
    assert (heading(text), "Berkas 1 dari 3" in text) == ("Lewat", True)
    assert "Sebelumnya" not in text
    text = client.get(link(text, "Lewati")).text
    assert (heading(text), "Berkas 2 dari 3" in text) == ("Hari ini", True)
    assert heading(client.get(link(text, "Sebelumnya")).text) == "Lewat"
    text = client.get(link(text, "Lewati")).text
    assert heading(text) == "Nanti"
    text = client.get(link(text, "Lewati")).text
    assert (heading(text), "3 berkas dilewati" in text) == ("Itu yang terakhir", True)
    assert heading(client.get(link(text, "Periksa yang dilewati")).text) == "Lewat"


def test_who_only_fills_in_long_forms_is_not_led_there(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    factories.make_case(dukcapil, "pengaduan-umum", "pencatatan")
    text = client.log_in(factories.user_of(dukcapil, "petugas-pengaduan")).get("/").text
    assert "Lanjutkan" in text or "Kerjakan" in text
    assert "satu per satu</a>" not in text.split("<main")[1]


def test_after_a_decision_the_next_one_opens_and_one_press_takes_it_back(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    one, two = letter(dukcapil), letter(dukcapil, "Akta salah ketik")
    answer = press(head(client, dukcapil), one, "approve", one, two)
    assert answer.status_code == 302
    text = client.get(answer.location).text
    assert (heading(text), "Berkas 2 dari 2" in text) == ("Akta salah ketik", True)
    assert f"{one.number}: Setujui dan tanda tangani." in text
    assert "(sampai petugas membukanya)" in text
    assert fresh(one.id).step == "pengiriman"
    back = take_back(client, fresh(one.id))
    text = client.get(back.location).text
    assert (heading(text), "Berkas ada di meja Anda lagi" in text) == (one.subject, True)
    assert fresh(one.id).step == "pemeriksaan"
    drafted = db.session.scalars(db.select(Letter.state).where(Letter.case_id == one.id)).one()
    assert drafted is LetterState.DRAFT


def test_a_decision_is_not_taken_back_once_the_next_officer_has_opened_the_case(
    app: Flask, client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    one, two = letter(dukcapil), letter(dukcapil, "Akta salah ketik")
    after = press(head(client, dukcapil), one, "approve", one, two).location
    assert "Batalkan" in client.get(after).text
    ani = app.test_client()
    assert isinstance(ani, OfficeClient)
    ani.log_in(factories.user_of(dukcapil, "petugas-pengaduan"))
    ani.get(f"/pengaduan/details/?id={one.id}")
    assert "Batalkan" not in client.get(after).text
    answer = take_back(client, fresh(one.id))
    assert answer.status_code == 422
    assert "tidak dapat dibatalkan lagi" in answer.text
    assert "Berkas ini tidak lagi di meja Anda." in answer.text
    assert fresh(one.id).step == "pengiriman"


def test_a_return_needs_a_note_and_after_taking_it_back_the_note_stands_there_again(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    refused = press(head(client, dukcapil), case, "return", note=" ")
    assert refused.status_code == 422
    assert link(refused.text, "Ke isiannya") == "#cara-return"
    assert "return-note-error" in refused.text
    assert press(client, case, "return", note=WRONG_DAY).status_code == 302
    assert fresh(case.id).step == "arahan"
    text = client.get(take_back(client, fresh(case.id)).location).text
    assert re.search(rf'id="return-note"[^>]*>\s*{WRONG_DAY}</textarea>', text)
    assert "Berubah sejak" not in text
    assert WRONG_DAY not in text.split("</textarea>")[0].split('id="return-note"')[0]
    whole = client.get(f"/pengaduan/details/?id={case.id}").text
    assert WRONG_DAY not in whole.split('id="riwayat"')[0]  # it is no word of the desk before
    assert fresh(case.id).events[-1].kind is EventKind.TAKEN_BACK


def test_a_letter_that_comes_again_says_what_changed_and_what_the_head_had_asked(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    changed, same = letter(dukcapil), letter(dukcapil, "Akta salah ketik")
    for case, text in ((changed, CHANGED), (same, BEFORE)):
        for key in ("return", "forward", "forward"):
            story = walking.Story(letter={"isi": text}, notes={"pemeriksaan": WRONG_DAY})
            case = walking.act(case.id, key, now=factories.after(case), story=story)
    page = head(client, dukcapil).get(f"/periksa/?id={changed.id}").text
    assert "Berubah sejak Anda kembalikan" in page
    assert '<del><span class="sr">dihapus: </span>9</del>' in page  # heard, not only seen
    said = " ".join(re.sub(r'<span class="(?:sr|tag)">[^<]*</span>', "", page).split())
    assert "<b>Isi surat, alinea 1</b> <br> KTP-el dicetak" in said
    assert "KTP-el dicetak tanggal <del>9</del> <ins>13</ins> Januari 2026." in said
    assert "Dapat diambil di <del>loket 2.</del> <ins>kantor Kecamatan Umpama.</ins>" in said
    assert f"Catatan Anda: “{WRONG_DAY}”" in page
    assert "Konsep ke-2" in page
    page = client.get(f"/periksa/?id={same.id}").text
    assert "Surat ini sama persis seperti sebelumnya." in page


def test_the_page_says_in_two_lines_what_is_asked_and_what_the_letter_answers(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    text = head(client, dukcapil).get(f"/periksa/?id={letter(dukcapil).id}").text
    assert "<b>Pengadu menyampaikan:</b> Berkas sudah diserahkan lengkap di loket" in text
    assert f"<b>Surat menjawab:</b> {' '.join(BEFORE.split())}" in text


def test_a_form_that_came_too_late_keeps_its_note(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    seen = str(case.version)
    with command(case.id) as locked:  # a colleague mends the subject meanwhile
        locked.subject = "KTP-el belum juga tercetak"
    answer = press(head(client, dukcapil), case, "return", note=WRONG_DAY, version=seen)
    assert answer.status_code == 409
    assert "Berkas ini berubah sejak Anda membukanya" in answer.text
    assert WRONG_DAY in answer.text
    assert fresh(case.id).step == "pemeriksaan"
    assert press(client, fresh(case.id), "return", note=WRONG_DAY).status_code == 302


def test_of_two_who_decide_the_second_is_told_where_the_case_is_and_keeps_his_words(
    app: Flask, client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    seen = str(case.version)
    other = factories.make_user("eko", factories.post_of(dukcapil, "kadis"))
    db.session.commit()
    assert press(client.log_in(other), case, "approve").status_code == 302
    citra = app.test_client()
    assert isinstance(citra, OfficeClient)
    answer = press(head(citra, dukcapil), case, "return", note=WRONG_DAY, version=seen)
    assert answer.status_code == 409
    assert "Setujui dan tanda tangani: Kepala Dinas – Eko Contoh." in answer.text
    assert "Sekarang: Petugas Pengaduan (langkah 7 dari 8)." in answer.text
    assert f">{WRONG_DAY}</textarea>" in answer.text


def test_a_second_press_of_the_same_button_goes_on_like_the_first(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    one, two = letter(dukcapil), letter(dukcapil, "Akta salah ketik")
    seen = str(one.version)
    head(client, dukcapil)
    first, second = (press(client, one, "approve", one, two, version=seen) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location


def test_the_last_decision_ends_at_a_page_that_says_nothing_waits(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    text = client.get(press(head(client, dukcapil), case, "approve").location).text
    assert heading(text) == "Tidak ada lagi yang menunggu"
    assert "Batalkan" in text
    letter(dukcapil, "Baru datang")
    text = client.get(f"/periksa/selesai/?urut={case.id}").text
    assert "Sementara itu 1 berkas masuk ke meja Anda." in text


def test_a_disposition_is_given_by_a_choice_and_a_long_form_is_led_to_the_case(
    client: OfficeClient, sekadau: Office, dukcapil: Office, now: datetime
) -> None:
    case = factories.make_case(sekadau, "permintaan-data", "disposisi")
    text = head(client, sekadau).get("/periksa/").text
    assert 'class="btn primary" href="#cara-forward"' in text  # the bar leads to what is asked
    refused = press(client, case, "forward", instructions="Mohon ditelaah.")
    assert (refused.status_code, "Mohon ditelaah." in refused.text) == (422, True)
    unit = {"unit": "linjamsos", "instructions": "Mohon ditelaah."}
    assert press(client, case, "forward", **unit).status_code == 302
    assert fresh(case.id).step == "disposisi-bidang"
    big = factories.make_case(dukcapil, "pengaduan-besar", "koordinasi-skpd")
    text = head(client, dukcapil).get(f"/periksa/?id={big.id}").text
    assert "Ini meminta lebih dari catatan atau pilihan." in text
    assert f'class="btn primary" href="/pengaduan/details/?id={big.id}"' in text
    assert 'id="return-note"' in text


def test_an_opinion_is_given_and_taken_back_until_somebody_concludes(
    client: OfficeClient, ambon: Office, now: datetime
) -> None:
    case = factories.make_case(ambon, "pengaduan", "analisis")
    client.log_in(factories.user_of(ambon, "kasubbag-umum"))
    text = client.get("/periksa/").text
    assert 'href="#cara-opinion"' in text
    answer = press(client, case, "opinion", note="Anggarannya tersedia.")
    text = client.get(answer.location).text
    assert "pendapat Anda tersimpan" in text
    assert "(sampai ada yang menyimpulkan)" in text
    text = client.get(take_back(client, fresh(case.id)).location).text
    assert "Anggarannya tersedia.</textarea>" in text


def test_what_is_only_for_information_is_read_and_gone(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    desk = next(one for one in case.assignments if one.left_at is None)
    told = factories.post_of(dukcapil, "sekretaris")
    db.session.add(
        Assignment(
            case_id=case.id,
            step=case.step,
            post=told,
            duty="information",
            source="disposition",
            entered_at=desk.entered_at,
        )
    )
    db.session.commit()
    client.log_in(factories.user_of(dukcapil, "sekretaris"))
    text = client.get("/periksa/").text
    assert "Tidak ada yang diputus di sini." in text
    assert "cara-approve" not in text
    assert heading(client.get("/periksa/").text) == "Tidak ada lagi yang menunggu"


def test_only_what_lies_or_lay_on_a_desk_of_mine_is_there(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    mine = letter(dukcapil)
    foreign = factories.make_case(dukcapil, "pengaduan-umum", "pencatatan")
    head(client, dukcapil)
    for odd in (foreign.id, "abc", "-1", "0", "1.5", "9" * 20, "%00", ""):
        assert client.get(f"/periksa/?urut={mine.id}&id={odd}").status_code == 404, odd
        for what in ("putus/approve", "batalkan"):
            assert client.post(f"/periksa/{what}/", data={"id": str(odd)}).status_code == 404
    text = client.get(f"/periksa/?urut={mine.id}.{foreign.id}.x.{'9' * 30}&id={mine.id}").text
    assert f"id={foreign.id}&" not in text.replace("amp;", "")
    assert f"/selesai/?urut={mine.id}.{foreign.id}" in text  # the next one would not be mine
    forged = press(client, mine, "void", note="x")
    assert forged.status_code == 422
    assert client.get(f"/periksa/?id={mine.id}&setelah={foreign.id}").status_code == 200
    assert (fresh(mine.id).step, fresh(foreign.id).step) == ("pemeriksaan", "pencatatan")


def test_whoever_a_complaint_is_about_meets_it_neither_here_nor_in_the_inbox(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    against, other = letter(dukcapil, "Pungutan di loket"), letter(dukcapil)
    against.reported_user_id = factories.user_of(dukcapil, "kadis").id
    db.session.commit()
    inbox = head(client, dukcapil).get("/").text
    assert "Pungutan di loket" not in inbox
    assert "Periksa 1 berkas satu per satu" in inbox
    text = client.get(f"/periksa/?urut={other.id}.{against.id}&id={other.id}").text
    assert f"id={against.id}&" not in text.replace("amp;", "")
    assert client.get(f"/periksa/?urut={against.id}&id={against.id}").status_code == 404


def test_what_was_typed_when_the_session_ended_stands_in_the_form_again(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = letter(dukcapil)
    answer = press(client, case, "return", note=WRONG_DAY)
    assert (answer.status_code, WRONG_DAY in answer.text) == (401, True)
    head(client, dukcapil)
    text = press(client, case, "return", note=WRONG_DAY, **{"masuk.lanjut": "1"}).text
    assert re.search(rf'id="return-note"[^>]*>\s*{WRONG_DAY}</textarea>', text)
    assert fresh(case.id).step == "pemeriksaan"


def test_ten_decisions_are_cheap(client: OfficeClient, dukcapil: Office, now: datetime) -> None:
    one, two = letter(dukcapil), letter(dukcapil, "Akta salah ketik")
    head(client, dukcapil).get("/periksa/")
    with counted() as statements:
        answer = press(client, one, "approve", one, two)
    assert len(statements) <= 40  # an approval takes a number and keeps the letter as it is
    with counted() as statements:
        page = client.get(answer.location)
    assert len(statements) <= 24
    assert len(page.data) < 14_000
