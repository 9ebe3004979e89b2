"""Work after a request: nothing before the commit, once after it, and an end in any case."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from backoffice import job_turns, jobs
from backoffice.database import begin_write
from models import Holiday, Job, JobState, Office, db
from tests import factories
from tests.factories import NOW

WORKERS = 4
LATER = NOW + jobs.DEAD_AFTER + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kinds of this test alone, and a worker that nobody stops."""
    monkeypatch.setattr(job_turns, "handlers", {})
    monkeypatch.setattr(jobs, "_wake", [])
    monkeypatch.setattr(jobs, "_stop", [])
    return iter([None])


def asked(office: Office, kind: str = "libur", **more: Any) -> int:
    """A job that the head of the section has asked for; it is committed."""
    actor = factories.actor(office, "kadis")
    job = jobs.ask(kind, {"day": "libur"}, actor=actor, now=NOW, **more)
    db.session.commit()
    return job.id


def enter(job: Job) -> None:
    """An effect that can be counted: a day off is entered."""
    office_id = job.office_id
    begin_write()
    db.session.add(Holiday(office_id=office_id, day=NOW.date(), name="Hari Kantor"))


def effects() -> int:
    """How often it was entered."""
    return db.session.scalar(select(func.count()).select_from(Holiday).where(its_name)) or 0


its_name = Holiday.name.like("Hari Kantor%")


def found(job_id: int) -> Job:
    """The job as the database has it."""
    db.session.rollback()
    return db.session.get_one(Job, job_id)


def test_what_is_asked_for_and_not_committed_is_never_done(dukcapil: Office) -> None:
    jobs.handler("libur")(enter)
    jobs.ask("libur", {}, actor=factories.actor(dukcapil, "kadis"), now=NOW)
    db.session.rollback()
    assert (jobs.run_due(NOW), effects()) == (0, 0)


def test_a_job_is_done_once_and_says_so(dukcapil: Office) -> None:
    jobs.handler("libur")(enter)
    job_id = asked(dukcapil, total=3)
    assert jobs.run_due(NOW - timedelta(seconds=1)) == 0  # it is not due yet
    assert (jobs.run_due(NOW), jobs.run_due(LATER), effects()) == (1, 0, 1)
    job = found(job_id)
    assert (job.state, job.done, job.attempts, job.faults) == (JobState.DONE, 3, 1, [])
    assert job.ended_at is not None
    assert jobs.longest_wait(LATER) == timedelta()


def test_several_workers_do_each_job_once(app: Flask, dukcapil: Office) -> None:
    def enter_one(job: Job) -> None:
        job_id, office_id = job.id, job.office_id
        begin_write()
        day = NOW.date() + timedelta(days=9000 + job_id)
        db.session.add(Holiday(office_id=office_id, day=day, name=f"Hari Kantor {job_id}"))

    def work(_: int) -> int:
        with app.app_context():
            try:
                return jobs.run_due(NOW)
            finally:
                db.session.remove()

    jobs.handler("libur")(enter_one)
    ids = [asked(dukcapil) for _ in range(12)]
    db.session.remove()
    with ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(work, range(WORKERS))) == len(ids)
    assert effects() == len(ids)
    states = select(Job.state, Job.attempts).distinct()
    assert db.session.execute(states).all() == [(JobState.DONE, 1)]


def test_a_job_whose_worker_died_is_taken_up_again(dukcapil: Office) -> None:
    jobs.handler("libur")(enter)
    job_id = asked(dukcapil)
    begin_write()
    job_turns.begin(db.session.get_one(Job, job_id), NOW)  # and here the power failed
    assert jobs.run_due(NOW + timedelta(minutes=1)) == 0  # it may still be at work
    assert (jobs.run_due(LATER), effects()) == (1, 1)
    assert (found(job_id).state, found(job_id).attempts) == (JobState.DONE, 2)


def test_who_only_seemed_dead_leaves_no_second_effect(app: Flask, dukcapil: Office) -> None:
    hurdles = iter([True, False])

    def slow(job: Job) -> None:
        if next(hurdles):
            with app.app_context():  # meanwhile another worker gives him up and does it
                assert jobs.run_due(LATER) == 1
                db.session.remove()
        enter(job)

    jobs.handler("libur")(slow)
    job_id = asked(dukcapil)
    jobs.run_due(NOW)
    assert effects() == 1
    assert (found(job_id).state, found(job_id).attempts) == (JobState.DONE, 2)


def test_who_was_given_up_learns_it_at_his_next_sign_of_life(app: Flask, dukcapil: Office) -> None:
    hurdles = iter([True, False])

    def slow(job: Job) -> None:
        if next(hurdles):
            with app.app_context():
                jobs.run_due(LATER)
                db.session.remove()
            jobs.progress(1)
            raise AssertionError("he went on")
        enter(job)

    jobs.handler("libur")(slow)
    job_id = asked(dukcapil)
    jobs.run_due(NOW)
    assert (effects(), found(job_id).faults) == (1, [])


