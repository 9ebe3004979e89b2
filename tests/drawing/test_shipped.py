"""The eleven SOPs of the papers, drawn: what is seen, measured apart from how it was chosen."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from backoffice.drawing import Drawing, Progress, block_svg, crossing, lay_out, row_svg
from backoffice.drawing.chart import Sort
from backoffice.drawing.layout import lay_out_chart
from backoffice.drawing.sheet import whole_svg
from backoffice.workflow.definition import Procedure
from backoffice.workflow.lint import lint_folder
from tests.drawing.geometry import (
    broken_lines,
    faults,
    hidden_lines,
    outside,
    points_of,
    through_symbols,
    tops_of,
)
from tests.drawing.ink import ink_of, on_rules, touched

pytestmark = pytest.mark.sqlite

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
SOPS = sorted(path.relative_to(OFFICES) for path in OFFICES.glob("*/procedures/*.yaml"))


@cache
def known(path: Path) -> tuple[Procedure, dict[str, str]]:
    """An SOP with its office's roles."""
    folder = lint_folder(OFFICES / path.parts[0])
    assert folder.office is not None
    procedures = [one.procedure for one, _ in folder.sources if Path(one.file) == OFFICES / path]
    assert procedures[0] is not None
    return procedures[0], {one.key: one.title for one in folder.office.roles}


def drawn(office: str, code: str) -> Drawing:
    return lay_out(*known(Path(office) / "procedures" / f"{code}.yaml"))


def lines(drawing: Drawing, source: str) -> dict[str, tuple[str, str]]:
    """Where one may go from a symbol: word and sort by target."""
    return {one.target: (one.word, str(one.sort)) for one in drawing.lines if one.source == source}


def test_there_are_eleven() -> None:
    assert len(SOPS) == 11


@pytest.mark.parametrize("path", SOPS, ids=str)
def test_no_line_runs_through_a_symbol_or_lies_on_another(path: Path) -> None:
    assert faults(lay_out(*known(path))) == []


@pytest.mark.parametrize("path", SOPS, ids=str)
def test_no_word_touches_another_word_a_line_or_a_symbol(path: Path) -> None:
    drawing = lay_out(*known(path))
    assert len(ink_of(drawing).words) == sum(1 for one in drawing.lines if one.word)
    assert touched(drawing) == []
    assert on_rules(drawing) == []


def test_the_ruler_finds_a_line_that_was_put_in_the_wrong_place() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    to_head = next(one for one in drawing.lines if one.source == "penyusunan")
    column = next(one for one in drawing.lanes if one.key == "pengadu").middle
    moved = tuple(replace(one, x=column) for one in to_head.spots)
    others = tuple(one for one in drawing.lines if one is not to_head)
    bent = replace(drawing, lines=(*others, replace(to_head, spots=moved)))
    assert broken_lines(bent) == [("penyusunan", "pemeriksaan")]
    astray = tuple(replace(one, x=-3.0) for one in to_head.spots)
    assert outside(replace(drawing, lines=(replace(to_head, spots=astray),)))
    top, foot = (replace(to_head.spots[0], x=column, band=band) for band in (0, 9))
    long = replace(to_head, spots=(top, foot))
    assert "antrian" in {symbol for _, _, symbol in through_symbols(replace(bent, lines=(long,)))}
    twice = replace(to_head, source="arahan", target="pengiriman")
    assert hidden_lines(replace(drawing, lines=(to_head, twice)))


def test_the_ruler_finds_a_word_that_was_put_on_something() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    yes, no = (
        next(one for one in drawing.lines if one.source == "pemeriksaan" and one.word == word)
        for word in ("Ya", "Tidak")
    )
    others = tuple(one for one in drawing.lines if one is not yes)
    assert yes.label is not None
    assert no.label is not None
    for label in (
        no.label,  # on the other word
        replace(yes.label, x=yes.spots[0].x + 33, leftward=False),  # on the diamond
        replace(yes.label, dy=yes.label.dy + 4),  # on its own line
    ):
        assert touched(replace(drawing, lines=(*others, replace(yes, label=label))))
    foot = drawing.bands[yes.spots[0].band].height / 2
    low = replace(yes, label=replace(yes.label, dy=foot + 4))
    assert on_rules(replace(drawing, lines=(*others, low)))


