"""A big archive in little time: walked cases copied over the years by bulk inserts.

Every copied row was written by the engine once, so it holds every rule; the copy gets ids, times,
numbers, people and words of its own. The same call makes the same rows.
"""

from __future__ import annotations

from collections import Counter as Tally
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from backoffice.letters.register import Wanted, written
from backoffice.numbers import DEFAULT_CASE_PATTERN
from backoffice.search import search_text_of
from bench.copying import Copier, Rows
from bench.samples import Sample, walk_all
from models import Base, Case, Counter, Office, Party, Recapitulation, db
from seed.people import invented_name

YEARS = 6
RECENT = 0.08  # the newest part of the archive, in which every second case is still open
OPEN_RECENT, OPEN_OLD = 0.5, 0.01
CHUNK = 1000
SUBJECTS = (
    "Kartu keluarga belum terbit setelah dua minggu",
    "Akta kelahiran memuat nama yang keliru",
    "Perekaman KTP elektronik ditolak mesin",
    "Pungutan di luar ketentuan pada loket pelayanan",
    "Data penerima bantuan tidak sesuai keadaan",
    "Permohonan hewan qurban untuk kelompok warga",
    "Surat pindah tidak dapat dicetak",
    "Data penyandang disabilitas tingkat kecamatan",
)


def load(cases: int, *, now: datetime) -> list[Sample]:
    """Fill a migrated, empty database with the offices and `cases` copies; the samples."""
    samples = walk_all(now - timedelta(days=7))
    grow(samples, cases, now=now)
    settle()
    return samples


def grow(samples: list[Sample], cases: int, *, now: datetime, seed: int = 1) -> None:
    """Add so many copies; the newest comes at about `now`, the oldest `YEARS` years before."""
    db.session.commit()
    Archive(db.session.connection(), samples, now=now, random=Random(seed)).fill(cases)  # noqa: S311
    db.session.commit()


def settle() -> None:
    """Tell PostgreSQL which ids are taken and how big its tables are.

    SQLite is left alone: nobody runs ANALYZE on a product's file, so its plans must do without.
    """
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                if "id" in table.c:
                    connection.exec_driver_sql(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'),"  # noqa: S608
                        f" (SELECT coalesce(max(id), 1) FROM {table.name}))"
                    )
        with db.engine.connect() as connection:
            free = connection.execution_options(isolation_level="AUTOCOMMIT")
            free.exec_driver_sql("ANALYZE")


