"""What an official should know of an SOP, and what was read into the paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.workflow.lint import deviations, family_deviations, lint_folder
from backoffice.workflow.pack import read_procedure
from tests.packs import (
    BIASA,
    KILAT,
    OFFICE,
    changed,
    found,
    line_of,
    linted,
)

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
SHIPPED = ("disdukcapil", "dinsos-sekadau", "kesra-ambon", "dinsos-sampang")

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


@pytest.mark.parametrize("key", SHIPPED)
def test_the_shipped_packs_lint_without_errors(key: str) -> None:
    folder = lint_folder(OFFICES / key)
    assert [str(one) for one in folder.findings if one.level == "error"] == []


def test_the_shipped_packs_keep_these_warnings_and_no_others() -> None:
    findings = [one for key in SHIPPED for one in lint_folder(OFFICES / key).findings]
    assert sorted((Path(one.file).stem, one.message) for one in findings) == [
        (
            "bantuan-qurban",
            "surat `pengembalian-berkas` belum mempunyai templat di letter_templates/",
        ),
        ("bantuan-qurban", "surat `penolakan` belum mempunyai templat di letter_templates/"),
        ("pengaduan", "surat `klarifikasi` belum mempunyai templat di letter_templates/"),
        ("pengaduan", "surat `pemberitahuan-hasil` belum mempunyai templat di letter_templates/"),
        ("pengaduan", "surat `pemberitahuan-hasil` belum mempunyai templat di letter_templates/"),
        ("pengaduan", "surat `pengembalian-berkas` belum mempunyai templat di letter_templates/"),
        ("pengaduan", "waktu belum ditetapkan: langkah 1, 2, 3, 4, 5, 6, 7, 8"),
        ("pengaduan-besar", "nomor 8 tidak ada pada kertas"),
        (
            "pengaduan-puspaga",
            "surat `pemberitahuan-diterima` belum mempunyai templat di letter_templates/",
        ),
        ("pengaduan-puspaga", "surat `penolakan` belum mempunyai templat di letter_templates/"),
        (
            "pengaduan-puspaga",
            "surat `permintaan-keterangan` belum mempunyai templat di letter_templates/",
        ),
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
