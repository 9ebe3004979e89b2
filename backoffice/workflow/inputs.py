"""What an officer gives with an action, after the form has cleaned it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that `storage.store` has already checked and written."""

    name: str
    sha256: str
    size: int
    content_type: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything that may come with an action; what the way does not ask for is not written.

    `parties`: role -> parts, or {"anonymous": True}. `records`: record key -> field key -> value.
    `unit`: a unit key; `posts`: role key -> post id; `variant`: a variant key. `scan` is the paper
    on which a head decided, where another post records it. `instructions`, `ticks`, `urgency` and
    `deadline_on` stand on the sheet of a disposition, `also` are its other recipients.
    `sending`: way, address and on (the day) of a letter that leaves with it; the likely ones where
    they are not given. `happened_at` with `reason` is a late entry. `references`: kind -> numbers
    by which others know the case.
    """

    note: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)
    parties: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    unit: str | None = None
    posts: Mapping[str, int] = field(default_factory=dict)
    severity: str | None = None
    variant: str | None = None
    attachments: tuple[Upload, ...] = ()
    scan: tuple[Upload, ...] = ()
    letter: Mapping[str, Any] = field(default_factory=dict)
    enclosures: tuple[int, ...] | None = None  # attachments of the case; None leaves those it had
    sending: Mapping[str, Any] = field(default_factory=dict)
    instructions: str = ""
    ticks: tuple[str, ...] = ()
    urgency: str | None = None
    deadline_on: date | None = None
    also: tuple[tuple[int, Duty], ...] = ()
    follows_id: int | None = None
    happened_at: datetime | None = None
    reason: str = ""
    references: Mapping[str, Iterable[str]] = field(default_factory=dict)
    incoming_letter_id: int | None = None  # from which a case is opened
    again: bool = False  # open one more linked case of an SOP


NOTHING = Inputs()
