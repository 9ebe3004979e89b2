"""A letter in its case: drafted, given back, approved, sent, and printed with the right people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from backoffice.actor import Actor, person_of
from backoffice.errors import LetterHasGap, NotFound
from backoffice.letters import drafting
from backoffice.letters.fill import MissingValues
from backoffice.letters.kinds import LETTER_NAMES, NAMES
from backoffice.letters.papers import receipt_values
from backoffice.letters.stories import stories
from backoffice.letters.tags import read_sentence
from backoffice.letters.values import letterhead, values_for
from models import (
    Attachment,
    Case,
    Holding,
    HoldingKind,
    Leave,
    Letter,
    LetterState,
    Mandate,
    MarkKind,
    Office,
    User,
    db,
)
from tests.factories import FROM, NOW, actor, make_case, make_office, make_user, post_of, user_of

pytestmark = [pytest.mark.letters, pytest.mark.sqlite]  # the engine writes letters on both
KIND = "surat-balasan"
TEXT = {"isi": "KTP-el telah dicetak.\n\nSilakan diambil di loket."}
LATER = NOW + timedelta(days=1)
OPEN_NAME = "………………………………"  # to be filled in by hand


@pytest.fixture
def office(session: Any) -> Office:
    """Disdukcapil with its staff."""
    return make_office("disdukcapil")


@pytest.fixture
def case(office: Office) -> Case:
    """A complaint of medium scale for which the officer has to write the reply."""
    return make_case(office, "pengaduan-menengah", "penyusunan")


@pytest.fixture
def ani(office: Office) -> Actor:
    """Who writes the letter."""
    return actor(office, "petugas-pengaduan")


@pytest.fixture
def citra(office: Office) -> Actor:
    """Who approves it."""
    return actor(office, "kadis")


def printed(data: bytes) -> str:
    """Everything a Word file says."""
    found = stories(Document(BytesIO(data)))
    return "\n".join(read_sentence(one).text for part in found for one in part.paragraphs())


def test_a_reply_asks_for_recipient_subject_and_text(office: Office) -> None:
    fields = {one.key: one.required for one in drafting.fields_of(KIND, office.id)}
    assert [key for key, required in fields.items() if required] == ["penerima", "hal", "isi"]
    assert {"alamat_penerima", "sifat", "lampiran", "tembusan"} < set(fields)


def test_a_letter_without_template_is_a_text_only(case: Case, ani: Actor) -> None:
    typed = drafting.fields_of("surat-pendampingan", case.office_id)
    assert [one.key for one in typed] == ["isi"]
    letter = drafting.save_draft_letter(case, "surat-pendampingan", TEXT, actor=ani, now=NOW)
    assert not drafting.has_template(letter.kind)
    with pytest.raises(NotFound):
        drafting.render(letter)


def test_a_new_letter_begins_with_what_the_case_says(case: Case) -> None:
    suggested = drafting.prefill(case, KIND)
    party = case.party("reporter")
    assert party is not None
    assert suggested["penerima"] == f"Sdr. {party.name}"
    assert suggested["alamat_penerima"] == party.address
    assert suggested["hal"] == f"Jawaban atas pengaduan tentang {case.subject}"
    assert suggested["pembuka"].startswith(
        f"Sehubungan dengan pengaduan Saudara nomor {case.number} tanggal "
    )
    assert drafting.gaps(suggested, KIND, case.office_id) == ["isi"]


def test_an_honorific_is_not_doubled_and_nobody_is_nobody(case: Case) -> None:
    party = case.party("reporter")
    assert party is not None
    party.name, party.address = "Ibu Fitri", ""
    assert drafting.prefill(case, KIND)["penerima"] == "Ibu Fitri"
    assert drafting.prefill(case, KIND)["alamat_penerima"] == "Tempat"
    party.anonymous, party.name = True, ""
    assert "penerima" in drafting.gaps(drafting.prefill(case, KIND), KIND, case.office_id)


def test_a_draft_is_kept_with_who_wrote_it_and_when(case: Case, ani: Actor) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    assert (letter.state, letter.revision, letter.office_id) == ("draft", 1, case.office_id)
    assert letter.fields["isi"] == TEXT["isi"]
    assert letter.fields["penerima"].startswith("Sdr. ")
    [revision] = letter.revisions
    assert (revision.user, revision.post, revision.saved_at) == (ani.user, ani.post, NOW)
    assert drafting.current_letter(case, KIND) is letter
    assert drafting.current_letter(case) is letter


def test_a_letter_written_again_after_a_return_is_a_new_revision(
    case: Case, ani: Actor, citra: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    drafting.approve(letter, actor=citra, now=NOW)
    again = drafting.save_draft_letter(case, KIND, {"isi": "Baru."}, actor=ani, now=LATER)
    assert again is letter
    assert (letter.state, letter.revision, letter.approved_at) == (LetterState.DRAFT, 2, None)
    assert [one.fields["isi"] for one in letter.revisions] == [TEXT["isi"], "Baru."]
    assert letter.fields["hal"] == letter.revisions[0].fields["hal"]


def test_a_field_left_empty_is_not_filled_in_behind_the_officers_back(
    case: Case, ani: Actor
) -> None:
    given = {**TEXT, "hal": "", "penerima": None}
    letter = drafting.save_draft_letter(case, KIND, given, actor=ani, now=NOW)
    assert drafting.gaps(letter.fields, KIND, case.office_id) == ["penerima", "hal"]
    with pytest.raises(MissingValues, match=r"isian \{\{hal\}\} belum ada isinya"):
        drafting.render(letter)


def test_what_was_sent_stays_and_the_next_draft_is_another_letter(
    case: Case, ani: Actor, citra: Actor
) -> None:
    sent = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    drafting.approve(sent, actor=citra, now=NOW)
    drafting.send(sent, actor=ani, now=LATER)
    assert (sent.state, sent.sent_at) == (LetterState.SENT, LATER)
    assert [(one.kind, one.user) for one in sent.marks] == [
        (MarkKind.APPROVE, citra.user),
        (MarkKind.SEND, ani.user),
    ]
    assert drafting.current_letter(case) is sent
    assert drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=LATER) is not sent


def test_two_drafts_of_one_case_have_to_be_named(case: Case, ani: Actor) -> None:
    reply = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    other = drafting.save_draft_letter(case, "surat-rekomendasi", TEXT, actor=ani, now=NOW)
    assert drafting.current_letter(case) is None
    assert drafting.current_letter(case, KIND) is reply
    reply.state = LetterState.VOID
    assert drafting.current_letter(case) is other
    assert drafting.current_letter(case, KIND) is None


def test_a_letter_with_a_gap_is_neither_approved_nor_sent(case: Case, ani: Actor) -> None:
    letter = drafting.save_draft_letter(case, KIND, {"isi": " \n "}, actor=ani, now=NOW)
    for step in (drafting.approve, drafting.send):
        with pytest.raises(LetterHasGap) as refused:
            step(letter, actor=ani, now=NOW)
        assert refused.value.fields == {"letter.isi": "required"}
    assert (letter.state, letter.marks) == (LetterState.DRAFT, [])


def test_the_paraf_says_who_initialled_which_revision(case: Case, ani: Actor, citra: Actor) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    drafting.mark(letter, MarkKind.INITIAL, actor=citra, now=LATER)
    [mark] = letter.marks
    assert (mark.revision, mark.user, mark.post, mark.at) == (1, citra.user, citra.post, LATER)


def test_a_decision_on_paper_is_the_heads_though_another_post_records_it(
    office: Office, case: Case, ani: Actor, citra: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    recorder = replace(ani, for_post=citra.post, on_behalf=True)
    drafting.approve(letter, actor=recorder, now=NOW)
    assert (letter.marks[0].user, letter.marks[0].post) == (ani.user, citra.post)
    assert values_for(letter)["ttd_nama"] == citra.user.name


def test_a_draft_prints_the_head_no_number_and_no_day(case: Case, ani: Actor, citra: Actor) -> None:
    citra.user.rank, citra.user.nip = "Pembina Utama Muda (IV/c)", "197001011995032001"
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    values = values_for(letter)
    assert set(values) == set(LETTER_NAMES)
    assert (values["nomor_surat"], values["tanggal_surat"]) == ("………", "…… Januari 2026")
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("KEPALA DINAS", citra.user.name)
    assert values["ttd_nip"] == "19700101 199503 2 001"
    assert values["isi"] == [
        {"nomor": "1.", "paragraf": "KTP-el telah dicetak."},
        {"nomor": "2.", "paragraf": "Silakan diambil di loket."},
    ]


def test_an_approved_letter_prints_the_day_of_the_office_and_who_approved(
    office: Office, case: Case, ani: Actor
) -> None:
    secretary = actor(office, "sekretaris")
    late = NOW.replace(hour=18)  # 13 Januari 01.00 WIB
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    drafting.approve(letter, actor=secretary, now=late)
    values = values_for(letter)
    assert values["tanggal_surat"] == "13 Januari 2026"
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("SEKRETARIS", secretary.user.name)


def test_an_acting_head_signs_as_such_and_a_vacant_post_leaves_the_name_open(
    office: Office, case: Case, ani: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    [holding] = db.session.query(Holding).filter_by(post_id=post_of(office, "kadis").id)
    holding.until_at = NOW
    db.session.flush()
    assert values_for(letter)["ttd_nama"] == OPEN_NAME
    budi = user_of(office, "sekretaris")
    post = post_of(office, "kadis")
    acting = Holding(post=post, user=budi, kind=HoldingKind.PLT, from_at=FROM)
    db.session.add(acting)
    db.session.flush()
    assert values_for(letter)["ttd_jabatan"] == "Plt. KEPALA DINAS"
    assert values_for(letter)["ttd_nama"] == budi.name


def add_holder(office: Office, username: str, **more: Any) -> User:
    """Somebody beside citra at the head of the office."""
    post = post_of(office, "kadis")
    user = make_user(username, office=office)
    db.session.add(Holding(post=post, user=user, **{"from_at": FROM, **more}))
    db.session.flush()
    return user


def test_a_post_that_two_people_hold_leaves_the_name_open_until_one_of_them_approves(
    office: Office, case: Case, ani: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    second = add_holder(office, "kadis-kedua")
    values = values_for(letter)
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("KEPALA DINAS", OPEN_NAME)
    assert (values["ttd_nip"], values["ttd_pangkat"]) == ("", "")
    drafting.approve(letter, actor=person_of(second, NOW).actors[0], now=NOW)
    assert values_for(letter)["ttd_nama"] == second.name


def test_what_one_of_two_holders_decided_on_paper_leaves_the_name_to_the_pen(
    office: Office, case: Case, ani: Actor, citra: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    add_holder(office, "kadis-kedua")
    drafting.approve(letter, actor=replace(ani, for_post=citra.post, on_behalf=True), now=NOW)
    assert values_for(letter)["ttd_nama"] == OPEN_NAME


def test_who_acts_for_an_absent_head_stands_under_the_draft_and_the_head_if_he_approves(
    office: Office, case: Case, ani: Actor, citra: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    acting = add_holder(office, "plh", kind=HoldingKind.PLH)
    values = values_for(letter)
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("Plh. KEPALA DINAS", acting.name)
    drafting.approve(letter, actor=citra, now=NOW)
    values = values_for(letter)
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("KEPALA DINAS", citra.user.name)


def test_a_holder_whose_account_is_closed_does_not_sign(
    office: Office, case: Case, ani: Actor, citra: Actor
) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    gone = add_holder(office, "pensiun")
    gone.active = False
    assert values_for(letter)["ttd_nama"] == citra.user.name


def paragraphs(letter: Letter) -> list[str]:
    """What stands in the Word file, line by line."""
    return [one for one in printed(drafting.render(letter)).split("\n") if one]


def test_who_signs_for_another_post_has_it_above_his_own_as_long_as_the_mandate_lasts(
    office: Office, case: Case, ani: Actor
) -> None:
    head, secretary, kasubbag = (
        post_of(office, key) for key in ("kadis", "sekretaris", "kasubbag-umum")
    )
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    later = NOW + timedelta(days=1)
    db.session.add(Mandate(post=secretary, for_post=head, from_at=FROM, until_at=later))
    drafting.approve(letter, actor=actor(office, "sekretaris"), now=NOW)
    block = paragraphs(letter)
    at = block.index("a.n. KEPALA DINAS")
    assert block[at + 1] == "SEKRETARIS,"

    db.session.add(Mandate(post=kasubbag, for_post=secretary, from_at=FROM))
    db.session.flush()
    drafting.take_back_approval(letter, reason="Salah tanda tangan", now=NOW)
    drafting.approve(letter, actor=actor(office, "kasubbag-umum"), now=NOW)
    block = paragraphs(letter)
    at = block.index("a.n. KEPALA DINAS")
    assert block[at + 1 : at + 4] == [
        "SEKRETARIS,", "u.b.", "KEPALA SUBBAGIAN UMUM DAN KEPEGAWAIAN,",
    ]  # fmt: skip

    drafting.take_back_approval(letter, reason="Salah tanda tangan", now=later)
    drafting.approve(letter, actor=actor(office, "sekretaris"), now=later)
    assert [one for one in paragraphs(letter) if one.startswith(("a.n.", "u.b."))] == []


def test_a_plh_who_signs_for_another_post_says_both(office: Office, case: Case, ani: Actor) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    secretary = post_of(office, "sekretaris")
    db.session.add(Mandate(post=secretary, for_post=post_of(office, "kadis"), from_at=FROM))
    gone = user_of(office, "sekretaris").holdings[0]
    db.session.add(Leave(holding=gone, from_at=FROM, until_at=NOW + timedelta(days=1)))
    plh = make_user("plh-sekretaris", office=office)
    acting = Holding(post=secretary, user=plh, kind=HoldingKind.PLH, from_at=FROM)
    db.session.add(acting)
    db.session.flush()
    drafting.approve(letter, actor=person_of(plh, NOW).actors[0], now=NOW)
    values = values_for(letter)
    assert (values["ttd_an"], values["ttd_ub"]) == ("KEPALA DINAS", "")
    assert (values["ttd_jabatan"], values["ttd_nama"]) == ("Plh. SEKRETARIS", plh.name)


def test_the_signer_may_be_named(office: Office, case: Case, ani: Actor) -> None:
    letter = drafting.save_draft_letter(case, KIND, TEXT, actor=ani, now=NOW)
    values = values_for(letter, post_of(office, "sekretaris"))
    assert values["ttd_jabatan"] == "SEKRETARIS"


def test_the_letter_is_a_word_file_with_the_words_of_the_office(
    case: Case, ani: Actor, citra: Actor
) -> None:
    typed = {
        **TEXT,
        "penerima": "Yth. Sdr. O'Brien & <Latuhalat>",
        "alamat_penerima": "di Tempat",
        "tembusan": "Wali Kota\nInspektorat",
    }
    letter = drafting.save_draft_letter(case, KIND, typed, actor=ani, now=NOW)
    text = printed(drafting.render(letter))
    assert "PEMERINTAH KOTA CONTOH\n" in text
    assert "Yth. Sdr. O'Brien & <Latuhalat>\ndi Tempat\n" in text
    assert "KTP-el telah dicetak.\nSilakan diambil di loket.\n" in text
    assert f"KEPALA DINAS,\n{citra.user.name}" in text
    assert "Tembusan:\n1.\nWali Kota\n2.\nInspektorat" in text
    assert "{{" not in text


def test_the_receipt_says_what_was_received_when_by_whom_and_that_it_is_free(
    case: Case, ani: Actor
) -> None:
    add_file(case, ani, "Surat Pengaduan", NOW - timedelta(days=1))
    add_file(case, ani, "datang kemudian", NOW + timedelta(days=9))
    values = receipt_values(case)
    assert set(values) == set(NAMES["tanda-terima"])
    text = printed(drafting.receipt(case))
    assert f"Nomor berkas: {case.number}" in text
    assert "Senin, 12 Januari 2026 pukul" in text
    assert " WIB" in text
    assert "Laporan/Surat Pengaduan\n☐ ada   ☐ belum ada" in text
    assert "Surat Pengaduan\nditerima" in text
    assert "datang kemudian" not in text
    assert ani.user.name in text
    assert "Layanan ini tidak dipungut biaya." in text


def test_the_receipt_of_somebody_unknown_says_so(case: Case) -> None:
    party = case.party("reporter")
    assert party is not None
    party.anonymous, party.name, party.address, party.telephone = True, "", "", ""
    values = receipt_values(case)
    assert values["diterima_dari"] == "Tidak menyebutkan nama"
    assert (values["alamat_pemohon"], values["telepon_pemohon"]) == ("-", "-")


@pytest.mark.parametrize(
    ("government", "place"),
    [
        ("Pemerintah Kabupaten Sekadau", "Sekadau"),
        ("Pemerintah Kota Ambon", "Ambon"),
        ("Pemerintah Daerah Kabupaten Sampang", "Sampang"),
    ],
)
def test_a_letter_is_dated_at_the_town_of_its_government(government: str, place: str) -> None:
    office = Office(government=government, name=["Dinas Sosial"], contacts=[], address="")
    assert letterhead(office)["tempat"] == place


def add_file(case: Case, by: Actor, label: str, at: Any) -> None:
    """A file that came with the case at that moment."""
    db.session.add(
        Attachment(
            case_id=case.id,
            name="pindaian.pdf",
            label=label,
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_at=at,
            user_id=by.user.id,
        )
    )
    db.session.flush()
