"""`backoffice sop draw`: an SOP's text becomes its official table, without an installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from backoffice.drawing.sheet import whole_svg
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Finding, has_errors
from backoffice.workflow.lint import lint_folder
from backoffice.workflow.pack import read_procedure

OFFICE = "office.yaml"
WRONG = "Belum dapat digambar. Perbaiki kesalahannya dahulu."
NOTHING = "Di sini tidak ada naskah SOP."
INTO = "Berkas .svg hasilnya (- menulisnya ke layar); untuk paket, foldernya."


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=INTO)
def draw(pack: Path, output: Path | None) -> None:
    """Gambar PACK, satu naskah SOP atau folder instansi, sebagai tabel resmi (.svg).

    Tanpa -o gambarnya ditulis di samping naskahnya.
    """
    pack = pack.parent if pack.name == OFFICE else pack
    texts = sorted((pack / "procedures").glob("*.yaml")) if pack.is_dir() else [pack]
    if not texts:
        raise click.ClickException(NOTHING)
    for text in texts:
        svg = _drawn(text)
        if output == Path("-"):
            click.echo(svg)
            continue
        path = _place(text, output, inside=pack.is_dir())
        path.write_text(svg, encoding="utf-8")
        click.echo(f"Tergambar: {path}")


def _place(text: Path, output: Path | None, *, inside: bool) -> Path:
    """Where the drawing of a text goes; a folder is made where it is not there."""
    if output is None:
        return text.with_suffix(".svg")
    if not inside and not output.is_dir():
        return output
    output.mkdir(parents=True, exist_ok=True)
    return output / f"{text.stem}.svg"


def _drawn(text: Path) -> str:
    """The drawing of one text, in its office where it has one beside it."""
    folder = text.parent.parent
    if (folder / OFFICE).is_file():
        procedure, titles, names = _in_office(folder, text)
    else:
        procedure, titles, names = _alone(text)
    return whole_svg(procedure, titles, heading=(procedure.title, *names))


def _in_office(folder: Path, text: Path) -> tuple[Procedure, Mapping[str, str], tuple[str, ...]]:
    known = lint_folder(folder)
    _check(known.of(str(text)))
    source = next((one for one, _ in known.sources if Path(one.file) == text), None)
    if source is None or source.procedure is None or known.office is None:
        raise click.ClickException(WRONG)
    titles = {one.key: one.title for one in known.office.roles}
    return source.procedure, titles, (" ".join(known.office.name),)


def _alone(text: Path) -> tuple[Procedure, Mapping[str, str], tuple[str, ...]]:
    """Without an office the columns are headed by the keys of the roles."""
    written = text.read_text(encoding="utf-8", errors="replace")
    procedure, findings = read_procedure(written, str(text))
    _check(findings)
    if procedure is None:
        raise click.ClickException(WRONG)
    return procedure, {}, ()


def _check(findings: Sequence[Finding]) -> None:
    """What keeps a text from being drawn is said; warnings are the business of `sop lint`."""
    if has_errors(findings):
        for one in findings:
            click.echo(str(one), err=True)
        raise click.ClickException(WRONG)
