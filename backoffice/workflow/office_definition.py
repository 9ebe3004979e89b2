"""An office as frozen data: what a pack says of it, and nothing of databases or pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backoffice.workflow.pack_hours import SpecialHours

CATEGORIES = (  # the problem codes of the government's complaint handling
    ("01", "Penyalahgunaan wewenang"),
    ("02", "Pelayanan masyarakat"),
    ("03", "Korupsi/pungli"),
    ("04", "Kepegawaian/ketenagakerjaan"),
    ("05", "Pertanahan/perumahan"),
    ("06", "Hukum/peradilan/HAM"),
    ("07", "Kewaspadaan nasional"),
    ("08", "Tatalaksana/regulasi"),
    ("09", "Lingkungan hidup"),
    ("10", "Umum"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPack:
    """A bidang, bagian, seksi or subbagian; `within` is the unit above it."""

    key: str
    name: str
    within: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePack:
    """What the SOPs call Pelaksana."""

    key: str
    title: str
    outside: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPack:
    """A jabatan; `under` is its superior.

    `alone`: its holder may check and sign what he drafted himself. `escalation`: outside the
    office; it has the cases whose terlapor is the head.
    """

    key: str
    title: str
    unit: str | None = None
    under: str | None = None
    roles: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    recorded_by: str | None = None
    alone: bool = False
    escalation: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationPack:
    """Kode klasifikasi: `kinds` are the letter kinds that take it by themselves."""

    code: str
    title: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePack:
    """A whole office. Pairs are (label, value), (title, text) and (key, label).

    `classifications`: None where the pack does not speak of them.
    """

    key: str
    name: tuple[str, ...]
    government: str
    address: str
    contacts: tuple[tuple[str, str], ...]
    timezone: str
    hours: Mapping[str, tuple[str, ...]]
    special_hours: tuple[SpecialHours, ...]
    numbers: Mapping[str, str]
    statements: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    units: tuple[UnitPack, ...]
    roles: tuple[RolePack, ...]
    posts: tuple[PostPack, ...]
    classifications: tuple[ClassificationPack, ...] | None = None
    deviation: str = ""

    def unit(self, key: str | None) -> UnitPack | None:
        """The unit of that key, or none."""
        return next((one for one in self.units if one.key == key), None)

    def role(self, key: str) -> RolePack | None:
        """The role of that key, or none."""
        return next((one for one in self.roles if one.key == key), None)

    def posts_of(self, role: str) -> tuple[PostPack, ...]:
        """The posts that have this role."""
        return tuple(one for one in self.posts if role in one.roles)
