"""Somebody comes with what is already there: the same telephone, name or number from outside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from backoffice import doubles
from backoffice.actor import Person, person_of
from backoffice.doubles import keys_of, keys_of_case, keys_of_typed
from backoffice.search import search_text_of
from models import Case, OutsideReference, Party, PartyRole, ReferenceKind, Status, db
from tests.statements import counted
from tests.town import NOW, TODAY, Town

FITRI = {"name": "Fitri Teladani", "telephone": "0812-3456-789"}


@pytest.fixture
def town(session: Any) -> Town:
    """A small office on the database of this test."""
    return Town()


def told(town: Town, *references: str, role: str = "reporter", **more: Any) -> Case:
    """A case that the front desk took in from somebody, today unless it is said otherwise."""
    person = {"name": "Fitri Teladani", "telephone": "+62 812 3456 789"}
    person |= {key: more.pop(key) for key in ("name", "telephone") if key in more}
    posts = more.pop("posts", (town.desk,))
    case = town.case(*posts, **{"received_on": TODAY, **more})
    case.parties = [Party(role=PartyRole(role), **person)]
    case.references = [OutsideReference(kind=ReferenceKind.LAPOR, number=one) for one in references]
    case.search_text = search_text_of(case)
    db.session.flush()
    return case


def found(
    person: Person, *references: str, on: date = TODAY, looks_up: bool = False, **parts: str
) -> dict[int, tuple[str, ...]]:
    """The cases that are shown when this is typed, each with what is alike."""
    keys = keys_of([parts], references)
    return {one.case.id: one.alike for one in doubles.find(keys, person, on, looks_up=looks_up)}


@pytest.mark.parametrize("telephone", ["08123456789", "62 812-3456-789", "0812.3456.789 (rumah)"])
def test_the_same_telephone_is_alike_however_it_is_written(town: Town, telephone: str) -> None:
    case = told(town, name="Orang Lain")
    ani = town.person("ani", town.desk)
    assert found(ani, telephone=telephone) == {case.id: ("telephone",)}
    assert found(ani, telephone="0812345678") == {}  # a digit less is another number


def test_the_same_name_is_alike_whatever_its_case_and_spaces(town: Town) -> None:
    case = told(town)
    told(town, name="Fitri Teladaniwati", telephone="")
    told(town, name="Fitri", telephone="")
    ani = town.person("ani", town.desk)
    assert found(ani, name="  FITRI   teladani ") == {case.id: ("name",)}


def test_what_is_alike_is_told_once_for_each_case_the_most_alike_first(town: Town) -> None:
    first, second, third = told(town, "1234567"), told(town, telephone=""), told(town)
    ani = town.person("ani", town.desk)
    shown = found(ani, "1234567", **FITRI)
    assert list(shown.items()) == [
        (first.id, ("telephone", "name", "reference")),
        (third.id, ("telephone", "name")),
        (second.id, ("name",)),
    ]


@pytest.mark.parametrize(("days", "shown"), [(30, True), (31, False), (-30, True), (-31, False)])
def test_people_are_compared_within_thirty_days(town: Town, days: int, shown: bool) -> None:
    case = told(town, received_on=TODAY - timedelta(days=days))
    ani = town.person("ani", town.desk)
    assert (case.id in found(ani, **FITRI)) is shown


def test_a_number_from_outside_is_alike_as_long_as_its_case_lives(town: Town) -> None:
    long_ago = TODAY - timedelta(days=300)
    case = told(town, "LAPOR/1234567", received_on=long_ago)
    ani = town.person("ani", town.desk)
    assert found(ani, "lapor 1234567") == {case.id: ("reference",)}
    assert found(ani, "1234567") == {}
    case.status, case.closed_at = Status.CLOSED, town.moment(1)
    db.session.flush()
    assert found(ani, "lapor 1234567") == {}


def test_a_closed_case_of_these_days_is_still_shown_and_a_void_one_is_not(town: Town) -> None:
    closed = told(town, status=Status.CLOSED, closed_at=town.moment(1))
    told(town, status=Status.VOID, closed_at=town.moment(1))
    assert list(found(town.person("ani", town.desk), **FITRI)) == [closed.id]


def test_many_may_complain_about_one_official(town: Town) -> None:
    case = told(town, role="reported")
    assert found(town.person("ani", town.desk), **FITRI) == {}
    assert keys_of_case(case).names == frozenset()
    assert not any(keys_of_typed({"reported": FITRI}, {}).groups())


@pytest.mark.parametrize("name", ["", "-", "NN", "Anonim", "Hamba  Allah"])
def test_who_gives_no_name_is_like_nobody(town: Town, name: str) -> None:
    told(town, name=name or "-", telephone="000000")
    assert found(town.person("ani", town.desk), name=name, telephone="000000") == {}


def test_only_cases_that_one_may_know_of_are_shown(town: Town) -> None:
    far, other = Town("jauh"), town.post("other")
    budi = town.user("budi", town.desk)
    told(far, posts=(far.desk,))
    told(town, posts=(other,), sop=town.procedure("anak", confidential=True))
    told(town, posts=(other,), reported_user_id=budi.id)
    elsewhere = told(town, posts=(other,))
    person = person_of(budi, NOW)
    assert found(person, **FITRI) == {}
    (shown,) = doubles.find(keys_of([FITRI], ()), person, TODAY, looks_up=True)
    assert (shown.case.id, shown.opens, bool(shown.case.mine)) == (elsewhere.id, False, False)


def test_the_case_itself_and_those_that_follow_it_are_not_its_doubles(town: Town) -> None:
    case = told(town)
    told(town, follows_id=case.id)
    twin = told(town)
    ani = town.person("ani", town.desk)
    shown = doubles.find(keys_of_case(case), ani, TODAY, looks_up=False, of=case)
    assert [one.case.id for one in shown] == [twin.id]
    shown = doubles.find(keys_of_case(case), ani, TODAY, looks_up=False, but=twin.id)
    assert twin.id not in [one.case.id for one in shown]


def test_a_case_that_was_joined_stands_for_the_one_it_was_joined_to(town: Town) -> None:
    kept = told(town, name="Orang Lain", telephone="")
    told(
        town, joined_to_id=kept.id, status=Status.CLOSED, closed_at=town.moment(1),
    )  # fmt: skip
    ani = town.person("ani", town.desk)
    assert found(ani, **FITRI) == {kept.id: ("telephone", "name")}


def test_of_a_common_name_only_the_newest_are_looked_at_in_two_statements(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [told(town).id for _ in range(4)]
    ani = town.person("ani", town.desk)
    monkeypatch.setattr(doubles, "CAP", 3)
    with counted() as statements:
        shown = found(ani, **FITRI)
    assert list(shown) == cases[:0:-1]
    assert len(statements) == 2
