"""Buku agenda surat keluar: on screen, as a workbook and on paper; what its keeper does."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from backoffice import incoming
from backoffice.incoming import Arrival
from backoffice.letters import drafting, register
from backoffice.letters.register import Wanted
from models import Case, Classification, Letter, Office, RegisterEntry, db
from tests import factories
from tests.client import OfficeClient
from tests.factories import NOW

CODE = "000.8.3.4"
NUMBER = f"{CODE}/1"  # of the first letter that answers, by the suggested codes
SUBJECT, ADDRESSEE = "Jawaban pengaduan antrean", "Fitri Teladani"


def desk(app: Flask, office: Office, post: str) -> OfficeClient:
    """The holder of a post at the screen."""
    app.config["NOW"] = lambda: NOW
    client = app.test_client()
    assert isinstance(client, OfficeClient)
    return client.log_in(factories.user_of(office, post))


def entries(office: Office) -> list[tuple[str, str, str]]:
    """Number, state and reason of every row of an office, in the order of the book."""
    db.session.expire_all()
    query = select(RegisterEntry).where(RegisterEntry.office_id == office.id)
    order = (RegisterEntry.year, RegisterEntry.n, RegisterEntry.suffix)
    rows = db.session.scalars(query.order_by(*order))
    return [(one.number, one.state.value, one.reason) for one in rows]


def entry(number: str) -> RegisterEntry:
    """The row with this number."""
    db.session.expire_all()
    return db.session.scalars(select(RegisterEntry).where(RegisterEntry.number == number)).one()


def reserved(office: Office, many: int = 1) -> list[RegisterEntry]:
    """Numbers that the keeper of Disdukcapil has reserved."""
    clerk = factories.actor(office, "kasubbag-umum")
    found = register.reserve(office, many, reason="Surat di kertas", actor=clerk, now=NOW)
    db.session.commit()
    return found


def approved(office: Office, code: str = "pengaduan-kecil", by: str = "kadis") -> Case:
    """A case whose letter has been approved and has its number."""
    case = factories.make_case(office, code, "pemeriksaan")
    letter = drafting.current_letter(case)
    assert letter is not None
    letter.fields = {**letter.fields, "hal": SUBJECT, "penerima": ADDRESSEE}
    drafting.approve(letter, actor=factories.actor(office, by), now=NOW)
    db.session.commit()
    return case


def test_the_keeper_reserves_uses_inserts_and_voids(app: Flask, dukcapil: Office) -> None:
    db.session.add(Classification(office=dukcapil, code="000.1.1", title="Umum"))
    db.session.commit()
    clerk = desk(app, dukcapil, "kasubbag-umum")
    data = {"many": "3", "reason": "Undangan yang ditulis di kertas"}
    assert clerk.post("/buku-agenda/reserve/", data=data).status_code == 302
    assert [one[:2] for one in entries(dukcapil)] == [(str(n), "reserved") for n in (1, 2, 3)]
    post = str(factories.post_of(dukcapil, "kasubbag-umum").id)
    letter = {"subject": "Undangan rapat", "addressee": "Para camat", "post": post}
    form = {**letter, "id": str(entry("1").id), "classification": "000.1.1"}
    done = clerk.post("/buku-agenda/use/", data=form, follow_redirects=True)
    assert "Surat itu bernomor 000.1.1/1/UMUM." in done.text
    form = {**letter, "id": str(entry("000.1.1/1/UMUM").id)}
    done = clerk.post("/buku-agenda/insert/", data=form, follow_redirects=True)
    assert "Disisipkan: 1.a/UMUM." in done.text
    form = {"id": str(entry("2").id), "reason": "Rapat ditunda"}
    bare = clerk.post("/buku-agenda/strike/", data={**form, "reason": " "})
    assert (bare.status_code, "Alasan ini tertulis di buku agenda" in bare.text) == (422, True)
    done = clerk.post("/buku-agenda/strike/", data=form, follow_redirects=True)
    assert "Nomor 2 dibatalkan." in done.text
    assert entries(dukcapil) == [
        ("000.1.1/1/UMUM", "used", "Undangan yang ditulis di kertas"),
        ("1.a/UMUM", "used", ""),
        ("2", "void", "Rapat ditunda"),
        ("3", "reserved", "Undangan yang ditulis di kertas"),
    ]
    listed = clerk.get("/buku-agenda/").text
    places = [listed.index(f">{one[0]}</a>") for one in entries(dukcapil)]
    assert places == sorted(places, reverse=True)
    assert "Undangan rapat" in listed
    assert "Rapat ditunda" in listed


def test_what_is_refused_changes_nothing_and_keeps_what_was_typed(
    app: Flask, dukcapil: Office, ambon: Office
) -> None:
    first, second = (one.id for one in reserved(dukcapil, 2))
    foreign = factories.post_of(ambon, "kabag").id
    clerk = desk(app, dukcapil, "kasubbag-umum")
    before = entries(dukcapil)
    tried = (
        ("reserve", {"many": "0", "reason": "Sebab"}),
        ("reserve", {"many": "51", "reason": "Sebab"}),
        ("reserve", {"many": "dua", "reason": "Sebab"}),
        ("reserve", {"many": "2", "reason": " "}),
        ("use", {"id": first, "subject": "", "addressee": "Camat Contoh"}),
        ("use", {"id": first, "subject": "Hal", "post": foreign}),
        ("use", {"id": first, "subject": "Hal", "classification": "999"}),
        ("use", {"id": first, "subject": "Hal" * 200}),
        ("insert", {"id": first, "subject": " ", "addressee": "Camat Contoh"}),
        ("strike", {"id": first, "reason": ""}),
    )
    for key, form in tried:
        answer = clerk.post(f"/buku-agenda/{key}/", data=form)
        assert answer.status_code == 422, (key, form)
        if "addressee" in form:
            assert 'value="Camat Contoh"' in answer.text
    assert entries(dukcapil) == before
    late = {"id": first, "subject": "Undangan rapat", "addressee": "Camat Contoh"}
    assert clerk.post("/buku-agenda/use/", data=late).status_code == 302
    again = clerk.post("/buku-agenda/use/", data={**late, "subject": "Surat lain"})
    assert again.status_code == 409
    assert 'value="Surat lain"' in again.text
    assert entry("1").subject == "Undangan rapat"
    gone = {"id": second, "reason": "Keliru"}
    assert clerk.post("/buku-agenda/strike/", data=gone).status_code == 302
    assert clerk.post("/buku-agenda/strike/", data=gone).status_code == 409


def test_the_number_of_an_approved_letter_is_given_up_in_its_case_alone(
    app: Flask, dukcapil: Office
) -> None:
    approved(dukcapil)
    clerk = desk(app, dukcapil, "kasubbag-umum")
    row = entry(NUMBER)
    page = clerk.get(f"/buku-agenda/details/?id={row.id}").text
    assert SUBJECT in page
    assert ADDRESSEE in page
    assert "Batalkan nomor" not in page
    answer = clerk.post("/buku-agenda/strike/", data={"id": row.id, "reason": "Salah ketik"})
    assert answer.status_code == 422
    assert "000.8.3.4/1 adalah nomor surat yang sudah disetujui." in answer.text
    assert "Salah ketik" in answer.text
    assert entries(dukcapil) == [(NUMBER, "used", "")]


def numbered(office: Office, code: str, signer: str) -> Case:
    """A case that has just been opened, and a letter of it with its number."""
    case = factories.make_case(office, code)
    fields = {"hal": SUBJECT, "penerima": ADDRESSEE}
    letter = Letter(office=office, case=case, kind="surat-balasan", fields=fields, drafted_at=NOW)
    db.session.add(letter)
    db.session.flush()
    register.issue(letter, actor=factories.actor(office, signer), now=NOW)
    db.session.commit()
    return case


def told(client: OfficeClient, row: RegisterEntry) -> tuple[bool, ...]:
    """Whether list, search, page and workbook tell what the letter is about."""
    pages = [
        client.get("/buku-agenda/").text,
        client.get("/buku-agenda/?search=antrean").text.replace("antrean", "", 1),
        client.get(f"/buku-agenda/details/?id={row.id}").text,
        " ".join(map(str, workbook(client))),
    ]
    return tuple(SUBJECT in one or ADDRESSEE in one for one in pages)


def workbook(client: OfficeClient) -> list[tuple[Any, ...]]:
    """The rows of the workbook, with its head."""
    answer = client.get("/buku-agenda/export/")
    sheet = load_workbook(BytesIO(answer.data)).active
    answer.close()
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


NOTHING, ALL = (False,) * 4, (True,) * 4


def test_of_a_confidential_letter_the_book_tells_the_number_alone(
    app: Flask, sampang: Office
) -> None:
    case = numbered(sampang, "pengaduan-puspaga", "kadis")
    assert case.procedure_version.confidential
    row = entry(NUMBER)
    readers = {one: told(desk(app, sampang, one), row) for one in ("sekretaris", "administrator")}
    assert readers == {"sekretaris": NOTHING, "administrator": NOTHING}
    listed = desk(app, sampang, "sekretaris").get("/buku-agenda/").text
    assert "rahasia" in listed
    had = case.assignments[0].post
    had.capabilities = [*had.capabilities, "keep_register"]
    db.session.commit()
    assert told(desk(app, sampang, had.key), row) == ALL


def test_the_terlapor_reads_nothing_of_the_letter_even_where_he_keeps_the_book(
    app: Flask, dukcapil: Office
) -> None:
    case = numbered(dukcapil, "pengaduan-umum", "kadis")
    row = db.session.scalars(select(RegisterEntry)).one()
    clerk, head = (desk(app, dukcapil, one) for one in ("kasubbag-umum", "kadis"))
    assert (told(clerk, row), told(head, row)) == (ALL, ALL)
    # Who manages the office alone reads of a letter no more than of its case.
    assert told(desk(app, dukcapil, "administrator"), row) == NOTHING
    case.reported_user_id = factories.user_of(dukcapil, "kasubbag-umum").id
    db.session.commit()
    assert (told(clerk, row), told(head, row)) == (NOTHING, ALL)
    page, others = (one.get(f"/buku-agenda/details/?id={row.id}").text for one in (clerk, head))
    for address in (f"/pengaduan/details/?id={case.id}", f"/surat/details/?id={row.letter_id}"):
        assert (address in page, address in others) == (False, True)


def test_the_book_is_for_who_keeps_leads_or_manages_and_of_the_own_office(
    app: Flask, dukcapil: Office, ambon: Office
) -> None:
    mine = reserved(dukcapil)[0].id
    readers = {"kasubbag-umum": 200, "kadis": 200, "administrator": 200, "customer-service": 403}
    for post, status in readers.items():
        client = desk(app, dukcapil, post)
        assert client.get("/buku-agenda/").status_code == status, post
        assert client.get(f"/buku-agenda/details/?id={mine}").status_code == status, post
        assert ("/buku-agenda/" in client.get("/").text) == (status == 200), post
    form = {"id": mine, "subject": "Hal", "reason": "Sebab", "many": "1"}
    strangers = [desk(app, dukcapil, "kadis"), desk(app, ambon, "kasubbag-umum")]
    for client in strangers:
        for key in ("use", "insert", "strike"):
            assert client.post(f"/buku-agenda/{key}/", data=form).status_code == 404
    assert strangers[0].post("/buku-agenda/reserve/", data=form).status_code == 404
    assert strangers[1].get(f"/buku-agenda/details/?id={mine}").status_code == 404
    assert entries(dukcapil) == [("1", "reserved", "Surat di kertas")]


@pytest.mark.sqlite
def test_the_workbook_has_the_official_columns_and_every_number(
    app: Flask, dukcapil: Office
) -> None:
    approved(dukcapil)
    first, second = reserved(dukcapil, 2)
    register.void(second.id, reason="=1+1", now=NOW)
    clerk = factories.actor(dukcapil, "kasubbag-umum")
    register.insert(first.id, Wanted(subject="Undangan", addressee="Camat"), actor=clerk, now=NOW)
    db.session.commit()
    day = datetime.fromisoformat("2026-01-12")
    unit = "Subbagian Umum dan Kepegawaian"
    assert workbook(desk(app, dukcapil, "kasubbag-umum")) == [
        ("Nomor urut", "Nomor surat", "Tanggal surat", "Kepada", "Hal", "Klasifikasi", "Pengolah",
         "Keterangan"),
        ("3", "3", day, None, None, None, unit, "Batal: =1+1"),
        ("2.a", "2.a", day, "Camat", "Undangan", None, unit, "Terpakai"),
        ("2", "2", day, None, None, None, unit, "Dipesan: Surat di kertas"),
        ("1", NUMBER, day, ADDRESSEE, SUBJECT, CODE, unit, "Terpakai"),
    ]  # fmt: skip


def paper(client: OfficeClient, asked: str, slug: str = "buku-agenda") -> tuple[str, list[Any]]:
    """The words above the table of the book, and its rows without the two of the head."""
    answer = client.get(f"/{slug}/word/?{asked}")
    assert answer.status_code == 200, asked
    file = Document(BytesIO(answer.data))
    answer.close()
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (330, 215)
    rows = [[cell.text for cell in row.cells] for row in file.tables[0].rows]
    assert rows[1] == [str(place) for place in range(1, len(rows[0]) + 1)]
    return "\n".join(one.text for one in file.paragraphs), rows[2:]


@pytest.mark.sqlite
def test_the_book_on_paper_has_the_kop_the_span_and_every_number_of_it(
    app: Flask, sampang: Office
) -> None:
    numbered(sampang, "pengaduan-puspaga", "kadis")
    clerk = factories.actor(sampang, "petugas-sekretariat")
    later = NOW + timedelta(days=60)
    wanted = Wanted(subject="Undangan & rapat", addressee="Para camat")
    register.take(sampang, wanted, actor=clerk, now=later)
    register.reserve(sampang, 1, reason="Kertas", actor=clerk, now=later)
    db.session.commit()
    reader = desk(app, sampang, "sekretaris")
    first = ["1", NUMBER, "12 Januari 2026", "rahasia", "rahasia", CODE, "", "Terpakai"]
    unit = "Sekretariat"
    second = ["2", "2", "13 Maret 2026", "Para camat", "Undangan & rapat", "", unit, "Terpakai"]
    third = ["3", "3", "13 Maret 2026", "", "", "", unit, "Dipesan: Kertas"]
    words, rows = paper(reader, "tahun=2026")
    assert "DINAS SOSIAL" in words
    assert "BUKU AGENDA SURAT KELUAR\nTAHUN 2026" in words
    assert [one[:6] + one[7:] for one in rows] == [
        one[:6] + one[7:] for one in (first, second, third)
    ]
    assert [one[6] for one in rows[1:]] == [unit, unit]
    words, rows = paper(reader, "tahun=2026&dari=2&sampai=3")
    assert "FEBRUARI SAMPAI MARET 2026" in words
    assert rows == [second, third]
    words, rows = paper(reader, "tahun=2026&dari=12&sampai=12")
    assert "DESEMBER 2026" in words
    assert len(rows) == 1
    assert set(rows[0]) == {"Nihil"}
    for odd in ("tahun=1990", "tahun=x", "tahun=2026&dari=4&sampai=3", "tahun=2026&dari=13"):
        assert reader.get(f"/buku-agenda/word/?{odd}").status_code == 422, odd


@pytest.mark.sqlite
def test_the_agenda_of_incoming_letters_on_paper_leaves_no_number_out(
    app: Flask, dukcapil: Office
) -> None:
    front = factories.actor(dukcapil, "customer-service")
    day = NOW.astimezone(ZoneInfo(dukcapil.timezone)).date()
    for subject, urgency in (("Mohon data", "segera"), ("Perkara rumah tangga", "rahasia")):
        arrival = Arrival(
            received_on=day, sender="Camat Contoh", subject=subject, number="005/1",
            dated_on=day, urgency=urgency,
        )  # fmt: skip
        incoming.register(arrival, actor=front, now=NOW)
    words, rows = paper(desk(app, dukcapil, "kasubbag-umum"), "tahun=2026", "surat-masuk")
    assert "BUKU AGENDA SURAT MASUK\nTAHUN 2026" in words
    written = "12 Januari 2026"
    assert rows == [
        ["1", written, "Camat Contoh", "005/1", written, "Mohon data", "Segera", "Kepala Dinas",
         "Belum ditindaklanjuti"],
        ["2", "", "rahasia", "", "", "rahasia", "", "", ""],
    ]  # fmt: skip
    _words, rows = paper(desk(app, dukcapil, "kasi-pencatatan-sipil"), "tahun=2026", "surat-masuk")
    assert len(rows) == 1
