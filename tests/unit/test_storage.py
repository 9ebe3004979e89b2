"""The gate of attachments, tried with real files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from backoffice import pictures, storage
from backoffice.errors import Incomplete

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def stored(folder: Path, name: str, data: bytes, **limits: int) -> storage.Stored:
    return storage.store(folder, name, io.BytesIO(data), storage.Limits(**limits))


def refusal(folder: Path, data: bytes, name: str = "berkas.pdf", **limits: int) -> str:
    with pytest.raises(Incomplete) as refused:
        stored(folder, name, data, **limits)
    assert list(folder.rglob("*")) == []
    return refused.value.fields["attachment"]


def photo(width: int, height: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A phone's photo: lying on its side, with the place where it was taken."""
    picture = Image.linear_gradient("L").resize((width, height)).convert(mode)
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was held upright
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 41.0, 30.0), 3: "E", 4: (128.0, 10.0, 0.0)})
    exif[0x010F] = "KameraPonsel"
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def word(text: str = "Surat pengantar") -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_pdf_is_kept_under_its_own_hash(tmp_path: Path) -> None:
    kept = stored(tmp_path, "KTP Siti.pdf", PDF)

    assert kept.name == "KTP Siti.pdf"
    assert (kept.content_type, kept.size) == ("application/pdf", len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert storage.path(tmp_path, kept.sha256).read_bytes() == PDF


def test_the_same_file_twice_lies_there_once(tmp_path: Path) -> None:
    first, second = stored(tmp_path, "a.pdf", PDF), stored(tmp_path, "b.pdf", PDF)

    assert first.sha256 == second.sha256
    assert [one.name for one in tmp_path.rglob("*") if one.is_file()] == [first.sha256]


def test_word_and_excel_files_pass(tmp_path: Path) -> None:
    sheet = io.BytesIO()
    openpyxl.Workbook().save(sheet)

    assert stored(tmp_path, "surat.doc", word()).name == "surat.docx"
    assert stored(tmp_path, "data", sheet.getvalue()).name == "data.xlsx"


def test_a_photo_comes_out_upright_smaller_and_without_its_place(tmp_path: Path) -> None:
    kept = stored(tmp_path, "IMG_0001.HEIC", photo(4000, 3000))
    data = storage.path(tmp_path, kept.sha256).read_bytes()

    assert (kept.name, kept.content_type) == ("IMG_0001.jpg", "image/jpeg")
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1800, 2400)
        assert not picture.getexif()
    assert b"KameraPonsel" not in data


def test_a_script_behind_a_picture_does_not_come_along(tmp_path: Path) -> None:
    kept = stored(tmp_path, "foto.jpg", photo(80, 60) + b"<script>alert(1)</script>")

    assert b"<script" not in storage.path(tmp_path, kept.sha256).read_bytes()


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA")])
def test_a_drawing_stays_without_loss(tmp_path: Path, kind: str, mode: str) -> None:
    kept = stored(tmp_path, "denah.x", photo(80, 60, kind, mode))

    assert (kept.name, kept.content_type) == ("denah.png", "image/png")
    assert b"KameraPonsel" not in storage.path(tmp_path, kept.sha256).read_bytes()


def test_a_picture_from_a_messenger_is_kept_as_a_photo(tmp_path: Path) -> None:
    assert stored(tmp_path, "WA0001.webp", photo(80, 60, "WEBP")).name == "WA0001.jpg"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"") == "attachment_empty"


@pytest.mark.parametrize(
    "data", [b"<html><script>", b"MZ\x90\x00", b"GIF89a", b"#!/bin/sh", b"PDF"]
)
def test_another_kind_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data, "surat.pdf") == "attachment_type"


def test_a_plain_archive_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/readme.txt", "halo")

    assert refusal(tmp_path, out.getvalue()) == "attachment_type"


def test_a_file_over_the_limit_is_refused_and_a_photo_has_a_limit_of_its_own(
    tmp_path: Path,
) -> None:
    picture = photo(400, 300)

    assert refusal(tmp_path, PDF, size=len(PDF) - 1, picture=10) == "attachment_too_big"
    assert refusal(tmp_path, picture, size=10, picture=len(picture) - 1) == "attachment_too_big"
    assert stored(tmp_path, "f.jpg", picture, size=10, picture=len(picture)).size > 0


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/activeX/activeX1.xml"])
def test_a_macro_is_refused(tmp_path: Path, part: str) -> None:
    assert refusal(tmp_path, with_part(word(), part, b"Sub AutoOpen")) == "attachment_macro"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = with_part(word(), "word/media/image1.bmp", bytes(30_000_000))

    assert refusal(tmp_path, bomb) == "attachment_bomb"


def test_a_picture_of_too_many_dots_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 999)

    assert refusal(tmp_path, photo(40, 25, "PNG")) == "attachment_bomb"


@pytest.mark.parametrize("data", [PDF[:20], photo(400, 300)[:900], word()[:900]])
def test_a_file_cut_off_on_the_way_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(tmp_path, data) == "attachment_damaged"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\ani\KTP.pdf", "KTP.pdf"),
        ("surat\r\nSet-Cookie: a.pdf", "suratSet-Cookie_ a.pdf"),
        ("foto\u202egpj.exe", "fotogpj.pdf"),
        ("", "lampiran.pdf"),
        ("...", "lampiran.pdf"),
        ("con.pdf", "_con.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_keeps_no_path_and_no_trick(given: str, kept: str) -> None:
    assert storage.safe_name(given, ".pdf") == kept


def test_a_hash_with_a_path_in_it_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sha256"):
        storage.path(tmp_path, "../" * 20 + "etc/passwd")


def test_what_was_drafted_is_kept_under_its_hash_and_else_is_gone(tmp_path: Path) -> None:
    with storage.draft(tmp_path) as kept, storage.draft(tmp_path) as dropped:
        kept.write(PDF * 1000)
        dropped.write(PDF)
        digest, size = storage.adopt(tmp_path, kept)
    assert (digest, size) == (hashlib.sha256(PDF * 1000).hexdigest(), len(PDF) * 1000)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [storage.path(tmp_path, digest)]
