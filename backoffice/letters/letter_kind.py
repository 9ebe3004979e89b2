"""What a kind of letter is: its name, what it is for, what is typed, what its template asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .kind_fields import LetterField, Names


class Made(StrEnum):
    """What a paper is made of: drafted in a case, filled from the case, filled from a list."""

    DRAFTED = "drafted"
    CASE = "case"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """`title` and `about` are Indonesian, since they name a paper.

    `by_drafter`: whoever drafts it signs it where the SOP has nobody approve it; else the head.
    """

    key: str
    title: str
    about: str
    made: Made = Made.DRAFTED
    fields: tuple[LetterField, ...] = ()
    more: Names
    by_drafter: bool = False

    @property
    def names(self) -> Names:
        """Every name its template may ask for."""
        return {**self.more, **{one.key: one.columns or None for one in self.fields}}
