"""From one page to the next: whoever goes on waits until the new page is whole.

A click is over before the page it asks for is there. Until then the browser shows the page before,
or a document without a word in it, so nothing may be measured, counted or read straight after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page

PATIENCE = 60_000  # milliseconds; a busy machine is no fault of the office


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """What is done within leads to another page, or to the same one anew; then that is whole."""
    with page.expect_navigation(timeout=PATIENCE):
        yield


def follow(way: Locator) -> None:
    """Click a link or a button that leads to another page, and wait until that is whole."""
    with leaving(way.page):
        way.click()


def measured(page: Page, script: str, given: Any = None) -> Any:
    """What a script finds in the page that is open, once it stands there with its looks."""
    page.wait_for_load_state(timeout=PATIENCE)
    return page.evaluate(script, given)
