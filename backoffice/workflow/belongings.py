"""What hangs on a case beside desks, history and letters: nine small tables in one statement.

Files, records, notices, dispositions, opinions, the letters from outside it came by, its meetings,
the list on which the case stands now, and the cases that follow it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from backoffice.once import once
from backoffice.union import part
from models import (
    Attachment,
    Case,
    Disposition,
    IncomingLetter,
    Meeting,
    Notice,
    Opinion,
    RecapitulationRow,
    Record,
    db,
)
from models.base import Moment


class Filed(NamedTuple):
    """An attachment."""

    id: int
    name: str
    label: str
    content_type: str
    size: int
    uploaded_at: datetime


class Filled(NamedTuple):
    """A record: a small form that was filled on the way."""

    key: str
    values: dict[str, Any]
    event_id: int


class Promised(NamedTuple):
    """A notice: somebody is to be told, or was."""

    id: int
    kind: str
    party_role: str | None
    told_at: datetime | None


class Laid(NamedTuple):
    """A disposition, and whether it waits to be read."""

    to_post_id: int
    unread: bool


class Thought(NamedTuple):
    """An opinion."""

    event_id: int
    step: str
    round: int
    post_id: int
    text: str


class Arrived(NamedTuple):
    """An incoming letter of the case."""

    id: int
    agenda: str


class Met(NamedTuple):
    """A meeting; `state` is called, minuted or cancelled."""

    id: int
    subject: str
    place: str
    state: str
    starts_at: datetime


@dataclass(slots=True)
class Belongings:
    """Each in the order in which it came."""

    files: list[Filed] = field(default_factory=list)
    records: list[Filled] = field(default_factory=list)
    notices: list[Promised] = field(default_factory=list)
    dispositions: list[Laid] = field(default_factory=list)
    opinions: list[Thought] = field(default_factory=list)
    incoming: list[Arrived] = field(default_factory=list)
    meetings: list[Met] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)  # ids of cases
    recapitulation_id: int | None = None


TABLES = (
    Attachment,
    Record,
    Notice,
    Disposition,
    Opinion,
    IncomingLetter,
    Meeting,
    RecapitulationRow,
)
# What the rows have in common, so that one statement can read them: name -> type.
COLUMNS: dict[str, Any] = {
    "event_id": sa.Integer,
    "word": sa.String,
    "more": sa.String,
    "text": sa.Text,
    "number": sa.Integer,
    "post_id": sa.Integer,
    "at": Moment,
    "data": sa.JSON,
}
CASES: sa.BindParameter[int] = sa.bindparam("cases", expanding=True)


@once(*TABLES)  # not Case: a command changes one all the time, and what follows it never
def belongings_of(case_id: int) -> Belongings:
    """What hangs on a case."""
    return _read([case_id])[case_id]


def fetch(case_ids: Collection[int]) -> None:
    """Read what hangs on several cases at once, for `belongings_of`."""
    for case_id, found in _read(case_ids).items():
        belongings_of.tell(found, case_id)


def _part(what: str, model: Any, *rules: Any, of: Any = None, **columns: Any) -> sa.Select[Any]:
    """The rows of one table in the common columns; `of` is the case, where it is another column."""
    of = model.case_id if of is None else of
    rows = part(what, COLUMNS, of.label("case_id"), model.id, **columns)
    return rows.where(of.in_(CASES), *rules)


QUERY = sa.union_all(  # built once: putting it together takes longer than asking
    _part(
        "file",
        Attachment,
        word=Attachment.name,
        more=Attachment.label,
        text=Attachment.content_type,
        number=Attachment.size,
        at=Attachment.uploaded_at,
    ),
    _part("record", Record, event_id=Record.event_id, word=Record.key, data=Record.values),
    _part("notice", Notice, word=Notice.kind, more=Notice.party_role, at=Notice.told_at),
    _part(
        "disposition",
        Disposition,
        post_id=Disposition.to_post_id,
        at=sa.func.coalesce(Disposition.read_at, Disposition.recalled_at),
    ),
    _part(
        "opinion",
        Opinion,
        event_id=Opinion.event_id,
        word=Opinion.step,
        text=Opinion.text,
        number=Opinion.round,
        post_id=Opinion.post_id,
    ),
    _part("incoming", IncomingLetter, number=IncomingLetter.agenda, event_id=IncomingLetter.year),
    _part(
        "meeting",
        Meeting,
        word=sa.case(
            (Meeting.cancelled_at.is_not(None), "cancelled"),
            (Meeting.minuted_at.is_not(None), "minuted"),
            else_="called",
        ),
        more=Meeting.place,
        text=Meeting.subject,
        at=Meeting.starts_at,
    ),
    _part(
        "list",
        RecapitulationRow,
        RecapitulationRow.left_at.is_(None),
        number=RecapitulationRow.recapitulation_id,
    ),
    _part("follower", Case, of=Case.follows_id),
)


def _read(case_ids: Collection[int]) -> dict[int, Belongings]:
    found = {case_id: Belongings() for case_id in case_ids}
    rows: Sequence[Any] = db.session.execute(QUERY, {"cases": list(case_ids)}).all()
    for row in sorted(rows, key=lambda one: one.id):
        _put(found[row.case_id], row)
    return found


def _put(kept: Belongings, row: Any) -> None:
    if row.what == "list":
        kept.recapitulation_id = row.number
        return
    name, make = ROWS[row.what]
    getattr(kept, name).append(make(row))


# What a row is -> where it is kept, and how it is made.
ROWS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "file": ("files", lambda row: Filed(row.id, row.word, row.more, row.text, row.number, row.at)),
    "record": ("records", lambda row: Filled(row.word, row.data, row.event_id)),
    "notice": ("notices", lambda row: Promised(row.id, row.word, row.more, row.at)),
    "disposition": ("dispositions", lambda row: Laid(row.post_id, row.at is None)),
    "opinion": (
        "opinions",
        lambda row: Thought(row.event_id, row.word, row.number, row.post_id, row.text),
    ),
    "incoming": ("incoming", lambda row: Arrived(row.id, f"{row.number}/{row.event_id}")),
    "follower": ("followers", lambda row: row.id),
    "meeting": ("meetings", lambda row: Met(row.id, row.text, row.more, row.word, row.at)),
}
