"""Posts change hands by the minute: what everybody may do follows from the clock alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice.errors import NotAllowed
from backoffice.letters.values import values_for
from backoffice.workflow.engine import command, perform
from backoffice.workflow.inputs import Inputs
from models import (
    Case,
    CaseEvent,
    Holding,
    HoldingKind,
    Leave,
    LeaveKind,
    Letter,
    Mandate,
    Office,
    Post,
    db,
)
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import NOW, post_of, user_of
from tests.forms import fields_of

MIDNIGHT = datetime(2026, 1, 14, 17, tzinfo=UTC)  # Kamis, 15 Januari 2026, 00.00 WIB
MINUTE = timedelta(minutes=1)
CLOSED = (403, 404)  # without any post the lists are closed as well
HEAD, DEPUTY = "kadis", "kabid-daftar-capil"
KASUBBAG = "kasubbag-umum"

Clock = Callable[[datetime], None]


@pytest.fixture
def clock(app: Flask) -> Clock:
    """Puts the clock of the office."""

    def put(moment: datetime) -> None:
        app.config["NOW"] = lambda: moment

    put(NOW)
    return put


@pytest.fixture
def browser(app: Flask, dukcapil: Office) -> Callable[[str], OfficeClient]:
    """A browser of whoever was made for a post, which has not been asleep."""

    def opened(post_key: str) -> OfficeClient:
        client = app.test_client()
        assert isinstance(client, OfficeClient)
        return client.log_in(user_of(dukcapil, post_key))

    return opened


Browser = Callable[[str], OfficeClient]
DETAILS = "/pengaduan/details/?id={}"


def at_the_head(office: Office) -> Case:
    """A complaint whose letter waits for the head."""
    return factories.make_case(office, "pengaduan-menengah", "pemeriksaan")


def approve(client: OfficeClient, case: Case) -> int:
    """Approve and sign, as far as one is let."""
    version = db.session.scalar(sa.select(Case.version).where(Case.id == case.id))
    form = {"id": str(case.id), "version": str(version)}
    return client.post("/pengaduan/step/approve/", data=form).status_code


def looks(client: OfficeClient, case: Case) -> int:
    """Whether the page of the case is there."""
    return client.get(f"/pengaduan/details/?id={case.id}").status_code


def first_page(client: OfficeClient) -> str:
    """Kotak kerja on one line."""
    return " ".join(client.get("/").text.split())


def sheet_of(client: OfficeClient, case: Case) -> str:
    """The letter on the page of the case, on one line and without classes."""
    page = client.get(f"/pengaduan/details/?id={case.id}").text
    sheet = page.split('<article class="letter"')[1].split("</article>")[0]
    return re.sub(r' class="[^"]*"', "", " ".join(sheet.split()))


def holding_of(office: Office, post_key: str) -> Holding:
    """The holding of whoever was made for a post."""
    return user_of(office, post_key).holdings[0]


def last_event(case: Case) -> CaseEvent:
    """What happened last."""
    db.session.rollback()
    query = sa.select(CaseEvent).where(CaseEvent.case_id == case.id)
    return db.session.scalars(query.order_by(CaseEvent.id.desc()).limit(1)).one()


def two_days(office: Office, **more: Any) -> dict[str, Any]:
    """The form of a leave of the head on 15 and 16 January."""
    return {
        "holding": holding_of(office, HEAD).id,
        "kind": "leave",
        "from_on": "2026-01-15",
        "until_on": "2026-01-16",
        "letter_number": "850/12",
        "letter_on": "2026-01-13",
        **more,
    }


def with_deputy(office: Office) -> dict[str, Any]:
    """The same with the Kabid as Plh."""
    named = user_of(office, DEPUTY).id
    order = {"substitute_number": "800/7", "substitute_on": "2026-01-14"}
    return two_days(office, substitute_user=named, **order)


def test_a_plh_acts_from_midnight_of_his_appointment_and_the_head_on_leave_no_more(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = at_the_head(dukcapil)
    head, deputy = user_of(dukcapil, HEAD), user_of(dukcapil, DEPUTY)
    epoch = deputy.session_epoch
    answer = browser("administrator").post("/cuti/new/", data=with_deputy(dukcapil))
    assert answer.status_code == 302

    clock(MIDNIGHT - MINUTE)  # 23.59
    assert (looks(browser(DEPUTY), case), approve(browser(DEPUTY), case)) == (404, 404)
    assert looks(browser(HEAD), case) == 200
    clock(MIDNIGHT)
    assert {looks(browser(HEAD), case), approve(browser(HEAD), case)} <= {*CLOSED}
    assert (
        f"Anda tercatat cuti sampai 16 Januari 2026; jabatan Kepala Dinas dijalankan Plh. {deputy}."
    ) in first_page(browser(HEAD))
    assert "Kepala Dinas (cuti)" in first_page(browser(HEAD))
    deputys = first_page(browser(DEPUTY))
    assert f'href="/pengaduan/details/?id={case.id}"' in deputys
    assert f"Anda Plh. Kepala Dinas sampai 16 Januari 2026, menggantikan {head} (cuti)." in deputys
    assert "· sebagai Plh. Kepala Dinas</span>" in deputys
    tree = " ".join(browser(DEPUTY).get("/susunan-kantor/").text.split())
    assert f"{deputy} (Plh.); {head} (cuti)" in tree
    assert "Berlaku sekarang, sedang cuti" in browser("administrator").get("/pemangku/").text
    posts = " ".join(browser("administrator").get("/jabatan/").text.split())
    assert f"{deputy} (Plh.); {head} (cuti)" in posts
    assert "Plh. Kepala Dinas – Anda" in browser(DEPUTY).get(DETAILS.format(case.id)).text
    sheet = sheet_of(browser(DEPUTY), case)
    assert f"Plh. KEPALA DINAS,</p><p>(tanda tangan basah)</p><p><u>{deputy}</u>" in sheet
    assert approve(browser(DEPUTY), case) == 302

    page = browser(DEPUTY).get(f"/pengaduan/details/?id={case.id}").text
    assert f"Disetujui: Plh. Kepala Dinas – {deputy}, " in page
    done = last_event(case)
    assert (done.user, done.post.key, done.acted_as) == (deputy, HEAD, HoldingKind.PLH)
    values = values_for(db.session.scalars(sa.select(Letter).where(Letter.case == done.case)).one())
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("Plh. KEPALA DINAS", deputy.name)
    page = browser(KASUBBAG).get(f"/pengaduan/details/?id={case.id}").text
    assert f"Plh. Kepala Dinas – {deputy}" in page
    db.session.refresh(deputy)
    assert deputy.session_epoch == epoch  # nobody has to log in anew

    clock(MIDNIGHT + timedelta(days=2))  # Sabtu, 17 Januari 2026, 00.00 WIB
    assert looks(browser(DEPUTY), case) == 404
    assert looks(browser(HEAD), case) == 200
    assert "Anda tercatat" not in first_page(browser(HEAD))
    assert head.holdings[0].until_at is None


def test_a_post_handed_over_in_mid_case_takes_rights_and_inbox_along_at_that_minute(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = at_the_head(dukcapil)
    noon = datetime(2026, 1, 13, 5, tzinfo=UTC)  # 12.00 WIB
    old, post = user_of(dukcapil, HEAD), post_of(dukcapil, HEAD)
    new = factories.make_user(f"{dukcapil.key}.baru", office=dukcapil)
    new.name = "Pejabat Baru Contoh"
    old.holdings[0].until_at = noon
    db.session.add(Holding(post=post, user=new, from_at=noon, letter_number="821/3"))
    db.session.commit()

    clock(noon - MINUTE)
    assert looks(browser(HEAD), case) == 200
    assert looks(browser("baru"), case) in CLOSED
    form = {"id": str(case.id), "version": str(case.version), "note": "Perbaiki hal suratnya."}
    assert browser(HEAD).post("/pengaduan/step/return/", data=form).status_code == 302
    walking.bring(case.id, "pemeriksaan", when=factories.after)
    clock(noon)
    link = f'href="/pengaduan/details/?id={case.id}"'
    assert link in first_page(browser("baru"))
    assert link not in first_page(browser(HEAD))
    assert {looks(browser(HEAD), case), approve(browser(HEAD), case)} <= {*CLOSED}
    clock(noon + timedelta(days=1))
    assert approve(browser("baru"), case) == 302

    page = browser("baru").get(f"/pengaduan/details/?id={case.id}").text
    assert f"Kepala Dinas – {old}" in page
    assert f"Kepala Dinas – {new}" in page


def test_the_work_of_a_vacated_post_lies_with_the_superior_and_everybody_is_told(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = factories.make_case(dukcapil, "pengaduan-menengah", "arahan")
    link = f'href="/pengaduan/details/?id={case.id}"'
    assert link not in first_page(browser("sekretaris"))
    holding_of(dukcapil, KASUBBAG).until_at = NOW + timedelta(hours=1)  # 10.00 WIB
    db.session.commit()

    clock(NOW + timedelta(hours=1))
    post = post_of(dukcapil, KASUBBAG).title
    since = "12 Januari 2026 pukul 10.00"
    page = first_page(browser("sekretaris"))
    assert link in page
    assert f"Jabatan {post} kosong sejak {since}; pekerjaannya ada di meja Anda." in page
    assert link not in first_page(browser(KASUBBAG))
    told = " ".join(browser("administrator").get("/persiapan/").text.split())
    assert f"Kosong: {post}" in told
    assert f"Kosong sejak {since}; pekerjaannya ada di meja Sekretaris." in told
    assert f'href="/pemangku/new/?post={post_of(dukcapil, KASUBBAG).id}"' in told
    alarm = first_page(browser("administrator"))
    names = f'<a href="/pemangku/new/?post={post_of(dukcapil, KASUBBAG).id}">Tunjuk pemangku</a>'
    assert f"Jabatan {post} tidak ada yang menjalankan sejak {since}. {names}" in alarm
    assert names not in page
    assert f"Jabatan {post}" not in first_page(browser(HEAD))


def test_while_a_holder_is_away_without_a_plh_the_superior_has_his_work(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = factories.make_case(dukcapil, "pengaduan-menengah", "arahan")
    away = holding_of(dukcapil, KASUBBAG)
    began, back = NOW, NOW + timedelta(days=3)
    journey = {"kind": LeaveKind.JOURNEY, "from_at": began, "until_at": back}
    db.session.add(Leave(holding=away, **journey))
    db.session.commit()

    clock(NOW + MINUTE)
    link = f'href="/pengaduan/details/?id={case.id}"'
    page = first_page(browser("sekretaris"))
    assert link in page
    title = factories.post_of(dukcapil, KASUBBAG).title
    assert f"· untuk {title} (kosong)</span>" in page
    there = browser("sekretaris").get(DETAILS.format(case.id)).text
    assert f"{title} (kosong) – Anda" in there
    assert "tidak di tempat sejak 12 Januari 2026 pukul 09.00 tanpa Plh.; pekerjaannya ada" in page
    mine = first_page(browser(KASUBBAG))
    assert "Anda tercatat dinas luar sampai 15 Januari 2026 pukul 09.00; pekerjaan jabatan" in mine
    assert "ada di meja Sekretaris." in mine
    assert f"{title} (dinas luar)" in mine
    told = browser("administrator").get("/pemangku/").text
    assert "Berlaku sekarang, sedang dinas luar" in told
    assert link not in mine
    clock(back)
    assert link in first_page(browser(KASUBBAG))
    assert link not in first_page(browser("sekretaris"))


def test_who_is_back_before_his_time_acts_again_at_once_and_his_plh_no_more(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = at_the_head(dukcapil)
    browser("administrator").post("/cuti/new/", data=with_deputy(dukcapil))
    leave = db.session.scalars(sa.select(Leave)).one()
    assert (leave.from_at, leave.until_at) == (MIDNIGHT, MIDNIGHT + timedelta(days=2))
    named = leave.substitute
    assert named is not None
    assert (named.kind, named.from_at, named.until_at) == ("plh", leave.from_at, leave.until_at)
    assert (named.letter_number, named.letter_on) == ("800/7", date(2026, 1, 14))

    noon = MIDNIGHT + timedelta(hours=12)
    clock(noon)
    text = browser("administrator").get(f"/cuti/details/?id={leave.id}").text
    assert "Sudah kembali: akhiri sekarang" in text
    assert browser("administrator").get(f"/cuti/delete/?id={leave.id}").status_code == 404
    assert browser("administrator").post(f"/cuti/akhiri/?id={leave.id}").status_code == 302
    assert approve(browser(DEPUTY), case) == 404
    assert approve(browser(HEAD), case) == 302
    db.session.expire_all()
    assert (leave.until_at, leave.substitute.until_at if leave.substitute else None) == (noon, noon)
    assert browser("administrator").post(f"/cuti/akhiri/?id={leave.id}").status_code == 404


def test_who_lost_the_post_between_the_click_and_the_lock_has_done_nothing(
    dukcapil: Office, clock: Clock
) -> None:
    case, head = at_the_head(dukcapil), factories.actor(dukcapil, HEAD)
    moment, holding_id = factories.after(case), holding_of(dukcapil, HEAD).id
    away = {"from_at": moment, "until_at": moment + timedelta(days=1)}

    def lost(what: str) -> None:
        with command(case.id) as locked:
            if what == "leave":
                db.session.add(Leave(holding_id=holding_id, **away))
            else:
                db.session.get_one(Holding, holding_id).until_at = moment
            perform(locked, "approve", actor=head, now=moment, inputs=Inputs())

    for what in ("leave", "holding"):
        with pytest.raises(NotAllowed):
            lost(what)
        db.session.rollback()
    with command(case.id) as locked:
        perform(locked, "approve", actor=head, now=moment, inputs=Inputs())
    assert last_event(case).user == head.user


@pytest.mark.sqlite
def test_a_leave_that_cannot_be_is_refused_where_it_was_typed(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    eka = browser("administrator")
    head = user_of(dukcapil, HEAD)
    for typed, field, said in (
        ({"until_on": "2026-01-14"}, "until_on", "Hari terakhir lebih awal"),
        ({"until_on": ""}, "until_on", ""),
        ({"substitute_user": str(head.id)}, "substitute_user", "Yang cuti tidak dapat menjadi Plh"),
        ({"from_on": "2010-01-01"}, "from_on", "tidak dipangku sepanjang waktu ini"),
    ):
        answer = eka.post("/cuti/new/", data=two_days(dukcapil) | typed)
        assert answer.status_code == 422, typed
        assert f'id="{field}-error"' in answer.text, typed
        assert said in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Leave.id))) == 0
    assert eka.post("/cuti/new/", data=two_days(dukcapil)).status_code == 302
    again = eka.post("/cuti/new/", data=two_days(dukcapil, from_on="2026-01-16"))
    assert (again.status_code, "sudah tercatat cuti lain" in again.text) == (422, True)
    own = two_days(dukcapil, holding=holding_of(dukcapil, "administrator").id)
    refused = eka.post("/cuti/new/", data=own)
    assert (refused.status_code, "dapat mengatur kantor" in refused.text) == (422, True)
    assert db.session.scalar(sa.select(sa.func.count(Leave.id))) == 1


@pytest.mark.sqlite
def test_a_leave_to_come_may_be_changed_and_taken_away_with_its_plh(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    eka = browser("administrator")
    eka.post("/cuti/new/", data=with_deputy(dukcapil))
    leave = db.session.scalars(sa.select(Leave)).one()
    address = f"/cuti/edit/?id={leave.id}"
    typed = fields_of(eka.get(address).text)
    assert (typed["from_on"], typed["until_on"]) == ("2026-01-15", "2026-01-16")
    assert typed["substitute_number"] == "800/7"
    other = user_of(dukcapil, "sekretaris")
    typed |= {"until_on": "2026-01-17", "substitute_user": str(other.id)}
    assert eka.post(address, data=typed).status_code == 302
    db.session.expire_all()
    plh = sa.select(Holding).where(Holding.kind == HoldingKind.PLH)
    (named,) = db.session.scalars(plh)
    assert (named.user, named.until_at) == (other, MIDNIGHT + timedelta(days=3))
    assert "Akan datang" in eka.get("/cuti/").text
    assert eka.post(f"/cuti/delete/?id={leave.id}").status_code == 302
    assert db.session.scalars(plh).all() == []


@pytest.mark.sqlite
def test_a_plh_who_is_named_or_replaced_while_the_leave_lasts_acts_from_that_minute_on(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    browser("administrator").post("/cuti/new/", data=two_days(dukcapil))
    leave = db.session.scalars(sa.select(Leave)).one()
    moments = []
    for hours, key in ((9, DEPUTY), (12, "sekretaris")):
        moments.append(MIDNIGHT + timedelta(hours=hours))
        clock(moments[-1])
        eka, address = browser("administrator"), f"/cuti/edit/?id={leave.id}"
        typed = fields_of(eka.get(address).text)
        typed |= {"substitute_user": str(user_of(dukcapil, key).id)}
        assert eka.post(address, data=typed).status_code == 302
    db.session.expire_all()
    plh = sa.select(Holding).where(Holding.kind == HoldingKind.PLH).order_by(Holding.id)
    first, second = db.session.scalars(plh)
    assert (first.user, first.from_at, first.until_at) == (user_of(dukcapil, DEPUTY), *moments)
    assert (second.from_at, second.until_at) == (moments[1], leave.until_at)
    assert leave.substitute == second


def test_of_two_people_on_one_post_each_acts_and_the_history_says_who(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    first, second = at_the_head(dukcapil), at_the_head(dukcapil)
    post = post_of(dukcapil, HEAD)
    beside = factories.make_user(f"{dukcapil.key}.kedua", post)
    db.session.commit()
    assert approve(browser(HEAD), first) == 302
    assert approve(browser("kedua"), second) == 302
    assert last_event(first).user == user_of(dukcapil, HEAD)
    done = last_event(second)
    assert (done.user, done.holding_id) == (beside, beside.holdings[0].id)


# -- Pemangku --------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_holder_is_named_to_the_minute_with_his_letter_and_the_list_says_when(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    eka = browser("administrator")
    user, post = user_of(dukcapil, "sekretaris"), post_of(dukcapil, DEPUTY)
    data = {
        "post": post.id, "user": user.id, "kind": "plt", "from_on": "2026-01-13",
        "from_time": "12:00", "until_on": "2026-01-20", "until_time": "16:30",
        "letter_number": "821.2/14/BKPSDM", "letter_on": "2026-01-09",
    }  # fmt: skip
    assert eka.post("/pemangku/new/", data=data).status_code == 302
    made = db.session.scalars(sa.select(Holding).where(Holding.kind == HoldingKind.PLT)).one()
    assert made.from_at == datetime(2026, 1, 13, 5, tzinfo=UTC)
    assert made.until_at == datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
    text = eka.get(f"/pemangku/details/?id={made.id}").text
    for said in (
        "13 Januari 2026 pukul 12.00", "20 Januari 2026 pukul 16.30", "821.2/14/BKPSDM",
        "Akan datang",
    ):  # fmt: skip
        assert said in text
    address = f"/pemangku/edit/?id={made.id}"
    typed = fields_of(eka.get(address).text)
    assert {name: typed[name] for name in data if name != "kind"} == {
        name: str(value) for name, value in data.items() if name != "kind"
    }
    eka.post(address, data=typed | {"until_time": ""})
    db.session.expire_all()
    assert made.until_at == datetime(2026, 1, 20, 17, tzinfo=UTC)  # the whole day counts
    for moment, state in (
        (made.from_at, "now"), (made.until_at, "past"), (made.from_at - MINUTE, "coming"),
    ):  # fmt: skip
        clock(moment)
        assert str(user) in browser("administrator").get(f"/pemangku/?flt0_waktu={state}").text


@pytest.mark.sqlite
def test_nobody_holds_a_post_twice_and_who_has_acted_stays_in_the_history(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = at_the_head(dukcapil)
    eka, head = browser("administrator"), user_of(dukcapil, HEAD)
    other = user_of(dukcapil, "sekretaris")
    twice = {"post": post_of(dukcapil, HEAD).id, "user": head.id, "from_on": "2026-01-15"}
    answer = eka.post("/pemangku/new/", data={**twice, "kind": "plh"})
    assert (answer.status_code, "sudah memangku jabatan itu" in answer.text) == (422, True)
    assert approve(browser(HEAD), case) == 302
    address = f"/pemangku/edit/?id={head.holdings[0].id}"
    typed = fields_of(eka.get(address).text) | {"user": str(other.id)}
    refused = eka.post(address, data=typed)
    assert (refused.status_code, "Riwayat berkas sudah menyebut" in refused.text) == (422, True)
    db.session.expire_all()
    assert head.holdings[0].user == head
    more = {"post": post_of(dukcapil, DEPUTY).id, "user": head.id, "from_on": "2026-01-15"}
    warned = eka.post("/pemangku/new/", data={**more, "kind": "definitive"}, follow_redirects=True)
    assert "juga memangku Kepala Dinas secara definitif" in warned.text


@pytest.mark.sqlite
def test_a_post_that_will_be_vacant_within_a_week_is_told_before(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    holding_of(dukcapil, "kasi-pendaftaran").until_at = NOW + timedelta(days=7)
    holding_of(dukcapil, "sekretaris").until_at = NOW + timedelta(days=8)
    db.session.commit()
    told = " ".join(browser("administrator").get("/persiapan/").text.split())
    assert "Tidak ada pemangkunya mulai 19 Januari 2026 pukul 09.00." in told
    assert "20 Januari 2026" not in told
    add = Holding(
        post=post_of(dukcapil, "kasi-pendaftaran"),
        user=user_of(dukcapil, DEPUTY),
        from_at=NOW + timedelta(days=6),
    )
    db.session.add(add)
    db.session.commit()
    assert "19 Januari 2026" not in browser("administrator").get("/persiapan/").text


# -- a.n. and u.b. ---------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_mandate_goes_upwards_and_no_further_than_a_block_has_lines(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    eka = browser("administrator")

    def enter(post: Post, other: Post, **more: Any) -> Any:
        data = {"post": post.id, "for_post": other.id, "from_on": "2026-01-01", **more}
        return eka.post("/mandat/new/", data=data)

    head, secretary, kasubbag, desk = (
        post_of(dukcapil, key) for key in (HEAD, "sekretaris", KASUBBAG, "petugas-pengaduan")
    )
    assert enter(secretary, head).status_code == 302
    assert enter(kasubbag, secretary).status_code == 302
    for post, other, said in (
        (secretary, kasubbag, "atas namanya sendiri"),
        (head, head, "atas namanya sendiri"),
        (secretary, desk, "sudah menandatangani atas nama"),
        (desk, kasubbag, "paling banyak tiga jabatan"),
    ):
        answer = enter(post, other)
        assert answer.status_code == 422, said
        assert said in answer.text
    assert "Berlaku sekarang" in eka.get("/mandat/").text


@pytest.mark.sqlite
def test_the_letter_on_the_page_has_the_names_above_its_signature(
    dukcapil: Office, clock: Clock, browser: Browser
) -> None:
    case = at_the_head(dukcapil)
    head, mayor, governor = (
        post_of(dukcapil, key) for key in (HEAD, "inspektorat", "administrator")
    )
    for post, other in ((head, mayor), (mayor, governor)):
        db.session.add(Mandate(post=post, for_post=other, from_at=NOW))
    db.session.commit()
    clock(NOW + timedelta(hours=1))
    block = f"a.n. {governor.title.upper()}<br>{mayor.title.upper()},<br>u.b.<br>KEPALA DINAS,"
    assert block in sheet_of(browser(HEAD), case)
