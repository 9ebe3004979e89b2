"""Pengiriman surat: by which way a letter went out, to whom, and that it arrived."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .attachment import Attachment
from .base import Base, codes, key_column, reference
from .job import Job
from .letter import Letter
from .office import Office, Post
from .user import User


class DeliveryWay(StrEnum):
    """Diantar, pos, e-mail, diambil, WhatsApp."""

    CARRIED = "carried"
    POST = "post"
    EMAIL = "email"
    FETCHED = "fetched"
    WHATSAPP = "whatsapp"


class DeliveryState(StrEnum):
    """Menunggu kirim, terkirim, gagal, diterima."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    RECEIVED = "received"


class Delivery(Base):
    """One sending of a letter to one addressee. `address`: street, e-mail or telephone.

    `evidence`: the number the post gave, or of whom it was handed to. `fault` says why it failed.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.Index("ix_deliveries_office_id_state_letter_id", "office_id", "state", "letter_id"),
        sa.CheckConstraint("state <> 'failed' OR fault <> ''", name="fault"),
        sa.CheckConstraint("state <> 'received' OR received_at IS NOT NULL", name="received"),
    )
    id: Mapped[int] = key_column()
    letter_id: Mapped[int] = reference("letters.id", index=True)
    office_id: Mapped[int] = reference("offices.id")
    way: Mapped[DeliveryWay] = mapped_column(codes(DeliveryWay, "way"))
    state: Mapped[DeliveryState] = mapped_column(codes(DeliveryState, "state"))
    addressee: Mapped[str] = mapped_column(sa.String(300), default="")
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    evidence: Mapped[str] = mapped_column(sa.String(300), default="")
    fault: Mapped[str] = mapped_column(sa.Text, default="")
    sent_at: Mapped[datetime | None]  # as the clerk says; of an e-mail, when it was taken over
    received_at: Mapped[datetime | None]
    received_by: Mapped[str] = mapped_column(sa.String(300), default="")
    receipt_id: Mapped[int | None] = reference("attachments.id")
    job_id: Mapped[int | None] = reference("jobs.id")
    recorded_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int] = reference("posts.id")
    letter: Mapped[Letter] = relationship()
    office: Mapped[Office] = relationship()
    receipt: Mapped[Attachment | None] = relationship()
    job: Mapped[Job | None] = relationship()
    user: Mapped[User] = relationship()
    post: Mapped[Post] = relationship()
