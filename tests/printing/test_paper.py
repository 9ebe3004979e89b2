"""An SOP on paper: its pages, what joins them, its identity, and the file for Word."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from backoffice.drawing import lay_out
from backoffice.drawing.connectors import HALF, connector_svg
from backoffice.drawing.fonts import wrap
from backoffice.drawing.sheet import text_rows
from backoffice.printing import pictures
from backoffice.printing.identity import Document, Head, related_to
from backoffice.printing.plan import ABOVE, PAD, Plan, letter, plan_of
from backoffice.printing.size import A4, F4, Size
from backoffice.printing.word import word_file
from backoffice.printing.words import Teller
from backoffice.workflow.definition import Procedure
from tests.drawing.invented import invented
from tests.drawing.test_shipped import SOPS, known
from tests.letters.printing import print_all, program, run, text_of

pytestmark = pytest.mark.sqlite
HEAD = Head("Pemerintah Kota Contoh", ("Dinas Contoh",), "Kepala Dinas")
NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
KECIL = Path("disdukcapil") / "procedures" / "pengaduan-kecil.yaml"
SEKADAU = Path("dinsos-sekadau") / "procedures" / "pengaduan.yaml"
PUSPAGA = Path("dinsos-sampang") / "procedures" / "pengaduan-puspaga.yaml"


@pytest.fixture
def unpainted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dot for every picture: what is asked here is not how they look."""
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    monkeypatch.setattr(pictures, "_png", lambda _svg, _scale: out.getvalue())


def document(sop: Procedure, titles: dict[str, str]) -> Document:
    return Document(sop, titles, HEAD, "Versi 1")


def planned(sop: Procedure, titles: dict[str, str], size: Size) -> Plan:
    drawing = lay_out(sop, titles)
    return plan_of(drawing, text_rows(sop, drawing), size)


def opened(sop: Procedure, titles: dict[str, str], size: Size = F4) -> Any:
    return docx.Document(io.BytesIO(word_file(document(sop, titles), size, NOW)))


def said_in(file: Any) -> str:
    return " ".join(one.text or "" for one in file.element.body.iter("{*}t"))


def alternatives(file: Any) -> list[str]:
    """What the pictures say to who does not see them, in order."""
    found = file.element.body.iter("{*}docPr")
    return [one.get("descr", "") for one in found]


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("path", SOPS, ids=str)
def test_the_file_says_every_step_in_words_and_every_picture_too(path: Path) -> None:
    sop, titles = known(path)
    file = opened(sop, titles)
    said, pictured = said_in(file), alternatives(file)
    drawing = lay_out(sop, titles)
    teller = Teller(sop, titles, drawing)
    rows = {sop.row_of(one).key: sop.row_of(one) for one in sop.steps}.values()
    for step in rows:
        assert step.activity in said
        assert all(one in said for one in (*step.requirements, step.output))
    assert [teller.row(i) for i in range(len(drawing.rows))] == [
        one for one in pictured if one.startswith("Pelaksana: ")
    ]
    assert all(pictured)
    numbers = [one.get("id") for one in file.element.body.iter("{*}docPr")]
    assert len(set(numbers)) == len(numbers)


def test_a_row_says_who_works_there_and_where_one_may_go() -> None:
    sop, titles = known(Path("disdukcapil") / "procedures" / "pengaduan-menengah.yaml")
    assert Teller(sop, titles, lay_out(sop, titles)).row(5) == (
        "Pelaksana: Kepala Dinas. Ya – Setujui dan tanda tangani: lanjut ke langkah 7 "
        "(Petugas Pengaduan). Tidak – Kembalikan untuk diperbaiki: kembali ke langkah 4 "
        "(Kasubbag Umum dan Kepegawaian)."
    )


@pytest.mark.parametrize("size", [F4, A4], ids=lambda one: one.name)
@pytest.mark.parametrize("path", SOPS, ids=str)
def test_every_row_stands_once_on_pages_that_hold_it(path: Path, size: Size) -> None:
    check_pages(planned(*known(path), size))


def test_twenty_steps_in_eight_lanes_fit_too() -> None:
    for seed in range(3):
        plan = planned(*invented(seed, lanes=8, steps=20), A4)
        check_pages(plan)
        assert plan.points >= 8
        assert 2 <= len(plan.leaves) <= 6


def test_fourteen_lanes_and_a_text_longer_than_a_page_are_printed_all_the_same() -> None:
    check_pages(planned(*invented(1, lanes=14, steps=14), A4))
    sop, titles = invented(2, lanes=4, steps=6)
    long = replace(sop.steps[2], activity="Petugas mencatat berkas. " * 300)
    sop = replace(sop, steps=(*sop.steps[:2], long, *sop.steps[3:]))
    plan = planned(sop, titles, F4)
    assert max(plan.heights) > F4.inside[1]
    assert [row for leaf in plan.leaves for row in leaf.rows] == list(range(6))


def check_pages(plan: Plan) -> None:
    """Rows in order, each page no fuller than its paper, the same letters at foot and head."""
    wide, high = plan.size.inside
    assert [row for leaf in plan.leaves for row in leaf.rows] == list(range(len(plan.heights)))
    assert round(sum(plan.widths) + plan.lanes) == round(wide)
    for leaf in plan.leaves:
        ends = sum(one is not None for one in (leaf.head, leaf.foot))
        rows = sum(plan.heights[one] for one in leaf.rows) + ends * plan.connector
        assert rows + plan.headings + ABOVE <= high
    letters: list[str] = []
    for above, below in pairwise(plan.leaves):
        assert above.foot is not None
        assert below.head is not None
        assert (above.foot.letters, above.foot.leaf) == (below.head.letters, below.number)
        assert (below.head.crossings, below.head.leaf) == (above.foot.crossings, above.number)
        letters += above.foot.letters
    assert letters == [letter(one) for one in range(len(letters))]
    assert (plan.leaves[0].head, plan.leaves[-1].foot) == (None, None)


