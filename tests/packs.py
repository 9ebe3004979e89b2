"""A small office with one sound SOP, for the tests of lint to spoil."""

from __future__ import annotations

from backoffice.workflow.findings import Finding
from backoffice.workflow.lint import lint_source
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.office_pack import read_office
from backoffice.workflow.pack import read_procedure, read_source

OFFICE = """\
key: dinas
name: [Dinas Contoh]
government: Pemerintah Kota Contoh
timezone: Asia/Jakarta
hours: {mon-fri: [08:00-16:00]}
numbers: {case: "{kode}-{tahun}-{urut}", letter: "{urut}"}
units:
  - {key: sekretariat, name: Sekretariat}
  - {key: satu, name: Bidang Satu}
  - {key: dua, name: Bidang Dua}
  - {key: seksi-dua, name: Seksi Dua, in: dua}
roles:
  - {key: pemohon, title: Pemohon, outside: true}
  - {key: loket, title: Petugas Loket}
  - {key: kepala, title: Kepala Dinas}
  - {key: kabid, title: Kepala Bidang}
  - {key: kasi, title: Kepala Seksi}
  - {key: juru, title: Juru Tulis}
posts:
  - {key: kadis, title: Kepala Dinas, roles: [kepala], capabilities: [manage_office]}
  - {key: loket, title: Petugas Loket, unit: sekretariat, under: kadis, roles: [loket]}
  - {key: kabid-satu, title: Kepala Bidang Satu, unit: satu, under: kadis, roles: [kabid]}
  - {key: kabid-dua, title: Kepala Bidang Dua, unit: dua, under: kadis, roles: [kabid]}
  - {key: kasi-dua, title: Kepala Seksi Dua, unit: seksi-dua, under: kabid-dua, roles: [kasi]}
"""
SOP = """\
code: izin
number_code: IZIN
title: Pelayanan Izin
kind: general
fields:
  - {key: jenis, label: Jenis, type: choice, required: true, options: [baru, lama]}
outcomes:
  - {key: terbit, label: Terbit}
  - {key: ditolak, label: Ditolak, notice: required}
steps:
  - key: terima
    row: 1
    activity: Petugas Loket menerima berkas
    actor: loket
    time: 15 menit
    asks: [subject, jenis]
    transitions:
      - action: forward
        label: Teruskan
        to: disposisi
        effects: [number]
  - key: disposisi
    row: 2
    activity: Kepala Dinas mendisposisi
    actor: kepala
    time: 1 jam
    transitions:
      - action: forward
        label: Disposisikan
        to: periksa
        choose: {unit: [satu, dua]}
        effects: [dispose]
  - key: periksa
    row: 3
    activity: Kepala Bidang memeriksa
    actor: kabid
    time: 1 hari kerja
    transitions:
      - action: approve
        label: Setujui
        to: serah
      - action: reject
        label: Tolak
        to: beritahu
        effects: [notify: surat-balasan]
      - action: return
        label: Kembalikan
        to: terima
  - key: beritahu
    row: null
    activity: Loket memberi tahu
    actor: loket
    time: 1 jam
    deviation: Kertas tidak menyebut penolakan.
    transitions:
      - action: close
        label: Tutup
        to: {end: ditolak}
  - key: serah
    row: 4
    activity: Pemohon menerima izin
    actor: pemohon
    recorded_by: loket
    time: 15 menit
    gives_up: {after: 14 hari, to: {end: terbit}}
    deviation: Kertas tidak menyebut batas tunggu.
    transitions:
      - action: close
        label: Diterima
        to: {end: terbit}
"""


def office(text: str = OFFICE) -> OfficePack:
    found, findings = read_office(text, "office.yaml")
    assert found is not None, findings
    return found


def linted(text: str, *others: str, in_office: str = OFFICE) -> list[Finding]:
    """What lint says of a text, beside other SOPs of the office."""
    sops = [read_procedure(one, "lain.yaml")[0] for one in others]
    assert None not in sops
    read = [one for one in sops if one is not None]
    return lint_source(read_source(text, "izin.yaml"), office(in_office), read, ("surat-balasan",))


def changed(before: str, after: str, text: str = SOP) -> str:
    assert before in text, before
    return text.replace(before, after, 1)


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def found(findings: list[Finding], said: str) -> Finding:
    """The finding that says so; the test fails with all of them where there is none."""
    one = next((one for one in findings if said in str(one)), None)
    assert one is not None, [str(each) for each in findings]
    return one


VARIANT = changed("kind: general\n", "kind: general\nfamily: izin\nvariant: biasa\ndefault: true\n")
SWITCH = """\
      - action: record
        label: Pindahkan
        to: periksa
        choose: variant
        effects: [reclassify]
"""
BIASA = changed("  - key: beritahu\n", SWITCH + "  - key: beritahu\n", VARIANT)
KILAT = BIASA.replace("code: izin", "code: izin-kilat").replace(
    "variant: biasa\ndefault: true", "variant: kilat"
)
