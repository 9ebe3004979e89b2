"""SOP versions: the text that was published, unchanged for ever."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .office import Office


class VersionState(StrEnum):
    """A draft may be edited; a published version never again (a trigger refuses)."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ProcedureVersion(Base):
    """One version of one SOP of one office: its text is the truth, the rest is copied from it."""

    __tablename__ = "procedure_versions"
    __table_args__ = (sa.UniqueConstraint("office_id", "code", "version"),)
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    code: Mapped[str] = mapped_column(sa.String(80))
    version: Mapped[int]
    state: Mapped[VersionState] = mapped_column(
        codes(VersionState, "state"), default=VersionState.DRAFT
    )
    title: Mapped[str] = mapped_column(sa.String(300))
    kind: Mapped[str] = mapped_column(sa.String(40))
    family: Mapped[str] = mapped_column(sa.String(80), default="")
    variant: Mapped[str] = mapped_column(sa.String(80), default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    source_text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    findings: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)  # lint: level, line, message
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = reference("users.id")
    office: Mapped[Office] = relationship()

    def __str__(self) -> str:
        return f"{self.title} (versi {self.version})"
