"""Texts as Word can hold them, and as they stand in its XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Row = Mapping[str, str | None]
Value = str | Sequence[Row] | None
Values = Mapping[str, Value]

LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
BETWEEN = "\u241f"  # the printable sign for a separator of units; hardly ever in a text
ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
BREAKS = (("\n", "br"), ("\t", "tab"))
# What XML 1.0 cannot hold: control characters, lone surrogates, the two non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text as Word can hold it: one kind of line break, no control characters."""
    return FORBIDDEN.sub("", LINES.sub("\n", text))


def is_empty(value: Value) -> bool:
    """Whether `{{?x}}` lets its paragraph go."""
    if not isinstance(value, str):
        return not value
    return not (value if value.isprintable() else clean(value)).strip()


def written(text: str, prefix: str) -> str:
    """The text inside a `w:t`; line breaks and tabs become the elements Word has for them."""
    if not text.isprintable():  # whatever must be cleaned is not; looking costs next to nothing
        text = clean(text)
    for sign, words in ENTITIES:
        if sign in text:
            text = text.replace(sign, words)
    for sign, name in BREAKS:
        if sign in text:
            close, again = f"</{prefix}:t>", f'<{prefix}:t xml:space="preserve">'
            text = text.replace(sign, f"{close}<{prefix}:{name}/>{again}")
    return text


def written_each(texts: Sequence[str], prefix: str) -> list[str]:
    """Each text as `written` gives it; at one go, since a list may have thousands of cells."""
    whole = BETWEEN.join(texts)
    if not texts or whole.count(BETWEEN) != len(texts) - 1:
        return [written(one, prefix) for one in texts]
    return written(whole, prefix).split(BETWEEN)
