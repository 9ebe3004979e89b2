"""Words on the screen: the catalogue, and dates, numbers and money as an Indonesian reads them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import flask_babel
from babel import dates, numbers
from flask import Flask, g, has_app_context
from flask_babel.speaklater import LazyString

TRANSLATIONS = Path(__file__).resolve().parent / "translations"
LOCALE = "id"
SHORT = 4096  # dates of lists that are kept in words: the same few days stand in every row


def _(message: str, **values: Any) -> str:
    """`message` in the reader's language, with its named values filled in."""
    words: str = _catalogue().ugettext(message)
    return words % values if values else words


def _l(message: str, **values: Any) -> str:
    """The same, looked up when it is shown: for labels at class level."""
    lazy: str = LazyString(_, message, **values)
    return lazy


def _catalogue() -> Any:
    """The reader's catalogue; asked once a request, since a list shows hundreds of words."""
    if not has_app_context():
        return flask_babel.get_translations()
    kept = g.get("catalogue")
    if kept is None:
        kept = g.catalogue = flask_babel.get_translations()
    return kept


@lru_cache(maxsize=SHORT)
@lru_cache(maxsize=SHORT)
def short_moment(moment: datetime, zone: str) -> str:
    """Sel 13 Jan, 15.05: for lists."""
    return dates.format_datetime(moment, "EEE d MMM, HH.mm", _zone(zone), LOCALE)


def long_moment(moment: datetime, zone: str) -> str:
    """Rabu, 14 Januari 2026 pukul 15.05: for heads and receipts."""
    return dates.format_datetime(moment, "EEEE, d MMMM y 'pukul' HH.mm", _zone(zone), LOCALE)


@lru_cache(maxsize=SHORT)
def short_date(day: date) -> str:
    """Sel 13 Jan."""
    return dates.format_date(day, "EEE d MMM", LOCALE)


@lru_cache(maxsize=SHORT)
def short_day(day: date) -> str:
    """13 Jan 2026."""
    return dates.format_date(day, "dd MMM y", LOCALE)


def long_date(day: date) -> str:
    """Rabu, 14 Januari 2026."""
    return dates.format_date(day, "EEEE, d MMMM y", LOCALE)


def plain_date(day: date) -> str:
    """14 Januari 2026: as a letter dates itself."""
    return dates.format_date(day, "d MMMM y", LOCALE)


def month_name(month: int) -> str:
    """1: Januari."""
    return dates.format_date(date(2000, month, 1), "MMMM", LOCALE)


@lru_cache(maxsize=SHORT)
def month_of_year(day: date) -> str:
    """Januari 2026."""
    return dates.format_date(day, "MMMM y", LOCALE)


def weekday(day: int) -> str:
    """Senin for 0, Minggu for 6."""
    name: str = dates.get_day_names("wide", locale=LOCALE)[day]
    return name


@lru_cache(maxsize=SHORT)
def clock_time(moment: datetime, zone: str) -> str:
    """15.05, in the office's zone."""
    return dates.format_datetime(moment, "HH.mm", _zone(zone), LOCALE)


def zone_name(zone: str) -> str:
    """WIB, WITA or WIT; the zone's own name elsewhere."""
    return {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB"}.get(zone) or {
        "Asia/Makassar": "WITA",
        "Asia/Jayapura": "WIT",
    }.get(zone, zone)


def number(value: int | float | Decimal) -> str:
    """1.234,5."""
    return numbers.format_decimal(value, locale=LOCALE)


def money(value: int | Decimal) -> str:
    """Rp1.250.000, with the cents only where there are any."""
    whole = value == int(value)
    return "Rp" + numbers.format_decimal(value, "#,##0" if whole else "#,##0.00", locale=LOCALE)


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


class FormTranslations:
    """What WTForms asks for its own messages: they stand in our catalogue."""

    def gettext(self, message: str) -> str:
        """A validator's message."""
        return _(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """A validator's message with a count, which WTForms fills in itself."""
        return str(flask_babel.get_translations().ungettext(singular, plural, count))


form_translations = FormTranslations()


def init_app(app: Flask, language: str = LOCALE) -> None:
    """Indonesian unless the installation says otherwise."""
    flask_babel.Babel(
        app,
        default_locale=language,
        default_translation_directories=str(TRANSLATIONS),
        default_timezone="UTC",
    )
    # Templates ask the same catalogue as the code, once a request.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().ugettext(message),
        lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )
