"""Menyiapkan kantor: what an office lacks is named with the page that mends it, until it works."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from backoffice import accounts
from backoffice.readiness import State, readiness
from backoffice.workflow import publishing
from models import Holiday, Office, ProcedureVersion, User, db
from tests import factories
from tests.client import OfficeClient
from tests.town import NOW, SOP, TODAY, Town
from views.preparing import PLACES, SENTENCES, TITLES, VERBS

PASSWORD = "empat kuda di sawah"
FULL = {
    "address": "Jalan Contoh 1",
    "contacts": [{"label": "Telepon", "value": "0800"}],
    "hours": {"mon-fri": ["08:00-16:00"]},
}


class NewTown(Town):
    """A town that has no SOP yet."""

    def procedure(self, code: str, *, confidential: bool = False) -> ProcedureVersion:
        """Nothing is published here."""
        return ProcedureVersion()


@pytest.fixture
def town(app: Flask, session: Any) -> Town:
    """A small office on the day of the town, without an SOP."""
    app.config["NOW"] = lambda: NOW
    return NewTown()


@pytest.fixture
def eka(town: Town) -> User:
    """Who sets the office up."""
    post = town.post("admin", town.director, capabilities=["manage_office", "manage_sop"])
    return town.user("eka", post, password_hash=accounts.hash_password(PASSWORD))


def codes(town: Town) -> dict[str, tuple[str, str]]:
    """State and code of every line; of several with one key the last."""
    db.session.commit()
    return {one.key: (str(one.state), one.code) for one in readiness(town.office, NOW).lines}


def complete(town: Town) -> ProcedureVersion:
    """Everything that an office needs, and ani at its counter."""
    for name, value in FULL.items():
        setattr(town.office, name, value)
    for year in (2026, 2027):
        db.session.add(Holiday(office=town.office, day=date(year, 8, 17), name="Kemerdekaan"))
    town.head.unit = town.unit("umum")
    town.desk.roles = [town.role("petugas")]
    town.head.roles = town.director.roles = [town.role("kepala")]
    for name, post in (("ani", town.desk), ("budi", town.head), ("citra", town.director)):
        town.user(name, post)
    db.session.commit()
    publishing.save_draft(town.office, SOP.format(code="umum", title="SOP Umum"))
    return publishing.publish(town.office, "umum", now=NOW, by=None)


def test_a_new_office_lacks_almost_everything_and_the_page_says_where_to_enter_it(
    town: Town, eka: User, client: OfficeClient
) -> None:
    found = codes(town)
    assert found == {
        "letterhead": ("missing", "address_contacts"),
        "hours": ("missing", "hours"),
        "holidays": ("missing", "none"),
        "numbers": ("done", "done"),
        "units": ("advice", "none"),
        "roles": ("missing", "none"),
        "posts": ("missing", "none"),
        "superiors": ("done", "done"),
        "holders": ("advice", "vacant"),
        "published": ("missing", "none"),
    }
    page = client.log_in(eka).get("/persiapan/").text
    for address in ("/bidang/", "/pelaksana/", "/jabatan/", "/pemangku/", "/sop/"):
        assert f'href="{address}"' in page
    assert f'href="/instansi/edit/?id={town.office.id}"' in page
    assert page.count("btn primary") == 1  # where to begin
    assert "Kantor belum dapat bekerja" in page


def test_a_complete_office_is_ready_once_somebody_can_open_a_case(
    town: Town, eka: User, client: OfficeClient
) -> None:
    complete(town)
    found = readiness(town.office, NOW)
    assert [one for one in found.lines if one.state is not State.DONE] == []
    assert found.openable == ("SOP Umum",)
    page = client.log_in(eka).get("/persiapan/").text
    assert "Kantor siap bekerja" in page
    assert "btn primary" not in page


def test_nobody_at_the_counter_and_nobody_above_means_that_no_case_can_be_opened(
    town: Town, eka: User
) -> None:
    complete(town)
    for post in (town.desk, town.head, town.director):
        for holding in [one for one in held(town) if one.post is post]:
            holding.until_at = NOW
    found = codes(town)
    assert found["holders"] == ("missing", "lost")
    assert found["published"] == ("missing", "nobody")
    assert not readiness(town.office, NOW).is_ready


def held(town: Town) -> list[Any]:
    """The holdings of the town."""
    users = db.session.query(User).filter_by(office_id=town.office.id)
    return [one for user in users for one in user.holdings]


def test_a_vacant_post_whose_work_lies_with_a_superior_hinders_nobody_and_is_an_alert_if_needed(
    town: Town, eka: User, client: OfficeClient
) -> None:
    complete(town)
    town.post("spare", town.head)
    next(one for one in held(town) if one.post is town.desk).until_at = NOW
    found = codes(town)
    assert (found["holders"], found["vacancy"]) == (("advice", "vacant"), ("alert", "now"))
    (alert,) = (one for one in readiness(town.office, NOW).lines if one.key == "vacancy")
    assert (alert.values["post"], alert.values["desk"], alert.values["since"]) == (
        "Desk", "Head", NOW,
    )  # fmt: skip
    assert readiness(town.office, NOW).is_ready
    page = client.log_in(eka).get("/persiapan/").text
    assert "Tidak ada yang kurang, tetapi 1 jabatan kosong." in page


def test_a_role_that_an_sop_needs_and_no_post_has_is_missing(town: Town, eka: User) -> None:
    complete(town)
    town.desk.roles = []
    db.session.commit()
    lines = {one.key: one for one in readiness(town.office, NOW).lines}
    assert (lines["roles"].state, lines["roles"].values) == (
        State.MISSING,
        {"roles": ["Petugas"]},
    )


@pytest.mark.sqlite
def test_drafts_are_counted_with_their_errors_and_hinder_only_where_nothing_binds(
    town: Town, eka: User
) -> None:
    complete(town)
    text = SOP.format(code="umum", title="SOP Umum")
    publishing.save_draft(town.office, text.replace("actor: petugas", "actor: ptugas"))
    assert codes(town)["draft"] == ("advice", "errors")
    publishing.save_draft(town.office, text)
    assert codes(town)["draft"] == ("advice", "publish")
    publishing.save_draft(town.office, "code: zakat\ntitle: [")
    lines = [one for one in readiness(town.office, NOW).lines if one.key == "draft"]
    assert [one.state for one in lines] == [State.ADVICE, State.MISSING]
    assert lines[1].values["n"] > 0


@pytest.mark.sqlite
def test_posts_that_do_nothing_and_second_heads_are_to_be_looked_at(town: Town, eka: User) -> None:
    complete(town)
    town.post("staf")
    found = codes(town)
    assert found["posts"] == ("advice", "idle")
    assert found["superiors"] == ("advice", "several")


def test_the_rooms_of_the_papers_are_ready(app: Flask, dukcapil: Office) -> None:
    found = readiness(dukcapil, factories.NOW)
    assert not found.is_missing
    assert len(found.openable) == len(publishing.newest_published(dukcapil.id))


@pytest.mark.sqlite
def test_another_offices_rows_count_for_nothing(town: Town, eka: User) -> None:
    before = codes(town)
    other = Town("jauh")
    other.desk.roles = [other.role("petugas")]
    other.unit("umum")
    other.user("ani", other.desk)
    db.session.add(Holiday(office=other.office, day=TODAY, name="Libur"))
    assert codes(town) == before


@pytest.mark.sqlite
def test_who_only_writes_sops_is_led_to_the_pages_that_are_his(
    town: Town, client: OfficeClient
) -> None:
    sri = town.user("sri", town.post("penulis", capabilities=["manage_sop"]))
    page = client.log_in(sri).get("/persiapan/").text
    assert 'href="/sop/"' in page
    assert 'href="/jabatan/"' not in page
    assert "administrator instansi" in page
    hrefs = re.findall(r'href="(/[a-z-]+/)"', page[page.index("<main") :])
    assert {one: client.get(one).status_code for one in hrefs} == {"/sop/": 200}


@pytest.mark.sqlite
def test_every_line_has_its_words_and_its_way() -> None:
    keys = {key for key, _code in SENTENCES}
    assert keys == set(TITLES) == set(VERBS) == set(PLACES)


# -- where one begins ------------------------------------------------------------------------


def enter(client: OfficeClient, username: str = "eka", target: str = "/") -> str:
    """Log in; where that leads."""
    data = {"username": username, "password": PASSWORD}
    answer = client.post("/masuk", query_string={"next": target}, data=data)
    assert answer.status_code == 302
    return str(answer.location)


def test_who_sets_up_begins_there_while_something_is_missing_and_at_his_inbox_after(
    town: Town, eka: User, client: OfficeClient
) -> None:
    assert enter(client) == "/persiapan/"
    client.log_out()
    assert enter(client, target="/bidang/") == "/bidang/"
    client.log_out()
    complete(town)
    assert enter(client) == "/"


@pytest.mark.sqlite
def test_a_first_password_leads_on_to_the_start_page(
    town: Town, eka: User, client: OfficeClient
) -> None:
    eka.must_change_password = True
    assert enter(client) == "/"
    assert client.get("/").location == "/ganti-sandi?next=/"
    new = {"old": PASSWORD, "new": "lima gajah di rawa", "again": "lima gajah di rawa"}
    assert client.post("/ganti-sandi?next=/", data=new).location == "/persiapan/"


@pytest.mark.sqlite
def test_the_system_administrator_begins_at_the_offices(town: Town, client: OfficeClient) -> None:
    accounts.create_system_admin("root", "Root", PASSWORD)
    assert enter(client, "root") == "/instansi/"
    page = client.get("/").text
    assert 'href="/instansi/"' in page
    assert "dioper" not in page


# -- what the menu shows ---------------------------------------------------------------------

LISTS = ("/pengaduan/", "/disposisi/", "/surat/")


def menu(client: OfficeClient) -> set[str]:
    """The lists that the menu shows."""
    page = client.get("/").text
    return {one for one in LISTS if f'<a href="{one}"' in page}


def test_no_empty_lists_are_shown_to_whom_no_case_ever_comes(
    town: Town, eka: User, client: OfficeClient
) -> None:
    complete(town)
    client.log_in(eka)
    assert menu(client) == set()
    page = client.get("/").text
    assert 'href="/persiapan/"' in page
    assert "Tidak ada berkas yang datang" in page
    town.desk.superior = eka.holdings[0].post  # somebody beneath him works on cases
    assert menu(client) == set(LISTS)


def test_whoever_meets_cases_keeps_his_lists(town: Town, eka: User, client: OfficeClient) -> None:
    sop = complete(town)
    late = town.post("arsip", town.head)
    people = {
        "ani": db.session.query(User).filter_by(username="ani").one(),
        "citra": db.session.query(User).filter_by(username="citra").one(),
        "gita": town.user("gita", late),
        "hana": town.user("hana", town.post("auditor", capabilities=["audit"])),
        "ika": town.user("ika", town.post("agenda", capabilities=["keep_register"])),
    }
    seen = {name: menu(client.log_in(user)) for name, user in people.items()}
    assert [name for name, lists in seen.items() if lists == set(LISTS)] == [
        "ani", "citra", "hana", "ika",
    ]  # fmt: skip
    assert seen["gita"] == set()
    town.case(late, town.desk, sop=sop)
    assert menu(client.log_in(people["gita"])) == set(LISTS)  # she had one
