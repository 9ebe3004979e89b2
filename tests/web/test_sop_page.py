"""Writing an SOP: a beginning that says what to type, help beside it, and nothing typed is lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice.workflow import pack, pack_steps, publishing
from backoffice.workflow.findings import Level
from models import ProcedureVersion, VersionState, db
from tests.client import OfficeClient
from tests.forms import fields_of
from tests.town import NOW, SOP, Town
from views import sop_help

HALF = """\
code: aula   # nama pendek
title: "Peminjaman Aula: umum"
kind: pinjaman
steps:
  - key: terima
     row: 1
"""


@pytest.fixture
def town(app: Flask, session: Any) -> Town:
    """A small office with two roles in it."""
    app.config["NOW"] = lambda: NOW
    town = Town()
    town.desk.roles, town.head.roles = [town.role("petugas")], [town.role("kepala")]
    town.role("pemohon").outside = True
    db.session.flush()
    return town


@pytest.fixture
def eka(town: Town, client: OfficeClient) -> OfficeClient:
    """The browser of who writes the SOPs."""
    return client.log_in(town.user("eka", town.post("admin", capabilities=["manage_sop"])))


def text_of(answer: Any) -> str:
    """What stands in the box."""
    return fields_of(answer.text)["source_text"]


def lines_with_errors(answer: Any) -> set[int]:
    """The lines that the page calls wrong."""
    found = re.findall(r'tag late">.*?baris (\d+)', answer.text)
    return {int(one) for one in found}


def draft_of(code: str) -> ProcedureVersion:
    """The draft of an SOP."""
    db.session.rollback()
    return db.session.scalars(
        sa.select(ProcedureVersion).where(
            ProcedureVersion.code == code, ProcedureVersion.state == VersionState.DRAFT
        )
    ).one()


def filled(text: str) -> str:
    """The beginning of an SOP with everything typed that it asks for."""
    typed = iter(
        ("peminjaman-aula", "Peminjaman Aula", "AULA", "Petugas menerima surat", "petugas",
         "Teruskan ke Kepala", "Kepala memeriksa", "kepala", "Setujui", "Kembalikan")
    )  # fmt: skip
    return re.sub(r"(?m)^(\s*(?:- )?\w+:)\s+(#.*)$", lambda one: fill(one, typed), text)


def fill(found: re.Match[str], typed: Any) -> str:
    """One empty line with its text; `steps:` and its like go on below."""
    keys = ("code:", "title:", "number_code:", "activity:", "actor:", "label:")
    return f"{found[1]} {next(typed)}" if found[1].strip() in keys else found[0]


def test_a_new_sop_begins_with_a_text_in_which_only_what_must_be_typed_is_missing(
    town: Town, eka: OfficeClient
) -> None:
    answer = eka.get("/sop/new/")
    text = text_of(answer)
    assert "petugas, kepala\n" in text  # the roles that there are, without those outside
    begun, done = text.split("\n"), filled(text).split("\n")
    empty = {number for number, line in enumerate(begun, 1) if line != done[number - 1]}
    assert len(empty) == 10
    assert lines_with_errors(answer) == empty
    checked = eka.post("/sop/new/", data={"source_text": filled(text), "do": "check"})
    assert lines_with_errors(checked) == set()


def test_the_beginning_filled_in_is_published(town: Town, eka: OfficeClient) -> None:
    text = filled(text_of(eka.get("/sop/new/")))
    assert eka.post("/sop/new/", data={"source_text": text, "do": "save"}).status_code == 302
    address = f"/sop/publish/?id={draft_of('peminjaman-aula').id}"
    assert eka.post(address, data=fields_of(eka.get(address).text)).status_code == 302
    _sop, findings = publishing.check(town.office, text)
    assert {one.level for one in findings} <= {Level.WARNING}


def test_a_text_that_does_not_read_yet_is_kept_under_its_code_and_gone_on_with(
    town: Town, eka: OfficeClient
) -> None:
    assert eka.post("/sop/new/", data={"source_text": HALF, "do": "save"}).status_code == 302
    draft = draft_of("aula")
    assert (draft.title, draft.kind) == ("Peminjaman Aula: umum", "general")
    address = f"/sop/edit/?id={draft.id}"
    answer = eka.get(address)
    assert text_of(answer) == HALF
    assert lines_with_errors(answer)
    typed = fields_of(answer.text) | {"source_text": "title: [\n" + HALF[25:], "do": "save"}
    assert eka.post(address, data=typed).status_code == 302  # it stays the draft of its SOP
    assert draft_of("aula").source_text.startswith("title: [")
    page = eka.get(f"/sop/publish/?id={draft.id}")
    answer = eka.post(f"/sop/publish/?id={draft.id}", data=fields_of(page.text))
    assert answer.status_code == 422
    assert draft_of("aula").state == VersionState.DRAFT


def test_a_text_without_a_code_is_asked_for_one_and_stays_on_the_page(
    town: Town, eka: OfficeClient
) -> None:
    text = HALF.replace("code: aula", "code:")
    answer = eka.post("/sop/new/", data={"source_text": text, "do": "save"})
    assert answer.status_code == 422
    assert text_of(answer) == text
    assert db.session.scalar(sa.select(sa.func.count(ProcedureVersion.id))) == 1


def test_a_kind_that_is_none_is_told_with_its_line(town: Town, eka: OfficeClient) -> None:
    text = SOP.format(code="baru", title="SOP Baru").replace("complaint", "keluhan")
    answer = eka.post("/sop/new/", data={"source_text": text, "do": "check"})
    assert lines_with_errors(answer) == {3}
    assert "keluhan" in text_of(answer)


def test_a_half_written_text_is_not_written_over_what_a_colleague_has_begun(
    town: Town, eka: OfficeClient
) -> None:
    eka.post("/sop/new/", data={"source_text": HALF, "do": "save"})
    answer = eka.post("/sop/new/", data={"source_text": HALF + "# lain\n", "do": "save"})
    assert answer.status_code == 409
    assert "# lain" in text_of(answer)
    assert draft_of("aula").source_text == HALF


@pytest.mark.sqlite
def test_a_text_that_is_too_long_is_not_thrown_away(
    town: Town, eka: OfficeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("views.procedure.LONGEST_TEXT", 50)
    answer = eka.post("/sop/new/", data={"source_text": HALF, "do": "save"})
    assert answer.status_code == 422
    assert text_of(answer) == HALF


@pytest.mark.sqlite
def test_a_draft_is_judged_by_the_office_as_it_is_today(town: Town, eka: OfficeClient) -> None:
    text = SOP.format(code="baru", title="SOP Baru")
    eka.post("/sop/new/", data={"source_text": text, "do": "save"})
    draft = draft_of("baru")
    address = f"/sop/details/?id={draft.id}"
    assert lines_with_errors(eka.get(address)) == set()
    town.desk.roles = []
    assert lines_with_errors(eka.get(address))


@pytest.mark.sqlite
def test_an_sop_of_another_office_is_neither_seen_nor_written(
    town: Town, eka: OfficeClient
) -> None:
    other = Town("jauh")
    db.session.commit()
    draft = publishing.save_draft(other.office, HALF)
    for page in ("details", "edit", "publish"):
        assert eka.get(f"/sop/{page}/?id={draft.id}").status_code == 404
    data = {"source_text": HALF, "do": "save", "seen": f"{draft.sha256}-draft"}
    assert eka.post(f"/sop/edit/?id={draft.id}", data=data).status_code == 404


# -- the help --------------------------------------------------------------------------------


def test_the_help_tells_of_every_key_that_is_read_and_of_no_other() -> None:
    assert tuple(sop_help.PROCEDURE) == pack.PROCEDURE_KEYS
    assert tuple(sop_help.STEP) == pack_steps.STEP_KEYS
    assert tuple(sop_help.TRANSITION) == pack_steps.TRANSITION_KEYS
    assert tuple(sop_help.FIELD) == pack.FIELD_KEYS
    assert tuple(sop_help.EFFECTS) == tuple(pack_steps.EFFECTS)


@pytest.mark.sqlite
def test_the_help_stands_beneath_the_text(town: Town, eka: OfficeClient) -> None:
    page = html.unescape(eka.get("/sop/new/").text)
    for key in ("same_as", "gives_up", "open_case", "reporter.telephone", "hari kerja"):
        assert key in page


def test_a_version_that_a_newer_one_follows_says_so_in_the_list_and_on_its_page(
    town: Town, eka: OfficeClient
) -> None:
    db.session.commit()
    for title in ("Lama", "Baru"):
        publishing.save_draft(town.office, SOP.format(code="aula", title=title))
        publishing.publish_all(town.office, now=NOW, by=None)
    query = sa.select(ProcedureVersion).where(ProcedureVersion.code == "aula")
    old, new = db.session.scalars(query.order_by(ProcedureVersion.version))
    listed = eka.get("/sop/").text
    assert listed.count("Digantikan versi 2") == 1
    replaced = "Digantikan versi 2; yang berjalan menurut versi ini selesai menurut versi ini."
    assert replaced in eka.get(f"/sop/details/?id={old.id}").text
    assert "Digantikan" not in eka.get(f"/sop/details/?id={new.id}").text
