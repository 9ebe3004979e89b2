"""What is found in a pack: where, how grave, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error keeps a pack from being published; a warning is kept with the version."""

    ERROR = "error"
    WARNING = "warning"


WORDS = {Level.ERROR: "kesalahan", Level.WARNING: "peringatan"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong on one line and what to do about it.

    `where` says the place in the office's words: "Langkah 6 (Kepala Dinas memeriksa surat)".
    """

    file: str
    line: int
    level: Level
    message: str
    where: str = ""

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}: {WORDS[self.level]}: {where}{self.message}"

    def as_json(self) -> dict[str, str | int]:
        """What a published version keeps of it."""
        return {
            "level": str(self.level),
            "line": self.line,
            "where": self.where,
            "message": self.message,
        }


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them keeps the pack from being published."""
    return any(one.level is Level.ERROR for one in findings)
