"""Issuing a letter: what was approved is made once, kept, and never made again."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import undefer

from backoffice.actor import Actor
from backoffice.workflow.versions import definition_of
from models import Case, IssuedLetter, Letter, db

from . import proof
from .fill import ready
from .kop import pictures_of
from .values import values_for

HIDDEN = "…"
SHORTEST = 3  # letters of a name that are looked for in a subject


def freeze(letter: Letter, template: bytes, *, actor: Actor, now: datetime) -> IssuedLetter:
    """Keep the letter as it is approved, with and without the box for initials.

    The letter has its number and its mark of approval by now. The caller commits.
    """
    code = proof.new_code()
    pictures = pictures_of(letter.office, proof.address_of(code))
    made = ready(template)
    known = {"kode_surat": proof.shown(code), "alamat_periksa": proof.place()}
    net = made.fill({**values_for(letter), **known}, pictures)
    signer = actor.duty_post.title
    issued = IssuedLetter(
        letter=letter,
        office=letter.office,
        code=code,
        number=letter.number or "",
        subject=public_subject(letter)[:500],
        signer=signer[:300],
        dated_on=now.astimezone(ZoneInfo(letter.office.timezone)).date(),
        fields=dict(letter.fields),
        template_sha256=hashlib.sha256(template).hexdigest(),
        content_hash=proof.content_hash(net) or "",
        net_sha256=hashlib.sha256(net).hexdigest(),
        net=net,
        draft=made.fill({**values_for(letter, konsep=True), **known}, pictures),
        issued_at=now,
        user=actor.user,
        post=actor.duty_post,
    )
    db.session.add(issued)
    db.session.flush()
    return issued


def issued_of(letter_id: int, *, with_files: bool = False) -> IssuedLetter | None:
    """What was issued of a letter and still holds."""
    query = select(IssuedLetter).where(
        IssuedLetter.letter_id == letter_id, IssuedLetter.voided_at.is_(None)
    )
    if with_files:
        query = query.options(undefer(IssuedLetter.net), undefer(IssuedLetter.draft))
    return db.session.scalars(query).one_or_none()


def void(letter_id: int, *, reason: str, now: datetime) -> None:
    """What was issued holds no more, for this reason; its bytes stay."""
    issued = issued_of(letter_id)
    if issued is not None:
        issued.voided_at, issued.void_reason = now, reason


def public_subject(letter: Letter) -> str:
    """The hal as anybody may read it: without the names of the case, and of a confidential one
    not at all."""
    if definition_of(letter.case).confidential:
        return HIDDEN
    text = str(letter.fields.get("hal") or "")
    for word in sorted(_names(letter.case), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(word)}\b", HIDDEN, text, flags=re.IGNORECASE)
    return re.sub(rf"{HIDDEN}(?:\s+{HIDDEN})+", HIDDEN, text)


def _names(case: Case) -> set[str]:
    words = {word for party in case.parties for word in re.findall(r"\w+", party.name)}
    return {word for word in words if len(word) >= SHORTEST}
