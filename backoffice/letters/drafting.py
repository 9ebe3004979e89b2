"""Letters of a case: what the drafter types, its revisions, who set which mark, the Word file.

A letter kind is a file of `letter_templates/`; a kind without one is a text only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from backoffice.actor import Actor
from backoffice.errors import LetterHasGap, NotFound
from backoffice.text import _l, plain_date
from models import (
    Case,
    Kind,
    Letter,
    LetterMark,
    LetterRevision,
    LetterState,
    MarkKind,
    Party,
    Post,
    db,
)

from .compile import Template, compile_template
from .fill import fill
from .kept import letters_of
from .values import (
    LETTER_NAMES,
    TYPED,
    lines,
    receipt_values,
    received_on,
    sender,
    values_for,
)

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"
RECEIPT = "tanda-terima"
# Papers that are filled from what is known, without anybody drafting them.
NOT_DRAFTED = frozenset({RECEIPT, "lembar-disposisi"})
KINDS: tuple[str, ...] = tuple(
    sorted(one.stem for one in TEMPLATES.glob("*.docx") if one.stem not in NOT_DRAFTED)
)
TEXT_ONLY = "isi"
HONORIFICS = ("sdr", "sdri", "saudara", "saudari", "bapak", "ibu", "yth", "pimpinan", "ketua")
CLOSING = "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih."
MATTERS = {
    Kind.COMPLAINT: "pengaduan",
    Kind.DATA_REQUEST: "permintaan data",
    Kind.AID_PROPOSAL: "permohonan bantuan",
    Kind.GENERAL: "permohonan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    """What the drafter types. `type`: text or long_text."""

    key: str
    label: str
    type: str = "text"
    required: bool = False
    help: str = ""


FIELDS = {
    one.key: one
    for one in (
        LetterField(key="penerima", label=_l("Addressed to"), required=True),
        LetterField(key="alamat_penerima", label=_l("Address of the recipient"), type="long_text"),
        LetterField(key="sifat", label=_l("Nature of the letter")),
        LetterField(key="lampiran", label=_l("Enclosures")),
        LetterField(key="hal", label=_l("Subject of the letter"), required=True),
        LetterField(key="pembuka", label=_l("Opening"), type="long_text"),
        LetterField(
            key="isi",
            label=_l("Text of the letter"),
            type="long_text",
            required=True,
            help=_l("Each line becomes a paragraph."),
        ),
        LetterField(key="penutup", label=_l("Closing"), type="long_text"),
        LetterField(
            key="tembusan", label=_l("Copies to"), type="long_text", help=_l("One name a line.")
        ),
    )
}


def has_template(kind: str) -> bool:
    """Whether letters of this kind can be had as a Word file."""
    return kind in KINDS


def fields_of(kind: str) -> tuple[LetterField, ...]:
    """What the drafter of such a letter types; the rest comes from case, office and signer."""
    if not has_template(kind):
        return (FIELDS[TEXT_ONLY],)
    asked = _template(kind).names
    return tuple(FIELDS[key] for key in TYPED if key in asked)


def prefill(case: Case, kind: str) -> dict[str, str]:
    """What a new letter begins with: recipient, subject, a polite opening and closing."""
    matter = MATTERS[Kind(case.kind)]
    party = sender(case)
    about = f" tentang {case.subject}" if case.subject else ""
    suggestions = {
        "penerima": _addressee(party),
        "alamat_penerima": (party.address if party else "") or "Tempat",
        "sifat": "Biasa",
        "lampiran": "-",
        "hal": f"Jawaban atas {matter}{about}",
        "pembuka": _opening(case, matter),
        "penutup": CLOSING,
    }
    return {one.key: suggestions.get(one.key, "") for one in fields_of(kind)}


def _addressee(party: Party | None) -> str:
    if party is None or not party.name:
        return ""
    first = party.name.split()[0].strip(".").lower()
    return party.name if first in HONORIFICS else f"Sdr. {party.name}"


def _opening(case: Case, matter: str) -> str:
    number = f" nomor {case.number}" if case.number else ""
    day = plain_date(received_on(case))
    return (
        f"Sehubungan dengan {matter} Saudara{number} tanggal {day}, "
        "bersama ini disampaikan hal-hal sebagai berikut."
    )


def gaps(fields: Mapping[str, Any], kind: str) -> list[str]:
    """The keys of required fields that are empty."""
    return [one.key for one in fields_of(kind) if one.required and not lines(fields.get(one.key))]


def current_letter(case: Case, kind: str | None = None) -> Letter | None:
    """The newest letter of that kind that was not voided.

    Without a kind: the one in draft, or the newest where none is; none where several are drafts.
    """
    letters = [
        one
        for one in letters_of(case.id)
        if one.state != LetterState.VOID and kind in (None, "", one.kind)
    ]
    drafts = [one for one in letters if one.state == LetterState.DRAFT]
    if not kind and len(drafts) > 1:
        return None
    return next(iter(drafts if not kind and drafts else letters), None)


def save_draft_letter(
    case: Case, kind: str, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Letter:
    """A new letter, or a new revision of the current one, which is a draft again.

    A field that is not among `fields` keeps what it had, or what was suggested.
    """
    letter = current_letter(case, kind)
    if letter is None or letter.state == LetterState.SENT:
        letter = _new_letter(case, kind, now)
    else:
        letter.revision += 1
        letter.state, letter.approved_at = LetterState.DRAFT, None
    typed = {one.key: str(fields[one.key] or "") for one in fields_of(kind) if one.key in fields}
    letter.fields = {**letter.fields, **typed}
    letter.revisions.append(
        LetterRevision(
            revision=letter.revision,
            fields=dict(letter.fields),
            user=actor.user,
            post=actor.post,
            saved_at=now,
        )
    )
    db.session.flush()
    return letter


def _new_letter(case: Case, kind: str, now: datetime) -> Letter:
    letter = Letter(
        office=case.office,
        case=case,
        kind=kind,
        state=LetterState.DRAFT,
        revision=1,
        fields=prefill(case, kind),
        drafted_at=now,
    )
    db.session.add(letter)
    return letter


def mark(letter: Letter, kind: MarkKind, *, actor: Actor, now: datetime) -> LetterMark:
    """Who set which mark on the text as it now stands.

    The mark of a head who decided on paper is his, not that of the post that records it.
    """
    post = actor.duty_post if actor.on_behalf else actor.post
    made = LetterMark(revision=letter.revision, kind=kind, user=actor.user, post=post, at=now)
    letter.marks.append(made)
    db.session.flush()
    return made


def approve(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """Ready to be signed; refused while a required field is empty."""
    _refuse_gaps(letter)
    letter.state, letter.approved_at = LetterState.APPROVED, now
    mark(letter, MarkKind.APPROVE, actor=actor, now=now)


def send(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The letter leaves the office; refused while a required field is empty."""
    _refuse_gaps(letter)
    letter.state, letter.sent_at = LetterState.SENT, now
    mark(letter, MarkKind.SEND, actor=actor, now=now)


def _refuse_gaps(letter: Letter) -> None:
    missing = gaps(letter.fields, letter.kind)
    if missing:
        raise LetterHasGap({f"letter.{key}": "required" for key in missing}, kind=letter.kind)


def render(letter: Letter, signer: Post | None = None) -> bytes:
    """The letter as a Word file; NotFound for a kind without template, MissingValues on a gap."""
    if not has_template(letter.kind):
        raise NotFound
    return fill(_bytes(letter.kind), values_for(letter, signer))


def receipt(case: Case) -> bytes:
    """The tanda terima of a case as a Word file."""
    return fill(_bytes(RECEIPT), receipt_values(case))


@lru_cache(maxsize=32)
def _bytes(kind: str) -> bytes:
    return (TEMPLATES / f"{kind}.docx").read_bytes()


@lru_cache(maxsize=32)
def _template(kind: str) -> Template:
    return compile_template(_bytes(kind), LETTER_NAMES)
