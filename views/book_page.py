"""The books of letters on paper: the year and the months that are asked for, and the Word file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from flask import request, send_file
from flask.typing import ResponseReturnValue

from backoffice.actor import Person
from backoffice.figures import book
from backoffice.figures.book import Column
from backoffice.text import _, long_moment, month_name, month_of_year, number, zone_name
from views.fields import small_int
from views.frame import Frame
from views.rows import office_of
from views.session import utc_now
from views.years import years

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_LINES = 3000  # of one file: more than anybody prints at once
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Span:
    """Months of a year, the first and the last included."""

    year: int
    first: int = 1
    last: int = 12

    @property
    def is_whole(self) -> bool:
        """Whether it is the year."""
        return (self.first, self.last) == (1, 12)

    @property
    def words(self) -> str:
        """Tahun 2026; Maret 2026; Januari s.d. Maret 2026."""
        if self.is_whole:
            return _("Year %(year)s", year=self.year)
        last = month_of_year(date(self.year, self.last, 1))
        if self.first == self.last:
            return last
        return _("%(first)s to %(last)s", first=month_name(self.first), last=last)

    def holds(self, year: Any, day: Any) -> sa.ColumnElement[bool]:
        """Rows of the book of that year, on a day of these months.

        A letter that came on the last day of a year and was registered on the next stands in the
        book of the new year: the whole year asks for no day.
        """
        if self.is_whole:
            return sa.and_(year == self.year)
        after = date(self.year + self.last // 12, self.last % 12 + 1, 1)
        return sa.and_(year == self.year, day >= date(self.year, self.first, 1), day < after)


@dataclass(frozen=True, slots=True)
class Book:
    """A book: its name on paper and in the address, its columns, and the rows of a span.

    `rows` gives at most one more than `MOST_LINES`.
    """

    title: str
    slug: str
    columns: Sequence[Column]
    rows: Callable[[Person, Span], Sequence[Iterable[str]]]


def answer(book_of: Book, person: Person, render: Callable[..., str]) -> ResponseReturnValue:
    """The page that asks for year and months, or the file of those that were chosen."""
    if "tahun" not in request.args:
        return page(book_of, render)
    span = asked(request.args)
    if span is None:
        message = _("Choose a year of the list, and a last month that is not before the first.")
        return page(book_of, render, message), 422
    rows = book_of.rows(person, span)
    if len(rows) > MOST_LINES:
        message = _("More than %(n)s letters. Choose fewer months.", n=number(MOST_LINES))
        return page(book_of, render, message), 422
    data = paper(book_of, person, span, rows)
    months = "" if span.is_whole else f"-{span.first:02}-{span.last:02}"
    name = f"{book_of.slug}-{span.year}{months}.docx"
    return send_file(BytesIO(data), TYPE, as_attachment=True, download_name=name, max_age=0)


def paper(book_of: Book, person: Person, span: Span, rows: Sequence[Iterable[str]]) -> bytes:
    """The bytes of the Word file."""
    office, now = office_of(person), utc_now()
    foot = _(
        "Printed %(when)s %(zone)s by %(post)s",
        when=long_moment(now, office.timezone),
        zone=zone_name(office.timezone),
        post=", ".join(Frame().posts),
    )
    return book.book(
        office,
        (book_of.title.upper(), span.words.upper()),
        book_of.columns,
        [tuple(one) for one in rows],
        foot=foot,
        empty="Nihil",
        now=now,
    )


def asked(given: Mapping[str, str]) -> Span | None:
    """The span of an address; none where it is not one of those offered."""
    year = small_int(given.get("tahun"))
    first, last = small_int(given.get("dari") or "1"), small_int(given.get("sampai") or "12")
    if str(year) not in dict(years()) or first not in MONTHS or last not in MONTHS:
        return None
    return Span(year or 0, first or 0, last or 0) if (first or 0) <= (last or 0) else None


def page(book_of: Book, render: Callable[..., str], message: str = "") -> str:
    """Year and months to choose."""
    names = [(str(one), month_name(one)) for one in MONTHS]
    return render(
        "register/paper.html",
        book=book_of,
        years=years(),
        months=names,
        chosen=request.args,
        message=message,
    )
