"""Builds what is filled from a case or a list: receipts, forms to sign, lists of a rekapan."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Emu, Length, Mm, Pt

from backoffice.letters.kinds import KINDS
from tests.letters.paper import blank, layout, saved
from tests.letters.parts import (
    cell_text,
    columns,
    heading,
    labelled,
    letterhead,
    line_to_write_on,
    page_number,
    signature,
    text,
    title,
    two_signatures,
)

LABEL, COLON = Mm(35), Mm(4)


def receipt() -> bytes:
    """Tanda terima: what was received from whom, by whom, and where to ask."""
    document = blank(KINDS["tanda-terima"].title)
    letterhead(document)
    title(document, "TANDA TERIMA", number="Nomor berkas: {{nomor_berkas}}")
    rows = (
        ("Layanan", "{{layanan}}"),
        ("Diterima pada", "{{diterima_pada}}"),
        ("Diterima dari", "{{diterima_dari}}"),
        ("Alamat", "{{alamat_pemohon}}"),
        ("Telepon", "{{telepon_pemohon}}"),
        ("Perihal", "{{perihal}}"),
    )
    _table(document, rows)
    for words in (
        "{{?nomor_luar}}Nomor dari luar: {{nomor_luar}}",
        "{{?nomor_agenda}}Nomor agenda surat masuk: {{nomor_agenda}}",
    ):
        document.add_paragraph(words).paragraph_format.space_before = Pt(4)
    _requirements(document)
    _promises(document)
    document.add_paragraph().paragraph_format.line_spacing = Pt(20)
    right = ("{{tempat}}, {{tanggal}}", "Yang menerima,", "{{petugas_jabatan}}", "{{petugas_nama}}")
    two_signatures(document, ("", "Yang menyerahkan,", "", "{{diterima_dari}}"), right)
    return saved(document)


def _table(document: WordFile, rows: Sequence[tuple[str, str]], label: Length = LABEL) -> None:
    table = layout(document, len(rows), (label, COLON, Emu(Mm(165) - label - COLON)))
    for row, (name, value) in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, (name, ":", value), strict=True):
            cell.paragraphs[0].text = words
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)


def _requirements(document: WordFile) -> None:
    head = document.add_paragraph("{{?kelengkapan}}Kelengkapan:")
    head.paragraph_format.space_before = Pt(12)
    head.paragraph_format.space_after = Pt(4)
    head.paragraph_format.keep_with_next = True
    table = layout(document, 1, (Mm(10), Mm(100), Mm(55)), ruled=True)
    tags = ("{{kelengkapan.nomor}}", "{{kelengkapan.nama}}", "{{kelengkapan.keterangan}}")
    for cell, words in zip(table.rows[0].cells, tags, strict=True):
        cell_text(cell, words, 12)


def _promises(document: WordFile) -> None:
    sentences = (
        "Layanan ini tidak dipungut biaya.",
        "{{?batas_waktu}}Berkas ini dijawab paling lambat {{batas_waktu}}.",
        "Simpan tanda terima ini. Untuk menanyakan perkembangannya, sebutkan nomor "
        "{{nomor_berkas}} kepada petugas kami di {{alamat_instansi}}.",
        "{{?kontak_instansi}}{{kontak_instansi}}",
    )
    for n, words in enumerate(sentences):
        paragraph = document.add_paragraph(style="Isi Surat")
        paragraph.paragraph_format.space_before = Pt(0 if n else 14)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.paragraph_format.alignment = ALIGN.LEFT
        paragraph.add_run(words).bold = n == 0 or None


def _of_the_case(document: WordFile) -> None:
    rows = (
        ("Nomor berkas", "{{nomor_berkas}}"),
        ("Diterima tanggal", "{{tanggal_berkas}}"),
        ("Layanan", "{{layanan}}"),
        ("Perihal", "{{perihal}}"),
    )
    _table(document, rows)


def _person(document: WordFile) -> None:
    rows = (
        ("Nama", "{{nama_pemohon}}"),
        ("Alamat", "{{alamat_pemohon}}"),
        ("Telepon", "{{telepon_pemohon}}"),
    )
    _table(document, rows)


def _boxes(document: WordFile) -> None:
    paragraph = document.add_paragraph("{{pilihan.cek}}\t{{pilihan.nama}}", "Baris")
    paragraph.paragraph_format.left_indent = Mm(8)
    paragraph.paragraph_format.first_line_indent = Mm(-8)
    paragraph.paragraph_format.space_after = Pt(6)


def _remarks(document: WordFile, lines: int) -> None:
    """What was said, and lines for what is still to be written."""
    text(document, "{{?keterangan}}{{keterangan}}")
    for _ in range(lines):
        line_to_write_on(document)


def service_form() -> bytes:
    """Form penerimaan layanan: the reporter signs for what he got, and that it cost nothing."""
    document = blank(KINDS["form-penerimaan-layanan"].title)
    letterhead(document)
    title(document, "FORM PENERIMAAN LAYANAN", number="Nomor berkas: {{nomor_berkas}}")
    heading(document, "A.  Penerima layanan")
    _person(document)
    heading(document, "B.  Pengaduan")
    _of_the_case(document)
    heading(document, "C.  Layanan yang diterima")
    _boxes(document)
    heading(document, "D.  Keterangan penerima layanan")
    _remarks(document, 3)
    text(
        document,
        "Dengan ini saya menyatakan telah menerima layanan tersebut di atas pada tanggal "
        "{{tanggal}} dan tidak dipungut biaya apa pun.",
        before=6,
        next_too=True,
    )
    left = ("", "Penerima layanan,", "", "{{nama_pemohon}}")
    right = ("{{tempat}}, {{tanggal}}", "Petugas,", "{{petugas_jabatan}}", "{{petugas_nama}}")
    two_signatures(document, left, right)
    return saved(document)


def feedback_form() -> bytes:
    """Formulir umpan balik: what the complainant thinks of the answer he got."""
    document = blank(KINDS["formulir-umpan-balik"].title)
    letterhead(document)
    title(document, "FORMULIR UMPAN BALIK", number="Nomor berkas: {{nomor_berkas}}")
    text(
        document,
        "Terima kasih atas pengaduan Saudara. Mohon kesediaan Saudara menilai tanggapan dan "
        "penanganan yang telah kami sampaikan. Penilaian ini dipakai untuk memperbaiki pelayanan.",
    )
    heading(document, "A.  Pengaduan")
    _of_the_case(document)
    heading(document, "B.  Penilaian atas tanggapan dan penanganan")
    _boxes(document)
    heading(document, "C.  Pelayanan petugas (beri tanda pada satu kotak tiap baris)")
    _aspects(document)
    heading(document, "D.  Umpan balik, saran, atau hal yang belum terjawab")
    _remarks(document, 4)
    text(
        document,
        "Formulir ini dapat diserahkan kepada petugas kami atau dikirim ke {{alamat_instansi}}. "
        "Nama boleh tidak diisi.",
        before=4,
        next_too=True,
    )
    left = ("", "Petugas yang mencatat,", "{{petugas_jabatan}}", "{{petugas_nama}}")
    right = ("{{tempat}}, {{tanggal}}", "Pengadu,", "", "{{nama_pemohon}}")
    two_signatures(document, left, right)
    return saved(document)


def _aspects(document: WordFile) -> None:
    """What is asked of every office: four answers to four questions."""
    heads = ("", "Sangat baik", "Baik", "Kurang baik", "Tidak baik")
    aspects = (
        "Kejelasan tanggapan",
        "Kecepatan penanganan",
        "Sikap petugas",
        "Hasil yang diperoleh",
    )
    table = layout(document, len(aspects) + 1, (Mm(61), *[Mm(26)] * 4), ruled=True)
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        cell_text(cell, words, 10, align=ALIGN.CENTER, bold=True)
    for row, aspect in zip(table.rows[1:], aspects, strict=True):
        cell_text(row.cells[0], aspect, 10)
        for cell in row.cells[1:]:
            cell_text(cell, "☐", 10, align=ALIGN.CENTER)
    document.add_paragraph().paragraph_format.line_spacing = Pt(4)


def _enclosure(document: WordFile) -> None:
    """Upper right: to which letter the list belongs."""
    page_number(document)
    rows = (
        ("Lampiran", "Surat {{pejabat}}"),
        ("Nomor", "{{nomor_surat}}"),
        ("Tanggal", "{{tanggal_surat}}"),
    )
    labelled(document, rows, label=Mm(20), left=Mm(85))
    document.paragraphs[-1].paragraph_format.space_after = Pt(16)


def proposals() -> bytes:
    """Daftar rekapan: what is asked for, laid before whoever decides on all of it together."""
    document = blank(KINDS["daftar-rekapan"].title)
    _enclosure(document)
    title(document, "DAFTAR REKAPITULASI", "{{judul}}", number="{{nama_rekapan}}")
    heads = (
        ("No.", "{{baris.nomor}}", Mm(11)),
        ("Nomor berkas", "{{baris.nomor_berkas}}", Mm(36)),
        ("Nama", "{{baris.nama}}", Mm(34)),
        ("Alamat", "{{baris.alamat}}", Mm(26)),
        ("Rincian", "{{baris.rincian}}", Mm(19)),
        ("Dimohon", "{{baris.dimohon}}", Mm(19)),
        ("Disetujui", "{{baris.disetujui}}", Mm(20)),
    )
    table = columns(document, heads, size=9, numbers=2)
    _total(table, 5, ("{{total_dimohon}}", "{{total_disetujui}}"))
    _signed(document)
    return saved(document)


def recipients() -> bytes:
    """Daftar penerima: who gets what, with room for each to sign."""
    document = blank(KINDS["daftar-penerima"].title)
    _enclosure(document)
    title(document, "DAFTAR PENERIMA", "{{produk}}", number="{{nama_rekapan}}")
    heads = (
        ("No.", "{{baris.nomor}}", Mm(11)),
        ("Nama", "{{baris.nama}}", Mm(42)),
        ("Alamat", "{{baris.alamat}}", Mm(40)),
        ("Rincian", "{{baris.rincian}}", Mm(20)),
        ("Jumlah", "{{baris.disetujui}}", Mm(16)),
        ("Tanda", "{{baris.ttd_kiri}}", Mm(18)),
        ("tangan", "{{baris.ttd_kanan}}", Mm(18)),
    )
    table = columns(document, heads, size=9, height=Mm(12))
    head = table.cell(0, 5).merge(table.cell(0, 6))
    for extra in head.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    head.paragraphs[0].runs[0].text = "Tanda tangan"
    _total(table, 4, ("{{total_disetujui}}", "", ""))
    _signed(document)
    return saved(document)


def _total(table: object, span: int, values: Sequence[str]) -> None:
    """The last row: how many cases, and the sums below their columns."""
    row = table.add_row()  # type: ignore[attr-defined]
    first = row.cells[0].merge(row.cells[span - 1])
    for extra in first.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    cell_text(first, "Jumlah: {{jumlah_berkas}} berkas", 9, bold=True)
    for cell, words in zip(row.cells[span:], values, strict=True):
        cell_text(cell, words, 9, bold=True, align=ALIGN.CENTER)


def _signed(document: WordFile) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    signature(document, dated=True)


BUILDERS: dict[str, Callable[[], bytes]] = {
    "tanda-terima": receipt,
    "form-penerimaan-layanan": service_form,
    "formulir-umpan-balik": feedback_form,
    "daftar-rekapan": proposals,
    "daftar-penerima": recipients,
}
