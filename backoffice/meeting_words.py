"""What a meeting says to others: names of people, and values for the forms of an SOP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from backoffice.actor import posts_of
from models import Decision, Meeting, Participant, Post, db


def newest_minuted(case_id: int) -> Meeting | None:
    """The meeting that was written down last."""
    query = sa.select(Meeting).where(Meeting.case_id == case_id, Meeting.minuted_at.is_not(None))
    return db.session.scalars(query.order_by(Meeting.minuted_at.desc()).limit(1)).first()


def chair_of(meeting: Meeting) -> str:
    """Who leads it, as a paper names him."""
    return meeting.chair_post.title if meeting.chair_post is not None else meeting.chair


def name_of(one: Participant, posts: Mapping[int, Post]) -> str:
    """An invited post, or a person with his organisation."""
    if one.post_id is not None:
        return posts[one.post_id].title
    return ", ".join(part for part in (one.name, one.organisation) if part)


def doer_of(one: Decision, posts: Mapping[int, Post]) -> str:
    """Who does what was decided."""
    return posts[one.post_id].title if one.post_id is not None else one.who


def record_values(meeting: Meeting) -> dict[str, dict[str, str]]:
    """What the minutes say to the record forms that ask it: record -> field -> value.

    The forms are those of the papers: `notulen` (Disdukcapil besar, Sampang) and `resolusi`
    (Ambon). A form of another name asks its own questions.
    """
    case = meeting.case
    posts = posts_of(case.office_id)
    day = meeting.starts_at.astimezone(ZoneInfo(case.office.timezone)).date()
    decided = [_line(one, posts) for one in meeting.decisions]
    doers = list(dict.fromkeys(doer_of(one, posts) for one in meeting.decisions))
    due = max((one.due_on for one in meeting.decisions if one.due_on is not None), default=None)
    came = [name_of(one, posts) for one in meeting.people if one.came]
    return {
        "notulen": {
            "tanggal": day.isoformat(),
            "pimpinan": chair_of(meeting),
            "peserta": "\n".join(came),
            "hasil": "\n".join((meeting.minutes, *decided)),
        },
        "resolusi": {
            "resolusi": "\n".join([one.text for one in meeting.decisions] or [meeting.minutes]),
            "pelaksana": ", ".join(doers),
            "selesai_pada": due.isoformat() if due is not None else "",
        },
    }


def _line(one: Decision, posts: Mapping[int, Post]) -> str:
    doer = doer_of(one, posts)
    return f"{one.text} ({doer})" if doer else one.text


def sorted_people(people: Sequence[Participant]) -> list[Participant]:
    """The posts of the office first, as they were invited."""
    return sorted(people, key=lambda one: (one.post_id is None, one.id))
