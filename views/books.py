"""Buku agenda surat keluar and surat masuk on paper, in their official columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from backoffice import access
from backoffice.actor import Person
from backoffice.figures.book import Column
from backoffice.letter_sight import keeps_agenda
from backoffice.letters.register import OUTGOING
from backoffice.register_sight import sees_entry
from backoffice.sight import in_office
from backoffice.text import _, plain_date
from models import DispositionState, IncomingLetter, RegisterEntry, db
from views.book_page import MOST_LINES, Book, Span
from views.incoming_form import URGENCIES
from views.incoming_page import state_tag
from views.outgoing_lines import Line, lines_of

# What stands on paper is Indonesian, as the letters themselves.
OUTGOING_COLUMNS = (
    Column("No. urut", 5, centred=True),
    Column("Nomor surat", 15),
    Column("Tanggal surat", 12, centred=True),
    Column("Kepada", 16),
    Column("Hal", 23),
    Column("Kode klasifikasi", 9, centred=True),
    Column("Pengolah", 12),
    Column("Keterangan", 14),
)
INCOMING_COLUMNS = (
    Column("No. agenda", 6, centred=True),
    Column("Tanggal terima", 12, centred=True),
    Column("Asal surat", 14),
    Column("Nomor surat", 12),
    Column("Tanggal surat", 12, centred=True),
    Column("Hal", 21),
    Column("Sifat", 7, centred=True),
    Column("Diteruskan kepada", 14),
    Column("Keterangan", 12),
)


def outgoing_rows(person: Person, span: Span) -> Sequence[Iterator[str]]:
    """The numbers of a span in their order; what the reader may not read is `rahasia`."""
    query = sa.select(RegisterEntry).where(
        sees_entry(person),
        RegisterEntry.register == OUTGOING,
        span.holds(RegisterEntry.year, RegisterEntry.dated_on),
    )
    order = (RegisterEntry.year, RegisterEntry.n, RegisterEntry.suffix)
    found = db.session.scalars(query.order_by(*order).limit(MOST_LINES + 1)).all()
    return [outgoing_row(one) for one in lines_of(found, person)]


def outgoing_row(line: Line) -> Iterator[str]:
    """The cells of a number."""
    yield from (line.place, line.number, plain_date(line.dated_on), line.addressee, line.subject)
    yield from (line.classification, line.maker, line.remark)


def incoming_rows(person: Person, span: Span) -> Sequence[Iterator[str]]:
    """The letters of a span in the order of the agenda.

    Whoever keeps the agenda finds every number; of a letter that is not for him `rahasia` alone.
    """
    letter = IncomingLetter
    spanned = (in_office(person, letter), span.holds(letter.year, letter.received_on))
    sight = access.scope(person, letter)
    query = sa.select(letter).where(*spanned, sight).order_by(letter.year, letter.agenda)
    query = query.limit(MOST_LINES + 1).options(
        joinedload(letter.for_post), selectinload(letter.dispositions)
    )
    rows = {one.agenda: incoming_row(one) for one in db.session.scalars(query)}
    if keeps_agenda(person):
        every = sa.select(letter.agenda).where(*spanned).limit(MOST_LINES + 1)
        rows |= {one: hidden_row(one) for one in db.session.scalars(every) if one not in rows}
    return [rows[one] for one in sorted(rows)]


def incoming_row(row: IncomingLetter) -> Iterator[str]:
    """The cells of a letter."""
    yield from (str(row.agenda), plain_date(row.received_on), row.sender, row.number)
    yield from (plain_date(row.dated_on) if row.dated_on else "", row.subject)
    yield from (str(URGENCIES.get(row.urgency, row.urgency)), handed_to(row), state_tag(row).words)


def handed_to(row: IncomingLetter) -> str:
    """Before whom it was laid, and to whom he passed it on."""
    live = (one for one in row.dispositions if one.state is not DispositionState.RECALLED)
    posts: list[Any] = [row.for_post, *(one.to_post for one in live)]
    return "; ".join(dict.fromkeys(one.title for one in posts))


def hidden_row(agenda: int) -> Iterator[str]:
    """The cells of a letter that is not for the reader."""
    yield from (str(agenda), "", _("secret"), "", "", _("secret"), "", "", "")


OUTGOING_BOOK = Book("Buku agenda surat keluar", "buku-agenda", OUTGOING_COLUMNS, outgoing_rows)
INCOMING_BOOK = Book("Buku agenda surat masuk", "surat-masuk", INCOMING_COLUMNS, incoming_rows)
