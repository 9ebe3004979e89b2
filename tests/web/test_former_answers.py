"""A case that was moved to another variant still shows what was asked before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from models import Office
from tests import factories
from tests.client import OfficeClient
from tests.office.test_versions import LARGE, SMALL, published, switch


@pytest.mark.sqlite
def test_answers_and_records_of_the_variant_before_stay_readable(
    app: Flask, client: OfficeClient, dukcapil: Office
) -> None:
    case = factories.make_case(published(dukcapil, SMALL, LARGE), "aduan-biasa", "periksa")
    switch(case, "berat")
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=4)
    client.log_in(factories.user_of(dukcapil, "kasubbag-umum"))
    text = client.get(f"/pengaduan/details/?id={case.id}").text
    assert "<dt>Lokasi</dt><dd>Contoh isian</dd>" in text
    assert "<h2>Catatan</h2>" in text
    assert "Saksi" not in text.split('id="ringkasan"')[1].split("</section>")[0]
