"""Nomor dari luar on forms: a line for each kind, several numbers apart by a semicolon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from backoffice.text import _
from models import ReferenceKind
from views import forms, labels
from views.fields import LineField

PREFIX = "references."


def hint() -> str:
    """How several numbers are written."""
    return _("Several numbers are set apart by a semicolon.")


def add_references(parts: forms.Parts) -> None:
    """The numbers a citizen brings with him, folded away since few do."""
    parts.group(_("Numbers from outside"), hint=hint(), folded=True)
    for kind in ReferenceKind:
        parts.add(f"{PREFIX}{kind}", LineField(str(labels.REFERENCES[kind])))


def typed_numbers(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """Kind -> the numbers of its line; a kind whose line is not there is left alone."""
    return {
        kind.value: [one.strip() for one in re.split(r"[;\n]", text) if one.strip()]
        for kind in ReferenceKind
        if (text := typed.get(kind.value)) is not None
    }
