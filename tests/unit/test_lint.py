"""Lint names every contradiction of an SOP with its line, and says nothing of a sound one."""

from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.workflow.findings import Finding
from backoffice.workflow.lint import deviations, family_deviations, lint_folder, lint_source
from backoffice.workflow.office_pack import OfficePack, read_office
from backoffice.workflow.pack import read_procedure, read_source

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
OFFICE = """\
key: dinas
name: [Dinas Contoh]
government: Pemerintah Kota Contoh
timezone: Asia/Jakarta
hours: {mon-fri: [08:00-16:00]}
numbers: {case: "{kode}-{urut}", letter: "{urut}"}
units:
  - {key: sekretariat, name: Sekretariat}
  - {key: satu, name: Bidang Satu}
  - {key: dua, name: Bidang Dua}
  - {key: seksi-dua, name: Seksi Dua, in: dua}
roles:
  - {key: pemohon, title: Pemohon, outside: true}
  - {key: loket, title: Petugas Loket}
  - {key: kepala, title: Kepala Dinas}
  - {key: kabid, title: Kepala Bidang}
  - {key: kasi, title: Kepala Seksi}
  - {key: juru, title: Juru Tulis}
posts:
  - {key: kadis, title: Kepala Dinas, roles: [kepala], capabilities: [manage_office]}
  - {key: loket, title: Petugas Loket, unit: sekretariat, under: kadis, roles: [loket]}
  - {key: kabid-satu, title: Kepala Bidang Satu, unit: satu, under: kadis, roles: [kabid]}
  - {key: kabid-dua, title: Kepala Bidang Dua, unit: dua, under: kadis, roles: [kabid]}
  - {key: kasi-dua, title: Kepala Seksi Dua, unit: seksi-dua, under: kabid-dua, roles: [kasi]}
"""
SOP = """\
code: izin
number_code: IZIN
title: Pelayanan Izin
kind: general
fields:
  - {key: jenis, label: Jenis, type: choice, required: true, options: [baru, lama]}
outcomes:
  - {key: terbit, label: Terbit}
  - {key: ditolak, label: Ditolak, notice: required}
steps:
  - key: terima
    row: 1
    activity: Petugas Loket menerima berkas
    actor: loket
    time: 15 menit
    asks: [subject, jenis]
    transitions:
      - action: forward
        label: Teruskan
        to: disposisi
        effects: [number]
  - key: disposisi
    row: 2
    activity: Kepala Dinas mendisposisi
    actor: kepala
    time: 1 jam
    transitions:
      - action: forward
        label: Disposisikan
        to: periksa
        choose: {unit: [satu, dua]}
        effects: [dispose]
  - key: periksa
    row: 3
    activity: Kepala Bidang memeriksa
    actor: kabid
    time: 1 hari kerja
    transitions:
      - action: approve
        label: Setujui
        to: serah
      - action: reject
        label: Tolak
        to: beritahu
        effects: [notify: surat-balasan]
      - action: return
        label: Kembalikan
        to: terima
  - key: beritahu
    row: null
    activity: Loket memberi tahu
    actor: loket
    time: 1 jam
    deviation: Kertas tidak menyebut penolakan.
    transitions:
      - action: close
        label: Tutup
        to: {end: ditolak}
  - key: serah
    row: 4
    activity: Pemohon menerima izin
    actor: pemohon
    recorded_by: loket
    time: 15 menit
    gives_up: {after: 14 hari, to: {end: terbit}}
    deviation: Kertas tidak menyebut batas tunggu.
    transitions:
      - action: close
        label: Diterima
        to: {end: terbit}
"""


def office(text: str = OFFICE) -> OfficePack:
    found, findings = read_office(text, "office.yaml")
    assert found is not None, findings
    return found


def linted(text: str, *others: str, in_office: str = OFFICE) -> list[Finding]:
    """What lint says of a text, beside other SOPs of the office."""
    sops = [read_procedure(one, "lain.yaml")[0] for one in others]
    assert None not in sops
    read = [one for one in sops if one is not None]
    return lint_source(read_source(text, "izin.yaml"), office(in_office), read, ("surat-balasan",))


