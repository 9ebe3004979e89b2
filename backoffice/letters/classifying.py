"""Kode klasifikasi: the table a new office begins with, to be checked by its arsiparis.

Codes from public lists of Permendagri 83/2022 as far as they could be read there (secondary
sources, no gazette); for complaints no code of their own was found. They are suggestions: each
says so in its title until the office has written its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from models import Classification, Office, db

SUGGESTION = "(saran, periksa dahulu)"
RIGHT = "-kanan"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A line of the table, and the letter kinds that take it."""

    code: str
    title: str
    kinds: tuple[str, ...] = ()


ANSWERS = (
    "surat-balasan",
    "surat-klarifikasi",
    "surat-pemberitahuan",
    "surat-pengembalian-berkas",
    "surat-tindak-lanjut",
)
SUGGESTED = (
    Suggested(
        "000.8.3.4",
        "Pelayanan publik: pengaduan",
        (*ANSWERS, *(f"{one}{RIGHT}" for one in ANSWERS), "laporan-penanganan"),
    ),
    Suggested("400.8.2.3", "Pelestarian nilai keagamaan: qurban", ("surat-rekomendasi",)),
    Suggested("400.9", "Sosial: data dan bantuan", ("surat-pengantar-data",)),
    Suggested("400.14", "Hubungan masyarakat"),
    Suggested("800", "Kepegawaian"),
    Suggested("900", "Keuangan"),
)


def suggest(office: Office) -> int:
    """Add the suggestions that the office does not have yet; how many. The caller commits.

    A letter kind that has a code keeps it: of two codes none would be the usual one.
    """
    known = list(db.session.scalars(select(Classification).where(Classification.office == office)))
    codes = {one.code for one in known}
    taken = {kind for one in known for kind in one.kinds}
    missing = [one for one in SUGGESTED if one.code not in codes]
    for one in missing:
        kinds = [kind for kind in one.kinds if kind not in taken]
        title = f"{one.title} {SUGGESTION}"
        row = Classification(office=office, code=one.code, title=title, kinds=kinds)
        db.session.add(row)
    db.session.flush()
    return len(missing)


def kind_twice(office_id: int, row_id: int | None, kinds: list[str]) -> tuple[str, str] | None:
    """A letter kind that takes another code already, and that code."""
    query = select(Classification).where(
        Classification.office_id == office_id, Classification.id != (row_id or 0)
    )
    for other in db.session.scalars(query.order_by(Classification.code)):
        for kind in kinds:
            if kind in other.kinds:
                return kind, other.code
    return None
