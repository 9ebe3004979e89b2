"""A copy of everything while the office works, and the way back from it.

The database is copied first and the files after it: a file is on the disk before its row commits
and only removed where no row names it, so the copy has every file its rows name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backoffice import dump, running, schema, storage
from backoffice.config import Settings
from backoffice.database import is_sqlite, make_engine
from backoffice.dump import BackupError

MANIFEST = "paraf.json"
DATABASE = "database"


def backup(settings: Settings, folder: Path) -> None:
    """Copy database and files into the new `folder`; it has that name only when it is whole."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"Folder {folder} tidak kosong. Pilih folder baru.")
    draft = folder.with_name(folder.name + ".belum-selesai")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True, mode=0o700)
    dump.save(settings, draft / DATABASE)
    count = _copy_files(settings.files, draft / "files")
    manifest = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": _kind(settings),
        "revision": schema.revision_of(settings.database_url),
        "sha256": _sha256(draft / DATABASE),
        "files": count,
    }
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)


def restore(settings: Settings, folder: Path) -> Path | None:
    """Bring back what `backup` made; returns where the data that stood there is kept.

    Refuses while the product runs, and a copy that is not whole, of the other kind of database
    or of a newer program. An older copy is migrated.
    """
    _check(settings, folder)
    try:
        with running.stopped(settings.data_dir):
            dump.refuse_open(settings)
            _copy_files(folder / "files", settings.files)
            kept = dump.load(settings, folder / DATABASE)
            _migrate(settings)
    except running.Running as error:
        raise BackupError(dump.RUNNING) from error
    return kept


def _migrate(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    schema.upgrade(engine)
    engine.dispose()


def _check(settings: Settings, folder: Path) -> None:
    manifest = _manifest(folder)
    if manifest["database"] != _kind(settings):
        raise BackupError(
            f"Cadangan ini berasal dari {manifest['database']}, sedangkan DATABASE_URL menunjuk "
            f"{_kind(settings)}."
        )
    if manifest["revision"] not in schema.revisions():
        raise BackupError("Cadangan ini dibuat oleh program yang lebih baru dari program ini.")
    if _sha256(folder / DATABASE) != manifest["sha256"]:
        raise BackupError("Cadangan ini rusak: isi basis datanya tidak sama dengan catatannya.")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {name: manifest[name] for name in ("database", "revision", "sha256")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"Di {folder} tidak ada cadangan yang utuh.") from error


def _copy_files(source: Path, target: Path) -> int:
    """Copy the attachments that are not there yet; a damaged one is named, not copied."""
    count = 0
    for file in sorted(source.glob("??/" + "?" * 64)) if source.exists() else ():
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != file.name:
            raise BackupError(f"Lampiran {file} rusak di cakram; pulihkan dari cadangan lain.")
        storage.keep(target, file.name, data)
        count += 1
    return count


def _kind(settings: Settings) -> str:
    return "SQLite" if is_sqlite(settings.database_url) else "PostgreSQL"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
