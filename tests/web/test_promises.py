"""What the page of a case says of the promise for the whole, before it runs and until it is set."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from models import Case, Office
from seed import walking
from tests import factories
from tests.client import OfficeClient

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


def test_of_a_case_that_has_ended_the_promise_stays_readable(
    client: OfficeClient, sampang: Office
) -> None:
    case = factories.make_case(
        sampang, PUSPAGA, "surat-kaleng", story=walking.Story(columns={"channel": "surat"})
    )
    walking.act(case.id, "close", now=factories.after(case))
    assert whole(client, case, "kadis") == "standar 4 hari kerja"
