"""Invented cases of the demo: who comes, with what, and how far it has got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from seed.people import invented_name
from seed.walking import Story

MENENGAH, BESAR, UMUM = "pengaduan-menengah", "pengaduan-besar", "pengaduan-umum"
TO_KASUBBAG = ("forward", "forward", "forward")  # antrian, informasi, pencatatan
TO_HEAD = (*TO_KASUBBAG, "forward", "forward")
SENT = (*TO_HEAD, "approve", "forward")
TO_LIST = ("forward", "approve")


@dataclass(frozen=True, kw_only=True)
class Tale:
    """One case: `working_hours` ago it came, `ways` were taken, `pace` working minutes each."""

    office: str
    code: str
    working_hours: float
    ways: tuple[str, ...] = ()
    pace: int = 25
    in_time: bool = True  # nobody lets the case lie
    story: Story = field(default_factory=Story)


def complaint(
    n: int, subject: str, code: str, hours: float, ways: tuple[str, ...], **more: Any
) -> Tale:
    """A complaint at the Disdukcapil; `n` is the queue number of its day."""
    pace, in_time = more.pop("pace", 25), more.pop("in_time", True)
    channel, category = more.pop("channel", "datang"), more.pop("category", "02")
    columns = {
        "queue_number": f"A-{n:03}",
        "subject": subject,
        "summary": more.pop("summary", f"{subject}. Pengadu mohon penjelasan dan penyelesaian."),
        "channel": channel,
        "category": category,
    }
    story = Story(columns=columns, party=person(n), **more)
    return Tale(
        office="disdukcapil",
        code=code,
        working_hours=hours,
        ways=ways,
        pace=pace,
        in_time=in_time,
        story=story,
    )


def person(n: int, name: str | None = None) -> Mapping[str, str]:
    """An invented citizen."""
    return {
        "name": name or invented_name(40 + n),
        "identity": f"{n:016}",
        "address": f"Jalan Contoh Nomor {n}, Kelurahan Contoh Hulu",
        "telephone": f"0800-0000-{100 + n}",
        "email": "",
    }


def request(n: int, subject: str, purpose: str, hours: float, ways: tuple[str, ...]) -> Tale:
    """A request for data at the Dinas Sosial Sekadau."""
    columns = {
        "subject": subject,
        "summary": f"Pemohon meminta {subject.lower()} untuk {purpose}.",
        "channel": "datang",
    }
    story = Story(
        columns=columns,
        party=person(60 + n),
        fields={"data_diminta": subject, "tujuan": purpose},
        notes={"verifikasi": "Surat pengantar dari instansi asal belum ada."},
        unit="rehsos" if n % 2 else "linjamsos",
    )
    return Tale(
        office="dinsos-sekadau",
        code="permintaan-data",
        working_hours=hours,
        ways=ways,
        pace=45,
        story=story,
    )


def proposal(n: int, group: str, animal: str, hours: float, ways: tuple[str, ...]) -> Tale:
    """A proposal for qurban aid at the Bagian Kesra Ambon."""
    story = Story(
        columns={"subject": f"Permohonan bantuan hewan qurban {group}"},
        party=person(80 + n, f"Panitia {group}"),
        fields={
            "nama_kelompok": group,
            "jenis_hewan": animal,
            "jumlah_dimohon": 1 + n % 3,
            "jumlah_disetujui": 1,
        },
        notes={
            "pemeriksaan": "Susunan panitia dan surat keterangan lurah belum dilampirkan.",
            "persetujuan": "Kuota tahun ini sudah habis.",
        },
    )
    return Tale(
        office="kesra-ambon",
        code="bantuan-qurban",
        working_hours=hours,
        ways=ways,
        pace=30,
        story=story,
    )


AKTA = (
    "Ejaan nama pada akta kelahiran telah dibetulkan sesuai ijazah.\n"
    "Kutipan akta yang baru dicetak tanggal {day} bulan ini dan dapat diambil di {place} dengan "
    "membawa kutipan akta yang lama."
)
RETURNED = {
    "pemeriksaan": "Tanggal cetak di paragraf kedua belum sesuai berita acara. Mohon dicocokkan.",
    "arahan": "Jawab dengan jadwal cetak yang pasti, sertakan permohonan maaf.",
}

STORIES: tuple[Tale, ...] = (
    complaint(1, "KTP-el belum tercetak sejak Oktober", MENENGAH, 34, (*SENT, "close")),
    complaint(
        2,
        "Kartu Identitas Anak rusak saat diterima",
        UMUM,
        40,
        (*SENT[:5], "approve", "approve", "forward"),
    ),
    complaint(
        3,
        "Petugas loket 3 diduga meminta biaya pencetakan kartu keluarga",
        BESAR,
        46,
        (*TO_KASUBBAG, "forward", "forward"),
        category="03",
        pace=60,
    ),
    complaint(4, "Data pindah datang belum masuk setelah 14 hari", MENENGAH, 17, TO_HEAD, pace=70),
    complaint(
        5,
        "Nama anak pada akta kelahiran salah ketik satu huruf",
        MENENGAH,
        11,
        (*TO_HEAD, "return", "forward", "forward"),
        notes=RETURNED,
        letter={"isi": AKTA.format(day=9, place="loket 2")},
        mended={"isi": AKTA.format(day=13, place="kantor Kecamatan Umpama")},
        pace=40,
    ),
    complaint(6, "Akta kematian orang tua ditolak tanpa penjelasan", MENENGAH, 3.8, TO_HEAD),
    complaint(7, "Nomor telepon layanan tidak pernah menjawab pada jam kerja", UMUM, 12, TO_HEAD),
    complaint(
        8,
        "NIK ganda atas nama yang sama dengan alamat berbeda di Kelurahan Contoh Hilir",
        BESAR,
        12,
        (*TO_KASUBBAG, "forward"),
        pace=60,
    ),
    complaint(9, "Kursi roda di ruang tunggu tidak tersedia", UMUM, 6, (*TO_KASUBBAG, "forward")),
    complaint(
        10,
        "Antrean perekaman di Kecamatan Umpama tidak tertib dan melewati jam layanan sehingga "
        "warga lanjut usia dan ibu dengan bayi menunggu berjam-jam tanpa tempat duduk dan tanpa "
        "penjelasan dari petugas mengenai kapan mereka akan dipanggil pada hari itu juga",
        MENENGAH,
        5,
        TO_KASUBBAG,
        channel="surat",
    ),
    complaint(
        11, "Kartu keluarga belum terbit setelah dua minggu", UMUM, 3, ("forward", "forward")
    ),
    complaint(12, "Informasi syarat pindah datang", UMUM, 2, ("forward", "close")),
    complaint(13, "Perekaman ulang sidik jari", UMUM, 0.7, ("forward",), pace=10),
    complaint(14, "Legalisasi akta kelahiran", UMUM, 0.2, (), pace=10),
    complaint(15, "Foto KTP-el tertukar dengan orang lain", MENENGAH, 4, (*TO_KASUBBAG, "forward")),
    request(
        1, "Jumlah penyandang disabilitas per kecamatan", "penelitian skripsi", 60, ("forward",) * 7
    ),
    request(
        2,
        "Daftar penerima bantuan menurut desa",
        "perencanaan desa",
        50,
        (*("forward",) * 8, "approve", "forward", "forward"),
    ),
    request(
        3,
        "Jumlah anak terlantar menurut umur",
        "bahan rapat koordinasi",
        40,
        (*("forward",) * 8, "return"),
    ),
    request(4, "Data korban bencana tahun lalu", "laporan lembaga", 20, ("forward",) * 6),
    request(5, "Jumlah lanjut usia penerima bantuan", "tugas kuliah", 9, ("forward",) * 4),
    request(
        6,
        "Data keluarga penerima manfaat",
        "verifikasi lapangan",
        30,
        (*("forward",) * 8, "approve", "forward"),
    ),
    request(
        7,
        "Jumlah panti dan daya tampung",
        "penelitian",
        70,
        (
            *("forward",) * 8,
            "approve",
            "forward",
            "forward",
            "approve",
            "approve",
            "approve",
            "close",
        ),
    ),
    proposal(4, "Masjid Rekaan Raya", "Sapi", 22, TO_LIST),
    proposal(5, "Kelompok Tani Andaikata", "Kambing", 21, TO_LIST),
    proposal(6, "Remaja Masjid Ibarat", "Domba", 20, TO_LIST),
    proposal(7, "Masjid Jami Karangan", "Sapi", 15, ("forward", "return", "forward")),
    proposal(8, "Majelis Taklim Peraga", "Kambing", 8, ("forward",)),
    proposal(9, "Masjid Teladan", "Sapi", 3, ()),
)

# What the last months brought, told first: (hours ago, scale, subject). Every third one was slow.
DONE = (*SENT, "close")
TOLD = ("forward", "close")  # the front desk could answer
FORMER: tuple[Tale, ...] = tuple(
    complaint(
        60 + n,
        subject,
        code,
        hours,
        TOLD if code == UMUM else DONE,
        channel="surat" if n % 4 == 3 else "datang",
        in_time=n % 3 != 1,
        pace=90,
    )
    for n, (hours, code, subject) in enumerate(
        (
            (800, UMUM, "Syarat mengurus akta perkawinan"),
            (785, MENENGAH, "Tanggal lahir pada kartu keluarga keliru"),
            (655, UMUM, "Biaya legalisasi"),
            (640, MENENGAH, "Kartu keluarga hilang belum diganti"),
            (625, UMUM, "Jadwal perekaman keliling"),
            (500, MENENGAH, "Nama orang tua pada akta tidak lengkap"),
            (480, UMUM, "Syarat akta kematian"),
            (345, MENENGAH, "Alamat pada KTP-el belum diperbarui"),
            (330, UMUM, "Cara mengurus pindah datang"),
            (315, MENENGAH, "Akta kelahiran belum dapat diambil"),
            (180, UMUM, "Syarat Kartu Identitas Anak"),
            (165, MENENGAH, "Foto pada KTP-el buram"),
        )
    )
)

# These went to the Walikota on one list; his decision is waited for.
FIRST_LIST: tuple[Tale, ...] = (
    proposal(1, "Masjid Al-Contoh", "Sapi", 40, TO_LIST),
    proposal(2, "Masjid An-Misal", "Kambing", 39, TO_LIST),
    proposal(3, "Musala Nur Umpama", "Kambing", 38, TO_LIST),
)
