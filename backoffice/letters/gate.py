"""The gate for template files: what must not stand in a Word file that letters are made from.

It looks before python-docx does, refuses before it inflates, and names every fault at once.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import PurePosixPath

from lxml import etree
from PIL import Image

from .findings import Finding, TemplateFault
from .foreign import (
    ALLOWED,
    ANEW,
    CHANGES,
    FOREIGN_TAGS,
    NO_WORD_FILE,
    OLD_OR_LOCKED,
    OTHER_KIND,
    PROTECTION,
    SMALLER,
    STRICT,
    TRACKED,
    about_outside,
    about_part,
    about_relation,
    place_of_part,
)
from .tags import W

MEBIBYTE = 1024 * 1024
MAX_FILE, MAX_TOTAL, MAX_PART, MAX_PARTS = 5 * MEBIBYTE, 30 * MEBIBYTE, 10 * MEBIBYTE, 200
MAX_PIXELS = 20_000_000
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # how .doc begins, and a .docx with a password
KINDS_OF_PARTS = frozenset({".xml", ".rels", ".odttf", ".png", ".jpg", ".jpeg", ".gif"})
# What is not read as XML must not be declared to be XML, or Word would read what we did not.
OPAQUE: Mapping[str, frozenset[str]] = {
    ".odttf": frozenset({"application/vnd.openxmlformats-officedocument.obfuscatedfont"}),
    ".png": frozenset({"image/png"}),
    ".jpg": frozenset({"image/jpeg", "image/jpg"}),
    ".jpeg": frozenset({"image/jpeg", "image/jpg"}),
    ".gif": frozenset({"image/gif"}),
}
LINKS = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)
# Fields that show something of the letter itself; DATE would change after the signature.
WORDS = re.compile(r'"[^"]*"|\S+')
WITH_WORD = ("\\l", "\\o", "\\s", "\\t")  # switches of HYPERLINK that are followed by a word
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "HYPERLINK", "REF", "PAGEREF"})
PICTURES: Mapping[str, str] = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF"}
BIG_PICTURE = "gambar rusak atau terlalu besar; sisipkan ulang dengan ukuran lebih kecil"
BAD_PICTURE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombWarning,
    Image.DecompressionBombError,
)


def inspect(data: bytes) -> None:
    """Refuse with every fault of the file; TemplateFault. What passes may be compiled."""
    found = findings(data)
    if found:
        raise TemplateFault(found)


def findings(data: bytes) -> tuple[Finding, ...]:
    """Every fault of the file; one that is not `readable` forbids to read the rest of it."""
    return tuple(_findings(data))


def _closed(place: str, message: str) -> Finding:
    return Finding(place, message, readable=False)


def _findings(data: bytes) -> Iterator[Finding]:
    if len(data) > MAX_FILE:
        yield _closed("berkas", f"berkas lebih besar dari 5 MB; {SMALLER}")
        return
    if data.startswith(COMPOUND):
        yield _closed("berkas", OLD_OR_LOCKED)
        return
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield _closed("berkas", NO_WORD_FILE)
        return
    with archive:
        declared = tuple(_packing(archive))
        yield from declared
        if not declared:
            yield from _contents(archive)


def _packing(archive: zipfile.ZipFile) -> Iterator[Finding]:
    """What the list of contents says, before a single byte is inflated."""
    entries = archive.infolist()
    names = [one.filename.lower() for one in entries]
    if len(entries) > MAX_PARTS:
        yield _closed("berkas", f"berkas berisi lebih dari {MAX_PARTS} bagian; {ANEW}")
    if sum(one.file_size for one in entries) > MAX_TOTAL:
        yield _closed("berkas", f"isi berkas terlalu besar setelah dibuka; {SMALLER}")
    if len(set(names)) < len(names):
        yield _closed("berkas", f"berkas berisi dua bagian bernama sama; {ANEW}")
    for one in entries:
        parts = PurePosixPath(one.filename).parts
        place = place_of_part(one.filename)
        if one.file_size > MAX_PART:
            yield _closed(place, f"bagian ini terlalu besar setelah dibuka; {SMALLER}")
        if one.flag_bits & 0x1:
            yield _closed("berkas", "berkas diberi kata sandi; buka kuncinya dahulu di Word")
        if ".." in parts or "\\" in one.filename or one.filename.startswith("/"):
            yield _closed(place, f"nama bagian menunjuk ke luar berkas; {ANEW}")


def _contents(archive: zipfile.ZipFile) -> Iterator[Finding]:
    for one in archive.infolist():
        data, place = _read(archive, one), place_of_part(one.filename)
        if data is None:
            yield _closed(place, f"bagian ini rusak atau lebih besar dari yang tertulis; {ANEW}")
            continue
        kind = "." + one.filename.lower().rsplit(".", 1)[-1]
        if kind in PICTURES:
            yield from _picture(place, data, PICTURES[kind])
        elif kind in (".xml", ".rels"):
            yield from _xml(one.filename, data)
        elif kind not in KINDS_OF_PARTS and not one.is_dir():
            yield Finding(place, about_part(one.filename))
    if "[Content_Types].xml" not in archive.namelist():
        yield _closed("berkas", NO_WORD_FILE)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a part, or none where it is broken or longer than it says it is."""
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return None
    return data if len(data) == entry.file_size else None


