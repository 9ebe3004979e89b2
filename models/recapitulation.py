"""Rekapan: the lists on which cases of a batch are decided together."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, key_column, reference
from .case import Case


class Recapitulation(Base):
    """A rekapan: the list through which the cases of a batch are acted on together."""

    __tablename__ = "recapitulations"
    __table_args__ = (
        sa.Index(
            "uq_recapitulations_open",
            "office_id",
            "code",
            "batch",
            unique=True,
            sqlite_where=sa.text("frozen_at IS NULL"),
            postgresql_where=sa.text("frozen_at IS NULL"),
        ),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    code: Mapped[str] = mapped_column(sa.String(80))  # of the procedure
    batch: Mapped[str] = mapped_column(sa.String(80))
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    rows: Mapped[list[RecapitulationRow]] = relationship(
        back_populates="recapitulation", order_by="RecapitulationRow.id"
    )


class RecapitulationRow(Base):
    """A case on a list; struck out (`left_at`) when it left the batch."""

    __tablename__ = "recapitulation_rows"
    __table_args__ = (
        sa.Index(
            "uq_recapitulation_rows_case",
            "case_id",
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        ),
    )
    id: Mapped[int] = key_column()
    recapitulation_id: Mapped[int] = reference("recapitulations.id", index=True)
    case_id: Mapped[int] = reference("cases.id")
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    recapitulation: Mapped[Recapitulation] = relationship(back_populates="rows")
    case: Mapped[Case] = relationship()
