"""Linked cases: what one may know of the case before this one and of those that follow it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from backoffice import access
from backoffice.actor import Person
from backoffice.text import _
from backoffice.workflow.versions import procedures_of
from models import LIVE, Case, db
from views import labels
from views.rows import case_url, place_words


@dataclass(frozen=True, slots=True)
class Relative:
    """A linked case; `url` is empty where it is not for this person."""

    label: str
    name: str
    facts: str
    url: str


def relatives_of(case: Case, person: Person) -> list[Relative]:
    """The case this one follows, then those that follow it."""
    near = Case.follows_id == case.id
    if case.follows_id:
        near = near | (Case.id == case.follows_id)
    query = select(
        Case.id,
        Case.kind,
        Case.number,
        Case.subject,
        Case.step,
        Case.status,
        Case.joined_to_id,
        Case.procedure_version_id,
        access.sees_case(person).label("seen"),
    )
    rows = list(db.session.execute(query.where(near).order_by(Case.id)))
    procedures = procedures_of({row.procedure_version_id for row in rows}) if rows else {}
    found = []
    for row in rows:
        procedure = procedures[row.procedure_version_id]
        step = procedure.step(row.step) if row.status in LIVE else None
        place = place_words(procedure, step) if step else labels.ending_of(row)
        subject = row.subject if row.seen else ""
        facts = (procedure.title if row.seen else "", place)
        found.append(
            Relative(
                label=_("Follows") if row.id == case.follows_id else _("Continued in"),
                name=" ".join(one for one in (row.number or _("No number yet"), subject) if one),
                facts=" · ".join(one for one in facts if one),
                url=case_url(row.id, row.kind) if row.seen else "",
            )
        )
    return found
