"""The letters of cases with their revisions and marks, in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.attributes import set_committed_value

from backoffice.once import once
from models import Letter, LetterMark, LetterRevision, db

Found = TypeVar("Found")


@once(Letter, LetterRevision, LetterMark)
def letters_of(case_id: int) -> list[Letter]:
    """Every letter of a case, the newest first."""
    return _read([case_id])[case_id]


def fetch(case_ids: Collection[int]) -> None:
    """Read the letters of several cases at once, for `letters_of`."""
    for case_id, letters in _read(case_ids).items():
        letters_of.tell(letters, case_id)


def _read(case_ids: Collection[int]) -> dict[int, list[Letter]]:
    """Case id -> its letters. A letter taken over from paper may have marks but no revision."""
    same = sa.or_(LetterRevision.id.is_(None), LetterMark.revision == LetterRevision.revision)
    query = (
        sa.select(Letter, LetterRevision, LetterMark)
        .outerjoin(LetterRevision, LetterRevision.letter_id == Letter.id)
        .outerjoin(LetterMark, sa.and_(LetterMark.letter_id == Letter.id, same))
        .where(Letter.case_id.in_(case_ids))
        .order_by(Letter.id.desc(), LetterRevision.revision, LetterMark.id)
    )
    revisions: dict[Letter, list[LetterRevision | None]] = {}
    marks: dict[Letter, list[LetterMark | None]] = {}
    for letter, revision, mark in db.session.execute(query):
        revisions.setdefault(letter, []).append(revision)
        marks.setdefault(letter, []).append(mark)
    found: dict[int, list[Letter]] = {case_id: [] for case_id in case_ids}
    for letter in revisions:
        set_committed_value(letter, "revisions", _each(revisions[letter]))
        set_committed_value(letter, "marks", _each(marks[letter]))
        found[letter.case_id].append(letter)
    return found


def _each(rows: Iterable[Found | None]) -> list[Found]:
    return list(dict.fromkeys(row for row in rows if row is not None))
