"""Who sees which row: closed until a post, a capability or the chain above opens it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from backoffice import access
from backoffice.access import glimpses_case, limited, may_open, scope, writable_fields
from backoffice.actor import Person, person_of
from backoffice.workflow.sight import lose_sight
from models import (
    AidProposal,
    Assignment,
    Attachment,
    Base,
    Case,
    CaseEvent,
    Complaint,
    Counter,
    Disposition,
    Holding,
    Holiday,
    Letter,
    Office,
    Party,
    Post,
    ProcedureVersion,
    Role,
    Throttle,
    Unit,
    User,
    VersionState,
    db,
)
from tests.town import NOW, Town


@pytest.fixture
def town(session: Any) -> Town:
    """A small office on the database of this test."""
    return Town()


def seen(person: Person, model: Any = Case) -> set[Any]:
    """The rows of `model` in sight."""
    return set(db.session.scalars(sa.select(model).where(scope(person, model))))


# -- cases -----------------------------------------------------------------------------------


def test_a_post_sees_the_cases_it_has_and_had_and_no_other(town: Town) -> None:
    ani = town.person("ani", town.desk)
    other = town.post("other")
    has = town.case(town.desk)
    had = town.case(town.desk, other)
    town.case(other)
    assert seen(ani) == {has, had}


def test_somebody_who_holds_no_post_any_more_sees_nothing(town: Town) -> None:
    ani = town.user("ani")
    town.hold(ani, town.desk, until_at=NOW)
    town.case(town.desk)
    assert seen(person_of(ani, NOW)) == set()


def test_a_head_sees_what_lies_with_the_posts_beneath_and_in_their_units(town: Town) -> None:
    unit = town.unit("seksi")
    town.desk.unit = unit
    other = town.post("other")
    budi = town.person("budi", town.head)
    town.user("ani", town.desk)
    beneath, in_unit = town.case(town.desk), town.case(other, unit=unit)
    town.case(other)
    assert seen(budi) == {beneath, in_unit}


def test_a_desk_does_not_see_what_lies_with_its_head(town: Town) -> None:
    town.case(town.head)
    assert seen(town.person("ani", town.desk)) == set()


@pytest.mark.parametrize("capability", ["see_office", "audit"])
def test_who_may_see_the_office_sees_every_case_but_the_confidential_ones(
    town: Town, capability: str
) -> None:
    auditor = town.post("auditor", capabilities=[capability])
    case = town.case(town.desk)
    town.case(town.desk, sop=town.procedure("anak", confidential=True))
    assert seen(town.person("eka", auditor)) == {case}


@pytest.mark.parametrize("capability", sorted(set(access.CAPABILITIES) - {"see_office", "audit"}))
def test_no_other_capability_shows_a_case(town: Town, capability: str) -> None:
    admin = town.post("admin", capabilities=[capability])
    town.case(town.desk)
    assert seen(town.person("eka", admin)) == set()


def test_a_confidential_case_is_seen_by_its_posts_and_not_by_their_superiors(town: Town) -> None:
    hidden = town.procedure("anak", confidential=True)
    case = town.case(town.desk, sop=hidden)
    assert seen(town.person("ani", town.desk)) == {case}
    assert seen(town.person("budi", town.head)) == set()
    assert seen(town.person("citra", town.director)) == set()


def test_whoever_is_named_as_terlapor_never_sees_the_case(town: Town) -> None:
    budi = town.user("budi", town.head)
    seeing = town.post("auditor", capabilities=["see_office"])
    town.hold(budi, seeing)
    case = town.case(town.head, reported_user_id=budi.id)
    assert seen(person_of(budi, NOW)) == set()
    assert seen(town.person("citra", town.director)) == {case}


def test_another_office_sees_nothing_even_with_every_capability(town: Town) -> None:
    far = Town("jauh")
    boss = far.post("boss", capabilities=list(access.CAPABILITIES))
    town.case(town.desk)
    assert seen(far.person("dewi", boss)) == set()


def test_whose_work_lies_with_me_and_for_whom_i_record_i_see(town: Town) -> None:
    paper = town.post("walikota", recorded_by=town.desk)
    vacant = town.post("vacant", town.desk)
    recorded, covered = town.case(paper), town.case(vacant)
    assert seen(town.person("ani", town.desk)) == {recorded, covered}


def test_the_system_administrator_sees_no_case(town: Town) -> None:
    town.case(town.desk)
    admin = User(username="root", name="Root", password_hash="!", system_admin=True)
    db.session.add(admin)
    db.session.flush()
    assert seen(person_of(admin, NOW)) == set()


def test_a_list_of_one_kind_has_no_case_of_another(town: Town) -> None:
    ani = town.person("ani", town.desk)
    complaint = town.case(town.desk)
    proposal = town.case(town.desk, kind=AidProposal)
    assert seen(ani, Complaint) == {complaint}
    assert seen(ani, AidProposal) == {proposal}


# -- number and step alone -------------------------------------------------------------------


def two_units(town: Town) -> tuple[Unit, Unit, Post, Post]:
    """Two sections with a head each, next to the front desk's unit."""
    town.desk.unit = town.unit("umum")
    first, second = town.unit("satu"), town.unit("dua")
    one = town.post("kabid-satu", town.director, unit=first)
    two = town.post("kabid-dua", town.director, unit=second)
    return first, second, one, two


