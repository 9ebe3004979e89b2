"""The forms of a meeting: calling it, and writing down what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backoffice.actor import posts_of
from backoffice.meeting_words import name_of, sorted_people
from backoffice.meetings import Guest, Invitation, Minutes, Resolved
from backoffice.text import _
from models import Case, Meeting, Office
from views import forms
from views.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    LineField,
    LongField,
    MomentField,
    small_int,
)

LONGEST = {"subject": 500, "place": 300, "chair": 200}
DECISIONS, MOST_DECISIONS = 3, 30  # rows that are offered at first, and at most
BETWEEN = re.compile(r"\s*[;,–]\s*|\s+-\s+")


def called_form(case: Case) -> forms.OfficeForm:
    """Who meets when, where, about what, under whom."""
    parts = forms.Parts(case.office)
    parts.group()
    subject = _("Discussion: %(what)s", what=case.subject) if case.subject else ""
    _line(parts, "subject", _("About what"), subject, required=True)
    parts.add("starts_at", MomentField(_("Begins")), required=True)
    parts.add("ends_at", MomentField(_("Ends")))
    _line(parts, "place", _("Place"), required=True)
    parts.add("agenda", LongField(_("Agenda of the meeting"), description=_("One point a line.")))
    posts = [(str(one.id), one.title) for one in posts_of(case.office_id).values()]
    parts.group(_("Who leads"), hint=_("A post of the office, or somebody from outside."))
    parts.add("chair_post", ChoiceField(_("Post"), posts))
    _line(parts, "chair", _("Somebody from outside, e.g. the mayor"))
    parts.group(_("Who is invited"))
    parts.add("posts", ChoicesField(_("Posts of the office"), posts))
    hint = _("One a line: name or function; organisation.")
    parts.add("guests", LongField(_("From outside"), description=hint))
    return parts.build("meeting")


def _line(
    parts: forms.Parts, name: str, label: str, value: str = "", *, required: bool = False
) -> None:
    field = LineField(label, longest=LONGEST[name])
    parts.add(name, field, value[: LONGEST[name]], required=required)


def invitation_of(form: forms.OfficeForm, office: Office) -> Invitation:
    """What was typed."""
    return Invitation(
        subject=form.value("subject") or "",
        starts_at=_moment(form, "starts_at", office),
        ends_at=_moment(form, "ends_at", office),
        place=form.value("place") or "",
        agenda=form.value("agenda") or "",
        chair_post_id=small_int(form.value("chair_post")),
        chair=form.value("chair") or "",
        posts=tuple(key for one in form.value("posts") or () if (key := small_int(one))),
        guests=guests_of(form.value("guests") or ""),
    )


def _moment(form: forms.OfficeForm, name: str, office: Office) -> datetime | None:
    found: datetime | None = form[name].data
    return found.replace(tzinfo=ZoneInfo(office.timezone)) if found else None


def guests_of(text: str) -> tuple[Guest, ...]:
    """Each line a person; what stands behind the first mark is the organisation."""
    found = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        name, *rest = BETWEEN.split(line, maxsplit=1)
        found.append(Guest(name[:200], rest[0][:200] if rest else ""))
    return tuple(one for one in found if one.name)


def minutes_form(meeting: Meeting, rows: int) -> forms.OfficeForm:
    """Who came, what was said, and `rows` lines for what was decided."""
    office = meeting.case.office
    posts = posts_of(office.id)
    parts = forms.Parts(office)
    parts.group()
    people = [(str(one.id), name_of(one, posts)) for one in sorted_people(meeting.people)]
    parts.add("came", ChoicesField(_("Who came"), people))
    hint = _("One a line: name or function; organisation.")
    parts.add("also", LongField(_("Who came besides"), description=hint))
    parts.add("minutes", LongField(_("What was discussed")), required=True)
    titles = [(str(one.id), one.title) for one in posts.values()]
    for n in range(rows):
        hint = _("A post below the chair gets it as a disposition.") if n == 0 else ""
        parts.group(_("Decision %(n)s", n=n + 1), hint=hint)
        parts.add(f"decision.{n}.text", LongField(_("What is to be done"), render_kw={"rows": "2"}))
        parts.add(f"decision.{n}.post", ChoiceField(_("Who does it: a post"), titles))
        who = LineField(_("Who does it: somebody from outside"), longest=200)
        parts.add(f"decision.{n}.who", who)
        parts.add(f"decision.{n}.due_on", DayField(_("Done by")))
    return parts.build("minutes")


def rows_asked(posted: Any) -> int:
    """How many lines for decisions the form has; the button for more adds some."""
    given = small_int(posted.get("rows")) or DECISIONS
    return min(given + (DECISIONS if posted.get("more") else 0), MOST_DECISIONS)


def minutes_of(form: forms.OfficeForm, rows: int) -> tuple[Minutes, list[int]]:
    """What was typed, and of each decision the line of the form on which it stands."""
    lines = [(n, one) for n in range(rows) for one in _decision(form, n)]
    written = Minutes(
        text=form.value("minutes") or "",
        came=frozenset(key for one in form.value("came") or () if (key := small_int(one))),
        also=guests_of(form.value("also") or ""),
        decisions=tuple(one for _n, one in lines),
    )
    return written, [n for n, _one in lines]


def _decision(form: forms.OfficeForm, n: int) -> Iterator[Resolved]:
    """The decision of a line, unless the line is empty."""
    given = form.under(f"decision.{n}.")
    if any(given.values()):
        yield Resolved(
            text=given["text"] or "",
            post_id=small_int(given["post"]),
            who=given["who"] or "",
            due_on=form[f"decision.{n}.due_on"].data,
        )
