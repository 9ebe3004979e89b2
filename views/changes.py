"""What changed in a letter since it was returned, for who reads it a second time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models import Letter
from views.letter_sheet import passages

MOST_LINES = 6  # more is read in the letter, where all of it is marked
LEAD = 3  # words before a change, so that one knows where it stands
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Change:
    """One passage: the words before it, what went and what came."""

    lead: str
    gone: str
    came: str


def clipped(text: str, most: int = LONGEST) -> str:
    """`text` in one line of at most `most` letters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:.')} …"


def changes_of(before: Mapping[str, Any], letter: Letter) -> list[Change]:
    """Every passage that is not as it was, field after field."""
    now: Mapping[str, Any] = letter.fields
    keys = dict.fromkeys((*before, *now))
    texts = ((str(before.get(key) or ""), str(now.get(key) or "")) for key in keys)
    return [one for old, new in texts if old != new for one in _changes(old, new)]


def _changes(old: str, new: str) -> list[Change]:
    found, lead = [], ""
    for gone, came in passages(old, new):
        if gone == came:
            lead = came
        elif gone.strip() or came.strip():
            words = lead.rsplit("\n", 1)[-1].split()[-LEAD:]
            found.append(Change(" ".join(words), clipped(gone), clipped(came)))
            lead = ""
    return found
