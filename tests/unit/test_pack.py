"""A pack's text is read as it was typed, and what is wrong is named with its line."""

from __future__ import annotations

import pytest

from backoffice.clock import Duration, Measure
from backoffice.workflow.definition import (
    Action,
    Choose,
    Condition,
    Effect,
    Need,
    Procedure,
    Target,
)
from backoffice.workflow.effects import EFFECTS as REGISTRY
from backoffice.workflow.office_definition import CATEGORIES
from backoffice.workflow.pack import read_office, read_procedure
from backoffice.workflow.pack_steps import EFFECTS

SOP = """\
code: izin
number_code: IZIN
title: Pelayanan Izin
kind: general
fields:
  - {key: luas, label: Luas (m2), type: number}
  - {key: jenis, label: Jenis, type: choice, options: [baru, {key: lama, label: "A, B"}]}
outcomes:
  - {key: terbit, label: Terbit, notice: required}
steps:
  - key: terima
    row: 1
    activity: Loket menerima berkas
    actor: loket
    time: 15 menit
    asks: [subject, jenis]
    transitions:
      - action: forward
        label: Teruskan
        to: periksa
        effects: [number, draft: surat-balasan]
  - key: periksa
    row: 3a
    activity: Kepala memeriksa
    actor: {same_as: terima}
    time: null
    gives_up: {remind: 7 hari, after: 14 hari, to: {end: terbit}}
    transitions:
      - action: approve
        label: Setujui
        to: {end: terbit}
        when: {jenis: [baru, lama], applicant: known}
        choose: [{unit: any}, {post: [kasi, kabid]}, severity]
        attach: required
        attach_label: Izin bertanda tangan
      - action: return
        label: Kembalikan
        to: terima
records:
  - {key: notulen, title: Notulen, fields: [{key: hasil, label: Hasil, type: long_text}]}
"""

OFFICE = """\
key: dinas
name: [Dinas Contoh]
government: Pemerintah Kota Contoh
timezone: Asia/Jakarta
hours:
  mon-fri: [08:00-16:00]
numbers:
  case: "{kode}-{tahun}-{urut:04}"
  letter: "{klasifikasi}/{urut}/{unit}"
units: [{key: umum, name: Umum}]
roles: [{key: loket, title: Loket}]
posts:
  - {key: kadis, title: Kepala Dinas, capabilities: [manage_office]}
  - {key: loket, title: Petugas Loket, unit: umum, under: kadis, roles: [loket]}
"""


def read(text: str) -> Procedure:
    procedure, findings = read_procedure(text, "izin.yaml")
    assert procedure is not None, [str(one) for one in findings]
    return procedure


def faults(text: str) -> list[str]:
    procedure, findings = read_procedure(text, "izin.yaml")
    assert procedure is None
    return [str(one) for one in findings]


def changed(before: str, after: str, text: str = SOP) -> str:
    assert before in text
    return text.replace(before, after, 1)


