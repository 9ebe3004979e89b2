"""The foot of a letter's page: whoever may makes it void, and everywhere it is told why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice.letters import issuing
from models import Case, Letter, LetterState, Office, RegisterEntry, db
from seed import walking
from tests import factories
from tests.client import OfficeClient
from tests.factories import after, make_case, user_of

FORM = 'action="/surat/void/"'
REASON = "Pengaduan ini sudah dijawab"
pytestmark = pytest.mark.sqlite


@pytest.fixture
def approved(app: Flask, dukcapil: Office) -> Case:
    """A complaint whose reply has its number and waits for the ink."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)
    return make_case(dukcapil, "pengaduan-umum", "pengiriman")


def letter_of(case: Case) -> Letter:
    """Its letter as it stands now."""
    db.session.expire_all()
    return db.session.query(Letter).filter_by(case_id=case.id).one()


def page(client: OfficeClient, case: Case, post: str) -> str:
    """The page of its letter as the holder of a post sees it."""
    client.log_in(user_of(case.office, post))
    return client.get(f"/surat/details/?id={letter_of(case).id}").text


def void(client: OfficeClient, case: Case, **typed: Any) -> Any:
    """The form at the foot of the page, sent as it is filled in."""
    letter = letter_of(case)
    known = {"id": letter.id, "version": letter.case.version, "reason": REASON}
    return client.post("/surat/void/", data={**known, **typed})


def test_the_signer_makes_it_void_and_page_history_book_and_proof_say_so(
    client: OfficeClient, approved: Case
) -> None:
    letter = letter_of(approved)
    number, issued = letter.number, issuing.issued_of(letter.id)
    assert issued is not None
    code = issued.code
    shown = page(client, approved, "kadis")
    assert '<details class="danger" name="action"><summary>' in shown  # closed
    assert "Pembatalan tidak dapat ditarik kembali." in shown
    assert f"Nomor {number} tetap di buku agenda sebagai batal" in shown

    assert void(client, approved).status_code == 302

    shown = page(client, approved, "kadis")
    assert "Surat sudah batal dan tidak akan keluar." in shown
    assert f"<blockquote>{REASON}</blockquote>" in shown
    assert f"Surat balasan · Nomor {number}" in shown
    assert "belum bernomor" not in shown
    assert f"<dd>{number}</dd>" in shown
    assert "<b>Dibatalkan</b>: Kepala Dinas" in shown
    for gone in (FORM, 'action="/surat/sign/"', 'action="/surat/send/"', "Siap tanda tangan</a>"):
        assert gone not in shown, gone
    assert client.get(f"/surat/word/?id={letter_of(approved).id}").status_code == 404
    assert client.get(f"/surat/word/?id={letter_of(approved).id}&naskah={issued.id}").data
    case_page = client.get(f"/pengaduan/details/?id={approved.id}").text
    assert "Surat dibatalkan: Surat balasan" in case_page
    assert f"Nomor {number} ikut batal." in case_page
    assert f"Alasan: {REASON}" in case_page
    assert f'href="/pengaduan/letter/?id={letter.id}"' not in case_page
    assert client.get(f"/pengaduan/letter/?id={letter.id}").status_code == 404
    assert "batal" in client.get(f"/v/{code}").text.lower()
    entry = db.session.query(RegisterEntry).filter_by(letter_id=letter_of(approved).id).one()
    assert entry.reason == REASON


def test_only_who_may_finds_the_form_and_only_while_the_letter_is_here(
    client: OfficeClient, approved: Case
) -> None:
    found = {post: FORM in page(client, approved, post) for post in ("kasubbag-umum", "sekretaris")}
    assert found == {"kasubbag-umum": True, "sekretaris": False}
    forged = void(client, approved)
    assert forged.status_code == 422
    assert "Surat dibatalkan oleh yang menurut SOP menyetujuinya" in forged.text
    draft = make_case(approved.office, "pengaduan-umum", "pemeriksaan")
    assert FORM not in page(client, draft, "kadis")
    assert void(client, draft).status_code == 422
    walking.act(approved.id, "forward", now=after(approved))
    assert FORM not in page(client, approved, "kadis")
    late = void(client, approved)
    assert (late.status_code, letter_of(approved).state) == (422, LetterState.SENT)
    assert "Tulis surat lain yang meralatnya." in late.text


def test_what_was_typed_stays_when_it_is_not_taken(client: OfficeClient, approved: Case) -> None:
    page(client, approved, "kadis")
    empty = void(client, approved, reason=" ")
    stale = void(client, approved, version=approved.version - 1)

    assert (empty.status_code, stale.status_code) == (422, 409)
    assert '<details class="danger" name="action" open><summary>' in empty.text
    assert f"{REASON}</textarea>" in stale.text
    assert letter_of(approved).state is LetterState.APPROVED


def test_forged_keys_make_nothing_void(client: OfficeClient, approved: Case, ambon: Office) -> None:
    letter = letter_of(approved)
    page(client, approved, "kadis")
    for odd in ("", "abc", "0", "-1", "9" * 12, str(letter.id + 1000)):
        assert void(client, approved, id=odd).status_code == 404, odd
    client.log_in(user_of(ambon, "kabag"))
    assert void(client, approved).status_code == 404
    assert letter_of(approved).state is LetterState.APPROVED


def test_once_it_is_void_the_signer_may_take_back_the_step_that_approved_it(
    client: OfficeClient, approved: Case
) -> None:
    address = f"/pengaduan/details/?id={approved.id}"
    page(client, approved, "petugas-pengaduan")
    client.get(address)  # the next officer has opened the case
    page(client, approved, "kadis")
    before = client.get(address).text
    void(client, approved)
    after_it = client.get(address).text

    assert ["/pengaduan/take-back/" in one for one in (before, after_it)] == [False, True]
