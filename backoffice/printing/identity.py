"""What the identity page of an SOP says, in the official form.

Source of the form: PermenPANRB 35/2012. A part that neither the office nor its SOP says stays
empty: nothing is made up. What the paper calls by a near name keeps it ("Sarana dan Prasarana").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from backoffice.workflow.definition import Procedure
from backoffice.workflow.lint import deviations

Part = tuple[str, tuple[str, ...]]  # a heading and its texts
BOXES: tuple[tuple[str, str], ...] = (
    ("Dasar Hukum", r"dasar hukum"),
    ("Kualifikasi Pelaksana", r"(kualifikasi|kompetensi) pelaksana"),
    ("Keterkaitan", r"keterkaitan"),
    ("Peralatan/Perlengkapan", r"peralatan|perlengkapan|sarana"),
    ("Peringatan", r"peringatan"),
    ("Pencatatan dan Pendataan", r"pencatatan|pendataan"),
)
LINES = ("Nomor SOP", "Tanggal Pembuatan", "Tanggal Revisi", "Tanggal Efektif")
APPROVED, NAMED = "Disahkan oleh", "Nama SOP"
WHOLE = "SOP secara keseluruhan"


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the SOP: government, the lines of the kop, address, and who approves it."""

    government: str = ""
    names: tuple[str, ...] = ()
    post: str = ""
    person: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All that is printed of an SOP. `edition`: which version, and whether it binds."""

    procedure: Procedure
    titles: Mapping[str, str]
    head: Head
    edition: str
    related: tuple[str, ...] = ()

    def boxes(self) -> tuple[Part, ...]:
        """The six boxes of the form, from the left and from above."""
        return tuple((name, self._box(name, pattern)) for name, pattern in BOXES)

    def _box(self, name: str, pattern: str) -> tuple[str, ...]:
        texts: list[str] = []
        if name == "Dasar Hukum":
            texts += self.procedure.basis
        if name == "Keterkaitan":
            texts += self.related
        for item in self.procedure.standard:
            if re.search(pattern, item.component, re.IGNORECASE):
                texts += item.text
        return tuple(texts)

    def standard(self) -> tuple[Part, ...]:
        """What else the paper says of the service."""
        sop = self.procedure
        parts = (
            ("Persyaratan", sop.requirements),
            ("Jangka waktu", _limits(sop)),
            ("Biaya", (sop.fee,)),
            ("Produk layanan", (sop.product,)),
            *((one.component, one.text) for one in sop.standard if not _boxed(one.component)),
        )
        said = ((name, tuple(text for text in texts if text)) for name, texts in parts)
        return tuple(one for one in said if one[1])

    def readings(self) -> tuple[Part, ...]:
        """Bacaan dan tambahan: where, and what was read into the paper there."""
        return tuple((where or WHOLE, (text,)) for where, text in deviations(self.procedure))


class Named(Protocol):
    """An SOP as far as another one names it: a version, or what a pack says."""

    @property
    def code(self) -> str:
        """Its short name."""

    @property
    def family(self) -> str:
        """The family of variants it is of; empty without one."""

    @property
    def title(self) -> str:
        """What stands on its paper."""


def related_to(procedure: Procedure, others: Iterable[Named]) -> tuple[str, ...]:
    """The SOPs that this one leads to: it opens a case of them, or a case changes over to them."""
    ways = [way for step in procedure.steps for way in step.transitions]
    opened = {code for way in ways for code in way.arguments("open_case")}
    changes = any(way.has("reclassify") for way in ways)
    return tuple(
        one.title
        for one in others
        if one.code != procedure.code
        and (one.code in opened or (changes and one.family == procedure.family))
    )


def _boxed(component: str) -> bool:
    return any(re.search(pattern, component, re.IGNORECASE) for _name, pattern in BOXES)


def _limits(procedure: Procedure) -> tuple[str, ...]:
    limit = procedure.time_limit
    if limit is None:
        return ()
    if isinstance(limit, dict):
        return tuple(f"{severity}: {time}" for severity, time in limit.items())
    return (str(limit),)
