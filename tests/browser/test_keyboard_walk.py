"""A complaint at the Disdukcapil by keyboard alone: from the counter to the signature of the head.

Nothing is clicked. Whoever works presses Tab until the wanted thing has the focus, sees where the
focus is, and presses Enter, the space bar, an arrow or letters.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from models import Case, Office, db
from tests.browser.desk import Desk
from tests.browser.leaving import leaving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST = 120  # presses; nobody goes on longer
SUBJECT = "KTP-el belum tercetak sejak Oktober 2025"
FOCUS = """() => { const one = document.activeElement, style = getComputedStyle(one)
    const named = one.labels && one.labels.length ? one.labels[0].textContent
        : one.getAttribute("aria-label") || one.textContent
    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    return [one.tagName, named.trim().replace(/\\s+/g, " "), seen] }"""


class Keyboard:
    """Ten fingers and no mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, name: str, *tags: str) -> None:
        """Press Tab until something of this name, and of one of these tags, has the focus."""
        passed = []
        for _press in range(MOST):
            self.page.keyboard.press("Tab")
            tag, named, seen = self.page.evaluate(FOCUS)
            if tag == "BODY":
                continue
            assert seen, f"the focus cannot be seen at {tag} {named}"
            if tag in tags and (named == name or named.startswith(f"{name} (")):
                return
            passed.append(named[:30])
        pytest.fail(f"{name} cannot be reached: {passed}")

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.reach(name, "A")
        with leaving(self.page):
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        """Press a button."""
        self.reach(name, "BUTTON")
        with leaving(self.page):
            self.page.keyboard.press("Enter")

    def type(self, name: str, text: str) -> None:
        """Type into a field."""
        self.reach(name, "INPUT", "TEXTAREA")
        self.page.keyboard.type(text)

    def choose(self, name: str, option: str) -> None:
        """Go down a list to one of its options."""
        self.reach(name, "SELECT")
        field = self.page.locator(":focus")
        wanted = field.locator("option").all_inner_texts().index(option)
        while field.evaluate("one => one.selectedIndex") != wanted:
            below = field.evaluate("one => one.selectedIndex") < wanted
            self.page.keyboard.press("ArrowDown" if below else "ArrowUp")


@pytest.fixture
def desk(page: Any, app: Flask, dukcapil: Office) -> Desk:
    """A computer of the Disdukcapil whose mouse is broken."""
    return Desk(page, app, dukcapil)


def test_a_complaint_is_recorded_answered_and_signed_by_keyboard_alone(desk: Desk) -> None:
    keys = Keyboard(desk.page)
    the_counter_logs_in_and_records_it(desk, keys)
    the_officer_registers_it(desk, keys)
    the_kasubbag_gives_direction(desk, keys)
    the_officer_drafts_the_letter(desk, keys)
    the_head_signs(desk, keys)

    db.session.rollback()
    case = db.session.scalars(db.select(Case)).one()
    assert (case.number, case.step, case.subject) == ("ADU-2026-0001", "pengiriman", SUBJECT)


def the_counter_logs_in_and_records_it(desk: Desk, keys: Keyboard) -> None:
    desk.page.goto("/")
    keys.type("Nama pengguna", f"{desk.office.key}.customer-service")
    keys.type("Kata sandi", "kantor-pagi-2026")
    keys.press("Masuk")
    expect(desk.heading).to_have_text("Kotak kerja")
    keys.follow("Catat pengaduan baru")
    keys.reach("Menyambut warga (5S) dan yang ditanyakan", "SUMMARY")
    desk.page.keyboard.press("Enter")
    desk.sees("Ada yang bisa saya bantu")
    keys.choose("Prosedur", "Prosedur Tetap Pelayanan Pengaduan Skala Menengah")
    keys.type("Nomor antrian", "A-017")
    keys.press("Catat pengaduan baru")
    keys.press("Panggil antrian")
    desk.says("Panggil antrian. Berkas ada di meja Anda.")
    keys.press("Antar ke Petugas Pengaduan")
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 3 dari 8).")


def the_officer_registers_it(desk: Desk, keys: Keyboard) -> None:
    desk.turn("petugas-pengaduan")
    keys.follow("Antrian A-017 · belum ada perihal")
    keys.type("Perihal", SUBJECT)
    keys.type("Uraian", "Sudah tiga kali datang ke loket 2.")
    keys.choose("Saluran", "Datang sendiri")
    keys.choose("Kategori", "Pelayanan masyarakat")
    keys.type("Nama lengkap", "Fitri Teladani")
    keys.type("NIK atau nomor identitas lain", "0000000000000142")
    keys.type("Alamat", "Jalan Contoh Nomor 2")
    keys.type("Telepon", "0800-0000-142")
    keys.press("Koordinasikan dengan Kasubbag")
    desk.says("ADU-2026-0001: Koordinasikan dengan Kasubbag.")


def the_kasubbag_gives_direction(desk: Desk, keys: Keyboard) -> None:
    desk.turn("kasubbag-umum")
    keys.follow(SUBJECT)
    keys.type("Catatan", "Jawab dengan jadwal cetak yang pasti.")
    keys.press("Beri arahan kepada Petugas Pengaduan")
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 5 dari 8).")


def the_officer_drafts_the_letter(desk: Desk, keys: Keyboard) -> None:
    desk.turn("petugas-pengaduan")
    keys.follow(SUBJECT)
    keys.type("Isi surat", "KTP-el Saudara dapat diambil pada tanggal 15 Januari 2026.")
    keys.press("Serahkan surat balasan untuk diperiksa")
    desk.says("Sekarang di meja Kepala Dinas (langkah 6 dari 8).")


def the_head_signs(desk: Desk, keys: Keyboard) -> None:
    desk.turn("kadis")
    keys.follow(SUBJECT)
    desk.sees("dapat diambil pada tanggal 15 Januari 2026")
    keys.press("Setujui dan tanda tangani")
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 7 dari 8).")
