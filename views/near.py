"""The cases around one: linked, joined, perhaps the same; all of them in one statement, if any."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import select

from backoffice import access, doubles
from backoffice.actor import Person
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.definition import Procedure
from backoffice.workflow.versions import procedure_by
from models import Case, EventKind, ProcedureVersion, db

TOGETHER = (EventKind.JOINED, EventKind.SEPARATED)
COLUMNS = (
    *doubles.FACTS,
    ProcedureVersion.sha256,
    ProcedureVersion.confidential.label("hidden"),
)


def others_of(case: Case) -> set[int]:
    """Every case this one ever was together with."""
    return {one.data["other"] for one in case.events if one.kind in TOGETHER}


def family_of(case: Case) -> list[int]:
    """The case itself and all that were ever joined to it."""
    events = (one for one in case.events if one.kind in TOGETHER and one.data.get("taken_in"))
    return [case.id, *dict.fromkeys(one.data["other"] for one in events)]


def _rows(ids: Collection[int], person: Person) -> Iterable[Any]:
    """What the person may know of these cases."""
    query = select(*COLUMNS, *doubles.sights(person)).join(Case.procedure_version)
    query = query.where(Case.id.in_(ids), access.not_reported(person))
    return db.session.execute(query.order_by(Case.id))


class Near:
    """The rows of the cases around `case`, with how much of each the person may know.

    Of one whose terlapor he is he knows nothing at all.
    `alike`: ids of cases that may be the same.
    """

    def __init__(self, case: Case, person: Person, alike: Collection[int]) -> None:
        self.case, self.others = case, others_of(case)
        ids = self.others | set(alike) | set(belongings_of(case.id).followers)
        if case.follows_id is not None:
            ids.add(case.follows_id)
        self.rows: dict[int, Any] = {row.id: row for row in _rows(ids, person)} if ids else {}

    def together(self) -> dict[int, Any]:
        """Those with which it ever was one."""
        return {key: row for key, row in self.rows.items() if key in self.others}

    def linked(self) -> Iterator[Any]:
        """The one it follows, and those that follow it."""
        for row in self.rows.values():
            if row.id == self.case.follows_id or row.follows_id == self.case.id:
                yield row

    def procedure(self, row: Any) -> Procedure:
        """The SOP on which it runs."""
        return procedure_by(row.procedure_version_id, row.sha256)
