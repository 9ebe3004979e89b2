"""The page of a letter: what it is, how far it is, whose turn it is, and its papers."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from backoffice.letters import drafting, issuing
from backoffice.workflow.engine import command
from models import (
    Attachment,
    Case,
    EventKind,
    Letter,
    LetterMark,
    LetterRevision,
    LetterState,
    MarkKind,
    Office,
    db,
)
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import actor, after, make_case, user_of
from tests.statements import counted

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
STATION = re.compile(r"</svg> ([^<]+)</b><span class=\"sub\">([^<·]+?)(?: ·[^<]*)?</span>")
pytestmark = pytest.mark.sqlite


@pytest.fixture
def office(app: Flask, dukcapil: Office) -> Office:
    """The office at the end of the morning in which the letters were written."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)
    return dukcapil


@pytest.fixture
def approved(office: Office) -> Case:
    """A complaint whose reply has its number and waits for the ink."""
    return make_case(office, "pengaduan-umum", "pengiriman")


def letter_of(case: Case) -> Letter:
    """Its letter as it stands now."""
    db.session.expire_all()
    return db.session.query(Letter).filter_by(case_id=case.id).one()


def page(client: OfficeClient, case: Case, post: str) -> str:
    """The page of its letter as the holder of a post sees it."""
    client.log_in(user_of(case.office, post))
    answer = client.get(f"/surat/details/?id={letter_of(case).id}")
    assert answer.status_code == 200
    return answer.text


def upload(client: OfficeClient, case: Case, **typed: Any) -> Any:
    """The form of the ink, sent as it is filled in."""
    letter = letter_of(case)
    known = {"id": letter.id, "version": letter.case.version, "signed_on": "2026-01-12"}
    file = {"scan": (BytesIO(PDF), "hasil pindai.pdf")}
    return client.post("/surat/sign/", data={**known, **file, **typed})


def test_stations_say_in_words_what_is_done_what_comes_now_and_what_is_to_come(
    client: OfficeClient, approved: Case
) -> None:
    assert STATION.findall(page(client, approved, "petugas-pengaduan")) == [
        ("Konsep", "Selesai"),
        ("Diparaf", "Selesai"),
        ("Disetujui", "Selesai"),
        ("Ditandatangani", "Sekarang"),
        ("Terkirim", "Belum"),
        ("Diterima", "Belum"),
    ]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("pemeriksaan", "Menunggu paraf Sekretaris."),
        ("penandatanganan", "Menunggu persetujuan Kepala Dinas."),
        (
            "pengiriman",
            "Menunggu tanda tangan Kepala Dinas. "
            "Setelah ditandatangani, unggah hasil pindainya di halaman ini.",
        ),
    ],
)
def test_one_sentence_says_whose_turn_it_is(
    client: OfficeClient, office: Office, step: str, sentence: str
) -> None:
    case = make_case(office, "pengaduan-umum", step)

    assert f"<b>{sentence}</b>" in page(client, case, "petugas-pengaduan")


def test_a_letter_that_the_sop_has_nobody_approve_waits_for_no_ink(
    app: Flask, client: OfficeClient, satpol: Office
) -> None:
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=5)
    advised = make_case(satpol, "pengaduan-tidak-langsung", "pendampingan")
    answered = make_case(satpol, "pengaduan-tidak-langsung", "penerimaan")
    unsigned, sent = (page(client, one, "kasat") for one in (advised, answered))

    assert "SOP tidak menyebut siapa yang menandatangani surat ini" in unsigned
    assert STATION.findall(unsigned) == [
        ("Konsep", "Selesai"),
        ("Disetujui", "Tidak diminta SOP"),
        ("Ditandatangani", "Tidak diminta SOP"),
        ("Terkirim", "Tidak diminta SOP"),
        ("Diterima", "Tidak diminta SOP"),
    ]
    assert "Sudah dikirim. Catat bila suratnya sudah diterima.</b>" in sent
    assert STATION.findall(sent)[1:3] == [
        ("Disetujui", "Tidak diminta SOP"),
        ("Ditandatangani", "Tidak diminta SOP"),
    ]
    assert 'action="/surat/sign/"' not in sent


