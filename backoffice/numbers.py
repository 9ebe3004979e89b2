"""Numbers from counter rows: none given twice, none lost (`{kode}-{tahun}-{urut:04}`)."""

from __future__ import annotations

import re
from datetime import datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite

from models import Counter, Office, db

DEFAULT_CASE_PATTERN = "{kode}-{tahun}-{urut:04}"
DIGITS = {"tahun": "(?P<tahun>[0-9]{4})", "urut": "(?P<urut>[0-9]{1,9})"}
DEFAULT_PATTERNS = {"case": DEFAULT_CASE_PATTERN, "letter": "{klasifikasi}/{urut}/{unit}"}
CASE_PARTS = ("kode", "tahun", "urut")
PARTS = {  # what the pattern of a register may have, and what it must
    "case": CASE_PARTS,
    "letter": (*CASE_PARTS, "klasifikasi", "unit", "bulan", "bulan_romawi"),
}
NEEDED_PARTS = {"case": CASE_PARTS, "letter": ("urut",)}
UNREADABLE = "unreadable"
WIDTH = re.compile(r"(?:0?[1-9])?")  # of a number in a pattern: `04`


def pattern_fault(register: str, pattern: str) -> str | None:
    """What keeps a pattern from giving numbers: UNREADABLE, or the part it lacks; else none.

    Only the named parts, at most with a width such as `{urut:04}`. Without code and year two
    cases would get the same number: each code counts for itself, and anew every year.
    """
    try:
        found = [(name, spec or "", mark) for _, name, spec, mark in Formatter().parse(pattern)]
    except ValueError:
        return UNREADABLE
    parts = [one for one in found if one[0] is not None]
    for name, spec, mark in parts:
        if name not in PARTS[register] or mark or WIDTH.fullmatch(spec) is None:
            return UNREADABLE
    named = {name for name, _, _ in parts}
    return next((part for part in NEEDED_PARTS[register] if part not in named), None)


def next_in(office: Office, register: str, year: int) -> int:
    """The next number of a register in a year, taken inside the caller's transaction."""
    return _counted(office, register, year, 1, Counter.n + 1)


def raise_to(office: Office, register: str, year: int, n: int) -> int:
    """See to it that no number up to `n` (at least 1) is given again; the last one taken now.

    Never lowers a counter, whatever others take meanwhile.
    """
    return _counted(office, register, year, n, case((Counter.n < n, n), else_=Counter.n))


def _counted(office: Office, register: str, year: int, first: int, raised: Any) -> int:
    dialect = db.session.get_bind().dialect.name
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(Counter).values(office_id=office.id, register=register, year=year, n=first)
    counted = statement.on_conflict_do_update(
        index_elements=["office_id", "register", "year"], set_={"n": raised}
    ).returning(Counter.n)
    return int(db.session.execute(counted).scalar_one())


def last_in(office: Office, register: str, year: int) -> int:
    """The last number given; 0 where none was."""
    found = select(Counter.n).where(
        Counter.office_id == office.id, Counter.register == register, Counter.year == year
    )
    return db.session.scalar(found) or 0


def case_register(number_code: str) -> str:
    """The register in which cases of this code are counted."""
    return f"case:{number_code}"


def case_number(office: Office, number_code: str, *, now: datetime) -> str:
    """A new case number by the office's pattern, in the year of the office's own calendar."""
    year = now.astimezone(ZoneInfo(office.timezone)).year
    return written(office, number_code, year, next_in(office, case_register(number_code), year))


def written(office: Office, number_code: str, year: int, n: int) -> str:
    """A case number as the office writes it."""
    return _case_pattern(office).format(kode=number_code, tahun=year, urut=n)


def read(office: Office, number_code: str, number: str) -> tuple[int | None, int] | None:
    """Year and place in the row of a number that the office's pattern could have made.

    The year is None where the pattern has none; None where the number is of another make.
    """
    parts, seen = [], set[str]()
    for literal, name, _spec, _mark in Formatter().parse(_case_pattern(office)):
        parts.append(re.escape(literal))
        if name in seen and name in DIGITS:
            parts.append(f"(?P={name})")
        elif name is not None:
            seen.add(name)
            parts.append({"kode": re.escape(number_code), **DIGITS}.get(name, ".+"))
    found = re.fullmatch("".join(parts), number, re.IGNORECASE)
    if found is None:
        return None
    return int(found["tahun"]) if "tahun" in seen else None, int(found["urut"])


def _case_pattern(office: Office) -> str:
    return str(office.numbers.get("case") or DEFAULT_CASE_PATTERN)
