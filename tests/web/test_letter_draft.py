"""The letter as it is drafted in its case: what goes with it, and who gets a copy."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask

from backoffice.letters.enclosing import told
from backoffice.letters.values import values_for
from models import Attachment, Case, Letter, LetterState, Office, db
from tests import factories
from tests.client import OfficeClient
from tests.factories import make_case, post_of, user_of

TEXT = {"letter.isi": "KTP-el telah dicetak.", "letter.penerima": "Sdr. Fitri", "letter.hal": "KTP"}
pytestmark = pytest.mark.sqlite


@pytest.fixture
def case(app: Flask, dukcapil: Office) -> Case:
    """A complaint of which the officer writes the reply; three files are in it."""
    app.config["NOW"] = lambda: factories.NOW + timedelta(hours=3)
    case = make_case(dukcapil, "pengaduan-menengah", "penyusunan")
    for name in ("kk.pdf", "ktp.pdf", "surat-pindah.pdf"):
        attach(case, name)
    return case


def attach(case: Case, name: str) -> int:
    """A file of the case."""
    made = Attachment(
        case=case,
        name=name,
        content_type="application/pdf",
        size=9,
        sha256=sha256(name.encode()).hexdigest(),
        uploaded_at=factories.NOW,
        user_id=user_of(case.office, "customer-service").id,
    )
    db.session.add(made)
    db.session.commit()
    return made.id


def files_of(case: Case) -> list[int]:
    """The ids of its files, as they came."""
    rows = db.session.query(Attachment.id).filter_by(case_id=case.id).order_by(Attachment.id)
    return [one.id for one in rows]


def letter_of(case: Case) -> Letter:
    """Its letter as it stands now."""
    db.session.expire_all()
    return db.session.query(Letter).filter_by(case_id=case.id).one()


def post(client: OfficeClient, case: Case, verb: str = "draft", **typed: Any) -> Any:
    """The form of the letter, sent as it is filled in."""
    client.log_in(user_of(case.office, "petugas-pengaduan"))
    db.session.expire_all()
    known = {"id": case.id, "version": case.version, **TEXT}
    named = {key.replace("__", "."): value for key, value in typed.items()}
    return client.post(f"/pengaduan/{verb}/forward/", data={**known, **named})


def page(client: OfficeClient, case: Case) -> str:
    """The case with the form."""
    client.log_in(user_of(case.office, "petugas-pengaduan"))
    return client.get(f"/pengaduan/details/?id={case.id}").text


def test_files_go_with_the_letter_in_the_order_they_are_chosen_and_it_says_how_many(
    client: OfficeClient, case: Case
) -> None:
    kk, _ktp, moved = files_of(case)

    post(client, case, enclosures__1=moved, enclosures__2=kk, letter__lampiran="-")

    letter = letter_of(case)
    assert letter.enclosures == [moved, kk]
    assert values_for(letter)["lampiran"] == "2 (dua) berkas"
    shown = client.get(f"/surat/details/?id={letter.id}").text
    assert shown.index("surat-pindah.pdf") < shown.index("kk.pdf")


def test_a_revision_keeps_its_enclosures_and_the_form_shows_them(
    client: OfficeClient, case: Case
) -> None:
    kk, ktp, _moved = files_of(case)
    post(client, case, enclosures__1=kk, enclosures__2=ktp)
    form = page(client, case)

    assert f'<option selected value="{kk}">kk.pdf</option>' in form
    assert "2 (dua) berkas" in form
    said = {"letter__lampiran": "2 (dua) berkas"}
    post(client, case, enclosures__1=kk, enclosures__2=ktp, letter__isi="Diubah.", **said)
    post(client, case, enclosures__1="", enclosures__2=ktp, **said)

    letter = letter_of(case)
    assert (letter.enclosures, letter.fields["lampiran"]) == ([ktp], "1 (satu) berkas")
    assert [one.enclosures for one in letter.revisions] == [[kk, ktp], [kk, ktp], [ktp]]


def test_another_revision_of_the_text_alone_leaves_what_goes_with_it(
    client: OfficeClient, case: Case
) -> None:
    kk = files_of(case)[0]
    post(client, case, enclosures__1=kk)

    answer = post(client, case, "step", enclosures__1=kk)

    assert answer.status_code == 302
    assert letter_of(case).enclosures == [kk]
    assert letter_of(case).state is LetterState.DRAFT


def test_a_file_of_another_case_cannot_be_chosen_and_what_was_typed_stays(
    client: OfficeClient, case: Case, dukcapil: Office
) -> None:
    other = make_case(dukcapil, "pengaduan-menengah", "penyusunan")
    foreign = attach(other, "rahasia.pdf")
    for forged in (foreign, 4711, "abc", "9" * 12):
        answer = post(client, case, "step", enclosures__1=forged, letter__isi="Jangan hilang.")

        assert answer.status_code == 422, forged
        assert "Jangan hilang." in answer.text
        assert "Pilih satu dari daftar." in answer.text
        assert "rahasia.pdf" not in answer.text
    assert db.session.query(Letter).filter_by(case_id=case.id).count() == 0


def test_posts_of_the_office_are_ticked_instead_of_typed_and_named_once(
    client: OfficeClient, case: Case
) -> None:
    assert "Tembusan kepada jabatan kantor ini" in page(client, case)
    ticked = {"copies": ["Sekretaris", "Kepala Dinas"]}

    post(client, case, letter__tembusan="Bupati Contoh\nSekretaris", **ticked)

    letter = letter_of(case)
    assert letter.fields["tembusan"] == "Bupati Contoh\nSekretaris\nKepala Dinas"
    forged = post(client, case, copies=["Presiden"])
    assert forged.status_code == 422
    assert post_of(case.office, "kadis").title == "Kepala Dinas"


def test_a_case_without_files_asks_for_none(client: OfficeClient, dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-menengah", "penyusunan")

    assert not re.search(r'name="enclosures', page(client, case))
    assert post(client, case, letter__lampiran="1 (satu) bundel").status_code == 302
    assert letter_of(case).fields["lampiran"] == "1 (satu) bundel"


def test_lampiran_says_the_number_in_words_unless_somebody_typed_it() -> None:
    for given, before, had, has, says in (
        ("-", "-", 0, 0, "-"),
        ("-", "-", 0, 2, "2 (dua) berkas"),
        ("", "", 0, 1, "1 (satu) berkas"),
        ("2 (dua) berkas", "2 (dua) berkas", 2, 3, "3 (tiga) berkas"),
        ("2 (dua) berkas", "2 (dua) berkas", 2, 0, "-"),
        ("", "2 (dua) berkas", 2, 2, "2 (dua) berkas"),
        ("1 (satu) bundel", "-", 0, 2, "1 (satu) bundel"),  # typed otherwise
        ("1 (satu) bundel", "1 (satu) bundel", 2, 3, "1 (satu) bundel"),
        ("3 (tiga) berkas", "2 (dua) berkas", 2, 2, "3 (tiga) berkas"),
        ("1 (satu) berkas", "1 (satu) berkas", 0, 0, "1 (satu) berkas"),  # goes on paper
        ("1 (satu) berkas", "1 (satu) berkas", 0, 12, "12 (dua belas) berkas"),
    ):
        assert told(given, before, had=had, has=has) == says
