"""One database as one file, and back: SQLite by its own backup, PostgreSQL by its own tools."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import sqlalchemy as sa

from backoffice.config import Settings
from backoffice.database import is_sqlite

RUNNING = "Program masih berjalan. Hentikan dahulu, lalu ulangi."
# What an extension brought stays: it is not ours.
EMPTY = """DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', one.tablename);
    END LOOP;
    FOR one IN SELECT oid::regprocedure AS name FROM pg_proc p
        WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS
            (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('DROP ROUTINE %s CASCADE', one.name);
    END LOOP;
END $$"""


class BackupError(Exception):
    """Nothing was saved or brought back; the message says why and what to do."""


def save(settings: Settings, target: Path) -> None:
    """Write the database, as it stands at one moment, into the file `target`."""
    if not is_sqlite(settings.database_url):
        _run(settings, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")
        return
    source = _sqlite_file(settings)
    if not source.exists():
        raise BackupError("Belum ada basis data yang dapat disalin.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        _check_sqlite(copy)


def refuse_open(settings: Settings) -> None:
    """Raise `BackupError` while anybody has the database open, from this host or another."""
    if is_sqlite(settings.database_url):
        file = _sqlite_file(settings)
        if file.exists():
            _take_alone(file)
        return
    with _postgresql(settings) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()
    if others and others[0]:
        raise BackupError(RUNNING)


def load(settings: Settings, source: Path) -> Path | None:
    """Put the database of the file `source` in place; returns where the one before is kept."""
    if is_sqlite(settings.database_url):
        return _load_sqlite(_sqlite_file(settings), source)
    kept = _aside(settings.data_dir / "paraf.dump") if _has_tables(settings) else None
    if kept:
        save(settings, kept)
    _run(settings, "pg_restore", "--list", str(source))  # a file that cannot be read ends here
    with _postgresql(settings) as connection:
        connection.execute(EMPTY)
    _run(
        settings,
        "pg_restore",
        "--single-transaction",
        "--no-owner",
        "--no-acl",
        f"--dbname={_environment(settings)['PGDATABASE']}",
        str(source),
    )
    return kept


def _load_sqlite(target: Path, source: Path) -> Path | None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(target.name + ".new")
    shutil.copyfile(source, draft)
    with closing(sqlite3.connect(draft)) as copy:
        _check_sqlite(copy)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    kept = None
    if target.exists():
        # Nobody has it open, so that its log was written back when it was closed just now.
        kept = _aside(target)
        target.rename(kept)
    draft.replace(target)
    return kept


def _check_sqlite(connection: sqlite3.Connection) -> None:
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise BackupError("Basis data itu rusak; pakailah cadangan lain.")


def _take_alone(file: Path) -> None:
    """Lock the whole file for a moment: with its log it is open nowhere else, or this fails."""
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            raise BackupError(RUNNING) from error


def _aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return path.with_name(f"{path.stem}.sebelum-{stamp}{path.suffix}")


def _sqlite_file(settings: Settings) -> Path:
    return Path(sa.engine.make_url(settings.database_url).database or "")


def _postgresql(settings: Settings) -> psycopg.Connection[tuple[int]]:
    url = sa.engine.make_url(settings.database_url).set(drivername="postgresql")
    try:
        return psycopg.connect(url.render_as_string(False), autocommit=True)
    except psycopg.OperationalError as error:
        raise BackupError(f"PostgreSQL tidak menjawab: {error}") from error


def _has_tables(settings: Settings) -> bool:
    with _postgresql(settings) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        ).fetchone()
    return bool(found and found[0])


def _run(settings: Settings, tool: str, *arguments: str) -> None:
    program = shutil.which(tool, path=settings.pg_bin or None)
    if program is None:
        raise BackupError(
            f"{tool} tidak ditemukan. Pasang paket postgresql-client, atau sebut foldernya di "
            "PARAF_PG_BIN."
        )
    done = subprocess.run(  # noqa: S603 - the program and its arguments are ours
        [program, *arguments],
        env=os.environ | _environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{tool} gagal: {done.stderr.strip()}")


def _environment(settings: Settings) -> dict[str, str]:
    """The address as libpq reads it; a password in an argument would be seen by everyone."""
    url = sa.engine.make_url(settings.database_url)
    host = url.query.get("host") or url.host
    parts = {
        "PGHOST": host if isinstance(host, str) else None,
        "PGPORT": str(url.port) if url.port else None,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in parts.items() if value}
