"""What the cells of a row mean in this office: SOP, step, number, people, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Any

from backoffice import numbers
from backoffice.takeover import cells
from backoffice.takeover.asked import Asked, choices
from backoffice.takeover.cells import Cell, Wrong, quoted
from backoffice.takeover.known import Known, Sop, find
from backoffice.takeover.standing import needed_answers
from backoffice.takeover.words import (
    ANONYMOUS,
    CHANNELS,
    FIELD,
    SEVERITIES,
    URGENCIES,
    VOID,
    WITHDRAWN,
    same,
)
from backoffice.workflow.answers import field_fault
from backoffice.workflow.definition import Field, Step
from models import Status, Unit

MOST_COUNTED = 9_999_999  # a number in a row of numbers


def sop_of(asked: Asked, known: Known) -> Sop | None:
    """The SOP of a row, by its code or title."""
    titles = {code: one.procedure.title for code, one in known.sops.items()}
    code = asked.one_of("sop", titles, "SOP terbit")
    return known.sops[code] if code is not None else None


def step_of(asked: Asked, sop: Sop | None) -> Step | None:
    """The step where a case lies, by its key or by its number on the paper."""
    said = asked.line("step")
    if not said or sop is None:
        return None
    steps = sop.procedure.steps
    for found in (
        [one for one in steps if same(one.key) == same(said)],
        [one for one in steps if one.row is not None and same(one.row) == same(said)],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            several = ", ".join(one.key for one in found)
            message = f"Nomor {said} dipakai beberapa langkah. Tulis kuncinya: {several}."
            asked.wrong("step", message)
            return None
    keys = {one.key: one.key for one in steps}
    message = f"SOP ini tidak mempunyai langkah {quoted(said)}. {choices(said, keys)}"
    asked.wrong("step", message)
    return None


def day_of(asked: Asked, key: str, known: Known) -> date | None:
    return asked.take(key, lambda cell: cells.day(cell, known.today))


def number_of(asked: Asked, known: Known, sop: Sop | None) -> str | None:
    number = asked.line("number")
    if sop is None or not number:
        return None
    read = numbers.read(known.office, sop.procedure.number_code, number)
    if read is not None and not 1 <= read[1] <= MOST_COUNTED:
        asked.wrong("number", f"Nomor urut {read[1]} tidak mungkin. Periksa nomornya.")
    if read is not None and read[0] is not None and read[0] > known.today.year:
        asked.wrong("number", f"Tahun {read[0]} belum terjadi. Periksa nomornya.")
    return number


def party_of(asked: Asked, sop: Sop | None) -> dict[str, Any]:
    """The parts of whoever came, or that nobody knows who it was."""
    name = asked.line("name")
    parts = {"name": name, "telephone": _said(asked, "telephone", cells.telephone)}
    if "address" in asked.columns:
        parts["address"] = asked.line("address")
        parts["identity"] = _said(asked, "identity", cells.identity)
    if name.casefold() not in ANONYMOUS:
        return parts
    if sop is not None and not (sop.procedure.anonymous and sop.party == "reporter"):
        asked.wrong("name", "SOP ini tidak menerima berkas tanpa nama. Isi namanya.")
    return {"anonymous": True}


def _said(asked: Asked, key: str, read: Callable[[Cell, int], str]) -> str:
    most = asked.columns[key].most
    return asked.take(key, lambda cell: read(cell, most)) or ""


def columns_given(asked: Asked, known: Known) -> dict[str, Any]:
    found = {
        "subject": asked.line("subject"),
        "summary": asked.text("summary"),
        "channel": asked.one_of("channel", CHANNELS, "Saluran"),
        "category": asked.one_of("category", known.categories, "Kategori"),
        "urgency": asked.one_of("urgency", URGENCIES, "Sifat"),
        "severity": asked.one_of("severity", SEVERITIES, "Tingkatan"),
    }
    return {key: value for key, value in found.items() if value}


def unit_of(asked: Asked, known: Known) -> Unit | None:
    """The unit that a row names, by its name or key."""
    key = asked.one_of("unit", {one.key: one.name for one in known.units}, "Bidang")
    return next((one for one in known.units if one.key == key), None)


def outcome_of(asked: Asked, sop: Sop | None) -> tuple[Status, str | None] | None:
    """How a case of the book ended."""
    if sop is None:
        return None
    ends = {one.key: one.label for one in sop.procedure.outcomes}
    always = {WITHDRAWN: "Dicabut", VOID: "Batal"}
    key = asked.one_of("outcome", {**always, **ends}, "Hasil akhir")
    if key is None:
        return None
    if key in ends:
        return Status.CLOSED, key
    return (Status.WITHDRAWN if key == WITHDRAWN else Status.VOID), None


def answers_of(asked: Asked, sop: Sop | None) -> dict[str, Any]:
    """What the row says of the fields of its SOP."""
    found = {}
    for key in asked.row.cells:
        if not key.startswith(FIELD) or sop is None:
            continue
        one = sop.procedure.field(key.removeprefix(FIELD))
        if one is None:
            asked.wrong(key, "SOP baris ini tidak menanyakan hal ini. Kosongkan sel ini.")
            continue
        value = asked.take(key, partial(_answer, one))
        if value is not None:
            found[one.key] = value
    return found


def _answer(one: Field, cell: Cell) -> Any:
    """A cell as the answer to a field, as the case keeps it."""
    match one.type:
        case "date":
            return cells.any_day(cell).isoformat()
        case "number":
            return cells.count(cell)
        case "money":
            return cells.money(cell)
        case "yes_no" | "choice":
            yes_no = {"true": "Ya", "false": "Tidak"}
            named = {option.key: option.label for option in one.options} or yes_no
            said = cells.line(cell, 500)
            key = find(said, named)
            if key is None or field_fault(one, key):
                raise Wrong(f"{quoted(said)} tidak ada. {choices(said, named)}")
            return key == "true" if one.type == "yes_no" else key
    return cells.text(cell, 20_000 if one.type == "long_text" else 500)


def refuse_missing(asked: Asked, sop: Sop, step: Step, given: Mapping[str, Any]) -> None:
    """Name what the SOP branches by from here on and is not said."""
    for name in needed_answers(sop.procedure, step):
        key = name if name in asked.columns else f"{FIELD}{name}"
        if name not in given and key in asked.columns and key not in asked.row.cells:
            asked.wrong(key, "Wajib diisi: menurut SOP, jalan berkas ini tergantung padanya.")


def since_of(asked: Asked, known: Known, received_on: date | None) -> datetime | None:
    """When the case came to its step; a day without a time is taken from its opening."""
    said = asked.take("since", lambda cell: cells.moment(cell, known.today))
    if said is None:
        return None
    if received_on is not None and said.date() < received_on:
        asked.wrong("since", f"Lebih awal daripada tanggal diterima ({received_on:%d/%m/%Y}).")
    moment = known.opening(said.date()) if said.time() == time() else known.at(said)
    if moment > known.now:
        asked.wrong("since", f"{said:%d/%m/%Y %H.%M} belum terjadi. Periksa jamnya.")
    return max(moment, known.opening(received_on)) if received_on is not None else moment
