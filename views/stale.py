"""What to say after an action: where the case went, or who was faster and what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.text import _, _l
from backoffice.workflow.definition import Action, Transition
from backoffice.workflow.team import opinion_way
from backoffice.workflow.versions import definition_of
from models import Case, Duty
from views import labels
from views.fields import cleaned
from views.rows import place_words
from views.timeline import Line, lines
from views.visits import visits_of

NOT_TYPED = ("csrf_token", "version", "id", "actor", "back", "notice", "target", "urut")

OWN = {"reason": _l("Reason"), "number": _l("Number of the other case")}


@dataclass(frozen=True, slots=True)
class StalePage:
    """What `case/stale.html` shows."""

    case: Case
    own: bool  # the same person was faster: another window, or a button pressed twice
    happened: tuple[Line, ...]
    ahead: str
    heading: str
    desk: str
    wanted: str
    text: str


def page_of(case: Case, key: str, person: Person, now: datetime, typed: Any) -> StalePage:
    """Who was faster with what, where the case is now, and everything that was typed."""
    procedure = definition_of(case)
    visits = visits_of(case, procedure, calendar_of(case.office), now)
    newest = lines(case.events[-1:], visits, procedure, case.office.timezone)
    last = case.events[-1] if case.events else None
    own = last is not None and last.user_id == person.user_id
    seconds = (now - last.recorded_at).total_seconds() if last is not None else 0
    known = [way for step in procedure.steps for way in step.transitions]
    known.append(opinion_way(case.step))
    wanted = next((way.label for way in known if way.key == key), "")
    return StalePage(
        case=case,
        own=own,
        happened=tuple(newest),
        ahead="" if own else ahead_words(int(seconds // 60)),
        heading=" ".join(one for one in (case.number, labels.subject_of(case)) if one),
        desk=desk_words(case),
        wanted=wanted,
        text="\n".join(typed_text(typed)),
    )


def ahead_words(minutes: int) -> str:
    """How narrowly somebody else was faster; of no use after an hour."""
    if minutes >= 60:
        return ""
    return _("%(n)s minutes before you", n=minutes) if minutes else _("just before you")


def typed_text(typed: Any) -> Iterator[str]:
    """Every typed text of a form: the note as it is, other fields with their names."""
    given: Mapping[str, list[str]] = typed.to_dict(flat=False)
    if note := "\n".join(cleaned(one) for one in given.get("note", ())):
        yield note
    for name, values in given.items():
        text = ", ".join(cleaned(one) for one in values if cleaned(one))
        if name not in (*NOT_TYPED, "note") and text:
            yield f"{name_words(name)}: {text}"


def name_words(name: str) -> str:
    """What a form field is called for people."""
    first, _dot, last = name.partition(".")
    if name in labels.COLUMNS:
        return str(labels.COLUMNS[name])
    if name in OWN:
        return str(OWN[name])
    if first in labels.PARTIES and last in labels.PARTS:
        return f"{labels.PARTIES[first]} – {labels.PARTS[last]}"
    return (last or first).replace("_", " ").replace(".", " ").capitalize()


def desk_words(case: Case) -> str:
    """Kepala Dinas (langkah 6 dari 8), or how it ended."""
    if not case.is_live:
        return labels.ending_of(case)
    procedure = definition_of(case)
    posts = [
        desk.post.title
        for desk in case.assignments
        if desk.left_at is None and desk.duty is Duty.RESPONSIBLE
    ]
    where = place_words(procedure, procedure.step(case.step))
    return f"{' / '.join(dict.fromkeys(posts))} ({where})"


def success_words(case: Case, way: Transition, person: Person) -> str:
    """What happened, and where the case is now."""
    return done_words(case, way.action, way.label, person)


def done_words(case: Case, action: str, label: str, person: Person) -> str:
    """The same, told by what the history keeps of the way: its action and its label."""
    name = case.number or labels.subject_of(case)
    if action == Action.OPINION:
        return _("%(case)s: your opinion was kept.", case=name)
    if not case.is_live:
        return _("%(case)s: %(deed)s. The case is finished.", case=name, deed=label)
    mine = any(
        desk.left_at is None
        and desk.duty is Duty.RESPONSIBLE
        and desk.post_id in person.desk_post_ids
        for desk in case.assignments
    )
    if mine:
        return _("%(case)s: %(deed)s. It is on your desk.", case=name, deed=label)
    return _("%(case)s: %(deed)s. Now at %(desk)s.", case=name, deed=label, desk=desk_words(case))
