"""Registers as an office brings them: real .xlsx files made of a few words per row."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from backoffice.actor import Actor, person_of
from backoffice.takeover import taking
from backoffice.takeover.checking import Plan, check
from backoffice.takeover.known import known_of
from backoffice.takeover.standing import needed_answers
from backoffice.takeover.words import CLOSED, FIELD, NUMBERS, OPEN, SHEETS
from models import Case, Office, User, db
from tests.factories import NOW

Row = Mapping[str, Any]
GOING = {
    "sop": "pengaduan-menengah",
    "step": "pemeriksaan",
    "number": "ADU-2026-0007",
    "received_on": date(2026, 1, 5),
    "since": date(2026, 1, 6),
    "name": "Fitri Teladani",
    "telephone": "0800-0000-142",
    "subject": "Kartu keluarga belum terbit",
}
ENDED = {
    "sop": "pengaduan-menengah",
    "number": "ADU-2025-0310",
    "received_on": date(2025, 11, 3),
    "closed_on": date(2025, 11, 17),
    "outcome": "Selesai",
    "name": "Gita Teladan",
    "subject": "Akta kelahiran salah nama",
}
COUNT = {"code": "ADU", "year": 2026, "last": 41}


def going(**more: Any) -> dict[str, Any]:
    """A case that is under way: a complaint before the Kepala Dinas since Tuesday."""
    return {**GOING, **more}


def ended(**more: Any) -> dict[str, Any]:
    """A case of last year's book."""
    return {**ENDED, **more}


def register(
    open: Iterable[Row] = (), closed: Iterable[Row] = (), counts: Iterable[Row] = ()
) -> bytes:
    """A workbook with these rows: column key -> value; `fields.<key>` are answers of an SOP."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in ((NUMBERS, counts), (OPEN, open), (CLOSED, closed)):
        listed = [dict(one) for one in rows]
        sheet = book.create_sheet(name)
        keys = [one.key for one in SHEETS[name] if one.key != "row"]
        asked = {key: key for row in listed for key in row if key.startswith(FIELD)}
        keys += asked
        titles = {one.key: one.title for one in SHEETS[name]}
        titles |= {key: f"Isian [{key.removeprefix(FIELD)}]" for key in asked}
        sheet.append([titles[key] for key in keys])
        for row in listed:
            sheet.append([row.get(key) for key in keys])
    return saved(book)


def edited(data: bytes, edit: Callable[[Any], Any]) -> bytes:
    """The workbook after somebody did something to it in Excel."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The workbook with parts replaced or added, as no office program would write it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for one in old.infolist():
            if one.filename not in parts:
                new.writestr(one.filename, old.read(one))
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()


def administrator(office: Office, now: datetime = NOW) -> Actor:
    """Who manages the office, acting as the post that may."""
    users = select(User).where(User.office_id == office.id, User.active).order_by(User.id)
    found = (taking.administrator(person_of(one, now)) for one in db.session.scalars(users))
    return next(one for one in found if one is not None)


def take(office: Office, data: bytes, *, now: datetime = NOW, **more: Any) -> Plan:
    """Take a register over as whoever manages the office."""
    actor = administrator(office, now)
    return taking.take_over(office.id, data, actor=actor, now=now, source="buku.xlsx", **more)


def faults(office: Office, data: bytes, *, now: datetime = NOW) -> list[str]:
    """What is wrong with a register, as it is told."""
    return [str(one) for one in check(office, taking.read_for(office, data, now), now).faults]


def row_for(office: Office, code: str, step: str, *, now: datetime = NOW) -> dict[str, Any]:
    """A row for a case at any step of any SOP, with all that must be said there."""
    known = known_of(office, now)
    sop = known.sops[code]
    place = sop.procedure.step(step)
    desks = known.desks(sop, place, known.unit_of_opening(sop), {})
    several = [desk.posts[0].title for desk in desks if len(desk.posts) > 1]
    spoken = {"channel": "surat", "severity": "ringan", "category": "02", "urgency": "segera"}
    told = {
        name if name in spoken else f"{FIELD}{name}": spoken.get(name, "Contoh")
        for name in needed_answers(sop.procedure, place)
    }
    return going(sop=code, step=step, number=None, post=next(iter(several), None), **told)


def taken_over(office: Office, code: str, step: str, *, now: datetime = NOW, **more: Any) -> Case:
    """A case that came from paper to that step."""
    take(office, register([{**row_for(office, code, step, now=now), **more}]), now=now)
    newest = select(Case).where(Case.office_id == office.id).order_by(Case.id.desc()).limit(1)
    return db.session.scalars(newest).one()
