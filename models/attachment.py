"""Lampiran: the files of a case."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, key_column, reference
from .case import Case


class Attachment(Base):
    """A file of a case: its bytes lie in the content-addressed folder under `sha256`."""

    __tablename__ = "attachments"
    __table_args__ = (sa.CheckConstraint("size > 0", name="size"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int | None] = reference("case_events.id", index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    label: Mapped[str] = mapped_column(sa.String(300), default="")
    content_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int | None] = reference("posts.id")
    case: Mapped[Case] = relationship()
