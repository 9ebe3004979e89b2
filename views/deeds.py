"""Which decisions fit one page of the review: a note and a choice do, long forms do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backoffice.text import _
from backoffice.workflow.answers import asked_of
from backoffice.workflow.definition import Action, Need, Procedure
from models import CaseEvent, EventKind
from views.actions import ActionForm
from views.fields import ChoiceField, ChoicesField, TickField

# These may stay empty; the case page has them.
LEFT_OUT = ("attachment", "happened_at", "reason", "sending.address", "sending.on")
SPOKEN = ("note", "instructions", "deadline_on")
EXTRA_EFFECTS = ("record", "draft")


@dataclass(frozen=True)
class Deed:
    """One way out as the review offers it; `goes` says where it leads."""

    form: ActionForm
    goes: str
    short: bool

    @property
    def key(self) -> str:
        """The key of the way."""
        return self.form.key

    @property
    def label(self) -> str:
        """The words of the SOP."""
        return self.form.way.label

    @property
    def asks(self) -> bool:
        """Whether something must be written or chosen first, so that one press does not do it."""
        return bool(self.form.form.required) or bool(self.form.form.wrong)

    @property
    def word(self) -> str:
        """The one word of the bar that leads to a refusal's form, where a note must be written."""
        return _("Reject") if self.form.way.action is Action.REJECT else _("Return")


@dataclass(frozen=True)
class Deeds:
    """All of them: the one that is likely, the refusals, and the rest."""

    primary: Deed | None = None
    refusals: tuple[Deed, ...] = ()
    others: tuple[Deed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.primary or self.refusals or self.others)


def deed_of(action: ActionForm, goes: str) -> Deed:
    """A way with its form, from which is taken what the review does not ask."""
    form, short = action.form, is_short(action)
    for group in form.groups:
        group.names = [name for name in group.names if name not in LEFT_OUT]
    form.groups = [group for group in form.groups if group.names]
    if action.is_refusing and "note" in form:
        form["note"].render_kw = {"placeholder": " "}  # the bar steps aside once it is filled
    return Deed(action, goes, short)


def is_short(action: ActionForm) -> bool:
    """Whether the form asks for no more than words to the next desk, a choice, or a tick."""
    form = action.form
    if "attachment" in form.required:
        return False
    rest = [one for one in form if one.name not in (*LEFT_OUT, *SPOKEN)]
    return all(isinstance(one, (ChoiceField, ChoicesField, TickField)) for one in rest)


def sorted_deeds(deeds: Sequence[Deed]) -> Deeds:
    """The first that goes on is the likely one, as on the case page."""
    onward = [one for one in deeds if not one.form.is_refusing]
    return Deeds(
        primary=next(iter(onward), None),
        refusals=tuple(one for one in deeds if one.form.is_refusing),
        others=tuple(onward[1:]),
    )


def is_quick(procedure: Procedure, key: str) -> bool:
    """Whether the likely way out of a step needs no more than a note or a choice.

    Asked for the rows of the inbox, where no form is built yet.
    """
    step = procedure.step(key) if procedure.has_step(key) else None
    if step is None or not step.transitions:
        return False
    way = step.transitions[0]
    wanted = asked_of(procedure, step, way)
    lengthy = wanted.columns or wanted.parties or any(way.has(one) for one in EXTRA_EFFECTS)
    choices = all(one.type in ("choice", "choices", "yes_no") for one in wanted.fields)
    return choices and not lengthy and way.attach is not Need.REQUIRED


def put_back(events: Sequence[CaseEvent], deeds: Sequence[Deed]) -> None:
    """The note of a step that was just taken back stands in its form again."""
    if not events or events[-1].kind is not EventKind.TAKEN_BACK:
        return
    undone = next((one for one in events if one.id == events[-1].data.get("event_id")), None)
    for deed in deeds:
        form = deed.form.form
        if undone is not None and undone.note and deed.key == undone.transition and "note" in form:
            form["note"].process_data(undone.note)
