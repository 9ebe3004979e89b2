"""Workbooks that wait to be confirmed: each office's own, named by content, for a day."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from backoffice import storage

FOLDER = "takeover"
KEPT = 24 * 3600  # seconds


def folder_of(data_dir: Path, office_id: int) -> Path:
    """Where the workbooks of an office lie: no other office finds them there."""
    return data_dir / FOLDER / str(office_id)


def keep(folder: Path, data: bytes) -> str:
    """Keep a workbook until it is confirmed; the hash by which it is asked for again."""
    _sweep(folder)
    digest = hashlib.sha256(data).hexdigest()
    storage.keep(folder, digest, data)
    storage.path(folder, digest).touch()
    return digest


def load(folder: Path, digest: str) -> bytes | None:
    """The workbook, unchanged since it was kept; None where it is not there."""
    try:
        data = storage.path(folder, digest).read_bytes()
    except (ValueError, OSError):
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def forget(folder: Path, digest: str) -> None:
    """What has been taken over is not kept: it holds names and identities."""
    storage.path(folder, digest).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Let go of what nobody confirmed."""
    for path in folder.glob("*/*"):
        if path.stat().st_mtime < time.time() - KEPT:
            path.unlink(missing_ok=True)
