"""What a page looks like to those who see it otherwise: by axe-core, on narrow screens, by thumb.

One load serves all: the page is looked at on a desk, then the window is made as narrow as a
phone. Everything folded in the page is unfolded first, so that its forms are looked at too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
from flask import Flask

from models import User
from tests.browser.leaving import measured
from tests.client import OfficeClient

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE, SLIM = 1280, 390, 320  # pixels
SMALLEST, TOUCH = 24, 44  # pixels: of anything to press; of buttons and fields under a thumb

UNFOLD = """() => { for (const one of document.querySelectorAll("main details")) {
    one.removeAttribute("name"); one.open = true } }"""
SAME = {"color-contrast": {"enabled": False}}  # the slowest rule; a phone has the same colours
# No list of what is right, only of what is wrong: half the time.
CHECK = """async ([tags, rules]) => (await axe.run(document, {runOnly: tags, rules,
    resultTypes: ["violations"], selectors: false})).violations.flatMap(one => one.nodes.map(
        node => one.id + ": " + node.html.slice(0, 200)))"""
# A link within a sentence is as high as the sentence; a stretched one as large as its row.
TARGETS = """([smallest, touch]) => {
    const found = []
    for (const one of document.querySelectorAll("a[href],button,summary,input,select,textarea")) {
        const box = one.getBoundingClientRect(), style = getComputedStyle(one)
        if (!one.checkVisibility() || one.type === "hidden" || style.clipPath !== "none"
            || one.closest(".sr,.skip") || !box.width) continue
        const ticked = one.matches("[type=checkbox],[type=radio]")
        const area = ticked && one.labels.length ? one.labels[0].getBoundingClientRect() : box
        const said = one.outerHTML.slice(0, 120)
        const flows = style.display === "inline"
            && (one.parentElement.textContent.trim().length > one.textContent.trim().length
                || getComputedStyle(one, "::after").position === "absolute")
        if (!flows && Math.min(area.width, area.height) < smallest - 0.5)
            found.push(`${Math.round(area.width)} x ${Math.round(area.height)}: ${said}`)
        const thumb = !ticked && one.matches("button,.btn,select,textarea,input")
        if (touch && thumb && !one.closest(".undo") && area.height < touch - 0.5)
            found.push(`only ${Math.round(area.height)} high: ${said}`)
    }
    return found }"""
# On a phone a row is a card, its first line as wide as the card, and no figure is out of sight.
SQUEEZED = """() => [...document.querySelectorAll(".list td.main")].filter(one =>
    one.clientWidth < one.parentElement.clientWidth / 2).map(one =>
        `squeezed to ${one.clientWidth}: ${one.textContent.trim().slice(0, 60)}`).concat(
    [...document.querySelectorAll(".figures")].filter(one => one.checkVisibility()
        && one.scrollWidth > one.parentElement.clientWidth).map(one =>
            `figures aside of the screen: ${one.caption.textContent}`))"""


def enter(page: Any, app: Flask, user: User | None, address: str) -> None:
    """Let somebody be logged in at this browser, or nobody."""
    page.context.clear_cookies()
    if user is None:
        return
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = client.log_in(user).get_cookie(name)
    assert cookie is not None
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": address}])


def faults(page: Any, path: str) -> list[str]:
    """Everything that is wrong with the page at `path`."""
    page.set_viewport_size({"width": DESK, "height": 900})
    page.goto(path)
    return [f"{path}: {one}" for one in faults_here(page)]


def faults_here(page: Any) -> Iterator[str]:
    """Everything that is wrong with the page that is open."""
    measured(page, UNFOLD)
    page.evaluate(AXE)
    for width, touch, rules in ((DESK, 0, {}), (PHONE, TOUCH, SAME), (SLIM, 0, SAME)):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide != page.evaluate("document.documentElement.clientWidth"):
            yield f"{width}: {wide} pixels wide"
        if width == SLIM:
            yield from page.evaluate(SQUEEZED)
            return
        yield from (f"{width}: {one}" for one in page.evaluate(CHECK, [RULES, rules]))
        yield from (f"{width}: {one}" for one in page.evaluate(TARGETS, [SMALLEST, touch]))
