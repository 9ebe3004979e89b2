"""The command `backoffice`: what is done beside the screens, by whoever runs the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import sqlalchemy as sa

from backoffice import accounts, backup, jobs, schema, tidy, working
from backoffice.app import create_app
from backoffice.cli_letter import letter
from backoffice.cli_sop import office_of, sop
from backoffice.cli_takeover import takeover
from backoffice.cli_words import account_faults
from backoffice.config import ConfigError, Settings
from backoffice.database import is_sqlite, make_engine
from backoffice.dump import BackupError
from backoffice.errors import Incomplete
from models import Office, ProcedureVersion, db


@click.group()
def main() -> None:
    """Paraf: kantor yang bekerja menurut SOP-nya."""


main.add_command(letter)
main.add_command(sop)
main.add_command(takeover)


@contextmanager
def environment() -> Iterator[Settings]:
    """The settings; a fault of the machine is told in one sentence, without a traceback."""
    try:
        yield Settings.from_environ()
    except (ConfigError, BackupError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def product() -> Iterator[Settings]:
    """The settings within the application's context: for commands that read or write rows."""
    with environment() as settings, create_app(settings).app_context():
        yield settings


@main.command()
def migrate() -> None:
    """Bawa basis data ke skema program ini."""
    with environment() as settings:
        _migrate(settings)


@main.command()
def demo() -> None:
    """Siapkan instansi contoh satu kali, lalu tampilkan akunnya."""
    from seed import demo as offices

    with environment() as settings:
        if settings.production:
            raise click.ClickException("Contoh tidak dipasang dalam mode production.")
        file = sa.engine.make_url(settings.database_url).database or ""
        if is_sqlite(settings.database_url) and not Path(file).exists():
            # Interrupted half-way, it leaves no half of an office behind.
            draft = Path(f"{file}.baru")
            draft.unlink(missing_ok=True)
            _build(replace(settings, database_url=f"sqlite:///{draft}"))
            draft.rename(file)
        else:
            _build(settings)
    with product():
        _print_accounts(offices.accounts())


@main.command("create-admin")
@click.argument("username")
@click.option("--office", default="", help="Kunci instansi: akun ini mengatur instansi itu.")
@click.option("--name", default="", help="Nama yang tampil di layar.")
@click.password_option(prompt="Kata sandi", confirmation_prompt="Ulangi kata sandi")
def create_admin(username: str, office: str, name: str, password: str) -> None:
    """Buat administrator sistem, atau dengan --office administrator sebuah instansi.

    Administrator sistem mendirikan instansi; keduanya tidak melihat isi berkas.
    """
    with product():
        try:
            if office:
                _office_admin(office_of(office), username, name or "Administrator", password)
            else:
                accounts.create_system_admin(username, name or "Administrator Sistem", password)
        except Incomplete as error:
            raise click.ClickException(account_faults(error.fields)) from error
    click.echo(f"Administrator {username} dibuat.")
    if office:
        click.echo("Kata sandinya harus diganti saat pertama kali masuk.")


def _office_admin(office: Office, username: str, name: str, password: str) -> None:
    """An administrator of the office, from now on."""
    accounts.create_office_admin(office, username, name, password, datetime.now(UTC))
    db.session.commit()


@main.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
def backup_command(folder: Path) -> None:
    """Salin basis data dan lampiran ke FOLDER, juga selagi program berjalan."""
    with environment() as settings:
        backup.backup(settings, folder)
    click.echo(f"Cadangan tersimpan di {folder}.")


@main.command("restore")
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def restore_command(folder: Path) -> None:
    """Kembalikan cadangan dari FOLDER ke pemasangan yang kosong atau sedang berhenti."""
    with environment() as settings:
        kept = backup.restore(settings, folder)
    click.echo(f"Cadangan dari {folder} sudah dikembalikan.")
    if kept:
        click.echo(f"Data yang sebelumnya ada tersimpan di {kept}.")


@main.command("tidy")
def tidy_command() -> None:
    """Hapus lampiran yang tidak jadi dipakai: formulirnya ditolak dan tidak dikirim lagi."""
    with environment() as settings:
        count = tidy.tidy(settings, datetime.now(UTC).timestamp())
    click.echo(f"{count} lampiran yang tidak dipakai dihapus.")


@main.command("work")
def work_command() -> None:
    """Kerjakan pekerjaan latar (banyak surat, e-mail) sampai dihentikan."""
    with environment() as settings:
        app = create_app(settings)

        def run_due(now: datetime) -> int:
            with app.app_context():
                return jobs.run_due(now)

        working.consume(settings, run_due)


def _migrate(settings: Settings) -> None:
    engine = make_engine(settings.database_url)
    schema.upgrade(engine)
    engine.dispose()


def _build(settings: Settings) -> None:
    """Migrate, and set the demo offices up where there is no SOP yet."""
    from seed import demo as offices

    _migrate(settings)
    with create_app(settings).app_context():
        if db.session.scalar(sa.select(ProcedureVersion.id).limit(1)) is None:
            click.echo("Menyiapkan instansi contoh; ini sekali saja …")
            offices.build(datetime.now(UTC))
        db.session.remove()
        db.engine.dispose()


def _print_accounts(rows: list[tuple[str, str, str, str, str]]) -> None:
    office = ""
    for title, username, password, name, post in rows:
        if title != office:
            office = title
            click.echo(f"\n{title}")
        click.echo(f"  {username:<30} {password:<14} {name:<32} {post}")
    click.echo()