def changed(before: str, after: str, text: str = SOP) -> str:
    assert before in text, before
    return text.replace(before, after, 1)


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def found(findings: list[Finding], said: str) -> Finding:
    """The finding that says so; the test fails with all of them where there is none."""
    one = next((one for one in findings if said in one.message), None)
    assert one is not None, [str(each) for each in findings]
    return one


def test_a_sound_pack_has_no_findings() -> None:
    assert linted(SOP) == []


def test_a_finding_prints_file_line_level_and_message() -> None:
    text = changed("to: disposisi", "to: dispsisi")
    assert [str(one) for one in linted(text)] == [
        f"izin.yaml:{line_of('to: dispsisi', text)}: error: "
        "langkah `dispsisi` tidak ada; maksudnya `disposisi`?"
    ]


REFERENCES = [
    ("actor: kabid", "actor: kabit", "peran `kabit` tidak ada; maksudnya `kabid`?"),
    ("recorded_by: loket", "recorded_by: lokat", "peran `lokat` tidak ada"),
    ("    actor: kabid\n", "    actor: kabid\n    team: tim\n", "peran `tim` tidak ada"),
    ("actor: kabid", "actor: {same_as: awal}", "langkah `awal` tidak ada"),
    ("to: {end: terbit}\n", "to: {end: terbid}\n", "hasil akhir `terbid` tidak ada"),
    ("{unit: [satu, dua]}", "{unit: [satu, tiga]}", "bidang `tiga` tidak ada"),
    ("{unit: [satu, dua]}", "{post: kabit}", "peran `kabit` tidak ada"),
    ("[subject, jenis]", "[subjek, jenis]", "isian `subjek` tidak ada; maksudnya `subject`?"),
    ("[subject, jenis]", "[reporter.phone]", "isian `reporter.phone` tidak ada"),
    ("effects: [number]", "effects: [record: notulen]", "formulir `notulen` tidak ada"),
    ("to: serah\n", "to: serah\n        when: {macam: a}\n", "isian `macam` tidak ada"),
    ("to: serah\n", "to: serah\n        when: {jenis: tua}\n", "nilai dari jenis `tua` tidak ada"),
    ("to: serah\n", "to: serah\n        when: {applicant: ada}\n", "nilai dari applicant `ada`"),
    ("to: serah\n", "to: serah\n        when: {severity: parah}\n", "nilai dari severity `parah`"),
]


@pytest.mark.parametrize(("before", "after", "said"), REFERENCES)
def test_an_unknown_reference_is_named_with_its_line(before: str, after: str, said: str) -> None:
    text = changed(before, after)
    line = line_of(before, SOP)
    assert line <= found(linted(text), said).line <= line + after.count("\n")


def test_unknown_references_come_alone() -> None:
    text = changed("to: disposisi", "to: dispsisi", changed("key: periksa", "key: serah"))
    findings = linted(text)
    assert findings
    assert all("tidak ada" in one.message for one in findings)


