"""Actions at the screen: refused, too late, pressed twice, taken back, recorded for another."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from models import Assignment, Attachment, Case, CaseEvent, EventKind, Notice, Office, Status, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.posting import picture

STORY = walking.Story(columns={"queue_number": "A-017"})
LONG_NOTE = "Alamat pengambilan sebaiknya ditulis lengkap dengan nomor jalan."


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026, three in the afternoon."""
    moment = factories.NOW + timedelta(hours=6)
    app.config["NOW"] = lambda: moment
    return moment


def complaint(office: Office, step: str, code: str = "pengaduan-menengah") -> Case:
    """A complaint at a step."""
    return factories.make_case(office, code, step, story=STORY)


def fresh(case_id: int) -> Case:
    """The case as the database has it now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)


def press(client: OfficeClient, case: Case, what: str, **data: Any) -> Any:
    """Press a button of the case page."""
    form = {"id": str(case.id), "version": str(case.version), **data}
    return client.post(f"/pengaduan/{what}/", data=form)


def logged_in(app: Flask, office: Office, post: str) -> OfficeClient:
    """A browser of its own for the holder of a post."""
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def test_returning_without_a_note_is_refused_and_leaves_the_case_where_it_was(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = logged_in(app, dukcapil, "kadis")
    answer = press(citra, case, "step/return", note="   ")
    assert answer.status_code == 422
    assert "Tulis apa yang harus diperbaiki" in answer.text or "note-error" in answer.text
    assert (fresh(case.id).step, fresh(case.id).version) == ("pemeriksaan", case.version)


def test_a_refused_form_keeps_every_typed_character(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pencatatan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    typed = {
        "subject": 'KTP "hilang" <b>&amp; rusak</b>',
        "summary": "Baris satu\nBaris dua",
        "reporter.name": "Fitri Teladani",
        "reporter.telephone": "0800-0000-142",
        "channel": "surat",
        "note": LONG_NOTE,
    }
    answer = press(ani, case, "step/forward", **typed)
    assert answer.status_code == 422
    assert "KTP &#34;hilang&#34; &lt;b&gt;&amp;amp; rusak&lt;/b&gt;" in answer.text
    assert "Baris satu\nBaris dua" in answer.text.replace("\r\n", "\n")
    assert 'value="Fitri Teladani"' in answer.text
    assert LONG_NOTE in answer.text
    assert '<option selected value="surat">' in answer.text
    assert fresh(case.id).subject is None


def test_a_file_of_a_refused_form_need_not_be_sent_again(
    app: Flask, ambon: Office, now: datetime
) -> None:
    case = factories.make_case(ambon, "bantuan-qurban", "kelengkapan")
    staf = logged_in(app, ambon, "staf")
    form = {"id": str(case.id), "version": str(case.version), "happened_at": "besok"}
    url = "/proposal-qurban/step/forward/"
    refused = staf.post(url, data={**form, "attachment": picture()})
    assert refused.status_code == 422
    assert "Sudah diterima, tidak perlu dikirim lagi: pindaian.jpg" in refused.text
    seal = refused.text.split('name="kept.attachment" value="')[1].split('"')[0]
    form["happened_at"] = ""
    forged = staf.post(url, data={**form, "kept.attachment": seal[:-2] + "xx"})
    assert forged.status_code == 422
    assert staf.post(url, data={**form, "kept.attachment": seal}).status_code == 302
    assert fresh(case.id).step == "pemeriksaan"
    files = db.select(Attachment).where(Attachment.case_id == case.id)
    assert [one.name for one in db.session.scalars(files)][-1] == "pindaian.jpg"


def test_what_is_kept_for_later_stands_in_the_form_again(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pencatatan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    typed = {"subject": "Akta kelahiran salah ketik", "reporter.name": "Hasan Ibarat"}
    assert press(ani, case, "draft/forward", **typed).status_code == 302
    kept = fresh(case.id)
    assert (kept.step, kept.subject) == ("pencatatan", "Akta kelahiran salah ketik")
    text = ani.get(f"/pengaduan/details/?id={case.id}").text
    assert 'value="Akta kelahiran salah ketik"' in text
    assert 'value="Hasan Ibarat"' in text


def test_the_second_of_two_decisions_is_told_it_came_too_late(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = factories.user_of(dukcapil, "kadis")
    factories.make_user("eko", factories.post_of(dukcapil, "kadis"))
    db.session.commit()
    seen = case.version
    assert press(logged_in(app, dukcapil, "kadis"), case, "step/approve").status_code == 302
    eko = app.test_client()
    eko.log_in(db.session.scalars(db.select(type(citra)).filter_by(username="eko")).one())
    form = {"id": str(case.id), "version": str(seen), "note": LONG_NOTE}
    answer = eko.post("/pengaduan/step/return/", data=form)
    assert answer.status_code == 409
    assert "Berkas ini baru saja diputus orang lain" in answer.text
    assert "Setujui dan tanda tangani" in answer.text
    assert citra.name in answer.text
    assert "Petugas Pengaduan (langkah 7 dari 8)" in answer.text
    assert LONG_NOTE in answer.text
    assert fresh(case.id).step == "pengiriman"


def test_who_decides_twice_is_not_told_that_it_was_somebody_else(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra, seen = logged_in(app, dukcapil, "kadis"), case.version
    assert press(citra, case, "step/approve").status_code == 302
    form = {"id": str(case.id), "version": str(seen), "note": LONG_NOTE}
    answer = citra.post("/pengaduan/step/return/", data=form)
    assert answer.status_code == 409
    assert "diputus orang lain" not in answer.text
    assert "Berkas ini baru saja Anda putus sendiri" in answer.text
    assert "sesaat sebelum Anda" not in answer.text
    assert LONG_NOTE in answer.text


def test_the_text_that_came_too_late_can_be_kept_as_a_note(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = logged_in(app, dukcapil, "kadis")
    answer = citra.post("/pengaduan/note/", data={"id": str(case.id), "note": LONG_NOTE})
    assert answer.status_code == 302
    last = fresh(case.id).events[-1]
    assert (last.kind, last.note) == (EventKind.NOTE, LONG_NOTE)
    assert fresh(case.id).step == "pemeriksaan"


def test_a_double_click_has_one_effect_and_no_frightening_page(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = logged_in(app, dukcapil, "kadis")
    form = {"id": str(case.id), "version": str(case.version), "note": "Baik"}
    first, second = (citra.post("/pengaduan/step/approve/", data=form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    taken = db.select(CaseEvent).where(
        CaseEvent.case_id == case.id, CaseEvent.transition == "approve"
    )
    assert len(db.session.scalars(taken).all()) == 1


def test_an_action_is_pressed_never_opened(app: Flask, dukcapil: Office, now: datetime) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = logged_in(app, dukcapil, "kadis")
    for what in ("step/approve", "draft/approve", "take-back", "void", "withdraw", "note"):
        assert citra.get(f"/pengaduan/{what}/?id={case.id}").status_code == 405
    assert fresh(case.id).version == case.version


def test_a_step_is_taken_back_until_the_next_has_opened_the_case(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    budi = logged_in(app, dukcapil, "kasubbag-umum")
    press(budi, case, "step/forward", note="Jawab dengan jadwal cetak.")
    page = budi.get(f"/pengaduan/details/?id={case.id}").text
    assert '. <a href="#tarik">Batalkan</a>' in page
    assert "Batalkan langkah saya" in page.split('id="tarik"')[1]
    assert press(budi, fresh(case.id), "take-back").status_code == 302
    assert fresh(case.id).step == "arahan"
    press(budi, fresh(case.id), "step/forward", note="Jawab dengan jadwal cetak.")
    logged_in(app, dukcapil, "petugas-pengaduan").get(f"/pengaduan/details/?id={case.id}")
    answer = press(budi, fresh(case.id), "take-back")
    assert answer.status_code == 422
    assert fresh(case.id).step == "penyusunan"


def test_voiding_needs_a_reason_and_a_superior(app: Flask, dukcapil: Office, now: datetime) -> None:
    case = complaint(dukcapil, "penyusunan")
    assert (
        press(
            logged_in(app, dukcapil, "petugas-pengaduan"), case, "void", reason="Ganda"
        ).status_code
        == 422
    )
    budi = logged_in(app, dukcapil, "kasubbag-umum")
    refused = press(budi, case, "void", reason="")
    assert refused.status_code == 422
    assert "void-reason-error" in refused.text
    assert fresh(case.id).status is Status.OPEN
    assert press(budi, fresh(case.id), "void", reason="Tercatat dua kali").status_code == 302
    assert fresh(case.id).status is Status.VOID
    text = budi.get(f"/pengaduan/details/?id={case.id}").text
    assert "Alasan: Tercatat dua kali" in text


@pytest.mark.sqlite
def test_a_text_that_is_too_long_is_refused_and_never_cut(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "penyusunan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    longest = "x" * 20_000
    for what, name in (("note", "note"), ("withdraw", "reason")):
        answer = press(ani, case, what, **{name: f"{longest}y"})
        assert answer.status_code == 422
        assert "paling banyak 20.000 tanda" in answer.text
        assert f"{longest}y</textarea>" in answer.text
    assert press(ani, case, "note", note=longest).status_code == 302
    assert fresh(case.id).events[-1].note == longest
    assert fresh(case.id).status is Status.OPEN


def test_the_responsible_post_records_a_withdrawal_with_its_reason(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "penyusunan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    assert press(ani, case, "withdraw", reason="Sudah terbit").status_code == 302
    assert fresh(case.id).status is Status.WITHDRAWN


def test_what_no_database_holds_is_cleaned_at_the_edge_of_the_form(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    budi = logged_in(app, dukcapil, "kasubbag-umum")
    answer = press(budi, case, "step/forward", note="Jawab\x00 segera\x07.")
    assert answer.status_code == 302
    assert fresh(case.id).events[-1].note == "Jawab segera."
    for odd in ("9" * 30, "-1", "abc", ""):
        form = {"id": str(case.id), "version": odd, "note": "x"}
        assert budi.post("/pengaduan/step/forward/", data=form).status_code in (409, 422)
        assert budi.post("/pengaduan/step/forward/", data={"id": odd}).status_code == 404


def test_a_choice_that_was_not_offered_is_refused(
    app: Flask, sekadau: Office, now: datetime
) -> None:
    case = factories.make_case(sekadau, "permintaan-data", "disposisi")
    head = logged_in(app, sekadau, "kadis")
    form = {"id": str(case.id), "version": str(case.version), "unit": "sekretariat"}
    answer = head.post("/permintaan-data/step/forward/", data=form)
    assert answer.status_code == 422
    assert "Pilih satu dari daftar" in answer.text
    assert fresh(case.id).step == "disposisi"


def test_a_late_entry_keeps_the_day_it_truly_happened_and_why(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    budi = logged_in(app, dukcapil, "kasubbag-umum")
    when = {"happened_at": "2026-01-12T13:30", "note": "Segera dijawab."}
    refused = press(budi, case, "step/forward", **when)
    assert refused.status_code == 422
    assert 'value="2026-01-12T13:30"' in refused.text
    done = press(budi, fresh(case.id), "step/forward", **when, reason="Jaringan padam")
    assert done.status_code == 302
    event = fresh(case.id).events[-1]
    assert (event.happened_at.hour, event.happened_at.minute) == (6, 30)
    text = budi.get(f"/pengaduan/details/?id={case.id}").text
    assert "Jaringan padam" in text


def test_a_head_who_decides_on_paper_is_recorded_with_the_scan(
    app: Flask, ambon: Office, now: datetime
) -> None:
    case = factories.make_case(ambon, "bantuan-qurban", "koreksi")
    recorder = logged_in(app, ambon, "kasubbag-umum")
    form: dict[str, Any] = {"id": str(case.id), "version": str(case.version)}
    refused = recorder.post("/proposal-qurban/step/forward/", data=form)
    assert refused.status_code == 422
    head = factories.post_of(ambon, "kabag").title
    assert f"Anda mencatat keputusan {head} di atas kertas." in refused.text
    assert f"Pindaian keputusan {head}" in refused.text
    form["scan"] = picture()
    assert recorder.post("/proposal-qurban/step/forward/", data=form).status_code == 302
    event = fresh(case.id).events[-1]
    assert event.data["on_behalf"] is True
    assert event.for_post is not None
    assert event.for_post.key == "kabag"
    scans = db.select(Attachment).where(Attachment.event_id == event.id)
    assert len(db.session.scalars(scans).all()) == 1


def test_a_promise_to_tell_is_kept_by_recording_the_notice(
    app: Flask, ambon: Office, now: datetime
) -> None:
    case = factories.make_case(ambon, "bantuan-qurban", "kelengkapan")
    notice = db.session.scalars(db.select(Notice).where(Notice.case_id == case.id)).one()
    staf = logged_in(app, ambon, "staf")
    url = "/proposal-qurban/notice/"
    form = {"id": str(case.id), "version": str(case.version), "notice": str(notice.id)}
    refused = staf.post(url, data={**form, "channel": "", "note": "Ditelepon pukul 10"})
    assert refused.status_code == 422
    assert "Ditelepon pukul 10" in refused.text
    done = staf.post(url, data={**form, "channel": "telepon", "note": "Ditelepon pukul 10"})
    assert done.status_code == 302
    db.session.rollback()
    assert db.session.get_one(Notice, notice.id).told_at == now


def test_who_holds_two_posts_that_may_act_is_asked_as_whom(
    app: Flask, dukcapil: Office, now: datetime
) -> None:
    case = complaint(dukcapil, "arahan")
    posts = [factories.post_of(dukcapil, key) for key in ("kasubbag-umum", "sekretaris")]
    desk = case.assignments[-1]
    db.session.add(
        Assignment(
            case_id=case.id,
            step=desk.step,
            post=posts[1],
            duty=desk.duty,
            source=desk.source,
            entered_at=desk.entered_at,
        )
    )
    gus = factories.make_user("gus", *posts)
    db.session.commit()
    keys = [f"{post.id}-{post.id}" for post in posts]
    client = app.test_client().log_in(gus)
    text = client.get(f"/pengaduan/details/?id={case.id}").text
    assert "Anda memutuskan sebagai" in text
    form = {"id": str(case.id), "version": str(case.version), "note": "Jawab segera."}
    refused = client.post("/pengaduan/step/forward/", data=form)
    assert refused.status_code == 422
    assert "Jawab segera." in refused.text
    done = client.post("/pengaduan/step/forward/", data={**form, "actor": keys[1]})
    assert done.status_code == 302
    assert fresh(case.id).events[-1].post.key == "sekretaris"


def test_the_rows_of_a_rekapan_are_decided_each_for_itself(
    app: Flask, ambon: Office, now: datetime
) -> None:
    given, refused, left = (
        factories.make_case(ambon, "bantuan-qurban", "persetujuan") for _ in range(3)
    )
    kabag = logged_in(app, ambon, "kabag")
    text = kabag.get("/rekapan/details/?id=1").text
    assert text.count(f'name="row.{given.id}.way"') == 1
    form: dict[str, Any] = {"id": "1", "step": "persetujuan", "attachment": picture()}
    for case in (given, refused, left):
        form[f"version.{case.id}"] = str(case.version)
    form[f"row.{given.id}.way"] = "approve"
    form[f"row.{given.id}.fields.jumlah_disetujui"] = "1"
    form[f"row.{refused.id}.way"] = "reject"
    without = kabag.post("/rekapan/act/", data=form)
    assert without.status_code == 422
    assert "Penolakan harus punya alasannya sendiri." in without.text
    assert fresh(given.id).step == "persetujuan"
    form["attachment"] = picture()
    form[f"row.{refused.id}.note"] = "Sudah menerima tahun lalu."
    assert kabag.post("/rekapan/act/", data=form).status_code == 302
    assert fresh(given.id).step == "pengetikan"
    assert fresh(given.id).answers["jumlah_disetujui"] == 1
    assert fresh(refused.id).step == "pemberitahuan"
    assert fresh(left.id).step == "persetujuan"
    assert "dicoret" in kabag.get("/rekapan/details/?id=1").text


def test_a_row_that_somebody_moved_meanwhile_is_named_and_the_rest_goes_on(
    app: Flask, ambon: Office, now: datetime
) -> None:
    one, other = (factories.make_case(ambon, "bantuan-qurban", "koreksi") for _ in range(2))
    kabag = logged_in(app, ambon, "kabag")
    form = {
        "id": "1",
        "step": "koreksi",
        f"version.{one.id}": str(one.version),
        f"version.{other.id}": str(other.version - 1),
        f"row.{one.id}.way": "forward",
        f"row.{other.id}.way": "forward",
    }
    answer = kabag.post("/rekapan/act/", data=form)
    assert answer.status_code == 422
    assert f"Belum diputus: {other.number}" in answer.text
    assert (fresh(one.id).step, fresh(other.id).step) == ("persetujuan", "koreksi")
