"""Who may act as which post: holdings, vacant posts, heads who decide on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backoffice.actor import Person, holders, person_of
from models import HoldingKind, Office, Post, User, db
from tests.town import NOW, Town


@pytest.fixture
def town(session: Any) -> Town:
    """A small office on the database of this test."""
    return Town()


def keys(person: Person) -> list[tuple[str, str, bool]]:
    """As which post, for which post, on behalf."""
    return [(one.post.key, one.duty_post.key, one.on_behalf) for one in person.actors]


def test_a_person_who_holds_two_posts_may_act_as_either(town: Town) -> None:
    budi = town.user("budi")
    town.hold(budi, town.head)
    town.hold(budi, town.desk)
    town.hold(town.user("citra"), town.director)
    assert keys(person_of(budi, NOW)) == [("head", "head", False), ("desk", "desk", False)]


def test_a_holding_counts_from_its_first_minute_and_not_in_the_minute_it_ends(town: Town) -> None:
    budi, minute = town.user("budi"), timedelta(minutes=1)
    town.hold(budi, town.head, from_at=NOW, until_at=NOW + timedelta(hours=2))
    moments = (NOW - minute, NOW, NOW + timedelta(hours=2) - minute, NOW + timedelta(hours=2))
    held = [bool(person_of(budi, moment).actors) for moment in moments]
    assert held == [False, True, True, False]


def test_the_work_of_a_vacant_post_lies_with_the_nearest_superior_who_is_there(
    town: Town,
) -> None:
    citra = town.user("citra")
    town.hold(citra, town.director)
    person = person_of(citra, NOW)
    assert keys(person) == [
        ("director", "director", False),
        ("director", "head", False),
        ("director", "desk", False),
    ]
    assert person.own_post_ids == {town.director.id}
    assert person.post_ids == {town.director.id, town.head.id, town.desk.id}


def test_a_held_section_head_keeps_the_vacant_desk_away_from_the_director(town: Town) -> None:
    budi, citra = town.user("budi"), town.user("citra")
    town.hold(budi, town.head)
    town.hold(citra, town.director)
    assert keys(person_of(citra, NOW)) == [("director", "director", False)]
    assert keys(person_of(budi, NOW)) == [("head", "head", False), ("head", "desk", False)]


def test_a_post_whose_only_holder_is_deactivated_is_vacant(town: Town) -> None:
    budi, citra = town.user("budi"), town.user("citra")
    town.hold(budi, town.head)
    town.hold(citra, town.director)
    budi.active = False
    db.session.flush()
    assert ("director", "head", False) in keys(person_of(citra, NOW))
    assert person_of(budi, NOW).actors == ()


def test_a_head_who_decides_on_paper_is_recorded_by_the_named_post_even_without_an_account(
    town: Town,
) -> None:
    ani = town.user("ani")
    town.hold(ani, town.desk)
    town.director.recorded_by = town.desk
    db.session.flush()
    person = person_of(ani, NOW)
    assert ("desk", "director", True) in keys(person)
    assert town.director.id in person.recorded_post_ids
    assert town.director.id not in person.post_ids


def test_the_recorder_also_records_for_the_vacant_post_whose_work_lies_with_that_head(
    town: Town,
) -> None:
    ani = town.user("ani")
    town.hold(ani, town.desk)
    town.director.recorded_by = town.desk
    db.session.flush()
    assert ("desk", "head", True) in keys(person_of(ani, NOW))


def test_nobody_records_for_himself(town: Town) -> None:
    citra = town.user("citra")
    town.hold(citra, town.director)
    town.hold(citra, town.desk)
    town.director.recorded_by = town.desk
    db.session.flush()
    assert [one for one in person_of(citra, NOW).actors if one.on_behalf] == []


def test_posts_beneath_are_found_through_every_level_and_never_above(town: Town) -> None:
    budi = town.user("budi")
    town.hold(budi, town.head)
    assert person_of(budi, NOW).beneath_post_ids == {town.desk.id}


def test_a_circle_of_superiors_ends_the_walk(town: Town) -> None:
    budi = town.user("budi")
    town.hold(budi, town.head)
    town.director.superior_id = town.desk.id
    db.session.flush()
    assert person_of(budi, NOW).beneath_post_ids == {town.desk.id, town.director.id}


def test_a_holding_in_another_office_gives_nothing(town: Town) -> None:
    other = Office(key="lain", name=["Lain"], government="Kota Lain", timezone="Asia/Jakarta")
    post = Post(office=other, key="kepala", title="Kepala", capabilities=["manage_office"])
    budi = town.user("budi")
    db.session.add_all([other, post])
    town.hold(budi, post)
    person = person_of(budi, NOW)
    assert person.actors == ()
    assert person.capabilities == frozenset()


def test_the_definitive_holder_is_named_before_the_acting_one(town: Town) -> None:
    budi, citra = town.user("budi"), town.user("citra")
    town.hold(citra, town.head, kind=HoldingKind.PLH)
    town.hold(budi, town.head)
    assert holders([town.head.id, town.desk.id], NOW) == {
        town.head.id: [budi, citra],
        town.desk.id: [],
    }


def test_a_person_costs_three_statements_and_can_be_read_after_a_commit(town: Town) -> None:
    budi = town.user("budi")
    town.hold(budi, town.head)
    db.session.commit()
    budi = db.session.get_one(User, budi.id)
    statements: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    person = person_of(budi, NOW)
    assert len(statements) <= 3
    db.session.commit()
    statements.clear()
    assert len(person.own_post_ids) == 1
    assert statements == []
