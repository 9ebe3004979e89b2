"""What letters may ask for and what their drafters type, of which the kinds are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backoffice.text import _l

Names = Mapping[str, tuple[str, ...] | None]  # None for a field, the columns of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    """What the drafter types. `type`: text or long_text; `columns`: each line becomes a row."""

    key: str
    label: str
    type: str = "text"
    required: bool = False
    help: str = ""
    columns: tuple[str, ...] = ()


def plain(*names: str) -> dict[str, tuple[str, ...] | None]:
    """Names that are fields, not lists."""
    return dict.fromkeys(names)


OFFICE: Names = {
    **plain("pemerintah", "alamat_instansi", "kontak_instansi", "tempat"),
    "kop": ("baris",),
}
DAY: Names = plain(
    "hari",
    "tanggal_terbilang",
    "bulan",
    "bulan_romawi",
    "tahun",
    "tahun_terbilang",
    "tanggal_angka",
)
SIGNER: Names = {
    **plain("ttd_an", "ttd_ub", "ttd_jabatan", "ttd_nama", "ttd_pangkat", "ttd_nip", "pejabat"),
    "paraf": ("jabatan", "tanda"),
}
CASE: Names = {
    **plain("nomor_berkas", "tanggal_berkas", "perihal", "layanan", "saluran"),
    **plain("nama_pemohon", "alamat_pemohon", "telepon_pemohon"),
    "isian": ("label", "nilai", "terbilang"),
}
NUMBER: Names = plain("nomor_surat", "tanggal_surat", "kode_surat", "alamat_periksa")
LETTER: Names = {**OFFICE, **NUMBER, **DAY, **CASE, **SIGNER}

NUMBERED = ("nomor", "uraian")
GOODS = ("nomor", "uraian", "banyaknya", "keterangan")
ONE_A_LINE = _l("Each line becomes a point of its own.")
ROWS = _l("One row a line: what; how many; remark.")

RECIPIENT = LetterField(key="penerima", label=_l("Addressed to"), required=True)
ADDRESS = LetterField(key="alamat_penerima", label=_l("Address of the recipient"), type="long_text")
NATURE = LetterField(key="sifat", label=_l("Nature of the letter"))
ENCLOSURES = LetterField(key="lampiran", label=_l("Enclosures"))
SUBJECT = LetterField(
    key="hal",
    label=_l("Subject of the letter"),
    required=True,
    help=_l("Whoever checks the letter by its code reads this: name no person here."),
)
OPENING = LetterField(key="pembuka", label=_l("Opening"), type="long_text")
TEXT = LetterField(
    key="isi",
    label=_l("Text of the letter"),
    type="long_text",
    required=True,
    help=_l("Each line becomes a paragraph."),
    columns=("nomor", "paragraf"),
)
CLOSING = LetterField(key="penutup", label=_l("Closing"), type="long_text")
COPIES = LetterField(
    key="tembusan",
    label=_l("Copies to"),
    type="long_text",
    help=_l("One name a line."),
    columns=("nomor", "nama"),
)
HEAD = (RECIPIENT, ADDRESS, NATURE, ENCLOSURES, SUBJECT, OPENING)
END = (CLOSING, COPIES)


def points(key: str, label: str, *, required: bool = False) -> LetterField:
    """Points under each other, each with its number."""
    return LetterField(
        key=key,
        label=label,
        type="long_text",
        required=required,
        help=ONE_A_LINE,
        columns=NUMBERED,
    )


def passage(key: str, label: str, *, required: bool = False) -> LetterField:
    """A text of its own."""
    return LetterField(key=key, label=label, type="long_text", required=required)


def line(key: str, label: str, *, required: bool = False) -> LetterField:
    """A few words."""
    return LetterField(key=key, label=label, required=required)


def goods(key: str, label: str) -> LetterField:
    """The rows of a table: what, how many, a remark."""
    return LetterField(
        key=key, label=label, type="long_text", required=True, help=ROWS, columns=GOODS
    )


BASIS = points("dasar", _l("On the basis of"))
OUTCOME = passage("hasil", _l("Result"))
FURTHER = replace(TEXT, required=False)
MISSING = points("kekurangan", _l("What is missing"), required=True)
REASONS = points("alasan", _l("Reasons"), required=True)
REPORTED = passage("pokok", _l("What was reported"), required=True)
VERIFIED = passage("hasil_verifikasi", _l("Result of the verification"), required=True)
CONSIDERED = passage("pertimbangan", _l("Considerations"))
NEXT = passage("rencana", _l("Next steps"))
SENT = goods("uraian", _l("What is sent"))
SOURCE = line("sumber", _l("Source of the data"))
AS_OF = line("keadaan", _l("State of the data as of"))
CHRONOLOGY = passage("kronologi", _l("Chronology"), required=True)
ADVICE = points("saran", _l("Recommendations"))
SENDER = line("dari", _l("From"))
POSITION = line("kedudukan", _l("Position of the second party"))
PLACE = line("tempat_acara", _l("Place of the handover"))
GOODS_GIVEN = goods("barang", _l("What is handed over"))
ORIGINALS = line("rangkap", _l("Number of originals"))
WITNESS = line("saksi", _l("Witnessed by"))
FIELDS: Mapping[str, LetterField] = {
    one.key: one
    for one in (
        *HEAD,
        TEXT,
        *END,
        *(BASIS, OUTCOME, NEXT, MISSING, REASONS, REPORTED, VERIFIED, CONSIDERED),
        *(SENT, SOURCE, AS_OF, CHRONOLOGY, ADVICE, SENDER),
        *(POSITION, PLACE, GOODS_GIVEN, ORIGINALS, WITNESS),
    )
}
