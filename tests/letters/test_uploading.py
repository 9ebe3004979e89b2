"""The templates an office brings: kept as versions, looked at, put into use by a second click."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from docx import Document

from backoffice.letters import active, drafting, issuing, templates
from backoffice.letters.findings import TemplateFault
from backoffice.letters.stories import stories
from backoffice.letters.tags import read_sentence
from models import IssuedLetter, Office, TemplateState, TemplateVersion, User, db
from tests.factories import NOW, actor, make_case, make_office, user_of
from tests.letters.samples import template
from tests.letters.words import paragraph, word_file

pytestmark = pytest.mark.letters
KIND = "surat-balasan"
OWN = word_file(
    paragraph("{{kop.baris}}"),
    paragraph("Naskah kantor sendiri, Nomor {{nomor_surat}}, Yth. {{penerima}}: {{hal}}"),
    paragraph("{{isi.nomor}} {{isi.paragraf}}"),
    paragraph("{{ttd_nama}}"),
)


@pytest.fixture
def office(session: Any) -> Office:
    """Disdukcapil with its staff."""
    return make_office("disdukcapil")


@pytest.fixture
def eka(office: Office) -> User:
    """Who keeps the templates."""
    return user_of(office, "administrator")


def brought(office: Office, eka: User, *, in_use: bool = False) -> TemplateVersion:
    """The office's own reply, uploaded; and put into use."""
    version = templates.upload(office, KIND, OWN, user=eka, now=NOW)
    if in_use:
        templates.activate(version, user=eka, now=NOW)
    return version


def printed(data: bytes) -> str:
    """Everything a Word file says."""
    found = stories(Document(BytesIO(data)))
    return "\n".join(read_sentence(one).text for part in found for one in part.paragraphs())


def test_an_upload_is_kept_but_binds_nobody(office: Office, eka: User) -> None:
    version = brought(office, eka)
    assert (version.version, version.state) == (1, TemplateState.DRAFT)
    assert version.sha256 == hashlib.sha256(OWN).hexdigest()
    assert version.names == [
        *("hal", "isi.nomor", "isi.paragraf", "kop.baris", "nomor_surat", "penerima", "ttd_nama"),
    ]
    assert active.bytes_for(office.id, KIND) == template(KIND)


@pytest.mark.sqlite
def test_the_same_file_again_is_the_version_it_was(office: Office, eka: User) -> None:
    assert brought(office, eka) is brought(office, eka)
    other = templates.upload(office, KIND, template(KIND), user=eka, now=NOW)
    assert other.version == 2


@pytest.mark.sqlite
def test_a_file_with_a_fault_is_refused_with_all_its_faults_and_not_kept(
    office: Office, eka: User
) -> None:
    bad = word_file(paragraph("{{nomer_surat}}"), paragraph("{{saksi}}"))
    with pytest.raises(TemplateFault) as refused:
        templates.upload(office, KIND, bad, user=eka, now=NOW)
    assert [one.place for one in refused.value.findings] == [
        "isi surat, paragraf 1",
        "isi surat, paragraf 2",
    ]
    assert db.session.scalar(sa.select(sa.func.count(TemplateVersion.id))) == 0


def test_from_the_second_click_on_letters_are_made_from_it(office: Office, eka: User) -> None:
    case = make_case(office, "pengaduan-menengah", "penyusunan")
    ani, citra = actor(office, "petugas-pengaduan"), actor(office, "kadis")
    version = brought(office, eka, in_use=True)
    typed = {one.key for one in drafting.fields_of(KIND, office.id)}
    assert typed == {"penerima", "hal", "isi"}
    letter = drafting.save_draft_letter(case, KIND, {"isi": "Selesai."}, actor=ani, now=NOW)
    assert "Naskah kantor sendiri" in printed(drafting.render(letter))
    drafting.approve(letter, actor=citra, now=NOW)
    issued = issuing.issued_of(letter.id, with_files=True)
    assert issued is not None
    assert issued.template_sha256 == version.sha256

    templates.retire(office.id, KIND, user=eka, now=NOW)
    assert version.state is TemplateState.OLD
    assert active.bytes_for(office.id, KIND) == template(KIND)
    assert drafting.render(letter) == issued.net
    kept = db.session.scalars(sa.select(IssuedLetter.template_sha256)).one()
    assert kept == db.session.scalars(sa.select(TemplateVersion.sha256)).one()


def test_one_version_of_a_kind_is_in_use_and_an_old_one_may_return(
    office: Office, eka: User
) -> None:
    first = brought(office, eka, in_use=True)
    second = templates.upload(office, KIND, template("surat-balasan-kanan"), user=eka, now=NOW)
    later = NOW + timedelta(days=1)
    templates.activate(second, user=eka, now=later)
    assert (first.state, second.state) == (TemplateState.OLD, TemplateState.ACTIVE)
    assert (first.retired_at, first.retired_by) == (later, eka)
    templates.activate(first, user=eka, now=later)
    assert (first.state, second.state) == (TemplateState.ACTIVE, TemplateState.OLD)
    assert (first.retired_at, first.retired_by) == (None, None)
    assert second.retired_at == later
    assert active.bytes_for(office.id, KIND) == OWN
    assert first.activated_by is eka
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(TemplateVersion).values(state=TemplateState.ACTIVE))


@pytest.mark.sqlite
def test_another_office_keeps_its_own_letters(office: Office, eka: User) -> None:
    brought(office, eka, in_use=True)
    other = make_office("kesra-ambon")
    assert active.bytes_for(other.id, KIND) == template(KIND)
    assert active.bytes_for(office.id, "surat-balasan-kanan") == template("surat-balasan-kanan")


@pytest.mark.sqlite
def test_what_became_faulty_since_it_was_brought_is_not_put_into_use(
    office: Office, eka: User
) -> None:
    version = brought(office, eka)
    version.data = word_file(paragraph("{{dihapus}}"))
    with pytest.raises(TemplateFault):
        templates.activate(version, user=eka, now=NOW)
    assert version.state is TemplateState.DRAFT


@pytest.mark.sqlite
def test_it_is_looked_at_filled_with_invented_values_under_the_kop_of_the_office(
    office: Office, eka: User
) -> None:
    said = printed(templates.sample(office, KIND, OWN))
    assert office.name[0].upper() in said
    assert "Nomor 400.12/17/DINAS/2026, Yth. Sdr. Johanis Contohnya" in said
    assert "Naskah kantor sendiri" not in printed(templates.sample(office, KIND))


@pytest.mark.sqlite
def test_which_templates_are_in_use_is_asked_once_in_a_transaction(
    office: Office, eka: User
) -> None:
    brought(office, eka, in_use=True)
    before = active.in_use(office.id)
    assert active.in_use(office.id) is before
