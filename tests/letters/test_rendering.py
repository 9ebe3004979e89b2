"""The filled letters on paper, as LibreOffice prints them: with pictures and initials, and without.

What a paper is must be told with its title covered: the parts by which one knows it are named here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from backoffice.letters.fill import fill
from backoffice.letters.kinds import ON_THE_RIGHT, RIGHT
from backoffice.letters.pictures import LOGO, QR
from backoffice.letters.qr import qr_png
from tests.letters.placeholders import png
from tests.letters.printing import print_all, program, run, text_of
from tests.letters.samples import SAMPLES, template

pytestmark = [pytest.mark.letters, pytest.mark.slow, pytest.mark.long]
ADDRESS = "https://surat.example.go.id/v/7K3M9QX2TB"
KOP, SIGNED = "PEMERINTAH KOTA CONTOH", "NIP 19700101 199503 2 001"
HEAD = "Nomor : ……… Contoh, 14 Januari 2026 Sifat : Biasa Lampiran :"
TITLED = "Contoh, 14 Januari 2026 KEPALA DINAS, Dra. CITRA MISALNYA, M.Si."
HOLDS = {
    "undangan-rapat": [
        "Nomor : ……… Contoh, 13 Januari 2026 Sifat : Biasa Lampiran : - Hal : Undangan rapat",
        "Yth. 1. Sekretaris 2. Kepala Bidang Daftar dan Capil",
        "Hari/tanggal : Kamis, 15 Januari 2026 Waktu : Pukul 09.00 WIB sampai dengan pukul 11.00",
        "Susunan acara 1. Kronologi pengaduan",
        "KEPALA DINAS, Dra. CITRA MISALNYA, M.Si.",
    ],
    "daftar-hadir": [
        "DAFTAR HADIR Acara : Pembahasan kartu keluarga",
        "No. Nama Jabatan Instansi Tanda tangan",
        "Pimpinan rapat, KEPALA DINAS Dra. CITRA MISALNYA, M.Si.",
    ],
    "notulen": [
        "Pimpinan rapat : Kepala Dinas Notulis : Budi Umpama Peserta 1. Sekretaris",
        "Pembahasan Jaringan di tiga kelurahan terputus sejak 5 Januari 2026.",
        "Keputusan No. Apa Siapa Kapan 1. Perbaiki jaringan loket di tiga kelurahan",
    ],
    "lembar-disposisi": [
        "LEMBAR DISPOSISI",
        "Surat dari : Camat Contoh Hulu Diterima Tgl : 12 Januari 2026",
        "Sifat : ☐ Sangat segera ☒ Segera ☐ Rahasia",
        "Diteruskan kepada Sdr.: Dengan hormat harap: 1 Kepala Bidang Pelayanan",
        "☒ Proses lebih lanjut",
        "☐ Pelajari/kaji",
        "NIP 19700101 199503 2 001",
        "Rangkaian disposisi",
        "Kepala Seksi",
    ],
    "surat-balasan": [
        KOP,
        f"{HEAD} - Hal : Jawaban",
        "Yth. Sdr. Johanis O'Brien & Keluarga <Latuhalat>",
        "Dra. CITRA MISALNYA, M.Si.",
        SIGNED,
        "Tembusan: 1. Wali Kota Contoh",
    ],
    "surat-pengembalian-berkas": [
        KOP,
        f"{HEAD} 1 (satu) berkas Hal : Pengembalian berkas",
        "belum lengkap, yaitu: 1. Proposal belum ditandatangani",
        "berkas dimaksud dikembalikan untuk dilengkapi",
        SIGNED,
    ],
    "surat-pemberitahuan": [
        KOP,
        HEAD,
        "tidak dapat ditindaklanjuti dengan alasan sebagai berikut: 1. Lokasi yang diadukan",
        "Dasar: 1. Peraturan Daerah",
        "keberatan dapat disampaikan secara tertulis",
        SIGNED,
    ],
    "surat-klarifikasi": [
        HEAD,
        "1. Pokok laporan Petugas loket",
        "2. Hasil verifikasi Rekaman kamera",
        "3. Klarifikasi Biaya yang dimaksud",
        SIGNED,
    ],
    "surat-tindak-lanjut": [
        HEAD,
        "Menindaklanjuti pengaduan Saudara",
        "1. Peninjauan lokasi",
        "Hasil : Badan jalan",
        "Langkah berikutnya : Pengawasan",
        SIGNED,
    ],
    "surat-rekomendasi": [
        KOP,
        "SURAT REKOMENDASI NOMOR ………",
        "Yang bertanda tangan di bawah ini: Nama : Dra. CITRA MISALNYA, M.Si. NIP : 19700101",
        "berdasarkan: 1. Pengaduan nomor ADU-2026-0042",
        "merekomendasikan kepada Kepala Satuan Polisi Pamong Praja, atas nama: Nama : Fitri",
        "hal-hal sebagai berikut: 1. Pendampingan hukum",
        TITLED,
    ],
    "surat-pengantar-data": [
        "SURAT PENGANTAR NOMOR ………",
        "No. Data atau dokumen yang dikirimkan Banyaknya Keterangan",
        "Sumber data : Data Terpadu Kesejahteraan Sosial Keadaan data per : 31 Desember 2025",
        "Diterima tanggal ………",
        "Pengirim,",
        "Nomor telepon ………",
    ],
    "laporan-penanganan": [
        "LAPORAN PENANGANAN PENGADUAN NOMOR ……… TENTANG Pengaduan tentang penelantaran anak",
        "A. PENDAHULUAN Nomor berkas : ADU-2026-0042 Diterima tanggal : 12 Januari 2026",
        "B. KRONOLOGI Pada tanggal 10 Januari",
        "C. PENANGANAN 1. 12 Januari 2026: wawancara",
        "D. HASIL Anak diasuh sementara",
        "E. SARAN DAN PENUTUP 1. Pemantauan",
        TITLED,
        "Disampaikan kepada: 1. Bupati Contoh Raya",
    ],
    "nota-dinas": [
        "NOTA DINAS NOMOR ……… Yth. : Asisten Pemerintahan dan Kesejahteraan Rakyat "
        "Dari : Kepala Bagian Kesejahteraan Rakyat Tanggal : 14 Januari 2026 Sifat : Biasa",
        "sebagai bahan masukan dan berbagi pengetahuan",
        SIGNED,
    ],
    "berita-acara-serah-terima": [
        "BERITA ACARA SERAH TERIMA NOMOR ………",
        "Pada hari ini, Rabu tanggal Empat Belas bulan Januari tahun Dua Ribu Dua Puluh Enam "
        "(14-01-2026)",
        "selanjutnya disebut PIHAK PERTAMA. 2. Nama : Haji Abdurrahman",
        "selanjutnya disebut PIHAK KEDUA.",
        "1. Hewan Qurban (Sapi) 2 (dua) ekor sehat, cukup umur",
        "dibuat dalam rangkap 2 (dua)",
        "PIHAK KEDUA, PIHAK PERTAMA, KEPALA DINAS,",
        "Mengetahui, Lurah Contoh Hulu",
    ],
    "tanda-terima": [
        "TANDA TERIMA",
        "ADU-2026-0042",
        "Senin, 12 Januari 2026 pukul 09.15 WIB",
        "Fitri Teladani",
        "Layanan ini tidak dipungut biaya.",
        "Ani Percontohan",
    ],
    "form-penerimaan-layanan": [
        "FORM PENERIMAAN LAYANAN Nomor berkas: ADU-2026-0042",
        "C. Layanan yang diterima ☒ Layanan informasi ☒ Layanan konsultasi ☐ Layanan awal",
        "menyatakan telah menerima layanan tersebut di atas pada tanggal 14 Januari 2026 dan tidak "
        "dipungut biaya",
        "Penerima layanan, Petugas,",
    ],
    "formulir-umpan-balik": [
        "FORMULIR UMPAN BALIK",
        "☐ Puas ☒ Cukup ☐ Tidak puas",
        "Sikap petugas ☐ ☐ ☐ ☐",
        "Petugas yang mencatat, Pengadu,",
    ],
    "daftar-rekapan": [
        "Lampiran : Surat Kepala Bagian Kesejahteraan Rakyat Nomor : ……… Tanggal : 14 Januari 2026",
        "DAFTAR REKAPITULASI PERMOHONAN BANTUAN HEWAN QURBAN Rekapan qurban #1",
        "Nomor berkas Nama Alamat Rincian Dimohon Disetujui",
        "Jumlah: 3 (tiga) berkas 6 4",
        TITLED,
    ],
    "daftar-penerima": [
        "Lampiran : Surat Kepala Bagian Kesejahteraan Rakyat",
        "DAFTAR PENERIMA HEWAN QURBAN Rekapan qurban #1",
        "No. Nama Alamat Rincian Jumlah Tanda tangan",
        "Jumlah: 3 (tiga) berkas 4",
        TITLED,
    ],
}
WITHOUT_CODE = ("tanda-terima", "lembar-", "form", "daftar-", "notulen")
WITHOUT_INITIALS = (
    *WITHOUT_CODE[:3],
    *("surat-pengantar", "berita-acara", "daftar-hadir", "notulen"),
)
INITIALS = [
    {"jabatan": "Kepala Bidang Pelayanan Pendaftaran Penduduk", "tanda": "12 Januari 2026"},
    {"jabatan": "Sekretaris", "tanda": ""},
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every sample as a PDF, bare and (lengkap) with all that may be in it."""
    folder = tmp_path_factory.mktemp("surat")
    pictures = {QR: qr_png(ADDRESS), LOGO: png(("#" * 8,) * 10)}
    for kind, values in SAMPLES.items():
        whole = {**values, "paraf": INITIALS}
        (folder / f"{kind}.docx").write_bytes(fill(template(kind), values))
        (folder / f"{kind}-lengkap.docx").write_bytes(fill(template(kind), whole, pictures))
    print_all(folder, *sorted(folder.glob("*.docx")))
    return folder


