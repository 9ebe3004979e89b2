"""One schema on two databases: what every connection is told before it is used."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from models import db

WRITE = "paraf_write"  # execution option of a connection that will write
BUSY_MILLISECONDS = 30_000


def begin_write() -> None:
    """Start a transaction that may write; what was read before is read again under the lock."""
    db.session.rollback()
    db.session.connection(execution_options={WRITE: True})


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine: values of rows (a NIK) never reach a log or an error page."""
    options: dict[str, Any] = {"hide_parameters": True}
    if not is_sqlite(url):
        options["pool_pre_ping"] = True  # the server may have been restarted overnight
    return options


def is_sqlite(url: str) -> bool:
    """Whether this address is the embedded database."""
    return sa.engine.make_url(url).get_backend_name() == "sqlite"


def make_engine(url: str) -> Engine:
    """An engine outside the application: migrations, backup, tests."""
    engine = sa.create_engine(url, **engine_options(url))
    install(engine)
    return engine


def install(engine: Engine) -> None:
    """Attach our events to `engine`; on PostgreSQL there is nothing to do."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _on_connect)
        sa.event.listen(engine, "begin", _on_begin)


def _on_connect(connection: Any, _record: Any) -> None:
    """Durable, checked and patient. The driver's own transactions are off: we say BEGIN."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """Take the write lock at once where a write is coming.

    A plain BEGIN that reads first and writes later fails "locked" at once when somebody else
    wrote in between, whatever the timeout; BEGIN IMMEDIATE waits its turn.
    """
    writes = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
