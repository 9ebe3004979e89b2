"""The SOP a case runs on, and the newest one of a code: parsed once per published text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from backoffice.errors import PackError
from backoffice.once import once
from backoffice.workflow.definition import Procedure, Step
from backoffice.workflow.pack import read_procedure
from models import Case, ProcedureVersion, VersionState, db

_parsed: dict[str, Procedure] = {}


def procedure_of(version: ProcedureVersion) -> Procedure:
    """The SOP of a version; PackError where its text no longer reads."""
    found = _parsed.get(version.sha256)
    if found is None:
        found, findings = read_procedure(version.source_text, version.code)
        if found is None:
            raise PackError(tuple(findings))
        _parsed[version.sha256] = found
    return found


def procedures_of(version_ids: Collection[int]) -> dict[int, Procedure]:
    """The SOPs of several versions; a text is only read where it was not parsed before."""
    query = select(ProcedureVersion.id, ProcedureVersion.sha256)
    rows = db.session.execute(query.where(ProcedureVersion.id.in_(version_ids))).all()
    return {key: procedure_by(key, sha256) for key, sha256 in rows}


def procedure_by(version_id: int, sha256: str) -> Procedure:
    """The SOP of a version of which the text's sum is known already."""
    return _parsed.get(sha256) or procedure_of(db.session.get_one(ProcedureVersion, version_id))


def definition_of(case: Case) -> Procedure:
    """The SOP this case runs on: the version it began with, or was reclassified to."""
    return procedure_of(case.procedure_version)


def step_of(case: Case) -> Step:
    """The step at which the case stands."""
    return definition_of(case).step(case.step)


def newest_versions(office_id: int) -> list[ProcedureVersion]:
    """The newest published version of every SOP of the office, in order of code."""
    return list(_newest(office_id))


@once(ProcedureVersion)
def _newest(office_id: int) -> list[ProcedureVersion]:
    return list(db.session.scalars(newest_query(office_id)))


def newest_query(office_id: Any) -> Select[Any]:
    """The statement behind `newest_versions`."""
    newest = (
        select(ProcedureVersion.code, func.max(ProcedureVersion.version).label("version"))
        .where(
            ProcedureVersion.office_id == office_id,
            ProcedureVersion.state == VersionState.PUBLISHED,
        )
        .group_by(ProcedureVersion.code)
        .subquery()
    )
    rows = select(ProcedureVersion).join(
        newest,
        (ProcedureVersion.code == newest.c.code) & (ProcedureVersion.version == newest.c.version),
    )
    return (
        rows.where(ProcedureVersion.office_id == office_id)
        # Long, and parsed once per text.
        .options(defer(ProcedureVersion.source_text), defer(ProcedureVersion.findings))
        .order_by(ProcedureVersion.code)
    )


def tell_newest(office_id: int, found: list[ProcedureVersion]) -> None:
    """Keep what a page has asked together with other things."""
    _newest.tell(found, office_id)


def variants_of(case: Case) -> dict[str, ProcedureVersion]:
    """The other variants of the case's family: variant key -> newest published version."""
    family = definition_of(case).family
    if not family:
        return {}
    return {
        version.variant: version
        for version in newest_versions(case.office_id)
        if version.family == family and version.code != case.procedure_version.code
    }
