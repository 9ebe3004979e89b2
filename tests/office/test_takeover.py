"""An office that worked on paper until today goes on in Paraf where its registers stop."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from backoffice import access, lists, numbers, search
from backoffice.errors import CannotTakeBack, Refusal, Stale
from backoffice.takeover import taking
from backoffice.takeover.checking import check
from backoffice.takeover.known import known_of
from backoffice.takeover.rows import OpenRow
from backoffice.takeover.taking import Faulty
from backoffice.takeover.words import CLOSED, OPEN
from backoffice.workflow import corrections
from backoffice.workflow.bulk import row_ids
from backoffice.workflow.definition import GIVES_UP
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.team import awaited
from models import (
    Assignment,
    Base,
    Case,
    CaseEvent,
    Counter,
    EventKind,
    Notice,
    Office,
    OutsideReference,
    Party,
    Recapitulation,
    ReferenceKind,
    Status,
    db,
)
from seed import walking
from tests import factories
from tests.factories import NOW
from tests.registers import (
    COUNT,
    administrator,
    ended,
    faults,
    going,
    register,
    take,
    taken_over,
)

WIB = ZoneInfo("Asia/Jakarta")
SEKSI = "Kepala Seksi Rehabilitasi Sosial Anak dan Lanjut Usia"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of January 2026 on the office's clock."""
    return datetime(2026, 1, day, hour, minute, tzinfo=WIB)


def cases() -> list[Case]:
    """Every case there is, in the order of the register."""
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def only() -> Case:
    """The one case there is."""
    (case,) = cases()
    return case


def desks(case: Case) -> list[tuple[str, datetime, datetime | None]]:
    """On whose desks it lies, since when, until when."""
    return [
        (desk.post.title, desk.entered_at, desk.due_at)
        for desk in case.assignments
        if desk.left_at is None
    ]


def number_of_rows() -> dict[str, int]:
    """How much stands in every table that a takeover writes."""
    tables: list[type[Base]] = [Case, CaseEvent, Assignment, Party, Counter, Recapitulation]
    count = {
        one.__tablename__: db.session.scalar(select(func.count()).select_from(one))
        for one in tables
    }
    return {name: n or 0 for name, n in count.items()}


# -- cases under way -------------------------------------------------------------------------


def test_a_case_under_way_lies_on_the_desk_of_its_step_and_its_time_runs_from_that_day(
    dukcapil: Office,
) -> None:
    take(dukcapil, register([going(address="Jalan Contoh 2", channel="Surat", category=2)]))
    case = only()
    assert (case.number, case.step, case.status) == ("ADU-2026-0007", "pemeriksaan", Status.OPEN)
    # Langkah 6: 1 hari kerja, since Tuesday morning: due on Wednesday at closing time.
    assert desks(case) == [("Kepala Dinas", at(6, 8), at(7, 16, 30))]
    assert (case.received_on, case.opened_at) == (date(2026, 1, 5), at(5, 8))
    assert (case.channel, case.category, case.version) == ("surat", "02", 1)
    reporter = case.party("reporter")
    assert reporter is not None
    assert (reporter.name, reporter.address) == ("Fitri Teladani", "Jalan Contoh 2")
    assert case.unit is not None
    assert case.unit.key == "umum"  # where the counter stands


def test_its_history_begins_with_who_took_it_over_from_where(dukcapil: Office) -> None:
    take(dukcapil, register([going(note="Map biru")]))
    (event,) = only().events
    assert (event.kind, event.seq, event.step) == (EventKind.TAKEN_OVER, 1, "pemeriksaan")
    assert event.reason == f"Diambil alih dari buku.xlsx, lembar {OPEN} baris 2."
    assert event.note == "Map biru"
    assert event.post.key == "administrator"
    assert (event.happened_at, event.recorded_at) == (at(6, 8), NOW)


def test_a_day_with_its_time_is_kept_to_the_minute(dukcapil: Office) -> None:
    take(dukcapil, register([going(step="pengiriman", since="9 Januari 2026 pukul 15.00")]))
    # Langkah 7: 15 menit.
    assert desks(only()) == [("Petugas Pengaduan", at(9, 15), at(9, 15, 15))]


