"""Where the rows of the tables begin: cases that came to a step by the shortest way.

A way is walked once. At each step the database is kept, and the next test that begins there, or
farther on, gets a copy of it (`tests.servers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select

from backoffice.workflow.definition import Procedure
from backoffice.workflow.pack import read_procedure
from models import Case, db
from seed import walking
from tests import factories
from tests.tables import Way

STORY = walking.Story(columns={"queue_number": "A-017"})


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The ways a case has taken so far, what its people say, and how many days ago it began."""

    office: str
    code: str
    keys: tuple[str, ...]
    story: walking.Story
    days: int

    def name(self, taken: int) -> str:
        """The name of the database in which the first `taken` of the ways were taken."""
        return repr((self.office, self.code, self.days, self.keys[:taken], self.story))

    def taken(self, server: Any) -> int | None:
        """How many ways are taken in the farthest database that was kept; none before the first."""
        known = (n for n in range(len(self.keys), -1, -1) if self.name(n) in server.kept)
        return next(known, None)

    def start(self, server: Any) -> str:
        """The name of that database, or nothing."""
        taken = self.taken(server)
        return "" if taken is None else self.name(taken)

    def play(self, server: Any) -> Case:
        """The case, walked on from where the database of this test has it."""
        taken = self.taken(server)
        if taken is None:
            taken = 0
            began = datetime.now(UTC) - timedelta(days=self.days)
            factories.make_case(factories.office_of(self.office), self.code, now=began)
            self.keep(server, taken)
        for key in self.keys[taken:]:
            case = walking.hear(the_case(), when=factories.after, story=self.story)
            walking.act(case.id, key, now=factories.after(case), story=self.story)
            taken += 1
            self.keep(server, taken)
        return the_case()

    def keep(self, server: Any, taken: int) -> None:
        """Keep the database as it is now."""
        db.session.remove()
        db.engine.dispose()
        server.keep(self.name(taken))


def the_case() -> Case:
    """The one case there is."""
    return db.session.scalars(select(Case)).one()


@cache
def procedure_at(office: str, code: str) -> Procedure:
    """An SOP as it was read from its paper."""
    file = factories.OFFICES / office / "procedures" / f"{code}.yaml"
    procedure, _findings = read_procedure(file.read_text(encoding="utf-8"), code)
    assert procedure is not None
    return procedure


def scene_of(office: str, code: str, step: str = "", way: Way | None = None) -> Scene:
    """The scene of a row, whose way can be taken there; else of a step, or of the first one."""
    procedure = procedure_at(office, code)
    first = procedure.first.key
    keys = walking.path(procedure, first, way.step if way is not None else step or first)
    told = keys if way is None else [*keys, way.transition]
    return Scene(
        office=office,
        code=code,
        keys=tuple(keys),
        story=walking.fitted(procedure, told, STORY, start=first),
        days=days_before(way),
    )


def days_before(way: Way | None) -> int:
    """Long enough ago that an answer nobody gave is given up, else a week."""
    waited = way.after_days() if way is not None else None
    return waited + 30 if waited else 7


def together(items: list[pytest.Item]) -> None:
    """Let the rows of one SOP come one after the other, while what they begin with is kept."""
    mine = {number: params for number, one in enumerate(items) if (params := row_of(one))}
    order = sorted(mine, key=lambda number: (mine[number], number))
    items[:] = [items[order.pop(0)] if number in mine else one for number, one in enumerate(items)]


def row_of(item: pytest.Item) -> tuple[str, ...] | None:
    """Database, SOP and step of a test of the tables."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    if "office_key" not in params:
        return None
    step = params["way"].step if "way" in params else params.get("step", "")
    return params["database"], params["office_key"], params["code"], step
