"""The logo of an office in its pack: a picture beside `office.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from backoffice import emblem
from backoffice.errors import Incomplete
from backoffice.workflow.findings import Finding, Level

LOGO = "logo.png"
UNREADABLE = (
    "Gambar logo ini tidak dapat dipakai. Ganti dengan gambar PNG diam, 120 sampai 600 piksel, "
    "paling besar 5 MB."
)


def lint_logo(folder: Path) -> Iterator[Finding]:
    """Whether the logo can be read, where the pack has one."""
    try:
        logo_of(folder)
    except Incomplete:
        yield Finding(str(folder / LOGO), 1, Level.ERROR, UNREADABLE)


def logo_of(folder: Path) -> bytes | None:
    """The logo of the pack as it came out of an office; none where there is none."""
    path = folder / LOGO
    return emblem.read(path.read_bytes(), trimmed=True) if path.is_file() else None
