"""Any other SOP: invented ones, big ones, odd ones."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from backoffice.drawing import lay_out
from backoffice.drawing.fonts import longest_word, width, wrap
from backoffice.drawing.sheet import whole_svg
from backoffice.workflow.definition import Action, Effect, Step, Target, Transition
from backoffice.workflow.pack import read_procedure
from tests.drawing.geometry import faults
from tests.drawing.ink import touched
from tests.drawing.invented import invented
from tests.manual import sops
from tests.packs import SOP, changed, linted

pytestmark = pytest.mark.sqlite


def judge(seeds: range) -> float:
    """Draw the invented SOPs of these numbers; how long the slowest took."""
    slowest = 0.0
    for seed in seeds:
        procedure, titles = invented(seed)
        begun = time.process_time()
        drawing = lay_out(procedure, titles)
        slowest = max(slowest, time.process_time() - begun)
        assert faults(drawing) == [], f"SOP karangan {seed}"
        assert touched(drawing) == [], f"SOP karangan {seed}"
    return slowest


def test_invented_sops_are_drawn_without_a_fault() -> None:
    assert judge(range(8)) < 2


@pytest.mark.long
def test_four_hundred_invented_sops_are_drawn_without_a_fault() -> None:
    assert judge(range(400)) < 2


def test_twenty_steps_in_eight_columns_stay_readable() -> None:
    procedure, titles = invented(2, lanes=8, steps=20)
    drawing = lay_out(procedure, titles)
    assert faults(drawing) == []
    assert len(drawing.lanes) == 8
    assert drawing.width < 800
    for lane in drawing.lanes:
        assert lane.width >= longest_word(lane.title, 12, bold=True)


def test_the_sops_of_the_manual_are_drawn() -> None:
    for text in sops():
        procedure, found = read_procedure(str(text), "panduan.yaml")
        assert procedure is not None, found
        drawing = lay_out(procedure, {})
        assert faults(drawing) == []
        assert {"Mulai", "Selesai"} <= {one.text for one in drawing.symbols}


def test_a_decision_with_four_ways_out_keeps_them_apart() -> None:
    text = changed("label: Setujui\n", "label: Setujui\n        effects: [open_case: rujukan]\n")
    procedure, _ = read_procedure(text, "izin.yaml")
    assert procedure is not None
    drawing = lay_out(procedure, {})
    assert faults(drawing) == []
    starts = {one.spots[0] for one in drawing.lines if one.source == "periksa"}
    assert len(starts) == 4


def test_lines_that_leave_one_side_of_a_symbol_make_room_for_the_word_between_them() -> None:
    drawing = lay_out(*invented(119, lanes=8, steps=16))
    leaving = [one for one in drawing.lines if one.source == "l12"]
    assert sum(one.spots[0].x < one.spots[1].x for one in leaving) == 3
    assert touched(drawing) == []
    assert faults(drawing) == []


def test_what_cannot_be_drawn_apart_is_said_and_drawn_all_the_same() -> None:
    procedure, titles = invented(1, lanes=3, steps=8)
    hub = procedure.steps[3]
    ways = tuple(
        Transition(key=f"k{n}", action=Action.FORWARD, label=f"Pilih {n}", to=Target(step=one.key))
        for n, one in enumerate(procedure.steps)
        if one is not hub
    )
    extra = Transition(
        key="lain",
        action=Action.CLOSE,
        label="Lain",
        to=Target(outcome="selesai"),
        effects=(Effect(name="open_case", argument="lain"),),
    )
    steps = tuple(
        replace(one, transitions=(*ways, extra)) if one is hub else one for one in procedure.steps
    )
    crowded = replace(procedure, steps=steps)
    drawing = lay_out(crowded, titles)
    assert drawing.clashes
    assert "<svg" in whole_svg(crowded, titles)


def test_lint_warns_of_a_line_that_lies_on_another_and_lets_it_be_published() -> None:
    way = "      - key: {}\n        action: {}\n        label: Ke {}\n        to: {}\n"
    hub = "".join(
        way.format(n, "return" if n < 6 else "forward", n, f"l{n}") for n in range(1, 13) if n != 6
    )
    rows = [way.format("maju", "forward", "depan", f"l{n + 1}") for n in range(1, 12)]
    rows[5] = hub
    rows.append(way.format("tutup", "close", "akhir", "{end: terbit}"))
    steps = "".join(
        f"  - key: l{n}\n    row: {n}\n    activity: Kegiatan {n}\n    actor: kepala\n"
        f"    time: 1 jam\n    transitions:\n{ways}"
        for n, ways in enumerate(rows, 1)
    )
    refused = "  - {key: ditolak, label: Ditolak, notice: required}\n"
    head = SOP[: SOP.index("steps:")].replace(refused, "")
    said = [one for one in linted(f"{head}steps:\n{steps}") if "tumpang" in one.message]
    assert {str(one.level) for one in said} == {"warning"}
    assert said[0].message.startswith("Panah 6 → ")
    assert said[0].where.startswith("Langkah 6")


def test_one_step_that_opens_and_closes_has_its_beginning_and_its_end() -> None:
    step = Step(
        key="terima",
        row="1",
        activity="Petugas melayani tamu",
        actors=("petugas",),
        transitions=(
            Transition(
                key="close", action=Action.CLOSE, label="Selesai", to=Target(outcome="selesai")
            ),
        ),
    )
    drawing = lay_out(replace(invented(0)[0], steps=(step,)), {"petugas": "Petugas"})
    assert [one.text for one in drawing.symbols] == ["Mulai", "1", "Selesai"]
    assert faults(drawing) == []


def test_text_is_wrapped_by_the_width_of_its_letters() -> None:
    assert width("iiii", 12) < width("mmmm", 12) / 3
    lines = wrap("Petugas Pengaduan menerima laporan secara lisan maupun tulisan", 90, 12)
    assert " ".join(lines) == "Petugas Pengaduan menerima laporan secara lisan maupun tulisan"
    assert max(width(one, 12) for one in lines) <= 90
    assert wrap("perundang-undangan", 80, 12) == ("perundang-", "undangan")
    broken = wrap("pertanggungjawabannyalah", 60, 12)
    assert ("".join(broken), len(broken) > 1) == ("pertanggungjawabannyalah", True)
