"""What is filled, said and promised on the way: records, opinions, notices."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, key_column, reference
from .event import CaseEvent


class Record(Base):
    """A small form filled on the way (notulen, lembar data); the newest of a key counts."""

    __tablename__ = "records"
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    key: Mapped[str] = mapped_column(sa.String(80))
    values: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    event: Mapped[CaseEvent] = relationship()


class Opinion(Base):
    """What one member of a team thinks, in one round."""

    __tablename__ = "opinions"
    __table_args__ = (sa.UniqueConstraint("case_id", "step", "round", "post_id"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    step: Mapped[str] = mapped_column(sa.String(80))
    round: Mapped[int]
    post_id: Mapped[int] = reference("posts.id")
    text: Mapped[str] = mapped_column(sa.Text)


class Notice(Base):
    """A promise to tell a party; `told_at` is null while it is open."""

    __tablename__ = "notices"
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    kind: Mapped[str] = mapped_column(sa.String(80))  # a letter kind
    party_role: Mapped[str | None] = mapped_column(sa.String(40))
    told_at: Mapped[datetime | None]
    told_event_id: Mapped[int | None] = reference("case_events.id")
