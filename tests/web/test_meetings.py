"""Rapat: called from a case, held, written down; what was decided goes to whoever does it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document
from flask import Flask

from backoffice.letters.stories import stories
from backoffice.letters.tags import read_sentence
from models import (
    Assignment,
    Case,
    Disposition,
    Duty,
    EventKind,
    Meeting,
    Office,
    Record,
    db,
)
from tests import factories
from tests.client import OfficeClient
from tests.forms import fields_of

INVITED = ("sekretaris", "kabid-daftar-capil")


def desk(app: Flask, office: Office, post: str, days: int = 2) -> OfficeClient:
    """The holder of a post at the screen."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(days=days)
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def wanted(office: Office, case: Case, *posts: str, **more: Any) -> dict[str, Any]:
    """An invitation as it is typed."""
    return {
        "id": str(case.id),
        "subject": "Pembahasan pengaduan skala besar",
        "starts_at": "2026-01-15T09:00",
        "ends_at": "2026-01-15T11:00",
        "place": "Ruang rapat Dinas",
        "agenda": "Kronologi\nLangkah penyelesaian",
        "chair_post": str(factories.post_of(office, "kadis").id),
        "posts": [str(factories.post_of(office, one).id) for one in posts],
        "guests": "Tim Teknis SIAK; Dinas Kominfo",
        **more,
    }


def called(app: Flask, office: Office, case: Case, by: str, *posts: str, **more: Any) -> Meeting:
    """A meeting that a post has called."""
    answer = desk(app, office, by).post("/rapat/new/", data=wanted(office, case, *posts, **more))
    assert answer.status_code == 302, answer.text
    return the_meeting()


def the_meeting() -> Meeting:
    """The meeting that was called last."""
    db.session.expire_all()
    return db.session.scalars(sa.select(Meeting).order_by(Meeting.id.desc()).limit(1)).one()


def words_of(data: bytes) -> str:
    """Every paragraph of a Word file."""
    found = stories(Document(BytesIO(data)))
    return "\n".join(read_sentence(one).text for story in found for one in story.paragraphs())


def desks(case: Case, post: str) -> list[Duty]:
    """What a post has to do with the case."""
    query = sa.select(Assignment.duty).where(
        Assignment.case_id == case.id,
        Assignment.post_id == factories.post_of(case.office, post).id,
    )
    return list(db.session.scalars(query))


@pytest.fixture
def big(dukcapil: Office) -> Case:
    """A complaint of the large scale, at the meeting with the Walikota or Sekda."""
    return factories.make_case(dukcapil, "pengaduan-besar", "rapat")


@pytest.mark.sqlite
def test_who_is_invited_sees_the_case_and_finds_the_meeting(
    app: Flask, dukcapil: Office, big: Case
) -> None:
    kasi = desk(app, dukcapil, "kasi-pencatatan-sipil")
    address = f"/pengaduan/details/?id={big.id}"
    assert kasi.get(address).status_code == 404
    meeting = called(app, dukcapil, big, "kadis", "kasi-pencatatan-sipil")
    assert [one.name for one in meeting.people if one.post_id is None] == ["Tim Teknis SIAK"]
    assert desks(big, "kasi-pencatatan-sipil") == [Duty.INFORMATION]
    assert "Ruang rapat Dinas" in kasi.get("/rapat/").text
    assert "Rapat dipanggil" in kasi.get(address).text
    assert kasi.get(f"/rapat/details/?id={meeting.id}").status_code == 200
    invitation = words_of(kasi.get(f"/rapat/paper/undangan-rapat/?id={meeting.id}").data)
    for words in ("Kepala Seksi Pencatatan Sipil", "Kamis, 15 Januari 2026", "Pukul 09.00 WIB"):
        assert words in invitation
    assert kasi.get(f"/rapat/paper/notulen/?id={meeting.id}").status_code == 404
    # He was invited, but the meeting is not his to write down or to cancel.
    assert kasi.get(f"/rapat/minutes/?id={meeting.id}").status_code == 422
    cancelled = kasi.post("/rapat/cancel/", data={"id": str(meeting.id), "reason": "Batal"})
    assert cancelled.status_code == 422
    assert the_meeting().cancelled_at is None


@pytest.mark.sqlite
def test_all_that_is_missing_from_an_invitation_is_said_at_once(
    app: Flask, dukcapil: Office, ambon: Office, big: Case
) -> None:
    foreign = str(factories.post_of(ambon, "kabag").id)
    faulty = {"id": str(big.id), "ends_at": "2026-01-15T08:00", "starts_at": "2026-01-15T09:00"}
    client = desk(app, dukcapil, "kadis")
    answer = client.post("/rapat/new/", data=faulty)
    assert answer.status_code == 422
    assert answer.text.count('class="field bad"') == 5
    assert "Pilih jabatan yang memimpin, atau isi orang dari luar." in answer.text
    empty = client.post("/rapat/new/", data={"id": str(big.id)})
    assert "Isi waktu mulainya (tanggal dan jam)." in empty.text
    forged = wanted(dukcapil, big, "sekretaris", posts=[foreign], chair_post=foreign)
    assert client.post("/rapat/new/", data=forged).status_code == 422
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 0


@pytest.mark.sqlite
def test_who_does_not_work_on_the_case_calls_no_meeting(
    app: Flask, dukcapil: Office, ambon: Office, big: Case
) -> None:
    for office, post in ((dukcapil, "sekretaris"), (dukcapil, "administrator"), (ambon, "kabag")):
        client = desk(app, office, post)
        assert client.get(f"/rapat/new/?id={big.id}").status_code == 404, post
        data = wanted(dukcapil, big, "sekretaris")
        assert client.post("/rapat/new/", data=data).status_code == 404, post