def moved(town: Town, case: Case, unit: Unit) -> None:
    """Choose another unit for a case, as the engine does."""
    posts = {post.id: post for post in db.session.scalars(sa.select(Post))}
    lose_sight(case, unit.id, posts)
    case.unit = unit
    db.session.flush()


def test_a_post_that_lost_a_case_to_another_unit_keeps_number_step_and_its_own_events(
    town: Town,
) -> None:
    first, second, one, two = two_units(town)
    budi = town.user("budi", one)
    case = town.case(town.desk, town.director, one, unit=town.desk.unit)
    moved(town, case, first)
    mine = town.event(case, budi, one)
    moved(town, case, second)
    theirs = town.event(case, town.user("eka", two), two)
    person = person_of(budi, NOW)
    assert seen(person) == set()
    assert limited(person, case)
    assert db.session.scalars(sa.select(Case).where(glimpses_case(person))).all() == [case]
    assert seen(person, CaseEvent) == {mine}
    assert theirs not in seen(person, CaseEvent)


def test_choosing_a_unit_for_the_first_time_takes_the_case_from_nobody(town: Town) -> None:
    first, _second, one, _two = two_units(town)
    case = town.case(town.desk, town.director, one, unit=town.desk.unit)
    moved(town, case, first)
    assert seen(town.person("ani", town.desk)) == {case}
    assert seen(town.person("citra", town.director)) == {case}


def test_passing_down_within_a_unit_takes_the_case_from_nobody_above(town: Town) -> None:
    first, _second, one, _two = two_units(town)
    section = town.unit("seksi", first)
    below = town.post("kasi", one, unit=section)
    case = town.case(town.desk, one, below, unit=first)
    moved(town, case, section)
    assert seen(town.person("budi", one)) == {case}


def test_the_front_desk_and_the_director_keep_a_case_that_changes_its_unit(town: Town) -> None:
    first, second, one, two = two_units(town)
    case = town.case(town.desk, town.director, one, two, unit=town.desk.unit)
    moved(town, case, first)
    moved(town, case, second)
    assert seen(town.person("ani", town.desk)) == {case}
    assert seen(town.person("citra", town.director)) == {case}
    assert seen(town.person("eka", two)) == {case}


def test_a_limited_case_shows_none_of_its_rows_but_my_events(town: Town) -> None:
    case = town.case(town.desk, town.head, sop=town.procedure("anak", confidential=True))
    case.assignments[0].lost = True
    ani = town.user("ani", town.desk)
    attachment = Attachment(
        case=case,
        name="ktp.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=NOW,
        user_id=ani.id,
    )
    letter = Letter(office=town.office, case=case, kind="surat-balasan", drafted_at=NOW)
    db.session.add_all([attachment, letter])
    db.session.flush()
    person = person_of(ani, NOW)
    for model in (Attachment, Letter, Assignment, Disposition):
        assert seen(person, model) == set()
    assert seen(town.person("budi", town.head), Attachment) == {attachment}


