"""The shipped packs and the tables made by hand from the papers say the same, row by row."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from backoffice.letters.active import FILES
from backoffice.workflow.definition import GIVES_UP, Action, Need, Procedure, Step, Transition
from backoffice.workflow.lint import deviations, lint_folder
from backoffice.workflow.pack import read_procedure

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "tests" / "expected"
NAMES = [path.stem for path in sorted(TABLES.glob("*.csv"))]
Row = tuple[str, str, str, str, str, str]
OPINION = {"once per post and round", "before the conclusion"}


@cache
def pack(name: str) -> Procedure:
    office, code = name.split("--")
    path = ROOT / "seed" / "offices" / office / "procedures" / f"{code}.yaml"
    procedure, findings = read_procedure(path.read_text(encoding="utf-8"), str(path))
    assert procedure is not None, findings
    return procedure


@cache
def table(name: str) -> dict[Row, set[str]]:
    """The rows of the paper's table with their conditions."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["step"], row["no"], row["role"], row["action"], row["transition"], row["next"]): {
                one for one in row["conditions"].split("; ") if one
            }
            for row in csv.DictReader(file)
        }


def written(procedure: Procedure) -> dict[Row, set[str]]:
    """The same of a pack."""
    rows: dict[Row, set[str]] = {}
    for step in procedure.steps:
        for way in step.transitions:
            for role in clickers(procedure, step):
                leads = f"end:{way.to.outcome}" if way.to.is_end else str(way.to.step)
                row = (step.key, step.row or "", role, str(way.action), way.key, leads)
                rows[row] = conditions(step, way)
        if step.team is not None:
            rows[(step.key, step.row or "", step.team, "opinion", "opinion", step.key)] = OPINION
        rule = step.gives_up
        if rule is not None and rule.to is not None and rule.after is not None:
            for role in clickers(procedure, step):
                leads = f"end:{rule.to.outcome}" if rule.to.is_end else str(rule.to.step)
                after = f"after {rule.after.amount} hari without answer"
                row = (step.key, step.row or "", role, GIVES_UP, GIVES_UP, leads)
                rows[row] = {after, "note required"}
    return rows


def clickers(procedure: Procedure, step: Step) -> tuple[str, ...]:
    if step.same_as is not None:
        return clickers(procedure, procedure.step(step.same_as))
    return (step.recorded_by,) if step.recorded_by else step.actors


