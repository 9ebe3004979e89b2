"""The table form of a rekapan: a decision per row, one note and one file for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backoffice.actor import Actor, Person
from backoffice.errors import Refusal
from backoffice.text import _
from backoffice.workflow.answers import asked, field_fault
from backoffice.workflow.definition import Action, Field, Need, Transition
from backoffice.workflow.inputs import Inputs
from backoffice.workflow.versions import definition_of
from models import Case
from views import behalf, form_inputs, forms
from views.actions import actor_key, actor_label, ways_of
from views.fields import ChoiceField, LineField, LongField, plain
from views.kept import Kept, receive
from views.pack_fields import field_for
from views.wording import word, word_field


@dataclass
class RecapRow:
    """One case of the table and what this person may decide on it."""

    case: Case
    ways: Mapping[str, Transition]
    asked: tuple[Field, ...]

    def name(self, part: str) -> str:
        """The form field of this row."""
        return f"row.{self.case.id}.{part}"


@dataclass
class RecapForm:
    """The rows of a list that stand at one step, as one form."""

    step: str
    activity: str
    rows: list[RecapRow]
    actors: tuple[Actor, ...]
    form: forms.OfficeForm = field(init=False)
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        self.form = self.build()

    def build(self) -> forms.OfficeForm:
        """The boxes of every row, then those that hold for all."""
        parts = forms.Parts(self.rows[0].case.office)
        parts.group("rows")
        for row in self.rows:
            self._add_row(parts, row)
        parts.group()
        if len(self.actors) > 1:
            choices = [(actor_key(one), actor_label(one)) for one in self.actors]
            parts.add("actor", ChoiceField(_("You decide as"), choices), required=True)
        parts.add("note", LongField(_("Note for all chosen rows")))
        ways = [way for row in self.rows for way in row.ways.values()]
        if any(way.attach is not Need.NONE for way in ways):
            label = next((one.attach_label for one in ways if one.attach_label), "")
            label = label or _("Supporting file")
            hint = needed_for(ways)
            forms.add_files(parts, "attachment", label, required=False, hint=hint)
        behalf.add_scan(parts, self.actors)
        forms.add_late_entry(parts)
        return parts.build(f"rekap-{self.step}")

    def _add_row(self, parts: forms.Parts, row: RecapRow) -> None:
        onward = [way for way in row.ways.values() if way.action not in (Action.RETURN,)]
        choices = [(way.key, way.label) for way in row.ways.values()]
        preset = onward[0].key if len(onward) == 1 else None
        parts.add(row.name("way"), ChoiceField(_("Decision"), choices), preset)
        for one in row.asked:
            parts.add(row.name(f"fields.{one.key}"), field_for(one), row.case.answers.get(one.key))
        parts.add(row.name("note"), LineField(_("Own note")))

    @property
    def common(self) -> list[forms.Group]:
        """The groups below the table."""
        return [group for group in self.form.groups if group.title != "rows"]

    @property
    def columns(self) -> tuple[Field, ...]:
        """What is filled per row."""
        return self.rows[0].asked

    def chosen(self) -> Iterator[tuple[RecapRow, Transition]]:
        """The rows with a decision."""
        for row in self.rows:
            way = row.ways.get(self.form.value(row.name("way")) or "")
            if way is not None:
                yield row, way

    def actor(self) -> Actor | None:
        """As whom."""
        if len(self.actors) == 1:
            return self.actors[0]
        key = self.form.value("actor")
        return next((one for one in self.actors if actor_key(one) == key), None)

    @property
    def behalf(self) -> str:
        """For whom one records here, if it is for a head who decided on paper."""
        return behalf.sentence(self.actors)

    def receive(self, posted: Any, owner: str) -> None:
        """Take in the files, each once for all rows; says which are not fit."""
        label = self.form["attachment"].label.text if "attachment" in self.form else ""
        names = {"attachment": label, "scan": _("Paper decision")}
        files = {name: self.form.value(name) for name in names}
        self.kept, refusals = receive(files, posted, names, owner)
        for refusal in refusals:
            form_inputs.told(self.form, refusal)

    def check(self) -> None:
        """Say of every chosen row what it lacks, and what all of them lack together."""
        tell = self.form.tell_code
        for row, way in self.chosen():
            self._check_row(row, way)
        needs_file = any(way.attach is Need.REQUIRED for _row, way in self.chosen())
        if needs_file and not self.kept.of("attachment"):
            tell("attachment", "attachment_required")
        actor = self.actor()
        if actor is None:
            tell("actor", "required")
        elif actor.on_behalf and not self.kept.of("scan"):
            tell("scan", "scan_required")

    def _check_row(self, row: RecapRow, way: Transition) -> None:
        own, common = self.form.value(row.name("note")), self.form.value("note")
        if way.action is Action.REJECT and not own:
            self.form.tell(row.name("note"), _("A refusal needs its own reason."))
        elif way.note is Need.REQUIRED and not (own or common):
            self.form.tell(row.name("note"), word_field("note_required"))
        for one in asked(row.case, way).fields:
            name = row.name(f"fields.{one.key}")
            if code := field_fault(one, self.form.value(name)):
                self.form.tell_code(name, code)

    def inputs(self, row: RecapRow) -> Inputs:
        """What goes with one row: its own note, else the one for all."""
        common = form_inputs.common_inputs(self.form, row.case.office)
        return Inputs(
            note=self.form.value(row.name("note")) or common["note"],
            fields={one.key: plain(self.form[row.name(f"fields.{one.key}")]) for one in row.asked},
            attachments=self.kept.of("attachment"),
            scan=self.kept.of("scan"),
            happened_at=common["happened_at"],
            reason=common["reason"],
        )

    def refuse(self, case_id: int, refusal: Refusal) -> None:
        """Put the reason of a refused row beside it."""
        told = False
        for name, code in refusal.fields.items():
            sentence = word_field(code, **refusal.values)
            told = self.form.tell(f"row.{case_id}.{name}", sentence) or told
            told = told or self.form.tell(name, sentence)
        if not told:
            self.form.tell(f"row.{case_id}.way", word(refusal))


def forms_of(cases: Iterable[Case], person: Person, now: datetime) -> list[RecapForm]:
    """A form for every step at which this person may act on rows of a list."""
    found: dict[str, tuple[list[RecapRow], dict[str, Actor]]] = {}
    for case in cases:
        ways = [
            (way, actors) for way, actors in ways_of(case, person, now) if in_a_table(case, way)
        ]
        if not ways:
            continue
        rows, actors_here = found.setdefault(case.step, ([], {}))
        rows.append(RecapRow(case, {way.key: way for way, _actors in ways}, fields_of(case, ways)))
        actors_here.update((actor_key(one), one) for _way, actors in ways for one in actors)
    return [
        RecapForm(step, definition_of(rows[0].case).step(step).activity, rows, tuple(who.values()))
        for step, (rows, who) in found.items()
    ]


def needed_for(ways: Iterable[Transition]) -> str:
    """With which decisions a file must come."""
    labels = dict.fromkeys(way.label for way in ways if way.attach is Need.REQUIRED)
    return _("Needed for: %(decisions)s.", decisions=", ".join(labels)) if labels else ""


def in_a_table(case: Case, way: Transition) -> bool:
    """Whether a way asks no more than a table can: fields, note and file."""
    wanted = asked(case, way)
    return not (way.choose or wanted.records or wanted.letter or wanted.parties or wanted.columns)


def fields_of(case: Case, ways: Sequence[tuple[Transition, Any]]) -> tuple[Field, ...]:
    """Every field that one of the ways asks."""
    found = {one.key: one for way, _actors in ways for one in asked(case, way).fields}
    return tuple(found.values())