ERRORS = [
    # what is changed, into what, what lint says, on which line (a part of the changed text)
    (
        "  - key: beritahu\n",
        "  - {key: serah, row: 9, activity: a, actor: loket, transitions: []}\n  - key: beritahu\n",
        "kunci `serah` dipakai dua kali",
        "  - key: serah\n    row: 4",
    ),
    (
        "      - action: return\n",
        "      - key: approve\n        action: return\n",
        "kunci `approve` dipakai dua kali",
        "      - key: approve",
    ),
    (
        "outcomes:\n",
        "outcomes:\n  - {key: batal, label: Batal}\n",
        "`batal` ada di setiap SOP",
        "  - {key: batal",
    ),
    (
        "fields:\n",
        "fields:\n  - {key: subject, label: Perihal, type: text}\n",
        "`subject` sudah ada sebagai kolom",
        "  - {key: subject",
    ),
    (
        "to: {end: terbit}}\n",
        "to: {end: terbit}}\n    batch: rekapan\n",
        "kunci `gives_up` sudah dipakai",
        "      - action: close\n        label: Diterima",
    ),
    ("to: beritahu", "to: serah", "tidak ada jalan menuju langkah `beritahu`", "- key: beritahu"),
    (
        "outcomes:\n",
        "outcomes:\n  - {key: lepas, label: Lepas}\n",
        "tidak ada jalan menuju hasil akhir `lepas`",
        "  - {key: lepas",
    ),
    (
        "        to: {end: ditolak}",
        "        to: beritahu",
        "langkah `beritahu` tidak mempunyai jalan keluar",
        "- key: beritahu",
    ),
    (
        "        to: {end: ditolak}",
        "        to: arsip\n  - key: arsip\n    row: 9\n    activity: Arsip\n    actor: loket\n"
        "    transitions: [{action: forward, label: Balik, to: beritahu}]",
        "dari langkah `arsip` berkas tidak dapat sampai selesai",
        "  - key: arsip",
    ),
    (
        "label: Kembalikan\n        to: terima",
        "label: Kembalikan\n        to: serah",
        "`return` ke langkah yang lebih kemudian",
        "        to: serah\n  - key: beritahu",
    ),
    ("actor: kabid", "actor: juru", "peran `juru` tidak mempunyai jabatan", "actor: juru"),
    (
        "{unit: [satu, dua]}",
        "{unit: [satu, sekretariat]}",
        "peran `kabid` menyisakan beberapa jabatan bila bidangnya `sekretariat`",
        "actor: kabid",
    ),
    (
        "        choose: {unit: [satu, dua]}\n        effects: [dispose]\n",
        "",
        "Kepala Bidang Satu, Kepala Bidang Dua; perlu `choose`",
        "actor: kabid",
    ),
    (
        "actor: pemohon\n    recorded_by: loket",
        "actor: {same_as: beritahu}",
        "langkah `beritahu` dapat terlewati",
        "actor: {same_as: beritahu}",
    ),
    (
        "to: serah\n",
        "to: serah\n        when: {urgency: segera}\n",
        "`when` memakai `urgency` yang belum ditanyakan",
        "        when: {urgency",
    ),
    (
        "effects: [notify: surat-balasan]",
        "note: required",
        "`reject` tanpa `notify`",
        "      - action: reject",
    ),
    (
        "effects: [notify: surat-balasan]",
        "note: required",
        "hasil akhir `ditolak` menjanjikan pemberitahuan",
        "      - action: close\n        label: Tutup",
    ),
    (
        "    actor: pemohon\n    recorded_by: loket",
        "    actor: pemohon",
        "`pemohon` di luar instansi: perlu `recorded_by`",
        "    actor: pemohon",
    ),
    ("actor: kabid", "actor: [kabid, pemohon]", "`pemohon` di luar instansi", "actor: [kabid"),
    (
        "actor: kabid",
        "actor: kabid\n    recorded_by: loket",
        "hanya bila semua pelaku di luar",
        "    recorded_by: loket\n    time: 1 hari kerja",
    ),
    (
        "actor: kabid",
        "actor: kabid\n    gives_up: {remind: 7 hari}",
        "`gives_up` hanya untuk langkah pihak luar",
        "    gives_up: {remind",
    ),
    (
        "        choose: {unit: [satu, dua]}\n",
        "",
        "`dispose` memerlukan `choose",
        "        effects: [dispose]",
    ),
    ("effects: [number]", "choose: variant", "selalu berdua", "      - action: forward"),
    (
        "effects: [number]",
        "effects: [number, number]",
        "akibat `number` ditulis dua kali",
        "        effects: [number, number]",
    ),
]


@pytest.mark.parametrize(("before", "after", "said", "line"), ERRORS)
def test_a_contradiction_is_an_error_with_its_line(
    before: str, after: str, said: str, line: str
) -> None:
    text = changed(before, after)
    if "gives_up` sudah" in said:
        text = changed(
            "      - action: close\n        label: Diterima",
            "      - action: close\n        key: gives_up\n        label: Diterima",
            text,
        )
        line = "        key: gives_up"
    one = found(linted(text), said)
    assert (one.level, one.line) == ("error", line_of(line, text))


def test_a_return_to_a_later_step_is_fine_when_only_returns_lead_there() -> None:
    text = changed("action: reject", "action: return\n        key: tolak")
    assert not [one for one in linted(text) if "lebih kemudian" in one.message]


