"""Pekerjaan latar: what is asked for in a transaction and done after it, with its progress."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, codes, key_column, reference
from .office import Office, Post
from .user import User


class JobState(StrEnum):
    """Menunggu, berjalan, selesai, gagal."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """A row of the outbox: written with what it follows from, taken up after the commit.

    `kind` names who does it, `arguments` are his. `done` of `total` is its progress; `faults` has
    a line for each thing that failed, which does not stop the others. `result_sha256` names a
    file in the content-addressed folder.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        sa.Index("ix_jobs_state_next_at_id", "state", "next_at", "id"),
        sa.Index("ix_jobs_user_id_id", "user_id", "id"),
        sa.CheckConstraint("total >= 0 AND done >= 0", name="progress"),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id", index=True)
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int | None] = reference("posts.id")
    kind: Mapped[str] = mapped_column(sa.String(40))
    arguments: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    state: Mapped[JobState] = mapped_column(codes(JobState, "state"), default=JobState.QUEUED)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    faults: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]  # not before
    seen_at: Mapped[datetime | None]  # the last sign of life of whoever does it
    ended_at: Mapped[datetime | None]
    result_name: Mapped[str] = mapped_column(sa.String(255), default="")
    result_type: Mapped[str] = mapped_column(sa.String(100), default="")
    result_sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    result_size: Mapped[int] = mapped_column(default=0)
    office: Mapped[Office] = relationship()
    user: Mapped[User] = relationship()
    post: Mapped[Post | None] = relationship()
