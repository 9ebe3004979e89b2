"""Konflik kepentingan: the terlapor is an official of the office, and the case goes round him."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from backoffice.access import glimpses_case, looks_up_case, sees_case
from backoffice.actor import Actor, person_of, staffing
from backoffice.errors import Incomplete, NotAllowed
from backoffice.workflow import (
    accused,
    conflict,
    corrections,
    disposing,
    history,
    joining,
    rerouting,
)
from backoffice.workflow.disposing import Order
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.routing import offered_posts
from backoffice.workflow.sheets import open_rows
from backoffice.workflow.suspects import plain_name, suspects
from models import Case, Duty, EventKind, Holding, HoldingKind, Office, Party, PartyRole, Status, db
from seed import walking
from seed.walking import Story
from tests.factories import NOW, actor, after, make_case, make_user, person, post_of, user_of

REHSOS = Story(unit="rehsos")


def told(office: Office, step: str = "disposisi-bidang") -> Case:
    """A complaint that has come to the Kepala Bidang Rehabilitasi Sosial, or goes further."""
    return make_case(office, "pengaduan", step, story=REHSOS)


def lies_with(case: Case) -> list[str]:
    """The posts that answer for the case now."""
    return [
        one.post.key
        for one in case.assignments
        if one.left_at is None and one.duty == Duty.RESPONSIBLE
    ]


def name(case: Case, post: str, by: str, now: datetime | None = None) -> Case:
    """The official of a post is confirmed as terlapor by that of another."""
    office = case.office
    when = now or after(case)
    with accused.matter(case.id, case.version) as (locked, others):
        user = user_of(office, post)
        accused.name(locked, user.id, others, actor=actor(office, by), now=when)
    return case


def clear(case: Case, by: str) -> Case:
    """It was not him."""
    with accused.matter(case.id, case.version) as (locked, others):
        who = actor(case.office, by)
        accused.clear(locked, others, actor=who, now=after(locked), reason="Nama sama, orang lain")
    return case


def finds(office: Office, post: str, case: Case) -> bool:
    """Whether the official finds the case in any way at all."""
    who = person(office, post)
    ways = (sees_case(who), glimpses_case(who), looks_up_case(who))
    return any(db.session.scalar(select(Case.id).where(Case.id == case.id, way)) for way in ways)


# -- a Kabid -----------------------------------------------------------------------------------


def test_a_kabid_who_is_terlapor_loses_the_case_to_the_head_who_sees_it_to_its_end(
    sekadau: Office,
) -> None:
    case = told(sekadau)
    due = case.assignments[-1].due_at
    assert lies_with(case) == ["kabid-rehsos"]
    assert finds(sekadau, "kabid-rehsos", case)

    name(case, "kabid-rehsos", by="kadis")

    assert lies_with(case) == ["kadis"]
    desk = case.assignments[-1]
    assert (desk.instead_of.key, desk.due_at) == ("kabid-rehsos", due)
    assert not finds(sekadau, "kabid-rehsos", case)
    assert finds(sekadau, "kadis", case)
    case = walking.bring(case.id, "paraf", when=after, story=REHSOS)
    assert lies_with(case) == ["kadis"]  # who acted at the disposition in his place
    case = walking.bring(case.id, "penyampaian", when=after, story=REHSOS)
    assert not finds(sekadau, "kabid-rehsos", case)


def test_a_step_that_comes_later_never_reaches_the_terlapor(sekadau: Office) -> None:
    case = told(sekadau, "disposisi")
    name(case, "kabid-rehsos", by="kadis")
    assert lies_with(case) == ["kadis"]

    case = walking.bring(case.id, "disposisi-bidang", when=after, story=REHSOS)

    assert lies_with(case) == ["kadis"]
    assert case.unit is not None
    assert case.unit.key == "rehsos"
    assert case.assignments[-1].instead_of.key == "kabid-rehsos"
    seksi = {"kasi-rehsos-anak", "kasi-rehsos-disabilitas"}
    offered = offered_posts(case, "kepala-seksi", actor(sekadau, "kadis"))
    assert {one.key for one in offered} == seksi  # of his bidang, as he would have chosen
    case = walking.bring(case.id, "verifikasi", when=after, story=REHSOS)
    assert set(lies_with(case)) < seksi


def test_what_comes_back_to_the_terlapor_comes_to_his_superior(sekadau: Office) -> None:
    case = told(sekadau, "paraf")
    assert lies_with(case) == ["kabid-rehsos"]
    name(case, "kabid-rehsos", by="sekretaris")
    walking.act(case.id, "return", now=after(case), story=REHSOS)

    case = walking.bring(case.id, "paraf", when=after, story=REHSOS)

    assert lies_with(case) == ["kadis"]
    assert case.assignments[-1].instead_of.key == "kabid-rehsos"


@pytest.mark.sqlite
def test_the_terlapor_can_do_nothing_whatever_he_tries(sekadau: Office) -> None:
    case = told(sekadau)
    kabid = actor(sekadau, "kabid-rehsos")
    name(case, "kabid-rehsos", by="kadis")

    now = after(case)
    assert available_transitions(case, kabid, now) == ()
    may = (
        corrections.may_void,
        corrections.may_withdraw,
        corrections.may_take_back,
        joining.may_join,
        joining.may_separate,
        accused.may_judge,
    )
    assert not any(ask(case, kabid) for ask in may)
    for deed in (
        lambda one: corrections.add_note(one, actor=kabid, now=now, text="Bukan saya"),
        lambda one: history.record(one, EventKind.NOTE, actor=kabid, now=now),
        lambda one: accused.clear(one, [], actor=kabid, now=now, reason="Bukan saya"),
    ):
        with pytest.raises(NotAllowed), command(case.id) as locked:
            deed(locked)


# -- the head ----------------------------------------------------------------------------------


def test_the_head_who_is_terlapor_loses_it_to_the_post_outside_recorded_by_the_sekretaris(
    sekadau: Office,
) -> None:
    case = told(sekadau, "disposisi")
    assert lies_with(case) == ["kadis"]

    name(case, "kadis", by="sekretaris")

    assert lies_with(case) == ["inspektorat"]
    assert not finds(sekadau, "kadis", case)
    records = [one for one in person(sekadau, "sekretaris").actors if one.on_behalf]
    assert [one.duty_post.key for one in records] == ["inspektorat"]
    with pytest.raises(Incomplete) as refused:
        walking.act(case.id, "forward", now=after(case), story=REHSOS, scan=())
    assert refused.value.fields == {"scan": "scan_required"}
    case = walking.bring(case.id, "penandatanganan", when=after, story=REHSOS)
    assert lies_with(case) == ["inspektorat"]
    case = walking.bring(case.id, "penyampaian", when=after, story=REHSOS)
    assert case.events[-1].data["on_behalf"]
    assert not finds(sekadau, "kadis", case)


def test_first_a_kabid_then_the_head(sekadau: Office) -> None:
    case = told(sekadau)
    name(case, "kabid-rehsos", by="kadis")
    assert lies_with(case) == ["kadis"]
    clear(case, by="sekretaris")
    assert lies_with(case) == ["kabid-rehsos"]
    assert finds(sekadau, "kabid-rehsos", case)

    name(case, "kadis", by="sekretaris")

    assert lies_with(case) == ["kabid-rehsos"]
    assert not finds(sekadau, "kadis", case)
    walking.act(case.id, "return", now=after(case), story=REHSOS)
    assert lies_with(case) == ["inspektorat"]


@pytest.mark.sqlite
def test_where_nobody_remains_it_is_refused_and_nothing_changes(sekadau: Office) -> None:
    case = told(sekadau, "disposisi")
    post_of(sekadau, "inspektorat").takes_escalations = False
    db.session.commit()

    with pytest.raises(conflict.NobodyLeft) as refused:
        name(case, "kadis", by="sekretaris")

    assert refused.value.values == {"post": "Kepala Dinas"}
    db.session.refresh(case)
    assert case.reported_user_id is None
    assert [one.kind for one in case.events if one.kind == EventKind.NAMED] == []


@pytest.mark.sqlite
def test_the_recorder_of_the_post_outside_does_not_record_against_himself(sekadau: Office) -> None:
    case = told(sekadau, "pertimbangan")
    head = actor(sekadau, "kadis").holding
    sekretaris = actor(sekadau, "sekretaris").holding
    assert head is not None
    assert sekretaris is not None
    sekretaris.user = head.user  # one person is head and Sekretaris
    db.session.commit()

    with pytest.raises(conflict.NobodyLeft):
        name(case, "kadis", by="kadis")


# -- who holds what, when ----------------------------------------------------------------------


def test_a_post_held_by_two_keeps_its_desk_and_only_the_terlapor_sees_nothing(
    sekadau: Office,
) -> None:
    other = make_user("plh-rehsos", post_of(sekadau, "kabid-rehsos"))
    db.session.commit()
    case = told(sekadau)

    name(case, "kabid-rehsos", by="kadis")

    assert lies_with(case) == ["kabid-rehsos"]
    assert not finds(sekadau, "kabid-rehsos", case)
    second = person_of(other, NOW)
    assert db.session.scalar(select(Case.id).where(sees_case(second))) == case.id
    assert available_transitions(case, second.actors[0], NOW)


def test_a_post_that_the_terlapor_will_hold_alone_tomorrow_is_barred_today(
    sekadau: Office,
) -> None:
    other = make_user("plh-rehsos", post_of(sekadau, "kabid-rehsos"))
    other.holdings[0].until_at = NOW + timedelta(days=30)
    db.session.commit()
    case = told(sekadau)

    name(case, "kabid-rehsos", by="kadis")

    assert lies_with(case) == ["kadis"]


def test_a_vacant_post_whose_work_lies_with_the_terlapor_is_barred_too(sekadau: Office) -> None:
    case = told(sekadau, "verifikasi")
    seksi = post_of(sekadau, lies_with(case)[0])
    db.session.delete(user_of(sekadau, seksi.key).holdings[0])
    db.session.commit()
    assert seksi.superior is not None
    assert seksi.superior.key == "kabid-rehsos"

    name(case, "kabid-rehsos", by="kadis")

    assert lies_with(case) == ["kadis"]
    assert case.assignments[-1].instead_of is seksi


def test_whoever_takes_up_a_post_as_terlapor_finds_its_desk_laid_with_the_superior(
    sekadau: Office,
) -> None:
    case = told(sekadau)
    name(case, "kasi-linjamsos-jaminan", by="kadis")
    assert lies_with(case) == ["kabid-rehsos"]
    named, version = user_of(sekadau, "kasi-linjamsos-jaminan"), case.version
    eka = actor(sekadau, "administrator")
    old = actor(sekadau, "kabid-rehsos").holding
    assert old is not None
    old.until_at = NOW + timedelta(days=1)
    db.session.add(Holding(post=old.post, user=named, kind=HoldingKind.PLT, from_at=old.until_at))
    db.session.flush()

    moved = rerouting.reroute_office(sekadau.id, actor=eka, now=after(case))
    db.session.commit()

    assert moved == [case.id]
    assert lies_with(case) == ["kadis"]
    assert case.events[-1].kind == EventKind.REROUTED
    assert case.version > version
    assert rerouting.reroute_office(sekadau.id, actor=eka, now=after(case)) == []


# -- who says so, and how it is found out ------------------------------------------------------


@pytest.mark.sqlite
def test_who_answers_for_it_his_superior_and_who_sees_the_office_may_say_who_it_is(
    sekadau: Office, ambon: Office
) -> None:
    case = told(sekadau)
    posts = ("kabid-rehsos", "kadis", "sekretaris", "petugas-pelayanan", "kasi-rehsos-anak")
    asked = {post: accused.may_judge(case, actor(sekadau, post)) for post in posts}
    assert asked == {
        "kabid-rehsos": True,
        "kadis": True,
        "sekretaris": True,
        "petugas-pelayanan": False,
        "kasi-rehsos-anak": False,
    }
    assert not accused.may_judge(case, actor(ambon, "kabag"))
    for user_id in (0, user_of(sekadau, "kadis").id + 10_000, user_of(ambon, "kabag").id):
        with pytest.raises(Incomplete) as refused:
            accused.name(case, user_id, [], actor=actor(sekadau, "kadis"), now=after(case))
        assert refused.value.fields == {"official": "not_a_choice"}


@pytest.mark.sqlite
def test_a_second_terlapor_needs_the_first_to_be_cleared_with_a_reason(sekadau: Office) -> None:
    case = told(sekadau)
    name(case, "kabid-rehsos", by="kadis")
    with pytest.raises(accused.AlreadyNamed):
        name(case, "petugas-data", by="kadis")
    who = actor(sekadau, "kadis")
    with pytest.raises(Incomplete):
        accused.clear(case, [], actor=who, now=after(case), reason=" ")
    clear(case, by="kadis")
    name(case, "petugas-data", by="kadis")
    assert case.reported_user_id == user_of(sekadau, "petugas-data").id


@pytest.mark.sqlite
def test_somebody_may_step_back_from_a_case_that_is_about_himself(sekadau: Office) -> None:
    case = told(sekadau)
    name(case, "kabid-rehsos", by="kabid-rehsos")
    assert lies_with(case) == ["kadis"]
    assert case.events[-1].kind == EventKind.NAMED


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Dra. Hj. CITRA  Misalnya, M.Si.", "citra misalnya"),
        ("H. Hasan Ibarat S.Ag", "hasan ibarat"),
        ("dr. Budi Umpama, S.Sos., M.A.P.", "budi umpama"),
        ("Bapak Prof. Dr. Made Rekaan, SH, MH", "made rekaan"),
        ("Maria Seandainya", "maria seandainya"),
        ("M. Yusuf Contoh", "m yusuf contoh"),
    ],
)
def test_a_name_is_compared_without_its_titles(written: str, plain: str) -> None:
    assert plain_name(written) == plain


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("who", "summary"),
    [
        ({"name": "Sdr. Rudi Rekaan"}, ""),
        ({"name": "Bapak Rudi Rekaan (Kabid)"}, ""),
        ({"name": "tidak tahu", "identity": "19800101 200501 1 001"}, ""),
        ({"name": "Kepala Bidang Rehabilitasi Sosial"}, ""),
        ({"name": "DINSOS-SEKADAU.KABID-REHSOS"}, ""),
        (None, "Saya diminta uang oleh Rudi Rekaan di ruangannya."),
        (None, "NIP 198001012005011001 meminta uang."),
    ],
)
def test_an_official_is_found_by_nip_name_post_or_account(
    sekadau: Office, who: dict[str, str] | None, summary: str
) -> None:
    case = told(sekadau)
    kabid = user_of(sekadau, "kabid-rehsos")
    kabid.name, kabid.nip = "H. Rudi Rekaan, S.Sos., M.Si.", "198001012005011001"
    case.summary = summary
    if who is not None:
        case.parties.append(Party(role=PartyRole.REPORTED, **who))
    db.session.commit()
    assert suspects(case, staffing(sekadau.id, NOW)) == [kabid]
    with accused.matter(case.id, None) as (locked, _others):
        accused.dismiss(locked, kabid.id, actor=actor(sekadau, "kadis"), now=after(locked))
    assert suspects(case, staffing(sekadau.id, NOW)) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("who", ["Rudi Peraga", "Rudi", "Siti Rekaan", "Kepala Desa"])
def test_somebody_else_is_not_taken_for_an_official(sekadau: Office, who: str) -> None:
    case = told(sekadau)
    user_of(sekadau, "kabid-rehsos").name = "H. Rudi Rekaan, S.Sos."
    case.parties.append(Party(role=PartyRole.REPORTED, name=who))
    assert suspects(case, staffing(sekadau.id, NOW)) == []


@pytest.mark.sqlite
def test_nobody_waves_himself_through(sekadau: Office) -> None:
    case = told(sekadau)
    kabid: Actor = actor(sekadau, "kabid-rehsos")
    with pytest.raises(NotAllowed), accused.matter(case.id, None) as (locked, _others):
        accused.dismiss(locked, kabid.user.id, actor=kabid, now=after(locked))


# -- dispositions ------------------------------------------------------------------------------


def test_what_was_disposed_to_the_terlapor_ends_and_nothing_more_is_laid_before_him(
    sekadau: Office,
) -> None:
    case = told(sekadau, "disposisi")
    kadis = actor(sekadau, "kadis")
    posts = [post_of(sekadau, f"kabid-{one}").id for one in ("rehsos", "linjamsos")]
    order = Order(to=tuple(posts), lead=posts[0], instructions="Laporkan")
    with command(case.id) as locked:
        disposing.give(locked, actor=kadis, now=after(locked), order=order)

    name(case, "kabid-rehsos", by="kadis")

    left = [one.post.key for one in case.assignments if one.left_at is None]
    assert sorted(left) == ["kabid-linjamsos", "kadis"]
    rows = {one.to_post_id: one for one in open_rows(case)}
    assert set(rows) == {posts[1]}
    offered = disposing.targets(case, kadis, after(case))
    assert posts[0] not in [one.id for one in offered]
    with pytest.raises(Incomplete), command(case.id) as locked:
        disposing.give(locked, actor=kadis, now=after(locked), order=order)


# -- cases of the same matter ------------------------------------------------------------------


def test_a_case_that_is_joined_takes_its_terlapor_along(sekadau: Office) -> None:
    case, target = told(sekadau), told(sekadau)
    name(case, "kabid-rehsos", by="kadis")
    who = person(sekadau, "kadis")
    with joining.both(case.id, target.id, None) as (one, other):
        joining.join(
            one, other, person=who, actor=who.actors[0], now=after(other), reason="Perkara sama"
        )

    assert case.status == Status.CLOSED
    assert not finds(sekadau, "kabid-rehsos", target)
    assert lies_with(target) == ["kadis"]
    clear(target, by="kadis")
    assert case.reported_user_id is None


def test_a_case_that_another_opened_is_hidden_with_it(satpol: Office) -> None:
    first = make_case(satpol, "pengaduan-tidak-langsung")
    second = make_case(satpol, "pengaduan-tidak-langsung")
    second.follows_id = first.id
    db.session.commit()

    name(second, "kabid-ops", by="kasat")

    assert first.reported_user_id == second.reported_user_id
    assert first.events[-1].data["because_of"] == second.id
    assert not finds(satpol, "kabid-ops", first)


def test_a_member_of_the_team_who_is_terlapor_is_heard_no_more(ambon: Office) -> None:
    case = make_case(ambon, "pengaduan", "analisis")
    asked = {one.post.key for one in case.assignments if one.left_at is None}
    assert "kasubbag-kesra" in asked
    name(case, "kasubbag-kesra", by="kabag")
    left = {one.post.key for one in case.assignments if one.left_at is None}
    assert left == asked - {"kasubbag-kesra"}
    assert not finds(ambon, "kasubbag-kesra", case)
