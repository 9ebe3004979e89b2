"""Rules of lint on letters, lists, choices and forms: what cannot work, and what is unusual."""

from __future__ import annotations

import re

import pytest

from tests.packs import BIASA, KILAT, OFFICE, SOP, changed, found, line_of, linted

APPROVE = "label: Setujui\n        to: serah\n"
TEAM = changed("    actor: kepala\n", "    actor: kepala\n    team: kabid\n")
LIST = changed("    actor: kabid\n", "    actor: kabid\n    batch: daftar\n")
PASSED = changed("effects: [number]", "effects: [number, draft: surat-balasan]")


def with_effects(*effects: str, text: str = SOP) -> str:
    """The approval at step 3 with these effects."""
    return changed(APPROVE, f"{APPROVE}        effects: [{', '.join(effects)}]\n", text)


def with_field(more: str, text: str = SOP) -> str:
    return changed("fields:\n", f"fields:\n  - {more}\n", text)


ERRORS = [
    # what is wrong, the SOP, what lint says, on which line
    (
        "a letter approved that nobody wrote",
        with_effects("approve_letter: surat-balasan"),
        "Langkah 3 (Kepala Bidang memeriksa), tombol «Setujui»: Sampai di sini belum ada surat "
        "`surat-balasan` yang disusun, jadi tombol ini selalu ditolak. Tambahkan `draft: …`",
        "        effects: [approve_letter",
    ),
    (
        "one of two letters, not said which",
        with_effects(
            "draft: penolakan",
            "initial",
            text=changed("effects: [number]", "effects: [draft: surat-balasan]"),
        ),
        "Ada beberapa surat: `penolakan`, `surat-balasan`. Tulis surat mana yang dimaksud.",
        "        effects: [draft: penolakan",
    ),
    (
        "two letters on one button",
        with_effects("draft: surat-balasan", "draft: penolakan"),
        "Satu tombol hanya dapat menyusun satu surat.",
        "        effects: [draft",
    ),
    (
        "a choice among people outside",
        changed("{unit: [satu, dua]}", "{post: pemohon}"),
        "«Pemohon» berada di luar instansi dan tidak mempunyai jabatan.",
        "        choose: {post: pemohon}",
    ),
    (
        "a team without posts",
        changed("    actor: kepala\n", "    actor: kepala\n    team: juru\n"),
        "Langkah 2 (Kepala Dinas mendisposisi): Pelaksana «Juru Tulis» belum dipegang jabatan",
        "    team: juru",
    ),
    (
        "a linked case of an SOP that is not there",
        with_effects("open_case: rujukan"),
        "SOP `rujukan` tidak ada. Yang ada: `izin`.",
        "        effects: [open_case",
    ),
    (
        "a list that is never closed",
        changed("      - action: approve\n", "      - action: record\n", LIST),
        "Rekapan `daftar` tidak pernah ditutup: langkah pertamanya tanpa `forward`.",
        "    batch: daftar",
    ),
    (
        "a case that comes into the middle of a list",
        changed("    actor: kepala\n", "    actor: kepala\n    batch: daftar\n", LIST)
        .replace("to: terima", "to: disposisi")
        .replace("to: disposisi\n        effects: [number]", "to: periksa"),
        "Berkas masuk di tengah rekapan `daftar` dan tidak ada di daftarnya. Arahkan ke langkah 2",
        "        to: periksa",
    ),
    (
        "an option written twice",
        changed("options: [baru, lama]", "options: [baru, baru]"),
        "Isian «Jenis»: Kunci `baru` dipakai dua kali.",
        "  - {key: jenis",
    ),
    (
        "a column of a table written twice",
        with_field(
            "{key: barang, label: Barang, type: table, fields: [{key: nama, label: A, type: text}, "
            "{key: nama, label: B, type: text}]}"
        ),
        "Isian «Barang»: Kunci `nama` dipakai dua kali.",
        "  - {key: barang",
    ),
    (
        "a table in a table",
        with_field(
            "{key: barang, label: Barang, type: table, fields: [{key: isi, label: Isi, "
            "type: table, fields: [{key: nama, label: A, type: text}]}]}"
        ),
        "Tabel tidak dapat berisi tabel lain.",
        "  - {key: barang",
    ),
]


