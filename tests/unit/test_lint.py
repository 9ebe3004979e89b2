"""Lint names every contradiction of an SOP with its line, and says nothing of a sound one."""

from __future__ import annotations

import pytest

from backoffice.workflow.effects import EFFECTS
from backoffice.workflow.pack_steps import EFFECTS as WRITTEN
from tests.packs import (
    SOP,
    changed,
    found,
    line_of,
    linted,
)


def test_a_sound_pack_has_no_findings() -> None:
    assert linted(SOP) == []


def test_a_finding_prints_file_line_level_and_message() -> None:
    text = changed("to: disposisi", "to: dispsisi")
    assert [str(one) for one in linted(text)] == [
        f"izin.yaml:{line_of('to: dispsisi', text)}: kesalahan: Langkah 1 (Petugas Loket menerima "
        "berkas), tombol «Teruskan»: Langkah `dispsisi` tidak ada. Maksud Anda `disposisi`? "
        "Perbaiki kuncinya, atau tulis langkah itu."
    ]


REFERENCES = [
    ("actor: kabid", "actor: kabit", "Pelaksana `kabit` tidak ada. Maksud Anda `kabid`?"),
    (
        "kind: ",
        "lanes: [kabid, lokat]\nkind: ",
        "Pelaksana `lokat` tidak ada. Maksud Anda `loket`?",
    ),
    (
        "recorded_by: loket",
        "recorded_by: lokat",
        "Pelaksana `lokat` tidak ada. Maksud Anda `loket`?",
    ),
    (
        "    actor: kabid\n",
        "    actor: kabid\n    team: tim\n",
        "Pelaksana `tim` tidak ada. Yang ada: `pemohon`, `loket`, `kepala`, "
        "`kabid`, `kasi`, `juru`. Perbaiki kuncinya, atau tambahkan di halaman Pelaksana",
    ),
    ("actor: kabid", "actor: {same_as: awal}", "Langkah `awal` tidak ada"),
    (
        "to: {end: terbit}\n",
        "to: {end: terbid}\n",
        "Hasil akhir `terbid` tidak ada. Maksud Anda `terbit`?",
    ),
    ("{unit: [satu, dua]}", "{unit: [satu, tiga]}", "Bidang `tiga` tidak ada"),
    ("{unit: [satu, dua]}", "{post: kabit}", "Pelaksana `kabit` tidak ada"),
    ("[subject, jenis]", "[subjek, jenis]", "Isian `subjek` tidak ada. Maksud Anda `subject`?"),
    ("[subject, jenis]", "[reporter.phone]", "Isian `reporter.phone` tidak ada"),
    (
        "effects: [number]",
        "effects: [record: notulen]",
        "Formulir `notulen` tidak ada. Perbaiki kuncinya, atau tambahkan di `records`.",
    ),
    ("to: serah\n", "to: serah\n        when: {macam: a}\n", "Isian `macam` tidak ada"),
    (
        "to: serah\n",
        "to: serah\n        when: {jenis: tua}\n",
        "Nilai dari `jenis` `tua` tidak ada. Yang ada: `baru`, `lama`.",
    ),
    (
        "to: serah\n",
        "to: serah\n        when: {applicant: ada}\n",
        "Nilai dari `applicant` `ada` tidak ada. Yang ada: `known`, `anonymous`.",
    ),
    (
        "to: serah\n",
        "to: serah\n        when: {severity: parah}\n",
        "Nilai dari `severity` `parah` tidak ada. Yang ada: `ringan`, `sedang`,",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), REFERENCES)
def test_an_unknown_reference_is_named_with_its_line(before: str, after: str, said: str) -> None:
    text = changed(before, after)
    line = line_of(before, SOP)
    assert line <= found(linted(text), said).line <= line + after.count("\n")


def test_unknown_references_come_alone() -> None:
    text = changed("to: disposisi", "to: dispsisi", changed("key: periksa", "key: serah"))
    findings = linted(text)
    assert findings
    assert all("tidak ada" in one.message for one in findings)


