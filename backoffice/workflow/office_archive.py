"""A whole office as one file: its pack as a .zip, which another installation takes in.

People and cases are not in it. What is taken in may come from anywhere: it is looked at before a
byte is opened, nothing is written outside a folder of its own, and all of it counts or nothing.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from backoffice.errors import PackError, Refusal
from backoffice.workflow import publishing
from backoffice.workflow.findings import Finding
from backoffice.workflow.lint import lint_folder
from backoffice.workflow.pack_logo import LOGO
from models import Office

OFFICE, PROCEDURES, SUFFIX = "office.yaml", "procedures", ".yaml"
KIBIBYTE = 1024
MOST_PACKED, MOST_FILE, MOST_TOTAL = 2048 * KIBIBYTE, 400 * KIBIBYTE, 6144 * KIBIBYTE
MOST_LOGO = 1200 * KIBIBYTE  # 600 x 600 pixels of which no two are alike
MOST_ENTRIES, LONGEST_NAME = 300, 200
ODD = re.compile(r"^/|[\\:\x00-\x1f]")  # a name that leads out of the pack, or hides what it is
BEGAN = (1980, 1, 1, 0, 0, 0)  # the same office makes the same bytes, whenever it is packed
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError)


class ArchiveRefused(Refusal):
    """The file is no pack that may be opened; `code` says why, `values["name"]` where."""

    def __init__(self, code: str, name: str = "") -> None:
        self.code = code
        super().__init__({"file": code}, name=name)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in: the report of the import, and the names of files that no pack has."""

    report: publishing.Report
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The file, its SOPs by code, and what lint would say of it elsewhere."""

    data: bytes
    codes: tuple[str, ...]
    findings: tuple[Finding, ...]


def pack(office: Office) -> Packed:
    """The office as a .zip of `<key>/office.yaml`, `logo.png` and `procedures/<code>.yaml`."""
    with TemporaryDirectory() as place:
        folder = Path(place) / office.key
        files = sorted(publishing.export_office(office, Path(place)))
        data = _zipped({str(one.relative_to(place)): one.read_bytes() for one in files})
        codes = tuple(one.stem for one in files if one.parent.name == PROCEDURES)
        return Packed(data, codes, _short(lint_folder(folder).findings, folder))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, BEGAN), data, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def take_in(data: bytes, *, now: datetime) -> Taken:
    """Make a new office of a packed one. ArchiveRefused, PackError or OfficeExists: nothing came.

    The findings name files as they stand in the pack.
    """
    with TemporaryDirectory() as place:
        folder = Path(place)
        aside = _unpack(data, folder)
        try:
            report = publishing.import_office(folder, now=now, only_new=True)
        except PackError as error:
            raise PackError(_short(error.findings, folder)) from None
        return Taken(replace(report, findings=_short(report.findings, folder)), aside)


def _short(findings: Iterable[Finding], folder: Path) -> tuple[Finding, ...]:
    """Each finding once, its file by the name it has in the pack."""
    short = (replace(one, file=str(Path(one.file).relative_to(folder))) for one in findings)
    return tuple(dict.fromkeys(short))


def _unpack(data: bytes, folder: Path) -> tuple[str, ...]:
    """Write the pack's files into the folder; the names of what was left aside."""
    if len(data) > MOST_PACKED:
        raise ArchiveRefused("archive_big")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        raise ArchiveRefused("archive_broken") from error
    with archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        _refuse_dangerous(entries)
        wanted, aside = _sorted(entries)
        (folder / PROCEDURES).mkdir()
        for name, entry in wanted.items():
            (folder / name).write_bytes(_read(archive, entry))
    return aside


def _refuse_dangerous(entries: list[zipfile.ZipInfo]) -> None:
    """What the list of contents says, before anything is opened."""
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_TOTAL:
        raise ArchiveRefused("archive_big")
    names = [one.filename.casefold() for one in entries]
    for one in entries:
        parts = PurePosixPath(one.filename).parts
        if ".." in parts or ODD.search(one.filename) or len(one.filename) > LONGEST_NAME:
            raise ArchiveRefused("archive_path", one.filename)
        if one.flag_bits & 0x1:
            raise ArchiveRefused("archive_locked", one.filename)
        if names.count(one.filename.casefold()) > 1:
            raise ArchiveRefused("archive_twice", one.filename)


def _sorted(
    entries: list[zipfile.ZipInfo],
) -> tuple[dict[str, zipfile.ZipInfo], tuple[str, ...]]:
    """The files of the one pack by their names in it, and those that no pack has."""
    known = [one for one in entries if not _is_clutter(one.filename)]
    offices = [PurePosixPath(one.filename) for one in known if one.filename.endswith(OFFICE)]
    offices = [one for one in offices if one.name == OFFICE]
    if len(offices) != 1:
        raise ArchiveRefused("archive_several" if offices else "archive_no_office")
    root = offices[0].parent
    wanted, aside = {}, []
    for one in known:
        path = PurePosixPath(one.filename)
        name = path.relative_to(root) if path.is_relative_to(root) else path
        is_sop = str(name.parent) == PROCEDURES and name.suffix == SUFFIX
        if is_sop or str(name) in (OFFICE, LOGO):
            wanted[str(name)] = one
        else:
            aside.append(one.filename)
    return wanted, tuple(aside)


def _is_clutter(name: str) -> bool:
    """What computers add of themselves: `__MACOSX/…`, `.DS_Store`."""
    return any(part[:1] == "." or part == "__MACOSX" for part in PurePosixPath(name).parts)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a file; what grows beyond what it said is refused, not opened further."""
    if entry.file_size > (MOST_LOGO if entry.filename.endswith(LOGO) else MOST_FILE):
        raise ArchiveRefused("archive_big", entry.filename)
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except (*BROKEN, NotImplementedError) as error:
        raise ArchiveRefused("archive_broken", entry.filename) from error
    if len(data) != entry.file_size:
        raise ArchiveRefused("archive_broken", entry.filename)
    return data
