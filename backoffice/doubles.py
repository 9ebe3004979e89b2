"""Mungkin sudah pernah dicatat: cases of the office that tell of the same people or numbers.

The same telephone or name within thirty days, or the same number from outside, also of an older
case that still lives. How these are compared stands in `backoffice.search`, whose index finds the
few cases that have one of them; so the archive's size does not matter. Nothing is forbidden here:
what is found is shown, and people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from backoffice.access import glimpses_case, looks_up_case, sees_case
from backoffice.actor import Person
from backoffice.search import hits_of_any, name_of, reference_of, telephones_of
from models import LIVE, Case, OutsideReference, Party, PartyRole, Status, db

Query: TypeAlias = "sa.Select[*tuple[Any, ...]]"

WINDOW = timedelta(days=30)
CAP = 100  # newest cases that are looked at more closely
SHORTEST_NAME = 3  # letters
# What people write where somebody gave no name.
NAMELESS = frozenset({"anonim", "nn", "n n", "tanpa nama", "hamba allah", "tidak diketahui"})


@dataclass(frozen=True, slots=True)
class Keys:
    """What a case is compared by. A terlapor is not: many may complain about one official."""

    telephones: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The words by which the index finds each of them."""
        yield from ((one,) for one in sorted(self.telephones | self.references))
        yield from (tuple(dict.fromkeys(one.split())) for one in sorted(self.names))


@dataclass(frozen=True, slots=True)
class Double:
    """A case that may be the same: what it shares, and how much of it the person may see.

    `opens`: all of it; `mine`: number, step and his own events; else number, step and date only.
    """

    case: Any  # a row of `FACTS`
    alike: tuple[str, ...]  # telephone, name, reference

    @property
    def opens(self) -> bool:
        """Whether the case lies open before the person."""
        return bool(self.case.opens)

    @property
    def is_live(self) -> bool:
        """Whether a case may still be joined to it."""
        return self.case.status in LIVE


FACTS = (
    Case.id,
    Case.kind,
    Case.number,
    Case.queue_number,
    Case.subject,
    Case.status,
    Case.step,
    Case.received_on,
    Case.opened_at,
    Case.joined_to_id,
    Case.procedure_version_id,
)


def keys_of_case(case: Case) -> Keys:
    """What a case is compared by."""
    return keys_of(
        (
            {"name": one.name, "telephone": one.telephone}
            for one in case.parties
            if one.role is not PartyRole.REPORTED
        ),
        (one.number for one in case.references),
    )


def keys_of_typed(
    parties: Mapping[str, Mapping[str, Any]], references: Mapping[str, Iterable[str]]
) -> Keys:
    """The same of what was typed for a case that is not there yet (`workflow.inputs.Inputs`)."""
    return keys_of(
        (parts for role, parts in parties.items() if role != PartyRole.REPORTED),
        (one for numbers in references.values() for one in numbers),
    )


def keys_of(parties: Iterable[Mapping[str, Any]], references: Iterable[str]) -> Keys:
    """People and numbers as they are compared; what tells nobody apart is left out."""
    telephones: set[str] = set()
    names: set[str] = set()
    for parts in parties:
        telephones.update(telephones_of(str(parts.get("telephone") or "")))
        names.add(name_of(str(parts.get("name") or "")))
    return Keys(
        frozenset(one for one in telephones if len(set(one)) > 1),
        frozenset(one for one in names if len(one) >= SHORTEST_NAME and one not in NAMELESS),
        frozenset(filter(None, map(reference_of, references))),
    )


def find(
    keys: Keys,
    person: Person,
    on: date,
    *,
    looks_up: bool,
    of: Case | None = None,
    but: int | None = None,
) -> list[Double]:
    """The cases alike, the newest first, of which this person may know; one statement.

    `on` is the day the case was received; `of` is the case itself, where it is there, and `but`
    the one it follows. `looks_up`: whether the person sits at the front desk. A case that was
    joined to another stands for that one.
    """
    groups = list(keys.groups())
    if not groups or person.office_id is None:
        return []
    found: dict[int, Any] = {}
    alike: dict[int, list[str]] = {}
    for row in db.session.execute(_query(groups, person, on, looks_up, of, but)):
        shared = list(_shared(keys, row, on))
        if shared:
            found[row.id] = row
            alike.setdefault(row.id, []).extend(shared)
    return [Double(row, tuple(dict.fromkeys(alike[key]))) for key, row in found.items()]


def _query(
    groups: list[tuple[str, ...]],
    person: Person,
    on: date,
    looks_up: bool,
    of: Case | None,
    but: int | None,
) -> Query:
    hit = aliased(Case)
    hits = hits_of_any(groups, db.session(), office_id=person.office_id or 0, cap=CAP)
    known = glimpses_case(person)
    query = (
        sa.select(
            *FACTS,
            sees_case(person).label("opens"),
            known.label("mine"),
            hit.received_on.label("hit_on"),
            hit.opened_at.label("hit_at"),
            Party.role,
            Party.name,
            Party.telephone,
            OutsideReference.number.label("reference"),
        )
        .select_from(hit)
        .join(Case, Case.id == sa.func.coalesce(hit.joined_to_id, hit.id))
        .outerjoin(Party, sa.and_(Party.case_id == hit.id, Party.role != PartyRole.REPORTED))
        .outerjoin(OutsideReference, OutsideReference.case_id == hit.id)
        .where(hit.id.in_(hits.correlate(None)), Case.status != Status.VOID)
        .where(sa.or_(known, looks_up_case(person)) if looks_up else known)
    )
    if of is not None:
        follows = sa.or_(Case.follows_id.is_(None), Case.follows_id != of.id)
        query = query.where(Case.id != of.id, follows)
    if but is not None:
        query = query.where(Case.id != but)
    return query.order_by(Case.id.desc(), Party.id, OutsideReference.id)


def _shared(keys: Keys, row: Any, on: date) -> Iterator[str]:
    """What a row of the answer has in common with the keys."""
    day = row.hit_on or _day(row.hit_at)
    recent = abs(day - on) <= WINDOW
    if recent and keys.telephones & set(telephones_of(row.telephone or "")):
        yield "telephone"
    if recent and name_of(row.name or "") in keys.names:
        yield "name"
    if (recent or row.status in LIVE) and reference_of(row.reference or "") in keys.references:
        yield "reference"


def _day(moment: datetime) -> date:
    return moment.date()
