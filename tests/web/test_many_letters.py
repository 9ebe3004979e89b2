"""Many letters at the screen: chosen from a list, made meanwhile, fetched by whoever asked."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from backoffice import jobs
from backoffice.database import begin_write
from backoffice.letters import drafting, many
from models import Case, Job, JobState, Office, User, db
from tests import factories
from tests.client import OfficeClient
from tests.factories import NOW
from views import labels

pytestmark = pytest.mark.sqlite
KIND = "surat-balasan"


@pytest.fixture
def head(app: Flask, dukcapil: Office, client: OfficeClient) -> User:
    """Who heads the office, logged in."""
    app.config["NOW"] = lambda: NOW
    user = factories.user_of(dukcapil, "kadis")
    client.log_in(user)
    return user


def cases_of(office: Office, *letters: str) -> list[Case]:
    """Numbered cases; one of which a text is given has a draft that says it."""
    found = []
    for text in letters:
        case = factories.make_case(office, "pengaduan-menengah", "penyusunan")
        if text:
            begin_write()
            actor = factories.actor(office, "kadis")
            drafting.save_draft_letter(case, KIND, {"isi": text}, actor=actor, now=NOW)
            db.session.commit()
        found.append(case)
    return found


def wanted(*cases: Case, **more: str) -> dict[str, Any]:
    """The form as it is sent the second time."""
    given = {"confirmed": "1", "kind": KIND, "form": "each", **more}
    return {"rowid": [str(one.id) for one in cases], **given}


def the_job() -> Job:
    """The one that was asked for."""
    db.session.rollback()
    return db.session.scalars(select(Job)).one()


def statuses(client: OfficeClient, addresses: list[str]) -> list[int]:
    """What each answers; a file that was sent is closed."""
    found = []
    for one in addresses:
        with client.get(one) as answer:
            found.append(answer.status_code)
    return found


def test_ticked_rows_are_asked_for_made_and_fetched(
    client: OfficeClient, head: User, dukcapil: Office
) -> None:
    first, second, bare = cases_of(dukcapil, "Sudah dicetak.", "Sudah dikirim.", "")
    ids = [str(one.id) for one in (first, second, bare)]
    page = client.post("/pengaduan/action/", data={"action": "letters", "rowid": ids})
    assert page.status_code == 200
    assert "2 konsep" in page.text
    assert "Tanda terima" in page.text
    assert [f'value="{one}" checked' in page.text for one in ids] == [True] * 3
    assert client.post("/pengaduan/letters/", data=wanted(first, kind="")).status_code == 422

    sent = client.post("/pengaduan/letters/", data=wanted(first, second, bare))
    job = the_job()
    assert sent.headers["Location"] == f"/pekerjaan/details/?id={job.id}"
    waiting = client.get(sent.headers["Location"]).text
    assert "Menunggu giliran" in waiting
    assert "0 dari 3" in waiting
    assert 'data-refresh="3"' in waiting
    assert client.get(f"/pekerjaan/download/?id={job.id}").status_code == 404

    assert jobs.run_due(NOW) == 1
    done = client.get(sent.headers["Location"]).text
    assert "2 dari 3 surat sudah dibuat" in done
    assert "Berkas ini belum punya surat itu." in done
    assert f'href="/pengaduan/details/?id={bare.id}"' in done
    assert "data-refresh" not in done
    answer = client.get(f"/pekerjaan/download/?id={job.id}")
    with zipfile.ZipFile(BytesIO(answer.data)) as package:
        assert len(package.namelist()) == 2
    assert "attachment" in answer.headers["Content-Disposition"]
    faults = client.get(f"/pekerjaan/faults/?id={job.id}")
    book = BytesIO(faults.data)
    answer.close()
    faults.close()
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert rows[1:] == [(bare.number, "Berkas ini belum punya surat itu.")]
    listed = client.get("/pekerjaan/").text
    assert "Surat balasan untuk 3 berkas" in listed
    assert "Selesai sebagian" in listed


def test_all_of_a_filter_are_taken_and_nothing_beside_it(
    client: OfficeClient, head: User, dukcapil: Office
) -> None:
    cases = cases_of(dukcapil, "Satu.", "Dua.")
    other = cases_of(dukcapil, "Tiga.")[0]
    channel = str(cases[0].channel)
    other.channel = next(one for one in labels.CHANNELS if one != channel)
    db.session.commit()
    listed = client.get(f"/pengaduan/?flt2_saluran={channel}").text
    address = f"/pengaduan/letters/?flt2_saluran={channel}"
    assert f'href="{address}"' in listed
    assert "2 berkas; hapus centang" in client.get(address).text
    client.post(address, data={"all": "1", "confirmed": "1", "kind": KIND, "form": "print"})
    assert sorted(the_job().arguments["cases"]) == sorted(one.id for one in cases)
    assert the_job().arguments["form"] == "print"


def test_forged_rows_letters_and_forms_are_passed_over(
    client: OfficeClient, head: User, dukcapil: Office, ambon: Office
) -> None:
    mine, foreign = cases_of(dukcapil, "Satu.")[0], factories.make_case(ambon, "bantuan-qurban")
    forged = [str(foreign.id), "abc", "-1", "9" * 20, "\0", ""]
    for odd in (wanted(mine, kind="../rahasia"), wanted(mine, form="exe"), wanted(mine, kind="x")):
        assert client.post("/pengaduan/letters/", data=odd).status_code == 422
    assert client.post("/pengaduan/letters/", data=wanted() | {"rowid": forged}).status_code == 302
    assert db.session.scalar(select(Job.id)) is None
    ids = [*forged, str(mine.id)]
    client.post("/pengaduan/letters/", data=wanted() | {"rowid": ids, "back": "https://x.example"})
    assert the_job().arguments["cases"] == [mine.id]


def test_more_than_are_made_at_once_are_not_even_offered(
    client: OfficeClient, head: User, dukcapil: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST_CASES", 1)
    cases_of(dukcapil, "Satu.", "Dua.")
    page = client.get("/pengaduan/letters/").text
    assert "Paling banyak 1 surat sekali minta" in page
    form = {"all": "1", "confirmed": "1", "kind": KIND, "form": "each"}
    client.post("/pengaduan/letters/", data=form)
    assert db.session.scalar(select(Job.id)) is None


def test_a_rekapan_gives_letters_of_its_cases(
    app: Flask, client: OfficeClient, ambon: Office
) -> None:
    app.config["NOW"] = lambda: NOW
    cases = [factories.make_case(ambon, "bantuan-qurban", "koreksi") for _ in range(2)]
    client.log_in(factories.user_of(ambon, "kabag"))
    recap = client.get("/rekapan/details/?id=1").text
    assert 'href="/rekapan/letters/?id=1"' in recap
    page = client.get("/rekapan/letters/?id=1").text
    assert "2 berkas; hapus centang" in page
    form = wanted(cases[0], kind="tanda-terima", form="print")
    client.post("/rekapan/letters/?id=1", data=form)
    assert the_job().arguments["cases"] == [cases[0].id]


def test_nobody_else_sees_it_and_the_asker_only_as_long_as_he_sees_the_cases(
    client: OfficeClient, head: User, dukcapil: Office
) -> None:
    case = cases_of(dukcapil, "Satu.")[0]
    client.post("/pengaduan/letters/", data=wanted(case))
    jobs.run_due(NOW)
    job = the_job()
    addresses = [f"/pekerjaan/{one}/?id={job.id}" for one in ("details", "download", "faults")]
    head_id, case_id = head.id, case.id
    client.log_in(factories.user_of(dukcapil, "sekretaris"))
    assert statuses(client, addresses) == [404] * 3
    client.log_in(db.session.get_one(User, head_id))
    assert statuses(client, addresses) == [200] * 3
    db.session.get_one(Case, case_id).reported_user_id = head_id
    db.session.commit()
    assert statuses(client, addresses) == [200, 422, 200]
    assert "tidak lagi dalam wewenang Anda" in client.get(addresses[1]).text


def test_states_are_said_in_words(client: OfficeClient, head: User, dukcapil: Office) -> None:
    case = cases_of(dukcapil, "Satu.")[0]
    assert "Anda belum pernah meminta" in client.get("/pekerjaan/").text
    client.post("/pengaduan/letters/", data=wanted(case))
    job = the_job()
    address = f"/pekerjaan/details/?id={job.id}"

    def shown(**values: Any) -> str:
        row = db.session.get_one(Job, job.id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()
        return client.get(address).text

    late = NOW - jobs.TOO_LONG * 2
    missing = shown(next_at=late)
    assert "backoffice work" in missing
    assert "data-refresh" not in missing
    assert "backoffice work" not in shown(state=JobState.RUNNING, seen_at=NOW)
    gone = {"case": case.id, "number": "ADU-9", "code": many.GAP, "why": "hal"}
    none = shown(state=JobState.DONE, ended_at=NOW, faults=[gone])
    assert "Tidak satu pun surat ini dapat dibuat." in none
    assert "Surat masih punya isian kosong: hal" in none
    kept = shown(faults=[], result_name="surat.zip", result_type="application/zip")
    assert "sudah dihapus" in kept
    failed = shown(state=JobState.FAILED, faults=[{"reason": jobs.BROKEN}])
    assert "Terjadi gangguan di sistem." in failed
    assert "Gagal" in failed


def test_whoever_sets_the_office_up_is_told_that_no_worker_is_there(
    app: Flask, client: OfficeClient, head: User, dukcapil: Office
) -> None:
    case = cases_of(dukcapil, "Satu.")[0]
    client.post("/pengaduan/letters/", data=wanted(case))
    client.log_in(factories.user_of(dukcapil, "administrator"))
    assert "backoffice work" not in client.get("/persiapan/").text
    app.config["NOW"] = lambda: NOW + jobs.TOO_LONG * 2
    assert "Pekerja latar tidak berjalan" in client.get("/persiapan/").text
