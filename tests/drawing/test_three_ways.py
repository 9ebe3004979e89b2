"""A decision with three ways, as a subdistrict has it: go on, give back, refuse."""

from __future__ import annotations

import pytest

from backoffice.drawing import lay_out
from backoffice.workflow.pack import read_procedure
from tests.drawing.geometry import faults
from tests.drawing.ink import ink_of, on_rules, touched

pytestmark = pytest.mark.sqlite

SOP = """\
code: dispensasi
number_code: DISP
title: Dispensasi Nikah
kind: general
outcomes:
  - {key: terbit, label: Terbit}
  - {key: ditolak, label: Ditolak, notice: required}
steps:
  - key: daftar
    row: 1
    activity: Pemohon menyerahkan berkas
    actor: pemohon
    recorded_by: petugas
    transitions: [{action: forward, label: Serahkan, to: terima}]
  - key: terima
    row: 2
    activity: Petugas memeriksa kelengkapan
    actor: petugas
    transitions: [{action: forward, label: Teruskan, to: periksa}]
  - key: periksa
    row: 3
    activity: Kasi Pelayanan memeriksa persyaratan
    actor: kasi
    transitions:
      - {action: forward, label: Teruskan, to: paraf}
      - {action: return, label: Kembalikan, to: terima}
      - {action: reject, label: Tolak, to: {end: ditolak}, effects: [notify: surat]}
  - key: paraf
    row: 4
    activity: Sekretaris Camat membubuhkan paraf
    actor: sekcam
    transitions:
      - {action: approve, label: Paraf, to: tanda-tangan}
      - {action: return, label: Kembalikan, to: periksa}
  - key: tanda-tangan
    row: 5
    activity: Camat menandatangani
    actor: camat
    transitions:
      - {action: approve, label: Tanda tangani, to: serah}
      - {action: return, label: Kembalikan, to: periksa}
      - {action: reject, label: Tolak, to: {end: ditolak}, effects: [notify: surat]}
  - key: serah
    row: 6
    activity: Petugas menyerahkan surat
    actor: petugas
    transitions: [{action: close, label: Selesai, to: {end: terbit}}]
"""
TITLES = {
    "pemohon": "Pemohon",
    "petugas": "Petugas Pelayanan",
    "kasi": "Kasi Pelayanan",
    "sekcam": "Sekretaris Camat",
    "camat": "Camat",
}
# Orders of the columns in which the words lay on each other or on a line once.
ORDERS = (
    ("pemohon", "petugas", "kasi", "sekcam", "camat"),
    ("pemohon", "petugas", "kasi", "camat", "sekcam"),
    ("camat", "sekcam", "petugas", "kasi", "pemohon"),
    ("kasi", "sekcam", "petugas", "camat", "pemohon"),
    ("sekcam", "pemohon", "camat", "petugas", "kasi"),
)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_yes_back_and_refused_stand_apart_in_whatever_order_the_columns_are(
    order: tuple[str, ...],
) -> None:
    sop, found = read_procedure(SOP, "dispensasi.yaml")
    assert sop is not None, found
    drawing = lay_out(sop, {key: TITLES[key] for key in order})
    words = sorted(one.word for one in drawing.lines if one.source == "periksa")
    assert words == ["Kembali", "Tolak", "Ya"]
    assert len(ink_of(drawing).words) == 8
    assert touched(drawing) == []
    assert on_rules(drawing) == []
    assert faults(drawing) == []
