"""What a file truly is, whatever its name says, and whether an office program may open it."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

MOST_ENTRIES = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 100  # an honest document shrinks five to twenty times
MACROS = ("vbaproject", "vbadata", "macrosheets/", "activex/")


class Unfit(Exception):
    """A file the gate does not let through; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is let through."""

    suffix: str
    content_type: str
    picture: bool = False


OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = FileKind(".pdf", "application/pdf")
DOCX = FileKind(".docx", OFFICE + "wordprocessingml.document")
XLSX = FileKind(".xlsx", OFFICE + "spreadsheetml.sheet")
JPEG = FileKind(".jpg", "image/jpeg", picture=True)
PNG = FileKind(".png", "image/png", picture=True)
WEBP = FileKind(".webp", "image/webp", picture=True)  # let in, kept as one of the other two
PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}


def kind_of(data: bytes) -> FileKind:
    """The kind by the first bytes, for Office files by their parts; `Unfit` for any other."""
    if not data:
        raise Unfit("attachment_empty")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    for start, kind in ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG)):
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04"):
        names = {entry.filename for entry in _entries(data)}
        for part, kind in PARTS.items():
            if part in names and "[Content_Types].xml" in names:
                return kind
    raise Unfit("attachment_type")


def check(data: bytes, kind: FileKind) -> None:
    """Refuse macros and bombs in Office files, and a PDF whose end is missing."""
    if kind is PDF:
        if b"%%EOF" not in data[-2048:]:
            raise Unfit("attachment_damaged")
        return
    entries = _entries(data)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > min(MOST_UNPACKED, MOST_TIMES * len(data)):
        raise Unfit("attachment_bomb")
    if any(word in entry.filename.lower() for entry in entries for word in MACROS):
        raise Unfit("attachment_macro")
    if b"macroEnabled" in _types(data):
        raise Unfit("attachment_macro")


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unfit("attachment_damaged") from error


def _types(data: bytes) -> bytes:
    """The list of parts; reading it also finds a file that was cut off or locked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("[Content_Types].xml")
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError) as error:
        raise Unfit("attachment_damaged") from error
