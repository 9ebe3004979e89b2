"""Masuk: wrong passwords and their delay, temporary ones, ended sessions, and text that is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import accounts
from backoffice.app import create_app
from backoffice.config import Settings
from backoffice.errors import Incomplete
from models import Throttle, Unit, User, db
from tests.client import OfficeClient
from tests.town import Town

PASSWORD = "empat kuda di sawah"
NOW = datetime(2026, 1, 14, 2, 0, tzinfo=UTC)


class Hands:
    """The office's clock: it stands until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def go(self, **more: float) -> None:
        """Let time pass."""
        self.now += timedelta(**more)


@pytest.fixture
def hands(app: Flask) -> Hands:
    """The clock of the application."""
    app.config["NOW"] = Hands()
    clock: Hands = app.config["NOW"]
    return clock


@pytest.fixture
def town(app: Flask, hands: Hands) -> Iterator[Town]:
    """An office where ani, who manages it, can log in."""
    with app.app_context():
        town = Town()
        town.desk.capabilities = ["manage_office"]
        town.user("ani", town.desk, password_hash=accounts.hash_password(PASSWORD))
        db.session.commit()
        yield town


def enter(client: OfficeClient, password: str = PASSWORD, username: str = "ani") -> Any:
    """Send the login form."""
    return client.post("/masuk", data={"username": username, "password": password})


def ani() -> User:
    """The row as it is now."""
    return db.session.scalars(sa.select(User).where(User.username == "ani")).one()


def is_in(client: OfficeClient) -> bool:
    """Whether the inbox opens."""
    return bool(client.get("/").status_code == 200)


# -- the door --------------------------------------------------------------------------------


def test_whoever_is_not_logged_in_is_led_to_the_login_and_then_where_he_wanted_to_go(
    town: Town, client: OfficeClient
) -> None:
    answer = client.get("/bidang/?page=1")
    assert answer.status_code == 302
    assert answer.location == "/masuk?next=/bidang/?page%3D1"
    answer = client.post(answer.location, data={"username": "ani", "password": PASSWORD})
    assert answer.location == "/bidang/?page=1"
    assert is_in(client)


@pytest.mark.sqlite
def test_asking_only_whether_the_login_is_there_tries_nothing(
    town: Town, client: OfficeClient
) -> None:
    answer = client.head("/masuk")
    assert answer.status_code == 200
    assert answer.data == b""


def test_capital_letters_and_blanks_around_a_user_name_do_not_matter(
    town: Town, client: OfficeClient
) -> None:
    assert enter(client, username=" Ani ").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example/",
        "https://evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//e",
    ],
)
def test_the_way_back_never_leads_to_another_site(
    town: Town, client: OfficeClient, target: str
) -> None:
    answer = client.post(
        "/masuk", query_string={"next": target}, data={"username": "ani", "password": PASSWORD}
    )
    assert answer.location == "/persiapan/"  # where his office still lacks everything


