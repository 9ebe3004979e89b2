"""`make bench-many`: 10,000 letters asked for at once, as the worker makes them from an archive.

Each letter is read and filled from its case, held to the rights of whoever asked, and written to
the disk: once as files of a .zip, once merged for the printer. Time is CPU time of this process.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from backoffice import jobs
from backoffice.actor import person_of
from backoffice.app import create_app
from backoffice.config import Settings
from backoffice.letters import many, many_files
from bench.__main__ import database
from bench.load import load
from bench.process import memory, say
from models import Case, Job, Office, User, db
from views.many_letters import visible

GROWTH = 32  # MB more at the end than after a tenth
ARCHIVE = 4  # cases in it for each letter: of all offices, kinds and times


def main() -> int:
    """Print a line for each form; 1 where memory grows."""
    parser = argparse.ArgumentParser(prog="python -m bench.many", description=__doc__)
    parser.add_argument("--letters", type=int, default=many.MOST_CASES)
    parser.add_argument("--kind", default="tanda-terima")
    asked = parser.parse_args()
    with database("sqlite") as (url, folder), tempfile.TemporaryDirectory() as files:
        settings = Settings(database_url=url, secret_key="bench", data_dir=Path(files))  # noqa: S106
        app = create_app(settings, TESTING=True)
        with app.app_context():
            now = datetime.now(UTC)
            load(asked.letters * ARCHIVE, now=now)
            say(f"{asked.kind} of an archive of {asked.letters * ARCHIVE} cases in {folder}")
            flat = [
                measured(asked.letters, asked.kind, form, settings, now)
                for form in many_files.FORMS
            ]
            db.session.remove()
            db.engine.dispose()
    return 0 if all(flat) else 1


def measured(letters: int, kind: str, form: str, settings: Settings, now: datetime) -> bool:
    """One job from its question to its file; whether memory stayed as it was after a tenth."""
    head, ids = busiest(letters, now)
    sizes: list[float] = []
    real = jobs.progress

    def watched(done: int, **more: object) -> None:
        sizes.append(memory())
        real(done, **more)  # type: ignore[arg-type]

    jobs.handler(many.KIND)(lambda job: many.make(job, settings.files))
    job = many.ask(ids, kind, form, actor=person_of(head, now).actors[0], now=now)
    db.session.commit()
    job_id, jobs.progress = job.id, watched
    begun, cpu = time.monotonic(), time.process_time()
    jobs.run_due(now)
    wall, used = time.monotonic() - begun, time.process_time() - cpu
    jobs.progress = real
    done = db.session.get_one(Job, job_id)
    early, late, peak = sizes[len(sizes) // 10], sizes[-1], max(sizes)
    made = done.total - len(done.faults)
    say(f"  {form}: {made} of {done.total} letters, {done.result_size / 1e6:.1f} MB")
    say(f"    {used:.1f} s CPU ({1000 * used / done.total:.2f} ms a letter), {wall:.1f} s")
    say(f"    {early:.0f} MB after a tenth, {late:.0f} MB at the end, {peak:.0f} MB at most")
    return late - early < GROWTH


def busiest(letters: int, now: datetime) -> tuple[User, list[int]]:
    """Who sees most cases of the office that has most, and as many of these as are asked for."""
    count = sa.func.count().desc()
    query = sa.select(Case.office_id).where(Case.number.is_not(None)).group_by(Case.office_id)
    office = db.session.get_one(Office, db.session.scalars(query.order_by(count)).first())
    cases = sa.select(Case.id).where(Case.office_id == office.id, Case.number.is_not(None))
    ids = list(db.session.scalars(cases.order_by(Case.id)))
    seen = {
        user: visible(ids, person_of(user, now))
        for user in db.session.scalars(sa.select(User).where(User.office_id == office.id))
    }
    best = max(seen, key=lambda user: len(seen[user]))
    return best, seen[best][:letters]


if __name__ == "__main__":
    sys.exit(main())
