"""The gate that a workbook passes: what is no workbook, or grows when it is opened, stays out."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from backoffice import documents
from backoffice.takeover.cells import Cell

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 80 * MEGABYTE
MOST_WORDS = 30 * MEGABYTE  # of the part that every text of the workbook stands in
MOST_ROWS = 20_000
MOST_COLUMNS = 80
DAMAGES = (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError)
LAST_ROW = 100_000  # below which nothing may stand
CHUNK = 1024 * 1024
DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
Line = tuple[int, list[Cell | None]]  # its number, its cells

UNREADABLE = {
    "attachment_empty": "Berkas ini kosong. Pilih lagi berkasnya.",
    "attachment_too_big": "Berkas ini lebih dari 5 MB. Bagi menjadi beberapa berkas.",
    "attachment_type": (
        "Berkas ini bukan buku kerja Excel (.xlsx). Simpan sebagai .xlsx, lalu unggah lagi."
    ),
    "attachment_damaged": (
        "Berkas ini rusak, atau dikunci dengan sandi. Buka di Excel atau LibreOffice, simpan "
        "lagi sebagai .xlsx tanpa sandi."
    ),
    "attachment_bomb": (
        "Isi berkas ini terlalu besar setelah dibuka. Hapus lembar dan baris yang tidak dipakai."
    ),
    "attachment_macro": "Berkas ini berisi makro. Simpan sebagai .xlsx tanpa makro.",
    "too_many_rows": (
        f"Lebih dari {MOST_ROWS:,} baris. Bagi menjadi beberapa berkas.".replace(",", ".")
    ),
}


class Unreadable(Exception):
    """Nothing of the file can be used; the message says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(UNREADABLE[code])
        self.code = code


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The workbook of a file that passed the gate, read as it is asked for."""
    check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read
            workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except Unreadable:
        raise
    except Exception as error:  # a damaged file fails wherever openpyxl comes upon it
        raise Unreadable("attachment_damaged") from error


def check(data: bytes) -> None:
    """Refuse what is no workbook, has a macro, or grows when it is opened."""
    if len(data) > MOST_BYTES:
        raise Unreadable("attachment_too_big")
    try:
        kind = documents.kind_of(data)
        if kind is not documents.XLSX:
            raise Unreadable("attachment_type")
        documents.check(data, kind)
        _refuse_bombs(data)
    except documents.Unfit as unfit:
        raise Unreadable(unfit.code) from unfit
    except DAMAGES as error:
        raise Unreadable("attachment_damaged") from error


def _refuse_bombs(data: bytes) -> None:
    """Parts that are too large, or that name entities which grow when they are read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        words = sum(one.file_size for one in parts if "sharedstrings" in one.filename.casefold())
        if sum(one.file_size for one in parts) > MOST_UNPACKED or words > MOST_WORDS:
            raise Unreadable("attachment_bomb")
        for part in parts:
            if part.filename.casefold().endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    _refuse_doctype(stream)


def _refuse_doctype(stream: Any) -> None:
    tail = b""
    while chunk := stream.read(CHUNK):
        if any(mark in tail + chunk for mark in DOCTYPES):
            raise Unreadable("attachment_bomb")
        tail = chunk[-32:]


def lines_of(sheet: Any, epoch: datetime) -> Iterator[Line]:
    """The rows of a sheet that are not empty, each with its number."""
    sheet.reset_dimensions()  # what a file says of its size is not believed
    before = None
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if cells is before:
            continue  # of rows that are missing, a million perhaps, openpyxl yields one object
        before = cells
        line = [None if one is EMPTY_CELL else _cell(one, epoch) for one in cells]
        if any(one is not None for one in line):
            if number > LAST_ROW:
                raise Unreadable("too_many_rows")
            yield number, line


def _cell(one: Any, epoch: datetime) -> Cell | None:
    """A cell that says something; blanks and spaces say nothing."""
    value = one.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return Cell(value, one.data_type, epoch)