def _xml(name: str, data: bytes) -> Iterator[Finding]:
    place = place_of_part(name)
    # UTF-16 hides the words between NUL bytes; without them they stand there plainly.
    plain = data.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        yield _closed(place, "ada DOCTYPE atau ENTITY; simpan ulang berkasnya dengan Word")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        yield _closed(place, "bagian ini rusak; simpan ulang berkasnya dengan Word")
        return
    if name == "[Content_Types].xml":
        yield from _content_types(root)
    elif name.lower().endswith(".rels"):
        yield from _relations(place, root)
    else:
        yield from _markup(place, root)


def _content_types(root: etree._Element) -> Iterator[Finding]:
    kinds = [
        (one.get("PartName") or "." + one.get("Extension", ""), one.get("ContentType", ""))
        for one in root
    ]
    main = [kind for _, kind in kinds if kind.lower().endswith(".main+xml")]
    if main != [MAIN]:
        yield _closed("berkas", OTHER_KIND)
    for part, kind in kinds:
        place, ending = place_of_part(part), "." + part.lower().rsplit(".", 1)[-1]
        if message := about_relation(kind):
            yield _closed(place, message)
        elif kind.lower() not in OPAQUE.get(ending, {kind.lower()}):
            yield _closed(place, f"jenis bagian ini tidak cocok dengan namanya; {ALLOWED}")


def _relations(place: str, root: etree._Element) -> Iterator[Finding]:
    for one in root.iter(RELATION):
        if one.get("Type", "").startswith(STRICT_RELATIONS):
            yield _closed("berkas", STRICT)
            return
        kind = one.get("Type", "").rsplit("/", 1)[-1]
        target = one.get("Target", "")
        if one.get("TargetMode", "").lower() == "external":
            if kind != "hyperlink" or not LINKS.fullmatch(target):
                yield Finding(place, about_outside(kind, target))
        elif message := about_relation(kind):
            yield Finding(place, message)


def _markup(place: str, root: etree._Element) -> Iterator[Finding]:
    for tag, message in FOREIGN_TAGS.items():
        if next(root.iter(tag), None) is not None:
            yield Finding(place, message)
    if next(root.iter(*CHANGES), None) is not None:
        yield Finding(place, TRACKED)
    if any(_is_on(one) for one in root.iter(W + "documentProtection")):
        yield Finding(place, PROTECTION)
    yield from _fields(place, root)
    for node in root.iter("{urn:schemas-microsoft-com:vml}*"):
        if "src" in node.attrib or any(key.endswith("}href") for key in node.attrib):
            yield Finding(place, "ada gambar yang diambil dari luar berkas; sisipkan ulang")


def _is_on(protection: etree._Element) -> bool:
    # Word leaves the element behind when a document is unlocked.
    return protection.get(W + "enforcement") not in ("0", "false", "off")


def _fields(place: str, root: etree._Element) -> Iterator[Finding]:
    codes = list(_instructions(root))
    for word in sorted({_first_word(text) for text in codes} - FIELDS):
        field = word or "tanpa nama"
        yield Finding(place, f"kolom Word {field} tidak diizinkan; pakai {{{{isian}}}}")
    for target in filter(None, map(_link_of, codes)):
        if not LINKS.fullmatch(target):
            yield Finding(place, about_outside("hyperlink", target))


def _link_of(instruction: str) -> str:
    """Where a HYPERLINK field leads, if it leads out of the letter."""
    words = WORDS.findall(instruction)
    if not words or words[0].upper() != "HYPERLINK":
        return ""
    bare = [
        one
        for before, one in pairwise(words)
        if not re.fullmatch(r"\\[a-zA-Z]", one) and before.lower() not in WITH_WORD
    ]
    return bare[0].strip('"') if bare else ""


def _instructions(root: etree._Element) -> Iterator[str]:
    """The code of each Word field, put together from however many runs it lies in."""
    open_fields: list[str] = []
    for node in root.iter(W + "fldChar", W + "instrText", W + "delInstrText", W + "fldSimple"):
        kind = node.get(W + "fldCharType")
        if node.tag == W + "fldSimple":
            yield node.get(W + "instr", "")
        elif kind == "begin" or (kind is None and not open_fields):
            open_fields.append(node.text or "")
        elif kind is None:
            open_fields[-1] += node.text or ""
        elif kind == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _first_word(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _picture(place: str, data: bytes, wanted: str) -> Iterator[Finding]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[wanted]) as picture:
                width, height = picture.size
                picture.verify()
    except BAD_PICTURE:
        yield Finding(place, BIG_PICTURE)
        return
    if width * height > MAX_PIXELS:
        yield Finding(place, BIG_PICTURE)
