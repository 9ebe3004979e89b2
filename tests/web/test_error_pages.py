"""A page that cannot be shown says what is safe, what to do, and a code for the telephone."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from backoffice.config import Settings
from backoffice.errors import NotFound, Stale
from backoffice.workflow.routing import NobodyThere
from models import db
from tests import products
from tests.client import OfficeClient
from tests.town import NOW, Town
from views import session as screen

CODE = re.compile(r"G-[2-9A-Z]{4}-[2-9A-Z]{4}")
SAID = {
    400: "Formulir ini tidak dapat dikirim lagi",
    403: "Halaman ini bukan untuk jabatan Anda",
    404: "Halaman atau berkas ini tidak ditemukan",
    405: "Alamat ini tidak dapat dibuka dengan cara itu",
    409: "Orang lain lebih dahulu memutus",
    413: "Berkasnya terlalu besar",
    414: "Yang diminta terlalu panjang",
    422: "Ini tidak dapat dilakukan sekarang",
    429: "Terlalu banyak percobaan",
    500: "Terjadi gangguan di sistem, bukan salah Anda",
    503: "Sistem sedang sibuk atau diperbaiki",
}


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """A product of this test's own, to which a page is added."""
    with products.own(settings) as app:
        yield app


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A product with a page for every way to fail."""
    app.config.update(NOW=lambda: NOW, PROPAGATE_EXCEPTIONS=False)
    monkeypatch.setattr(screen, "OPEN_ENDPOINTS", screen.OPEN_ENDPOINTS | {"fail"})

    @app.route("/gagal/<int:status>", endpoint="fail", methods=("GET", "POST"))
    def fail(status: int) -> str:
        causes = {
            4040: NotFound(),
            4090: Stale(),
            4220: NobodyThere(step="Pemeriksaan"),
            5000: ZeroDivisionError("NIK 3201010101010001"),
            5030: OperationalError("SELECT nik FROM parties", {}, Exception("locked")),
        }
        if status in causes:
            raise causes[status]
        abort(status)

    return app


@pytest.mark.sqlite
@pytest.mark.parametrize(("status", "sentence"), SAID.items())
def test_every_refusal_has_a_page_with_a_code(
    broken: Flask, client: OfficeClient, status: int, sentence: str
) -> None:
    answer = client.get(f"/gagal/{status}")

    assert answer.status_code == status
    assert sentence in answer.text
    assert CODE.search(answer.text)
    assert 'href="/"' in answer.text
    assert "hubungi administrator kantor" in answer.text
    assert answer.headers.get("Retry-After") == ("60" if status == 503 else None)
    assert ('href="/gagal/' in answer.text) == (status in (429, 500, 503))


@pytest.mark.sqlite
def test_a_form_that_is_too_large_says_how_large_it_may_be(
    broken: Flask, client: OfficeClient
) -> None:
    broken.config["MAX_CONTENT_LENGTH"] = 60 * 1024 * 1024

    answer = client.get("/gagal/413")

    assert "paling besar 60 MB" in answer.text
    assert "Tidak ada yang terkirim." in answer.text


@pytest.mark.sqlite
def test_a_post_that_nobody_holds_is_said_with_what_is_safe(
    broken: Flask, client: OfficeClient
) -> None:
    answer = client.get("/gagal/4220")

    assert answer.status_code == 422
    assert "belum dipegang siapa pun" in answer.text
    assert answer.text.count("Tidak ada yang berubah") == 1


@pytest.mark.sqlite
def test_what_broke_is_in_the_log_under_the_code_and_not_on_the_page(
    broken: Flask, client: OfficeClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = client.get("/gagal/5000")

    code = CODE.search(answer.text)
    assert answer.status_code == 500
    assert "3201010101010001" not in answer.text
    assert code is not None
    assert code[0] in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.sqlite
@pytest.mark.parametrize(("cause", "status"), [(4040, 404), (4090, 409), (5030, 503)])
def test_a_refusal_that_no_form_caught_is_still_a_page(
    broken: Flask, client: OfficeClient, cause: int, status: int
) -> None:
    answer = client.get(f"/gagal/{cause}")

    assert answer.status_code == status
    assert "SELECT" not in answer.text


@pytest.mark.sqlite
def test_the_page_stands_even_when_the_database_does_not(
    broken: Flask, client: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("views.frame.current_person", nobody)

    answer = client.get("/gagal/503")

    assert answer.status_code == 503
    assert SAID[503] in answer.text


def test_who_is_logged_in_keeps_the_menu_and_sees_the_telephone(
    broken: Flask, client: OfficeClient
) -> None:
    with broken.app_context():
        town = Town()
        town.office.contacts = [{"label": "Telepon", "value": "0800-000-0101"}]
        client.log_in(town.user("ani", town.desk))
        town.user("eka", town.post("administrator", capabilities=["manage_office"]))
        db.session.commit()

    answer = client.get("/gagal/404")

    assert "Ani Contoh" in answer.text
    assert "0800-000-0101" in answer.text
    assert "(Eka Contoh)" in answer.text


@pytest.mark.sqlite
def test_a_form_without_a_token_changes_nothing_and_says_so(
    broken: Flask, client: OfficeClient
) -> None:
    broken.config["WTF_CSRF_ENABLED"] = True

    answer = client.post("/gagal/404", headers={"Referer": "http://localhost/pengaduan/"})

    assert answer.status_code == 400
    assert "Tidak ada yang berubah" in answer.text
    assert 'href="http://localhost/pengaduan/"' in answer.text


@pytest.mark.sqlite
def test_the_way_back_never_leads_out_of_the_house(broken: Flask, client: OfficeClient) -> None:
    broken.config["WTF_CSRF_ENABLED"] = True

    answer = client.post("/gagal/404", headers={"Referer": "http://localhost.example.org/"})

    assert "example.org" not in answer.text
