"""Checking a whole workbook against an office: every fault at once, or what will be taken over."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import func, select

from backoffice import numbers
from backoffice.search import name_of
from backoffice.takeover.asked import Asked
from backoffice.takeover.known import Known, known_of
from backoffice.takeover.reading import Book, Fault, Row
from backoffice.takeover.rows import (
    ClosedRow,
    CountRow,
    OpenRow,
    closed_row,
    count_row,
    open_row,
)
from backoffice.takeover.standing import has_its_number
from backoffice.takeover.words import CLOSED, NUMBERS, OPEN, columns_of
from models import Case, Office, Party, ProcedureVersion, db

CHUNK = 500  # values in one question to the database
NUMBER_TITLE = "Nomor berkas"

CaseRow: TypeAlias = OpenRow | ClosedRow


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers of a code in a year: the last given, and the last that will count as given."""

    code: str
    year: int
    before: int
    after: int
    fresh: int = 0  # how many open cases get a number that they did not have


@dataclass(slots=True)
class Plan:
    """What a workbook would do. Nothing is done while it has faults."""

    known: Known
    open: list[OpenRow] = field(default_factory=list)
    closed: list[ClosedRow] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many cases would be taken over."""
        return len(self.open) + len(self.closed)

    @property
    def is_empty(self) -> bool:
        """Whether the workbook says nothing at all."""
        return not (self.open or self.closed or self.counts or self.faults)

    @property
    def seen(self) -> str:
        """The whole plan in one word: another word means that it would do something else now."""
        said = [
            [(code, sop.version.id) for code, sop in sorted(self.known.sops.items())],
            [(one.code, one.year, one.before, one.after, one.fresh) for one in self.counts],
            [(one.row, one.number, one.step.key, one.place.titles) for one in self.open],
            [(one.row, one.number, one.outcome) for one in self.closed],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def per_sop(self) -> dict[str, tuple[int, int]]:
        """Title of the SOP -> open and closed cases, in the order of the codes."""
        going = Counter(one.sop.procedure.code for one in self.open)
        ended = Counter(one.sop.procedure.code for one in self.closed)
        return {
            sop.procedure.title: (going[code], ended[code])
            for code, sop in self.known.sops.items()
            if going[code] or ended[code]
        }


def check(office: Office, book: Book, now: datetime) -> Plan:
    """What the workbook would do in this office, or every fault of it in order."""
    known = known_of(office, now)
    plan = Plan(known, faults=list(book.faults))
    counts = [count_row(_asked(plan, row), known) for row in book.rows[NUMBERS]]
    going = [open_row(_asked(plan, row), known) for row in book.rows[OPEN]]
    ended = [closed_row(_asked(plan, row), known) for row in book.rows[CLOSED]]
    plan.open = [one for one in going if one is not None]
    plan.closed = [one for one in ended if one is not None]
    _refuse_doubles(plan)
    _refuse_known_numbers(plan)
    _refuse_known_people(plan)
    plan.counts = list(_counts(plan, [one for one in counts if one is not None]))
    order = {NUMBERS: 1, OPEN: 2, CLOSED: 3}
    plan.faults.sort(key=lambda one: (order.get(one.sheet, 0), one.row))
    return plan


def _asked(plan: Plan, row: Row) -> Asked:
    return Asked(row, columns_of(row.sheet, plan.known.fields), plan.faults)


def _placed(plan: Plan) -> Iterator[tuple[str, CaseRow]]:
    """Every case with the sheet it stands on."""
    yield from ((OPEN, one) for one in plan.open)
    yield from ((CLOSED, one) for one in plan.closed)


# -- rows that are there already -------------------------------------------------------------


def _refuse_doubles(plan: Plan) -> None:
    """Name rows that say the same as one before them."""
    seen: dict[Any, str] = {}
    for sheet, one in _placed(plan):
        key = _number_key(plan.known, one) if one.number else _person_key(one)
        first = seen.setdefault(key, f"{sheet} baris {one.row}")
        if first == f"{sheet} baris {one.row}":
            continue
        if one.number:
            message = f"Nomor ini sama dengan {first}. Hapus salah satu, atau perbaiki nomornya."
        else:
            message = (
                f"Nama, tanggal, dan perihal sama dengan {first}. Hapus salah satu; bila memang "
                "berkas lain, bedakan perihalnya."
            )
        plan.faults.append(Fault(sheet, one.row, NUMBER_TITLE if one.number else "", message))


def _number_key(known: Known, one: CaseRow) -> tuple[Any, ...]:
    """What two numbers must not share: as the pattern counts them, else as they are written."""
    code = one.sop.procedure.number_code
    read = numbers.read(known.office, code, str(one.number))
    return (code, *read) if read is not None else (str(one.number).casefold(),)


def _person_key(one: CaseRow) -> tuple[Any, ...]:
    """By what a case without a number is known again."""
    family = one.sop.version.family or one.sop.version.code
    name, subject = str(one.party.get("name") or ""), str(one.columns.get("subject") or "")
    return family, one.received_on, name_of(name), name_of(subject)


def _refuse_known_numbers(plan: Plan) -> None:
    """Name rows whose number Paraf has already."""
    known = plan.known
    written = {one: _spellings(known, one) for _, one in _placed(plan) if one.number}
    asked = {spelling for spellings in written.values() for spelling in spellings}
    there = set[str]()
    for part in _chunks(sorted(asked)):
        query = select(Case.number).where(Case.office_id == known.office.id, Case.number.in_(part))
        there |= {number for number in db.session.scalars(query) if number}
    for sheet, one in _placed(plan):
        if one.number and there & written[one]:
            message = (
                "Nomor ini sudah ada di Paraf. Bila berkasnya sama, hapus baris ini; bila lain, "
                "kosongkan nomornya dan sebut nomor kertasnya di Catatan."
            )
            plan.faults.append(Fault(sheet, one.row, NUMBER_TITLE, message))


def _spellings(known: Known, one: CaseRow) -> set[str]:
    """The number as it is written, and as Paraf would write it."""
    number, code = str(one.number), one.sop.procedure.number_code
    read = numbers.read(known.office, code, number)
    if read is None:
        return {number, number.upper()}
    year, n = read
    return {
        number,
        number.upper(),
        numbers.written(known.office, code, year or one.received_on.year, n),
    }


def _refuse_known_people(plan: Plan) -> None:
    """Name rows without a number that say the same as a case of Paraf."""
    bare = [(sheet, one) for sheet, one in _placed(plan) if not one.number]
    there: dict[tuple[Any, ...], str] = {}
    for part in _chunks(sorted({one.received_on for _, one in bare})):
        there.update(_people(plan.known.office.id, part))
    for sheet, one in bare:
        number = there.get(_person_key(one))
        if number is not None:
            message = (
                f"Nama, tanggal, dan perihal ini sudah ada di Paraf ({number or 'tanpa nomor'}). "
                "Hapus baris ini; bila memang berkas lain, bedakan perihalnya."
            )
            plan.faults.append(Fault(sheet, one.row, "", message))


def _people(office_id: int, days: list[date]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What cases received on these days are known by, with their numbers."""
    family = func.coalesce(func.nullif(ProcedureVersion.family, ""), ProcedureVersion.code)
    query = (
        select(family, Case.received_on, Party.name, Case.subject, Case.number)
        .join(ProcedureVersion, ProcedureVersion.id == Case.procedure_version_id)
        .join(Party, Party.case_id == Case.id)
        .where(Case.office_id == office_id, Case.received_on.in_(days))
    )
    for code, received_on, name, subject, number in db.session.execute(query):
        yield (code, received_on, name_of(name), name_of(subject or "")), number or ""


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


