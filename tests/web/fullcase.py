"""A case that has everything a case can have, for what its page costs and how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models import (
    Assignment,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Disposition,
    Duty,
    EventKind,
    Letter,
    LetterMark,
    LetterRevision,
    LetterState,
    MarkKind,
    Notice,
    Opinion,
    OutsideReference,
    Party,
    PartyRole,
    Post,
    Record,
    ReferenceKind,
    Source,
    User,
    db,
)
from tests import factories

EVENTS = 200
NOTE = "Pemohon menelepon dan bertanya kapan berkasnya selesai; sudah dijelaskan."
LATER = factories.NOW + timedelta(hours=1)
FILE = {"content_type": "image/jpeg", "size": 400_000, "sha256": "0" * 64}
Staff = Sequence[tuple[User, Post]]


def fill(case: Case, follows: Case, followed: Case, joined: Case) -> Case:
    """Give `case` every kind of row, and tie three other cases to it."""
    inside = (Post.office_id == case.office_id, Post.takes_escalations.is_(False))
    posts = db.session.scalars(sa.select(Post).where(*inside)).all()
    staff = [(factories.user_of(case.office, post.key), post) for post in posts]
    _talk(case, staff)
    _ask(case, staff)
    for number in range(3):
        _write(case, staff, number)
    _file(case, staff)
    case.follows_id, followed.follows_id = follows.id, case.id
    _write(joined, staff, 0)
    _file(joined, staff)
    _join(joined, case, staff[0])
    for one in (case, joined):
        one.references.extend(
            OutsideReference(kind=kind, number=f"{one.id}/{kind.value}") for kind in ReferenceKind
        )
    db.session.commit()
    return case


def add(model: type[Base], *rows: dict[str, Any]) -> None:
    """Insert rows as they are."""
    db.session.execute(sa.insert(model), list(rows))


def _event(case: Case, who: tuple[User, Post], kind: EventKind, **more: Any) -> CaseEvent:
    made = CaseEvent(
        seq=len(case.events) + 1,
        kind=kind,
        step=case.step,
        user=who[0],
        post=who[1],
        recorded_at=LATER,
        happened_at=LATER,
        **more,
    )
    case.events.append(made)
    return made


def _talk(case: Case, staff: Staff) -> None:
    """Notes of everybody, each for somebody else, until the history is long."""
    for n in range(len(case.events), EVENTS):
        other = staff[(n + 1) % len(staff)][1]
        _event(case, staff[n % len(staff)], EventKind.NOTE, note=NOTE, for_post=other)
    db.session.flush()


def _ask(case: Case, staff: Staff) -> None:
    """Everybody gave an opinion; the first is asked again."""
    for user, post in staff:
        event = _event(case, (user, post), EventKind.OPINION, note="Setuju.")
        db.session.flush()
        desk = {"case_id": case.id, "step": case.step, "post_id": post.id, "entered_at": LATER}
        kept = {"duty": Duty.OPINION, "source": Source.DISPOSITION, "left_at": LATER}
        add(Assignment, {**desk, **kept})
        said: dict[str, Any] = {
            "case_id": case.id,
            "event_id": event.id,
            "step": case.step,
            "round": 1,
        }
        add(Opinion, {**said, "post_id": post.id, "text": "Setuju."})
    db.session.expire(case, ["assignments"])


def _write(case: Case, staff: Staff, number: int) -> None:
    """A letter in three revisions, each of somebody else, with marks."""
    fields = {"penerima": "Sdr. Fitri", "hal": "Jawaban", "isi": f"Surat ke-{number}."}
    letter = Letter(
        office_id=case.office_id,
        case_id=case.id,
        kind="surat-balasan",
        state=LetterState.DRAFT,
        revision=3,
        fields=fields,
        drafted_at=LATER,
    )
    db.session.add(letter)
    for n in range(1, 4):
        user, post = staff[(number + n) % len(staff)]
        who = {"user": user, "post": post}
        letter.revisions.append(LetterRevision(revision=n, fields=fields, saved_at=LATER, **who))
        letter.marks.append(LetterMark(revision=3, kind=MarkKind.INITIAL, at=LATER, **who))
    db.session.flush()


def _file(case: Case, staff: Staff) -> None:
    """Attachments, records, notices, dispositions and people."""
    user, post = staff[0]
    first = {"case_id": case.id, "event_id": case.events[0].id}
    files = [{"name": f"foto-{n}.jpg", "uploaded_at": LATER, "user_id": user.id} for n in range(5)]
    add(Attachment, *({**first, **FILE, **one} for one in files))
    add(Record, *({**first, "key": key, "values": {"isi": key}} for key in ("notulen", "lama")))
    told: list[dict[str, Any]] = [
        {"party_role": None, "told_at": LATER},
        {"party_role": "reporter", "told_at": None},
    ]
    add(Notice, *({**first, "kind": "surat", **one} for one in told))
    pairs: list[dict[str, Any]] = [
        {"from_post_id": post.id, "to_post_id": other.id} for _user, other in staff
    ]
    sheet: dict[str, Any] = {
        **first,
        "duty": Duty.INFORMATION,
        "given_at": LATER,
        "instructions": NOTE,
    }
    add(Disposition, *({**sheet, **pair} for pair in pairs))
    for role in PartyRole:
        if case.party(role) is None:
            case.parties.append(Party(role=role, name="Raden Roro", telephone="0800-0000-142"))


def _join(joined: Case, case: Case, who: tuple[User, Post]) -> None:
    """`joined` is a part of `case` now."""
    _event(joined, who, EventKind.JOINED, reason="Sama.", data={"other": case.id})
    taken = {"other": joined.id, "taken_in": True}
    _event(case, who, EventKind.JOINED, reason="Sama.", data=taken)
    joined.joined_to_id = case.id
