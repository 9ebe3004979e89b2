"""An office travels: out of one database, into another, and out again as the same bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from backoffice import emblem, schema
from backoffice.app import create_app
from backoffice.config import Settings
from backoffice.database import make_engine
from backoffice.errors import PackError
from backoffice.workflow import office_archive, publishing
from backoffice.workflow.pack_logo import UNREADABLE
from models import Classification, Office, Post, ProcedureVersion, Role, User, db
from tests.factories import NOW
from tests.letters.test_kop import arms
from tests.town import SOP, Town

OFFICES = Path(__file__).parents[2] / "seed" / "offices"


def office_of(key: str) -> Office:
    """The office of that key."""
    return db.session.scalars(select(Office).where(Office.key == key)).one()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Flask:
    """Another installation, still empty."""
    url = f"sqlite:///{tmp_path / 'lain.db'}"
    engine = make_engine(url)
    schema.upgrade(engine)
    engine.dispose()
    settings = Settings(
        database_url=url, secret_key="another one, for the tests only", data_dir=tmp_path
    )
    return create_app(settings, TESTING=True)


def sent(elsewhere: Flask, data: bytes, key: str) -> bytes:
    """The pack of the office that another installation has made of `data`."""
    with elsewhere.app_context():
        office_archive.take_in(data, now=NOW)
        again = office_archive.pack(office_of(key)).data
        db.engine.dispose()
    return again


@pytest.mark.parametrize("key", ["kesra-ambon"])
def test_a_pack_taken_in_elsewhere_packs_as_the_same_bytes(
    session: Any, elsewhere: Flask, key: str
) -> None:
    publishing.import_office(OFFICES / key, now=NOW)
    publishing.publish_all(office_of(key), now=NOW, by=None)
    packed = office_archive.pack(office_of(key))
    assert [one.message for one in packed.findings if one.level == "error"] == []
    assert len(packed.codes) == len(list((OFFICES / key / "procedures").glob("*.yaml")))
    assert sent(elsewhere, packed.data, key) == packed.data


def test_an_office_typed_on_its_pages_travels_as_well(session: Any, elsewhere: Flask) -> None:
    town = Town()
    office = town.office
    office.hours = {"mon-thu": ["07:30-12:00"], "fri": ["07:30-11:30", "13:00-16:30"]}
    office.special_hours = [
        {"from": "2026-02-18", "to": "2026-03-19", "hours": {"mon-fri": ["08:00-15:00"]}}
    ]
    office.statements = [{"title": "Visi: ya", "text": "null\n\ndua # bukan komentar"}]
    office.contacts = [{"label": "no", "value": "08:00"}, {"label": "Telepon", "value": "0711"}]
    office.deviation = "Kertas menulis \"idem\": dibaca 'sama'; lihat {tahun}\n- satu"
    office.name = ["Dinas: Satu", "~", "yes"]
    town.desk.roles = [town.role("petugas"), town.role("pencatat")]
    town.role("pemohon").outside = True
    town.head.unit = town.unit("sub", town.unit("atas"))
    town.head.capabilities = ["audit", "see_office"]
    town.desk.recorded_by = town.head
    town.post("admin", capabilities=["manage_office"])
    town.user("ani", town.desk)
    kinds = ["surat-balasan", "nota-dinas"]
    db.session.add(Classification(office=office, code="045.2", title="Arsip", kinds=kinds))
    emblem.give(office, arms((300, 700), rim=20))
    db.session.commit()
    packed = office_archive.pack(office)
    assert [one.message for one in packed.findings if one.level == "error"] == []
    assert sent(elsewhere, packed.data, "contoh") == packed.data
    with elsewhere.app_context():
        desk = db.session.scalars(select(Post).where(Post.key == "desk")).one()
        assert desk.recorded_by is not None
        assert (desk.recorded_by.key, desk.superior.key) == ("head", "head")  # type: ignore[union-attr]
        assert [one.key for one in desk.roles] == ["petugas", "pencatat"]
        assert office_of("contoh").statements == [
            {"title": "Visi: ya", "text": "null\n\ndua # bukan komentar"}
        ]
        (code,) = db.session.scalars(select(Classification)).all()
        assert (code.code, code.kinds) == ("045.2", kinds)
        assert office_of("contoh").logo_sha256 == office.logo_sha256 != ""
        assert db.session.scalars(select(User)).all() == []
        assert db.session.scalars(select(Role.key).where(Role.outside)).all() == ["pemohon"]
        db.engine.dispose()


@pytest.mark.sqlite
def test_an_office_that_has_hardly_begun_travels_too(session: Any, elsewhere: Flask) -> None:
    office = Office(
        key="baru", name=["Dinas"], government="Kota", timezone="Asia/Jakarta",
        hours={"mon-fri": ["08:00-16:00"]},
    )  # fmt: skip
    db.session.add(office)
    db.session.commit()
    packed = office_archive.pack(office)
    assert sent(elsewhere, packed.data, "baru") == packed.data


@pytest.mark.sqlite
def test_the_binding_text_travels_and_the_draft_of_the_next_version_stays(session: Any) -> None:
    town = Town()
    db.session.commit()
    publishing.save_draft(town.office, town.sop.source_text.replace("Tutup", "Selesaikan"))
    publishing.save_draft(town.office, SOP.format(code="baru", title="SOP Baru"))
    packed = office_archive.pack(town.office)
    assert packed.codes == ("baru", "umum")
    with ZipFile(BytesIO(packed.data)) as archive:
        assert archive.read("contoh/procedures/umum.yaml").decode() == town.sop.source_text


@pytest.mark.sqlite
def test_an_office_that_is_there_is_neither_changed_nor_judged(session: Any) -> None:
    publishing.import_office(OFFICES / "kesra-ambon", now=NOW)
    packed = office_archive.pack(office_of("kesra-ambon"))
    with pytest.raises(publishing.OfficeExists):
        office_archive.take_in(packed.data, now=NOW)


@pytest.mark.sqlite
def test_findings_name_the_files_as_they_stand_in_the_pack(session: Any) -> None:
    found = BytesIO()
    with ZipFile(found, "w") as archive:
        archive.writestr("kantor/office.yaml", "key: x\n")
        archive.writestr("kantor/procedures/a.yaml", "code: [")
    with pytest.raises(PackError) as refused:
        office_archive.take_in(found.getvalue(), now=NOW)
    assert {one.file for one in refused.value.findings} == {"office.yaml", "procedures/a.yaml"}
    assert db.session.scalars(select(ProcedureVersion)).all() == []


@pytest.mark.sqlite
def test_a_pack_with_a_logo_that_is_none_does_not_come_in(session: Any) -> None:
    town = Town()
    emblem.give(town.office, arms())
    db.session.commit()
    found = BytesIO()
    packed = BytesIO(office_archive.pack(town.office).data)
    with ZipFile(packed) as old, ZipFile(found, "w") as archive:
        for name in old.namelist():
            data = old.read(name).replace(b"key: contoh", b"key: lain").replace(b"PNG", b"PNX")
            archive.writestr(name.replace("contoh/", "lain/"), data)
        assert "contoh/logo.png" in old.namelist()
    with pytest.raises(PackError) as refused:
        office_archive.take_in(found.getvalue(), now=NOW)
    assert ("logo.png", UNREADABLE) in {
        (one.file, one.message) for one in refused.value.findings if one.level == "error"
    }
