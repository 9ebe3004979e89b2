"""What the keeper of the register does by hand; each of these commits, or changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from backoffice.actor import Actor
from backoffice.database import begin_write
from backoffice.errors import Incomplete, NotFound
from models import Office, Post, RegisterEntry, db

from . import register
from .register import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """A letter that was written outside a case. `post_id`: whose letter it is (pengolah)."""

    subject: str
    addressee: str = ""
    classification: str = ""
    post_id: int | None = None


@contextmanager
def _written() -> Iterator[None]:
    begin_write()
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def reserve(many: int, *, reason: str, actor: Actor, now: datetime) -> list[str]:
    """Pesan nomor: so many in a row; as they are written."""
    office_id = actor.post.office_id
    with _written():
        office = db.session.get_one(Office, office_id)
        found = register.reserve(office, many, reason=reason, actor=actor, now=now)
        return [one.number for one in found]


def use(entry_id: int, letter: OnPaper, *, actor: Actor, now: datetime) -> str:
    """Pakai nomor yang dipesan; as it is written then."""
    office_id = actor.post.office_id
    with _written():
        _own(entry_id, office_id)
        return register.use(entry_id, _wanted(letter, office_id), now=now).number


def insert(entry_id: int, letter: OnPaper, *, actor: Actor, now: datetime) -> tuple[int, str]:
    """Sisipkan: a number behind this one; its row and how it is written."""
    office_id = actor.post.office_id
    with _written():
        _own(entry_id, office_id)
        wanted = _wanted(letter, office_id)
        made = register.insert(entry_id, wanted, actor=actor, now=now)
        return made.id, made.number


def strike(entry_id: int, *, reason: str, actor: Actor, now: datetime) -> str:
    """Batalkan: the number that stays in the book with its reason."""
    office_id = actor.post.office_id
    with _written():
        _own(entry_id, office_id)
        return register.strike(entry_id, reason=reason, now=now).number


def _own(entry_id: int, office_id: int) -> None:
    """NotFound for a number of another office."""
    entry = db.session.get(RegisterEntry, entry_id)
    if entry is None or entry.office_id != office_id:
        raise NotFound


def _wanted(letter: OnPaper, office_id: int) -> Wanted:
    """The letter with its post; Incomplete for a post or a code that the office does not have."""
    post = db.session.get(Post, letter.post_id) if letter.post_id is not None else None
    codes = {one.code for one in register.classifications_of(office_id)}
    faults = {}
    if letter.post_id is not None and (post is None or post.office_id != office_id):
        faults["post"] = "not_a_choice"
    if letter.classification and letter.classification not in codes:
        faults["classification"] = "not_a_choice"
    if not letter.subject.strip():
        faults["subject"] = "required"
    if faults:
        raise Incomplete(faults)
    return Wanted(
        classification=letter.classification,
        unit=register.unit_of(post),
        subject=letter.subject,
        addressee=letter.addressee,
        post=post,
    )
