"""Lampiran: which files go with a letter, and how many they are, as the letter says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa

from backoffice.errors import Incomplete
from models import Attachment, Case, db

from .spelling import counted

NONE = "-"
# What Paraf writes itself, so that it may write it anew: "2 (dua) berkas".
COUNTED = re.compile(r"\d+ \([a-z ]+\) berkas")


def words(count: int) -> str:
    """2 is "2 (dua) berkas", none is "-"."""
    return f"{counted(count)} berkas" if count else NONE


def told(text: str, before: str, *, had: int, has: int) -> str:
    """What the letter says under Lampiran, which had `had` enclosures and has `has` now.

    `text` was given with them, `before` stood there: what somebody typed himself stays.
    """
    given, stood = text.strip(), before.strip()
    blank = given in ("", NONE)
    if given != stood and not blank:
        return text
    if has == had and (given == stood or not has):
        return text if has == 0 or not blank else words(has)
    return words(has) if blank or COUNTED.fullmatch(given) else text


def files_of(case: Case, ids: Sequence[int]) -> list[int]:
    """Whoever writes a letter of a case sees the case, and so its attachments; no others."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    query = sa.select(Attachment.id)
    query = query.where(Attachment.case_id == case.id, Attachment.id.in_(wanted))
    if set(db.session.scalars(query)) != set(wanted):
        raise Incomplete({"enclosures": "not_a_choice"})
    return wanted
