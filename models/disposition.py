"""Lembar disposisi: who laid a case on whose desk, with what instructions."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .case import Case, Duty
from .office import Post


class Disposition(Base):
    """Who laid a case on whose desk, with what instructions."""

    __tablename__ = "dispositions"
    __table_args__ = (
        sa.Index("ix_dispositions_to_post_id_id", "to_post_id", "id"),
        sa.Index("ix_dispositions_from_post_id_id", "from_post_id", "id"),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    from_post_id: Mapped[int] = reference("posts.id")
    to_post_id: Mapped[int] = reference("posts.id")
    duty: Mapped[Duty] = mapped_column(codes(Duty, "duty"))
    instructions: Mapped[str] = mapped_column(sa.Text, default="")
    deadline_on: Mapped[date | None]
    given_at: Mapped[datetime]
    case: Mapped[Case] = relationship()
    from_post: Mapped[Post] = relationship(foreign_keys=[from_post_id])
    to_post: Mapped[Post] = relationship(foreign_keys=[to_post_id])
