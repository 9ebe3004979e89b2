"""A letter in Chromium from the first draft until it is on its way, on a desk and on a phone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Page, expect

from models import Delivery, DeliveryWay, Letter, LetterState, Office, db
from seed import walking
from tests import factories
from tests.browser.desk import Desk, fill, photo
from tests.browser.leaving import follow, measured
from tests.browser.looking import AXE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.letters, pytest.mark.slow]
SUBJECT = "KTP-el belum tercetak sejak Oktober 2025"
KEPT = "Bawalah surat keterangan perekaman."
FIRST = f"KTP-el Saudara dapat diambil di loket 2 pada tanggal 9 Januari 2026.\n{KEPT}"
SECOND = (
    "KTP-el Saudara dapat diambil di loket 2 pada tanggal 13 Januari 2026.\n"
    f"Kami mohon maaf atas keterlambatan ini.\n{KEPT}"
)
OBJECTION = "Tanggalnya belum sesuai berita acara."
HAND_OVER = "Serahkan surat balasan untuk diperiksa"
INITIAL, SIGN = "Setujui dan paraf", "Setujui dan tanda tangani"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_letter_is_drafted_initialled_returned_changed_approved_signed_and_sent(
    width: int, page: Page, app: Flask, dukcapil: Office
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    desk = Desk(page, app, dukcapil)
    story = walking.Story(columns={"subject": SUBJECT})
    case = factories.make_case(dukcapil, "pengaduan-umum", "penyusunan", story=story)
    desk.clock.now = factories.after(case)
    it_is_drafted_and_initialled(desk)
    the_head_returns_it_and_it_is_changed(desk)
    the_sekretaris_sees_the_change_and_that_his_paraf_fell(desk)
    the_head_sees_it_too_and_approves(desk)
    the_petugas_downloads_it_with_its_number(desk)
    its_scan_is_uploaded(desk)
    it_is_sent(desk)


def it_is_drafted_and_initialled(desk: Desk) -> None:
    desk.turn("petugas-pengaduan")
    desk.open(SUBJECT)
    desk.act(HAND_OVER, {"Isi surat": FIRST})
    desk.turn("sekretaris")
    desk.open(SUBJECT)
    expect(desk.page.get_by_role("article", name="Surat balasan")).to_contain_text(KEPT)
    desk.act(INITIAL)


def the_head_returns_it_and_it_is_changed(desk: Desk) -> None:
    desk.turn("kadis")
    desk.open(SUBJECT)
    desk.sees("Diparaf", "Paraf: Sekretaris – ")
    desk.act("Kembalikan untuk diperbaiki", {"Apa yang harus diperbaiki": OBJECTION})
    desk.turn("kasubbag-umum")
    desk.open(SUBJECT)
    desk.act("Beri arahan kepada Petugas Pengaduan", {"Catatan": "Cocokkan tanggalnya."})
    desk.turn("petugas-pengaduan")
    desk.open(SUBJECT)
    asked = desk.form(HAND_OVER)
    expect(asked).to_contain_text("Dikembalikan oleh Kepala Dinas – ")
    expect(asked).to_contain_text(OBJECTION)
    desk.act(HAND_OVER, {"Isi surat": SECOND})


def the_sekretaris_sees_the_change_and_that_his_paraf_fell(desk: Desk) -> None:
    desk.turn("sekretaris")
    desk.open(SUBJECT)
    desk.sees("Paraf Sekretaris gugur: naskah diubah oleh ", "Berubah sejak Anda paraf")
    told = desk.page.locator("#surat > .diff")
    expect(told).to_have_text(
        [
            "Isi surat, alinea 1 diubah KTP-el Saudara dapat diambil di loket 2 pada tanggal "
            "dihapus: 9 ditambah: 13 Januari 2026.",
            "Isi surat, alinea 2 baru ditambah: Kami mohon maaf atas keterlambatan ini.",
        ]
    )
    looks_right(desk.page)
    desk.act(INITIAL)


def the_head_sees_it_too_and_approves(desk: Desk) -> None:
    desk.turn("kadis")
    desk.open(SUBJECT)
    desk.sees("Berubah sejak Anda kembalikan", "Diparaf")
    letter = desk.page.get_by_role("article", name="Surat balasan")
    expect(letter.locator("del")).to_have_text(["dihapus: 9"])
    expect(letter.locator("p", has_text=KEPT)).to_have_text(KEPT)
    desk.act(SIGN)


def the_petugas_downloads_it_with_its_number(desk: Desk) -> None:
    number = letter_now().number
    assert number
    desk.turn("petugas-pengaduan")
    desk.open(SUBJECT)
    follow(desk.page.get_by_role("link", name="Perjalanan surat ini"))
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="Siap tanda tangan").click()
    word = Document(BytesIO(Path(waiting.value.path()).read_bytes()))
    head = {row.cells[0].text: row.cells[2].text for row in word.tables[0].rows}
    assert head["Nomor"] == number
    said = "\n".join(one.text for one in word.paragraphs)
    assert all(one in said for one in SECOND.split("\n"))


def its_scan_is_uploaded(desk: Desk) -> None:
    desk.clock.wait(5)
    form = desk.form("Catat tanda tangan")
    fill(form, {"Pindaian surat yang sudah ditandatangani": photo("bertanda tangan.jpg")})
    follow(form.get_by_role("button", name="Unggah pindaian"))
    desk.sees("Ditandatangani", "bertanda tangan.jpg")
    assert letter_now().state is LetterState.SIGNED


def it_is_sent(desk: Desk) -> None:
    desk.clock.wait(5)
    form = desk.form("Kirim surat")
    fill(form, {"Dikirim lewat": "Pos"})
    follow(form.get_by_role("button", name="Kirim dan catat"))
    desk.sees("Terkirim")
    looks_right(desk.page)
    letter = letter_now()
    assert (letter.state, letter.revision) == (LetterState.SENT, 2)
    ways = [one.way for one in db.session.query(Delivery).filter_by(letter_id=letter.id)]
    assert ways == [DeliveryWay.POST]


def letter_now() -> Letter:
    """The letter as the database has it."""
    db.session.rollback()
    return db.session.scalars(db.select(Letter)).one()


def looks_right(page: Page) -> None:
    """Nothing hangs over the edge, and axe finds nothing."""
    wide, glass = measured(page, "[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= glass
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
