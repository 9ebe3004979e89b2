"""Letters of a case: what the drafter types, its revisions, who set which mark, the Word file.

A letter kind is a file of `letter_templates/`; a kind without one is a text only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from backoffice.actor import Actor
from backoffice.errors import LetterHasGap, NotFound, TooManyParafs
from models import (
    Case,
    Letter,
    LetterMark,
    LetterRevision,
    LetterState,
    MarkKind,
    Office,
    Post,
    Recapitulation,
    db,
)

from . import enclosing, issuing, marks, register
from .active import FILES, asked_for, bytes_for
from .kept import letters_of
from .kind_fields import ENCLOSURES, FIELDS, LetterField
from .kinds import ELSEWHERE, KINDS, Made, kind_of
from .kop import made
from .papers import form_values, list_values, receipt_values
from .suggesting import suggest
from .values import lines, proposal_values, values_for

RECEIPT = "tanda-terima"
# What may be drafted in a case: letters we know, and any other file an office has put there.
DRAFTED: tuple[str, ...] = tuple(
    sorted(one for one in FILES - ELSEWHERE if kind_of(one).made is Made.DRAFTED)
)
TEXT_ONLY = "isi"
CHANGED = "Naskah diubah setelah disetujui"  # stands in the register beside the void number


def has_template(kind: str) -> bool:
    """Whether letters of this kind can be had as a Word file."""
    return kind in DRAFTED


def fields_of(kind: str, office_id: int) -> tuple[LetterField, ...]:
    """What the drafter of such a letter types; the rest comes from case, office and signer."""
    if not has_template(kind):
        return (FIELDS[TEXT_ONLY],)
    asked = asked_for(office_id, kind)
    return tuple(one for one in kind_of(kind).fields if one.key in asked)


def prefill(case: Case, kind: str) -> dict[str, str]:
    """What a new letter begins with: recipient, subject, a polite opening and closing."""
    suggested = suggest(case, kind)
    return {one.key: suggested.get(one.key, "") for one in fields_of(kind, case.office_id)}


def gaps(fields: Mapping[str, Any], kind: str, office_id: int) -> list[str]:
    """The keys of required fields that are empty."""
    asked = fields_of(kind, office_id)
    return [one.key for one in asked if one.required and not lines(fields.get(one.key))]


def current_letter(case: Case, kind: str | None = None) -> Letter | None:
    """The newest letter of that kind that was not voided.

    Without a kind: the one in draft, or the newest where none is; none where several are drafts.
    """
    letters = [
        one
        for one in letters_of(case.id)
        if one.state != LetterState.VOID and kind in (None, "", one.kind)
    ]
    drafts = [one for one in letters if one.state in marks.WRITTEN]
    if not kind and len(drafts) > 1:
        return None
    return next(iter(drafts if not kind and drafts else letters), None)


def was_voided(case: Case, kind: str) -> bool:
    """Whether a letter of that kind, or of any where none is named, was made void."""
    void = (one.kind for one in letters_of(case.id) if one.state is LetterState.VOID)
    return any(kind in ("", one) for one in void)


def goes_on(letter: Letter | None) -> Letter | None:
    """The letter, if what is drafted next is a revision of it; what has left the office stays."""
    return letter if letter is not None and letter.state not in marks.GONE else None


def save_draft_letter(
    case: Case,
    kind: str,
    fields: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    enclosures: Sequence[int] | None = None,
) -> Letter:
    """A new letter, or a new revision of the current one, which is a draft again.

    A field that is not among `fields` keeps what it had, or what was suggested. `enclosures`:
    attachments of this case, in the order of the letter; None keeps those it had; Incomplete for
    any other. Parafs hold on while the letter says what it said.
    """
    given = None if enclosures is None else enclosing.files_of(case, enclosures)
    letter = goes_on(current_letter(case, kind))
    if letter is None:
        letter = _new_letter(case, kind, now)
    else:
        letter.revision += 1
        take_back_approval(letter, reason=CHANGED, now=now)
    asked = fields_of(kind, case.office_id)
    typed = {one.key: str(fields[one.key] or "") for one in asked if one.key in fields}
    kept = letter.enclosures if given is None else given
    typed |= _counted(typed, letter, len(kept))
    letter.fields, letter.enclosures = {**letter.fields, **typed}, kept
    letter.content_hash = marks.hash_of(letter)
    letter.state = marks.state_of(letter)
    letter.revisions.append(_revision(letter, actor, now))
    db.session.flush()
    return letter


def _revision(letter: Letter, actor: Actor, now: datetime) -> LetterRevision:
    return LetterRevision(
        revision=letter.revision,
        fields=dict(letter.fields),
        enclosures=list(letter.enclosures),
        user=actor.user,
        post=actor.post,
        saved_at=now,
    )


def _counted(typed: Mapping[str, str], letter: Letter, has: int) -> dict[str, str]:
    """What the letter says of its enclosures, where its kind says anything of them."""
    if ENCLOSURES.key not in typed:
        return {}
    stood, had = str(letter.fields.get(ENCLOSURES.key) or ""), len(letter.enclosures)
    return {ENCLOSURES.key: enclosing.told(typed[ENCLOSURES.key], stood, had=had, has=has)}


def _new_letter(case: Case, kind: str, now: datetime) -> Letter:
    letter = Letter(
        office=case.office,
        case=case,
        kind=kind,
        state=LetterState.DRAFT,
        revision=1,
        fields=prefill(case, kind),
        enclosures=[],
        drafted_at=now,
    )
    db.session.add(letter)
    return letter


def mark(letter: Letter, kind: MarkKind, *, actor: Actor, now: datetime) -> LetterMark:
    """Who set which mark on the letter as it now stands.

    The mark of a head who decided on paper is his, not that of the post that records it.
    """
    post = actor.duty_post if actor.on_behalf else actor.post
    if kind is MarkKind.INITIAL:
        _refuse_fourth(letter, post)
    made = LetterMark(
        revision=letter.revision,
        kind=kind,
        content_hash=letter.content_hash,
        user=actor.user,
        post=post,
        at=now,
    )
    letter.marks.append(made)
    if letter.state in marks.WRITTEN:
        letter.state = marks.state_of(letter)
    db.session.flush()
    return made


def _refuse_fourth(letter: Letter, post: Post) -> None:
    """Paraf hierarki is set by three officials at most; a paraf koordinasi is beside them."""
    held = [one.post for one in marks.standing(letter) if one.kind is MarkKind.INITIAL]
    others = [one for one in held if one is not post]
    if len(others) >= marks.MOST_IN_HIERARCHY:
        raise TooManyParafs(posts=", ".join(one.title for one in others))


def unmark(letter: Letter, *, at: datetime, post_ids: Collection[int | None]) -> None:
    """The parafs of these posts of that moment were taken back, before anybody relied on them."""
    gone = [one for one in letter.marks if one.kind in marks.PARAF and one.at == at]
    for one in gone:
        if one.post_id in post_ids:
            letter.marks.remove(one)
            db.session.delete(one)
    if gone and letter.state in marks.WRITTEN:
        letter.state = marks.state_of(letter)
    db.session.flush()


def approve(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """Ready to be signed, with its number; refused while a required field is empty.

    What is approved already stays as it was issued: it is never rendered again.
    """
    _refuse_gaps(letter)
    if letter.state not in marks.WRITTEN:
        return
    letter.state, letter.approved_at = LetterState.APPROVED, now
    register.issue(letter, actor=actor, now=now)
    mark(letter, MarkKind.APPROVE, actor=actor, now=now)
    if has_template(letter.kind):
        issuing.freeze(letter, bytes_for(letter.office_id, letter.kind), actor=actor, now=now)


def take_back_approval(letter: Letter, *, reason: str, now: datetime) -> None:
    """The letter is written on; the number it had is void, for this reason.

    Parafs hold on, since nothing was changed yet; what was signed with ink counts no more.
    """
    register.give_up(letter, reason=reason, now=now)
    issuing.void(letter.id, reason=reason, now=now)
    letter.approved_at = letter.signed_at = letter.scan_id = None
    letter.state = marks.state_of(letter)


def send(letter: Letter, *, actor: Actor, now: datetime) -> None:
    """The letter leaves the office; refused while a required field is empty."""
    _refuse_gaps(letter)
    letter.state, letter.sent_at = LetterState.SENT, now
    mark(letter, MarkKind.SEND, actor=actor, now=now)


def _refuse_gaps(letter: Letter) -> None:
    """What was approved is whole, whatever the template of its kind asks for today."""
    if letter.approved_at is not None:
        return
    missing = gaps(letter.fields, letter.kind, letter.office_id)
    if missing:
        raise LetterHasGap({f"letter.{key}": "required" for key in missing}, kind=letter.kind)


def render(
    letter: Letter,
    signer: Post | None = None,
    *,
    konsep: bool = False,
    now: datetime | None = None,
) -> bytes:
    """The letter as a Word file; NotFound for a kind without template, MissingValues on a gap.

    `konsep`: with the box for the initials. `now`: as for `values_for`. What was issued is given
    as it was; of one that is void only the versions that were issued are given (NotFound).
    """
    if not has_template(letter.kind) or letter.state is LetterState.VOID:
        raise NotFound
    issued = issuing.issued_of(letter.id, with_files=True) if letter.approved_at else None
    if issued is not None:
        return issued.draft if konsep else issued.net
    return made(letter.office, letter.kind, values_for(letter, signer, konsep=konsep, now=now))


def paper(case: Case, kind: str, *, actor: Actor | None, now: datetime) -> bytes:
    """A paper of the case that nobody drafts in it, as a Word file; NotFound where there is none.

    A form is handed over by `actor`; of a letter everything is filled that the case knows.
    """
    how = KINDS[kind].made if kind in KINDS else None
    if kind == RECEIPT:
        return receipt(case)
    if how is Made.CASE:
        post, user = (actor.post, actor.user) if actor is not None else (None, None)
        return made(case.office, kind, form_values(case, kind, post=post, user=user))
    if not has_template(kind):
        raise NotFound
    values = proposal_values(case, kind, prefill(case, kind), now=now)
    return made(case.office, kind, values)


def list_paper(recap: Recapitulation, cases: Sequence[Case], kind: str, *, now: datetime) -> bytes:
    """A list of these cases as a Word file; NotFound where the kind is no list."""
    if kind not in KINDS or KINDS[kind].made is not Made.LIST:
        raise NotFound
    office = db.session.get_one(Office, recap.office_id)
    name = f"{recap.batch.replace('-', ' ').capitalize()} #{recap.id}"
    values = list_values(office, cases, name=name, now=now)
    return made(office, kind, values)


def receipt(case: Case) -> bytes:
    """The tanda terima of a case as a Word file."""
    return made(case.office, RECEIPT, receipt_values(case))