def test_a_letter_whose_case_was_withdrawn_is_sent_only_if_it_is_needed(
    client: OfficeClient, approved: Case
) -> None:
    client.log_in(user_of(approved.office, "petugas-pengaduan"))
    data = {"id": approved.id, "version": approved.version, "reason": "Sudah selesai sendiri"}
    assert client.post("/pengaduan/withdraw/", data=data).status_code == 302
    shown = page(client, approved, "petugas-pengaduan")

    assert "Berkasnya sudah dicabut. Kirim surat ini hanya bila masih diperlukan." in shown
    assert "Menunggu tanda tangan" not in shown


def test_who_may_not_record_the_ink_is_told_who_does(client: OfficeClient, approved: Case) -> None:
    shown = page(client, approved, "customer-service")

    assert "hasil pindainya diunggah oleh Petugas Pengaduan." in shown
    assert 'action="/surat/sign/"' not in shown


def test_a_letter_is_downloaded_clean_only_once_it_is_approved(
    client: OfficeClient, office: Office, approved: Case
) -> None:
    draft = make_case(office, "pengaduan-umum", "pemeriksaan")
    before, then = (page(client, one, "petugas-pengaduan") for one in (draft, approved))

    assert "Siap tanda tangan</a>" not in before
    assert [one in before for one in ("Konsep berparaf</a>", "Kode pemeriksaan")] == [True, False]
    assert [one in then for one in ("Siap tanda tangan</a>", "Konsep berparaf</a>")] == [True, True]
    letter = letter_of(approved)
    for naskah, has_box in (("", False), ("konsep", True)):
        answer = client.get(f"/surat/word/?id={letter.id}&naskah={naskah}")
        assert answer.data == drafting.render(letter, konsep=has_box)
    answer = client.get(f"/surat/word/?id={letter_of(draft).id}")
    assert "konsep" in answer.headers["Content-Disposition"]


def test_a_letter_with_an_empty_place_has_nothing_to_download_and_says_what_is_missing(
    client: OfficeClient, office: Office
) -> None:
    case = make_case(office, "pengaduan-umum", "penyusunan")
    with command(case.id) as locked:
        by = actor(office, "petugas-pengaduan")
        drafting.save_draft_letter(locked, "surat-balasan", {}, actor=by, now=after(locked))
    shown = page(client, case, "petugas-pengaduan")

    assert "Masih kosong: Isi" in shown
    assert "/surat/word/" not in shown
    assert client.get(f"/surat/word/?id={letter_of(case).id}").status_code == 422


def test_what_was_approved_is_downloaded_as_it_was_whatever_its_template_asks_today(
    client: OfficeClient, approved: Case
) -> None:
    letter = letter_of(approved)
    issued = drafting.render(letter)
    letter.fields = {**letter.fields, "isi": ""}  # as if a new template asked for more
    db.session.commit()

    assert "Siap tanda tangan</a>" in page(client, approved, "petugas-pengaduan")
    assert client.get(f"/surat/word/?id={letter.id}").data == issued


def test_scan_and_day_are_uploaded_and_the_page_says_what_comes_next(
    client: OfficeClient, approved: Case
) -> None:
    page(client, approved, "petugas-pengaduan")

    answer = upload(client, approved)

    assert answer.status_code == 302
    shown = page(client, approved, "petugas-pengaduan")
    assert "Sudah ditandatangani. Menunggu dikirim oleh Petugas Pengaduan." in shown
    assert "Senin, 12 Januari 2026" in shown
    assert "hasil pindai.pdf" in shown
    assert "Ganti pindaian yang keliru" in shown
    scan = letter_of(approved).scan_id
    with client.get(f"/pengaduan/attachment/?id={scan}") as file:
        assert file.data == PDF
    case_page = client.get(f"/pengaduan/details/?id={approved.id}").text
    assert "Surat ditandatangani" in case_page
    assert f"Nomor {letter_of(approved).number}, ditandatangani 12 Januari 2026" in case_page


