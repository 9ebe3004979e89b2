"""The QR of a letter and the arms of the town: exchanged in place, or gone with their line."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
import zxingcpp
from docx import Document
from docx.shared import Mm
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from backoffice.letters.fill import fill
from backoffice.letters.findings import TemplateFault
from backoffice.letters.pictures import LOGO, QR
from backoffice.letters.qr import qr_png
from tests.letters.paper import blank, saved
from tests.letters.words import drawn, texts, with_pictures

ADDRESS = "https://surat.example.go.id/v/7K3M9QX2TB"


def pictures(letter: bytes) -> dict[str, tuple[bytes, int]]:
    """Alt text -> bytes and width of the pictures of a letter."""
    document = Document(BytesIO(letter))
    found = {}
    for shape in document.inline_shapes:
        relation = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        part = document.part.related_parts[relation]
        found[shape._inline.docPr.get("descr")] = (part.blob, shape.width)
    return found


def test_a_placeholder_takes_the_picture_and_keeps_its_size() -> None:
    given, arms = qr_png(ADDRESS), drawn()
    letter = fill(with_pictures(QR, LOGO), {}, {QR: given, LOGO: arms})
    assert pictures(letter) == {
        "Kode QR untuk memeriksa surat ini": (given, Mm(20)),
        "Lambang daerah": (arms, Mm(20)),
    }


def test_without_an_address_there_is_no_qr_and_no_line_about_it() -> None:
    letter = fill(with_pictures(QR), {}, {QR: None})
    assert texts(letter) == ["Akhir"]
    assert texts(fill(with_pictures(QR), {})) == ["Akhir"]


def test_any_other_picture_stays_as_it_is() -> None:
    letter = fill(with_pictures("Denah kantor"), {})
    assert pictures(letter)["Denah kantor"][0] == drawn(0)


@pytest.mark.parametrize("names", [(QR,), (QR, LOGO, QR)])
def test_a_placeholder_that_cannot_be_exchanged_is_a_fault_with_its_place(
    names: tuple[str, ...],
) -> None:
    kind = "JPEG" if len(names) == 1 else "PNG"
    template = with_pictures(*names, kind=kind)
    if kind == "PNG":  # Word keeps equal pictures once: the first and third share their bytes
        letter = fill(template, {}, {QR: qr_png(ADDRESS), LOGO: drawn()})
        assert len(texts(letter)) == 4
        return
    with pytest.raises(TemplateFault) as refused:
        fill(template, {})
    assert str(refused.value).startswith("isi surat, paragraf 1: gambar qr_verifikasi")


def test_two_names_on_one_picture_are_a_fault() -> None:
    document = blank("Contoh")
    for name in (QR, LOGO):
        picture = document.add_paragraph().add_run().add_picture(BytesIO(drawn()), Mm(20))
        picture._inline.docPr.set("descr", name)
    with pytest.raises(TemplateFault) as refused:
        fill(saved(document), {})
    assert "gambar_logo" in str(refused.value)


def test_every_picture_has_a_number_of_its_own() -> None:
    letter = fill(with_pictures("satu", "dua", QR), {}, {QR: drawn()})
    with zipfile.ZipFile(BytesIO(letter)) as package:
        assert package.testzip() is None
    numbers = [one._inline.docPr.id for one in Document(BytesIO(letter)).inline_shapes]
    assert len(set(numbers)) == len(numbers) == 3


@settings(max_examples=25, deadline=None)
@given(code=st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=14))
def test_a_reader_finds_the_address_in_the_qr(code: str) -> None:
    address = f"https://surat.example.go.id/v/{code}"
    picture = Image.open(BytesIO(qr_png(address))).convert("L")
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [address]
    assert qr_png(address) == qr_png(address)
