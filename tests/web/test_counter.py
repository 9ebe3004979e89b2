"""At the counter: the greeting of the office, and what to ask, on the page that records a case."""

from __future__ import annotations

import pytest
from flask import Flask

from models import Office, db
from tests import factories
from tests.client import OfficeClient
from views.counter import parts_of

pytestmark = pytest.mark.sqlite


def page_of(client: OfficeClient, office: Office, post: str, slug: str) -> str:
    """The page on which the holder of a post records a case."""
    return client.log_in(factories.user_of(office, post)).get(f"/{slug}/new/").text


def test_the_counter_reads_the_code_of_conduct_as_the_paper_of_ambon_has_it(
    client: OfficeClient, ambon: Office
) -> None:
    page = page_of(client, ambon, "petugas-pengaduan", "pengaduan")

    assert "<h2>Kode Etik Pelayanan Masyarakat</h2>" in page
    assert "<li><b>SENYUM</b>" in page
    assert "<li>ADA KONTAK MATA</li>" in page
    assert page.index("MENYAPA") < page.index("SIAP MEMBANTU") < page.index("TERIMA KASIH")
    assert "Apa yang terjadi, kapan, di mana" in page
    assert "LOYAL DALAM PENGABDIAN" not in page


def test_an_office_without_a_code_gets_the_five_s_and_is_told_where_to_write_its_own(
    client: OfficeClient, dukcapil: Office
) -> None:
    page = page_of(client, dukcapil, "customer-service", "pengaduan")

    titles = ("Senyum", "Salam", "Sapa", "Siap membantu", "Terima kasih")
    places = [page.index(f"<li><b>{one}</b>") for one in titles]
    assert places == sorted(places)
    assert "pernyataan berjudul Kode Etik" in page
    assert "Sebutkan biayanya: Gratis" in page


def test_the_words_an_administrator_writes_are_those_the_counter_reads(
    app: Flask, client: OfficeClient, dukcapil: Office
) -> None:
    dukcapil.statements = [{"title": "Kode Etik Loket", "text": "Berdiri\n- lalu <tersenyum>"}]
    db.session.commit()

    page = page_of(client, dukcapil, "customer-service", "pengaduan")

    assert "<li><b>Berdiri</b>" in page
    assert "<li>lalu &lt;tersenyum&gt;</li>" in page
    assert "Siap membantu" not in page


def test_a_script_without_points_is_a_list_of_lines() -> None:
    parts = list(parts_of("– Senyum\n\nSalam\n  • dengan ramah\n"))

    assert [(one.title, one.points) for one in parts] == [
        ("Senyum", []),
        ("Salam", ["dengan ramah"]),
    ]
