"""A new SOP to begin with, and what a text that does not read yet already says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backoffice.workflow.nodes import KEY
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.pack import KINDS

TEXT = """\
# Naskah SOP baru. Baris yang diawali tanda # hanya keterangan dan boleh dihapus.
# Tulis isinya sesudah titik dua; hasil pemeriksaan menunjukkan apa yang masih kurang.
# Pelaksana di kantor ini: {roles}

code:                   # nama pendek SOP, huruf kecil: peminjaman-aula
title:                  # judul seperti di kertas
kind: general           # complaint, data_request, aid_proposal, atau general (lainnya)
number_code:            # huruf di depan nomor berkas: AULA
outcomes:               # bagaimana berkas dapat berakhir
  - key: selesai
    label: Selesai

steps:                  # satu bagian untuk setiap baris tabel di kertas, berurutan
  - key: penerimaan
    row: 1
    activity:           # kegiatan seperti di kertas
    actor:              # salah satu pelaksana di atas
    time: null          # misalnya 15 menit, 2 jam, 1 hari kerja
    asks: [applicant, subject]
    transitions:        # setiap jalan keluar menjadi satu tombol
      - action: forward
        label:          # tulisan di tombol: Teruskan ke Kepala
        to: pemeriksaan
        effects: [number]

  - key: pemeriksaan
    row: 2
    activity:           # kegiatan seperti di kertas
    actor:              # salah satu pelaksana di atas
    time: null
    transitions:
      - action: approve
        label:          # tulisan di tombol: Setujui
        to: {{end: selesai}}
      - action: return
        label:          # tulisan di tombol: Kembalikan untuk diperbaiki
        to: penerimaan
"""
NO_ROLES = "belum ada; isi dahulu di halaman Pelaksana"


def skeleton(office: OfficePack) -> str:
    """A text in which only what has to be typed is wrong, with the roles that there are."""
    keys = [one.key for one in office.roles if not one.outside]
    return TEXT.format(roles=", ".join(keys) or NO_ROLES)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a draft is kept under."""

    code: str
    title: str
    kind: str


def outline_of(text: str, code: str = "") -> Outline | None:
    """Code, title and kind of a text, however little of it reads; none where it has no code.

    `code`: of the draft that the text goes on with.
    """
    written = _value(text, "code")
    code = written if KEY.fullmatch(written) and len(written) <= 80 else code
    if not code:
        return None
    kind = _value(text, "kind")
    return Outline(code, _value(text, "title")[:300] or code, kind if kind in KINDS else "general")


def _value(text: str, key: str) -> str:
    """What stands on the line of a key at the left edge, without quotes and remarks."""
    found = re.search(rf"^{key}:[ \t]*([^\s#].*)$", text, re.MULTILINE)
    plain = re.sub(r"\s+#.*$", "", found[1]) if found else ""
    return plain.strip().strip("\"'").strip()