def test_what_was_decided_goes_to_its_post_and_into_the_form_of_the_sop(
    app: Flask, dukcapil: Office, big: Case
) -> None:
    meeting = called(app, dukcapil, big, "kadis", *INVITED)
    kadis = desk(app, dukcapil, "kadis", days=4)
    came = [str(meeting.people[0].id), str(meeting.people[2].id)]
    below, lead = (factories.post_of(dukcapil, one) for one in ("kabid-daftar-capil", "kadis"))
    data = {
        "id": str(meeting.id),
        "rows": "3",
        "came": came,
        "also": "Camat Contoh Hulu; Kecamatan Contoh Hulu",
        "minutes": "Penyebabnya gangguan jaringan.",
        "decision.0.text": "Perbaiki jaringan loket",
        "decision.0.post": str(below.id),
        "decision.0.due_on": "2026-01-20",
        "decision.2.text": "Tambah kuota rekam",
        "decision.2.who": "Tim Teknis SIAK",
    }
    wrong = {**data, "decision.2.who": "", "decision.0.due_on": "2026-01-02"}
    answer = kadis.post("/rapat/minutes/", data=wrong)
    assert answer.status_code == 422
    assert "Tambah kuota rekam" in answer.text
    assert kadis.post("/rapat/minutes/", data=data).status_code == 302
    order = db.session.scalars(sa.select(Disposition).where(Disposition.duty == "report")).one()
    assert (order.from_post_id, order.to_post_id) == (lead.id, below.id)
    assert order.instructions == "Perbaiki jaringan loket"
    assert [one.disposition_id for one in the_meeting().decisions] == [order.id, None]
    assert [one.came for one in the_meeting().people] == [True, False, True, True]
    # Nothing is typed twice: the form of the step stands filled.
    page = kadis.get(f"/pengaduan/details/?id={big.id}").text
    filled = fields_of(page)
    assert filled["record.notulen.tanggal"] == "2026-01-15"
    assert "Camat Contoh Hulu, Kecamatan Contoh Hulu" in filled["record.notulen.peserta"]
    assert filled["record.notulen.hasil"].splitlines()[-1] == "Tambah kuota rekam (Tim Teknis SIAK)"
    assert (
        db.session.scalar(sa.select(sa.func.count(Record.id)).where(Record.key == "notulen")) == 0
    )
    minutes = words_of(kadis.get(f"/rapat/paper/notulen/?id={meeting.id}").data)
    assert "Tambah kuota rekam" in minutes
    assert "20 Januari 2026" in minutes
    # It is written down once.
    assert kadis.post("/rapat/minutes/", data=data).status_code == 422
    told = [one.data["what"] for one in the_case(big).events if one.kind is EventKind.MEETING]
    assert told == ["called", "minuted"]


def the_case(case: Case) -> Case:
    """The case as it stands now."""
    db.session.expire_all()
    return db.session.get_one(Case, case.id)


@pytest.mark.sqlite
@pytest.mark.sqlite
def test_a_meeting_that_is_over_waits_for_its_minutes_with_whoever_writes_them(
    app: Flask, dukcapil: Office, big: Case
) -> None:
    called(app, dukcapil, big, "kadis", *INVITED)
    assert "Akan diadakan" in desk(app, dukcapil, "kadis").get("/rapat/").text
    kadis, guest = (desk(app, dukcapil, one, days=9) for one in ("kadis", INVITED[0]))
    assert "Notulen belum ditulis" in kadis.get("/rapat/").text
    assert "Notulen belum ditulis" in kadis.get(f"/pengaduan/details/?id={big.id}").text
    assert "Ruang rapat Dinas" not in guest.get("/rapat/").text


def test_a_meeting_is_cancelled_with_a_reason(app: Flask, dukcapil: Office, big: Case) -> None:
    meeting = called(app, dukcapil, big, "kadis", *INVITED)
    kadis = desk(app, dukcapil, "kadis")
    data = {"id": str(meeting.id)}
    assert kadis.post("/rapat/cancel/", data=data).status_code == 422
    data["reason"] = "Walikota berhalangan."
    assert kadis.post("/rapat/cancel/", data=data).status_code == 302
    assert the_meeting().cancelled_at is not None
    assert "Walikota berhalangan." in kadis.get(f"/pengaduan/details/?id={big.id}").text
    assert "Ruang rapat Dinas" not in kadis.get("/rapat/").text


def test_an_invitation_opens_a_confidential_case_to_nobody(app: Flask, sampang: Office) -> None:
    case = factories.make_case(sampang, "pengaduan-puspaga")
    holder = next(one.post.key for one in case.assignments if one.left_at is None)
    meeting = called(
        app, sampang, case, holder, "kabid-rehsos", subject="Rapat anak KENARI", place="Aula"
    )
    assert desks(case, "kabid-rehsos") == []
    kabid = desk(app, sampang, "kabid-rehsos")
    page = kabid.get("/rapat/").text
    assert "Aula" in page
    assert "KENARI" not in page
    paper = desk(app, sampang, holder).get(f"/rapat/paper/undangan-rapat/?id={meeting.id}")
    assert "Aula" in words_of(paper.data)
    assert "KENARI" not in words_of(paper.data)
    # Nor does the list that goes from hand to hand.
    list_ = desk(app, sampang, holder).get(f"/rapat/paper/daftar-hadir/?id={meeting.id}")
    assert "Rapat pembahasan" in words_of(list_.data)
    assert "KENARI" not in words_of(list_.data)
    assert kabid.get(f"/rapat/paper/undangan-rapat/?id={meeting.id}").status_code == 404
    assert kabid.get(f"/rapat/details/?id={meeting.id}").status_code == 404
