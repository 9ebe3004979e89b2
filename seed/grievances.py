"""Invented complaints of the offices outside the counter of the Disdukcapil: who, what, how far."""

from __future__ import annotations

from typing import Any

from seed.stories import Tale, person
from seed.walking import Story

LANGSUNG, TIDAK_LANGSUNG = "pengaduan-langsung", "pengaduan-tidak-langsung"
TO_SECTION = ("forward",) * 8  # of Sekadau: up to the Kepala Seksi
TO_TEAM = ("forward", "forward", "forward", "approve")  # of Ambon: up to the Tim Analisis
TO_UNIT = ("forward", "forward", "forward", "forward", "lisan", "forward", "forward")  # of Sampang


def grievance(
    office: str, code: str, n: int, subject: str, hours: float, ways: tuple[str, ...], **more: Any
) -> Tale:
    """A complaint; `n` makes the citizen, `more` goes into the story."""
    columns = {
        "subject": subject,
        "summary": f"{subject}. Mohon diperiksa dan ditindaklanjuti.",
        **more.pop("columns", {}),
    }
    pace = more.pop("pace", 40)
    party = {"anonymous": True} if more.pop("anonymous", False) else person(n)
    story = Story(columns=columns, party=party, **more)
    return Tale(office=office, code=code, working_hours=hours, ways=ways, pace=pace, story=story)


SEKADAU = (
    grievance(
        "dinsos-sekadau",
        "pengaduan",
        121,
        "Bantuan sembako bulan lalu diterima kurang dari daftar",
        44,
        (*TO_SECTION, "approve", "forward", "forward", "approve", "approve", "approve", "forward"),
        unit="linjamsos",
    ),
    grievance(
        "dinsos-sekadau",
        "pengaduan",
        122,
        "Nama penerima bantuan disabilitas tidak tercantum lagi",
        26,
        (*TO_SECTION, "return"),
        unit="rehsos",
        notes={"verifikasi": "Surat keterangan disabilitas belum dilampirkan."},
    ),
    grievance(
        "dinsos-sekadau",
        "pengaduan",
        123,
        "Tetangga mampu tercatat sebagai penerima bantuan",
        12,
        ("forward",) * 7,
        unit="linjamsos",
        columns={"channel": "telepon"},
    ),
)

AMBON = (
    grievance(
        "kesra-ambon",
        "pengaduan",
        131,
        "Pembagian daging qurban di Kelurahan Contoh tidak merata",
        24,
        (*TO_TEAM, "opinion"),
        columns={"channel": "media_sosial", "urgency": "segera"},
        notes={
            "verifikasi": "Panitia membenarkan bahwa 14 kupon tidak terlayani.",
            "analisis": "Daftar penerima disusun tanpa RT. Usul: daftar disahkan lurah dahulu.",
        },
    ),
    grievance(
        "kesra-ambon",
        "pengaduan",
        132,
        "Bantuan rumah ibadah belum cair sejak awal tahun",
        40,
        (*TO_TEAM, "opinion", "opinion", "opinion", "forward", "forward"),
        columns={"channel": "kotak_aduan"},
        notes={"verifikasi": "Berkas pencairan lengkap pada bulan Maret."},
        records={
            "resolusi": {
                "resolusi": "Pencairan dijadwalkan minggu depan; pengurus diberi tahu tertulis.",
                "pelaksana": "Subbagian Kesejahteraan Rakyat",
            },
        },
    ),
    grievance(
        "kesra-ambon",
        "pengaduan",
        133,
        "Petugas disebut meminta uang rokok",
        18,
        ("forward", "forward", "forward", "reject"),
        columns={"channel": "sms", "category": "03"},
        notes={
            "verifikasi": "Pada tanggal yang disebut loket tutup karena hari libur.",
            "tindak-lanjut": "Kejadian tidak benar menurut daftar hadir dan buku tamu.",
        },
    ),
    grievance(
        "kesra-ambon",
        "pengaduan",
        134,
        "Pengeras suara acara keagamaan sampai larut malam",
        3,
        (),
        columns={"channel": "media_massa", "category": "10"},
    ),
)

