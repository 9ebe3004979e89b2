"""Surat: text in revisions, who set paraf and signature, when it left."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .attachment import Attachment
from .base import Base, Json, codes, key_column, reference
from .case import Case
from .office import Office, Post
from .user import User


class LetterState(StrEnum):
    """Konsep, diparaf, siap tanda tangan, ditandatangani, terkirim, diterima, batal."""

    DRAFT = "draft"
    INITIALLED = "initialled"
    APPROVED = "approved"
    SIGNED = "signed"
    SENT = "sent"
    RECEIVED = "received"
    VOID = "void"


class MarkKind(StrEnum):
    """Paraf, paraf koordinasi, persetujuan, tanda tangan basah, pengiriman, penerimaan."""

    INITIAL = "initial"
    COORDINATE = "coordinate"
    APPROVE = "approve"
    SIGN = "sign"
    SEND = "send"
    RECEIVE = "receive"


class Letter(Base):
    """A letter of a case; `kind` is the name of its file in letter_templates."""

    __tablename__ = "letters"
    __table_args__ = (
        sa.Index("ix_letters_office_id_case_id_id", "office_id", "case_id", "id"),
        sa.Index("ix_letters_office_id_state_case_id_id", "office_id", "state", "case_id", "id"),
        sa.Index("ix_letters_office_id_number", "office_id", "number"),  # anew every year
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id")
    case_id: Mapped[int] = reference("cases.id", index=True)
    kind: Mapped[str] = mapped_column(sa.String(80))
    state: Mapped[LetterState] = mapped_column(
        codes(LetterState, "state"), default=LetterState.DRAFT
    )
    number: Mapped[str | None] = mapped_column(sa.String(80))
    revision: Mapped[int] = mapped_column(default=1)
    fields: Mapped[Json] = mapped_column(sa.JSON, default=dict)  # of the newest revision
    enclosures: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)  # the same; attachments
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")  # of both
    drafted_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    scan_id: Mapped[int | None] = reference("attachments.id")  # of the letter with its signature
    scan: Mapped[Attachment | None] = relationship()
    office: Mapped[Office] = relationship()
    case: Mapped[Case] = relationship()
    revisions: Mapped[list[LetterRevision]] = relationship(
        back_populates="letter", order_by="LetterRevision.revision"
    )
    marks: Mapped[list[LetterMark]] = relationship(
        back_populates="letter", order_by="LetterMark.id"
    )


class LetterRevision(Base):
    """The text of a letter as somebody saved it."""

    __tablename__ = "letter_revisions"
    __table_args__ = (sa.UniqueConstraint("letter_id", "revision"),)
    id: Mapped[int] = key_column()
    letter_id: Mapped[int] = reference("letters.id")
    revision: Mapped[int]
    fields: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    enclosures: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    saved_at: Mapped[datetime]
    letter: Mapped[Letter] = relationship(back_populates="revisions")
    user: Mapped[User] = relationship()
    post: Mapped[Post] = relationship()


class LetterMark(Base):
    """Who set a paraf, approved, signed or sent which text, and when.

    `content_hash`: of what he saw. A paraf holds while the letter still has that content.
    """

    __tablename__ = "letter_marks"
    id: Mapped[int] = key_column()
    letter_id: Mapped[int] = reference("letters.id", index=True)
    revision: Mapped[int]
    kind: Mapped[MarkKind] = mapped_column(codes(MarkKind, "kind"))
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    at: Mapped[datetime]
    letter: Mapped[Letter] = relationship(back_populates="marks")
    user: Mapped[User] = relationship()
    post: Mapped[Post] = relationship()
