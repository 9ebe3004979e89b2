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
from .disposition import Disposition
from .event import CaseEvent, EventKind
from .letter import Letter, LetterMark, LetterRevision, LetterState, MarkKind
from .office import Holiday, Office, Post, Role, Unit, post_roles
from .procedure import ProcedureVersion, VersionState
from .recapitulation import Recapitulation, RecapitulationRow
from .record import Notice, Opinion, Record
from .user import Holding, HoldingKind, Throttle, User

__all__ = [
    "LIVE",
    "AidProposal",
    "Assignment",
    "Attachment",
    "Base",
    "Case",
    "CaseEvent",
    "Complaint",
    "Counter",
    "DataRequest",
    "Disposition",
    "Duty",
    "EventKind",
    "GeneralCase",
    "Holding",
    "HoldingKind",
    "Holiday",
    "Kind",
    "Letter",
    "LetterMark",
    "LetterRevision",
    "LetterState",
    "MarkKind",
    "Moment",
    "Notice",
    "Office",
    "Opinion",
    "OutsideReference",
    "Party",
    "PartyRole",
    "Post",
    "ProcedureVersion",
    "Recapitulation",
    "RecapitulationRow",
    "Record",
    "ReferenceKind",
    "Role",
    "Source",
    "Status",
    "Throttle",
    "Unit",
    "User",
    "VersionState",
    "db",
    "post_roles",
]
