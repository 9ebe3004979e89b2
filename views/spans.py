"""From when until when, on a form: a first and a last day, and a time where it matters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import request
from wtforms import DateField, TimeField
from wtforms.validators import InputRequired, Optional

from backoffice import access
from backoffice.errors import Incomplete
from backoffice.periods import begin_of, end_of, first_of, last_of, lasts
from backoffice.text import _, _l, plain_date
from views.filters import ChoiceFilter
from views.session import own_zone, today, utc_now

STATES = {"now": _l("In force now"), "coming": _l("To come"), "past": _l("Ended")}
# The columns of a period as a form asks for them.
SPAN = access.SPAN
FIELDS = {
    "from_on": DateField(_l("From"), validators=[InputRequired()], default=today),
    "from_time": TimeField(
        _l("From, at what time"),
        validators=[Optional()],
        description=_l("Empty: from 00.00 of that day."),
    ),
    "until_on": DateField(
        _l("Until"),
        validators=[Optional()],
        description=_l("The last day, included. Empty: until further notice."),
    ),
    "until_time": TimeField(
        _l("Until what time"),
        validators=[Optional()],
        description=_l("Empty: to the end of that day."),
    ),
}


def show(form: Any, row: Any) -> None:
    """Put the period of a row on its form, as long as nothing was typed."""
    if request.method != "GET" or "from_on" not in form:
        return
    day, at = first_of(row.from_at, own_zone())
    form.from_on.data, form.from_time.data = day, at if at.hour or at.minute else None
    if row.until_at is not None:
        form.until_on.data, form.until_time.data = last_of(row.until_at, own_zone())


def take(form: Any, row: Any) -> None:
    """Give a row the period that was typed; raises Incomplete where it does not run forward."""
    zone, until = own_zone(), form.until_on.data
    if until is None and form.until_time.data is not None:
        raise Incomplete({"until_on": "until_needs_day"})
    from_at = begin_of(form.from_on.data, form.from_time.data, zone)
    until_at = end_of(until, form.until_time.data, zone) if until is not None else None
    if until_at is not None and until_at <= from_at:
        raise Incomplete({"until_on": "until_before_from"})
    # What is the same stays the same: a moment with a zone and one in UTC are not told apart.
    if row.from_at != from_at:
        row.from_at = from_at
    if row.until_at != until_at:
        row.until_at = until_at


def time_filter(table: Any) -> ChoiceFilter:
    """Rows that are in force now, to come, or ended."""

    def narrowed(value: str) -> Any:
        now = utc_now()
        if value == "coming":
            return table.from_at > now
        return table.until_at <= now if value == "past" else lasts(table, now)

    return ChoiceFilter("waktu", _l("Time"), tuple(STATES.items()), narrowed)


def state_words(view: Any, context: Any, row: Any, name: str) -> str:
    """Berlaku sekarang, akan datang or berakhir."""
    now = utc_now()
    ended = row.until_at is not None and row.until_at <= now
    return str(STATES["past" if ended else "coming" if row.from_at > now else "now"])


def begin_words(view: Any, context: Any, row: Any, name: str) -> str:
    """12 Januari 2026, with the time where the day does not begin with it."""
    return _said(*first_of(row.from_at, own_zone()))


def end_words(view: Any, context: Any, row: Any, name: str) -> str:
    """The last day, with the time where it does not count as a whole."""
    return until_words(row.until_at) if row.until_at is not None else ""


def until_words(moment: datetime) -> str:
    """The same of a moment."""
    return _said(*last_of(moment, own_zone()))


FORMATTERS = {"from_at": begin_words, "until_at": end_words, "state": state_words}


def moment_words(moment: datetime) -> str:
    """A moment as the first one of a period: the day, with the time where it is not 00.00."""
    return _said(*first_of(moment, own_zone()))


def _said(day: Any, at: Any) -> str:
    if at is None or not (at.hour or at.minute):
        return plain_date(day)
    return _("%(day)s, %(time)s", day=plain_date(day), time=f"{at:%H.%M}")
