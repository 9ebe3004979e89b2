"""Whose desk comes next: dispositions, the same post again, variants, waiting, due moments."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backoffice.errors import Incomplete
from backoffice.workflow import corrections, publishing
from backoffice.workflow.deadlines import case_due
from backoffice.workflow.engine import command
from models import Case, Disposition, Duty, Notice, Office, Status, db
from seed import walking
from seed.walking import Story
from tests.factories import NOW, actor, after, make_case, version_of

DATA = "permintaan-data"


def desk_of(case: Case) -> list[str]:
    return [
        one.post.key
        for one in case.assignments
        if one.left_at is None and one.duty == Duty.RESPONSIBLE
    ]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_disposition_goes_down_two_levels_and_comes_back_to_that_kabid(sekadau: Office) -> None:
    story = Story(unit="linjamsos", post="Kepala Seksi Perlindungan Sosial Korban Bencana")
    case = make_case(sekadau, DATA, "disposisi-bidang", story=story)
    assert desk_of(case) == ["kabid-linjamsos"]
    case = walking.bring(case.id, "verifikasi", when=after, story=story)
    assert desk_of(case) == ["kasi-linjamsos-bencana"]
    case = walking.bring(case.id, "penerusan", when=after, story=story)
    assert desk_of(case) == ["kasi-linjamsos-bencana"]
    case = walking.bring(case.id, "paraf", when=after, story=story)
    assert desk_of(case) == ["kabid-linjamsos"]
    given = db.session.scalars(select(Disposition).order_by(Disposition.id))
    assert [(one.from_post.key, one.to_post.key) for one in given] == [
        ("kadis", "kabid-linjamsos"),
        ("kabid-linjamsos", "kasi-linjamsos-bencana"),
    ]


def test_a_kabid_cannot_pass_a_case_to_a_kasi_of_another_bidang(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi-bidang", story=Story(unit="rehsos"))
    other = next(
        one.id
        for one in actor(sekadau, "kasi-linjamsos-jaminan").user.holdings
        for one in [one.post]
    )
    with pytest.raises(Incomplete) as refused:
        walking.act(case.id, "forward", now=after(case), posts={"kepala-seksi": other})
    assert refused.value.fields == {"post": "not_a_choice"}
    assert desk_of(db.session.get_one(Case, case.id)) == ["kabid-rehsos"]


def test_a_case_is_rescaled_in_mid_way_and_keeps_its_number_and_its_elapsed_time(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, "pengaduan-menengah", "arahan")
    number, entered = case.number, case.assignments[-1].entered_at
    walking.act(case.id, "record", now=after(case), story=Story(variant="besar"))
    assert case.procedure_version.code == "pengaduan-besar"
    assert (case.number, case.step) == (number, "arahan")
    assert case.assignments[-1].entered_at == entered
    case = walking.bring(case.id, "rapat", when=after)
    assert desk_of(case) == ["kadis"]
    assert case.status == Status.WAITING


def test_returned_for_repair_the_case_gets_a_full_new_hour(dukcapil: Office) -> None:
    # Kasubbag: 1 jam. Senin 12 Januari 2026, 13.00-16.30 after the break.
    case = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    walking.act(case.id, "return", now=at("2026-01-12T13:05:00+07:00"))
    desk = case.assignments[-1]
    assert desk.post.key == "kasubbag-umum"
    assert desk.due_at == at("2026-01-12T14:05:00+07:00")


def test_two_steps_of_one_row_share_its_time(dukcapil: Office) -> None:
    # Row 7 of umum: signing and sending take 15 menit together.
    case = make_case(dukcapil, "pengaduan-umum", "penandatanganan")
    signing = case.assignments[-1]
    case = walking.act(case.id, "approve", now=after(case, 5))
    assert case.assignments[-1].due_at == signing.due_at


def test_the_clock_of_a_row_stands_while_the_case_is_at_a_step_of_no_row(
    dukcapil: Office,
) -> None:
    # Row 7 of besar is interrupted by the signature, which is a step of ours without a row.
    case = make_case(dukcapil, "pengaduan-besar", "penyusunan")
    walking.act(case.id, "forward", now=at("2026-01-13T09:00:00+07:00"))
    drafting = case.assignments[-2]
    walking.act(case.id, "approve", now=at("2026-01-13T10:00:00+07:00"))
    stood = at("2026-01-13T10:00:00+07:00") - at("2026-01-13T09:00:00+07:00")
    assert drafting.due_at is not None
    assert case.assignments[-1].due_at == drafting.due_at + stood


def test_while_the_citizen_completes_the_file_the_promise_of_the_office_stands_still(
    sekadau: Office,
) -> None:
    # Registered Senin 12 Januari 2026; berat: 21 hari -> Senin 2 Februari. Ten days of waiting
    # (13 to 23 Januari) move it to Kamis 12 Februari, closing at 15.30 WIB.
    case = make_case(sekadau, DATA, "verifikasi")
    walking.act(case.id, "return", now=at("2026-01-13T09:00:00+07:00"))
    assert (case.status, case.assignments[-1].due_at) == (Status.WAITING, None)
    assert desk_of(case) == ["petugas-pelayanan"]
    before = case_due(case)
    walking.act(case.id, "forward", now=at("2026-01-23T09:00:00+07:00"))
    assert before is not None
    assert case.due_at is not None
    assert (case.due_at.date() - before.date()).days == 10
    assert desk_of(case) == ["kasi-rehsos-anak"]


def test_the_severity_that_is_found_decides_the_promise(sekadau: Office) -> None:
    # Until it is chosen the longest holds: 21 hari; ringan is 7 hari from Senin 12 Januari.
    case = make_case(sekadau, DATA, "verifikasi")
    assert case.due_at is not None
    assert case.due_at.date().isoformat() == "2026-02-02"
    walking.act(case.id, "approve", now=after(case))
    assert case.due_at.date().isoformat() == "2026-01-19"


@pytest.mark.sqlite
def test_the_longest_promise_holds_also_where_the_heavy_ones_are_answered_first(
    sekadau: Office,
) -> None:
    text = version_of(sekadau, DATA).source_text
    hasty = text.replace("ringan: 7 hari", "ringan: 28 hari").replace("berat: 21", "berat: 3")
    publishing.save_draft(sekadau, hasty)
    publishing.publish_all(sekadau, now=NOW, by=None)
    case = make_case(sekadau, DATA, "verifikasi")
    assert case.due_at is not None
    assert case.due_at.date().isoformat() == "2026-02-09"


def test_a_case_returned_to_the_citizen_does_not_close_before_he_was_told(
    sekadau: Office,
) -> None:
    case = make_case(sekadau, DATA, "perbaikan")
    with pytest.raises(Exception, match="open_notices"):
        walking.act(case.id, "close", now=after(case))
    notice = db.session.scalars(select(Notice)).one()
    front = actor(sekadau, "petugas-pelayanan")
    with command(case.id) as locked:
        corrections.tell(
            locked, notice.id, actor=front, now=after(case), channel="telepon", note="Dijelaskan"
        )
    walking.act(case.id, "close", now=after(case))
    assert (case.status, case.outcome) == (Status.CLOSED, "dikembalikan")


def test_a_kasi_who_is_asked_for_an_opinion_sees_the_case_and_the_kasubbag_keeps_it(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, "pengaduan-besar", "arahan")
    walking.act(case.id, "minta-kasi", now=after(case))
    duties = {one.post.key: one.duty for one in case.assignments if one.left_at is None}
    assert duties == {"kasubbag-umum": Duty.RESPONSIBLE, "kasi-pendaftaran": Duty.OPINION}