def test_same_as_is_fine_for_a_step_that_is_always_passed() -> None:
    text = changed("actor: pemohon\n    recorded_by: loket", "actor: {same_as: periksa}")
    text = changed("    gives_up: {after: 14 hari, to: {end: terbit}}\n", "", text)
    assert linted(text) == []


def test_a_chosen_post_stays_chosen() -> None:
    text = changed("{unit: [satu, dua]}", "{post: kabid}")
    assert linted(text) == []


def test_a_role_is_looked_for_in_the_units_above() -> None:
    text = changed("{unit: [satu, dua]}", "{unit: [satu, seksi-dua]}")
    assert linted(text) == []


def branching(when: str, other: str, field: str = "required: true, ") -> str:
    text = changed("required: true, ", field)
    text = changed("to: serah\n", f"to: serah\n        when: {when}\n", text)
    text = changed("effects: [notify", f"when: {other}\n        effects: [notify", text)
    return changed(
        "      - action: return\n        label: Kembalikan\n        to: terima\n", "", text
    )


def test_an_answer_without_a_way_out_is_an_error() -> None:
    assert linted(branching("{jenis: baru}", "{jenis: lama}")) == []
    findings = linted(branching("{jenis: baru}", "{jenis: baru}"))
    assert found(findings, "tidak ada jalan keluar bila jenis: lama").level == "error"


def test_a_field_that_may_stay_empty_needs_a_way_out_too() -> None:
    findings = linted(branching("{jenis: baru}", "{jenis: lama}", ""))
    assert found(findings, "tidak ada jalan keluar bila jenis: kosong").level == "error"


VARIANT = changed("kind: general\n", "kind: general\nfamily: izin\nvariant: biasa\ndefault: true\n")
SWITCH = """\
      - action: record
        label: Pindahkan
        to: periksa
        choose: variant
        effects: [reclassify]
"""
BIASA = changed("  - key: beritahu\n", SWITCH + "  - key: beritahu\n", VARIANT)
KILAT = BIASA.replace("code: izin", "code: izin-kilat").replace(
    "variant: biasa\ndefault: true", "variant: kilat"
)


def test_two_variants_that_fit_each_other_are_sound() -> None:
    assert linted(BIASA, KILAT) == []
    assert linted(KILAT, BIASA) == []


@pytest.mark.parametrize(
    ("text", "other", "said"),
    [
        (
            BIASA,
            KILAT.replace("periksa", "uji"),
            "varian `kilat` tidak mempunyai langkah `periksa`",
        ),
        (KILAT.replace("periksa", "uji"), BIASA, "langkah `periksa` belum ada; izin dapat"),
        (BIASA, changed("variant: kilat", "variant: biasa", KILAT), "varian `biasa` sudah ada"),
        (
            BIASA,
            changed("number_code: IZIN", "number_code: CEPAT", KILAT),
            "berbeda dari izin-kilat",
        ),
        (BIASA, changed("kind: general", "kind: complaint", KILAT), "izin-kilat: complaint"),
        (BIASA, changed("variant: kilat", "variant: kilat\ndefault: true", KILAT), "hanya satu"),
        (KILAT, changed("default: true\n", "", BIASA), "belum mempunyai varian `default`"),
        (
            changed(
                "to: periksa\n        choose: variant", "to: serah\n        choose: variant", BIASA
            ),
            KILAT,
            "hanya pada jalan kembali ke langkah itu sendiri",
        ),
        (
            changed("actor: kabid", "actor: kabid\n    batch: daftar", BIASA),
            KILAT,
            "tim atau rekapan",
        ),
        (
            changed("family: izin\nvariant: biasa\ndefault: true\n", "", BIASA),
            KILAT,
            "`reclassify` hanya pada SOP yang mempunyai `family`",
        ),
    ],
)
def test_variants_that_do_not_fit_are_an_error(text: str, other: str, said: str) -> None:
    assert found(linted(text, other), said).level == "error"


