"""The sheet that explains the form, with the office's own lists, from which the others choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from backoffice.takeover.known import Known
from backoffice.takeover.words import (
    CHANNELS,
    CLOSED,
    GUIDE,
    NUMBERS,
    OPEN,
    SEVERITIES,
    URGENCIES,
)
from backoffice.text import plain_date

HEAD = PatternFill("solid", fgColor="E6EEF7")
WIDTHS = (34, 30, 14, 70, 40)
WRAPPED = 4  # the column of the wording of steps
LINE, PER_LINE, LONG_LINE = 15, 72, 150  # height of a line in points; letters that it holds
DEPENDING = ("step", "outcome")  # lists that depend on the SOP of the row
LINES = (
    "Formulir ini membawa pekerjaan yang sudah berjalan di kertas atau Excel ke dalam Paraf.",
    f"1. Lembar {NUMBERS}: nomor urut terakhir yang sudah dipakai di kertas; Paraf melanjutkannya.",
    f"2. Lembar {OPEN}: satu baris untuk setiap berkas yang belum selesai.",
    f"3. Lembar {CLOSED}: satu baris untuk setiap berkas yang sudah selesai, agar dapat dicari.",
    "Lembar yang tidak dipakai dibiarkan kosong. Kolom berlatar gelap wajib diisi. Jangan mengubah "
    "judul kolom. Baris CONTOH tidak dibaca.",
    "Langkah: langkah yang sekarang harus dikerjakan, yaitu kunci atau nomornya dari daftar di "
    "bawah.",
    "Nomor berkas: seperti di kertas. Bila kosong padahal langkahnya sudah melewati pemberian "
    "nomor, Paraf memberi nomor baru.",
    "Jabatan: hanya bila beberapa jabatan dapat memegang langkah itu. Bidang: bila berkas sudah "
    "diteruskan ke sebuah bidang.",
    "Tanggal: 13/01/2026 atau 13 Januari 2026. Nama: tulis Anonim bila pelapor tidak menyebut "
    "nama dan SOP menerimanya.",
    "Rumus tidak diterima: tempel sebagai nilai. Surat yang sudah dikonsep di kertas tetap di "
    "kertas; Paraf tidak memintanya lagi.",
    "Setelah diisi, unggah di Paraf: Pengaturan, Mulai di tengah tahun. Setiap baris diperiksa "
    "dahulu; tidak ada yang berubah sebelum Anda memastikannya.",
)


def font(*, size: int = 11, **more: Any) -> Font:
    """The letters of the form."""
    return Font(name="Calibri", size=size, **more)


@dataclass
class Guide:
    """Where the lists stand: column key -> first and last row, and the column they stand in."""

    places: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def list_for(self, key: str, sop: str) -> DataValidation | None:
        """The list a column chooses from; `sop` is the cell that says the SOP of a row."""
        if key not in self.places:
            return None
        letter, first, last = self.places[key]
        formula = f"{GUIDE}!${letter}${first}:${letter}${last}"
        if key in DEPENDING:
            sops = f"{GUIDE}!$A${first}:$A${last}"
            above = f"{GUIDE}!${letter}${first - 1}"
            formula = f"OFFSET({above},MATCH({sop},{sops},0),0,COUNTIF({sops},{sop}),1)"
        chooser = DataValidation(type="list", formula1=formula, allow_blank=True)
        chooser.errorStyle = "warning"  # other spellings are understood too
        return chooser


class _Writer:
    """Writes tables one below the other."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.row = 1
        for letter, width in zip("ABCDE", WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width

    def line(self, text: str, *, bold: bool = False) -> None:
        """A sentence over the whole width."""
        self._put(1, text).font = font(bold=bold, size=14 if bold else 11)
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=4)
        self.sheet.cell(self.row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        self.sheet.row_dimensions[self.row].height = LINE * (1 + len(text) // LONG_LINE) + 2
        self.row += 1

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[int, int]:
        """A table with its titles; the first and the last row of what stands in it."""
        self.row += 1
        for place, title in enumerate(titles, 1):
            cell = self._put(place, title)
            cell.font, cell.fill = font(bold=True), HEAD
        first = self.row + 1
        for values in rows:
            self.row += 1
            longest = values[WRAPPED - 1] if len(values) >= WRAPPED else ""
            self.sheet.row_dimensions[self.row].height = LINE * (1 + len(longest) // PER_LINE)
            for place, value in enumerate(values, 1):
                wrapped = Alignment(wrap_text=place == WRAPPED, vertical="top")
                self._put(place, value).alignment = wrapped
        self.row += 1
        return first, max(first, self.row - 1)

    def _put(self, place: int, text: str) -> Any:
        cell = self.sheet.cell(self.row, place)
        cell.value = text
        cell.data_type, cell.number_format, cell.font = "s", "@", font()
        return cell


def write_guide(sheet: Any, known: Known) -> Guide:
    """Fill the sheet; what comes back says where the lists stand."""
    guide, writer = Guide(), _Writer(sheet)
    writer.line(f"Mulai di tengah tahun: {known.office.title}", bold=True)
    writer.line(f"Dibuat {plain_date(known.today)}.")
    for text in LINES:
        writer.line(text)
    sops = [(code, one.procedure.title) for code, one in known.sops.items()]
    guide.places["sop"] = ("A", *writer.table(("Kode SOP", "Judul SOP"), sops))
    steps = writer.table(("Kode SOP", "Kunci langkah", "Nomor", "Bunyi langkah"), _steps(known))
    guide.places["step"] = ("B", *steps)
    ends = writer.table(("Kode SOP", "Hasil akhir"), _ends(known))
    guide.places["outcome"] = ("B", *ends)
    for key, title, named in _plain_lists(known):
        rows = [(word, code) for code, word in named.items()]
        if rows:
            guide.places[key] = ("A", *writer.table((title, "Kunci"), rows))
    return guide


def _steps(known: Known) -> list[tuple[str, ...]]:
    return [
        (code, step.key, step.row or "", step.activity)
        for code, one in known.sops.items()
        for step in one.procedure.steps
    ]


def _ends(known: Known) -> list[tuple[str, ...]]:
    return [
        (code, label)
        for code, one in known.sops.items()
        for label in (*(end.label for end in one.procedure.outcomes), "Dicabut", "Batal")
    ]


def _plain_lists(known: Known) -> list[tuple[str, str, Mapping[str, str]]]:
    """Column key, title and choices."""
    return [
        ("unit", "Bidang", {one.key: one.name for one in known.units}),
        ("post", "Jabatan", {one.key: one.title for one in known.posts}),
        ("channel", "Saluran", CHANNELS),
        ("category", "Kategori", known.categories),
        ("urgency", "Sifat", URGENCIES),
        ("severity", "Tingkatan", SEVERITIES),
    ]
