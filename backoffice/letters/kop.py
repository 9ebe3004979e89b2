"""Papers of an office: its template in use, filled, with its logo in the kop.

Whoever makes a letter gets its pictures here: the logo, and the QR code of a letter at the foot.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from models import Office, db

from .active import bytes_for
from .cleaning import Values
from .fill import Pictures, fill
from .pictures import LOGO, QR
from .qr import qr_png

KEPT = 64  # logos whose bytes are kept, by their hash
_logos: dict[str, bytes] = {}


def pictures_of(office: Office, address: str | None = None) -> Pictures:
    """What a letter of this office puts in; `address`: where its QR code leads, if it has one.

    Without a statement once the logo is known: an office has one for thousands of letters.
    """
    return {LOGO: logo_of(office), QR: qr_png(address) if address else None}


def made(office: Office, kind: str, values: Values) -> bytes:
    """A paper of this kind as a Word file, as this office makes it; MissingValues on a gap."""
    return fill(bytes_for(office.id, kind), values, pictures_of(office))


def logo_of(office: Office) -> bytes | None:
    """The logo of an office as a PNG; none where it has none."""
    if not office.logo_sha256:
        return None
    known = _logos.get(office.logo_sha256)
    if known is None:
        known = db.session.scalar(sa.select(Office.logo).where(Office.id == office.id))
        if known is not None:
            _keep(known)
    return known


def _keep(logo: bytes) -> None:
    """By what it is, not by whose: somebody may exchange it between two statements."""
    if len(_logos) >= KEPT:
        _logos.clear()
    _logos[hashlib.sha256(logo).hexdigest()] = logo
