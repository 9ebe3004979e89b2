"""What a line of the history is called, and its icon."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.text import _
from models import CaseEvent, EventKind
from views import letter_events

ICONS = {
    "approve": "pen",
    "return": "return",
    "reject": "reject",
    "close": "done",
    "record": "file",
}
TOGETHER = (EventKind.JOINED, EventKind.SEPARATED)
NOBODY: Mapping[int, str] = MappingProxyType({})


def icon_of(event: CaseEvent) -> str:
    """The icon of what happened."""
    if event.kind is EventKind.TRANSITION:
        return ICONS.get(event.action or "", "forward")
    if event.data.get("letter_voided"):
        return "trash"
    return {
        EventKind.OPENED: "user",
        EventKind.TAKEN_OVER: "file",
        EventKind.NOTE: "note",
        EventKind.DRAFT: "file",
        EventKind.NOTICE: "send",
        EventKind.OPINION: "note",
        EventKind.REMINDED: "send",
        EventKind.TAKEN_BACK: "return",
        EventKind.WITHDRAWN: "return",
        EventKind.VOIDED: "reject",
        EventKind.JOINED: "people",
        EventKind.SEPARATED: "people",
        EventKind.MEETING: "people",
        EventKind.REPORTED: "send",
        EventKind.RECALLED: "return",
        EventKind.SETTLED: "done",
        EventKind.NAMED: "user",
        EventKind.CLEARED: "user",
        EventKind.REROUTED: "forward",
        EventKind.SIGNED: "done",
        EventKind.SENT: "send",
        EventKind.RECEIVED: "done",
    }.get(event.kind, "forward")


def title_of(event: CaseEvent, others: Mapping[int, str] = NOBODY) -> str:
    """What happened, in the words of the SOP where it has some."""
    if event.kind in TOGETHER:
        return _together(event, others.get(event.data["other"], ""))
    if event.kind is EventKind.NOTE:
        return _noted(event)
    if event.kind is EventKind.MEETING:
        return _meeting(event)
    if event.label and event.kind is EventKind.TRANSITION:
        return event.label
    if event.data.get("opinion"):
        return _("Opinion taken back")
    if event.data.get("given_back"):
        return _("Report of a disposition returned")
    words = {
        EventKind.OPENED: _("Case opened"),
        EventKind.TAKEN_OVER: _("Taken over from the paper register"),
        EventKind.DRAFT: _("Writing kept, not yet passed on"),
        EventKind.NOTICE: _("Notice recorded"),
        EventKind.OPINION: _("Opinion given"),
        EventKind.DISPOSITION: _("Disposition given"),
        EventKind.BEGUN: _("Work on a disposition begun"),
        EventKind.REPORTED: _("Disposition reported"),
        EventKind.RECALLED: _("Disposition recalled"),
        EventKind.SETTLED: _("Disposition closed"),
        EventKind.REMINDED: _("Reminder recorded"),
        EventKind.TAKEN_BACK: _("Last step taken back"),
        EventKind.WITHDRAWN: _("Withdrawn by the citizen"),
        EventKind.VOIDED: _("Case voided"),
        EventKind.NAMED: _("%(name)s confirmed as terlapor", **_name_in(event)),
        EventKind.CLEARED: _("%(name)s is not the terlapor", **_name_in(event)),
        EventKind.REROUTED: _("Rerouted, since the holder of the post changed"),
        EventKind.SIGNED: letter_events.signed_title(event),
        EventKind.SENT: letter_events.sent_title(event),
        EventKind.RECEIVED: _("Letter received"),
    }
    return words.get(event.kind, "")


def _noted(event: CaseEvent) -> str:
    """A note of somebody, or what was done beside the SOP and moves nothing."""
    if event.data.get("references"):
        return _("Numbers from outside changed")
    if event.data.get("agenda"):
        return _("Incoming letter added")
    if event.data.get("letter_voided"):
        return letter_events.voided_title(event)
    return _("Note added")


def _meeting(event: CaseEvent) -> str:
    """What happened to a meeting."""
    words = {
        "called": _("Meeting called"),
        "minuted": _("Minutes of the meeting written"),
        "cancelled": _("Meeting cancelled"),
    }
    return words.get(str(event.data.get("what")), _("Meeting"))


def _name_in(event: CaseEvent) -> dict[str, str]:
    return {"name": str(event.data.get("name", ""))}


def _together(event: CaseEvent, name: str) -> str:
    """What became of two cases; the other is named for who may know of it."""
    known = {"case": name or _("another case")}
    if event.kind is EventKind.SEPARATED:
        return _("Taken apart again from %(case)s", **known)
    if event.data.get("taken_in"):
        return _("%(case)s was joined to this case", **(known if name else {"case": _("A case")}))
    return _("Joined to %(case)s", **known)
