"""What a Word file tells of whoever made the template, and no letter should carry along."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image

# The author, who saved it last, and his firm, in whatever namespace prefix.
PERSONAL = re.compile(
    rb"(<(\w+:)?(creator|lastModifiedBy|description|keywords|Company|Manager)\b[^>/]*>)"
    rb"[^<]*(</(?:\w+:)?\3>)"
)
PROPERTIES = ("docProps/core.xml", "docProps/app.xml")
THUMBNAIL = re.compile(r"docProps/thumbnail\.(jpe?g|png)", re.IGNORECASE)


def impersonal(name: str, content: bytes) -> bytes:
    """A part of a template as it goes into letters.

    The small picture of its first page may show the letter that the template was made of.
    """
    if name in PROPERTIES:
        return PERSONAL.sub(rb"\1\4", content)
    picture = THUMBNAIL.fullmatch(name)
    return _blank("PNG" if picture[1].lower() == "png" else "JPEG") if picture else content


def _blank(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (1, 1), "white").save(out, kind)
    return out.getvalue()
