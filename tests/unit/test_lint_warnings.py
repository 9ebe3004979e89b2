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
SHIPPED = tuple(sorted(path.parent.name for path in OFFICES.glob("*/office.yaml")))

WARNINGS = [
    (
        "    time: 1 jam\n    transitions",
        "    transitions",
        "Standar waktu belum ditetapkan: langkah 2.",
    ),
    ("row: 3", "row: 5", "Nomor 3, 4 tidak ada pada kertas."),
    ("mendisposisi", "memeriksa", "Keputusan ini hanya punya satu jalan keluar."),
    (
        "effects: [number]",
        "effects: [send: surat-balasan]",
        "dapat dikirim tanpa disetujui dan ditandatangani siapa pun",
    ),
    (
        "    gives_up: {after: 14 hari, to: {end: terbit}}\n",
        "",
        "Menunggu pihak luar tanpa batas.",
    ),
    (
        "kind: general\n",
        "kind: general\ntime_limit: 1 jam\n",
        "dijanjikan selesai dalam 0,1 hari kerja",
    ),
    (
        "kind: general\n",
        "kind: data_request\ntime_limit: 11 hari kerja\n",
        "lebih dari itu perlu perpanjangan",
    ),
    ("kind: general\n", "kind: data_request\ntime_limit: 18 hari kerja\n", "paling lama 17"),
    (
        "    deviation: Kertas tidak menyebut penolakan.\n",
        "",
        "Langkah ini tidak ada pada kertas. Jelaskan di `deviation`",
    ),
    (
        "    deviation: Kertas tidak menyebut batas tunggu.\n",
        "",
        "Batas tunggu ini tidak ada pada kertas. Jelaskan di `deviation`",
    ),
    (
        "Petugas Loket menerima",
        "Kepala Seksi menerima",
        "Kertas menyebut «Kepala Seksi», sedangkan pelaksananya lain.",
    ),
    (
        "effects: [number]",
        "effects: [number, draft: penolakan]",
        "Surat `penolakan` belum mempunyai templat Word",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), WARNINGS)
def test_what_an_official_should_know_is_a_warning(before: str, after: str, said: str) -> None:
    assert found(linted(changed(before, after)), said).level == "warning"


def test_a_return_to_somebody_outside_without_a_notice_is_a_warning() -> None:
    text = changed(
        "label: Kembalikan\n        to: terima", "label: Kembalikan\n        to: lengkapi"
    )
    text = changed("  - key: beritahu\n", LENGKAPI + "  - key: beritahu\n", text)
    one = found(linted(text), "Dikembalikan kepada pihak luar tanpa diberi tahu.")
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
    text = changed("effects: [number]", "effects: [number, draft: surat-balasan]", text)
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


def test_the_shipped_packs_keep_what_is_wrong_with_their_papers_and_no_other_warning() -> None:
    findings = [one for key in SHIPPED for one in lint_folder(OFFICES / key).findings]
    kept = [
        (Path(one.file).stem, one.where.partition(" (")[0], one.message.partition(". ")[0])
        for one in findings
        if "templat Word" not in one.message
    ]
    assert sorted(kept) == [
        ("pengaduan", "", "Standar waktu belum ditetapkan: langkah 1, 2, 3, 4, 5, 6, 7, 8"),
        ("pengaduan-besar", "Langkah 9", "Nomor 8 tidak ada pada kertas"),
        ("pengaduan-langsung", "Langkah 4", "Nomor 3 tidak ada pada kertas"),
        (
            "pengaduan-tidak-langsung",
            "Langkah 4",
            "Surat `surat-rekomendasi` disusun, tetapi tidak ditandatangani siapa pun",
        ),
        (
            "pengaduan-tidak-langsung",
            "Langkah 6",
            "Surat `surat-tindak-lanjut` dapat dikirim tanpa disetujui dan ditandatangani "
            "siapa pun",
        ),
        (
            "permintaan-data",
            "",
            "15 hari kerja: permintaan data dijawab dalam 10 hari kerja; lebih dari itu perlu "
            "perpanjangan",
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
