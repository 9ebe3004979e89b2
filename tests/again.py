"""A case that was walked once in a run comes into the next database by the same statements.

To walk a case to its step takes a tenth of a second and more, and most tests begin so. What was
written on the way is kept; where a test's database is known to be as that one was when the walk
began, it is written again. A database is known while nobody wrote to it but by `told`: it began
with the offices at work (`tests.servers`), and the same cases came into it in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from backoffice.database import begin_write
from models import Case, db

# What changes no row.
READS = ("SELECT", "BEGIN", "COMMIT", "PRAGMA", "SHOW")


@dataclass
class Walk:
    """What a walk wrote, in order; what was not committed yet begins at `open`."""

    case_id: int = 0
    written: list[tuple[str, Any]] = field(default_factory=list)
    open: int = 0


class Walks:
    """What is known of the database of this test, and the walks of this run."""

    def __init__(self) -> None:
        self.known: tuple[Hashable, ...] = ()  # how it came to be; empty: nobody knows
        self.walks: dict[tuple[Hashable, ...], Walk] = {}
        self.walking: Walk | None = None
        self.telling = False

    def begin(self, kind: str) -> None:
        """A test has a database of its own: this one, or one of which nothing is known."""
        self.known = (kind,) if kind else ()

    def sent(
        self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any
    ) -> None:
        """A statement goes to some database."""
        if self.telling or statement.startswith(READS):
            return
        if self.walking is None:
            self.known = ()
        else:
            self.walking.written.append((statement, parameters))

    def committed(self, _connection: Any) -> None:
        """What was written so far stands."""
        if self.walking is not None:
            self.walking.open = len(self.walking.written)

    def rolled_back(self, _connection: Any) -> None:
        """What was written since does not."""
        if self.walking is not None:
            del self.walking.written[self.walking.open :]


WALKS = Walks()
sa.event.listen(sa.Engine, "before_cursor_execute", WALKS.sent)
sa.event.listen(sa.Engine, "commit", WALKS.committed)
sa.event.listen(sa.Engine, "rollback", WALKS.rolled_back)


def told(what: Hashable, walk: Callable[[], Case]) -> Case:
    """The case that `walk` brings about, for which `what` says all it is made from."""
    if not WALKS.known:
        return walk()
    story = (*WALKS.known, what)
    case = _write(WALKS.walks[story]) if story in WALKS.walks else _watch(story, walk)
    WALKS.known = story
    return case


@contextmanager
def always(what: str) -> Iterator[None]:
    """What is written within is the same whenever `what` is: the database stays known."""
    before = WALKS.known
    yield
    WALKS.known = (*before, what) if before else ()


def _watch(story: tuple[Hashable, ...], walk: Callable[[], Case]) -> Case:
    """Walk, and keep what is written on the way; after an error nothing is known any more."""
    WALKS.known, WALKS.walking = (), Walk()
    try:
        case = walk()
        WALKS.walking.case_id = case.id
        del WALKS.walking.written[WALKS.walking.open :]
        WALKS.walks[story] = WALKS.walking
    finally:
        WALKS.walking = None
    return case


def _write(walk: Walk) -> Case:
    """Write what was written then, in one transaction."""
    begin_write()
    connection = db.session.connection()
    WALKS.telling = True
    try:
        for statement, parameters in walk.written:
            connection.exec_driver_sql(statement, parameters).close()
    finally:
        WALKS.telling = False
    db.session.commit()
    return db.session.get_one(Case, walk.case_id)
