"""The commands of whoever runs the machine."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from backoffice import accounts, schema
from backoffice.cli import main
from backoffice.cli_words import FAULTS
from backoffice.database import make_engine
from models import Decision, Disposition, Leave, Meeting, User

KEY = "3f1c9a7be5d2460f8a11c0de77ab94e2"


def run(*arguments: str, given: str | None = None, **environ: str) -> Result:
    return CliRunner().invoke(main, arguments, input=given, env=environ)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, empty; the machine's environment does not reach in."""
    for name in ("DATABASE_URL", "SECRET_KEY", "PARAF_MODE", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def users(home: Path) -> list[tuple[str, bool, bool]]:
    engine = make_engine(f"sqlite:///{home}/paraf.db")
    with engine.connect() as connection:
        asked = sa.select(User.username, User.system_admin, User.demo)
        rows = [(row.username, row.system_admin, row.demo) for row in connection.execute(asked)]
    engine.dispose()
    return rows


def told_by(home: Path) -> dict[str, int]:
    """What the demo tells beside its cases: how much of each."""
    asked = {
        "reported": Disposition.reported_at.is_not(None) & Disposition.ended_at.is_(None),
        "recalled": Disposition.recalled_at.is_not(None),
        "passed on": Disposition.parent_id.is_not(None)
        & Disposition.incoming_letter_id.is_not(None),
        "minutes": Meeting.minuted_at.is_not(None),
        "to come": Meeting.starts_at > datetime.now(UTC),
        "decided": Decision.disposition_id.is_not(None),
        "Plh": Leave.substitute_id.is_not(None) & (Leave.until_at > datetime.now(UTC)),
    }
    engine = make_engine(f"sqlite:///{home}/paraf.db")
    with engine.connect() as connection:
        found = {
            name: connection.scalar(sa.select(sa.func.count()).where(rule)) or 0
            for name, rule in asked.items()
        }
    engine.dispose()
    return found


def test_migrate_makes_the_database_and_may_be_repeated(home: Path) -> None:
    assert run("migrate").exit_code == 0
    assert run("migrate").exit_code == 0
    assert schema.revision_of(f"sqlite:///{home}/paraf.db") == schema.head()


def test_the_first_administrator_is_made_on_the_command_line(home: Path) -> None:
    run("migrate")

    done = run("create-admin", "Oka", given="sepeda-biru-27\nsepeda-biru-27\n")

    assert done.exit_code == 0, done.output
    assert "sepeda" not in done.output
    assert users(home) == [("oka", True, False)]


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("1234", "Kata sandi terlalu pendek."),
        ("oka-dan-sepeda", "Kata sandi memuat nama pengguna"),
        ("katasandi123", "Kata sandi terlalu mudah ditebak."),
    ],
)
def test_a_weak_password_makes_no_administrator_and_the_rule_is_said(
    home: Path, password: str, fault: str
) -> None:
    run("migrate")

    done = run("create-admin", "oka", given=f"{password}\n{password}\n")

    assert done.exit_code == 1
    assert f"Akun tidak dibuat. {fault}" in done.output
    assert "10 sampai 200 huruf" in done.output
    assert users(home) == []


def test_every_fault_of_an_account_is_said_in_words() -> None:
    source = Path(accounts.__file__).read_text(encoding="utf-8")
    made = source.split("def create_system_admin")[0].split("def password_fault")[1]
    codes = set(re.findall(r'return "(password_\w+)"', made))

    assert codes == {code for code in FAULTS if code.startswith("password_")}
    assert {"username_taken", "username_form"} <= FAULTS.keys()


def test_tidying_says_how_much_it_removed(home: Path) -> None:
    run("migrate")

    assert "0 lampiran yang tidak dipakai dihapus." in run("tidy").output


def test_a_command_on_an_empty_database_says_what_to_do(home: Path) -> None:
    home.mkdir()

    done = run("create-admin", "oka", given="sepeda-biru-27\nsepeda-biru-27\n")

    assert done.exit_code == 1
    assert "backoffice migrate" in done.output


def test_a_copy_goes_out_and_comes_back(home: Path, tmp_path: Path) -> None:
    run("migrate")
    folder = str(tmp_path / "salinan")

    assert "tersimpan" in run("backup", folder).output
    assert "tidak kosong" in run("backup", folder).output
    assert "sudah dikembalikan" in run("restore", folder).output


def test_production_gets_no_demo_and_no_easy_key(home: Path) -> None:
    production = {"PARAF_MODE": "production", "PUBLIC_URL": "https://paraf.kota.go.id"}

    refused = run("demo", SECRET_KEY=KEY, **production)
    assert refused.exit_code == 1
    assert "mode production" in refused.output
    assert "SECRET_KEY" in run("migrate", SECRET_KEY="rahasia", **production).output
    assert not (home / "paraf.db").exists()


@pytest.mark.slow
def test_the_demo_is_built_once_and_production_never_starts_on_it(home: Path) -> None:
    first, second = run("demo"), run("demo")

    assert first.exit_code == 0, first.output
    assert "sekali saja" in first.output
    assert "sekali saja" not in second.output
    assert "petugas-pengaduan.dukcapil" in second.output
    assert len(users(home)) > 20
    assert all(demo for _name, _admin, demo in users(home))
    assert "Plh. Kepala Bagian Kesejahteraan Rakyat" in second.output
    assert all(told_by(home).values()), told_by(home)

    production = {"PARAF_MODE": "production", "PUBLIC_URL": "https://paraf.kota.go.id"}
    refused = run("sop", "list", SECRET_KEY=KEY, **production)
    assert "akun contoh" in refused.output


def test_an_interrupted_demo_leaves_nothing_half_done(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from seed import demo

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "build", fail)

    assert run("demo").exit_code != 0
    assert not (home / "paraf.db").exists()
