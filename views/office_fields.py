"""Lines of text for what an office keeps as lists: its hours, its contacts, its number patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms.fields import SelectField, TextAreaField
from wtforms.fields.choices import Choice
from wtforms.validators import ValidationError

from backoffice.clock import Calendar
from backoffice.numbers import DEFAULT_PATTERNS, UNREADABLE, pattern_fault
from backoffice.text import _
from backoffice.workflow.office_definition import CATEGORIES
from views.fields import cleaned

DAYS = {"sen": "mon", "sel": "tue", "rab": "wed", "kam": "thu", "jum": "fri", "sab": "sat"}
DAYS["min"] = "sun"
ZONES = (
    ("Asia/Jakarta", "WIB"),
    ("Asia/Pontianak", "WIB (Pontianak)"),
    ("Asia/Makassar", "WITA"),
    ("Asia/Jayapura", "WIT"),
)
NAMES = {code: name.title() for name, code in DAYS.items()}
LONGEST = 20_000
MOST_LINES = 200
REGISTERS = {"Berkas": "case", "Surat": "letter"}


class LinesField(TextAreaField):
    """A list of texts, one a line. What was not touched stays exactly as it is kept."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read every line; what cannot be read is told with the line itself, nothing is cut."""
        text = cleaned("\n".join(valuelist))
        if self.data and text == cleaned("\n".join(self.write(self.data))):
            return
        if len(text) > LONGEST:
            raise ValueError(_("This is %(n)d characters too long.", n=len(text) - LONGEST))
        lines = self.lines(text)
        if len(lines) > MOST_LINES:
            raise ValueError(_("At most %(n)d lines, please.", n=MOST_LINES))
        self.data = self.read(lines)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.write(self.data)) if self.data else ""

    def lines(self, text: str) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in text.split("\n") if line.strip()]

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


class CategoriesField(PairsField):
    """Problem codes: `05: Pertanahan/perumahan`; emptied, the ten of complaint handling."""

    keys = ("key", "label")

    def read(self, lines: list[str]) -> Any:
        """Every code once."""
        found = super().read(lines)
        codes = [one["key"] for one in found]
        again = next((code for code in codes if codes.count(code) > 1), None)
        if again is not None:
            raise ValueError(_("This code stands there twice: %(code)s", code=again))
        return found or [{"key": key, "label": label} for key, label in CATEGORIES]


class StatementsField(PairsField):
    """Maklumat, moto, visi: `Moto: Cepat dan ramah`; what goes on is set in by a space."""

    keys = ("title", "text")

    def lines(self, text: str) -> list[str]:
        """A line that is set in goes on with the one above."""
        found: list[str] = []
        for line in text.split("\n"):
            if found and (line[:1].isspace() or not line.strip()):
                found[-1] += f"\n{line.strip()}"
            elif line.strip():
                found.append(line.strip())
        return [one.strip() for one in found]

    def write(self, value: Any) -> Iterator[str]:
        """The title with the first line of its text, the others set in."""
        for one in value:
            first, *more = str(one["text"]).strip().split("\n")
            yield f"{one['title']}: {first.strip()}"
            yield from (f"  {line.strip()}" if line.strip() else "" for line in more)


class PatternsField(LinesField):
    """How numbers are written, by register: `Berkas: {kode}-{tahun}-{urut:04}`."""

    def read(self, lines: list[str]) -> Any:
        """Patterns that give a number; a register that is not named keeps the usual one."""
        found = dict(DEFAULT_PATTERNS)
        for name, pattern in map(_pair, lines):
            register = REGISTERS.get(name.title(), name)
            if register not in found:
                raise ValueError(_("This line cannot be read: %(line)s", line=name))
            fault = pattern_fault(register, pattern)
            if fault == UNREADABLE:
                raise ValueError(_("This line cannot be read: %(line)s", line=pattern))
            if fault is not None:
                part = f"{{{fault}}}"
                raise ValueError(_("%(part)s is missing in: %(line)s", part=part, line=pattern))
            found[register] = pattern
        return found

    def write(self, value: Any) -> Iterator[str]:
        """One a line."""
        names = {register: name for name, register in REGISTERS.items()}
        yield from (f"{names.get(key, key)}: {pattern}" for key, pattern in value.items())


class ZoneField(SelectField):
    """WIB, WITA or WIT; the zone of an office that came from elsewhere stays."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, choices=ZONES, validate_choice=False, **more)

    def iter_choices(self) -> Iterator[Any]:
        """The four zones, and what is kept where it is another."""
        yield from super().iter_choices()
        kept = self.object_data
        if kept and kept not in dict(ZONES):
            yield Choice(kept, kept, self.data == kept, {})

    def pre_validate(self, form: Any) -> None:
        """Only what was offered."""
        if self.data not in (*dict(ZONES), self.object_data):
            raise ValidationError(_("Choose one from the list."))


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
    """`18/02/2026` or `2026-02-18` as the latter."""
    turned = re.sub(r"^(\d\d?)[/.-](\d\d?)[/.-](\d{4})$", _turned, text)
    try:
        return date.fromisoformat(turned).isoformat()
    except ValueError as error:
        raise ValueError(_("Write a day as 2026-02-18: %(day)s", day=text)) from error


def _turned(found: re.Match[str]) -> str:
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}"


def _try_out(hours: dict[str, list[str]], special: list[dict[str, Any]]) -> None:
    """Refuse what the clock could not count with."""
    try:
        Calendar("Asia/Jakarta", hours, special, ())
    except ValueError as error:
        raise ValueError(_("These hours cannot be read. Write them as 08.00-12.00.")) from error
