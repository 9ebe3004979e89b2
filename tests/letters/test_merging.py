"""Many letters in one file: each as it is alone, on pages of its own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from backoffice.letters.drafting import DRAFTED
from backoffice.letters.fill import fill
from backoffice.letters.merging import CannotMerge, Merger, family
from backoffice.letters.pictures import QR
from backoffice.letters.qr import qr_png
from tests.letters.printing import print_all, program, run, text_of
from tests.letters.samples import SAMPLES, template

pytestmark = pytest.mark.letters
ADDRESS = "https://surat.example.go.id/v/{:010}"
KINDS = (*DRAFTED, "tanda-terima", "form-penerimaan-layanan")


def letter(kind: str, n: int) -> bytes:
    """The n-th letter of a kind, with its own number and QR code."""
    values = {**SAMPLES[kind], "nomor_surat": f"005/{n}/Umum", "nomor_berkas": f"ADU-{n}"}
    return fill(template(kind), values, {QR: qr_png(ADDRESS.format(n))})


def merged(letters: Iterable[bytes]) -> bytes:
    """All of them in one file."""
    target = BytesIO()
    merger = Merger(target)
    for one in letters:
        merger.add(one)
    merger.close()
    return target.getvalue()


def word(*paragraphs: str, style: str | None = None) -> Any:
    """A Word file of these paragraphs."""
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one, style=style)
    return document


def saved(document: Any) -> bytes:
    """Its bytes."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def parts(data: bytes, folder: str = "word/") -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {one: package.read(one) for one in names if one.startswith(folder)}


def words_of(element: Any) -> list[str]:
    """Its paragraphs with their texts, but for what only ends a section."""
    return [
        "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
        for paragraph in element.iter(qn("w:p"))
    ]


def letters_in(data: bytes) -> Iterator[tuple[list[str], list[list[str]], list[bytes]]]:
    """Of each section the words of its body and of its headers and footers, and their pictures."""
    document = Document(BytesIO(data))
    body: list[str] = []
    at = 0
    for block in document.element.body:
        if block.tag != qn("w:sectPr"):
            body += words_of(block)
        if block.tag == qn("w:sectPr") or block.find(f".//{qn('w:sectPr')}") is not None:
            edges, pictures = _edges(document.sections[at])
            yield body, edges, pictures
            body, at = [], at + 1


def _edges(section: Any) -> tuple[list[list[str]], list[bytes]]:
    named = (section.first_page_header, section.first_page_footer, section.header, section.footer)
    edges, pictures = [], []
    for one in named:
        if not one.is_linked_to_previous:
            edges.append(words_of(one._element))
            related = one.part.rels.values()
            pictures += [rel.target_part.blob for rel in related if rel.reltype.endswith("image")]
    return edges, pictures


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_says_what_it_says_alone(kind: str) -> None:
    alone = [letter(kind, n) for n in (1, 2, 3)]
    assert len({family(one) for one in alone}) == 1
    together = list(letters_in(merged(alone)))
    assert together == [one for single in alone for one in letters_in(single)]
    assert len(together) == 3


def test_no_identity_is_there_twice() -> None:
    found = parts(merged(letter("surat-balasan", n) for n in range(4)))
    drawings, marks = [], []
    for data in (data for name, data in found.items() if name.endswith(".xml")):
        root = etree.fromstring(data)
        drawings += [one.get("id") for one in root.iter(qn("wp:docPr"))]
        marks += [one.get(qn("w:id")) for one in root.iter(qn("w:bookmarkStart"))]
        assert b"paraId" not in data
        assert b"anchorId" not in data
    assert len(drawings) == len(set(drawings)) == 4  # of each letter its code; nobody has a logo
    assert len(marks) == len(set(marks))
    assert sum(name.startswith("word/header") for name in found) == 2  # the kop is the same


def test_bookmarks_and_what_leads_to_them_are_each_letter_s_own() -> None:
    document = word("Lihat lampiran")
    paragraph = document.paragraphs[0]._p
    mark = {qn("w:id"): "0", qn("w:name"): "lampiran"}
    paragraph.insert(0, etree.Element(qn("w:bookmarkStart"), mark))
    paragraph.append(etree.Element(qn("w:bookmarkEnd"), {qn("w:id"): "0"}))
    etree.SubElement(paragraph, qn("w:hyperlink"), {qn("w:anchor"): "lampiran"})
    field = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:instrText"))
    field.text = " REF lampiran \\h "
    body = Document(BytesIO(merged([saved(document)] * 2))).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(set(names)) == len(set(numbers)) == 2
    assert [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkEnd"))] == numbers
    assert [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))] == names
    assert [one.text.split()[1] for one in body.iter(qn("w:instrText"))] == names