@pytest.mark.usefixtures("unpainted")
def test_a_line_that_is_cut_says_where_it_comes_from_and_goes() -> None:
    file = opened(*known(SEKADAU))
    said = said_in(file)
    assert "Bersambung ke lembar 2" in said
    assert "Sambungan dari lembar 1" in said
    assert alternatives(file).count("A: dari langkah 7 (Ya) ke langkah 8.") == 2


def test_short_columns_say_it_in_one_line_where_kegiatan_has_room_to_spare() -> None:
    path = next(one for one in SOPS if one.stem == "bantuan-qurban")
    plan = planned(*known(path), F4)
    size = plan.points * 96 / 72
    for column in (2, 3, 4):
        most = plan.widths[column] - 2 * PAD
        assert all(len(wrap(one[column], most, size)) == 1 for one in plan.cells)


def test_connectors_stand_side_by_side_within_the_lanes() -> None:
    plans = [planned(*invented(seed, lanes=8, steps=20), A4) for seed in range(6)]
    tried = 0
    for plan in plans:
        for leaf in plan.leaves:
            if leaf.foot is not None:
                join = leaf.foot
                svg = connector_svg(plan.drawing, join.crossings, join.letters, foot=True)
                places = [float(one) for one in re.findall(r'<text[^>]* x="([\d.]+)"', svg)]
                tried += len(places) > 1
                assert min(places) >= HALF
                assert max(places) <= plan.drawing.width - HALF
                assert all(b - a > 2 * HALF for a, b in pairwise(places))

    assert tried > 2


def test_letters_go_on_after_the_last() -> None:
    assert [letter(one) for one in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


# -- the identity page -------------------------------------------------------------------------


def test_a_part_that_the_paper_does_not_have_stays_empty() -> None:
    boxes = dict(document(*known(KECIL)).boxes())
    assert list(boxes) == [
        "Dasar Hukum",
        "Kualifikasi Pelaksana",
        "Keterkaitan",
        "Peralatan/Perlengkapan",
        "Peringatan",
        "Pencatatan dan Pendataan",
    ]
    assert set(boxes.values()) == {()}


def test_what_the_paper_says_stands_in_its_box_and_the_rest_of_its_standard_below() -> None:
    found = document(*known(PUSPAGA))
    boxes, standard = dict(found.boxes()), dict(found.standard())
    assert boxes["Dasar Hukum"][0] == "UU No. 25 Tahun 2009 tentang Pelayanan public"
    assert boxes["Kualifikasi Pelaksana"] == ("Pendidikan formal minimal S1",)
    assert boxes["Peralatan/Perlengkapan"][0] == "Ruangan ber AC"
    assert standard["Jangka waktu"] == ("4 hari kerja",)
    assert standard["Biaya"] == ("Tidak di pungut biaya (gratis)",)
    assert {"Sarana dan Prasarana", "Kompetensi Pelaksana"} & set(standard) == set()
    assert "Evaluasi Kinerja Pelaksana" in standard


def test_related_are_the_sops_to_which_this_one_leads() -> None:
    office = [known(one)[0] for one in SOPS if one.parts[0] == "disdukcapil"]
    assert related_to(known(KECIL)[0], office) == (
        "Prosedur Tetap Pelayanan Pengaduan Skala Besar",
        "Prosedur Tetap Pelayanan Pengaduan Skala Menengah",
        "Prosedur Tetap Pelayanan Pengaduan",
    )
    assert related_to(known(PUSPAGA)[0], [known(PUSPAGA)[0], *office]) == ()


@pytest.mark.usefixtures("unpainted")
def test_the_identity_page_invents_nothing() -> None:
    table = opened(*known(KECIL)).tables[0]
    said = {cell.text for row in table.rows for cell in row.cells} - {""}
    labels = ("Nomor SOP", "Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif")
    boxes = (f"{name}:" for name, _texts in document(*known(KECIL)).boxes())
    assert said == {
        "PEMERINTAH KOTA CONTOH\nDINAS CONTOH",
        *labels,
        *boxes,
        "Disahkan oleh",
        "Kepala Dinas\n………………………………",
        "Nama SOP",
        "Prosedur Tetap Pelayanan Pengaduan Skala Kecil",
    }


# -- as it is printed --------------------------------------------------------------------------


@pytest.mark.letters
@pytest.mark.slow
def test_word_prints_a_page_for_each_leaf_lying_on_its_long_side(tmp_path: Path) -> None:
    big = invented(1, lanes=8, steps=20)
    asked = {"kecil": (known(KECIL), F4, (936, 610)), "besar": (big, A4, (842, 595))}
    for name, (sop, size, _points) in asked.items():
        (tmp_path / f"{name}.docx").write_bytes(word_file(document(*sop), size, NOW))
    print_all(tmp_path, *(tmp_path / f"{name}.docx" for name in asked))
    for name, (sop, size, points) in asked.items():
        pdf, plan = tmp_path / f"{name}.pdf", planned(*sop, size)
        found = re.search(
            r"Page size: +([\d.]+) x ([\d.]+)", run(program("pdfinfo", "poppler"), str(pdf))
        )
        assert found is not None
        assert (round(float(found[1])), round(float(found[2]))) == points
        pages = [one for one in text_of(pdf).split("\f") if " · lembar " in one]
        assert len(pages) == len(plan.leaves)
        for leaf, page in zip(plan.leaves, pages, strict=True):
            assert all(plan.cells[one][1][:25] in page for one in leaf.rows), leaf.number
