"""Anybody may look up whether the office wrote a letter, and learns no citizen's name."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from backoffice.letters import drafting, issuing, proof
from models import IssuedLetter, Letter, Office, Throttle, db
from tests import factories
from tests.factories import NOW

pytestmark = [pytest.mark.letters, pytest.mark.sqlite]
NAME = "Fitri Teladani"


@pytest.fixture
def letter(dukcapil: Office) -> Letter:
    """An approved letter whose hal names the citizen."""
    case = factories.make_case(dukcapil, "pengaduan-kecil", "pemeriksaan")
    found = drafting.current_letter(case)
    assert found is not None
    case.parties[0].name = NAME
    found.fields = {**found.fields, "hal": f"Jawaban atas pengaduan {NAME} tentang KTP-el"}
    drafting.approve(found, actor=factories.actor(dukcapil, "kadis"), now=NOW)
    db.session.commit()
    return found


@pytest.fixture
def issued(letter: Letter) -> IssuedLetter:
    """The same as it was issued."""
    found = issuing.issued_of(letter.id, with_files=True)
    assert found is not None
    return found


def sent(app: Flask, issued: IssuedLetter, data: bytes) -> str:
    """The page after a file was held against the letter."""
    files = {"berkas": (BytesIO(data), "surat.docx")}
    return str(app.test_client().post(f"/v/{issued.code}", data=files).text)


def packed_anew(data: bytes, **changed: bytes) -> bytes:
    """The same parts in another order, not deflated."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in reversed(old.namelist()):
            part = old.read(name)
            new.writestr(name, part.replace(b"KTP", b"SIM") if changed else part)
    return out.getvalue()


def test_the_page_tells_number_day_hal_office_and_signer_and_no_name(
    app: Flask, issued: IssuedLetter
) -> None:
    answer = app.test_client().get(f"/v/{issued.code}")
    assert answer.status_code == 200
    for words in (issued.number, "Kepala Dinas", issued.office.title, issued.net_sha256[:12]):
        assert words in answer.text
    assert "Jawaban atas pengaduan … tentang KTP-el" in answer.text
    assert not any(name in answer.text for name in NAME.split())


def test_a_code_read_from_paper_is_found_however_it_is_typed(
    app: Flask, issued: IssuedLetter
) -> None:
    typed = proof.shown(issued.code).lower().replace("0", "o").replace("1", "l")
    answer = app.test_client().get("/v/", query_string={"kode": typed}, follow_redirects=True)
    assert issued.number in answer.text


def test_a_file_is_identical_repacked_or_different(app: Flask, issued: IssuedLetter) -> None:
    assert "Sama persis" in sent(app, issued, issued.net)
    assert "Isinya sama" in sent(app, issued, packed_anew(issued.net))
    assert "Berbeda" in sent(app, issued, packed_anew(issued.net, changed=b"x"))
    for broken in (b"", b"PK\x03\x04 dan seterusnya", issued.net[:-40]):
        assert "bukan berkas Word" in sent(app, issued, broken)


def test_what_was_taken_back_is_told_as_void(app: Flask, letter: Letter) -> None:
    code = db.session.scalars(select(IssuedLetter.code)).one()
    drafting.take_back_approval(letter, reason="Keliru alamat", now=NOW)
    db.session.commit()
    answer = app.test_client().get(f"/v/{code}")
    assert "Surat ini batal" in answer.text
    assert "Keliru alamat" not in answer.text


def test_an_issued_letter_is_given_as_it_was_whatever_the_case_says_later(
    letter: Letter, issued: IssuedLetter
) -> None:
    net, konsep = drafting.render(letter), drafting.render(letter, konsep=True)
    letter.office.address = "Jalan yang baru"
    letter.case.parties[0].name = "Orang lain"
    db.session.commit()
    assert (drafting.render(letter), drafting.render(letter, konsep=True)) == (net, konsep)
    assert proof.content_hash(net) == issued.content_hash


def test_whoever_guesses_codes_must_wait_and_whoever_has_one_need_not(
    app: Flask, issued: IssuedLetter
) -> None:
    app.config["NOW"] = lambda: NOW
    client = app.test_client()
    statuses = [client.get(f"/v/{n:012}").status_code for n in range(23)]
    assert statuses[:20] == [404] * 20
    assert statuses[-1] == 429
    assert db.session.query(Throttle).count() == 2
    app.config["NOW"] = lambda: NOW + timedelta(minutes=6)
    assert client.get(f"/v/{issued.code}").status_code == 200
    assert [client.get(f"/v/{issued.code}").status_code for _ in range(30)] == [200] * 30


def test_codes_are_not_to_be_guessed() -> None:
    codes = {proof.new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert {len(one) for one in codes} == {12}
    assert set("".join(codes)) == set(proof.ALPHABET)
