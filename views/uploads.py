"""Files that come with a form: through the gate into the folder, before any row names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app

from backoffice import storage
from backoffice.config import Settings
from backoffice.errors import Incomplete
from backoffice.workflow.inputs import Upload

MOST_FILES = 20  # in one form


def settings() -> Settings:
    """The settings of this installation."""
    found: Settings = current_app.extensions["settings"]
    return found


def stored(files: Sequence[Any], field: str, label: str = "") -> tuple[Upload, ...]:
    """The files, kept; Incomplete with the code above `field` where the gate refuses one."""
    if len(files) > MOST_FILES:
        raise Incomplete({field: "too_many_files"})
    return tuple(_stored(one, field, label) for one in files)


def _stored(file: Any, field: str, label: str) -> Upload:
    limits = storage.Limits(size=settings().max_attachment)
    kept = storage.store(settings().files, file.filename, file.stream, limits, field=field)
    return Upload(
        name=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        content_type=kept.content_type,
        label=label,
    )
