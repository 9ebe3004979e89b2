"""The filled letters on paper, as LibreOffice prints them."""

from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.letters.fill import fill
from tests.letters.printing import print_all, text_of
from tests.letters.samples import SAMPLES, template

pytestmark = [pytest.mark.letters, pytest.mark.slow]
HOLDS = {
    "lembar-disposisi": [
        "LEMBAR DISPOSISI",
        "Surat dari : Camat Contoh Hulu Diterima Tgl : 12 Januari 2026",
        "Sifat : ☐ Sangat segera ☒ Segera ☐ Rahasia",
        "Diteruskan kepada Sdr.: Dengan hormat harap: 1 Kepala Bidang Pelayanan",
        "☒ Proses lebih lanjut",
        "☐ Pelajari/kaji",
        "NIP 19700101 199503 2 001",
        "Rangkaian disposisi",
        "Kepala Seksi",
    ],
    "surat-balasan": [
        "PEMERINTAH KOTA CONTOH",
        "Contoh, 14 Januari 2026",
        "Yth. Sdr. Johanis O'Brien & Keluarga <Latuhalat>",
        "Dra. CITRA MISALNYA, M.Si.",
        "NIP 19700101 199503 2 001",
        "Wali Kota Contoh",
    ],
    "tanda-terima": [
        "TANDA TERIMA",
        "ADU-2026-0042",
        "Senin, 12 Januari 2026 pukul 09.15 WIB",
        "Fitri Teladani",
        "Layanan ini tidak dipungut biaya.",
        "Ani Percontohan",
    ],
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every sample as a PDF."""
    folder = tmp_path_factory.mktemp("surat")
    for kind, values in SAMPLES.items():
        (folder / f"{kind}.docx").write_bytes(fill(template(kind), values))
    print_all(folder, *(folder / f"{kind}.docx" for kind in SAMPLES))
    return folder


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_letter_fits_on_one_page_and_names_everybody(printed: Path, kind: str) -> None:
    text = text_of(printed / f"{kind}.pdf")
    assert text.count("\f") == 1
    for words in HOLDS[kind]:
        assert words in text


def test_place_and_date_stand_on_the_line_of_the_number(printed: Path) -> None:
    text = text_of(printed / "surat-balasan.pdf")
    assert "Nomor : ……… Contoh, 14 Januari 2026 Sifat : Biasa Lampiran : - Hal : Jawaban" in text
