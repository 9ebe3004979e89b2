"""What authors of templates may ask for, in words: the text of `letter_templates/README.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .kind_fields import CASE, DAY, NUMBER, OFFICE, SIGNER, Names
from .kinds import KINDS, ON_THE_RIGHT, LetterKind, Made

WORDS = {
    "pemerintah": "baris pertama kop: PEMERINTAH KOTA …",
    "kop": "nama instansi, satu sampai tiga baris",
    "kop.baris": "satu baris nama instansi",
    "alamat_instansi": "alamat kantor",
    "kontak_instansi": "telepon, pos-el, laman, dalam satu baris",
    "tempat": "nama kota atau kabupaten, untuk tempat dan tanggal surat",
    "nomor_surat": "nomor surat; ……… selama belum ada",
    "kode_surat": "kode untuk memeriksa surat; hanya pada surat yang sudah terbit",
    "alamat_periksa": "alamat halaman pemeriksaan; hanya pada surat yang sudah terbit",
    "tanggal_surat": "14 Januari 2026; …… Januari 2026 selama konsep",
    "hari": "Rabu",
    "tanggal_terbilang": "Empat Belas",
    "bulan": "Januari",
    "bulan_romawi": "I",
    "tahun": "2026",
    "tahun_terbilang": "Dua Ribu Dua Puluh Enam",
    "tanggal_angka": "14-01-2026",
    "nomor_berkas": "nomor berkas",
    "tanggal_berkas": "hari berkas diterima: 12 Januari 2026",
    "perihal": "perihal berkas",
    "layanan": "nama SOP",
    "saluran": "lewat apa berkas masuk: datang sendiri, surat, …",
    "nama_pemohon": "nama pemohon atau pelapor",
    "alamat_pemohon": "alamatnya",
    "telepon_pemohon": "teleponnya",
    "isian": "jawaban atas isian SOP yang tidak dirahasiakan",
    "isian.label": "pertanyaannya",
    "isian.nilai": "jawabannya; uang sebagai Rp1.250.000",
    "isian.terbilang": "angka atau uang dengan huruf: dua; satu juta rupiah",
    "ttd_an": "jabatan yang diatasnamakan; kosong bila tidak ada",
    "ttd_ub": "jabatan di antaranya (u.b.); kosong bila tidak ada",
    "ttd_jabatan": "jabatan penanda tangan, huruf besar, dengan Plt. atau Plh.",
    "ttd_nama": "nama penanda tangan",
    "ttd_pangkat": "pangkat dan golongan",
    "ttd_nip": "NIP dengan spasi",
    "pejabat": "jabatan penanda tangan dengan huruf biasa",
    "paraf": "pejabat yang memaraf menurut SOP; hanya ada pada konsep",
    "paraf.jabatan": "jabatannya",
    "paraf.tanda": "tanggal ia memaraf; kosong bila belum",
    "penerima": "kepada siapa; tanpa Yth., yang sudah tercetak",
    "alamat_penerima": "alamat penerima",
    "sifat": "Biasa, Segera, Rahasia",
    "lampiran": "1 (satu) berkas; - bila tidak ada",
    "hal": "hal surat",
    "pembuka": "alinea pembuka",
    "isi": "isi surat; setiap baris satu alinea atau butir",
    "isi.nomor": "nomor butir: 1.",
    "isi.paragraf": "satu alinea",
    "penutup": "alinea penutup",
    "tembusan": "tembusan",
    "tembusan.nomor": "nomor urut: 1.",
    "tembusan.nama": "nama penerima tembusan",
    "dasar": "dasar surat: peraturan, surat, hasil pemeriksaan",
    "hasil": "hasil yang dicapai",
    "rencana": "langkah berikutnya",
    "kekurangan": "yang belum lengkap",
    "alasan": "alasan",
    "pokok": "pokok laporan",
    "hasil_verifikasi": "hasil verifikasi",
    "pertimbangan": "pertimbangan",
    "uraian": "data atau dokumen yang dikirim",
    "sumber": "sumber data",
    "keadaan": "keadaan data per tanggal",
    "kronologi": "kronologi",
    "saran": "saran atau rekomendasi",
    "dari": "jabatan pengirim nota dinas",
    "kedudukan": "jabatan atau kedudukan Pihak Kedua",
    "tempat_acara": "tempat serah terima",
    "barang": "barang yang diserahkan",
    "rangkap": "jumlah rangkap: 2 (dua)",
    "saksi": "yang mengetahui atau menyaksikan",
    "nomor_antrian": "nomor antrian",
    "nomor_luar": "nomor SP4N-LAPOR! atau nomor lain dari luar",
    "nomor_agenda": "nomor agenda surat masuk; kosong bila berkas tidak datang dengan surat",
    "diterima_pada": "hari, tanggal, dan jam berkas diterima",
    "diterima_dari": "siapa yang menyerahkan",
    "batas_waktu": "hari jawaban dijanjikan; kosong bila tidak ada janji",
    "tanggal": "tanggal pada kertas itu",
    "petugas_jabatan": "jabatan petugas",
    "petugas_nama": "nama petugas",
    "keterangan": "yang sudah dicatat",
    "kelengkapan": "persyaratan SOP dan berkas yang diterima",
    "kelengkapan.nomor": "nomor urut",
    "kelengkapan.nama": "persyaratan atau nama berkas",
    "kelengkapan.keterangan": "☐ ada   ☐ belum ada, atau diterima",
    "pilihan": "pilihan pada formulir SOP",
    "pilihan.cek": "☒ bila dipilih, ☐ bila tidak",
    "pilihan.nama": "pilihannya",
    "judul": "nama SOP, huruf besar",
    "produk": "produk layanan, huruf besar",
    "nama_rekapan": "nama rekapan",
    "jumlah_berkas": "3 (tiga)",
    "total_dimohon": "jumlah kolom dimohon",
    "total_disetujui": "jumlah kolom disetujui",
    "baris": "satu baris untuk setiap berkas dalam rekapan",
    "baris.nomor": "nomor urut",
    "baris.nomor_berkas": "nomor berkas",
    "baris.nama": "nama kelompok dan pemohon",
    "baris.alamat": "alamat",
    "baris.rincian": "yang dipilih, misalnya jenis hewan",
    "baris.dimohon": "angka pertama pada isian SOP",
    "baris.disetujui": "angka terakhir pada isian SOP",
    "baris.keterangan": "kosong, untuk ditulis",
    "baris.ttd_kiri": "nomor untuk tanda tangan, baris ganjil",
    "baris.ttd_kanan": "nomor untuk tanda tangan, baris genap",
}
COLUMNS = {
    "nomor": "nomor butir: 1.",
    "uraian": "isi butir",
    "banyaknya": "banyaknya",
    "keterangan": "keterangan",
}
INTRO = """# Templat surat

