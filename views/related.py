"""Linked cases: what one may know of the case before this one and of those that follow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.text import _
from models import LIVE
from views import labels
from views.near import Near
from views.rows import case_url, place_words


@dataclass(frozen=True, slots=True)
class Relative:
    """A linked case; `url` is empty where it is not for this person."""

    label: str
    name: str
    facts: str
    url: str


def relatives_of(near: Near) -> Iterator[Relative]:
    """The case this one follows, then those that follow it."""
    for row in near.linked():
        procedure = near.procedure(row)
        step = procedure.step(row.step) if row.status in LIVE else None
        place = place_words(procedure, step) if step else labels.ending_of(row)
        subject = row.subject if row.opens else ""
        facts = (procedure.title if row.opens else "", place)
        yield Relative(
            label=_("Follows") if row.id == near.case.follows_id else _("Continued in"),
            name=" ".join(one for one in (row.number or _("No number yet"), subject) if one),
            facts=" · ".join(one for one in facts if one),
            url=case_url(row.id, row.kind) if row.opens else "",
        )
