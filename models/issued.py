"""Surat terbit: the bytes of a letter as it was approved, and the code by which it is known."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, key_column, reference
from .letter import Letter
from .office import Office, Post
from .user import User


class IssuedLetter(Base):
    """A letter as it left the machine for signature; never made again, at most void.

    `net` and `draft` are Word files: without and with the box for initials. `content_hash` is of
    the parts of `net`, whatever zip they lie in. `fields` and `template_sha256` say of what it
    was made.
    """

    __tablename__ = "issued_letters"
    __table_args__ = (sa.CheckConstraint("voided_at IS NULL OR void_reason <> ''", name="reason"),)
    id: Mapped[int] = key_column()
    letter_id: Mapped[int] = reference("letters.id", index=True)
    office_id: Mapped[int] = reference("offices.id", index=True)
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    number: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[str] = mapped_column(sa.String(500))
    signer: Mapped[str] = mapped_column(sa.String(300))  # the title of the post that signs
    dated_on: Mapped[date]
    fields: Mapped[Json] = mapped_column(sa.JSON)
    template_sha256: Mapped[str] = mapped_column(sa.String(64))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    net_sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    net: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    draft: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    issued_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str] = mapped_column(sa.Text, default="")
    letter: Mapped[Letter] = relationship()
    office: Mapped[Office] = relationship()
    user: Mapped[User] = relationship()
    post: Mapped[Post] = relationship()