@pytest.mark.parametrize("style", ["List Number", None])
def test_lists_begin_anew_in_every_letter(style: str | None) -> None:
    document = word("KTP-el", "KK", style="List Number")
    if style is None:  # the paragraphs name their list themselves
        for one in document.paragraphs:
            properties = one._p.get_or_add_pPr()
            properties.get_or_add_numPr().get_or_add_numId().val = 1
            properties.style = None
    found = parts(merged([saved(document)] * 3))
    body = etree.fromstring(found["word/document.xml"])
    numbering = etree.fromstring(found["word/numbering.xml"])
    used = [one.get(qn("w:val")) for one in body.iter(qn("w:numId"))]
    own = used[-4:]  # of the second and third letter
    assert own[0] == own[1] != own[2] == own[3]
    forms = {
        one.get(qn("w:numId")): one.find(qn("w:abstractNumId")).get(qn("w:val"))
        for one in numbering.iter(qn("w:num"))
    }
    assert len({forms[own[0]], forms[own[2]], *list(forms.values())[:1]}) == 3
    tags = [one.tag for one in numbering]
    assert tags == sorted(tags, key=lambda tag: tag == qn("w:num"))  # forms, then lists
    assert len(forms) == len(numbering.findall(qn("w:num")))


def test_pages_are_counted_in_each_letter() -> None:
    document = word("Isi")
    footer = document.sections[0].footer.paragraphs[0]._p
    etree.SubElement(footer, qn("w:fldSimple"), {qn("w:instr"): " NUMPAGES "})
    found = parts(merged([saved(document)] * 2))
    root = etree.fromstring(found["word/document.xml"])
    starts = [one.get(qn("w:start")) for one in root.iter(qn("w:pgNumType"))]
    kinds = [one.get(qn("w:val")) for one in root.iter(qn("w:type"))]
    assert (starts, kinds) == (["1", "1"], ["nextPage", "nextPage"])
    assert b"SECTIONPAGES" in found["word/footer1.xml"]
    order = [etree.QName(one).localname for one in root.find(f".//{qn('w:sectPr')}")]
    wanted = ["footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "docGrid"]
    assert order == [one for one in wanted if one in order]


def test_a_letter_that_ends_with_a_table_is_ended_by_a_line_without_height() -> None:
    document = word("Daftar")
    document.add_table(1, 1).cell(0, 0).text = "baris"
    body = Document(BytesIO(merged([saved(document)] * 2))).element.body
    blocks = [etree.QName(one).localname for one in body]
    assert blocks == ["p", "tbl", "p", "p", "tbl", "sectPr"]
    spacing = body[2].find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("20", "exact")


def test_a_page_without_header_takes_none_from_the_letter_before() -> None:
    document = word("Halaman satu")
    second = document.add_section()
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "Lampiran"
    document.add_paragraph("Halaman dua")
    sections = Document(BytesIO(merged([saved(document)] * 2))).sections
    heads = [[one.text for one in section.header.paragraphs] for section in sections]
    assert heads == [[""], ["Lampiran"], [""], ["Lampiran"]]


def test_letters_of_different_templates_are_no_family() -> None:
    one, other = letter("surat-balasan", 1), saved(word("Surat lain"))
    assert family(one) != family(other)
    assert family(one) == family(letter("surat-balasan", 2))


def test_footnotes_keep_a_letter_out_of_the_file() -> None:
    document = word("Isi")
    etree.SubElement(document.paragraphs[0]._p.add_r(), qn("w:footnoteReference"))
    good = letter("surat-balasan", 1)
    target = BytesIO()
    merger = Merger(target)
    merger.add(good)
    with pytest.raises(CannotMerge):
        merger.add(saved(document))
    merger.add(good)
    merger.close()
    assert len(list(letters_in(target.getvalue()))) == merger.count == 2


def test_the_same_letters_make_the_same_file() -> None:
    first, second = (merged(letter("surat-balasan", n) for n in range(3)) for _ in "ab")
    assert first == second


@pytest.mark.long
@pytest.mark.slow
def test_printed_together_they_are_what_they_are_alone(tmp_path: Path) -> None:
    many = {kind: [letter(kind, n) for n in range(1, 6)] for kind in KINDS}
    numbered = saved(word("KTP-el", "KK", style="List Number"))
    many["daftar"] = [numbered] * 3
    files = []
    for kind, letters in many.items():
        files.append(tmp_path / f"{kind}.docx")
        files[-1].write_bytes(merged(letters))
        for n, one in enumerate(letters):
            files.append(tmp_path / f"{kind}-{n}.docx")
            files[-1].write_bytes(one)
    print_all(tmp_path, *files)
    for kind, letters in many.items():
        alone = [text_of(tmp_path / f"{kind}-{n}.pdf") for n in range(len(letters))]
        assert text_of(tmp_path / f"{kind}.pdf") == "".join(alone), kind
    assert text_of(tmp_path / "daftar.pdf").count("1. KTP-el 2. KK") == 3
    pictures = program("pdftoppm", "poppler-utils"), "-r", "150", "-png"
    run(*pictures, str(tmp_path / "surat-balasan.pdf"), str(tmp_path / "halaman"))
    pages = sorted(tmp_path.glob("halaman-*.png"))
    codes = [zxingcpp.read_barcodes(Image.open(one))[0].text for one in pages]
    assert codes == [ADDRESS.format(n) for n in range(1, 6)]
