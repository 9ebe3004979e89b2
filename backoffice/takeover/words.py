"""What the sheets and their columns are called, and the words for what Paraf keeps as codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from backoffice.workflow.definition import Field

GUIDE = "Petunjuk"
NUMBERS = "Nomor"
OPEN = "Berkas berjalan"
CLOSED = "Buku tahun lalu"
MEND = "Perbaiki"  # the column that a faulty workbook comes back with
EXAMPLE = "contoh"  # a row whose first cell begins so is only there to show how it is filled
FIELD = "fields."  # begins the key of a column for an answer that only some SOPs ask
LONGEST_SUBJECT = 200  # as at intake: what a card of a list holds
ANONYMOUS = ("anonim", "tanpa nama", "tidak menyebut nama")
WITHDRAWN, VOID = "dicabut", "batal"  # ends that exist in every SOP

CHANNELS = {
    "datang": "Datang sendiri",
    "surat": "Surat",
    "telepon": "Telepon",
    "sms": "SMS",
    "faks": "Faks",
    "email": "Pos-el",
    "media_sosial": "Media sosial",
    "media_massa": "Media massa",
    "kotak_aduan": "Kotak aduan",
    "lapor": "SP4N-LAPOR!",
}
URGENCIES = {"biasa": "Biasa", "segera": "Segera", "sangat_segera": "Sangat segera"}
SEVERITIES = {"ringan": "Ringan", "sedang": "Sedang", "berat": "Berat"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `most`: how many characters a cell may have."""

    key: str
    title: str
    required: bool = False
    width: int = 16
    most: int = 500
    kind: str = "text"  # text, day or number: how the form sets its cells
    given: bool = False  # filled in by the form, not read back


OPEN_COLUMNS = (
    Column("row", "No.", width=9),
    Column("sop", "Kode SOP", required=True, width=24),
    Column("step", "Langkah", required=True, width=20),
    Column("post", "Jabatan", width=26),
    Column("number", "Nomor berkas", width=18, most=80),
    Column("received_on", "Diterima tanggal", required=True, kind="day"),
    Column("since", "Di langkah ini sejak", required=True, kind="day"),
    Column("name", "Nama pelapor/pemohon", required=True, width=26, most=200),
    Column("telephone", "Telepon", most=40),
    Column("address", "Alamat", width=30),
    Column("identity", "NIK atau identitas lain", width=20, most=60),
    Column("subject", "Perihal", required=True, width=40, most=LONGEST_SUBJECT),
    Column("summary", "Uraian", width=40, most=20_000),
    Column("channel", "Saluran"),
    Column("category", "Kategori", width=24),
    Column("urgency", "Sifat"),
    Column("severity", "Tingkatan"),
    Column("unit", "Bidang", width=24),
    Column("lapor", "Nomor LAPOR!", most=120),
    Column("letter", "Nomor surat pengadu", width=20, most=120),
    Column("note", "Catatan", width=30, most=20_000),
)
CLOSED_COLUMNS = (
    Column("row", "No.", width=9),
    Column("sop", "Kode SOP", required=True, width=24),
    Column("number", "Nomor berkas", width=18, most=80),
    Column("received_on", "Diterima tanggal", required=True, kind="day"),
    Column("closed_on", "Selesai tanggal", required=True, kind="day"),
    Column("outcome", "Hasil akhir", required=True, width=20),
    Column("name", "Nama pelapor/pemohon", required=True, width=26, most=200),
    Column("telephone", "Telepon", most=40),
    Column("subject", "Perihal", required=True, width=40, most=LONGEST_SUBJECT),
    Column("unit", "Bidang", width=24),
    Column("note", "Catatan", width=30, most=20_000),
)
NUMBER_COLUMNS = (
    Column("code", "Kode nomor", required=True),
    Column("year", "Tahun", required=True, width=10, kind="number"),
    Column("last", "Nomor urut terakhir di kertas", width=20, kind="number"),
    Column("given", "Nomor urut terakhir di Paraf", width=20, kind="number", given=True),
    Column("next", "Nomor berikutnya di Paraf", width=24, given=True),
    Column("sops", "Dipakai SOP", width=50, given=True),
)
SHEETS: Mapping[str, tuple[Column, ...]] = {
    NUMBERS: NUMBER_COLUMNS,
    OPEN: OPEN_COLUMNS,
    CLOSED: CLOSED_COLUMNS,
}


def field_column(field: Field) -> Column:
    """The column for an answer, named by its label and its key."""
    kind = "day" if field.type == "date" else "text"
    return Column(f"{FIELD}{field.key}", f"{field.label} [{field.key}]", width=22, kind=kind)


def columns_of(sheet: str, fields: Iterable[Field] = ()) -> tuple[Column, ...]:
    """The columns of a sheet in an office whose SOPs ask these fields."""
    more = map(field_column, fields) if sheet == OPEN else ()
    return (*SHEETS[sheet], *more)


def heading(text: str) -> str:
    """What is compared of a column's title: capitals, signs and what stands in () do not count.

    Of a title with a key in [] only the key counts.
    """
    key = re.search(r"\[([^\]]+)\]", text)
    if key is not None:
        return FIELD + key[1].strip()
    return same(re.sub(r"\([^)]*\)", "", text))


@lru_cache(maxsize=4096)
def same(text: str) -> str:
    """What is compared of a word: `Media Sosial` is `media_sosial`."""
    return "".join(one for one in text.casefold() if one.isalnum())
