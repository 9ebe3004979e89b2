"""Failures under a key, counted in the database where every worker sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from backoffice.database import begin_write
from backoffice.errors import Refusal
from models import Throttle, db

FORGOTTEN_AFTER = timedelta(hours=1)  # failures without a further one
SWEPT_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one may fail under a key, and how the wait then grows."""

    free: int
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after so many failures the next try has to wait: 2 s, 4 s, 8 s …"""
        over = min(failures - self.free, 20)
        return min(timedelta(seconds=2**over), self.longest) if over > 0 else timedelta()


Tries: TypeAlias = Sequence[tuple[str, Limit]]


class TooManyTries(Refusal):
    """The next try has to wait `values["seconds"]`."""

    status = 429
    code = "too_many_tries"


def count(tries: Tries, now: datetime) -> None:
    """Count a failure before anything is looked at, so that many tries at once gain nothing.

    Raises TooManyTries, which is not counted; commits else.
    """
    begin_write()
    try:
        for key, _limit in sorted(tries):
            _lock_row(key, now)
        rows = {key: db.session.get_one(Throttle, key) for key, _limit in tries}
        wait = max(_left(rows[key], limit, now) for key, limit in tries)
        if wait > timedelta():
            raise TooManyTries(seconds=int(wait.total_seconds()) + 1)
        for row in rows.values():
            row.failures = 1 if now - row.last_at > FORGOTTEN_AFTER else row.failures + 1
            row.last_at = now
        db.session.execute(sa.delete(Throttle).where(Throttle.last_at < now - SWEPT_AFTER))
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def _lock_row(key: str, now: datetime) -> None:
    """Have a row under this key and hold it until the transaction ends."""
    on_sqlite = db.engine.dialect.name == "sqlite"
    insert = sqlite.insert if on_sqlite else postgresql.insert
    row = insert(Throttle).values(key=key, failures=0, last_at=now)
    db.session.execute(
        row.on_conflict_do_update(index_elements=["key"], set_={"failures": Throttle.failures})
    )


def _left(row: Throttle, limit: Limit, now: datetime) -> timedelta:
    """How long a try under this key has still to wait."""
    return row.last_at + limit.wait(row.failures) - now


def take_back(tries: Tries) -> None:
    """What was right clears the first key; the second only gets back what this try cost it.

    Otherwise somebody with an account of his own could go on guessing the others' for ever.
    The caller commits.
    """
    (own, _), (shared, _) = tries
    forget(own)
    db.session.execute(
        sa.update(Throttle)
        .where(Throttle.key == shared, Throttle.failures > 0)
        .values(failures=Throttle.failures - 1)
    )


def forget(key: str) -> None:
    """Begin anew under this key. The caller commits."""
    db.session.execute(sa.delete(Throttle).where(Throttle.key == key))