def test_the_step_may_be_named_by_its_number_on_the_paper(dukcapil: Office) -> None:
    take(dukcapil, register([going(step=6)]))
    assert only().step == "pemeriksaan"


def test_a_number_that_several_steps_share_is_asked_for_by_its_key(dukcapil: Office) -> None:
    (fault,) = faults(dukcapil, register([going(sop="pengaduan-besar", step="7")]))
    assert fault.endswith(
        "Nomor 7 dipakai beberapa langkah. Tulis kuncinya: penyusunan, pengiriman."
    )


def test_a_case_that_waits_for_somebody_outside_waits_and_may_be_given_up_in_time(
    dukcapil: Office,
) -> None:
    take(
        dukcapil,
        register([going(step="penerimaan", received_on="1/12/2025", since="15 Desember 2025")]),
    )
    case = only()
    assert case.status is Status.WAITING
    assert desks(case) == [("Petugas Pengaduan", datetime(2025, 12, 15, 8, tzinfo=WIB), None)]
    actor = factories.actor(dukcapil, "petugas-pengaduan")
    for day, offered in ((13, False), (15, True)):  # 30 hari, to closing time on 14 January
        ways = available_transitions(case, actor, at(day, 9))
        assert (GIVES_UP in {way.key for way in ways}) is offered


@pytest.mark.parametrize(("severity", "due"), [("Ringan", at(12, 16)), (None, at(26, 16))])
def test_the_promise_for_the_whole_case_runs_from_the_day_it_was_received(
    sekadau: Office, severity: str | None, due: datetime
) -> None:
    # 7 hari for a light case, 21 hari until somebody has said how grave it is.
    row = {"number": "DATA-2026-0003", "severity": severity}
    case = taken_over(sekadau, "permintaan-data", "pengolahan", **row)
    assert (case.numbered_at, case.due_at) == (at(5, 7, 30), due)


def test_outside_numbers_and_answers_come_along(ambon: Office) -> None:
    row = going(
        sop="bantuan-qurban",
        step="pemeriksaan",
        number="QURBAN-2026-0003",
        lapor="2026-00077",
        letter="005/12/Umum",
        **{"fields.jumlah_dimohon": "3", "fields.nama_kelompok": "Kelompok Contoh"},
    )
    take(ambon, register([row]))
    case = only()
    assert case.answers["jumlah_dimohon"] == 3
    assert case.answers["nama_kelompok"] == "Kelompok Contoh"
    known = db.session.scalars(select(OutsideReference).order_by(OutsideReference.id))
    assert [(one.kind, one.number) for one in known] == [
        (ReferenceKind.LAPOR, "2026-00077"),
        (ReferenceKind.LETTER, "005/12/Umum"),
    ]
    assert case.party("applicant") is not None


def test_a_reporter_who_did_not_say_his_name_stays_unknown_where_the_sop_allows_it(
    ambon: Office, dukcapil: Office
) -> None:
    row = going(sop="pengaduan", step="verifikasi", number=None, name="Anonim", telephone=None)
    take(ambon, register([row]))
    reporter = only().party("reporter")
    assert reporter is not None
    assert (reporter.anonymous, reporter.name) == (True, "")
    (fault,) = faults(dukcapil, register([going(name="Anonim")]))
    assert fault.endswith("SOP ini tidak menerima berkas tanpa nama. Isi namanya.")


# -- who has it ------------------------------------------------------------------------------


def test_where_several_posts_may_have_the_step_the_row_names_one_and_it_stays_with_him(
    sekadau: Office,
) -> None:
    row = going(sop="permintaan-data", step="verifikasi", number=None)
    (fault,) = faults(sekadau, register([row]))
    assert "Beberapa jabatan dapat memegang langkah ini" in fault
    assert SEKSI in fault
    take(sekadau, register([{**row, "post": SEKSI}]))
    case = only()
    assert [title for title, *_ in desks(case)] == [SEKSI]
    assert case.unit is not None
    assert case.unit.key == "rehsos-anak"  # a chosen post brings its unit
    case = walking.bring(case.id, "penerusan", when=factories.after)
    assert [title for title, *_ in desks(case)] == [SEKSI]  # "oleh jabatan yang sama"


