"""What wakes a worker: a call that carries nothing, and that only this installation can make."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from huey import Huey

from backoffice import jobs, working
from backoffice.config import ROOT, Settings
from models import Job, JobState, Office, db
from tests import factories
from tests.factories import NOW


@pytest.fixture
def queue(settings: Settings) -> Iterator[Huey]:
    """The queue of the installation."""
    made = working.connect(settings)
    yield made
    made.storage.close()


def test_a_commit_calls_a_worker_of_the_same_installation(
    settings: Settings, queue: Huey, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[int] = []
    calls: list[Any] = []
    asking = working.connect(settings)
    monkeypatch.setattr(jobs, "wake_with", calls.append)
    monkeypatch.setattr(working, "connect", lambda _: asking)
    working.wake_after_commit(settings)
    for call in calls * 2:
        call()
    asking.storage.close()
    working._waking(queue, lambda: worked.append(1))
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
    assert worked == [1, 1]


def test_what_was_not_signed_with_our_key_is_not_even_read(settings: Settings, queue: Huey) -> None:
    stranger = working.connect(replace(settings, secret_key="the key of somebody else, long"))
    working._waking(stranger, int)()
    stranger.storage.close()
    working._waking(queue, int)
    with pytest.raises(ValueError, match="mismatch"):
        queue.dequeue()


@pytest.mark.sqlite
def test_a_queue_that_cannot_be_reached_stops_nobody(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[Any] = []
    monkeypatch.setattr(jobs, "wake_with", calls.append)
    working.wake_after_commit(replace(settings, data_dir=settings.data_dir / "\0"))
    calls[0]()
    assert "within a minute" in caplog.text


@pytest.mark.long
def test_the_consumer_does_what_waited_and_stops_when_told(
    settings: Settings, dukcapil: Office
) -> None:
    # A kind that nobody does is taken up as well, and fails: the worker was there.
    actor = factories.actor(dukcapil, "kadis")
    row = {"office_id": actor.post.office_id, "user_id": actor.user.id, "kind": "tidak ada"}
    job = Job(asked_at=NOW, next_at=NOW, **row)
    db.session.add(job)
    db.session.commit()
    job_id = job.id
    environment = {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": str(settings.data_dir),
        "SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-c", "from backoffice.cli import main; main()", "work"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment) as consumer:  # noqa: S603
        for _ in range(300):
            db.session.rollback()
            if db.session.get_one(Job, job_id).state is JobState.FAILED:
                break
            time.sleep(0.1)
        consumer.send_signal(signal.SIGTERM)
        assert consumer.wait(30) == 0
    assert db.session.get_one(Job, job_id).faults == [{"reason": jobs.BROKEN}]
