"""A letter at the Dinas Sosial Sampang in Chromium: disposed to two Kabid, passed on, closed."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from models import DispositionState, Office
from tests.browser.desk import Desk
from tests.browser.leaving import follow, measured
from tests.web.dispositions import SUBJECT, Round, rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PPPA = "Kepala Bidang Pemberdayaan Perempuan dan Perlindungan Anak"
REHSOS = "Kepala Bidang Rehabilitasi Sosial"
ORDER = "Kunjungi keluarga itu minggu ini."
PASSED_ON = "Temui ketua RT lebih dahulu."
VISITED = "Keluarga dikunjungi 13 Januari; anak dititipkan kepada bibinya."
SUMMED_UP = "Pendampingan berjalan; laporan petugas terlampir di bawah."
HELPED = "Bantuan sembako diserahkan."


class Walk(Desk):
    """The letter on the page, at one width of the window."""

    def __init__(self, page: Any, app: Flask, office: Office, width: int) -> None:
        super().__init__(page, app, office)
        self.width = width
        self.round = Round(app, office)
        app.config["NOW"] = self.clock
        self.clock.wait(15)
        page.set_viewport_size({"width": width, "height": 900})

    def comes(self, post: str) -> None:
        """A post finds the letter in the inbox and opens it; nothing lies beside the screen."""
        self.turn(post)
        self.fits()
        self.clock.wait(5)
        follow(self.page.get_by_role("link", name=SUBJECT, exact=True).first)
        expect(self.heading).to_have_text(SUBJECT)
        self.fits()

    def fits(self) -> None:
        """The page is not wider than the window."""
        assert measured(self.page, "document.documentElement.scrollWidth") <= self.width

    def target(self, sheet: Locator, post: str) -> Locator:
        """The line of a post on the sheet."""
        return sheet.locator(".sdr > li").filter(
            has=self.page.locator("b", has_text=post).and_(self.page.get_by_text(post, exact=True))
        )

    def tree(self) -> Locator:
        """The dispositions with their state."""
        return self.page.locator("#disposisi")

    def panel(self, heading: str, words: str) -> Locator:
        """One of the frames in which something waits for me."""
        panels = self.page.locator("section.panel")
        return panels.filter(has_text=heading).filter(has_text=words)


@pytest.fixture(params=[1280, 390])
def walk(request: pytest.FixtureRequest, page: Any, app: Flask, sampang: Office) -> Walk:
    """A desk or a telephone at the Dinas Sosial."""
    return Walk(page, app, sampang, request.param)


def test_a_letter_goes_down_to_two_kabid_and_its_reports_come_up_again(walk: Walk) -> None:
    the_head_gives_it_to_two_kabid(walk)
    one_kabid_passes_it_on(walk)
    the_officer_reports_and_the_kabid_after_him(walk)
    the_other_kabid_reports(walk)
    the_head_closes_it(walk)
    the_sheet_has_the_whole_chain(walk)
    assert {one.state for one in rows()} == {DispositionState.CLOSED}


def the_head_gives_it_to_two_kabid(walk: Walk) -> None:
    walk.turn("kadis")
    walk.page.goto(walk.round.address)
    walk.fits()
    sheet = walk.form("Beri disposisi")
    for box in sheet.locator("label.tick:visible").all():
        size = box.bounding_box()
        assert size is not None
        assert size["height"] >= 44
    follow(sheet.get_by_role("button", name="Beri disposisi"))
    expect(walk.page.get_by_role("alert")).to_contain_text("Masih ada yang kurang")
    sheet = walk.form("Beri disposisi")
    expect(sheet).to_contain_text("Pilih penanggung jawab.")
    walk.target(sheet, PPPA).get_by_label("Penanggung jawab").check()
    walk.target(sheet, REHSOS).get_by_label("Ikut mengerjakan").check()
    sheet.get_by_label("Proses lebih lanjut").check()
    sheet.get_by_label("Isi disposisi").fill(ORDER)
    sheet.get_by_label("Batas waktu").fill("2026-01-16")
    walk.clock.wait(5)
    follow(sheet.get_by_role("button", name="Beri disposisi"))
    walk.says("Disposisi sudah diberikan.")
    expect(walk.tree().get_by_text("Belum dibaca")).to_have_count(2)


def one_kabid_passes_it_on(walk: Walk) -> None:
    walk.turn("kabid-pppa")
    expect(walk.page.locator("#untuk-anda")).to_contain_text("Belum dibaca.")
    walk.comes("kabid-pppa")
    mine = walk.panel("Disposisi untuk Anda", ORDER)
    expect(mine).to_contain_text("Dari Kepala Dinas · penanggung jawab")
    sheet = walk.form("Teruskan disposisi")
    expect(sheet).to_contain_text("Paling lambat Jumat, 16 Januari 2026")
    walk.target(sheet, "Petugas PUSPAGA Rato Ebu").get_by_label("Penanggung jawab").check()
    sheet.get_by_label("Isi disposisi").fill(PASSED_ON)
    follow(sheet.get_by_role("button", name="Teruskan disposisi"))
    walk.says("Disposisi sudah diberikan.")
    expect(walk.tree().locator(".chain .chain")).to_contain_text(PASSED_ON)
    walk.fits()


def report(walk: Walk, text: str) -> None:
    """Whoever has the letter open writes his report."""
    walk.act("Laporkan", {"Yang telah dilakukan": text})


def the_officer_reports_and_the_kabid_after_him(walk: Walk) -> None:
    walk.comes("petugas-puspaga")
    begin = walk.form("Mulai dikerjakan")
    follow(begin.get_by_role("button", name="Mulai dikerjakan"))
    expect(walk.tree()).to_contain_text("Sedang dikerjakan")
    report(walk, VISITED)
    walk.says("Laporan Anda sudah sampai")
    walk.comes("kabid-pppa")
    expect(walk.panel("Laporan menunggu Anda", VISITED)).to_be_visible()
    report(walk, SUMMED_UP)
    walk.says("Laporan Anda sudah sampai")


def the_other_kabid_reports(walk: Walk) -> None:
    walk.comes("kabid-rehsos")
    report(walk, HELPED)
    walk.says("Laporan Anda sudah sampai")
    expect(walk.panel("Disposisi untuk Anda", ORDER)).to_have_count(0)


def the_head_closes_it(walk: Walk) -> None:
    walk.turn("kadis")
    waiting = walk.page.locator("#dari-anda")
    expect(waiting.get_by_role("link", name="Baca laporan")).to_have_count(2)
    follow(waiting.get_by_role("link", name=SUBJECT, exact=True).first)
    leading = walk.panel("Laporan menunggu Anda", SUMMED_UP)
    expect(walk.panel("Laporan menunggu Anda", HELPED)).to_be_visible()
    leading.locator("summary", has_text="Selesaikan disposisi").click()
    expect(leading).to_contain_text("seluruh lembar disposisi selesai")
    follow(leading.get_by_role("button", name="Selesaikan disposisi"))
    walk.says("Disposisi sudah diselesaikan.")
    expect(walk.tree().locator(".tag.done")).to_have_count(3)
    walk.fits()


def the_sheet_has_the_whole_chain(walk: Walk) -> None:
    follow(walk.tree().get_by_role("link", name="Lembar disposisi"))
    expect(walk.heading).to_have_text("Lembar Disposisi")
    walk.sees("Surat dari", "Camat Contoh Hulu", "☒ Proses lebih lanjut", PASSED_ON, HELPED)
    expect(walk.page.locator(".disposition tbody tr")).to_have_count(3)
    walk.fits()
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Unduh Word").click()
    assert download.value.suggested_filename == "lembar-disposisi-1-2026.docx"
