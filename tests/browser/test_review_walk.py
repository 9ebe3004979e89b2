"""The head of the office in Chromium on a telephone: ten decisions, one of them taken back."""

from __future__ import annotations

import time
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from models import Attachment, Case, CaseEvent, Office, db
from seed import walking
from tests import factories
from tests.browser.desk import Desk
from tests.browser.leaving import follow, measured
from tests.browser.looking import AXE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TELEPHONE: ViewportSize = {"width": 390, "height": 844}
SLIM: ViewportSize = {"width": 320, "height": 700}
WIDE: ViewportSize = {"width": 1280, "height": 900}
WRONG_DAY = "Tanggal cetak belum sesuai berita acara."
FORTY_WORDS = " ".join(["pengambilandokumenkependudukandankeluarga"] * 2 + ["di kelurahan"] * 19)
TWO_MINUTES = 120
SMALL = """() => [...document.querySelectorAll('main a, main button, main summary, main select,'
  + ' main textarea, .nav summary')].filter(one => one.checkVisibility()).map(one =>
  [one.innerText.slice(0, 40), one.getBoundingClientRect()]).filter(([_, box]) =>
  box.height < 43.5 || box.width < 43.5).map(([text, box]) => `${text} ${box.width}x${box.height}`)
"""


@pytest.fixture
def desk(page: Page, app: Flask, dukcapil: Office) -> Desk:
    """The telephone of the head."""
    page.set_viewport_size(TELEPHONE)
    return Desk(page, app, dukcapil)


def lay(office: Office, *subjects: str) -> Case:
    """Lay letters of these subjects on his desk; the last one."""
    for subject in subjects:
        told = walking.Story(columns={"subject": subject})
        case = factories.make_case(office, "pengaduan-menengah", "pemeriksaan", story=told)
    return case


def fits(page: Page) -> None:
    """Nothing hangs over the edge, nothing is too small for a finger, axe finds nothing."""
    width, glass = measured(page, "[document.documentElement.scrollWidth, innerWidth]")
    assert width <= glass
    assert page.evaluate(SMALL) == []
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []


def test_ten_cases_in_two_minutes_with_a_telephone(desk: Desk) -> None:
    lay(desk.office, *(f"Surat yang ke-{n}" for n in range(1, 11)))
    page, head = desk.page, desk.page.locator(".deeds")
    desk.turn("kadis")
    weights: list[int] = []
    page.on("response", lambda one: weights.append(weight(one)))
    began = time.monotonic()
    follow(page.get_by_role("link", name="Periksa 10 berkas satu per satu"))
    for n in range(1, 11):
        desk.clock.wait(1)
        place = f"Berkas {n} dari 10"
        expect(page.locator(".walk")).to_contain_text(place)
        if n == 3:
            returns(page)
        elif n == 5:
            signs_too_fast(page)
        if n != 3:
            follow(head.get_by_role("button", name="Setujui dan tanda tangani"))
    expect(desk.heading).to_have_text("Tidak ada lagi yang menunggu")
    taken = time.monotonic() - began
    fits(page)

    assert taken < TWO_MINUTES
    assert max(weights) < 14_000
    assert sum(weights) < 160_000  # ten decisions weigh less than a photograph
    assert decisions() == {"return": 1, "approve": 10}


def weight(response: Any) -> int:
    """The bytes of a page; the look of it was fetched with the inbox and is kept."""
    if response.status >= 300 or "/static/" in response.url:
        return 0
    return int(response.headers.get("content-length", 0))


def returns(page: Page) -> None:
    """The third letter goes back with a note; without one it is refused and nothing is lost."""
    follow(page.get_by_role("link", name="Kembalikan"))
    form = page.locator("form.back")
    follow(form.get_by_role("button"))
    expect(page.get_by_role("alert")).to_contain_text("Ke isiannya")
    fits(page)
    follow(page.get_by_role("link", name="Ke isiannya"))
    form.get_by_label("Apa yang harus diperbaiki").fill(WRONG_DAY)
    expect(page.locator(".deeds .primary")).to_be_hidden()  # whoever returns cannot sign by mistake
    follow(form.get_by_role("button"))
    expect(page.get_by_role("status")).to_contain_text("Kembalikan untuk diperbaiki")


def signs_too_fast(page: Page) -> None:
    """The fifth is signed by mistake and taken back with one press."""
    heading = page.get_by_role("heading", level=1).inner_text()
    follow(page.locator(".deeds").get_by_role("button"))
    expect(page.locator(".walk")).to_contain_text("Berkas 6 dari 10")
    fits(page)
    follow(page.get_by_role("button", name="Batalkan"))
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator(".walk")).to_contain_text("Berkas 5 dari 10")


def decisions() -> dict[str, int]:
    """How often the head took each way."""
    db.session.rollback()
    query = db.select(CaseEvent.transition, db.func.count()).where(
        CaseEvent.step == "pemeriksaan", CaseEvent.transition.is_not(None)
    )
    rows = db.session.execute(query.group_by(CaseEvent.transition)).all()
    return {str(key): int(n) for key, n in rows}


def test_it_works_without_a_script_and_looks_the_same_on_a_desk(
    desk: Desk, chromium: Any, live_server: str
) -> None:
    case = lay(desk.office, "Surat yang pertama", FORTY_WORDS)
    db.session.add(
        Attachment(
            case=case,
            name="berita-acara-pencetakan-" * 4 + ".pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_at=factories.NOW,
            user_id=case.events[0].user_id,
        )
    )
    db.session.commit()
    desk.turn("kadis")
    cookies = desk.page.context.cookies()
    for size in SLIM, WIDE:
        desk.page.set_viewport_size(size)
        desk.page.goto(f"/periksa/?id={case.id}")
        fits(desk.page)
    context = chromium.new_context(
        base_url=live_server, java_script_enabled=False, viewport=TELEPHONE
    )
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto("/periksa/")
    follow(plain.locator(".deeds").get_by_role("button"))
    expect(plain.locator(".walk")).to_contain_text("Berkas 2 dari 2")
    follow(plain.get_by_role("button", name="Batalkan"))
    expect(plain.get_by_role("status")).to_contain_text("Berkas ada di meja Anda lagi.")
    plain.get_by_label("Apa yang harus diperbaiki").fill(WRONG_DAY)
    follow(plain.locator("form.back").get_by_role("button"))
    expect(plain.get_by_role("status")).to_contain_text("Kembalikan untuk diperbaiki")
    context.close()
    assert decisions() == {"return": 1, "approve": 1}
