"""What is given to Word is as Word wants it: nobody is asked whether to repair a letter."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import pytest

from backoffice.letters import pictures
from backoffice.letters.fill import Ready, fill, ready
from backoffice.letters.merging import Merger
from backoffice.letters.pictures import LOGO, QR
from backoffice.letters.qr import qr_png
from tests.letters import ecma
from tests.letters.placeholders import png
from tests.letters.samples import SAMPLES, template
from tests.letters.words import part, repacked

pytestmark = pytest.mark.letters
PARAF = [{"jabatan": "Sekretaris", "tanda": ""}, {"jabatan": "Kepala Bidang", "tanda": "hari ini"}]
WIDE = png(("#" * 40, "#." * 20))
ALL = {QR: qr_png("https://surat.example.go.id/v/7K3M9QX2TB"), LOGO: png(("##", "#."))}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_letter_is_as_word_wants_it(kind: str) -> None:
    values = SAMPLES[kind]
    bare = {name: [] if isinstance(value, list) else "" for name, value in values.items()}
    assert ecma.faults(template(kind)) == []
    assert ecma.faults(fill(template(kind), {**values, "paraf": PARAF}, ALL)) == []
    assert ecma.faults(fill(template(kind), bare)) == []


@pytest.mark.parametrize("kind", ["surat-balasan", "nota-dinas", "lembar-disposisi"])
def test_letters_in_one_file_are_as_word_wants_them_too(kind: str) -> None:
    out = BytesIO()
    merger = Merger(out)
    for _ in range(3):
        merger.add(fill(template(kind), {**SAMPLES[kind], "paraf": PARAF}, ALL))
    merger.close()
    assert ecma.faults(out.getvalue()) == []


@pytest.mark.parametrize("kind", ["surat-balasan", "lembar-disposisi"])
def test_the_same_letter_is_the_same_bytes_however_often_it_is_made(kind: str) -> None:
    given = (SAMPLES[kind], {**ALL, LOGO: WIDE})
    first = fill(template(kind), *given)
    ready.cache_clear()
    pictures._padded.cache_clear()
    assert fill(template(kind), *given) == first
    assert Ready(template(kind)).fill(*given) == first


@pytest.mark.long
def test_another_process_makes_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.letters.test_word_files import *;"
        "print(*(hashlib.sha256(fill(template(one), SAMPLES[one], ALL)).hexdigest() "
        "for one in SAMPLES))"
    )
    told = {
        subprocess.run(  # noqa: S603 - our own code, once more
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": os.environ["PATH"]},
            check=True, capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_what_is_checked_can_fail() -> None:
    whole = template("surat-balasan")
    for name, old, new, told in (
        ("word/document.xml", b"<w:tcPr>", b"<w:p/><w:tcPr>", "tcPr is not the first"),
        ("word/document.xml", b"</w:tc>", b"<w:tbl/></w:tc>", "end with a paragraph"),
        ("word/document.xml", b"</w:tblGrid>", b"<w:gridCol/></w:tblGrid>", "as many cells"),
        ("word/document.xml", b"<w:spacing", b"<w:jc w:val='left'/><w:spacing", "in the order"),
        ("word/document.xml", b"</w:body>", b"<w:p/></w:body>", "does not come last"),
        ("word/document.xml", b'w:pStyle w:val="', b'w:pStyle w:val="X', "is not there"),
        ("word/document.xml", b'r:id="', b'r:id="x', "is no relation"),
        ("word/document.xml", b">{{?tembusan}}", b"> {{?tembusan}}", "would be lost"),
        ("[Content_Types].xml", b"/word/styles.xml", b"/word/stiles.xml", "is not there"),
    ):
        before = part(whole, name)
        assert old in before
        said = "\n".join(ecma.faults(repacked(whole, {name: before.replace(old, new, 1)})))
        assert told in said, told
