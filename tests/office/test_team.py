"""A team: each member says what he thinks before the head concludes, and a return begins anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from backoffice.actor import Actor, person_of
from backoffice.errors import CannotTakeBack, Incomplete, NotAllowed, OpinionsMissing, Stale
from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import available_transitions, command, perform
from backoffice.workflow.inputs import Inputs
from models import (
    Assignment,
    Case,
    Duty,
    EventKind,
    Holding,
    Office,
    Opinion,
    Post,
    Role,
    Source,
    db,
)
from seed import walking
from tests.factories import NOW, actor, after, make_case, post_of, user_of

SOP = """
code: telaah
number_code: TLH
title: Telaah Bersama
kind: general
outcomes:
  - {key: selesai, label: Selesai}
steps:
  - key: catat
    row: 1
    activity: Petugas mencatat berkas
    actor: petugas-pengaduan
    transitions:
      - action: forward
        label: Teruskan ke tim
        to: telaah
  - key: telaah
    row: 2
    activity: Tim menelaah, Kasubbag menyimpulkan
    actor: kasubbag-umum
    team: tim
    time: 1 hari kerja
    transitions:
      - action: forward
        label: Simpulkan
        to: tutup
      - action: reject
        label: Tolak
        to: tutup
        effects: [notify: penolakan]
      - action: return
        label: Kembalikan untuk dilengkapi
        to: catat
  - key: tutup
    row: 3
    activity: Petugas menutup berkas
    actor: petugas-pengaduan
    transitions:
      - action: close
        label: Tutup
        to: {end: selesai}
      - action: return
        label: Minta telaah lagi
        to: telaah
"""
TEAM = ("kasubbag-umum", "kasi-pendaftaran", "kasi-pencatatan-sipil")
PENDAFTARAN, SIPIL = "kasi-pendaftaran", "kasi-pencatatan-sipil"


def with_team(office: Office, *posts: str) -> Office:
    """The office with a team of these posts, and the SOP that asks it."""
    team = Role(office_id=office.id, key="tim", title="Tim Telaah")
    db.session.add(team)
    for key in posts:
        post = post_of(office, key)
        post.roles = [*post.roles, team]
    db.session.commit()
    publishing.save_draft(office, SOP)
    publishing.publish(office, "telaah", now=NOW, by=None)
    return office


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A case on the desk of a team of three, of which the Kasubbag concludes."""
    return make_case(with_team(dukcapil, *TEAM), "telaah", "telaah")


def say(case: Case, who: str | Actor, text: str, minutes: int = 5, **more: object) -> None:
    """A member says what he thinks."""
    by = actor(case.office, who) if isinstance(who, str) else who
    with command(case.id) as locked:
        perform(
            locked,
            "opinion",
            actor=by,
            now=after(locked, minutes),
            inputs=Inputs(note=text, **more),  # type: ignore[arg-type]
        )


def take_back(case: Case, who: str) -> None:
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(case.office, who), now=after(locked, 1))


def asked(case: Case) -> list[tuple[str, int]]:
    """Whose opinion is open, and in which round."""
    return [
        (desk.post.key, desk.round)
        for desk in case.assignments
        if desk.left_at is None and desk.duty == Duty.OPINION
    ]


def opinions(case: Case) -> list[tuple[int, str, str]]:
    """Round, post and text of every opinion that counts."""
    rows = db.session.execute(
        select(Opinion.round, Post.key, Opinion.text)
        .join(Post, Post.id == Opinion.post_id)
        .where(Opinion.case_id == case.id)
        .order_by(Opinion.id)
    )
    return [tuple(row) for row in rows]


def offered(case: Case, who: str) -> list[str]:
    return [way.key for way in available_transitions(case, actor(case.office, who), after(case))]


def conclude(case: Case, key: str = "forward") -> Case:
    return walking.act(case.id, key, now=after(case))


@pytest.mark.sqlite
def test_every_member_but_the_one_who_concludes_is_asked(case: Case) -> None:
    assert asked(case) == [(PENDAFTARAN, 1), (SIPIL, 1)]
    assert offered(case, PENDAFTARAN) == ["opinion"]
    assert offered(case, "kasubbag-umum") == ["forward", "reject", "return"]
    assert offered(case, "kadis") == []
    due = {desk.due_at for desk in case.assignments if desk.left_at is None}
    assert len(due) == 1


