"""Builds the letters with the head of a surat dinas, in its two layouts.

The newer one has the recipient at the left under Hal, with the date on the line of Nomor; the older
one at the right under the date (letters of the Permendagri 54/2009 family).
"""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from backoffice.letters.kinds import KINDS, RIGHT, SIDED
from tests.letters.paper import blank, layout, saved
from tests.letters.parts import (
    copies,
    heading,
    labelled,
    letterhead,
    page_number,
    points,
    proof,
    signature,
    text,
)

HEAD = (
    ("Nomor", "{{nomor_surat}}"),
    ("Sifat", "{{sifat}}"),
    ("Lampiran", "{{lampiran}}"),
    ("Hal", "{{hal}}"),
)
LABEL, COLON = Mm(22), Mm(4)


def letter(kind: str) -> bytes:
    """A letter of this kind; its layout is told by the end of its name."""
    document = blank(KINDS[kind].title)
    letterhead(document)
    page_number(document)
    proof(document)
    (_head_right if kind.endswith(RIGHT) else _head_left)(document)
    BODIES[kind.removesuffix(RIGHT)](document)
    text(document, "{{?penutup}}{{penutup}}", next_too=True)
    signature(document)
    copies(document)
    return saved(document)


def _head_left(document: WordFile) -> None:
    """Date on the line of the number; the recipient below, at the left."""
    table = layout(document, len(HEAD), (LABEL, COLON, Mm(77), Mm(62)))
    for row, (label, value) in zip(table.rows, HEAD, strict=True):
        for cell, words in zip(row.cells, (label, ":", value, ""), strict=True):
            cell.paragraphs[0].text = words
    date = table.cell(0, 3).paragraphs[0]
    date.text, date.alignment = "{{tempat}}, {{tanggal_surat}}", ALIGN.RIGHT
    for n, words in enumerate(("Yth. {{penerima}}", "{{?alamat_penerima}}di {{alamat_penerima}}")):
        paragraph = document.add_paragraph(words)
        paragraph.paragraph_format.right_indent = Mm(65)
        paragraph.paragraph_format.space_before = Pt(0 if n else 16)


def _head_right(document: WordFile) -> None:
    """Date at the right under the kop, the recipient under it, beside the number."""
    table = layout(document, len(HEAD) + 1, (LABEL, COLON, Mm(64), Mm(75)))
    table.cell(0, 3).paragraphs[0].text = "{{tempat}}, {{tanggal_surat}}"
    table.cell(0, 3).paragraphs[0].paragraph_format.space_after = Pt(12)
    for row, (label, value) in zip(table.rows[1:], HEAD, strict=True):
        for cell, words in zip(row.cells, (label, ":", value), strict=False):
            cell.paragraphs[0].text = words
        row.cells[2].paragraphs[0].paragraph_format.right_indent = Mm(4)
    side = table.cell(1, 3).merge(table.cell(len(HEAD), 3))
    for extra in side.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    side.paragraphs[0].text = "Kepada"
    for words, left, first in (
        ("Yth. {{penerima}}", Mm(10), Mm(-10)),
        ("{{?alamat_penerima}}di", Mm(10), Mm(0)),
        ("{{?alamat_penerima}}{{alamat_penerima}}", Mm(17), Mm(0)),
    ):
        paragraph = side.add_paragraph(words)
        paragraph.paragraph_format.left_indent = left
        paragraph.paragraph_format.first_line_indent = first


def _opening(document: WordFile) -> None:
    text(document, "{{?pembuka}}{{pembuka}}", before=16)


def _reply(document: WordFile) -> None:
    _opening(document)
    text(document, "{{isi.paragraf}}")


def _returned(document: WordFile) -> None:
    _opening(document)
    points(document, "kekurangan.nomor", "kekurangan.uraian")
    text(document, "{{isi.paragraf}}")


def _refused(document: WordFile) -> None:
    _opening(document)
    points(document, "alasan.nomor", "alasan.uraian")
    text(document, "{{?dasar}}Dasar:", before=4, next_too=True)
    points(document, "dasar.nomor", "dasar.uraian")
    text(document, "{{isi.paragraf}}")


def _clarified(document: WordFile) -> None:
    _opening(document)
    heading(document, "1.  Pokok laporan")
    text(document, "{{pokok}}")
    heading(document, "2.  Hasil verifikasi")
    text(document, "{{hasil_verifikasi}}")
    heading(document, "3.  Klarifikasi")
    text(document, "{{isi.paragraf}}")


def _followed_up(document: WordFile) -> None:
    _opening(document)
    points(document, "isi.nomor", "isi.paragraf")
    rows = (
        ("Hasil", "{{?hasil}}{{hasil}}"),
        ("Langkah berikutnya", "{{?rencana}}{{rencana}}"),
    )
    labelled(document, rows, label=Mm(44))


BODIES: dict[str, Callable[[WordFile], None]] = {
    "surat-balasan": _reply,
    "surat-pengembalian-berkas": _returned,
    "surat-pemberitahuan": _refused,
    "surat-klarifikasi": _clarified,
    "surat-tindak-lanjut": _followed_up,
}
BUILDERS: dict[str, Callable[[], bytes]] = {
    f"{kind}{side}": lambda kind=f"{kind}{side}": letter(kind)  # type: ignore[misc]
    for kind in SIDED
    for side in ("", RIGHT)
}
