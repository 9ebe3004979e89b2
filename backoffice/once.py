"""What several parts of one click ask of the database, read once in a transaction.

A function marked `once` is read again after the transaction has ended, and after a flush that
wrote a row of the tables it was marked with; so a command sees at once what it has changed itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Generic, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from models import Base, db

Given = ParamSpec("Given")
Found = TypeVar("Found")
KEPT = "read once"  # in Session.info: reader -> arguments -> what was found


class Once(Generic[Given, Found]):
    """A reader that keeps what it found; its arguments are plain ids."""

    def __init__(self, read: Callable[Given, Found], tables: tuple[type[Base], ...]) -> None:
        self.read, self.tables = read, tables
        self.__doc__ = read.__doc__

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> Found:
        """What was found, now or before in this transaction."""
        key = (*given, *sorted(named.items()))
        known = self._known()
        if key not in known:
            found = self.read(*given, **named)
            # Reading may have written what was waiting, and so have emptied what was kept.
            self._known()[key] = found
            return found
        kept: Found = known[key]
        return kept

    def tell(self, found: Found, *given: Hashable) -> None:
        """Keep what another statement has found already."""
        self._known()[given] = found

    def knows(self, *given: Hashable) -> bool:
        """Whether it was found already, so that asking costs nothing."""
        return given in self._known()

    def _known(self) -> dict[tuple[Any, ...], Any]:
        kept: dict[tuple[Any, ...], Any] = (
            db.session().info.setdefault(KEPT, {}).setdefault(self, {})
        )
        return kept


def once(
    *tables: type[Base],
) -> Callable[[Callable[Given, Found]], Once[Given, Found]]:
    """Mark a reader of these tables."""

    def mark(read: Callable[Given, Found]) -> Once[Given, Found]:
        return Once(read, tables)

    return mark


def forget_with(key: str, *tables: type[Base]) -> None:
    """Drop `session.info[key]` when the transaction ends, and when it wrote a row of these."""

    def forget(session: Session, *_: Any) -> None:
        session.info.pop(key, None)

    def forget_changed(session: Session, *_: Any) -> None:
        if key in session.info and any(issubclass(row, tables) for row in _changed(session)):
            forget(session)

    # What others changed holds from the next transaction on, as with every row.
    event.listen(Session, "after_commit", forget)
    event.listen(Session, "after_soft_rollback", forget)
    if tables:  # what this transaction changed holds at once
        event.listen(Session, "after_flush", forget_changed)


def _changed(session: Session) -> set[type[Any]]:
    return {type(row) for row in (*session.new, *session.dirty, *session.deleted)}


@event.listens_for(Session, "after_flush")
def _forget_changed(session: Session, *_: Any) -> None:
    """What this transaction changed is read again."""
    kept = session.info.get(KEPT)
    if not kept:
        return
    changed = _changed(session)
    for reader in [one for one in kept if any(issubclass(row, one.tables) for row in changed)]:
        del kept[reader]


forget_with(KEPT)
