"""How the list of incoming letters is found, newest first: see `backoffice.lists`."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from backoffice.letter_sight import keeps_agenda, sees_letter
from backoffice.lists import Ask, Query
from models import Disposition, IncomingLetter


def agenda(ask: Ask) -> Iterator[Query]:
    """The agenda of the office for who keeps it; for others what came through each post."""
    rules = (sees_letter(ask.person), *ask.where)
    if keeps_agenda(ask.person):
        yield sa.select(IncomingLetter.id).where(*rules)
        return
    for post_id in sorted(ask.person.desk_post_ids | ask.person.beneath_post_ids):
        for own in (IncomingLetter.post_id, IncomingLetter.for_post_id):
            yield sa.select(IncomingLetter.id).where(own == post_id, *rules)
        for way in (Disposition.to_post_id, Disposition.from_post_id):
            yield _disposed(way == post_id, rules)


def found(ask: Ask) -> Iterator[Query]:
    """Where the conditions leave few letters."""
    yield sa.select(IncomingLetter.id).where(sees_letter(ask.person), *ask.where)


def _disposed(mine: sa.ColumnElement[bool], rules: tuple[sa.ColumnElement[bool], ...]) -> Query:
    """Letters with such a disposition; each is looked up by its key."""
    key = Disposition.incoming_letter_id
    letter = sa.select(sa.literal(1)).where(IncomingLetter.id == key, *rules)
    kept = letter.select_from(IncomingLetter).offset(0).correlate_except(IncomingLetter).exists()
    return sa.select(key.label("id")).where(mine, key.is_not(None), kept).distinct()
