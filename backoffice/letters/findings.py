"""What is wrong with a template, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and in which sentence.

    `readable`: whether the rest of the file may be read in spite of it, for its other faults.
    """

    place: str
    message: str
    sentence: str = ""
    readable: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" + (f" di «{self.sentence}»" if self.sentence else "")


class TemplateFault(ValueError):
    """A template that cannot be used: `findings` has every fault."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings
