"""One letter for each of many cases, as files in a .zip or together for the printer.

It is done after the request, as a job: a chunk of cases at a time, so that memory stays as it is;
what cannot be made is listed with its reason and stops nothing else. Who asked for it must see a
case when its letter is made, and again when the file is fetched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from backoffice import access, jobs, storage
from backoffice.actor import Actor, Person, person_of
from backoffice.database import begin_write
from backoffice.errors import Refusal
from models import Case, Job, JobState, User, db

from . import drafting, kept
from .fill import MissingValues
from .findings import TemplateFault
from .many_files import Files, files_for
from .merging import CannotMerge
from .offering import papers_of

KIND = "letters"
MOST_CASES = 10_000  # at once
MOST_WAITING = 5  # jobs of one person that are not done yet
CHUNK = 50
SHOWN_MEANWHILE = 200  # faults that are written down while it runs
KEPT_DAYS = 7  # then `backoffice tidy` drops what was made
# Why there is no letter of a case; views say it in words.
GONE, NO_LETTER, GAP, TEMPLATE, FOOTNOTES, BROKEN = (
    *("gone", "no_letter", "gap", "template", "footnotes", "broken"),
)
Fault = dict[str, Any]

log = logging.getLogger(__name__)


class TooManyWaiting(Refusal):
    """What this person asked for before must be done first."""

    code = "too_many_jobs"


class _NoLetter(Exception):
    """There is no letter of that kind in the case."""


def ask(case_ids: Sequence[int], kind: str, form: str, *, actor: Actor, now: datetime) -> Job:
    """Letters of this kind of these cases, which the caller has held to what the actor sees.

    `form`: of `many_files.FORMS`. Raises `TooManyWaiting`.
    """
    begin_write()
    waiting = sa.select(sa.func.count()).where(
        Job.user_id == actor.user.id,
        Job.kind == KIND,
        Job.state.in_((JobState.QUEUED, JobState.RUNNING)),
    )
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyWaiting
    ids = list(dict.fromkeys(case_ids))[:MOST_CASES]
    arguments = {"cases": ids, "kind": kind, "form": form}
    return jobs.ask(KIND, arguments, actor=actor, now=now, total=len(ids))


def make(job: Job, folder: Path) -> None:
    """Do such a job; the file comes into the folder of attachments."""
    job_id, user_id, asked = job.id, job.user_id, dict(job.arguments)
    with ExitStack() as opened:
        files = files_for(asked["form"], asked["kind"], folder, opened)
        faults = _make_all(asked["cases"], asked["kind"], user_id, files)
        result = files.close()
        digest, size = storage.adopt(folder, result.file) if result is not None else ("", 0)
    begin_write()
    done = db.session.get_one(Job, job_id)
    done.faults = faults
    if result is not None:
        done.result_name, done.result_type = result.name, result.content_type
        done.result_sha256, done.result_size = digest, size


def cases_of(job: Job) -> list[int]:
    """The cases whose letters are in the file."""
    failed = {one["case"] for one in job.faults if "case" in one}
    return [one for one in job.arguments["cases"] if one not in failed]


def still_sees(job: Job, person: Person) -> bool:
    """Whether every case whose letter is in the file still lies open to this person."""
    ids = cases_of(job)
    for chunk in _chunks(ids, 1000):
        query = sa.select(sa.func.count()).select_from(Case)
        query = query.where(Case.id.in_(chunk), access.sees_case(person))
        if db.session.scalar(query) != len(chunk):
            return False
    return True


def _chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[at : at + size] for at in range(0, len(ids), size))


def _make_all(ids: Sequence[int], kind: str, user_id: int, files: Files) -> list[Fault]:
    """Every letter into the files; a line for each that could not be made."""
    found: list[Fault] = []
    done = 0
    for chunk in _chunks(ids, CHUNK):
        fresh = list(_make_chunk(chunk, kind, user_id, files))
        found += fresh
        done += len(chunk)
        # What was read is let go: the next chunk needs the room, and the case may have moved.
        db.session.rollback()
        tell = fresh and len(found) <= SHOWN_MEANWHILE
        jobs.progress(done, faults=found if tell else None)
    return found


def _make_chunk(ids: Sequence[int], kind: str, user_id: int, files: Files) -> Iterator[Fault]:
    now = jobs.now()
    person = person_of(db.session.get_one(User, user_id), now)
    cases = _cases(ids, person)
    kept.fetch(list(cases))
    numbers = _numbers([one for one in ids if one not in cases])
    for case_id in ids:
        case = cases.get(case_id)
        if case is None:
            yield {"case": case_id, "number": numbers.get(case_id, ""), "code": GONE}
        else:
            yield from _make_one(case, kind, person, now, files)


def _make_one(
    case: Case, kind: str, person: Person, now: datetime, files: Files
) -> Iterator[Fault]:
    """Nothing, or why there is no letter of this case."""
    known = case.number or case.queue_number or ""
    about = {"case": case.id, "number": known, "of": str(case.kind)}
    try:
        konsep, data = _letter(case, kind, next(iter(person.actors), None), now)
        files.add(f"{case.number or case.id}-{kind}{'-konsep' if konsep else ''}", data)
    except _NoLetter:
        yield {**about, "code": NO_LETTER}
    except MissingValues as gap:
        yield {**about, "code": GAP, "why": ", ".join(gap.names)}
    except Refusal:
        yield {**about, "code": NO_LETTER}
    except TemplateFault:
        yield {**about, "code": TEMPLATE}
    except CannotMerge:
        yield {**about, "code": FOOTNOTES}
    except Exception:
        log.exception("The letter %s of case %s was not made.", kind, about["case"])
        db.session.rollback()
        yield {**about, "code": BROKEN}


def _letter(case: Case, kind: str, actor: Actor | None, now: datetime) -> tuple[bool, bytes]:
    """The newest letter of that kind: as it was issued, else as konsep; else the paper, filled."""
    letter = drafting.current_letter(case, kind)
    if letter is not None and drafting.has_template(kind):
        konsep = letter.approved_at is None
        return konsep, drafting.render(letter, konsep=konsep, now=now)
    filled = kind == drafting.RECEIPT and case.number is not None
    if not filled and kind not in {one.key for one in papers_of(case)}:
        raise _NoLetter
    return False, drafting.paper(case, kind, actor=actor, now=now)


def _cases(ids: Sequence[int], person: Person) -> dict[int, Case]:
    """Those that lie open to the person now, with what a letter asks of them."""
    query = sa.select(Case).where(Case.id.in_(ids), access.sees_case(person))
    query = query.options(
        joinedload(Case.office),
        joinedload(Case.procedure_version),
        selectinload(Case.parties),
        selectinload(Case.events),
    )
    return {one.id: one for one in db.session.scalars(query)}


def _numbers(ids: Sequence[int]) -> dict[int, str]:
    """The numbers of cases that he saw when he asked: by them he knows what is missing."""
    if not ids:
        return {}
    rows = db.session.execute(sa.select(Case.id, Case.number).where(Case.id.in_(ids)))
    return {case_id: number or "" for case_id, number in rows}
