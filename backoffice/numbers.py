"""Numbers from counter rows: none given twice, none lost (`{kode}-{tahun}-{urut:04}`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.dialects import postgresql, sqlite

from models import Counter, Office, db

DEFAULT_CASE_PATTERN = "{kode}-{tahun}-{urut:04}"


def next_in(office: Office, register: str, year: int) -> int:
    """The next number of a register in a year, taken inside the caller's transaction."""
    dialect = db.session.get_bind().dialect.name
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(Counter).values(office_id=office.id, register=register, year=year, n=1)
    raised = statement.on_conflict_do_update(
        index_elements=["office_id", "register", "year"], set_={"n": Counter.n + 1}
    ).returning(Counter.n)
    return int(db.session.execute(raised).scalar_one())


def case_number(office: Office, number_code: str, *, now: datetime) -> str:
    """A new case number by the office's pattern, in the year of the office's own calendar."""
    year = now.astimezone(ZoneInfo(office.timezone)).year
    n = next_in(office, f"case:{number_code}", year)
    pattern = office.numbers.get("case") or DEFAULT_CASE_PATTERN
    return str(pattern).format(kode=number_code, tahun=year, urut=n)
