"""Lint of an office and of its whole folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from backoffice.workflow.lint import lint_folder
from tests.packs import (
    OFFICE,
    SOP,
    changed,
    found,
    line_of,
)

OFFICE_FAULTS = [
    ("in: dua", "in: lima", "Bidang `lima` tidak ada"),
    ("unit: satu,", "unit: lima,", "Bidang `lima` tidak ada"),
    ("under: kabid-dua", "under: kabid-lima", "Jabatan `kabid-lima` tidak ada"),
    ("roles: [kasi]", "roles: [kasie]", "Pelaksana `kasie` tidak ada. Maksud Anda `kasi`?"),
    ("roles: [kasi]", "roles: [pemohon]", "Pelaksana `pemohon` di luar instansi"),
    ("roles: [kasi]", "recorded_by: kasi-dua", "mencatat untuk dirinya sendiri"),
    ("key: kabid-dua,", "key: kabid-satu,", "Kunci `kabid-satu` dipakai dua kali"),
    ("key: dua, name: Bidang Dua", "key: dua, name: B, in: seksi-dua", "di bawah dirinya sendiri"),
    ("capabilities: [manage_office]", "under: loket", "di bawah dirinya sendiri"),
    (", capabilities: [manage_office]", "", "Belum ada jabatan yang mengatur instansi ini."),
    ("unit: satu, under: kadis", "unit: satu", "Jabatan ini tanpa atasan"),
    ("roles: [kasi]", "escalation: true", "di luar kantor. Tulis `recorded_by`"),
    ("roles: [kasi]", "roles: [kasi], escalation: true", "di luar kantor. Hapus `roles`"),
    ("roles: [kasi]", "escalation: true, recorded_by: kadis", "di luar kantor. Hapus `under`"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office of one SOP on disk."""
    (tmp_path / "procedures").mkdir()
    (tmp_path / "office.yaml").write_text(OFFICE)
    (tmp_path / "procedures" / "izin.yaml").write_text(SOP)
    return tmp_path


@pytest.mark.parametrize(("before", "after", "said"), OFFICE_FAULTS)
def test_an_office_that_does_not_hold_together_is_named(
    folder: Path, before: str, after: str, said: str
) -> None:
    (folder / "office.yaml").write_text(changed(before, after, OFFICE))
    one = found(list(lint_folder(folder).findings), said)
    assert one.file == str(folder / "office.yaml")
    assert one.line in range(line_of("units:", OFFICE), OFFICE.count("\n") + 1)


def test_the_post_outside_is_no_second_top_and_the_pack_names_it_once(folder: Path) -> None:
    outside = "  - {key: luar, title: Inspektorat, recorded_by: kadis, escalation: true}\n"
    (folder / "office.yaml").write_text(OFFICE + outside)
    assert [str(one) for one in lint_folder(folder).findings] == []
    (folder / "office.yaml").write_text(OFFICE + outside + outside.replace("luar", "lagi"))
    found(list(lint_folder(folder).findings), "Sudah ada jabatan penerima eskalasi.")


def test_a_folder_without_office_is_named(tmp_path: Path) -> None:
    assert [one.message for one in lint_folder(tmp_path).findings] == [
        "Berkas ini tidak ada. Sebuah paket berisi `office.yaml` dan folder `procedures`."
    ]


def test_two_files_of_one_code_are_an_error(folder: Path) -> None:
    (folder / "procedures" / "salinan.yaml").write_text(SOP)
    assert (
        found(list(lint_folder(folder).findings), "Kode `izin` sudah dipakai SOP lain.").line == 1
    )


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "procedures" / "izin.yaml").write_bytes(b"code: \xff\n")
    found(list(lint_folder(folder).findings), "bukan teks UTF-8")
