"""What a form says where something is missing or wrong: what to do, field by field, all at once."""

from __future__ import annotations

import pytest
from flask import Flask

from models import Attachment, Office, db
from tests import factories
from tests.forms import fields_of
from tests.posting import picture
from tests.web import faults
from tests.web.test_actions import complaint, fresh, logged_in, now, press

__all__ = ["now"]  # the fixture: Monday 12 January 2026, three in the afternoon

QURBAN = "bantuan-qurban"

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("now")]


def test_an_empty_form_says_of_each_field_what_belongs_there(app: Flask, dukcapil: Office) -> None:
    case = complaint(dukcapil, "pencatatan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    answer = press(ani, case, "step/forward")
    assert answer.status_code == 422
    assert list(faults.above(answer.text, "forward").items()) == [
        ("subject", "Isi perihal."),
        ("summary", "Tulis uraian."),
        ("channel", "Pilih saluran."),
        ("category", "Pilih kategori."),
        ("reporter.name", "Isi nama lengkap pengadu."),
    ]


def test_what_is_too_long_and_what_is_missing_is_said_at_once(app: Flask, dukcapil: Office) -> None:
    case = complaint(dukcapil, "pencatatan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    typed = {"subject": "x" * 612, "channel": "burung-dara", "reporter.name": "Fitri Teladani"}
    answer = press(ani, case, "step/forward", **typed)
    assert answer.status_code == 422
    assert faults.above(answer.text, "forward") == {
        "subject": "Paling banyak 200 huruf; sekarang 612.",
        "summary": "Tulis uraian.",
        "channel": "Pilih satu dari daftar.",
        "category": "Pilih kategori.",
    }
    assert "x" * 612 in answer.text
    assert fresh(case.id).subject != "x" * 612


def test_a_note_says_who_reads_it(app: Flask, dukcapil: Office) -> None:
    case = complaint(dukcapil, "pemeriksaan")
    citra = logged_in(app, dukcapil, "kadis")
    text = press(citra, case, "step/return").text
    reader = factories.post_of(dukcapil, "kasubbag-umum").title
    assert faults.above(text, "return") == {
        "note": f"Isi apa yang harus diperbaiki. {reader} membacanya."
    }


def test_a_note_with_which_the_case_ends_says_where_it_is_kept(
    app: Flask, dukcapil: Office
) -> None:
    case = complaint(dukcapil, "informasi")
    desk = logged_in(app, dukcapil, "customer-service")
    text = press(desk, case, "step/close").text
    assert faults.above(text, "close") == {"note": "Isi catatan. Tersimpan di riwayat berkas."}


def test_a_record_and_a_file_are_asked_for_by_their_names(app: Flask, ambon: Office) -> None:
    case = factories.make_case(ambon, "bantuan-qurban", "penyerahan")
    head = logged_in(app, ambon, "kabag")
    form = {"id": str(case.id), "version": str(case.version), "record.serah-terima.jumlah": "dua"}
    answer = head.post("/proposal-qurban/step/close/", data=form)
    assert answer.status_code == 422
    assert faults.above(answer.text, "close") == {
        "record.serah-terima.tanggal": "Isi tanggal serah terima (hari/bulan/tahun).",
        "record.serah-terima.penerima": "Isi nama penerima.",
        "record.serah-terima.jumlah": "Isi bilangan bulat, tanpa titik atau koma.",
        "attachment": "Lampirkan berita acara atau foto serah terima.",
    }


def test_a_letter_without_text_is_asked_for_with_all_the_rest(app: Flask, dukcapil: Office) -> None:
    case = complaint(dukcapil, "penyusunan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    late = {"happened_at": "2026-01-12T14:00"}
    answer = press(ani, case, "step/forward", **late, **{"letter.isi": " ", "letter.hal": ""})
    assert answer.status_code == 422
    assert faults.above(answer.text, "forward") == {
        "letter.penerima": "Isi penerima suratnya.",
        "letter.hal": "Isi hal suratnya.",
        "letter.isi": "Tulis isi surat.",
        "reason": "Isi alasannya. Alasan ini tercatat di riwayat berkas.",
    }


def test_who_records_a_list_for_a_head_is_told_so_and_hears_of_every_fault_at_once(
    app: Flask, ambon: Office
) -> None:
    given, refused = (factories.make_case(ambon, QURBAN, "persetujuan") for _case in range(2))
    recorder = logged_in(app, ambon, "kasubbag-umum")
    head = factories.post_of(ambon, "kabag").title
    shown = recorder.get("/rekapan/details/?id=1").text
    assert f"Anda mencatat keputusan {head} di atas kertas." in shown
    assert shown.index("Anda mencatat keputusan") < shown.index(f'name="row.{given.id}.way"')
    form = {
        "id": "1",
        "step": "persetujuan",
        f"version.{given.id}": str(given.version),
        f"version.{refused.id}": str(refused.version),
        f"row.{given.id}.way": "approve",
        f"row.{refused.id}.way": "reject",
        f"row.{refused.id}.note": "Sudah menerima tahun lalu.",
    }
    answer = recorder.post("/rekapan/act/", data={**form, "happened_at": "kemarin"})
    assert answer.status_code == 422
    assert faults.above(answer.text, "rekap-persetujuan") == {
        f"row.{given.id}.fields.jumlah_disetujui": "Isi jumlah disetujui (ekor) dengan angka.",
        "attachment": "Lampirkan pindaian persetujuan Walikota.",
        "scan": f"Lampirkan pindaian keputusan {head}.",
        "happened_at": "Isi tanggal dan jamnya.",
    }


def test_a_list_that_was_refused_keeps_the_files_that_came_with_it(
    app: Flask, ambon: Office
) -> None:
    case = factories.make_case(ambon, QURBAN, "persetujuan")
    recorder = logged_in(app, ambon, "kasubbag-umum")
    form = {
        "id": "1",
        "step": "persetujuan",
        f"version.{case.id}": str(case.version),
        f"row.{case.id}.way": "approve",
    }
    files = {"attachment": picture(), "scan": picture()}
    refused = recorder.post("/rekapan/act/", data={**form, **files})
    assert refused.status_code == 422
    assert "Sudah diterima" in refused.text
    again = {**fields_of(refused.text), f"row.{case.id}.fields.jumlah_disetujui": "1"}
    assert set(form) | {"kept.attachment", "kept.scan"} <= set(again)
    assert recorder.post("/rekapan/act/", data=again).status_code == 302
    event = fresh(case.id).events[-1]
    kept = db.session.scalars(db.select(Attachment).where(Attachment.event_id == event.id)).all()
    assert sorted(one.label for one in kept) == [
        "Keputusan di kertas",
        "Pindaian persetujuan Walikota",
    ]


def test_a_new_case_is_told_everything_that_is_wrong_at_once(app: Flask, dukcapil: Office) -> None:
    desk = logged_in(app, dukcapil, "customer-service")
    form = {
        "queue_number": "A" * 21,
        "follows": "ADU-2020-0404",
        "happened_at": "2026-01-12T08:00",
    }
    answer = desk.post("/pengaduan/new/", data=form)
    assert answer.status_code == 422
    assert faults.above(answer.text, "new") == {
        "procedure": "Pilih prosedur.",
        "queue_number": "Paling banyak 20 huruf; sekarang 21.",
        "follows": "Tidak ada berkas dengan nomor ini. Cocokkan dengan tanda terimanya.",
        "reason": "Isi alasannya. Alasan ini tercatat di riwayat berkas.",
    }


def test_a_person_is_written_no_longer_than_the_office_can_keep(
    app: Flask, dukcapil: Office
) -> None:
    case = complaint(dukcapil, "pencatatan")
    ani = logged_in(app, dukcapil, "petugas-pengaduan")
    lengths = {"name": 200, "identity": 60, "address": 500, "telephone": 40, "email": 200}
    typed = {f"reporter.{part}": "7" * (most + 1) for part, most in lengths.items()}
    said = faults.above(press(ani, case, "step/forward", **typed).text, "forward")
    assert {name: said[name] for name in typed} == {
        f"reporter.{part}": f"Paling banyak {most} huruf; sekarang {most + 1}."
        for part, most in lengths.items()
    }
