"""Mungkin sudah pernah dicatat: cases of the office that tell of the same people or numbers.

The same telephone or name within thirty days, or the same number from outside, also of an older
case that still lives. How these are compared stands in `backoffice.search`, whose index finds the
few cases that have one of them; so the archive's size does not matter. Nothing is forbidden here:
what is found is shown, and people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from backoffice.access import glimpses_case, looks_up_case, sees_case
from backoffice.actor import Person
from backoffice.search import hits_of_any, name_of, reference_of, telephones_of
from models import LIVE, Case, OutsideReference, Party, PartyRole, Status, db

WINDOW = timedelta(days=30)
ALIKE = {"telephone": 2, "name": 1, "reference": 4}
CAP = 100  # newest cases that are looked at more closely
SHORTEST_NAME = 3  # letters
MOST_TOLD = 20
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
    alike: tuple[str, ...]  # of ALIKE

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
    Case.follows_id,
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
    """The cases of which this person may know, the most alike first, then the newest.

    One statement where there are none, two where there are. `on` is the day the case was
    received; `of` is the case itself, where it is there, and `but` the one it follows.
    `looks_up`: whether the person sits at the front desk. A case that was joined to another
    stands for that one.
    """
    alike = candidates(keys, person, on, of=of, but=but)
    if not alike:
        return []
    query = sa.select(*FACTS, *sights(person)).where(Case.id.in_(alike))
    return told(alike, db.session.execute(query), looks_up=looks_up, of=of)


def candidates(
    keys: Keys, person: Person, on: date, *, of: Case | None = None, but: int | None = None
) -> dict[int, set[str]]:
    """Case id -> what it has in common, the most alike first; whoever may know of them."""
    alike: dict[int, set[str]] = {}
    for row in _hits(keys, person.office_id):
        if shared := _shared(keys, row, on):
            alike.setdefault(row.joined_to_id or row.id, set()).update(shared)
    for known in {but, of.id if of is not None else None}:
        alike.pop(known or 0, None)
    ids = sorted(alike, key=lambda key: (_weight(alike[key]), key), reverse=True)[:MOST_TOLD]
    return {key: alike[key] for key in ids}


def told(
    alike: Mapping[int, set[str]], rows: Iterable[Any], *, looks_up: bool, of: Case | None = None
) -> list[Double]:
    """Those of which the person may know; none that is void, or follows `of`.

    `rows` are of `FACTS` and `sights`.
    """
    found = {
        row.id: row
        for row in rows
        if (row.mine or (looks_up and row.told))
        and row.status != Status.VOID
        and (of is None or row.follows_id != of.id)
    }
    return [
        Double(found[key], tuple(one for one in ALIKE if one in shared))
        for key, shared in alike.items()
        if key in found
    ]


def sights(person: Person) -> tuple[Any, ...]:
    """How much of a row the person may know. Conditions would lead SQLite to read the office."""
    return (
        sees_case(person).label("opens"),
        glimpses_case(person).label("mine"),
        looks_up_case(person).label("told"),
    )


def _weight(shared: set[str]) -> int:
    """A number from outside says more than a telephone, and that more than a name."""
    return sum(weight for one, weight in ALIKE.items() if one in shared)


def _hits(keys: Keys, office_id: int | None) -> Iterable[Any]:
    """The newest cases of the office that have one of the keys' words, with what they tell."""
    groups = list(keys.groups())
    if not groups or office_id is None:
        return ()
    hits = hits_of_any(groups, db.session(), office_id=office_id, cap=CAP)
    query = (
        sa.select(
            Case.id,
            Case.joined_to_id,
            Case.status,
            Case.received_on,
            Case.opened_at,
            Party.name,
            Party.telephone,
            OutsideReference.number,
        )
        .outerjoin(Party, sa.and_(Party.case_id == Case.id, Party.role != PartyRole.REPORTED))
        .outerjoin(OutsideReference, OutsideReference.case_id == Case.id)
        .where(Case.id.in_(hits.correlate(None)))
    )
    return db.session.execute(query)


def _shared(keys: Keys, row: Any, on: date) -> set[str]:
    """What a hit has in common with the keys."""
    day = row.received_on or row.opened_at.date()
    recent = abs(day - on) <= WINDOW
    shared = {
        "telephone": recent and keys.telephones & set(telephones_of(row.telephone or "")),
        "name": recent and name_of(row.name or "") in keys.names,
        "reference": (recent or row.status in LIVE or row.joined_to_id)
        and reference_of(row.number or "") in keys.references,
    }
    return {one for one, same in shared.items() if same}