WARNINGS = [
    ("    time: 1 jam\n    transitions", "    transitions", "waktu belum ditetapkan: langkah 2"),
    ("row: 3", "row: 5", "nomor 3, 4 tidak ada pada kertas"),
    ("mendisposisi", "memeriksa", "pemeriksaan dengan satu jalan keluar"),
    ("effects: [number]", "effects: [send: surat-balasan]", "dikirim tanpa disetujui siapa pun"),
    (
        "    gives_up: {after: 14 hari, to: {end: terbit}}\n",
        "",
        "menunggu pihak luar tanpa `gives_up`",
    ),
    ("kind: general\n", "kind: general\ntime_limit: 1 jam\n", "`time_limit` hanya 0,1 hari kerja"),
    ("kind: general\n", "kind: data_request\ntime_limit: 11 hari kerja\n", "perlu `extend`"),
    ("kind: general\n", "kind: data_request\ntime_limit: 18 hari kerja\n", "paling lama 17"),
    ("    deviation: Kertas tidak menyebut penolakan.\n", "", "tidak ada pada kertas tanpa"),
    ("    deviation: Kertas tidak menyebut batas tunggu.\n", "", "`gives_up` ditambahkan tanpa"),
    ("Petugas Loket menerima", "Kepala Seksi menerima", "kertas menyebut Kepala Seksi"),
    ("[notify: surat-balasan]", "[notify: penolakan]", "surat `penolakan` belum mempunyai templat"),
]


@pytest.mark.parametrize(("before", "after", "said"), WARNINGS)
def test_what_an_official_should_know_is_a_warning(before: str, after: str, said: str) -> None:
    assert found(linted(changed(before, after)), said).level == "warning"


def test_a_return_to_somebody_outside_without_a_notice_is_a_warning() -> None:
    text = changed(
        "label: Kembalikan\n        to: terima", "label: Kembalikan\n        to: lengkapi"
    )
    text = changed("  - key: beritahu\n", LENGKAPI + "  - key: beritahu\n", text)
    one = found(linted(text), "dikembalikan kepada pihak luar tanpa `notify`")
    assert (one.level, one.line) == (
        "warning",
        line_of("      - action: return", text),
    )
    told = changed(
        "to: lengkapi\n", "to: lengkapi\n        effects: [notify: surat-balasan]\n", text
    )
    assert linted(told) == []


LENGKAPI = """\
  - key: lengkapi
    row: null
    activity: Pemohon melengkapi
    actor: pemohon
    recorded_by: loket
    gives_up: {remind: 7 hari}
    deviation: Kertas tidak menyebut kelanjutannya.
    transitions:
      - action: forward
        label: Teruskan
        to: terima
"""


def test_a_check_is_fine_when_whoever_checks_decides_at_the_next_step() -> None:
    text = changed("actor: kepala\n", "actor: kabid\n", changed("mendisposisi", "memeriksa"))
    findings = linted(
        text.replace("        choose: {unit: [satu, dua]}\n", "").replace(
            "        effects: [dispose]\n", ""
        ),
        in_office=OFFICE.replace(
            ", unit: satu, under: kadis, roles: [kabid]", ", unit: satu, under: kadis"
        ),
    )
    assert not [one for one in findings if "satu jalan keluar" in one.message]


def test_a_letter_that_was_approved_may_be_sent() -> None:
    text = changed(
        "label: Setujui\n        to: serah\n",
        "label: Setujui\n        to: serah\n        effects: [approve_letter: surat-balasan]\n",
    )
    text = changed(
        "label: Diterima\n        to: {end: terbit}\n",
        "label: Diterima\n        to: {end: terbit}\n        effects: [send: surat-balasan]\n",
        text,
    )
    assert linted(text) == []


def test_steps_without_a_time_are_no_matter_where_the_whole_has_a_limit() -> None:
    text = changed("    time: 1 jam\n    transitions", "    transitions")
    assert linted(changed("kind: general\n", "kind: general\ntime_limit: 2 minggu\n", text)) == []


