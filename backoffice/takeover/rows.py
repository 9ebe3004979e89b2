"""The three kinds of rows, each checked on its own; whatever is wrong is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from backoffice import numbers
from backoffice.takeover import cells
from backoffice.takeover.asked import Asked
from backoffice.takeover.known import Known, Sop
from backoffice.takeover.parts import (
    MOST_COUNTED,
    answers_of,
    columns_given,
    day_of,
    number_of,
    outcome_of,
    party_of,
    refuse_missing,
    since_of,
    sop_of,
    step_of,
    unit_of,
)
from backoffice.takeover.placing import Place, place
from backoffice.takeover.standing import step_of_end
from backoffice.workflow.definition import Step
from models import Status, Unit


@dataclass(slots=True, kw_only=True, eq=False)
class OpenRow:
    """A case that goes on in Paraf."""

    row: int
    sop: Sop
    step: Step
    number: str | None
    received_on: date
    since: datetime
    place: Place
    party: Mapping[str, Any]
    columns: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    references: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class ClosedRow:
    """A case of the book, which is only kept to be found again."""

    row: int
    sop: Sop
    step: Step
    number: str | None
    received_on: date
    closed_at: datetime
    status: Status
    outcome: str | None
    unit: Unit | None
    party: Mapping[str, Any]
    columns: Mapping[str, Any]
    note: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class CountRow:
    """The last number that was used on paper."""

    row: int
    code: str
    year: int
    last: int


def count_row(asked: Asked, known: Known) -> CountRow | None:
    """The last number of a code in a year; None where the cell was left empty."""
    if "last" not in asked.row.cells:
        return None
    code = asked.one_of("code", {one: one for one in known.codes}, "Kode nomor")
    year = asked.take("year", cells.count)
    last = asked.take("last", cells.count)
    if year is not None and not cells.OLDEST.year <= year <= known.today.year:
        asked.wrong("year", f"Tahun {year} tidak mungkin. Periksa tahunnya.")
    if last is not None and last > MOST_COUNTED:
        asked.wrong("last", f"{last} terlalu besar untuk nomor urut. Periksa angkanya.")
    if not asked.sound or code is None or year is None or last is None:
        return None
    given = known.counted.get((code, year), 0)
    if last < given:
        number = numbers.written(known.office, code, year, given)
        asked.wrong(
            "last", f"Paraf sudah memberi {number}; nomor tidak pernah mundur. Kosongkan sel ini."
        )
    return CountRow(row=asked.row.number, code=code, year=year, last=last)


def open_row(asked: Asked, known: Known) -> OpenRow | None:
    """A case that goes on; None where something of it is wrong."""
    sop = sop_of(asked, known)
    step = step_of(asked, sop)
    received_on = day_of(asked, "received_on", known)
    since = since_of(asked, known, received_on)
    party, columns = party_of(asked, sop), columns_given(asked, known)
    number, unit = number_of(asked, known, sop), unit_of(asked, known)
    answers = answers_of(asked, sop)
    references = [(key, asked.line(key)) for key in ("lapor", "letter")]
    note = asked.text("note")
    if sop is None or step is None or received_on is None or since is None:
        return None
    refuse_missing(asked, sop, step, {**columns, **answers})
    where = place(asked, known, sop, step, unit)
    if not asked.sound:
        return None
    return OpenRow(
        row=asked.row.number,
        sop=sop,
        step=step,
        number=number,
        received_on=received_on,
        since=since,
        place=where,
        party=party,
        columns=columns,
        answers=answers,
        references=tuple((key, said) for key, said in references if said),
        note=note,
    )


def closed_row(asked: Asked, known: Known) -> ClosedRow | None:
    """A case of the book; None where something of it is wrong."""
    sop = sop_of(asked, known)
    received_on, closed_on = day_of(asked, "received_on", known), day_of(asked, "closed_on", known)
    if received_on and closed_on and closed_on < received_on:
        asked.wrong("closed_on", f"Lebih awal daripada tanggal diterima ({received_on:%d/%m/%Y}).")
    end = outcome_of(asked, sop)
    party, number = party_of(asked, sop), number_of(asked, known, sop)
    unit, subject, note = unit_of(asked, known), asked.line("subject"), asked.text("note")
    if sop is not None and sop.procedure.confidential:
        asked.wrong(
            "sop",
            "SOP ini rahasia: berkas yang sudah selesai tidak akan dapat dibuka siapa pun. Hapus "
            "baris ini; simpan bukunya.",
        )
    if not asked.sound or sop is None or end is None or received_on is None or closed_on is None:
        return None
    status, outcome = end
    return ClosedRow(
        row=asked.row.number,
        sop=sop,
        step=step_of_end(sop.procedure, outcome),
        number=number,
        received_on=received_on,
        closed_at=known.closing(closed_on),
        status=status,
        outcome=outcome,
        unit=unit,
        party=party,
        columns={"subject": subject},
        note=note,
    )
