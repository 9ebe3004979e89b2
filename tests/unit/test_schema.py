"""From empty to the schema of the models on both databases, which then hold their own rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from backoffice import schema
from backoffice.app import create_app
from backoffice.config import ConfigError, Settings
from backoffice.database import WRITE, make_engine
from backoffice.search import hits
from models import (
    Assignment,
    CaseEvent,
    Complaint,
    EventKind,
    Holding,
    Office,
    Party,
    Post,
    ProcedureVersion,
    User,
    VersionState,
)
from tests.town import Town

NOW = datetime(2026, 1, 13, 1, 0, tzinfo=UTC)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """The migrated database, without an application."""
    made = make_engine(database)
    yield made
    made.dispose()


@pytest.fixture
def history(session: Any) -> Any:
    """A published SOP, and a case with one event in its history."""
    office = Office(key="dukcapil", name=["Dinas"], government="Kota", timezone="Asia/Jakarta")
    post = Post(office=office, key="loket", title="Petugas Loket")
    ani = User(office=office, username="ani", name="Ani", password_hash="-")
    sop = ProcedureVersion(
        office=office, code="umum", version=1, title="Umum", kind="complaint",
        state=VersionState.PUBLISHED, source_text="steps: []", sha256="0" * 64,
    )  # fmt: skip
    session.add_all([post, ani, sop])
    session.flush()
    case = Complaint(
        office=office, procedure_version=sop, step="receive", opened_at=NOW, search_text=""
    )
    session.add(case)
    session.flush()
    session.add(
        CaseEvent(
            case=case,
            seq=1,
            kind=EventKind.OPENED,
            step="receive",
            user=ani,
            post=post,
            recorded_at=NOW,
            happened_at=NOW,
        )
    )
    session.commit()
    return session


def test_models_and_migrations_tell_the_same(engine: Engine) -> None:
    schema.differences(engine)


def test_the_way_down_leaves_nothing_and_the_way_up_works_again(engine: Engine) -> None:
    with engine.connect() as connection:
        command.downgrade(schema.config_for(connection), "base")
        connection.commit()
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}

    schema.upgrade(engine)
    schema.differences(engine)


def test_an_archive_of_an_earlier_version_is_brought_up_to_date_and_loses_nothing(
    history: Any, engine: Engine
) -> None:
    history.remove()
    with engine.connect() as connection, schema.tables_may_be_remade(connection):
        command.downgrade(schema.config_for(connection), "0002")
        connection.commit()

    schema.upgrade(engine)

    assert history.scalar(sa.select(sa.func.count(CaseEvent.id))) == 1
    history.execute(sa.text("UPDATE cases SET search_text = 'pagar'"))
    if engine.dialect.name == "sqlite":
        found = "SELECT rowid FROM case_search WHERE case_search MATCH 'pagar'"
        assert len(history.execute(sa.text(found)).all()) == 1
    with pytest.raises(IntegrityError, match="cannot"):
        history.execute(sa.text("DELETE FROM case_events"))


def test_a_case_of_an_earlier_version_is_found_by_the_end_of_a_telephone(
    history: Any, engine: Engine
) -> None:
    case = history.scalars(sa.select(Complaint)).one()
    case.search_text = "fitri 08123456789"
    history.add(Party(case=case, role="reporter", name="Fitri", telephone="+62 812-3456-789"))
    history.commit()
    history.remove()
    with engine.connect() as connection:
        command.downgrade(schema.config_for(connection), "0003")
        connection.commit()

    schema.upgrade(engine)

    told = history.scalars(sa.select(Complaint.search_text)).one()
    assert told == "fitri 08123456789 qx98765432180"
    assert history.scalars(hits("6789", history)).all() == [1]


def test_in_a_confidential_case_of_an_earlier_version_nobody_sees_more_than_before(
    session: Any, engine: Engine
) -> None:
    town = Town()
    hidden = town.procedure("anak", confidential=True)
    for sop in (hidden, town.sop):
        case = town.case(town.desk, town.director, town.head, sop=sop)
        town.dispose(case, town.director, town.head, town.user(f"citra-{sop.code}"), hours=2)
    session.commit()
    session.remove()
    with engine.connect() as connection:
        command.downgrade(schema.config_for(connection), "0004")
        connection.commit()

    schema.upgrade(engine)

    desks = session.scalars(sa.select(Assignment).order_by(Assignment.id)).all()
    assert [desk.lost for desk in desks] == [True, False, False, False, False, False]


def test_days_of_an_earlier_version_begin_and_end_with_midnight_on_the_clock_of_the_office(
    session: Any, engine: Engine
) -> None:
    town = Town()
    town.office.timezone = "Asia/Jayapura"  # WIT: 9 hours ahead of UTC
    ani = town.user("ani")
    began, ended = datetime(2026, 1, 13, 20, tzinfo=UTC), datetime(2026, 1, 14, 3, tzinfo=UTC)
    town.hold(ani, town.desk, from_at=began, until_at=ended)  # 14 January, 05.00 to 12.00
    town.hold(ani, town.head, from_at=began)
    session.commit()
    session.remove()
    with engine.connect() as connection, schema.tables_may_be_remade(connection):
        command.downgrade(schema.config_for(connection), "0006")
        connection.commit()
        days = connection.execute(sa.text("SELECT from_on, until_on FROM holdings ORDER BY id"))
        assert [tuple(str(one) for one in row) for row in days] == [
            ("2026-01-14", "2026-01-14"), ("2026-01-14", "None"),
        ]  # fmt: skip

    schema.upgrade(engine)

    first, second = session.scalars(sa.select(Holding).order_by(Holding.id)).all()
    midnight = datetime(2026, 1, 13, 15, tzinfo=UTC)
    assert (first.from_at, first.until_at) == (midnight, midnight + timedelta(days=1))
    assert (second.from_at, second.until_at, second.letter_number) == (midnight, None, "")
    schema.differences(engine)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedure_versions SET title = 'lain'",
        "UPDATE procedure_versions SET state = 'draft'",
        "UPDATE procedure_versions SET findings = NULL",
        "DELETE FROM procedure_versions",
        "UPDATE case_events SET note = 'lain'",
        "DELETE FROM case_events",
    ],
)
def test_what_is_published_or_has_happened_cannot_be_changed(history: Any, statement: str) -> None:
    with pytest.raises(IntegrityError, match="cannot"):
        history.execute(sa.text(statement))


def test_a_draft_may_be_edited_published_and_thrown_away(history: Any) -> None:
    published = history.scalars(sa.select(ProcedureVersion)).one()
    draft = ProcedureVersion(
        office=published.office, code="umum", version=2, title="Umum", kind="complaint",
        source_text="", sha256="1" * 64,
    )  # fmt: skip
    history.add(draft)
    history.commit()
    draft.title = "Pengaduan umum"
    history.commit()
    history.delete(draft)
    history.commit()

    assert history.scalars(sa.select(ProcedureVersion.version)).all() == [1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases SET status = 'selesai'",
        "UPDATE cases SET status = 'closed'",
        "UPDATE cases SET version = 0",
        "UPDATE cases SET office_id = 99",
        "DELETE FROM offices",
        "UPDATE users SET username = NULL",
    ],
)
def test_the_database_itself_refuses_nonsense(history: Any, statement: str) -> None:
    with pytest.raises(IntegrityError):
        history.execute(sa.text(statement))


def test_values_of_rows_are_in_no_message_of_an_error(history: Any) -> None:
    with pytest.raises(IntegrityError) as told:
        history.execute(
            sa.text("INSERT INTO users (username, name) VALUES ('ani', :nik)"),
            {"nik": "3174095501900001"},
        )
    assert "3174095501900001" not in str(told.value).split("DETAIL")[0]


def test_two_who_read_first_and_write_later_wait_for_each_other(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/x.db")
    schema.upgrade(engine)
    sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 10"))
    engine.dispose()
    count = sa.text("SELECT count(*) FROM users")
    with engine.connect() as first, engine.connect() as second, engine.connect() as reader:
        first.execution_options(**{WRITE: True}).execute(count)

        assert reader.execute(count).scalar() == 0
        # The second one is stopped at BEGIN, not in the middle of its work.
        with pytest.raises(OperationalError, match="locked"):
            second.execution_options(**{WRITE: True}).execute(count)
    engine.dispose()


@pytest.mark.sqlite
def test_sqlite_is_durable_checked_and_patient(engine: Engine) -> None:
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]

    assert values == ["wal", 2, 1, 30_000]


# -- start -----------------------------------------------------------------------------------


def production(settings: Settings) -> Settings:
    return replace(settings, production=True, public_url="https://paraf.kota.go.id")


def test_production_starts_on_a_migrated_database_without_demo_accounts(
    settings: Settings,
) -> None:
    app = create_app(production(settings))

    assert app.config["SESSION_COOKIE_SECURE"]


def test_production_does_not_start_while_a_demo_account_exists(
    settings: Settings, engine: Engine
) -> None:
    with engine.begin() as connection:
        connection.execute(
            sa.insert(User).values(username="ani", name="Ani", password_hash="-", demo=True)
        )

    with pytest.raises(ConfigError, match="akun contoh"):
        create_app(production(settings))


@pytest.mark.parametrize(
    ("revision", "sentence"), [("0001", "backoffice migrate"), ("zz99", "lebih baru")]
)
def test_an_older_and_a_newer_schema_are_refused(
    settings: Settings, engine: Engine, revision: str, sentence: str
) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :r"), {"r": revision})

    with pytest.raises(ConfigError, match=sentence):
        create_app(settings)
