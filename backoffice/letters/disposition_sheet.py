"""Lembar disposisi: what stands on the official sheet, with the whole chain that came of it.

A sheet is what one post gave at once; what was passed on from it (disposisi lanjutan) stands below
it in the table of the chain. On paper and on the screen the same values are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from backoffice import text
from backoffice.incoming import agenda_of
from backoffice.workflow.disposing import INSTRUCTIONS
from models import (
    Case,
    Disposition,
    DispositionState,
    Duty,
    IncomingLetter,
    Office,
    ReferenceKind,
    db,
)

from .cleaning import Row, Value
from .facts import received_on, sender
from .kop import made
from .signing import signature, signer_of
from .values import letterhead

SHEET = "lembar-disposisi"
YES, NO = "☒", "☐"
LEADING = "1"  # how the paper marks the penanggung jawab
# Sifat, as the paper prints it.
NATURES = (("sangat_segera", "Sangat segera"), ("segera", "Segera"), ("rahasia", "Rahasia"))
URGENCIES = tuple(key for key, _word in NATURES)
STATES = {
    DispositionState.GIVEN: "belum dibaca",
    DispositionState.READ: "sudah dibaca",
    DispositionState.BEGUN: "dikerjakan",
    DispositionState.REPORTED: "dilaporkan",
    DispositionState.CLOSED: "selesai",
    DispositionState.RECALLED: "ditarik kembali",
}
# Every name the sheet may ask for; None stands for a field, a tuple for the columns of a list.
NAMES: dict[str, tuple[str, ...] | None] = {
    **dict.fromkeys(("pemerintah", "alamat_instansi", "kontak_instansi", "tempat")),
    **dict.fromkeys(("surat_dari", "nomor_surat", "tanggal_surat", "diterima_tanggal")),
    **dict.fromkeys(("nomor_agenda", "perihal", "catatan", "batas_waktu", "tanggal")),
    **dict.fromkeys(f"cek_{key}" for key in (*URGENCIES, *INSTRUCTIONS)),
    **dict.fromkeys(("ttd_an", "ttd_ub", "ttd_jabatan", "ttd_nama", "ttd_pangkat", "ttd_nip")),
    "kop": ("baris",),
    "diteruskan": ("tanda", "jabatan"),
    "rantai": ("tanggal", "dari", "tanda", "kepada", "isi", "batas", "keadaan"),
}


def chain_of(row: Disposition) -> list[Disposition]:
    """The rows of the sheet on which everything began, and all that was passed on from it.

    Two statements; those of one sheet stand together, what came of each right below it.
    """
    rows = _all_of(row)
    by_id = {one.id: one for one in rows}
    root = row
    while root.parent_id in by_id:
        root = by_id[root.parent_id]
    first = [one for one in rows if one.parent_id is None and _sheet(one) == _sheet(root)]
    return list(_downwards(first, rows))


def first_of(chain: Sequence[Disposition]) -> list[Disposition]:
    """The rows of the sheet itself, without what was passed on."""
    return [one for one in chain if one.parent_id is None]


def _sheet(row: Disposition) -> int:
    return row.sheet_id or row.id


def _all_of(row: Disposition) -> list[Disposition]:
    """Every disposition of the same case or letter, the first first, with posts and people."""
    same = (
        Disposition.case_id == row.case_id
        if row.case_id is not None
        else Disposition.incoming_letter_id == row.incoming_letter_id
    )
    query = sa.select(Disposition).where(same).order_by(Disposition.id)
    shown = (Disposition.from_post, Disposition.to_post, Disposition.user)
    return list(db.session.scalars(query.options(*(joinedload(one) for one in shown))))


def _downwards(rows: Sequence[Disposition], among: Sequence[Disposition]) -> Iterator[Disposition]:
    for row in rows:
        yield row
        yield from _downwards([one for one in among if one.parent_id == row.id], among)


def sheet_values(chain: Sequence[Disposition]) -> dict[str, Value]:
    """Every value of the sheet; `chain` as `chain_of` gives it."""
    first = first_of(chain)
    head = first[0]
    about = _about(head)
    office = about.office
    signer = signer_of(head.from_post, head.given_at, head.user)
    deadline = head.deadline_on
    return {
        **letterhead(office),
        **(_of_case(about) if isinstance(about, Case) else _of_letter(about)),
        **{f"cek_{key}": _tick(_urgency(head, about) == key) for key in URGENCIES},
        **{f"cek_{key}": _tick(key in head.ticks) for key in INSTRUCTIONS},
        **signature(signer),
        "diteruskan": [{"tanda": mark(one), "jabatan": _to(one)} for one in first],
        "catatan": head.instructions,
        "batas_waktu": text.long_date(deadline) if deadline is not None else "",
        "tanggal": _day(head.given_at, office),
        "rantai": [_link(one, office) for one in chain],
    }


def _of_letter(letter: IncomingLetter) -> dict[str, Value]:
    return {
        "surat_dari": letter.sender,
        "nomor_surat": letter.number or "-",
        "tanggal_surat": text.plain_date(letter.dated_on) if letter.dated_on else "-",
        "diterima_tanggal": text.plain_date(letter.received_on),
        "nomor_agenda": agenda_of(letter),
        "perihal": letter.subject,
    }


def _of_case(case: Case) -> dict[str, Value]:
    """A case has its own number; a letter by which it came is named with the number it bears."""
    party = sender(case)
    numbers = [one.number for one in case.references if one.kind == ReferenceKind.LETTER]
    return {
        "surat_dari": (party.name if party else "") or "Tidak menyebutkan nama",
        "nomor_surat": ", ".join(numbers) or "-",
        "tanggal_surat": "-",
        "diterima_tanggal": text.plain_date(received_on(case)),
        "nomor_agenda": case.number or "-",
        "perihal": case.subject or "-",
    }


def _urgency(head: Disposition, about: Case | IncomingLetter) -> str | None:
    return head.urgency or about.urgency


def mark(row: Disposition) -> str:
    """1 for the penanggung jawab, a tick for the others."""
    return LEADING if row.lead else YES


def _tick(yes: bool) -> str:
    return YES if yes else NO


def _to(row: Disposition) -> str:
    told = " (untuk diketahui)" if row.duty == Duty.INFORMATION else ""
    return f"{row.to_post.title}{told}"


def words_of(row: Disposition) -> str:
    """What is asked: the ticked instructions, then what was written."""
    ticked = "; ".join(INSTRUCTIONS[key] for key in row.ticks if key in INSTRUCTIONS)
    return "\n".join(one for one in (ticked, row.instructions) if one)


def _link(row: Disposition, office: Office) -> Row:
    return {
        "tanggal": _day(row.given_at, office),
        "dari": row.from_post.title,
        "tanda": mark(row),
        "kepada": _to(row),
        "isi": words_of(row) or "-",
        "batas": text.plain_date(row.deadline_on) if row.deadline_on else "-",
        "keadaan": _standing(row, office),
    }


def _about(row: Disposition) -> Case | IncomingLetter:
    about = row.case or row.incoming_letter
    assert about is not None  # noqa: S101 - a constraint of the table
    return about


def _standing(row: Disposition, office: Office) -> str:
    """How far it is, since when, and what was reported."""
    moments = (row.recalled_at, row.ended_at, row.reported_at, row.begun_at, row.read_at)
    since = next((one for one in moments if one is not None), None)
    state = STATES[row.state] + (f", {_day(since, office)}" if since is not None else "")
    return f"{state}\n{row.report}" if row.report else state


def _day(moment: datetime, office: Office) -> str:
    return text.plain_date(moment.astimezone(ZoneInfo(office.timezone)).date())


def sheet_file(chain: Sequence[Disposition]) -> bytes:
    """The sheet as a Word file."""
    return made(_about(chain[0]).office, SHEET, sheet_values(chain))
