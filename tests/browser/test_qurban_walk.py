"""Qurban proposals at the Kesra Ambon in Chromium: from the counter to the handed-over animal."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from models import Case, Office, Recapitulation, Status, db
from tests.browser.desk import Desk, Typed, fill, photo
from tests.browser.leaving import follow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUR = "Bantuan sapi untuk Masjid An-Nur Contoh"
HIDAYAH = "Bantuan kambing untuk Kelompok Hidayah Contoh"
PROPOSALS = {
    NUR: ("Masjid An-Nur Contoh", "Sapi", "2"),
    HIDAYAH: ("Kelompok Hidayah Contoh", "Kambing", "5"),
}
LACKING = "Daftar penerima dan surat keterangan lurah belum ada."
FEWER = "Kambing yang tersedia tinggal tiga."


@pytest.fixture
def desk(page: Any, app: Flask, ambon: Office) -> Desk:
    """A computer of the Bagian Kesra."""
    return Desk(page, app, ambon)


def test_proposals_go_from_the_counter_over_the_rekapan_to_the_hand_over(desk: Desk) -> None:
    staf_receives_two_proposals(desk)
    kasubbag_finds_one_incomplete(desk)
    staf_returns_it_and_takes_it_completed(desk)
    kasubbag_forwards_the_rekapan_as_one(desk)
    kabag_records_what_the_walikota_decided(desk)
    staf_types_the_list(desk)
    kabag_hands_over(desk)
    the_rows_are_as_the_pages_said()


def staf_receives_two_proposals(desk: Desk) -> None:
    desk.log_in("staf")
    for subject in (NUR, HIDAYAH):
        follow(desk.page.get_by_role("link", name="Kotak kerja"))
        follow(desk.page.get_by_role("link", name="Catat proposal baru"))
        form = desk.page.locator("main form")
        fill(form, proposal(subject))
        follow(form.get_by_role("button", name="Catat proposal baru"))
        if subject == HIDAYAH:  # the same person, as the counter is told
            desk.sees("Mungkin sudah pernah dicatat", "QURBAN-2026-0001")
            follow(desk.page.get_by_role("button", name="Tetap catat berkas baru").first)
        desk.says("Sudah dicatat. Lanjutkan langkah pertamanya di bawah.")
        desk.act("Teruskan ke Kasubbag Keagamaan", {"Proposal": photo("proposal.jpg")})
        desk.says("Sekarang di meja Kepala Subbagian Keagamaan (langkah 2 dari 6).")
        desk.sees("Proposal (proposal.jpg)", "Tanda terima QURBAN-2026-000")
    desk.log_out()


def proposal(subject: str) -> Typed:
    group, animal, count = PROPOSALS[subject]
    return {
        "Perihal": subject,
        "Tanggal diterima": "2026-01-12",
        "Nama lengkap": "Johanis Teladan",
        "Telepon": "0800-0000-311",
        "Nama masjid atau kelompok": group,
        "Jenis hewan": animal,
        "Jumlah dimohon (ekor)": count,
    }


def kasubbag_finds_one_incomplete(desk: Desk) -> None:
    desk.log_in("kasubbag-keagamaan")
    desk.open(NUR)
    desk.act("Ajukan ke rekapan")
    desk.says("QURBAN-2026-0001: Ajukan ke rekapan. Berkas ada di meja Anda.")
    follow(desk.page.get_by_role("link", name="Kotak kerja"))
    desk.open(HIDAYAH)
    desk.act("Tidak lengkap, serahkan ke Staf", {"Apa yang harus diperbaiki": LACKING})
    desk.says("Sekarang di meja Staf Subbagian Keagamaan (langkah 2 dari 6).")
    desk.log_out()


def staf_returns_it_and_takes_it_completed(desk: Desk) -> None:
    desk.log_in("staf")
    desk.sees("Dikembalikan Kepala Subbagian Keagamaan")
    desk.open(HIDAYAH)
    desk.sees(LACKING)
    desk.act("Kembalikan kepada pemohon")
    desk.says("Kembalikan kepada pemohon. Berkas ada di meja Anda.")
    desk.sees("Menunggu Pemohon", LACKING)
    told = desk.page.locator("form", has_text="Catat pemberitahuan")
    said = "Bapak Johanis, diminta melengkapi daftar penerima."
    fill(told, {"Diberitahukan melalui": "Telepon", "Kepada siapa dan apa yang disampaikan": said})
    follow(told.get_by_role("button", name="Catat pemberitahuan"))
    desk.says("Pemberitahuan sudah dicatat.")

    completed = {"Proposal yang dilengkapi": photo("lengkap.jpg")}
    desk.act("Teruskan proposal yang telah dilengkapi", completed)
    desk.says("Sekarang di meja Kepala Subbagian Keagamaan (langkah 2 dari 6).")
    desk.log_out()


def kasubbag_forwards_the_rekapan_as_one(desk: Desk) -> None:
    desk.log_in("kasubbag-keagamaan")
    desk.open(HIDAYAH)
    desk.act("Ajukan ke rekapan")
    follow(desk.page.get_by_role("link", name="Buka rekapan"))
    expect(desk.heading).to_have_text("Rekapan qurban #1")
    desk.sees("masih terbuka", "Jenis hewan: Sapi", "Jenis hewan: Kambing")
    decide(desk)
    desk.says("2 baris sudah diputus.")
    desk.sees("Dibekukan", "Kepala Bagian Kesejahteraan Rakyat", "langkah 4 dari 6")
    desk.log_out()


def kabag_records_what_the_walikota_decided(desk: Desk) -> None:
    desk.log_in("kabag")
    desk.open(NUR)
    follow(desk.page.get_by_role("link", name="Buka rekapan"))
    decide(desk)
    desk.says("2 baris sudah diputus.")
    desk.sees("Menunggu Walikota", "Wajib untuk: Disetujui Walikota, Disetujui dengan perubahan.")

    given(row(desk, NUR), "Disetujui Walikota", "2")
    given(row(desk, HIDAYAH), "Disetujui dengan perubahan", "3", FEWER)
    decide(desk)
    expect(desk.page.get_by_role("alert")).to_contain_text("Masih ada yang kurang.")
    assert row(desk, HIDAYAH).get_by_label("Catatan baris ini").input_value() == FEWER
    scan = {"Pindaian persetujuan Walikota": photo("persetujuan.jpg")}
    fill(desk.page.locator("main form"), scan)
    decide(desk)
    desk.says("2 baris sudah diputus.")
    desk.log_out()


def row(desk: Desk, subject: str) -> Locator:
    """The row of the decisions in which a proposal stands."""
    return desk.page.locator("main form tbody tr", has_text=subject)


def given(row: Locator, decision: str, count: str, note: str = "") -> None:
    """Type what the Walikota decided on one proposal."""
    row.get_by_label("Jumlah disetujui (ekor)").fill(count)
    row.get_by_label("Keputusan").select_option(label=decision)
    row.get_by_label("Catatan baris ini").fill(note)


def decide(desk: Desk) -> None:
    desk.clock.wait(5)
    follow(desk.page.get_by_role("button", name="Laksanakan keputusan"))


def staf_types_the_list(desk: Desk) -> None:
    desk.log_in("staf")
    desk.open(HIDAYAH)
    desk.sees("Jumlah disetujui (ekor)", FEWER)
    follow(desk.page.get_by_role("link", name="Buka rekapan"))
    decide(desk)
    desk.says("2 baris sudah diputus.")
    desk.sees("Semua baris (2)", "langkah 6 dari 6")
    expect(desk.main).not_to_contain_text("dicoret")
    desk.log_out()


def kabag_hands_over(desk: Desk) -> None:
    desk.log_in("kabag")
    desk.open(NUR)
    record: Typed = {
        "Tanggal serah terima": "2026-01-13",
        "Nama penerima": "Johanis Teladan",
        "Jumlah hewan (ekor)": "2",
        "Berita acara atau foto serah terima": photo("serah-terima.jpg"),
    }
    desk.act("Serahkan bantuan", record)
    desk.says("QURBAN-2026-0001: Serahkan bantuan. Berkas selesai.")
    desk.sees("Bantuan diserahkan", "Serah terima hewan qurban", "Selasa, 13 Januari 2026")
    desk.sees("Pindaian persetujuan Walikota (persetujuan.jpg)")
    desk.log_out()


def the_rows_are_as_the_pages_said() -> None:
    db.session.rollback()
    nur, hidayah = db.session.scalars(db.select(Case).order_by(Case.id))
    listed = db.session.scalars(db.select(Recapitulation)).one()

    assert (nur.status, nur.outcome, nur.answers["jumlah_disetujui"]) == (
        Status.CLOSED,
        "diserahkan",
        2,
    )
    assert (hidayah.step, hidayah.answers["jumlah_disetujui"]) == ("penyerahan", 3)
    assert [one.step for one in hidayah.events if one.action][:4] == [
        "penerimaan",
        "pemeriksaan",
        "pengembalian",
        "kelengkapan",
    ]
    assert [one.case_id for one in listed.rows] == [nur.id, hidayah.id]
    assert listed.frozen_at is not None
