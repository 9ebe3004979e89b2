"""Sending on the page of a letter, in the action of the SOP, and as a list of what waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from backoffice import mail
from backoffice.letters import contacts, proof
from models import (
    Attachment,
    Case,
    Delivery,
    DeliveryState,
    DeliveryWay,
    Letter,
    LetterState,
    Office,
    Party,
    Status,
    db,
)
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import after, make_case, post_of, user_of
from tests.office.test_sending import SOP

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CLERK = "petugas-pengaduan"
pytestmark = pytest.mark.sqlite


@pytest.fixture
def office(app: Flask, dukcapil: Office) -> Office:
    """The office at the end of the morning."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)
    return dukcapil


@pytest.fixture
def case(office: Office) -> Case:
    """A complaint whose reply waits to be sent."""
    return make_case(office, "pengaduan-menengah", "pengiriman")


def letter_of(case: Case) -> Letter:
    db.session.expire_all()
    return db.session.scalars(sa.select(Letter).where(Letter.case_id == case.id)).one()


def sendings(case: Case) -> list[Delivery]:
    query = sa.select(Delivery).join(Letter).where(Letter.case_id == case.id)
    return list(db.session.scalars(query.order_by(Delivery.id)))


def page(client: OfficeClient, case: Case, who: str = CLERK, **asked: Any) -> str:
    client.log_in(user_of(case.office, who))
    answer = client.get("/surat/details/", query_string={"id": letter_of(case).id, **asked})
    assert answer.status_code == 200
    return answer.text


def post(client: OfficeClient, case: Case, verb: str, **typed: Any) -> Any:
    letter = letter_of(case)
    data = {"id": letter.id, "version": letter.case.version, **typed}
    return client.post(f"/surat/{verb}/", data=data)


def test_the_clerk_sends_says_that_it_came_back_sends_again_and_that_it_arrived(
    client: OfficeClient, case: Case
) -> None:
    shown = page(client, case)
    assert "Kirim surat</summary>" in shown
    assert "kirim hanya bila surat di kertas sudah ditandatangani" in shown
    assert "Kosong berarti menurut berkas: Jalan Contoh Nomor 2" in shown
    answer = post(
        client, case, "send",
        **{"sending.way": "post", "sending.addressee": "Sdr. Fitri", "sending.evidence": "JP-1"},
    )  # fmt: skip
    assert answer.headers["Location"].endswith("#pengiriman")
    (first,) = sendings(case)
    assert (first.way, first.address) == (DeliveryWay.POST, walking.PARTY["address"])
    answer = post(client, case, "failed", delivery=first.id)
    assert answer.status_code == 422
    assert "Surat tidak sampai" in answer.text
    post(client, case, "failed", delivery=first.id, fault="Rumah kosong, retur pos")
    shown = page(client, case)
    assert "Rumah kosong, retur pos" in shown
    assert "Surat tidak sampai. Surat perlu dikirim sekali lagi" in shown
    assert "Sudah dikirim. Catat bila" not in shown
    again = page(client, case, lagi=first.id)
    assert re.search(r'<option selected value="post">', again)
    post(client, case, "send", **{"sending.way": "fetched", "sending.addressee": "Sdr. Fitri"})
    _, second = sendings(case)
    receipt = {"received.by": "Fitri", "received.scan": (BytesIO(PDF), "tanda terima.pdf")}
    assert post(client, case, "received", delivery=second.id, **receipt).status_code == 302
    assert sendings(case)[1].sent_at is not None
    shown = page(client, case)
    kept = db.session.scalars(sa.select(Attachment).where(Attachment.name.like("tanda%"))).one()
    assert f'/pengaduan/attachment/?id={kept.id}"' in shown
    assert [one.state for one in sendings(case)] == [DeliveryState.FAILED, DeliveryState.RECEIVED]
    assert letter_of(case).state is LetterState.RECEIVED
    history = client.get(f"/pengaduan/details/?id={case.id}").text
    for words in ("Surat dikirim", "Surat tidak sampai", "Surat diterima", "Diambil di kantor"):
        assert words in history


