"""What a letter has no use for in a Word file, and what an office clerk is told to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .tags import W

ALLOWED = "hanya teks dan gambar PNG, JPEG, atau GIF yang boleh"
MACRO = "ada makro; simpan sebagai Dokumen Word (.docx) tanpa makro"
ACTIVEX = "ada kontrol ActiveX (tombol atau kotak isian); hapus dari naskah"
EMBEDDED = "ada berkas program lain yang disematkan (OLE); hapus, atau ganti dengan gambar"
INSERTED = "ada dokumen lain yang disisipkan (altChunk); salin isinya ke naskah ini"
MAIL_MERGE = "ada sambungan ke sumber data surat massal (mail merge); putuskan dahulu di Word"
WEB_FRAME = "ada bingkai halaman web; hapus dari naskah"
ADD_IN = "ada program tambahan (add-in) Office; hapus dari naskah"
BOUND = "ada kontrol isi yang tersambung ke data lain; di Word pilih Hapus Kontrol Isi"
NO_WORD_FILE = "berkas ini bukan berkas Word (.docx); simpan dari Word sebagai Dokumen Word (.docx)"
OLD_OR_LOCKED = (
    "berkas ini tidak dapat dibaca; hapus kata sandinya atau ubah dari .doc lama: simpan sebagai "
    "Dokumen Word (.docx)"
)
OTHER_KIND = (
    "berkas ini bukan dokumen Word biasa; simpan dari Word sebagai Dokumen Word (.docx) tanpa makro"
)
STRICT = (
    "berkas disimpan sebagai Strict Open XML; simpan dari Word sebagai Dokumen Word (.docx) biasa"
)
ANEW = "salin isinya ke dokumen Word yang baru, lalu simpan"
SMALLER = "perkecil gambar di dalamnya"
PROTECTION = "dokumen dikunci; buka kunci dokumennya dahulu di Word"
TRACKED = "ada perubahan yang terlacak; terima atau tolak semua perubahan dahulu di Word"
# Parts and relations by a piece of their type or name, each with its sentence.
FOREIGN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), message)
    for words, message in (
        (r"vba|macro|attachedtoolbars|keymap|extensibility", MACRO),
        (r"activex|control", ACTIVEX),
        (r"ole|embed|^package$|\.sheet|\.presentation", EMBEDDED),
        (r"afchunk", INSERTED),
        (r"subdocument", "ada dokumen lain yang ditautkan; salin isinya ke naskah ini"),
        (r"mailmerge", MAIL_MERGE),
        (r"attachedtemplate", "naskah menempel pada templat lain; ganti dengan Normal di Word"),
        (r"^frame$", WEB_FRAME),
        (r"webext", ADD_IN),
    )
)
FOREIGN_TAGS: Mapping[str, str] = {
    W + "writeProtection": PROTECTION,
    W + "altChunk": INSERTED,
    W + "object": EMBEDDED,
    W + "control": ACTIVEX,
    W + "subDoc": "ada dokumen lain yang ditautkan; salin isinya ke naskah ini",
    W + "frameset": WEB_FRAME,
    W + "mailMerge": MAIL_MERGE,
    W + "dataBinding": BOUND,  # Word would show the data, not what was filled in
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding": BOUND,
    "{urn:schemas-microsoft-com:office:office}OLEObject": EMBEDDED,
    "{http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing}webVideoPr": (
        "ada video dari internet; hapus dari naskah"
    ),
    W + "comment": "ada komentar; hapus semua komentar dahulu di Word",
}
# What would be printed as a revision: text put in, taken out, moved or formatted anew.
CHANGES = tuple(
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
        *("sectPrChange", "numberingChange"),
    )
)
VECTORS = (".emf", ".wmf", ".emz", ".wmz", ".svg", ".bmp", ".tif", ".tiff", ".webp")
# The parts of a Word file as an author knows them.
PLACES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), place)
    for words, place in (
        (r"(?:^|/)document\d*\.xml(?:\.rels)?$", "isi surat"),
        (r"(?:^|/)header\d*\.xml(?:\.rels)?$", "kepala halaman"),
        (r"(?:^|/)footer\d*\.xml(?:\.rels)?$", "kaki halaman"),
        (r"(?:^|/)(?:foot|end)notes\.xml(?:\.rels)?$", "catatan kaki"),
        (r"(?:^|/)comments\w*\.xml(?:\.rels)?$", "komentar"),
        (r"(?:^|/)(?:web)?settings\.xml(?:\.rels)?$", "pengaturan dokumen"),
    )
)
PICTURE = re.compile(r"(?:^|/)media/([^/]+)$", re.IGNORECASE)


def place_of_part(name: str) -> str:
    """A part of the package in the words of whoever wrote the letter, or its bare name."""
    picture = PICTURE.search(name)
    if picture:
        return f"gambar {picture[1]}"
    return next((place for words, place in PLACES if words.search(name)), name.lstrip("/"))


def about_part(name: str) -> str:
    """What is said of a part that may not come along, by its name or its content type."""
    if name.lower().endswith(VECTORS):
        return "jenis gambar ini tidak dilayani; sisipkan ulang sebagai PNG atau JPEG"
    return about_relation(name) or f"ada bagian yang tidak diizinkan; {ALLOWED}"


def about_relation(kind: str) -> str:
    """What is said of such a relation to another part; empty where a letter may have it."""
    return next((message for words, message in FOREIGN if words.search(kind)), "")


def about_outside(kind: str, target: str) -> str:
    """What is said of something that would be fetched, or opened, from outside the file."""
    advice = {
        "attachedTemplate": "di Word ganti templat dokumennya dengan Normal",
        "hyperlink": "tautan hanya boleh ke alamat http, https, atau mailto",
        "image": "sisipkan gambarnya ke dalam naskah",
    }.get(kind, "hapus dari naskah")
    return f"naskah mengambil sesuatu dari luar: {target}; {advice}"
