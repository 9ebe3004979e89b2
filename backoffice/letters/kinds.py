"""The kinds of letters, by name: a kind is the name of a file in `letter_templates/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .drafted_kinds import DRAFTED as DRAFTED
from .drafted_kinds import SIDED as SIDED
from .kind_fields import FIELDS, LETTER, Names
from .letter_kind import LetterKind as LetterKind
from .letter_kind import Made as Made
from .paper_kinds import PAPERS

RIGHT = "-kanan"  # the same letter with its recipient at the right, under the date
ON_THE_RIGHT = tuple(
    replace(
        one,
        key=one.key + RIGHT,
        title=f"{one.title} (penerima di kanan)",
        about=f"{one.about} Penerima di kanan, di bawah tanggal.",
    )
    for one in DRAFTED
    if one.key in SIDED
)
KINDS: Mapping[str, LetterKind] = {one.key: one for one in (*DRAFTED, *ON_THE_RIGHT, *PAPERS)}
# Papers of incoming letters and meetings, which have screens of their own.
ELSEWHERE = frozenset({"undangan-rapat", "daftar-hadir", "notulen", "lembar-disposisi"})
NAMES: Mapping[str, Names] = {key: one.names for key, one in KINDS.items()}
# What an office's own letter may ask for, of which nothing is known but its name.
LETTER_NAMES: Names = {**LETTER, **{key: one.columns or None for key, one in FIELDS.items()}}


def kind_of(key: str) -> LetterKind:
    """The kind of that name; one that asks for whatever its template does where none is known."""
    known = KINDS.get(key)
    if known is not None:
        return known
    title = key.replace("-", " ").capitalize()
    return LetterKind(key=key, title=title, about="", fields=tuple(FIELDS.values()), more=LETTER)
