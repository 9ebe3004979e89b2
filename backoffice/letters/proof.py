"""Whether the office wrote a letter: its code, and a file held against what was issued.

A code is no signature. It leads to a page that tells number, day and signer of the letter, and
no citizen's name.
"""

from __future__ import annotations

import hashlib
import secrets
import zipfile
from enum import StrEnum
from io import BytesIO

from sqlalchemy import select

from models import IssuedLetter, db

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that is read two ways
LENGTH = 12  # 60 bits: not to be guessed, even with years of trying
MOST_BYTES, MOST_TOTAL = 10 * 1024 * 1024, 40 * 1024 * 1024  # of a file held against a letter
READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class _Address:
    base: str | None = None


def set_address(base: str | None) -> None:
    """Under which address citizens reach this installation; None where they do not."""
    _Address.base = base.rstrip("/") if base else None


def new_code() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code in groups of four, as it stands on paper."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def typed(text: str) -> str:
    """The code that somebody meant who read it from paper."""
    return text.upper().translate(READ_AS)[:40]


def address_of(code: str) -> str | None:
    """Where a citizen looks the letter up; None where the installation has no address."""
    return f"{_Address.base}/v/{code}" if _Address.base else None


def place() -> str | None:
    """The same without the code, as somebody types it who has no camera."""
    return f"{_Address.base.split('://')[-1]}/v" if _Address.base else None


def find(code: str) -> IssuedLetter | None:
    """The letter of that code."""
    query = select(IssuedLetter).where(IssuedLetter.code == typed(code))
    return db.session.scalars(query).one_or_none()


class Match(StrEnum):
    """What comes of holding a file against the letter."""

    IDENTICAL = "identical"
    REPACKED = "repacked"  # the same content, zipped anew
    DIFFERENT = "different"
    NO_WORD_FILE = "no_word_file"


def compare(issued: IssuedLetter, data: bytes) -> Match:
    """How a file stands to the letter; one saved again by Word differs, and is no forgery."""
    if hashlib.sha256(data).hexdigest() == issued.net_sha256:
        return Match.IDENTICAL
    content = content_hash(data)
    if content is None:
        return Match.NO_WORD_FILE
    return Match.REPACKED if content == issued.content_hash else Match.DIFFERENT


def content_hash(data: bytes) -> str | None:
    """A hash of names and contents of the parts, in any order and packing; None for no .docx."""
    if len(data) > MOST_BYTES:
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            files = [one for one in package.infolist() if not one.is_dir()]
            if sum(one.file_size for one in files) > MOST_TOTAL:
                return None
            parts = sorted((one.filename, _sha(package.read(one))) for one in files)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return None
    if "word/document.xml" not in dict(parts):
        return None
    return _sha("\n".join(f"{name} {digest}" for name, digest in parts).encode())


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
