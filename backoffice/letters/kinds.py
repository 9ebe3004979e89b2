"""The kinds of letters: what each is for, what its drafter types, what its template may ask for.

A kind is the name of a file in `letter_templates/`. What is typed is suggested from the answers of
the same name in the forms of the case, so that an SOP feeds its letters by naming its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from backoffice.text import _l

from .kind_fields import (
    ADDRESS,
    ADVICE,
    AS_OF,
    BASIS,
    CASE,
    CHRONOLOGY,
    CONSIDERED,
    COPIES,
    ENCLOSURES,
    END,
    FIELDS,
    FURTHER,
    GOODS_GIVEN,
    HEAD,
    LETTER,
    MISSING,
    NATURE,
    NEXT,
    NUMBER,
    OFFICE,
    ONE_A_LINE,
    OPENING,
    ORIGINALS,
    OUTCOME,
    PLACE,
    POSITION,
    REASONS,
    RECIPIENT,
    REPORTED,
    SENDER,
    SENT,
    SIGNER,
    SOURCE,
    SUBJECT,
    TEXT,
    VERIFIED,
    WITNESS,
    LetterField,
    Names,
    plain,
)

RIGHT = "-kanan"  # the same letter with its recipient at the right, under the date


class Made(StrEnum):
    """What a paper is made of: drafted in a case, filled from the case, filled from a list."""

    DRAFTED = "drafted"
    CASE = "case"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """`title` and `about` are Indonesian, since they name a paper.

    `by_drafter`: whoever drafts it signs it where the SOP has nobody approve it; else the head.
    """

    key: str
    title: str
    about: str
    made: Made = Made.DRAFTED
    fields: tuple[LetterField, ...] = ()
    more: Names
    by_drafter: bool = False

    @property
    def names(self) -> Names:
        """Every name its template may ask for."""
        return {**self.more, **{one.key: one.columns or None for one in self.fields}}


DRAFTED = (
    LetterKind(
        key="surat-balasan",
        title="Surat balasan",
        about="Jawaban kantor atas pengaduan, permintaan, atau permohonan.",
        fields=(*HEAD, TEXT, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pengembalian-berkas",
        title="Surat pengembalian berkas",
        about="Berkas yang belum lengkap dikembalikan, dengan apa yang kurang.",
        fields=(*HEAD, MISSING, FURTHER, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pemberitahuan",
        title="Surat pemberitahuan",
        about="Pengaduan atau permohonan tidak dapat ditindaklanjuti, dengan alasannya.",
        fields=(*HEAD, REASONS, BASIS, FURTHER, *END),
        more=LETTER,
    ),
    LetterKind(
        key="surat-klarifikasi",
        title="Surat klarifikasi",
        about="Penjelasan kepada masyarakat atau pihak terkait atas laporan yang tidak benar.",
        fields=(
            *HEAD,
            REPORTED,
            VERIFIED,
            replace(TEXT, label=_l("Clarification")),
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="surat-rekomendasi",
        title="Surat rekomendasi",
        about="Rekomendasi pejabat kepada pejabat lain atau instansi lain tentang suatu berkas.",
        fields=(
            RECIPIENT,
            BASIS,
            CONSIDERED,
            replace(TEXT, label=_l("What is recommended"), help=ONE_A_LINE),
            *END,
        ),
        more=LETTER,
        by_drafter=True,
    ),
    LetterKind(
        key="surat-tindak-lanjut",
        title="Surat tindak lanjut",
        about="Apa yang telah dilakukan atas suatu pengaduan, hasilnya, dan langkah berikutnya.",
        fields=(
            *HEAD,
            replace(TEXT, label=_l("What was done"), help=ONE_A_LINE),
            OUTCOME,
            NEXT,
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="surat-pengantar-data",
        title="Surat pengantar data",
        about="Daftar data atau dokumen yang diserahkan, dengan tanda terima bagi yang mengirim.",
        fields=(
            RECIPIENT,
            ADDRESS,
            SENT,
            SOURCE,
            AS_OF,
            COPIES,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="laporan-penanganan",
        title="Laporan penanganan pengaduan",
        about="Kronologi, penanganan, hasil, dan rekomendasi, bagi pihak yang terkait.",
        fields=(
            SUBJECT,
            BASIS,
            CHRONOLOGY,
            replace(TEXT, label=_l("How it was handled"), help=ONE_A_LINE),
            replace(OUTCOME, required=True),
            ADVICE,
            COPIES,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="nota-dinas",
        title="Nota dinas",
        about="Di dalam pemerintah daerah: berbagi pengetahuan dari suatu berkas kepada atasan.",
        fields=(
            RECIPIENT,
            SENDER,
            NATURE,
            ENCLOSURES,
            SUBJECT,
            OPENING,
            TEXT,
            *END,
        ),
        more=LETTER,
    ),
    LetterKind(
        key="berita-acara-serah-terima",
        title="Berita acara serah terima",
        about="Penyerahan barang atau bantuan dari pihak pertama kepada pihak kedua.",
        fields=(
            replace(RECIPIENT, label=_l("Received by (second party)")),
            POSITION,
            ADDRESS,
            PLACE,
            GOODS_GIVEN,
            ORIGINALS,
            WITNESS,
        ),
        more=LETTER,
    ),
)
SIDED = (  # those with the head of a surat dinas, which has two layouts
    "surat-balasan",
    "surat-pengembalian-berkas",
    "surat-pemberitahuan",
    "surat-klarifikasi",
    "surat-tindak-lanjut",
)
PAPERS = (
    LetterKind(
        key="tanda-terima",
        title="Tanda terima",
        about="Bukti bagi pemohon bahwa berkasnya diterima dan bernomor.",
        made=Made.CASE,
        more={
            **OFFICE,
            **plain("nomor_berkas", "nomor_antrian", "nomor_luar", "nomor_agenda"),
            **plain("layanan", "perihal", "diterima_pada"),
            **plain("diterima_dari", "alamat_pemohon", "telepon_pemohon", "batas_waktu"),
            **plain("tanggal", "petugas_jabatan", "petugas_nama"),
            "kelengkapan": ("nomor", "nama", "keterangan"),
        },
    ),
    LetterKind(
        key="form-penerimaan-layanan",
        title="Form penerimaan layanan",
        about="Pelapor menyatakan layanan apa yang diterimanya, dan bahwa layanan itu gratis.",
        made=Made.CASE,
        more={
            **OFFICE,
            **CASE,
            **plain("tanggal", "petugas_jabatan", "petugas_nama", "keterangan"),
            "pilihan": ("cek", "nama"),
        },
    ),
    LetterKind(
        key="formulir-umpan-balik",
        title="Formulir umpan balik",
        about="Penilaian pengadu atas tanggapan kantor; diisi pengadu atau dicatat petugas.",
        made=Made.CASE,
        more={
            **OFFICE,
            **CASE,
            **plain("tanggal", "petugas_jabatan", "petugas_nama", "keterangan"),
            "pilihan": ("cek", "nama"),
        },
    ),
    LetterKind(
        key="daftar-rekapan",
        title="Daftar rekapan",
        about="Lampiran surat: permohonan dalam satu rekapan, diajukan untuk disetujui.",
        made=Made.LIST,
        more={
            **OFFICE,
            **NUMBER,
            **SIGNER,
            **plain(
                "judul",
                "produk",
                "nama_rekapan",
                "jumlah_berkas",
                "total_dimohon",
                "total_disetujui",
            ),
            "baris": (
                *("nomor", "nomor_berkas", "nama", "alamat"),
                *("rincian", "dimohon", "disetujui", "keterangan"),
            ),
        },
    ),
    LetterKind(
        key="daftar-penerima",
        title="Daftar penerima",
        about="Lampiran surat: yang disetujui menerima, dengan ruang tanda tangan.",
        made=Made.LIST,
        more={
            **OFFICE,
            **NUMBER,
            **SIGNER,
            **plain("judul", "produk", "nama_rekapan", "jumlah_berkas", "total_disetujui"),
            "baris": (
                *("nomor", "nomor_berkas", "nama", "alamat"),
                *("rincian", "disetujui", "ttd_kiri", "ttd_kanan"),
            ),
        },
    ),
)
ON_THE_RIGHT = tuple(
    replace(
        one,
        key=one.key + RIGHT,
        title=f"{one.title} (penerima di kanan)",
        about=f"{one.about} Penerima di kanan, di bawah tanggal.",
    )
    for one in DRAFTED
    if one.key in SIDED
)
KINDS: Mapping[str, LetterKind] = {one.key: one for one in (*DRAFTED, *ON_THE_RIGHT, *PAPERS)}
# Papers of incoming letters and meetings, which have screens of their own.
ELSEWHERE = frozenset({"undangan-rapat", "daftar-hadir", "notulen", "lembar-disposisi"})
NAMES: Mapping[str, Names] = {key: one.names for key, one in KINDS.items()}
# What an office's own letter may ask for, of which nothing is known but its name.
LETTER_NAMES: Names = {**LETTER, **{key: one.columns or None for key, one in FIELDS.items()}}


def kind_of(key: str) -> LetterKind:
    """The kind of that name; one that asks for whatever its template does where none is known."""
    known = KINDS.get(key)
    if known is not None:
        return known
    title = key.replace("-", " ").capitalize()
    return LetterKind(key=key, title=title, about="", fields=tuple(FIELDS.values()), more=LETTER)