def test_a_step_of_the_same_post_as_before_finds_it_though_nobody_acted_there_here(
    sekadau: Office,
) -> None:
    row = going(sop="permintaan-data", step="penerusan", number=None, post=SEKSI)
    take(sekadau, register([row]))
    case = walking.bring(only().id, "paraf", when=factories.after)
    # Paraf belongs to the head of the Bidang to which the chosen Seksi belongs.
    assert [title for title, *_ in desks(case)] == ["Kepala Bidang Rehabilitasi Sosial"]


def test_a_post_that_cannot_have_the_step_or_sits_elsewhere_is_named(sekadau: Office) -> None:
    row = going(sop="permintaan-data", step="verifikasi", number=None)
    wrong = {**row, "post": "Kepala Dinas"}
    elsewhere = {**row, "post": SEKSI, "unit": "linjamsos", "subject": "Lain"}
    one, two = faults(sekadau, register([wrong, elsewhere]))
    assert "“Kepala Dinas” tidak memegang langkah ini. Yang dapat: " in one
    assert "Kepala Seksi" in two
    assert "Perbaiki, atau kosongkan." in two


def test_proposals_on_a_list_stand_on_it(ambon: Office) -> None:
    take(
        ambon,
        register(
            going(sop="bantuan-qurban", step=step, number=f"QURBAN-2026-{n:04}")
            for n, step in enumerate(("rekapan", "rekapan", "koreksi", "persetujuan"), 1)
        ),
    )
    by_step: dict[str, set[int]] = {}
    for case in cases():
        by_step.setdefault(case.step, set()).add(case.id)
    listed = list(db.session.scalars(select(Recapitulation)))
    frozen = {frozenset(row_ids(one.id)) for one in listed if one.frozen_at is not None}
    (joining,) = [one for one in listed if one.frozen_at is None]
    assert row_ids(joining.id) == by_step["rekapan"]
    assert frozen == {frozenset(by_step["koreksi"]), frozenset(by_step["persetujuan"])}


def test_a_team_is_asked_for_its_opinions(ambon: Office) -> None:
    case = taken_over(ambon, "pengaduan", "analisis")
    assert {desk.post.key for desk in awaited(case)} == {
        "kasubbag-umum",
        "kasubbag-keagamaan",
        "kasubbag-kesra",
    }
    assert factories.post_of(ambon, "kabag").id in {
        desk.post_id for desk in case.assignments if desk.duty == "responsible"
    }


def test_a_confidential_case_is_seen_by_its_desk_alone(sampang: Office) -> None:
    case = taken_over(sampang, "pengaduan-puspaga", "disposisi")
    seen = {
        post.key
        for post in known_of(sampang, NOW).posts
        if not post.takes_escalations
        and db.session.scalar(
            select(Case.id).where(access.sees_case(factories.person(sampang, post.key)))
        )
    }
    assert seen == {desk.post.key for desk in case.assignments}


def test_who_takes_over_sees_none_of_it_afterwards(dukcapil: Office) -> None:
    take(dukcapil, register([going()], [ended()]))
    person = factories.person(dukcapil, "administrator")
    assert db.session.scalars(select(Case.id).where(access.glimpses_case(person))).all() == []
    assert db.session.scalars(select(CaseEvent).where(access.scope(person, CaseEvent))).all() == []


def test_what_the_sop_branches_by_and_no_longer_asks_must_be_said(sampang: Office) -> None:
    row = going(sop="pengaduan-puspaga", step="penerusan", number=None)
    (fault,) = faults(sampang, register([row]))
    assert fault == (
        f"{OPEN} baris 2, kolom Saluran: "
        "Wajib diisi: menurut SOP, jalan berkas ini tergantung padanya."
    )
    assert faults(sampang, register([{**row, "channel": "Surat"}])) == []
    assert faults(sampang, register([{**row, "step": "penyampaian"}])) == []  # it is asked there


# -- what lies on paper ----------------------------------------------------------------------


