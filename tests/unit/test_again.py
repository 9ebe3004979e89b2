"""What the tests begin with: a case told again is the one that was walked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from models import Base, Office, db
from seed.walking import Story
from tests import factories, products, servers
from tests.statements import counted

TWICE = Story(columns={"subject": "Diceritakan dua kali"})
Begun = Callable[[], AbstractContextManager[Office]]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database; this test makes two of it."""
    kind: str = request.param
    return kind


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    tables = Base.metadata.sorted_tables
    rows = {one.name: db.session.execute(sa.select(*one.c)).all() for one in tables}
    return {name: sorted(map(repr, found)) for name, found in rows.items()}


@pytest.fixture
def begun(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> Callable[[], AbstractContextManager[Office]]:
    """An office at work in a database of its own, again and again."""
    server = request.getfixturevalue(f"{database}_server")

    @contextmanager
    def begin() -> Iterator[Office]:
        with server.fresh(staffed=True) as url:
            settings = servers.settings_of(url, tmp_path)
            with products.borrowed(settings) as app, app.app_context():
                yield factories.office_of("disdukcapil")

    return begin


def asked(office: Office, code: str, step: str) -> int:
    """How much is read from the database for another case."""
    with counted() as statements:
        case = factories.make_case(office, code, step, story=TWICE)
    assert (case.procedure_version.code, case.step) == (code, step)
    return sum(one.startswith("SELECT") for one in statements)


def test_a_case_told_again_is_row_for_row_the_one_that_was_walked(begun: Begun) -> None:
    found, read = [], []
    for _time in range(2):
        with begun() as office:
            read.append(asked(office, "pengaduan-menengah", "pemeriksaan"))
            read.append(asked(office, "pengaduan-kecil", "arahan"))
            found.append(everything())

    assert found[1] == found[0]
    assert max(read[2:]) < 5 < min(read[:2])


def test_where_something_else_was_written_a_case_is_walked(begun: Begun) -> None:
    read = []
    for name in ("", "", "Citra Percontohan"):
        with begun() as office:
            if name:
                factories.user_of(office, "kadis").name = name
                db.session.commit()
            read.append(asked(office, "pengaduan-umum", "arahan"))

    assert read[1] < 5 < min(read[0], read[2])
