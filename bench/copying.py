"""Copying the rows of a case: new ids, moved times, every reference inside the case kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from models import Base

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Link = tuple[str, str, int]  # column, table referred to, place among that table's rows


@dataclass(frozen=True, slots=True)
class Source:
    """One row to copy: its times and its references are known beforehand."""

    values: Row
    times: tuple[str, ...]
    links: tuple[Link, ...]


def tables_of_cases() -> list[sa.Table]:
    """`cases` and every table whose rows belong to one, parents first."""
    found: list[sa.Table] = []
    for table in Base.metadata.sorted_tables:
        parents = {key.column.table.name for key in table.foreign_keys}
        if table.name == "cases" or parents & {one.name for one in found}:
            found.append(table)
    return found


class Copier:
    """Reads walked cases and makes rows like theirs."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.tables = tables_of_cases()
        self.next_id = {table.name: self._last_id(table) + 1 for table in self.tables}

    def _last_id(self, table: sa.Table) -> int:
        return self.connection.scalar(sa.select(sa.func.max(table.c.id))) or 0

    # -- reading ------------------------------------------------------------------------------

    def read(self, case_id: int) -> dict[str, list[Source]]:
        """The rows of a case, ready to be copied."""
        rows: Rows = {}
        for table in self.tables:
            rows[table.name] = [
                dict(row._mapping)
                for row in self.connection.execute(self._own(table, case_id, rows))
            ]
        places = {
            name: {row["id"]: place for place, row in enumerate(found)}
            for name, found in rows.items()
        }
        return {
            table.name: [self._source(table, row, places) for row in rows[table.name]]
            for table in self.tables
        }

    def _own(self, table: sa.Table, case_id: int, rows: Rows) -> sa.Select[Any]:
        query = sa.select(table).order_by(table.c.id)
        if table.name == "cases":
            return query.where(table.c.id == case_id)
        if "case_id" in table.c:
            return query.where(table.c.case_id == case_id)
        column, parent = next(
            (key.parent, key.column.table.name)
            for key in table.foreign_keys
            if key.column.table.name in rows
        )
        return query.where(column.in_([row["id"] for row in rows[parent]]))

    def _source(self, table: sa.Table, row: Row, places: dict[str, dict[int, int]]) -> Source:
        links = tuple(
            (key.parent.name, name, places[name][row[key.parent.name]])
            for key in table.foreign_keys
            if (name := key.column.table.name) in places and row[key.parent.name] in places[name]
        )
        times = tuple(name for name, value in row.items() if isinstance(value, date))
        return Source(row, times, links)

    # -- copying ------------------------------------------------------------------------------

    def copy(self, source: dict[str, list[Source]], shift: timedelta) -> Rows:
        """The same rows as those of a new case, `shift` later."""
        start = {name: self.next_id[name] for name in source}
        copies = {
            name: list(self._rows(name, found, start, shift)) for name, found in source.items()
        }
        for name, found in source.items():
            self.next_id[name] += len(found)
        moved = _moved(source, start)
        for event in copies["case_events"]:
            event["data"] = moved(event["data"])
        return copies

    def _rows(
        self, name: str, found: list[Source], start: dict[str, int], shift: timedelta
    ) -> Iterator[Row]:
        for place, one in enumerate(found):
            row = {**one.values, "id": start[name] + place}
            for column in one.times:
                row[column] += shift
            for column, table, there in one.links:
                row[column] = start[table] + there
            yield row

    # -- writing ------------------------------------------------------------------------------

    def insert(self, rows: Rows) -> None:
        """Write the rows of many cases, parents first."""
        for table in self.tables:
            if rows.get(table.name):
                self.connection.execute(sa.insert(table), rows[table.name])


def _moved(source: dict[str, list[Source]], start: dict[str, int]) -> Any:
    """How the ids in the remembered state of an event become those of the copy."""

    def ids(table: str) -> dict[int, int]:
        found = source.get(table, ())
        return {one.values["id"]: start[table] + place for place, one in enumerate(found)}

    desks, rows = ids("assignments"), ids("recapitulation_rows")

    def moved(data: Row) -> Row:
        before = data.get("before")
        if not before:
            return data
        state = {**before, "open": [desks[one] for one in before["open"]]}
        state["row_id"] = rows.get(before["row_id"])
        return {**data, "before": state}

    return moved
