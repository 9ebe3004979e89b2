"""Riwayat: what happened to a case, by which post and person, in what working time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from backoffice.actor import posts_of
from backoffice.text import _, _l, month_of_year, short_moment
from backoffice.workflow.definition import Procedure
from backoffice.workflow.disposing import INSTRUCTIONS
from models import CaseEvent, EventKind, ReferenceKind
from views import labels, letter_events
from views.acting import ACTING
from views.due import span
from views.event_titles import NOBODY, icon_of, title_of
from views.visits import Visit, standard_text

SHORT, NEWEST = 25, 15  # lines that are read at a glance; how many stay open of more
ALONE = {  # somebody of a post that stands alone did both
    "own_draft": _l("Drafted and checked by the same person: the post stands alone."),
    "own_check": _l("Checked and signed by the same person: the post stands alone."),
}
LATE_ENTRY = timedelta(minutes=1)  # recording takes a moment; that is not a late entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    icon: str
    title: str
    who: str
    spent: str
    at: str
    note: str
    remarks: tuple[str, ...]
    month: str

    @property
    def goes_back(self) -> bool:
        """Whether the case went back with it."""
        return self.icon in ("return", "reject")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A month of a long history, folded; its lines are the newest first."""

    title: str
    lines: tuple[Line, ...]


def opened(history: Sequence[Line]) -> Sequence[Line]:
    """What of the history stands open: all of a short one, else its newest lines."""
    return history if len(history) <= SHORT else history[:NEWEST]


def folded(history: Sequence[Line]) -> list[Chapter]:
    """The rest of it, month by month."""
    older = history[len(opened(history)) :]
    return [Chapter(month, tuple(found)) for month, found in groupby(older, lambda one: one.month)]


def lines(
    events: Iterable[CaseEvent],
    visits: list[Visit],
    procedure: Procedure,
    zone: str,
    others: Mapping[int, str] = NOBODY,
) -> list[Line]:
    """The history, newest first; `others` names the cases it was joined with."""
    return [_line(event, visits, procedure, zone, others) for event in reversed(list(events))]


def _line(
    event: CaseEvent,
    visits: list[Visit],
    procedure: Procedure,
    zone: str,
    others: Mapping[int, str],
) -> Line:
    return Line(
        icon=icon_of(event),
        title=title_of(event, others),
        who=who_did(event),
        spent=_spent(event, visits, procedure),
        at=short_moment(event.happened_at, zone),
        note=event.note,
        remarks=(*_remarks(event, zone), *_rerouted(event, visits)),
        month=month_of_year(event.happened_at.astimezone(ZoneInfo(zone)).date()),
    )


def _rerouted(event: CaseEvent, visits: list[Visit]) -> Iterable[str]:
    """Where the case went instead, if the desk that was due is the terlapor's."""
    for visit in visits:
        if visit.entered_at == event.happened_at and visit.step in (event.step, event.to_step):
            yield from (rerouted_words(*pair) for pair in visit.rerouted)


def rerouted_words(post: str, instead_of: str) -> str:
    """Dialihkan ke Kepala Dinas, sebab pejabat Kepala Bidang terlapor."""
    words = _("Rerouted to %(post)s, since the holder of %(other)s is terlapor.")
    return words % {"post": post, "other": instead_of}


def who_did(event: CaseEvent) -> str:
    """Post and person, and for whom."""
    as_what = ACTING.get(event.acted_as, "") if event.acted_as is not None else ""
    who = f"{as_what}{event.post.title} – {event.user.name}"
    if event.for_post is None:
        return who
    if event.data.get("on_behalf"):
        return _("%(who)s, recorded for %(post)s", who=who, post=event.for_post.title)
    return _("%(who)s, for %(post)s (vacant)", who=who, post=event.for_post.title)


def _spent(event: CaseEvent, visits: list[Visit], procedure: Procedure) -> str:
    """How long the step took until this event left it, beside its standard."""
    visit = next(
        (one for one in visits if one.step == event.step and one.left_at == event.happened_at),
        None,
    )
    if visit is None or event.kind is not EventKind.TRANSITION:
        return ""
    standard = standard_text(procedure, visit.step)
    words = span(visit.time)
    if visit.waiting:
        return _("waited %(time)s", time=words)
    if standard:
        words = _("%(time)s of %(standard)s", time=words, standard=standard)
    if visit.over is not None:
        words = _("%(time)s, late by %(over)s", time=words, over=span(visit.over))
    return words


def _remarks(event: CaseEvent, zone: str) -> Iterable[str]:
    late: datetime = event.recorded_at
    if late - event.happened_at > LATE_ENTRY:
        yield _(
            "Recorded afterwards, on %(moment)s. Reason: %(reason)s",
            moment=short_moment(late, zone),
            reason=event.reason,
        )
    elif event.reason:
        yield _("Reason: %(reason)s", reason=event.reason)
    if event.data.get("minuted"):
        yield _("Decided in a meeting; its minutes tell it.")
    elif event.data.get("on_behalf"):
        yield _("Decided on paper; the scan is among the attachments.")
    for kind, (before, after) in event.data.get("references", {}).items():
        old, new = ("; ".join(one) or "–" for one in (before, after))
        yield f"{labels.REFERENCES[ReferenceKind(kind)]}: {old} → {new}"
    if event.kind is EventKind.MEETING:
        at = short_moment(datetime.fromisoformat(event.data["starts_at"]), zone)
        yield " · ".join((event.data["subject"], at, event.data["place"]))
    yield from _more(event)


def _more(event: CaseEvent) -> Iterable[str]:
    """What the data of an event add in words."""
    if event.data.get("from_case"):
        number = event.data.get("from_number") or _("a case without a number")
        yield _("Opened as the continuation of %(number)s", number=number)
    yield from _laid(event)
    yield from letter_events.remarks(event)
    if (to := event.data.get("shared")) and to != event.note.strip():
        yield _("Passed on to: %(who)s", who=to)
    if alone := event.data.get("alone"):
        yield str(ALONE[alone])
    if event.data.get("because_of"):
        yield _("It follows from a case of the same matter.")
    if channel := event.data.get("channel"):
        how = labels.CHANNELS.get(channel, channel)
        if event.kind is EventKind.NOTICE:
            yield _("Told by: %(channel)s", channel=how)
        else:
            yield _("By: %(channel)s", channel=how)


def _laid(event: CaseEvent) -> Iterable[str]:
    """To whom a disposition went, the penanggung jawab first, and what was ticked on it."""
    posts = posts_of(event.post.office_id)
    if to := event.data.get("to") if event.kind is EventKind.DISPOSITION else None:
        yield _("To: %(who)s", who=", ".join(posts[one].title for one in to))
        yield "; ".join(INSTRUCTIONS.get(one, one) for one in event.data["ticks"])


def latest_note(events: Iterable[CaseEvent]) -> CaseEvent | None:
    """The newest step with a note: what the one at the desk must read first.

    What was written before the last approval is settled.
    """
    for event in reversed(list(events)):
        if event.kind is EventKind.TRANSITION and (event.note or event.action == "approve"):
            return event if event.note else None
    return None
