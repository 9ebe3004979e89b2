"""Pemisahan tugas: who drafted a letter does not check it, and who checked it does not sign it."""

from __future__ import annotations

from typing import Any

import pytest

from backoffice.actor import Actor, person_of
from backoffice.workflow.engine import command, perform
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.separation import OwnWork
from models import Case, Holding, Office, Post, User, db
from seed import walking
from tests.factories import FROM, NOW, after, make_case, make_user, post_of, user_of

SOP = "pengaduan-umum"  # Petugas drafts, the Sekretaris sets his paraf, the head signs


def also(office: Office, user: User, post: str) -> User:
    """Somebody holds a post besides his own, in the place of whoever held it."""
    held = post_of(office, post)
    for one in db.session.query(Holding).filter_by(post_id=held.id):
        one.until_at = NOW
    db.session.add(Holding(post=held, user=user, from_at=FROM))
    db.session.commit()
    return user


def acting(case: Case, user: User, post: str) -> Actor:
    """The same as the actor of that post."""
    key = post_of(case.office, post).id
    return person_of(user, after(case)).actors_for(key)[0]


def take(case: Case, actor: Actor, key: str = "approve", **more: Any) -> Case:
    with command(case.id) as locked:
        given = Inputs(**more)
        perform(locked, key, actor=actor, now=after(locked), inputs=given)
    return case


def test_who_drafted_sets_no_paraf_and_is_told_what_to_do(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "pemeriksaan")
    drafter = also(dukcapil, user_of(dukcapil, "petugas-pengaduan"), "sekretaris")

    with pytest.raises(OwnWork) as refused:
        take(case, acting(case, drafter, "sekretaris"))

    assert refused.value.code == "own_draft_alone"
    assert refused.value.values == {"post": "Sekretaris", "others": ""}
    db.session.refresh(case)
    assert case.step == "pemeriksaan"


def test_somebody_else_who_holds_the_post_is_named(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "pemeriksaan")
    drafter = also(dukcapil, user_of(dukcapil, "petugas-pengaduan"), "sekretaris")
    other = make_user("plh-sekretaris", post_of(dukcapil, "sekretaris"))
    db.session.commit()

    with pytest.raises(OwnWork) as refused:
        take(case, acting(case, drafter, "sekretaris"))

    assert (refused.value.code, refused.value.values["others"]) == ("own_draft", other.name)
    assert take(case, acting(case, other, "sekretaris")).step == "penandatanganan"


def test_who_set_the_paraf_does_not_sign(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "penandatanganan")
    checker = also(dukcapil, user_of(dukcapil, "sekretaris"), "kadis")

    with pytest.raises(OwnWork) as refused:
        take(case, acting(case, checker, "kadis"))

    assert refused.value.code == "own_check_alone"


@pytest.mark.sqlite
def test_a_text_that_nobody_checked_is_not_signed_by_who_drafted_it(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")  # the head signs at once
    drafter = also(dukcapil, user_of(dukcapil, "petugas-pengaduan"), "kadis")

    with pytest.raises(OwnWork) as refused:
        take(case, acting(case, drafter, "kadis"))

    assert refused.value.code == "own_draft_alone"


def test_a_post_that_stands_alone_may_and_the_history_says_so(dukcapil: Office) -> None:
    for post in ("sekretaris", "kadis"):
        post_of(dukcapil, post).stands_alone = True
    db.session.commit()
    case = make_case(dukcapil, SOP, "pemeriksaan")
    drafter = also(dukcapil, user_of(dukcapil, "petugas-pengaduan"), "sekretaris")
    take(case, acting(case, drafter, "sekretaris"))
    assert case.events[-1].data["alone"] == "own_draft"
    also(dukcapil, drafter, "kadis")
    take(case, acting(case, drafter, "kadis"))
    assert case.events[-1].data["alone"] == "own_check"


@pytest.mark.sqlite
def test_people_who_each_do_their_own_leave_no_mark_in_the_history(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "penandatanganan")
    case = walking.act(case.id, "approve", now=after(case))
    assert not any("alone" in one.data for one in case.events)


def on_paper(office: Office) -> Post:
    """The head decides on paper, and the Sekretaris records it."""
    head = post_of(office, "kadis")
    head.recorded_by = post_of(office, "sekretaris")
    db.session.commit()
    return head


@pytest.mark.sqlite
def test_whoever_records_for_the_head_may_have_set_his_own_paraf_before(dukcapil: Office) -> None:
    on_paper(dukcapil)
    case = make_case(dukcapil, SOP, "penandatanganan")
    recorder = acting(case, user_of(dukcapil, "sekretaris"), "kadis")
    assert recorder.on_behalf
    assert take(case, recorder, scan=(walking.SCAN,)).step == "pengiriman"


@pytest.mark.sqlite
def test_a_paraf_that_was_recorded_counts_for_the_head_who_decided(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "pemeriksaan")
    post_of(dukcapil, "sekretaris").recorded_by = post_of(dukcapil, "kasubbag-umum")
    checker = also(dukcapil, user_of(dukcapil, "kadis"), "sekretaris")
    recorder = acting(case, user_of(dukcapil, "kasubbag-umum"), "sekretaris")
    take(case, recorder, scan=(walking.SCAN,))

    with pytest.raises(OwnWork):
        take(case, acting(case, checker, "kadis"))

    signer = also(dukcapil, user_of(dukcapil, "kasubbag-umum"), "kadis")
    assert take(case, acting(case, signer, "kadis")).step == "pengiriman"


@pytest.mark.sqlite
def test_a_paraf_on_an_earlier_text_does_not_bind(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "penandatanganan")
    walking.act(case.id, "return", now=after(case))
    mended = walking.Story(mended={"isi": "KTP-el dapat diambil hari Senin."})
    case = walking.bring(case.id, "pemeriksaan", when=after, story=mended)
    other = make_user("plh-sekretaris", post_of(dukcapil, "sekretaris"))
    db.session.commit()
    take(case, acting(case, other, "sekretaris"))
    first = also(dukcapil, user_of(dukcapil, "sekretaris"), "kadis")
    assert take(case, acting(case, first, "kadis")).step == "pengiriman"


@pytest.mark.sqlite
def test_a_paraf_on_the_same_text_binds_though_it_was_returned_between(dukcapil: Office) -> None:
    case = make_case(dukcapil, SOP, "penandatanganan")
    walking.act(case.id, "return", now=after(case))
    case = walking.bring(case.id, "pemeriksaan", when=after)
    other = make_user("plh-sekretaris", post_of(dukcapil, "sekretaris"))
    db.session.commit()
    take(case, acting(case, other, "sekretaris"))
    first = also(dukcapil, user_of(dukcapil, "sekretaris"), "kadis")

    with pytest.raises(OwnWork) as refused:
        take(case, acting(case, first, "kadis"))

    assert refused.value.code == "own_check_alone"
