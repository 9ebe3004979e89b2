"""What the six newer SOPs promise beyond their tables: times, secrecy, and who remains unknown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backoffice.access import scope
from backoffice.errors import Incomplete
from backoffice.workflow.definition import OPINION
from backoffice.workflow.engine import available_transitions
from backoffice.workflow.versions import definition_of
from models import Assignment, Case, Duty, Notice, Office, Opinion, Post, db
from seed import walking
from tests.factories import NOW, actor, after, make_case, person, user_of

UNKNOWN = walking.Story(party={"anonymous": True})


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """So many days into 2026, on the clocks of Jakarta and Pontianak."""
    return datetime(2025, 12, 31, hour, minute, tzinfo=UTC) + timedelta(days=day, hours=-7)


def desk_of(case: Case) -> Assignment:
    """Where the case lies."""
    return next(one for one in case.assignments if one.left_at is None)


def take(case: Case, key: str, **more: Any) -> Case:
    """Whoever has the case goes one way, ten minutes later."""
    return walking.act(case.id, key, now=after(case), **more)


def who_sees(case: Case) -> set[str]:
    """The posts whose people find the case."""
    inside = (Post.office_id == case.office_id, Post.takes_escalations.is_(False))
    posts = db.session.scalars(select(Post).where(*inside)).all()
    return {
        post.key
        for post in posts
        if db.session.scalars(
            select(Case.id).where(scope(person(case.office, post.key), Case), Case.id == case.id)
        ).first()
    }


def test_a_family_in_trouble_is_known_only_to_those_who_help_it(sampang: Office) -> None:
    case = make_case(sampang, "pengaduan-puspaga", "kelayakan", story=walking.Story(unit="pppa"))
    assert who_sees(case) == {"kadis", "admin-pengaduan", "kabid-pppa", "petugas-puspaga"}


@pytest.mark.sqlite
def test_four_working_days_begin_with_the_record_and_stand_still_while_one_waits(
    sampang: Office,
) -> None:
    case = make_case(sampang, "pengaduan-puspaga", "wawancara")
    assert case.due_at == wib(19, 16)  # recorded on Monday the 12th, the 16th is a day off
    case = take(case, "return")
    later = case.events[-1].happened_at + timedelta(days=2)
    case = walking.act(case.id, "forward", now=later)
    assert case.due_at is not None
    assert wib(20, 16) < case.due_at < wib(22, 16)


@pytest.mark.sqlite
def test_of_an_unknown_reporter_nobody_asks_what_he_thought_of_the_answer(sampang: Office) -> None:
    case = make_case(sampang, "pengaduan-puspaga", "penyampaian-respon", story=UNKNOWN)
    ways = available_transitions(case, actor(sampang, "admin-pengaduan"), after(case))
    assert [way.key for way in ways] == ["tidak-dikenal"]
    told = db.session.scalars(select(Notice).where(Notice.case_id == case.id)).all()
    assert [(one.kind, one.party_role, one.told_at is not None) for one in told] == [
        ("pemberitahuan-diterima", None, True)
    ]


@pytest.mark.sqlite
def test_the_head_may_follow_up_a_letter_without_a_name(sampang: Office) -> None:
    case = make_case(sampang, "pengaduan-puspaga", "surat-kaleng", story=UNKNOWN)
    with pytest.raises(Incomplete):
        take(case, "approve", note="")
    assert take(case, "approve", note="Anak dalam bahaya.").step == "penerusan"


@pytest.mark.sqlite
@pytest.mark.parametrize(("severity", "day"), [("ringan", 19), ("sedang", 26), ("berat", 33)])
def test_a_complaint_in_sekadau_takes_one_to_three_weeks_by_its_weight(
    sekadau: Office, severity: str, day: int
) -> None:
    case = make_case(sekadau, "pengaduan", "verifikasi")
    assert case.due_at == wib(33, 16)  # 2 February: until it is weighed the longest holds
    assert take(case, "approve", severity=severity).due_at == wib(day, 16)


@pytest.mark.sqlite
def test_a_note_from_the_box_needs_no_name_in_ambon(ambon: Office) -> None:
    case = make_case(ambon, "pengaduan", "pengolahan", story=UNKNOWN)
    assert (case.number, case.step) == ("ADU-2026-0001", "pengolahan")
    reporter = case.party("reporter")
    assert reporter is not None
    assert (reporter.anonymous, reporter.name) == (True, "")


@pytest.mark.sqlite
def test_the_three_kasubbag_are_asked_and_the_kabag_concludes(ambon: Office) -> None:
    case = make_case(ambon, "pengaduan", "analisis")
    asked = {desk.post.key for desk in case.assignments if desk.duty == Duty.OPINION}
    assert asked == {"kasubbag-umum", "kasubbag-keagamaan", "kasubbag-kesra"}
    for _ in range(3):
        case = take(case, OPINION, note="Setuju ditindaklanjuti.")
    case = take(case, "forward")
    assert (case.step, desk_of(case).post.key) == ("resolusi", "kabag")
    kept = select(Opinion.round).where(Opinion.case_id == case.id)
    assert db.session.scalars(kept).all() == [1, 1, 1]
    case = walking.bring(take(case, "return").id, "resolusi", when=after)
    assert sorted(db.session.scalars(kept)) == [1, 1, 1, 2, 2, 2]


@pytest.mark.sqlite
def test_ten_working_days_and_five_plain_days_of_the_satpol_end_where_they_should(
    satpol: Office,
) -> None:
    case = make_case(satpol, "pengaduan-tidak-langsung", "klarifikasi")
    # Wita is an hour ahead: ten working days from Monday the 12th, without Friday the 16th.
    assert desk_of(case).due_at == wib(27, 15)
    case = take(case, "forward")
    assert desk_of(case).due_at == wib(19, 15)  # five days end on Saturday


@pytest.mark.sqlite
def test_what_is_not_settled_at_the_counter_goes_on_as_an_indirect_complaint(
    satpol: Office,
) -> None:
    case = make_case(satpol, "pengaduan-langsung", "klarifikasi")
    take(case, "lanjutkan")
    linked = db.session.scalars(select(Case).where(Case.follows_id == case.id)).one()
    assert definition_of(linked).code == "pengaduan-tidak-langsung"
    assert (linked.step, linked.subject) == ("penyampaian", case.subject)
    assert desk_of(linked).post.key == "staf-administrasi"
    linked = walking.bring(linked.id, "klarifikasi", when=after)
    assert {case.number, linked.number} == {"ADU-2026-0001", "ADU-2026-0002"}


@pytest.mark.sqlite
def test_without_coordination_the_report_of_the_bidang_is_left_out_and_told(
    satpol: Office,
) -> None:
    case = take(make_case(satpol, "pengaduan-langsung", "analisis"), "tanpa-koordinasi")
    assert case.step == "penyampaian"
    assert case.events[-1].transition == "tanpa-koordinasi"
    assert not any(event.to_step == "keamanan" for event in case.events)


@pytest.mark.sqlite
def test_a_small_complaint_becomes_a_big_one_with_its_number(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-kecil", "arahan")
    number = case.number
    case = take(case, "record", variant="besar")
    assert (definition_of(case).code, case.number, case.step) == (
        "pengaduan-besar",
        number,
        "arahan",
    )
    head = user_of(dukcapil, "kasubbag-umum")
    assert desk_of(case).post_id in {one.post_id for one in head.holdings}
    assert case.opened_at == NOW
