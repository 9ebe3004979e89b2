"""What lists show, newest first, at a price that does not grow with the archive.

`access.scope` says of one row whether it is in sight; asked of a whole archive it would read it
all. Here the same rights become few questions that an index answers in order, each limited, and
merged: one post (`assignments(post_id, case_id)`), one unit (`cases(unit_id, id)`), one office
and kind (`cases(office_id, kind, id)`). Whatever comes out lies within the scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias, Unpack

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
from models import Assignment, Case, Disposition, Kind, Letter, db

Query: TypeAlias = "sa.Select[Unpack[tuple[Any, ...]]]"
Shape: TypeAlias = Callable[[Person, Any, Sequence[Clause]], Iterator[Query]]
MOST_COUNTED = 1000


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
    return [row.id for row in db.session.execute(query)]


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
    shape = shape or _SHAPES.get(model, _cases)
    rules = [in_office(person, Case), not_reported(person), *where]
    if before_id is not None:
        rules += _before(model, before_id)
    branches = [
        branch.order_by(*_order(branch, oldest)).limit(limit).subquery()
        for branch in shape(person, model, rules)
    ]
    if not branches:
        return sa.select(sa.literal(0).label("id")).where(sa.false())
    if len(branches) == 1:
        merged = branches[0]
    else:
        merged = sa.union_all(*(sa.select(branch) for branch in branches)).subquery()
    found = sa.select(merged)
    return found.distinct().order_by(*_order(found, oldest)).limit(limit)


def _order(branch: Query, oldest: bool) -> list[Any]:
    return [column.asc() if oldest else column.desc() for column in branch.selected_columns]


def _before(model: Any, before_id: int) -> list[Clause]:
    """Older than the last row of the page before."""
    if model is Disposition:
        return [Disposition.id < before_id]
    if model is not Letter:
        return [Case.id < before_id]
    case_id = sa.select(Letter.case_id).where(Letter.id == before_id).scalar_subquery()
    return [
        Case.id <= case_id,
        sa.tuple_(Letter.case_id, Letter.id) < sa.tuple_(case_id, sa.literal(before_id)),
    ]


# -- shapes: each yields selects that an index answers in order --------------------------------


def _cases(person: Person, model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Cases of all kinds, or of the kind of `model`."""
    kind = model.__mapper__.polymorphic_identity
    own = rules if kind is None else (*rules, Case.kind == kind)
    yield from _by_posts(person, (Assignment.case_id.label("id"),), own)
    if person.capabilities & SEES_ALL:
        for one in Kind if kind is None else (kind,):
            yield sa.select(Case.id).where(Case.kind == one, ~is_confidential(), *rules)
    else:
        for unit_id in sorted(person.beneath_unit_ids):
            yield sa.select(Case.id).where(Case.unit_id == unit_id, ~is_confidential(), *own)


def _letters(person: Person, _model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Letters by the age of their case, so that the index of the desks gives them in order."""
    for query in _by_posts(person, (Assignment.case_id, Letter.id), rules):
        yield query.join(Letter, Letter.case_id == Assignment.case_id)
    if person.capabilities & SEES_ALL:
        yield (
            sa.select(Letter.case_id, Letter.id)
            .join(Case, Case.id == Letter.case_id)
            .where(in_office(person, Letter), ~is_confidential(), *rules)
        )
    else:
        for unit_id in sorted(person.beneath_unit_ids):
            yield (
                sa.select(Case.id.label("case_id"), Letter.id)
                .join(Letter, Letter.case_id == Case.id)
                .where(Case.unit_id == unit_id, ~is_confidential(), *rules)
            )


def _by_posts(person: Person, columns: Sequence[Any], rules: Sequence[Clause]) -> Iterator[Query]:
    """One select for each desk: mine, and those beneath me where I do not see all anyway."""
    mine = person.desk_post_ids
    others = frozenset() if person.capabilities & SEES_ALL else person.beneath_post_ids - mine
    for post_id in sorted(mine | others):
        sight = keeps_sight() if post_id in mine else ~is_confidential()
        yield (
            sa.select(*columns)
            .select_from(Assignment)
            .join(Case, Case.id == Assignment.case_id)
            .where(Assignment.post_id == post_id, Assignment.lost.is_(False), sight, *rules)
            .distinct()
        )


def _dispositions(person: Person, _model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Dispositions to and from my posts and those beneath; for who sees all, of every post."""
    whole = person.capabilities & SEES_ALL
    posts = person.staffing.posts if whole else person.desk_post_ids | person.beneath_post_ids
    for column in (Disposition.to_post_id, Disposition.from_post_id):
        yield from _by_column(person, column, posts, rules)


def _by_column(
    person: Person, column: Any, posts: Iterable[int], rules: Sequence[Clause]
) -> Iterator[Query]:
    """One select for each post in a column of dispositions."""
    for post_id in sorted(posts):
        yield (
            sa.select(Disposition.id)
            .join(Case, Case.id == Disposition.case_id)
            .where(column == post_id, sees_case(person), *rules)
        )


def narrow(person: Person, model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Where the conditions leave few rows and have an index of their own: the scope of each.

    An archive has many closed cases and few open ones; a word finds a capped number.
    """
    query: Query
    if model is Letter:
        query = sa.select(Letter.case_id, Letter.id).join(Case, Case.id == Letter.case_id)
        rules = (*rules, in_office(person, Letter))
    elif model is Disposition:
        query = sa.select(Disposition.id).join(Case, Case.id == Disposition.case_id)
    else:
        query = sa.select(Case.id)
        kind = model.__mapper__.polymorphic_identity
        rules = rules if kind is None else (*rules, Case.kind == kind)
    yield query.where(*rules, sees_case(person))


def laid_on_me(person: Person, _model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Dispositions to my posts."""
    return _by_column(person, Disposition.to_post_id, person.desk_post_ids, rules)


def laid_by_me(person: Person, _model: Any, rules: Sequence[Clause]) -> Iterator[Query]:
    """Dispositions from my posts."""
    return _by_column(person, Disposition.from_post_id, person.desk_post_ids, rules)


_SHAPES: dict[Any, Shape] = {Letter: _letters, Disposition: _dispositions}