@pytest.mark.parametrize("kind", HOLDS)
def test_a_paper_fits_on_one_page_and_has_the_parts_of_its_kind(printed: Path, kind: str) -> None:
    text = text_of(printed / f"{kind}.pdf")
    assert text.count("\f") == 1
    for words in HOLDS[kind]:
        assert words in text
    assert not [one for one in ("None", "{{", "Paraf:", "Keaslian") if one in text]


@pytest.mark.parametrize("kind", [one.key for one in ON_THE_RIGHT])
def test_the_older_layout_has_date_and_recipient_at_the_right(printed: Path, kind: str) -> None:
    text = text_of(printed / f"{kind}.pdf")
    assert text.count("\f") == 1
    assert "Contoh Raya, 14 Januari 2026 Nomor : ……… Kepada Sifat : Biasa Yth. Sdr." in text
    assert "PEREMPUAN DAN PERLINDUNGAN ANAK" in text  # the third line of the kop
    known = [one for one in HOLDS[kind.removesuffix(RIGHT)] if one != KOP and HEAD not in one]
    assert [one for one in known if one not in text and "Yth." not in one] == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_logo_code_and_initials_push_nothing_to_a_second_page(printed: Path, kind: str) -> None:
    text = text_of(printed / f"{kind}-lengkap.pdf")
    assert text.count("\f") == 1
    assert ("Paraf:" in text) == (not kind.startswith(WITHOUT_INITIALS))
    found = codes_on(printed / f"{kind}-lengkap.pdf")
    assert found == ([] if kind.startswith(WITHOUT_CODE) else [ADDRESS])


def codes_on(pdf: Path) -> list[str]:
    """What a reader finds in the QR codes of the first page, printed at 150 points an inch."""
    stem = pdf.with_suffix("")
    pages = program("pdftoppm", "poppler-utils")
    run(pages, "-r", "150", "-gray", "-png", "-singlefile", str(pdf), str(stem))
    with Image.open(stem.with_suffix(".png")) as picture:
        return [one.text for one in zxingcpp.read_barcodes(picture)]