def test_the_rows_of_a_case_are_seen_with_the_case(town: Town) -> None:
    ani = town.user("ani", town.desk)
    case, foreign = town.case(town.desk), town.case(town.head)
    event = town.event(case, ani, town.desk)
    town.event(foreign, town.user("budi", town.head), town.head)
    letter = Letter(office=town.office, case=case, kind="surat-balasan", drafted_at=NOW)
    db.session.add(letter)
    db.session.flush()
    person = person_of(ani, NOW)
    assert seen(person, CaseEvent) == {event}
    assert seen(person, Letter) == {letter}
    assert {desk.case for desk in seen(person, Assignment)} == {case}


# -- the office ------------------------------------------------------------------------------

STRUCTURE = (Office, Unit, Role, Post, Holiday)


def test_the_structure_of_the_own_office_is_no_secret_and_that_of_another_is(town: Town) -> None:
    Town("jauh").unit("bidang")
    unit, role = town.unit("umum"), town.role("petugas")
    ani = town.person("ani", town.desk)
    assert seen(ani, Office) == {town.office}
    assert seen(ani, Unit) == {unit}
    assert seen(ani, Role) == {role}
    assert seen(ani, Post) == {town.desk, town.head, town.director}


def test_people_and_holdings_are_for_who_manages_the_office(town: Town) -> None:
    admin_post = town.post("admin", capabilities=["manage_office"])
    far = Town("jauh")
    far.user("dewi", far.desk)
    ani, eka = town.user("ani", town.desk), town.user("eka", admin_post)
    town.user("root", system_admin=True)
    admin = person_of(eka, NOW)
    assert seen(admin, User) == {ani, eka}
    assert {one.user for one in seen(admin, Holding)} == {ani, eka}
    assert seen(person_of(ani, NOW), User) == seen(person_of(ani, NOW), Holding) == set()


def test_drafts_of_an_sop_are_for_who_keeps_the_sops(town: Town) -> None:
    keeper = town.post("keeper", capabilities=["manage_sop"])
    draft = town.procedure("baru")
    draft.state = VersionState.DRAFT
    db.session.flush()
    assert seen(town.person("eka", keeper), ProcedureVersion) == {town.sop, draft}
    assert seen(town.person("ani", town.desk), ProcedureVersion) == {town.sop}


@pytest.mark.parametrize("model", [Party, Throttle, Counter])
def test_a_table_that_nobody_opened_is_closed_to_everybody(town: Town, model: type[Base]) -> None:
    boss = town.person("eka", town.post("boss", capabilities=list(access.CAPABILITIES)))
    assert str(scope(boss, model)) == str(sa.false())
    assert not may_open(boss, model)
    assert writable_fields(boss, model) == ()


def test_nobody_writes_a_field_of_a_case_by_a_form(town: Town) -> None:
    boss = town.person("eka", town.post("boss", capabilities=list(access.CAPABILITIES)))
    for model in (Case, Complaint, Letter, Disposition, Assignment, CaseEvent, Attachment):
        assert writable_fields(boss, model) == ()


def test_screens_of_the_office_open_for_its_administrator_alone(town: Town) -> None:
    admin = town.person("eka", town.post("admin", capabilities=["manage_office"]))
    ani = town.person("ani", town.desk)
    for model in (*STRUCTURE, User, Holding):
        assert may_open(admin, model)
        assert not may_open(ani, model)
        assert writable_fields(ani, model) == ()
    assert may_open(ani, ProcedureVersion)  # by which she works; she writes nothing there
    assert writable_fields(ani, ProcedureVersion) == ()


def test_a_published_version_offers_no_field_to_write(town: Town) -> None:
    keeper = town.person("eka", town.post("keeper", capabilities=["manage_sop"]))
    assert writable_fields(keeper, town.sop) == ()
    assert writable_fields(keeper, ProcedureVersion) == ("source_text",)


def test_the_system_administrator_has_offices_and_nothing_else(town: Town) -> None:
    admin = User(username="root", name="Root", password_hash="!", system_admin=True)
    db.session.add(admin)
    db.session.flush()
    person = person_of(admin, NOW)
    opened = [one.class_ for one in Base.registry.mappers if may_open(person, one.class_)]
    assert opened == [Office]
    assert town.office in seen(person, Office)
    assert seen(person, Post) == seen(person, User) == set()
