"""Disposisi: given down the chain of command, worked on, reported back up, and closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from backoffice import incoming
from backoffice.access import sees_case, sees_letter
from backoffice.errors import Incomplete, LetterHasDispositions, NotAllowed, NotFound
from backoffice.incoming import Arrival
from backoffice.workflow import accused, corrections, disposing, joining, reading
from backoffice.workflow.disposing import CannotRecall, OthersReport, ReportMissing
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Upload
from backoffice.workflow.laid import on_desks
from backoffice.workflow.sheets import all_rows
from models import Case, DispositionState, Duty, EventKind, IncomingLetter, Office, db
from seed import walking
from seed.walking import Story
from tests import factories
from tests.factories import NOW, actor, after, make_case, person, post_of
from tests.laying import do, lay, open_desks, order, read, report, row_of, states

DATA = "permintaan-data"
KADIS, KABID, KASI = "kadis", "kabid-linjamsos", "kasi-linjamsos-bencana"
OTHER, OTHER_KASI, SECRETARY = "kabid-rehsos", "kasi-rehsos-anak", "sekretaris"
LINJAMSOS = Story(unit="linjamsos", post="Kepala Seksi Perlindungan Sosial Korban Bencana")
GIVEN, READ, BEGUN = DispositionState.GIVEN, DispositionState.READ, DispositionState.BEGUN
REPORTED, CLOSED = DispositionState.REPORTED, DispositionState.CLOSED
RECALLED = DispositionState.RECALLED
FRIDAY = date(2026, 1, 23)
CLOSING = datetime.fromisoformat(
    "2026-01-23T16:30:00+07:00"
)  # on a Jumat the office closes at 16.30
FILE = Upload(name="telaah.pdf", sha256="0" * 64, size=1, content_type="application/pdf")


@pytest.fixture
def case(sekadau: Office) -> Case:
    """A request for data that lies before the Kepala Dinas, Senin 12 Januari 2026."""
    return make_case(sekadau, DATA, "disposisi")


def sees(case: Case, post: str) -> bool:
    """Whether who holds the post finds the case in his lists."""
    clause = sees_case(person(case.office, post))
    return bool(db.session.scalar(db.select(Case.id).where(Case.id == case.id, clause)))


def mine(case: Case, post: str) -> list[int]:
    """What lies on the desk of the post to be reported on."""
    return [row.id for row in on_desks(person(case.office, post), case.office, NOW).to_me]


def wanted(case: Case, post: str, now: datetime) -> list[int]:
    """What comes back to the giver."""
    return [row.id for row in on_desks(person(case.office, post), case.office, now).from_me]


# -- giving ----------------------------------------------------------------------------------


def test_a_sheet_lies_on_the_desks_below_and_the_kadis_keeps_the_case(case: Case) -> None:
    first, second, told = lay(case, KADIS, KABID, OTHER, information=[KASI], deadline_on=FRIDAY)
    assert set(open_desks(case)) == {
        (KADIS, Duty.RESPONSIBLE), (KABID, Duty.REPORT), (OTHER, Duty.REPORT),
        (KASI, Duty.INFORMATION),
    }  # fmt: skip
    assert [(row_of(one).lead, row_of(one).sheet_id) for one in (first, second, told)] == [
        (True, first), (False, first), (False, first),
    ]  # fmt: skip
    event = case.events[-1]
    assert (event.kind, event.data["disposition"]) == (EventKind.DISPOSITION, first)
    assert (row_of(first).event_id, row_of(first).ticks) == (event.id, ["proses"])
    due = next(one.due_at for one in case.assignments if one.duty is Duty.REPORT)
    assert due == CLOSING
    assert (mine(case, KABID), mine(case, KASI)) == ([first], [])
    assert sees(case, KASI)
    assert not sees(case, OTHER_KASI)


def refused(case: Case, giver: str, *to: str, **more: Any) -> dict[str, str]:
    """Why the sheet is not given; and nothing of it is kept."""
    with pytest.raises(Incomplete) as refusal:
        lay(case, giver, *to, **more)
    assert states(case) == {}
    return refusal.value.fields


def test_a_disposition_goes_down_and_nowhere_else(case: Case, dukcapil: Office) -> None:
    foreign = post_of(dukcapil, "kasubbag-umum").id
    away = {"to": "not_a_choice"}
    assert refused(case, KADIS, KABID, to=(foreign,), lead=foreign) == away
    assert refused(case, KADIS, KADIS) == away  # to himself
    assert refused(case, KADIS, KABID, KABID) == away
    assert refused(case, KADIS, KABID, information=[KABID]) == away
    assert refused(case, KADIS, KABID, information=["inspektorat"]) == away
    assert refused(case, KADIS, to=(10**6,), lead=10**6) == away
    # The Sekretaris has it before the Kepala Dinas; a Kabid is beside him, the Kadis above.
    before = make_case(case.office, DATA, "pertimbangan")
    assert refused(before, SECRETARY, KADIS) == away
    assert refused(before, SECRETARY, KABID) == away
    assert len(lay(before, SECRETARY, "petugas-data")) == 1


def test_a_sheet_says_who_answers_for_it_and_what_is_to_be_done(case: Case) -> None:
    assert refused(case, KADIS) == {"to": "required"}
    assert refused(case, KADIS, KABID, lead=None) == {"lead": "required"}
    not_asked = post_of(case.office, OTHER).id
    assert refused(case, KADIS, KABID, lead=not_asked) == {"lead": "not_a_choice"}
    nothing = {"ticks": (), "instructions": " "}
    assert refused(case, KADIS, KABID, **nothing) == {"instructions": "instruction_required"}
    assert refused(case, KADIS, KABID, ticks=("lari",)) == {"ticks": "not_a_choice"}
    assert refused(case, KADIS, KABID, urgency="gawat") == {"urgency": "not_a_choice"}
    yesterday = NOW.date() - timedelta(days=1)
    assert refused(case, KADIS, KABID, deadline_on=yesterday) == {"deadline_on": "deadline_over"}
    assert len(lay(case, KADIS, KABID, ticks=("file",), instructions="", urgency="segera")) == 1


def test_only_who_has_the_case_disposes_of_it(case: Case) -> None:
    for stranger in (SECRETARY, KABID):
        with pytest.raises(NotAllowed):
            lay(case, stranger, "petugas-data")
    first = lay(case, KADIS, KABID, information=[OTHER])[0]
    with pytest.raises(NotAllowed):
        lay(case, OTHER, OTHER_KASI)  # he was only told of it
    report(case, KABID, first)
    with pytest.raises(NotAllowed):
        lay(case, KABID, KASI)  # he has reported


def test_a_post_has_a_disposition_from_the_same_desk_once(case: Case) -> None:
    first = lay(case, KADIS, KABID)[0]
    with pytest.raises(Incomplete) as refusal:
        lay(case, KADIS, OTHER, KABID)
    assert refusal.value.fields == {"to": "has_it_already"}
    report(case, KABID, first)
    do(disposing.settle, case, KADIS, first)
    assert lay(case, KADIS, OTHER, KABID)


def test_a_head_who_decides_on_paper_disposes_with_the_scan(ambon: Office) -> None:
    case = make_case(ambon, "pengaduan", "analisis")
    recorder = next(one for one in person(ambon, "kasubbag-umum").actors if one.on_behalf)
    assert recorder.duty_post.key == "kabag"
    what = order(ambon, "kasubbag-keagamaan")
    with pytest.raises(Incomplete) as refusal, command(case.id) as locked:
        disposing.give(locked, actor=recorder, now=after(case), order=what)
    assert refusal.value.fields == {"scan": "scan_required"}
    with command(case.id) as locked:
        rows = disposing.give(locked, actor=recorder, now=after(case), order=what, scan=(FILE,))
        assert [row.from_post_id for row in rows] == [recorder.duty_post.id]
    assert case.events[-1].data["on_behalf"] is True


# -- three posts -----------------------------------------------------------------------------


def test_of_three_posts_one_is_recalled_one_is_late_and_one_reports(case: Case) -> None:
    lead, late, gone = lay(case, KADIS, KABID, OTHER, SECRETARY, deadline_on=FRIDAY)
    assert sees(case, OTHER)
    do(disposing.recall, case, KADIS, gone, reason="Cukup dua Bidang.")
    assert (row_of(gone).state, row_of(gone).remark) == (RECALLED, "Cukup dua Bidang.")
    assert (SECRETARY, Duty.REPORT) not in open_desks(case)
    assert mine(case, SECRETARY) == []
    assert case.events[-1].reason == "Cukup dua Bidang."
    report(case, KABID, lead)
    assert wanted(case, KADIS, CLOSING) == [lead]  # a report to close
    assert wanted(case, KADIS, CLOSING + timedelta(minutes=1)) == [lead, late]
    do(disposing.settle, case, KADIS, lead, note="Terima kasih.")
    assert states(case) == {KABID: CLOSED, OTHER: CLOSED, SECRETARY: RECALLED}
    assert set(open_desks(case)) == {(KADIS, Duty.RESPONSIBLE)}
    assert wanted(case, KADIS, CLOSING + timedelta(days=9)) == []


def test_what_was_read_is_not_recalled(case: Case) -> None:
    first, second = lay(case, KADIS, KABID, OTHER)
    with pytest.raises(Incomplete, match="incomplete"):
        do(disposing.recall, case, KADIS, first, reason=" ")
    with pytest.raises(NotAllowed):
        do(disposing.recall, case, SECRETARY, first, reason="Bukan saya")
    assert read(case, KABID)
    assert states(case) == {KABID: READ, OTHER: GIVEN}
    with pytest.raises(CannotRecall):
        do(disposing.recall, case, KADIS, first, reason="Terlambat")
    do(disposing.recall, case, KADIS, second, reason="Salah Bidang")
    assert states(case) == {KABID: READ, OTHER: RECALLED}
    assert not sees(case, OTHER)


# -- a chain ---------------------------------------------------------------------------------


def test_a_chain_of_two_levels_is_worked_reported_and_closed_from_below(case: Case) -> None:
    upper = lay(case, KADIS, KABID, deadline_on=FRIDAY)[0]
    lower = lay(case, KABID, KASI)[0]
    assert (row_of(lower).parent_id, row_of(lower).deadline_on) == (upper, FRIDAY)
    assert states(case) == {KABID: BEGUN, KASI: GIVEN}
    do(disposing.begin, case, KASI, lower, note="Mulai hari ini")
    with pytest.raises(OthersReport) as waiting:
        report(case, KABID, upper)
    assert waiting.value.values["posts"] == row_of(lower).to_post.title
    report(case, KASI, lower, attachments=(FILE,))
    assert states(case) == {KABID: BEGUN, KASI: REPORTED}
    report(case, KABID, upper)
    assert states(case) == {KABID: REPORTED, KASI: CLOSED}  # the Kabid took his report over
    do(disposing.settle, case, KADIS, upper)
    assert states(case) == {KABID: CLOSED, KASI: CLOSED}
    kinds = [one.kind for one in case.events if "disposition" in one.data]
    assert kinds == ["disposition", "disposition", "begun", "reported", "reported", "settled"]
    assert case.step == "disposisi"


def test_what_is_passed_on_is_due_no_later_than_one_has_it_oneself(case: Case) -> None:
    lay(case, KADIS, KABID, deadline_on=FRIDAY)
    with pytest.raises(Incomplete) as refusal:
        lay(case, KABID, KASI, deadline_on=FRIDAY + timedelta(days=1))
    assert refusal.value.fields == {"deadline_on": "later_than_parent"}
    lower = lay(case, KABID, KASI, deadline_on=FRIDAY - timedelta(days=1))[0]
    assert row_of(lower).deadline_on == FRIDAY - timedelta(days=1)


def test_when_his_own_day_is_over_he_passes_on_what_is_late_already(case: Case) -> None:
    lay(case, KADIS, KABID, deadline_on=FRIDAY)
    monday = datetime.fromisoformat("2026-01-26T09:00:00+07:00")
    with pytest.raises(Incomplete) as refusal:
        lay(case, KABID, KASI, deadline_on=monday.date(), now=monday)
    assert refusal.value.fields == {"deadline_on": "later_than_parent"}
    lower = lay(case, KABID, KASI, now=monday)[0]
    assert row_of(lower).deadline_on == FRIDAY


def test_a_sheet_is_closed_only_with_the_report_of_its_lead(case: Case) -> None:
    lead, other = lay(case, KADIS, KABID, OTHER)
    for row_id in (lead, other):
        with pytest.raises(ReportMissing):
            do(disposing.settle, case, KADIS, row_id)
    report(case, OTHER, other)
    with pytest.raises(NotAllowed):
        do(disposing.settle, case, OTHER, other)  # it is for the giver
    do(disposing.settle, case, KADIS, other)
    assert states(case) == {KABID: GIVEN, OTHER: CLOSED}
    with pytest.raises(ReportMissing):
        do(disposing.settle, case, KADIS, lead)


def test_a_sheet_that_is_closed_leaves_nothing_open_beneath_it(case: Case) -> None:
    lead, other = lay(case, KADIS, KABID, OTHER)
    lower = lay(case, OTHER, OTHER_KASI)[0]
    report(case, KABID, lead)
    do(disposing.settle, case, KADIS, lead)
    assert states(case) == {KABID: CLOSED, OTHER: CLOSED, OTHER_KASI: CLOSED}
    assert set(open_desks(case)) == {(KADIS, Duty.RESPONSIBLE)}
    for row_id, who in ((other, OTHER), (lower, OTHER_KASI)):
        with pytest.raises(NotAllowed):
            report(case, who, row_id)


def test_a_report_says_something_and_is_given_once_by_who_was_asked(case: Case) -> None:
    first = lay(case, KADIS, KABID)[0]
    with pytest.raises(Incomplete) as refusal:
        do(disposing.report, case, KABID, first, text=" ")
    assert refusal.value.fields == {"report": "report_required"}
    for stranger in (KADIS, KASI, OTHER):
        with pytest.raises(NotAllowed):
            report(case, stranger, first)
    report(case, KABID, first, attachments=(FILE,))
    row = row_of(first)
    assert (row.report, row.report_user_id) == (
        "Sudah dikerjakan.",
        factories.user_of(case.office, KABID).id,
    )
    with pytest.raises(NotAllowed):
        report(case, KABID, first)


def test_a_report_that_does_not_do_goes_back_with_a_note(case: Case) -> None:
    first = lay(case, KADIS, KABID, deadline_on=FRIDAY)[0]
    report(case, KABID, first)
    assert (KABID, Duty.REPORT) not in open_desks(case)
    with pytest.raises(Incomplete):
        do(disposing.give_back, case, KADIS, first, note="")
    do(disposing.give_back, case, KADIS, first, note="Lengkapi datanya.")
    assert (states(case), row_of(first).remark) == ({KABID: BEGUN}, "Lengkapi datanya.")
    assert (KABID, Duty.REPORT) in open_desks(case)
    report(case, KABID, first)
    assert states(case) == {KABID: REPORTED}


def test_what_is_not_of_this_case_is_not_there(case: Case) -> None:
    other = make_case(case.office, DATA, "disposisi")
    row_id = lay(other, KADIS, KABID)[0]
    with pytest.raises(NotFound):
        do(disposing.begin, case, KABID, row_id)
    assert states(other) == {KABID: GIVEN}


# -- beside the step -------------------------------------------------------------------------


def test_the_case_goes_on_while_the_kabid_works_on_his_report(case: Case) -> None:
    first = lay(case, KADIS, OTHER, information=["petugas-data"])[0]
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS)
    assert set(open_desks(case)) == {
        (OTHER, Duty.REPORT), ("petugas-data", Duty.INFORMATION), (KABID, Duty.RESPONSIBLE),
    }  # fmt: skip
    report(case, OTHER, first)
    do(disposing.settle, case, KADIS, first)
    assert set(open_desks(case)) == {("petugas-data", Duty.INFORMATION), (KABID, Duty.RESPONSIBLE)}


def test_what_was_only_for_information_is_over_when_it_is_read(case: Case) -> None:
    lay(case, KADIS, KABID, information=[SECRETARY])
    assert read(case, SECRETARY)
    assert states(case) == {KABID: GIVEN, SECRETARY: CLOSED}
    assert not read(case, SECRETARY)


@pytest.mark.parametrize("end", ["void", "withdraw"])
def test_when_the_case_ends_every_disposition_ends_with_it(case: Case, end: str) -> None:
    upper = lay(case, KADIS, KABID, OTHER)[0]
    lower = lay(case, KABID, KASI)[0]
    with command(case.id) as locked:
        deed = getattr(corrections, end)
        deed(locked, actor=actor(case.office, KADIS), now=after(case), reason="Salah catat")
    assert set(states(case).values()) == {CLOSED}
    assert open_desks(case) == {}
    for row_id, who in ((upper, KABID), (lower, KASI)):
        with pytest.raises(NotAllowed):
            report(case, who, row_id)


# -- what the SOP disposes of ----------------------------------------------------------------


def test_what_the_sop_disposed_of_is_done_when_its_step_is_left(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi", story=LINJAMSOS)
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS, deadline_on=FRIDAY)
    (given,) = all_rows(case)
    assert (given.lead, given.duty, given.sheet_id) == (True, Duty.RESPONSIBLE, given.id)
    assert given.user_id == factories.user_of(sekadau, KADIS).id
    read(case, KABID)
    assert states(case) == {KABID: READ}
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS)
    (upper, lower) = all_rows(case)
    assert (upper.state, lower.state, lower.deadline_on) == (BEGUN, GIVEN, FRIDAY)
    assert lower.parent_id == upper.id
    assert wanted(case, KADIS, CLOSING + timedelta(minutes=1)) == [upper.id]
    walking.act(case.id, "approve", now=after(case), story=LINJAMSOS)
    assert states(case) == {KABID: CLOSED, KASI: CLOSED}
    assert all(row.reported_at for row in all_rows(case))


def test_the_sop_disposes_no_later_than_the_disposition_above(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi", story=LINJAMSOS)
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS, deadline_on=FRIDAY)
    later = FRIDAY + timedelta(days=3)
    with pytest.raises(Incomplete) as refusal:
        walking.act(case.id, "forward", now=after(case), story=LINJAMSOS, deadline_on=later)
    assert refusal.value.fields == {"deadline_on": "later_than_parent"}


def test_a_kabid_asks_a_seksi_beside_the_step_and_passes_the_case_on(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi-bidang", story=LINJAMSOS)
    (upper,) = all_rows(case)
    asked = lay(case, KABID, "kasi-linjamsos-jaminan")[0]
    assert row_of(asked).parent_id == upper.id
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS)
    walking.act(case.id, "approve", now=after(case), story=LINJAMSOS)
    assert row_of(upper.id).state is BEGUN  # the other Seksi has not reported
    report(case, "kasi-linjamsos-jaminan", asked)
    do(disposing.settle, case, KABID, asked)
    assert row_of(upper.id).state is CLOSED


def test_a_step_that_is_taken_back_takes_its_disposition_back(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi-bidang", story=LINJAMSOS)
    read(case, KABID)
    aside = lay(case, KABID, "kasi-linjamsos-jaminan")[0]
    walking.act(case.id, "forward", now=after(case), story=LINJAMSOS)
    assert states(case)[KASI] is GIVEN
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(sekadau, KABID), now=after(case, 1))
    assert states(case) == {KABID: BEGUN, KASI: RECALLED, "kasi-linjamsos-jaminan": GIVEN}
    assert set(open_desks(case)) == {
        (KABID, Duty.RESPONSIBLE), ("kasi-linjamsos-jaminan", Duty.REPORT),
    }  # fmt: skip
    report(case, "kasi-linjamsos-jaminan", aside)


def test_what_a_step_had_ended_is_open_again_when_it_is_taken_back(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "verifikasi", story=LINJAMSOS)
    walking.act(case.id, "approve", now=after(case), story=LINJAMSOS)
    assert set(states(case).values()) == {CLOSED}
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(sekadau, KASI), now=after(case, 1))
    assert states(case) == {KABID: BEGUN, KASI: GIVEN}
    walking.act(case.id, "approve", now=after(case), story=LINJAMSOS)
    assert set(states(case).values()) == {CLOSED}


def test_who_is_asked_for_an_opinion_has_answered_with_it(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-besar", "arahan")
    walking.act(case.id, "minta-kasi", now=after(case))
    assert states(case) == {"kasi-pendaftaran": GIVEN}
    walking.act(case.id, "opinion", now=after(case))
    assert states(case) == {"kasi-pendaftaran": CLOSED}
    with command(case.id) as locked:
        who = actor(dukcapil, "kasi-pendaftaran")
        corrections.take_back(locked, actor=who, now=after(case, 1))
    assert states(case) == {"kasi-pendaftaran": GIVEN}
    walking.act(case.id, "forward", now=after(case))
    assert states(case) == {"kasi-pendaftaran": CLOSED}


def test_a_unit_that_loses_the_case_has_nothing_to_report_on_any_more(sekadau: Office) -> None:
    case = make_case(sekadau, DATA, "disposisi-bidang", story=LINJAMSOS)
    lay(case, KABID, KASI)
    walking.act(case.id, "return", now=after(case))
    other = Story(unit="rehsos", post="Kepala Seksi Rehabilitasi Sosial Anak dan Lanjut Usia")
    walking.act(case.id, "forward", now=after(case), story=other)
    assert states(case) == {KABID: RECALLED, KASI: RECALLED, OTHER: GIVEN}
    assert set(open_desks(case)) == {(OTHER, Duty.RESPONSIBLE)}
    assert not sees(case, KASI)
    assert (case.events[-1].kind, case.events[-1].data["why"]) == (EventKind.RECALLED, "sight")
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(sekadau, KADIS), now=after(case, 1))
    assert states(case) == {KABID: BEGUN, KASI: GIVEN, OTHER: RECALLED}
    assert set(open_desks(case)) == {(KADIS, Duty.RESPONSIBLE), (KASI, Duty.REPORT)}
    assert sees(case, KASI)


def test_a_joined_case_takes_its_dispositions_along_and_brings_them_back(case: Case) -> None:
    target = make_case(case.office, DATA, "disposisi")
    upper = lay(case, KADIS, KABID, information=[SECRETARY])[0]
    lay(case, KABID, KASI)
    for deed, reason in ((joining.join, "Sama"), (joining.separate, "Lain perkara")):
        with joining.both(case.id, target.id, None) as (one, other):
            deed(
                one,
                other,
                person=person(case.office, KADIS),
                actor=actor(case.office, KADIS),
                now=after(case),
                reason=reason,
            )
        if deed is joining.join:
            assert set(states(case).values()) == {CLOSED}
            assert mine(case, KASI) == []
    assert states(case) == {KABID: BEGUN, SECRETARY: GIVEN, KASI: GIVEN}
    assert (KASI, Duty.REPORT) in open_desks(case)
    with pytest.raises(OthersReport):
        report(case, KABID, upper)


# -- the terlapor ----------------------------------------------------------------------------


def test_an_official_who_is_named_as_terlapor_is_no_target_and_keeps_nothing(case: Case) -> None:
    first, second = lay(case, KADIS, KABID, OTHER)
    lower = lay(case, OTHER, OTHER_KASI)[0]
    name_as_terlapor(case, OTHER)
    assert states(case) == {KABID: GIVEN, OTHER: RECALLED, OTHER_KASI: RECALLED}
    assert set(open_desks(case)) == {(KADIS, Duty.RESPONSIBLE), (KABID, Duty.REPORT)}
    assert not disposing.may_dispose(case, actor(case.office, OTHER))
    for row_id, who in ((second, OTHER), (lower, OTHER_KASI)):
        with pytest.raises(NotAllowed):
            report(case, who, row_id)
    with pytest.raises(Incomplete) as refusal:
        lay(case, KADIS, OTHER)
    assert refusal.value.fields == {"to": "not_a_choice"}
    report(case, KABID, first)


def name_as_terlapor(case: Case, post: str) -> None:
    """The Kepala Dinas says against whom the case is."""
    user = factories.user_of(case.office, post)
    with accused.matter(case.id, None) as (locked, others):
        who = actor(case.office, KADIS)
        accused.name(locked, user.id, others, actor=who, now=after(case))


# -- letters ---------------------------------------------------------------------------------


@pytest.fixture
def letter(sekadau: Office) -> IncomingLetter:
    """An invitation in the agenda, laid before the Kepala Dinas."""
    arrival = Arrival(received_on=NOW.date(), sender="Camat Contoh", subject="Undangan")
    clerk = actor(sekadau, "petugas-administrasi")
    return incoming.register(arrival, actor=clerk, now=NOW)


def sheet(letter: IncomingLetter, giver: str, *to: str, **more: Any) -> list[int]:
    """The giver lays the letter on those desks; the ids of the rows."""
    with disposing.on_letter(letter.id) as locked:
        what = order(letter.office, *to, **more)
        who = actor(letter.office, giver)
        return [one.id for one in disposing.give(locked, actor=who, now=NOW, order=what)]


def on(letter: IncomingLetter, deed: Any, who: str, row_id: int, **more: Any) -> None:
    """Somebody does something with a disposition of the letter."""
    with disposing.on_letter(letter.id) as locked:
        row = disposing.find(locked, row_id)
        deed(row, actor=actor(letter.office, who), now=NOW, **more)


def test_a_letter_goes_down_and_its_reports_come_up(letter: IncomingLetter) -> None:
    with pytest.raises(NotAllowed):
        sheet(letter, SECRETARY, "petugas-data")
    upper, told = sheet(letter, KADIS, KABID, information=[OTHER], ticks=("wakili",))
    lower = sheet(letter, KABID, KASI)[0]
    office = letter.office
    assert {one.id for one in on_desks(person(office, KABID), office, NOW).to_me} == {upper}
    assert {one.id for one in on_desks(person(office, OTHER), office, NOW).to_me} == {told}
    desks = person(office, OTHER).desk_post_ids
    assert disposing.mark_letter_read(letter.id, desks, now=NOW)
    assert not disposing.mark_letter_read(letter.id, desks, now=NOW)
    assert row_of(told).state is CLOSED
    on(letter, disposing.report, KASI, lower, text="Sudah dihadiri.", attachments=(FILE,))
    assert [one.name for one in letter.scans] == ["telaah.pdf"]
    on(letter, disposing.report, KABID, upper, text="Sudah dihadiri Kepala Seksi.")
    assert [one.id for one in on_desks(person(office, KADIS), office, NOW).from_me] == [upper]
    on(letter, disposing.settle, KADIS, upper)
    assert [one.state for one in all_rows(letter)] == [CLOSED, CLOSED, CLOSED]


def test_a_letter_that_is_recalled_is_not_seen_any_more(letter: IncomingLetter) -> None:
    upper = sheet(letter, KADIS, KABID)[0]
    on(letter, disposing.recall, KADIS, upper, reason="Salah Bidang")
    assert on_desks(person(letter.office, KABID), letter.office, NOW).to_me == []
    seen = db.select(IncomingLetter.id).where(sees_letter(person(letter.office, KABID)))
    assert db.session.scalar(seen) is None


def test_a_letter_is_filed_when_nobody_has_to_report_any_more(letter: IncomingLetter) -> None:
    asked, told = sheet(letter, KADIS, KABID, information=[OTHER])
    with pytest.raises(LetterHasDispositions):
        incoming.archive(letter.id, now=NOW)
    on(letter, disposing.report, KABID, asked, text="Sudah dihadiri.")
    with pytest.raises(LetterHasDispositions):
        incoming.archive(letter.id, now=NOW)  # the Kepala Dinas has not closed it
    on(letter, disposing.settle, KADIS, asked)
    second = sheet(letter, KADIS, KABID, information=[OTHER])[1]
    on(letter, disposing.recall, KADIS, second - 1, reason="Salah Bidang")
    incoming.archive(letter.id, now=NOW)
    assert [row_of(one).state for one in (told, second)] == [CLOSED, CLOSED]
    with pytest.raises(NotAllowed):
        sheet(letter, KADIS, SECRETARY)


# -- at the same time ------------------------------------------------------------------------


def test_a_disposition_is_either_read_or_recalled(app: Flask, case: Case) -> None:
    row_ids = [lay(case, KADIS, one)[0] for one in (KABID, OTHER, SECRETARY)]
    readers = dict(zip(row_ids, (KABID, OTHER, SECRETARY), strict=True))
    case_id, office_id, now = case.id, case.office_id, after(case)

    def hand(task: tuple[int, bool]) -> str:
        row_id, reads = task
        with app.app_context():
            office = db.session.get_one(Office, office_id)
            if reads:
                desks = person(office, readers[row_id]).desk_post_ids
                done = reading.mark_read(case_id, desks, now=now)
                return "read" if done else "nothing to read"
            try:
                with command(case_id) as locked:
                    who = actor(office, KADIS)
                    row = disposing.find(locked, row_id)
                    disposing.recall(row, actor=who, now=now, reason="Salah")
            except CannotRecall:
                return "too late"
            return "recalled"

    db.session.remove()
    tasks = [(row_id, reads) for row_id in row_ids for reads in (True, False)]
    with ThreadPoolExecutor(len(tasks)) as pool:
        said = list(pool.map(hand, tasks))
    for row_id, looked, recalling in zip(row_ids, said[::2], said[1::2], strict=True):
        row = row_of(row_id)
        assert (looked, recalling) in {("read", "too late"), ("nothing to read", "recalled")}
        assert (row.read_at is None, row.state is RECALLED) == (recalling == "recalled",) * 2