def test_a_letter_drafted_on_paper_is_signed_and_sent_on_paper(dukcapil: Office) -> None:
    case = taken_over(dukcapil, "pengaduan-menengah", "pemeriksaan")
    case = walking.act(case.id, "approve", now=NOW)
    assert case.step == "pengiriman"
    case = walking.act(case.id, "forward", now=NOW)
    assert (case.step, case.status) == ("penerimaan", Status.WAITING)
    told = db.session.scalars(select(Notice)).one()
    assert (told.kind, told.told_event_id) == ("surat-balasan", case.events[-1].id)


def test_a_letter_that_is_sent_back_is_written_here(dukcapil: Office) -> None:
    case = taken_over(dukcapil, "pengaduan-menengah", "pemeriksaan")
    case = walking.act(case.id, "return", now=NOW)
    case = walking.bring(case.id, "penyusunan", when=factories.after)
    with pytest.raises(Refusal, match="letter_gap"):
        walking.act(case.id, "forward", now=factories.after(case), letter={})
    case = walking.bring(case.id, "pemeriksaan", when=factories.after)
    assert case.step == "pemeriksaan"


def test_a_letter_that_was_not_drafted_yet_is_asked_for(dukcapil: Office) -> None:
    case = taken_over(dukcapil, "pengaduan-menengah", "penyusunan")
    with pytest.raises(Refusal, match="letter_gap"):
        walking.act(case.id, "forward", now=NOW, letter={})


# -- numbers ---------------------------------------------------------------------------------


def next_number(office: Office, code: str = "ADU") -> str:
    """What the next case would be called; the number is not taken."""
    number = numbers.case_number(office, code, now=NOW)
    db.session.rollback()
    return number


def test_numbers_go_on_where_the_paper_stops(dukcapil: Office) -> None:
    take(dukcapil, register(counts=[COUNT]))
    assert next_number(dukcapil) == "ADU-2026-0042"


def test_the_highest_number_on_a_row_counts_too(dukcapil: Office) -> None:
    take(dukcapil, register([going(number="adu-2026-45")], [ended()], [COUNT]))
    assert next_number(dukcapil) == "ADU-2026-0046"
    counted = {one.year: one.n for one in db.session.scalars(select(Counter))}
    assert counted == {2025: 310, 2026: 45}


def test_a_number_of_another_make_is_kept_and_counts_for_nothing(dukcapil: Office) -> None:
    take(dukcapil, register([going(number="045/ADU/I/2026")]))
    assert only().number == "045/ADU/I/2026"
    assert next_number(dukcapil) == "ADU-2026-0001"


def test_a_case_past_the_step_that_numbers_gets_a_new_number_one_before_it_does_not(
    dukcapil: Office,
) -> None:
    rows = [
        going(number=None),
        going(number="ADU-2026-0050", subject="Kartu hilang"),
        going(number=None, step="pencatatan", subject="Akta hilang"),
    ]
    take(dukcapil, register(rows, counts=[COUNT]))
    assert [case.number for case in cases()] == ["ADU-2026-0051", "ADU-2026-0050", None]
    case = walking.act(cases()[2].id, "forward", now=NOW)
    assert case.number == "ADU-2026-0052"


def test_numbers_never_go_back(dukcapil: Office) -> None:
    for _ in range(3):
        factories.make_case(dukcapil, "pengaduan-umum", "arahan")
    (fault,) = faults(dukcapil, register(counts=[{**COUNT, "last": 2}]))
    assert fault.endswith(
        "Paraf sudah memberi ADU-2026-0003; nomor tidak pernah mundur. Kosongkan sel ini."
    )
    take(dukcapil, register(closed=[ended(number="ADU-2026-0001x"), ended(number="ADU-2025-0002")]))
    assert next_number(dukcapil) == "ADU-2026-0004"


