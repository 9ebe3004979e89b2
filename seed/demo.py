"""The demo: the five offices of the papers, an account for every post, cases at different steps.

What goes beside the SOPs is told too: letters with their dispositions, meetings, a head on a
journey with his Plh.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app
from PIL import Image, ImageDraw
from sqlalchemy import select

from backoffice import storage
from backoffice.accounts import hash_password
from backoffice.actor import Actor, holders, person_of
from backoffice.calendars import calendar_of, fill_holidays
from backoffice.config import Settings
from backoffice.periods import begin_of
from backoffice.workflow import batch, publishing, routing
from backoffice.workflow.bulk import perform_batch
from backoffice.workflow.inputs import Inputs, Upload
from backoffice.workflow.opening import open_case, roles_of_first
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Case, Holding, HoldingKind, Office, Post, ProcedureVersion, User, db
from seed import arrivals, meetings, people, walking
from seed.grievances import GRIEVANCES
from seed.moments import last_moment, later, working_ago
from seed.stories import FIRST_LIST, FORMER, STORIES, Tale

AS = {HoldingKind.PLT: "Plt. ", HoldingKind.PLH: "Plh. "}
OFFICES = Path(__file__).parent / "offices"
KEYS = ("disdukcapil", "dinsos-sekadau", "kesra-ambon", "satpol-pp", "dinsos-sampang")


def build(now: datetime) -> None:
    """Set up the demo as it would stand at `now`: nothing in it lies in the future."""
    upload = scan()
    first = 0
    password_hash = hash_password(people.PASSWORD)  # slow on purpose: once for all
    for key in KEYS:
        publishing.import_office(OFFICES / key, now=now)
        office = db.session.scalars(select(Office).where(Office.key == key)).one()
        for year in (now.year - 1, now.year, now.year + 1):
            fill_holidays(office, year)
        publishing.publish_all(office, now=now, by=None)
        since = begin_of((now - timedelta(days=400)).date(), None, office.timezone)
        first += people.staff(office, since=since, first=first, password_hash=password_hash)
        people.let_stand_in(office, now)
        db.session.commit()
    arrivals.write(now, upload)
    for tale in FORMER:
        tell(tale, now=now, upload=upload)
    first_list = [tell(tale, now=now, upload=upload) for tale in FIRST_LIST]
    submit([case.id for case in first_list])
    for tale in (*STORIES, *GRIEVANCES):
        tell(tale, now=now, upload=upload)
    meetings.hold(now)


def accounts() -> list[tuple[str, str, str, str, str]]:
    """Office, user name, password, name and post of every demo account."""
    rows = db.session.execute(
        select(Office, User, Post, Holding.kind)
        .join(User, User.office_id == Office.id)
        .join(Holding, Holding.user_id == User.id)
        .join(Post, Post.id == Holding.post_id)
        .where(User.demo)
        .order_by(Office.id, Post.id)
    )
    return [
        (office.title, user.username, people.PASSWORD, user.name, f"{AS.get(kind, '')}{post.title}")
        for office, user, post, kind in rows
    ]


def scan() -> Upload:
    """A page that stands for whatever paper a step wants attached."""
    page = Image.new("RGB", (620, 880), "white")
    ImageDraw.Draw(page).text((60, 60), "Contoh pindaian - bukan dokumen asli", fill="black")
    file = io.BytesIO()
    page.save(file, "PNG")
    file.seek(0)
    settings: Settings = current_app.extensions["settings"]
    stored = storage.store(settings.files, "contoh-pindaian.png", file)
    return Upload(
        name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        content_type=stored.content_type,
    )


def submit(case_ids: list[int]) -> None:
    """Take a rekapan as one from the Kasubbag to the Kabag and on to the Walikota."""
    for _ in range(2):
        case = db.session.get_one(Case, case_ids[-1])
        row = batch.row_of(case)
        if row is None:
            return
        moment = later(case, 45)
        perform_batch(
            row.recapitulation,
            "forward",
            dict.fromkeys(case_ids, Inputs()),
            seen={},
            actor=walking.actor_at(case, moment),
            now=moment,
        )


def tell(tale: Tale, *, now: datetime, upload: Upload) -> Case:
    """Open the case and take its ways, each at its own working moment, never after `now`."""
    office = db.session.scalars(select(Office).where(Office.key == tale.office)).one()
    version = next(one for one in newest_versions(office.id) if one.code == tale.code)
    began = working_ago(office, now, tale.working_hours)
    story = replace(tale.story, upload=upload)
    opening = Inputs(columns={"queue_number": story.columns.get("queue_number")})
    case = open_case(version, actor=opener(version, began), now=began, inputs=opening)
    for key in tale.ways:
        moment = later(case, tale.pace)
        if tale.in_time:
            moment = min(moment, in_good_time(case))
        if moment > now:
            break
        case = walking.act(case.id, key, now=moment, story=story)
    return case


def in_good_time(case: Case) -> datetime:
    """When somebody who does not let the case lie is done: after two thirds of the standard."""
    due = [one.due_at for one in case.assignments if one.left_at is None and one.due_at is not None]
    if not due:
        return datetime.max.replace(tzinfo=UTC)
    calendar, last = calendar_of(case.office), last_moment(case)
    return later(case, int(calendar.working_time(last, min(due)) / timedelta(minutes=1.5)))


def opener(version: ProcedureVersion, at: datetime) -> Actor:
    """Somebody at the front desk."""
    first = roles_of_first(procedure_of(version))
    desks = [
        post.id for role in sorted(first) for post in routing.posts_with(version.office_id, role)
    ]
    people_there = holders(desks, at)
    return next(
        actor
        for post_id in desks
        for user in people_there[post_id]
        for actor in person_of(user, at).actors_for(post_id)
    )