# -- the next numbers ------------------------------------------------------------------------


def _counts(plan: Plan, wanted: Iterable[CountRow]) -> Iterator[Count]:
    """Every counter that moves: by what was typed, and by the numbers the cases have."""
    known, highest = plan.known, dict[tuple[str, int], int]()
    for row in wanted:
        key = (row.code, row.year)
        if key in highest:
            message = f"Kode {row.code} tahun {row.year} ada dua kali. Hapus salah satu baris."
            plan.faults.append(Fault(NUMBERS, row.row, "Kode nomor", message))
        highest[key] = max(row.last, highest.get(key, 0))
    for _, one in _placed(plan):
        key, n = _counted(known, one)
        highest[key] = max(n, highest.get(key, 0))
    fresh = Counter((one.sop.procedure.number_code, known.today.year) for one in unnumbered(plan))
    for key in sorted({*highest, *fresh}):
        before = known.counted.get(key, 0)
        after = max(before, highest.get(key, 0))
        if after > before or fresh[key]:
            yield Count(*key, before, after, fresh[key])


def _counted(known: Known, one: CaseRow) -> tuple[tuple[str, int], int]:
    """The counter that the number of a case belongs to, and its place in it; 0 without one."""
    code = one.sop.procedure.number_code
    read = numbers.read(known.office, code, one.number or "")
    year, n = read or (None, 0)
    return (code, year or one.received_on.year), n


def unnumbered(plan: Plan) -> list[OpenRow]:
    """Open cases that have no number at a step where the SOP has given one."""
    return [
        one
        for one in plan.open
        if one.number is None and has_its_number(one.sop.procedure, one.step)
    ]


def words_of(known: Known, counts: Iterable[Count]) -> list[tuple[str, str]]:
    """The next number before and after, as the office writes them."""

    def written(one: Count, n: int) -> str:
        return numbers.written(known.office, one.code, one.year, n)

    return [
        (written(one, one.before + 1), written(one, one.after + one.fresh + 1)) for one in counts
    ]