def test_what_will_not_do_is_said_at_its_field_and_the_file_is_not_asked_for_again(
    client: OfficeClient, approved: Case
) -> None:
    page(client, approved, "petugas-pengaduan")

    late = upload(client, approved, signed_on="2026-01-11")
    wrong = upload(client, approved, scan=(BytesIO(b"Catatan biasa"), "catatan.txt"))
    none = client.post("/surat/sign/", data={"id": letter_of(approved).id, "version": 1})

    assert (late.status_code, wrong.status_code, none.status_code) == (422, 422, 409)
    assert "Surat baru disetujui sesudah hari itu" in late.text
    assert "Sudah diterima, tidak perlu dikirim lagi: hasil pindai.pdf" in late.text
    assert 'value="2026-01-11"' in late.text
    assert "Pindaian berupa PDF atau gambar (JPG, PNG)" in wrong.text
    kept = re.findall(r'name="kept\.scan" value="([^"]+)"', late.text)
    again = {"kept.scan": kept[0], "signed_on": "2026-01-12", "version": approved.version}
    done = client.post("/surat/sign/", data={"id": letter_of(approved).id, **again})
    assert done.status_code == 302
    assert letter_of(approved).state is LetterState.SIGNED


def test_two_at_once_the_second_is_told_and_nothing_is_overwritten(
    client: OfficeClient, approved: Case
) -> None:
    page(client, approved, "kadis")
    first = upload(client, approved)
    scan = letter_of(approved).scan_id

    late = upload(client, approved, version=approved.version - 1, signed_on="2026-01-12")

    assert (first.status_code, late.status_code) == (302, 409)
    assert "Mengapa diganti" in late.text
    assert letter_of(approved).scan_id == scan


def test_a_wrong_scan_is_replaced_with_its_reason_in_the_history(
    client: OfficeClient, approved: Case
) -> None:
    page(client, approved, "petugas-pengaduan")
    upload(client, approved)
    other = (BytesIO(PDF + b"\n%%EOF\n"), "yang benar.pdf")

    answer = upload(client, approved, scan=other, reason="Tertukar dengan surat lain")

    assert answer.status_code == 302
    shown = client.get(f"/pengaduan/details/?id={approved.id}").text
    assert "Pindaian surat diganti" in shown
    assert "Alasan: Tertukar dengan surat lain" in shown
    assert db.session.query(Attachment).filter_by(case_id=approved.id).count() == 2


def test_forged_keys_lead_nowhere(client: OfficeClient, approved: Case, ambon: Office) -> None:
    letter = letter_of(approved).id
    foreign = user_of(ambon, "kabag")
    client.log_in(user_of(approved.office, "petugas-pengaduan"))
    for odd in ("", "abc", "0", "-1", "9" * 12, str(letter + 1000)):
        assert client.get(f"/surat/details/?id={odd}").status_code == 404, odd
        assert client.get(f"/surat/word/?id={odd}").status_code == 404, odd
        assert client.post("/surat/sign/", data={"id": odd}).status_code == 404, odd
    other = make_case(approved.office, "pengaduan-umum", "pengiriman")
    issued = issuing.issued_of(letter_of(other).id)
    assert issued is not None
    for odd in ("4711", "9" * 12, "%00", "bersih", str(issued.id)):
        assert client.get(f"/surat/word/?id={letter}&naskah={odd}").status_code == 404, odd
    client.log_in(foreign)
    for address in (f"/surat/details/?id={letter}", f"/surat/word/?id={letter}"):
        assert client.get(address).status_code == 404, address
    assert client.post("/surat/sign/", data={"id": letter, "version": 1}).status_code == 404


def test_a_version_that_is_void_is_kept_as_it_was_issued_with_its_reason(
    client: OfficeClient, approved: Case
) -> None:
    letter = letter_of(approved)
    issued = drafting.render(letter)
    number = letter.number
    with command(approved.id) as locked:
        drafting.take_back_approval(letter_of(locked), reason="Nama keliru", now=after(locked))
    shown = page(client, approved, "petugas-pengaduan")

    assert "Naskah yang pernah terbit" in shown
    assert f"Nomor {number}" in shown
    assert "Nama keliru" in shown
    assert "<s>Disetujui</s>" in shown
    link = re.search(r'href="(/surat/word/[^"]+naskah=\d+)"', shown)
    assert link is not None
    assert client.get(link[1].replace("&amp;", "&")).data == issued


