"""What an author of a template is told: every fault at once, or what the template asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backoffice.cli import main
from backoffice.letters.checking import OFFERED, TITLES, check
from backoffice.letters.fill import fill
from backoffice.letters.foreign import NO_WORD_FILE
from backoffice.letters.specimens import example_of, meaning_of, specimen
from tests.letters.samples import TEMPLATES, template
from tests.letters.words import paragraph, run, word_file

pytestmark = pytest.mark.letters


def told(file: Path, *more: str) -> Result:
    """What the command prints about a file."""
    return CliRunner().invoke(main, ["letter", "check", str(file), *more])


def test_every_fault_is_told_at_once_with_its_place_and_its_sentence(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    tracked = f'<w:p ><w:ins w:id="1">{run("baru")}</w:ins></w:p>'
    blocks = (paragraph("Nomor: {{nomer_surat}}"), paragraph("Kepada {{penerima"), tracked)
    file.write_bytes(word_file(*blocks))
    said = told(file)
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        "isi surat: ada perubahan yang terlacak; terima atau tolak semua perubahan dahulu di Word",
        "isi surat, paragraf 2: tanda '{{' tidak lengkap; isian ditulis {{nama_isian}} dalam satu "
        "baris di «Kepada {{penerima»",
        "isi surat, paragraf 1: isian {{nomer_surat}} tidak dikenal; maksudnya {{nomor_surat}}? "
        "di «Nomor: {{nomer_surat}}»",
        "3 kesalahan.",
    ]


def test_a_sound_template_is_told_with_what_it_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(word_file(paragraph("Nomor: {{nomor_surat}}"), paragraph("{{tembusan.nama}}")))
    said = told(file)
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "{{nomor_surat}}    nomor surat; ……… selama belum ada",
        "{{tembusan.nama}}  nama penerima tembusan",
        "Tidak ada kesalahan; 2 isian.",
    ]


def test_a_kind_offers_its_own_names_alone(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(word_file(paragraph("{{saksi}}")))
    assert told(file, "--kind", "berita-acara-serah-terima").exit_code == 0
    refused = told(file, "--kind", "tanda-terima")
    assert refused.exit_code == 1
    assert "isian {{saksi}} tidak dikenal" in refused.output
    of_meeting = told(TEMPLATES / "undangan-rapat.docx")  # known by the name of its file
    assert of_meeting.exit_code == 0
    assert "{{undangan.nama}}" in of_meeting.output


def test_a_hostile_file_is_not_read_any_further(tmp_path: Path) -> None:
    file = tmp_path / "naskah.docx"
    file.write_bytes(b"%PDF-1.7")
    said = told(file)
    assert said.output == f"berkas: {NO_WORD_FILE}\n1 kesalahan.\n"


@pytest.mark.parametrize("kind", OFFERED)
def test_every_shipped_template_is_sound_and_can_be_looked_at_filled(kind: str) -> None:
    assert check(template(kind), kind).findings == ()
    assert fill(template(kind), specimen(OFFERED[kind]))[:2] == b"PK"


@pytest.mark.parametrize("kind", OFFERED)
def test_every_name_of_a_kind_has_its_meaning_and_its_example(kind: str) -> None:
    assert TITLES[kind]
    for name, columns in OFFERED[kind].items():
        assert meaning_of(name)
        for column in columns or (None,):
            assert meaning_of(name, column)
            assert example_of(name, column) == "" or example_of(name, column).strip()
