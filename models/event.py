"""Riwayat: what happened to a case, written once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from .base import Base, Json, codes, key_column, reference
from .case import Case
from .office import Post
from .user import Holding, HoldingKind, User


class EventKind(StrEnum):
    """What a line of the history tells."""

    OPENED = "opened"
    TRANSITION = "transition"
    OPINION = "opinion"
    NOTE = "note"
    DRAFT = "draft"
    NOTICE = "notice"
    DISPOSITION = "disposition"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    REMINDED = "reminded"
    TAKEN_OVER = "taken_over"
    JOINED = "joined"
    SEPARATED = "separated"
    BEGUN = "begun"  # a disposition is being worked on
    REPORTED = "reported"  # what came of a disposition
    RECALLED = "recalled"  # a disposition, before it was read
    SETTLED = "settled"  # the giver closed a disposition
    NAMED = "named"  # an official was confirmed as terlapor
    CLEARED = "cleared"  # it was not him
    REROUTED = "rerouted"  # a desk went to the superior, since its holder is terlapor
    MEETING = "meeting"
    SIGNED = "signed"  # a letter came back with its signature
    SENT = "sent"  # a letter went out, or could not
    RECEIVED = "received"  # a letter arrived


class CaseEvent(Base):
    """What happened: written once, never edited (a trigger refuses).

    `post` is the acting post; `for_post` the post whose duty it was, where that is another one.
    `happened_at` differs from `recorded_at` in a late entry, whose reason is `reason`.
    """

    __tablename__ = "case_events"
    __table_args__ = (sa.UniqueConstraint("case_id", "seq"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id")
    seq: Mapped[int]
    kind: Mapped[EventKind] = mapped_column(codes(EventKind, "kind"))
    step: Mapped[str] = mapped_column(sa.String(80))
    transition: Mapped[str | None] = mapped_column(sa.String(80))
    action: Mapped[str | None] = mapped_column(sa.String(40))
    label: Mapped[str] = mapped_column(sa.String(300), default="")
    to_step: Mapped[str | None] = mapped_column(sa.String(80))
    outcome: Mapped[str | None] = mapped_column(sa.String(80))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    user_id: Mapped[int] = reference("users.id", index=True)
    post_id: Mapped[int] = reference("posts.id", index=True)
    holding_id: Mapped[int | None] = reference("holdings.id")
    for_post_id: Mapped[int | None] = reference("posts.id")
    recorded_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    data: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    case: Mapped[Case] = relationship(back_populates="events")
    user: Mapped[User] = relationship()
    # Definitif, Plt or Plh at that moment; a holding that stands in the history keeps its kind.
    acted_as: Mapped[HoldingKind | None] = column_property(
        sa.select(Holding.kind)
        .where(Holding.id == holding_id)
        .correlate_except(Holding)
        .scalar_subquery()
    )
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    for_post: Mapped[Post | None] = relationship(foreign_keys=[for_post_id])
