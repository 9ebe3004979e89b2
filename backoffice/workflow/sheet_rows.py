"""The dispositions of a case or of an incoming letter, read once in a transaction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice.once import once
from models import Case, Disposition, IncomingLetter, db

Of = Case | IncomingLetter


def its_rows(of: Of) -> sa.ColumnElement[bool]:
    """The dispositions of a case or of an incoming letter."""
    column = Disposition.case_id if isinstance(of, Case) else Disposition.incoming_letter_id
    return column == of.id


def open_rows(of: Of) -> list[Disposition]:
    """The dispositions that have not ended, oldest first: a parent comes before its children."""
    return [one for one in all_rows(of) if one.ended_at is None]


def all_rows(of: Of) -> list[Disposition]:
    """Every disposition of a case or letter, oldest first, with who gave it and who reported."""
    db.session.flush()
    return _rows(isinstance(of, Case), of.id)


@once(Disposition)
def _rows(of_case: bool, key: int) -> list[Disposition]:
    column = Disposition.case_id if of_case else Disposition.incoming_letter_id
    people = (joinedload(Disposition.user), joinedload(Disposition.report_user))
    query = sa.select(Disposition).where(column == key).options(*people)
    return list(db.session.scalars(query.order_by(Disposition.id)))
