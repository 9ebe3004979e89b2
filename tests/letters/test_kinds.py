"""What a letter of each kind begins with, and what a paper says that nobody drafts."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from backoffice.letters import drafting
from backoffice.letters.facts import case_values
from backoffice.letters.kinds import DRAFTED, KINDS, ON_THE_RIGHT, Made
from backoffice.letters.stories import stories
from backoffice.letters.suggesting import suggest
from backoffice.letters.tags import read_sentence
from backoffice.letters.values import values_for
from models import Case, Office
from seed.walking import PARTY, Story, act
from tests.factories import NOW, actor, after, make_case

pytestmark = [pytest.mark.letters, pytest.mark.sqlite]
SECRET = "Anak itu dipukul ayahnya."


@pytest.fixture
def case(sampang: Office) -> Case:
    """A complaint of the family counsel, investigated: part of what was recorded is private."""
    story = Story(
        columns={"subject": "Pertengkaran tetangga", "summary": "Setiap malam sejak Desember."},
        records={
            "wawancara": {"kronologis": SECRET},
            "investigasi": {"hasil": SECRET},
            "notulen": {"hasil": "Keluarga didampingi tiga bulan."},
        },
    )
    return make_case(sampang, "pengaduan-puspaga", "tanggapan", story=story)


def printed(data: bytes) -> str:
    """Everything a Word file says."""
    found = stories(Document(BytesIO(data)))
    return "\n".join(read_sentence(one).text for part in found for one in part.paragraphs())


def test_what_a_form_of_the_case_says_is_suggested_for_the_field_of_that_name(case: Case) -> None:
    suggested = drafting.prefill(case, "laporan-penanganan")
    assert suggested["hasil"] == "Keluarga didampingi tiga bulan."
    assert suggested["kronologi"] == "Setiap malam sejak Desember."
    assert suggested["hal"] == "Pengaduan tentang Pertengkaran tetangga"
    assert suggested["isi"].split("\n")[0] == "12 Januari 2026: Form Pendaftaran Klien"
    assert drafting.gaps(suggested, "laporan-penanganan", case.office_id) == []


def test_what_is_private_is_in_no_suggestion_and_in_no_paper(case: Case) -> None:
    for kind, one in KINDS.items():
        assert SECRET not in str(suggest(case, kind))
        if one.made is not Made.LIST:
            assert SECRET not in printed(drafting.paper(case, kind, actor=None, now=NOW))
    assert SECRET not in str(case_values(case))


def test_every_letter_can_be_printed_with_open_places_for_what_nobody_knows(case: Case) -> None:
    for kind in (*DRAFTED, *ON_THE_RIGHT):
        words = printed(drafting.paper(case, kind.key, actor=None, now=NOW))
        assert (case.number or "?") in words
        assert not [one for one in ("None", "{{") if one in words], kind.key
    # Nobody has typed what is recommended: there is room to write it.
    assert "1.\n………" in printed(drafting.paper(case, "surat-rekomendasi", actor=None, now=NOW))


def test_a_citizen_who_is_not_named_is_named_nowhere(sampang: Office) -> None:
    story = Story(party={"anonymous": True})
    case = make_case(sampang, "pengaduan-puspaga", "laporan", story=story)
    report = printed(drafting.paper(case, "laporan-penanganan", actor=None, now=NOW))
    assert "Tidak menyebutkan nama" in report
    assert PARTY["name"] not in report


def test_whoever_recommends_signs_it_and_the_head_reads_it(satpol: Office) -> None:
    story = Story(letter={"isi": "Pendampingan hukum."})
    case = make_case(satpol, "pengaduan-tidak-langsung", "pendampingan", story=story)
    letter = drafting.current_letter(case, "surat-rekomendasi")
    assert letter is not None
    values = values_for(letter)
    assert (values["pejabat"], values["penerima"]) == (
        "Sekretaris",
        "Kepala Satuan Polisi Pamong Praja",
    )
    assert "merekomendasikan kepada Kepala Satuan Polisi Pamong Praja" in printed(
        drafting.render(letter)
    )


def test_the_reason_of_a_refusal_stands_in_the_letter_about_it(satpol: Office) -> None:
    story = Story(notes={"klarifikasi": "Sudah diputus pengadilan."})
    case = make_case(satpol, "pengaduan-tidak-langsung", "klarifikasi", story=story)
    act(case.id, "reject", now=after(case), story=story)
    assert drafting.prefill(case, "surat-pemberitahuan")["alasan"] == "Sudah diputus pengadilan."
    assert drafting.prefill(case, "surat-pemberitahuan")["hal"] == (
        "Pemberitahuan pengaduan tidak dapat ditindaklanjuti"
    )


def test_the_paper_that_goes_round_has_a_line_for_each_who_initials_it(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-umum", "penandatanganan")
    letter = drafting.current_letter(case, "surat-balasan")
    assert letter is not None
    draft = printed(drafting.render(letter, konsep=True))
    assert "Paraf:\nSekretaris\n12 Januari 2026\n" in draft
    assert "Paraf:" not in printed(drafting.render(letter))


def test_rows_of_goods_are_typed_with_semicolons(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-umum", "penyusunan")
    fields = {"penerima": "Camat", "uraian": "Data penduduk; 1 (satu) berkas; rahasia\nSalinan"}
    letter = drafting.save_draft_letter(
        case, "surat-pengantar-data", fields, actor=actor(dukcapil, "petugas-pengaduan"), now=NOW
    )
    rows = [
        {
            "nomor": "1.",
            "uraian": "Data penduduk",
            "banyaknya": "1 (satu) berkas",
            "keterangan": "rahasia",
        },
        {"nomor": "2.", "uraian": "Salinan", "banyaknya": "", "keterangan": ""},
    ]
    assert values_for(letter)["uraian"] == rows
