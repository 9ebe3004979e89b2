"""Due moments in words, for lists, inbox and case page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from .icons import icon


@dataclass(frozen=True)
class Tag:
    """A tag: colour and symbol by `kind` (late, today, later, wait, done, info), and words."""

    kind: str
    words: str

    def __html__(self) -> Markup:
        return tag_markup(self.kind, self.words)


@lru_cache(maxsize=2048)
def tag_markup(kind: str, words: str) -> Markup:
    """The same few words stand in every row of a list: the markup is made once."""
    return Markup('<span class="tag {}">{}{}</span>').format(kind, icon(kind), words)
