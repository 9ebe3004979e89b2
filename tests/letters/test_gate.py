"""What must not come in with a template file: each attack is refused and named."""

from __future__ import annotations

import pytest

from backoffice.letters import gate
from backoffice.letters.findings import TemplateFault
from tests.letters.hostile import (
    BODY,
    GOOD,
    LINKS,
    SETTINGS,
    bomb,
    changed,
    liar,
    linked,
    many,
    picture,
)
from tests.letters.words import part, repacked, run, word_file


def refusal(data: bytes) -> str:
    """Why the gate refuses."""
    with pytest.raises(TemplateFault) as refused:
        gate.inspect(data)
    return str(refused.value)


def test_an_ordinary_word_file_passes() -> None:
    gate.inspect(GOOD)
    gate.inspect(linked("hyperlink", "https://example.go.id/layanan"))
    gate.inspect(word_file(f'<w:p ><w:fldSimple w:instr=" PAGE "/>{run("Isi")}</w:p>'))


def test_what_is_no_package_is_refused() -> None:
    assert "bukan berkas Word" in refusal(b"%PDF-1.7")
    assert "bukan berkas Word" in refusal(repacked(GOOD, {"[Content_Types].xml": None}))


def test_a_file_that_is_too_big_is_refused_before_it_is_opened() -> None:
    assert "lebih besar dari 5 MB" in refusal(b"PK" + bytes(gate.MAX_FILE))


def test_a_zip_bomb_is_refused_by_what_it_declares() -> None:
    data = bomb()
    assert len(data) < 200_000
    reason = refusal(data)
    assert "isi berkas terlalu besar setelah dibuka" in reason
    assert "gambar bomb3.png: bagian ini terlalu besar" in reason


def test_a_part_that_lies_about_its_length_is_refused() -> None:
    assert "isi surat: bagian ini rusak atau lebih besar dari yang tertulis" in refusal(liar())


def test_too_many_parts_and_two_of_one_name_are_refused() -> None:
    said = refusal(many([*(f"word/x{n}.xml" for n in range(gate.MAX_PARTS)), "word/X0.xml"]))
    assert "lebih dari 200 bagian" in said
    assert "dua bagian bernama sama" in said


def test_a_part_outside_the_package_and_a_password_are_refused() -> None:
    assert "menunjuk ke luar" in refusal(repacked(GOOD, {"../x.xml": b"<x/>"}))
    data = bytearray(GOOD)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "kata sandi" in refusal(bytes(data))


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        "<!doctype x>",
    ],
)
def test_a_document_type_is_refused_in_any_encoding(prologue: str) -> None:
    xml = part(GOOD, BODY).decode().split("?>", 1)[1]
    assert "DOCTYPE" in refusal(repacked(GOOD, {BODY: (prologue + xml).encode()}))
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{prologue}{xml}'.encode("utf-16")
    assert "DOCTYPE" in refusal(repacked(GOOD, {BODY: wide}))


def test_broken_xml_is_refused() -> None:
    assert "bagian ini rusak" in refusal(repacked(GOOD, {BODY: b"<w:document>"}))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://example.com/x.dotm"),
        ("image", "http://example.com/x.png"),
        ("hyperlink", "file:///etc/passwd"),
        ("hyperlink", r"\\server\share"),
        ("frame", "http://example.com"),
    ],
)
def test_whatever_is_fetched_from_outside_is_refused(kind: str, target: str) -> None:
    assert f"mengambil sesuatu dari luar: {target}" in refusal(linked(kind, target))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("vbaProject", "ada makro; simpan sebagai Dokumen Word (.docx) tanpa makro"),
        ("ui/extensibility", "ada makro"),
        ("oleObject", "berkas program lain yang disematkan (OLE); hapus, atau ganti"),
        ("package", "berkas program lain yang disematkan (OLE)"),
        ("control", "ada kontrol ActiveX"),
        ("aFChunk", "dokumen lain yang disisipkan (altChunk); salin isinya ke naskah ini"),
        ("subDocument", "dokumen lain yang ditautkan"),
        ("mailMergeSource", "sumber data surat massal"),
        ("attachedTemplate", "ganti dengan Normal"),
        ("webextensiontaskpanes", "program tambahan (add-in)"),
    ],
)
def test_whatever_is_embedded_is_refused_with_what_to_do(kind: str, reason: str) -> None:
    said = refusal(linked(kind, "x.xml", mode=""))
    assert said.startswith("isi surat: ")
    assert reason in said


@pytest.mark.parametrize(
    "kind",
    [
        *("theme", "stylesWithEffects", "glossaryDocument", "commentsExtensible", "people"),
        *("customXml", "fontTable", "font", "webSettings", "footnotes"),
    ],
)
def test_what_word_itself_puts_beside_a_text_passes(kind: str) -> None:
    gate.inspect(linked(kind, "x.xml", mode=""))


def test_relations_are_read_however_their_file_is_spelled() -> None:
    relations = part(linked("image", "http://example.com/x.png"), LINKS)
    spelled = {LINKS: None, "word/_rels/document.xml.RELS": relations}
    assert "mengambil sesuatu dari luar: http://example.com/x.png" in refusal(
        repacked(GOOD, spelled)
    )