def line_of(part: str, text: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_step_is_read_with_what_the_paper_says() -> None:
    step = read(SOP).first
    assert (step.key, step.row, step.activity) == ("terima", "1", "Loket menerima berkas")
    assert step.actors == ("loket",)
    assert step.time == Duration(15, Measure.MINUTE)
    assert step.asks == ("subject", "jenis")
    assert step.line == line_of("- key: terima", SOP)


def test_a_way_is_read_with_its_conditions_choices_and_effects() -> None:
    sop = read(SOP)
    way = sop.step("periksa").transitions[0]
    assert (way.key, way.action, way.to) == ("approve", Action.APPROVE, Target(outcome="terbit"))
    assert way.when == (
        Condition(name="jenis", values=("baru", "lama")),
        Condition(name="applicant", values=("known",)),
    )
    assert way.choose == (
        Choose(what="unit"),
        Choose(what="post", options=("kasi", "kabid")),
        Choose(what="severity"),
    )
    assert (way.attach, way.attach_label) == (Need.REQUIRED, "Izin bertanda tangan")
    assert sop.first.transitions[0].effects == (
        Effect(name="number"),
        Effect(name="draft", argument="surat-balasan"),
    )
    assert way.line == line_of("- action: approve", SOP)


def test_whoever_returns_a_case_must_always_say_why() -> None:
    assert read(SOP).step("periksa").transitions[1].note is Need.REQUIRED


def test_an_option_may_have_a_key_of_its_own() -> None:
    field = read(SOP).field("jenis")
    assert field is not None
    assert [(one.key, one.label) for one in field.options] == [
        ("baru", "baru"),
        ("lama", "A, B"),
    ]


def test_a_pack_without_outcomes_ends_as_selesai() -> None:
    text = changed("outcomes:\n  - {key: terbit, label: Terbit, notice: required}\n", "")
    assert [one.key for one in read(text.replace("terbit", "selesai")).outcomes] == ["selesai"]


@pytest.mark.parametrize("word", ["no", "ya", "08:00", "0711", "1e3", "2026-01-12", "~", "Off"])
def test_words_stay_as_they_were_typed(word: str) -> None:
    assert read(changed("Loket menerima berkas", word)).first.activity == word


@pytest.mark.parametrize("word", ["true", "false", "null"])
def test_true_false_and_null_are_no_texts_unless_quoted(word: str) -> None:
    text = changed("Loket menerima berkas", word)
    assert faults(text)[0].startswith(
        f"izin.yaml:{line_of('activity: ' + word, text)}: kesalahan: "
    )
    assert read(changed("Loket menerima berkas", f'"{word}"')).first.activity == word


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "label: Teruskan",
            "lable: Teruskan",
            "Kunci `lable` tidak dikenal di sini. Maksud Anda `label`?",
        ),
        (
            "    time: null",
            "    time: 15 meter",
            "`15 meter` tidak terbaca sebagai waktu. Contoh: 15 menit",
        ),
        ("    time: null", "    row: 4", "Kunci `row` ditulis dua kali"),
        ("    time: null", "    row: 4", "bila di sini mulai butir baru, awali dengan `- `"),
        (
            "action: approve",
            "action: aprove",
            "`aprove` tidak dikenal di sini. Maksud Anda `approve`?",
        ),
        ("    actor: loket\n", "    actor: [&a loket]\n", "jangkar dan alias YAML"),
        ("    actor: loket\n", "    actor: *a\n", "jangkar dan alias YAML"),
        ("    actor: loket\n", "    actor: !!str loket\n", "tanda YAML"),
        ("Loket menerima berkas", "Loket: menerima berkas", "Ada titik dua di dalam teks"),
        ("    time: null", "\u00a0   time: null", "diawali spasi istimewa, biasanya dari Word"),
        ("Loket menerima", "“Loket: menerima” dan", "Kutip “ ” dari Word"),
        ("[subject, jenis]", "[subject, jenis", "tidak ditutup"),
        ("Teruskan", "*Teruskan", "jangkar dan alias YAML"),
        ("label: Teruskan", "label: @Teruskan", "Teks tidak dapat dimulai dengan tanda ini. Apit"),
        ("label: Teruskan", "label: ''", "Isinya kosong."),
        ("label: Teruskan", "label:", "`label` masih kosong. Isi dengan tulisan yang tampil."),
        ("    time: null", "    time:", "Isinya kosong. Tulis isinya, atau hapus barisnya."),
        ("kind: general", "kind: umum", "`umum` tidak dikenal di sini. Yang ada: `complaint`"),
        ("key: periksa", "key: Periksa Ulang", "dan `_`. Misalnya `periksa-ulang`."),
        ("[number, draft: surat-balasan]", "[nomor]", "`nomor` tidak dikenal"),
        ("[number, draft: surat-balasan]", "[draft]", "`draft` memerlukan isi"),
        ("[number, draft: surat-balasan]", "[number: satu]", "`number` ditulis tanpa isi"),
        ("[number, draft: surat-balasan]", "[extend: lama]", "`lama` tidak terbaca sebagai waktu"),
        (
            "after: 14 hari, to: {end: terbit}",
            "after: 14 hari",
            "`after` (sesudah berapa lama) dan `to` (ke mana) selalu ditulis berdua",
        ),
        ("   to: terima", "   to: terima\n        note: none", "selalu memerlukan catatan"),
        ("type: number", "type: number, options: [a]", "`options` tidak berlaku"),
        ("type: long_text}", "type: long_text, from_meeting: day}", "Yang ada: `date`"),
        (
            "type: long_text}",
            "type: number, from_meeting: result}",
            "`from_meeting: result` memerlukan isian berjenis `text`",
        ),
        (
            "type: long_text}",
            "type: long_text, from_meeting: due}",
            "memerlukan isian berjenis `date`",
        ),
        ("type: number", "type: number, from_meeting: chair", "hanya ada pada isian di `records`"),
        ("type: choice, options: [baru", "type: choice, optoins: [baru", "memerlukan `options`"),
        ("kind: general", "kind: general\nfamily: izin", "`family` dan `variant`"),
        ("kind: general", "kind: general\ndefault: true", "hanya ada pada SOP yang mempunyai"),
        ("number_code: IZIN", "number_code: IZIN {x}", "`number_code` tidak memuat"),
        ("severity]", "severity, severity]", "`choose: severity` ditulis dua kali"),
        ("severity]", "unit]", "`unit` tidak dikenal"),
        ("when: {jenis", "when: {jenis: lama, jenis", "Kunci `jenis` ditulis dua kali"),
    ],
)
def test_what_is_not_listed_is_an_error_with_its_line(before: str, after: str, said: str) -> None:
    text = changed(before, after)
    found = [one for one in faults(text) if said in one]
    assert found, faults(text)
    first = line_of(before, SOP)
    assert found[0].split(":")[1] in [str(first + n) for n in range(after.count("\n") + 2)]


def test_a_missing_key_is_named_where_its_step_begins() -> None:
    text = changed("    activity: Kepala memeriksa\n", "")
    assert faults(text) == [
        f"izin.yaml:{line_of('- key: periksa', text)}: kesalahan: Langkah 3a: Kunci `activity` "
        "belum ada. Tambahkan baris `activity: …` (uraian kegiatan seperti di kertas)."
    ]


