"""An SOP changes while cases run on it, and cases move between its variants and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backoffice.workflow import corrections, publishing
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.recount import recount
from models import Attachment, Case, Letter, Office, Record, Status, db
from seed import walking
from tests.factories import NOW, actor, after, make_case

RECORD = """\
records:
  - {key: catatan, title: Catatan, fields: [{key: isi, label: Isi, type: text}]}
"""
SMALL = (
    """
code: aduan-biasa
number_code: ADN
title: Aduan Biasa
kind: complaint
family: aduan
variant: biasa
default: true
fields:
  - {key: lokasi, label: Lokasi, type: text, required: true}
outcomes:
  - {key: selesai, label: Selesai}
steps:
  - key: catat
    row: 1
    activity: Petugas mencatat aduan
    actor: petugas-pengaduan
    asks: [reporter, subject, lokasi]
    transitions:
      - action: forward
        label: Teruskan
        to: periksa
        attach: required
        effects: [number, record: catatan]
  - key: periksa
    row: 2
    activity: Kasubbag memeriksa
    actor: kasubbag-umum
    time: 1 hari kerja
    transitions:
      - action: forward
        label: Teruskan ke petugas
        to: jawab
      - action: record
        key: pindah
        label: Pindahkan
        to: periksa
        choose: variant
        note: required
        effects: [reclassify]
      - action: record
        key: perpanjang
        label: Perpanjang
        to: periksa
        note: required
        effects: [extend: 2 hari kerja]
  - key: jawab
    row: 3
    activity: Petugas menjawab
    actor: petugas-pengaduan
    transitions:
      - action: close
        label: Tutup
        to: {end: selesai}
