"""Bantuan: everybody is led to the part of the manual that says what he does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from backoffice.text import TRANSLATIONS
from models import Office, User, db
from tests import factories
from tests.browser.pictures import shown_in
from tests.client import OfficeClient
from views import manual
from views.manual_text import FOLDER, TEXT, parts

ROOT = Path(__file__).parents[2]
SCREEN = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
LABEL = re.compile(r"label: \"?([^\n\"]+?)\"?(?:,.*)?$", re.MULTILINE)


def heading(client: OfficeClient, user: User) -> str:
    """The heading of the page that this person's Bantuan opens."""
    page = client.log_in(user).get("/bantuan/").text
    return re.findall(r"<h1>(.*?)</h1>", page)[0].removeprefix("Bantuan: ")


@pytest.mark.sqlite
def test_everybody_of_the_offices_gets_the_part_of_his_work(
    client: OfficeClient, dukcapil: Office, sekadau: Office
) -> None:
    parts_of = {
        (dukcapil, "customer-service"): "Petugas loket",
        (dukcapil, "petugas-pengaduan"): "Petugas pengaduan dan staf",
        (dukcapil, "kasubbag-umum"): "Kasubbag, kepala seksi, dan kepala bidang",
        (dukcapil, "kadis"): "Kepala kantor",
        (dukcapil, "administrator"): "Administrator kantor",
        (sekadau, "petugas-data"): "Petugas pengaduan dan staf",
        (sekadau, "kabid-rehsos"): "Kasubbag, kepala seksi, dan kepala bidang",
    }
    said = {key: heading(client, factories.user_of(*key)) for key in parts_of}
    assert said == parts_of


@pytest.mark.sqlite
def test_who_has_no_post_and_who_founds_offices_get_theirs(
    client: OfficeClient, dukcapil: Office
) -> None:
    root = User(username="sistem", name="Eka", password_hash="!", system_admin=True)
    root.must_change_password = False
    db.session.add(root)
    nobody = factories.make_user("tanpa-jabatan", office=dukcapil)
    db.session.commit()

    assert heading(client, root) == "Administrator sistem"
    assert heading(client, nobody) == "Untuk semua"


@pytest.mark.sqlite
def test_every_part_is_one_press_away_and_an_unknown_one_is_not_there(
    app: Flask, client: OfficeClient, dukcapil: Office
) -> None:
    client.log_in(factories.user_of(dukcapil, "customer-service"))
    for key, part in parts().items():
        page = client.get(f"/bantuan/?bagian={key}").text
        assert f"Bantuan: {part.title}</h1>" in page
        assert all(f'href="/bantuan/?bagian={one}"' in page for one in parts())
    assert client.get("/bantuan/?bagian=loteng").status_code == 404
    assert client.get("/bantuan/gambar/..%2fpack.md").status_code == 404
    assert client.get("/bantuan/gambar/tidak-ada.png").status_code == 404


def test_every_job_that_the_product_knows_has_its_part() -> None:
    known = {value for name, value in vars(manual).items() if name.isupper() and name != "FOLDER"}
    assert set(parts()) == known


def test_nothing_of_the_text_is_shown_as_it_was_typed() -> None:
    for part in parts().values():
        shown = re.sub(r"<[^>]*>", "", f"{part.lead}{part.body}")
        assert not re.search(r"\*|`|!\[|^#|\|", shown, re.MULTILINE), part.key
        assert len(part.body.split()) < 600, f"{part.key} is longer than a page"


def test_what_is_named_in_slanted_letters_stands_on_the_screen_in_these_words() -> None:
    with (TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        words = {str(one.string).lower() for one in read_po(file, locale="id")}
    for pack in (ROOT / "seed" / "offices").glob("*/procedures/*.yaml"):
        words |= {one.lower() for one in LABEL.findall(pack.read_text(encoding="utf-8"))}
    named = set(SCREEN.findall(TEXT.read_text(encoding="utf-8")))
    assert {one for one in named if one.lower() not in words} == set()


def test_every_picture_is_there_is_small_and_shows_something() -> None:
    shown = shown_in(TEXT, ROOT / "README.md")
    there = {one.stem: one.stat().st_size for one in (FOLDER / "pictures").glob("*.png")}
    assert there.keys() == shown
    assert all(3_000 < size < 150_000 for size in there.values()), there
