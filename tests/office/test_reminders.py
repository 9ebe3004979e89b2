"""Waiting for a citizen: when to remind him, that it was done, and until when one waits."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from backoffice.calendars import calendar_of
from backoffice.errors import Incomplete, NotAllowed, Stale
from backoffice.workflow import waiting
from backoffice.workflow.engine import available_transitions, command
from backoffice.workflow.versions import step_of
from models import Assignment, Case, EventKind, Office, db
from tests.factories import actor, make_case

FRONT = "petugas-pengaduan"


@pytest.fixture
def case(dukcapil: Office) -> Case:
    """A reply that was sent on Senin 12 Januari 2026: remind 14 hari, after 30 hari."""
    return make_case(dukcapil, "pengaduan-menengah", "penerimaan")


def at(text: str) -> datetime:
    """A moment in the office's zone."""
    return datetime.fromisoformat(f"{text}:00+07:00").astimezone(UTC)


def remind(
    case: Case, now: str, *, who: str = FRONT, note: str = "Ditelepon, tidak diangkat"
) -> None:
    with command(case.id, moves=False) as locked:
        waiting.remind(
            locked, actor=actor(case.office, who), now=at(now), channel="telepon", note=note
        )


def desk_of(case: Case) -> Assignment:
    return next(one for one in case.assignments if one.left_at is None)


def remind_on(case: Case) -> date | None:
    return waiting.remind_on(
        step_of(case),
        desk_of(case).entered_at,
        waiting.last_reminder(case),
        calendar_of(case.office),
    )


@pytest.mark.sqlite
def test_after_fourteen_days_it_is_time_to_remind_and_again_fourteen_days_later(
    case: Case,
) -> None:
    assert remind_on(case) == date(2026, 1, 26)
    remind(case, "2026-01-28T10:00")
    # Rabu 28 Januari and 14 days: Rabu 11 Februari.
    assert remind_on(case) == date(2026, 2, 11)


@pytest.mark.sqlite
def test_a_reminder_that_falls_on_a_day_off_is_for_the_next_working_day(case: Case) -> None:
    # Sabtu 17 Januari and 14 days: Sabtu 31 Januari; the office is open on Senin 2 Februari.
    remind(case, "2026-01-17T10:00")
    assert remind_on(case) == date(2026, 2, 2)


def test_a_reminder_stands_in_the_history_and_moves_nothing(case: Case) -> None:
    before = (case.step, case.version, desk_of(case).id)
    seen = case.version
    remind(case, "2026-01-28T10:00")
    event = case.events[-1]
    assert (event.kind, event.note) == (EventKind.REMINDED, "Ditelepon, tidak diangkat")
    assert (event.data["channel"], event.post.key) == ("telepon", FRONT)
    case = db.session.get_one(Case, case.id, populate_existing=True)
    assert (case.step, case.version, desk_of(case).id) == before
    with command(case.id, seen):
        pass  # nobody's page became out of date
    with pytest.raises(Stale), command(case.id, seen):
        pass


@pytest.mark.sqlite
def test_only_whoever_waits_reminds_and_says_what_was_done(case: Case, dukcapil: Office) -> None:
    with pytest.raises(NotAllowed):
        remind(case, "2026-01-28T10:00", who="kadis")
    with pytest.raises(Incomplete) as refused:
        remind(case, "2026-01-28T10:00", note=" ")
    assert refused.value.fields == {"note": "required"}
    inside = make_case(dukcapil, "pengaduan-menengah", "pemeriksaan")
    with pytest.raises(NotAllowed):
        remind(inside, "2026-01-28T10:00", who="kadis")


@pytest.mark.sqlite
def test_a_reminder_does_not_make_the_wait_longer(case: Case) -> None:
    # Senin 12 Januari and 30 days: Rabu 11 Februari, closing at 16.30 WIB.
    front = actor(case.office, FRONT)
    remind(case, "2026-02-10T10:00")
    calendar = calendar_of(case.office)
    opens = waiting.gives_up_at(step_of(case), desk_of(case).entered_at, calendar)
    assert opens == at("2026-02-11T16:30")
    for moment, keys in (
        ("2026-02-11T16:00", ["close"]),
        ("2026-02-11T16:31", ["close", "gives_up"]),
    ):
        assert [way.key for way in available_transitions(case, front, at(moment))] == keys


@pytest.mark.sqlite
def test_nobody_reminds_a_citizen_who_stands_at_the_counter(dukcapil: Office) -> None:
    case = make_case(dukcapil, "pengaduan-menengah")
    assert remind_on(case) is None
    with pytest.raises(NotAllowed):
        remind(case, "2026-01-12T11:00", who="customer-service")
