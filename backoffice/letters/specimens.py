"""Invented values for every name a template may ask for: to look at it filled, and as examples.

Nobody and nothing in them exists.
"""

from __future__ import annotations

from collections.abc import Mapping

from backoffice.workflow.disposing import INSTRUCTIONS

from .catalogue import words_of
from .cleaning import Row, Value
from .disposition_sheet import NATURES, NO, YES
from .kind_fields import Names

Rows = tuple[str, ...]
ROWS = 2  # of each list
FIELDS: Mapping[str, str] = {
    "pemerintah": "PEMERINTAH KOTA CONTOH",
    "alamat_instansi": "Jalan Contoh Nomor 1, Kota Contoh 99999",
    "kontak_instansi": "Telepon 0800-0000-001 · Pos-el dinas@example.go.id",
    "tempat": "Contoh",
    "nomor_surat": "400.12/17/DINAS/2026",
    "tanggal_surat": "14 Januari 2026",
    "kode_surat": "7K3M-9QX2-TBWD",
    "alamat_periksa": "surat.example.go.id/v",
    "hari": "Rabu",
    "tanggal_terbilang": "Empat Belas",
    "bulan": "Januari",
    "bulan_romawi": "I",
    "tahun": "2026",
    "tahun_terbilang": "Dua Ribu Dua Puluh Enam",
    "tanggal_angka": "14-01-2026",
    "nomor_berkas": "ADU-2026-0042",
    "tanggal_berkas": "12 Januari 2026",
    "perihal": "KTP-el belum tercetak sejak Oktober 2025",
    "layanan": "Pelayanan Pengaduan Skala Menengah",
    "saluran": "datang sendiri",
    "nama_pemohon": "Fitri Teladani",
    "alamat_pemohon": "Jalan Kenanga Nomor 4, Kelurahan Contoh Hulu",
    "telepon_pemohon": "0800-0000-142",
    "ttd_an": "",
    "ttd_ub": "",
    "ttd_jabatan": "KEPALA DINAS",
    "ttd_nama": "Dra. CITRA MISALNYA, M.Si.",
    "ttd_pangkat": "Pembina Utama Muda (IV/c)",
    "ttd_nip": "19700101 199503 2 001",
    "pejabat": "Kepala Dinas",
    "penerima": "Sdr. Johanis Contohnya",
    "alamat_penerima": "Jalan Kenanga Nomor 4\nKelurahan Contoh Hulu",
    "sifat": "Biasa",
    "lampiran": "1 (satu) berkas",
    "hal": "Jawaban atas pengaduan pencetakan KTP-el",
    "pembuka": "Sehubungan dengan pengaduan Saudara, bersama ini disampaikan hal berikut.",
    "penutup": "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
    "pokok": "KTP-el yang dimohon pada bulan Oktober 2025 dilaporkan belum tercetak.",
    "hasil_verifikasi": "KTP-el telah dicetak pada tanggal 13 Januari 2026.",
    "pertimbangan": "Permohonan telah lengkap dan sesuai dengan ketentuan.",
    "hasil": "KTP-el telah diserahkan kepada pemohon.",
    "rencana": "Daftar tunggu pencetakan diperiksa setiap hari Senin.",
    "sumber": "Aplikasi data terpadu",
    "keadaan": "31 Desember 2025",
    "kronologi": "Pada tanggal 12 Januari 2026 pelapor datang ke loket.",
    "dari": "Kepala Bidang Contoh",
    "kedudukan": "Ketua Panitia Contoh",
    "tempat_acara": "halaman Kantor Wali Kota Contoh",
    "rangkap": "2 (dua)",
    "saksi": "Lurah Contoh Hulu",
    "nomor_antrian": "A-017",
    "nomor_luar": "7654321",
    "nomor_agenda": "12/2026",
    "diterima_pada": "Senin, 12 Januari 2026 pukul 09.15 WIB",
    "diterima_dari": "Fitri Teladani",
    "batas_waktu": "Rabu, 14 Januari 2026",
    "tanggal": "14 Januari 2026",
    "petugas_jabatan": "Petugas Pengaduan",
    "petugas_nama": "Ani Percontohan",
    "keterangan": "Pelapor meminta salinan.",
    "judul": "PERMOHONAN BANTUAN CONTOH",
    "produk": "BANTUAN CONTOH",
    "nama_rekapan": "Rekapan contoh #1",
    "jumlah_berkas": "2 (dua)",
    "total_dimohon": "4",
    "total_disetujui": "3",
    "hari_tanggal": "Kamis, 15 Januari 2026",
    "waktu": "09.00 WIB sampai selesai",
    "tempat_rapat": "Ruang Rapat Contoh",
    "acara": "Pembahasan pencetakan KTP-el",
    "pimpinan": "Kepala Dinas",
    "tempat_tanggal": "Contoh, 15 Januari 2026",
    "notulis": "Ani Percontohan, Petugas Pengaduan",
    "pimpinan_nama": "Dra. Citra Misalnya, M.Si.",
    "notulis_nama": "Ani Percontohan",
    "notulis_jabatan": "Petugas Pengaduan",
    "surat_dari": "Camat Contoh Hulu",
    "diterima_tanggal": "12 Januari 2026",
    "catatan": "Mohon dibahas minggu ini.",
    **{f"cek_{key}": NO for key, _word in NATURES},
    **{f"cek_{key}": YES if n == 0 else NO for n, key in enumerate(INSTRUCTIONS)},
}
# The cells of a list, one a row; what stands here once is the same in every row.
CELLS: Mapping[str, Rows] = {
    "kop.baris": ("DINAS KEPENDUDUKAN", "DAN PENCATATAN SIPIL"),
    "nomor": ("1.", "2."),
    "isian.label": ("Jenis dokumen", "Jumlah"),
    "isian.nilai": ("KTP-el", "2"),
    "isian.terbilang": ("", "dua"),
    "paraf.jabatan": ("Sekretaris", "Kepala Bidang Contoh"),
    "paraf.tanda": ("14 Januari 2026", ""),
    "isi.paragraf": (
        "KTP-el Saudara telah dicetak pada tanggal 13 Januari 2026.",
        "KTP-el dapat diambil di kantor kecamatan pada hari kerja.",
    ),
    "tembusan.nama": ("Wali Kota Contoh", "Camat Contoh Hulu"),
    "uraian": ("Salinan kartu keluarga", "Pengantar dari kelurahan"),
    "banyaknya": ("1 (satu) lembar", "1 (satu) berkas"),
    "keterangan": ("asli", ""),
    "nama": ("Fitri Teladani", "Johanis Contohnya"),
    "cek": (YES, NO),
    "pilihan.nama": ("Layanan informasi", "Layanan konsultasi"),
    "kelengkapan.nama": ("Surat pengaduan", "foto.jpg"),
    "kelengkapan.keterangan": ("☐ ada   ☐ belum ada", "diterima"),
    "baris.nomor_berkas": ("CONTOH-2026-0001", "CONTOH-2026-0002"),
    "baris.alamat": ("Kelurahan Contoh Hulu", "Kelurahan Contoh Hilir"),
    "baris.rincian": ("Sapi", "Kambing"),
    "baris.dimohon": ("2",),
    "baris.disetujui": ("2", "1"),
    "baris.ttd_kiri": ("1.", ""),
    "baris.ttd_kanan": ("", "2."),
    "undangan.nama": ("Sekretaris", "Kepala Bidang Contoh"),
    "susunan.acara": ("Pembukaan", "Pembahasan"),
    "peserta.jabatan": ("Sekretaris", "Kepala Bidang Contoh"),
    "peserta.instansi": ("Dinas Contoh",),
    "peserta.tanda": ("1.", "2."),
    "pembahasan.paragraf": ("Daftar tunggu dibahas.", "Blangko tersedia."),
    "keputusan.apa": ("Mencetak yang tertunda", "Memberi tahu pemohon"),
    "keputusan.siapa": ("Kepala Bidang Contoh", "Petugas Pengaduan"),
    "keputusan.kapan": ("16 Januari 2026",),
    "diteruskan.jabatan": ("Sekretaris", "Kepala Bidang Contoh"),
    "diteruskan.tanda": ("1", YES),
    "rantai.tanggal": ("13 Januari 2026",),
    "rantai.dari": ("Kepala Dinas", "Sekretaris"),
    "rantai.kepada": ("Sekretaris", "Kepala Bidang Contoh"),
    "rantai.tanda": ("1", YES),
    "rantai.isi": ("Tanggapi dan beri saran", "Koordinasikan"),
    "rantai.batas": ("15 Januari 2026",),
    "rantai.keadaan": ("dikerjakan", "belum dibaca"),
}
# What stands in the papers of meetings and on the sheet of a disposition.
WORDS: Mapping[str, str] = {
    "hari_tanggal": "hari dan tanggal rapat",
    "waktu": "jam rapat",
    "tempat_rapat": "tempat rapat",
    "acara": "acara rapat",
    "pimpinan": "jabatan pimpinan rapat",
    "tempat_tanggal": "tempat dan tanggal kertas itu",
    "notulis": "nama dan jabatan notulis",
    "pimpinan_nama": "nama pimpinan rapat",
    "notulis_nama": "nama notulis",
    "notulis_jabatan": "jabatan notulis",
    "surat_dari": "pengirim surat masuk",
    "diterima_tanggal": "tanggal surat diterima",
    "catatan": "catatan pemberi disposisi",
    "undangan": "yang diundang",
    "undangan.nama": "jabatan atau namanya",
    "susunan": "susunan acara",
    "susunan.acara": "satu butir acara",
    "peserta": "yang hadir",
    "peserta.nama": "namanya",
    "peserta.jabatan": "jabatannya",
    "peserta.instansi": "instansinya",
    "peserta.tanda": "nomor untuk tanda tangan",
    "pembahasan": "pembahasan rapat",
    "pembahasan.paragraf": "satu alinea",
    "keputusan": "keputusan rapat",
    "keputusan.apa": "apa yang diputuskan",
    "keputusan.siapa": "siapa yang mengerjakan",
    "keputusan.kapan": "batas waktunya",
    "diteruskan": "kepada siapa disposisi diberikan",
    "diteruskan.tanda": "1 bagi penanggung jawab, ☒ bagi yang lain",
    "diteruskan.jabatan": "jabatannya",
    "rantai": "rangkaian disposisi",
    "rantai.tanggal": "tanggal diberikan",
    "rantai.dari": "pemberinya",
    "rantai.tanda": "1 bagi penanggung jawab, ☒ bagi yang lain",
    "rantai.kepada": "penerimanya",
    "rantai.isi": "perintahnya",
    "rantai.batas": "batas waktunya",
    "rantai.keadaan": "sejauh mana, dan laporannya",
    **{f"cek_{key}": f"☒ bila {word}, ☐ bila tidak" for key, word in NATURES},
    **{f"cek_{key}": f"☒ bila {word}, ☐ bila tidak" for key, word in INSTRUCTIONS.items()},
}


def specimen(names: Names) -> dict[str, Value]:
    """A value for every name; lists have two rows."""
    return {
        name: FIELDS[name] if columns is None else _rows(name, columns)
        for name, columns in names.items()
    }


def example_of(name: str, column: str | None = None) -> str:
    """What a field, or the first row of a list, could say."""
    return FIELDS[name] if column is None else _cell(name, column, 0)


def meaning_of(name: str, column: str | None = None) -> str:
    """What a name stands for; KeyError for one nobody has described."""
    key = name if column is None else f"{name}.{column}"
    return WORDS[key] if key in WORDS else words_of(name, column)


def _rows(name: str, columns: tuple[str, ...]) -> list[Row]:
    return [{column: _cell(name, column, n) for column in columns} for n in range(ROWS)]


def _cell(name: str, column: str, n: int) -> str:
    cells = CELLS.get(f"{name}.{column}") or CELLS[column]
    return cells[n % len(cells)]