@pytest.mark.parametrize(("text", "said", "line"), [one[1:] for one in ERRORS])
def test_what_cannot_work_is_an_error_with_its_place(text: str, said: str, line: str) -> None:
    one = found(linted(text), said)
    assert (one.level, one.line) == ("error", line_of(line, text))


WARNINGS = [
    (
        "a letter that is written on one of two ways",
        with_effects(
            "approve_letter: surat-balasan",
            text=changed(
                "      - action: return\n",
                "      - action: forward\n        label: Tulis surat\n        to: tulis\n"
                "      - action: return\n",
            ).replace(
                "  - key: beritahu\n",
                "  - key: tulis\n    row: 3\n    activity: Menulis\n    actor: kabid\n"
                "    transitions: [{action: forward, label: Serahkan, to: periksa, "
                "effects: [draft: surat-balasan]}]\n  - key: beritahu\n",
            ),
        ),
        "Ada jalan sampai ke sini tanpa menyusun surat `surat-balasan`",
    ),
    (
        "a letter that nobody signs",
        changed("effects: [number]", "effects: [number, draft: izin]"),
        "Surat `izin` disusun, tetapi tidak ditandatangani siapa pun.",
    ),
    (
        "a letter that somebody signs and nobody sends",
        changed("effects: [number]", "effects: [number, draft: izin, approve_letter: izin]"),
        "Surat `izin` disetujui, tetapi tidak ada tombol yang mengirimnya; berkas",
    ),
    ("a case without a number", changed("        effects: [number]\n", ""), "mendapat nomor."),
    (
        "a promise that never begins",
        changed(
            "        effects: [number]\n",
            "",
            changed("kind: general\n", "kind: general\ntime_limit: 5 hari\n"),
        ),
        "dan janji waktunya (`time_limit`) tidak mulai dihitung",
    ),
    (
        "a promise by a severity that nobody sets",
        changed(
            "kind: general\n",
            "kind: general\ntime_limit: {ringan: 7 hari, sedang: 14 hari, berat: 21 hari}\n",
        ),
        "Janji waktunya bergantung pada berat ringannya, yang tidak pernah ditetapkan.",
    ),
    (
        "a complaint decided later than the law says",
        changed("kind: general\n", "kind: complaint\ntime_limit: 3 bulan\n"),
        "65 hari kerja: lebih lama daripada 60 hari bagi sebuah pengaduan. Tanyakan batasnya",
    ),
    (
        "a field that nobody asks",
        changed("[subject, jenis]", "[subject]"),
        "Isian «Jenis»: Isian ini tidak pernah ditanyakan. Tambahkan `jenis` ke `asks`.",
    ),
    (
        "a form that nobody fills",
        SOP + "records: [{key: berita, title: Berita acara, fields: "
        "[{key: isi, label: Isi, type: text}]}]\n",
        "Formulir «Berita acara»: Formulir ini tidak pernah diisi.",
    ),
    (
        "a decision with one branch",
        changed(
            "    actor: kepala\n    time: 1 jam\n    transitions:\n      - action: forward",
            "    actor: kepala\n    time: 1 jam\n    transitions:\n      - action: approve",
        ),
        "Langkah 2 (Kepala Dinas mendisposisi): Keputusan ini hanya punya satu jalan keluar.",
    ),
    (
        "a reminder after the end of the wait",
        changed("{after: 14 hari,", "{remind: 3 minggu, after: 14 hari,"),
        "Pengingat (`remind`) datang sesudah batas tunggunya (`after`).",
    ),
    (
        "two buttons of one name",
        changed("label: Kembalikan", "label: Setujui"),
        "Dua tombol di langkah ini berbunyi sama.",
    ),
    (
        "a button that a list does not show",
        changed("actor: kepala\n", "actor: kepala\n    batch: daftar\n"),
        "tombol «Disposisikan»: Tombol ini tidak tampil di rekapan",
    ),
    (
        "a family of one",
        BIASA,
        "Belum ada varian lain, jadi belum ada yang dapat dipilih.",
    ),
]