@pytest.mark.sqlite
def test_numbers_that_cannot_be_are_named(dukcapil: Office) -> None:
    counts = [
        {"code": "ADX", "year": 2026, "last": 4},
        {"code": "ADU", "year": 2062, "last": 4},
        {"code": "ADU", "year": 2026, "last": "empat"},
        {"code": "ADU", "year": 2026, "last": 99_999_999},
        {"code": "ADU", "year": 2025, "last": 4},
        {"code": "ADU", "year": 2025, "last": 5},
        {"code": "ADU", "year": 2024},
    ]
    told = faults(dukcapil, register([going(number="ADU-2031-0001")], counts=counts))
    assert [one.partition(": ")[2] for one in told] == [
        "Kode nomor “ADX” tidak ada. Maksudnya ADU?",
        "Tahun 2062 tidak mungkin. Periksa tahunnya.",
        "“empat” bukan bilangan bulat. Tulis angka saja, misalnya 41.",
        "99999999 terlalu besar untuk nomor urut. Periksa angkanya.",
        "Kode ADU tahun 2025 ada dua kali. Hapus salah satu baris.",
        "Tahun 2031 belum terjadi. Periksa nomornya.",
    ]


# -- the book of last year -------------------------------------------------------------------


def test_a_finished_case_is_kept_to_be_found_listed_and_looked_up(dukcapil: Office) -> None:
    take(dukcapil, register(closed=[ended(telephone="0800-0000-777", unit="umum")]))
    case = only()
    assert (case.status, case.outcome) == (Status.CLOSED, "selesai")
    assert case.closed_at == datetime(2025, 11, 17, 16, 30, tzinfo=WIB)
    assert (case.assignments, case.due_at) == ([], None)
    assert [(one.kind, one.outcome) for one in case.events] == [(EventKind.TAKEN_OVER, "selesai")]
    head = factories.person(dukcapil, "kadis")
    assert lists.ids_newest_first(head, Case, 10) == [case.id]
    for asked in ("ADU-2025-0310", "gita teladan", "0800 0000 777", "akta kelahiran"):
        found = db.session.scalars(search.hits(asked, db.session(), office_id=dukcapil.id))
        assert list(found) == [case.id], asked


def test_a_case_may_have_ended_otherwise(dukcapil: Office) -> None:
    ends = ("Cukup dengan informasi", "dicabut", "Batal")
    take(
        dukcapil,
        register(
            closed=[ended(number=f"ADU-2025-000{n}", outcome=end) for n, end in enumerate(ends, 1)]
        ),
    )
    assert [(case.status, case.outcome) for case in cases()] == [
        (Status.CLOSED, "informasi"),
        (Status.WITHDRAWN, None),
        (Status.VOID, None),
    ]


def test_a_finished_case_of_a_confidential_sop_is_not_taken(sampang: Office) -> None:
    row = ended(sop="pengaduan-puspaga", number="PUSPAGA-2025-0001", outcome="Selesai ditangani")
    (fault,) = faults(sampang, register(closed=[row]))
    assert "tidak akan dapat dibuka siapa pun" in fault


# -- all or nothing --------------------------------------------------------------------------


def test_every_faulty_row_is_named_at_once_and_nothing_is_taken(dukcapil: Office) -> None:
    before = number_of_rows()
    data = register(
        [
            going(),
            going(number="ADU-2026-0008", step="pemerikssaan", since="32/13/2026", name=None),
            going(number="ADU-2026-0009", since="4/1/2026", channel="burung"),
            going(number="ADU-2026-0010", sop="pengaduan-raksasa"),
        ],
        [ended(outcome="Menang"), ended(number="ADU-2025-0311", closed_on="1 Mei 2025")],
        [COUNT],
    )
    assert faults(dukcapil, data) == [
        f"{OPEN} baris 3, kolom Langkah: SOP ini tidak mempunyai langkah “pemerikssaan”. "
        "Maksudnya pemeriksaan?",
        f"{OPEN} baris 3, kolom Di langkah ini sejak: “32/13/2026” bukan tanggal. "
        "Tulis seperti 13/01/2026 atau 13 Januari 2026.",
        f"{OPEN} baris 3, kolom Nama pelapor/pemohon: Wajib diisi.",
        f"{OPEN} baris 4, kolom Di langkah ini sejak: "
        "Lebih awal daripada tanggal diterima (05/01/2026).",
        f"{OPEN} baris 4, kolom Saluran: Saluran “burung” tidak ada. "
        "Pilih dari daftar di lembar Petunjuk.",
        f"{OPEN} baris 5, kolom Kode SOP: SOP terbit “pengaduan-raksasa” tidak ada. "
        "Maksudnya pengaduan-besar?",
        f"{CLOSED} baris 2, kolom Hasil akhir: Hasil akhir “Menang” tidak ada. "
        "Pilihannya: Dicabut, Batal, Selesai, Cukup dengan informasi.",
        f"{CLOSED} baris 3, kolom Selesai tanggal: "
        "Lebih awal daripada tanggal diterima (03/11/2025).",
    ]
    with pytest.raises(Faulty):
        take(dukcapil, data)
    assert number_of_rows() == before


