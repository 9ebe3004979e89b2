"""How the book of outgoing letters is found, newest first: see `backoffice.lists`."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from backoffice.letters.register import OUTGOING
from backoffice.lists import Ask, Query
from backoffice.register_sight import sees_entry
from backoffice.sight import Clause
from models import RegisterEntry


def book(ask: Ask) -> Iterator[Query]:
    """The numbers of the office in the order of the book: year, place, inserted ones behind it."""
    order = (RegisterEntry.year, RegisterEntry.n, RegisterEntry.suffix, RegisterEntry.id)
    rules = (sees_entry(ask.person), RegisterEntry.register == OUTGOING)
    yield sa.select(*order).where(*rules, *ask.where)


def before(entry: RegisterEntry) -> Clause:
    """What stands in the book before this number."""
    place = sa.tuple_(RegisterEntry.year, RegisterEntry.n, RegisterEntry.suffix)
    return place < sa.tuple_(*(sa.literal(one) for one in (entry.year, entry.n, entry.suffix)))
