"""The letter that comes back: the reason for who mends it, what changed for who saw it before."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask import Flask

from models import Case, Letter, Office, db
from seed import walking
from tests import factories
from tests.client import OfficeClient

pytestmark = pytest.mark.sqlite
UMUM = "pengaduan-umum"
WHY = "Tanggal cetak belum sesuai berita acara."
OLD = "KTP-el dicetak tanggal 9 Januari 2026.\nDapat diambil di loket 2."
NEW = "KTP-el dicetak tanggal 13 Januari 2026.\nBawalah kartu keluarga.\nDapat diambil di loket 2."


@pytest.fixture
def now(app: Flask) -> datetime:
    """Three in the afternoon of the day the case came."""
    moment = factories.NOW.replace(hour=8)
    app.config["NOW"] = lambda: moment
    return moment


def returned(office: Office, *, drafted: str = "") -> Case:
    """A reply the Sekretaris initialled and the head returned; `drafted`: what was mended."""
    story = walking.Story(letter={"isi": OLD}, notes={"penandatanganan": WHY})
    case = factories.make_case(office, UMUM, "penandatanganan", story=story)
    for key in ("return", "forward"):
        walking.act(case.id, key, now=factories.after(case), story=story)
    if drafted:
        more = {"tembusan": "Wali Kota Contoh"} if drafted != OLD else {}
        mended = walking.Story(letter={"isi": drafted, **more})
        walking.act(case.id, "forward", now=factories.after(case), story=mended)
    return case


def page(client: OfficeClient, office: Office, post: str, case: Case) -> str:
    """What the holder of a post reads on the page of the case, without words only heard."""
    client.log_in(factories.user_of(office, post))
    text = client.get(f"/pengaduan/details/?id={case.id}").text
    return " ".join(re.sub(r'<span class="sr">[^<]*</span>', "", text).split())


def test_who_mends_a_letter_reads_above_it_who_returned_it_and_why(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    form = page(client, dukcapil, "petugas-pengaduan", returned(dukcapil)).split("<fieldset>")[1]
    said = form.split('name="letter.')[0]
    who = factories.user_of(dukcapil, "kadis").name
    assert f"Dikembalikan oleh Kepala Dinas – {who}, " in said
    assert f"“{WHY}”" in said


def test_whose_paraf_fell_reads_who_changed_the_letter_and_sees_what_by_paragraph(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    text = page(client, dukcapil, "sekretaris", returned(dukcapil, drafted=NEW))
    drafter = factories.user_of(dukcapil, "petugas-pengaduan").name
    assert f"Paraf Sekretaris gugur: naskah diubah oleh {drafter} pada " in text
    assert "Berubah sejak Anda paraf" in text
    told = re.findall(r'<p class="diff"><b>([^<]*)</b> <span class="tag">(\w+)</span>', text)
    assert told == [
        ("Isi surat, alinea 1", "diubah"),
        ("Isi surat, alinea 2", "baru"),
        ("Tembusan", "baru"),
    ]
    sheet = text.split('<article class="letter"')[1]
    assert "tanggal <del>9</del> <ins>13</ins> Januari 2026." in sheet
    assert '<span class="tag">baru</span> <ins>Bawalah kartu keluarga.</ins>' in sheet
    assert "<p>Dapat diambil di loket 2.</p>" in sheet


def test_who_returned_it_compares_with_what_he_returned_and_a_stranger_with_the_last_return(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = returned(dukcapil, drafted=NEW)
    assert "Berubah sejak Anda kembalikan" in page(client, dukcapil, "kadis", case)
    other = page(client, dukcapil, "kasubbag-umum", case)
    assert "Berubah sejak dikembalikan Kepala Dinas" in other


def test_nothing_is_called_changed_where_the_letter_came_back_as_it_was(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = returned(dukcapil, drafted=OLD)
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).one()
    assert letter.revision == 2
    text = page(client, dukcapil, "sekretaris", case)
    assert "gugur" not in text
    assert '<p class="diff">' not in text
    assert "Paraf: Sekretaris – " in text


def test_of_two_who_write_at_once_the_second_is_told_and_keeps_his_words(
    client: OfficeClient, dukcapil: Office, now: datetime
) -> None:
    case = returned(dukcapil)
    client.log_in(factories.user_of(dukcapil, "petugas-pengaduan"))
    letter = db.session.scalars(db.select(Letter).where(Letter.case_id == case.id)).one()
    seen = {"id": str(case.id), "version": str(case.version)}

    def save(text: str) -> int:
        typed = {f"letter.{key}": value for key, value in {**letter.fields, "isi": text}.items()}
        answer = client.post("/pengaduan/draft/forward/", data={**seen, **typed})
        assert answer.status_code == 302 or text in answer.text
        return answer.status_code

    first, second = save("Surat dari Ani."), save("Surat dari Budi.")
    db.session.expire_all()
    assert (first, second) == (302, 409)
    assert letter.fields["isi"] == "Surat dari Ani."
