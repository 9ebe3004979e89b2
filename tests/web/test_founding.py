"""Offices are founded, brought in, given an administrator, and taken along to another place."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import accounts
from backoffice.workflow import office_archive
from models import Holiday, Office, Post, ProcedureVersion, Unit, User, db
from tests.client import OfficeClient
from tests.forms import fields_of
from tests.statements import counted
from tests.town import NOW, Town

KESRA = Path(__file__).parents[2] / "seed" / "offices" / "kesra-ambon"
FOUND = {
    "name": "Dinas Perpustakaan\nKota Baru",
    "government": "Pemerintah Kota Baru",
    "timezone": "Asia/Jayapura",
    "admin_name": "Oka Misalnya",
}


@pytest.fixture
def town(app: Flask, session: Any) -> Town:
    """An office that is there already, on the day of the town."""
    app.config["NOW"] = lambda: NOW
    return Town()


@pytest.fixture
def root(town: Town, client: OfficeClient) -> OfficeClient:
    """The browser of the system administrator."""
    user = User(username="root", name="Root", password_hash="!", system_admin=True)
    user.must_change_password = False
    db.session.add(user)
    db.session.flush()
    return client.log_in(user)


@pytest.fixture
def eka(town: Town, app: Flask) -> OfficeClient:
    """The browser of who manages the town's office."""
    post = town.post("admin", capabilities=["manage_office", "manage_sop"])
    made = app.test_client()
    assert isinstance(made, OfficeClient)
    town.office.hours = {"mon-fri": ["08:00-16:00"]}
    return made.log_in(town.user("eka", post))


def password_on(html: str) -> str:
    """The temporary password that a page shows."""
    found = re.search(r'class="password">([^<]+)<', html)
    assert found is not None
    return found[1]


def office_of(key: str) -> Office:
    """The office of that key."""
    return db.session.scalars(sa.select(Office).where(Office.key == key)).one()


def offices() -> list[str]:
    """The keys of all offices."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(Office.key).order_by(Office.id)))


def zipped(files: dict[str, str | bytes], *, squeeze: bool = True) -> bytes:
    """A .zip of these files."""
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED if squeeze else 0) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return found.getvalue()


def pack_of(folder: Path, root: str = "") -> dict[str, str | bytes]:
    """The files of an office's folder, as somebody zips it."""
    files = sorted(one for one in folder.rglob("*.yaml"))
    return {f"{root}{one.relative_to(folder).as_posix()}": one.read_bytes() for one in files}


def bring(root: OfficeClient, data: bytes) -> Any:
    """Send a file to the page that takes offices in."""
    return root.post("/instansi/import/", data={"file": (BytesIO(data), "kantor.zip")})


# -- founding --------------------------------------------------------------------------------


def test_one_form_makes_an_office_with_its_first_administrator(
    root: OfficeClient, app: Flask
) -> None:
    typed = fields_of(root.get("/instansi/new/").text)
    answer = root.post("/instansi/new/", data=typed | FOUND)
    password = password_on(answer.text)
    office = office_of("dinas-perpustakaan-kota-baru")
    assert office.name == ["Dinas Perpustakaan", "Kota Baru"]
    assert office.numbers["case"] == "{kode}-{tahun}-{urut:04}"
    assert office.hours["fri"] == ["07:30-11:30", "13:00-16:30"]
    assert len(office.categories) == 10
    years = {day.year for day in db.session.scalars(sa.select(Holiday.day))}
    assert years == {2026, 2027}
    [admin] = db.session.scalars(sa.select(User).where(User.office_id == office.id))
    assert (admin.username, admin.name) == (f"admin.{office.key}", "Oka Misalnya")
    assert accounts.verify(admin.password_hash, password)
    [holding] = admin.holdings
    assert holding.post.title == "Administrator Aplikasi"
    assert holding.post.capabilities == ["manage_office", "manage_sop", "manage_templates"]
    first = app.test_client()
    answer = first.post("/masuk", data={"username": admin.username, "password": password})
    assert answer.status_code == 302
    assert "/ganti-sandi" in first.get("/").location  # before anything else


def test_the_first_administrators_user_name_may_be_chosen_and_a_taken_one_is_said_once(
    town: Town, root: OfficeClient
) -> None:
    town.user("oka")
    typed = fields_of(root.get("/instansi/new/").text) | FOUND | {"admin_username": "OKA"}
    answer = root.post("/instansi/new/", data=typed)
    assert answer.status_code == 422
    assert fields_of(answer.text)["name"].split("\n") == FOUND["name"].split("\n")
    said = re.findall(r'<p class="error" id="([^"]+)"', answer.text)
    assert said == ["admin_username-error"]
    assert offices() == ["contoh"]
    assert (
        root.post("/instansi/new/", data=typed | {"admin_username": "oka.baru"}).status_code == 200
    )
    assert offices() == ["contoh", "dinas-perpustakaan-kota-baru"]


