"""Berkas: one table for every kind, with its parties, desks and history."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, codes, key_column, reference
from .office import Office, Post, Unit
from .procedure import ProcedureVersion
from .user import User


class Kind(StrEnum):
    """What lists and statistics tell apart."""

    COMPLAINT = "complaint"
    DATA_REQUEST = "data_request"
    AID_PROPOSAL = "aid_proposal"
    GENERAL = "general"


class Status(StrEnum):
    """Where a case stands as a whole."""

    OPEN = "open"
    WAITING = "waiting"
    AWAITING_NOTICE = "awaiting_notice"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    VOID = "void"


LIVE = (Status.OPEN, Status.WAITING, Status.AWAITING_NOTICE)


class Duty(StrEnum):
    """What a post has to do with a case on its desk."""

    RESPONSIBLE = "responsible"
    OPINION = "opinion"
    INFORMATION = "information"


class Source(StrEnum):
    """Who addressed the post."""

    STEP = "step"
    DISPOSITION = "disposition"


class PartyRole(StrEnum):
    """Who is who in a case."""

    REPORTER = "reporter"
    REPORTED = "reported"
    APPLICANT = "applicant"
    VICTIM = "victim"
    REPRESENTATIVE = "representative"


class Case(Base):
    """A berkas. Only `workflow.engine` writes status, step, number and unit."""

    __tablename__ = "cases"
    __table_args__ = (
        sa.UniqueConstraint("office_id", "number"),
        sa.Index("ix_cases_office_id_kind_id", "office_id", "kind", "id"),
        sa.Index("ix_cases_office_id_kind_status_id", "office_id", "kind", "status", "id"),
        sa.Index("ix_cases_office_id_unit_id_kind_id", "office_id", "unit_id", "kind", "id"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint(
            "(status IN ('closed','withdrawn','void')) = (closed_at IS NOT NULL)", name="closed"
        ),
    )
    id: Mapped[int] = key_column()
    office_id: Mapped[int] = reference("offices.id")
    kind: Mapped[Kind] = mapped_column(codes(Kind, "kind"))
    procedure_version_id: Mapped[int] = reference("procedure_versions.id", index=True)
    step: Mapped[str] = mapped_column(sa.String(80))
    unit_id: Mapped[int | None] = reference("units.id")
    number: Mapped[str | None] = mapped_column(sa.String(80))
    numbered_at: Mapped[datetime | None]
    queue_number: Mapped[str | None] = mapped_column(sa.String(20))
    subject: Mapped[str | None] = mapped_column(sa.String(500))
    summary: Mapped[str | None] = mapped_column(sa.Text)
    channel: Mapped[str | None] = mapped_column(sa.String(40))
    category: Mapped[str | None] = mapped_column(sa.String(80))
    urgency: Mapped[str | None] = mapped_column(sa.String(40))
    severity: Mapped[str | None] = mapped_column(sa.String(40))
    received_on: Mapped[date | None]
    status: Mapped[Status] = mapped_column(codes(Status, "status"), default=Status.OPEN)
    outcome: Mapped[str | None] = mapped_column(sa.String(80))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # of the whole case, where the SOP promises a time_limit
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    answers: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    chosen: Mapped[Json] = mapped_column(sa.JSON, default=dict)  # role key -> post id
    reported_user_id: Mapped[int | None] = reference("users.id", index=True)
    follows_id: Mapped[int | None] = reference("cases.id", index=True)  # linked case before it
    search_text: Mapped[str] = mapped_column(sa.Text, default="")

    office: Mapped[Office] = relationship()
    unit: Mapped[Unit | None] = relationship()
    procedure_version: Mapped[ProcedureVersion] = relationship()
    parties: Mapped[list[Party]] = relationship(
        back_populates="case", order_by="Party.id", cascade="all, delete-orphan"
    )
    assignments: Mapped[list[Assignment]] = relationship(
        back_populates="case", order_by="Assignment.id"
    )
    events: Mapped[list[CaseEvent]] = relationship(back_populates="case", order_by="CaseEvent.id")
    __mapper_args__ = {"polymorphic_on": "kind"}

    def party(self, role: str) -> Party | None:
        """The party in this role, or none."""
        return next((party for party in self.parties if party.role == role), None)

    @property
    def is_live(self) -> bool:
        """Whether the case has not come to its end."""
        return self.status in LIVE


class Complaint(Case):
    """Pengaduan."""

    __mapper_args__ = {"polymorphic_identity": Kind.COMPLAINT}


class DataRequest(Case):
    """Permintaan data."""

    __mapper_args__ = {"polymorphic_identity": Kind.DATA_REQUEST}


class AidProposal(Case):
    """Proposal bantuan (qurban)."""

    __mapper_args__ = {"polymorphic_identity": Kind.AID_PROPOSAL}


class GeneralCase(Case):
    """Berkas of any other SOP."""

    __mapper_args__ = {"polymorphic_identity": Kind.GENERAL}


class Party(Base):
    """A person of a case, apart from its content."""

    __tablename__ = "parties"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "role"),
        sa.CheckConstraint("anonymous OR name <> ''", name="name"),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id")
    role: Mapped[PartyRole] = mapped_column(codes(PartyRole, "role"))
    anonymous: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    identity: Mapped[str] = mapped_column(sa.String(60), default="")  # NIK, or number of the SIM
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")
    email: Mapped[str] = mapped_column(sa.String(200), default="")
    case: Mapped[Case] = relationship(back_populates="parties")


class Assignment(Base):
    """Who has a case has a row: the desk, its duty and its due moment."""

    __tablename__ = "assignments"
    __table_args__ = (
        sa.Index("ix_assignments_post_id_case_id", "post_id", "case_id"),
        sa.Index("ix_assignments_case_id_left_at", "case_id", "left_at"),
        # Not partial: without statistics SQLite would pass it by for the one above.
        sa.Index("ix_assignments_open", "post_id", "left_at", "due_at", "id"),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id")
    step: Mapped[str] = mapped_column(sa.String(80))
    post_id: Mapped[int] = reference("posts.id")
    duty: Mapped[Duty] = mapped_column(codes(Duty, "duty"))
    source: Mapped[Source] = mapped_column(codes(Source, "source"))
    round: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    lost: Mapped[bool] = mapped_column(default=False)  # by a change of unit: see access.lose_sight
    case: Mapped[Case] = relationship(back_populates="assignments")
    post: Mapped[Post] = relationship()


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
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    for_post: Mapped[Post | None] = relationship(foreign_keys=[for_post_id])


class Record(Base):
    """A small form filled on the way (notulen, lembar data); the newest of a key counts."""

    __tablename__ = "records"
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    key: Mapped[str] = mapped_column(sa.String(80))
    values: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    event: Mapped[CaseEvent] = relationship()


class Opinion(Base):
    """What one member of a team thinks, in one round."""

    __tablename__ = "opinions"
    __table_args__ = (sa.UniqueConstraint("case_id", "step", "round", "post_id"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    step: Mapped[str] = mapped_column(sa.String(80))
    round: Mapped[int]
    post_id: Mapped[int] = reference("posts.id")
    text: Mapped[str] = mapped_column(sa.Text)


class Notice(Base):
    """A promise to tell a party; `told_at` is null while it is open."""

    __tablename__ = "notices"
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    kind: Mapped[str] = mapped_column(sa.String(80))  # a letter kind
    party_role: Mapped[str | None] = mapped_column(sa.String(40))
    told_at: Mapped[datetime | None]
    told_event_id: Mapped[int | None] = reference("case_events.id")


class Attachment(Base):
    """A file of a case: its bytes lie in the content-addressed folder under `sha256`."""

    __tablename__ = "attachments"
    __table_args__ = (sa.CheckConstraint("size > 0", name="size"),)
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int | None] = reference("case_events.id", index=True)
    name: Mapped[str] = mapped_column(sa.String(255))
    label: Mapped[str] = mapped_column(sa.String(300), default="")
    content_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    uploaded_at: Mapped[datetime]
    user_id: Mapped[int] = reference("users.id")
    post_id: Mapped[int | None] = reference("posts.id")
    case: Mapped[Case] = relationship()


class Disposition(Base):
    """Who laid a case on whose desk, with what instructions."""

    __tablename__ = "dispositions"
    __table_args__ = (
        sa.Index("ix_dispositions_to_post_id_id", "to_post_id", "id"),
        sa.Index("ix_dispositions_from_post_id_id", "from_post_id", "id"),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    event_id: Mapped[int] = reference("case_events.id")
    from_post_id: Mapped[int] = reference("posts.id")
    to_post_id: Mapped[int] = reference("posts.id")
    duty: Mapped[Duty] = mapped_column(codes(Duty, "duty"))
    instructions: Mapped[str] = mapped_column(sa.Text, default="")
    deadline_on: Mapped[date | None]
    given_at: Mapped[datetime]
    case: Mapped[Case] = relationship()
    from_post: Mapped[Post] = relationship(foreign_keys=[from_post_id])
    to_post: Mapped[Post] = relationship(foreign_keys=[to_post_id])


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


class Counter(Base):
    """The last number given of a register in a year, raised by one `INSERT … ON CONFLICT`."""

    __tablename__ = "counters"
    office_id: Mapped[int] = reference("offices.id", primary_key=True)
    register: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    __table_args__ = (sa.CheckConstraint("n >= 1", name="n"),)


def history(case_id: int) -> Any:
    """The events of a case, oldest first, as a select."""
    return sa.select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.seq)
