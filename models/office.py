"""Instansi, bidang, peran, jabatan and hari libur: the tree in which work finds its desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, key_column, reference

post_roles = sa.Table(
    "post_roles",
    Base.metadata,
    sa.Column("post_id", sa.ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("role_id", sa.ForeignKey("roles.id", ondelete="RESTRICT"), primary_key=True),
)


class Office(Base):
    """An instansi. `hours`: {"mon-thu": ["08:00-12:00", …]}; `numbers`: {"case": pattern, …}."""

    __tablename__ = "offices"
    id: Mapped[int] = key_column()
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[list[str]] = mapped_column(sa.JSON)  # one to three lines of the kop
    government: Mapped[str] = mapped_column(sa.String(200))
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    contacts: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    timezone: Mapped[str] = mapped_column(sa.String(60))
    hours: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    special_hours: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    numbers: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    statements: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    categories: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    deviation: Mapped[str] = mapped_column(sa.Text, default="")
    logo: Mapped[bytes | None] = mapped_column(sa.LargeBinary, deferred=True)  # PNG, for the kop
    logo_sha256: Mapped[str] = mapped_column(sa.String(64), default="")

    @property
    def title(self) -> str:
        """The name on one line."""
        return " ".join(self.name)

    def __str__(self) -> str:
        return self.title


class Unit(Base):
    """A bidang, bagian, seksi or subbagian."""

    __tablename__ = "units"
    __table_args__ = (sa.UniqueConstraint("office_id", "key"),)
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    parent_id: Mapped[int | None] = reference("units.id", index=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(200))
    office: Mapped[Office] = relationship()
    parent: Mapped[Unit | None] = relationship(remote_side="Unit.id")

    def __str__(self) -> str:
        return self.name


class Role(Base):
    """What the SOPs call Pelaksana. `outside`: no account; somebody records what they did."""

    __tablename__ = "roles"
    __table_args__ = (sa.UniqueConstraint("office_id", "key"),)
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    key: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(200))
    outside: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.title


class Post(Base):
    """A jabatan. `capabilities`: of `access.CAPABILITIES`; `recorded_by`: writes for this head."""

    __tablename__ = "posts"
    __table_args__ = (sa.UniqueConstraint("office_id", "key"),)
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    unit_id: Mapped[int | None] = reference("units.id", index=True)
    superior_id: Mapped[int | None] = reference("posts.id", index=True)
    recorded_by_id: Mapped[int | None] = reference("posts.id")
    key: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(200))
    capabilities: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    # Its holder may check and sign what he drafted himself; the history says so.
    stands_alone: Mapped[bool] = mapped_column(default=False)
    # Outside: where a case goes whose terlapor is the head himself. `recorded_by` writes for it.
    takes_escalations: Mapped[bool] = mapped_column(default=False)
    office: Mapped[Office] = relationship()
    unit: Mapped[Unit | None] = relationship()
    superior: Mapped[Post | None] = relationship(foreign_keys=[superior_id], remote_side="Post.id")
    recorded_by: Mapped[Post | None] = relationship(
        foreign_keys=[recorded_by_id], remote_side="Post.id"
    )
    roles: Mapped[list[Role]] = relationship(secondary=post_roles, order_by=Role.id)

    def __str__(self) -> str:
        return self.title


class Holiday(Base):
    """A day on which the office is closed."""

    __tablename__ = "holidays"
    __table_args__ = (sa.UniqueConstraint("office_id", "day"),)
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    day: Mapped[date]
    name: Mapped[str] = mapped_column(sa.String(200))
    office: Mapped[Office] = relationship()

    def __str__(self) -> str:
        return self.name
