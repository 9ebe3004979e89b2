"""What a meeting says to others: names of people, and values for the forms of an SOP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from backoffice.actor import posts_of
from backoffice.workflow.definition import RecordForm
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


def record_values(meeting: Meeting, form: RecordForm) -> dict[str, str]:
    """What the minutes say to a record form: field key -> value, for the fields that ask it."""
    known = _parts(meeting)
    said = {one.key: known[one.from_meeting] for one in form.fields if one.from_meeting}
    return {key: value for key, value in said.items() if value}


def _parts(meeting: Meeting) -> dict[str, str]:
    """The minutes by the names of `FROM_MEETING`; days as forms write them (2026-01-15)."""
    office = meeting.case.office
    posts = posts_of(office.id)
    due = max((one.due_on for one in meeting.decisions if one.due_on is not None), default=None)
    return {
        "date": meeting.starts_at.astimezone(ZoneInfo(office.timezone)).date().isoformat(),
        "chair": chair_of(meeting),
        "people": "\n".join(name_of(one, posts) for one in meeting.people if one.came),
        "result": "\n".join((meeting.minutes, *(_line(one, posts) for one in meeting.decisions))),
        "decisions": "\n".join([one.text for one in meeting.decisions] or [meeting.minutes]),
        "doers": ", ".join(dict.fromkeys(doer_of(one, posts) for one in meeting.decisions)),
        "due": due.isoformat() if due is not None else "",
    }


def _line(one: Decision, posts: Mapping[int, Post]) -> str:
    doer = doer_of(one, posts)
    return f"{one.text} ({doer})" if doer else one.text


def sorted_people(people: Sequence[Participant]) -> list[Participant]:
    """The posts of the office first, as they were invited."""
    return sorted(people, key=lambda one: (one.post_id is None, one.id))
