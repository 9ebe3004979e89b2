"""What every page owes the people who read it, and the content policy it is served under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree


class Page:
    """Reads a page once and notes what is wrong with it."""

    def __init__(self, html: str) -> None:
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.title = ""
        self.language = ""
        self.unprotected = 0
        self._form: dict[str, str] | None = None
        self._in_title = False
        # Every page of every test is read: a parser in Python would take six times as long.
        parser = etree.HTMLParser(target=self)
        parser.feed(html)
        parser.close()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        values = dict(attributes)
        self.tags[tag] += 1
        self._in_title = tag == "title" and self.tags["title"] == 1
        self.language = values.get("lang", self.language) if tag == "html" else self.language
        if "id" in values:
            self.ids[values["id"]] += 1
        self._policy(tag, values)
        self._token(tag, values)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "form" and self._form is not None:
            if self._form.get("method", "get").lower() == "post" and "token" not in self._form:
                self.faults.append(f"a form without a token: {self._form.get('action')}")
            self._form = None
        self._in_title = False

    def data(self, text: str) -> None:
        """A piece of text."""
        self.title += text if self._in_title else ""

    def close(self) -> None:
        """The page is read."""

    def _policy(self, tag: str, values: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in values):
            self.faults.append(f"<{tag}> within the page")
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.faults.append(f'<{tag} {name}="{value[:40]}">')
            if value.strip().lower().startswith(("javascript:", "data:")):
                self.faults.append(f'<{tag} {name}="{value[:40]}">')

    def _token(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form":
            self._form = dict(values)
        elif self._form is not None and values.get("name") == "csrf_token":
            self._form["token"] = "yes"


CLOSED = ("a", "b", "code", "div", "dl", "form", "section", "span", "table", "ul")


def unclosed(html: str) -> list[str]:
    """Elements that begin more often than they end: words were taken for a tag."""
    begun = {one: html.count(f"<{one}>") + html.count(f"<{one} ") for one in CLOSED}
    return [
        f"<{one}> begins {n} times and ends {ends}"
        for one, n in begun.items()
        if n != (ends := html.count(f"</{one}>"))
    ]


def faults(html: str) -> list[str]:
    """Everything that is wrong with a whole page, empty when it may be shown."""
    page = Page(html)
    found = [*page.faults, *unclosed(html)]
    found += [f"id {name!r} stands {n} times" for name, n in page.ids.items() if n > 1]
    if page.language != "id":
        found.append(f"lang is {page.language!r}")
    if not page.title.strip():
        found.append("no title")
    if page.tags["h1"] != 1:
        found.append(f"{page.tags['h1']} h1")
    return found
