"""The official table on the pages: the drawing with its words, and how far a case is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from lxml import etree

from backoffice.calendars import calendar_of
from backoffice.drawing import lay_out
from backoffice.printing.words import Teller
from backoffice.roles import roles_of
from backoffice.workflow.engine import command, perform
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import definition_of
from models import Case, Office
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.drawing.test_shipped import known
from tests.statements import counted
from views.case_page import load
from views.sop_sheet import SopTable, table_of, table_of_case
from views.visits import visits_of

pytestmark = pytest.mark.sqlite


def returned(office: Office) -> Case:
    """A complaint whose letter the head sent back to the Kasubbag."""
    case_id = factories.make_case(office, "pengaduan-menengah", "pemeriksaan").id
    with command(case_id) as case:
        when = factories.after(case, minutes=1000)
        actor = walking.actor_at(case, when)
        perform(case, "return", actor=actor, now=when, inputs=Inputs(note="Sebutkan tanggalnya."))
    return load(case_id)


def table(case: Case) -> SopTable:
    """The table of the case's page, ten minutes after the last thing that happened."""
    procedure, titles = definition_of(case), roles_of(case.office_id).titles
    now = factories.after(case)
    visits = visits_of(case, procedure, calendar_of(case.office), now)
    with counted() as statements:
        found = table_of_case(case, procedure, visits, titles, case.office.timezone)
    assert statements == []
    return found


def test_after_a_return_the_table_shows_where_the_file_is_and_how_it_came_there(
    app: Flask, dukcapil: Office
) -> None:
    rows = {row.number: row for row in table(returned(dukcapil)).rows}
    judged, directed, sent = rows["6"], rows["4"], rows["7"]
    assert 'class="way return walked"' in judged.drawing
    assert 'class="sym past"' in judged.drawing
    assert 'class="sym now"' in directed.drawing
    assert "walked" not in sent.drawing
    assert directed.real is not None
    assert (directed.real.times, directed.real.current) == ("10 menit + 10 menit", True)
    assert directed.real.told[0].startswith("Disdukcapil.Kasubbag-Umum Contoh, Sen 12 Jan, ")
    assert directed.real.told[1].startswith("Kepala Subbagian Umum dan Kepegawaian, sejak ")
    assert judged.real is not None
    assert judged.real.verdict == "late"
    assert judged.real.verdict_words.startswith("lewat ")


def test_the_same_cell_says_in_words_what_is_drawn(app: Flask, dukcapil: Office) -> None:
    row = next(row for row in table(returned(dukcapil)).rows if row.number == "6")
    assert row.who == "Kepala Dinas"
    assert row.ways == (
        "Ya – Setujui dan tanda tangani: lanjut ke langkah 7 (Petugas Pengaduan)",
        "Tidak – Kembalikan untuk diperbaiki: kembali ke langkah 4 (Kasubbag Umum dan Kepegawaian)",
    )


def test_a_closed_case_has_walked_to_its_end(app: Flask, dukcapil: Office) -> None:
    case = factories.make_case(dukcapil, "pengaduan-umum", "informasi")
    with command(case.id) as found:
        when = factories.after(found)
        actor = walking.actor_at(found, when)
        inputs = Inputs(note="Cukup dijelaskan di loket.")
        perform(found, "close", actor=actor, now=when, inputs=inputs)
    row = table(load(case.id)).rows[1]
    assert row.real is not None
    assert not row.real.current
    ended = re.search(r'<rect class="([^"]+)"[^>]*/><text[^>]*>Selesai</text>', row.drawing)
    assert ended is not None
    assert ended[1] == "sym past"
    assert "now" not in row.drawing
    assert "walked" not in table(load(case.id)).rows[3].drawing


def test_the_page_of_an_sop_draws_every_row_and_gives_the_drawing_as_a_file(
    app: Flask, dukcapil: Office, client: OfficeClient
) -> None:
    client.log_in(factories.user_of(dukcapil, "administrator"))
    version = factories.version_of(dukcapil, "pengaduan-menengah")
    page = client.get(f"/sop/details/?id={version.id}").text
    shown = page[page.index('<table class="sop">') : page.index("</table>")]
    assert shown.count('<svg class="flow"') == 8
    assert all('aria-hidden="true"' in one for one in re.findall(r"<svg class[^>]+>", shown))
    assert re.findall(r'class="lane"><div>([^<]+)', shown)[:2] == ["Pengadu", "Customer Service"]
    assert "Kembalikan untuk diperbaiki: kembali ke langkah 4" in shown
    link = re.search(r'href="(/sop/drawing/[^"]+)"', page)
    assert link is not None
    answer = client.get(link[1])
    assert answer.mimetype == "image/svg+xml"
    assert "filename=pengaduan-menengah-v1.svg" in answer.headers["Content-Disposition"]
    title = etree.fromstring(answer.data).findtext("{http://www.w3.org/2000/svg}title")
    assert title == "Prosedur Tetap Pelayanan Pengaduan Skala Menengah"


def test_page_and_paper_say_the_same_of_every_row(app: Flask) -> None:
    # With two steps in a row, a team, an end at the counter, and a step as the one before.
    told_of = ("disdukcapil/procedures/pengaduan-umum", "kesra-ambon/procedures/pengaduan")
    with app.test_request_context():
        for path in told_of:
            sop, titles = known(Path(f"{path}.yaml"))
            teller = Teller(sop, titles, lay_out(sop, titles))
            for index, row in enumerate(table_of(sop, titles).rows):
                told = " ".join(f"{one}." for one in (f"Pelaksana: {row.who}", *row.ways))
                assert teller.row(index) == told
                assert "selesai (Selesai)" not in told
