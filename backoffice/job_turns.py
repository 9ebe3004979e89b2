"""One attempt at a job: whose it is, how far it is, and how it ends (see `backoffice.jobs`)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import sqlalchemy as sa

from backoffice.database import WRITE, begin_write
from models import Job, JobState, db

Run = Callable[[Job], None]
Fail = Callable[[Job, str], None]

log = logging.getLogger(__name__)


class Lost(Exception):
    """Somebody else has taken the job up meanwhile: it is not ours any more."""


@dataclass(frozen=True, slots=True)
class Handler:
    """Who does jobs of a kind, who is told that one failed, and how often it is tried."""

    run: Run
    failed: Fail | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One attempt at a job: it holds as long as the row still counts so many attempts."""

    job_id: int
    kind: str
    attempts: int
    began: datetime
    clock: float

    @property
    def handler(self) -> Handler:
        """Who does it; a job that nobody does any more is a fault of the program."""
        return handlers[self.kind]

    def now(self) -> datetime:
        """The moment it is, by the clock of whoever took the job up."""
        return self.began + timedelta(seconds=monotonic() - self.clock)

    def its_row(self) -> sa.ColumnElement[bool]:
        """The row, as long as it is ours."""
        return sa.and_(
            Job.id == self.job_id, Job.state == JobState.RUNNING, Job.attempts == self.attempts
        )


handlers: dict[str, Handler] = {}
current: ContextVar[Turn] = ContextVar("turn")


def begin(job: Job, now: datetime) -> Turn:
    """Count the attempt before it is made: a job that kills its worker comes to an end, too."""
    job.state = JobState.RUNNING
    job.done, job.faults = 0, []
    job.attempts += 1
    job.seen_at = now
    turn = Turn(job.id, job.kind, job.attempts, now, monotonic())
    db.session.commit()
    return turn


@contextmanager
def taking(turn: Turn) -> Iterator[None]:
    """What a handler asks of its turn is asked of this one."""
    token = current.set(turn)
    try:
        yield
    finally:
        current.reset(token)
        db.session.rollback()


def say(turn: Turn, **values: Any) -> None:
    """Change the row at once, on a connection of its own. Raises `Lost`."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        query = sa.update(Job).where(turn.its_row()).values(seen_at=turn.now(), **values)
        if not connection.execute(query).rowcount:
            raise Lost


def finish(turn: Turn) -> None:
    """Commit what the handler wrote together with the end of the job."""
    if not db.session.connection().get_execution_options().get(WRITE):
        if db.session.new or db.session.dirty or db.session.deleted:
            raise RuntimeError("a handler calls begin_write() before it writes")
        begin_write()
    done = sa.case((Job.total > 0, Job.total), else_=Job.done)
    _end(turn, state=JobState.DONE, ended_at=turn.now(), done=done)


def put_back(turn: Turn, next_at: datetime, *, attempts: int) -> None:
    """It waits again; what the handler wrote is undone."""
    begin_write()
    _end(turn, state=JobState.QUEUED, next_at=next_at, attempts=attempts)


def fail(turn: Turn, reason: str) -> None:
    """End it with its reason; whoever must know is told in the same transaction."""
    begin_write()
    faults = [*db.session.get_one(Job, turn.job_id).faults, {"reason": reason}]
    _tell(turn, reason)
    _end(turn, state=JobState.FAILED, ended_at=turn.now(), faults=faults)


def _tell(turn: Turn, reason: str) -> None:
    known = handlers.get(turn.kind)
    if known is None or known.failed is None:
        return
    try:
        known.failed(db.session.get_one(Job, turn.job_id), reason)
        db.session.flush()
    except Exception:
        log.exception("Nobody could be told that job %s failed.", turn.job_id)
        begin_write()


def _end(turn: Turn, **values: Any) -> None:
    """Change the row and commit, or raise `Lost` where another worker has taken the job up."""
    query = sa.update(Job).where(turn.its_row()).values(seen_at=turn.now(), **values)
    changed = db.session.execute(query, execution_options={"synchronize_session": False})
    if not changed.rowcount:  # type: ignore[attr-defined]
        db.session.rollback()
        raise Lost
    db.session.commit()
