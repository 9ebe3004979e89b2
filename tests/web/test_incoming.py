"""Surat masuk: registered at the front desk, laid before the head, brought to a case, filed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from models import Attachment, Case, Disposition, IncomingLetter, Office, Scan, db
from tests import factories
from tests.client import OfficeClient
from tests.forms import fields_of

FILES = sa.select(Attachment)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TODAY = factories.NOW.date()
TYPED = {
    "received_on": TODAY.isoformat(),
    "sender": "Camat Contoh Hulu",
    "number": "005/12/Umum",
    "dated_on": "2026-01-09",
    "subject": "Mohon perekaman KTP-el bagi lansia",
    "urgency": "segera",
    "note": "Diantar staf kecamatan.",
}


def typed(office: Office, head: str = "kadis", **more: Any) -> dict[str, Any]:
    """What a front desk types of a letter with one scan."""
    scan = (BytesIO(PDF), "surat camat.pdf")
    return {**TYPED, "laid_before": str(factories.post_of(office, head).id), "scan": scan, **more}


def desk(app: Flask, office: Office, post: str) -> OfficeClient:
    """The holder of a post at the screen."""
    app.config["NOW"] = lambda: factories.NOW
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def newest() -> IncomingLetter:
    """The letter that was registered last."""
    db.session.expire_all()
    query = sa.select(IncomingLetter).order_by(IncomingLetter.id.desc()).limit(1)
    return db.session.scalars(query).one()


def registered(app: Flask, office: Office, **more: Any) -> IncomingLetter:
    """A letter that customer service has registered."""
    client = desk(app, office, "customer-service")
    answer = client.post("/surat-masuk/new/", data=typed(office, **more))
    assert answer.status_code == 302, answer.text
    return newest()


@pytest.mark.sqlite
def test_a_letter_is_registered_with_its_scan_and_lies_before_the_head(
    app: Flask, dukcapil: Office
) -> None:
    letter = registered(app, dukcapil)
    assert (letter.year, letter.agenda) == (2026, 1)
    assert (letter.sender, letter.urgency) == ("Camat Contoh Hulu", "segera")
    assert [one.name for one in letter.scans] == ["surat camat.pdf"]
    head = desk(app, dukcapil, "kadis")
    assert '/surat-masuk/">Surat masuk<span class="count">1</span>' in head.get("/").text
    page = head.get(f"/surat-masuk/details/?id={letter.id}").text
    assert "Nomor agenda 1/2026" in page
    file = head.get(f"/surat-masuk/scan/?id={letter.scans[0].id}")
    assert file.data == PDF
    file.close()
    assert newest().read_at is not None
    assert 'Surat masuk<span class="count">' not in head.get("/surat-masuk/").text


@pytest.mark.sqlite
def test_what_is_missing_from_the_agenda_is_said_in_whole_sentences(
    app: Flask, dukcapil: Office
) -> None:
    answer = desk(app, dukcapil, "customer-service").post("/surat-masuk/new/", data={})
    assert answer.status_code == 422
    for said in ("Isi pengirim suratnya.", "Isi hal suratnya."):
        assert said in answer.text


def test_a_case_opened_from_a_letter_has_its_sender_number_and_scan(
    app: Flask, dukcapil: Office
) -> None:
    letter = registered(app, dukcapil)
    client = desk(app, dukcapil, "customer-service")
    address = f"/pengaduan/new/?surat={letter.id}&sop=pengaduan-umum"
    begun = fields_of(client.get(address).text)
    assert begun["references.letter"] == "005/12/Umum"
    assert client.post(address, data=begun).status_code == 302
    case = db.session.scalars(sa.select(Case)).one()
    assert (case.channel, case.subject) == ("surat", TYPED["subject"])
    assert case.received_on == TODAY
    assert [one.number for one in case.references] == ["005/12/Umum"]
    scan, file = db.session.scalars(sa.select(Scan)).one(), db.session.scalars(FILES).one()
    assert (file.case_id, file.sha256) == (case.id, scan.sha256)
    assert newest().case_id == case.id
    # Nor is a second case opened from it.
    assert client.get(address).status_code == 302
    assert client.post(address, data={**begun, "subject": "Lain"}).status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Case.id))) == 1


@pytest.mark.sqlite
def test_a_letter_is_added_once_to_a_case_that_is_there(app: Flask, dukcapil: Office) -> None:
    case = factories.make_case(dukcapil, "pengaduan-umum", "arahan")
    letter = registered(app, dukcapil)
    head = desk(app, dukcapil, "kadis")
    join = {"id": str(letter.id), "number": "ADU-2026-9999"}
    answer = head.post("/surat-masuk/join/", data=join)
    assert answer.status_code == 422
    assert 'value="ADU-2026-9999"' in answer.text
    assert head.post("/surat-masuk/join/", data={**join, "number": case.number}).status_code == 302
    assert newest().case_id == case.id
    assert db.session.scalars(FILES).one().case_id == case.id
    page = head.get(f"/pengaduan/details/?id={case.id}").text
    assert "Surat masuk 1/2026 ditambahkan" in page
    assert "No. agenda <a href" in page
    assert head.post("/surat-masuk/join/", data={**join, "number": case.number}).status_code == 422


@pytest.mark.sqlite
def test_the_same_letter_is_told_before_it_is_registered_twice(
    app: Flask, dukcapil: Office
) -> None:
    first = registered(app, dukcapil)
    app.config["NOW"] = lambda: factories.NOW + timedelta(minutes=5)
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    client.log_in(factories.user_of(dukcapil, "kasubbag-umum"))
    again = typed(dukcapil, sender="CAMAT  contoh hulu", number="005 / 12 / UMUM")
    again.pop("scan")
    answer = client.post("/surat-masuk/new/", data=again)
    assert answer.status_code == 422
    assert "1/2026" in answer.text
    assert newest().id == first.id
    sure = {**again, "alike": str(first.id)}
    assert client.post("/surat-masuk/new/", data=sure).status_code == 302
    assert newest().agenda == 2


@pytest.mark.sqlite
def test_what_is_missing_is_said_at_once_and_no_number_is_lost(
    app: Flask, dukcapil: Office, ambon: Office
) -> None:
    client = desk(app, dukcapil, "customer-service")
    foreign = factories.post_of(ambon, "kabag").id
    wrong = {"received_on": "2026-01-13", "laid_before": str(foreign), "urgency": "gelap"}
    answer = client.post("/surat-masuk/new/", data=wrong)
    assert answer.status_code == 422
    wrong = {**TYPED, "received_on": "2026-01-13", "sender": "", "laid_before": ""}
    answer = client.post("/surat-masuk/new/", data=wrong)
    assert answer.text.count('aria-invalid="true"') == 3
    assert db.session.scalar(sa.select(sa.func.count(IncomingLetter.id))) == 0
    assert registered(app, dukcapil).agenda == 1


@pytest.mark.sqlite
def test_a_letter_is_filed_when_nobody_has_to_report_on_it(app: Flask, dukcapil: Office) -> None:
    letter = registered(app, dukcapil)
    row = Disposition(
        incoming_letter_id=letter.id,
        from_post=factories.post_of(dukcapil, "kadis"),
        to_post=factories.post_of(dukcapil, "sekretaris"),
        duty="report",
        given_at=factories.NOW,
    )
    db.session.add(row)
    head = desk(app, dukcapil, "kadis")
    assert head.post("/surat-masuk/archive/", data={"id": str(letter.id)}).status_code == 422
    assert newest().closed_at is None
    row.ended_at = factories.NOW
    assert head.post("/surat-masuk/archive/", data={"id": str(letter.id)}).status_code == 302
    assert newest().closed_at is not None
    # What was filed is not brought anywhere any more.
    case = factories.make_case(dukcapil, "pengaduan-umum", "arahan")
    join = {"id": str(letter.id), "number": str(case.number)}
    assert head.post("/surat-masuk/join/", data=join).status_code == 422
    page = head.get(f"/surat-masuk/details/?id={letter.id}").text
    assert "/pengaduan/new/" not in page
