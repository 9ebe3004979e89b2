"""Berkas: one table for every kind, with its parties, desks and history."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base, Json, codes, key_column, reference
from .office import Office, Post, Unit
from .procedure import ProcedureVersion

if TYPE_CHECKING:
    from .event import CaseEvent


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
    REPORT = "report"  # to do what a disposition says, and report


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
    joined_to_id: Mapped[int | None] = reference("cases.id", index=True)  # told here, kept there
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
    events: Mapped[list[CaseEvent]] = relationship(
        "CaseEvent", back_populates="case", order_by="CaseEvent.id"
    )
    references: Mapped[list[OutsideReference]] = relationship(
        back_populates="case", order_by="OutsideReference.id", cascade="all, delete-orphan"
    )
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


class ReferenceKind(StrEnum):
    """Under whose number a case is known outside the office."""

    LAPOR = "lapor"  # SP4N-LAPOR!
    LETTER = "letter"  # the citizen's own letter
    OTHER = "other"


class OutsideReference(Base):
    """A number by which others know the case."""

    __tablename__ = "outside_references"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "kind", "number"),
        sa.CheckConstraint("number <> ''", name="number"),
    )
    id: Mapped[int] = key_column()
    case_id: Mapped[int] = reference("cases.id", index=True)
    kind: Mapped[ReferenceKind] = mapped_column(codes(ReferenceKind, "kind"))
    number: Mapped[str] = mapped_column(sa.String(120))
    case: Mapped[Case] = relationship(back_populates="references")


class Assignment(Base):
    """Who has a case has a row: the desk, its duty and its due moment."""

    __tablename__ = "assignments"
    __table_args__ = (
        # What `access.keeps_sight` reads lies in the index: a list looks at thousands of these.
        sa.Index("ix_assignments_sight", "post_id", "case_id", "lost", "left_at"),
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
    lost: Mapped[bool] = mapped_column(default=False)  # sees it no more: workflow.sight
    # The post that would have it, were its holder not the terlapor of the case.
    instead_of_id: Mapped[int | None] = reference("posts.id")
    case: Mapped[Case] = relationship(back_populates="assignments")
    post: Mapped[Post] = relationship(foreign_keys=[post_id])
    instead_of: Mapped[Post | None] = relationship(foreign_keys=[instead_of_id])