@pytest.mark.parametrize(("text", "said"), [one[1:] for one in WARNINGS])
def test_what_an_official_should_look_at_is_a_warning(text: str, said: str) -> None:
    assert found(linted(text), said).level == "warning"


def test_a_letter_written_before_it_is_approved_and_sent_is_sound() -> None:
    text = with_effects("approve_letter", text=PASSED)
    close = "label: Diterima\n        to: {end: terbit}\n"
    assert linted(changed(close, f"{close}        effects: [send]\n", text)) == []


def test_a_case_moved_to_another_variant_does_not_land_on_a_team() -> None:
    team = changed("    actor: kabid\n", "    actor: kepala\n    team: kabid\n", KILAT)
    team = team.replace("      - action: record\n        label: Pindahkan\n", SIMPLE)
    assert found(linted(BIASA, team), "adalah langkah tim atau rekapan").level == "error"


SIMPLE = "      - action: record\n        label: Simpan\n"


def test_a_numbered_row_of_the_longest_kind_does_not_stop_lint() -> None:
    findings = linted(changed("row: 3", "row: 99999999999999999999"))
    found(findings, "Nomor 3 sampai 99999999999999999998 tidak ada pada kertas.")


def test_a_unit_without_posts_gets_no_disposition() -> None:
    office = OFFICE.replace("units:\n", "units:\n  - {key: tiga, name: Bidang Tiga, in: dua}\n")
    text = changed("{unit: [satu, dua]}", "{unit: [satu, dua, tiga]}")
    one = found(linted(text, in_office=office), "Bidang `tiga` belum mempunyai jabatan")
    assert (one.level, one.line) == ("error", line_of("        choose: {unit", text))


def test_an_office_without_units_has_none_to_choose() -> None:
    units = OFFICE[OFFICE.index("units:\n") : OFFICE.index("roles:\n")]
    office = re.sub(r", unit: [a-z-]+", "", OFFICE.replace(units, ""))
    text = changed("{unit: [satu, dua]}", "{unit: any}")
    assert found(linted(text, in_office=office), "belum mempunyai bidang").level == "error"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("required: true,", "required: ya,", "Tulis `true` (ya) atau `false` (tidak) di sini."),
        ("required: true,", "required: yes,", "Tulis `true` (ya) atau `false` (tidak) di sini."),
        (
            "label: Jenis,",
            "label: Jenis, lama atau baru,",
            "Isian «Jenis»: Kunci `lama atau baru` tidak dikenal di sini. Yang ada:",
        ),
        ("label: Jenis,", "label: Jenis, lama,", "Bila ini bagian dari teks, apit teksnya dengan"),
        ("outcomes:\n", "requirement: [KTP]\noutcomes:\n", "Maksud Anda `requirements`?"),
        ("label: Teruskan\n", "label: Teruskan: ya\n", "Langkah 1: Ada titik dua di dalam teks"),
        ("    actor: kabid\n", "\tactor: kabid\n", "Langkah 3: Tab tidak dapat dipakai"),
        ("activity: Kepala Dinas", "activity: 'Kepala' Dinas", "apit seluruh teksnya."),
        ("asks: [subject", "asks: - [subject", "Butir `- ` tidak dapat berdiri di baris kuncinya."),
        ("label: Setujui", 'label: "Setujui', "Tanda kutip yang dibuka di sini tidak ditutup."),
        ("actor: kabid", "actor: []", "Daftar pelaksana ini kosong."),
        ("to: disposisi\n", "to: [disposisi]\n", "Di sini harus ada satu teks."),
        ("choose: {unit: [satu, dua]}", "choose: {}", "Tulis `unit: …`, `post: …`, `severity`"),
        ("    row: 2\n", "    row: 2\n    😀: x\n", "Kunci `😀` tidak dikenal di sini."),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_probably_meant(
    before: str, after: str, said: str
) -> None:
    found(linted(changed(before, after)), said)
