"""A row that is being read: each cell as it was meant, and every fault named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from backoffice.takeover import cells
from backoffice.takeover.cells import Cell, Wrong, quoted
from backoffice.takeover.known import find
from backoffice.takeover.reading import Fault, Row, label
from backoffice.takeover.words import Column, same

T = TypeVar("T")
MOST_LISTED = 8  # choices that are named in a sentence


class Asked:
    """A row that is being read, and what is found wrong with it."""

    def __init__(self, row: Row, columns: tuple[Column, ...], faults: list[Fault]) -> None:
        self.row = row
        self.columns = {one.key: one for one in columns}
        self.faults = faults
        self.wrong_keys: set[str] = set()

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong so far."""
        return not self.wrong_keys

    def wrong(self, key: str, message: str) -> None:
        """Name a fault of this row."""
        self.wrong_keys.add(key)
        title = label(self.columns.values(), key)
        self.faults.append(Fault(self.row.sheet, self.row.number, title, message))

    def take(self, key: str, read: Callable[[Cell], T], *, required: bool = False) -> T | None:
        """What a cell says, or None where it is empty or wrong."""
        cell, found = self.row.cells.get(key), None
        if cell is not None:
            try:
                found = read(cell)
            except Wrong as wrong:
                self.wrong(key, str(wrong))
                return None
        if found in (None, "") and (required or self.columns[key].required):
            self.wrong(key, "Wajib diisi.")
        return found

    def line(self, key: str) -> str:
        """One line of text; empty where there is none."""
        most = self.columns[key].most
        return self.take(key, lambda cell: cells.line(cell, most)) or ""

    def text(self, key: str) -> str:
        """Several lines of text."""
        most = self.columns[key].most
        return self.take(key, lambda cell: cells.text(cell, most)) or ""

    def one_of(self, key: str, named: Mapping[str, str], what: str) -> str | None:
        """The key of a choice, by its key or its words."""
        said = self.line(key)
        found = find(said, named) or (find(said.zfill(2), named) if said.isdecimal() else None)
        if said and found is None:
            self.wrong(key, f"{what} {quoted(said)} tidak ada. {choices(said, named)}")
        return found


def choices(said: str, named: Mapping[str, str]) -> str:
    words = {same(one): one for one in (*named.values(), *named)}
    near = get_close_matches(same(said), list(words), 1, 0.6)
    if near:
        return f"Maksudnya {words[near[0]]}?"
    if len(named) <= MOST_LISTED:
        return f"Pilihannya: {', '.join(named.values())}."
    return "Pilih dari daftar di lembar Petunjuk."