SATPOL = (
    grievance(
        "satpol-pp",
        LANGSUNG,
        141,
        "Pedagang menutup jalan masuk gang",
        30,
        ("forward", "forward", "koordinasi", "forward", "forward", "lanjutkan"),
        pace=12,
        columns={"category": "08"},
        unit="bidang-penegakan-perda",
        records={
            "hasil-klarifikasi": {
                "hasil": "Perlu penertiban bersama bidang; tidak selesai hari ini."
            }
        },
    ),
    grievance(
        "satpol-pp",
        LANGSUNG,
        142,
        "Keributan tiap malam di lapangan samping rumah",
        3,
        ("forward", "forward", "koordinasi"),
        pace=12,
        unit="bidang-ops",
    ),
    grievance(
        "satpol-pp",
        TIDAK_LANGSUNG,
        143,
        "Ancaman dari penghuni bangunan liar",
        60,
        ("forward", "forward", "pendampingan", "forward"),
        columns={"channel": "surat", "category": "06"},
        unit="bidang-ops",
        records={
            "hasil-analisis": {
                "identifikasi": "Pelapor dua kali diancam saat menegur pembuangan sampah.",
                "analisis": "Memerlukan layanan lebih lanjut dari bidang dan pendampingan.",
                "peraturan": "Perda ketertiban umum",
            },
        },
        letter={
            "isi": "Mohon pelapor diberi pendampingan hukum dan psikologis selama perkaranya "
            "ditangani."
        },
    ),
    grievance(
        "satpol-pp",
        TIDAK_LANGSUNG,
        144,
        "Reklame toko melebihi batas halaman",
        50,
        ("forward", "forward"),
        columns={"channel": "lapor", "category": "08"},
        unit="bidang-penegakan-perda",
    ),
    grievance(
        "satpol-pp",
        TIDAK_LANGSUNG,
        145,
        "Sengketa pagar dengan tetangga",
        36,
        ("forward", "reject"),
        columns={"channel": "surat", "category": "05"},
        notes={"klarifikasi": "Sengketa batas tanah perseorangan; silakan ke pertanahan."},
    ),
)

CLIENT = {"layanan": "Pengaduan", "klien": "Klien Contoh"}
MEDIATION = {
    "pendaftaran-klien": {
        "layanan": "Pengaduan dan konseling",
        "klien": "Anak Contoh",
        "umur": 6,
        "hubungan": "Orang tua",
    },
    "wawancara": {
        "cara": "Langsung",
        "kronologis": "Sejak berpisah kedua orang tua berselisih tentang hari mengasuh anak.",
        "status": "Tinggal bersama ibu",
    },
    "investigasi": {
        "hasil": "Kedua pihak dikunjungi; anak sehat dan bersekolah.",
        "mediasi": "Disepakati jadwal mengasuh bergantian setiap pekan.",
        "assesment": "Memerlukan pendampingan keluarga selama tiga bulan.",
    },
    "notulen": {
        "pimpinan": "Kepala Dinas",
        "peserta": "Bidang PPPA, Unit Pengaduan",
        "hasil": "Kesepakatan mediasi disampaikan kepada kedua pihak.",
    },
}

SAMPANG = (
    grievance(
        "dinsos-sampang",
        "pengaduan-puspaga",
        151,
        "Anak tidak masuk sekolah dan sering sendirian di rumah",
        20,
        (*TO_UNIT, "forward", "return"),
        unit="pppa",
        columns={"urgency": "segera", "channel": "telepon"},
        notes={
            "klarifikasi": "Sekolah membenarkan ketidakhadiran selama dua minggu.",
            "wawancara": "Pelapor belum dapat dihubungi; nomor sedang tidak aktif.",
        },
        records={"pendaftaran-klien": {**CLIENT, "umur": 9, "hubungan": "Tetangga"}},
    ),
    grievance(
        "dinsos-sampang",
        "pengaduan-puspaga",
        152,
        "Surat tanpa nama tentang pertengkaran keluarga",
        10,
        ("forward", "forward", "forward", "surat-kaleng"),
        columns={"channel": "surat"},
        anonymous=True,
        records={"pendaftaran-klien": {**CLIENT, "klien": "", "umur": None, "hubungan": ""}},
        notes={"pemilahan": "Tanpa nama, alamat, dan tempat kejadian."},
    ),
    grievance(
        "dinsos-sampang",
        "pengaduan-puspaga",
        153,
        "Permohonan mediasi pengasuhan anak",
        44,
        (
            *TO_UNIT,
            *("forward", "forward", "forward", "approve", "forward", "forward", "approve"),
            "forward",
        ),
        unit="pppa",
        pace=30,
        records=MEDIATION,
    ),
    grievance(
        "dinsos-sampang",
        "pengaduan-puspaga",
        154,
        "Lanjut usia ditinggal sendiri tanpa pendamping",
        5,
        ("forward", "forward", "forward", "forward", "lisan"),
        columns={"urgency": "sangat_segera"},
        records={"pendaftaran-klien": {**CLIENT, "umur": 77, "hubungan": "Tetangga"}},
    ),
)

DUKCAPIL = (
    grievance(
        "disdukcapil",
        "pengaduan-kecil",
        16,
        "Papan jadwal layanan belum diperbarui",
        7,
        ("forward",) * 5,
        columns={"queue_number": "A-016"},
        pace=25,
    ),
    grievance(
        "disdukcapil",
        "pengaduan-kecil",
        17,
        "Formulir di loket 2 habis",
        2,
        ("forward",) * 3,
        columns={"queue_number": "A-017"},
        pace=25,
    ),
)

GRIEVANCES: tuple[Tale, ...] = (*DUKCAPIL, *SEKADAU, *AMBON, *SATPOL, *SAMPANG)
