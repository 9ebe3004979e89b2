"""Files of a case as lines with a link, and sending one to whoever may open the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, abort, send_file

from backoffice import storage
from backoffice.text import _, number, short_moment
from backoffice.workflow.belongings import Filed
from models import Attachment
from views.uploads import settings

WORDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WebP",
    "text/plain": "TXT",
    "text/csv": "CSV",
}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file as the page lists it."""

    icon: str
    url: str
    name: str
    facts: str


def size_words(size: int) -> str:
    """412 KB or 1,4 MB."""
    if size < KILOBYTE * KILOBYTE:
        return f"{number(max(1, round(size / KILOBYTE)))} KB"
    return f"{number(round(size / KILOBYTE / KILOBYTE, 1))} MB"


def kind_words(content_type: str) -> str:
    """PDF, Gambar, Word, Excel."""
    if content_type.startswith("image/"):
        return _("Picture")
    if "word" in content_type:
        return "Word"
    if "sheet" in content_type or "excel" in content_type:
        return "Excel"
    return WORDS.get(content_type, _("File"))


def file_lines(rows: Iterable[Attachment | Filed], base: str, zone: str) -> list[FileLine]:
    """Attachments with kind, size and since when they are there."""
    return [
        FileLine(
            icon="clip",
            url=f"{base}/attachment/?id={one.id}",
            name=f"{one.label} ({one.name})" if one.label else one.name,
            facts=" · ".join(
                (
                    kind_words(one.content_type),
                    size_words(one.size),
                    short_moment(one.uploaded_at, zone),
                )
            ),
        )
        for one in rows
    ]


def send(attachment: Attachment) -> Response:
    """The file, always to be saved and never shown within our pages."""
    place = storage.path(settings().files, attachment.sha256)
    if not place.is_file():
        abort(404)
    response = send_file(
        place,
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.name,
        max_age=0,
        etag=False,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
