"""A complaint at the Kesra Ambon in Chromium: analysed by a team of four, resolved and shared."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from models import Case, Office, Opinion, Status, db
from tests.browser.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SUBJECT = "Jadwal insentif guru mengaji tidak diumumkan"
COMPLAINT = {
    "Perihal": SUBJECT,
    "Uraian": "Insentif triwulan keempat sudah dua kali ditunda tanpa pengumuman.",
    "Saluran": "Media sosial",
    "Tanggal diterima": "2026-01-12",
    "Nama lengkap": "Yosef Teladan",
    "Alamat": "Jalan Contoh Nomor 8, Ambon",
    "Telepon": "0800-0000-312",
}
TRUE = "Jadwal pada papan pengumuman masih jadwal triwulan ketiga."
OPINIONS = {
    "kasubbag-umum": "Daftar penerima sudah lengkap sejak Desember.",
    "kasubbag-keagamaan": "Jadwal menunggu data dari kecamatan.",
    "kasubbag-kesra": "Anggarannya tersedia.",
}
TITLES = (
    "Kepala Subbagian Umum",
    "Kepala Subbagian Keagamaan",
    "Kepala Subbagian Kesejahteraan Rakyat",
)
KABAG = "Kepala Bagian Kesejahteraan Rakyat"
CONCLUDE = "Simpulkan hasil analisis"
ANALYSIS = {
    "Pokok masalah": "Jadwal pembayaran tidak diumumkan.",
    "Kesimpulan": "Jadwal ditetapkan setiap awal triwulan dan diumumkan.",
}
RESOLUTION = "Jadwal insentif diumumkan pada tanggal 5 setiap awal triwulan."
SHARED = "Pak Sekda, laporan lisan pada rapat staf 13 Januari 2026."


@pytest.fixture
def desk(page: Any, app: Flask, ambon: Office) -> Desk:
    """A computer of the Bagian Kesra."""
    return Desk(page, app, ambon)


def test_a_complaint_is_analysed_by_the_team_resolved_and_shared(desk: Desk) -> None:
    petugas_pengaduan_receives_it(desk)
    petugas_pengolah_finds_it_true(desk)
    kabag_concludes_too_early(desk)
    three_members_give_their_opinion(desk)
    kabag_concludes_and_resolves(desk)
    kabag_uses_it_for_monev_and_shares_it(desk)
    the_rows_are_as_the_pages_said()


def petugas_pengaduan_receives_it(desk: Desk) -> None:
    desk.turn("petugas-pengaduan")
    desk.record("Catat pengaduan baru", COMPLAINT)
    expect(desk.heading).to_have_text(SUBJECT)
    desk.sees("langkah 1 dari 8", "standar belum ditetapkan")
    desk.act("Teruskan ke Petugas pengolah")
    desk.says("Sekarang di meja Petugas Pengolah Informasi Aduan (langkah 2 dari 8).")


def petugas_pengolah_finds_it_true(desk: Desk) -> None:
    desk.turn("petugas-pengolah")
    desk.open(SUBJECT)
    desk.act("Lanjut ke verifikasi", {"Kategori": "Pelayanan masyarakat", "Sifat": "Segera"})
    desk.act("Catat hasil verifikasi", {"Catatan": TRUE})
    desk.sees(TRUE, "langkah 4 dari 8")
    desk.act("Ya, tindak lanjuti")
    desk.says(f"Sekarang di meja {KABAG} (langkah 5 dari 8).")


def kabag_concludes_too_early(desk: Desk) -> None:
    desk.turn("kabag")
    desk.open(SUBJECT)
    expect(opinions(desk)).to_contain_text(f"Masih ditunggu: {', '.join(TITLES)}.")
    desk.act(CONCLUDE, ANALYSIS)
    expect(desk.page.get_by_role("alert")).to_contain_text(
        f"Belum ada pendapat: {', '.join(TITLES)}."
    )
    for label, typed in ANALYSIS.items():
        expect(desk.form(CONCLUDE).get_by_label(label)).to_have_value(typed)
    desk.sees("langkah 5 dari 8")


def opinions(desk: Desk) -> Locator:
    """The card on which the team's opinions stand."""
    return desk.page.locator("#pendapat")


def three_members_give_their_opinion(desk: Desk) -> None:
    for post, opinion in OPINIONS.items():
        desk.turn(post)
        desk.sees("Pendapat Anda diminta")
        desk.open(SUBJECT)
        desk.sees("Kabag menyimpulkan setelah semua pendapat ada.")
        desk.act("Berikan pendapat", {"Pendapat": opinion})
        desk.says("ADU-2026-0001: pendapat Anda tersimpan.")
    expect(opinions(desk)).not_to_contain_text("Masih ditunggu")


def kabag_concludes_and_resolves(desk: Desk) -> None:
    desk.turn("kabag")
    desk.open(SUBJECT)
    for opinion in OPINIONS.values():
        expect(opinions(desk)).to_contain_text(opinion)
    desk.act(CONCLUDE, ANALYSIS)
    desk.says(f"{CONCLUDE}. Berkas ada di meja Anda.")
    resolution = {"Resolusi": RESOLUTION, "Yang melaksanakan": "Subbagian Kesejahteraan Rakyat"}
    desk.act("Tetapkan resolusi", resolution)
    desk.says("Tetapkan resolusi. Berkas ada di meja Anda.")


def kabag_uses_it_for_monev_and_shares_it(desk: Desk) -> None:
    desk.sees(RESOLUTION, "langkah 7 dari 8", "Lanjut tanpa MONEV")
    measured = {"Kinerja yang dipantau": "Ketepatan jadwal", "Ukuran keberhasilan": "Tanggal 5"}
    desk.act("Jadikan acuan MONEV", measured)
    desk.says("Jadikan acuan MONEV. Berkas ada di meja Anda.")
    desk.tell("Telepon", "Bapak Yosef, jadwal diumumkan setiap tanggal 5.")
    desk.act("Bagikan resolusi dan tutup", {"Kepada siapa disampaikan": SHARED})
    desk.says("ADU-2026-0001: Bagikan resolusi dan tutup. Berkas selesai.")
    desk.sees("Selesai dengan resolusi", "Acuan monitoring dan evaluasi kinerja", SHARED)


def the_rows_are_as_the_pages_said() -> None:
    db.session.rollback()
    case = db.session.scalars(db.select(Case)).one()
    said = db.session.scalars(db.select(Opinion).order_by(Opinion.id))

    assert (case.status, case.outcome) == (Status.CLOSED, "selesai")
    assert [one.text for one in said] == list(OPINIONS.values())
    assert [(one.step, one.action) for one in case.events if one.action] == [
        ("penerimaan", "forward"),
        ("pengolahan", "forward"),
        ("verifikasi", "forward"),
        ("tindak-lanjut", "approve"),
        *[("analisis", "opinion")] * len(OPINIONS),
        ("analisis", "forward"),
        ("resolusi", "forward"),
        ("monev", "forward"),
        ("berbagi", "close"),
    ]
    assert all(desk.left_at for desk in case.assignments)
