"""`backoffice sop …`: lint, draw, import, export, publish and list the SOPs of an office."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from backoffice import accounts
from backoffice.cli_draw import draw
from backoffice.errors import PackError
from backoffice.workflow import publishing
from backoffice.workflow.findings import Finding, Level
from backoffice.workflow.lint import lint_folder
from models import Office, ProcedureVersion, VersionState, db

OFFICE = "office.yaml"


@click.group()
def sop() -> None:
    """Periksa, pasang, dan terbitkan SOP."""


@sop.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def lint(paths: tuple[Path, ...]) -> None:
    """Periksa paket: folder instansi, folder berisi instansi, atau satu berkas."""
    findings = [one for path in paths for one in _linted(path)]
    _print(dict.fromkeys(findings))
    errors = sum(one.level is Level.ERROR for one in findings)
    click.echo(f"{errors} kesalahan, {len(findings) - errors} peringatan.")
    if errors:
        raise SystemExit(1)


def _linted(path: Path) -> list[Finding]:
    """The findings of an office, of every office below a folder, or of one file in its office."""
    if path.is_file():
        folder = path.parent if path.name == OFFICE else path.parent.parent
        return [one for one in lint_folder(folder).findings if Path(one.file) == path]
    below = sorted(one.parent for one in path.glob(f"*/{OFFICE}"))
    folders = [path] if (path / OFFICE).is_file() or not below else below
    return [one for folder in folders for one in lint_folder(folder).findings]


def _print(findings: dict[Finding, None]) -> None:
    for one in findings:
        click.echo(str(one))


sop.add_command(draw)


@contextmanager
def _product() -> Iterator[None]:
    """The application's context; a pack that does not lint is printed, not a traceback."""
    from backoffice.cli import product  # it imports this module to add its commands

    with product():
        try:
            yield
        except PackError as refused:
            _print(dict.fromkeys(refused.findings))
            raise click.ClickException("Tidak ada yang diubah.") from refused


def office_of(key: str) -> Office:
    """The office of that key; one sentence where there is none."""
    office = db.session.scalars(select(Office).where(Office.key == key)).one_or_none()
    if office is None:
        raise click.ClickException(f"Tidak ada instansi dengan kunci {key}.")
    return office


@sop.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def import_command(folder: Path) -> None:
    """Pasang instansi dari FOLDER; SOP-nya menjadi naskah yang belum terbit."""
    now = datetime.now(UTC)
    with _product():
        report = publishing.import_office(folder, now=now)
        office = office_of(report.office)
        managers = accounts.managers_of([office.id], now)[office.id]
    _print(dict.fromkeys(report.findings))
    click.echo(f"Instansi {report.office} {'dibuat' if report.made else 'diperbarui'}.")
    click.echo(f"Naskah baru: {', '.join(report.drafts) or 'tidak ada'}.")
    if report.left_alone:
        click.echo(f"Tidak disebut paket dan dibiarkan: {', '.join(report.left_alone)}.")
    if not managers:
        click.echo("Belum ada yang dapat masuk dan mengatur instansi ini. Buat administratornya:")
        click.echo(f"  backoffice create-admin admin.{report.office} --office {report.office}")


@sop.command()
@click.argument("office")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(office: str, folder: Path) -> None:
    """Tulis instansi OFFICE dan SOP-nya ke FOLDER."""
    with _product():
        for path in publishing.export_office(office_of(office), folder):
            click.echo(str(path))


@sop.command()
@click.argument("office")
@click.argument("codes", nargs=-1)
def publish(office: str, codes: tuple[str, ...]) -> None:
    """Terbitkan naskah SOP OFFICE: yang disebut, atau semuanya."""
    with _product():
        now = datetime.now(UTC)
        versions = publishing.publish_all(office_of(office), codes or None, now=now, by=None)
        for version in versions:
            click.echo(f"{version.code}: versi {version.version} terbit.")
        if not versions:
            click.echo("Tidak ada naskah yang belum terbit.")


@sop.command("list")
def list_command() -> None:
    """Daftar SOP tiap instansi dengan versinya."""
    order = (Office.key, ProcedureVersion.code, ProcedureVersion.version)
    with _product():
        rows = db.session.scalars(select(ProcedureVersion).join(Office).order_by(*order))
        for row in rows:
            state = "terbit" if row.state == VersionState.PUBLISHED else "naskah"
            click.echo(f"{row.office.key}  {row.code}  versi {row.version}  {state}  {row.title}")
