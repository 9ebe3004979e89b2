"""Template files that must not come in: every attack and every oversight we know, with its words.

Each is a file as somebody would upload it, and what the office clerk reads: what is wrong with it
and what to do about it in Word.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from backoffice.letters import gate
from tests.letters.words import paragraph, part, repacked, run, word_file

GOOD = word_file(paragraph("Nomor: {{nomor_surat}}"))
BODY, LINKS = "word/document.xml", "word/_rels/document.xml.rels"
SETTINGS, TYPES, CORE = "word/settings.xml", "[Content_Types].xml", "docProps/core.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BOMB = "; ".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
ANEW = "salin isinya ke dokumen Word yang baru, lalu simpan"
File = Callable[[], bytes]


def changed(name: str, old: str, new: str) -> bytes:
    """The good file with one change of text in one part."""
    before = part(GOOD, name).decode()
    assert old in before
    return repacked(GOOD, {name: before.replace(old, new, 1).encode()})


def linked(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """The good file with one more relation."""
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return changed(LINKS, "</Relationships>", relation + "</Relationships>")


def setting(xml: str) -> bytes:
    """The good file with one more setting."""
    return changed(SETTINGS, "</w:settings>", xml + "</w:settings>")


def with_part(name: str, content: bytes | str) -> bytes:
    """The good file with one more part."""
    return repacked(GOOD, {name: content.encode() if isinstance(content, str) else content})


def prologue(words: str, name: str = BODY) -> bytes:
    """The good file with something before a part's first element."""
    xml = part(GOOD, name).decode().split("?>", 1)[1]
    return with_part(name, words + xml)


def field(*pieces: str) -> str:
    """A Word field whose code lies in these runs."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    code = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    return f"<w:p >{begin}{code}{end}</w:p>"


def whole(element: str, inside: str) -> str:
    """A part of its own, e.g. a header, with this in it."""
    return f'<w:{element} xmlns:w="{WORD}">{inside}</w:{element}>'


def picture(size: tuple[int, int]) -> bytes:
    """A black PNG."""
    out = BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """More than may be inflated, by what it declares."""
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for n in range(4):
            package.writestr(f"word/media/bomb{n}.png", bytes(gate.MAX_PART + 1))
    return out.getvalue()


def liar() -> bytes:
    """A part that is a hundred times as long as it says."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(TYPES, part(GOOD, TYPES))
        package.writestr(BODY, bytes(5000))
    return packed.getvalue().replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


def many(names: list[str]) -> bytes:
    """The good file with parts of these names."""
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return out.getvalue()


def locked() -> bytes:
    """A zip whose first entry says it is encrypted."""
    data = bytearray(GOOD)
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def macro_file() -> bytes:
    """A .docm with the ending of a .docx."""
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return changed(TYPES, gate.MAIN, kind)


