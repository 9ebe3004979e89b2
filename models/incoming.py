"""Surat masuk: the agenda of what arrives on paper or by mail, and its scans."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, key_column, reference
from .case import Case
from .office import Office, Post
from .user import User

if TYPE_CHECKING:
    from .disposition import Disposition


class IncomingLetter(Base):
    """A letter in the agenda: `agenda` counts within the office and year without a gap.

    `post` registered it, `for_post` is before whom it was laid first (as a rule the head).
    `case` is what was opened from it, or the case that it belongs to.
    """

    __tablename__ = "incoming_letters"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "year", "agenda"),
        sa.Index("ix_incoming_letters_office_id_id", "office_id", "id"),
        sa.Index("ix_incoming_letters_open", "office_id", "closed_at", "id"),
        sa.Index("ix_incoming_letters_nature", "office_id", "urgency", "id"),
        sa.Index("ix_incoming_letters_post_id_id", "post_id", "id"),
        sa.Index("ix_incoming_letters_for_post_id_id", "for_post_id", "id"),
        sa.Index("ix_incoming_letters_unread", "for_post_id", "read_at", "closed_at"),
        sa.CheckConstraint("agenda >= 1", name="agenda"),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id")
    year: Mapped[int]
    agenda: Mapped[int]
    received_on: Mapped[date]
    sender: Mapped[str] = mapped_column(sa.String(200))
    number: Mapped[str] = mapped_column(sa.String(120), default="")
    dated_on: Mapped[date | None]
    subject: Mapped[str] = mapped_column(sa.String(500))
    urgency: Mapped[str] = mapped_column(sa.String(40), default="biasa")  # sifat
    note: Mapped[str] = mapped_column(sa.Text, default="")
    case_id: Mapped[int | None] = reference("cases.id", index=True)
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    for_post_id: Mapped[int] = reference("posts.id")
    registered_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # by `for_post`
    closed_at: Mapped[datetime | None]  # filed: nothing is left to do with it
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    office: Mapped[Office] = relationship()
    case: Mapped[Case | None] = relationship()
    user: Mapped[User] = relationship()
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    for_post: Mapped[Post] = relationship(foreign_keys=[for_post_id])
    scans: Mapped[list[Scan]] = relationship(back_populates="letter", order_by="Scan.id")
    dispositions: Mapped[list[Disposition]] = relationship(
        back_populates="incoming_letter", order_by="Disposition.id"
    )


class Scan(Base):
    """A file of an incoming letter: its bytes lie in the content-addressed folder."""

    __tablename__ = "scans"
    __table_args__ = (sa.CheckConstraint("size > 0", name="size"),)
    id: Mapped[int] = key_column()
    incoming_letter_id: Mapped[int] = reference("incoming_letters.id", index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    content_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_at: Mapped[datetime]
    letter: Mapped[IncomingLetter] = relationship(back_populates="scans")
