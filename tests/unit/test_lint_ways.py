"""Lint looks for answers that strand a case, and for variants that do not fit each other."""

from __future__ import annotations

import pytest

from tests.packs import (
    BIASA,
    KILAT,
    changed,
    found,
    linted,
)


def branching(when: str, other: str, field: str = "required: true, ") -> str:
    text = changed("required: true, ", field)
    text = changed("to: serah\n", f"to: serah\n        when: {when}\n", text)
    text = changed("effects: [notify", f"when: {other}\n        effects: [notify", text)
    return changed(
        "      - action: return\n        label: Kembalikan\n        to: terima\n", "", text
    )


def test_an_answer_without_a_way_out_is_an_error() -> None:
    assert linted(branching("{jenis: baru}", "{jenis: lama}")) == []
    findings = linted(branching("{jenis: baru}", "{jenis: baru}"))
    assert found(findings, "Tidak ada jalan keluar bila `jenis: lama`.").level == "error"


def test_a_field_that_may_stay_empty_needs_a_way_out_too() -> None:
    findings = linted(branching("{jenis: baru}", "{jenis: lama}", ""))
    assert found(findings, "Tidak ada jalan keluar bila `jenis: kosong`.").level == "error"


def test_two_variants_that_fit_each_other_are_sound() -> None:
    assert linted(BIASA, KILAT) == []
    assert linted(KILAT, BIASA) == []


@pytest.mark.parametrize(
    ("text", "other", "said"),
    [
        (
            BIASA,
            KILAT.replace("periksa", "uji"),
            "tidak mempunyai langkah `periksa`, jadi berkas tidak",
        ),
        (
            KILAT.replace("periksa", "uji"),
            BIASA,
            "Langkah `periksa` belum ada, padahal berkas «Pelayanan Izin» dapat",
        ),
        (BIASA, changed("variant: kilat", "variant: biasa", KILAT), "Varian `biasa` sudah dipakai"),
        (
            BIASA,
            changed("number_code: IZIN", "number_code: CEPAT", KILAT),
            "`number_code` berbeda dari «Pelayanan Izin», yang sekeluarga: `CEPAT`.",
        ),
        (
            BIASA,
            changed("kind: general", "kind: complaint", KILAT),
            "`kind` berbeda dari «Pelayanan Izin», yang sekeluarga: `complaint`.",
        ),
        (
            BIASA,
            changed("variant: kilat", "variant: kilat\ndefault: true", KILAT),
            "Varian utama (`default`) sudah ada",
        ),
        (KILAT, changed("default: true\n", "", BIASA), "belum mempunyai varian utama"),
        (
            changed(
                "to: periksa\n        choose: variant", "to: serah\n        choose: variant", BIASA
            ),
            KILAT,
            "hanya pada jalan kembali ke langkah itu sendiri",
        ),
        (
            changed("actor: kabid", "actor: kabid\n    batch: daftar", BIASA),
            KILAT,
            "tim atau rekapan",
        ),
        (
            changed("family: izin\nvariant: biasa\ndefault: true\n", "", BIASA),
            KILAT,
            "`reclassify` hanya pada SOP yang mempunyai `family`",
        ),
    ],
)
def test_variants_that_do_not_fit_are_an_error(text: str, other: str, said: str) -> None:
    assert found(linted(text, other), said).level == "error"
