"""A complaint at the Satpol PP in Chromium: made in person, continued in writing, and carried."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from models import Case, Letter, Office, Status, db
from tests.browser.desk import Desk, Typed, photo
from tests.browser.leaving import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SUBJECT = "Pungutan liar di depan Pasar Contoh"
ARRIVED = "Pengaduan Sen 12 Jan, 10.00 · belum ada perihal"
REPORTER = {
    "Nama lengkap": "Ratna Teladan",
    "NIK atau nomor identitas lain": "0000000000000143",
    "Alamat": "Jalan Contoh Nomor 4",
    "Telepon": "0800-0000-143",
}
COMPLAINT = {
    "Perihal": SUBJECT,
    "Uraian": "Dua orang menagih uang kebersihan tanpa karcis.",
    "Saluran": "Datang sendiri",
    "Kategori": "Korupsi/pungli",
    "Permasalahan yang dihadapi pelapor": "Ditagih setiap pagi.",
    "Hasil identifikasi dan analisis": "Penagih bukan petugas pasar.",
    "Bidang": "Bidang Ops",
}
SAFETY = {
    "Keamanan pelapor": "Patroli pagi ditambah.",
    "Ketenangan pelapor": "Pelapor tidak diancam.",
}
CLARIFIED: Typed = {
    "Hasil klarifikasi": "Pelapor memerlukan pendampingan.",
    "Layanan yang diberikan": ("Layanan informasi", "Konsultasi"),
}
RECEIVED: Typed = {
    "Tanggal layanan diterima": "2026-01-12",
    "Layanan yang diterima": ("Layanan awal",),
}
REPORTED: Typed = {
    "Hasil identifikasi": "Penagihnya dua orang, dikenal pelapor.",
    "Hasil analisis": "Tidak ada dasar pungutan.",
    "Bidang": "Bidang Penegakan Perda",
}
RECOMMENDATION = "Pelapor perlu pendampingan hukum selama penindakan."
AID: Typed = {
    "Jenis pendampingan": ("Pendampingan hukum", "Pendampingan psikologis"),
    "Catatan": "Dampingi pelapor sampai keterangannya selesai diambil.",
}
FOLLOW_UP: Typed = {
    "Layanan yang diberikan": "Pendampingan hukum dua kali.",
    "Yang telah dilakukan": "Penagih telah ditertibkan dan pungutan dihentikan.",
    "Pindaian surat bertanda tangan": photo("tindak-lanjut.jpg"),
}
CONTINUE = "Lanjutkan sebagai pengaduan tidak langsung"


@pytest.fixture
def desk(page: Any, app: Flask, satpol: Office) -> Desk:
    """A computer of the Satpol PP."""
    return Desk(page, app, satpol)


def test_a_complaint_in_person_goes_on_as_a_linked_case_and_both_end(desk: Desk) -> None:
    petugas_piket_brings_the_reporter(desk)
    staf_coordinates_with_the_bidang_ops(desk)
    petugas_layanan_continues_it_as_an_indirect_one(desk)
    staf_finds_the_linked_case_from_the_page(desk)
    the_bidang_recommends_and_sekretaris_writes_it(desk)
    kasat_gives_legal_and_psychological_aid(desk)
    petugas_layanan_sends_the_letter_and_records_its_receipt(desk)
    the_rows_are_as_the_pages_said()


def petugas_piket_brings_the_reporter(desk: Desk) -> None:
    desk.turn("petugas-piket")
    desk.record("Catat pengaduan baru", REPORTER)
    desk.act("Catat kedatangan")
    desk.sees("langkah 2 dari 7", "5 menit dari 5 menit")
    desk.act("Antar ke Staf Administrasi")
    desk.says("Sekarang di meja Staf Administrasi (langkah tanpa nomor).")


def staf_coordinates_with_the_bidang_ops(desk: Desk) -> None:
    desk.turn("staf-administrasi")
    desk.open(ARRIVED)
    desk.act("Koordinasikan dengan bidang", COMPLAINT)
    desk.says("Sekarang di meja Kepala Bidang Ops (langkah 4 dari 7).")
    desk.turn("kabid-ops")
    desk.open(SUBJECT)
    desk.act("Laporkan kepada Staf Administrasi", SAFETY)
    desk.turn("staf-administrasi")
    desk.open(SUBJECT)
    desk.sees("Patroli pagi ditambah.")
    desk.act("Sampaikan ke Petugas Layanan")
    desk.says("Sekarang di meja Petugas Layanan (langkah 6 dari 7).")


def petugas_layanan_continues_it_as_an_indirect_one(desk: Desk) -> None:
    desk.turn("petugas-layanan")
    desk.open(SUBJECT)
    desk.act(CONTINUE, CLARIFIED)
    desk.says(f"ADU-2026-0001: {CONTINUE}. Berkas ada di meja Anda.")
    desk.sees("Dilanjutkan di", "langkah 1 dari 7")
    desk.act("Layanan telah diterima", RECEIVED)
    desk.says("ADU-2026-0001: Layanan telah diterima. Berkas selesai.")


def staf_finds_the_linked_case_from_the_page(desk: Desk) -> None:
    desk.turn("staf-administrasi")
    desk.open(SUBJECT)
    desk.sees("Lanjutan dari", "Ratna Teladan", COMPLAINT["Uraian"])
    desk.act("Sampaikan ke Petugas Layanan", {"Tanggal diterima": "2026-01-12"})
    desk.says("ADU-2026-0002: Sampaikan ke Petugas Layanan.")
    related = desk.page.locator("#ringkasan")
    follow(related.get_by_role("link", name=f"ADU-2026-0001 {SUBJECT}"))
    desk.sees("Layanan diterima", "Form Penerimaan Layanan", "Dilanjutkan di")
    follow(related.get_by_role("link", name=f"ADU-2026-0002 {SUBJECT}"))
    desk.sees("Lanjutan dari", "langkah 2 dari 7")


def the_bidang_recommends_and_sekretaris_writes_it(desk: Desk) -> None:
    desk.turn("petugas-layanan")
    desk.open(SUBJECT)
    desk.act("Laporkan kepada bidang", REPORTED)
    desk.says("Sekarang di meja Kepala Bidang Penegakan Perda (langkah 3 dari 7).")
    desk.turn("kabid-penegakan-perda")
    desk.open(SUBJECT)
    desk.act("Rekomendasikan pendampingan")
    desk.says("Sekarang di meja Sekretaris (langkah 4 dari 7).")
    desk.turn("sekretaris")
    desk.open(SUBJECT)
    desk.act("Rekomendasikan kepada Kasat", {"Yang direkomendasikan": RECOMMENDATION})
    desk.says("Sekarang di meja Kepala Satuan Polisi Pamong Praja (langkah 5 dari 7).")


def kasat_gives_legal_and_psychological_aid(desk: Desk) -> None:
    desk.turn("kasat")
    desk.open(SUBJECT)
    desk.sees(RECOMMENDATION)
    desk.act("Berikan pendampingan", AID)
    desk.says("Sekarang di meja Petugas Layanan (langkah 6 dari 7).")
    desk.sees("Pendampingan hukum, Pendampingan psikologis")


def petugas_layanan_sends_the_letter_and_records_its_receipt(desk: Desk) -> None:
    desk.turn("petugas-layanan")
    desk.open(SUBJECT)
    desk.act("Kirim surat tindak lanjut", FOLLOW_UP)
    desk.says("Kirim surat tindak lanjut. Berkas ada di meja Anda.")
    desk.sees("Menunggu Pelapor", "Terkirim", "(tindak-lanjut.jpg)")
    desk.act("Layanan telah diterima")
    desk.says("ADU-2026-0002: Layanan telah diterima. Berkas selesai.")
    expect(desk.page.locator("#ringkasan")).to_contain_text(f"ADU-2026-0001 {SUBJECT}")


def the_rows_are_as_the_pages_said() -> None:
    db.session.rollback()
    direct, indirect = db.session.scalars(db.select(Case).order_by(Case.id))
    letters = db.session.scalars(db.select(Letter).order_by(Letter.id))

    for case in (direct, indirect):
        assert (case.status, case.outcome) == (Status.CLOSED, "selesai")
    assert indirect.follows_id == direct.id
    assert indirect.answers["jenis_pendampingan"] == ["hukum", "psikologis"]
    assert [(one.case_id, one.kind, one.state.value) for one in letters] == [
        (indirect.id, "surat-rekomendasi", "draft"),
        (indirect.id, "surat-tindak-lanjut", "sent"),
    ]
    assert [(one.step, one.transition) for one in direct.events if one.action] == [
        ("kedatangan", "forward"),
        ("panggilan", "forward"),
        ("analisis", "koordinasi"),
        ("keamanan", "forward"),
        ("penyampaian", "forward"),
        ("klarifikasi", "lanjutkan"),
        ("penerimaan", "close"),
    ]
    assert [(one.step, one.transition) for one in indirect.events if one.action] == [
        ("penyampaian", "forward"),
        ("klarifikasi", "forward"),
        ("telaah", "pendampingan"),
        ("rekomendasi", "forward"),
        ("pendampingan", "forward"),
        ("tindak-lanjut", "forward"),
        ("penerimaan", "close"),
    ]
