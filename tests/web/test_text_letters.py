"""A letter of which no Word template is there: its text, and nothing that pretends to be paper."""

from __future__ import annotations

import pytest
from flask import Flask

from backoffice.workflow import publishing
from models import Case, Office
from seed import walking
from tests import factories
from tests.client import OfficeClient

TEXT = "Pelapor perlu didampingi selama penindakan."
pytestmark = pytest.mark.sqlite


def publish(satpol: Office, *changes: tuple[str, str]) -> None:
    """The SOP with other words in it."""
    text = factories.version_of(satpol, "pengaduan-tidak-langsung").source_text
    for before, after in changes:
        text = text.replace(before, after)
    publishing.save_draft(satpol, text)
    publishing.publish_all(satpol, now=factories.NOW, by=None)


@pytest.fixture
def satpol(satpol: Office) -> Office:
    """The office, whose Sekretaris writes a letter of which nobody has made a template."""
    publish(satpol, ("surat-rekomendasi", "surat-pendampingan"))
    return satpol


@pytest.fixture
def case(app: Flask, satpol: Office) -> Case:
    """A complaint at the Kasat, for whom the Sekretaris wrote that letter."""
    app.config["NOW"] = lambda: factories.NOW
    story = walking.Story(columns={"subject": "Pungutan di pasar"}, letter={"isi": TEXT})
    return factories.make_case(satpol, "pengaduan-tidak-langsung", "pendampingan", story=story)


def page(client: OfficeClient, office: Office, post: str, case: Case) -> str:
    """The case as the holder of a post sees it."""
    client.log_in(factories.user_of(office, post))
    answer = client.get(f"/pengaduan/details/?id={case.id}")
    assert answer.status_code == 200
    return answer.text


def test_its_text_is_shown_without_a_kop_a_number_and_an_addressee_left_empty(
    client: OfficeClient, satpol: Office, case: Case
) -> None:
    letter = page(client, satpol, "kasat", case).split('id="surat"')[1].split("</section>")[0]

    assert TEXT in letter
    assert not [one for one in ("Yth.", "………", "tanda tangan basah") if one in letter]
    assert "Paraf menyimpan isinya saja" in letter


def test_it_is_not_listed_as_a_word_file(client: OfficeClient, satpol: Office, case: Case) -> None:
    papers = page(client, satpol, "kasat", case).split('id="berkas"')[1].split("</section>")[0]

    line = next(one for one in papers.split("<li>") if "Surat pendampingan, konsep ke-1" in one)
    assert "Teks</div>" in line
    assert "Word" not in line


def test_a_letter_that_the_sop_lets_nobody_sign_does_not_seem_to_wait_for_somebody(
    client: OfficeClient, satpol: Office, case: Case
) -> None:
    shown = page(client, satpol, "kasat", case)

    assert "SOP tidak menyebut siapa yang menandatangani surat ini; berkas tidak menunggunya." in (
        shown
    )


def test_whoever_writes_it_is_not_promised_a_kop_and_a_signature(
    client: OfficeClient, satpol: Office
) -> None:
    case = factories.make_case(satpol, "pengaduan-tidak-langsung", "rekomendasi")
    form = page(client, satpol, "sekretaris", case)

    assert "Kop, nomor, dan tanda tangan ditambahkan sendiri oleh sistem." not in form
    assert "Surat ini belum mempunyai templat Word: Paraf menyimpan isinya saja." in form


def test_whoever_approves_it_is_not_promised_a_clean_print(
    client: OfficeClient, satpol: Office
) -> None:
    label = "label: Berikan pendampingan\n"
    publish(satpol, (label, f"{label}        effects: [approve_letter: surat-pendampingan]\n"))
    case = factories.make_case(satpol, "pengaduan-tidak-langsung", "pendampingan")

    shown = page(client, satpol, "kasat", case)
    assert "Isi surat disetujui; suratnya dibuat kantor untuk ditandatangani basah." in shown
    assert "Surat bersih dicetak" not in shown
    assert "SOP tidak menyebut siapa yang menandatangani" not in shown
