"""The work of one person in the order of the inbox, as an address keeps it while it is decided.

The ids stand in the address (`urut=12.7.31`): what is decided leaves no gap, what comes meanwhile
does not push in, and the numbers on the screen stay. An id is a wish, never a right: every case is
asked for anew, and only what lies on an open desk of the person is shown as work.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backoffice import access
from backoffice.actor import Person
from models import Assignment, Case, db
from views import inbox
from views.fields import small_int
from views.rows import office_of

HERE = "/periksa/"
END = f"{HERE}selesai/"
BETWEEN = "."


@dataclass(frozen=True, slots=True)
class Queue:
    """Case ids in their order; `of` reads them from an address."""

    ids: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Queue:
        """The ids of an address; what is no id is left out."""
        found = (small_int(one) for one in text.split(BETWEEN)[: inbox.MOST_ROWS])
        return cls(tuple(dict.fromkeys(one for one in found if one is not None)))

    def __str__(self) -> str:
        return BETWEEN.join(map(str, self.ids))

    def holding(self, case_id: int) -> Queue:
        """The same where the case is in it, else the case alone."""
        return self if case_id in self.ids else Queue((case_id,))

    def place(self, case_id: int) -> int:
        """Which one it is, counted from 1."""
        return self.ids.index(case_id) + 1

    def before(self, case_id: int) -> int | None:
        """The one before, decided or not: one may look again at what one has done."""
        at = self.ids.index(case_id)
        return self.ids[at - 1] if at else None

    def after(self, case_id: int, waiting: Collection[int]) -> int | None:
        """The next one that still waits."""
        rest = self.ids[self.ids.index(case_id) + 1 :]
        return next((one for one in rest if one in waiting), None)

    def address(self, case_id: int | None, *, done: int | None = None) -> str:
        """Where a case of the queue is shown, or its end; `done` was decided just before."""
        asked = [f"urut={self}"]
        if case_id is not None:
            asked.append(f"id={case_id}")
        if done is not None:
            asked.append(f"setelah={done}")
        return f"{HERE if case_id is not None else END}?{'&'.join(asked)}"


def from_inbox(person: Person, now: datetime) -> Queue:
    """What waits for this person now, the most urgent first; not what waits for outsiders."""
    if person.office_id is None:
        return Queue(())
    works = inbox.works_of(person, office_of(person), now)
    groups = inbox.sections(works, person)
    return Queue(tuple(work.row.id for one in groups for work in one.works if one.key != "wait"))


def still_waiting(person: Person, queue: Queue) -> frozenset[int]:
    """Which of them lie on an open desk of the person."""
    query = (
        select(Assignment.case_id)
        .join(Case, Case.id == Assignment.case_id)
        .where(
            Assignment.case_id.in_(queue.ids),
            Assignment.post_id.in_(person.desk_post_ids),
            Assignment.left_at.is_(None),
            access.not_reported(person),
        )
    )
    return frozenset(db.session.scalars(query))