def test_nobody_concludes_while_an_opinion_is_missing_and_is_told_whose(case: Case) -> None:
    say(case, SIPIL, "Data di sistem sudah benar.")
    for key in ("forward", "reject"):
        with pytest.raises(OpinionsMissing) as refused:
            conclude(case, key)
        assert refused.value.values == {"posts": "Kepala Seksi Pendaftaran Penduduk"}
        assert db.session.get_one(Case, case.id).step == "telaah"
    say(case, PENDAFTARAN, "Setuju diterbitkan ulang.")
    assert conclude(case).step == "tutup"
    assert opinions(case) == [
        (1, SIPIL, "Data di sistem sudah benar."),
        (1, PENDAFTARAN, "Setuju diterbitkan ulang."),
    ]


@pytest.mark.sqlite
def test_an_opinion_is_an_event_with_its_text_and_moves_nothing(case: Case) -> None:
    say(case, SIPIL, "Data di sistem sudah benar.")
    event = case.events[-1]
    assert (event.kind, event.note) == (EventKind.OPINION, "Data di sistem sudah benar.")
    assert (event.post.key, event.step, event.to_step) == (SIPIL, "telaah", "telaah")
    assert (case.step, asked(case)) == ("telaah", [(PENDAFTARAN, 1)])


@pytest.mark.sqlite
def test_an_opinion_has_a_text_and_is_given_once(case: Case) -> None:
    with pytest.raises(Incomplete) as refused:
        say(case, SIPIL, "  ")
    assert refused.value.fields == {"note": "note_required"}
    say(case, SIPIL, "Benar.")
    with pytest.raises(NotAllowed):
        say(case, SIPIL, "Sekali lagi.")
    with pytest.raises(NotAllowed):
        say(case, "kadis", "Saya juga berpendapat.")


def test_a_return_waits_for_nobody_and_coming_back_opens_a_new_round(case: Case) -> None:
    say(case, SIPIL, "Berkas belum lengkap.")
    conclude(case, "return")
    assert (case.step, asked(case)) == ("catat", [])
    conclude(case)
    assert asked(case) == [(PENDAFTARAN, 2), (SIPIL, 2)]
    with pytest.raises(OpinionsMissing):
        conclude(case)
    say(case, SIPIL, "Sekarang lengkap.")
    assert opinions(case) == [(1, SIPIL, "Berkas belum lengkap."), (2, SIPIL, "Sekarang lengkap.")]


@pytest.mark.sqlite
def test_a_conclusion_sent_back_asks_everybody_again(case: Case) -> None:
    for who in (PENDAFTARAN, SIPIL):
        say(case, who, "Setuju.")
    conclude(case)
    conclude(case, "return")
    assert asked(case) == [(PENDAFTARAN, 2), (SIPIL, 2)]


@pytest.mark.sqlite
def test_the_superior_gives_the_opinion_of_a_post_that_nobody_holds(dukcapil: Office) -> None:
    db.session.query(Holding).filter_by(user_id=user_of(dukcapil, SIPIL).id).delete()
    case = make_case(with_team(dukcapil, *TEAM), "telaah", "telaah")
    superior = post_of(dukcapil, SIPIL).superior
    assert superior is not None
    acting = next(
        one
        for one in person_of(user_of(dukcapil, superior.key), NOW).actors
        if one.for_post is not None and one.for_post.key == SIPIL
    )
    say(case, acting, "Setuju.")
    assert opinions(case) == [(1, SIPIL, "Setuju.")]
    assert (case.events[-1].post.key, case.events[-1].for_post.key) == (superior.key, SIPIL)


@pytest.mark.sqlite
def test_a_member_who_thinks_on_paper_is_recorded_with_the_scan(dukcapil: Office) -> None:
    post_of(dukcapil, "kadis").recorded_by = post_of(dukcapil, "petugas-pengaduan")
    case = make_case(with_team(dukcapil, "kadis", SIPIL), "telaah", "telaah")
    recorder = next(
        one
        for one in person_of(user_of(dukcapil, "petugas-pengaduan"), NOW).actors
        if one.on_behalf
    )
    with pytest.raises(Incomplete) as refused:
        say(case, recorder, "Setuju.")
    assert refused.value.fields == {"scan": "scan_required"}
    say(case, recorder, "Setuju.", scan=(walking.SCAN,))
    assert opinions(case) == [(1, "kadis", "Setuju.")]
    assert case.events[-1].data["on_behalf"] is True


def test_two_members_who_write_at_the_same_time_do_not_hinder_each_other(case: Case) -> None:
    seen = case.version
    say(case, SIPIL, "Setuju.")
    with command(case.id, seen, way="opinion") as locked:
        perform(
            locked,
            "opinion",
            actor=actor(case.office, PENDAFTARAN),
            now=after(locked),
            inputs=Inputs(note="Setuju juga."),
        )
    assert len(opinions(case)) == 2
    with pytest.raises(Stale), command(case.id, seen, way="forward"):
        pass