def test_the_columns_are_those_of_the_paper_in_its_order() -> None:
    titles = [one.title for one in drawn("kesra-ambon", "bantuan-qurban").lanes]
    assert titles == ["Pemohon", "Kabag", "Kasubbag Keagamaan", "Staf", "Walikota"]
    titles = [one.title for one in drawn("disdukcapil", "pengaduan-menengah").lanes]
    assert titles == [
        "Pengadu",
        "Customer Service",
        "Petugas Pengaduan",
        "Kasubbag Umum dan Kepegawaian",
        "Kepala Dinas",
    ]
    # Of one office one paper has its officer before the head of division, the other after him.
    pair = ["Bidang Ops / Bidang Penegakan Perda", "Petugas Layanan"]
    titles = [one.title for one in drawn("satpol-pp", "pengaduan-langsung").lanes]
    assert titles == ["Pelapor", "Petugas Piket", "Staf Administrasi", *pair]
    titles = [one.title for one in drawn("satpol-pp", "pengaduan-tidak-langsung").lanes]
    assert titles == ["Pelapor", "Staf Administrasi", *pair[::-1], "Sekretaris", "Kasat Pol PP"]


def test_the_head_sends_a_letter_on_or_back_to_the_kasubbag() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    assert lines(drawing, "pemeriksaan") == {
        "pengiriman": ("Ya", "forward"),
        "arahan": ("Tidak", "return"),
    }
    shapes = {one.node: (str(one.shape), one.text) for one in drawing.symbols}
    assert shapes["antrian"] == ("start", "Mulai")
    assert shapes["arahan"] == ("box", "4")
    assert shapes["pemeriksaan"] == ("decision", "6")
    assert shapes["penerimaan"] == ("end", "Selesai")


def test_answers_that_are_neither_yes_nor_no_bear_letters_that_are_explained() -> None:
    drawing = drawn("satpol-pp", "pengaduan-tidak-langsung")
    assert lines(drawing, "telaah") == {
        "rekomendasi": ("a", "forward"),
        "tindak-lanjut": ("b", "forward"),
    }
    row = drawing.rows[drawing.row_of("telaah")]
    assert row.meanings == ("a: Rekomendasikan pendampingan", "b: Disposisikan layanan lain")


def test_going_on_in_another_sop_is_an_answer_of_its_own() -> None:
    drawing = drawn("satpol-pp", "pengaduan-langsung")
    assert drawing.rows[drawing.row_of("klarifikasi")].meanings == (
        "a: Berikan layanan kepada pelapor",
        "b: Lanjutkan sebagai pengaduan tidak langsung",
    )
    assert lines(drawing, "klarifikasi") == {
        "penerimaan": ("a", "forward"),
        "klarifikasi>sop": ("b", "other"),
    }


def test_who_is_told_of_a_refusal_has_the_end_in_his_column() -> None:
    drawing = drawn("satpol-pp", "pengaduan-tidak-langsung")
    ended = next(one for one in drawing.symbols if one.node == "klarifikasi>tidak-ditindaklanjuti")
    assert drawing.lanes[ended.lane].title == "Pelapor"
    assert (ended.text, drawing.bands[ended.band].row) == ("Selesai", drawing.row_of("klarifikasi"))


def test_a_team_has_a_box_in_every_column_and_a_double_line() -> None:
    drawing = drawn("kesra-ambon", "pengaduan")
    team = {drawing.lanes[one.lane].title for one in drawing.symbols if one.node == "analisis"}
    assert team == {"Kabag", "Tim Analisis"}
    assert [(one.step, str(one.joined)) for one in drawing.joints] == [("analisis", "team")]


def test_another_sop_is_a_pentagon_and_what_is_only_recorded_a_loop() -> None:
    drawing = drawn("disdukcapil", "pengaduan-besar")
    others = [one.step for one in drawing.symbols if one.shape == "other"]
    assert others == ["pencatatan", "arahan"]
    assert [one.node for one in drawing.symbols if one.stays] == ["arahan"]
    assert "SOP lain: Ubah tingkatan masalah" in drawing.rows[drawing.row_of("arahan")].meanings


def test_steps_of_one_printed_row_stand_in_that_row_and_who_acts_again_in_his_column() -> None:
    drawing = drawn("dinsos-sekadau", "pengaduan")
    assert drawing.rows[drawing.row_of("registrasi")].steps == ("registrasi", "pertimbangan")
    column = {one.node: drawing.lanes[one.lane].title for one in drawing.symbols}
    assert column["penerusan"] == column["verifikasi"] == "Kepala Seksi"
    assert column["paraf"] == column["disposisi-bidang"] == "Kepala Bidang"


