"""Naskah surat: what the keeper of the templates does on its pages, and what they refuse."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask
from werkzeug.test import TestResponse

from backoffice.letters import active
from models import Office, TemplateState, TemplateVersion, db
from tests import factories
from tests.client import OfficeClient
from tests.letters.hostile import HOSTILE
from tests.letters.samples import template
from tests.letters.words import paragraph, run, word_file

pytestmark = pytest.mark.sqlite
KIND = "surat-balasan"
OWN = word_file(paragraph("Naskah kami, Nomor {{nomor_surat}}: {{hal}}"))
BAD = word_file(
    paragraph("Nomor: {{nomer_surat}}"),
    f'<w:p ><w:ins w:id="1">{run("baru")}</w:ins></w:p>',
)


@pytest.fixture
def eka(app: Flask, dukcapil: Office, client: OfficeClient) -> OfficeClient:
    """The browser of who keeps the templates."""
    app.config["NOW"] = lambda: factories.NOW
    return client.log_in(factories.user_of(dukcapil, "administrator"))


def bring(client: OfficeClient, data: bytes, kind: str = KIND) -> TestResponse:
    """Upload a file as the form does."""
    return client.post(f"/naskah-surat/{kind}/unggah/", data={"file": (BytesIO(data), "n.docx")})


def words(data: bytes) -> str:
    """The paragraphs of a Word file."""
    return "\n".join(one.text for one in Document(BytesIO(data)).paragraphs)


def test_a_template_is_brought_looked_at_and_put_into_use_by_a_second_click(
    eka: OfficeClient, dukcapil: Office
) -> None:
    answer = bring(eka, OWN)
    assert answer.status_code == 302
    page = eka.get(f"/naskah-surat/{KIND}/").text
    assert "Disimpan sebagai versi 1" in page
    assert "Surat baru dibuat dari naskah bawaan Paraf." in page
    found = re.search(r'name="id" value="(\d+)"', page)
    assert found is not None
    version = found[1]
    sample = eka.get(f"/naskah-surat/versi/contoh/?id={version}")
    assert "Naskah kami, Nomor 400.12/17/DINAS/2026" in words(sample.data)
    assert eka.get(f"/naskah-surat/versi/berkas/?id={version}").data == OWN
    assert "Versi 1 belum aktif" in eka.get("/naskah-surat/").text

    eka.post("/naskah-surat/versi/aktifkan/", data={"id": version})
    page = eka.get(f"/naskah-surat/{KIND}/").text
    assert "Versi 1 sudah aktif" in page
    assert "Kembali ke bawaan" in page
    assert eka.get(f"/naskah-surat/{KIND}/berkas/").data == OWN
    assert "Milik kantor, versi 1" in eka.get("/naskah-surat/").text

    eka.post(f"/naskah-surat/{KIND}/bawaan/")
    assert eka.get(f"/naskah-surat/{KIND}/berkas/").data == template(KIND)
    page = eka.get(f"/naskah-surat/{KIND}/").text
    assert "Pernah dipakai" in page
    name = factories.user_of(dukcapil, "administrator").name
    assert re.search(rf"Aktif sejak [^<]+, oleh {re.escape(name)}", page)
    assert re.search(rf"Tidak aktif lagi sejak [^<]+, oleh {re.escape(name)}", page)


def test_every_fault_of_a_file_stands_beside_with_its_place_and_sentence(
    eka: OfficeClient,
) -> None:
    answer = bring(eka, BAD)
    assert answer.status_code == 422
    assert "2 hal harus diperbaiki" in answer.text
    assert "Belum disimpan: berkasnya masih salah." in answer.text
    assert "terima atau tolak semua perubahan dahulu di Word" in answer.text
    assert "maksudnya {{nomor_surat}}?" in answer.text
    assert '<pre class="quote">Nomor: {{nomer_surat}}</pre>' in answer.text
    assert db.session.scalar(sa.select(sa.func.count(TemplateVersion.id))) == 0


def test_no_file_at_all_is_asked_for(eka: OfficeClient) -> None:
    answer = eka.post(f"/naskah-surat/{KIND}/unggah/", data={})
    assert answer.status_code == 422
    assert "Pilih berkas Word (.docx) naskahnya." in answer.text


def test_a_version_that_became_faulty_is_not_put_into_use(
    eka: OfficeClient, dukcapil: Office
) -> None:
    bring(eka, OWN)
    version = db.session.scalars(sa.select(TemplateVersion)).one()
    version.data = BAD
    db.session.commit()
    answer = eka.post("/naskah-surat/versi/aktifkan/", data={"id": version.id})
    assert answer.status_code == 422
    assert "Tidak diaktifkan: versi ini masih salah." in answer.text
    assert active.bytes_for(dukcapil.id, KIND) == template(KIND)


def test_the_page_tells_every_field_of_the_kind_with_an_example(eka: OfficeClient) -> None:
    page = eka.get("/naskah-surat/tanda-terima/").text
    assert "{{kelengkapan.nama}}" in page
    assert "Ani Percontohan" in page
    assert "{{saksi}}" not in page


@pytest.mark.parametrize("path", ["", "berkas/", "contoh/"])
def test_a_kind_that_nobody_knows_is_not_there(eka: OfficeClient, path: str) -> None:
    assert eka.get(f"/naskah-surat/../etc/{path}").status_code == 404
    assert eka.get(f"/naskah-surat/surat-cinta/{path}").status_code == 404


def test_a_version_of_another_office_is_not_there(
    eka: OfficeClient, dukcapil: Office, ambon: Office
) -> None:
    foreign = TemplateVersion(
        office=ambon,
        kind=KIND,
        version=1,
        state=TemplateState.DRAFT,
        sha256="0" * 64,
        size=len(OWN),
        names=[],
        data=OWN,
        uploaded_at=factories.NOW,
        user=factories.user_of(ambon, "administrator"),
    )
    db.session.add(foreign)
    db.session.commit()
    for key in (str(foreign.id), "0", "-1", "abc", "", "9" * 30, "%00", "1,2"):
        assert eka.get(f"/naskah-surat/versi/berkas/?id={key}").status_code == 404
        assert eka.get(f"/naskah-surat/versi/contoh/?id={key}").status_code == 404
        answer = eka.post("/naskah-surat/versi/aktifkan/", data={"id": key})
        assert answer.status_code == 404
    assert "Versi 1" not in eka.get(f"/naskah-surat/{KIND}/").text
    state = db.session.scalars(sa.select(TemplateVersion.state)).one()
    assert state is TemplateState.DRAFT


def test_who_does_not_keep_the_templates_does_not_find_them(
    app: Flask, dukcapil: Office, client: OfficeClient
) -> None:
    app.config["NOW"] = lambda: factories.NOW
    client.log_in(factories.user_of(dukcapil, "kadis"))
    assert client.get("/naskah-surat/").status_code == 403
    assert bring(client, OWN).status_code == 403
    assert "/naskah-surat/" not in client.get("/").text


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.long)])
def test_hostile_files_are_refused_on_the_page_with_what_to_do_and_nothing_is_kept(
    eka: OfficeClient, step: int
) -> None:
    for name in list(HOSTILE)[::step]:
        make, said = HOSTILE[name]
        answer = bring(eka, make())
        assert answer.status_code == 422, name
        assert "Belum disimpan: berkasnya masih salah." in answer.text, name
        assert said.split(": ")[-1] in html.unescape(answer.text), name  # the place beside it
    assert db.session.scalar(sa.select(sa.func.count(TemplateVersion.id))) == 0
