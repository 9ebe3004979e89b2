"""Paraf: what each was set on, which still hold, and who felled those that do not.

A paraf is bound to the content its setter saw, by its sha256. Nothing is written when it falls:
it holds exactly as long as the letter says what it said then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from models import Attachment, Letter, LetterMark, LetterRevision, LetterState, MarkKind, db

PARAF = frozenset({MarkKind.INITIAL, MarkKind.COORDINATE})
MOST_IN_HIERARCHY = 3  # officials, in rank order: Permendagri 54/2009, annex C
# Where a letter stands: still being written and checked, ready for the ink or bearing it, or gone.
WRITTEN = frozenset({LetterState.DRAFT, LetterState.INITIALLED})
APPROVED = frozenset({LetterState.APPROVED, LetterState.SIGNED})
GONE = frozenset({LetterState.SENT, LetterState.RECEIVED})


def content_hash(kind: str, fields: Mapping[str, Any], enclosures: Sequence[str] = ()) -> str:
    """What a letter says, as one sha256; `enclosures`: the sha256 of each, in their order."""
    said = {"enclosures": list(enclosures), "fields": dict(fields), "kind": kind}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of(letter: Letter) -> str:
    """The same of a letter as it stands."""
    return content_hash(letter.kind, letter.fields, _told(letter.enclosures))


def _told(ids: Sequence[int]) -> list[str]:
    """The content of enclosures; one that is gone is told by its key."""
    if not ids:
        return []
    query = sa.select(Attachment.id, Attachment.sha256).where(Attachment.id.in_(ids))
    found = {row.id: row.sha256 for row in db.session.execute(query)}
    return [found.get(one, f"#{one}") for one in ids]


def holds(letter: Letter, mark: LetterMark) -> bool:
    """Whether the letter still says what it said when this mark was set."""
    return mark.content_hash == letter.content_hash


def standing(letter: Letter) -> list[LetterMark]:
    """The parafs that hold, in the order they were set; of each post the newest."""
    return [one for one in _newest(letter) if holds(letter, one)]


def fallen(letter: Letter) -> list[LetterMark]:
    """The parafs that a later change voided and that were not set again since."""
    return [one for one in _newest(letter) if not holds(letter, one)]


def _newest(letter: Letter) -> list[LetterMark]:
    """Of each post its last paraf of each kind; whoever acts for the post sets it for the post."""
    of_post: dict[tuple[int, MarkKind], LetterMark] = {}
    for one in letter.marks:
        if one.kind in PARAF:
            of_post.pop((one.post.id, one.kind), None)
            of_post[one.post.id, one.kind] = one
    return list(of_post.values())


def state_of(letter: Letter) -> LetterState:
    """Of a letter nobody approved: initialled where a paraf stands and none has fallen."""
    return LetterState.INITIALLED if standing(letter) and not fallen(letter) else LetterState.DRAFT


def felled_by(letter: Letter, mark: LetterMark) -> LetterRevision | None:
    """The change that voided a paraf: the first since the letter last said what its setter saw.

    None where the letter of that moment is not kept.
    """
    seen = revision_of(letter, mark.revision)
    if seen is None:
        return None
    since = [one for one in letter.revisions if one.revision > mark.revision]
    equal = [n for n, one in enumerate(since, start=1) if says_the_same(seen, one)]
    return next(iter(since[max(equal, default=0) :]), None)


def revision_of(letter: Letter, number: int) -> LetterRevision | None:
    """The letter as it was saved then."""
    return next((one for one in letter.revisions if one.revision == number), None)


def says_the_same(one: LetterRevision, other: LetterRevision | Letter) -> bool:
    """Whether texts and enclosures are equal."""
    return one.fields == other.fields and one.enclosures == other.enclosures
