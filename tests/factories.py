"""The offices of the papers with invented people, and cases that stand where a test needs them.

The cast is fixed: `ani` front desk, `budi` section head, `citra` director, `dewi` another office.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from backoffice.actor import Actor, Person, person_of
from backoffice.calendars import calendar_of
from backoffice.clock import parse_duration
from backoffice.workflow import publishing
from backoffice.workflow.inputs import NOTHING, Inputs
from backoffice.workflow.opening import may_open_with, open_case
from backoffice.workflow.versions import newest_versions
from models import Case, Holding, Office, Post, ProcedureVersion, User, db
from seed import walking
from tests import again

OFFICES = Path(__file__).parent.parent / "seed" / "offices"
KEYS = ("disdukcapil", "dinsos-sekadau", "kesra-ambon", "satpol-pp", "dinsos-sampang")
NOW = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)  # Senin, 12 Januari 2026, 09.00 WIB
FROM = datetime(2020, 1, 1, tzinfo=UTC)


def make_office(key: str) -> Office:
    """An office of the papers with all its SOPs published and an account for every post within."""
    publishing.import_office(OFFICES / key, now=NOW)
    office = db.session.scalars(select(Office).where(Office.key == key)).one()
    publishing.publish_all(office, now=NOW, by=None)
    mine = (Post.office_id == office.id, Post.takes_escalations.is_(False))
    for post in db.session.scalars(select(Post).where(*mine)):
        make_user(f"{key}.{post.key}", post)
    db.session.commit()
    return office


def office_of(key: str) -> Office:
    """An office that stands in the database already."""
    return db.session.scalars(select(Office).where(Office.key == key)).one()


def make_user(username: str, *posts: Post, office: Office | None = None, **more: Any) -> User:
    """Somebody who holds these posts; the password is of no use."""
    user = User(
        username=username,
        name=f"{username.title()} Contoh",
        password_hash="!",
        must_change_password=False,
        office_id=office.id if office is not None else posts[0].office_id,
        **more,
    )
    db.session.add(user)
    for post in posts:
        db.session.add(Holding(post=post, user=user, from_at=FROM))
    db.session.flush()
    return user


def post_of(office: Office, key: str) -> Post:
    """A post of the office by its key."""
    return db.session.scalars(
        select(Post).where(Post.office_id == office.id, Post.key == key)
    ).one()


def user_of(office: Office, post_key: str) -> User:
    """Who was made for a post by `make_office`."""
    return db.session.scalars(select(User).where(User.username == f"{office.key}.{post_key}")).one()


def person(office: Office, post_key: str) -> Person:
    """The same as a person who may act."""
    return person_of(user_of(office, post_key), NOW)


def actor(office: Office, post_key: str) -> Actor:
    """The same, acting as that post."""
    return person(office, post_key).actors[0]


def version_of(office: Office, code: str) -> ProcedureVersion:
    """The newest published version of an SOP."""
    return next(one for one in newest_versions(office.id) if one.code == code)


def opener(version: ProcedureVersion, at: datetime) -> Actor:
    """Somebody who may open a case of this SOP."""
    users = select(User).where(User.office_id == version.office_id, User.active)
    return next(
        one
        for user in db.session.scalars(users.order_by(User.id))
        for one in person_of(user, at).actors
        if may_open_with(version, one)
    )


def make_case(
    office: Office,
    code: str,
    step: str | None = None,
    *,
    now: datetime = NOW,
    inputs: Inputs = NOTHING,
    story: walking.Story | None = None,
) -> Case:
    """A case of an SOP that was walked to `step`, ten working minutes a step."""
    what = (office.key, code, step, now, repr(inputs), repr(story))
    return again.told(what, lambda: walked(office, code, step, now=now, inputs=inputs, story=story))


def walked(
    office: Office,
    code: str,
    step: str | None,
    *,
    now: datetime,
    inputs: Inputs,
    story: walking.Story | None,
) -> Case:
    """The same, walked in any case."""
    version = version_of(office, code)
    case = open_case(version, actor=opener(version, now), now=now, inputs=inputs)
    if step is not None:
        case = walking.bring(case.id, step, when=after, story=story)
    return case


def after(case: Case, minutes: int = 10) -> datetime:
    """The moment so many working minutes after the last thing that happened."""
    last = max(event.happened_at for event in case.events)
    duration = parse_duration(f"{minutes} menit")
    return calendar_of(case.office).due(last, duration) + timedelta(seconds=1)
