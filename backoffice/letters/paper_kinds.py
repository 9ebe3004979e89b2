"""The papers that are filled from a case or from a list, without anybody drafting them."""

from __future__ import annotations

from .kind_fields import (
    CASE,
    NUMBER,
    OFFICE,
    SIGNER,
    plain,
)
from .letter_kind import LetterKind, Made

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
