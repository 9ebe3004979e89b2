"""Settings from the environment, read once, checked at start and frozen."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from backoffice.mail import MailServer, Security

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32
EXAMPLES = ("ganti", "contoh", "change", "example", "secret", "rahasia", "password", "dev")
MEGABYTE = 1024 * 1024
PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
_EMAIL = re.compile(r"[^@\s<>,;\"]+@[A-Za-z0-9.-]+")


class ConfigError(Exception):
    """The product does not start; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation may choose. `production` refuses what a demo may do."""

    database_url: str
    secret_key: str
    data_dir: Path
    public_url: str = "http://127.0.0.1:8000"
    production: bool = False
    trusted_hosts: tuple[str, ...] = ()
    idle_minutes: int = 60
    proxies: int = 0
    language: str = "id"
    max_content_length: int = 60 * MEGABYTE
    max_attachment: int = 10 * MEGABYTE
    pg_bin: str = ""  # the folder of pg_dump and pg_restore, where it is not on the PATH
    hash_time: int = 3
    hash_memory: int = 65536  # KiB of argon2
    mail: MailServer | None = None  # None: clerks send e-mails themselves

    @property
    def files(self) -> Path:
        """The folder of attachments, named by their content."""
        return self.data_dir / "files"

    @property
    def public_address(self) -> str | None:
        """Where citizens reach the installation; None for one that only this machine reaches."""
        here = urlsplit(self.public_url).hostname in {"127.0.0.1", "localhost", "::1"}
        return None if here else self.public_url

    @property
    def https(self) -> bool:
        """Whether people reach the product over an encrypted line."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def hosts(self) -> list[str]:
        """The names under which the product answers; any other Host header is refused."""
        named = urlsplit(self.public_url).hostname
        own = [named] if named else []
        return [*own, *self.trusted_hosts, *([] if self.production else ["127.0.0.1", "localhost"])]

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the environment; `ConfigError` says which variable is wrong."""
        env = os.environ if environ is None else environ
        production = _mode(env.get("PARAF_MODE", "demo"))
        data_dir = Path(env.get("DATA_DIR") or ROOT / "var").resolve()
        return cls(
            database_url=database_url(env.get("DATABASE_URL") or f"sqlite:///{data_dir}/paraf.db"),
            secret_key=_secret_key(env.get("SECRET_KEY", ""), production, data_dir),
            data_dir=data_dir,
            public_url=_public_url(env.get("PUBLIC_URL", ""), production),
            production=production,
            trusted_hosts=tuple(env.get("TRUSTED_HOSTS", "").replace(",", " ").split()),
            idle_minutes=_number(env, "IDLE_MINUTES", 60, least=1),
            proxies=_number(env, "PROXIES", 0, least=0),
            language=env.get("PARAF_LANGUAGE", "id"),
            max_content_length=_number(env, "MAX_CONTENT_LENGTH", 60 * MEGABYTE, least=MEGABYTE),
            pg_bin=env.get("PARAF_PG_BIN", ""),
            max_attachment=_number(env, "MAX_ATTACHMENT", 10 * MEGABYTE, least=1024),
            mail=_mail_server(env),
        )


def database_url(text: str) -> str:
    """The address with our driver named, as SQLAlchemy wants it; a relative file is a fault."""
    for prefix in ("postgres://", "postgresql://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text.removeprefix(prefix)
    if text.startswith("sqlite:///") and not text.startswith("sqlite:////"):
        return f"sqlite:///{ROOT / text.removeprefix('sqlite:///')}"
    if text.startswith(("sqlite:", "postgresql+psycopg:")):
        return text
    raise ConfigError("DATABASE_URL harus dimulai dengan sqlite:/// atau postgresql://")


def _mode(text: str) -> bool:
    if text not in {"demo", "production"}:
        raise ConfigError("PARAF_MODE harus demo atau production")
    return text == "production"


def _number(env: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or int(text) < least:
        raise ConfigError(f"{name} harus bilangan bulat, paling sedikit {least}")
    return int(text)


def _mail_server(env: Mapping[str, str]) -> MailServer | None:
    """The mail server of the office; a half of its settings is a fault, not silence."""
    host, sender = env.get("SMTP_HOST", "").strip(), env.get("SMTP_FROM", "").strip()
    user, password = env.get("SMTP_USER", "").strip(), env.get("SMTP_PASSWORD", "")
    if not host:
        if sender or user or password:
            raise ConfigError("SMTP_HOST wajib diisi bila pos-el dikirim dari sini")
        return None
    if not _EMAIL.fullmatch(sender):
        raise ConfigError("SMTP_FROM wajib diisi dengan alamat pos-el, misalnya dinas@kota.go.id")
    security = _security(env.get("SMTP_TLS") or Security.STARTTLS)
    if bool(user) != bool(password):
        raise ConfigError("SMTP_USER dan SMTP_PASSWORD diisi keduanya, atau tidak keduanya")
    if user and security is Security.NONE:
        raise ConfigError("SMTP_TLS harus starttls atau tls: kata sandi tidak dikirim terbuka")
    port = _number(env, "SMTP_PORT", PORTS[security], least=1)
    return MailServer(
        host=host, port=port, sender=sender, user=user, password=password, security=security
    )


def _security(text: str) -> Security:
    if text not in set(Security):
        raise ConfigError("SMTP_TLS harus starttls, tls, atau none")
    return Security(text)


def _public_url(text: str, production: bool) -> str:
    url = text.rstrip("/") or "http://127.0.0.1:8000"
    if production and not text:
        raise ConfigError("PUBLIC_URL wajib diisi, misalnya https://paraf.kota.go.id")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ConfigError("PUBLIC_URL harus alamat lengkap, misalnya https://paraf.kota.go.id")
    return url


def _secret_key(text: str, production: bool, data_dir: Path) -> str:
    if not production:
        return text or _kept_key(data_dir)
    if len(text) < SHORTEST_KEY or len(set(text)) < 10 or text.lower().startswith(EXAMPLES):
        raise ConfigError(
            f"SECRET_KEY wajib diisi dengan {SHORTEST_KEY} tanda acak atau lebih; buatlah dengan "
            'python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    return text


def _kept_key(data_dir: Path) -> str:
    """The demo's own key: made once, so that a restart logs nobody out."""
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # The file appears complete or not at all: two workers may start at once.
        draft = data_dir / f"secret_key.{os.getpid()}"
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
