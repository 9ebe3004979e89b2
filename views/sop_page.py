"""The page of an SOP's version: the paper as a table, and what was read into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backoffice.drawing.sheet import whole_svg
from backoffice.text import _
from backoffice.workflow.definition import Procedure
from backoffice.workflow.lint import deviations
from backoffice.workflow.pack import read_procedure
from models import ProcedureVersion
from views.kinds import roles_of
from views.sop_sheet import SopTable, table_of


@dataclass(frozen=True, slots=True)
class Paper:
    """An SOP as its table, and "Bacaan dan tambahan": where, and what was read or added there."""

    table: SopTable
    readings: tuple[tuple[str, str], ...]


def paper_of(version: ProcedureVersion, findings: Sequence[Any]) -> Paper | None:
    """The version as its paper; none for a draft in which something still is an error."""
    procedure = sound(version, findings)
    if procedure is None:
        return None
    roles = roles_of(version.office_id).titles
    return Paper(table_of(procedure, roles), deviations(procedure))


def drawing_of(version: ProcedureVersion, findings: Sequence[Any]) -> str | None:
    """The version as one .svg file; none where there is no table either."""
    procedure = sound(version, findings)
    if procedure is None:
        return None
    heading = (
        procedure.title,
        f"{' '.join(version.office.name)} · {_('Version %(n)d', n=version.version)}",
    )
    return whole_svg(procedure, roles_of(version.office_id).titles, heading=heading)


def sound(version: ProcedureVersion, findings: Sequence[Any]) -> Procedure | None:
    """What a version says; none while something is an error.

    `findings` are those of lint, or what the version keeps of them.
    """
    if any(_level(one) == "error" for one in findings):
        return None
    procedure, _found = read_procedure(version.source_text, version.code)
    return procedure


def _level(one: Any) -> str:
    return str(one["level"] if isinstance(one, dict) else one.level)
