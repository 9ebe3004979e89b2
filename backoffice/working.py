"""Who does jobs: huey wakes a worker after the commit that asked for one, and every minute.

huey carries nothing but that call: what is to be done stands in the rows of `backoffice.jobs`. So
a call may come twice, late or never. It lies beside the database: in a file of `DATA_DIR` for
SQLite, in tables `huey_*` for PostgreSQL, which wakes workers on other hosts, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer

from backoffice import jobs, running
from backoffice.config import Settings
from backoffice.database import is_sqlite

NAME = "paraf"
WORKERS = 2  # threads of the consumer: a long job holds up no e-mail
LONGEST_SLEEP = 1.0  # seconds between two looks into the file
LONGEST_STOP = 60.0  # seconds in which a job may come to its next sign of life

log = logging.getLogger(__name__)


def wake_after_commit(settings: Settings) -> None:
    """From here on a commit of this process that asked for a job wakes a worker."""
    kept: list[Callable[[], object]] = []

    def wake() -> None:
        # Connected at the first call: after gunicorn has made its workers.
        try:
            if not kept:
                kept.append(_waking(connect(settings), _nobody))
            kept[0]()
        except Exception:
            log.exception("No worker could be woken; it looks by itself within a minute.")

    jobs.wake_with(wake)


def consume(settings: Settings, run_due: Callable[[datetime], int]) -> None:
    """Do jobs until the process is told to stop; what is at work then is put back.

    `run_due` is `jobs.run_due` within the application's context.
    """
    huey = connect(settings)
    wake = _waking(huey, lambda: run_due(datetime.now(UTC)))
    consumer = huey.create_consumer(
        workers=WORKERS,
        max_delay=LONGEST_SLEEP,
        graceful_signal="TERM",
        shutdown_timeout=LONGEST_STOP,
    )
    jobs.stop_when(consumer.stop_flag.is_set)
    with running.serve(settings.data_dir):
        wake()  # what was asked for while nobody was there
        consumer.run()


def connect(settings: Settings) -> Huey:
    """The queue of this installation. Nobody without the key can put anything into it."""
    serializer = SignedSerializer(secret=settings.secret_key, salt=NAME)
    if is_sqlite(settings.database_url):
        file = settings.data_dir / "pekerjaan.db"
        file.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, results=False, serializer=serializer, filename=str(file))
    url = sa.engine.make_url(settings.database_url).set(drivername="postgresql")
    dsn = url.render_as_string(hide_password=False)
    return PostgresHuey(NAME, results=False, serializer=serializer, dsn=dsn)


def _nobody() -> None:
    """Who asks for jobs does none."""


def _waking(huey: Huey, work: Callable[[], object]) -> Callable[[], object]:
    """The two calls by which the queue knows this work; answers with the one that wakes."""

    def look() -> None:
        work()

    huey.periodic_task(crontab(), name="look")(look)
    wake: Callable[[], object] = huey.task(name="wake")(look)
    return wake
