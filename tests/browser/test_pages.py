"""What a page owes a clerk with a telephone, an old machine, a keyboard or an impatient hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from models import Case, CaseEvent, EventKind, Office, db
from seed.walking import Story
from tests import factories
from tests.browser.desk import Desk
from tests.browser.leaving import follow, measured

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]
SUBJECT = "Akta kelahiran salah ketik"
OTHER = "Antrean loket terlalu lama"
NOTE = "Jawab dengan jadwal yang pasti, sertakan permohonan maaf."
GIVE_ORDER = "Beri arahan kepada Petugas Pengaduan"
HAND_OVER = "Serahkan surat balasan untuk diperiksa"
RETURN = "Kembalikan untuk diperbaiki"
APPROVE = "Setujui dan tanda tangani"
# A control or a menu nobody can name, a page without its one heading, a page wider than the glass.
FLAWS = """() => {
  const shown = one => one.offsetParent !== null || getComputedStyle(one).position === "fixed";
  const named = one => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
  const fields = [...document.querySelectorAll("input, select, textarea")]
    .filter(one => one.type !== "hidden" && shown(one) && !named(one) && !one.labels.length);
  const nameless = [...document.querySelectorAll("nav")].filter(one => !named(one));
  const found = [...fields, ...nameless].map(one => one.outerHTML.slice(0, 120));
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  return found;
}"""


@pytest.fixture
def complaints(dukcapil: Office) -> None:
    """One complaint that waits for direction, one whose letter the head must judge."""
    for step, subject in (("arahan", SUBJECT), ("pemeriksaan", OTHER)):
        story = Story(columns={"subject": subject})
        factories.make_case(dukcapil, "pengaduan-menengah", step, story=story)
    db.session.commit()


@pytest.fixture
def windows(chromium: Browser, live_server: str) -> Iterator[Callable[..., Page]]:
    """Opens a window that shares nothing with the others."""
    opened = []

    def window(**options: Any) -> Page:
        context = chromium.new_context(
            base_url=live_server, locale="id-ID", reduced_motion="reduce", **options
        )
        opened.append(context)
        return context.new_page()

    yield window
    for context in opened:
        context.close()


@pytest.fixture
def desk_of(app: Flask, dukcapil: Office, complaints: None) -> Callable[[Page], Desk]:
    """A window becomes a desk of the Disdukcapil, three hours after the complaints came in."""

    def desk(page: Page) -> Desk:
        made = Desk(page, app, dukcapil)
        made.clock.now += timedelta(hours=3)
        return made

    return desk


Windows = Callable[..., Page]
DeskOf = Callable[[Page], Desk]


def events(kind: EventKind = EventKind.TRANSITION, step: str = "arahan") -> list[CaseEvent]:
    """What happened at a step of the complaint that waited for direction."""
    db.session.rollback()
    query = db.select(CaseEvent).join(Case).where(Case.subject == SUBJECT)
    return list(db.session.scalars(query.where(CaseEvent.kind == kind, CaseEvent.step == step)))


def test_every_page_of_the_work_fits_a_telephone(windows: Windows, desk_of: DeskOf) -> None:
    desk = desk_of(windows(viewport={"width": 390, "height": 844}))
    page = desk.page
    page.goto("/masuk")
    assert measured(page, FLAWS) == []
    desk.log_in("kadis")
    assert measured(page, FLAWS) == []
    desk.open(OTHER)
    for label in (APPROVE, RETURN):
        desk.form(label)
        assert measured(page, FLAWS) == [], label
    follow(page.get_by_role("link", name="Tanda terima", exact=True))
    assert measured(page, FLAWS) == []

    page.goto("/pengaduan/")
    rows = page.locator("table.list tbody tr")
    assert rows.evaluate_all("all => all.map(one => getComputedStyle(one).display)") == ["grid"] * 2
    assert measured(page, FLAWS) == []
    rows.locator("input[type=checkbox]").first.check()
    rows.locator("input[type=checkbox]").last.check()
    follow(page.get_by_role("button", name="Setujui", exact=True))
    desk.sees("Setujui 1 pengaduan?", "Dilewati (1)", "Belum ada yang berubah.")
    assert measured(page, FLAWS) == []


def test_the_rekapan_fits_a_telephone(windows: Windows, app: Flask, ambon: Office) -> None:
    for _ in range(2):
        factories.make_case(ambon, "bantuan-qurban", "persetujuan")
    desk = Desk(windows(viewport={"width": 390, "height": 844}), app, ambon)
    desk.clock.now += timedelta(hours=3)
    desk.log_in("kabag")
    follow(desk.page.get_by_role("link", name="Kartu keluarga").first)
    follow(desk.page.get_by_role("link", name="Buka rekapan"))

    decisions = desk.page.locator("main form tbody tr")
    shown = decisions.evaluate_all("all => all.map(one => getComputedStyle(one).display)")
    assert shown == ["grid"] * 2
    expect(decisions.first.get_by_label("Keputusan")).to_be_visible()
    assert measured(desk.page, FLAWS) == []


def test_a_step_is_taken_without_a_script(windows: Windows, desk_of: DeskOf) -> None:
    desk = desk_of(windows(java_script_enabled=False))
    desk.log_in("kasubbag-umum")
    desk.open(SUBJECT)
    desk.act(GIVE_ORDER, {"Catatan": NOTE})
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 5 dari 8).")
    assert [one.note for one in events()] == [NOTE]
    desk.log_out()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_double_click_has_one_effect(windows: Windows, desk_of: DeskOf, script: bool) -> None:
    desk = desk_of(windows(java_script_enabled=script))
    desk.log_in("kasubbag-umum")
    desk.open(SUBJECT)
    form = desk.form(GIVE_ORDER)
    form.get_by_label("Catatan").fill(NOTE)
    form.get_by_role("button", name=GIVE_ORDER).dblclick()

    desk.sees("Tidak ada tugas Anda di berkas ini", "langkah 5 dari 8")
    assert [one.note for one in events()] == [NOTE]


def test_typed_text_survives_a_refusal(windows: Windows, desk_of: DeskOf) -> None:
    desk = desk_of(windows(java_script_enabled=False))  # the script keeps drafts of its own
    desk.log_in("kasubbag-umum")
    desk.open(SUBJECT)
    desk.act(GIVE_ORDER, {"Catatan": NOTE})
    desk.log_out()
    desk.log_in("petugas-pengaduan")
    desk.open(SUBJECT)
    text = "Akta yang benar dapat diambil pada tanggal 13 Januari 2026."
    with desk.page.expect_response("**/step/forward/") as answer:
        desk.act(HAND_OVER, {"Isi surat": text, "Hal": ""})

    assert answer.value.status == 422
    expect(desk.page.get_by_role("alert")).to_contain_text("Surat masih mempunyai bagian kosong.")
    expect(desk.form(HAND_OVER).locator(".field.bad")).to_contain_text("Hal")
    expect(desk.form(HAND_OVER).get_by_label("Isi surat")).to_have_value(text)
    assert events(step="penyusunan") == []


def test_typed_text_survives_a_decision_in_another_window(
    windows: Windows, desk_of: DeskOf
) -> None:
    desk, other = desk_of(windows()), desk_of(windows())
    for one in (desk, other):
        one.log_in("kadis")
        one.open(OTHER)
    desk.act(RETURN, {"Apa yang harus diperbaiki": "Tanggalnya belum benar."})
    desk.says("Sekarang di meja Kepala Subbagian Umum dan Kepegawaian (langkah 4 dari 8).")
    with other.page.expect_response("**/step/approve/") as answer:
        other.act(APPROVE, {"Catatan": NOTE})

    assert answer.value.status == 409
    expect(other.heading).to_have_text("Berkas ini baru saja Anda putus sendiri")
    other.sees("Yang kedua tidak disimpan.", RETURN, "Kepala Subbagian Umum")
    expect(other.page.get_by_label(f"Anda hendak: {APPROVE}")).to_have_value(NOTE)
    follow(other.page.get_by_role("button", name="Simpan tulisan sebagai catatan berkas"))
    other.sees("Catatan ditambahkan", NOTE)


def test_the_keyboard_reaches_the_content_at_once(windows: Windows, desk_of: DeskOf) -> None:
    desk = desk_of(windows())
    desk.log_in("kadis")
    page = desk.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(desk.main).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