def test_a_job_that_kills_its_worker_again_and_again_ends(dukcapil: Office) -> None:
    told = []
    jobs.handler("libur", attempts=2, failed=lambda job, why: told.append((job.id, why)))(enter)
    job_id = asked(dukcapil)
    begin_write()
    job = db.session.get_one(Job, job_id)
    job.attempts = 1
    job_turns.begin(job, NOW)
    assert (jobs.run_due(LATER), effects()) == (1, 0)
    job = found(job_id)
    assert (job.state, job.faults) == (JobState.FAILED, [{"reason": jobs.DIED}])
    assert told == [(job_id, jobs.DIED)]


def test_what_cannot_be_done_now_is_tried_again_and_in_the_end_fails(dukcapil: Office) -> None:
    def away(job: Job) -> None:
        enter(job)
        raise jobs.Later("Server surat tidak menjawab.", timedelta(minutes=10))

    jobs.handler("surel", attempts=3)(away)
    job_id = asked(dukcapil, "surel")
    assert jobs.run_due(NOW) == 1
    assert found(job_id).state is JobState.QUEUED
    assert jobs.run_due(NOW + timedelta(minutes=9)) == 0
    assert jobs.run_due(NOW + timedelta(minutes=11)) == 1
    assert jobs.run_due(NOW + timedelta(minutes=22)) == 1
    job = found(job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.faults == [{"reason": "Server surat tidak menjawab."}]
    assert effects() == 0


def test_a_fault_of_the_program_is_in_the_log_and_stops_nothing_else(
    dukcapil: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(job: Job) -> None:
        enter(job)
        raise ZeroDivisionError

    def given_up(job: Job) -> None:
        raise jobs.GiveUp("Alamat e-mail tidak ada.")

    jobs.handler("rusak", failed=lambda job, why: 1 / 0)(broken)
    jobs.handler("lupa")(enter)
    jobs.handler("buntu")(given_up)
    jobs.handler("libur")(enter)
    ids = [asked(dukcapil, kind) for kind in ("rusak", "lupa", "buntu", "libur")]
    del job_turns.handlers["lupa"]  # nobody does these any more
    assert jobs.run_due(NOW) == 4
    ends = [(found(one).state, [row["reason"] for row in found(one).faults]) for one in ids]
    assert ends == [
        (JobState.FAILED, [jobs.BROKEN]),
        (JobState.FAILED, [jobs.BROKEN]),
        (JobState.FAILED, ["Alamat e-mail tidak ada."]),
        (JobState.DONE, []),
    ]
    assert effects() == 1
    assert "ZeroDivisionError" in caplog.text


def test_a_handler_that_writes_outside_a_transaction_of_writing_is_a_fault(
    dukcapil: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def forgetful(job: Job) -> None:
        job.result_name = "surat.zip"  # the transaction of reading ends, and it would be lost

    jobs.handler("lupa")(forgetful)
    job_id = asked(dukcapil, "lupa")
    jobs.run_due(NOW)
    assert found(job_id).state is JobState.FAILED
    assert "begin_write" in caplog.text


def test_how_far_it_is_can_be_read_while_it_runs_and_a_stop_puts_it_back(
    app: Flask, dukcapil: Office
) -> None:
    seen = []
    stopped: list[bool] = []

    def long(job: Job) -> None:
        jobs.progress(2, faults=[{"number": "ADU-1", "reason": "belum ada"}])
        with app.app_context():
            row = db.session.get_one(Job, job.id)
            seen.append((row.state, row.done, row.total, row.faults))
            db.session.remove()
        stopped.append(True)
        jobs.progress(3)

    jobs.handler("lama")(long)
    jobs.stop_when(lambda: bool(stopped))
    job_id = asked(dukcapil, "lama", total=9)
    jobs.run_due(NOW)
    assert seen == [(JobState.RUNNING, 2, 9, [{"number": "ADU-1", "reason": "belum ada"}])]
    assert (found(job_id).state, found(job_id).attempts) == (JobState.QUEUED, 0)


def test_a_worker_is_woken_after_the_commit_and_only_then(dukcapil: Office) -> None:
    woken: list[int] = []
    jobs.handler("libur")(enter)
    jobs.wake_with(lambda: woken.append(1))
    actor = factories.actor(dukcapil, "kadis")
    with db.session.begin_nested():
        jobs.ask("libur", {}, actor=actor, now=NOW)
    assert woken == []
    db.session.commit()
    assert woken == [1]
    jobs.ask("libur", {}, actor=actor, now=NOW)
    db.session.rollback()
    db.session.commit()
    assert woken == [1]
    assert jobs.longest_wait(NOW + timedelta(minutes=3)) == timedelta(minutes=3)


def test_a_kind_that_nobody_does_cannot_be_asked_for(dukcapil: Office) -> None:
    with pytest.raises(ValueError, match="nobody does"):
        jobs.ask("lain", {}, actor=factories.actor(dukcapil, "kadis"), now=NOW)
