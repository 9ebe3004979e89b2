"""`backoffice takeover`: begin in the middle of a year from a filled form, or only check it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from backoffice.actor import Actor, person_of
from backoffice.takeover.checking import Plan, check, words_of
from backoffice.takeover.gate import Unreadable
from backoffice.takeover.taking import Faulty, administrator, read_for, take_over
from models import Office, User, db


@click.command("takeover")
@click.argument("office")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", "only_check", is_flag=True, help="Periksa saja; tidak ada yang berubah.")
@click.option("--as", "username", default="", help="Nama pengguna administrator instansi itu.")
def takeover(office: str, file: Path, only_check: bool, username: str) -> None:
    """Ambil alih nomor, berkas berjalan, dan buku OFFICE dari FILE (.xlsx).

    Setiap baris yang salah disebut; selama ada yang salah, tidak ada yang berubah.
    """
    from backoffice.cli import product  # it imports this module to add its command

    with product():
        try:
            _run(_office(office), file, username, only_check=only_check)
        except Unreadable as error:
            raise click.ClickException(str(error)) from error


def _run(office: Office, file: Path, username: str, *, only_check: bool) -> None:
    now, data = datetime.now(UTC), file.read_bytes()
    actor = _administrator(office, username, now)
    try:
        if only_check:
            plan = check(office, read_for(office, data, now), now)
            if plan.faults or plan.is_empty:
                raise Faulty(plan)
        else:
            plan = take_over(office.id, data, actor=actor, now=now, source=file.name)
    except Faulty as faulty:
        for fault in faulty.plan.faults:
            click.echo(str(fault))
        count = len(faulty.plan.faults)
        said = f"{count} kesalahan." if count else "Formulir ini belum diisi."
        raise click.ClickException(f"{said} Tidak ada yang diubah.") from faulty
    _print(plan)
    if only_check:
        click.echo("Tidak ada kesalahan; belum ada yang diubah.")
    else:
        click.echo(f"Diambil alih atas nama {actor.user.username}.")


def _print(plan: Plan) -> None:
    for title, (going, ended) in plan.per_sop().items():
        click.echo(f"{title}: {going} berjalan, {ended} selesai")
    for before, after in words_of(plan.known, plan.counts):
        click.echo(f"Nomor berikutnya: {before} -> {after}")


def _office(key: str) -> Office:
    office = db.session.scalars(select(Office).where(Office.key == key)).one_or_none()
    if office is None:
        raise click.ClickException(f"Tidak ada instansi dengan kunci {key}.")
    return office


def _administrator(office: Office, username: str, now: datetime) -> Actor:
    """In whose name it is done: the one that is named, or the first who manages the office."""
    users = select(User).where(User.office_id == office.id, User.active).order_by(User.id)
    if username:
        users = users.where(User.username == username)
    for user in db.session.scalars(users):
        actor = administrator(person_of(user, now))
        if actor is not None:
            return actor
    named = f"{username} bukan administrator" if username else "Belum ada administrator"
    raise click.ClickException(f"{named} {office.title}. Tunjuk dahulu dengan --as.")
