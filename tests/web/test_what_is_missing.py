"""What a form says where something is missing or wrong: what to do, field by field, all at once."""

from __future__ import annotations

import pytest
from flask import Flask

from models import Office
from tests import factories
from tests.web import faults
from tests.web.test_actions import complaint, fresh, logged_in, now, press

__all__ = ["now"]  # the fixture: Monday 12 January 2026, three in the afternoon

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
        "subject": "Paling banyak 500 huruf; sekarang 612.",
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
        "letter.penerima": "Isi Yth. (penerima surat).",
        "letter.hal": "Isi hal.",
        "letter.isi": "Tulis isi surat.",
        "reason": "Isi alasannya. Alasan ini tercatat di riwayat berkas.",
    }
