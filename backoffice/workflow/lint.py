"""Lint: every contradiction of a pack at once, each with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backoffice.letters.drafting import DRAFTED
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Finding, Level, has_errors
from backoffice.workflow.lint_drawing import check_drawing
from backoffice.workflow.lint_effects import check_effects
from backoffice.workflow.lint_family import check_family
from backoffice.workflow.lint_flow import check_flow
from backoffice.workflow.lint_letters import check_letters
from backoffice.workflow.lint_office import lint_office
from backoffice.workflow.lint_parafs import check_parafs
from backoffice.workflow.lint_parts import check_parts
from backoffice.workflow.lint_references import check_references
from backoffice.workflow.lint_roles import check_roles
from backoffice.workflow.lint_warnings import check_warnings
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.office_pack import read_office_source
from backoffice.workflow.pack import Source, read_source
from backoffice.workflow.pack_logo import lint_logo
from backoffice.workflow.review import Review

NO_OFFICE = "Berkas ini tidak ada. Sebuah paket berisi `office.yaml` dan folder `procedures`."
CHECKS = (
    check_parts,
    check_effects,
    check_family,
    check_flow,
    check_letters,
    check_parafs,
    check_roles,
    check_warnings,
    check_drawing,
)


@dataclass(frozen=True, slots=True)
class Folder:
    """An office's folder, read and linted; `sources` are its SOPs with their texts."""

    office: OfficePack | None
    sources: tuple[tuple[Source, str], ...]
    findings: tuple[Finding, ...]

    def of(self, file: str) -> tuple[Finding, ...]:
        """What was found in one file."""
        return tuple(one for one in self.findings if one.file == file)


def lint_source(
    source: Source,
    office: OfficePack,
    others: Sequence[Procedure] = (),
    kinds: Collection[str] = DRAFTED,
) -> list[Finding]:
    """What is wrong with an SOP in its office, beside the office's other SOPs.

    Unknown references come first and alone: while they do not hold, nothing else can be judged.
    """
    if source.procedure is None:
        return list(source.findings)
    review = Review(source.file, source.procedure, source.lines, office, others, kinds)
    check_references(review)
    if not review.findings:
        for check in CHECKS:
            check(review)
    return sorted([*source.findings, *review.findings])


def lint_folder(folder: Path) -> Folder:
    """An office's folder: its office.yaml and every SOP in procedures/, each beside the others."""
    path = folder / "office.yaml"
    if not path.is_file():
        return Folder(None, (), (Finding(str(path), 1, Level.ERROR, NO_OFFICE),))
    text, unreadable = _text_of(path)
    office = read_office_source(text, str(path))
    findings = [*unreadable, *lint_office(office)]
    sound = None if has_errors(findings) else office.office
    sources = []
    for file in sorted((folder / "procedures").glob("*.yaml")):
        text, unreadable = _text_of(file)
        findings += unreadable
        sources.append((read_source(text, str(file)), text))
    findings += _sops([source for source, _ in sources], sound)
    findings += lint_logo(folder)
    return Folder(office.office, tuple(sources), tuple(findings))


def _text_of(path: Path) -> tuple[str, list[Finding]]:
    try:
        return path.read_text(encoding="utf-8"), []
    except UnicodeDecodeError:
        message = "Berkas ini bukan teks UTF-8. Simpan ulang sebagai teks biasa (UTF-8)."
        return path.read_text("utf-8", "replace"), [Finding(str(path), 1, Level.ERROR, message)]


def _sops(sources: Sequence[Source], office: OfficePack | None) -> Iterator[Finding]:
    """The findings of an office's SOPs; without a sound office only whether they read."""
    read = [one.procedure for one in sources if one.procedure is not None]
    codes: set[str] = set()
    for source in sources:
        sop = source.procedure
        if sop is None or office is None:
            yield from source.findings
            continue
        if sop.code in codes:
            line = source.lines.at("code")
            yield Finding(
                source.file, line, Level.ERROR, f"Kode `{sop.code}` sudah dipakai SOP lain."
            )
        codes.add(sop.code)
        yield from lint_source(source, office, [one for one in read if one is not sop])


def deviations(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """What stands under "Bacaan dan tambahan": where (empty for the whole), and what."""
    found = [("", procedure.deviation)]
    for one in procedure.steps:
        found.append((f"Langkah {one.row}" if one.row else one.activity, one.deviation))
    return tuple(dict.fromkeys((where, text) for where, text in found if text))


def family_deviations(
    procedures: Iterable[Procedure],
) -> tuple[tuple[tuple[str, ...], str, str], ...]:
    """The same for a family: titles, where and what; equal ones are said once."""
    found: dict[tuple[str, str], list[str]] = {}
    for procedure in procedures:
        for said in deviations(procedure):
            found.setdefault(said, []).append(procedure.title)
    return tuple((tuple(titles), where, text) for (where, text), titles in found.items())
