"""Everything that is remembered. No rules live here."""

from .attachment import Attachment
from .base import Base, Moment, db
from .case import (
    LIVE,
    AidProposal,
    Assignment,
    Case,
    Complaint,
    DataRequest,
    Duty,
    GeneralCase,
    Kind,
    OutsideReference,
    Party,
    PartyRole,
    ReferenceKind,
    Source,
    Status,
)
from .counter import Counter
from .delivery import Delivery, DeliveryState, DeliveryWay
from .disposition import Disposition, DispositionState
from .event import CaseEvent, EventKind
from .incoming import IncomingLetter, Scan
from .issued import IssuedLetter
from .job import Job, JobState
from .letter import Letter, LetterMark, LetterRevision, LetterState, MarkKind
from .meeting import Decision, Meeting, Participant
from .office import Holiday, Office, Post, Role, Unit, post_roles
from .procedure import ProcedureVersion, VersionState
from .recapitulation import Recapitulation, RecapitulationRow
from .record import Notice, Opinion, Record
from .register import Classification, EntryState, RegisterEntry
from .template import TemplateState, TemplateVersion
from .user import Holding, HoldingKind, Leave, LeaveKind, Mandate, Throttle, User

__all__ = [
    "LIVE",
    "AidProposal",
    "Assignment",
    "Attachment",
    "Base",
    "Case",
    "CaseEvent",
    "Classification",
    "Complaint",
    "Counter",
    "DataRequest",
    "Decision",
    "Delivery",
    "DeliveryState",
    "DeliveryWay",
    "Disposition",
    "DispositionState",
    "Duty",
    "EntryState",
    "EventKind",
    "GeneralCase",
    "Holding",
    "HoldingKind",
    "Holiday",
    "IncomingLetter",
    "IssuedLetter",
    "Job",
    "JobState",
    "Kind",
    "Leave",
    "LeaveKind",
    "Letter",
    "LetterMark",
    "LetterRevision",
    "LetterState",
    "Mandate",
    "MarkKind",
    "Meeting",
    "Moment",
    "Notice",
    "Office",
    "Opinion",
    "OutsideReference",
    "Participant",
    "Party",
    "PartyRole",
    "Post",
    "ProcedureVersion",
    "Recapitulation",
    "RecapitulationRow",
    "Record",
    "ReferenceKind",
    "RegisterEntry",
    "Role",
    "Scan",
    "Source",
    "Status",
    "TemplateState",
    "TemplateVersion",
    "Throttle",
    "Unit",
    "User",
    "VersionState",
    "db",
    "post_roles",
]