def test_every_fault_is_named_at_once() -> None:
    text = changed("label: Teruskan", "lable: Teruskan", changed("kind: general", "kind: umum"))
    assert [one.split(":")[1] for one in faults(text)] == ["4", "18", "19"]


@pytest.mark.parametrize(
    "text", ["", "# kosong\n", "- a\n- b\n", "a: [", "\x00", "a: b\n---\nc: d"]
)
def test_a_text_that_is_no_pack_is_refused_in_a_sentence(text: str) -> None:
    assert all(": kesalahan: " in one for one in faults(text))


def test_endless_nesting_is_refused() -> None:
    assert faults("a: " + "[" * 5_000) == [
        "izin.yaml:1: kesalahan: Isinya bersarang terlalu dalam. Adakah kurung yang berlebih?"
    ]


def test_a_text_cut_at_a_hash_is_told_to_use_quotes() -> None:
    text = changed("Loket menerima berkas", "Loket #3 menerima berkas")
    procedure, findings = read_procedure(text, "izin.yaml")
    assert procedure is not None
    assert [str(one) for one in findings] == [
        "izin.yaml:13: peringatan: Teks terpotong pada `#`; yang terbaca hanya «Loket». "
        "Bila `#` bagian dari teks, apit teksnya dengan tanda kutip."
    ]


def test_a_comment_is_no_fault() -> None:
    _, findings = read_procedure(changed("row: 1", "row: 1   # seperti di kertas"), "izin.yaml")
    assert findings == []


def test_records_stand_after_the_steps() -> None:
    records = SOP[SOP.index("records:") :]
    text = changed("steps:", records + "steps:", SOP.replace(records, ""))
    assert any("`records` ditulis sesudah `steps`" in one for one in faults(text))


def test_a_limit_by_severity_names_all_three() -> None:
    limits = "time_limit: {ringan: 7 hari, sedang: 14 hari, berat: 21 hari}\n"
    assert read(limits + SOP).time_limit == {
        "ringan": Duration(7, Measure.DAY),
        "sedang": Duration(14, Measure.DAY),
        "berat": Duration(21, Measure.DAY),
    }
    assert "Kunci `berat` belum ada" in faults(limits.replace(", berat: 21 hari", "") + SOP)[0]


def test_a_pack_can_write_every_effect_there_is() -> None:
    assert set(REGISTRY) <= set(EFFECTS)


def test_an_office_is_read_with_its_posts() -> None:
    office, findings = read_office(OFFICE, "office.yaml")
    assert findings == []
    assert office is not None
    assert [(one.key, one.under) for one in office.posts] == [("kadis", None), ("loket", "kadis")]
    assert office.hours == {"mon-fri": ("08:00-16:00",)}
    assert office.categories == CATEGORIES


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Asia/Jakarta", "Asia/Bandung", "bukan zona waktu"),
        ("08:00-16:00", "08:00-25:00", "Jam kerja ini tidak dapat dibaca"),
        ("mon-fri", "senin", "Jam kerja ini tidak dapat dibaca"),
        ("{urut:04}", "{nomor}", "Pola nomor ini tidak dapat dipakai"),
        ("{urut:04}", "", "Pola nomor ini memerlukan {urut}"),
        ("{tahun}", "26", "Pola nomor ini memerlukan {tahun}"),
        ("{kode}", "X", "Pola nomor ini memerlukan {kode}"),
        ("{urut:04}", "{urut:0999999999}", "Pola nomor ini tidak dapat dipakai"),
        ("{urut:04}", "{urut.__class__}", "Pola nomor ini tidak dapat dipakai"),
        ("{urut:04}", "{urut", "Pola nomor ini tidak dapat dipakai"),
        ("[manage_office]", "[manage_ofice]", "Maksud Anda `manage_office`?"),
        ("[Dinas Contoh]", "[A, B, C, D]", "satu sampai tiga baris"),
        ("posts:", "pots:", "Maksud Anda `posts`?"),
    ],
)
def test_a_wrong_office_is_refused_with_its_line(before: str, after: str, said: str) -> None:
    office, findings = read_office(changed(before, after, OFFICE), "office.yaml")
    assert office is None
    found = [one for one in findings if said in one.message]
    assert found, findings
    assert found[0].line in (line_of(before, OFFICE), line_of(before, OFFICE) - 1)


def test_hours_of_a_period_have_their_dates() -> None:
    ramadan = (
        "special_hours: [{from: 2026-02-18, to: 2026-03-19, hours: {mon-fri: [08:00-15:00]}}]\n"
    )
    office, findings = read_office(ramadan + OFFICE, "office.yaml")
    assert office is not None, findings
    assert office.special_hours[0].hours == {"mon-fri": ("08:00-15:00",)}
    wrong, _ = read_office(ramadan.replace("2026-03-19", "2026-02-17") + OFFICE, "office.yaml")
    assert wrong is None
