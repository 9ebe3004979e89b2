"""What the first page says of who holds which post: me, who is away, and posts that are vacant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from backoffice.actor import Actor, Person
from backoffice.text import _
from backoffice.vacancies import Vacancy, vacancies
from models import Holding, HoldingKind, Leave
from views.absence import AWAY, absent
from views.acting import ACTING
from views.frame import post_title
from views.spans import moment_words, until_words

MOST = 5  # sentences about vacant posts; the page that sets the office up has them all


class Said(NamedTuple):
    """A sentence above the work; `kind` as that of a message: info or warning.

    `url` is where whoever manages the office names a holder.
    """

    kind: str
    text: str
    url: str = ""


def notices(person: Person, now: datetime) -> list[Said]:
    """The sentences above the work of this person; mostly none, and then nothing is asked."""
    said = [Said("info", _resting(leave, person)) for leave in person.resting]
    said += [Said("info", _acting(one, person)) for one in person.actors if _stands_in(one)]
    covered = person.post_ids - person.own_post_ids
    if person.office_id is None or not (covered or person.can("manage_office")):
        return said
    gaps = vacancies(person.office_id, now)
    mends = "/pemangku/new/?post={}" if person.can("manage_office") else ""
    mine = [gap for gap in gaps if not gap.coming and gap.post.id in covered]
    told = [Said("warning", _mine(gap), mends.format(gap.post.id)) for gap in mine]
    others = [gap for gap in gaps if gap not in mine] if mends else []
    told += [Said("warning", _elsewhere(gap), mends.format(gap.post.id)) for gap in others]
    more = len(told) - MOST
    rest = [Said("warning", _("And %(n)d more posts.", n=more))] if more > 0 else []
    return said + told[:MOST] + rest


def _resting(leave: Leave, person: Person) -> str:
    """Why I do not act as a post of mine, until when, and who does."""
    staff, post = person.staffing, leave.holding.post
    values = {
        "kind": str(AWAY[leave.kind]),
        "until": until_words(leave.until_at),
        "post": post.title,
    }
    held = staff.holdings.get(post.id, ())
    names = ", ".join(f"{ACTING.get(one.kind, '')}{one.user}" for one in _acting_first(held))
    if names:
        words = _(
            "You are recorded as %(kind)s until %(until)s; the post %(post)s is run by %(who)s."
        )
        return words % {**values, "who": names}
    desk = staff.desk(post.id)
    if desk is None:
        return _("You are recorded as %(kind)s until %(until)s as %(post)s.") % values
    words = _(
        "You are recorded as %(kind)s until %(until)s; the work of the post %(post)s lies with "
        "%(desk)s."
    )
    return words % {**values, "desk": desk.title}


def as_which(person: Person) -> dict[int, str]:
    """Post -> as what I do its work, where that is not simply mine: as Plh., or since it is vacant.

    For a head who decides on paper nothing is said here: his cases wait for somebody outside.
    """
    acting = {
        one.post.id: _("as %(post)s", post=post_title(one))
        for one in person.actors
        if _stands_in(one)
    }
    vacant = {
        one.duty_post.id: _("for %(post)s (vacant)", post=one.duty_post.title)
        for one in person.actors
        if one.for_post is not None and not one.on_behalf
    }
    return {**vacant, **acting}


def _stands_in(actor: Actor) -> bool:
    """Whether this is a post that I run for a while only."""
    return actor.for_post is None and actor.holding is not None and actor.holding.kind in ACTING


def _acting(actor: Actor, person: Person) -> str:
    """Which post I run as Plt. or Plh., until when, and who is away."""
    if actor.holding is None:
        raise LookupError(actor.post.id)
    resting = person.staffing.resting
    away = [
        absent(one.holding.user.name, one.kind)
        for one in resting
        if one.holding.post_id == actor.post.id
    ]
    values = {
        "post": f"{ACTING[actor.holding.kind]}{actor.post.title}",
        "until": until_words(actor.holding.until_at) if actor.holding.until_at else "",
        "who": ", ".join(away),
    }
    if away and values["until"]:
        words = _("You are %(post)s until %(until)s in place of %(who)s.")
    elif values["until"]:
        words = _("You are %(post)s until %(until)s.")
    else:
        words = _("You are %(post)s until further notice.")
    return words % values


def _acting_first(held: tuple[Holding, ...]) -> Iterator[Holding]:
    """Whoever stands in for me, before those who hold the post beside me."""
    yield from sorted(held, key=lambda one: one.kind is HoldingKind.DEFINITIVE)


def _mine(gap: Vacancy) -> str:
    """A vacant post whose work lies with me."""
    post = gap.post.title
    if gap.since is None:
        return _("Nobody holds the post %(post)s yet; its work is on your desk.", post=post)
    since = moment_words(gap.since)
    if gap.away:
        words = _(
            "The holder of the post %(post)s is away since %(since)s without a Plh.; its work is "
            "on your desk."
        )
        return words % {"post": post, "since": since}
    words = _("The post %(post)s is vacant since %(since)s; its work is on your desk.")
    return words % {"post": post, "since": since}


def _elsewhere(gap: Vacancy) -> str:
    """One that the administrator should fill."""
    post = gap.post.title
    if gap.since is None:
        return _("Nobody holds the post %(post)s yet.", post=post)
    since = moment_words(gap.since)
    if gap.coming:
        return _("Nobody holds the post %(post)s from %(since)s on.", post=post, since=since)
    return _("Nobody acts as the post %(post)s since %(since)s.", post=post, since=since)
