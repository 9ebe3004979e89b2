"""Variants that need each other are published from the page in the same moment, or not at all."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from models import ProcedureVersion, VersionState, db
from tests.client import OfficeClient
from tests.forms import fields_of
from tests.town import NOW, SOP, Town

pytestmark = pytest.mark.sqlite

RINGAN = (
    SOP.format(code="ringan", title="Izin Ringan")
    .replace("number_code: ADU\n", "number_code: ADU\nfamily: izin\nvariant: ringan\n")
    .replace(
        "        to: {end: selesai}\n",
        "        to: {end: selesai}\n      - action: record\n        label: Pindahkan\n"
        "        to: one\n        choose: variant\n        effects: [reclassify]\n",
    )
)
BERAT = RINGAN.replace("code: ringan", "code: berat").replace("Izin Ringan", "Izin Berat").replace(
    "variant: ringan\n", "variant: berat\ndefault: true\n"
)  # fmt: skip


@pytest.fixture
def eka(app: Flask, session: Any, client: OfficeClient) -> OfficeClient:
    """The browser of who writes the SOPs; two variants of one are written."""
    app.config["NOW"] = lambda: NOW
    town = Town()
    town.desk.roles = [town.role("petugas")]
    eka = client.log_in(town.user("eka", town.post("admin", capabilities=["manage_sop"])))
    for text in (RINGAN, BERAT):
        assert eka.post("/sop/new/", data={"source_text": text, "do": "save"}).status_code == 302
    return eka


def draft(code: str) -> ProcedureVersion:
    db.session.rollback()
    return db.session.scalars(
        sa.select(ProcedureVersion).where(ProcedureVersion.code == code)
    ).one()


def state(code: str) -> VersionState:
    return VersionState(draft(code).state)


def asked(eka: OfficeClient) -> dict[str, str]:
    """The question before publishing, with what is ticked in it."""
    return fields_of(eka.get(f"/sop/publish/?id={draft('ringan').id}").text)


def test_a_variant_without_the_one_it_needs_is_refused(eka: OfficeClient) -> None:
    address = f"/sop/publish/?id={draft('ringan').id}"
    answer = eka.post(address, data={"seen": asked(eka)["seen"]})
    assert answer.status_code == 422
    assert "belum mempunyai varian utama" in answer.text
    assert f'href="/sop/details/?id={draft("ringan").id}#baris-5"' in answer.text
    assert {state("ringan"), state("berat")} == {VersionState.DRAFT}


def test_variants_of_a_family_are_ticked_and_published_in_the_same_moment(
    eka: OfficeClient,
) -> None:
    typed = asked(eka)
    assert typed["also"].startswith(f"{draft('berat').id}-")
    assert eka.post(f"/sop/publish/?id={draft('ringan').id}", data=typed).status_code == 302
    assert {state("ringan"), state("berat")} == {VersionState.PUBLISHED}
    assert draft("ringan").published_at == draft("berat").published_at


def test_a_variant_that_was_changed_meanwhile_is_shown_again(eka: OfficeClient) -> None:
    typed = asked(eka)
    other = f"/sop/edit/?id={draft('berat').id}"
    text = fields_of(eka.get(other).text)
    text["source_text"] = text["source_text"].replace("Izin Berat", "Izin Sangat Berat")
    assert eka.post(other, data=text | {"do": "save"}).status_code == 302
    answer = eka.post(f"/sop/publish/?id={draft('ringan').id}", data=typed)
    assert answer.status_code == 409
    assert "Izin Sangat Berat" in answer.text
    assert {state("ringan"), state("berat")} == {VersionState.DRAFT}


def test_an_error_in_the_other_draft_is_told_under_its_own_name(eka: OfficeClient) -> None:
    other = f"/sop/edit/?id={draft('berat').id}"
    text = fields_of(eka.get(other).text)
    text["source_text"] = text["source_text"].replace("actor: petugas", "actor: petugass")
    eka.post(other, data=text | {"do": "save"})
    answer = eka.post(f"/sop/publish/?id={draft('ringan').id}", data=asked(eka))
    assert answer.status_code == 422
    assert "<h3>berat</h3>" in answer.text
    assert "Pelaksana <code>petugass</code> tidak ada" in answer.text
