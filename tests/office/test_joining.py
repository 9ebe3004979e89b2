"""Two cases of one matter go on as one, with the reason, and lose nothing; and apart again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from backoffice.access import limited
from backoffice.errors import (
    CannotJoin,
    CannotTakeBack,
    HoldsJoined,
    Incomplete,
    NotAllowed,
    OpenNotices,
    Refusal,
    Stale,
)
from backoffice.workflow import corrections, joining
from backoffice.workflow.bulk import perform_batch
from backoffice.workflow.engine import command
from models import (
    Case,
    EventKind,
    Notice,
    Office,
    Party,
    ProcedureVersion,
    RecapitulationRow,
    Status,
    db,
)
from seed import walking
from tests.factories import actor, after, make_case, office_of, person, post_of
from tests.office.test_races import together

MENENGAH = "pengaduan-menengah"
HEAD = "kasubbag-umum"  # answers for a case at "arahan"
WHY = "Pengadu yang sama datang dua kali"


def join(
    case: Case, target: Case, who: str = HEAD, *, reason: str = WHY, seen: int | None = None
) -> datetime:
    """The holder of a post joins one case to another; when it was."""
    office, now = case.office, max(after(case), after(target))
    with joining.both(case.id, target.id, seen) as (locked, other):
        joining.join(
            locked, other, person=person(office, who), actor=actor(office, who), now=now,
            reason=reason,
        )  # fmt: skip
    return now


def separate(case: Case, target: Case, who: str = HEAD, *, reason: str = "Lain perkara") -> None:
    """And takes it apart again."""
    office, now = case.office, max(after(case, 60), after(target, 60))
    with joining.both(case.id, target.id, None) as (locked, other):
        joining.separate(
            locked, other, person=person(office, who), actor=actor(office, who), now=now,
            reason=reason,
        )  # fmt: skip


@pytest.fixture
def pair(dukcapil: Office) -> tuple[Case, Case]:
    """Two complaints of the same person, both with the Kasubbag."""
    return make_case(dukcapil, MENENGAH, "arahan"), make_case(dukcapil, MENENGAH, "arahan")


def standing(case: Case) -> dict[str, Any]:
    """Where a case stands, on which desks, due when."""
    return {
        "step": case.step,
        "status": case.status,
        "outcome": case.outcome,
        "closed_at": case.closed_at,
        "due_at": case.due_at,
        "unit": case.unit_id,
        "joined": case.joined_to_id,
        "desks": [
            (desk.id, desk.post_id, desk.duty, desk.due_at, desk.entered_at, desk.left_at)
            for desk in case.assignments
        ],
    }


def test_a_joined_case_ends_as_a_part_of_the_other_and_both_histories_tell_why(
    pair: tuple[Case, Case],
) -> None:
    case, target = pair
    number, before = target.number, standing(case)
    now = join(target, case)
    assert (target.status, target.outcome, target.joined_to_id) == (Status.CLOSED, None, case.id)
    assert target.closed_at == now
    assert all(desk.left_at is not None for desk in target.assignments)
    assert (target.number, target.party("reporter").name) == (number, "Fitri Teladani")  # type: ignore[union-attr]
    assert standing(case) == before
    for one, other in ((target, case), (case, target)):
        event = one.events[-1]
        assert (event.kind, event.reason) == (EventKind.JOINED, WHY)
        assert event.data["other"] == other.id


def test_taken_apart_again_it_stands_where_it_was_due_when_it_was(pair: tuple[Case, Case]) -> None:
    case, target = pair
    before, kept = standing(case), standing(target)
    join(case, target)
    separate(case, target)
    assert standing(case) == before
    assert standing(target) == kept
    assert [one.events[-1].kind for one in pair] == [EventKind.SEPARATED] * 2
    moved = walking.act(case.id, "forward", now=after(case))
    assert moved.step == "penyusunan"


def test_a_case_that_waits_for_the_citizen_waits_again_afterwards(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "penerimaan")
    target = make_case(dukcapil, MENENGAH, "pencatatan")
    before = standing(case)
    assert before["status"] == Status.WAITING
    join(case, target, "petugas-pengaduan")
    separate(case, target, "petugas-pengaduan")
    assert standing(case) == before


def test_who_answers_for_the_case_or_may_void_it_joins_it_and_nobody_else(
    pair: tuple[Case, Case],
) -> None:
    case, target = pair
    for who in ("petugas-pengaduan", "customer-service", "kasi-pencatatan-sipil"):
        with pytest.raises(NotAllowed):
            join(case, target, who)
    join(case, target, "sekretaris")  # the superior of the Kasubbag
    with pytest.raises(NotAllowed):
        separate(case, target, "petugas-pengaduan")
    separate(case, target, "kadis")  # sees the office
    assert case.status == Status.OPEN


def test_no_case_is_joined_to_one_that_its_officer_does_not_see(
    dukcapil: Office, sekadau: Office, pair: tuple[Case, Case]
) -> None:
    case = make_case(dukcapil, MENENGAH, "pencatatan")
    abroad = make_case(sekadau, "permintaan-data")
    away = make_case(dukcapil, MENENGAH, "arahan")
    for desk in away.assignments:
        desk.lost = desk.post.key != HEAD
    db.session.commit()
    for target in (away, abroad):
        with pytest.raises(CannotJoin) as refused:
            join(case, target, "petugas-pengaduan")
        assert refused.value.fields == {"target": "unknown_number"}
    db.session.refresh(case)
    assert case.joined_to_id is None


def test_a_case_is_joined_to_no_ended_one_and_not_to_itself(pair: tuple[Case, Case]) -> None:
    case, target = pair
    with pytest.raises(CannotJoin) as refused:
        join(case, case)
    assert refused.value.fields == {"target": "join_itself"}
    with command(target.id) as locked:
        corrections.withdraw(
            locked, actor=actor(case.office, HEAD), now=after(target), reason="Dicabut"
        )
    with pytest.raises(CannotJoin) as refused:
        join(case, target)
    assert refused.value.fields == {"target": "join_ended"}


def test_a_reason_is_asked_for_both_ways(pair: tuple[Case, Case]) -> None:
    case, target = pair
    with pytest.raises(Incomplete) as refused:
        join(case, target, reason="  ")
    assert refused.value.fields == {"reason": "reason_required"}
    join(case, target)
    with pytest.raises(Incomplete):
        separate(case, target, reason="")
    assert case.joined_to_id == target.id


def hide(case: Case) -> None:
    """Let a case run on a confidential SOP."""
    version = db.session.scalars(
        select(ProcedureVersion).where(
            ProcedureVersion.office_id == case.office_id, ProcedureVersion.code == "pengaduan-umum"
        )
    ).one()
    copy = ProcedureVersion(
        office_id=case.office_id, code="rahasia", version=1, title="Rahasia", kind="complaint",
        source_text=version.source_text, sha256=version.sha256, confidential=True,
    )  # fmt: skip
    db.session.add(copy)
    db.session.flush()
    case.procedure_version_id = copy.id
    db.session.commit()


def test_a_confidential_case_is_not_joined_to_one_that_others_read(dukcapil: Office) -> None:
    case, target = (make_case(dukcapil, "pengaduan-umum", "arahan") for _ in range(2))
    hide(case)
    with pytest.raises(CannotJoin) as refused:
        join(case, target)
    assert refused.value.fields == {"target": "join_confidential"}
    join(target, case)
    assert target.joined_to_id == case.id


def test_whoever_joined_a_confidential_case_still_sees_it_to_take_it_apart(
    dukcapil: Office,
) -> None:
    case, target = (make_case(dukcapil, "pengaduan-umum", "arahan") for _ in range(2))
    hide(case)
    target.procedure_version_id = case.procedure_version_id
    db.session.commit()
    join(case, target)
    assert not limited(person(dukcapil, HEAD), case)
    separate(case, target)
    assert case.status == Status.OPEN


def test_whoever_sees_the_case_that_goes_on_sees_what_was_joined_to_it(dukcapil: Office) -> None:
    target = make_case(dukcapil, MENENGAH, "pemeriksaan")
    case = make_case(dukcapil, MENENGAH, "pencatatan")
    other = make_case(dukcapil, MENENGAH, "pencatatan")
    reader = person(dukcapil, "kasi-pencatatan-sipil")
    desk = target.assignments[-1]
    desk.post_id = next(iter(reader.own_post_ids))
    db.session.commit()
    assert not limited(reader, target)
    assert limited(reader, case)
    join(case, target, "petugas-pengaduan")
    assert not limited(reader, case)
    assert limited(reader, other)
    separate(case, target, "petugas-pengaduan")
    assert limited(reader, case)


def test_whoever_is_named_as_terlapor_in_one_of_them_does_not_see_it_that_way(
    dukcapil: Office,
) -> None:
    target = make_case(dukcapil, MENENGAH, "pemeriksaan")
    case = make_case(dukcapil, MENENGAH, "pencatatan")
    join(case, target, "petugas-pengaduan")
    reader = person(dukcapil, "kasi-pencatatan-sipil")
    target.assignments[-1].post_id = next(iter(reader.own_post_ids))
    for one in (case, target):
        db.session.commit()
        assert not limited(reader, case)
        one.reported_user_id = reader.user_id
        db.session.commit()
        assert limited(reader, case)
        one.reported_user_id = None


def test_an_unkept_promise_is_kept_before_the_case_is_joined(pair: tuple[Case, Case]) -> None:
    case, target = pair
    event_id = case.events[-1].id
    db.session.add(
        Notice(case_id=case.id, event_id=event_id, kind="surat-balasan", party_role="reporter")
    )
    db.session.commit()
    with pytest.raises(OpenNotices):
        join(case, target)


def test_nothing_is_joined_over_a_case_that_holds_others_and_none_ends_with_it(
    dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    third = make_case(dukcapil, MENENGAH, "arahan")
    join(first, second)
    with pytest.raises(HoldsJoined):
        join(second, third)
    for end in (corrections.void, corrections.withdraw):
        with pytest.raises(HoldsJoined), command(second.id) as locked:
            end(locked, actor=actor(dukcapil, "kadis" if end is corrections.void else HEAD),
                now=after(second), reason="Dicabut")  # fmt: skip
    reader = person(dukcapil, HEAD)
    assert joining.find_target(reader, str(first.number)) == second.id  # where it went
    join(third, second)
    assert {first.joined_to_id, third.joined_to_id} == {second.id}


def test_a_step_before_the_joining_is_not_taken_back(pair: tuple[Case, Case]) -> None:
    case, target = pair
    ani = actor(case.office, "petugas-pengaduan")
    assert corrections.may_take_back(case, ani)
    join(case, target)
    for one in pair:
        with pytest.raises(CannotTakeBack), command(one.id) as locked:
            corrections.take_back(locked, actor=ani, now=after(one, 30))
    separate(case, target)
    with pytest.raises(CannotTakeBack), command(case.id) as locked:
        corrections.take_back(locked, actor=ani, now=after(case, 30))


def test_a_proposal_leaves_its_list_and_comes_back_to_the_one_that_is_open(ambon: Office) -> None:
    cases = [make_case(ambon, "bantuan-qurban", "rekapan") for _ in range(3)]
    case, target, third = cases
    who = walking.actor_at(case, after(case)).post.key
    join(case, target, who)
    rows = db.session.scalars(select(RecapitulationRow).where(RecapitulationRow.left_at.is_(None)))
    assert {row.case_id for row in rows} == {target.id, third.id}
    separate(case, target, who)
    row = db.session.scalars(
        select(RecapitulationRow).where(
            RecapitulationRow.case_id == case.id, RecapitulationRow.left_at.is_(None)
        )
    ).one()
    assert row.recapitulation.frozen_at is None


def test_a_proposal_whose_list_went_on_without_it_joins_the_next_one(ambon: Office) -> None:
    cases = [make_case(ambon, "bantuan-qurban", "rekapan") for _ in range(2)]
    case, target = cases
    who = walking.actor_at(case, after(case))
    join(case, target, who.post.key)
    row = db.session.scalars(
        select(RecapitulationRow).where(RecapitulationRow.case_id == target.id)
    ).one()
    way = walking.available_transitions(target, who, after(target))[0]
    given = walking.inputs_for(target, way, who, walking.Story())
    old = row.recapitulation_id
    report = perform_batch(
        row.recapitulation, way.key, {target.id: given}, seen={}, actor=who, now=after(target, 30)
    )
    assert report.moved == [target.id]
    separate(case, target, who.post.key)
    rows = db.session.scalars(
        select(RecapitulationRow).where(RecapitulationRow.case_id == case.id)
    ).all()
    assert [(one.recapitulation_id == old, one.left_at is None) for one in rows] == [
        (True, False),
        (False, True),
    ]


def test_two_that_join_each_others_case_at_one_moment_leave_one_that_goes_on(
    app: Flask, dukcapil: Office
) -> None:
    pairs = [[make_case(dukcapil, MENENGAH, "arahan").id for _ in range(2)] for _ in range(3)]
    for ids in pairs:

        def swap(case_id: int, ids: list[int] = ids) -> str:
            office = office_of("disdukcapil")
            other = next(one for one in ids if one != case_id)
            with joining.both(case_id, other, None) as (case, target):
                joining.join(
                    case, target, person=person(office, HEAD), actor=actor(office, HEAD),
                    now=after(case, 200), reason=WHY,
                )  # fmt: skip
            return "done"

        assert sorted(together(app, swap, ids)) == ["cannot_join", "done"]
        cases = [db.session.get_one(Case, one) for one in ids]
        assert sorted(str(one.status) for one in cases) == ["closed", "open"]
        joined = next(one for one in cases if one.joined_to_id)
        assert [joined.joined_to_id] == [one.id for one in cases if one is not joined]


def test_who_saw_the_case_before_somebody_acted_on_it_is_told_so(pair: tuple[Case, Case]) -> None:
    case, target = pair
    seen = case.version
    walking.act(case.id, "forward", now=after(case))
    with pytest.raises(Stale):
        join(case, target, "petugas-pengaduan", seen=seen)


def test_a_refusal_changes_nothing(pair: tuple[Case, Case]) -> None:
    case, target = pair
    before = [(one.version, len(one.events), standing(one)) for one in pair]
    for who, reason in (("petugas-pengaduan", WHY), (HEAD, "")):
        with pytest.raises(Refusal):
            join(case, target, who, reason=reason)
    db.session.expire_all()
    assert [(one.version, len(one.events), standing(one)) for one in pair] == before


def test_parties_stay_with_the_case_they_came_to(pair: tuple[Case, Case]) -> None:
    case, target = pair
    count = len(db.session.scalars(select(Party)).all())
    join(case, target)
    assert len(db.session.scalars(select(Party)).all()) == count
    assert post_of(case.office, HEAD).id in {desk.post_id for desk in case.assignments}
