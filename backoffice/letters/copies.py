"""Tembusan: who gets a letter beside its addressee."""

from __future__ import annotations

import re

from models import Letter

from .values import lines

NUMBERED = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s*")


def copies_of(letter: Letter) -> list[str]:
    """The names under Tembusan, without the numbers a drafter typed before them."""
    named = (NUMBERED.sub("", one).strip(" ;.") for one in lines(letter.fields.get("tembusan")))
    return [one for one in named if one]


def is_copy(letter: Letter, addressee: str) -> bool:
    """Whether a sending to `addressee` is a tembusan, and not the letter itself."""
    return addressee.strip().casefold() in {one.casefold() for one in copies_of(letter)}
