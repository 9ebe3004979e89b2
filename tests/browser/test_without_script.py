"""A browser that runs no script: everything a day at the desk needs works all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import expect

from models import Attachment, Office, db
from seed import walking
from tests import factories
from tests.browser.desk import Desk, photo
from tests.browser.leaving import follow

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
SUBJECT = "KTP-el belum tercetak sejak Oktober 2025"


@pytest.fixture
def desk(chromium: Any, live_server: str, app: Flask, dukcapil: Office) -> Iterator[Desk]:
    """A computer of the Disdukcapil on which scripts are switched off."""
    context = chromium.new_context(
        base_url=live_server,
        locale="id-ID",
        viewport={"width": 1280, "height": 900},
        java_script_enabled=False,
    )
    yield Desk(context.new_page(), app, dukcapil)
    context.close()


def test_a_day_at_the_desk_without_script(desk: Desk, tmp_path: Path) -> None:
    told = walking.Story(columns={"subject": SUBJECT})
    factories.make_case(desk.office, "pengaduan-menengah", "pengiriman", story=told)
    factories.make_case(desk.office, "pengaduan-kecil", "arahan")
    page = desk.page

    desk.log_in("petugas-pengaduan")
    desk.sees(SUBJECT, "Lewat waktu", "Kirim surat balasan")
    follow(page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Pengaduan"))
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_label("Tahap").select_option(label="Di meja saya")
    follow(page.get_by_role("button", name="Tampilkan"))
    expect(page.locator("tbody tr")).to_have_count(1)
    follow(page.locator("tbody").get_by_role("link", name=SUBJECT))
    expect(desk.heading).to_have_text(SUBJECT)
    expect(page.locator(".needs-js:visible")).to_have_count(0)

    with page.expect_download() as waiting:
        page.locator("#surat").get_by_role("link", name="Unduh Word").click()
    file = tmp_path / "surat.docx"
    waiting.value.save_as(file)
    assert Document(str(file)).tables

    desk.act("Kirim surat balasan", {"Pindaian surat bertanda tangan": photo("pindaian.jpg")})
    desk.says("Kirim surat balasan. Berkas ada di meja Anda.")
    db.session.rollback()
    assert [one.name for one in db.session.scalars(db.select(Attachment))] == ["pindaian.jpg"]

    follow(page.get_by_role("link", name="Bantuan"))
    expect(desk.heading).to_contain_text("Bantuan: Petugas pengaduan")
    desk.log_out()


def test_the_menu_and_the_forms_of_a_telephone_without_script(desk: Desk) -> None:
    told = walking.Story(columns={"subject": SUBJECT})
    case = factories.make_case(desk.office, "pengaduan-menengah", "pemeriksaan", story=told)
    address = f"/pengaduan/details/?id={case.id}"
    desk.page.set_viewport_size({"width": 390, "height": 844})

    desk.log_in("kadis")
    desk.page.goto(address)
    steps, rest = desk.page.locator("#sop tbody tr"), desk.page.get_by_text("Semua langkah SOP")
    every = steps.count()
    expect(steps.filter(visible=True)).to_have_count(3)  # the step before, this one, the next
    expect(steps.filter(visible=True).nth(1)).to_contain_text("Berkas ada di sini")
    rest.click()
    expect(steps.filter(visible=True)).to_have_count(every)
    assert every > 5
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    expect(rest).to_be_hidden()  # there is room for the table, all of it
    expect(steps.filter(visible=True)).to_have_count(every)
    desk.page.set_viewport_size({"width": 390, "height": 844})

    desk.page.locator(".phone > summary").click()
    follow(desk.page.locator(".phone").get_by_role("link", name="Periksa satu per satu"))
    expect(desk.heading).to_have_text(SUBJECT)
    follow(desk.page.locator(".deeds").get_by_role("button", name="Setujui dan tanda tangani"))
    desk.says("Setujui dan tanda tangani")
