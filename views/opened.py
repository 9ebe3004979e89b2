"""A case read for its page, in as few statements as its tables allow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import defer, joinedload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from backoffice import access
from backoffice.actor import Person, posts_of
from backoffice.letters import kept
from backoffice.once import once
from backoffice.workflow import belongings
from models import Case, CaseEvent, Party, ProcedureVersion, User, db
from views.near import family_of

FRESH = {"populate_existing": True}


def load(case_id: int) -> Case:
    """The case with its desks, history and people."""
    return _completed(db.session.scalars(_query().where(Case.id == case_id)).unique().one())


def glimpsed(person: Person, model: type[Case], case_id: int) -> Case | None:
    """The same as far as this person may see it at all; `access.limited` knows how far."""
    opens = access.sees_case(person).label("opens")
    kind = model.__mapper__.polymorphic_identity
    mine = (Case.id == case_id, Case.kind == kind, access.glimpses_case(person))
    row = db.session.execute(_query(opens).where(*mine)).unique().one_or_none()
    if row is None:
        return None
    access.tell_sight(person, case_id, opens=row.opens)
    return _completed(row.Case)


def gather(case: Case) -> None:
    """Read letters and whatever else hangs on the case and on those that were joined to it."""
    family = family_of(case)
    kept.fetch(family)
    belongings.fetch(family)


@once(Party)
def parties_of(case_id: int) -> list[Party]:
    """The people of a case."""
    return _people([case_id])[case_id]


def _query(*more: Any) -> Select[Any]:
    """The case itself, with what it has few of."""
    version = joinedload(Case.procedure_version)
    return (
        select(Case, *more)
        .options(
            defer(Case.search_text),
            # Long, and parsed once per text.
            version.options(defer(ProcedureVersion.source_text), defer(ProcedureVersion.findings)),
            joinedload(Case.unit),
            joinedload(Case.references),
            joinedload(Case.assignments),
        )
        .execution_options(**FRESH)
    )


def _completed(case: Case) -> Case:
    """Posts and people are known already or asked for all rows at once, never for each row."""
    posts = posts_of(case.office_id)
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    events = list(db.session.scalars(query.execution_options(**FRESH)))
    users = _users({one.user_id for one in events})
    for one in events:
        set_committed_value(one, "user", users[one.user_id])
        set_committed_value(one, "post", posts[one.post_id])
        set_committed_value(one, "for_post", posts[one.for_post_id] if one.for_post_id else None)
    for desk in case.assignments:
        set_committed_value(desk, "post", posts[desk.post_id])
    set_committed_value(case, "events", events)
    people = _people(family_of(case))
    set_committed_value(case, "parties", people[case.id])
    for case_id, parties in people.items():
        parties_of.tell(parties, case_id)
    return case


def _users(ids: Iterable[int]) -> dict[int, User]:
    """Whoever acted; those who hold a post today are known already."""
    known = {key: db.session().identity_map.get(identity_key(User, key)) for key in ids}
    found = {key: one for key, one in known.items() if one and not inspect(one).expired}
    if missing := known.keys() - found.keys():
        query = select(User).where(User.id.in_(missing)).execution_options(**FRESH)
        found |= {one.id: one for one in db.session.scalars(query)}
    return found


def _people(case_ids: list[int]) -> dict[int, list[Party]]:
    """Case id -> its people."""
    query = select(Party).where(Party.case_id.in_(case_ids)).order_by(Party.id)
    found: dict[int, list[Party]] = {case_id: [] for case_id in case_ids}
    for one in db.session.scalars(query.execution_options(**FRESH)):
        found[one.case_id].append(one)
    return found
