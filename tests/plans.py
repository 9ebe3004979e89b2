"""How a database answers a statement, and what in that would grow with the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy.engine import Connection

from views.scoped import MOST_COUNTED

BIG = frozenset(
    (
        "assignments",
        "attachments",
        "case_events",
        "cases",
        "dispositions",
        "incoming_letters",
        "letters",
        "parties",
        "register_entries",
    )
)
# As far as a count goes: a thousand complaints lie among four or five thousand cases of all kinds.
MOST_READ = 6 * MOST_COUNTED
# What an index finds at once: one row, the rows of one case, what lies open on a desk, be it a
# case (left_at) or a disposition (ended_at).
BOUNDED = re.compile(r"\b(rowid|id|case_id|letter_id|incoming_letter_id|left_at|ended_at)=\?")
WAYS_OF_SMALL_TABLES = ("seqscan", "bitmapscan")


def faults(connection: Connection, statement: str, values: Any) -> list[str]:
    """Where a table with an archive in it is read or sorted further than a page can need."""
    if connection.dialect.name == "sqlite":
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        return list(sqlite_faults([(step.parent, step.detail) for step in steps]))
    # For a thousand cases PostgreSQL may rightly read a table of this size whole. What
    # must be there is the way it takes when the table is a hundred times as large.
    for name in WAYS_OF_SMALL_TABLES:
        connection.exec_driver_sql(f"SET LOCAL enable_{name} = off")
    explained = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    plan = connection.exec_driver_sql(explained, values).scalar_one()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return list(postgresql_faults(plan[0]["Plan"]))


def sqlite_faults(steps: list[tuple[int, str]]) -> Iterator[str]:
    """Scans without an index's help, and sorts of what an index does not hold in bounds."""
    for parent, detail in steps:
        if detail.startswith("SCAN ") and table(detail) in BIG:
            yield detail
        # Remembering what was given out ends with the page; so does a last term of an order.
        if detail == "USE TEMP B-TREE FOR ORDER BY":
            beside = [one for above, one in steps if above == parent and one.startswith("SEARCH ")]
            wide = [one for one in beside if table(one) in BIG]
            if wide and not any(BOUNDED.search(one) for one in wide):
                yield f"{detail}: {'; '.join(wide)}"


def table(detail: str) -> str:
    """The table a step reads; SQLAlchemy numbers what stands twice in a statement."""
    return re.sub(r"_\d+$", "", detail.split()[1])


def postgresql_faults(node: dict[str, Any]) -> Iterator[str]:
    """Nodes that read whole tables, or read or sorted more than a page can need."""
    kind, name = node["Node Type"], node.get("Relation Name", "")
    rows = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    if kind == "Seq Scan" and name in BIG:
        yield f"reads all of {name}"
    elif ("Scan" in kind or "Sort" in kind) and rows > MOST_READ:
        yield f"{kind} {name} {node.get('Index Name', '')}: {rows:.0f} rows"
    for child in node.get("Plans", ()):
        yield from postgresql_faults(child)