def test_the_system_administrator_founds_offices_and_no_more(
    town: Town, root: OfficeClient, eka: OfficeClient
) -> None:
    page = root.get("/instansi/").text
    assert "Dinas Contoh" in page
    assert "Eka Contoh" in page  # who sets it up
    for address in ("edit/", "pack/", "pack/file/", "administrator/", "delete/"):
        answer = root.get(f"/instansi/{address}?id={town.office.id}")
        assert answer.status_code == 404, address
    for address in ("pengguna", "jabatan", "sop", "persiapan", "pengaduan"):
        assert root.get(f"/{address}/").status_code == 403, address
    for address in ("new/", "import/"):
        assert eka.get(f"/instansi/{address}").status_code == 404, address


# -- the first administrator -----------------------------------------------------------------


def test_an_office_without_anybody_gets_its_administrator_once(
    town: Town, root: OfficeClient
) -> None:
    address = f"/instansi/administrator/?id={town.office.id}"
    page = root.get(address)
    assert fields_of(page.text)["username"] == "admin.contoh"
    answer = root.post(address, data={"name": "", "username": "admin.contoh"})
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    password = password_on(root.post(address, data={"name": "Oka", "username": "oka"}).text)
    user = db.session.scalars(sa.select(User).where(User.username == "oka")).one()
    assert accounts.verify(user.password_hash, password)
    assert [one.post.key for one in user.holdings] == ["administrator-aplikasi"]


def test_a_password_that_nobody_wrote_down_is_given_anew_until_he_has_his_own(
    town: Town, root: OfficeClient
) -> None:
    address = f"/instansi/administrator/?id={town.office.id}"
    root.post(address, data={"name": "Oka", "username": "oka"})
    password = password_on(root.post(address).text)
    user = db.session.scalars(sa.select(User).where(User.username == "oka")).one()
    assert accounts.verify(user.password_hash, password)
    user.must_change_password = False
    before = user.password_hash
    assert root.get(address).status_code == 404
    assert root.post(address, data={"name": "Lain", "username": "lain"}).status_code == 404
    db.session.refresh(user)
    assert user.password_hash == before
    assert db.session.scalar(sa.select(sa.func.count(User.id))) == 2


@pytest.mark.sqlite
def test_the_list_of_offices_asks_for_all_administrators_at_once(
    town: Town, root: OfficeClient
) -> None:
    root.get("/instansi/")
    with counted() as few:
        root.get("/instansi/")
    for number in range(5):
        Town(f"kantor-{number}")
    with counted() as many:
        root.get("/instansi/")
    assert len(many) == len(few)


# -- bringing in -----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "kesra-ambon/"])
def test_a_zipped_pack_becomes_a_new_office_and_leads_to_its_administrator(
    root: OfficeClient, folder: str
) -> None:
    more = {f"__MACOSX/{folder}._office.yaml": "x", f"{folder}LAIN.txt": "catatan"}
    answer = bring(root, zipped(pack_of(KESRA, folder) | more))
    assert answer.status_code == 200
    office = office_of("kesra-ambon")
    assert f"/instansi/administrator/?id={office.id}" in answer.text
    assert "LAIN.txt" in answer.text
    assert "__MACOSX" not in answer.text
    states = {str(one) for one in db.session.scalars(sa.select(ProcedureVersion.state))}
    assert "draft" in states
    page = root.post(
        f"/instansi/administrator/?id={office.id}", data={"name": "Oka", "username": "oka"}
    )
    assert password_on(page.text)
    user = db.session.scalars(sa.select(User).where(User.username == "oka")).one()
    assert [one.post.key for one in user.holdings] == ["administrator"]  # the post of the pack


def test_a_pack_with_a_fault_is_refused_with_every_line_and_nothing_comes_in(
    root: OfficeClient,
) -> None:
    files = pack_of(KESRA)
    name = "procedures/bantuan-qurban.yaml"
    files[name] = bytes(files[name]).replace(b"to: ", b"to: tidak-ada-", 1)  # type: ignore[arg-type]
    answer = bring(root, zipped(files))
    assert answer.status_code == 422
    assert f"<h3>{name}</h3>" in answer.text
    assert "tidak-ada-" in answer.text
    assert "/procedures" not in answer.text.replace(name, "")
    assert offices() == ["contoh"]
    assert db.session.scalar(sa.select(sa.func.count(Unit.id))) == 0


