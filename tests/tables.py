"""The tables made by hand from the papers: who may do what at which step (`tests/expected`)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"


@dataclass(frozen=True)
class Way:
    """One row of a table: one way out, for one role."""

    step: str
    role: str
    action: str
    transition: str
    next: str
    conditions: tuple[str, ...]

    @property
    def end(self) -> str | None:
        """The outcome in which the case ends there, or none."""
        return self.next.removeprefix("end:") if self.next.startswith("end:") else None

    def says(self, condition: str) -> bool:
        """Whether a condition stands in the row."""
        return condition in self.conditions

    def after_days(self) -> int | None:
        """For how many days an answer is waited for before this way is offered."""
        for one in self.conditions:
            found = re.fullmatch(r"after (\d+) hari without answer", one)
            if found:
                return int(found[1])
        return None

    def __str__(self) -> str:
        return f"{self.step}-{self.role}-{self.transition}"


@cache
def table(office: str, code: str) -> tuple[Way, ...]:
    """The table of one SOP."""
    with (EXPECTED / f"{office}--{code}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Way(
                row["step"],
                row["role"],
                row["action"],
                row["transition"],
                row["next"],
                tuple(one for one in row["conditions"].split("; ") if one),
            )
            for row in csv.DictReader(file)
        )


PROCEDURES = tuple(tuple(path.stem.split("--", 1)) for path in sorted(EXPECTED.glob("*.csv")))
WAYS = tuple((office, code, way) for office, code in PROCEDURES for way in table(office, code))
