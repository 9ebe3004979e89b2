"""`backoffice sop draw`: an SOP's text becomes its official table, without an installation.

As one drawing (.svg), or with its identity page as pages for Word (.docx).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from backoffice.drawing.sheet import whole_svg
from backoffice.printing.identity import Document, Head, related_to
from backoffice.printing.size import F4, SIZES
from backoffice.printing.word import word_file
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Finding, has_errors
from backoffice.workflow.lint import lint_folder
from backoffice.workflow.office_definition import OfficePack, PostPack
from backoffice.workflow.pack import read_procedure

OFFICE = "office.yaml"
WRONG = "Belum dapat digambar. Perbaiki kesalahannya dahulu."
NOTHING = "Di sini tidak ada naskah SOP."
INTO = "Berkas hasilnya, .svg atau .docx (- menulis gambarnya ke layar); untuk paket, foldernya."
PAPER = "Kertas berkas .docx."
WORD = ".docx"


@click.command()
@click.argument("pack", type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=INTO)
@click.option("--kertas", "paper", type=click.Choice([*SIZES]), default=F4.key, help=PAPER)
def draw(pack: Path, output: Path | None, paper: str) -> None:
    """Gambar PACK, satu naskah SOP atau folder instansi, sebagai tabel resmi (.svg).

    Tanpa -o gambarnya ditulis di samping naskahnya. Dengan -o berkas.docx satu naskah ditulis
    untuk Word, lengkap dengan halaman identitasnya.
    """
    pack = pack.parent if pack.name == OFFICE else pack
    texts = sorted((pack / "procedures").glob("*.yaml")) if pack.is_dir() else [pack]
    if not texts:
        raise click.ClickException(NOTHING)
    for text in texts:
        found = _read(text)
        if output == Path("-"):
            click.echo(found.svg())
            continue
        path = _place(text, output, inside=pack.is_dir())
        if path.suffix == WORD:
            path.write_bytes(word_file(found.document(), SIZES[paper], datetime.now(UTC)))
        else:
            path.write_text(found.svg(), encoding="utf-8")
        click.echo(f"Tergambar: {path}")


def _place(text: Path, output: Path | None, *, inside: bool) -> Path:
    """Where the drawing of a text goes; a folder is made where it is not there."""
    if output is None:
        return text.with_suffix(".svg")
    if not inside and not output.is_dir():
        return output
    output.mkdir(parents=True, exist_ok=True)
    return output / f"{text.stem}.svg"


@dataclass(frozen=True, slots=True)
class _Read:
    """An SOP, and its office with the office's other SOPs where they lie beside it."""

    procedure: Procedure
    office: OfficePack | None = None
    others: tuple[Procedure, ...] = ()

    @property
    def titles(self) -> dict[str, str]:
        """Without an office the columns are headed by the keys of the roles."""
        return {one.key: one.title for one in self.office.roles} if self.office else {}

    def svg(self) -> str:
        """The drawing as one file."""
        names = (" ".join(self.office.name),) if self.office else ()
        return whole_svg(self.procedure, self.titles, heading=(self.procedure.title, *names))

    def document(self) -> Document:
        """All that is printed; who heads the office is not known here by name."""
        related = related_to(self.procedure, self.others)
        head = Head()
        if self.office is not None:
            post = next((one.title for one in self.office.posts if self._leads(one)), "")
            head = Head(self.office.government, self.office.name, post)
        return Document(self.procedure, self.titles, head, "", related)

    def _leads(self, post: PostPack) -> bool:
        """Whether it is the post at the top: it has no superior, and others stand under it."""
        posts = self.office.posts if self.office is not None else ()
        return post.under is None and any(one.under == post.key for one in posts)


def _read(text: Path) -> _Read:
    """One text, in its office where it has one beside it."""
    folder = text.parent.parent
    return _in_office(folder, text) if (folder / OFFICE).is_file() else _alone(text)


def _in_office(folder: Path, text: Path) -> _Read:
    known = lint_folder(folder)
    _check(known.of(str(text)))
    found = {Path(one.file): one.procedure for one, _ in known.sources if one.procedure}
    if text not in found or known.office is None:
        raise click.ClickException(WRONG)
    return _Read(found[text], known.office, tuple(found.values()))


def _alone(text: Path) -> _Read:
    written = text.read_text(encoding="utf-8", errors="replace")
    procedure, findings = read_procedure(written, str(text))
    _check(findings)
    if procedure is None:
        raise click.ClickException(WRONG)
    return _Read(procedure)


def _check(findings: Sequence[Finding]) -> None:
    """What keeps a text from being drawn is said; warnings are the business of `sop lint`."""
    if has_errors(findings):
        for one in findings:
            click.echo(str(one), err=True)
        raise click.ClickException(WRONG)