Setiap berkas `.docx` di sini adalah satu jenis surat; namanya adalah jenisnya. Ubah di Word seperti
surat biasa: kop, huruf, jarak, dan kalimatnya milik kantor. Halaman ini dibuat dari program
(`python -m tests.letters.build_templates`).

## Cara menulis isian

- `{{nomor_surat}}` diganti dengan isinya.
- `{{tembusan.nama}}` adalah kolom sebuah daftar: baris tabel (atau, di luar tabel, paragraf) yang
  memuatnya diulang untuk setiap barisnya.
- `{{?catatan}}` di sebuah paragraf menghilangkan paragraf itu bila `catatan` kosong. Baris tabel
  yang seluruh isinya hilang ikut hilang: tulis `{{?catatan}}` di setiap sel yang ada isinya.
- Gambar dengan Teks Alternatif `qr_verifikasi` diganti dengan kode QR, `gambar_logo` dengan lambang
  daerah dari *Kop dan logo*; bingkainya tetap (lambang 16 × 20 mm, kode QR 16 × 16 mm) dan gambar
  tidak ditarik: yang lain bentuknya diberi tepi putih. Tanpa gambar paragrafnya hilang.

Tidak ada perintah lain. Isian yang tidak dikenal ditolak dengan tempat dan kalimatnya.

Surat dengan kepala surat dinas ada dalam dua tata letak: penerima di kiri di bawah Hal
(`surat-balasan`), dan di kanan di bawah tanggal (`surat-balasan-kanan`). SOP memilihnya dengan
menyebut namanya.

Yang diketik penyusun surat diusulkan dari isian formulir berkas yang bernama sama: formulir dengan
isian `sumber` mengisi `{{sumber}}`. Isian yang ditandai rahasia tidak pernah diusulkan.
"""
GROUPS: tuple[tuple[str, Names], ...] = (
    ("Kop dan tempat", OFFICE),
    ("Nomor dan tanggal surat", {**NUMBER, **DAY}),
    ("Berkas", CASE),
    ("Penanda tangan dan paraf", SIGNER),
)
MADE = {
    Made.DRAFTED: "disusun di berkas, atau dicetak terisi",
    Made.CASE: "dicetak terisi dari berkas",
    Made.LIST: "dicetak terisi dari rekapan",
}


def readme() -> str:
    """The whole page."""
    parts = [INTRO, "## Isian semua surat\n"]
    for title, names in GROUPS:
        parts.append(f"### {title}\n\n{_table(names)}")
    parts.append("## Jenis surat\n")
    parts += [_section(one) for one in KINDS.values() if one not in ON_THE_RIGHT]
    return "\n".join(parts)


def words_of(name: str, column: str | None = None) -> str:
    """What a name stands for; KeyError for one nobody has described."""
    if column is None:
        return WORDS[name]
    return WORDS[f"{name}.{column}"] if f"{name}.{column}" in WORDS else COLUMNS[column]


def _section(kind: LetterKind) -> str:
    head = f"### {kind.title} (`{kind.key}`)\n\n{kind.about} Cara: {MADE[kind.made]}.\n"
    typed = {one.key: one.columns or None for one in kind.fields}
    if kind.made is Made.DRAFTED:
        must = [f"`{one.key}`" for one in kind.fields if one.required]
        say = f"Isian semua surat, dan yang diketik penyusun (wajib: {', '.join(must)}):"
        return f"{head}\n{say}\n\n{_table(typed)}"
    return f"{head}\n{_table(kind.names)}"


def _table(names: Names) -> str:
    return "\n".join(("| isian | isinya |", "|---|---|", *_rows(names.items()), ""))


def _rows(names: Iterable[tuple[str, tuple[str, ...] | None]]) -> Iterator[str]:
    for name, columns in names:
        if columns is None:
            yield f"| `{{{{{name}}}}}` | {words_of(name)} |"
            continue
        yield f"| `{{{{?{name}}}}}` | {words_of(name)} |"
        for column in columns:
            yield f"| `{{{{{name}.{column}}}}}` | {words_of(name, column)} |"
