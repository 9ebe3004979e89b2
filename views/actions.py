"""What may be done with a case, each way out with its own form, and the form back as `Inputs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backoffice.actor import Actor, Person, posts_of
from backoffice.meeting_words import newest_minuted, record_values
from backoffice.text import _
from backoffice.workflow import engine, linking
from backoffice.workflow.answers import Asked, asked
from backoffice.workflow.belongings import belongings_of
from backoffice.workflow.checking import needs_file
from backoffice.workflow.choices import Choices, choices_for
from backoffice.workflow.definition import Action, Need, RecordForm, Transition
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import definition_of
from models import Case, Post
from views import behalf, form_inputs, forms, labels
from views.fields import ChoiceField, TickField, small_int
from views.goes import reader, waits_for
from views.kept import Kept
from views.kinds import roles_of
from views.letter_form import add_letter, enclosures_of, letter_of
from views.sending_form import add_sending, given_sending


@dataclass
class ActionForm:
    """One way out of a step as its form; `actors` are as whom this person may take it."""

    case: Case
    way: Transition
    actors: tuple[Actor, ...]
    wanted: Asked
    form: forms.OfficeForm
    kept: Kept = field(default_factory=Kept)

    @property
    def key(self) -> str:
        """The key of the way."""
        return self.way.key

    @property
    def is_refusing(self) -> bool:
        """Whether the button is outlined in red and never the first."""
        return self.way.action in (Action.RETURN, Action.REJECT)

    @property
    def can_save(self) -> bool:
        """Whether there is enough to fill to be worth keeping before it is finished."""
        wanted = self.wanted
        return bool(wanted.columns or wanted.parties or wanted.fields or wanted.letter)

    @property
    def behalf(self) -> str:
        """For whom one records here, if it is for a head who decided on paper."""
        return behalf.sentence(self.actors)

    def actor(self) -> Actor | None:
        """As whom: the only one, or the one that was chosen."""
        if len(self.actors) == 1:
            return self.actors[0]
        chosen = self.form.value("actor")
        return next((one for one in self.actors if actor_key(one) == chosen), None)

    def given(self) -> Inputs:
        """What was typed and the files that were received, as the workflow takes it."""
        form = self.form
        return Inputs(
            columns={name: _raw(form, name) for name in self.wanted.columns},
            parties=form_inputs.party_inputs(form, dict(self.wanted.parties)),
            fields=form.under("fields."),
            records={one.key: form.under(f"record.{one.key}.") for one in self.wanted.records},
            unit=form.value("unit") or None,
            posts=_posts(form),
            severity=form.value("severity") or None,
            variant=form.value("variant") or None,
            letter=letter_of(form),
            enclosures=enclosures_of(form),
            sending=given_sending(form),
            again=bool(form.value("again")),
            attachments=self.kept.of("attachment"),
            scan=self.kept.of("scan"),
            **form_inputs.common_inputs(form, self.case.office),
        )


def _raw(form: forms.OfficeForm, name: str) -> Any:
    return form[name].data or None


def _posts(form: forms.OfficeForm) -> dict[str, int]:
    """Role -> post id; `post.<role>` is asked where one of a role is chosen."""
    found = {}
    for role, chosen in form.under("post.").items():
        if (post_id := small_int(chosen)) is not None:
            found[role] = post_id
    return found


def actor_key(actor: Actor) -> str:
    """What the form calls an actor."""
    return f"{actor.post.id}-{actor.duty_post.id}"


def actor_label(actor: Actor) -> str:
    """As whom, in words."""
    if actor.on_behalf:
        return _("%(post)s, decided on paper", post=actor.duty_post.title)
    if actor.for_post is not None:
        return _("%(post)s (vacant)", post=actor.for_post.title)
    return actor.post.title


def ways_of(
    case: Case, person: Person, now: datetime
) -> list[tuple[Transition, tuple[Actor, ...]]]:
    """Every way this person may take, in the order of the SOP, with as whom.

    Back to somebody comes last; an opinion comes first, since the others wait for it.
    """
    found: dict[str, tuple[Transition, list[Actor]]] = {}
    for actor, ways in engine.acting_for(case, person, now):
        for way in ways:
            found.setdefault(way.key, (way, []))[1].append(actor)
    last = (Action.RETURN, Action.REJECT)
    ordered = sorted(
        found.values(), key=lambda one: (one[0].action in last, one[0].action != Action.OPINION)
    )
    return [(way, tuple(actors)) for way, actors in ordered]


def action_forms(case: Case, person: Person, now: datetime) -> list[ActionForm]:
    """A form for every way this person may take."""
    return [action_form(case, way, actors) for way, actors in ways_of(case, person, now)]


def action_form(case: Case, way: Transition, actors: tuple[Actor, ...]) -> ActionForm:
    """The form of one way, filled with what the case already knows."""
    wanted = asked(case, way)
    parts = forms.Parts(case.office)
    parts.group()
    _add_actor(parts, actors)
    _add_choices(parts, way, choices_for(case, way, actors[0]))
    _add_again(parts, case, way)
    forms.add_columns(parts, wanted.columns, case)
    forms.add_parties(parts, wanted, case)
    if wanted.fields:
        parts.group(_("What this step asks"))
        forms.add_pack_fields(parts, wanted.fields, case.answers, "fields.")
    forms.add_records(
        parts, wanted.records, _filled_records(case, wanted.records) if wanted.records else {}
    )
    if wanted.letter:
        add_letter(parts, case, wanted.letter)
    add_sending(parts, case, way)
    parts.group()
    _add_note_and_files(parts, case, way, actors)
    if way.has("dispose"):
        forms.add_disposition(parts, _other_posts(case, actors[0]))
    forms.add_late_entry(parts)
    return ActionForm(case, way, actors, wanted, parts.build(way.key))


def _add_actor(parts: forms.Parts, actors: tuple[Actor, ...]) -> None:
    if len(actors) > 1:
        choices = [(actor_key(one), actor_label(one)) for one in actors]
        parts.add("actor", ChoiceField(_("You decide as"), choices), required=True)


def _add_choices(parts: forms.Parts, way: Transition, offered: Choices) -> None:
    if way.chooses("unit"):
        units = [(unit.key, unit.name) for unit in offered.units]
        parts.add("unit", ChoiceField(_("Unit"), units), required=True)
    for role, posts in {**offered.posts, **offered.next_posts}.items():
        choices = [(str(post.id), _post_label(post, posts)) for post in posts]
        parts.add(f"post.{role}", ChoiceField(_("Passed on to"), choices), required=True)
    if offered.severities:
        words = [(key, str(labels.SEVERITIES[key])) for key in offered.severities]
        parts.add("severity", ChoiceField(str(labels.COLUMNS["severity"]), words), required=True)
    if way.chooses("variant"):
        variants = [(key, version.title) for key, version in offered.variants.items()]
        parts.add("variant", ChoiceField(_("Becomes"), variants), required=True)


def _post_label(post: Post, among: Sequence[Post]) -> str:
    """The title, with the unit where two posts have the same one."""
    same = sum(one.title == post.title for one in among) > 1
    return f"{post.title} – {post.unit.name}" if same and post.unit else post.title


def _add_note_and_files(
    parts: forms.Parts, case: Case, way: Transition, actors: tuple[Actor, ...]
) -> None:
    procedure, roles = definition_of(case), roles_of(case.office_id).titles
    label = note_label(way, actors[0], waits_for(procedure, way, roles))
    forms.add_note(parts, way.note, label=label, reader=reader(case, procedure, way, roles))
    if way.attach is not Need.NONE:
        label, asked_for = way.attach_label or _("Supporting file"), needs_file(case, way)
        there = way.attach is Need.REQUIRED and not asked_for
        hint = _("The scan of the signed letter is in the case already.") if there else ""
        forms.add_files(parts, "attachment", label, required=asked_for, hint=hint)
    behalf.add_scan(parts, actors)


def note_label(way: Transition, actor: Actor, outsider: str = "") -> str:
    """What the note is called on this way; `outsider`: who outside the office acts next."""
    if way.action is Action.RETURN and outsider:
        return _("What is asked of %(who)s", who=outsider)
    if way.action is Action.RETURN:
        return _("What must be put right")
    if way.action is Action.OPINION:
        return _("Opinion")
    if way.has("share") and actor.duty_post.superior is None:
        return _("To whom it was passed on")
    return _("Note")


def _add_again(parts: forms.Parts, case: Case, way: Transition) -> None:
    """One more linked case is opened only where it is ticked."""
    codes = way.arguments(linking.EFFECT)
    opened = [one for code in codes for one in linking.opened_from(case, code)]
    if opened:
        names = ", ".join(one.number or one.procedure_version.title for one in opened)
        hint = _("This case has opened one already: %(names)s.", names=names)
        parts.add("again", TickField(_("Open one more"), description=hint))


def _filled_records(case: Case, wanted: Sequence[RecordForm]) -> dict[str, Mapping[str, Any]]:
    """The newest filling of each form; what a meeting has minuted since stands in its place."""
    if not wanted:
        return {}
    kept = belongings_of(case.id)
    filled: dict[str, Mapping[str, Any]] = {row.key: row.values for row in kept.records}
    if not any(one.state == "minuted" for one in kept.meetings):
        return filled
    meeting = newest_minuted(case.id)
    if meeting is None or meeting.minuted_at is None:
        return filled
    events = {one.id: one.happened_at for one in case.events}
    for form in wanted:
        times = [events[row.event_id] for row in kept.records if row.key == form.key]
        if all(at < meeting.minuted_at for at in times):
            filled[form.key] = {**filled.get(form.key, {}), **record_values(meeting, form)}
    return filled


def _other_posts(case: Case, actor: Actor) -> list[Post]:
    posts = posts_of(case.office_id).values()
    return [post for post in posts if post.id != actor.duty_post.id]