class Archive:
    """Copies of samples, oldest first, in chunks."""

    def __init__(
        self, connection: sa.Connection, samples: list[Sample], *, now: datetime, random: Random
    ) -> None:
        self.connection, self.now, self.random = connection, now, random
        self.offices = {office.id: office for office in db.session.scalars(sa.select(Office))}
        self.copier = Copier(connection)
        self.live = [one.rows for one in samples if one.live]
        self.ended = [one.rows for one in samples if not one.live]
        self.counts: Tally[tuple[int, str, int]] = Tally()
        self.lists: dict[tuple[int, int], int] = {}
        self.scratch = Case(parties=[Party()])

    def fill(self, cases: int) -> None:
        """Insert so many copies, and raise the counters to the last number given."""
        self.counts.update(self._given())
        taken = set(self.counts)
        for first in range(0, cases, CHUNK):
            rows: Rows = {}
            for position in range(first, min(first + CHUNK, cases)):
                for table, copies in self.copy(position, position / cases).items():
                    rows.setdefault(table, []).extend(copies)
            self.copier.insert(rows)
        self._raise_counters(taken)

    def copy(self, position: int, age: float) -> Rows:
        """The rows of one more case; `age` goes from 0 (oldest) to 1."""
        share = OPEN_RECENT if age > 1 - RECENT else OPEN_OLD
        live = not self.ended or self.random.random() < share
        source = self.random.choice(self.live if live else self.ended)
        shift = timedelta(weeks=-round((1 - age) * YEARS * 52))
        copies = self.copier.copy(source, shift)
        self._name(copies, position)
        self._issue(copies)
        if not live:
            self._file(copies)
        return copies

    def _name(self, copies: Rows, n: int) -> None:
        """Its own number, subject, people, and the words it is found by."""
        (case,) = copies["cases"]
        if case["number"] is not None:
            case["number"] = self._number(case)
        if case["queue_number"] is not None:
            case["queue_number"] = f"A-{n % 900 + 1:03}"
        if case["subject"] is not None:
            case["subject"] = f"{SUBJECTS[n % len(SUBJECTS)]}, RT {n % 19 + 1:02}"
        for party in copies.get("parties", ()):
            party["name"] = invented_name(n)
            party["identity"] = f"{n:016}"
            party["telephone"] = f"0800-0000-{n % 1000:03}"
        case["search_text"] = self._words(case, next(iter(copies.get("parties", ())), None))

    def _issue(self, copies: Rows) -> None:
        """Its letters stand in the register of their year, and each has a code of its own."""
        renamed = {}
        for entry in copies.get("register_entries", ()):
            year = entry["dated_on"].year
            key = (entry["office_id"], entry["register"], year)
            self.counts[key] += 1
            wanted = Wanted(classification=entry["classification"])
            office, before = self.offices[entry["office_id"]], entry["number"]
            entry |= {"year": year, "n": self.counts[key], "suffix": ""}
            entry["number"] = written(office, entry["n"], "", wanted, entry["dated_on"])
            renamed[before] = entry["number"]
        for name in ("letters", "issued_letters"):
            for row in copies.get(name, ()):
                row["number"] = renamed.get(row["number"], row["number"])
        for row in copies.get("issued_letters", ()):
            row["code"] = f"{row['id']:012}"

    def _words(self, case: dict[str, Any], party: dict[str, Any] | None) -> str:
        scratch, person = self.scratch, self.scratch.parties[0]
        scratch.number, scratch.queue_number = case["number"], case["queue_number"]
        scratch.subject = case["subject"]
        person.name = party["name"] if party else ""
        person.telephone = party["telephone"] if party else ""
        return search_text_of(scratch)

    def _number(self, case: dict[str, Any]) -> str:
        office = self.offices[case["office_id"]]
        code = case["number"].partition("-")[0]
        year = case["numbered_at"].astimezone(ZoneInfo(office.timezone)).year
        self.counts[office.id, f"case:{code}", year] += 1
        n = self.counts[office.id, f"case:{code}", year]
        pattern = str(office.numbers.get("case") or DEFAULT_CASE_PATTERN)
        return pattern.format(kode=code, tahun=year, urut=n)

    def _file(self, copies: Rows) -> None:
        """An ended case stands on the frozen list of its year."""
        for row in copies.get("recapitulation_rows", ()):
            key = (row["recapitulation_id"], row["joined_at"].year)
            if key not in self.lists:
                self.lists[key] = self._frozen_list(*key)
            row["recapitulation_id"] = self.lists[key]

    def _frozen_list(self, like: int, year: int) -> int:
        table = Base.metadata.tables[Recapitulation.__tablename__]
        values = dict(
            self.connection.execute(sa.select(table).where(table.c.id == like)).one()._mapping
        )
        del values["id"]
        opened, frozen = date(year, 1, 2), date(year, 6, 1)
        values["opened_at"] = datetime.combine(opened, datetime.min.time(), UTC)
        values["frozen_at"] = datetime.combine(frozen, datetime.min.time(), UTC)
        values["sha256"] = f"{year:064}"
        made = self.connection.execute(sa.insert(table).values(values))
        return int((made.inserted_primary_key or (0,))[0])

    def _given(self) -> dict[tuple[int, str, int], int]:
        rows = self.connection.execute(sa.select(Counter.__table__))
        return {(row.office_id, row.register, row.year): row.n for row in rows}

    def _raise_counters(self, taken: set[tuple[int, str, int]]) -> None:
        for (office_id, register, year), n in self.counts.items():
            key = {"office_id": office_id, "register": register, "year": year}
            table = Base.metadata.tables[Counter.__tablename__]
            if (office_id, register, year) in taken:
                here = sa.and_(*(table.c[name] == value for name, value in key.items()))
                self.connection.execute(sa.update(table).where(here).values(n=n))
            else:
                self.connection.execute(sa.insert(table).values(**key, n=n))
