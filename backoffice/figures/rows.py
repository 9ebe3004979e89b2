"""What the figures are counted from: plain rows, as the database gives them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from models import Status


class Exit(StrEnum):
    """How a case left the work of the office."""

    FINISHED = "finished"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class CaseLine(NamedTuple):
    """A case as far as it is counted."""

    id: int
    version_id: int
    unit_id: int | None
    channel: str | None
    status: Status
    outcome: str | None
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    joined_to_id: int | None

    @property
    def exit(self) -> Exit | None:
        """How it left; none while it is under way."""
        if self.closed_at is None:
            return None
        if self.joined_to_id is not None:
            return Exit.JOINED
        return EXITS[self.status]


EXITS = {
    Status.CLOSED: Exit.FINISHED,
    Status.WITHDRAWN: Exit.WITHDRAWN,
    Status.VOID: Exit.VOID,
}


class DeskLine(NamedTuple):
    """A desk on which a step lay, or still lies at the end of the period."""

    case_id: int
    version_id: int
    step: str
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime | None


class Kept(NamedTuple):
    """Whether a finished case kept its steps' times: any measured, any late."""

    measured: bool
    late: bool
