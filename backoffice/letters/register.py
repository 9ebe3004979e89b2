"""The register of outgoing letters: a number for each letter, none twice, none missing.

A number is taken inside the transaction that approves its letter; what is rolled back was never
taken. A row is never deleted: a number that is not used is void, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from string import Formatter, ascii_lowercase
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from backoffice import numbers
from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotFound, Refusal
from backoffice.once import once
from models import Classification, EntryState, Letter, Office, Post, RegisterEntry, db

from .spelling import roman

OUTGOING = "surat-keluar"
MOST_RESERVED = 50  # at once: who reserves more means another number


class EntryGone(Refusal):
    """The number is used or void already; somebody was faster."""

    status = 409
    code = "entry_gone"


class EntryHasLetter(Refusal):
    """The number is that of an approved letter: who takes the letter back gives the number up."""

    code = "entry_has_letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What goes into a number beside its place: klasifikasi, and whose unit signs.

    `post`: whose letter it is (pengolah); None: the post that takes the number.
    """

    classification: str = ""
    unit: str = ""
    subject: str = ""
    addressee: str = ""
    post: Post | None = None


def take(office: Office, wanted: Wanted, *, actor: Actor, now: datetime) -> RegisterEntry:
    """The next number of the year of `now` in the office's zone; the caller commits."""
    entry = _next(office, wanted, EntryState.USED, actor=actor, now=now)
    db.session.flush()
    return entry


def reserve(
    office: Office, many: int, *, reason: str, actor: Actor, now: datetime
) -> list[RegisterEntry]:
    """Numbers for letters that are written on paper: Incomplete without a reason, or too many."""
    faults = {}
    if not 1 <= many <= MOST_RESERVED:
        faults["many"] = "too_many_numbers"
    if not reason.strip():
        faults["reason"] = "book_reason"
    if faults:
        raise Incomplete(faults, most=MOST_RESERVED)
    wanted = Wanted()
    found = []
    for _ in range(many):
        entry = _next(office, wanted, EntryState.RESERVED, actor=actor, now=now)
        entry.reason = reason.strip()
        found.append(entry)
    db.session.flush()
    return found


def use(entry_id: int, wanted: Wanted, *, now: datetime) -> RegisterEntry:
    """A reserved number gets its letter; EntryGone where it is not reserved any more."""
    entry = _locked(entry_id)
    if entry.state is not EntryState.RESERVED:
        raise EntryGone(number=entry.number)
    if not wanted.subject.strip():
        raise Incomplete({"subject": "required"})
    entry.state, entry.changed_at = EntryState.USED, now
    _describe(entry, wanted)
    return entry


def strike(entry_id: int, *, reason: str, now: datetime) -> RegisterEntry:
    """Give up a number by hand: one that is reserved, or of a letter that is on paper alone."""
    entry = _locked(entry_id)
    if entry.state is EntryState.USED and entry.letter_id is not None:
        raise EntryHasLetter(number=entry.number)
    return void(entry_id, reason=reason, now=now)


def void(entry_id: int, *, reason: str, now: datetime) -> RegisterEntry:
    """The number is given up and stays in the book with its reason."""
    entry = _locked(entry_id)
    if entry.state is EntryState.VOID:
        raise EntryGone(number=entry.number)
    if not reason.strip():
        raise Incomplete({"reason": "book_reason"})
    entry.state, entry.reason, entry.changed_at = EntryState.VOID, reason.strip(), now
    return entry


def insert(entry_id: int, wanted: Wanted, *, actor: Actor, now: datetime) -> RegisterEntry:
    """A number between two others (15.a), for a letter that was forgotten on that day."""
    before = _locked(entry_id)
    if not wanted.subject.strip():
        raise Incomplete({"subject": "required"})
    query = select(func.count()).where(*_same_place(before), RegisterEntry.suffix != "")
    taken = db.session.scalar(query) or 0
    suffix = _suffix(taken)
    entry = _row(before.office, before.year, before.n, suffix, wanted, before.dated_on)
    _kept(entry, EntryState.USED, actor=actor, now=now)
    db.session.flush()
    return entry


def gaps(office_id: int, year: int, register: str = OUTGOING) -> list[int]:
    """The integers up to the last one that have no row; there are none unless somebody meddled."""
    query = select(RegisterEntry.n).where(
        RegisterEntry.office_id == office_id,
        RegisterEntry.register == register,
        RegisterEntry.year == year,
        RegisterEntry.suffix == "",
    )
    known = set(db.session.scalars(query))
    return [n for n in range(1, max(known, default=0) + 1) if n not in known]


