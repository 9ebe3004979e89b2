"""Lists show what lies in the scope, newest first, page by page, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backoffice import lists
from backoffice.access import scope
from backoffice.actor import Person
from models import (
    Case,
    Complaint,
    DataRequest,
    Disposition,
    GeneralCase,
    Letter,
    LetterState,
    Status,
    db,
)
from tests.archive import READERS, Archive
from tests.town import Town

PAGE = 50
OPEN = Case.status == Status.OPEN
SHAPES: dict[str, tuple[Any, Any, lists.Shape | None]] = {
    "cases": (Case, (), None),
    "complaints": (Complaint, (), None),
    "data requests": (DataRequest, (), None),
    "general cases by letter": (GeneralCase, (Case.channel == "surat",), None),
    "open complaints": (Complaint, (OPEN,), lists.narrow),
    "letters": (Letter, (), None),
    "drafts": (Letter, (Letter.state == LetterState.DRAFT,), lists.narrow),
    "dispositions": (Disposition, (), None),
    "dispositions of open cases": (Disposition, (OPEN,), lists.narrow),
}


@pytest.fixture
def archive(session: Session) -> Archive:
    """Two offices with three hundred cases each."""
    return Archive(600)


def in_scope(person: Person, model: Any, where: Any, shape: Any) -> list[int]:
    """The ids of everything in sight, in the order of the lists, by the plain scope."""
    query = sa.select(model.id).where(scope(person, model), *where)
    if model is Letter:
        query = query.join(Case, Case.id == Letter.case_id).order_by(Letter.case_id.desc())
    elif model is Disposition:
        query = query.join(Case, Case.id == Disposition.case_id)
        query = query if shape is lists.narrow else query.where(touches(person))
    return list(db.session.scalars(query.order_by(model.id.desc())))


def touches(person: Person) -> sa.ColumnElement[bool]:
    """Dispositions to or from the posts of a person and those beneath; a leader meets all."""
    posts = person.desk_post_ids | person.beneath_post_ids
    if person.can("see_office"):
        return sa.true()
    return Disposition.to_post_id.in_(posts) | Disposition.from_post_id.in_(posts)


@pytest.mark.parametrize("reader", READERS)
def test_a_list_shows_the_scope_newest_first_and_goes_on_page_by_page(
    archive: Archive, reader: str
) -> None:
    person = archive.person(reader)
    for name, (model, where, shape) in SHAPES.items():
        expected = in_scope(person, model, where, shape)
        assert expected, name
        first = lists.ids_newest_first(person, model, PAGE, where=where, shape=shape)
        assert first == expected[:PAGE], name
        after = lists.ids_newest_first(
            person, model, PAGE, where=where, shape=shape, before_id=first[-1]
        )
        assert after == expected[len(first) : len(first) + PAGE], name
        oldest = lists.ids_newest_first(person, model, PAGE, where=where, shape=shape, oldest=True)
        assert oldest == expected[::-1][:PAGE], name


def test_a_list_gives_whole_rows_in_order(archive: Archive) -> None:
    rows = db.session.scalars(lists.case_list(archive.person("head"), Complaint, 5)).all()
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)
    assert all(isinstance(row, Complaint) for row in rows)


def test_a_count_stops_one_past_the_cap(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = archive.person("auditor")
    assert lists.capped_count(auditor, Case) == 300
    monkeypatch.setattr(lists, "MOST_COUNTED", 99)
    assert lists.capped_count(auditor, Case) == 100


def test_somebody_without_a_post_has_empty_lists(session: Session) -> None:
    town = Town()
    town.case(town.desk)
    nobody = town.person("nobody")
    for model, where, shape in SHAPES.values():
        assert lists.ids_newest_first(nobody, model, PAGE, where=where, shape=shape) == []