ERRORS = [
    # what is changed, into what, what lint says, on which line (a part of the changed text)
    (
        "  - key: beritahu\n",
        "  - {key: serah, row: 9, activity: a, actor: loket, transitions: []}\n  - key: beritahu\n",
        "Kunci `serah` dipakai dua kali. Beri salah satunya kunci lain.",
        "  - key: serah\n    row: 4",
    ),
    (
        "      - action: return\n",
        "      - key: approve\n        action: return\n",
        "Kunci `approve` sudah dipakai tombol lain di langkah ini.",
        "      - key: approve",
    ),
    (
        "outcomes:\n",
        "outcomes:\n  - {key: batal, label: Batal}\n",
        "Hasil akhir `batal` ada pada setiap SOP. Hapus dari `outcomes`.",
        "  - {key: batal",
    ),
    (
        "fields:\n",
        "fields:\n  - {key: subject, label: Perihal, type: text}\n",
        "`subject` sudah ada pada setiap berkas. Hapus, atau ganti `key`-nya.",
        "  - {key: subject",
    ),
    (
        "to: {end: terbit}}\n",
        "to: {end: terbit}}\n    batch: rekapan\n",
        "Kunci `gives_up` dipakai sistem. Beri kunci lain.",
        "      - action: close\n        label: Diterima",
    ),
    (
        "to: beritahu",
        "to: serah",
        "Tidak ada tombol yang membawa berkas ke langkah ini.",
        "- key: beritahu",
    ),
    (
        "outcomes:\n",
        "outcomes:\n  - {key: lepas, label: Lepas}\n",
        "Tidak ada tombol yang berakhir dengan hasil akhir `lepas`.",
        "  - {key: lepas",
    ),
    (
        "        to: {end: ditolak}",
        "        to: beritahu",
        "Berkas yang sampai di sini tertahan: tidak ada jalan keluar.",
        "- key: beritahu",
    ),
    (
        "        to: {end: ditolak}",
        "        to: arsip\n  - key: arsip\n    row: 9\n    activity: Arsip\n    actor: loket\n"
        "    transitions: [{action: forward, label: Balik, to: beritahu}]",
        "Langkah 9 (Arsip): Dari langkah ini berkas berputar saja dan tidak dapat sampai selesai.",
        "  - key: arsip",
    ),
    (
        "label: Kembalikan\n        to: terima",
        "label: Kembalikan\n        to: serah",
        "`return` mengembalikan, padahal langkah 4 (Pemohon menerima izin) lebih kemudian.",
        "        to: serah\n  - key: beritahu",
    ),
    (
        "actor: kabid",
        "actor: juru",
        "Pelaksana «Juru Tulis» belum dipegang jabatan mana pun di instansi ini.",
        "actor: juru",
    ),
    (
        "{unit: [satu, dua]}",
        "{unit: [satu, sekretariat]}",
        "Pelaksana «Kepala Bidang» dipegang beberapa jabatan bila bidangnya Sekretariat:",
        "actor: kabid",
    ),
    (
        "        choose: {unit: [satu, dua]}\n        effects: [dispose]\n",
        "",
        "Kepala Bidang Satu, Kepala Bidang Dua. Tambahkan `choose: {post: kabid}`",
        "actor: kabid",
    ),
    (
        "actor: pemohon\n    recorded_by: loket",
        "actor: {same_as: beritahu}",
        "`same_as` menunjuk langkah tanpa nomor (Loket memberi tahu), yang dapat terlewati",
        "actor: {same_as: beritahu}",
    ),
    (
        "to: serah\n",
        "to: serah\n        when: {urgency: segera}\n",
        "`when` memakai `urgency`, yang belum tentu sudah ditanyakan.",
        "        when: {urgency",
    ),
    (
        "effects: [notify: surat-balasan]",
        "note: required",
        "Ditolak tanpa diberi tahu.",
        "      - action: reject",
    ),
    (
        "effects: [notify: surat-balasan]",
        "note: required",
        "Hasil akhir «Ditolak» menjanjikan pemberitahuan",
        "      - action: close\n        label: Tutup",
    ),
    (
        "    actor: pemohon\n    recorded_by: loket",
        "    actor: pemohon",
        "«Pemohon» berada di luar instansi dan tidak mempunyai akun.",
        "    actor: pemohon",
    ),
    (
        "actor: kabid",
        "actor: [kabid, pemohon]",
        "«Pemohon» berada di luar instansi, pelaksana lainnya di dalam.",
        "actor: [kabid",
    ),
    (
        "actor: kabid",
        "actor: kabid\n    recorded_by: loket",
        "hanya bila semua pelaksananya di luar instansi",
        "    recorded_by: loket\n    time: 1 hari kerja",
    ),
    (
        "actor: kabid",
        "actor: kabid\n    gives_up: {remind: 7 hari}",
        "`gives_up` hanya untuk langkah yang menunggu pihak luar.",
        "    gives_up: {remind",
    ),
    (
        "        choose: {unit: [satu, dua]}\n",
        "",
        "`dispose` memerlukan siapa yang dituju. Tambahkan `choose: {unit: …}`",
        "        effects: [dispose]",
    ),
    ("effects: [number]", "choose: variant", "selalu berdua", "      - action: forward"),
    (
        "to: serah",
        "to: terbit",
        "`terbit` hasil akhir, bukan langkah. Tulis `to: {end: terbit}`.",
        "        to: terbit",
    ),
    (
        "effects: [number]",
        "effects: [number, number]",
        "Akibat `number` ditulis dua kali.",
        "        effects: [number, number]",
    ),
]


