"""The base of the generated screens, tried on the holidays and posts of an office."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import scoped_session

from backoffice.config import Settings
from models import Holding, Holiday, Post, Unit, User, db
from tests import products
from tests.client import OfficeClient
from tests.town import NOW, Town
from views import registry, scoped
from views.base import OfficeHome, OfficeView
from views.filters import ChoiceFilter


class Holidays(OfficeView):
    model, slug, title = Holiday, "coba-libur", "Hari libur"
    can_create = can_edit = can_delete = can_export = can_view_details = True
    column_list = form_columns = ("name", "day")
    column_searchable_list = ("name",)
    column_sortable_list = ("day",)
    column_filters = (
        ChoiceFilter(
            "tahun",
            "Tahun",
            [("2026", "2026"), ("2027", "2027")],
            lambda value: Holiday.day.between(date(int(value), 1, 1), date(int(value), 12, 31)),
        ),
    )


class Posts(OfficeView):
    model, slug, title = Post, "coba-jabatan", "Jabatan"
    can_edit = can_view_details = True
    column_list = ("title",)
    form_columns = ("title", "unit", "roles")


class Holdings(OfficeView):
    model, slug, title = Holding, "coba-pemangku", "Pemangku"
    can_create = can_view_details = True
    column_list = ("user", "post", "kind")
    form_columns = ("user", "post", "kind", "letter_number")
    column_choices = {"kind": [("definitive", "definitif"), ("plt", "Plt."), ("plh", "Plh.")]}

    def build_new_instance(self) -> Any:
        return Holding(from_at=NOW)


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(registry, "VIEWS", [Holidays, Posts, Holdings])
    monkeypatch.setattr(registry, "HOME", lambda: OfficeHome("Kotak kerja"))
    with products.own(settings, NOW=lambda: NOW) as app:
        yield app


@pytest.fixture
def town(session: scoped_session[Any]) -> Town:
    town = Town()
    town.director.capabilities = ["manage_office"]
    return town


@pytest.fixture
def citra(town: Town, client: OfficeClient) -> User:
    """The director, who manages the office, at the screen."""
    user = town.user("citra", town.director)
    db.session.commit()
    client.log_in(user)
    return user


def holiday(town: Town, name: str = "Nyepi", day: date = date(2026, 3, 19)) -> Holiday:
    row = Holiday(office_id=town.office.id, name=name, day=day)
    db.session.add(row)
    db.session.commit()
    return row


def seen(client: OfficeClient, address: str) -> str:
    """What an edit form says of the row it shows."""
    return client.get(address).text.split('name="seen" value="')[1].split('"')[0]


@pytest.mark.usefixtures("citra")
def test_a_list_is_narrowed_by_its_select_and_says_so(town: Town, client: OfficeClient) -> None:
    holiday(town, "Nyepi")
    holiday(town, "Tahun baru", date(2027, 1, 1))

    page = client.get("/coba-libur/?flt0_tahun=2027&search=").text

    assert "Tahun baru" in page
    assert "Nyepi" not in page
    assert "1 hari libur sesuai pilihan Anda" in page
    assert "Tahun: 2027" in page


@pytest.mark.usefixtures("citra")
def test_a_sign_of_the_search_is_a_sign_and_no_wildcard(town: Town, client: OfficeClient) -> None:
    holiday(town, "Nyepi")
    holiday(town, "Libur 100%", date(2026, 5, 1))

    page = client.get("/coba-libur/?search=%25").text

    assert "Libur 100%" in page
    assert "Nyepi" not in page


@pytest.mark.usefixtures("citra")
def test_a_long_list_is_counted_to_its_cap_and_goes_on_without_counting(
    town: Town, client: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scoped, "MOST_COUNTED", 3)
    monkeypatch.setattr("views.listing.MOST_COUNTED", 3)
    monkeypatch.setattr(Holidays, "page_size", 3)
    for number in range(6):
        holiday(town, f"Hari {number}", date(2026, 1, 1 + number))

    first = client.get("/coba-libur/").text
    second = client.get("/coba-libur/?page=1").text
    older = second.split('rel="next" href="')[1].split('"')[0]
    last = client.get(older).text

    assert "Lebih dari 3 hari libur" in first
    assert [f"Hari {n}" in first for n in (5, 4, 3, 2)] == [True, True, True, False]
    assert "Hari 2" in second
    assert "before=" in older
    assert "Lebih dari" not in last


@pytest.mark.usefixtures("citra")
def test_a_new_row_belongs_to_the_list_at_once(
    town: Town, client: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_id = town.office.id

    def of_this_office(view: Any, form: Any, model: Any, is_created: bool) -> None:
        model.office_id = office_id

    monkeypatch.setattr(Holidays, "on_model_change", of_this_office)
    answer = client.post("/coba-libur/new/", data={"name": "Nyepi\x00 ", "day": "2026-03-19"})

    assert answer.status_code == 302
    assert db.session.scalars(sa.select(Holiday.name)).all() == ["Nyepi"]


@pytest.mark.usefixtures("citra")
def test_a_refused_form_keeps_what_was_typed_and_says_why_in_indonesian(
    client: OfficeClient,
) -> None:
    answer = client.post("/coba-libur/new/", data={"name": "Hari jadi kota", "day": "besok"})

    assert answer.status_code == 422
    assert 'value="Hari jadi kota"' in answer.text
    assert "Isi tanggal, contohnya 31/12/2026." in answer.text
    assert "Belum disimpan" in answer.text


@pytest.mark.usefixtures("citra")
def test_two_rows_with_one_key_are_refused_without_a_word_of_sql(
    town: Town, client: OfficeClient
) -> None:
    holiday(town, "Nyepi")
    other = holiday(town, "Idul Fitri", date(2026, 3, 20))
    address = f"/coba-libur/edit/?id={other.id}"
    data = {"name": "Ganda", "day": "2026-03-19", "seen": seen(client, address)}

    answer = client.post(address, data=data)

    assert answer.status_code == 422
    assert "Bertentangan dengan yang sudah ada" in answer.text
    assert "INSERT" not in answer.text.upper().split("<MAIN")[1]
    assert "UPDATE" not in answer.text.upper().split("<MAIN")[1]


@pytest.mark.usefixtures("citra")
def test_the_second_of_two_editors_overwrites_nothing(town: Town, client: OfficeClient) -> None:
    row = holiday(town, "Nyepi")
    address = f"/coba-libur/edit/?id={row.id}"
    stale = seen(client, address)
    db.session.execute(sa.update(Holiday).values(name="Nyepi 1948"))
    db.session.commit()

    answer = client.post(address, data={"name": "Salah", "day": "2026-03-19", "seen": stale})

    assert answer.status_code == 409
    assert 'value="Salah"' in answer.text
    assert db.session.scalars(sa.select(Holiday.name)).all() == ["Nyepi 1948"]


@pytest.mark.usefixtures("citra")
def test_nothing_is_deleted_before_it_was_asked(town: Town, client: OfficeClient) -> None:
    row = holiday(town)
    address = f"/coba-libur/delete/?id={row.id}"

    assert "Hapus Nyepi?" in client.get(address).text
    assert db.session.scalar(sa.select(sa.func.count(Holiday.id))) == 1
    assert client.post(address).status_code == 302
    assert db.session.scalar(sa.select(sa.func.count(Holiday.id))) == 0


@pytest.mark.usefixtures("citra")
@pytest.mark.parametrize("forged", ["foreign", "999999", "abc", "1,2", "9" * 30])
def test_a_relation_takes_no_row_of_another_office_and_is_not_emptied(
    town: Town, client: OfficeClient, forged: str
) -> None:
    own, foreign = town.unit("umum"), Town("lain").unit("rahasia")
    town.desk.unit = own
    db.session.commit()
    value = str(foreign.id) if forged == "foreign" else forged
    address = f"/coba-jabatan/edit/?id={town.desk.id}"
    form = client.get(address).text

    answer = client.post(
        address, data={"title": "Loket", "unit": value, "seen": seen(client, address)}
    )

    assert "Rahasia" not in form
    assert answer.status_code == 422
    assert "Pilih satu dari daftar." in answer.text
    assert db.session.scalars(sa.select(Post.unit_id).where(Post.id == town.desk.id)).one() == (
        own.id
    )


@pytest.mark.usefixtures("citra")
def test_one_forged_row_among_several_spoils_them_all(town: Town, client: OfficeClient) -> None:
    role, foreign = town.role("petugas"), Town("lain").role("rahasia")
    db.session.commit()
    address = f"/coba-jabatan/edit/?id={town.desk.id}"
    data = {"title": "Loket", "roles": [role.id, foreign.id], "seen": seen(client, address)}

    answer = client.post(address, data=data)

    assert answer.status_code == 422
    assert db.session.get_one(Post, town.desk.id).roles == []


@pytest.mark.usefixtures("citra")
def test_a_field_that_the_form_does_not_offer_is_not_written(
    town: Town, client: OfficeClient
) -> None:
    address = f"/coba-jabatan/edit/?id={town.desk.id}"
    data = {"title": "Loket", "key": "kadis", "office_id": "99", "capabilities": "audit"}

    answer = client.post(address, data={**data, "seen": seen(client, address)})

    row = db.session.execute(sa.select(Post).where(Post.id == town.desk.id)).scalar_one()
    assert answer.status_code == 302
    assert (row.title, row.key, row.capabilities) == ("Loket", "desk", [])


def test_a_code_is_chosen_by_its_word(town: Town, citra: User, client: OfficeClient) -> None:
    page = client.get("/coba-pemangku/new/").text
    data = {"user": citra.id, "post": town.desk.id, "letter_number": "800/1"}

    assert '<option value="plt">Plt.</option>' in page
    assert client.post("/coba-pemangku/new/", data={**data, "kind": "raja"}).status_code == 422
    assert client.post("/coba-pemangku/new/", data={**data, "kind": "plt"}).status_code == 302
    held = db.session.scalars(sa.select(Holding).where(Holding.post_id == town.desk.id)).one()
    assert (held.kind, held.letter_number) == ("plt", "800/1")


@pytest.mark.usefixtures("citra")
def test_nothing_in_the_workbook_is_a_live_formula(town: Town, client: OfficeClient) -> None:
    for number, sign in enumerate("=+-@"):
        holiday(town, f'{sign}HYPERLINK("http://example.org")', date(2026, 2, 1 + number))

    answer = client.get("/coba-libur/export/")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    answer.close()
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]

    assert answer.headers["Content-Disposition"] == "attachment; filename=coba-libur.xlsx"
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    assert sheet["B2"].is_date


@pytest.mark.usefixtures("citra")
def test_a_clerk_sees_no_button_for_what_is_not_open(town: Town, client: OfficeClient) -> None:
    row = holiday(town)
    clerk = town.user("ani", town.desk)
    db.session.commit()
    client.log_in(clerk)

    assert client.get("/coba-libur/").status_code == 403
    assert client.post(f"/coba-libur/delete/?id={row.id}").status_code == 403
    assert db.session.scalar(sa.select(sa.func.count(Holiday.id))) == 1


def test_units_are_no_screen_so_nothing_of_them_answers(citra: User, client: OfficeClient) -> None:
    assert client.get(f"/{Unit.__tablename__}/").status_code == 404
