"""What is found in a pack: where, how grave, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error keeps a pack from being published; a warning is kept with the version."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One sentence about one line."""

    file: str
    line: int
    level: Level
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.message}"

    def as_json(self) -> dict[str, str | int]:
        """What a published version keeps of it."""
        return {"level": str(self.level), "line": self.line, "message": self.message}


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether one of them keeps the pack from being published."""
    return any(one.level is Level.ERROR for one in findings)
