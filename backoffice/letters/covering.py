"""What is said beside a letter that is sent: the office's own words, a plain text in a file.

`letter_templates/pesan/*.txt`: the first line is the subject; a line whose field is empty is left
out. Of a confidential case neither the name nor the matter is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backoffice.workflow.versions import definition_of
from models import Letter, Office

from . import contacts, issuing, proof
from .active import TEMPLATES

FOLDER = TEMPLATES / "pesan"
MAIL, WHATSAPP = "pos-el", "whatsapp"
TAG = re.compile(r"\{\{(\w+)\}\}")
MAY_BE_EMPTY = ("nomor",)  # within a sentence that is whole without it


@dataclass(frozen=True, slots=True)
class Cover:
    """Subject and text, ready to be sent or changed."""

    subject: str
    text: str


def cover_of(letter: Letter, kind: str) -> Cover:
    """What goes with this letter, by `MAIL` or `WHATSAPP`."""
    hidden = definition_of(letter.case).confidential
    name = f"{kind}-rahasia" if hidden else kind
    subject, _line, text = (FOLDER / f"{name}.txt").read_text("utf-8").partition("\n")
    values = values_of(letter)
    return Cover(one_line(" ".join(_filled([subject], values))), _squeezed(text, values))


def values_of(letter: Letter) -> dict[str, str]:
    """The fields of such a text."""
    party = contacts.addressee_of(letter.case)
    issued = issuing.issued_of(letter.id)
    return {
        "instansi": letter.case.office.title,
        "kontak": _contacts(letter.case.office),
        "penerima": str(letter.fields.get("penerima") or (party.name if party else "")),
        "nomor": f" nomor {letter.number}" if letter.number else "",
        "hal": str(letter.fields.get("hal") or ""),
        "alamat_periksa": (proof.address_of(issued.code) or "") if issued is not None else "",
    }


def one_line(text: str) -> str:
    """`text` without anything that could end a header."""
    return " ".join(text.split())


def _contacts(office: Office) -> str:
    pairs = (f"{one.get('label')}: {one.get('value')}" for one in office.contacts if one)
    return ", ".join(pairs)


def _squeezed(text: str, values: Mapping[str, str]) -> str:
    """The text without the lines that say nothing, and never two empty lines in a row."""
    whole = "\n".join(_filled(text.split("\n"), values))
    return re.sub(r"\n{3,}", "\n\n", whole).strip()


def _filled(rows: list[str], values: Mapping[str, str]) -> Iterator[str]:
    for row in rows:
        named = [one for one in TAG.findall(row) if one not in MAY_BE_EMPTY]
        if all(values.get(one, "").strip() for one in named):
            yield TAG.sub(lambda found: values.get(found[1], ""), row)