@pytest.mark.parametrize(("before", "after", "said", "line"), ERRORS)
def test_a_contradiction_is_an_error_with_its_line(
    before: str, after: str, said: str, line: str
) -> None:
    text = changed(before, after)
    if "gives_up` dipakai" in said:
        text = changed(
            "      - action: close\n        label: Diterima",
            "      - action: close\n        key: gives_up\n        label: Diterima",
            text,
        )
        line = "        key: gives_up"
    one = found(linted(text), said)
    assert (one.level, one.line) == ("error", line_of(line, text))


def test_a_return_to_a_later_step_is_fine_when_only_returns_lead_there() -> None:
    text = changed("action: reject", "action: return\n        key: tolak")
    assert not [one for one in linted(text) if "kemudian" in one.message]


def test_same_as_is_fine_for_a_step_that_is_always_passed() -> None:
    text = changed("actor: pemohon\n    recorded_by: loket", "actor: {same_as: periksa}")
    text = changed("    gives_up: {after: 14 hari, to: {end: terbit}}\n", "", text)
    assert linted(text) == []


def test_a_chosen_post_stays_chosen() -> None:
    text = changed("{unit: [satu, dua]}", "{post: kabid}")
    assert linted(text) == []


def test_a_role_is_looked_for_in_the_units_above() -> None:
    text = changed("{unit: [satu, dua]}", "{unit: [satu, seksi-dua]}")
    assert linted(text) == []


def test_every_effect_that_a_pack_may_name_is_carried_out() -> None:
    assert set(EFFECTS) == set(WRITTEN)


TEAM = changed("    actor: kabid\n", "    actor: kepala\n    team: kabid\n")


def test_a_team_is_concluded_by_one_post_of_the_office() -> None:
    assert linted(TEAM) == []
    both = changed("    actor: kepala\n    team", "    actor: [kepala, kasi]\n    team", TEAM)
    assert found(linted(both), "disimpulkan oleh satu pelaksana").level == "error"
    alone = changed("team: kabid", "team: kepala", TEAM)
    assert found(linted(alone), "tidak ada pendapat yang ditunggu").level == "warning"


def test_what_is_secret_does_not_open_a_case_that_everybody_sees() -> None:
    secret = changed("kind: general\n", "kind: general\nconfidential: true\n")
    opening = changed(
        "label: Setujui\n", "label: Setujui\n        effects: [open_case: rujukan]\n", secret
    )
    target = SOP.replace("code: izin", "code: rujukan")
    assert found(linted(opening, target), "tidak rahasia").level == "error"
    assert (
        linted(opening, target.replace("kind: general\n", "kind: general\nconfidential: true\n"))
        == []
    )
    assert found(linted(target, opening), "dibuka dari SOP rahasia").level == "error"
