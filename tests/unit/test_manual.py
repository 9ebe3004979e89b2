"""docs/pack.md says what the product does: its SOPs are sound, its tables are complete."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from backoffice.clock import Measure, parse_duration
from backoffice.workflow.findings import Finding
from backoffice.workflow.lint import lint_source
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.office_pack import OFFICE_KEYS, POST_KEYS
from backoffice.workflow.pack import FIELD_KEYS, KINDS, PROCEDURE_KEYS, read_source
from backoffice.workflow.pack_steps import (
    ACTIONS,
    EFFECTS,
    NEEDS,
    REQUIRED_STEP_KEYS,
    REQUIRED_TRANSITION_KEYS,
    STEP_KEYS,
    TRANSITION_KEYS,
)
from backoffice.workflow.vocabulary import (
    CHANNELS,
    COLUMNS,
    FIELD_TYPES,
    FROM_MEETING,
    PARTIES,
    PARTY_PARTS,
    SEVERITIES,
    URGENCIES,
)
from tests import manual


def findings(text: str, office: OfficePack | None = None) -> list[Finding]:
    office = office or manual.office()
    return lint_source(read_source(text, "contoh"), office, (), ("surat-balasan",))


def test_the_page_prints_the_smallest_sop_and_one_whole_example() -> None:
    smallest, example = manual.sops()
    assert 10 <= smallest.count("\n") <= 16
    assert read_source(example, "contoh").procedure is not None


@pytest.mark.parametrize("number", [0, 1])
def test_what_the_page_prints_lints_without_a_word_in_the_office_of_its_tables(number: int) -> None:
    assert [str(one) for one in findings(manual.sops()[number])] == []


TABLES = [
    ("SOP", 0, PROCEDURE_KEYS),
    ("Langkah", 0, STEP_KEYS),
    ("Tombol", 0, TRANSITION_KEYS),
    ("Isian sendiri", 0, FIELD_KEYS),
    ("Isian sendiri", 1, FIELD_TYPES),
    ("Akibat", 0, tuple(EFFECTS)),
    ("Yang dapat ditanyakan", 0, (*COLUMNS, *PARTIES)),
    ("Kantor sebagai paket", 0, OFFICE_KEYS),
]


@pytest.mark.parametrize(("heading", "number", "known"), TABLES)
def test_a_reference_table_names_every_key_there_is_and_no_other(
    heading: str, number: int, known: tuple[str, ...]
) -> None:
    named = manual.keys(heading, number)
    assert sorted(named) == sorted(known)


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("SOP", KINDS),
        ("Tombol", (*ACTIONS, *NEEDS, "unit: any", "post:", "severity", "variant", "known")),
        ("Tombol", ("anonymous", "true", "false", "end:")),
        ("Yang dapat ditanyakan", (*CHANNELS, *URGENCIES, *SEVERITIES, *PARTY_PARTS)),
        ("Isian sendiri", FROM_MEETING),
        ("Langkah", ("same_as", "remind", "after")),
        ("Kantor sebagai paket", POST_KEYS),
    ],
)
def test_every_word_that_may_be_typed_stands_on_the_page(
    heading: str, words: tuple[str, ...]
) -> None:
    chapter = " ".join(manual.quoted(manual.chapter(heading)))
    assert [one for one in words if re.search(rf"\b{re.escape(one)}", chapter) is None] == []


def test_every_measure_of_time_is_explained_by_one_that_reads() -> None:
    written = [one for row in manual.rows("Waktu") for one in manual.quoted(row["ditulis"])]
    measures = {parse_duration(one).measure for one in written if one != "null"}
    assert measures == set(Measure)
    assert "null" in written


@pytest.mark.parametrize(
    ("heading", "required"),
    [("Langkah", REQUIRED_STEP_KEYS), ("Tombol", REQUIRED_TRANSITION_KEYS)],
)
def test_what_must_be_there_is_marked(heading: str, required: tuple[str, ...]) -> None:
    rows = [list(row.values()) for row in manual.rows(heading)]
    marked = [key for first, said in rows if "**wajib**" in said for key in manual.quoted(first)]
    assert sorted(marked) == sorted(required)


def test_the_findings_that_the_page_explains_are_said_in_these_words() -> None:
    smallest, example = manual.sops()
    said = [one.message for one in findings(spoiled(smallest, "    time: 10 menit\n", ""))]
    said += [one.message for slip in SLIPS for one in findings(spoiled(example, *slip))]
    unmanned = replace(manual.office(), posts=manual.office().posts[:1])
    said += [one.message for one in findings(example, unmanned)]
    for row in manual.rows("Hasil pemeriksaan"):
        for words in re.sub(r" \(juga.*\)", "", row["tertulis"]).split(" / "):
            told = re.compile(".*".join(map(re.escape, words.split("…"))))
            assert any(told.search(one) for one in said), words


SLIPS = (
    ("approve_letter: surat-balasan", "approve_letter: undangan"),
    ("Lengkap, teruskan ke Lurah\n        to: disposisi",
     "Lengkap, teruskan ke Lurah\n        to: kelengkapan"),
    ("output: Tanda terima", "outputs: Tanda terima"),
    ("    row: 2\n", "     row: 2\n"),
    ("    row: 2\n", "   row: 2\n"),
    ("actor: lurah", "actor: lurahh"),
    ("        to: pemeriksaan\n  - key: disposisi", "        to: kelengkapan\n  - key: disposisi"),
    ("        choose: {unit: [seksi-pemerintahan, seksi-kesejahteraan]}\n"
     "        effects: [dispose]\n", ""),
    ("received_on, keperluan,", "received_on,"),
    ("when: {keperluan: keluarga}", "when: {keperluan: warga}"),
    ("        effects: [notify: penolakan]\n", ""),
    ("      - action: return\n        label: Kembalikan untuk dilengkapi\n"
     "        to: kelengkapan\n        effects: [notify: pengembalian-berkas]\n", ""),
    ("row: 6", "row: 8"),
    ("time_limit: 5 hari kerja", "time_limit: 2 hari kerja"),
    ("kind: general\nrequirements: [Surat permohonan, Fotokopi KTP]\n"
     "product: Izin pemakaian balai pertemuan\nfee: Gratis\ntime_limit: 5 hari kerja\n",
     "kind: complaint\ntime_limit: 3 bulan\n"),
    ("    deviation: Kertas tidak menyebut kelanjutan permohonan yang dikembalikan; ditunggu 14 "
     "hari.\n", ""),
    ("activity: Petugas Loket memeriksa", "activity: Lurah memeriksa"),
)  # fmt: skip


def spoiled(text: str, before: str, after: str) -> str:
    assert before in text, before
    return text.replace(before, after, 1)
