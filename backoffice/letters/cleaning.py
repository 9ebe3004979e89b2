"""Texts as Word can hold them, and as they stand in its XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Row = Mapping[str, str | None]
Value = str | Sequence[Row] | None
Values = Mapping[str, Value]

LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 cannot hold: control characters, lone surrogates, the two non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile(
    "[&<>\t\n\r\x0b\x0c\x85\u2028\u2029\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)


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
    if SPECIAL.search(text) is None:
        return text
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign, name in (("\n", "br"), ("\t", "tab")):
        if sign in text:
            close, again = f"</{prefix}:t>", f'<{prefix}:t xml:space="preserve">'
            text = text.replace(sign, f"{close}<{prefix}:{name}/>{again}")
    return text
