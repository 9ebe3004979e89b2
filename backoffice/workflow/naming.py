"""Which published SOPs name a unit or a role by its key: such a key no longer changes.

A running case looks for its next desk by the keys of the version it began with, however old.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from backoffice.errors import PackError
from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.versions import procedure_of
from models import Post, ProcedureVersion, Role, Unit, VersionState, db


def named_by(row: Unit | Role | Post) -> tuple[str, ...]:
    """The titles of the published SOPs that name this row, each once; none ever names a post."""
    if isinstance(row, Post):
        return ()
    keys = role_keys if isinstance(row, Role) else unit_keys
    published = _published(row.office_id)
    return tuple(dict.fromkeys(one.title for one, sop in published if row.key in keys(sop)))


def role_keys(procedure: Procedure) -> frozenset[str]:
    """The roles of an SOP: who acts, records, gives an opinion or can be chosen."""
    found: set[str | None] = set()
    for step in procedure.steps:
        found |= {*step.actors, step.recorded_by, step.team, *_chosen(step, "post")}
    return frozenset(one for one in found if one)


def unit_keys(procedure: Procedure) -> frozenset[str]:
    """The units that an SOP lets somebody choose by name."""
    return frozenset(key for step in procedure.steps for key in _chosen(step, "unit"))


def _chosen(step: Step, what: str) -> Iterator[str]:
    for way in step.transitions:
        choice = way.chooses(what)
        yield from choice.options if choice is not None else ()


def _published(office_id: int) -> Iterator[tuple[ProcedureVersion, Procedure]]:
    """Every published version of the office, the newest first; one that no longer reads is left."""
    query = select(ProcedureVersion).where(
        ProcedureVersion.office_id == office_id, ProcedureVersion.state == VersionState.PUBLISHED
    )
    for version in db.session.scalars(query.order_by(ProcedureVersion.id.desc())):
        try:
            yield version, procedure_of(version)
        except PackError:
            continue
