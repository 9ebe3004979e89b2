"""Due moments in words, for lists, inbox and case page: the tag with symbol, colour and word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from backoffice.remaining import Group, Remaining
from backoffice.text import _

from .icons import icon

KINDS = {
    Group.LATE: "late",
    Group.TODAY: "today",
    Group.LATER: "later",
    Group.WAITING: "wait",
    Group.NONE: "info",
}


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


def tag_of(left: Remaining, waiting_for: str = "") -> Tag:
    """Lewat 3 jam, Sisa 45 menit, Sisa 2 hari kerja, Menunggu Pengadu, Belum ada standar."""
    return Tag(KINDS[left.group], in_words(left, waiting_for))


def in_words(left: Remaining, waiting_for: str = "") -> str:
    """What is left or over, as people say it."""
    if left.group is Group.WAITING:
        return _("Waiting for %(who)s", who=waiting_for) if waiting_for else _("Waiting")
    if left.group is Group.NONE:
        return _("No standard yet")
    time = amount(left.days, left.hours, left.minutes)
    if left.group is Group.LATE:
        if not (left.days or left.hours or left.minutes):
            return _("Just past due")
        return _("Late by %(time)s", time=time)
    return _("%(time)s left", time=time)


def amount(days: int = 0, hours: int = 0, minutes: int = 0) -> str:
    """2 hari kerja, 3 jam, 4 jam 45 menit, kurang dari 1 menit."""
    if days:
        return _("%(n)s working days", n=days)
    if hours and minutes:
        return _("%(h)s hours %(m)s minutes", h=hours, m=minutes)
    if hours:
        return _("%(h)s hours", h=hours)
    return _("%(m)s minutes", m=minutes) if minutes else _("less than a minute")
