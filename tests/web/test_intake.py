"""At the counter and on the case page: what is there already, and cases that belong together."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from backoffice.workflow import joining
from models import Case, Complaint, EventKind, Notice, Office, Status, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import actor, after, make_case, person
from tests.statements import counted

MENENGAH = "pengaduan-menengah"
HEAD = "kasubbag-umum"
DETAILS = "/pengaduan/details/?id={}"
WARNING = "Mungkin sudah pernah dicatat"
APPLICANT = {
    "applicant.name": "GITA  teladani",
    "applicant.telephone": "+62 800-0000-777",
    "subject": "Hewan qurban untuk musala",
}


@pytest.fixture
def now(app: Flask) -> datetime:
    """Monday 12 January 2026 at noon; every case of these tests began at nine."""
    moment = factories.NOW + timedelta(hours=3)
    app.config["NOW"] = lambda: moment
    return moment


def browser(client: OfficeClient, office: Office, post: str) -> OfficeClient:
    """The holder of a post at the screen."""
    return client.log_in(factories.user_of(office, post))


def count() -> int:
    """How many cases there are."""
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count(Case.id))) or 0


def told(office: Office, step: str, who: str, telephone: str, **columns: Any) -> Case:
    """A complaint of somebody, at a step."""
    story = walking.Story(columns=columns, party={"name": who, "telephone": telephone})
    return make_case(office, MENENGAH, step, story=story)


# -- opening -----------------------------------------------------------------------------------


def opening(client: OfficeClient, **more: str) -> Any:
    """The form of a new case with a number from outside, sent off."""
    data = {"procedure": MENENGAH, "queue_number": "A-021", "references.lapor": "7654321", **more}
    return client.post("/pengaduan/new/", data=data)


def test_numbers_from_outside_are_asked_at_the_counter_and_kept(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = browser(client, dukcapil, "customer-service")
    assert "Nomor SP4N-LAPOR!" in ani.get("/pengaduan/new/").text
    answer = opening(ani, **{"references.letter": "005/12/Umum; 006/12/Umum"})
    assert answer.status_code == 302
    case = db.session.scalars(db.select(Complaint)).one()
    assert [(one.kind.value, one.number) for one in case.references] == [
        ("lapor", "7654321"), ("letter", "005/12/Umum"), ("letter", "006/12/Umum"),
    ]  # fmt: skip
    page = ani.get(answer.location).text
    assert "006/12/Umum" in page
    assert "A-021" in ani.get("/cari?q=7654321").text


def test_a_number_that_is_there_already_is_told_before_a_new_case_is_recorded(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = browser(client, dukcapil, "customer-service")
    opening(ani)
    answer = opening(ani, queue_number="A-022")
    assert answer.status_code == 422
    assert WARNING in answer.text
    assert "Antrian A-021" in answer.text
    assert "nomor dari luar sama" in answer.text
    assert 'value="A-022"' in answer.text
    assert count() == 1


def test_whoever_records_it_all_the_same_is_asked_once(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = browser(client, dukcapil, "customer-service")
    opening(ani)
    seal = sealed(opening(ani, queue_number="A-022").text)
    assert opening(ani, queue_number="A-022", doubles=seal).status_code == 302
    assert count() == 2
    # What was confirmed was one case; now there are two.
    assert opening(ani, queue_number="A-023", doubles=seal).status_code == 422
    assert count() == 2


def sealed(text: str) -> str:
    """What the form carries of the cases it has shown."""
    return text.split('name="doubles" value="')[1].split('"')[0]


def test_an_applicant_who_was_here_before_is_shown_with_number_step_and_day(
    client: OfficeClient, ambon: Office, now: datetime
) -> None:
    gita = walking.Story(party={"name": "Gita Teladani", "telephone": "0800 0000 777"})
    case = make_case(ambon, "bantuan-qurban", "pemeriksaan", story=gita)
    staf = browser(client, ambon, "staf")
    answer = staf.post("/proposal-qurban/new/", data=APPLICANT)
    assert answer.status_code == 422
    assert (case.number or "belum ada perihal") in answer.text
    assert "telepon sama, nama sama" in answer.text
    assert "langkah 2 dari" in answer.text
    assert "12 Januari 2026" in answer.text
    assert 'value="GITA  teladani"' in answer.text
    answer = staf.post(
        "/proposal-qurban/new/",
        data=APPLICANT | {"applicant.name": "Orang Lain", "applicant.telephone": ""},
    )
    assert answer.status_code == 302


def test_a_stranger_without_name_or_number_is_recorded_at_once(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    ani = browser(client, dukcapil, "customer-service")
    for number in ("A-030", "A-031"):
        data = {"procedure": MENENGAH, "queue_number": number}
        assert ani.post("/pengaduan/new/", data=data).status_code == 302


# -- the case page -----------------------------------------------------------------------------


@pytest.fixture
def pair(dukcapil: Office, now: datetime) -> tuple[Case, Case]:
    """Two complaints of one person, both with the Kasubbag."""
    first = told(dukcapil, "arahan", "Hesti Contoh", "0800-0000-501", subject="KTP belum jadi")
    second = told(dukcapil, "arahan", "Hesti Contoh", "0800-0000-501", subject="KTP saya mana")
    return first, second


def test_a_case_says_what_it_may_be_the_same_as_until_the_next_step_is_done(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    budi = browser(client, dukcapil, HEAD)
    page = budi.get(DETAILS.format(second.id)).text
    assert WARNING in page
    assert f"{first.number} KTP belum jadi" in page
    assert f"join={first.id}#gabung" in page
    walking.act(second.id, "forward", now=after(second))
    assert WARNING not in budi.get(DETAILS.format(second.id)).text


def test_a_colleague_who_may_not_join_reads_the_notice_without_the_way(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    ani = browser(client, dukcapil, "petugas-pengaduan")
    page = ani.get(DETAILS.format(pair[1].id)).text
    assert WARNING in page
    assert "#gabung" not in page
    assert "/pengaduan/join/" not in page


def test_a_case_asks_once_for_its_doubles_and_not_at_all_past_its_first_steps(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    early = told(dukcapil, "arahan", "Indra Contoh", "0800-0000-601")
    late = told(dukcapil, "penyusunan", "Joko Contoh", "0800-0000-602")
    asked = []
    for post, case in ((HEAD, early), ("petugas-pengaduan", late)):
        reader = browser(client, dukcapil, post)
        reader.get(DETAILS.format(case.id))
        with counted() as statements:
            reader.get(DETAILS.format(case.id))
        asked.append(sum("JOIN outside_references" in one for one in statements))
    assert asked[0] - asked[1] == 1


def form(case: Case, **more: str) -> dict[str, str]:
    """What the browser sends from the page of a case."""
    return {"id": str(case.id), "version": str(case.version), **more}


def test_two_cases_are_joined_on_the_page_and_taken_apart_again(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    budi = browser(client, dukcapil, HEAD)
    page = budi.get(f"{DETAILS.format(second.id)}&join={first.id}").text
    assert f'value="{first.id}" checked' in page
    answer = budi.post(
        "/pengaduan/join/", data=form(second, target=str(first.id), reason="Orang yang sama")
    )
    assert answer.location == DETAILS.format(second.id)
    page = budi.get(answer.location).text
    assert f"Digabung ke {first.number}" in page
    assert "Orang yang sama" in page
    assert "/pengaduan/step/" not in page
    kept = budi.get(DETAILS.format(first.id)).text
    assert "<h2>Digabung ke berkas ini</h2>" in kept
    assert f"{second.number} KTP saya mana" in kept
    assert f"{second.number} digabung ke berkas ini" in kept
    assert "Hesti Contoh" in kept
    assert f"Digabung ke {first.number}" in budi.get("/pengaduan/?flt0_tahap=closed").text
    db.session.expire_all()
    answer = budi.post("/pengaduan/separate/", data=form(second, reason="Ternyata lain"))
    assert answer.status_code == 302
    page = budi.get(answer.location).text
    assert f"Dipisahkan kembali dari {first.number}" in page
    assert "Kepala Subbagian Umum dan Kepegawaian – Anda" in page
    kept = budi.get(DETAILS.format(first.id)).text
    assert "<h2>Digabung ke berkas ini</h2>" not in kept
    assert f"Dipisahkan kembali dari {second.number}" in kept


def test_what_was_typed_stays_when_the_cases_are_not_joined(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    budi = browser(client, dukcapil, HEAD)
    answer = budi.post(
        "/pengaduan/join/", data=form(second, number="ADU-1999-0001", reason="Orang yang sama")
    )
    assert answer.status_code == 422
    assert "Tidak ada berkas dengan nomor ini" in answer.text
    assert 'value="ADU-1999-0001"' in answer.text
    assert ">Orang yang sama</textarea>" in answer.text
    answer = budi.post("/pengaduan/join/", data=form(second, number=str(first.number), reason=""))
    assert answer.status_code == 422
    assert "Isi alasannya" in answer.text
    db.session.expire_all()
    assert second.joined_to_id is None


def test_a_number_is_read_in_small_letters_too(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    budi = browser(client, dukcapil, HEAD)
    data = form(second, number=str(first.number).lower(), reason="Orang yang sama")
    assert budi.post("/pengaduan/join/", data=data).status_code == 302


def test_who_joins_a_case_that_somebody_moved_keeps_his_text(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    data = form(second, number=str(first.number), reason="Orang yang sama")
    walking.act(second.id, "forward", now=after(second))
    answer = browser(client, dukcapil, HEAD).post("/pengaduan/join/", data=data)
    assert answer.status_code == 409
    assert "Orang yang sama" in answer.text


def joined(case: Case, target: Case) -> None:
    """The Kasubbag has joined one case to another."""
    office = case.office
    with joining.both(case.id, target.id, None) as (locked, other):
        joining.join(
            locked, other, person=person(office, HEAD), actor=actor(office, HEAD),
            now=after(target), reason="Orang yang sama",
        )  # fmt: skip


def test_whoever_reads_the_case_that_goes_on_may_open_the_joined_one_and_its_papers(
    client: OfficeClient, dukcapil: Office, ambon: Office, now: datetime
) -> None:
    target = told(dukcapil, "arahan", "Hesti Contoh", "0800-0000-501")
    case = told(dukcapil, "arahan", "Hesti Contoh", "0800-0000-501", subject="Isi yang digabung")
    reader = person(dukcapil, "kasi-pencatatan-sipil")
    target.assignments[0].post_id = next(iter(reader.own_post_ids))
    db.session.commit()
    fajar = browser(client, dukcapil, "kasi-pencatatan-sipil")
    assert fajar.get(DETAILS.format(case.id)).status_code == 404
    joined(case, target)
    assert "Isi yang digabung" in fajar.get(DETAILS.format(target.id)).text
    assert fajar.get(DETAILS.format(case.id)).status_code == 200
    assert fajar.get(f"/pengaduan/receipt/print/?id={case.id}").status_code == 200
    dewi = browser(client, ambon, "kabag")
    assert dewi.get(DETAILS.format(case.id)).status_code == 404


def test_whoever_tells_the_citizen_is_reminded_of_those_whose_case_was_joined(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    joined(second, first)
    db.session.add(
        Notice(case_id=first.id, event_id=first.events[-1].id, kind="surat-balasan",
               party_role="reporter")
    )  # fmt: skip
    page = browser(client, dukcapil, HEAD).get(DETAILS.format(first.id)).text
    assert "Beri tahu juga" in page
    assert f"Hesti Contoh · {second.number} · 0800-0000-501" in page


def test_whoever_joined_a_case_is_led_to_tell_the_citizen_who_holds_its_receipt(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    budi = browser(client, dukcapil, HEAD)
    lead = f"Sampaikan kepada Hesti Contoh · {second.number} · 0800-0000-501"
    assert lead not in budi.get(DETAILS.format(second.id)).text
    joined(second, first)
    assert lead in budi.get(DETAILS.format(second.id)).text


def test_forged_numbers_join_and_take_apart_nothing(
    client: OfficeClient, dukcapil: Office, sekadau: Office, pair: tuple[Case, Case]
) -> None:
    first, second = pair
    abroad = make_case(sekadau, "permintaan-data")
    budi = browser(client, dukcapil, HEAD)
    for target in (str(abroad.id), "999999", "x", "-1", "", "1,2", str(second.id)):
        data = form(second, target=target, reason="Coba")
        assert budi.post("/pengaduan/join/", data=data).status_code == 422, target
    data = form(second, target=str(first.id), reason="Coba")
    for path in ("join", "separate", "references"):
        foreign = {**data, "id": str(abroad.id)}
        assert budi.post(f"/pengaduan/{path}/", data=foreign).status_code == 404
        assert budi.post(f"/permintaan-data/{path}/", data=data).status_code == 404
    assert budi.post("/pengaduan/separate/", data=data).status_code == 422
    dewi = browser(client, sekadau, "kadis")
    assert dewi.post("/pengaduan/join/", data=data).status_code == 404
    ani = browser(client, dukcapil, "petugas-pengaduan")
    assert ani.post("/pengaduan/join/", data=data).status_code == 422
    db.session.expire_all()
    assert all((one.joined_to_id, one.status) == (None, Status.OPEN) for one in pair)
    assert all(one.events[-1].kind is EventKind.TRANSITION for one in pair)


# -- numbers from outside ----------------------------------------------------------------------


def test_who_answers_for_the_case_puts_its_numbers_right_and_the_history_tells(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    case = pair[0]
    version = case.version
    budi = browser(client, dukcapil, HEAD)
    data = form(case, **{"references.lapor": "7654321", "references.letter": ""})
    assert budi.post("/pengaduan/references/", data=data).status_code == 302
    assert budi.post("/pengaduan/references/", data=data).status_code == 302  # nothing new
    data["references.lapor"] = "7654322; 7654323"
    assert budi.post("/pengaduan/references/", data=data).status_code == 302
    page = budi.get(DETAILS.format(case.id)).text
    assert page.count("Nomor dari luar diubah") == 2
    assert "Nomor SP4N-LAPOR!: 7654321 → 7654322; 7654323" in page
    assert str(case.number) in budi.get("/cari?q=7654323").text
    db.session.expire_all()
    assert case.version == version  # nobody's page is out of date


def test_a_number_that_a_column_cannot_hold_is_told_and_stays_typed(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    budi = browser(client, dukcapil, HEAD)
    data = form(pair[0], **{"references.other": "9" * 121})
    answer = budi.post("/pengaduan/references/", data=data)
    assert answer.status_code == 422
    assert "terlalu panjang" in answer.text
    assert "9" * 121 in answer.text


def test_a_number_of_another_live_case_is_told_however_far_the_case_is(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    first = told(dukcapil, "penyusunan", "Kiki Contoh", "0800-0000-701")
    second = told(dukcapil, "penyusunan", "Lala Contoh", "0800-0000-702")
    ani = browser(client, dukcapil, "petugas-pengaduan")
    for case in (first, second):
        data = form(case, **{"references.lapor": "1112223"})
        assert ani.post("/pengaduan/references/", data=data).status_code == 302
    page = ani.get(DETAILS.format(second.id)).text
    assert WARNING in page
    assert "nomor dari luar sama" in page


def test_numbers_from_outside_stand_on_the_receipt_and_in_the_workbook(
    client: OfficeClient, dukcapil: Office, pair: tuple[Case, Case]
) -> None:
    case = pair[0]
    budi = browser(client, dukcapil, HEAD)
    data = form(case, **{"references.lapor": "7654321", "references.letter": "005/12/Umum"})
    budi.post("/pengaduan/references/", data=data)
    receipt = budi.get(f"/pengaduan/receipt/print/?id={case.id}").text
    assert "7654321, 005/12/Umum" in receipt
    answer = budi.get("/pengaduan/export/")
    sheet = load_workbook(BytesIO(answer.data)).active
    answer.close()
    heading, *rows = sheet.iter_rows(values_only=True)
    column = heading.index("Nomor dari luar")
    assert {row[0]: row[column] or "" for row in rows} == {
        pair[0].number: "7654321, 005/12/Umum", pair[1].number: "",
    }  # fmt: skip


# -- words -------------------------------------------------------------------------------------


def test_cases_without_number_and_subject_are_told_apart_by_when_they_came(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    make_case(dukcapil, MENENGAH)
    make_case(dukcapil, MENENGAH, now=factories.NOW + timedelta(minutes=7))
    text = browser(client, dukcapil, "customer-service").get("/pengaduan/").text
    assert "Pengaduan Sen 12 Jan, 09.00 · belum ada perihal" in text
    assert "Pengaduan Sen 12 Jan, 09.07 · belum ada perihal" in text


def test_a_subject_is_one_line_that_a_card_holds(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = make_case(dukcapil, MENENGAH, "pencatatan")
    ani = browser(client, dukcapil, "petugas-pengaduan")
    assert "Satu baris, paling banyak 200 huruf" in ani.get(DETAILS.format(case.id)).text
    answer = ani.post("/pengaduan/step/forward/", data=form(case, subject="x" * 201))
    assert answer.status_code == 422
    assert "Paling banyak 200 huruf; sekarang 201" in answer.text


@pytest.mark.sqlite
def test_no_search_box_makes_an_address_longer_than_it_is_read(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    page = browser(client, dukcapil, HEAD).get("/cari?q=x").text
    page += client.get("/pengaduan/").text
    boxes = [one.split(">")[0] for one in page.split('type="search"')[1:]]
    assert len(boxes) >= 3
    assert all('maxlength="100"' in one for one in boxes)
