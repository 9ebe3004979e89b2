"""What lists show, newest first, at a price that does not grow with the archive.

`access.scope` says of one row whether it is in sight; asked of a whole archive it would read it
all. Here the same rights become few questions that an index answers in order, each limited, and
merged: one post (`assignments(post_id, case_id)`), one unit and kind (`cases(office_id, unit_id,
kind, id)`), one office and kind (`cases(office_id, kind, id)`). Whatever comes out lies within
the scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import sqlalchemy as sa

from backoffice.access import (
    SEES_ALL,
    Clause,
    in_office,
    is_confidential,
    keeps_sight,
    not_reported,
    sees_case,
)
from backoffice.actor import Person
from backoffice.letter_sight import sees_letter
from models import Assignment, Case, Disposition, IncomingLetter, Kind, Letter, db

Query: TypeAlias = "sa.Select[*tuple[Any, ...]]"
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Ask:
    """What a shape answers: rows of `model` for which `where` holds, and `rules` of their case.

    None of them is of a newer case than `newest`, where that is given.
    """

    person: Person
    model: Any
    rules: tuple[Clause, ...]
    where: tuple[Clause, ...]
    limit: int
    oldest: bool = False
    before_id: int | None = None
    newest: Any = None

    @property
    def of_case(self) -> tuple[Clause, ...]:
        """Everything that is asked of the case itself."""
        if not issubclass(self.model, Case):
            return self.rules
        kind = self.model.__mapper__.polymorphic_identity
        return (*self.rules, *self.where, *(() if kind is None else (Case.kind == kind,)))


Shape: TypeAlias = Callable[[Ask], Iterator[Query]]


def ids_newest_first(
    person: Person,
    model: Any,
    limit: int,
    *,
    before_id: int | None = None,
    where: Sequence[Clause] = (),
    shape: Shape | None = None,
    oldest: bool = False,
) -> list[int]:
    """The ids of the newest rows of `model` in sight: Case and its kinds, Letter, Disposition.

    `where` are further conditions on `Case` (and on `model`); `before_id` goes on after a page.
    `shape` is another way to find them than that of the model; `oldest` turns the order round.
    Letters come by the age of their case.
    """
    query = newest_first(
        person, model, limit, before_id=before_id, where=where, shape=shape, oldest=oldest
    )
    return list(db.session.execute(query).scalars("id"))


def case_list(
    person: Person,
    model: Any,
    limit: int,
    *,
    before_id: int | None = None,
    where: Sequence[Clause] = (),
) -> Query:
    """The same as rows: a select of `model` in that order."""
    found = newest_first(person, model, limit, before_id=before_id, where=where).subquery()
    order = [found.c[name].desc() for name in found.c.keys()]  # noqa: SIM118 - not a mapping
    return sa.select(model).join(found, model.id == found.c.id).order_by(*order)


def capped_count(person: Person, model: Any, *, where: Sequence[Clause] = ()) -> int:
    """How many rows are in sight, counted no further than one past the cap."""
    found = newest_first(person, model, MOST_COUNTED + 1, where=where).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def newest_first(
    person: Person,
    model: Any,
    limit: int,
    *,
    before_id: int | None = None,
    where: Sequence[Clause] = (),
    shape: Shape | None = None,
    oldest: bool = False,
) -> Query:
    """The select behind these: the key columns of the newest rows in sight, in order."""
    ask = Ask(
        person,
        model,
        rules=(in_office(person, Case), not_reported(person)),
        where=(*where, *_before(model, before_id)),
        limit=limit,
        oldest=oldest,
        before_id=before_id,
        newest=_newest(model, before_id),
    )
    return _merged(ask, shape or _SHAPES.get(model, _cases))


def _merged(ask: Ask, shape: Shape) -> Query:
    """The first rows of each select of a shape, and of these the first of all."""
    branches = [
        branch.order_by(*_order(branch, ask.oldest)).limit(ask.limit).subquery()
        for branch in shape(ask)
    ]
    if not branches:
        return sa.select(sa.literal(0).label("id")).where(sa.false())
    if len(branches) == 1:
        merged = branches[0]
    else:
        merged = sa.union_all(*(sa.select(branch) for branch in branches)).subquery()
    found = sa.select(merged)
    return found.distinct().order_by(*_order(found, ask.oldest)).limit(ask.limit)


def _order(branch: Query, oldest: bool) -> list[Any]:
    return [column.asc() if oldest else column.desc() for column in branch.selected_columns]


def _before(model: Any, before_id: int | None) -> list[Clause]:
    """Older than the last row of the page before."""
    if before_id is None:
        return []
    if model is not Letter:
        return [(Case if issubclass(model, Case) else model).id < before_id]
    last = sa.tuple_(_newest(Letter, before_id), sa.literal(before_id))
    return [sa.tuple_(Letter.case_id, Letter.id) < last]


def _newest(model: Any, before_id: int | None) -> Any:
    """The newest case that can still come, for shapes that go by the case."""
    if before_id is not None and model is Letter:
        return sa.select(Letter.case_id).where(Letter.id == before_id).scalar_subquery()
    return before_id if issubclass(model, Case) else None


# -- shapes: each yields selects that an index answers in order --------------------------------


def _cases(ask: Ask) -> Iterator[Query]:
    """Cases of all kinds, or of the kind of the model."""
    kind = ask.model.__mapper__.polymorphic_identity
    yield from _by_posts(ask, (Assignment.case_id.label("id"),))
    for one in Kind if kind is None else (kind,):
        if ask.person.capabilities & SEES_ALL:
            whole = (Case.kind == one, ~is_confidential())
            yield sa.select(Case.id).where(*whole, *ask.rules, *ask.where)
        else:
            for query in _by_units(ask, (Case.id,), one):
                yield query.where(*ask.where)


def _letters(ask: Ask) -> Iterator[Query]:
    """Letters by the age of their case: of the newest cases that have one, those letters.

    Two steps, since PostgreSQL would rather join all letters of the archive to a few desks. One
    case more than there are rows: the letters of the first may all stand on the page before.
    """
    cases = _merged(replace(ask, limit=ask.limit + 1), _cases_with_letters).subquery()
    found = sa.select(Letter.case_id, Letter.id).join(cases, cases.c.id == Letter.case_id)
    yield found.where(*ask.where)
    if ask.person.capabilities & SEES_ALL:
        yield _letters_of(ask, ~is_confidential())


def _cases_with_letters(ask: Ask) -> Iterator[Query]:
    """Cases in sight by desk or unit that have a letter of which the conditions hold."""
    for query in _by_posts(ask, (Assignment.case_id.label("id"),)):
        yield query.where(_has_letter(Assignment.case_id, ask.where))
    for kind in () if ask.person.capabilities & SEES_ALL else Kind:
        for query in _by_units(ask, (Case.id,), kind):
            yield query.where(_has_letter(Case.id, ask.where))


def _has_letter(case_id: Any, where: Sequence[Clause]) -> Clause:
    """The case has such a letter; looked up row by row, as in `_case`."""
    found = sa.select(sa.literal(1)).where(Letter.case_id == case_id, *where)
    return found.select_from(Letter).offset(0).correlate_except(Letter).exists()


def _letters_of(ask: Ask, sight: Clause) -> Query:
    """Letters of the office, of cases in sight."""
    case = _case(Letter.case_id, sight, *ask.rules)
    return sa.select(Letter.case_id, Letter.id).where(
        in_office(ask.person, Letter), *ask.where, case
    )


def _case(key: Any, *rules: Clause) -> Clause:
    """There is a case with this key of which the rules hold; looked up row by row.

    A join might begin with the cases and have to sort what another index gives in order. The
    offset of nothing keeps PostgreSQL from turning this into one.
    """
    found = sa.select(sa.literal(1)).where(Case.id == key, *rules)
    return found.select_from(Case).offset(0).correlate_except(Case).exists()


def _by_posts(ask: Ask, columns: Sequence[Any]) -> Iterator[Query]:
    """One select for each desk: mine, and those beneath me where I do not see all anyway."""
    mine = ask.person.desk_post_ids
    whole = ask.person.capabilities & SEES_ALL
    others = frozenset() if whole else ask.person.beneath_post_ids - mine
    bound = [] if ask.newest is None else [Assignment.case_id <= ask.newest]
    for post_id in sorted(mine | others):
        sight = [] if post_id in mine else [~is_confidential()]
        case = _case(Assignment.case_id, *sight, *ask.of_case)
        yield (
            sa.select(*columns)
            .select_from(Assignment)
            .where(Assignment.post_id == post_id, keeps_sight(), *bound, case)
            .distinct()
        )


def _by_units(ask: Ask, columns: Sequence[Any], kind: Kind) -> Iterator[Query]:
    """One select for each unit beneath me, of one kind, so that an index gives it in order."""
    bound = [] if ask.newest is None else [Case.id <= ask.newest]
    for unit_id in sorted(ask.person.beneath_unit_ids):
        unit = (Case.unit_id == unit_id, Case.kind == kind, ~is_confidential())
        yield sa.select(*columns).select_from(Case).where(*unit, *bound, *ask.rules)


def _dispositions(ask: Ask) -> Iterator[Query]:
    """Dispositions to and from my posts and those beneath; who sees all has those to any post."""
    person = ask.person
    if person.capabilities & SEES_ALL:
        yield from _by_column(ask, Disposition.to_post_id, person.staffing.posts)
        return
    for column in (Disposition.to_post_id, Disposition.from_post_id):
        yield from _by_column(ask, column, person.desk_post_ids | person.beneath_post_ids)


def _by_column(ask: Ask, column: Any, posts: Iterable[int]) -> Iterator[Query]:
    """One select for each post in a column of dispositions, of cases and of incoming letters."""
    case = _case(Disposition.case_id, sees_case(ask.person), *ask.of_case)
    letter = sa.select(sa.literal(1)).select_from(IncomingLetter)
    letter = letter.where(
        IncomingLetter.id == Disposition.incoming_letter_id, sees_letter(ask.person)
    )
    seen = sa.or_(case, letter.offset(0).correlate_except(IncomingLetter).exists())
    bound = [] if ask.before_id is None else [Disposition.id < ask.before_id]
    for post_id in sorted(posts):
        yield sa.select(Disposition.id).where(column == post_id, *bound, seen, *ask.where)


def laid_on_me(ask: Ask) -> Iterator[Query]:
    """Dispositions to my posts."""
    return _by_column(ask, Disposition.to_post_id, ask.person.desk_post_ids)


def laid_by_me(ask: Ask) -> Iterator[Query]:
    """Dispositions from my posts."""
    return _by_column(ask, Disposition.from_post_id, ask.person.desk_post_ids)


def narrow(ask: Ask) -> Iterator[Query]:
    """Where the conditions leave few rows and have an index of their own: the scope of each.

    An archive has many closed cases and few open ones; a word finds a capped number.
    """
    if ask.model is Letter:
        yield _letters_of(ask, sees_case(ask.person))
    elif ask.model is Disposition:
        query: Query = sa.select(Disposition.id).join(Case, Case.id == Disposition.case_id)
        yield query.where(*ask.rules, *ask.where, sees_case(ask.person))
    else:
        yield sa.select(Case.id).where(*ask.of_case, sees_case(ask.person))


_SHAPES: dict[Any, Shape] = {Letter: _letters, Disposition: _dispositions}
