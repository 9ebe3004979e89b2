"""On whose desk a case comes to lie: by the usual rules, or as the row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backoffice.takeover.asked import Asked
from backoffice.takeover.cells import quoted
from backoffice.takeover.known import Known, Sop, find
from backoffice.workflow.definition import Step
from backoffice.workflow.routing import Desk, units_above
from models import Post, Unit


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a case and its desks. `chosen`: role -> post, where the row made the choice."""

    unit: Unit | None
    desks: list[Desk]
    chosen: Mapping[str, int] = field(default_factory=dict)

    @property
    def titles(self) -> tuple[str, ...]:
        """The posts, as they are called."""
        return tuple(post.title for desk in self.desks for post in desk.posts)


def place(asked: Asked, known: Known, sop: Sop, step: Step, unit: Unit | None) -> Place:
    """Where the case comes to lie; where several posts remain the row must say which."""
    opening = known.unit_of_opening(sop)
    found = Place(unit or opening, known.desks(sop, step, unit or opening, {}))
    named = asked.line("post")
    if named:
        chosen = _named(asked, known, sop, step, named)
        if chosen is not None and not any(desk.posts == (chosen[1],) for desk in found.desks):
            found = _chosen(asked, known, sop, step, unit, chosen)
    several = next((desk for desk in found.desks if len(desk.posts) > 1), None)
    if several is not None and not asked.wrong_keys & {"post", "unit"}:
        titles = ", ".join(post.title for post in several.posts)
        asked.wrong("post", f"Beberapa jabatan dapat memegang langkah ini: {titles}. Tulis satu.")
    if not found.desks:
        asked.wrong(
            "step", "Belum ada jabatan untuk langkah ini. Lengkapi dahulu di Pengaturan, Jabatan."
        )
    return found


def _named(asked: Asked, known: Known, sop: Sop, step: Step, named: str) -> tuple[str, Post] | None:
    """The role and the post that the row names, among those who may have the step."""
    able = known.posts_of(sop, step)
    titles = {str(key): post.title for key, (_, post) in able.items()}
    keys = {str(key): post.key for key, (_, post) in able.items()}
    found = find(named, titles) or find(named, keys)
    if found is not None:
        return able[int(found)]
    words = ", ".join(titles.values()) or "belum ada"
    asked.wrong("post", f"{quoted(named)} tidak memegang langkah ini. Yang dapat: {words}.")
    return None


def _chosen(
    asked: Asked, known: Known, sop: Sop, step: Step, unit: Unit | None, chosen: tuple[str, Post]
) -> Place:
    """A choice that was made on paper: the post brings its unit."""
    role, post = chosen
    if unit is not None and post.unit is not None and unit not in units_above(post.unit):
        asked.wrong("unit", f"{post.title} berada di {post.unit.name}. Perbaiki, atau kosongkan.")
    unit, choice = post.unit or unit or known.unit_of_opening(sop), {role: post.id}
    return Place(unit, known.desks(sop, step, unit, choice), choice)
