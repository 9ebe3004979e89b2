"""Which incoming letters somebody sees: the clause on `incoming_letters` that `access` uses.

A secret letter (sifat rahasia), and one whose case is confidential, is seen by those it went
through: who registered it, before whom it was laid, and to and from whom it was disposed. Nobody
sees the letter of a case that names him as terlapor.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from backoffice.actor import Person
from backoffice.sight import SEES_ALL, Clause, in_office, is_confidential, not_reported
from models import Case, Disposition, IncomingLetter

RAHASIA = "rahasia"
KEEPS_ALL = SEES_ALL | {"keep_register"}  # capabilities that see the whole agenda


def keeps_agenda(person: Person) -> bool:
    """Whether every letter of the office that is not secret lies open to this person."""
    return bool(person.capabilities & KEEPS_ALL)


def sees_letter(person: Person) -> Clause:
    """Letters that lie open before this person, as a condition on `incoming_letters`."""
    whole = sa.true() if keeps_agenda(person) else went_through(person.beneath_post_ids)
    openly = sa.and_(~is_secret(), whole)
    mine = went_through(person.desk_post_ids)
    return sa.and_(in_office(person, IncomingLetter), _not_reported(person), sa.or_(mine, openly))


def went_through(post_ids: Collection[int]) -> Clause:
    """The letter was registered by, laid before or disposed to or from one of these posts.

    A disposition that was recalled before it was read has shown nobody the letter.
    """
    disposed = sa.select(sa.literal(1)).where(
        Disposition.incoming_letter_id == IncomingLetter.id,
        sa.or_(
            sa.and_(Disposition.to_post_id.in_(post_ids), Disposition.recalled_at.is_(None)),
            Disposition.from_post_id.in_(post_ids),
        ),
    )
    return sa.or_(
        IncomingLetter.post_id.in_(post_ids),
        IncomingLetter.for_post_id.in_(post_ids),
        disposed.select_from(Disposition).offset(0).correlate(IncomingLetter).exists(),
    )


def is_secret() -> Clause:
    """Only for those it went through: by its own sifat, or by the SOP of its case."""
    return sa.or_(IncomingLetter.urgency == RAHASIA, _its_case(is_confidential()))


def _not_reported(person: Person) -> Clause:
    return sa.or_(IncomingLetter.case_id.is_(None), _its_case(not_reported(person)))


def _its_case(clause: Clause) -> Clause:
    """Looked up letter by letter: the offset of nothing keeps PostgreSQL from reading all cases."""
    case = sa.select(sa.literal(1)).select_from(Case)
    case = case.where(Case.id == IncomingLetter.case_id, clause)
    return case.offset(0).correlate(IncomingLetter).exists()
