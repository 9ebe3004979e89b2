"""How a value of a column reads in a list, on a record and in a workbook."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backoffice.text import _, short_day, short_moment


def nothing(view: Any, value: None, name: str) -> str:
    """Left blank, also in a workbook."""
    return ""


def yes_no(view: Any, value: bool, name: str) -> str:
    """Ya or Tidak."""
    return _("Yes") if value else _("No")


def day(view: Any, value: date, name: str) -> str:
    """31 Jan 2026."""
    return short_day(value)


def moment(view: Any, value: datetime, name: str) -> str:
    """Sel 13 Jan, 15.05, on the office's clock."""
    return short_moment(value, view.office_zone())


def several(view: Any, value: list[Any], name: str) -> str:
    """Rows or words, one after the other."""
    return ", ".join(str(one) for one in value)


ON_SCREEN = {type(None): nothing, bool: yes_no, datetime: moment, date: day, list: several}
# Excel knows days and moments itself: they stay what they are.
IN_WORKBOOK = {bool: yes_no, list: several}
