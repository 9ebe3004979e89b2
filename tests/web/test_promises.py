"""What the page of a case says of the promise for the whole, before it runs and until it is set."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from backoffice.clock import parse_duration
from models import Case, Office, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from views.visits import sum_words

pytestmark = pytest.mark.sqlite
PUSPAGA = "pengaduan-puspaga"


@pytest.fixture(autouse=True)
def now(app: Flask) -> None:
    """Monday 12 January 2026 at noon."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)


def whole(client: OfficeClient, case: Case, post: str) -> str:
    """What stands under "Keseluruhan"."""
    client.log_in(factories.user_of(case.office, post))
    page = client.get(f"/pengaduan/details/?id={case.id}").text
    found = re.search(r"Keseluruhan</div>.*?<div class=\"sub\">(.*?)</div>", page, re.DOTALL)
    assert found is not None
    return found[1]


def test_before_the_case_has_its_number_the_promise_is_named_already(
    client: OfficeClient, sampang: Office
) -> None:
    case = factories.make_case(sampang, PUSPAGA, "penyampaian")
    assert whole(client, case, "petugas-sekretariat") == "standar 4 hari kerja sejak bernomor"


def test_until_the_severity_is_found_the_promise_is_a_range(
    client: OfficeClient, sekadau: Office
) -> None:
    case = factories.make_case(sekadau, "pengaduan", "kedatangan")
    assert whole(client, case, "petugas-pelayanan") == (
        "standar 7 hari sampai 21 hari menurut berat ringannya sejak bernomor"
    )
    case = factories.make_case(sekadau, "pengaduan", "pertimbangan")
    assert whole(client, case, "sekretaris") == (
        "harus selesai Sen 2 Feb, 16.00, paling lama; standar 7 hari sampai 21 hari menurut berat "
        "ringannya"
    )


def test_a_broken_promise_is_said_in_words_beside_the_whole(
    app: Flask, client: OfficeClient, sekadau: Office
) -> None:
    case = factories.make_case(sekadau, "pengaduan", "pertimbangan")
    assert case.due_at is not None
    for days, late in ((-1, False), (1, True)):
        moment = case.due_at + timedelta(days=days)
        app.config["NOW"] = lambda moment=moment: moment
        client.delete_cookie(app.config["SESSION_COOKIE_NAME"])  # whoever sat here yesterday left
        client.log_in(factories.user_of(sekadau, "sekretaris"))
        strip = client.get(f"/pengaduan/details/?id={case.id}").text.split("Keseluruhan</div>")[1]
        words = re.sub(r"<[^>]+>", " ", strip.split("</section>")[0])
        assert ("Lewat 1 hari kerja" in words) is late
        assert "harus selesai" in words


def test_a_case_that_ended_after_its_promise_keeps_that_it_did(
    client: OfficeClient, sampang: Office
) -> None:
    case = factories.make_case(
        sampang, PUSPAGA, "surat-kaleng", story=walking.Story(columns={"channel": "surat"})
    )
    case = walking.act(case.id, "close", now=factories.after(case))
    assert case.due_at is not None
    case.closed_at = case.due_at + timedelta(days=1)
    db.session.commit()
    client.log_in(factories.user_of(sampang, "kadis"))
    page = client.get(f"/pengaduan/details/?id={case.id}").text
    assert "Lewat 1 hari kerja" in page.split("Keseluruhan</div>")[1].split("</section>")[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["10 hari kerja", "20 hari", "2 jam"], "10 hari kerja + 20 hari + 2 jam"),
        (["1 hari kerja", "15 menit", "3 jam"], "1 hari kerja + 3 jam 15 menit"),
        (["45 menit"], "45 menit"),
    ],
)
def test_parts_that_are_measured_otherwise_are_added_with_a_sign(
    rows: list[str], words: str
) -> None:
    assert sum_words(parse_duration(one) for one in rows) == words


def test_of_a_case_that_has_ended_the_promise_stays_readable(
    client: OfficeClient, sampang: Office
) -> None:
    case = factories.make_case(
        sampang, PUSPAGA, "surat-kaleng", story=walking.Story(columns={"channel": "surat"})
    )
    walking.act(case.id, "close", now=factories.after(case))
    assert whole(client, case, "kadis") == "standar 4 hari kerja"
    strip = client.get(f"/pengaduan/details/?id={case.id}").text.split('class="strip"')[1]
    assert "Hasil</div>" in strip
    assert "Di meja siapa" not in strip  # it lies on nobody's any more
