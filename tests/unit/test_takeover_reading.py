"""What an office writes into the form, read as it was meant, and refused where it cannot be."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from backoffice.takeover import cells, gate, reading
from backoffice.takeover.cells import Cell, Wrong
from backoffice.takeover.gate import MOST_BYTES, Unreadable
from backoffice.takeover.marking import mark
from backoffice.takeover.reading import Book, Fault, read
from backoffice.takeover.words import CLOSED, MEND, NUMBERS, OPEN, heading
from tests.registers import edited, ended, going, register, repacked

TODAY = date(2026, 1, 14)


def said(book: Book) -> list[str]:
    """Every fault as it is told."""
    return [str(one) for one in book.faults]


# -- cells -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 1, 13),
        datetime.combine(date(2026, 1, 13), time()),
        "13/01/2026",
        "13-1-2026",
        "13.01.2026",
        " 13 Januari 2026 ",
        "13 jan 2026",
        "Selasa, 13 Januari 2026",
        "2026-01-13",
        46035,
        46035.0,
    ],
)
def test_a_day_is_understood_however_it_is_written(written: Any) -> None:
    assert cells.day(Cell(written), TODAY) == date(2026, 1, 13)


@pytest.mark.parametrize(
    "written", ["13/01/2026 10.30", "13 Januari 2026 pukul 10.30 WIB", "2026-01-13T10:30:00"]
)
def test_a_time_beside_the_day_is_kept(written: str) -> None:
    assert cells.moment(Cell(written), TODAY) == datetime.combine(date(2026, 1, 13), time(10, 30))


@pytest.mark.parametrize("month", ["Agustus", "Agt", "Ags", "Nopember", "Pebruari", "Des"])
def test_months_are_known_by_their_short_and_old_names(month: str) -> None:
    numbers = {"A": 8, "N": 11, "P": 2, "D": 12}
    assert cells.day(Cell(f"3 {month} 2025"), TODAY) == date(2025, numbers[month[0]], 3)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("31/02/2026", "bukan tanggal"),
        ("01/13/2026", "bukan tanggal"),
        ("13/01/26", "empat angka"),
        ("minggu lalu", "bukan tanggal"),
        ("13 Januar 2026", "bukan tanggal"),
        ("13/01/2026 lusa", "bukan tanggal"),
        (41, "bukan tanggal"),
        (True, "bukan tanggal"),
        ("15/01/2026", "belum terjadi"),
        (date(1926, 1, 13), "terlalu lama"),
    ],
)
def test_what_is_no_day_of_the_past_is_refused_with_what_to_write(written: Any, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        cells.day(Cell(written), TODAY)


def test_a_telephone_gets_back_the_nought_that_excel_dropped() -> None:
    assert cells.telephone(Cell(81234567890, "n"), 40) == "081234567890"
    assert cells.telephone(Cell("0812-345 678"), 40) == "0812-345 678"
    assert cells.telephone(Cell(345678, "n"), 40) == "345678"


def test_a_nik_that_excel_has_rounded_is_refused() -> None:
    with pytest.raises(Wrong, match="bentuk sel menjadi Teks"):
        cells.identity(Cell(3171010101010000, "n"), 60)
    assert cells.identity(Cell("3171010101010001"), 60) == "3171010101010001"


def test_text_is_cleaned_of_what_no_database_holds() -> None:
    dirty = "Kartu\u00a0keluarga_x0000_\u200b\r\nbelum _x000D_terbit\x0b"
    assert cells.text(Cell(dirty), 500) == "Kartu keluarga\nbelum \nterbit"
    assert cells.line(Cell(dirty), 500) == "Kartu keluarga belum terbit"
    assert cells.line(Cell(42.0, "n"), 80) == "42"


def test_text_that_is_too_long_is_refused_and_not_cut() -> None:
    with pytest.raises(Wrong, match="501 huruf, paling banyak 500"):
        cells.line(Cell("a" * 501), 500)


@pytest.mark.parametrize(
    ("written", "kept"), [("41", 41), (41, 41), (41.0, 41), ("1.041", 1041), ("0", 0)]
)
def test_a_count_is_a_whole_number(written: Any, kept: int) -> None:
    assert cells.count(Cell(written)) == kept


@pytest.mark.parametrize("written", ["-1", "41,5", 41.5, "empat", "9" * 11])
def test_what_is_no_count_is_refused(written: Any) -> None:
    with pytest.raises(Wrong, match="bukan bilangan bulat"):
        cells.count(Cell(written))


@pytest.mark.parametrize(
    ("written", "kept"), [("Rp 1.500.000,50", "1500000.50"), (1500000, "1500000"), ("750", "750")]
)
def test_an_amount_is_read_as_it_is_written_here(written: Any, kept: str) -> None:
    assert cells.money(Cell(written)) == kept


def test_an_amount_in_words_is_refused() -> None:
    with pytest.raises(Wrong, match="bukan jumlah uang"):
        cells.money(Cell("sejuta"))


# -- sheets and columns ----------------------------------------------------------------------


def test_rows_are_read_by_the_titles_of_their_columns_wherever_these_stand() -> None:
    def turn_round(book: Any) -> None:
        sheet = book[OPEN]
        rows = [list(reversed([cell.value for cell in row])) for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(["Register pengaduan 2026"])
        sheet.append([])
        for row in rows:
            sheet.append(row)

    book = read(edited(register([going()]), turn_round))
    assert said(book) == []
    (row,) = book.rows[OPEN]
    assert (row.number, row.cells["step"].value) == (4, "pemeriksaan")


def test_capitals_brackets_and_spaces_in_a_title_do_not_count() -> None:
    assert heading("  KODE  sop (wajib) ") == heading("Kode SOP")


def test_empty_rows_and_the_example_are_passed_over() -> None:
    def add(book: Any) -> None:
        sheet = book[OPEN]
        sheet.insert_cols(1)
        sheet["A1"] = "No."
        sheet.append(["CONTOH", "pengaduan-umum"])
        sheet.append([7])
        sheet.append(["  ", None, "\n"])

    book = read(edited(register([going()]), add))
    assert [row.number for row in book.rows[OPEN]] == [2]
    assert said(book) == []


def test_sheets_that_are_left_out_or_empty_are_no_fault() -> None:
    def leave_out(book: Any) -> None:
        del book[NUMBERS]
        book[CLOSED].delete_rows(1, 1)
        book.create_sheet("Sheet1")

    assert said(read(edited(register([going()]), leave_out))) == []


def test_what_would_be_passed_over_in_silence_is_named() -> None:
    def spoil(book: Any) -> None:
        book.create_sheet("Lain-lain")["B3"] = "berkas lama"
        book[OPEN]["AA1"] = "Warna map"
        book[OPEN]["AC2"] = "lihat map biru"
        book[CLOSED]["M1"] = "Perihal"

    assert said(read(edited(register([going()]), spoil))) == [
        f"{OPEN} baris 1, kolom Warna map: Kolom ini tidak dikenal. "
        "Pindahkan isinya ke kolom lain, atau hapus.",
        f"{OPEN} baris 2, kolom AC: Ada isi di kolom tanpa judul. "
        "Beri judul dari formulir, atau hapus.",
        f"{CLOSED} baris 1, kolom Perihal: Kolom ini ada dua kali.",
        "Lain-lain: Lembar ini tidak dikenal. Pindahkan isinya ke lembar formulir, atau hapus.",
    ]


def test_a_sheet_without_titles_or_without_a_needed_column_is_named() -> None:
    def spoil(book: Any) -> None:
        book[OPEN].delete_rows(1)
        book[CLOSED]["B1"] = None
        book[CLOSED]["A1"] = None

    assert said(read(edited(register([going()], [ended()]), spoil))) == [
        f"{OPEN}: Judul kolom tidak ditemukan. Pakai lembar dari formulir, jangan ubah judulnya.",
        f"{CLOSED} baris 1: Tidak ada kolom Kode SOP. Tambahkan, atau pakai formulir baru.",
    ]


def test_a_workbook_of_something_else_is_told_apart() -> None:
    def rename(book: Any) -> None:
        for sheet in book.worksheets:
            sheet.title = f"Data {sheet.title}"

    faults = said(read(edited(register([going()]), rename)))
    assert faults[-1].startswith("Berkas ini: Tidak ada lembar formulir")


def test_a_formula_or_an_error_of_excel_is_no_value() -> None:
    def spoil(book: Any) -> None:
        book[OPEN]["D2"] = '="ADU-2026-0007"'
        book[OPEN]["G2"] = ArrayFormula("G2", "=UPPER(A1)")
        book[OPEN]["H2"] = "#N/A"

    (row,) = read(edited(register([going()]), spoil)).rows[OPEN]
    for key in ("number", "name"):
        with pytest.raises(Wrong, match="Berisi rumus"):
            cells.line(row.cells[key], 80)
    with pytest.raises(Wrong, match="kesalahan Excel"):
        cells.line(row.cells["telephone"], 80)


# -- the gate --------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    """Why a file is not read at all."""
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def test_what_is_no_workbook_is_refused() -> None:
    whole = register([going()])
    assert refusal(b"") == "attachment_empty"
    assert refusal(b"Kode SOP;Langkah\n") == "attachment_type"
    assert refusal(whole + b"\0" * MOST_BYTES) == "attachment_too_big"
    assert refusal(whole[: len(whole) // 2]) == "attachment_damaged"
    assert refusal(repacked(whole, {"xl/vbaProject.bin": b"x"})) == "attachment_macro"


def test_a_workbook_that_grows_when_it_is_opened_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = register([going()])
    blank = b"<row>" + b" " * 9_000_000 + b"</row>"
    assert refusal(repacked(whole, {"xl/worksheets/sheet9.xml": blank})) == "attachment_bomb"
    laughs = '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si></sst>'
    padding = f"<?xml version='1.0'?><!-- {random.Random(1).randbytes(90_000).hex()} -->"
    for code in ("utf-8", "utf-16-le", "utf-16-be"):
        part = (padding + laughs).encode(code)
        assert refusal(repacked(whole, {"xl/sharedStrings.xml": part})) == "attachment_bomb"
    monkeypatch.setattr(gate, "MOST_WORDS", 100)
    words = b"<sst>" + b"<si><t>Perihal</t></si>" * 5 + b"</sst>"
    assert refusal(repacked(whole, {"xl/sharedStrings.xml": words})) == "attachment_bomb"


def test_very_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 5)
    assert len(read(register([going()] * 4, [ended()])).rows[OPEN]) == 4
    assert refusal(register([going()] * 4, [ended()] * 2)) == "too_many_rows"


def test_a_cell_far_away_costs_nothing() -> None:
    def far(book: Any) -> None:
        book[OPEN].cell(900_000, 1).value = "x"

    def wide(book: Any) -> None:
        book[OPEN].cell(1, 16_000).value = "Judul jauh"

    assert refusal(edited(register([going()]), far)) == "too_many_rows"
    assert len(read(edited(register([going()]), wide)).rows[OPEN]) == 1


def test_what_a_file_says_of_its_own_size_is_not_believed() -> None:
    data = register([going(), going(number="ADU-2026-0009")])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet2.xml")
    assert b'<dimension ref="A1:T3"' in part
    for ref in (b"A1", b"A1:T1048576"):
        lying = part.replace(b'ref="A1:T3"', b'ref="%s"' % ref)
        book = read(repacked(data, {"xl/worksheets/sheet2.xml": lying}))
        assert len(book.rows[OPEN]) == 2


def test_a_spoiled_file_is_refused_and_never_breaks_the_check() -> None:
    whole, chance = register([going()] * 5), random.Random(3)
    for _ in range(60):
        spoiled = bytearray(whole)
        for _ in range(chance.choice([1, 20, 300])):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        with suppress(Unreadable):
            assert len(read(bytes(spoiled)).rows[OPEN]) <= 5


# -- handing it back -------------------------------------------------------------------------


def test_a_marked_form_is_the_same_rows_with_a_red_last_column() -> None:
    data = register([going(), going(subject="=1+1"), going(number="ADU-2026-0009")])
    faults = [
        Fault(OPEN, 3, "Langkah", "Wajib diisi."),
        Fault(OPEN, 3, "", "Sudah ada."),
        Fault(CLOSED, 0, "", "Judul (kolom) tidak ditemukan."),
    ]
    marked = load_workbook(io.BytesIO(mark(data, faults)))
    sheet = marked[OPEN]
    last = sheet.max_column
    assert [sheet.cell(row, last).value for row in range(1, 5)] == [
        MEND,
        None,
        "Langkah: Wajib diisi. Sudah ada.",
        None,
    ]
    assert sheet.cell(3, last).font.color.rgb == "009C1C1C"
    assert sheet["E2"].value.date() == date(2026, 1, 5)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "d", "n"}
    titles = [cell.value for cell in marked[CLOSED][1]]
    assert titles[-1] == "Perbaiki (Judul kolom tidak ditemukan.)"


def test_a_marked_form_may_be_mended_and_brought_again() -> None:
    data = register([going(), going(number="ADU-2026-0009")])
    once = mark(data, [Fault(OPEN, 2, "Langkah", "Wajib diisi."), Fault(OPEN, 0, "", "Salah.")])
    book = read(once)
    assert said(book) == []
    assert [row.number for row in book.rows[OPEN]] == [2, 3]
    twice = load_workbook(io.BytesIO(mark(once, [])))[OPEN]
    titles = [cell.value for cell in twice[1]]
    assert titles.count(MEND) == 1
    assert twice.cell(2, len(titles)).value is None


# -- LibreOffice -----------------------------------------------------------------------------


@pytest.mark.long
def test_a_form_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    data = register([going(telephone=81234567890, since="6 Januari 2026")], [ended()])
    (tmp_path / "asal.xlsx").write_bytes(data)
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is needed"
    subprocess.run(  # noqa: S603 - the file is ours
        [
            soffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "lo")),
            str(tmp_path / "asal.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    again = read((tmp_path / "lo" / "asal.xlsx").read_bytes())
    assert said(again) == []
    (row,), (old,) = again.rows[OPEN], again.rows[CLOSED]
    assert cells.telephone(row.cells["telephone"], 40) == "081234567890"
    assert cells.day(row.cells["received_on"], TODAY) == date(2026, 1, 5)
    assert cells.day(row.cells["since"], TODAY) == date(2026, 1, 6)
    assert cells.line(old.cells["number"], 80) == "ADU-2025-0310"
