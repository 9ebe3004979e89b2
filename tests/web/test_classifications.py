"""Kode klasifikasi: what an office begins with, who writes the table, and what letters take."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from backoffice.letters import classifying, register
from backoffice.workflow.office_pack import read_office
from models import Classification, Office, db
from tests import factories
from tests.client import OfficeClient
from tests.factories import NOW
from tests.forms import fields_of, ticked_on


def desk(app: Flask, office: Office, post: str) -> OfficeClient:
    """The holder of a post at the screen."""
    app.config["NOW"] = lambda: NOW
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def table(office: Office) -> dict[str, Classification]:
    """The rows of an office by code."""
    db.session.expire_all()
    query = select(Classification).where(Classification.office_id == office.id)
    return {one.code: one for one in db.session.scalars(query)}


@pytest.mark.sqlite
def test_a_new_office_begins_with_codes_that_say_they_are_suggestions(dukcapil: Office) -> None:
    rows = table(dukcapil)
    assert {"000.8.3.4", "400.8.2.3", "400.9"} <= rows.keys()
    assert all("saran, periksa dahulu" in one.title for one in rows.values())
    kinds = [kind for one in rows.values() for kind in one.kinds]
    assert len(kinds) == len(set(kinds))
    found = [
        register.classification_of(dukcapil.id, one) for one in ("surat-balasan", "nota-dinas")
    ]
    assert found == ["000.8.3.4", ""]
    assert register.classification_of(dukcapil.id, "surat-pengantar-data") == "400.9"


def test_the_keeper_writes_the_table_and_each_letter_has_one_code(
    app: Flask, dukcapil: Office
) -> None:
    clerk = desk(app, dukcapil, "kasubbag-umum")
    row = table(dukcapil)["000.8.3.4"]
    address = f"/klasifikasi/edit/?id={row.id}"
    page = clerk.get(address).text
    typed: dict[str, Any] = {**fields_of(page), **ticked_on(page)}
    typed |= {"code": "000.8.3.9", "title": "Pengaduan masyarakat", "kinds": ["surat-balasan"]}
    assert clerk.post(address, data=typed).status_code == 302
    assert table(dukcapil)["000.8.3.9"].kinds == ["surat-balasan"]
    assert register.classification_of(dukcapil.id, "surat-balasan") == "000.8.3.9"
    new: dict[str, Any] = {"code": "400.9", "title": "Dua kali"}
    refused = clerk.post("/klasifikasi/new/", data=new)
    assert refused.status_code == 422
    assert "Kode ini sudah ada di tabel." in refused.text
    new = {"code": "500", "title": "Ekonomi", "kinds": ["surat-balasan"]}
    refused = clerk.post("/klasifikasi/new/", data=new)
    assert refused.status_code == 422
    assert "sudah memakai kode lain" in refused.text
    assert clerk.post("/klasifikasi/new/", data={**new, "kinds": ["karangan"]}).status_code == 422
    assert "500" not in table(dukcapil)
    assert desk(app, dukcapil, "administrator").get("/klasifikasi/").status_code == 200
    assert desk(app, dukcapil, "kadis").get("/klasifikasi/").status_code == 403


@pytest.mark.sqlite
def test_filling_in_suggestions_leaves_what_the_office_has(app: Flask, dukcapil: Office) -> None:
    rows = table(dukcapil)
    for code in ("000.8.3.4", "400.9"):
        db.session.delete(rows[code])
    own = Classification(office=dukcapil, code="045", title="Data", kinds=["surat-balasan"])
    db.session.add(own)
    db.session.commit()
    clerk = desk(app, dukcapil, "kasubbag-umum")
    assert "Isi dengan saran" in clerk.get("/klasifikasi/").text
    done = clerk.post("/klasifikasi/suggest/", follow_redirects=True)
    assert "2 kode saran ditambahkan." in done.text
    assert "Isi dengan saran" not in done.text
    assert "surat-balasan" not in table(dukcapil)["000.8.3.4"].kinds
    assert register.classification_of(dukcapil.id, "surat-balasan") == "045"
    assert {one.code for one in classifying.SUGGESTED} <= table(dukcapil).keys()


@pytest.mark.sqlite
def test_the_page_shows_a_number_as_the_office_writes_it(app: Flask, dukcapil: Office) -> None:
    dukcapil.numbers = {**dukcapil.numbers, "letter": "{klasifikasi}/{urut:03}/{unit}/{tahun}"}
    db.session.commit()
    page = desk(app, dukcapil, "administrator").get("/klasifikasi/").text
    assert "<b>000.8.3.4/015/UMUM/2026</b>" in page
    assert 'href="/instansi/edit/?id=' in page
    assert (
        'href="/instansi/edit/?id='
        not in desk(app, dukcapil, "kasubbag-umum").get("/klasifikasi/").text
    )


@pytest.mark.sqlite
def test_a_pack_says_each_code_and_each_letter_once() -> None:
    """And one that says nothing of codes leaves them to the office."""
    text = (factories.OFFICES / "satpol-pp" / "office.yaml").read_text(encoding="utf-8")
    silent, _found = read_office(text, "office.yaml")
    assert silent is not None
    assert silent.classifications is None
    code = "classifications:\n- {code: '045', title: Arsip, kinds: [surat-balasan]}\n"
    office, found = read_office(text + code, "office.yaml")
    assert found == []
    assert office is not None
    assert office.classifications is not None
    assert [(one.code, one.kinds) for one in office.classifications] == [
        ("045", ("surat-balasan",))
    ]
    for again in ("'045', title: Dua", "'046', title: Dua, kinds: [surat-balasan]"):
        _office, found = read_office(f"{text}{code}- {{code: {again}}}\n", "office.yaml")
        assert ["disebut dua kali" in one.message for one in found] == [True], again
