"""The forms of dispositions: giving one down the chain of command, and what is done with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backoffice.actor import Actor, Person
from backoffice.text import _, long_date
from backoffice.workflow import disposing
from backoffice.workflow.disposing import INSTRUCTIONS, Order
from backoffice.workflow.sheets import Of, all_rows
from models import Case, Disposition, DispositionState, Duty, Post
from views import behalf, forms
from views.actions import actor_key, actor_label
from views.fields import ChoiceField, ChoicesField, DayField, LongField, small_int
from views.incoming_form import URGENCIES
from views.kept import Kept


@dataclass(frozen=True, slots=True)
class Target:
    """A post on the sheet with who holds it; `near`: right below the giver; `has`: got one."""

    id: int
    title: str
    holder: str
    near: bool
    has: bool


@dataclass
class GiveForm:
    """The sheet that one actor may fill; `parent` is what he passes on with it."""

    of: Of
    actor: Actor
    parent: Disposition | None
    targets: Sequence[Target]
    form: forms.OfficeForm
    seen: str
    kept: Kept = field(default_factory=Kept)

    @property
    def key(self) -> str:
        """What tells it from the form of another actor on the same page."""
        return actor_key(self.actor)

    @property
    def passes_on(self) -> bool:
        """Whether it is a disposisi lanjutan."""
        return self.parent is not None and self.parent.duty is Duty.REPORT

    @property
    def verb(self) -> str:
        """The words of its button."""
        return _("Pass the disposition on") if self.passes_on else _("Give disposition")

    @property
    def behalf(self) -> str:
        """For whom one records here, if it is for a head who decided on paper."""
        return behalf.sentence([self.actor])

    @property
    def as_whom(self) -> str:
        """As whom, for who may give it as several."""
        return actor_label(self.actor)

    @property
    def near(self) -> list[Target]:
        """The posts right below: they stand open."""
        return [one for one in self.targets if one.near]

    @property
    def deeper(self) -> list[Target]:
        """Those further down: folded, unless one of them is chosen."""
        return [one for one in self.targets if not one.near]

    @property
    def opens_deeper(self) -> bool:
        """Whether one of those further down was chosen, or there are no others."""
        chosen = {self.form["lead"].data, *self.ticked("to"), *self.ticked("information")}
        return not self.near or any(str(one.id) in chosen for one in self.deeper)

    def ticked(self, name: str) -> Sequence[str]:
        """The posts that are ticked in one of the two columns."""
        return self.form[name].data or ()

    def order(self) -> Order:
        """What was typed. Whoever works on it is not told of it besides."""
        form = self.form
        lead = small_int(form.value("lead"))
        asked = _ids(form.value("to"))
        to = tuple(dict.fromkeys((*((lead,) if lead else ()), *asked)))
        told = tuple(one for one in _ids(form.value("information")) if one not in to)
        return Order(
            to=to,
            lead=lead,
            information=told,
            ticks=tuple(form.value("ticks") or ()),
            instructions=form.value("instructions") or "",
            urgency=form.value("urgency") or None,
            deadline_on=form["deadline_on"].data,
        )


def _ids(chosen: Sequence[str] | None) -> tuple[int, ...]:
    return tuple(number for one in chosen or () if (number := small_int(one)) is not None)


def give_forms(of: Of, person: Person, now: datetime) -> list[GiveForm]:
    """A sheet for every actor who may give one here."""
    found = (give_form(of, person, actor, now) for actor in person.actors)
    return [one for one in found if one is not None]


def give_form(of: Of, person: Person, actor: Actor, now: datetime) -> GiveForm | None:
    """The sheet of one actor; none where he may not give it, or nobody stands below him."""
    below = disposing.targets(of, actor, now) if disposing.may_dispose(of, actor) else []
    if not below:
        return None
    parent = disposing.laid_on(of, actor)
    targets = _targets(of, person, actor, below)
    form = _sheet(of, actor, parent, targets)
    return GiveForm(of, actor, parent, targets, form, seen_of(of))


def _targets(of: Of, person: Person, actor: Actor, below: Sequence[Post]) -> list[Target]:
    me = actor.duty_post.id
    has = {
        one.to_post_id for one in all_rows(of) if one.from_post_id == me and one.ended_at is None
    }
    return [
        Target(one.id, one.title, holder_of(person, one.id), one.superior_id == me, one.id in has)
        for one in below
    ]


def holder_of(person: Person, post_id: int) -> str:
    """Who holds a post of the own office today; that nobody does is said."""
    held = person.staffing.holdings.get(post_id, ())
    names = dict.fromkeys(one.user.name for one in held)
    return " / ".join(names) or _("vacant")


def seen_of(of: Of) -> str:
    """What tells whether somebody changed it since the form was shown."""
    if isinstance(of, Case):
        return str(of.version)
    last = max((one.id for one in all_rows(of)), default=0)
    return f"{last}-{of.case_id or 0}-{int(of.closed_at is not None)}"


def _sheet(
    of: Of, actor: Actor, parent: Disposition | None, targets: Sequence[Target]
) -> forms.OfficeForm:
    parts = forms.Parts(of.office)
    parts.group()
    posts = [(str(one.id), one.title) for one in targets if not one.has]
    parts.add("lead", ChoiceField(_("Penanggung jawab"), posts), required=True)
    parts.add("to", ChoicesField(_("Takes part"), posts))
    parts.add("information", ChoicesField(_("For information"), posts))
    parts.group()
    parts.add("ticks", ChoicesField(_("Dengan hormat harap"), list(INSTRUCTIONS.items())))
    parts.add("instructions", LongField(_("Instructions"), render_kw={"rows": "2"}))
    parts.group()
    natures = [(key, str(word)) for key, word in URGENCIES.items()]
    nature = (parent.urgency if parent is not None else None) or of.urgency
    parts.add("urgency", ChoiceField(_("Nature"), natures), nature)
    parts.add("deadline_on", DayField(_("Deadline"), description=_limit(parent)))
    if isinstance(of, Case):
        behalf.add_scan(parts, [actor])
    return parts.build(f"give-{actor_key(actor)}")


def _limit(parent: Disposition | None) -> str:
    """Until when it can last at most: no longer than what is passed on."""
    if parent is None or parent.deadline_on is None:
        return ""
    day = long_date(parent.deadline_on)
    return _("%(day)s at the latest, as your own disposition says.", day=day)


# -- what is done with one -------------------------------------------------------------------


@dataclass
class Deed:
    """One thing that may be done with a disposition, with its form; `verb` is in its address."""

    verb: str
    row: Disposition
    actor: Actor
    form: forms.OfficeForm
    label: str
    words: str
    icon: str
    refusing: bool = False
    kept: Kept = field(default_factory=Kept)

    @property
    def key(self) -> str:
        """What tells its form from the others of the page."""
        return f"{self.verb}-{self.row.id}"

    @property
    def seen(self) -> str:
        """How far it was when the form was shown."""
        return standing_of(self.row)


def standing_of(row: Disposition) -> str:
    """How far it is, for whom a form was shown; that it was read meanwhile changes nothing."""
    read = row.state is DispositionState.READ
    return (DispositionState.GIVEN if read else row.state).value


def deeds_of(of: Of, row: Disposition, actors: Sequence[Actor], verbs: Sequence[str]) -> list[Deed]:
    """What of `verbs` the person may do with a disposition, in that order."""
    found = []
    for verb in verbs:
        may, make = DEEDS[verb]
        actor = next((one for one in actors if may(row, one)), None)
        if actor is not None:
            found.append(make(of, verb, row, actor))
    return found


def _may_begin(row: Disposition, actor: Actor) -> bool:
    return disposing.may_report(row, actor) and row.begun_at is None


def _begin(of: Of, verb: str, row: Disposition, actor: Actor) -> Deed:
    words = _("%(post)s sees that you have begun.", post=row.from_post.title)
    return Deed(verb, row, actor, _form(of, verb, row), _("Begin the work"), words, "forward")


def _report(of: Of, verb: str, row: Disposition, actor: Actor) -> Deed:
    parts = forms.Parts(of.office)
    parts.group()
    reads = _("%(reader)s reads it.", reader=row.from_post.title)
    parts.add("report", LongField(_("What was done"), description=reads), required=True)
    forms.add_files(parts, "attachment", _("Supporting file"), required=False)
    if isinstance(of, Case):
        behalf.add_scan(parts, [actor])
    form = parts.build(f"{verb}-{row.id}")
    words = _("%(post)s closes the disposition with your report.", post=row.from_post.title)
    return Deed(verb, row, actor, form, _("Report"), words, "send")


def _recall(of: Of, verb: str, row: Disposition, actor: Actor) -> Deed:
    hint = _("%(post)s has not read it yet.", post=row.to_post.title)
    form = _form(of, verb, row, "reason", _("Reason"), required=True)
    return Deed(verb, row, actor, form, _("Recall"), hint, "return", refusing=True)


def _settle(of: Of, verb: str, row: Disposition, actor: Actor) -> Deed:
    form = _form(of, verb, row, "note", _("Note"))
    words = _("With this report the disposition is closed.")
    if row.lead:
        words = _("With this report the whole sheet is closed, for all its recipients.")
    return Deed(verb, row, actor, form, _("Close the disposition"), words, "done")


def _give_back(of: Of, verb: str, row: Disposition, actor: Actor) -> Deed:
    form = _form(of, verb, row, "note", _("What must be put right"), required=True)
    words = _("%(post)s goes on working and reports again.", post=row.to_post.title)
    return Deed(verb, row, actor, form, _("Return the report"), words, "return", refusing=True)


def _form(
    of: Of, verb: str, row: Disposition, name: str = "", label: str = "", *, required: bool = False
) -> forms.OfficeForm:
    parts = forms.Parts(of.office)
    parts.group()
    if name:
        parts.add(name, LongField(label, render_kw={"rows": "2"}), required=required)
    return parts.build(f"{verb}-{row.id}")


DEEDS: dict[str, tuple[Any, Any]] = {
    "report": (disposing.may_report, _report),
    "begin": (_may_begin, _begin),
    "settle": (disposing.may_settle, _settle),
    "give-back": (disposing.may_settle, _give_back),
    "recall": (disposing.may_recall, _recall),
}
RECIPIENT = ("report", "begin")
GIVER = ("settle", "give-back", "recall")