def test_what_is_wrong_is_said_at_its_field_and_kept(client: OfficeClient, case: Case) -> None:
    client.log_in(user_of(case.office, CLERK))
    answer = post(
        client, case, "send",
        **{"sending.way": "email", "sending.addressee": "Ibu Fitri", "sending.address": "bukan",
           "sending.at": "2027-01-01T08:00"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "Ini bukan alamat pos-el." in answer.text
    assert "Hari dan jam ini belum tiba." in answer.text
    assert 'value="Ibu Fitri"' in answer.text
    assert sendings(case) == []
    twice = {"sending.way": "fetched", "sending.addressee": "Ibu Fitri"}
    seen = letter_of(case).case.version
    assert post(client, case, "send", **twice).status_code == 302
    assert post(client, case, "send", **twice, version=seen).status_code == 409  # pressed again
    assert len(sendings(case)) == 1


def test_nobody_else_sends_and_no_other_sending_is_named(
    client: OfficeClient, case: Case, office: Office
) -> None:
    other = make_case(office, "pengaduan-menengah", "penerimaan")
    (theirs,) = sendings(other)
    client.log_in(user_of(office, CLERK))
    for verb in ("received", "failed"):
        for forged in (theirs.id, 10**7, "x"):
            assert post(client, case, verb, delivery=forged).status_code == 404
    shown = page(client, case, "sekretaris")
    assert 'action="/surat/send/"' not in shown
    assert post(client, case, "send", **{"sending.way": "fetched"}).status_code in (404, 422)
    assert sendings(case) == []


def test_the_action_of_the_sop_asks_by_which_way(client: OfficeClient, case: Case) -> None:
    client.log_in(user_of(case.office, CLERK))
    shown = client.get(f"/pengaduan/details/?id={case.id}").text
    assert re.search(r'name="sending.way".*?<option selected value="carried">', shown, re.DOTALL)
    data = {
        "version": case.version,
        "id": case.id,
        "attachment": (BytesIO(PDF), "surat.pdf"),
        "sending.way": "whatsapp",
        "sending.address": "0812-3456-7890",
    }
    assert client.post("/pengaduan/step/forward/", data=data).status_code == 302
    (made,) = sendings(case)
    assert (made.way, made.address) == (DeliveryWay.WHATSAPP, "0812-3456-7890")
    assert letter_of(case).state is LetterState.SENT


def test_a_letter_sent_from_its_page_is_not_sent_a_second_time_by_the_step(
    client: OfficeClient, case: Case
) -> None:
    client.log_in(user_of(case.office, CLERK))
    post(client, case, "send", **{"sending.way": "fetched", "sending.addressee": "Ibu Fitri"})
    assert "Surat ini sudah dikirim." in client.get(f"/pengaduan/details/?id={case.id}").text
    data = {
        "version": letter_of(case).case.version,
        "id": case.id,
        "attachment": (BytesIO(PDF), "surat.pdf"),
    }
    assert client.post("/pengaduan/step/forward/", data=data).status_code == 302
    assert len(sendings(case)) == 1


def test_a_close_that_is_refused_leads_to_the_letter(client: OfficeClient, office: Office) -> None:
    from backoffice.workflow import publishing

    publishing.save_draft(office, SOP)
    publishing.publish(office, "surat-biasa", now=factories.NOW, by=None)
    case = make_case(office, "surat-biasa", "kirim")
    client.log_in(user_of(office, "customer-service"))
    answer = client.post("/berkas/step/close/", data={"id": case.id, "version": case.version})
    assert answer.status_code == 422
    assert f'<a href="/surat/details/?id={letter_of(case).id}#kirim">Kirim surat</a>' in answer.text


def test_a_promise_to_tell_leads_to_the_letter_that_keeps_it(
    client: OfficeClient, office: Office
) -> None:
    from backoffice.workflow import publishing

    publishing.save_draft(office, SOP)
    publishing.publish(office, "surat-biasa", now=factories.NOW, by=None)
    case = make_case(office, "surat-biasa", "putusan")
    case = walking.act(case.id, "reject", now=after(case))
    client.log_in(user_of(office, "kasubbag-umum"))
    shown = client.get(f"/berkas/details/?id={case.id}").text
    assert f'href="/surat/details/?id={letter_of(case).id}#kirim"' in shown
    post(client, case, "send", **{"sending.way": "fetched", "sending.addressee": "Ibu Fitri"})
    assert db.session.get_one(Case, case.id).status is Status.CLOSED


def test_what_has_not_gone_out_is_a_filter_of_the_list(
    client: OfficeClient, case: Case, office: Office
) -> None:
    make_case(office, "pengaduan-menengah", "penerimaan")
    back = make_case(office, "pengaduan-menengah", "penerimaan")
    (made,) = sendings(back)
    made.state, made.fault = DeliveryState.FAILED, "Retur"
    client.log_in(user_of(office, "kasubbag-umum"))
    shown = client.get("/surat/?flt0_keadaan=unsent").text
    ids = {int(one) for one in re.findall(r"/surat/details/\?id=(\d+)", shown)}
    assert ids == {letter_of(case).id, letter_of(back).id}


# -- ready messages ----------------------------------------------------------------------------


def test_without_a_mail_server_a_chat_and_a_mail_stand_ready_and_tell_no_secret(
    client: OfficeClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof._Address, "base", "https://paraf.kota.go.id")
    party = db.session.scalars(sa.select(Party).where(Party.case_id == case.id)).one()
    party.telephone = "+62 812-3456-7890"
    shown = page(client, case)
    links = [unescape(one) for one in re.findall(r'href="((?:https://wa|mailto)[^"]+)"', shown)]
    chat, post_link = links
    address, query = urlsplit(chat), parse_qs(urlsplit(chat).query)
    assert (address.netloc, address.path) == ("wa.me", "/6281234567890")
    (text,) = query["text"]
    assert f"nomor {letter_of(case).number}" in text
    assert "https://paraf.kota.go.id/v/" in text
    assert str(case.summary) not in text
    assert post_link.startswith("mailto:fitri@example.go.id?subject=Surat%20dari%20")
    assert "{{" not in unescape(shown)


def test_with_a_mail_server_the_mail_leaves_from_here(
    client: OfficeClient, case: Case, mail_server: None
) -> None:
    shown = page(client, case)
    assert "mailto:" not in shown
    assert "Isi pos-el" in shown
    assert "unggah dahulu" in shown  # the signed scan is not there yet
    assert post(client, case, "send", **{"sending.way": "post"}).status_code == 302
    (made,) = sendings(case)
    made.way, made.state, made.sent_at = DeliveryWay.EMAIL, DeliveryState.QUEUED, None
    db.session.commit()
    assert "Pos-el keluar dengan sendirinya; halaman ini menyebut bila sudah keluar." in page(
        client, case
    )


@pytest.fixture
def mail_server() -> Iterator[None]:
    """A mail server that nobody asks anything."""
    mail.set_server(mail.MailServer(host="127.0.0.1", port=9, sender="dinas@example.go.id"))
    yield
    mail.set_server(None)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("08123456789", "628123456789"),
        ("+62 812-3456-789", "628123456789"),
        ("62812 3456 789", "628123456789"),
        ("0062812345", None),
        ("(0812) 3456 7890", "6281234567890"),
        ("0812.3456.7890 / 021-555", "6281234567890"),
        ("8123456789", "628123456789"),
        ("+62 0812 3456 789", "628123456789"),
        ("021-5550123", None),
        ("0800-0000-142", None),  # no mobile network has it
        ("0812", None),
        ("tidak ada", None),
        ("", None),
    ],
)
def test_a_telephone_as_people_write_it_is_a_chat_or_none(typed: str, number: str | None) -> None:
    assert contacts.mobile(typed) == number


def test_a_long_address_and_name_are_shown_whole(client: OfficeClient, case: Case) -> None:
    client.log_in(user_of(case.office, CLERK))
    long = "Jalan Perintis Kemerdekaan Gang Mawar " * 12
    answer = post(
        client, case, "send",
        **{"sending.way": "post", "sending.addressee": "Ibu " * 60, "sending.address": long},
    )  # fmt: skip
    assert answer.status_code == 302
    assert long.strip() in page(client, case)
    assert post_of(case.office, CLERK).title in page(client, case)
