"""Counters: the last number given in a register."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, reference


class Counter(Base):
    """The last number given of a register in a year, raised by one `INSERT … ON CONFLICT`."""

    __tablename__ = "counters"
    office_id: Mapped[int] = reference("offices.id", primary_key=True)
    register: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    __table_args__ = (sa.CheckConstraint("n >= 1", name="n"),)
