"""What the people of the demo do with the dispositions of a letter: give, read, report, recall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from backoffice import incoming
from backoffice.actor import Actor, holders, person_of
from backoffice.calendars import calendar_of
from backoffice.workflow import disposing
from backoffice.workflow.disposing import Order
from backoffice.workflow.sheets import all_rows
from models import Disposition, IncomingLetter, Office, Post, db
from seed.moments import working_ago, working_day


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What a post did `hours` working hours ago."""

    hours: float
    by: str


@dataclass(frozen=True, kw_only=True)
class Given(Deed):
    """It laid the letter on desks below. `due`: in so many working days, or `over` hours ago."""

    lead: str
    words: str
    to: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    due: int = 0
    over: float = 0


@dataclass(frozen=True, kw_only=True)
class Seen(Deed):
    """It opened what was laid before it."""


@dataclass(frozen=True, kw_only=True)
class Reported(Deed):
    """It told the giver what came of it."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Recalled(Deed):
    """It took back what `of` has not read."""

    of: str
    reason: str


def post_of(office: Office, key: str) -> Post:
    """The post of that key."""
    query = select(Post).where(Post.office_id == office.id, Post.key == key)
    return db.session.scalars(query).one()


def acting(office: Office, key: str, at: datetime) -> Actor:
    """Whoever acts as the post of that key at that moment."""
    post = post_of(office, key)
    person = person_of(holders([post.id], at)[post.id][0], at)
    return person.actors_for(post.id)[0]


def tell(letter: IncomingLetter, deeds: Sequence[Deed], now: datetime) -> None:
    """Let it happen to the letter, the oldest deed first."""
    letter_id, office = letter.id, letter.office
    for deed in deeds:
        at = working_ago(office, now, deed.hours)
        actor = acting(office, deed.by, at)
        if isinstance(deed, Seen):
            incoming.mark_read(letter_id, now=at)
            disposing.mark_letter_read(letter_id, [actor.duty_post.id], now=at)
            continue
        with disposing.on_letter(letter_id) as of:
            _do(of, deed, actor, at, now)


def _do(of: IncomingLetter, deed: Deed, actor: Actor, at: datetime, now: datetime) -> None:
    if isinstance(deed, Given):
        disposing.give(of, actor=actor, now=at, order=_order(of.office, deed, now))
    elif isinstance(deed, Reported):
        disposing.report(_newest(of, actor.duty_post.id), actor=actor, now=at, text=deed.text)
    elif isinstance(deed, Recalled):
        row = _newest(of, post_of(of.office, deed.of).id)
        disposing.recall(row, actor=actor, now=at, reason=deed.reason)


def _order(office: Office, deed: Given, now: datetime) -> Order:
    ids = {key: post_of(office, key).id for key in (deed.lead, *deed.to, *deed.information)}
    over = calendar_of(office).day_of(working_ago(office, now, deed.over))
    return Order(
        to=tuple(ids[key] for key in (deed.lead, *deed.to)),
        lead=ids[deed.lead],
        information=tuple(ids[key] for key in deed.information),
        ticks=deed.ticks,
        instructions=deed.words,
        deadline_on=over if deed.over else working_day(office, now, deed.due),
    )


def _newest(of: IncomingLetter, post_id: int) -> Disposition:
    """What was laid before a post last."""
    return max((one for one in all_rows(of) if one.to_post_id == post_id), key=lambda one: one.id)
