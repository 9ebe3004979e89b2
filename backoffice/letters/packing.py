"""A .docx put together from packed parts: what never changes is deflated once, for all letters.

`zipfile` can read such parts but not write them, so the few records of a zip are made here
(APPNOTE.TXT 4.3: local header, central directory, end record). Every moment is 1980-01-01, as
Word itself writes it: the same parts give the same bytes.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from .properties import impersonal

LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")
NEEDED, DAY, PLAIN, DEFLATED = 20, 0x21, 0, 8  # DAY: 1980-01-01
QUICK, SMALL = 1, 9  # levels of deflation: of what is made for each letter, and only once


@dataclass(frozen=True, slots=True)
class Packed:
    """One part as it lies in the zip."""

    name: bytes
    method: int
    check: int
    size: int
    data: bytes

    def local(self) -> bytes:
        """The header before the data."""
        head = (0x04034B50, NEEDED, 0, self.method, 0, DAY, self.check, len(self.data), self.size)
        return LOCAL.pack(*head, len(self.name), 0) + self.name

    def central(self, offset: int) -> bytes:
        """The line in the directory at the end."""
        head = (0x02014B50, NEEDED, NEEDED, 0, self.method, 0, DAY, self.check)
        sizes = (len(self.data), self.size, len(self.name))
        return CENTRAL.pack(*head, *sizes, 0, 0, 0, 0, 0, offset) + self.name


def packed(name: bytes, content: bytes, level: int = QUICK) -> Packed:
    """A part deflated; as it is where that would not make it smaller (a picture)."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = squeeze.compress(content) + squeeze.flush()
    check = zlib.crc32(content)
    if len(data) < len(content):
        return Packed(name, DEFLATED, check, len(content), data)
    return Packed(name, PLAIN, check, len(content), content)


class Package:
    """The parts of a template, packed; `with_parts` gives the .docx with some of them anew."""

    def __init__(self, template: bytes, anew: Sequence[str]) -> None:
        with zipfile.ZipFile(BytesIO(template)) as file:
            read = {one.filename: file.read(one) for one in file.infolist()}
        contents = {name: impersonal(name, content) for name, content in read.items()}
        self._names = {name: name.encode() for name in anew}
        kept = [
            packed(name.encode(), content, SMALL)
            for name, content in contents.items()
            if name not in self._names
        ]
        body, lines, offset = [], [], 0
        for part in kept:
            lines.append(part.central(offset))
            piece = part.local() + part.data
            body.append(piece)
            offset += len(piece)
        self._body, self._lines, self._count = b"".join(body), b"".join(lines), len(kept)
        self._last: dict[str, tuple[bytes, Packed]] = {}
        self.contents: Mapping[str, bytes] = {name: contents[name] for name in self._names}

    def with_parts(self, anew: Mapping[str, bytes]) -> bytes:
        """The whole file; `anew` has every part that was named to be made anew."""
        body, lines, offset = [self._body], [self._lines], len(self._body)
        for name, content in anew.items():
            part = self._pack(name, content)
            lines.append(part.central(offset))
            head = part.local()
            body += (head, part.data)
            offset += len(head) + len(part.data)
        directory = b"".join(lines)
        count = self._count + len(anew)
        end = END.pack(0x06054B50, 0, 0, count, count, len(directory), offset, 0)
        return b"".join((*body, directory, end))

    def _pack(self, name: str, content: bytes) -> Packed:
        """A part anew; a kop is the same in letter after letter and is packed for the first."""
        last = self._last.get(name)
        if last is not None and last[0] == content:
            return last[1]
        part = packed(self._names[name], content)
        self._last[name] = (content, part)
        return part
