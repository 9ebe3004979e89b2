"""Builds the papers of a meeting from nothing: undangan, daftar hadir, notulen."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from tests.letters.paper import blank, layout, saved
from tests.letters.parts import (
    columns,
    heading,
    labelled,
    letterhead,
    named,
    page_number,
    points,
    proof,
    signature,
    text,
    title,
    two_signatures,
)

LABEL = Mm(34)
HEAD = (
    ("Nomor", "{{nomor_surat}}"),
    ("Sifat", "{{sifat}}"),
    ("Lampiran", "{{lampiran}}"),
    ("Hal", "{{hal}}"),
)
WHEN = (
    ("Hari/tanggal", "{{hari_tanggal}}"),
    ("Waktu", "{{waktu}}"),
    ("Tempat", "{{tempat_rapat}}"),
)


def invitation() -> bytes:
    """Undangan: the frame of a surat dinas; hari, tanggal, waktu, tempat, acara in its text."""
    document = blank("Undangan rapat")
    letterhead(document)
    page_number(document)
    proof(document)
    _head(document)
    text(document, "{{?pembuka}}{{pembuka}}", before=16)
    rows = (*WHEN, ("Pimpinan rapat", "{{pimpinan}}"), ("Acara", "{{acara}}"))
    labelled(document, rows, label=LABEL, left=Mm(10))
    heading(document, "Susunan acara", "{{?susunan}}")
    points(document, "susunan.nomor", "susunan.acara")
    text(document, "{{?penutup}}{{penutup}}", next_too=True)
    signature(document)
    return saved(document)


def _head(document: WordFile) -> None:
    """Date on the line of the number; the invited below, at the left, one under the other."""
    table = layout(document, len(HEAD), (Mm(22), Mm(4), Mm(77), Mm(62)))
    for row, (label, value) in zip(table.rows, HEAD, strict=True):
        for cell, words in zip(row.cells, (label, ":", value, ""), strict=True):
            cell.paragraphs[0].text = words
    date = table.cell(0, 3).paragraphs[0]
    date.text, date.alignment = "{{tempat}}, {{tanggal_surat}}", ALIGN.RIGHT
    document.add_paragraph("Yth.").paragraph_format.space_before = Pt(16)
    one = document.add_paragraph("{{undangan.nomor}}\t{{undangan.nama}}")
    one.paragraph_format.left_indent = Mm(8)
    one.paragraph_format.first_line_indent = Mm(-8)
    one.paragraph_format.right_indent = Mm(40)
    document.add_paragraph("di Tempat")


def attendance() -> bytes:
    """Daftar hadir: a line for everybody, signed alternately at the left and the right."""
    document = blank("Daftar hadir")
    letterhead(document)
    page_number(document)
    title(document, "DAFTAR HADIR", number="")
    labelled(document, (("Acara", "{{acara}}"), *WHEN), label=LABEL)
    heads = (
        ("No.", "{{peserta.nomor}}", Mm(11)),
        ("Nama", "{{peserta.nama}}", Mm(42)),
        ("Jabatan", "{{peserta.jabatan}}", Mm(36)),
        ("Instansi", "{{peserta.instansi}}", Mm(34)),
        ("Tanda tangan", "{{peserta.tanda}}", Mm(42)),
    )
    columns(document, heads, height=Mm(11))
    _chair(document)
    return saved(document)


def _chair(document: WordFile) -> None:
    """Whoever led signs at the lower right."""
    document.add_paragraph().paragraph_format.line_spacing = Pt(14)
    table = layout(document, 1, (Mm(80), Mm(85)))
    right = table.cell(0, 1)
    right.paragraphs[0].style = "Tanda Tangan"
    right.paragraphs[0].text = "{{tempat_tanggal}}"
    right.add_paragraph("Pimpinan rapat,", "Tanda Tangan")
    right.add_paragraph("{{ttd_jabatan}}", "Tanda Tangan")
    named(right)
    document.add_paragraph().paragraph_format.line_spacing = Pt(1)


def minutes() -> bytes:
    """Notulen: who led and came, what was said, and who does what by when."""
    document = blank("Notulen")
    letterhead(document)
    page_number(document)
    title(document, "NOTULEN RAPAT", number="")
    rows = (
        ("Acara", "{{acara}}"),
        *WHEN,
        ("Pimpinan rapat", "{{pimpinan}}"),
        ("Notulis", "{{?notulis}}{{notulis}}"),
    )
    labelled(document, rows, label=LABEL)
    heading(document, "Peserta", "{{?peserta}}")
    points(document, "peserta.nomor", "peserta.nama")
    heading(document, "Pembahasan")
    text(document, "{{pembahasan.paragraf}}")
    heading(document, "Keputusan", "{{?keputusan}}")
    heads = (
        ("No.", "{{keputusan.nomor}}", Mm(11)),
        ("Apa", "{{keputusan.apa}}", Mm(74)),
        ("Siapa", "{{keputusan.siapa}}", Mm(44)),
        ("Kapan", "{{keputusan.kapan}}", Mm(36)),
    )
    columns(document, heads)
    document.add_paragraph().paragraph_format.line_spacing = Pt(20)
    left = ("", "Pimpinan rapat,", "{{pimpinan}}", "{{pimpinan_nama}}")
    right = ("{{tempat_tanggal}}", "{{notulis_jabatan}},", "", "{{notulis_nama}}")
    two_signatures(document, left, right)
    return saved(document)


BUILDERS: dict[str, Callable[[], bytes]] = {
    "undangan-rapat": invitation,
    "daftar-hadir": attendance,
    "notulen": minutes,
}
