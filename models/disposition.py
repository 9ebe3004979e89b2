"""Lembar disposisi: who laid a case or a letter on whose desk, to do what, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, codes, key_column, reference
from .case import Case, Duty
from .office import Post
from .user import User

if TYPE_CHECKING:
    from .incoming import IncomingLetter


class DispositionState(StrEnum):
    """How far one recipient is with it."""

    GIVEN = "given"
    READ = "read"
    BEGUN = "begun"
    REPORTED = "reported"
    CLOSED = "closed"
    RECALLED = "recalled"


class Disposition(Base):
    """What one post laid on the desk of another; a sheet to several posts has a row for each.

    Rows of one sheet share `sheet_id`, the id of its first row. `parent` is the row that is passed
    on (disposisi lanjutan). `lead` marks the penanggung jawab of the sheet. `ticks` are keys of
    the instructions printed on the paper. Exactly one of case and incoming letter is set.
    `ended_at`: closed by its giver, recalled, or over with its case.
    """

    __tablename__ = "dispositions"
    __table_args__ = (
        sa.Index("ix_dispositions_to_post_id_id", "to_post_id", "id"),
        sa.Index("ix_dispositions_from_post_id_id", "from_post_id", "id"),
        # Not partial: without statistics SQLite would pass them by for the ones above.
        sa.Index("ix_dispositions_open_to", "to_post_id", "ended_at", "deadline_on", "id"),
        sa.Index("ix_dispositions_open_from", "from_post_id", "ended_at", "deadline_on", "id"),
        # The agenda of letters asks each post for its letters, the newest first.
        sa.Index("ix_dispositions_letters_to", "to_post_id", "incoming_letter_id"),
        sa.Index("ix_dispositions_letters_from", "from_post_id", "incoming_letter_id"),
        sa.CheckConstraint(
            "(case_id IS NULL) <> (incoming_letter_id IS NULL)", name="of_one_thing"
        ),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int | None] = reference("cases.id", index=True)
    incoming_letter_id: Mapped[int | None] = reference("incoming_letters.id", index=True)
    event_id: Mapped[int | None] = reference("case_events.id")  # of a case: the line of its giving
    sheet_id: Mapped[int | None] = reference("dispositions.id", index=True)
    parent_id: Mapped[int | None] = reference("dispositions.id", index=True)
    from_post_id: Mapped[int] = reference("posts.id")
    to_post_id: Mapped[int] = reference("posts.id")
    user_id: Mapped[int | None] = reference("users.id")  # who gave it
    holding_id: Mapped[int | None] = reference("holdings.id")
    duty: Mapped[Duty] = mapped_column(codes(Duty, "duty"))
    lead: Mapped[bool] = mapped_column(default=False)
    ticks: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    instructions: Mapped[str] = mapped_column(sa.Text, default="")
    urgency: Mapped[str | None] = mapped_column(sa.String(40))  # sifat
    deadline_on: Mapped[date | None]
    given_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    reported_at: Mapped[datetime | None]
    report: Mapped[str] = mapped_column(sa.Text, default="")
    report_user_id: Mapped[int | None] = reference("users.id")
    remark: Mapped[str] = mapped_column(sa.Text, default="")  # the giver's last word on it
    recalled_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    case: Mapped[Case | None] = relationship()
    incoming_letter: Mapped[IncomingLetter | None] = relationship(back_populates="dispositions")
    parent: Mapped[Disposition | None] = relationship(
        foreign_keys=[parent_id], remote_side="Disposition.id"
    )
    from_post: Mapped[Post] = relationship(foreign_keys=[from_post_id])
    to_post: Mapped[Post] = relationship(foreign_keys=[to_post_id])
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    report_user: Mapped[User | None] = relationship(foreign_keys=[report_user_id])

    @property
    def state(self) -> DispositionState:
        """How far the recipient is."""
        if self.recalled_at is not None:
            return DispositionState.RECALLED
        if self.ended_at is not None:
            return DispositionState.CLOSED
        if self.reported_at is not None:
            return DispositionState.REPORTED
        if self.begun_at is not None:
            return DispositionState.BEGUN
        return DispositionState.READ if self.read_at is not None else DispositionState.GIVEN
