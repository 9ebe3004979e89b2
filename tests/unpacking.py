"""What an answer says: a page as it is, a workbook or a letter with its packed parts laid open."""

from __future__ import annotations

import zipfile
from io import BytesIO

from werkzeug.test import TestResponse

PACKED = b"PK\x03\x04"


def said(answer: TestResponse) -> bytes:
    """Everything that can be read in it."""
    data = answer.get_data()
    if not data.startswith(PACKED):
        return data
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())
