"""The values of the papers of one meeting, as an office would print them."""

from __future__ import annotations

from typing import Any

WHEN: dict[str, Any] = {
    "hari_tanggal": "Kamis, 15 Januari 2026",
    "waktu": "Pukul 09.00 WIB sampai dengan pukul 11.00",
    "tempat_rapat": "Ruang rapat Dinas, lantai 2",
    "acara": "Pembahasan kartu keluarga yang belum terbit di tiga kelurahan",
    "pimpinan": "Kepala Dinas",
}
SIGNED: dict[str, Any] = {
    "ttd_an": "",
    "ttd_ub": "",
    "paraf": [],
    "ttd_jabatan": "KEPALA DINAS",
    "ttd_nama": "Dra. CITRA MISALNYA, M.Si.",
    "ttd_pangkat": "Pembina Utama Muda (IV/c)",
    "ttd_nip": "19700101 199503 2 001",
}


def of_meetings(office: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Kind -> its values, for an office."""
    names = ("Sekretaris", "Kepala Bidang Daftar dan Capil", "Tim Teknis SIAK, Dinas Kominfo")
    invited = [{"nomor": f"{n}.", "nama": one} for n, one in enumerate(names, 1)]
    seats = [
        ("Budi Umpama", "Sekretaris", "Dinas Kependudukan"),
        ("Gita Andaian", "Kepala Bidang Daftar dan Capil", "Dinas Kependudukan"),
        ("Tim Teknis SIAK", "", "Dinas Kominfo"),
        *[("", "", "")] * 5,
    ]
    return {
        "undangan-rapat": {
            **office,
            **WHEN,
            **SIGNED,
            "nomor_surat": "………",
            "tanggal_surat": "13 Januari 2026",
            "sifat": "Biasa",
            "lampiran": "-",
            "hal": "Undangan rapat",
            "pembuka": "Mengharap kehadiran Saudara dalam rapat yang akan diadakan pada:",
            "penutup": "Demikian disampaikan, atas perhatian dan kehadiran Saudara diucapkan "
            "terima kasih.",
            "undangan": invited,
            "susunan": [
                {"nomor": "1.", "acara": "Kronologi pengaduan"},
                {"nomor": "2.", "acara": "Langkah penyelesaian"},
            ],
        },
        "daftar-hadir": {
            **office,
            **WHEN,
            **SIGNED,
            "tempat_tanggal": "Contoh, 15 Januari 2026",
            "peserta": [
                {
                    "nomor": f"{n}.",
                    "nama": name,
                    "jabatan": post,
                    "instansi": organisation,
                    "tanda": f"{n}. …………",
                }
                for n, (name, post, organisation) in enumerate(seats, 1)
            ],
        },
        "notulen": {
            **office,
            **WHEN,
            "notulis": "Budi Umpama",
            "notulis_nama": "Budi Umpama",
            "notulis_jabatan": "Notulis",
            "pimpinan_nama": "Dra. CITRA MISALNYA, M.Si.",
            "tempat_tanggal": "Contoh, 15 Januari 2026",
            "peserta": invited,
            "pembahasan": [
                {"paragraf": "Jaringan di tiga kelurahan terputus sejak 5 Januari 2026."},
                {"paragraf": "Berkas yang tertunda sebanyak 42 dan sudah didata."},
            ],
            "keputusan": [
                {
                    "nomor": "1.",
                    "apa": "Perbaiki jaringan loket di tiga kelurahan",
                    "siapa": "Tim Teknis SIAK",
                    "kapan": "20 Januari 2026",
                },
                {
                    "nomor": "2.",
                    "apa": "Cetak 42 kartu keluarga yang tertunda",
                    "siapa": "Kepala Bidang Daftar dan Capil",
                    "kapan": "-",
                },
            ],
        },
    }