def issue(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The letter gets its number, if it has none; the caller commits."""
    if letter.number is not None:
        return
    wanted = Wanted(
        unit=unit_of(actor.duty_post),
        subject=str(letter.fields.get("hal") or letter.case.subject or "")[:500],
        addressee=str(letter.fields.get("penerima") or "")[:300],
    )
    with db.session.no_autoflush:  # letter and entry are written once, knowing each other
        code = classification_of(letter.office_id, letter.kind)
        wanted = replace(wanted, classification=code)
        entry = _next(letter.office, wanted, EntryState.USED, actor=actor, now=now)
        entry.letter, letter.number = letter, entry.number


def give_up(letter: Letter, *, reason: str, now: datetime) -> None:
    """The number of a letter that is none any more is void, for this reason."""
    query = select(RegisterEntry.id).where(
        RegisterEntry.letter_id == letter.id, RegisterEntry.state == EntryState.USED
    )
    for entry_id in db.session.scalars(query).all():
        void(entry_id, reason=reason, now=now)
    letter.number = None


@once(Classification)
def classifications_of(office_id: int) -> list[Classification]:
    """The table of an office, by code."""
    query = select(Classification).where(Classification.office_id == office_id)
    return list(db.session.scalars(query.order_by(Classification.code)))


def classification_of(office_id: int, kind: str) -> str:
    """The code that letters of this kind take; nothing where the office has named none."""
    found = (one.code for one in classifications_of(office_id) if kind in one.kinds)
    return next(found, "")


def unit_of(post: Post | None) -> str:
    """What the pattern calls {unit}: the key of the signer's unit in capitals, else nothing."""
    return post.unit.key.upper() if post is not None and post.unit is not None else ""


def written(
    office: Office, n: int, suffix: str, wanted: Wanted, on: date, pattern: str | None = None
) -> str:
    """A number as the office writes it; a part that is empty takes its slash along."""
    values: dict[str, Any] = {
        "kode": "",
        "tahun": on.year,
        "klasifikasi": wanted.classification,
        "unit": wanted.unit,
        "bulan": f"{on.month:02}",
        "bulan_romawi": roman(on.month),
    }
    form = pattern or office.numbers.get("letter") or numbers.DEFAULT_PATTERNS["letter"]
    place = f".{suffix}" if suffix else ""
    whole = "".join(_pieces(form, {**values, "urut": n}, place))
    return "/".join(part for part in whole.split("/") if part.strip())


def _pieces(form: str, values: dict[str, Any], place: str) -> Iterator[str]:
    """The pattern with its values; the letter of an inserted number stands behind its place."""
    for literal, name, spec, _mark in Formatter().parse(form):
        yield literal
        if name is not None:
            yield format(values[name], spec or "") + (place if name == "urut" else "")


def _next(
    office: Office, wanted: Wanted, state: EntryState, *, actor: Actor, now: datetime
) -> RegisterEntry:
    on = now.astimezone(ZoneInfo(office.timezone)).date()
    n = numbers.next_in(office, OUTGOING, on.year)
    entry = _row(office, on.year, n, "", wanted, on)
    return _kept(entry, state, actor=actor, now=now)


def _row(office: Office, year: int, n: int, suffix: str, wanted: Wanted, on: date) -> RegisterEntry:
    entry = RegisterEntry(
        office=office, register=OUTGOING, year=year, n=n, suffix=suffix, dated_on=on,
        number=written(office, n, suffix, wanted, on),
    )  # fmt: skip
    _describe(entry, wanted)
    return entry


def _describe(entry: RegisterEntry, wanted: Wanted) -> None:
    entry.classification = wanted.classification
    entry.subject = wanted.subject.strip()
    entry.addressee = wanted.addressee.strip()
    entry.post = wanted.post or entry.post
    entry.number = written(entry.office, entry.n, entry.suffix, wanted, entry.dated_on)


def _kept(entry: RegisterEntry, state: EntryState, *, actor: Actor, now: datetime) -> RegisterEntry:
    entry.state, entry.taken_at = state, now
    entry.user, entry.post = actor.user, entry.post or actor.duty_post
    db.session.add(entry)
    return entry


def _locked(entry_id: int) -> RegisterEntry:
    query = select(RegisterEntry).where(RegisterEntry.id == entry_id).with_for_update()
    entry = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if entry is None:
        raise NotFound
    return entry


def _same_place(entry: RegisterEntry) -> tuple[Any, ...]:
    same = ("office_id", "register", "year", "n")
    return tuple(getattr(RegisterEntry, one) == getattr(entry, one) for one in same)


def _suffix(taken: int) -> str:
    """a … z, then aa, ab …"""
    letters = ascii_lowercase
    return letters[taken] if taken < 26 else letters[taken // 26 - 1] + letters[taken % 26]
