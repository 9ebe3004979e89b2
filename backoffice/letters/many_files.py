"""Into which files many letters go: one each in a .zip, or at most 100 to a file for the printer.

All is written to the disk as it comes.
"""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from backoffice import storage

from .merging import CannotMerge, Merger, family

EACH, PRINT = "each", "print"
FORMS = (EACH, PRINT)
MOST_TOGETHER = 100
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Result:
    """What is fetched in the end."""

    name: str
    content_type: str
    file: IO[bytes]


class Files(Protocol):
    """Where letters go."""

    def add(self, name: str, letter: bytes) -> None:
        """One more; `name` without its ending. Raises `CannotMerge`."""

    def close(self) -> Result | None:
        """The file with all of them; none where none came."""


def files_for(form: str, kind: str, folder: Path, opened: ExitStack) -> Files:
    """Files of that form, drafted in the folder until `opened` is closed."""
    return Each(kind, folder, opened) if form == EACH else Together(kind, folder, opened)


class Each:
    """A file for each letter, in the order in which they came."""

    def __init__(self, kind: str, folder: Path, opened: ExitStack) -> None:
        self._kind, self._count = kind, 0
        self._file = opened.enter_context(storage.draft(folder))
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)

    def add(self, name: str, letter: bytes) -> None:
        """A number in front keeps the order, and two of one name apart."""
        self._count += 1
        safe = storage.FORBIDDEN.sub("-", name)
        self._zip.writestr(zipfile.ZipInfo(f"{self._count:05}-{safe}.docx"), letter)

    def close(self) -> Result | None:
        """The .zip."""
        self._zip.close()
        return Result(f"{self._kind}.zip", ZIP, self._file) if self._count else None


@dataclass(slots=True)
class _Open:
    """A file into which letters of one template go."""

    file: IO[bytes]
    merger: Merger


@dataclass(slots=True)
class Together:
    """Files for the printer: letters of one template each, at most `MOST_TOGETHER`."""

    kind: str
    folder: Path
    opened: ExitStack
    _open: dict[str, _Open] = field(default_factory=dict)
    _whole: list[IO[bytes]] = field(default_factory=list)

    def add(self, name: str, letter: bytes) -> None:
        """Behind those of the same template."""
        key = family(letter)
        if key not in self._open:
            file = self.opened.enter_context(storage.draft(self.folder))
            self._open[key] = _Open(file, Merger(file))
        one = self._open[key]
        try:
            one.merger.add(letter)
        except CannotMerge:
            if one.merger.count == 0:
                self._open.pop(key).merger.abandon()
            raise
        if one.merger.count == MOST_TOGETHER:
            self._end(key)

    def _end(self, key: str) -> None:
        one = self._open.pop(key)
        one.merger.close()
        self._whole.append(one.file)

    def close(self) -> Result | None:
        """The one file, or a .zip with all of them."""
        for key in list(self._open):
            self._end(key)
        if not self._whole:
            return None
        if len(self._whole) == 1:
            return Result(f"{self.kind}.docx", DOCX, self._whole[0])
        file = self.opened.enter_context(storage.draft(self.folder))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            for n, one in enumerate(self._whole, start=1):
                one.flush()
                package.write(one.name, f"{self.kind}-{n:03}.docx")
        return Result(f"{self.kind}.zip", ZIP, file)