def test_an_office_that_is_there_is_not_written_over(town: Town, root: OfficeClient) -> None:
    files = pack_of(KESRA)
    files["office.yaml"] = re.sub(rb"^key: .*", b"key: contoh", bytes(files["office.yaml"]))  # type: ignore[arg-type]
    answer = bring(root, zipped(files))
    assert answer.status_code == 422
    assert "contoh" in answer.text
    db.session.rollback()
    db.session.refresh(town.office)
    assert town.office.name == ["Dinas Contoh"]
    assert db.session.scalar(sa.select(sa.func.count(Post.id))) == 3


def bomb() -> bytes:
    """A small file that says it is small and grows when it is opened."""
    data = bytearray(zipped({"office.yaml": b"0" * 50_000_000}))
    size = (50_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    """A file that says it has a password."""
    data = bytearray(zipped({"office.yaml": "key: x"}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def linked() -> bytes:
    """A link to a file of the machine, as some tools zip it."""
    entry = ZipInfo("office.yaml")
    entry.external_attr = 0o120777 << 16
    found = BytesIO()
    with ZipFile(found, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return found.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bukan zip": lambda: b"halo",
    "kosong": lambda: b"",
    "tanpa office.yaml": lambda: zipped({"lain/berkas.txt": "x"}),
    "dua kantor": lambda: zipped({"a/office.yaml": "x", "b/office.yaml": "x"}),
    "keluar ke atas": lambda: zipped({"office.yaml": "x", "../keluar.yaml": "x"}),
    "keluar dari procedures": lambda: zipped({"office.yaml": "x", "procedures/../../x.yaml": "x"}),
    "alamat penuh": lambda: zipped({"office.yaml": "x", "/etc/x.yaml": "x"}),
    "garis miring terbalik": lambda: zipped({"office.yaml": "x", "procedures\\x.yaml": "x"}),
    "nama panjang": lambda: zipped({"office.yaml": "x", f"procedures/{'a' * 300}.yaml": "x"}),
    "nama sama": lambda: zipped({"office.yaml": "x", "OFFICE.yaml": "y"}),
    "banyak": lambda: zipped({f"{n}.yaml": "" for n in range(301)}),
    "besar": lambda: zipped({"office.yaml": b"x" * 500_000}),
    "besar semuanya": lambda: zipped({"office.yaml": "x", "a.txt": b"0" * 7_000_000}),
    "besar terkirim": lambda: zipped({"office.yaml": bytes(400_000)}, squeeze=False),
    "bom": bomb,
    "bersandi": locked,
    "tautan": linked,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.sqlite
def test_a_hostile_file_is_refused_and_nothing_comes_in(
    root: OfficeClient, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_archive, "MOST_PACKED", 300_000)  # what a test can send quickly
    answer = bring(root, HOSTILE[kind]())
    assert answer.status_code == 422
    assert "root:" not in answer.text
    assert offices() == ["contoh"]


@pytest.mark.sqlite
def test_without_a_file_the_page_asks_for_one(root: OfficeClient) -> None:
    assert root.get("/instansi/import/").status_code == 200
    answer = root.post("/instansi/import/", data={})
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text


# -- taking along ----------------------------------------------------------------------------


def test_the_pack_of_an_office_says_what_is_in_it_and_is_the_offices_own(
    town: Town, eka: OfficeClient
) -> None:
    other = Town("jauh")
    db.session.flush()
    page = eka.get(f"/instansi/pack/?id={town.office.id}").text
    assert "umum" in page  # its SOP
    answer = eka.get(f"/instansi/pack/file/?id={town.office.id}")
    assert answer.headers["Content-Disposition"] == "attachment; filename=contoh.zip"
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["contoh/office.yaml", "contoh/procedures/umum.yaml"]
        text = archive.read("contoh/office.yaml").decode()
    answer.close()
    assert "Director" in text
    assert "Eka Contoh" not in text
    for page_of in ("pack/", "pack/file/"):
        assert eka.get(f"/instansi/{page_of}?id={other.office.id}").status_code == 404


def test_a_pack_that_no_installation_would_take_says_so_before(
    town: Town, eka: OfficeClient
) -> None:
    page = eka.get(f"/instansi/pack/?id={town.office.id}").text
    assert "<h3>procedures/umum.yaml</h3>" in page  # the town has no role petugas
    assert 'class="tag late"' in page


@pytest.mark.sqlite
def test_who_only_writes_sops_takes_no_pack_along(town: Town, client: OfficeClient) -> None:
    client.log_in(town.user("sri", town.post("penulis", capabilities=["manage_sop"])))
    for page in ("", "pack/", "pack/file/", "edit/"):
        assert client.get(f"/instansi/{page}?id={town.office.id}").status_code == 403, page
