"""Checking a template for its author: every fault at once, or what it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from . import disposition_sheet, gate, meeting_papers
from .compile import Template, compile_template
from .findings import Finding, TemplateFault
from .kind_fields import Names
from .kinds import KINDS, LETTER_NAMES, NAMES
from .stories import NotAWordFile

# Every paper of which there is a template: what it may ask for, and what it is called.
OFFERED: Mapping[str, Names] = {
    **NAMES,
    **meeting_papers.NAMES,
    disposition_sheet.SHEET: disposition_sheet.NAMES,
}
TITLES: Mapping[str, str] = {
    **{key: one.title for key, one in KINDS.items()},
    **meeting_papers.TITLES,
    disposition_sheet.SHEET: "Lembar disposisi",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A template that was read: `asked` where it is sound, else every fault."""

    asked: Template | None
    findings: tuple[Finding, ...]


def check(data: bytes, kind: str | None = None) -> Checked:
    """What the gate and the reading of the tags say of a file.

    `kind`: a key of OFFERED, whose names alone it may ask for; without it, any name of a letter.
    """
    found = gate.findings(data)
    if any(not one.readable for one in found):
        return Checked(None, found)
    asked, faults = _read(data, OFFERED[kind] if kind is not None else LETTER_NAMES)
    every = (*found, *faults)
    return Checked(None if every else asked, every)


def _read(data: bytes, names: Names) -> tuple[Template | None, tuple[Finding, ...]]:
    try:
        return compile_template(data, names), ()
    except TemplateFault as fault:
        return None, fault.findings
    except NotAWordFile as fault:
        return None, (Finding("berkas", str(fault)),)