"""
    + RECORD
)
LARGE = (
    SMALL.replace("aduan-biasa", "aduan-berat")
    .replace("variant: biasa\ndefault: true", "variant: berat")
    .replace("Aduan Biasa", "Aduan Berat")
    .replace("time: 1 hari kerja", "time: 3 hari kerja")
    .replace(
        "  - {key: lokasi, label: Lokasi, type: text, required: true}\n",
        "  - {key: saksi, label: Saksi, type: text}\n",
    )
    .replace("[reporter, subject, lokasi]", "[reporter, subject]")
    .replace(RECORD, "")
    .replace("[number, record: catatan]", "[number]")
)
# Version 2 has the head of office approve what the Kasubbag has examined.
NEWER = SMALL.replace(
    "label: Teruskan ke petugas\n        to: jawab",
    "label: Ajukan ke Kepala Dinas\n        to: setujui",
).replace(
    "  - key: jawab\n    row: 3",
    """  - key: setujui
    row: 3
    activity: Kepala Dinas menyetujui
    actor: kepala-dinas
    transitions:
      - action: approve
        label: Setujui
        to: jawab
  - key: jawab
    row: 4""",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def published(office: Office, *texts: str) -> Office:
    for text in texts:
        publishing.save_draft(office, text)
    publishing.publish_all(office, now=NOW, by=None)
    return office


def switch(case: Case, variant: str) -> Case:
    return walking.act(case.id, "pindah", now=after(case, 60), story=walking.Story(variant=variant))


def finish(case: Case) -> Case:
    """Take the first way out until the case is closed."""
    while case.is_live:
        here = walking.actor_at(case, NOW)
        keys = [way.key for way in available_transitions(case, here, after(case))]
        case = walking.act(case.id, keys[0], now=after(case))
    return case


def steps(case: Case) -> list[str | None]:
    return [event.to_step for event in case.events if event.to_step]


def version(case: Case) -> tuple[str, int]:
    return case.procedure_version.code, case.procedure_version.version


def test_cases_of_two_versions_finish_each_by_its_own_rules(dukcapil: Office) -> None:
    older = make_case(published(dukcapil, SMALL, LARGE), "aduan-biasa", "periksa")
    newer = make_case(published(dukcapil, NEWER), "aduan-biasa", "periksa")
    assert (version(older), version(newer)) == (("aduan-biasa", 1), ("aduan-biasa", 2))
    older, newer = finish(older), finish(newer)
    assert steps(older) == ["periksa", "jawab"]
    assert steps(newer) == ["periksa", "setujui", "jawab"]
    assert (older.status, newer.status) == (Status.CLOSED, Status.CLOSED)
    assert version(older) == ("aduan-biasa", 1)


@pytest.mark.sqlite
def test_a_case_moved_to_another_variant_lands_on_its_newest_published_version(
    dukcapil: Office,
) -> None:
    case = make_case(published(dukcapil, SMALL, LARGE), "aduan-berat", "periksa")
    published(dukcapil, NEWER)
    publishing.save_draft(dukcapil, NEWER.replace("label: Setujui", "label: Setujui saja"))
    case = switch(case, "biasa")
    assert version(case) == ("aduan-biasa", 2)
    assert steps(finish(case))[-2:] == ["setujui", "jawab"]


def test_a_case_moved_there_and_back_loses_nothing(dukcapil: Office) -> None:
    case = make_case(published(dukcapil, SMALL, LARGE), "aduan-biasa", "periksa")
    number, entered, due = case.number, case.assignments[-1].entered_at, case.assignments[-1].due_at
    before = [(one.seq, one.note, one.step) for one in case.events]
    case = switch(case, "berat")
    assert version(case) == ("aduan-berat", 1)
    # Entered Senin 12 Januari 2026; 3 hari kerja: Kamis 15, closing at 16.30 WIB.
    assert case.assignments[-1].due_at == at("2026-01-15T16:30:00+07:00")
    case = switch(case, "biasa")
    assert (case.number, version(case)) == (number, ("aduan-biasa", 1))
    desk = case.assignments[-1]
    assert (desk.entered_at, desk.due_at) == (entered, due)
    assert [(one.seq, one.note, one.step) for one in case.events][: len(before)] == before
    assert case.answers == {"lokasi": "Contoh isian"}
    filled = db.session.scalars(select(Record).where(Record.case_id == case.id)).one()
    assert (filled.key, filled.values) == ("catatan", {"isi": "Contoh isian"})
    files = db.session.scalars(select(Attachment).where(Attachment.case_id == case.id)).all()
    assert len(files) == 1
    assert finish(case).status == Status.CLOSED


@pytest.mark.sqlite
def test_an_extension_that_was_granted_outlives_a_new_variant_and_a_new_holiday(
    dukcapil: Office,
) -> None:
    # Senin 12 and 1 hari kerja: Selasa 13; two more: Kamis 15 Januari.
    case = make_case(published(dukcapil, SMALL, LARGE), "aduan-biasa", "periksa")
    case = walking.act(case.id, "perpanjang", now=after(case))
    assert case.assignments[-1].due_at == at("2026-01-15T16:30:00+07:00")
    recount(dukcapil.id)
    assert case.assignments[-1].due_at == at("2026-01-15T16:30:00+07:00")
    case = switch(case, "berat")
    # Kamis 15 Januari and two more working days; Jumat 16 is Isra Mikraj: Selasa 20.
    assert case.assignments[-1].due_at == at("2026-01-20T16:30:00+07:00")


@pytest.mark.sqlite
def test_what_an_extension_or_another_variant_gave_is_gone_when_it_is_taken_back(
    dukcapil: Office,
) -> None:
    case = make_case(published(dukcapil, SMALL, LARGE), "aduan-biasa", "periksa")
    due = case.assignments[-1].due_at
    for take in (
        lambda: walking.act(case.id, "perpanjang", now=after(case)),
        lambda: switch(case, "berat"),
    ):
        assert take().assignments[-1].due_at != due
        with command(case.id) as locked:
            corrections.take_back(locked, actor=actor(dukcapil, "kasubbag-umum"), now=after(case))
        assert case.assignments[-1].due_at == due
    assert walking.act(case.id, "perpanjang", now=after(case)).assignments[-1].due_at != due


LADDER = ("kecil", "menengah", "besar", "umum", "besar", "menengah", "kecil")


@pytest.mark.sqlite
def test_a_complaint_is_rescaled_up_and_down_the_whole_family(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-kecil", "arahan")
    number, entered = case.number, case.assignments[-1].entered_at
    for variant in LADDER[1:]:
        offered = available_transitions(case, actor(dukcapil, "kasubbag-umum"), after(case))
        way = next(one for one in offered if one.has("reclassify"))
        case = walking.act(case.id, way.key, now=after(case), story=walking.Story(variant=variant))
        assert (case.procedure_version.variant, case.step) == (variant, "arahan")
    assert (case.number, case.assignments[-1].entered_at) == (number, entered)
    case = walking.bring(case.id, "penerimaan", when=after)
    letters = select(Letter).where(Letter.case_id == case.id)
    assert len(db.session.scalars(letters).all()) == 1
    assert walking.act(case.id, "close", now=after(case)).status == Status.CLOSED


@pytest.mark.sqlite
def test_a_letter_that_was_begun_goes_along_when_the_case_is_rescaled(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    letter = db.session.scalars(select(Letter).where(Letter.case_id == case.id)).one().id
    case = walking.act(case.id, "return", now=after(case))
    walking.act(case.id, "record", now=after(case), story=walking.Story(variant="umum"))
    case = walking.bring(case.id, "penandatanganan", when=after)
    assert case.procedure_version.code == "pengaduan-umum"
    kept = db.session.scalars(select(Letter).where(Letter.case_id == case.id)).one()
    assert (kept.id, kept.revision > 1) == (letter, True)
