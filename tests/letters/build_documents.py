"""Builds the papers with a title of their own: rekomendasi, laporan, nota dinas and others."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from backoffice.letters.kinds import KINDS
from tests.letters.paper import blank, layout, saved
from tests.letters.parts import (
    LEFT,
    RIGHT,
    after_table,
    columns,
    copies,
    heading,
    labelled,
    letterhead,
    named,
    page_number,
    points,
    proof,
    ruled_below,
    signature,
    text,
    title,
)

LABEL = Mm(38)
OPEN = "………………………………"


def _begun(kind: str) -> WordFile:
    document = blank(KINDS[kind].title)
    letterhead(document)
    page_number(document)
    proof(document)
    return document


def recommendation() -> bytes:
    """Surat rekomendasi: who recommends what to whom, on what basis."""
    document = _begun("surat-rekomendasi")
    title(document, "SURAT REKOMENDASI")
    text(document, "Yang bertanda tangan di bawah ini:", next_too=True)
    person = (
        ("Nama", "{{ttd_nama}}"),
        ("NIP", "{{?ttd_nip}}{{ttd_nip}}"),
        ("Jabatan", "{{pejabat}}"),
    )
    labelled(document, person, label=LABEL, left=Mm(8))
    text(document, "{{?dasar}}berdasarkan:", next_too=True)
    points(document, "dasar.nomor", "dasar.uraian")
    text(document, "{{?pertimbangan}}dengan pertimbangan {{pertimbangan}}", before=4)
    text(document, "merekomendasikan kepada {{penerima}}, atas nama:", before=4, next_too=True)
    applicant = (
        ("Nama", "{{nama_pemohon}}"),
        ("Alamat", "{{alamat_pemohon}}"),
        ("Nomor berkas", "{{?nomor_berkas}}{{nomor_berkas}}"),
        ("Perihal", "{{?perihal}}{{perihal}}"),
    )
    labelled(document, applicant, label=LABEL, left=Mm(8))
    text(document, "hal-hal sebagai berikut:", next_too=True)
    points(document, "isi.nomor", "isi.paragraf")
    text(document, "{{?penutup}}{{penutup}}", before=4, next_too=True)
    signature(document, dated=True)
    copies(document)
    return saved(document)


def covering_letter() -> bytes:
    """Surat pengantar data: what is sent, and who received it."""
    document = _begun("surat-pengantar-data")
    date = document.add_paragraph("{{tempat}}, {{tanggal_surat}}")
    date.alignment = ALIGN.RIGHT
    for n, words in enumerate(("Yth. {{penerima}}", "{{?alamat_penerima}}di {{alamat_penerima}}")):
        paragraph = document.add_paragraph(words)
        paragraph.paragraph_format.right_indent = Mm(65)
        paragraph.paragraph_format.space_before = Pt(0 if n else 12)
    document.add_paragraph().paragraph_format.line_spacing = Pt(20)
    title(document, "SURAT PENGANTAR")
    heads = (
        ("No.", "{{uraian.nomor}}", Mm(12)),
        ("Data atau dokumen yang dikirimkan", "{{uraian.uraian}}", Mm(80)),
        ("Banyaknya", "{{uraian.banyaknya}}", Mm(33)),
        ("Keterangan", "{{uraian.keterangan}}", Mm(40)),
    )
    columns(document, heads, size=11)
    after_table(document)
    about = (
        ("Sumber data", "{{?sumber}}{{sumber}}"),
        ("Keadaan data per", "{{?keadaan}}{{keadaan}}"),
        ("Untuk berkas", "{{?nomor_berkas}}{{nomor_berkas}}, {{perihal}}"),
    )
    document.add_paragraph().paragraph_format.line_spacing = Pt(10)
    labelled(document, about, label=Mm(40))
    _sent_and_received(document)
    copies(document)
    return saved(document)


def _sent_and_received(document: WordFile) -> None:
    """Left who receives, to be filled by hand and sent back; right who sends."""
    table = layout(document, 1, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    received = (f"Diterima tanggal {'…' * 9}", "Penerima,", OPEN, f"Nomor telepon {'…' * 9}")
    for n, words in enumerate(received):
        paragraph = left.paragraphs[0] if n == 0 else left.add_paragraph()
        paragraph.text, paragraph.style = words, "Tanda Tangan"
        paragraph.paragraph_format.space_before = Pt({0: 12, 2: 64}.get(n, 0))
    right.paragraphs[0].style = "Tanda Tangan"
    right.paragraphs[0].paragraph_format.space_before = Pt(12)
    right.paragraphs[0].text = "Pengirim,"
    for words in ("{{?ttd_an}}a.n. {{ttd_an}}", "{{?ttd_ub}}{{ttd_ub}},", "{{?ttd_ub}}u.b."):
        right.add_paragraph(words, "Tanda Tangan")
    right.add_paragraph("{{ttd_jabatan}},", "Tanda Tangan")
    named(right)
    after_table(document)


def report() -> bytes:
    """Laporan penanganan: what came in, what happened, what was done, what came of it."""
    document = _begun("laporan-penanganan")
    title(document, "LAPORAN PENANGANAN PENGADUAN", number="NOMOR {{nomor_surat}}")
    document.paragraphs[-1].paragraph_format.space_after = Pt(4)
    about = document.add_paragraph("TENTANG", "Judul")
    about.runs[0].bold = False
    document.add_paragraph("{{hal}}", "Judul").paragraph_format.space_after = Pt(10)
    heading(document, "A.  PENDAHULUAN")
    rows = (
        ("Nomor berkas", "{{?nomor_berkas}}{{nomor_berkas}}"),
        ("Diterima tanggal", "{{tanggal_berkas}}"),
        ("Melalui", "{{?saluran}}{{saluran}}"),
        ("Pelapor", "{{nama_pemohon}}"),
        ("Layanan", "{{layanan}}"),
    )
    labelled(document, rows, label=LABEL)
    text(document, "{{?dasar}}Dasar:", next_too=True)
    points(document, "dasar.nomor", "dasar.uraian")
    heading(document, "B.  KRONOLOGI")
    text(document, "{{kronologi}}")
    heading(document, "C.  PENANGANAN")
    points(document, "isi.nomor", "isi.paragraf")
    heading(document, "D.  HASIL")
    text(document, "{{hasil}}")
    heading(document, "E.  SARAN DAN PENUTUP")
    points(document, "saran.nomor", "saran.uraian")
    text(
        document,
        "Demikian laporan ini dibuat untuk menjadi bahan pertimbangan lebih lanjut.",
        next_too=True,
    )
    signature(document, dated=True)
    copies(document, "Disampaikan kepada:")
    return saved(document)


def memorandum() -> bytes:
    """Nota dinas: from one official to another within the government of the region."""
    document = _begun("nota-dinas")
    title(document, "NOTA DINAS")
    rows = (
        ("Yth.", "{{penerima}}"),
        ("Dari", "{{dari}}"),
        ("Tanggal", "{{tanggal_surat}}"),
        ("Sifat", "{{sifat}}"),
        ("Lampiran", "{{lampiran}}"),
        ("Hal", "{{hal}}"),
    )
    labelled(document, rows, label=Mm(26))
    last = document.paragraphs[-1]
    last.paragraph_format.space_after = Pt(12)
    ruled_below(last, "single", 8, 6)
    text(document, "{{?pembuka}}{{pembuka}}")
    text(document, "{{isi.paragraf}}")
    text(document, "{{?penutup}}{{penutup}}", next_too=True)
    signature(document)
    copies(document)
    return saved(document)


def handover() -> bytes:
    """Berita acara serah terima: day, two parties, what passes from one to the other."""
    document = _begun("berita-acara-serah-terima")
    title(document, "BERITA ACARA SERAH TERIMA")
    text(
        document,
        "Pada hari ini, {{hari}} tanggal {{tanggal_terbilang}} bulan {{bulan}} tahun "
        "{{tahun_terbilang}} ({{tanggal_angka}}), bertempat di {{tempat_acara}}, kami yang "
        "bertanda tangan di bawah ini:",
    )
    _party(
        document,
        "1.",
        (
            ("Nama", "{{ttd_nama}}"),
            ("NIP", "{{?ttd_nip}}{{ttd_nip}}"),
            ("Pangkat/Golongan", "{{?ttd_pangkat}}{{ttd_pangkat}}"),
            ("Jabatan", "{{pejabat}}"),
            ("Alamat", "{{?alamat_instansi}}{{alamat_instansi}}"),
        ),
        "PIHAK PERTAMA",
    )
    _party(
        document,
        "2.",
        (
            ("Nama", "{{penerima}}"),
            ("Kedudukan", "{{?kedudukan}}{{kedudukan}}"),
            ("Alamat", "{{?alamat_penerima}}{{alamat_penerima}}"),
        ),
        "PIHAK KEDUA",
    )
    text(
        document,
        "PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK "
        "PERTAMA dalam keadaan baik dan lengkap:",
        next_too=True,
    )
    heads = (
        ("No.", "{{barang.nomor}}", Mm(12)),
        ("Uraian", "{{barang.uraian}}", Mm(75)),
        ("Banyaknya", "{{barang.banyaknya}}", Mm(38)),
        ("Keterangan", "{{barang.keterangan}}", Mm(40)),
    )
    columns(document, heads, size=11)
    after_table(document)
    text(
        document,
        "Penyerahan ini menurut berkas nomor {{nomor_berkas}} dan tidak dipungut biaya.",
        before=8,
    )
    text(
        document,
        "{{?rangkap}}Demikian berita acara ini dibuat dalam rangkap {{rangkap}} untuk "
        "dipergunakan sebagaimana mestinya.",
        next_too=True,
    )
    _parties_sign(document)
    return saved(document)


def _party(document: WordFile, number: str, rows: Sequence[tuple[str, str]], name: str) -> None:
    labelled(document, rows, label=LABEL, left=Mm(8))
    first = document.paragraphs[-len(rows)]
    first.runs[0].text = f"{number}\t{first.runs[0].text}"
    first.paragraph_format.first_line_indent = -(LABEL + Mm(4) + Mm(8))
    first.paragraph_format.tab_stops.add_tab_stop(Mm(8))
    document.paragraphs[-1].paragraph_format.space_after = Pt(2)
    last = text(document, f"selanjutnya disebut {name}.")
    last.paragraph_format.left_indent = Mm(8)


def _parties_sign(document: WordFile) -> None:
    """The second party at the left, the first at the right, a witness below where there is one."""
    table = layout(document, 1, (LEFT, RIGHT))
    left, right = table.rows[0].cells
    for cell, lines in (
        (left, ("", "PIHAK KEDUA,")),
        (right, ("{{tempat}}, {{tanggal_surat}}", "PIHAK PERTAMA,", "{{ttd_jabatan}},")),
    ):
        cell.paragraphs[0].style = "Tanda Tangan"
        cell.paragraphs[0].paragraph_format.line_spacing = Pt(8)
        for words in lines:
            cell.add_paragraph(words, "Tanda Tangan")
    receiver = left.add_paragraph(style="Tanda Tangan")
    receiver.paragraph_format.space_before = Pt(78)
    receiver.add_run("{{penerima}}").underline = True
    named(right)
    after_table(document)
    for n, words in enumerate(("Mengetahui,", "{{saksi}}")):
        paragraph = document.add_paragraph(f"{{{{?saksi}}}}{words}", "Tanda Tangan")
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_before = Pt(56 if n else 16)
        paragraph.paragraph_format.keep_with_next = None if n else True


BUILDERS: dict[str, Callable[[], bytes]] = {
    "surat-rekomendasi": recommendation,
    "surat-pengantar-data": covering_letter,
    "laporan-penanganan": report,
    "nota-dinas": memorandum,
    "berita-acara-serah-terima": handover,
}