OFFICE_FAULTS = [
    ("in: dua", "in: lima", "bidang `lima` tidak ada"),
    ("unit: satu,", "unit: lima,", "bidang `lima` tidak ada"),
    ("under: kabid-dua", "under: kabid-lima", "jabatan `kabid-lima` tidak ada"),
    ("roles: [kasi]", "roles: [kasie]", "peran `kasie` tidak ada"),
    ("roles: [kasi]", "roles: [pemohon]", "peran `pemohon` di luar instansi"),
    ("roles: [kasi]", "recorded_by: kasi-dua", "tidak mencatat untuk dirinya"),
    ("key: kabid-dua,", "key: kabid-satu,", "kunci `kabid-satu` dipakai dua kali"),
    ("key: dua, name: Bidang Dua", "key: dua, name: B, in: seksi-dua", "di bawah dirinya sendiri"),
    ("capabilities: [manage_office]", "under: loket", "di bawah dirinya sendiri"),
    (", capabilities: [manage_office]", "", "tidak ada jabatan dengan `manage_office`"),
    ("unit: satu, under: kadis", "unit: satu", "`kabid-satu` tanpa atasan"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office of one SOP on disk."""
    (tmp_path / "procedures").mkdir()
    (tmp_path / "office.yaml").write_text(OFFICE)
    (tmp_path / "procedures" / "izin.yaml").write_text(SOP)
    return tmp_path


@pytest.mark.parametrize(("before", "after", "said"), OFFICE_FAULTS)
def test_an_office_that_does_not_hold_together_is_named(
    folder: Path, before: str, after: str, said: str
) -> None:
    (folder / "office.yaml").write_text(changed(before, after, OFFICE))
    one = found(list(lint_folder(folder).findings), said)
    assert one.file == str(folder / "office.yaml")
    assert one.line in range(line_of("units:", OFFICE), OFFICE.count("\n") + 1)


def test_a_folder_without_office_is_named(tmp_path: Path) -> None:
    assert [one.message for one in lint_folder(tmp_path).findings] == ["berkas ini tidak ada"]


def test_two_files_of_one_code_are_an_error(folder: Path) -> None:
    (folder / "procedures" / "salinan.yaml").write_text(SOP)
    assert found(list(lint_folder(folder).findings), "kode `izin` sudah dipakai").line == 1


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "procedures" / "izin.yaml").write_bytes(b"code: \xff\n")
    found(list(lint_folder(folder).findings), "bukan teks UTF-8")


@pytest.mark.parametrize("key", ["disdukcapil", "dinsos-sekadau", "kesra-ambon"])
def test_the_shipped_packs_lint_without_errors(key: str) -> None:
    folder = lint_folder(OFFICES / key)
    assert [str(one) for one in folder.findings if one.level == "error"] == []


def test_the_shipped_packs_keep_these_warnings_and_no_others() -> None:
    keys = ("disdukcapil", "dinsos-sekadau", "kesra-ambon")
    findings = [one for key in keys for one in lint_folder(OFFICES / key).findings]
    assert sorted((Path(one.file).stem, one.message) for one in findings) == [
        (
            "bantuan-qurban",
            "surat `pengembalian-berkas` belum mempunyai templat di letter_templates/",
        ),
        ("bantuan-qurban", "surat `penolakan` belum mempunyai templat di letter_templates/"),
        ("pengaduan-besar", "nomor 8 tidak ada pada kertas"),
        (
            "permintaan-data",
            "15 hari kerja: di atas 10 hari kerja permintaan data perlu `extend`",
        ),
        (
            "permintaan-data",
            "surat `pengembalian-berkas` belum mempunyai templat di letter_templates/",
        ),
    ]


def test_what_we_read_into_the_paper_is_listed_by_row() -> None:
    procedure, _ = read_procedure(changed("code: izin", "deviation: Satu kertas.\ncode: izin"), "x")
    assert procedure is not None
    assert deviations(procedure) == (
        ("", "Satu kertas."),
        ("Loket memberi tahu", "Kertas tidak menyebut penolakan."),
        ("Langkah 4", "Kertas tidak menyebut batas tunggu."),
    )


def test_equal_deviations_of_a_family_are_said_once() -> None:
    sops = [read_procedure(text, "x")[0] for text in (BIASA, changed("Izin", "Izin Kilat", KILAT))]
    said = family_deviations([one for one in sops if one is not None])
    assert [(titles, where) for titles, where, _ in said] == [
        (("Pelayanan Izin", "Pelayanan Izin Kilat"), "Loket memberi tahu"),
        (("Pelayanan Izin", "Pelayanan Izin Kilat"), "Langkah 4"),
    ]
