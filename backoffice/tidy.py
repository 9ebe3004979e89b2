"""Removes files that came with a form which was never accepted, so that they do not pile up.

A file lies on the disk before its row, and a refused form may be sent again with it for half a
day: only what no row names and nobody brought again for a whole day is removed. What a job made is
kept for some days, and its row says no more where it lay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from backoffice.config import Settings
from backoffice.database import WRITE, make_engine
from backoffice.figures import painting
from backoffice.letters.many import KEPT_DAYS
from backoffice.takeover import drafts
from models import Base, Job

AGE = timedelta(days=1)
HASH = "sha256"  # how the columns end that name a file


def tidy(settings: Settings, now: float) -> int:
    """How many files were removed; `now` in seconds as files have it."""
    before = now - AGE.total_seconds()
    _expire(settings, datetime.fromtimestamp(now, UTC) - timedelta(days=KEPT_DAYS))
    old = [one for one in _files(settings.files) if one.stat().st_mtime < before]
    named = _named(settings) if old else frozenset()
    count = 0
    for file in old:
        # Somebody may have brought the same file again since it was listed.
        if file.name not in named and file.stat().st_mtime < before:
            file.unlink()
            count += 1
    return count + _forget(settings, before)


def _expire(settings: Settings, before: datetime) -> None:
    """Nobody fetches these any more; the file goes where no other row names it."""
    engine = make_engine(settings.database_url)
    query = sa.update(Job).where(Job.result_sha256 != "", Job.ended_at < before)
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        connection.execute(query.values(result_sha256=""))
    engine.dispose()


def _forget(settings: Settings, before: float) -> int:
    """Registers that were checked and never taken over, which hold names and identities; charts."""
    folders = ((drafts.FOLDER, "*/*/*"), (painting.FOLDER, "*/*"))
    old = [
        one
        for folder, files in folders
        for one in (settings.data_dir / folder).glob(files)
        if one.stat().st_mtime < before
    ]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _files(folder: Path) -> Iterator[Path]:
    """Attachments, and what an interrupted upload has left half-written."""
    if folder.exists():
        yield from folder.glob("??/" + "?" * 64)
        yield from folder.glob("??/.new-*")


def _named(settings: Settings) -> frozenset[str]:
    """The names of all files that a row names, of whatever table: a file is named by its hash."""
    tables = Base.metadata.tables.values()
    hashes = [one for table in tables for one in table.columns if one.name.endswith(HASH)]
    found: set[str] = set()
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        for one in hashes:
            found.update(connection.scalars(sa.select(one).where(one.is_not(None)).distinct()))
    engine.dispose()
    return frozenset(found)
