"""Surat masuk: the agenda of the letters that reach the office, and what comes of each.

The agenda number counts within the office and the year of its calendar; it is taken in the
transaction that writes the letter, so that none is given twice and none is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from backoffice import numbers
from backoffice.actor import Actor
from backoffice.database import begin_write
from backoffice.errors import Incomplete, LetterHasDispositions, NotFound
from backoffice.letter_sight import RAHASIA
from backoffice.letters.signing import head_of
from backoffice.search import name_of, reference_of, words_of
from backoffice.workflow.inputs import Upload
from backoffice.workflow.sheets import end_all
from models import (
    Disposition,
    Duty,
    IncomingLetter,
    Office,
    Post,
    Scan,
    db,
)

REGISTER = "agenda"  # of the counter
URGENCIES = ("biasa", "segera", "sangat_segera", RAHASIA)
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is written into the agenda of a letter. `laid_before`: a post; none for the head."""

    received_on: date | None
    sender: str
    subject: str
    number: str = ""
    dated_on: date | None = None
    urgency: str = "biasa"
    note: str = ""
    laid_before: int | None = None
    scans: tuple[Upload, ...] = ()


# -- into the agenda -------------------------------------------------------------------------


def register(arrival: Arrival, *, actor: Actor, now: datetime) -> IncomingLetter:
    """Write a letter into the agenda; commits. Incomplete says all that is missing at once."""
    office_id, post_id = actor.duty_post.office_id, actor.duty_post.id
    begin_write()
    try:
        office = db.session.get_one(Office, office_id)
        before = _laid_before(office, arrival.laid_before, post_id)
        _check(arrival, before, _today(office, now))
        letter = enter(office, arrival, actor=actor, before=before, now=now)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    return letter


def _check(arrival: Arrival, before: Post | None, today: date) -> None:
    faults = {
        name: "required"
        for name in ("received_on", "sender", "subject")
        if not getattr(arrival, name)
    }
    if arrival.received_on is not None and arrival.received_on > today:
        faults["received_on"] = "in_the_future"
    if arrival.urgency not in URGENCIES:
        faults["urgency"] = "not_a_choice"
    if before is None:
        faults["laid_before"] = "not_a_choice"
    if faults:
        raise Incomplete(faults)


def _laid_before(office: Office, chosen: int | None, registering: int) -> Post | None:
    """The chosen post of this office, else its head, else whoever registers."""
    if chosen is None:
        return head_of(office.id) or db.session.get(Post, registering)
    post = db.session.get(Post, chosen)
    return post if post is not None and post.office_id == office.id else None


def enter(
    office: Office, arrival: Arrival, *, actor: Actor, before: Post | None, now: datetime
) -> IncomingLetter:
    """The row of the agenda with its number and its scans, inside the caller's transaction."""
    year = _today(office, now).year
    letter = IncomingLetter(
        office_id=office.id,
        year=year,
        agenda=numbers.next_in(office, REGISTER, year),
        received_on=arrival.received_on or _today(office, now),
        sender=arrival.sender,
        number=arrival.number,
        dated_on=arrival.dated_on,
        subject=arrival.subject,
        urgency=arrival.urgency,
        note=arrival.note,
        user_id=actor.user.id,
        post_id=actor.duty_post.id,
        for_post_id=before.id if before is not None else actor.duty_post.id,
        registered_at=now,
    )
    letter.scans = [
        Scan(
            name=one.name,
            content_type=one.content_type,
            size=one.size,
            sha256=one.sha256,
            uploaded_at=now,
        )
        for one in arrival.scans
    ]
    letter.search_text = search_text_of(letter)
    db.session.add(letter)
    db.session.flush()
    return letter


def search_text_of(letter: IncomingLetter) -> str:
    """What a letter is found by: its numbers, sender and subject."""
    known = (agenda_of(letter), letter.number, letter.sender, letter.subject)
    return " ".join([*words_of(" ".join(known)), reference_of(letter.number)]).strip()


def search_clause(text: str) -> sa.ColumnElement[bool]:
    """Letters in which every word that is asked for begins a word."""
    spaced = sa.literal(" ") + IncomingLetter.search_text
    return sa.and_(
        sa.true(), *(spaced.contains(f" {word}", autoescape=True) for word in words_of(text))
    )


def agenda_of(letter: Any) -> str:
    """How the agenda number is written: 12/2026. `letter`: the row, or one with its columns."""
    return f"{letter.agenda}/{letter.year}"


def _today(office: Office, now: datetime) -> date:
    return now.astimezone(ZoneInfo(office.timezone)).date()


def alike(office_id: int, sender: str, number: str) -> list[IncomingLetter]:
    """Letters of the same sender with the same number: perhaps this one was registered before."""
    wanted, who = reference_of(number), name_of(sender)
    if not wanted or not who:
        return []
    query = (
        sa.select(IncomingLetter)
        .where(IncomingLetter.office_id == office_id, search_clause(wanted))
        .order_by(IncomingLetter.id.desc())
        .limit(100)
    )
    same = (one for one in db.session.scalars(query) if reference_of(one.number) == wanted)
    return [one for one in same if name_of(one.sender) == who][:MOST_ALIKE]


# -- what comes of it ------------------------------------------------------------------------


def lock(letter_id: int) -> IncomingLetter:
    """The letter, locked until the transaction ends, as it stands now."""
    query = sa.select(IncomingLetter).where(IncomingLetter.id == letter_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def open_dispositions(letter_id: int) -> list[Disposition]:
    """The dispositions of a letter that have not come to their end."""
    query = sa.select(Disposition).where(
        Disposition.incoming_letter_id == letter_id,
        Disposition.ended_at.is_(None),
        Disposition.recalled_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Disposition.id)))


def mark_read(letter_id: int, *, now: datetime) -> None:
    """Remember that the post before which it was laid has opened it; commits."""
    begin_write()
    unread = sa.and_(IncomingLetter.id == letter_id, IncomingLetter.read_at.is_(None))
    db.session.execute(sa.update(IncomingLetter).where(unread).values(read_at=now))
    db.session.commit()


def archive(letter_id: int, *, now: datetime) -> None:
    """File it; commits. LetterHasDispositions while somebody still has to report on it.

    What was laid somewhere for information only ends with it.
    """
    begin_write()
    try:
        letter = lock(letter_id)
        if any(one.duty != Duty.INFORMATION for one in open_dispositions(letter_id)):
            raise LetterHasDispositions
        if letter.closed_at is None:
            letter.closed_at = now
        end_all(letter, now=now)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