@pytest.mark.sqlite
def test_an_opinion_on_a_case_that_was_sent_back_meanwhile_comes_too_late(case: Case) -> None:
    seen = case.version
    conclude(case, "return")
    conclude(case)
    with pytest.raises(Stale), command(case.id, seen, way="opinion"):
        pass


def test_an_opinion_may_be_taken_back_until_somebody_concludes(case: Case) -> None:
    say(case, SIPIL, "Setuju.")
    say(case, PENDAFTARAN, "Setuju.")
    take_back(case, SIPIL)
    assert asked(case) == [(SIPIL, 1)]
    assert [one.kind for one in case.events[-3:]] == [
        EventKind.OPINION,
        EventKind.OPINION,
        EventKind.TAKEN_BACK,
    ]
    with pytest.raises(OpinionsMissing):
        conclude(case)
    say(case, SIPIL, "Tidak setuju.")
    assert opinions(case) == [(1, PENDAFTARAN, "Setuju."), (1, SIPIL, "Tidak setuju.")]
    conclude(case)
    with pytest.raises(CannotTakeBack):
        take_back(case, SIPIL)


@pytest.mark.sqlite
def test_nobody_takes_back_the_opinion_of_another_or_of_an_earlier_round(case: Case) -> None:
    say(case, SIPIL, "Setuju.")
    with pytest.raises(CannotTakeBack):
        take_back(case, PENDAFTARAN)
    conclude(case, "return")
    conclude(case)
    with pytest.raises(CannotTakeBack):
        take_back(case, SIPIL)


@pytest.mark.sqlite
def test_a_conclusion_that_is_taken_back_keeps_the_opinions_of_its_round(case: Case) -> None:
    for who in (PENDAFTARAN, SIPIL):
        say(case, who, "Setuju.")
    conclude(case)
    take_back(case, "kasubbag-umum")
    assert (case.step, asked(case)) == ("telaah", [])
    assert conclude(case).step == "tutup"


@pytest.mark.sqlite
def test_a_return_that_is_taken_back_asks_those_again_who_had_not_answered(case: Case) -> None:
    say(case, SIPIL, "Setuju.")
    conclude(case, "return")
    take_back(case, "kasubbag-umum")
    assert asked(case) == [(PENDAFTARAN, 1)]


@pytest.mark.sqlite
def test_an_opinion_told_on_paper_yesterday_is_recorded_though_another_came_since(
    case: Case,
) -> None:
    told: datetime = after(case, 2)
    say(case, SIPIL, "Setuju.", minutes=30)
    say(case, PENDAFTARAN, "Setuju.", minutes=60, happened_at=told, reason="Ditulis di kertas")
    assert case.events[-1].happened_at == told
    with pytest.raises(Incomplete):
        walking.act(
            case.id,
            "forward",
            now=after(case, 90),
            happened_at=told - timedelta(hours=1),
            reason="Terlambat",
        )


@pytest.mark.sqlite
def test_an_opinion_asked_by_a_disposition_waits_at_the_next_desk_and_hinders_nobody(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, "pengaduan-besar", "arahan")
    walking.act(case.id, "minta-kasi", now=after(case))
    say(case, PENDAFTARAN, "Datanya sudah dicocokkan.")
    assert opinions(case) == [(1, PENDAFTARAN, "Datanya sudah dicocokkan.")]
    walking.act(case.id, "minta-kasi", now=after(case))
    assert asked(case) == [(PENDAFTARAN, 2)]
    conclude(case)
    assert asked(case) == []


@pytest.mark.sqlite
def test_whoever_is_also_asked_by_a_disposition_that_goes_on_finds_it_on_his_desk(
    sekadau: Office,
) -> None:
    case = make_case(sekadau, "permintaan-data", "disposisi")
    other = post_of(sekadau, "kabid-linjamsos")
    walking.act(
        case.id,
        "forward",
        now=after(case),
        story=walking.Story(unit="rehsos"),
        also=((other.id, Duty.OPINION),),
    )
    desk = db.session.scalars(
        select(Assignment).where(Assignment.case_id == case.id, Assignment.post_id == other.id)
    ).one()
    assert (desk.left_at, desk.source) == (None, Source.DISPOSITION)
    assert offered(case, "kabid-linjamsos") == ["opinion"]
