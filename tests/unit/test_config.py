"""The product starts only with settings that are safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.config import ConfigError, Settings, database_url

KEY = "3f1c9a7be5d2460f8a11c0de77ab94e2"
PRODUCTION = {
    "PARAF_MODE": "production",
    "SECRET_KEY": KEY,
    "PUBLIC_URL": "https://paraf.kota.go.id/",
    "DATABASE_URL": "postgres://paraf:rahasia@db/paraf",
}


def test_a_demo_needs_nothing_and_keeps_its_key(tmp_path: Path) -> None:
    first, second = (Settings.from_environ({"DATA_DIR": str(tmp_path)}) for _ in range(2))

    assert first == second
    assert len(first.secret_key) == 64
    assert first.database_url == f"sqlite:///{tmp_path}/paraf.db"
    assert not first.production


def test_production_takes_what_it_is_given() -> None:
    settings = Settings.from_environ(PRODUCTION | {"TRUSTED_HOSTS": "paraf.lan, 10.0.0.5"})

    assert settings.production
    assert settings.https
    assert settings.database_url == "postgresql+psycopg://paraf:rahasia@db/paraf"
    assert settings.hosts == ["paraf.kota.go.id", "paraf.lan", "10.0.0.5"]


@pytest.mark.parametrize(
    "key", ["", KEY[:31], "a" * 64, "change-me-" + KEY, "ganti-" + KEY, "Contoh-" + KEY]
)
def test_production_refuses_a_key_that_somebody_could_guess(key: str) -> None:
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        Settings.from_environ(PRODUCTION | {"SECRET_KEY": key})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARAF_MODE", "produksi"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "paraf.kota.go.id"),
        ("DATABASE_URL", "mysql://paraf"),
        ("IDLE_MINUTES", "0"),
        ("IDLE_MINUTES", "satu jam"),
        ("MAX_CONTENT_LENGTH", "-1"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Settings.from_environ(PRODUCTION | {name: value})


def test_a_relative_file_lies_beside_the_program_wherever_it_is_started_from() -> None:
    assert database_url("sqlite:///var/x.db").endswith("/var/x.db")
    assert Path(database_url("sqlite:///var/x.db").removeprefix("sqlite:///")).is_absolute()


SMTP = {"SMTP_HOST": "mail.kota.go.id", "SMTP_FROM": "dinas@kota.go.id"}


def test_a_mail_server_needs_little_and_its_line_is_closed_unless_somebody_says_otherwise() -> None:
    assert Settings.from_environ(PRODUCTION).mail is None
    found = Settings.from_environ(PRODUCTION | SMTP).mail
    assert found is not None
    assert (found.host, found.port, found.security) == ("mail.kota.go.id", 587, "starttls")
    login = {"SMTP_USER": "dinas", "SMTP_PASSWORD": "rahasia-sekali", "SMTP_TLS": "tls"}
    found = Settings.from_environ(PRODUCTION | SMTP | login).mail
    assert found is not None
    assert (found.port, found.user) == (465, "dinas")
    assert "rahasia-sekali" not in repr(found)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SMTP_FROM": "dinas@kota.go.id"}, "SMTP_HOST"),
        ({"SMTP_HOST": "mail.kota.go.id"}, "SMTP_FROM"),
        (SMTP | {"SMTP_FROM": "dinas@kota.go.id\nBcc: lain@x.id"}, "SMTP_FROM"),
        (SMTP | {"SMTP_USER": "dinas"}, "SMTP_PASSWORD"),
        (SMTP | {"SMTP_TLS": "ya"}, "SMTP_TLS"),
        (SMTP | {"SMTP_USER": "d", "SMTP_PASSWORD": "p", "SMTP_TLS": "none"}, "SMTP_TLS"),
        (SMTP | {"SMTP_PORT": "smtp"}, "SMTP_PORT"),
    ],
)
def test_half_of_a_mail_server_is_told_before_anything_starts(
    given: dict[str, str], name: str
) -> None:
    with pytest.raises(ConfigError, match=name):
        Settings.from_environ(PRODUCTION | given)
