"""A big archive in two offices, made of plain rows by the database itself."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from backoffice.actor import Person, person_of
from models import (
    Assignment,
    Case,
    CaseEvent,
    Disposition,
    Duty,
    EntryState,
    EventKind,
    IncomingLetter,
    Kind,
    Letter,
    LetterState,
    Party,
    PartyRole,
    RegisterEntry,
    Source,
    Status,
    User,
    db,
)
from tests.town import NOW, Town

READERS = ("desk", "head", "director", "auditor", "recorder")
NONE = sa.literal_column("NULL")


class Archive:
    """`size` cases, every second of another office; one in twenty-five has not ended.

    Each case has been on three desks and has a letter and a disposition. As many letters came in.
    """

    def __init__(self, size: int) -> None:
        self.town, far = Town(), Town("jauh")
        unit = self.town.unit("seksi")
        self.town.desk.unit = unit
        self.town.post("auditor", capabilities=["see_office"])
        self.town.post("paper", recorded_by=self.town.post("recorder"))
        self.town.post("seventh")  # seven posts and four kinds never fall into step
        far.post("fourth")
        self.users = {name: self.reader(name) for name in READERS}
        author = far.user("author", far.desk)
        db.session.flush()
        for turn, town in enumerate((self.town, far)):
            numbers = row_numbers(size, turn)
            fill(numbers, town, author.id, unit.id if town is self.town else None)
        db.session.commit()
        if db.engine.dialect.name == "postgresql":  # which does so by itself; SQLite never does
            with db.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.execute(sa.text("VACUUM ANALYZE"))

    def reader(self, key: str) -> User:
        """Who holds the post of this key."""
        posts = {post.key: post for post in (self.town.desk, self.town.head, self.town.director)}
        if key not in posts:
            posts = {one.key: one for one in self.town.office_posts()}
        return self.town.user(key, posts[key])

    def person(self, key: str) -> Person:
        """The same as he may act today."""
        return person_of(self.users[key], NOW)


def row_numbers(size: int, turn: int) -> Any:
    """1, 3, 5 … or 2, 4, 6 …, as a table of the statement."""
    first = sa.select(sa.literal(turn + 1).label("i")).cte(f"numbers_{turn}", recursive=True)
    return first.union_all(sa.select(first.c.i + 2).where(first.c.i + 2 <= size))


def fill(numbers: Any, town: Town, author_id: int, unit_id: int | None) -> None:
    """Cases, desks, events, letters and dispositions of one office."""
    i = numbers.c.i
    half = (i + 1) / 2 if db.engine.dialect.name == "sqlite" else sa.func.div(i + 1, 2)
    half = sa.cast(half, sa.Integer)
    live = half % 25 == 0
    then = sa.literal(NOW, Case.opened_at.type)
    posts = sorted(post.id for post in town.office_posts())

    def pick(turn: int) -> Any:
        return sa.case(
            *((((half + turn) % len(posts)) == place, post) for place, post in enumerate(posts))
        )

    def put(model: Any, **values: Any) -> None:
        columns = {name: as_column(model, name, value) for name, value in values.items()}
        named = (value.label(name) for name, value in columns.items())
        rows = sa.select(*named).select_from(numbers)
        db.session.execute(sa.insert(model).from_select(list(columns), rows))

    put(
        Case, id=i, office_id=town.office.id, kind=spread(half, [*Kind], Case.kind),
        procedure_version_id=town.sop.id, step="one", opened_at=NOW, version=1, search_text="",
        status=sa.case(
            (live, Status.OPEN), (half % 25 == 1, Status.VOID), else_=Status.CLOSED
        ),
        closed_at=sa.case((live, NONE), else_=then),
        answers={}, chosen={}, channel=spread(half, ["datang", "surat", "telepon"], Case.channel),
        unit_id=sa.case((half % 3 == 0, unit_id), else_=NONE) if unit_id else NONE,
    )  # fmt: skip
    put(
        Party, id=i, case_id=i, role=PartyRole.REPORTER, anonymous=False, name="Fitri Teladani",
        identity="", address="", telephone="", email="",
    )  # fmt: skip
    put(
        CaseEvent, id=i, case_id=i, seq=1, kind=EventKind.OPENED, step="one", label="", note="",
        reason="", user_id=author_id, post_id=posts[0], recorded_at=NOW, happened_at=NOW, data={},
    )  # fmt: skip
    for turn in range(3):
        put(
            Assignment, id=i + 10_000_000 * (turn + 1), case_id=i, step="one", post_id=pick(turn),
            duty=Duty.RESPONSIBLE, source=Source.STEP, round=1, entered_at=NOW, lost=False,
            left_at=sa.case((sa.and_(live, turn == 2), NONE), else_=then),
        )  # fmt: skip
    put(
        Letter, id=i, office_id=town.office.id, case_id=i, kind="surat-balasan", revision=1,
        state=spread(half, [LetterState.SENT] * 19 + [LetterState.DRAFT], Letter.state),
        fields={}, drafted_at=NOW,
    )  # fmt: skip
    put(
        RegisterEntry, id=i, office_id=town.office.id, register="surat-keluar", year=NOW.year,
        n=half, suffix="", number=sa.cast(i, RegisterEntry.number.type),
        state=spread(half, [EntryState.USED] * 19 + [EntryState.VOID], RegisterEntry.state),
        dated_on=NOW.date(), letter_id=i, classification="", subject="", addressee="",
        reason="Keliru", taken_at=NOW, user_id=author_id, post_id=posts[0],
    )  # fmt: skip
    put(
        Disposition, id=i, case_id=i, event_id=i, from_post_id=pick(0), to_post_id=pick(1),
        duty=Duty.RESPONSIBLE, instructions="", given_at=NOW,
    )  # fmt: skip
    put(
        IncomingLetter, id=i, office_id=town.office.id, year=2026, agenda=half, sender="Camat",
        received_on=NOW.date(), number="", subject="Hal", note="", search_text=" camat",
        urgency=spread(half, ["biasa"] * 19 + ["rahasia"], IncomingLetter.urgency),
        user_id=author_id, post_id=pick(0), for_post_id=pick(1), registered_at=NOW, read_at=NOW,
        closed_at=sa.case((live, NONE), else_=then),
    )  # fmt: skip


def as_column(model: Any, name: str, value: Any) -> Any:
    """A value of the column's own type; an expression as it is."""
    if isinstance(value, sa.ColumnElement):
        return value
    return sa.literal(value, getattr(model, name).type)


def spread(number: Any, values: list[Any], column: Any) -> Any:
    """The values one after the other, over and over again."""
    plain = [sa.literal(value, column.type) for value in values]
    return sa.case(*((number % len(plain) == place, value) for place, value in enumerate(plain)))
