"""`backoffice letter …`: check the template of a letter before it is brought to the office."""

from __future__ import annotations

from pathlib import Path

import click

from backoffice.letters.checking import OFFERED, check
from backoffice.letters.compile import Template
from backoffice.letters.specimens import meaning_of


@click.group()
def letter() -> None:
    """Periksa naskah surat."""


@letter.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", type=click.Choice(sorted(OFFERED)), help="Jenis surat, mis. surat-balasan.")
def check_command(file: Path, kind: str | None) -> None:
    """Sebut semua kesalahan naskah FILE dengan tempat dan kalimatnya, atau isian yang dipakainya.

    Tanpa --kind dipakai jenis yang bernama seperti berkasnya, bila ada.
    """
    known = kind or (file.stem if file.stem in OFFERED else None)
    checked = check(file.read_bytes(), known)
    for one in checked.findings:
        click.echo(str(one))
    if checked.asked is None:
        click.echo(f"{len(checked.findings)} kesalahan.")
        raise SystemExit(1)
    _tell(checked.asked)


def _tell(asked: Template) -> None:
    rows = [(f"{{{{{name}}}}}", meaning_of(name)) for name in asked.fields]
    for name, columns in asked.lists.items():
        rows += [(f"{{{{{name}.{one}}}}}", meaning_of(name, one)) for one in columns]
    width = max((len(tag) for tag, _ in rows), default=0)
    for tag, words in rows:
        click.echo(f"{tag:<{width}}  {words}")
    click.echo(f"Tidak ada kesalahan; {len(rows)} isian.")
