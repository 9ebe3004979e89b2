"""Lines of text for what an office keeps as lists: its hours, its contacts, its number patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms.fields import TextAreaField

from backoffice.clock import Calendar
from backoffice.text import _
from views.fields import cleaned

DAYS = {"sen": "mon", "sel": "tue", "rab": "wed", "kam": "thu", "jum": "fri", "sab": "sat"}
DAYS["min"] = "sun"
NAMES = {code: name.title() for name, code in DAYS.items()}
LONGEST = 5000
MOST_LINES = 100


class LinesField(TextAreaField):
    """A list of texts, one a line."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read every line; what cannot be read is told with the line itself."""
        lines = [line.strip() for line in cleaned("\n".join(valuelist))[:LONGEST].split("\n")]
        self.data = self.read([line for line in lines if line][:MOST_LINES])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.write(self.data)) if self.data else ""

    def read(self, lines: list[str]) -> Any:
        """The value that the lines state; ValueError where one cannot be read."""
        return lines

    def write(self, value: Any) -> Iterator[str]:
        """The lines that state a value."""
        yield from value


class PairsField(LinesField):
    """Things with a name: `Telepon: 0800-000-0101`. `keys` are what the office keeps them under."""

    keys = ("label", "value")

    def read(self, lines: list[str]) -> Any:
        """Pairs in order."""
        return [dict(zip(self.keys, _pair(line), strict=True)) for line in lines]

    def write(self, value: Any) -> Iterator[str]:
        """One a line."""
        first, second = self.keys
        yield from (f"{one[first]}: {' '.join(str(one[second]).split())}" for one in value)


class StatementsField(PairsField):
    """Maklumat, moto, visi: a title and its text."""

    keys = ("title", "text")


class PatternsField(LinesField):
    """How numbers are written, by register: `case: {kode}-{tahun}-{urut:04}`."""

    registers = ("case", "letter")
    sample = {"kode": "ADU", "tahun": 2026, "urut": 1, "klasifikasi": "400", "unit": "UM"}

    def read(self, lines: list[str]) -> Any:
        """Patterns that give a number with its year and its place in the row."""
        found = dict(_pair(line) for line in lines)
        for register, pattern in found.items():
            if register not in self.registers or not self._works(pattern):
                raise ValueError(_("This line cannot be read: %(line)s", line=pattern))
        return found

    def _works(self, pattern: str) -> bool:
        if not re.fullmatch(r"([^{}]|\{(kode|tahun|urut(:0[1-9])?|klasifikasi|unit)\})+", pattern):
            return False
        return pattern.format(**self.sample) != pattern.format(**{**self.sample, "urut": 2})

    def write(self, value: Any) -> Iterator[str]:
        """One a line."""
        yield from (f"{register}: {pattern}" for register, pattern in value.items())


class HoursField(LinesField):
    """Office hours, breaks left out: `Sen-Kam: 08.00-12.00, 13.00-16.30`."""

    def read(self, lines: list[str]) -> Any:
        """Hours by days, as the clock reads them."""
        found = dict(_hours(line) for line in lines)
        if len(found) != len(lines) or not found:
            raise ValueError(_("Write every day once."))
        _try_out(found, [])
        return found

    def write(self, value: Any) -> Iterator[str]:
        """One a line."""
        for days, spans in value.items():
            names = "-".join(NAMES[one] for one in days.split("-"))
            yield f"{names}: {', '.join(spans).replace(':', '.')}"


class SpecialHoursField(LinesField):
    """Hours of a period, e.g. Ramadan: `2026-02-18 2026-03-19 Sen-Kam: 08.00-15.00`."""

    def read(self, lines: list[str]) -> Any:
        """Periods in order, each with its days."""
        periods: dict[tuple[str, str], dict[str, list[str]]] = {}
        for line in lines:
            first, last, rest = (*line.split(None, 2), "", "")[:3]
            days, spans = _hours(rest)
            periods.setdefault((_day(first), _day(last)), {})[days] = spans
        found = [
            {"from": first, "to": last, "hours": hours} for (first, last), hours in periods.items()
        ]
        _try_out({}, found)
        return found

    def write(self, value: Any) -> Iterator[str]:
        """One line for each period and days."""
        for one in value:
            for line in HoursField.write(self, one["hours"]):
                yield f"{one['from']} {one['to']} {line}"


def _pair(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not (name.strip() and colon and value.strip()):
        raise ValueError(_("This line cannot be read: %(line)s", line=line))
    return name.strip(), value.strip()


def _hours(line: str) -> tuple[str, list[str]]:
    """`Sen-Kam: 08.00-12.00, 13.00-16.30` as `mon-thu` and its spans."""
    names, spans = _pair(line)
    days = [DAYS.get(name.strip().casefold()[:3]) for name in re.split("[-–]", names)]
    if None in days or len(days) > 2:
        raise ValueError(_("This line cannot be read: %(line)s", line=line))
    plain = spans.replace("–", "-").replace(".", ":").replace(" ", "")
    return "-".join(str(day) for day in days), plain.split(",")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValueError(_("Write a day as 2026-02-18: %(day)s", day=text)) from error


def _try_out(hours: dict[str, list[str]], special: list[dict[str, Any]]) -> None:
    """Refuse what the clock could not count with."""
    try:
        Calendar("Asia/Jakarta", hours, special, ())
    except ValueError as error:
        raise ValueError(_("These hours cannot be read. Write them as 08.00-12.00.")) from error
