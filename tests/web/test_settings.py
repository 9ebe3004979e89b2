"""Pengaturan: what an office's administrator does, and what the screens refuse."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import accounts
from models import (
    Holding,
    Holiday,
    Post,
    ProcedureVersion,
    Role,
    Unit,
    User,
    VersionState,
    db,
)
from tests.client import OfficeClient
from tests.forms import fields_of
from tests.town import NOW, SOP, Town


@pytest.fixture
def town(app: Flask, session: Any) -> Town:
    """A small office on the day of the town."""
    app.config["NOW"] = lambda: NOW
    town = Town()
    town.office.hours = {"mon-fri": ["08:00-16:00"]}
    return town


@pytest.fixture
def eka(town: Town, client: OfficeClient) -> OfficeClient:
    """The browser of who manages the office and its SOPs."""
    post = town.post("admin", capabilities=["manage_office", "manage_sop"])
    return client.log_in(town.user("eka", post))


@pytest.fixture
def ani(town: Town) -> User:
    """Somebody at the front desk."""
    return town.user("ani", town.desk)


def password_on(html: str) -> str:
    """The temporary password that a page shows."""
    found = re.search(r'class="password">([^<]+)<', html)
    assert found is not None
    return found[1]


# -- people ----------------------------------------------------------------------------------


def test_a_new_person_gets_a_temporary_password_that_is_shown_once(
    town: Town, app: Flask, eka: OfficeClient
) -> None:
    data = {"name": "Fitri, S.Kom.", "username": "Fitri.Contoh", "active": "y"}
    answer = eka.post("/pengguna/new/", data=data)
    password = password_on(answer.text)
    user = db.session.scalars(sa.select(User).where(User.username == "fitri.contoh")).one()
    assert accounts.verify(user.password_hash, password)
    assert user.must_change_password
    assert user.office_id == town.office.id
    assert password not in eka.get(f"/pengguna/details/?id={user.id}").text
    new = app.test_client()
    answer = new.post("/masuk", data={"username": "fitri.contoh", "password": password})
    assert answer.status_code == 302


def test_a_taken_user_name_is_refused_beside_its_field_and_what_was_typed_stays(
    ani: User, eka: OfficeClient
) -> None:
    answer = eka.post("/pengguna/new/", data={"name": "Ani Lain", "username": "ANI"})
    assert answer.status_code == 422
    assert 'id="username-error"' in answer.text
    assert fields_of(answer.text)["name"] == "Ani Lain"
    assert 'class="password"' not in answer.text


@pytest.mark.parametrize("username", ["ani", "ANI", "a b"])
@pytest.mark.sqlite
def test_what_is_wrong_with_a_user_name_is_said_once(
    ani: User, eka: OfficeClient, username: str
) -> None:
    answer = eka.post("/pengguna/new/", data={"name": "Ani Lain", "username": username})
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1  # that nothing was kept
    assert answer.text.count('class="error"') == 1
    said = re.search(r'id="username-error".*?<span>(.*?)</span>', answer.text)
    assert said is not None
    assert answer.text.count(said[1]) == 1


def test_a_password_is_reset_at_the_counter_after_a_question(ani: User, eka: OfficeClient) -> None:
    before, epoch = ani.password_hash, ani.session_epoch
    assert "Ani Contoh" in eka.get(f"/pengguna/reset/?id={ani.id}").text
    assert ani.password_hash == before
    password = password_on(eka.post(f"/pengguna/reset/?id={ani.id}").text)
    db.session.refresh(ani)
    assert accounts.verify(ani.password_hash, password)
    assert ani.session_epoch == epoch + 1


def test_closing_an_account_ends_its_sessions(ani: User, eka: OfficeClient) -> None:
    address = f"/pengguna/edit/?id={ani.id}"
    typed = fields_of(eka.get(address).text)
    del typed["active"]
    assert eka.post(address, data=typed).status_code == 302
    db.session.refresh(ani)
    assert not ani.active
    assert ani.session_epoch == 1


# -- holdings --------------------------------------------------------------------------------


def test_naming_a_holder_gives_the_rights_and_asks_for_a_new_login(
    town: Town, ani: User, eka: OfficeClient
) -> None:
    data = {"post": town.head.id, "user": ani.id, "kind": "plh", "from_on": "2026-01-14"}
    assert eka.post("/pemangku/new/", data=data).status_code == 302
    db.session.refresh(ani)
    assert ani.session_epoch == 1
    assert {one.post.key for one in ani.holdings} == {"desk", "head"}


@pytest.mark.sqlite
def test_the_page_of_a_post_leads_to_naming_its_holder_from_today(
    town: Town, eka: OfficeClient
) -> None:
    link = f"/pemangku/new/?post={town.head.id}"
    assert link in eka.get(f"/jabatan/details/?id={town.head.id}").text
    typed = fields_of(eka.get(link).text)
    assert (typed["post"], typed["from_on"]) == (str(town.head.id), "2026-01-14")
    foreign = Town("jauh").head
    assert fields_of(eka.get(f"/pemangku/new/?post={foreign.id}").text)["post"] == ""
    answer = eka.post("/pengguna/new/", data={"name": "Fitri", "username": "fitri", "active": "y"})
    user = db.session.scalars(sa.select(User).where(User.username == "fitri")).one()
    assert f"/pemangku/new/?user={user.id}" in answer.text


def test_handing_a_post_from_one_to_another_ends_the_sessions_of_both(
    town: Town, ani: User, eka: OfficeClient
) -> None:
    budi = town.user("budi")
    address = f"/pemangku/edit/?id={ani.holdings[0].id}"
    typed = fields_of(eka.get(address).text)
    assert eka.post(address, data=typed | {"user": str(budi.id)}).status_code == 302
    db.session.expire_all()
    assert (ani.session_epoch, budi.session_epoch) == (1, 1)


def test_a_holding_that_ends_before_it_begins_is_refused_at_the_field(
    town: Town, ani: User, eka: OfficeClient
) -> None:
    data = {
        "post": town.head.id, "user": ani.id, "kind": "plt",
        "from_on": "2026-01-14", "until_on": "2026-01-13",
    }  # fmt: skip
    answer = eka.post("/pemangku/new/", data=data)
    assert answer.status_code == 422
    assert 'id="until_on-error"' in answer.text
    assert "INSERT" not in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Holding.id))) == 2


def test_a_holding_that_stands_in_the_history_cannot_be_deleted(
    town: Town, ani: User, eka: OfficeClient
) -> None:
    case = town.case(town.desk)
    town.event(case, ani, town.desk, holding_id=ani.holdings[0].id)
    answer = eka.post(f"/pemangku/delete/?id={ani.holdings[0].id}")
    assert answer.status_code == 422
    assert "FOREIGN KEY" not in answer.text.upper().replace("FOREIGN-KEY", "")
    db.session.refresh(ani)
    assert len(ani.holdings) == 1
    assert ani.session_epoch == 0


@pytest.mark.parametrize("what", ["post", "holding", "deleted holding", "user"])
def test_the_last_who_manages_the_office_cannot_leave_it_without_anybody(
    town: Town, eka: OfficeClient, what: str
) -> None:
    user = db.session.scalars(sa.select(User).where(User.username == "eka")).one()
    holding = user.holdings[0]
    address, typed = {
        "post": (f"/jabatan/edit/?id={holding.post_id}", {"capabilities": ["manage_sop"]}),
        "holding": (f"/pemangku/edit/?id={holding.id}", {"until_on": "2026-01-13"}),
        "deleted holding": (f"/pemangku/delete/?id={holding.id}", {}),
        "user": (f"/pengguna/edit/?id={user.id}", {"active": []}),
    }[what]
    data = fields_of(eka.get(address).text) | typed
    answer = eka.post(address, data=data)
    assert answer.status_code == 422
    assert "administrator lain" in answer.text
    db.session.expire_all()
    assert accounts.managers_of([town.office.id], NOW) == {town.office.id: [user]}
    town.user("oka", town.post("wakil", capabilities=["manage_office"]))
    assert eka.post(address, data=data).status_code == 302


# -- units, roles, posts ---------------------------------------------------------------------


def test_a_new_unit_gets_a_key_of_its_name_and_keeps_it_when_it_is_renamed(
    town: Town, eka: OfficeClient
) -> None:
    assert eka.post("/bidang/new/", data={"name": "Bidang Data & Arsip"}).status_code == 302
    unit = db.session.scalars(sa.select(Unit)).one()
    assert (unit.key, unit.office_id) == ("bidang-data-arsip", town.office.id)
    address = f"/bidang/edit/?id={unit.id}"
    typed = fields_of(eka.get(address).text)
    eka.post(address, data=typed | {"name": "Bidang Arsip"})
    db.session.refresh(unit)
    assert (unit.key, unit.name) == ("bidang-data-arsip", "Bidang Arsip")


def test_a_key_changes_until_a_published_sop_names_it_and_then_the_form_says_why_not(
    town: Town, eka: OfficeClient
) -> None:
    role = town.role("petgas")
    db.session.flush()
    address = f"/pelaksana/edit/?id={role.id}"
    typed = fields_of(eka.get(address).text)
    assert eka.post(address, data=typed | {"key": "petugas"}).status_code == 302
    db.session.refresh(role)
    assert role.key == "petugas"  # as the town's SOP, which is published, calls it
    answer = eka.get(address)
    assert not {"key", "outside"} & set(fields_of(answer.text))
    assert "Umum" in answer.text  # the SOP that names it
    typed = fields_of(answer.text)
    eka.post(address, data=typed | {"title": "Petugas Loket", "key": "lain", "outside": "y"})
    db.session.refresh(role)
    assert (role.key, role.title, role.outside) == ("petugas", "Petugas Loket", False)


def test_a_key_that_is_emptied_is_made_of_the_name_and_a_taken_one_is_refused(
    town: Town, eka: OfficeClient
) -> None:
    unit = town.unit("lama")
    town.unit("umum")
    db.session.flush()
    address = f"/bidang/edit/?id={unit.id}"
    typed = fields_of(eka.get(address).text)
    assert eka.post(address, data=typed | {"key": "umum"}).status_code == 422
    assert eka.post(address, data=typed | {"name": "Tata Usaha", "key": ""}).status_code == 302
    db.session.refresh(unit)
    assert unit.key == "tata-usaha"


def test_whoever_is_outside_the_office_holds_no_post(town: Town, eka: OfficeClient) -> None:
    outside, inside = town.role("pemohon"), town.role("kabid")
    outside.outside = True
    town.head.roles = [inside]
    db.session.flush()
    address = f"/jabatan/edit/?id={town.desk.id}"
    page = eka.get(address).text
    assert f'value="{inside.id}"' in page
    answer = eka.post(address, data=fields_of(page) | {"roles": [str(outside.id)]})
    assert answer.status_code == 422
    address = f"/pelaksana/edit/?id={inside.id}"
    answer = eka.post(address, data=fields_of(eka.get(address).text) | {"outside": "y"})
    assert answer.status_code == 422
    assert 'id="outside-error"' in answer.text
    db.session.expire_all()
    assert (town.desk.roles, inside.outside) == ([], False)


def test_two_units_of_one_office_never_have_the_same_key(town: Town, eka: OfficeClient) -> None:
    eka.post("/bidang/new/", data={"name": "Umum"})
    answer = eka.post("/bidang/new/", data={"name": "Umum Lain", "key": "umum"})
    assert answer.status_code == 422
    assert 'id="key-error"' in answer.text


def test_nothing_stands_above_itself(town: Town, eka: OfficeClient) -> None:
    below = town.unit("bawah", town.unit("atas"))
    db.session.flush()
    for address, field, value in (
        (f"/bidang/edit/?id={below.parent_id}", "parent", below.id),
        (f"/jabatan/edit/?id={town.director.id}", "superior", town.desk.id),
        (f"/jabatan/edit/?id={town.desk.id}", "recorded_by", town.desk.id),
    ):
        typed = fields_of(eka.get(address).text)
        answer = eka.post(address, data=typed | {field: str(value)})
        assert answer.status_code == 422, address
        assert f'id="{field}-error"' in answer.text
    db.session.expire_all()
    assert town.director.superior_id is None


def test_a_post_takes_roles_and_known_capabilities_and_no_other(
    town: Town, eka: OfficeClient
) -> None:
    role = town.role("petugas")
    db.session.flush()
    address = f"/jabatan/edit/?id={town.desk.id}"
    typed = fields_of(eka.get(address).text)
    data = typed | {"roles": [str(role.id)], "capabilities": ["see_office", "audit"]}
    assert eka.post(address, data=data).status_code == 302
    db.session.refresh(town.desk)
    assert town.desk.capabilities == ["audit", "see_office"]
    assert town.desk.roles == [role]
    typed = fields_of(eka.get(address).text)
    forged = eka.post(address, data=typed | {"capabilities": ["root"]})
    assert forged.status_code == 422
    db.session.refresh(town.desk)
    assert town.desk.capabilities == ["audit", "see_office"]


def test_roles_are_never_deleted_because_published_sops_name_them(
    town: Town, eka: OfficeClient
) -> None:
    role = town.role("petugas")
    db.session.flush()
    assert eka.post(f"/pelaksana/delete/?id={role.id}").status_code == 404
    assert db.session.scalars(sa.select(Role)).all() == [role]


# -- the office ------------------------------------------------------------------------------


def office_form(eka: OfficeClient, town: Town, **more: str) -> Any:
    """Send the form of the office with some fields changed."""
    address = f"/instansi/edit/?id={town.office.id}"
    return eka.post(address, data=fields_of(eka.get(address).text) | more)


def test_hours_contacts_and_special_hours_are_lines_of_text(town: Town, eka: OfficeClient) -> None:
    answer = office_form(
        eka,
        town,
        hours="Sen-Kam: 07.30-12.00, 13.00-16.00\nJum: 07.30-11.30, 13.00–16.30",
        contacts="Telepon: 0800-000-0101\nPos-el: umum@example.go.id",
        special_hours="2026-02-18 2026-03-19 Sen-Kam: 08.00-15.00",
        numbers="Berkas: {kode}/{urut:03}/{tahun}\nSurat: {klasifikasi}/{urut}/{bulan_romawi}",
        statements="Moto: Cepat dan ramah\nVisi: Warga terlayani,\n  di mana pun\n\n  ia tinggal",
        categories="A: Jalan\nB: Air",
        deviation="Petugas Loket pada kertas dibaca Staf Umum.",
    )
    assert answer.status_code == 302
    db.session.refresh(town.office)
    assert town.office.hours == {
        "mon-thu": ["07:30-12:00", "13:00-16:00"],
        "fri": ["07:30-11:30", "13:00-16:30"],
    }
    assert town.office.contacts[0] == {"label": "Telepon", "value": "0800-000-0101"}
    assert town.office.special_hours == [
        {"from": "2026-02-18", "to": "2026-03-19", "hours": {"mon-thu": ["08:00-15:00"]}}
    ]
    assert town.office.numbers == {
        "case": "{kode}/{urut:03}/{tahun}",
        "letter": "{klasifikasi}/{urut}/{bulan_romawi}",
    }
    assert town.office.statements == [
        {"title": "Moto", "text": "Cepat dan ramah"},
        {"title": "Visi", "text": "Warga terlayani,\ndi mana pun\n\nia tinggal"},
    ]
    assert town.office.categories == [{"key": "A", "label": "Jalan"}, {"key": "B", "label": "Air"}]
    assert town.office.deviation.startswith("Petugas Loket pada kertas")
    assert office_form(eka, town).status_code == 302  # what the form shows it also takes
    before = [town.office.statements, town.office.numbers, town.office.special_hours]
    db.session.refresh(town.office)
    assert [town.office.statements, town.office.numbers, town.office.special_hours] == before


def test_what_came_from_a_pack_and_was_not_touched_is_kept_to_the_letter(
    town: Town, eka: OfficeClient
) -> None:
    town.office.timezone = "Asia/Ujung_Pandang"
    town.office.contacts = [{"label": "Telepon: loket", "value": "0800"}]
    town.office.statements = [{"title": "Visi: 2030", "text": "  Satu\n\n\n   dua"}]
    kept = (town.office.timezone, town.office.contacts, town.office.statements)
    assert office_form(eka, town, address="Jalan Baru 2").status_code == 302
    db.session.refresh(town.office)
    assert (town.office.timezone, town.office.contacts, town.office.statements) == kept
    assert town.office.address == "Jalan Baru 2"


def test_categories_that_are_emptied_are_the_ten_national_codes(
    town: Town, eka: OfficeClient
) -> None:
    assert office_form(eka, town, categories="").status_code == 302
    db.session.refresh(town.office)
    assert [one["key"] for one in town.office.categories] == [f"{n:02}" for n in range(1, 11)]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("hours", "Sen-Kam: pagi sampai sore"),
        ("hours", "Kam-Sen: 08.00-16.00"),
        ("hours", "Sen: 08.00-12.00\nSen: 13.00-16.00"),
        ("hours", "Sen: 16.00-08.00"),
        ("hours", "Lusa: 08.00-16.00"),
        ("hours", ""),
        ("contacts", "0800-000-0101"),
        ("special_hours", "besok lusa Sen: 08.00-12.00"),
        ("special_hours", "2026-03-19 2026-02-18 Sen: 08.00-12.00"),
        ("numbers", "Berkas: {kode}-{tahun}"),
        ("numbers", "Berkas: {kode}-{urut}"),  # the next year would begin with the same numbers
        ("numbers", "Berkas: {tahun}-{urut}"),  # so would another SOP
        ("numbers", "Berkas: {kode.__class__}-{tahun}-{urut}"),
        ("numbers", "Surat: {klasifikasi}"),
        ("categories", "01: Satu\n01: Dua"),
        ("statements", "Moto tanpa isi"),
        ("numbers", "lain: {urut}"),
        ("name", "satu\ndua\ntiga\nempat"),
        ("timezone", "Mars/Olympus"),
    ],
)
def test_what_the_clock_or_the_counter_cannot_read_is_refused_with_its_text(
    town: Town, eka: OfficeClient, field: str, text: str
) -> None:
    answer = office_form(eka, town, **{field: text})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    if field != "timezone":
        assert fields_of(answer.text)[field] == text
    db.session.refresh(town.office)
    assert town.office.hours == {"mon-fri": ["08:00-16:00"]}


# -- holidays --------------------------------------------------------------------------------


def test_the_national_holidays_are_filled_in_and_what_the_office_changed_stays(
    town: Town, eka: OfficeClient
) -> None:
    data = {"day": "2026-08-17", "name": "Upacara di kantor"}
    assert eka.post("/hari-libur/new/", data=data).status_code == 302
    assert eka.post("/hari-libur/fill/", data={"year": "2026"}).status_code == 302
    named = db.session.scalars(sa.select(Holiday).where(Holiday.day == date(2026, 8, 17))).all()
    assert [one.name for one in named] == ["Upacara di kantor"]
    count = db.session.scalar(sa.select(sa.func.count(Holiday.id)))
    assert count is not None
    assert count > 15
    eka.post("/hari-libur/fill/", data={"year": "2026"})
    assert db.session.scalar(sa.select(sa.func.count(Holiday.id))) == count


def test_a_holiday_twice_is_refused_without_a_word_of_sql(town: Town, eka: OfficeClient) -> None:
    data = {"day": "2026-08-17", "name": "Kemerdekaan"}
    eka.post("/hari-libur/new/", data=data)
    answer = eka.post("/hari-libur/new/", data=data)
    assert answer.status_code == 422
    assert "UNIQUE" not in answer.text
    assert "holidays" not in answer.text
    assert fields_of(answer.text)["name"] == "Kemerdekaan"
    assert 'id="day-error"' in answer.text


# -- SOPs ------------------------------------------------------------------------------------

NEW = SOP.format(code="baru", title="SOP Baru")


def version(code: str) -> ProcedureVersion:
    """The newest version of an SOP, draft or not."""
    query = sa.select(ProcedureVersion).where(ProcedureVersion.code == code)
    return db.session.scalars(query.order_by(ProcedureVersion.version.desc())).first()  # type: ignore[return-value]


def test_an_sop_is_checked_kept_and_published(town: Town, eka: OfficeClient) -> None:
    town.desk.roles = [town.role("petugas")]
    checked = eka.post("/sop/new/", data={"source_text": NEW, "do": "check"})
    assert checked.status_code == 200
    assert fields_of(checked.text)["source_text"] == NEW.rstrip("\n") + "\n"
    assert version("baru") is None
    assert eka.post("/sop/new/", data={"source_text": NEW, "do": "save"}).status_code == 302
    draft = version("baru")
    assert draft.state == VersionState.DRAFT
    address = f"/sop/publish/?id={draft.id}"
    asked = fields_of(eka.get(address).text)
    assert version("baru").state == VersionState.DRAFT
    assert eka.post(address, data=asked).status_code == 302
    db.session.refresh(draft)
    assert draft.state == VersionState.PUBLISHED
    assert draft.published_by_id is not None
    assert eka.post(address, data=asked).status_code == 404


def test_a_draft_with_an_error_is_kept_but_not_published(town: Town, eka: OfficeClient) -> None:
    eka.post("/sop/new/", data={"source_text": NEW, "do": "save"})  # nobody has the role petugas
    draft = version("baru")
    address = f"/sop/publish/?id={draft.id}"
    answer = eka.post(address, data=fields_of(eka.get(address).text))
    assert answer.status_code == 422
    db.session.refresh(draft)
    assert draft.state == VersionState.DRAFT


def test_writing_on_a_published_version_begins_the_next_and_leaves_it_as_it_is(
    town: Town, eka: OfficeClient
) -> None:
    before = town.sop.source_text
    address = f"/sop/edit/?id={town.sop.id}"
    typed = fields_of(eka.get(address).text)
    typed["source_text"] = before.replace("Tutup", "Selesaikan")
    assert eka.post(address, data=typed | {"do": "save"}).status_code == 302
    draft = version("umum")
    assert (draft.version, draft.state) == (2, VersionState.DRAFT)
    db.session.refresh(town.sop)
    assert town.sop.source_text == before
    assert eka.get(address).location == f"/sop/edit/?id={draft.id}"


def test_a_draft_that_a_colleague_has_begun_is_not_written_over(
    town: Town, eka: OfficeClient
) -> None:
    eka.post("/sop/new/", data={"source_text": NEW, "do": "save"})
    other = NEW.replace("Tutup", "Selesaikan")
    answer = eka.post("/sop/new/", data={"source_text": other, "do": "save"})
    assert answer.status_code == 409
    assert "Selesaikan" in fields_of(answer.text)["source_text"]
    assert version("baru").source_text == NEW


def test_who_may_not_keep_sops_reads_them_and_meets_no_screen_to_write_them(
    town: Town, ani: User, client: OfficeClient
) -> None:
    client.log_in(ani)
    assert client.get("/sop/").status_code == 200
    assert client.post("/sop/new/", data={"source_text": NEW, "do": "save"}).status_code == 404
    assert version("baru") is None
    assert db.session.scalar(sa.select(sa.func.count(Post.id))) == 3


def test_the_post_outside_has_a_recorder_and_nothing_else_and_there_is_one(
    town: Town, eka: OfficeClient
) -> None:
    typed = {"title": "Inspektorat Kota", "takes_escalations": "y", "superior": town.director.id}
    wrong = eka.post("/jabatan/new/", data=typed)
    assert wrong.status_code == 422
    assert "Pilih jabatan yang mencatat untuk penerima eskalasi." in wrong.text
    assert "Penerima eskalasi berada di luar kantor: kosongkan ini." in wrong.text
    right = {"title": "Inspektorat Kota", "takes_escalations": "y", "recorded_by": town.desk.id}
    assert eka.post("/jabatan/new/", data=right).status_code == 302
    again = eka.post("/jabatan/new/", data={**right, "title": "BPK"})
    assert "Kantor ini sudah mempunyai penerima eskalasi." in again.text
    kept = db.session.scalars(sa.select(Post).where(Post.takes_escalations)).one()
    assert (kept.title, kept.recorded_by, kept.superior) == ("Inspektorat Kota", town.desk, None)
