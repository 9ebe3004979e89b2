"""The values of one paper of every kind, as an office would print them."""

from __future__ import annotations

from typing import Any

from backoffice.letters.kinds import ON_THE_RIGHT, RIGHT

THREE_LINES: dict[str, Any] = {
    "pemerintah": "PEMERINTAH KABUPATEN CONTOH RAYA",
    "kop": [
        {"baris": "DINAS SOSIAL, PENGENDALIAN PENDUDUK,"},
        {"baris": "KELUARGA BERENCANA, PEMBERDAYAAN"},
        {"baris": "PEREMPUAN DAN PERLINDUNGAN ANAK"},
    ],
    "alamat_instansi": "Jalan Raya Contoh Kilometer 12 Nomor 101, Kecamatan Contoh 99999",
    "kontak_instansi": "Telepon 0800-0000-001 · Pos-el dinsos@example.go.id · dinsos.example.go.id",
    "tempat": "Contoh Raya",
}


def _points(*words: str) -> list[dict[str, str]]:
    return [{"nomor": f"{n}.", "uraian": one} for n, one in enumerate(words, start=1)]


def _paragraphs(*words: str) -> list[dict[str, str]]:
    return [{"nomor": f"{n}.", "paragraf": one} for n, one in enumerate(words, start=1)]


def _goods(*rows: tuple[str, str, str]) -> list[dict[str, str]]:
    return [
        {"nomor": f"{n}.", "uraian": what, "banyaknya": many, "keterangan": remark}
        for n, (what, many, remark) in enumerate(rows, start=1)
    ]