def test_macros_are_refused_by_part_and_by_content_type() -> None:
    assert "word/vbaProject.bin: ada makro" in refusal(
        repacked(GOOD, {"word/vbaProject.bin": b"x"})
    )
    macro = changed(
        "[Content_Types].xml", gate.MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert "bukan dokumen Word biasa" in refusal(macro)


@pytest.mark.parametrize("name", ["DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "MERGEFIELD", "DATE"])
def test_a_word_field_that_fetches_or_changes_is_refused_however_it_is_cut(name: str) -> None:
    half = len(name) // 2
    cut = "".join(
        f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in (name[:half], name[half:], " x")
    )
    field = f'<w:fldChar w:fldCharType="begin"/>{cut}<w:fldChar w:fldCharType="end"/>'
    assert f"kolom Word {name} tidak diizinkan" in refusal(word_file(f"<w:p >{field}</w:p>"))
    simple = f'<w:p ><w:fldSimple w:instr=" {name} x"/></w:p>'
    assert f"kolom Word {name} tidak diizinkan" in refusal(word_file(simple))


@pytest.mark.parametrize("target", ["file:///etc/passwd", r"\\\\server\\share", "x.docx"])
def test_a_link_written_as_a_field_leads_nowhere_else_than_a_link(target: str) -> None:
    def field(code: str) -> bytes:
        cut = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in code)
        begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
        return word_file(f"<w:p >{begin}{cut}{end}</w:p>")

    gate.inspect(field(' HYPERLINK "https://example.go.id" \\o "Laman" '))
    gate.inspect(field(' HYPERLINK \\l "bab_1" '))
    said = refusal(field(f' HYPERLINK \\o "Laman" "{target}" '))
    assert f"mengambil sesuatu dari luar: {target}" in said


def test_a_field_whose_name_another_field_would_make_is_refused() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    page = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    block = f"<w:p >{begin}{begin}{page}{end}{end}</w:p>"
    assert "kolom Word tanpa nama tidak diizinkan" in refusal(word_file(block))


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("<w:p ><w:r><w:object/></w:r></w:p>", "disematkan (OLE)"),
        ("<w:altChunk ></w:altChunk>", "dokumen lain yang disisipkan"),
        (
            '<w:p ><w:r><w:pict><v:imagedata src="http://x/y.png"/></w:pict></w:r></w:p>',
            "dari luar",
        ),
    ],
)
def test_foreign_content_in_the_text_is_refused(block: str, reason: str) -> None:
    assert reason in refusal(word_file(block))


def test_a_locked_document_is_refused() -> None:
    locked = changed(SETTINGS, "</w:settings>", '<w:documentProtection w:edit="x"/></w:settings>')
    assert "pengaturan dokumen: dokumen dikunci; buka kunci" in refusal(locked)
    for_reading = changed(SETTINGS, "</w:settings>", "<w:writeProtection/></w:settings>")
    assert "dokumen dikunci" in refusal(for_reading)


def test_a_document_that_was_unlocked_again_passes() -> None:
    off = '<w:documentProtection w:edit="readOnly" w:enforcement="0"/></w:settings>'
    gate.inspect(changed(SETTINGS, "</w:settings>", off))


@pytest.mark.parametrize(
    "block",
    [
        f'<w:p ><w:ins w:id="1" w:author="A">{run("baru")}</w:ins></w:p>',
        '<w:p ><w:del w:id="1"><w:r><w:delText>lama</w:delText></w:r></w:del></w:p>',
        f'<w:p ><w:moveTo w:id="1">{run("pindah")}</w:moveTo></w:p>',
        '<w:p ><w:r><w:rPr><w:rPrChange w:id="1"><w:rPr/></w:rPrChange></w:rPr></w:r></w:p>',
    ],
)
def test_tracked_changes_are_refused_with_advice(block: str) -> None:
    said = "isi surat: ada perubahan yang terlacak; terima atau tolak semua perubahan dahulu"
    assert said in refusal(word_file(block))


def test_comments_are_refused_with_advice() -> None:
    xmlns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comments = f'<w:comments xmlns:w="{xmlns}"><w:comment w:id="0"/></w:comments>'
    said = refusal(repacked(GOOD, {"word/comments.xml": comments.encode()}))
    assert said == "komentar: ada komentar; hapus semua komentar dahulu di Word"


@pytest.mark.parametrize(
    ("name", "kind"), [("header9.odttf", "header+xml"), ("media/a.png", "footer+xml")]
)
def test_a_part_is_not_passed_off_as_a_font_or_a_picture(name: str, kind: str) -> None:
    whole = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}"
    disguised = f'<Override PartName="/word/{name}" ContentType="{whole}"/></Types>'
    assert "jenis bagian ini tidak cocok dengan namanya" in refusal(
        changed("[Content_Types].xml", "</Types>", disguised)
    )


def test_a_picture_must_be_the_picture_its_name_says_and_not_too_large() -> None:
    small, large = (picture(size) for size in ((3, 3), (6000, 4000)))
    gate.inspect(repacked(GOOD, {"word/media/a.png": small}))
    for name, data in {"a.png": b"GIF89a", "a.jpg": small, "b.png": large}.items():
        reason = refusal(repacked(GOOD, {f"word/media/{name}": data}))
        assert reason.startswith(f"gambar {name}: gambar rusak atau terlalu besar; sisipkan ulang")
    assert "gambar a.emf: jenis gambar ini tidak dilayani; sisipkan ulang sebagai PNG" in refusal(
        repacked(GOOD, {"word/media/a.emf": b"x"})
    )
