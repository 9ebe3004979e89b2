"""Rapat: who is invited, who came, what was decided, and who does what by when."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, key_column, reference
from .case import Case
from .disposition import Disposition
from .office import Post
from .user import User


class Meeting(Base):
    """A meeting about a case; `chair` leads it, a post of the office or somebody outside."""

    __tablename__ = "meetings"
    __table_args__ = (sa.CheckConstraint("subject <> ''", name="subject"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int | None] = reference("case_events.id")  # of the invitation
    subject: Mapped[str] = mapped_column(sa.String(500))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(sa.String(300))
    agenda: Mapped[str] = mapped_column(sa.Text, default="")
    chair_post_id: Mapped[int | None] = reference("posts.id")
    chair: Mapped[str] = mapped_column(sa.String(200), default="")
    minutes: Mapped[str] = mapped_column(sa.Text, default="")
    minuted_at: Mapped[datetime | None]
    minutes_user_id: Mapped[int | None] = reference("users.id")
    cancelled_at: Mapped[datetime | None]
    called_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    case: Mapped[Case] = relationship()
    chair_post: Mapped[Post | None] = relationship(foreign_keys=[chair_post_id])
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    minutes_user: Mapped[User | None] = relationship(foreign_keys=[minutes_user_id])
    people: Mapped[list[Participant]] = relationship(
        back_populates="meeting", order_by="Participant.id", cascade="all, delete-orphan"
    )
    decisions: Mapped[list[Decision]] = relationship(
        back_populates="meeting", order_by="Decision.id", cascade="all, delete-orphan"
    )


class Participant(Base):
    """Somebody invited: a post of the office, or a person from outside with his organisation."""

    __tablename__ = "participants"
    __table_args__ = (sa.CheckConstraint("post_id IS NOT NULL OR name <> ''", name="somebody"),)
    id: Mapped[int] = key_column()
    meeting_id: Mapped[int] = reference("meetings.id", index=True)
    post_id: Mapped[int | None] = reference("posts.id")
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    organisation: Mapped[str] = mapped_column(sa.String(200), default="")
    came: Mapped[bool | None]
    meeting: Mapped[Meeting] = relationship(back_populates="people")
    post: Mapped[Post | None] = relationship()


class Decision(Base):
    """What was decided, and who does it by when; a post of the office gets it as a disposition."""

    __tablename__ = "decisions"
    __table_args__ = (sa.CheckConstraint("text <> ''", name="text"),)
    id: Mapped[int] = key_column()
    meeting_id: Mapped[int] = reference("meetings.id", index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    post_id: Mapped[int | None] = reference("posts.id")
    who: Mapped[str] = mapped_column(sa.String(200), default="")
    due_on: Mapped[date | None]
    disposition_id: Mapped[int | None] = reference("dispositions.id")
    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    post: Mapped[Post | None] = relationship()
    disposition: Mapped[Disposition | None] = relationship()