def test_a_paraf_that_fell_is_struck_out_and_says_who_changed_the_letter(
    client: OfficeClient, office: Office
) -> None:
    case = make_case(office, "pengaduan-umum", "penandatanganan")
    with command(case.id) as locked:
        by = actor(office, "petugas-pengaduan")
        drafting.save_draft_letter(
            locked, "surat-balasan", {"isi": "Lain sama sekali."}, actor=by, now=after(locked)
        )
    shown = page(client, case, "petugas-pengaduan")

    assert "<s>Paraf</s>: Sekretaris" in shown
    assert "Tidak berlaku lagi: diubah oleh Petugas Pengaduan" in shown


def test_a_letter_without_template_has_its_page_and_its_ink_too(
    client: OfficeClient, approved: Case
) -> None:
    letter = letter_of(approved)
    letter.kind, letter.fields = "surat-pendampingan", {"isi": "Pelapor perlu didampingi."}
    db.session.commit()
    shown = page(client, approved, "petugas-pengaduan")

    assert "<h1>Surat pendampingan</h1>" in shown
    assert "Paraf menyimpan isinya saja" in shown
    assert "/surat/word/" not in shown
    assert client.get(f"/surat/word/?id={letter.id}").status_code == 404
    assert upload(client, approved).status_code == 302


def test_of_a_case_that_has_ended_the_scan_is_still_uploaded(
    client: OfficeClient, approved: Case
) -> None:
    case = walking.act(approved.id, "forward", now=after(approved))
    case = walking.act(case.id, "close", now=after(case))
    letter = letter_of(case)
    letter.scan, letter.signed_at = None, None
    db.session.commit()
    shown = page(client, case, "petugas-pengaduan")
    assert "Pindaian belum ada" in shown

    answer = upload(client, case)

    assert answer.status_code == 302
    assert letter_of(case).state is LetterState.RECEIVED
    assert case.events[-1].kind is EventKind.SIGNED
    assert not case.is_live


def test_the_list_tells_the_letters_apart_by_kind_and_state_and_leads_to_each(
    client: OfficeClient, office: Office, approved: Case
) -> None:
    draft = make_case(office, "pengaduan-umum", "pemeriksaan")
    client.log_in(user_of(office, "petugas-pengaduan"))
    shown = client.get("/surat/").text

    assert "<h1>Surat keluar</h1>" in shown
    for case in (draft, approved):
        assert f'href="/surat/details/?id={letter_of(case).id}"' in shown
    for state, case in (("draft", draft), ("approved", approved)):
        found = client.get(f"/surat/?flt0_keadaan={state}").text
        keys = re.findall(r'href="/surat/details/\?id=(\d+)"', found)
        assert keys == [str(letter_of(case).id)], state
    for state in ("initialled", "signed", "sent", "received", "void"):
        assert "Tidak ada yang cocok" in client.get(f"/surat/?flt0_keadaan={state}").text, state


def test_who_sees_no_letter_is_told_where_letters_come_from(
    client: OfficeClient, office: Office
) -> None:
    client.log_in(user_of(office, "petugas-pengaduan"))

    assert "Belum ada surat. Surat ditulis di berkasnya" in client.get("/surat/").text


def test_the_page_asks_little_however_often_the_letter_was_written_and_marked(
    app: Flask, client: OfficeClient, approved: Case
) -> None:
    letter, case = letter_of(approved), approved
    for number in range(2, 12):
        who = {"user_id": letter.marks[0].user_id, "post_id": letter.marks[0].post_id}
        said = {"fields": dict(letter.fields), "enclosures": [], "saved_at": factories.NOW}
        letter.revisions.append(LetterRevision(revision=number, **said, **who))
        mark = {"kind": MarkKind.INITIAL, "content_hash": "alt", "at": factories.NOW}
        letter.marks.append(LetterMark(revision=number, **mark, **who))
    db.session.commit()
    client.log_in(user_of(case.office, "petugas-pengaduan"))
    address = f"/surat/details/?id={letter_of(case).id}"
    client.get(address)

    with app.app_context(), counted() as statements:
        shown = client.get(address).text

    assert shown.count("Tidak berlaku lagi") == 10
    assert len(statements) <= 20
