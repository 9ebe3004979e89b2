"""A letter to the PUSPAGA in Chromium: disposition, interview, response, feedback and report."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from models import Case, Office, Status, db
from tests.browser.desk import Desk, photo
from tests.browser.leaving import leaving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ARRIVED = "Pengaduan Sen 12 Jan, 09.00 · belum ada perihal"
SUBJECT = "Permohonan pendampingan bagi seorang anak"
NUMBER = "ADU-2026-0001"
COMPLAINT = {
    "Perihal": SUBJECT,
    "Uraian": "Pelapor meminta anak itu didampingi.",
    "Kategori": "Umum",
    "Nama lengkap": "Halimah Teladan",
    "Alamat": "Jalan Contoh Nomor 6, Sampang",
    "Telepon": "0800-0000-351",
    "Layanan yang diperlukan": "Pengaduan dan konseling",
    "Nama klien": "Anak Contoh",
}
UNREACHED = "Telepon pelapor tidak aktif, mohon ditunggu."
INTERVIEW = {
    "Waktu kejadian": "Minggu, 11 Januari 2026",
    "Tempat kejadian": "Desa Contoh",
    "Tanggal wawancara": "2026-01-12",
    "Cara wawancara": "Telepon",
    "Kronologis": "Diceritakan pelapor lewat telepon.",
    "Nama lengkap": "Seorang tetangga",
}
INVESTIGATED = {
    "Tanggal": "2026-01-12",
    "Hasil klarifikasi dan investigasi": "Anak itu aman di rumah neneknya.",
    "Tanggal rapat": "2026-01-12",
    "Pimpinan rapat": "Kepala Dinas",
    "Hasil rapat": "Pendampingan dua kali sebulan.",
}
FEEDBACK = {
    "Tanggal umpan balik": "2026-01-12",
    "Penilaian pengadu": "Puas",
    "Umpan balik": "Terima kasih, anak itu sudah tenang.",
}


@pytest.fixture
def desk(page: Any, app: Flask, sampang: Office) -> Desk:
    """A computer of the Dinas Sosial."""
    return Desk(page, app, sampang)


def test_a_letter_goes_from_the_sekretariat_over_the_disposition_to_the_report(desk: Desk) -> None:
    sekretariat_receives_the_letter(desk)
    admin_records_it_and_adds_the_lembar_disposisi(desk)
    kadis_gives_the_disposition(desk)
    petugas_waits_once_for_the_reporter(desk)
    admin_reaches_the_reporter(desk)
    petugas_interviews_and_gathers(desk)
    kabid_finds_it_fit(desk)
    petugas_investigates_and_proposes_a_response(desk)
    kadis_approves(desk, "Sahkan tanggapan")
    admin_passes_the_response_on_and_records_the_feedback(desk)
    petugas_reports(desk)
    kadis_approves(desk, "Sahkan laporan")
    admin_passes_the_report_on(desk)
    the_other_bidang_does_not_find_it(desk)
    the_rows_are_as_the_pages_said()


def sekretariat_receives_the_letter(desk: Desk) -> None:
    desk.turn("petugas-sekretariat")
    arrival = {"Saluran": "Surat", "Tanggal diterima": "2026-01-12"}
    desk.record("Catat pengaduan baru", arrival)
    desk.act("Terima pengaduan")
    desk.act("Sampaikan ke Unit/admin pengaduan")
    desk.says("Sekarang di meja Admin Pengaduan (langkah 3 dari 16).")


def admin_records_it_and_adds_the_lembar_disposisi(desk: Desk) -> None:
    desk.turn("admin-pengaduan")
    desk.open(ARRIVED)
    desk.act("Catat pengaduan", COMPLAINT)
    desk.says(f"{NUMBER}: Catat pengaduan. Berkas ada di meja Anda.")
    desk.act("Pilih untuk diteruskan", {"Sifat": "Segera"})
    desk.act("Siapkan lembar disposisi")
    papers = {"Surat pengaduan dan lembar disposisi": photo("lembar-disposisi.jpg")}
    desk.act("Teruskan ke Kepala Dinas", papers)
    desk.says("Sekarang di meja Kepala Dinas (langkah 7 dari 16).")


def kadis_gives_the_disposition(desk: Desk) -> None:
    order = "Dampingi anak itu, laporkan setiap minggu."
    bidang = "Bidang Pemberdayaan Perempuan dan Perlindungan Anak"
    desk.turn("kadis")
    desk.open(SUBJECT)
    desk.sees("(lembar-disposisi.jpg)")
    desk.act("Disposisikan ke Bidang", {"Bidang": bidang, "Isi disposisi": order})
    desk.says("Sekarang di meja Admin Pengaduan (langkah 7 dari 16).")
    desk.turn("admin-pengaduan")
    desk.open(SUBJECT)
    desk.sees(order)
    desk.act("Teruskan ke Bidang")
    desk.says("(langkah 8 dari 16).")


def petugas_waits_once_for_the_reporter(desk: Desk) -> None:
    desk.turn("petugas-puspaga")
    desk.open(SUBJECT)
    desk.act("Catat hasil klarifikasi", {"Catatan": "Surat jelas, nomor telepon ada."})
    desk.act("Tunggu pelapor", {"Yang diminta dari Pelapor": UNREACHED})
    desk.sees("Menunggu Pelapor")


def admin_reaches_the_reporter(desk: Desk) -> None:
    desk.turn("admin-pengaduan")
    desk.open(SUBJECT)
    desk.sees(UNREACHED, "Menunggu Pelapor")
    desk.tell("Telepon", "Ibu Halimah, mohon kesediaan diwawancarai.")
    desk.act("Pelapor siap diwawancarai")
    desk.sees("langkah 9 dari 16")


def petugas_interviews_and_gathers(desk: Desk) -> None:
    desk.turn("petugas-puspaga")
    desk.open(SUBJECT)
    desk.act("Catat hasil wawancara", INTERVIEW)
    desk.act("Catat data dan informasi", {"Catatan": "Keterangan sekolah sudah diterima."})
    desk.says("(langkah 11 dari 16).")


def kabid_finds_it_fit(desk: Desk) -> None:
    desk.turn("kabid-pppa")
    desk.open(SUBJECT)
    desk.act("Memenuhi syarat")
    desk.says(f"{NUMBER}: Memenuhi syarat.")
    desk.sees("langkah 11 dari 16")


def petugas_investigates_and_proposes_a_response(desk: Desk) -> None:
    desk.turn("petugas-puspaga")
    desk.open(SUBJECT)
    desk.act("Catat hasil investigasi dan mediasi", INVESTIGATED)
    desk.act("Ajukan tanggapan", {"Tanggapan tertulis": photo("tanggapan.jpg")})
    desk.says("Sekarang di meja Kepala Dinas")


def kadis_approves(desk: Desk, deed: str) -> None:
    desk.turn("kadis")
    desk.open(SUBJECT)
    desk.act(deed)
    desk.says(f"{NUMBER}: {deed}. Sekarang di meja Admin Pengaduan")


def admin_passes_the_response_on_and_records_the_feedback(desk: Desk) -> None:
    desk.turn("admin-pengaduan")
    desk.open(SUBJECT)
    desk.tell("Telepon", "Ibu Halimah, pengaduan memenuhi syarat.")
    desk.act("Sampaikan respon kepada pengadu")
    desk.sees("Menunggu Pengadu", "langkah 14 dari 16")
    desk.act("Catat umpan balik", FEEDBACK)
    desk.says("(langkah 15 dari 16).")


def petugas_reports(desk: Desk) -> None:
    desk.turn("petugas-puspaga")
    desk.open(SUBJECT)
    desk.sees(FEEDBACK["Umpan balik"])
    report = {"Laporan penanganan atau rekomendasi": photo("laporan.jpg")}
    desk.act("Ajukan laporan penanganan", report)
    desk.says("Sekarang di meja Kepala Dinas")


def admin_passes_the_report_on(desk: Desk) -> None:
    desk.turn("admin-pengaduan")
    desk.open(SUBJECT)
    desk.act("Sampaikan laporan dan tutup")
    desk.says(f"{NUMBER}: Sampaikan laporan dan tutup. Berkas selesai.")
    desk.sees("Selesai ditangani", "(laporan.jpg)")
    search(desk, "Halimah Teladan")
    desk.sees(SUBJECT)


def the_other_bidang_does_not_find_it(desk: Desk) -> None:
    desk.turn("petugas-rehsos")
    for words in (NUMBER, "Halimah Teladan", "0800-0000-351"):
        search(desk, words)
        desk.sees("Tidak ada yang ditemukan")
        expect(desk.main).not_to_contain_text(SUBJECT)


def search(desk: Desk, words: str) -> None:
    """Type into the box above every page."""
    box = desk.page.locator("#find")
    box.fill(words)
    with leaving(desk.page):
        box.press("Enter")
    expect(desk.heading).to_have_text(f"Cari: {words}")


def the_rows_are_as_the_pages_said() -> None:
    db.session.rollback()
    case = db.session.scalars(db.select(Case)).one()

    assert (case.status, case.outcome, case.number) == (Status.CLOSED, "selesai", NUMBER)
    assert [(one.step, one.transition) for one in case.events if one.action] == [
        ("penyampaian", "forward"),
        ("penerimaan", "forward"),
        ("pencatatan", "forward"),
        ("pemilahan", "forward"),
        ("penerusan", "tertulis"),
        ("lembar-disposisi", "forward"),
        ("disposisi", "forward"),
        ("penerusan-bidang", "forward"),
        ("klarifikasi", "forward"),
        ("wawancara", "return"),
        ("menunggu-pelapor", "forward"),
        ("wawancara", "forward"),
        ("pengumpulan", "forward"),
        ("kelayakan", "approve"),
        ("investigasi", "forward"),
        ("tanggapan", "forward"),
        ("pengesahan-tanggapan", "approve"),
        ("penyampaian-respon", "forward"),
        ("umpan-balik", "forward"),
        ("laporan", "forward"),
        ("pengesahan-laporan", "approve"),
        ("penyampaian-laporan", "close"),
    ]
