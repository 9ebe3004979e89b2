"""Work after a request: asked for in a transaction, done once after it, by one worker only.

`ask` writes a row with what it follows from; `run_due` takes up what is due, on both databases.
The rows alone say what is to be done: what wakes a worker (`backoffice.working`) may be lost.

A handler is called outside any transaction of writing. It does its work, calls `begin_write()`
and writes; what it has written is committed together with the end of the job, or not at all. A
job whose worker died is taken up again from the start: whatever a handler does that no rollback
takes back (an e-mail, a file) it must recognise as done, for example by `job.attempts > 1` and a
row of its own that it committed before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from backoffice import job_turns
from backoffice.actor import Actor
from backoffice.database import begin_write
from backoffice.job_turns import Fail, Handler, Lost, Run, Turn
from models import Job, JobState, db
from models.base import Json

MOST_ATTEMPTS = 5
DEAD_AFTER = timedelta(minutes=5)  # without a sign of life; `progress` gives one
BROKEN = (
    "Terjadi gangguan di sistem. Yang sudah tersimpan aman; ulangi, dan jika tetap gagal, hubungi "
    "administrator kantor."
)
DIED = "Pekerja latar berkali-kali berhenti di tengah pekerjaan ini. Hubungi administrator kantor."
TOO_LONG = timedelta(minutes=3)  # for a job to wait
ASKED = "job asked for"  # in Session.info, until the commit

log = logging.getLogger(__name__)


class Later(Exception):
    """Not now: to be tried again `after` so long; failed with `reason` after the last attempt."""

    def __init__(self, reason: str, after: timedelta) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, after


class GiveUp(Exception):
    """It cannot be done, for this `reason` (in the office's words); nobody need look at the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Stopping(Exception):
    """The worker is asked to stop: the job is put back as it was."""


_wake: list[Callable[[], None]] = []
_stop: list[Callable[[], bool]] = []


def handler(
    kind: str, *, attempts: int = MOST_ATTEMPTS, failed: Fail | None = None
) -> Callable[[Run], Run]:
    """Mark who does jobs of this kind; its module is imported by whoever starts a worker.

    `failed(job, reason)` is called in the transaction that ends a job as failed.
    """

    def mark(run: Run) -> Run:
        job_turns.handlers[kind] = Handler(run, failed, attempts)
        return run

    return mark


def ask(kind: str, arguments: Json, *, actor: Actor, now: datetime, total: int = 0) -> Job:
    """A job in the caller's transaction: nothing is done before it commits, or if it does not."""
    if kind not in job_turns.handlers:
        raise ValueError(f"nobody does jobs of the kind {kind!r}")
    job = Job(
        office_id=actor.post.office_id,
        user_id=actor.user.id,
        post_id=actor.post.id,
        kind=kind,
        arguments=arguments,
        total=total,
        asked_at=now,
        next_at=now,
    )
    db.session.add(job)
    db.session.flush()
    db.session().info[ASKED] = True
    return job


def now() -> datetime:
    """The moment it is within a handler, by the clock of whoever called `run_due`."""
    return job_turns.current.get().now()


def progress(done: int, *, faults: list[Any] | None = None) -> None:
    """Say how far it is, which is also a sign of life; seen at once by everybody.

    The rows that a handler has read stay read. Not to be called after `begin_write`: on SQLite
    only one writes.
    """
    turn = job_turns.current.get()
    job_turns.say(turn, done=done, **({} if faults is None else {"faults": faults}))
    if any(asked() for asked in _stop):
        raise _Stopping


def run_due(now: datetime) -> int:
    """Take up what is due, one after the other, until nothing is; how many were taken up.

    It ends whatever transaction the session is in.
    """
    count = 0
    while not any(asked() for asked in _stop) and (turn := _take(now)) is not None:
        count += 1
        with job_turns.taking(turn):
            _do(turn)
    return count


def wake_with(wake: Callable[[], None]) -> None:
    """Call this after every commit that asked for a job; it must not raise."""
    _wake.append(wake)


def stop_when(stopping: Callable[[], bool]) -> None:
    """Take nothing up any more once this is true, and put a job back at its next sign of life."""
    _stop.append(stopping)


def longest_wait(now: datetime) -> timedelta:
    """For how long the oldest job that is due has been waiting for a worker."""
    since = db.session.scalar(sa.select(sa.func.min(Job.next_at)).where(_queued(now)))
    return now - since if since is not None else timedelta()


def nobody_works(now: datetime) -> bool:
    """Whether jobs wait and nobody is at work: then `backoffice work` is not running."""
    busy = sa.select(Job.id).where(Job.state == JobState.RUNNING, ~_dead(now)).limit(1)
    return longest_wait(now) > TOO_LONG and db.session.scalar(busy) is None


def _queued(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == JobState.QUEUED, Job.next_at <= now)


def _dead(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(Job.state == JobState.RUNNING, Job.seen_at < now - DEAD_AFTER)


def _take(now: datetime) -> Turn | None:
    """Make the next job ours; whoever comes at the same moment takes another, or none."""
    db.session.rollback()
    for clause in (_queued(now), _dead(now)):
        query = sa.select(Job).where(clause).order_by(Job.next_at, Job.id).limit(1)
        if db.session.scalar(query.with_only_columns(Job.id)) is None:
            continue  # asking costs nobody a lock
        begin_write()
        job = db.session.scalar(query.with_for_update(skip_locked=True))
        if job is not None:
            return job_turns.begin(job, now)
    db.session.rollback()
    return None


def _do(turn: Turn) -> None:
    try:
        _attempt(turn)
    except Lost:
        log.warning("Job %s was taken up by another worker; nothing was kept.", turn.job_id)


def _attempt(turn: Turn) -> None:
    try:
        if turn.attempts > turn.handler.attempts:
            raise GiveUp(DIED)
        turn.handler.run(db.session.get_one(Job, turn.job_id))
        job_turns.finish(turn)
    except Lost:
        raise
    except _Stopping:
        job_turns.put_back(turn, turn.now(), attempts=turn.attempts - 1)
    except Later as later:
        _try_later(turn, later)
    except GiveUp as given_up:
        job_turns.fail(turn, given_up.reason)
    except Exception:
        log.exception("Job %s (%s) failed.", turn.job_id, turn.kind)
        job_turns.fail(turn, BROKEN)


def _try_later(turn: Turn, later: Later) -> None:
    if turn.attempts < turn.handler.attempts:
        job_turns.put_back(turn, turn.now() + later.after, attempts=turn.attempts)
    else:
        job_turns.fail(turn, later.reason)


@event.listens_for(Session, "after_commit")
def _tell_worker(session: Session) -> None:
    """A savepoint is no commit: the row is there for others only after the whole."""
    if ASKED in session.info and not session.in_nested_transaction():
        del session.info[ASKED]
        for wake in _wake:
            wake()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(ASKED, None)