def test_a_register_that_says_nothing_is_not_taken(dukcapil: Office) -> None:
    with pytest.raises(Faulty):
        take(dukcapil, register())


def test_the_same_rows_are_not_taken_twice(dukcapil: Office) -> None:
    data = register(
        [going(), going(number=None, subject="Akta hilang", step="pencatatan")], [ended()]
    )
    take(dukcapil, data)
    before = number_of_rows()
    assert [one.partition(": ")[2] for one in faults(dukcapil, data)] == [
        "Nomor ini sudah ada di Paraf. Bila berkasnya sama, hapus baris ini; bila lain, kosongkan "
        "nomornya dan sebut nomor kertasnya di Catatan.",
        "Nama, tanggal, dan perihal ini sudah ada di Paraf (tanpa nomor). Hapus baris ini; "
        "bila memang berkas lain, bedakan perihalnya.",
        "Nomor ini sudah ada di Paraf. Bila berkasnya sama, hapus baris ini; bila lain, kosongkan "
        "nomornya dan sebut nomor kertasnya di Catatan.",
    ]
    with pytest.raises(Faulty):
        take(dukcapil, data)
    assert number_of_rows() == before


def test_a_row_that_got_its_number_here_is_known_again_however_it_is_typed(
    dukcapil: Office,
) -> None:
    take(dukcapil, register([going(number=None)]))
    again = going(number=None, name="FITRI  Teladani", subject="kartu keluarga belum terbit.")
    (fault,) = faults(dukcapil, register([again]))
    assert "sudah ada di Paraf (ADU-2026-0001)" in fault


@pytest.mark.sqlite
def test_rows_that_say_the_same_in_one_register_are_named(dukcapil: Office) -> None:
    data = register(
        [
            going(),
            going(number="adu-2026-7"),
            going(number=None),
            going(number=None, step="pencatatan"),
        ],
        [ended(number="ADU-2026-0007", received_on="5/1/2026", closed_on="6/1/2026")],
    )
    assert faults(dukcapil, data) == [
        f"{OPEN} baris 3, kolom Nomor berkas: Nomor ini sama dengan {OPEN} baris 2. "
        "Hapus salah satu, atau perbaiki nomornya.",
        f"{OPEN} baris 5: Nama, tanggal, dan perihal sama dengan {OPEN} baris 4. "
        "Hapus salah satu; bila memang berkas lain, bedakan perihalnya.",
        f"{CLOSED} baris 2, kolom Nomor berkas: Nomor ini sama dengan {OPEN} baris 2. "
        "Hapus salah satu, atau perbaiki nomornya.",
    ]


def test_the_registers_of_two_offices_have_nothing_to_do_with_each_other(
    dukcapil: Office, sekadau: Office
) -> None:
    take(dukcapil, register([going()]))
    row = going(sop="pengaduan", step="pencatatan")
    assert faults(sekadau, register([row])) != []  # no such step there
    procedure = known_of(sekadau, NOW).sops["pengaduan"].procedure
    take(sekadau, register([{**row, "step": procedure.first.key}]))
    assert [case.office_id for case in cases()] == [dukcapil.id, sekadau.id]


# -- two presses, two hands ------------------------------------------------------------------


def seen_of(office: Office, data: bytes) -> str:
    """What somebody has confirmed."""
    return check(office, taking.read_for(office, data, NOW), NOW).seen


