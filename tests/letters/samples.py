"""The values of one letter and one receipt, as an office would print them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from backoffice.letters.disposition_sheet import URGENCIES
from backoffice.workflow.disposing import INSTRUCTIONS
from tests.letters.samples_kinds import of_kinds
from tests.letters.samples_meetings import of_meetings

TEMPLATES = Path(__file__).parents[2] / "letter_templates"
OFFICE: dict[str, Any] = {
    "pemerintah": "PEMERINTAH KOTA CONTOH",
    "kop": [{"baris": "DINAS KEPENDUDUKAN"}, {"baris": "DAN PENCATATAN SIPIL"}],
    "alamat_instansi": "Jalan Contoh Nomor 1, Kota Contoh 99999",
    "kontak_instansi": "Telepon 0800-0000-001 · Pos-el dukcapil@example.go.id",
    "tempat": "Contoh",
    "kode_surat": "7K3M-9QX2-TBWD",
    "alamat_periksa": "surat.example.go.id/v",
}
LETTER: dict[str, Any] = {
    **OFFICE,
    "nomor_surat": "………",
    "tanggal_surat": "14 Januari 2026",
    "nomor_berkas": "ADU-2026-0042",
    "tanggal_berkas": "12 Januari 2026",
    "penerima": "Sdr. Johanis O'Brien & Keluarga <Latuhalat>",
    "alamat_penerima": "Jalan Kenanga Nomor 4\nKelurahan Contoh Hulu",
    "sifat": "Biasa",
    "lampiran": "-",
    "hal": "Jawaban atas pengaduan pencetakan KTP-el",
    "pembuka": "Sehubungan dengan pengaduan Saudara, bersama ini disampaikan hal berikut.",
    "isi": [
        {
            "nomor": "1.",
            "paragraf": "KTP-el Saudara telah dicetak pada tanggal 13 Januari 2026.",
        },
        {
            "nomor": "2.",
            "paragraf": "KTP-el dapat diambil di kantor kecamatan pada hari kerja.",
        },
    ],
    "penutup": "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
    "ttd_an": "",
    "ttd_ub": "",
    "paraf": [],
    "ttd_jabatan": "KEPALA DINAS",
    "ttd_nama": "Dra. CITRA MISALNYA, M.Si.",
    "ttd_pangkat": "Pembina Utama Muda (IV/c)",
    "ttd_nip": "19700101 199503 2 001",
    "tembusan": [{"nomor": "1.", "nama": "Wali Kota Contoh"}],
}
RECEIPT: dict[str, Any] = {
    **OFFICE,
    "nomor_berkas": "ADU-2026-0042",
    "nomor_antrian": "A-017",
    "nomor_luar": "7654321, 005/12/Umum",
    "nomor_agenda": "12/2026",
    "layanan": "Prosedur Tetap Pelayanan Pengaduan Skala Menengah",
    "perihal": "KTP-el belum tercetak sejak Oktober 2025",
    "diterima_pada": "Senin, 12 Januari 2026 pukul 09.15 WIB",
    "diterima_dari": "Fitri Teladani",
    "alamat_pemohon": "Kelurahan Contoh Hulu",
    "telepon_pemohon": "0800-0000-0142",
    "batas_waktu": "Rabu, 14 Januari 2026",
    "tanggal": "12 Januari 2026",
    "petugas_jabatan": "Petugas Pengaduan",
    "petugas_nama": "Ani Percontohan",
    "kelengkapan": [
        {"nomor": "1.", "nama": "Surat Pengaduan", "keterangan": "☐ ada   ☐ belum ada"},
        {"nomor": "2.", "nama": "foto.jpg", "keterangan": "diterima"},
    ],
}
SHEET: dict[str, Any] = {
    **OFFICE,
    "surat_dari": "Camat Contoh Hulu",
    "nomor_surat": "005/12/Umum",
    "tanggal_surat": "9 Januari 2026",
    "diterima_tanggal": "12 Januari 2026",
    "nomor_agenda": "17/2026",
    "perihal": "Permintaan perekaman KTP-el bagi warga lanjut usia & penyandang <disabilitas>",
    **{f"cek_{key}": "☐" for key in (*URGENCIES, *INSTRUCTIONS)},
    "cek_segera": "☒",
    "cek_proses": "☒",
    "cek_koordinasi": "☒",
    "catatan": "Tim berangkat sebelum akhir bulan.\nSiapkan dua alat rekam.",
    "batas_waktu": "Jumat, 23 Januari 2026",
    "tanggal": "12 Januari 2026",
    "ttd_jabatan": "KEPALA DINAS",
    "ttd_nama": "Dra. CITRA MISALNYA, M.Si.",
    "ttd_pangkat": "Pembina Utama Muda (IV/c)",
    "ttd_nip": "19700101 199503 2 001",
    "diteruskan": [
        {"tanda": "1", "jabatan": "Kepala Bidang Pelayanan Pendaftaran Penduduk"},
        {"tanda": "☒", "jabatan": "Kepala Bidang Pengelolaan Informasi"},
        {"tanda": "☒", "jabatan": "Sekretaris (untuk diketahui)"},
    ],
    "rantai": [
        {
            "tanggal": "12 Januari 2026",
            "dari": "Kepala Dinas",
            "tanda": "1",
            "kepada": "Kepala Bidang Pelayanan Pendaftaran Penduduk",
            "isi": "Proses lebih lanjut; Koordinasi/konfirmasikan",
            "batas": "23 Januari 2026",
            "keadaan": "dikerjakan, 13 Januari 2026",
        },
        {
            "tanggal": "13 Januari 2026",
            "dari": "Kepala Bidang Pelayanan Pendaftaran Penduduk",
            "tanda": "1",
            "kepada": "Kepala Seksi Identitas Penduduk",
            "isi": "Selesaikan/tindak lanjuti\nSusun jadwal per kelurahan.",
            "batas": "20 Januari 2026",
            "keadaan": "dilaporkan, 15 Januari 2026\nJadwal tiga kelurahan sudah disetujui camat.",
        },
        {
            "tanggal": "12 Januari 2026",
            "dari": "Kepala Dinas",
            "tanda": "☒",
            "kepada": "Kepala Bidang Pengelolaan Informasi",
            "isi": "Proses lebih lanjut; Koordinasi/konfirmasikan",
            "batas": "23 Januari 2026",
            "keadaan": "belum dibaca",
        },
    ],
}
SAMPLES = {
    **of_kinds(LETTER, OFFICE),
    "lembar-disposisi": SHEET,
    **of_meetings(OFFICE),
    "tanda-terima": RECEIPT,
}


def template(kind: str) -> bytes:
    """A shipped template."""
    return (TEMPLATES / f"{kind}.docx").read_bytes()
