"""Buku agenda surat keluar: every number of a year with what became of it, and klasifikasi."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .letter import Letter
from .office import Office, Post
from .user import User


class EntryState(StrEnum):
    """Terpakai, dipesan, batal."""

    USED = "used"
    RESERVED = "reserved"
    VOID = "void"


class RegisterEntry(Base):
    """A number of the register of a year. Every integer has a row; `suffix`: inserted (15.a).

    `letter` is whose number it is; a letter on paper has none, and then `subject` and
    `addressee` tell what it was. `reason` says why it is void or was reserved.
    """

    __tablename__ = "register_entries"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "register", "year", "n", "suffix"),
        sa.UniqueConstraint("office_id", "register", "year", "number"),
        sa.Index(
            "ix_register_entries_office_id_register_state_year_n_suffix",
            *("office_id", "register", "state", "year", "n", "suffix"),
        ),
        sa.CheckConstraint("n >= 1", name="n"),
        sa.CheckConstraint("state <> 'void' OR reason <> ''", name="reason"),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id")
    register: Mapped[str] = mapped_column(sa.String(80))
    year: Mapped[int]
    n: Mapped[int]
    suffix: Mapped[str] = mapped_column(sa.String(8), default="")
    number: Mapped[str] = mapped_column(sa.String(120))
    state: Mapped[EntryState] = mapped_column(codes(EntryState, "state"))
    dated_on: Mapped[date]
    letter_id: Mapped[int | None] = reference("letters.id", index=True)
    classification: Mapped[str] = mapped_column(sa.String(40), default="")
    subject: Mapped[str] = mapped_column(sa.String(500), default="")
    addressee: Mapped[str] = mapped_column(sa.String(300), default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    taken_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]  # when it became void, or what was reserved was used
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int | None] = reference("posts.id")
    office: Mapped[Office] = relationship()
    letter: Mapped[Letter | None] = relationship()
    user: Mapped[User] = relationship()
    post: Mapped[Post | None] = relationship()


class Classification(Base):
    """Kode klasifikasi: a line of the office's own table, which begins with suggestions.

    `kinds`: the letter kinds that take it unless another one is chosen.
    """

    __tablename__ = "classifications"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "code"),
        sa.CheckConstraint("code <> ''", name="code"),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(300))
    kinds: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    office: Mapped[Office] = relationship()

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
