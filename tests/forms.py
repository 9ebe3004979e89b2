"""Reads the fields of a form as a browser would send them back."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The fields of every form, in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, str]] = []
        self.ticked: dict[str, list[str]] = {}
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Fields of the form that is open."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif self.forms and "name" in values:
            self._field(tag, values)
        elif tag == "option" and self._select and "selected" in values:
            self.forms[-1][self._select] = values.get("value", "")

    def _field(self, tag: str, values: dict[str, str]) -> None:
        name = values["name"]
        if tag == "textarea":
            self._area, self.forms[-1][name] = name, ""
        elif tag == "select":
            self._select, self.forms[-1][name] = name, ""
        elif tag == "input" and (
            values.get("type") not in ("checkbox", "radio", "file") or "checked" in values
        ):
            self.forms[-1][name] = values.get("value", "on")
            if values.get("type") == "checkbox":
                self.ticked.setdefault(name, []).append(self.forms[-1][name])

    def handle_data(self, data: str) -> None:
        """The text of a textarea; the line break after its tag is not part of it."""
        if self._area is not None:
            text = self.forms[-1][self._area] + data
            self.forms[-1][self._area] = text

    def handle_endtag(self, tag: str) -> None:
        """A textarea or a select ends."""
        if tag == "textarea" and self._area is not None:
            value = self.forms[-1][self._area].replace("\r\n", "\n")
            self.forms[-1][self._area] = value.removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None


def fields_of(html: str) -> dict[str, str]:
    """The fields of the form with the most of them: the one the page is about."""
    page = _Form()
    page.feed(html)
    return max(page.forms, key=len)


def ticked_on(html: str) -> dict[str, list[str]]:
    """The boxes of a page that are ticked, by name: a browser sends every one of them."""
    page = _Form()
    page.feed(html)
    return page.ticked
