"""People, and the posts they hold for a while."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .office import Office, Post


class HoldingKind(StrEnum):
    """Definitif, Plt or Plh."""

    DEFINITIVE = "definitive"
    PLT = "plt"
    PLH = "plh"


class LeaveKind(StrEnum):
    """Why a holder is away: cuti, dinas luar, or held up in another way."""

    LEAVE = "leave"
    JOURNEY = "journey"
    OTHER = "other"


class User(Base):
    """Somebody who logs in. Rights come from holdings; `system_admin` from the command line."""

    __tablename__ = "users"
    id: Mapped[int] = key_column()
    office_id: Mapped[int | None] = reference("offices.id", index=True)
    username: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    nip: Mapped[str] = mapped_column(sa.String(30), default="")
    rank: Mapped[str] = mapped_column(sa.String(100), default="")  # pangkat/golongan
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    system_admin: Mapped[bool] = mapped_column(default=False)
    session_epoch: Mapped[int] = mapped_column(default=0)
    office: Mapped[Office | None] = relationship()
    holdings: Mapped[list[Holding]] = relationship(back_populates="user", order_by="Holding.id")

    def __str__(self) -> str:
        return self.name


class Holding(Base):
    """Who holds which post from one moment until another, which is not his any more."""

    __tablename__ = "holdings"
    __table_args__ = (sa.CheckConstraint("until_at IS NULL OR until_at > from_at", name="period"),)
    id: Mapped[int] = key_column()
    post_id: Mapped[int] = reference("posts.id", index=True)
    user_id: Mapped[int] = reference("users.id", index=True)
    kind: Mapped[HoldingKind] = mapped_column(
        codes(HoldingKind, "kind"), default=HoldingKind.DEFINITIVE
    )
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    letter_number: Mapped[str] = mapped_column(sa.String(120), default="", server_default="")
    letter_on: Mapped[date | None]
    post: Mapped[Post] = relationship()
    user: Mapped[User] = relationship(back_populates="holdings")

    def __str__(self) -> str:
        return f"{self.user} – {self.post}"


class Leave(Base):
    """While it lasts the duties of this holding rest; a substitute may hold the post as Plh."""

    __tablename__ = "leaves"
    __table_args__ = (sa.CheckConstraint("until_at > from_at", name="period"),)
    id: Mapped[int] = key_column()
    holding_id: Mapped[int] = reference("holdings.id", index=True)
    kind: Mapped[LeaveKind] = mapped_column(codes(LeaveKind, "kind"), default=LeaveKind.LEAVE)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    letter_number: Mapped[str] = mapped_column(sa.String(120), default="")
    letter_on: Mapped[date | None]
    substitute_id: Mapped[int | None] = reference("holdings.id", index=True)
    holding: Mapped[Holding] = relationship(foreign_keys="Leave.holding_id")
    substitute: Mapped[Holding | None] = relationship(foreign_keys="Leave.substitute_id")

    def __str__(self) -> str:
        return str(self.holding)


class Mandate(Base):
    """A post that signs in the name of another while it lasts: a.n., and u.b. one further down."""

    __tablename__ = "mandates"
    __table_args__ = (
        sa.CheckConstraint("until_at IS NULL OR until_at > from_at", name="period"),
        sa.CheckConstraint("post_id <> for_post_id", name="other"),
    )
    id: Mapped[int] = key_column()
    post_id: Mapped[int] = reference("posts.id", index=True)
    for_post_id: Mapped[int] = reference("posts.id", index=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    letter_number: Mapped[str] = mapped_column(sa.String(120), default="")
    letter_on: Mapped[date | None]
    post: Mapped[Post] = relationship(foreign_keys="Mandate.post_id")
    for_post: Mapped[Post] = relationship(foreign_keys="Mandate.for_post_id")

    def __str__(self) -> str:
        return f"{self.post} a.n. {self.for_post}"


class Throttle(Base):
    """Failures under one key (a user name, an address), seen by every worker."""

    __tablename__ = "throttles"
    key: Mapped[str] = mapped_column(sa.String(200), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]
