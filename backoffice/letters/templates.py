"""An office's own templates: brought through the gate, looked at filled, put into use, put aside.

A file with a fault is refused with all its faults and nothing is kept. Versions stay for ever,
since letters were made from them. Callers hold the write and commit.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from models import Office, TemplateState, TemplateVersion, User, db

from .active import bytes_for
from .checking import OFFERED, check
from .compile import Template
from .fill import MissingValues, fill
from .findings import TemplateFault
from .kop import pictures_of
from .specimens import specimen
from .values import letterhead

NOWHERE = "https://contoh.invalid/"  # where the QR code of a specimen leads


def upload(office: Office, kind: str, data: bytes, *, user: User, now: datetime) -> TemplateVersion:
    """Keep the file as a version that is not in use yet; TemplateFault with every fault.

    The same file again is the version it was. `kind`: of `checking.OFFERED`.
    """
    asked = _sound(office, kind, data)
    db.session.get_one(Office, office.id, with_for_update=True)  # one number after another
    digest = hashlib.sha256(data).hexdigest()
    versions = versions_of(office.id, kind)
    known = next((one for one in versions if one.sha256 == digest), None)
    if known is not None:
        return known
    version = TemplateVersion(
        office=office,
        kind=kind,
        version=max((one.version for one in versions), default=0) + 1,
        state=TemplateState.DRAFT,
        sha256=digest,
        size=len(data),
        names=_names(asked),
        data=data,
        uploaded_at=now,
        user=user,
    )
    db.session.add(version)
    db.session.flush()
    return version


def activate(version: TemplateVersion, *, user: User, now: datetime) -> None:
    """Letters of this kind are made from this version from now on; TemplateFault where they
    cannot be."""
    _sound(version.office, version.kind, version.data)
    retire(version.office_id, version.kind, user=user, now=now)
    version.state, version.activated_at = TemplateState.ACTIVE, now
    version.activated_by = user
    version.retired_at = version.retired_by = None
    db.session.flush()


def retire(office_id: int, kind: str, *, user: User, now: datetime) -> None:
    """Back to the shipped template; the version that was in use stays as an old one."""
    db.session.get_one(Office, office_id, with_for_update=True)
    for one in versions_of(office_id, kind):
        if one.state == TemplateState.ACTIVE:
            one.state, one.retired_at, one.retired_by = TemplateState.OLD, now, user
    db.session.flush()


def versions_of(office_id: int, kind: str) -> list[TemplateVersion]:
    """The versions of a kind with whose they were, the newest first, without their bytes."""
    own = TemplateVersion
    query = sa.select(own).where(own.office_id == office_id, own.kind == kind)
    query = query.options(*map(joinedload, (own.user, own.activated_by, own.retired_by)))
    return list(db.session.scalars(query.order_by(own.version.desc())))


def sample(office: Office, kind: str, data: bytes | None = None) -> bytes:
    """A template filled with invented values under the kop of the office; its own in use, else
    `data`."""
    template = bytes_for(office.id, kind) if data is None else data
    values = {**specimen(OFFERED[kind]), **letterhead(office)}
    return fill(template, values, pictures_of(office, NOWHERE))


def _sound(office: Office, kind: str, data: bytes) -> Template:
    """What the file asks for; TemplateFault with every fault, also of filling it."""
    checked = check(data, kind)
    if checked.asked is None:
        raise TemplateFault(checked.findings)
    try:
        sample(office, kind, data)
    except MissingValues as gap:
        raise TemplateFault(gap.findings) from gap
    return checked.asked


def _names(asked: Template) -> list[str]:
    columns = (f"{name}.{one}" for name, all_of in asked.lists.items() for one in all_of)
    return sorted((*asked.fields, *columns))