def test_what_would_do_something_else_by_now_is_not_done(dukcapil: Office) -> None:
    data = register([going(number=None)])
    seen = seen_of(dukcapil, data)
    factories.make_case(dukcapil, "pengaduan-umum", "arahan")  # takes ADU-2026-0001
    before = number_of_rows()
    with pytest.raises(Stale):
        take(dukcapil, data, seen=seen)
    assert number_of_rows() == before
    take(dukcapil, data, seen=seen_of(dukcapil, data))
    assert [case.number for case in cases()] == ["ADU-2026-0001", "ADU-2026-0002"]


def test_of_two_who_press_at_once_one_takes_it_over(app: Flask, dukcapil: Office) -> None:
    data = register([going(), going(number=None, subject="Akta hilang")], [ended()], [COUNT])
    seen, office_id = seen_of(dukcapil, data), dukcapil.id

    def press(_: int) -> str:
        with app.app_context():
            office = db.session.get_one(Office, office_id)
            try:
                take(office, data, seen=seen)
            except Faulty:
                return "faulty"
            except Stale:
                return "stale"
            finally:
                db.session.remove()
        return "taken"

    db.session.remove()
    with ThreadPoolExecutor(4) as pool:
        done = sorted(pool.map(press, range(4)))
    assert done.count("taken") == 1
    assert [case.number for case in cases()] == ["ADU-2026-0007", "ADU-2026-0042", "ADU-2025-0310"]


# -- from there on ---------------------------------------------------------------------------


def test_a_step_taken_here_may_be_taken_back_but_nothing_before_the_takeover(
    dukcapil: Office,
) -> None:
    case = taken_over(dukcapil, "pengaduan-menengah", "pemeriksaan")
    head = factories.actor(dukcapil, "kadis")
    assert not corrections.may_take_back(case, head)
    assert not corrections.may_take_back(case, administrator(dukcapil))
    walking.act(case.id, "approve", now=NOW)
    with command(case.id) as locked:
        corrections.take_back(locked, actor=head, now=NOW)
    assert only().step == "pemeriksaan"
    with pytest.raises(CannotTakeBack), command(case.id) as locked:
        corrections.take_back(locked, actor=head, now=NOW)


def test_a_late_entry_may_not_lie_before_the_takeover(dukcapil: Office) -> None:
    case = taken_over(dukcapil, "pengaduan-menengah", "pemeriksaan")
    before = at(6, 8) - timedelta(minutes=1)
    with pytest.raises(Refusal) as refused:
        walking.act(case.id, "approve", now=NOW, happened_at=before, reason="Lupa")
    assert refused.value.fields == {"happened_at": "before_previous_event"}


def plan_row(office: Office, row: dict[str, Any]) -> OpenRow:
    """A row as it is understood."""
    data = register([row])
    (found,) = check(office, taking.read_for(office, data, NOW), NOW).open
    return found


@pytest.mark.sqlite
def test_a_day_on_which_nobody_works_counts_from_eight(dukcapil: Office) -> None:
    found = plan_row(dukcapil, going(since="10 Januari 2026"))  # a Saturday
    assert found.since == at(10, 8)
    assert plan_row(dukcapil, going(since="12/01/2026")).since == at(12, 8)
    early = datetime(2026, 1, 12, 0, 30, tzinfo=UTC)  # 07.30, before the office opens
    data = register([going(since="12/01/2026")])
    (row,) = check(dukcapil, taking.read_for(dukcapil, data, early), early).open
    assert row.since == early


@pytest.mark.long
def test_a_whole_year_of_an_office_is_taken_over_in_one_go(dukcapil: Office) -> None:
    steps = ("pencatatan", "arahan", "pemeriksaan", "pengiriman")
    data = register(
        (
            going(number=f"ADU-2026-{n:04}", step=steps[n % 4], summary="Uraian panjang. " * 20)
            for n in range(1, 2001)
        ),
        (ended(number=f"ADU-2025-{n:04}") for n in range(1, 5001)),
    )
    peak, began = most_memory(), time.process_time()
    take(dukcapil, data)
    spent = time.process_time() - began
    assert db.session.scalar(select(func.count()).select_from(Case)) == 7000
    assert next_number(dukcapil) == "ADU-2026-2001"
    # Measured: 14 s of a busy processor and 90 MB.
    assert spent < 60
    assert most_memory() - peak < 250


def most_memory() -> int:
    """How many MB this process has had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