def test_a_wrong_password_an_unknown_name_and_a_closed_account_answer_alike(
    town: Town, client: OfficeClient
) -> None:
    town.user("budi", password_hash=accounts.hash_password(PASSWORD), active=False)
    answers = [
        enter(client, "salah sekali"),
        enter(client, username="siapa"),
        enter(client, username="budi"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    # A form's token tells the second at which it was made.
    pages = {
        re.sub(r'name="csrf_token" value="[^"]*"|siapa|budi|ani', "", answer.text)
        for answer in answers
    }
    assert len(pages) == 1
    assert "Nama pengguna atau kata sandi" in answers[0].text
    assert not is_in(client)


def test_an_unknown_name_costs_as_much_as_a_known_one(
    town: Town, client: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = accounts.verify

    def watched(password_hash: str, password: str) -> bool:
        verified.append(password_hash[:9])
        return verify(password_hash, password)

    monkeypatch.setattr(accounts, "verify", watched)
    enter(client, "salah sekali")
    enter(client, username="siapa")
    assert verified == ["$argon2id", "$argon2id"]


# -- the delay -------------------------------------------------------------------------------


def fail(client: OfficeClient, times: int) -> list[int]:
    """Wrong passwords one after the other."""
    return [enter(client, "salah sekali").status_code for _time in range(times)]


def test_after_a_few_failures_even_the_right_password_has_to_wait_and_longer_each_time(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    assert fail(client, 6) == [422, 422, 422, 422, 422, 429]
    assert enter(client).status_code == 429
    hands.go(seconds=2)
    assert fail(client, 1) == [422]
    hands.go(seconds=2)
    assert fail(client, 1) == [429]
    assert int(enter(client).headers["Retry-After"]) >= 1
    hands.go(seconds=2)
    assert enter(client).status_code == 302


def test_a_try_that_came_too_early_does_not_make_the_wait_longer(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    fail(client, 50)
    hands.go(seconds=2)
    assert enter(client).status_code == 302


def test_the_wait_is_never_longer_than_a_quarter_of_an_hour(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    db.session.add(Throttle(key="name:ani", failures=4000, last_at=hands.now))
    db.session.commit()
    assert enter(client).status_code == 429
    hands.go(minutes=15)
    assert enter(client).status_code == 302
    assert db.session.get(Throttle, "name:ani", populate_existing=True) is None


def test_failures_of_an_hour_ago_are_forgotten(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    fail(client, 5)
    hands.go(hours=2)
    assert fail(client, 5) == [422] * 5


def test_what_one_worker_counted_the_other_knows(
    town: Town, client: OfficeClient, settings: Settings, hands: Hands
) -> None:
    other = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, NOW=hands)
    other.test_client_class = OfficeClient
    fail(client, 5)
    with other.app_context():
        second = other.test_client()
        assert isinstance(second, OfficeClient)
        assert enter(second).status_code == 429
        db.session.remove()
        db.engine.dispose()


def test_guessing_many_names_from_one_address_has_to_wait_too(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    statuses = [enter(client, username=f"nama-{n}").status_code for n in range(33)]
    assert statuses == [422] * 31 + [429] * 2
    assert enter(client).status_code == 429
    hands.go(minutes=1)
    assert enter(client).status_code == 302


def test_logging_in_oneself_does_not_clear_what_the_address_has_failed(
    town: Town, client: OfficeClient
) -> None:
    for n in range(10):
        enter(client, username=f"nama-{n}")
    enter(client)
    row = db.session.get(Throttle, "address:127.0.0.1", populate_existing=True)
    assert row is not None
    assert row.failures == 10


def test_the_table_of_failures_does_not_grow_for_ever(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    for n in range(5):
        enter(client, username=f"nama-{n}")
    hands.go(days=2)
    enter(client, username="nama-9")
    keys = set(db.session.scalars(sa.select(Throttle.key)))
    assert keys == {"name:nama-9", "address:127.0.0.1"}


# -- passwords -------------------------------------------------------------------------------


def change(client: OfficeClient, new: str, old: str = PASSWORD, again: str | None = None) -> Any:
    """Send the form for a new password."""
    data = {"old": old, "new": new, "again": new if again is None else again}
    return client.post("/ganti-sandi", data=data)


def test_a_temporary_password_opens_nothing_but_the_page_to_change_it(
    town: Town, client: OfficeClient
) -> None:
    ani().must_change_password = True
    enter(client)
    assert client.get("/").location == "/ganti-sandi?next=/"
    assert client.post("/bidang/new/", data={"name": "x"}).status_code == 200  # asks for a password
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 0
    assert change(client, "lima kuda di ladang").status_code == 302
    assert is_in(client)
    assert not ani().must_change_password


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("pendek", "10"),
        ("ani bekerja di kantor", "nama pengguna"),
        ("indonesia123", "ditebak"),
        ("aaaaaaaaaaaa", "ditebak"),
        (PASSWORD, "lama"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(
    town: Town, client: OfficeClient, new: str, sentence: str
) -> None:
    enter(client)
    answer = change(client, new)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert accounts.verify(ani().password_hash, PASSWORD)


def test_a_password_changes_only_for_who_knows_the_old_one_and_types_the_new_one_twice(
    town: Town, client: OfficeClient
) -> None:
    enter(client)
    assert change(client, "lima kuda di ladang", old="salah").status_code == 422
    assert change(client, "lima kuda di ladang", again="lima kuda").status_code == 422
    assert accounts.verify(ani().password_hash, PASSWORD)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    town: Town, app: Flask, client: OfficeClient
) -> None:
    other = app.test_client()
    assert isinstance(other, OfficeClient)
    enter(other)
    enter(client)
    change(client, "lima kuda di ladang")
    assert is_in(client)
    assert not is_in(other)


def test_a_password_given_at_the_counter_is_temporary_and_ends_every_session(
    town: Town, client: OfficeClient
) -> None:
    enter(client)
    fresh = accounts.reset_password(ani())
    assert not is_in(client)
    assert enter(client).status_code == 422
    assert enter(client, fresh).status_code == 302
    assert client.get("/").location == "/ganti-sandi?next=/"


def test_a_reset_lets_somebody_in_who_has_to_wait(town: Town, client: OfficeClient) -> None:
    fail(client, 6)
    fresh = accounts.reset_password(ani())
    assert enter(client, fresh).status_code == 302


def test_hashes_are_renewed_when_the_price_was_raised(town: Town, client: OfficeClient) -> None:
    before = ani().password_hash
    accounts.set_cost(2, 16)
    enter(client)
    accounts.set_cost(1, 8)
    assert ani().password_hash != before
    assert "m=16,t=2" in ani().password_hash


def test_the_administrator_of_a_new_office_has_a_post_that_manages_it(town: Town) -> None:
    town.desk.capabilities = []
    user = accounts.create_office_admin(town.office, "Eka", "Eka", "tiga kuda di hutan", NOW)
    db.session.commit()
    assert user.username == "eka"
    assert user.must_change_password
    assert user.holdings[0].post.capabilities == [
        "manage_office",
        "manage_sop",
        "manage_templates",
    ]


@pytest.mark.parametrize("username", ["ani", "Ani", "a", "ani budi", "ani@x", "ани"])
def test_a_user_name_is_plain_and_nobody_elses(town: Town, username: str) -> None:
    with pytest.raises(Incomplete) as refusal:
        accounts.create_system_admin(username, "X", "tiga kuda di hutan")
    assert "username" in refusal.value.fields


# -- the end of a session --------------------------------------------------------------------


def test_logging_out_needs_a_button_and_ends_the_session(town: Town, client: OfficeClient) -> None:
    enter(client)
    assert client.get("/keluar").status_code == 405
    assert is_in(client)
    client.post("/keluar")
    assert not is_in(client)


def copied(client: OfficeClient, app: Flask) -> OfficeClient:
    """Another browser with a copy of the cookie."""
    thief = app.test_client()
    assert isinstance(thief, OfficeClient)
    cookie = client.get_cookie("paraf")
    assert cookie is not None
    thief.set_cookie("paraf", cookie.value)
    return thief


def test_logging_out_everywhere_makes_a_copied_cookie_worthless(
    town: Town, app: Flask, client: OfficeClient
) -> None:
    enter(client)
    thief = copied(client, app)
    assert is_in(thief)
    client.post("/keluar-semua")
    assert not is_in(thief)
    assert not is_in(client)


def test_a_deactivated_account_is_out_at_once(town: Town, client: OfficeClient) -> None:
    enter(client)
    ani().active = False
    assert not is_in(client)


def test_a_session_that_nobody_used_ends(town: Town, client: OfficeClient, hands: Hands) -> None:
    enter(client)
    hands.go(minutes=59)
    assert is_in(client)
    hands.go(minutes=59)
    assert is_in(client)
    hands.go(minutes=61)
    assert not is_in(client)


# -- what was typed --------------------------------------------------------------------------

TYPED = {"name": 'Bidang <Data> & "Arsip"', "key": "bidang-data", "csrf_token": "t"}
LINES = "\nBaris pertama\n  baris kedua </textarea> & <b>ketiga</b>\n"


def later(client: OfficeClient, hands: Hands) -> Any:
    """Send a form an hour and a half after the last click."""
    enter(client)
    hands.go(minutes=90)
    return client.post("/bidang/new/?url=x", data=TYPED)


def hidden_fields(html: str) -> dict[str, str]:
    """What the login page carries on, read as a browser does."""
    from tests.forms import fields_of

    return fields_of(html)


def test_a_form_sent_too_late_keeps_its_text_over_the_login_and_does_nothing_by_itself(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    answer = later(client, hands)
    assert answer.status_code == 401
    carried = hidden_fields(answer.text)
    assert carried["name"] == TYPED["name"]
    again = client.post(
        "/bidang/new/?url=x", data=carried | {"masuk.nama": "ani", "masuk.sandi": PASSWORD}
    )
    assert again.status_code == 200
    assert hidden_fields(again.text)["name"] == TYPED["name"]
    assert "Tulisan Anda masih ada" in again.text
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 0
    assert client.post("/bidang/new/", data=hidden_fields(again.text)).status_code == 302
    assert db.session.scalars(sa.select(Unit.name)).all() == [TYPED["name"]]


def test_a_wrong_password_on_the_way_keeps_the_text_too(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    carried = hidden_fields(later(client, hands).text)
    answer = client.post(
        "/bidang/new/", data=carried | {"masuk.nama": "ani", "masuk.sandi": "salah sekali"}
    )
    assert answer.status_code == 422
    assert hidden_fields(answer.text)["name"] == TYPED["name"]
    assert "salah sekali" not in answer.text
    assert not is_in(client)


def test_text_survives_a_password_reset_in_between(
    town: Town, client: OfficeClient, hands: Hands
) -> None:
    carried = hidden_fields(later(client, hands).text)
    fresh = accounts.reset_password(ani())
    answer = client.post("/bidang/new/", data=carried | {"masuk.nama": "ani", "masuk.sandi": fresh})
    assert "Kata sandi sementara" in answer.text
    new = {
        "masuk.old": fresh,
        "masuk.new": "lima kuda di ladang",
        "masuk.again": "lima kuda di ladang",
    }
    answer = client.post("/bidang/new/", data=hidden_fields(answer.text) | new)
    assert hidden_fields(answer.text)["name"] == TYPED["name"]
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 0


def test_lines_tags_and_blanks_come_back_as_they_were_typed(
    town: Town, client: OfficeClient
) -> None:
    answer = client.post("/bidang/new/", data={"name": LINES})
    assert hidden_fields(answer.text)["name"].replace("\r\n", "\n") == LINES


def test_passwords_are_never_carried_on(town: Town, client: OfficeClient) -> None:
    answer = client.post("/bidang/new/", data={"name": "x", "password": "rahasia sekali"})
    assert "rahasia sekali" not in answer.text


def test_files_that_cannot_be_kept_are_named(town: Town, client: OfficeClient) -> None:
    import io

    data = {"name": "x", "attachment": (io.BytesIO(b"%PDF-"), "surat.pdf")}
    answer = client.post("/bidang/new/", data=data, content_type="multipart/form-data")
    assert "pilih lagi berkasnya" in answer.text


def test_a_form_without_a_token_is_refused_even_at_the_login(
    town: Town, app: Flask, client: OfficeClient
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert enter(client).status_code == 400
    assert client.post("/keluar").status_code == 400
