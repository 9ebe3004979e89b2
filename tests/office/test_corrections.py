"""Taking back, voiding, withdrawing, late entries, decisions on paper: each with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backoffice.errors import CannotTakeBack, Incomplete, NotAllowed, Stale
from backoffice.workflow import corrections, reading
from backoffice.workflow.engine import command, perform
from backoffice.workflow.inputs import Inputs
from models import Case, EventKind, Office, Status, db
from seed import walking
from tests import factories
from tests.factories import actor, after, make_case

MENENGAH = "pengaduan-menengah"


def take_back(case: Case, who: str) -> None:
    with command(case.id) as locked:
        corrections.take_back(locked, actor=actor(case.office, who), now=after(case, 1))


def test_my_last_step_is_taken_back_while_the_next_person_has_not_opened_it(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    take_back(case, "petugas-pengaduan")
    assert case.step == "penyusunan"
    desk = [one for one in case.assignments if one.left_at is None]
    assert [one.post.key for one in desk] == ["petugas-pengaduan"]
    assert case.events[-1].kind == EventKind.TAKEN_BACK


def test_a_number_that_was_given_stays_when_the_step_is_taken_back(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "arahan")
    number = case.number
    take_back(case, "petugas-pengaduan")
    assert (case.step, case.number) == ("pencatatan", number)
    case = walking.act(case.id, "forward", now=after(case))
    assert (case.step, case.number) == ("arahan", number)


def test_once_the_next_person_has_opened_the_case_it_cannot_be_taken_back(
    dukcapil: Office,
) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    citra = factories.person(dukcapil, "kadis")
    assert reading.mark_read(case.id, citra.post_ids, now=after(case, 1))
    with pytest.raises(CannotTakeBack):
        take_back(case, "petugas-pengaduan")
    assert db.session.get_one(Case, case.id).step == "pemeriksaan"


def test_a_letter_that_was_sent_is_not_taken_back(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "penerimaan")
    with pytest.raises(CannotTakeBack):
        take_back(case, "petugas-pengaduan")


def test_nobody_takes_back_the_step_of_another(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    with pytest.raises(CannotTakeBack):
        take_back(case, "customer-service")


def test_an_approval_that_is_taken_back_makes_the_letter_a_draft_again(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "pengiriman")
    take_back(case, "kadis")
    assert case.step == "pemeriksaan"
    case = walking.act(case.id, "approve", now=after(case))
    assert case.step == "pengiriman"


def test_the_superior_of_the_desk_voids_a_case_with_a_reason(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "penyusunan")
    budi = actor(dukcapil, "kasubbag-umum")
    with pytest.raises(Incomplete), command(case.id) as locked:
        corrections.void(locked, actor=budi, now=after(case), reason=" ")
    with command(case.id) as locked:
        corrections.void(locked, actor=budi, now=after(case), reason="Tercatat dua kali")
    assert (case.status, case.events[-1].reason) == (Status.VOID, "Tercatat dua kali")
    assert all(desk.left_at is not None for desk in case.assignments)


def test_a_colleague_does_not_void_a_case(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "penyusunan")
    with pytest.raises(NotAllowed), command(case.id) as locked:
        corrections.void(
            locked, actor=actor(dukcapil, "customer-service"), now=after(case), reason="Iseng"
        )


def test_the_desk_records_that_the_citizen_withdraws(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "arahan")
    with command(case.id) as locked:
        corrections.withdraw(
            locked,
            actor=actor(dukcapil, "kasubbag-umum"),
            now=after(case),
            reason="Pengadu mencabut lewat telepon",
        )
    assert case.status == Status.WITHDRAWN


def test_a_late_entry_counts_from_the_moment_it_truly_happened(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "arahan")
    happened, typed = after(case, 5), after(case, 200)
    walking.act(
        case.id, "forward", now=typed, happened_at=happened, reason="Listrik padam sejak pagi"
    )
    event, desk = case.events[-1], case.assignments[-1]
    assert (event.happened_at, event.recorded_at) == (happened, typed)
    assert event.reason == "Listrik padam sejak pagi"
    assert desk.entered_at == happened


@pytest.mark.parametrize(
    ("minutes", "reason", "fault"),
    [
        (500, "Terlambat", {"happened_at": "in_the_future"}),
        (-500, "Terlambat", {"happened_at": "before_previous_event"}),
        (5, "", {"reason": "reason_required"}),
    ],
)
def test_a_late_entry_is_refused_out_of_order_or_without_a_reason(
    dukcapil: Office, minutes: int, reason: str, fault: dict[str, str]
) -> None:
    case = make_case(dukcapil, MENENGAH, "arahan")
    last = case.events[-1].happened_at
    with pytest.raises(Incomplete) as refused:
        walking.act(
            case.id,
            "forward",
            now=after(case, 60),
            happened_at=last + timedelta(minutes=minutes),
            reason=reason,
        )
    assert refused.value.fields == fault


def test_a_head_who_decides_on_paper_is_recorded_by_a_named_post_with_the_scan(
    ambon: Office,
) -> None:
    case = make_case(ambon, "bantuan-qurban", "koreksi")
    recorder = next(one for one in factories.person(ambon, "kasubbag-umum").actors if one.on_behalf)
    with pytest.raises(Incomplete) as refused, command(case.id) as locked:
        perform(locked, "forward", actor=recorder, now=after(case), inputs=Inputs())
    assert refused.value.fields == {"scan": "scan_required"}
    with command(case.id) as locked:
        perform(
            locked,
            "forward",
            actor=recorder,
            now=after(case),
            inputs=Inputs(scan=(walking.SCAN,)),
        )
    event = case.events[-1]
    assert (event.post.key, event.for_post.key) == ("kasubbag-umum", "kabag")
    assert event.data["on_behalf"] is True


def test_the_second_of_two_decisions_is_told_it_came_too_late(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    seen = case.version
    walking.act(case.id, "approve", now=after(case))
    with pytest.raises(Stale), command(case.id, seen):
        pass
    assert db.session.get_one(Case, case.id).step == "pengiriman"


def test_a_note_of_a_colleague_makes_no_decision_too_late(dukcapil: Office) -> None:
    case = make_case(dukcapil, MENENGAH, "pemeriksaan")
    seen = case.version
    ani = actor(dukcapil, "petugas-pengaduan")
    with command(case.id, moves=False) as locked:
        corrections.add_note(locked, actor=ani, now=after(case), text="Pengadu menelepon lagi")
    with command(case.id, seen) as locked:
        assert locked.events[-1].note == "Pengadu menelepon lagi"


def test_less_than_nothing_cannot_be_asked_for(ambon: Office) -> None:
    case = make_case(ambon, "bantuan-qurban")
    with pytest.raises(Incomplete) as refused:
        walking.act(
            case.id, "forward", now=after(case), story=walking.Story(fields={"jumlah_dimohon": -5})
        )
    assert refused.value.fields == {"fields.jumlah_dimohon": "not_a_count"}
