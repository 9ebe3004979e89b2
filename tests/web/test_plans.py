"""No list grows with the archive: the plan of every statement of every list, filter and order.

What stands behind a page is caught on its way to the database and explained there with its own
values. Search is held by a cap on its hits and not asked here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from models import db
from tests import plans
from tests.archive import Archive
from tests.client import OfficeClient
from tests.town import NOW
from views.flat import FlatList

SIZE = 48_000  # cases, half of them in another office
READERS = ("desk", "head", "auditor")  # one post; a unit beneath; the whole office
# A channel has no index of its own: it is looked for along one desk or one kind.
RESIDUAL = "_saluran="
# What the question is there to find.
UNBOUNDED = (
    "SELECT id FROM cases WHERE subject = 'x'",
    "SELECT id FROM cases WHERE office_id = 1 ORDER BY channel LIMIT 50",
)


@pytest.fixture
def archive(app: Flask, session: Session) -> Archive:
    """Two offices full of cases."""
    app.config["NOW"] = lambda: NOW
    return Archive(SIZE)


def addresses(app: Flask) -> Iterator[str]:
    """The inbox and every list of cases, letters and dispositions, however it is narrowed."""
    yield "/"
    for view in app.extensions["admin"][0]._views:
        if isinstance(view, FlatList):
            yield from (f"/{view.slug}/{asked}" for asked in narrowings(view))  # type: ignore[attr-defined]


def narrowings(view: Any) -> Iterator[str]:
    """The arguments by which a list is filtered, turned round and paged."""
    yield from ("", "?page=3", f"?before={SIZE // 2}")
    for index, _column in enumerate(view._sortable_columns or ()):
        yield from (f"?sort={index}", f"?sort={index}&desc=1")
    for index, rule in enumerate(view._filters or ()):
        yield from (f"?flt{index}_{rule.arg}={value}" for value in rule.words())


@contextmanager
def caught() -> Iterator[dict[tuple[str, str], Any]]:
    """The statements that read meanwhile, each with its values."""
    found: dict[tuple[str, str], Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            found[statement, repr(values)] = values

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield found
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_no_list_filter_or_order_reads_or_sorts_the_archive(
    app: Flask, client: OfficeClient, archive: Archive
) -> None:
    with app.test_request_context():
        tried = [one for one in addresses(app) if RESIDUAL not in one]
    sent: dict[tuple[str, str], tuple[str, str]] = {}
    values: dict[tuple[str, str], Any] = {}
    for reader in READERS:
        client.log_in(archive.users[reader])
        for address in tried:
            with caught() as found:
                status = client.get(address).status_code
            # The book of letters is not for everybody; who sees the whole office opens every list.
            assert status == 200 or (status == 403 and reader != "auditor"), address
            values |= found
            sent |= {key: (reader, address) for key in found if key not in sent}
    assert len(tried) > 40
    wrong = {}
    with db.engine.connect() as connection:
        for key, one in values.items():
            if grown := plans.faults(connection, key[0], one):
                wrong[sent[key]] = grown
        missed = [one for one in UNBOUNDED if not plans.faults(connection, one, ())]
    assert wrong == {}
    assert missed == []