def test_a_row_that_is_parted_by_the_added_signature_goes_on_below_it() -> None:
    drawing = drawn("disdukcapil", "pengaduan-besar")
    assert [one.number for one in drawing.rows] == [*"1234567", "", "7", "9"]
    assert drawing.rows[8].meanings == ("Lanjutan No 7",)
    middles = tops_of(drawing)
    for line in drawing.lines:
        if line.sort is not Sort.RETURN:
            points = points_of(line, middles)
            assert points[0][1] <= points[-1][1], f"{line.source} naik ke {line.target}"
    svg = whole_svg(*known(Path("disdukcapil/procedures/pengaduan-besar.yaml")))
    assert "lihat No 7" in svg


def test_at_a_page_break_every_line_that_passes_is_named_once() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    passing = crossing(drawing, drawing.row_of("penyusunan"))
    assert [(one.target, one.falling) for one in passing] == [
        ("pemeriksaan", True),
        ("arahan", False),
    ]
    assert crossing(drawing, len(drawing.rows) - 1) == ()


@pytest.mark.parametrize("path", SOPS, ids=str)
def test_the_file_is_sound_svg_with_its_title_and_needs_no_style_or_script(path: Path) -> None:
    procedure, titles = known(path)
    svg = whole_svg(procedure, titles)
    root = etree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.findtext(f"{space}title")) == (f"{space}svg", procedure.title)
    assert {str(one.tag).removeprefix(space) for one in root.iter()} == {
        *("svg", "title", "desc", "g", "rect", "path", "text")
    }
    assert not re.search(r"style=|class=|href|\bon\w+=", svg)
    written = " ".join(one.text or "" for one in root.iter(f"{space}text"))
    assert all(word in written for word in procedure.steps[-1].activity.split())


def test_a_long_word_of_the_paper_is_not_broken() -> None:
    path = next(one for one in SOPS if one.stem == "pengaduan-tidak-langsung")
    root = etree.fromstring(whole_svg(*known(path)))
    assert "perundangundangan," in {one.text for one in root.iter("{*}text")}


def test_a_row_of_a_page_is_painted_by_the_stylesheet_and_says_nothing_aloud() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    row = row_svg(drawing, drawing.row_of("pemeriksaan"))
    etree.fromstring(row)
    assert row.startswith('<svg class="flow"')
    assert 'aria-hidden="true"' in row
    assert not re.search(r"style=|fill=|stroke=", row)


def test_on_a_case_what_was_walked_is_seen_and_so_is_the_return() -> None:
    drawing = drawn("disdukcapil", "pengaduan-menengah")
    progress = Progress(
        current="pemeriksaan",
        passed=frozenset({"antrian", "informasi", "pencatatan", "arahan", "penyusunan"}),
        walked=frozenset(
            {
                ("antrian", "informasi"),
                ("informasi", "pencatatan"),
                ("pencatatan", "arahan"),
                ("arahan", "penyusunan"),
                ("penyusunan", "pemeriksaan"),
                ("pemeriksaan", "arahan"),
            }
        ),
    )
    walked = {(one.source, one.target) for one in progress.lines(drawing)}
    assert walked == progress.walked
    here = row_svg(drawing, drawing.row_of("pemeriksaan"), progress)
    assert '<path class="sym now"' in here
    assert 'class="way return walked"' in here
    ahead = row_svg(drawing, drawing.row_of("pengiriman"), progress)
    assert "walked" not in ahead
    assert "past" not in ahead
    stacked = block_svg(drawing, [one.height for one in drawing.rows], progress, title="Jalannya")
    assert etree.fromstring(stacked)[0].text == "Jalannya"


def test_a_version_is_laid_out_once() -> None:
    path = next(one for one in SOPS if one.stem == "pengaduan-puspaga")
    procedure, titles = known(path)
    lay_out_chart.cache_clear()
    begun = time.process_time()
    first = lay_out(procedure, titles)
    assert time.process_time() - begun < 2
    assert lay_out(replace(procedure, title="Judul lain"), titles) is first
    assert lay_out(procedure, titles | {"kepala-dinas": "Kepala"}) is not first
