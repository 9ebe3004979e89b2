"""Who reads the book of outgoing letters, and of which letters he reads hal and kepada.

The number of every letter is for whoever reads the book; what the letter is about is not, where
its case is confidential or names the reader as terlapor.
"""

from __future__ import annotations

import sqlalchemy as sa

from backoffice.actor import Actor, Person
from backoffice.sight import SEES_ALL, Clause, in_office, is_confidential, not_reported, sees_case
from models import Case, Letter, RegisterEntry

KEEPS = "keep_register"
READS = frozenset({KEEPS, "manage_office", *SEES_ALL})
# Whoever manages the office alone reads of a letter no more than of its case.
READS_LETTERS = frozenset({KEEPS, *SEES_ALL})
MOST_WORDS = 6


def reads_register(person: Person) -> bool:
    """Whether the book lies open to this person at all."""
    return bool(person.capabilities & READS)


def keeper(person: Person) -> Actor | None:
    """As whom this person writes into the book: a post of his own that keeps the registers."""
    own = (one for one in person.actors if one.for_post is None)
    return next((one for one in own if KEEPS in one.post.capabilities), None)


def sees_entry(person: Person) -> Clause:
    """Every number of the office, as a condition on `register_entries`."""
    return in_office(person, RegisterEntry) if reads_register(person) else sa.false()


def opens_entry(person: Person) -> Clause:
    """Rows whose hal and kepada this person reads: looked up letter by letter."""
    openly = ~is_confidential() if person.capabilities & READS_LETTERS else sa.false()
    sight = sa.and_(not_reported(person), sa.or_(openly, sees_case(person)))
    letter = sa.select(sa.literal(1)).select_from(Letter).join(Case, Case.id == Letter.case_id)
    letter = letter.where(Letter.id == RegisterEntry.letter_id, sight)
    opened = letter.offset(0).correlate(RegisterEntry).exists()
    return sa.or_(RegisterEntry.letter_id.is_(None), opened)


def search_clause(person: Person, text: str) -> Clause:
    """Every word stands in the number, or in what this person reads of the letter."""

    def has(column: object, word: str) -> Clause:
        found: Clause = column.icontains(word, autoescape=True)  # type: ignore[attr-defined]
        return found

    said = (RegisterEntry.subject, RegisterEntry.addressee, RegisterEntry.reason)
    opened = opens_entry(person)
    return sa.and_(
        sa.true(),
        *(
            sa.or_(
                has(RegisterEntry.number, word),
                sa.and_(sa.or_(*(has(one, word) for one in said)), opened),
            )
            for word in text.split()[:MOST_WORDS]
        ),
    )