VML = '<w:p ><w:r><w:pict><v:imagedata {}="http://example.com/x.png"/></w:pict></w:r></w:p>'
BLIP = '<w:p ><w:r><w:drawing><a:blip r:link="rId99"/></w:drawing></w:r></w:p>'
COMMENT = whole("comments", '<w:comment w:id="0"/>')
SHELL = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"
HOSTILE: dict[str, tuple[File, str]] = {
    # Packing
    "no zip": (lambda: b"%PDF-1.7", "simpan dari Word sebagai Dokumen Word (.docx)"),
    "an old .doc, or one with a password": (
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        "hapus kata sandinya atau ubah dari .doc lama: simpan sebagai Dokumen Word (.docx)",
    ),
    "no list of parts": (lambda: repacked(GOOD, {TYPES: None}), "bukan berkas Word (.docx)"),
    "a bomb": (bomb, "isi berkas terlalu besar setelah dibuka; perkecil gambar di dalamnya"),
    "a huge part": (bomb, "bagian ini terlalu besar setelah dibuka; perkecil"),
    "a part that lies": (liar, f"rusak atau lebih besar dari yang tertulis; {ANEW}"),
    "too many parts": (
        lambda: many([f"word/x{n}.xml" for n in range(gate.MAX_PARTS)]),
        f"lebih dari 200 bagian; {ANEW}",
    ),
    "two of one name": (
        lambda: many(["word/Document.xml"]),
        f"dua bagian bernama sama; {ANEW}",
    ),
    "a way out": (lambda: with_part("../x.xml", "<x/>"), f"menunjuk ke luar berkas; {ANEW}"),
    "an absolute way": (lambda: with_part("/etc/x.xml", "<x/>"), "menunjuk ke luar berkas"),
    "a way of Windows": (lambda: with_part("word\\..\\x.xml", "<x/>"), "menunjuk ke luar berkas"),
    "encryption": (locked, "diberi kata sandi; buka kuncinya dahulu di Word"),
    "a .docm": (macro_file, "bukan dokumen Word biasa; simpan dari Word sebagai Dokumen Word"),
    "a strict one": (
        lambda: changed(LINKS, OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
        "Strict Open XML; simpan dari Word sebagai Dokumen Word (.docx) biasa",
    ),
    # XML
    "a file of the server": (
        lambda: prologue('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>'),
        "ada DOCTYPE atau ENTITY; simpan ulang berkasnya dengan Word",
    ),
    "a billion laughs": (lambda: prologue(f"<!DOCTYPE x [{BOMB}]>"), "ada DOCTYPE atau ENTITY"),
    "an entity of its own": (
        lambda: prologue('<!DOCTYPE x [<!ENTITY y "diam-diam">]>', CORE),
        "ada DOCTYPE atau ENTITY",
    ),
    "one in customXml": (
        lambda: with_part("customXml/item1.xml", '<!DOCTYPE x SYSTEM "http://x/y.dtd"><x/>'),
        "ada DOCTYPE atau ENTITY",
    ),
    "broken XML": (lambda: with_part(BODY, "<w:document>"), "bagian ini rusak; simpan ulang"),
    # From outside
    "a template elsewhere": (
        lambda: linked("attachedTemplate", "http://example.com/x.dotm"),
        "di Word ganti templat dokumennya dengan Normal",
    ),
    "a picture elsewhere": (
        lambda: repacked(
            linked("image", "http://example.com/x.png"), {BODY: part(word_file(BLIP), BODY)}
        ),
        "http://example.com/x.png; sisipkan gambarnya ke dalam naskah",
    ),
    "an old picture elsewhere": (
        lambda: word_file(VML.format("src")),
        "gambar yang diambil dari luar berkas; sisipkan ulang",
    ),
    "the same by a reference": (lambda: word_file(VML.format("r:href")), "dari luar berkas"),
    "a film elsewhere": (lambda: linked("video", "http://example.com/x"), "hapus dari naskah"),
    "a frame": (lambda: linked("frame", "http://example.com"), "http://example.com; hapus"),
    "frames of a web page": (
        lambda: with_part("word/webSettings.xml", whole("webSettings", "<w:frameset/>")),
        "pengaturan dokumen: ada bingkai halaman web; hapus dari naskah",
    ),
    "a link to a script": (
        lambda: linked("hyperlink", "javascript:alert(1)"),
        "tautan hanya boleh ke alamat http, https, atau mailto",
    ),
    "a link to a file": (lambda: linked("hyperlink", "file:///etc/passwd"), "file:///etc/passwd"),
    "a link to a share": (lambda: linked("hyperlink", r"\\server\x"), "tautan hanya boleh"),
    "another document": (lambda: linked("subDocument", "b.docx"), "mengambil sesuatu dari luar"),
    "another document within": (
        lambda: word_file('<w:p ><w:subDoc r:id="rId99"/></w:p>'),
        "ada dokumen lain yang ditautkan; salin isinya ke naskah ini",
    ),
    "a source of addresses": (
        lambda: linked("mailMergeSource", "file:///C:/data.mdb"),
        "mengambil sesuatu dari luar",
    ),
    "a mail merge": (
        lambda: setting('<w:mailMerge><w:query w:val="SELECT * FROM warga"/></w:mailMerge>'),
        "(mail merge); putuskan dahulu di Word",
    ),
    # Programs
    "macros": (lambda: with_part("word/vbaProject.bin", b"x"), "ada makro; simpan sebagai"),
    "macros by a relation": (lambda: linked("vbaProject", "v.bin", ""), "ada makro; simpan"),
    "a sheet within": (
        lambda: with_part("word/embeddings/a.xlsx", b"PK"),
        "berkas program lain yang disematkan (OLE); hapus, atau ganti dengan gambar",
    ),
    "an object": (
        lambda: word_file("<w:p ><w:r><w:object/></w:r></w:p>"),
        "disematkan (OLE); hapus, atau ganti dengan gambar",
    ),
    "an object drawn": (
        lambda: word_file(
            "<w:p ><w:r><w:pict><o:OLEObject"
            ' xmlns:o="urn:schemas-microsoft-com:office:office"/></w:pict></w:r></w:p>'
        ),
        "disematkan (OLE)",
    ),
    "a control": (
        lambda: word_file('<w:p ><w:r><w:control r:id="rId9"/></w:r></w:p>'),
        "ada kontrol ActiveX (tombol atau kotak isian); hapus dari naskah",
    ),
    "a control as a part": (
        lambda: with_part("word/activeX/activeX1.bin", b"x"),
        "ada kontrol ActiveX",
    ),
    "a chunk": (
        lambda: word_file('<w:altChunk r:id="rId99"></w:altChunk>'),
        "ada dokumen lain yang disisipkan (altChunk); salin isinya ke naskah ini",
    ),
    "an add-in": (lambda: linked("webextensiontaskpanes", "w.xml", ""), "(add-in) Office; hapus"),
    "a film of the web": (
        lambda: word_file(
            "<w:p ><w:r><w:drawing><wp15:webVideoPr"
            ' xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"'
            ' embeddedHtml="x"/></w:drawing></w:r></w:p>'
        ),
        "ada video dari internet; hapus dari naskah",
    ),
    # Fields that fetch or change
    **{
        f"the field {name}": (
            lambda name=name: word_file(field(*name, " x")),  # type: ignore[misc]
            f"kolom Word {name} tidak diizinkan; pakai {{{{isian}}}}",
        )
        for name in ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "LINK", "EMBED")
    },
    "one written simply": (
        lambda: word_file('<w:p ><w:fldSimple w:instr=" DDEAUTO c:\\\\x "/></w:p>'),
        "kolom Word DDEAUTO tidak diizinkan",
    ),
    "one in a header": (
        lambda: with_part("word/header7.xml", whole("hdr", field("INCLUDE", "PICTURE x"))),
        "kepala halaman: kolom Word INCLUDEPICTURE tidak diizinkan",
    ),
    "one in the glossary": (
        lambda: with_part("word/glossary/document.xml", whole("document", field("DDE", " x"))),
        "kolom Word DDE tidak diizinkan",
    ),
    "one in a footnote": (
        lambda: with_part("word/footnotes.xml", whole("footnotes", field("DDE x"))),
        "catatan kaki: kolom Word DDE tidak diizinkan",
    ),
    "a link as a field": (
        lambda: word_file(field(' HYPERLINK "', "file:///etc/passwd", '" ')),
        "file:///etc/passwd; tautan hanya boleh",
    ),
    "a control tied to data": (
        lambda: word_file(
            '<w:sdt ><w:sdtPr><w:dataBinding w:xpath="/x"/></w:sdtPr>'
            f"<w:sdtContent>{paragraph('{{nomor_surat}}')}</w:sdtContent></w:sdt>"
        ),
        "kontrol isi yang tersambung ke data lain; di Word pilih Hapus Kontrol Isi",
    ),
    # Pictures
    "too many points": (
        lambda: with_part("word/media/b.png", picture((6000, 4000))),
        "gambar rusak atau terlalu besar; sisipkan ulang dengan ukuran lebih kecil",
    ),
    "no picture": (lambda: with_part("word/media/a.png", b"GIF89a"), "gambar rusak"),
    "a drawing": (
        lambda: with_part("word/media/a.emf", b"x"),
        "jenis gambar ini tidak dilayani; sisipkan ulang sebagai PNG atau JPEG",
    ),
    "a part as a font": (
        lambda: changed(
            TYPES,
            "</Types>",
            '<Override PartName="/word/fonts/f1.odttf" ContentType="application/vnd.openxml'
            'formats-officedocument.wordprocessingml.header+xml"/></Types>',
        ),
        "jenis bagian ini tidak cocok dengan namanya",
    ),
    "a font that is none of Word": (lambda: with_part("word/fonts/f.ttf", b"x"), "tidak diizinkan"),
    # What Word leaves behind
    "an insertion": (
        lambda: word_file(f'<w:p ><w:ins w:id="1">{run("baru")}</w:ins></w:p>'),
        "perubahan yang terlacak; terima atau tolak semua perubahan dahulu di Word",
    ),
    "a deletion": (
        lambda: word_file(
            '<w:p ><w:del w:id="1"><w:r><w:delText>l</w:delText></w:r></w:del></w:p>'
        ),
        "perubahan yang terlacak",
    ),
    "comments": (
        lambda: with_part("word/comments.xml", COMMENT),
        "komentar: ada komentar; hapus semua komentar dahulu di Word",
    ),
    "protection": (
        lambda: setting('<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'),
        "pengaturan dokumen: dokumen dikunci; buka kunci dokumennya dahulu di Word",
    ),
    "protection from writing": (lambda: setting("<w:writeProtection/>"), "dokumen dikunci"),
    # Programs in the words
    "a shell in the body": (
        lambda: word_file(paragraph(SHELL)),
        "tidak dapat dibaca: hanya huruf, angka dan garis bawah",
    ),
    "a look into an object": (
        lambda: word_file(paragraph("{{ttd_nama.password_hash}}")),
        "isian {{ttd_nama.password_hash}} tidak dikenal",
    ),
    "a tag in a footnote": (
        lambda: footnoted("{{nomor_surat}}"),
        "isian di catatan kaki tidak dilayani; pindahkan ke isi surat",
    ),
}


def footnoted(words: str) -> bytes:
    """The good file with these words in a footnote."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    types = part(GOOD, TYPES).replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode(),
    )
    notes = whole("footnotes", f"<w:footnote><w:p>{run(words)}</w:p></w:footnote>").encode()
    links = part(linked("footnotes", "footnotes.xml", ""), LINKS)
    return repacked(GOOD, {TYPES: types, "word/footnotes.xml": notes, LINKS: links})
