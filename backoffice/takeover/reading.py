"""A workbook as plain rows: its sheets, and the columns they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from openpyxl.utils import get_column_letter

from backoffice.takeover.cells import Cell, cleaned
from backoffice.takeover.gate import MOST_ROWS, Line, Unreadable, lines_of, opened
from backoffice.takeover.words import (
    EXAMPLE,
    FIELD,
    GUIDE,
    MEND,
    SHEETS,
    Column,
    columns_of,
    heading,
    same,
)
from backoffice.workflow.definition import Field

LEAST_TITLES = 2  # by which a row is known as that of the titles
HEAD_ROWS = 12  # within which the titles of the columns stand


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place, and what to do. `row` is 0 where a whole sheet is meant."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        """Berkas berjalan baris 7, kolom Langkah: …"""
        place = f"{self.sheet} baris {self.row}" if self.row else self.sheet
        return (
            f"{place}, kolom {self.column}: {self.message}"
            if self.column
            else (f"{place}: {self.message}")
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something: column key -> cell, the empty ones left out."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of each sheet of the form, and what keeps a sheet from being read."""

    rows: Mapping[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SHEETS})
    faults: list[Fault] = field(default_factory=list)


def read(data: bytes, fields: Iterable[Field] = ()) -> Book:
    """The rows of a workbook in an office whose SOPs ask `fields`. Raises `Unreadable`."""
    book, known = Book(), tuple(fields)
    with opened(data) as workbook:
        names = {same(name): name for name in SHEETS}
        for sheet in workbook.worksheets:
            name = names.pop(same(sheet.title), None)
            lines = lines_of(sheet, workbook.epoch)
            if name is not None:
                _read_sheet(book, name, lines, known)
            elif same(sheet.title) != same(GUIDE) and next(lines, None) is not None:
                message = (
                    "Lembar ini tidak dikenal. Pindahkan isinya ke lembar formulir, atau hapus."
                )
                book.faults.append(Fault(sheet.title, 0, "", message))
    if len(names) == len(SHEETS):
        wanted = ", ".join(SHEETS)
        message = f"Tidak ada lembar formulir ({wanted}). Pakai formulir yang diunduh dari Paraf."
        book.faults.append(Fault("Berkas ini", 0, "", message))
    return book


def _read_sheet(book: Book, name: str, lines: Iterator[Line], fields: tuple[Field, ...]) -> None:
    columns = columns_of(name, fields)
    first = next(lines, None)
    if first is None:
        return
    found = _head(name, chain((first,), lines), columns)
    if found is None:
        message = "Judul kolom tidak ditemukan. Pakai lembar dari formulir, jangan ubah judulnya."
        book.faults.append(Fault(name, 0, "", message))
        return
    number, places, faults = found
    book.faults.extend(faults)
    missing = [one.title for one in columns if one.required and one.key not in places.values()]
    if missing:
        message = f"Tidak ada kolom {', '.join(missing)}. Tambahkan, atau pakai formulir baru."
        book.faults.append(Fault(name, number, "", message))
        return
    rows = book.rows[name]
    for row in _rows(book, name, lines, places):
        rows.append(row)
        if sum(map(len, book.rows.values())) > MOST_ROWS:
            raise Unreadable("too_many_rows")


def _head(
    name: str, lines: Iterable[Line], columns: tuple[Column, ...]
) -> tuple[int, dict[int, str], list[Fault]] | None:
    """The row of titles: place -> column key. None where the first rows have none."""
    found = titles_of(lines, columns)
    if found is None:
        return None
    keys = {heading(one.title): one.key for one in columns}
    return found[0], *_places(name, *found, keys)


def titles_of(
    lines: Iterable[Line], columns: Iterable[Column]
) -> tuple[int, dict[int, str]] | None:
    """The first row that has titles of these columns: place -> title."""
    known = {heading(one.title) for one in columns}
    for number, line in lines:
        titles = {place: str(cell.value) for place, cell in enumerate(line) if cell is not None}
        if sum(heading(one) in known for one in titles.values()) >= LEAST_TITLES:
            return number, titles
        if number > HEAD_ROWS:
            break
    return None


def _places(
    name: str, number: int, titles: Mapping[int, str], keys: Mapping[str, str]
) -> tuple[dict[int, str], list[Fault]]:
    places: dict[int, str] = {}
    faults = []
    for place, title in titles.items():
        key = keys.get(heading(title))
        if key is None and heading(title) != same(MEND):
            message = "Kolom ini tidak dikenal. Pindahkan isinya ke kolom lain, atau hapus."
            faults.append(Fault(name, number, cleaned(title)[:60], message))
        if key is None:
            places[place] = ""  # named, and not read
        elif key in places.values():
            places[place] = ""
            faults.append(Fault(name, number, cleaned(title)[:60], "Kolom ini ada dua kali."))
        else:
            places[place] = key
    return places, faults


def _rows(book: Book, name: str, lines: Iterator[Line], places: Mapping[int, str]) -> Iterator[Row]:
    """The rows below the titles, without examples and those that have only a number."""
    given = {one.key for one in SHEETS[name] if one.given} | {"row"}
    nameless: set[int] = set()
    for number, line in lines:
        cells = {key: cell for place, key in places.items() if (cell := line[place]) is not None}
        if "row" in cells and str(cells["row"].value).strip().casefold().startswith(EXAMPLE):
            continue
        for place, cell in enumerate(line):
            if cell is not None and place not in places and place not in nameless:
                nameless.add(place)
                message = "Ada isi di kolom tanpa judul. Beri judul dari formulir, atau hapus."
                book.faults.append(Fault(name, number, get_column_letter(place + 1), message))
        cells = {key: cell for key, cell in cells.items() if key}
        if cells.keys() - given:
            yield Row(name, number, cells)


def label(columns: Iterable[Column], key: str) -> str:
    """What a column is called in a fault."""
    return next((one.title for one in columns if one.key == key), key.removeprefix(FIELD))
