"""Attachments: a gate that looks at the content, and a folder that names a file by its hash."""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from backoffice import documents, pictures
from backoffice.errors import Incomplete

MEGABYTE = 1024 * 1024
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may weigh. A phone's photo may weigh more: it is made smaller."""

    size: int = 10 * MEGABYTE
    picture: int = 30 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the folder, as its row will describe it."""

    name: str
    sha256: str
    size: int
    content_type: str


def store(
    folder: Path,
    name: str,
    stream: IO[bytes],
    limits: Limits = Limits(),
    *,
    field: str = "attachment",
) -> Stored:
    """Let a file through the gate and keep it, synced to the disk before any row names it.

    Refuses with a code at `field`: `attachment_empty`, `attachment_too_big`, `attachment_type`,
    `attachment_damaged`, `attachment_macro`, `attachment_bomb`.
    """
    try:
        data, kind = _admit(stream, limits)
    except documents.Unfit as unfit:
        raise Incomplete({field: unfit.code}) from unfit
    digest = hashlib.sha256(data).hexdigest()
    keep(folder, digest, data)
    return Stored(safe_name(name, kind.suffix), digest, len(data), kind.content_type)


def path(folder: Path, sha256: str) -> Path:
    """Where the file with this content lies; a malformed hash is a fault of the caller."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ValueError("not a sha256")
    return folder / sha256[:2] / sha256


def keep(folder: Path, sha256: str, data: bytes) -> None:
    """Write the file whole or not at all. The same content is kept once, as new as it came last."""
    target = path(folder, sha256)
    if target.exists() and target.stat().st_size == len(data):
        target.touch()
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as draft:
        draft.write(data)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).replace(target)
    # The name of a new file is safe only when its folders are.
    for place in (target.parent, folder):
        _sync_folder(place)


@contextmanager
def draft(folder: Path) -> Iterator[IO[bytes]]:
    """A file that grows in the folder and is gone afterwards, unless `adopt` kept it.

    What an interruption leaves of it is removed by `backoffice tidy`.
    """
    place = folder / "00"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place, prefix=".new-", delete=False) as file:
        try:
            yield cast(IO[bytes], file)
        finally:
            Path(file.name).unlink(missing_ok=True)


def adopt(folder: Path, file: IO[bytes]) -> tuple[str, int]:
    """Keep what was drafted, whatever its size; its hash and its bytes."""
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    digest = hashlib.file_digest(cast(io.BufferedReader, file), "sha256").hexdigest()
    target = path(folder, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(file.name).replace(target)
    for one in (target.parent, folder):
        _sync_folder(one)
    return digest, target.stat().st_size


def safe_name(name: str, suffix: str) -> str:
    """The uploader's name without its path, tricks and ending; the ending is the content's."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    text = "".join(one for one in text if not unicodedata.category(one).startswith("C"))
    text = FORBIDDEN.sub("_", text).strip(" .")
    stem = " ".join(text.rsplit(".", 1)[0].split()).strip(" .")[:100] or "lampiran"
    return f"_{stem}{suffix}" if RESERVED.fullmatch(stem) else f"{stem}{suffix}"


def _admit(stream: IO[bytes], limits: Limits) -> tuple[bytes, documents.FileKind]:
    data = stream.read(max(limits.size, limits.picture) + 1)
    kind = documents.kind_of(data)
    if len(data) > (limits.picture if kind.picture else limits.size):
        raise documents.Unfit("attachment_too_big")
    if kind.picture:
        return pictures.clean(data)
    documents.check(data, kind)
    return data, kind


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
