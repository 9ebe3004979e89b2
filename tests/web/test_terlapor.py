"""Who is terlapor: no screen, count, file, list or link of the product tells him of the case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from backoffice import access
from backoffice.actor import person_of
from backoffice.search import search_text_of
from backoffice.workflow import accused
from models import Holding, IncomingLetter, Job, Office, Party, PartyRole, Post, db
from tests import factories
from tests.client import OfficeClient
from tests.factories import actor, after, make_case, post_of, user_of
from tests.unpacking import said
from tests.web.stage import CASE_VIEWS, INSIDE, Stage
from tests.web.test_rights_matrix import ask, changed, screens

# Where a case is asked for by its id: there he meets what a case is that does not exist.
OF_THE_CASE = ("attachment", "letter")
ITS_LETTER = "surat"  # and where its letter is asked for
# Screens on which no case stands for anybody: the rights matrix looks at them.
STRUCTURE = (
    *("account", "bidang", "cuti", "hari-libur", "instansi", "jabatan", "mandat", "pelaksana"),
    *("pemangku", "pengguna", "persiapan", "sop", "static"),
)
ELSEWHERE = ("create_view", "index_view", "export_view", "action_view", "letters_view", "bulk")


@pytest.fixture
def stage(app: Flask, dukcapil: Office, ambon: Office) -> Stage:
    """Citra is head, sits at the front desk, audits and keeps every register; then she is named.

    The case has come through all her posts, and by a letter that was laid before her.
    """
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=2)
    stage = Stage(app, dukcapil, ambon)
    head, citra = post_of(dukcapil, "kadis"), stage.users["citra"]
    head.capabilities = [*access.CAPABILITIES]
    front = post_of(dukcapil, "customer-service")
    db.session.add(Holding(post=front, user=citra, from_at=factories.FROM))
    letter = db.session.query(IncomingLetter).order_by(IncomingLetter.id).first()
    assert letter is not None
    letter.case, letter.subject, letter.for_post = stage.case, f"Surat {INSIDE}", head
    stage.case.number = "ADU-2026-7731"  # the settings show the first one as an example
    stage.case.search_text = search_text_of(stage.case)
    db.session.commit()
    name(stage)
    return stage


def name(stage: Stage) -> None:
    with accused.matter(stage.case.id, None) as (case, others):
        by = actor(stage.office, "sekretaris")
        accused.name(case, stage.users["citra"].id, others, actor=by, now=after(case))


@pytest.mark.sqlite
def test_no_screen_tells_the_terlapor_anything_and_nothing_he_sends_changes_it(
    app: Flask, stage: Stage
) -> None:
    client, number = stage.as_role("citra"), str(stage.case.number)
    version, events = stage.case.version, len(stage.case.events)
    there = {}
    for rule, method in screens(app):
        slug, _dot, page = rule.endpoint.partition(".")
        if slug in STRUCTURE:
            continue
        answer = ask(stage, client, rule, method)
        assert INSIDE.encode() not in said(answer), rule.endpoint
        if rule.endpoint != "search.index":  # which repeats what was asked
            assert number.encode() not in said(answer), rule.endpoint
        asked = slug in (*CASE_VIEWS, ITS_LETTER) and page not in ELSEWHERE
        if asked or page in OF_THE_CASE:
            there[rule.endpoint, method] = answer.status_code
    assert len(there) > 60
    assert {one: status for one, status in there.items() if status != 404} == {}
    db.session.expire_all()
    assert (stage.case.version, len(stage.case.events)) == (version, events)


@pytest.mark.sqlite
def test_what_is_asked_for_by_words_by_links_and_in_lists_is_not_found_either(
    app: Flask, stage: Stage
) -> None:
    client, case_id = stage.as_role("citra"), stage.case.id
    disposition, letter = stage.targets["disposisi"], stage.targets["surat"]
    before = stage.snapshot()
    for address in (
        f"/cari/?q={stage.case.number}",
        "/cari/?q=KENARI",
        "/cari/?q=0800-0000-142",
        "/pengaduan/?search=KENARI",
        "/pengaduan/export/xlsx/",
        "/surat/export/xlsx/",
        "/disposisi/export/xlsx/",
        f"/pengaduan/details/?id={case_id}#riwayat",
        f"/pengaduan/print/?id={case_id}",
        f"/pengaduan/letter/?id={letter}",
        f"/surat/details/?id={letter}",
        f"/surat/word/?id={letter}&naskah=konsep",
        f"/disposisi/details/?id={disposition}",
        f"/periksa/?id={case_id}",
        "/periksa/?urut=kotak",
        f"/susunan-kantor/meja/?id={post_of(stage.office, 'kadis').id}",
        "/bulan-ini/",
    ):
        answer = client.get(address, follow_redirects=True)
        told = said(answer).decode(errors="replace")
        for secret in (INSIDE, "Fitri", f'details/?id={case_id}"', f"details/?id={case_id}#"):
            assert secret not in told, address
    for deed in ("approve", "forward"):
        typed = {"rowid": str(case_id), f"version.{case_id}": "1", "action": deed, "note": "x"}
        answer = client.post("/pengaduan/action/", data=typed, follow_redirects=True)
        assert INSIDE not in answer.text
    assert changed(before, stage.snapshot()) == {}


@pytest.mark.sqlite
def test_of_letters_he_asked_for_he_is_not_told_that_the_one_about_him_failed(stage: Stage) -> None:
    job = db.session.get_one(Job, stage.targets["pekerjaan"])
    job.faults = [{"case": stage.case.id, "number": f"7731/{INSIDE}", "code": "broken"}]
    job.result_name = "surat-balasan.zip"
    db.session.commit()
    client = stage.as_role("citra")

    for page in ("details", "faults"):
        with client.get(f"/pekerjaan/{page}/?id={job.id}") as answer:
            assert INSIDE.encode() not in said(answer), page


def test_counts_of_the_terlapor_leave_the_case_out(app: Flask, stage: Stage) -> None:
    sekretaris = app.test_client()
    assert isinstance(sekretaris, OfficeClient)
    sekretaris.log_in(user_of(stage.office, "sekretaris"))
    mine, others = stage.as_role("citra").get("/"), sekretaris.get("/")
    assert INSIDE not in mine.text
    assert INSIDE in others.text  # it lies at the desk outside, for which the Sekretaris records
    assert 'class="count">1<' in others.text
    assert 'class="count">1<' not in mine.text


def test_the_page_asks_about_an_official_and_says_where_the_case_went(
    app: Flask, client: OfficeClient, dukcapil: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=2)
    case = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    kasubbag = user_of(dukcapil, "kasubbag-umum")
    kasubbag.name = "Budi Umpama, S.Sos."
    case.parties.append(Party(role=PartyRole.REPORTED, name="Bapak Budi Umpama"))
    db.session.commit()
    address = f"/pengaduan/details/?id={case.id}"
    client.log_in(user_of(dukcapil, "kadis"))
    page = client.get(address).text
    assert "Terlapor mungkin pejabat kantor ini. Pastikan." in page
    assert "Budi Umpama, S.Sos. – Kepala Subbagian Umum dan Kepegawaian" in page
    form = {"id": case.id, "version": case.version, "official": kasubbag.id}
    own = app.test_client()
    assert isinstance(own, OfficeClient)
    own.log_in(kasubbag)
    assert "Terlapor mungkin" not in own.get(address).text

    done = client.post("/pengaduan/terlapor/", data=form, follow_redirects=True)

    assert done.status_code == 200
    assert "Budi Umpama, S.Sos. terlapor berkas ini dan tidak melihatnya." in done.text
    assert own.get(address).status_code == 404
    assert client.post("/pengaduan/terlapor/", data=form).status_code == 409
    db.session.expire_all()
    form = {"id": case.id, "version": case.version, "reason": ""}
    assert client.post("/pengaduan/bukan-terlapor/", data=form).status_code == 422
    form["reason"] = "Orang lain dengan nama yang sama"
    cleared = client.post("/pengaduan/bukan-terlapor/", data=form, follow_redirects=True)
    assert "Budi Umpama, S.Sos. bukan terlapor" in cleared.text
    assert own.get(address).status_code == 200


@pytest.mark.sqlite
def test_who_is_waved_through_is_not_asked_about_again(
    client: OfficeClient, app: Flask, dukcapil: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=2)
    case = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    case.summary = "Petugas bernama Ani Percontohan meminta uang."
    ani = user_of(dukcapil, "petugas-pengaduan")
    ani.name = "Ani Percontohan"
    db.session.commit()
    client.log_in(user_of(dukcapil, "kadis"))
    address = f"/pengaduan/details/?id={case.id}"
    assert "Pastikan." in client.get(address).text
    form = {"id": case.id, "version": case.version, "official": ani.id}
    assert client.post("/pengaduan/bukan-terlapor/", data=form).status_code == 302
    assert "Pastikan." not in client.get(address).text
    assert person_of(ani, factories.NOW).actors


@pytest.mark.sqlite
def test_an_administrator_who_gives_the_terlapor_a_post_learns_nothing_and_the_desk_moves(
    app: Flask, client: OfficeClient, dukcapil: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=2)
    case = make_case(dukcapil, "pengaduan-umum", "arahan")
    named, eka = user_of(dukcapil, "kasi-pencatatan-sipil"), user_of(dukcapil, "administrator")
    with accused.matter(case.id, None) as (locked, others):
        by = actor(dukcapil, "sekretaris")
        accused.name(locked, named.id, others, actor=by, now=after(locked))
    desk = post_of(dukcapil, "kasubbag-umum")
    db.session.delete(user_of(dukcapil, "kasubbag-umum").holdings[0])
    db.session.commit()
    typed = {"post": desk.id, "user": named.id, "kind": "plt", "from_on": "2026-01-01"}

    done = client.log_in(eka).post("/pemangku/new/", data=typed, follow_redirects=True)

    assert done.status_code == 200
    assert str(case.number) not in done.text
    db.session.expire_all()
    there = [one.post.key for one in case.assignments if one.left_at is None]
    assert there == ["sekretaris"]
    assert case.events[-1].kind == "rerouted"
    assert named.id in {one.user_id for one in desk_holders(desk)}


def desk_holders(post: Post) -> list[Holding]:
    """Everybody who holds or held the post."""
    return db.session.query(Holding).filter_by(post_id=post.id).all()
