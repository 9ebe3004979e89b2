"""Reads what a page says above its fields."""

from __future__ import annotations

import re
from html import unescape

ERROR = re.compile(r'<p class="error" id="([^"]*)-error">.*?<span>(.*?)</span>', re.DOTALL)


def above(html: str, form: str = "") -> dict[str, str]:
    """Field -> the sentence above it, in the order of the page; of the form of that key alone."""
    found = {name: unescape(words) for name, words in ERROR.findall(html)}
    return {
        name.removeprefix(f"{form}-"): words
        for name, words in found.items()
        if name.startswith(f"{form}-")
    }
