"""Naskah surat of an office: every upload a version that never changes; one of a kind is in use."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .office import Office
from .user import User

ACTIVE = sa.text("state = 'active'")


class TemplateState(StrEnum):
    """Uploaded and looked at; in use; or used before. Where none is in use, the shipped one is."""

    DRAFT = "draft"
    ACTIVE = "active"
    OLD = "old"


class TemplateVersion(Base):
    """One Word file of an office for one kind of letter; issued letters know it by `sha256`.

    `names`: what it asks for, a column of a list as `tembusan.nama`.
    """

    __tablename__ = "template_versions"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "kind", "version"),
        sa.CheckConstraint("size > 0", name="size"),
        sa.CheckConstraint("state = 'draft' OR activated_at IS NOT NULL", name="activated"),
        sa.Index(
            "ix_template_versions_active",
            "office_id",
            "kind",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    kind: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int]
    state: Mapped[TemplateState] = mapped_column(
        codes(TemplateState, "state"), default=TemplateState.DRAFT
    )
    sha256: Mapped[str] = mapped_column(sa.String(64))
    size: Mapped[int]
    names: Mapped[list[str]] = mapped_column(sa.JSON)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    uploaded_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    activated_at: Mapped[datetime | None]  # the last time
    activated_by_id: Mapped[int | None] = reference("users.id")
    retired_at: Mapped[datetime | None]
    retired_by_id: Mapped[int | None] = reference("users.id")
    office: Mapped[Office] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    activated_by: Mapped[User | None] = relationship(foreign_keys=[activated_by_id])
    retired_by: Mapped[User | None] = relationship(foreign_keys=[retired_by_id])