def of_kinds(letter: dict[str, Any], office: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A sample for each kind, upon what every letter and every office has."""
    base = {
        **letter,
        "hari": "Rabu",
        "tanggal_terbilang": "Empat Belas",
        "bulan": "Januari",
        "bulan_romawi": "I",
        "tahun": "2026",
        "tahun_terbilang": "Dua Ribu Dua Puluh Enam",
        "tanggal_angka": "14-01-2026",
        "pejabat": "Kepala Dinas",
        "perihal": "KTP-el belum tercetak sejak Oktober 2025",
        "layanan": "Pelayanan Pengaduan Skala Menengah",
        "saluran": "datang sendiri",
        "nama_pemohon": "Fitri Teladani",
        "alamat_pemohon": "Jalan Kenanga Nomor 4, Kelurahan Contoh Hulu",
        "telepon_pemohon": "0800-0000-142",
    }
    made = {**_letters(base), **_documents(base), **_forms(base, office), **_lists(base)}
    right = {one.key: {**made[one.key.removesuffix(RIGHT)], **THREE_LINES} for one in ON_THE_RIGHT}
    return {**made, **right}


def _letters(base: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        "surat-balasan": base,
        "surat-pengembalian-berkas": {
            **base,
            "lampiran": "1 (satu) berkas",
            "hal": "Pengembalian berkas permohonan bantuan hewan qurban",
            "pembuka": "Sehubungan dengan permohonan bantuan Saudara nomor QURBAN-2026-0007 "
            "tanggal 12 Januari 2026, setelah diperiksa berkas tersebut belum dapat diproses "
            "karena belum lengkap, yaitu:",
            "kekurangan": _points(
                "Proposal belum ditandatangani ketua panitia.",
                "Belum ada surat keterangan dari kepala desa/negeri atau lurah tentang kedudukan "
                "masjid dan jumlah penerima.",
            ),
            "isi": _paragraphs(
                "Bersama surat ini berkas dimaksud dikembalikan untuk dilengkapi. Berkas yang "
                "telah lengkap dapat disampaikan kembali kepada kami dengan menyebutkan nomor "
                "tersebut di atas."
            ),
        },
        "surat-pemberitahuan": {
            **base,
            "hal": "Pemberitahuan pengaduan tidak dapat ditindaklanjuti",
            "pembuka": "Sehubungan dengan pengaduan Saudara nomor ADU-2026-0042 tanggal 12 Januari "
            "2026 tentang parkir liar, dengan hormat diberitahukan bahwa setelah dilakukan "
            "penelaahan, pengaduan tersebut tidak dapat ditindaklanjuti dengan alasan sebagai "
            "berikut:",
            "alasan": _points(
                "Lokasi yang diadukan berada di luar wilayah kota.",
                "Perkara yang sama sedang diperiksa oleh pengadilan.",
            ),
            "dasar": _points("Peraturan Daerah Kota Contoh Nomor 1 Tahun 2020 Pasal 5."),
            "isi": _paragraphs(
                "Apabila Saudara berkeberatan atau mempunyai bukti baru, keberatan dapat "
                "disampaikan secara tertulis kepada kami dengan menyebutkan nomor tersebut di atas."
            ),
        },
        "surat-klarifikasi": {
            **base,
            "hal": "Klarifikasi atas pengaduan tentang pungutan di loket",
            "pembuka": "Sehubungan dengan pengaduan nomor ADU-2026-0042 tanggal 12 Januari 2026 "
            "yang kami terima, setelah dilakukan verifikasi bersama ini disampaikan klarifikasi "
            "sebagai berikut.",
            "pokok": "Petugas loket diduga memungut biaya untuk pengurusan kartu keluarga.",
            "hasil_verifikasi": "Rekaman kamera dan buku kas loket tanggal 5 sampai 9 Januari 2026 "
            "telah diperiksa.\nTidak ditemukan pungutan.",
            "isi": _paragraphs(
                "Biaya yang dimaksud adalah biaya fotokopi pada penyedia di luar kantor.",
                "Seluruh layanan kependudukan tidak dipungut biaya.",
            ),
        },
        "surat-tindak-lanjut": {
            **base,
            "hal": "Tindak lanjut pengaduan tentang parkir liar di depan pasar",
            "pembuka": "Menindaklanjuti pengaduan Saudara nomor ADU-2026-0042 tanggal 12 Januari "
            "2026, bersama ini disampaikan hal-hal yang telah dilakukan sebagai berikut:",
            "isi": _paragraphs(
                "Peninjauan lokasi pada tanggal 13 Januari 2026 bersama Dinas Perhubungan.",
                "Penertiban dan pemasangan rambu pada tanggal 14 Januari 2026.",
            ),
            "hasil": "Badan jalan telah bebas dari kendaraan yang parkir.",
            "rencana": "Pengawasan setiap pagi selama tiga puluh hari oleh regu patroli.",
        },
    }


def _documents(base: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        "surat-rekomendasi": {
            **base,
            "penerima": "Kepala Satuan Polisi Pamong Praja",
            "pejabat": "Sekretaris",
            "dasar": _points(
                "Pengaduan nomor ADU-2026-0042 tanggal 12 Januari 2026 tentang ancaman.",
                "Hasil analisis Bidang Penegakan Perda tanggal 13 Januari 2026.",
            ),
            "pertimbangan": "bahwa pelapor memerlukan rasa aman selama perkara diperiksa",
            "isi": _paragraphs(
                "Pendampingan hukum selama proses pemeriksaan.",
                "Pendampingan psikologis bila diperlukan.",
            ),
            "penutup": "Demikian rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya.",
        },
        "surat-pengantar-data": {
            **base,
            "uraian": _goods(
                ("Data penerima bantuan sosial per kecamatan tahun 2025", "1 (satu) berkas", ""),
                ("Salinan dalam bentuk lembar kerja", "1 (satu) keping", "Diserahkan langsung"),
            ),
            "sumber": "Data Terpadu Kesejahteraan Sosial",
            "keadaan": "31 Desember 2025",
        },
        "laporan-penanganan": {
            **base,
            "hal": "Pengaduan tentang penelantaran anak",
            "dasar": _points("Pengaduan nomor ADU-2026-0042 tanggal 12 Januari 2026."),
            "kronologi": "Pada tanggal 10 Januari 2026 pelapor mendapati anak tersebut seorang "
            "diri di rumah selama dua hari.\nPelapor menyampaikannya kepada ketua RT dan kemudian "
            "kepada dinas.",
            "isi": _paragraphs(
                "12 Januari 2026: wawancara dengan pelapor.",
                "13 Januari 2026: kunjungan rumah dan asesmen oleh pekerja sosial.",
                "14 Januari 2026: rapat terbatas yang dipimpin Kepala Dinas dan mediasi keluarga.",
            ),
            "hasil": "Anak diasuh sementara oleh neneknya; orang tua menandatangani kesepakatan.",
            "saran": _points(
                "Pemantauan setiap minggu selama tiga bulan.",
                "Pengajuan bantuan sosial bagi keluarga melalui kelurahan.",
            ),
            "tembusan": [
                {"nomor": "1.", "nama": "Bupati Contoh Raya"},
                {"nomor": "2.", "nama": "Camat Contoh Hulu"},
            ],
        },
        "nota-dinas": {
            **base,
            "penerima": "Asisten Pemerintahan dan Kesejahteraan Rakyat",
            "dari": "Kepala Bagian Kesejahteraan Rakyat",
            "hal": "Hasil penanganan pengaduan tentang pembagian hewan qurban",
            "pembuka": "Bersama ini dilaporkan hasil penanganan pengaduan nomor ADU-2026-0042 "
            "tanggal 12 Januari 2026 sebagai bahan masukan dan berbagi pengetahuan.",
            "isi": _paragraphs(
                "Pokok masalah: daftar penerima tidak diumumkan sebelum penyerahan.",
                "Resolusi: daftar penerima diumumkan di kantor kelurahan dan di laman resmi.",
            ),
            "penutup": "Demikian dilaporkan, mohon arahan lebih lanjut.",
        },
        "berita-acara-serah-terima": {
            **base,
            "penerima": "Haji Abdurrahman Contohnyatapanjang Latuconsina",
            "kedudukan": "Ketua Panitia Qurban Masjid Al-Contoh",
            "tempat_acara": "halaman Kantor Wali Kota Contoh",
            "barang": _goods(("Hewan Qurban (Sapi)", "2 (dua) ekor", "sehat, cukup umur")),
            "rangkap": "2 (dua)",
            "saksi": "Lurah Contoh Hulu",
        },
    }


def _forms(base: dict[str, Any], office: dict[str, Any]) -> dict[str, dict[str, Any]]:
    form = {
        **office,
        **base,
        "tanggal": "14 Januari 2026",
        "petugas_jabatan": "Petugas Layanan",
        "petugas_nama": "Ani Percontohan",
        "keterangan": "Pelapor meminta salinan berita acara.",
    }
    return {
        "form-penerimaan-layanan": {
            **form,
            "pilihan": [
                {"cek": "☒", "nama": "Layanan informasi"},
                {"cek": "☒", "nama": "Layanan konsultasi"},
                {"cek": "☐", "nama": "Layanan awal"},
            ],
        },
        "formulir-umpan-balik": {
            **form,
            "pilihan": [
                {"cek": "☐", "nama": "Puas"},
                {"cek": "☒", "nama": "Cukup"},
                {"cek": "☐", "nama": "Tidak puas"},
            ],
        },
    }


def _lists(base: dict[str, Any]) -> dict[str, dict[str, Any]]:
    known = {
        **base,
        "pejabat": "Kepala Bagian Kesejahteraan Rakyat",
        "judul": "PERMOHONAN BANTUAN HEWAN QURBAN",
        "produk": "HEWAN QURBAN",
        "nama_rekapan": "Rekapan qurban #1",
        "jumlah_berkas": "3 (tiga)",
        "total_dimohon": "6",
        "total_disetujui": "4",
        "baris": [
            {
                "nomor": f"{n}.",
                "nomor_berkas": f"QURBAN-2026-000{n}",
                "nama": name,
                "alamat": "Kelurahan Contoh Hulu",
                "rincian": animal,
                "dimohon": "2",
                "disetujui": granted,
                "keterangan": "",
                "ttd_kiri": f"{n}." if n % 2 else "",
                "ttd_kanan": "" if n % 2 else f"{n}.",
            }
            for n, (name, animal, granted) in enumerate(
                (
                    ("Masjid Al-Contoh\nHaji Abdurrahman", "Sapi", "2"),
                    ("Musala Nurul Misal & Remaja <Islam>", "Kambing", "1"),
                    ("Masjid Raya Contoh Hulu\nFitri Teladani", "Sapi", "1"),
                ),
                start=1,
            )
        ],
    }
    return {"daftar-rekapan": known, "daftar-penerima": known}
