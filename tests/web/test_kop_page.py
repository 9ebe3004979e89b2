"""Kop surat on its page: how it looks, the logo brought, refused, exchanged and taken away."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from backoffice import emblem
from models import Office, db
from tests import factories
from tests.client import OfficeClient
from tests.letters.test_kop import SHAPES, arms, pictures_in

pytestmark = pytest.mark.sqlite
KEPT = sa.select(Office.logo, Office.logo_sha256)
REFUSED = {
    b"": "Berkas ini kosong. Pilih lagi.",
    b"%PDF-1.7": "Simpan logonya sebagai PNG atau JPG, lalu unggah lagi.",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>": "Berkas ini bukan gambar yang dapat dibaca.",
    arms()[:200]: "Gambar ini rusak.",
    arms((60, 80)): "Unggah yang paling sedikit 120 piksel.",
    bytes(200_001): "Gambar ini lebih besar dari 5 MB.",
}


@pytest.fixture
def eka(app: Flask, dukcapil: Office, client: OfficeClient) -> OfficeClient:
    """The browser of who manages the office."""
    app.config["NOW"] = lambda: factories.NOW
    return client.log_in(factories.user_of(dukcapil, "administrator"))


def bring(client: OfficeClient, office: Office, data: bytes, name: str = "l.png") -> TestResponse:
    """Upload a logo as the form does."""
    return client.post(f"/instansi/kop/?id={office.id}", data={"logo": (BytesIO(data), name)})


def kept() -> tuple[bytes | None, str]:
    """The logo of the office as it lies in the database."""
    db.session.rollback()
    row = db.session.execute(KEPT.where(Office.key == "disdukcapil")).one()
    return row.logo, row.logo_sha256


def test_a_logo_is_brought_looked_at_printed_exchanged_and_taken_away(
    eka: OfficeClient, dukcapil: Office
) -> None:
    address = f"/instansi/kop/?id={dukcapil.id}"
    page = eka.get(address).text
    assert "<b>DINAS KEPENDUDUKAN" in page
    assert "<img" not in page.split("<main")[-1]
    assert f'href="{address}"' in eka.get(f"/instansi/details/?id={dukcapil.id}").text

    assert bring(eka, dukcapil, arms(SHAPES["lanskap"])).status_code == 302
    page = eka.get(address).text
    assert "Logo terpasang di kop setiap surat baru." in page
    found = re.search(r'<img src="([^"]+)" width="64" height="80" alt="Logo kantor">', page)
    assert found is not None
    answer = eka.get(found[1].replace("&amp;", "&"))
    assert answer.content_type == "image/png"
    with Image.open(BytesIO(answer.data)) as shown:
        assert shown.width * 5 == shown.height * 4
    letter = eka.get("/naskah-surat/surat-balasan/contoh/").data
    assert answer.data in pictures_in(letter)

    before = kept()
    assert bring(eka, dukcapil, arms(kind="JPEG"), "l.jpg").status_code == 302
    assert kept()[1] not in ("", before[1])
    assert "Hapus logo" in eka.get(address).text

    eka.post(f"/instansi/kop/hapus/?id={dukcapil.id}")
    assert "Surat baru tidak memakai logo lagi." in eka.get(address).text
    assert kept() == (None, "")
    assert eka.get(f"/instansi/kop/logo/?id={dukcapil.id}").status_code == 404


def test_what_is_no_logo_is_refused_beside_the_field_and_the_old_one_stays(
    eka: OfficeClient, dukcapil: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emblem, "MOST_BYTES", 200_000)
    bring(eka, dukcapil, arms())
    before = kept()
    for data, words in REFUSED.items():
        answer = bring(eka, dukcapil, data)
        assert answer.status_code == 422, words
        error = answer.text.split('id="logo-error"')[1].split("</p>")[0]
        assert words in error
        assert 'aria-invalid="true"' in answer.text
    answer = eka.post(f"/instansi/kop/?id={dukcapil.id}", data={})
    assert "Pilih gambar logonya." in answer.text
    assert kept() == before


def test_nobody_touches_the_kop_of_another_office(
    eka: OfficeClient, dukcapil: Office, ambon: Office
) -> None:
    assert bring(eka, ambon, arms()).status_code == 404
    assert eka.post(f"/instansi/kop/hapus/?id={ambon.id}").status_code == 404
    for key in (str(ambon.id), "0", "-1", "abc", "", "9" * 30, "%00", "1,2"):
        assert eka.get(f"/instansi/kop/?id={key}").status_code == 404
        assert eka.get(f"/instansi/kop/logo/?id={key}").status_code == 404
    assert db.session.scalar(sa.select(sa.func.count(Office.logo))) == 0


def test_a_logo_that_was_exchanged_meanwhile_is_not_lost_to_an_older_form(
    eka: OfficeClient, dukcapil: Office
) -> None:
    address = f"/instansi/edit/?id={dukcapil.id}"
    seen = re.search(r'name="seen" value="([^"]+)"', eka.get(address).text)
    assert seen is not None
    bring(eka, dukcapil, arms())
    assert eka.post(address, data={"seen": seen[1], "name": "Dinas Lain"}).status_code == 409
    assert kept()[0] is not None
