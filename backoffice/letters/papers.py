"""Papers that nobody drafts: receipts, forms to sign, and the lists of a rekapan.

They are filled from the case or the list whenever somebody asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from backoffice import text
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.definition import Field, RecordForm
from backoffice.workflow.versions import definition_of
from models import Attachment, Case, CaseEvent, EventKind, Office, Post, User, db

from .cleaning import Row, Value
from .facts import (
    NAMELESS,
    amount_of,
    answer_words,
    answers_of,
    case_values,
    chosen_labels,
    local_day,
    records_of,
    sender,
)
from .signing import Signer, head_of, signer_of
from .spelling import counted
from .values import UNISSUED, UNNUMBERED, letterhead, signed_by

OPEN = UNNUMBERED * 4  # to be written by hand
# What a title of an SOP says beside what the list is about.
PROCEDURE = re.compile(r"^(?:SOP|Prosedur(?: Tetap)?|Pelayanan)\s+", re.IGNORECASE)
TICKED, EMPTY = "☒", "☐"


def receipt_values(case: Case) -> dict[str, Value]:
    """Every value of a tanda terima, as things stood when the case got its number."""
    event, party = _intake(case), sender(case)
    zone = case.office.timezone
    at = event.happened_at if event else case.opened_at
    return {
        **letterhead(case.office),
        "nomor_berkas": case.number or "belum diberi nomor",
        "nomor_antrian": case.queue_number,
        "nomor_luar": ", ".join(one.number for one in case.references),
        "nomor_agenda": ", ".join(one.agenda for one in belongings_of(case.id).incoming),
        "layanan": definition_of(case).title,
        "perihal": case.subject or "-",
        "diterima_pada": f"{text.long_moment(at, zone)} {text.zone_name(zone)}",
        "diterima_dari": party.name if party and party.name else NAMELESS,
        "alamat_pemohon": (party.address if party else "") or "-",
        "telepon_pemohon": (party.telephone if party else "") or "-",
        "batas_waktu": text.long_date(local_day(case.due_at, case.office)) if case.due_at else "",
        "tanggal": text.plain_date(local_day(at, case.office)),
        "petugas_jabatan": event.post.title if event else "Petugas",
        "petugas_nama": event.user.name if event else UNNUMBERED,
        "kelengkapan": _received(case),
    }


def form_values(case: Case, kind: str, *, post: Post | None, user: User | None) -> dict[str, Value]:
    """Every value of a form the citizen signs; what was recorded already is ticked in it.

    `post`, `user`: who hands the form over. What is not known is left open, for the pen.
    """
    form = _form_of(case, kind)
    answers = next((one.values for known, one in records_of(case) if known == form), {})
    fields = [one for one in (form.fields if form is not None else ()) if not one.private]
    told = {one.type: answer_words(one, answers.get(one.key)) for one in reversed(fields)}
    return {
        **letterhead(case.office),
        **case_values(case),
        "tanggal": told.get("date") or OPEN,
        "petugas_jabatan": post.title if post is not None else "Petugas",
        "petugas_nama": user.name if user is not None else OPEN,
        "pilihan": list(_choices(fields, answers)),
        "keterangan": told.get("long_text") or told.get("text") or "",
    }


def _form_of(case: Case, kind: str) -> RecordForm | None:
    """The form that is recorded where the SOP names the paper; else the last one with choices."""
    sop = definition_of(case)
    ways = (way for step in sop.steps for way in step.transitions)
    named = [
        key for way in ways if kind in way.arguments("paper") for key in way.arguments("record")
    ]
    if named:
        return sop.record(named[0])
    choosing = [one for one in sop.records if any(_is_choice(field) for field in one.fields)]
    return choosing[-1] if choosing else None


def _is_choice(field: Field) -> bool:
    return field.type in ("choice", "choices")


def _choices(fields: Sequence[Field], answers: Mapping[str, Any]) -> Iterator[Row]:
    """The boxes of the first question that has some."""
    field = next((one for one in fields if _is_choice(one)), None)
    if field is not None:
        chosen = chosen_labels(field, answers.get(field.key))
        for one in field.options:
            yield {"cek": TICKED if one.label in chosen else EMPTY, "nama": one.label}


def list_values(
    office: Office, cases: Sequence[Case], *, name: str, now: datetime
) -> dict[str, Value]:
    """Every value of the list of a rekapan: a row for each of its cases, and the totals."""
    head = head_of(office.id)
    rows = [list_row(case, n) for n, case in enumerate(cases, start=1)]
    month = text.plain_date(local_day(now, office)).split(" ", 1)[1]
    sop = definition_of(cases[0]) if cases else None
    title = PROCEDURE.sub("", sop.title) if sop is not None else name
    return {
        **letterhead(office),
        **signed_by(signer_of(head, now) if head is not None else Signer()),
        "paraf": [],
        "nomor_surat": UNNUMBERED,
        **UNISSUED,
        "tanggal_surat": f"…… {month}",
        "judul": title.upper(),
        "produk": ((sop.product if sop is not None else "") or title).upper(),
        "nama_rekapan": name,
        "jumlah_berkas": counted(len(cases)),
        "total_dimohon": _total(asked for _, asked, _ in rows),
        "total_disetujui": _total(granted for _, _, granted in rows),
        "baris": [row for row, _, _ in rows],
    }


def _total(amounts: Iterable[Decimal | None]) -> str:
    """The sum of what is known; blank while nothing is."""
    known = [one for one in amounts if one is not None]
    return text.number(sum(known, Decimal(0))) if known else ""


def list_row(case: Case, n: int) -> tuple[Row, Decimal | None, Decimal | None]:
    """The row of a case, what it asks for and what it was granted.

    The first number the SOP asks is what is asked for, the last one what is granted.
    """
    answers = list(answers_of(case))
    numbers = [one for one in definition_of(case).fields if one.type in ("number", "money")]
    known = {one.key: amount_of(one, value) for one, value in answers}
    asked = known.get(numbers[0].key) if numbers else None
    granted = known.get(numbers[-1].key) if len(numbers) > 1 else None
    names = [str(value) for one, value in answers if one.type == "text"]
    chosen = [answer_words(one, value) for one, value in answers if _is_choice(one)]
    said = case_values(case)
    row = {
        "nomor": f"{n}.",
        "nomor_berkas": case.number or "",
        "nama": "\n".join((*names, str(said["nama_pemohon"]))),
        "alamat": str(said["alamat_pemohon"]),
        "rincian": ", ".join(chosen),
        "dimohon": text.number(asked) if asked is not None else "",
        "disetujui": text.number(granted) if granted is not None else "",
        "keterangan": "",
        # Signatures stand in two columns by turns, so that there is room for each.
        "ttd_kiri": f"{n}." if n % 2 else "",
        "ttd_kanan": "" if n % 2 else f"{n}.",
    }
    return row, asked, granted


def _intake(case: Case) -> CaseEvent | None:
    """The event that gave the number, or the first one; none where a paper register tells it."""
    numbering = (one for one in case.events if one.recorded_at == case.numbered_at)
    found = next(numbering, next(iter(case.events), None))
    return None if found is not None and found.kind == EventKind.TAKEN_OVER else found


def _received(case: Case) -> list[Row]:
    """What the SOP requires, to be ticked by hand, and the files that came with the case."""
    asked = [(name, "☐ ada   ☐ belum ada") for name in definition_of(case).requirements]
    query = select(Attachment).where(Attachment.case_id == case.id).order_by(Attachment.id)
    until = case.numbered_at
    files = [
        (one.label or one.name, "diterima")
        for one in db.session.scalars(query)
        if until is None or one.uploaded_at <= until
    ]
    return _numbered((*asked, *files))


def _numbered(rows: Iterable[tuple[str, str]]) -> list[Row]:
    return [
        {"nomor": f"{n}.", "nama": name, "keterangan": remark}
        for n, (name, remark) in enumerate(rows, start=1)
    ]