def conditions(step: Step, way: Transition) -> set[str]:
    named = ("record", "draft", "send", "open_case")
    found = {f"{one.name} {one.argument}" for one in way.effects if one.name in named}
    leaving = way.action not in (Action.RETURN, Action.REJECT) and way.to.step != step.key
    asks = [*(step.asks if leaving else ()), *way.asks]
    if asks:
        found.add(f"asks {'|'.join(asks)}")
    found |= {
        f"choose {one.what}" + (f":{'|'.join(one.options)}" if one.options else "")
        for one in way.choose
    }
    found |= {f"when {one.name}={'|'.join(one.values)}" for one in way.when}
    if step.team is not None and way.action is not Action.RETURN:
        found.add("all opinions given")
    if step.batch:
        found.add(f"batch {step.batch}")
    if step.same_as:
        found.add(f"same post as {step.same_as}")
    if way.note is Need.REQUIRED:
        found.add("note required")
    if way.attach is Need.REQUIRED:
        found.add("attachment required")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_table_is_in_the_pack_and_no_other(name: str) -> None:
    assert set(written(pack(name))) == set(table(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_the_conditions_of_the_table(name: str) -> None:
    ours = written(pack(name))
    for row, said in table(name).items():
        same_post = {one for one in said if one.startswith("same post")}
        expected = {one for one in said if one != "no open notice" and not one.startswith("notify")}
        if row[4] == GIVES_UP:
            expected -= same_post
        assert ours[row] == expected, row


@pytest.mark.parametrize("name", NAMES)
def test_a_party_is_told_where_the_table_says_so(name: str) -> None:
    sop = pack(name)
    for row, said in table(name).items():
        way = sop.step(row[0]).transition(row[4])
        kinds = {f"notify {one}" for one in way.arguments("notify")} if way else set()
        assert {one for one in said if one.startswith("notify ")} <= kinds, row


@pytest.mark.parametrize("name", NAMES)
def test_the_steps_stand_in_the_order_of_the_table(name: str) -> None:
    assert [one.key for one in pack(name).steps] == list(
        dict.fromkeys(row[0] for row in table(name))
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_open_notice_is_asked_where_a_case_ends_after_a_promise(name: str) -> None:
    """The engine refuses every close over an open notice; the table marks where one can be.

    A promise of the end itself holds the case until it is kept: nothing is refused there.
    """
    sop = pack(name)
    ways = [way for step in sop.steps for way in step.transitions]
    promises = any(way.has("notify") and not way.to.is_end for way in ways)
    marked = {row[5] for row, said in table(name).items() if "no open notice" in said}
    assert all(leads.startswith("end:") for leads in marked)
    assert bool(marked) == promises


@pytest.mark.parametrize(
    ("name", "step", "way", "effects"),
    [
        ("disdukcapil--pengaduan-umum", "pencatatan", "forward", ["number", "receipt"]),
        ("disdukcapil--pengaduan-umum", "pemeriksaan", "approve", ["initial"]),
        ("disdukcapil--pengaduan-umum", "penandatanganan", "approve", ["approve_letter"]),
        ("disdukcapil--pengaduan-menengah", "pencatatan", "forward", ["number", "receipt"]),
        ("disdukcapil--pengaduan-menengah", "pemeriksaan", "approve", ["approve_letter"]),
        ("disdukcapil--pengaduan-besar", "arahan", "minta-kasi", ["dispose"]),
        ("disdukcapil--pengaduan-besar", "arahan", "ubah-tingkatan", ["reclassify"]),
        (
            "dinsos-sekadau--permintaan-data",
            "registrasi",
            "forward",
            ["number", "receipt", "register"],
        ),
        ("dinsos-sekadau--permintaan-data", "disposisi", "forward", ["dispose"]),
        ("dinsos-sekadau--permintaan-data", "disposisi-bidang", "forward", ["dispose"]),
        ("dinsos-sekadau--permintaan-data", "verifikasi", "return", ["notify"]),
        ("disdukcapil--pengaduan-kecil", "pencatatan", "forward", ["number", "receipt"]),
        ("disdukcapil--pengaduan-kecil", "pemeriksaan", "approve", ["approve_letter"]),
        (
            "dinsos-sekadau--pengaduan",
            "registrasi",
            "forward",
            ["number", "receipt", "register"],
        ),
        ("dinsos-sekadau--pengaduan", "verifikasi", "return", ["notify"]),
        ("dinsos-sekadau--pengaduan", "tindak-lanjut", "close", ["record", "notify"]),
        ("kesra-ambon--pengaduan", "penerimaan", "forward", ["number", "receipt"]),
        ("kesra-ambon--pengaduan", "tindak-lanjut", "reject", ["notify"]),
        ("kesra-ambon--pengaduan", "resolusi", "forward", ["record", "notify"]),
        ("kesra-ambon--pengaduan", "berbagi", "close", ["share"]),
        (
            "dinsos-sampang--pengaduan-puspaga",
            "pencatatan",
            "forward",
            ["number", "receipt", "record"],
        ),
        ("dinsos-sampang--pengaduan-puspaga", "disposisi", "forward", ["dispose"]),
        ("dinsos-sampang--pengaduan-puspaga", "kelayakan", "approve", ["notify"]),
        ("dinsos-sampang--pengaduan-puspaga", "kelayakan", "reject", ["record", "notify"]),
        (
            "satpol-pp--pengaduan-langsung",
            "analisis",
            "koordinasi",
            ["number", "receipt", "record"],
        ),
        (
            "satpol-pp--pengaduan-langsung",
            "analisis",
            "tanpa-koordinasi",
            ["number", "receipt", "record"],
        ),
        ("satpol-pp--pengaduan-langsung", "klarifikasi", "lanjutkan", ["record", "open_case"]),
        ("satpol-pp--pengaduan-tidak-langsung", "telaah", "layanan-lain", ["dispose"]),
        (
            "satpol-pp--pengaduan-tidak-langsung",
            "tindak-lanjut",
            "forward",
            ["record", "draft", "send"],
        ),
        ("kesra-ambon--bantuan-qurban", "penerimaan", "forward", ["number", "receipt"]),
        ("kesra-ambon--bantuan-qurban", "pengembalian", "forward", ["notify"]),
        ("kesra-ambon--bantuan-qurban", "persetujuan", "reject", ["notify"]),
    ],
)
def test_the_paper_says_what_else_happens(
    name: str, step: str, way: str, effects: list[str]
) -> None:
    found = pack(name).step(step).transition(way)
    assert found is not None
    assert [one.name for one in found.effects if one.name != "paper"] == effects


@pytest.mark.parametrize(
    ("name", "row", "activity", "time"),
    [
        ("disdukcapil--pengaduan-umum", "4", "Kepala Subbagian Umum dan Kepegawaian", "15 menit"),
        ("disdukcapil--pengaduan-menengah", "4", "Kepala Subbag umum dan Kepegawaian", "1 jam"),
        (
            "disdukcapil--pengaduan-besar",
            "5",
            "Kepala Dinas melakukan koordinasi dengan dengan",
            "3 jam",
        ),
        ("kesra-ambon--bantuan-qurban", "2", "Memeriksa Proposal bila memnuhi syarat", "1 menit"),
        ("kesra-ambon--bantuan-qurban", "4", "Memeriksa / Mengoreksi Daftar Rekapan", "60 menit"),
        (
            "dinsos-sekadau--permintaan-data",
            "4",
            "Petugas Pelayanan memproses permintaan permohon",
            None,
        ),
        ("disdukcapil--pengaduan-kecil", "6", "Kepala Kantor Memeriksa Surat", "1 hari kerja"),
        ("dinsos-sekadau--pengaduan", "12", "Kepala Dinas mengkaji menanda tangani", None),
        ("kesra-ambon--pengaduan", "5", "Apabila YA , Maka Laporan / Aduan kemudian", None),
        ("satpol-pp--pengaduan-langsung", "6", "Petugas layanan melakukan", "180 menit"),
        ("satpol-pp--pengaduan-tidak-langsung", "2", "Petugas layanan", "10 hari kerja"),
        ("satpol-pp--pengaduan-tidak-langsung", "6", "Petugas Layanan", "6 hari"),
        ("dinsos-sampang--pengaduan-puspaga", "4", "Pilah dan pilih atas setiap", None),
    ],
)
def test_the_words_and_the_time_are_those_of_the_paper(
    name: str, row: str, activity: str, time: str | None
) -> None:
    step = next(one for one in pack(name).steps if one.row == row)
    assert step.activity.startswith(activity)
    assert (str(step.time) if step.time else None) == time


def test_the_printed_times_add_up_to_what_the_paper_promises() -> None:
    """Umum 2 hari kerja + 4 jam 5 menit, the scales 2 hari kerja + 4 jam 50 menit each."""
    minutes_of = {"umum": 245, "kecil": 290, "menengah": 290, "besar": 290}
    for code, minutes in minutes_of.items():
        sop = pack(f"disdukcapil--pengaduan-{code}")
        times = [str(one.time) for one in sop.steps if one.time and sop.row_of(one) is one]
        assert times.count("1 hari kerja") == 2
        rest = [one.split() for one in times if one != "1 hari kerja"]
        assert sum(int(n) * (60 if measure == "jam" else 1) for n, measure in rest) == minutes


@pytest.mark.parametrize("name", NAMES)
def test_every_step_that_is_not_on_the_paper_says_why(name: str) -> None:
    said = dict(deviations(pack(name)))
    assert all(one.activity in said for one in pack(name).steps if one.row is None)


def test_no_real_telephone_number_or_address_stands_in_a_pack() -> None:
    """The papers' numbers belong to real people; ours begin with 0800 and end in example.go.id."""
    for folder in (ROOT / "seed" / "offices").iterdir():
        office = lint_folder(folder).office
        assert office is not None
        for label, value in office.contacts:
            assert value.startswith(("0800-", "www.lapor")) or value.endswith("@example.go.id"), (
                label
            )
    texts = [
        path.read_text(encoding="utf-8") for path in (ROOT / "seed" / "offices").rglob("*.yaml")
    ]
    assert not any(
        number in text
        for text in texts
        for number in ("0852", "0812", "0813", "0822", "321164", "gmail")
    )


@pytest.mark.parametrize(
    ("name", "step", "way", "paper"),
    [  # the letters of the papers: what each row, its output or its completeness names
        ("disdukcapil--pengaduan-besar", "koordinasi-skpd", "forward", "nota-dinas"),
        ("dinsos-sekadau--permintaan-data", "pengolahan", "forward", "surat-pengantar-data"),
        ("dinsos-sekadau--pengaduan", "pengolahan", "forward", "surat-balasan"),
        ("dinsos-sekadau--pengaduan", "tindak-lanjut", "close", "surat-tindak-lanjut"),
        ("dinsos-sampang--pengaduan-puspaga", "tanggapan", "forward", "surat-balasan"),
        ("dinsos-sampang--pengaduan-puspaga", "umpan-balik", "forward", "formulir-umpan-balik"),
        ("dinsos-sampang--pengaduan-puspaga", "laporan", "forward", "laporan-penanganan"),
        ("satpol-pp--pengaduan-langsung", "penerimaan", "close", "form-penerimaan-layanan"),
        ("kesra-ambon--pengaduan", "berbagi", "close", "nota-dinas"),
        ("kesra-ambon--bantuan-qurban", "koreksi", "forward", "daftar-rekapan"),
        ("kesra-ambon--bantuan-qurban", "pengetikan", "forward", "daftar-penerima"),
        ("kesra-ambon--bantuan-qurban", "penyerahan", "close", "berita-acara-serah-terima"),
    ],
)
def test_the_papers_of_a_step_can_be_printed_there(
    name: str, step: str, way: str, paper: str
) -> None:
    found = pack(name).step(step).transition(way)
    assert found is not None
    assert found.arguments("paper") == (paper,)


def test_a_party_is_told_by_a_letter_of_which_there_is_a_template() -> None:
    promised = {
        kind
        for name in NAMES
        for step in pack(name).steps
        for way in step.transitions
        for kind in way.arguments("notify")
    }
    # These tell of what a letter or a call says as well; the papers know no form for them.
    assert promised - FILES == {
        "pemberitahuan-diterima",
        "pemberitahuan-hasil",
        "permintaan-keterangan",
    }
