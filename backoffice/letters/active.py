"""Which template a letter is made from: the office's own that is in use, else the shipped one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from backoffice.once import once
from backoffice.standing import standing_of
from models import TemplateVersion, db

from .compile import compile_template

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
FILES = frozenset(one.stem for one in TEMPLATES.glob("*.docx"))
KEPT = 64  # templates whose bytes are kept


@dataclass(frozen=True, slots=True)
class InUse:
    """A version in use: its key, its content, and the fields and lists it asks for."""

    id: int
    sha256: str
    names: frozenset[str]


@once(TemplateVersion)
def in_use(office_id: int) -> Mapping[str, InUse]:
    """The office's own templates that are in use, by kind."""
    return {
        one.kind: InUse(one.id, one.sha256, frozenset(name.split(".")[0] for name in one.names))
        for one in standing_of(office_id).templates
    }


def bytes_for(office_id: int, kind: str) -> bytes:
    """The template of a kind in this office."""
    own = in_use(office_id).get(kind)
    return shipped(kind) if own is None else _uploaded(own.id, own.sha256)


def asked_for(office_id: int, kind: str) -> frozenset[str]:
    """The fields and lists that the template of a kind asks for in this office."""
    own = in_use(office_id).get(kind)
    return _asked_by_shipped(kind) if own is None else own.names


@lru_cache(maxsize=KEPT)
def shipped(kind: str) -> bytes:
    """The template that comes with the product."""
    return (TEMPLATES / f"{kind}.docx").read_bytes()


@lru_cache(maxsize=KEPT)
def _asked_by_shipped(kind: str) -> frozenset[str]:
    return compile_template(shipped(kind)).names


@lru_cache(maxsize=KEPT)
def _uploaded(version_id: int, _sha256: str) -> bytes:
    # The content is part of what is remembered: a version never changes, a database may.
    query = sa.select(TemplateVersion.data).where(TemplateVersion.id == version_id)
    return db.session.execute(query).scalar_one()
