"""The form of an action: what the SOP asks of this step, as fields, and back as `Inputs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from backoffice.text import _, form_translations
from backoffice.workflow.answers import Asked
from backoffice.workflow.definition import Field as PackField
from backoffice.workflow.definition import Need, RecordForm
from backoffice.workflow.disposing import INSTRUCTIONS
from models import Case, Office, Party, Post
from views import above, labels
from views.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    FilesField,
    LineField,
    LongField,
    MomentField,
    TickField,
    plain,
)
from views.pack_fields import field_for

LONGEST_SUBJECT = 200  # what a card of a list holds
KEYBOARDS = {  # of a telephone
    "telephone": {"type": "tel", "autocomplete": "off"},
    "email": {"type": "email", "autocomplete": "off"},
    "identity": {"inputmode": "numeric", "autocomplete": "off"},
}


class Words(DefaultMeta):
    """WTForms' own messages come from our catalogue; the token is checked for the whole app."""

    def get_translations(self, form: Any) -> Any:
        """The catalogue of the product."""
        return form_translations


@dataclass
class Group:
    """Fields under one heading, in the order of the paper form; `folded` stands in a details.

    `alert`: what must be known before anything is typed.
    """

    title: str = ""
    names: list[str] = field(default_factory=list)
    hint: str = ""
    folded: bool = False
    alert: str = ""


class OfficeForm(BaseForm):
    """Fields in groups. `key` keeps the ids of several forms on one page apart."""

    def __init__(self, key: str, groups: Sequence[Group], fields: Mapping[str, Any]) -> None:
        super().__init__(fields, meta=Words())
        self.key = key
        self.groups = [group for group in groups if group.names]
        self.required: set[str] = set()
        for name, one in self._fields.items():
            one.id = f"{key}-{name}"
            one.label.field_id = one.id

    def read(self, posted: Any, files: Any = None) -> bool:
        """Take over what was typed; whether all of it can be read."""
        both = posted.copy()
        for name in files or ():
            both.setlist(name, files.getlist(name))
        self.process(formdata=both)
        for one in self._fields.values():
            one.errors = list(one.process_errors)
        return not self.wrong

    @property
    def wrong(self) -> dict[str, list[str]]:
        """Field name -> the sentences above it."""
        return {name: list(one.errors) for name, one in self._fields.items() if one.errors}

    def tell(self, name: str, sentence: str) -> bool:
        """Set a sentence above a field that has none yet; whether the form has that field."""
        one = self.find(name)
        if one is not None and not one.errors:
            one.errors = [sentence]
        return one is not None

    def tell_code(self, name: str, code: str, **values: Any) -> bool:
        """The same for a code of the rules: the field says itself what belongs there."""
        one = self.find(name)
        return one is not None and self.tell(name, above.sentence(one, code, **values))

    def find(self, name: str) -> Any:
        """The field of that name, or the first that is a part of it, or none."""
        names = (one for one in self._fields if one == name or one.startswith(f"{name}."))
        return self._fields.get(next(names, ""))

    def rows(self, group: Group) -> Iterator[Any]:
        """The fields of a group."""
        return (self._fields[name] for name in group.names)

    def has_errors(self, group: Group) -> bool:
        """Whether something in a group must be mended: a folded one then stands open."""
        return any(self._fields[name].errors or self._fields[name].data for name in group.names)

    def value(self, name: str) -> Any:
        """What a field holds, or none where the form does not have it."""
        return plain(self._fields[name]) if name in self._fields else None

    def under(self, prefix: str) -> dict[str, Any]:
        """The values of the fields `prefix.…`, by the rest of their names; empty ones too."""
        return {
            name.removeprefix(prefix): plain(one)
            for name, one in self._fields.items()
            if name.startswith(prefix)
        }


@dataclass
class Parts:
    """A form being put together: groups, fields, what is there already, and what must be filled."""

    office: Office
    groups: list[Group] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)

    def group(
        self, title: str = "", *, hint: str = "", folded: bool = False, alert: str = ""
    ) -> None:
        """Begin a new group."""
        self.groups.append(Group(title, [], hint, folded, alert))

    def add(self, name: str, one: Any, value: Any = None, *, required: bool = False) -> None:
        """Add a field to the last group."""
        self.fields[name] = one
        self.groups[-1].names.append(name)
        if value is not None:
            self.values[name] = value
        if required:
            self.required.add(name)

    def build(self, key: str) -> OfficeForm:
        """The form, filled with what is there."""
        form = OfficeForm(key, self.groups, self.fields)
        form.process(data=self.values)
        form.required = self.required
        for one in form:
            one.errors = []
        return form


def longest(model: type[Case] | type[Party], column: str) -> int | None:
    """How many characters a column holds; none where it holds any text."""
    length: int | None = getattr(model.__table__.c[column].type, "length", None)
    return length


def add_columns(parts: Parts, names: Iterable[str], case: Case | None) -> None:
    """The columns that are asked: closed lists as choices, the day as a day."""
    for name in names:
        label = str(labels.COLUMNS[name])
        choices = labels.options(parts.office, name)
        one: Any
        if choices:
            one = ChoiceField(label, choices)
        elif name == "received_on":
            one = DayField(label)
        elif name == "summary":
            one = LongField(label)
        elif name == "subject":
            one = LineField(label, longest=LONGEST_SUBJECT, description=subject_hint())
        else:
            one = LineField(label, longest=longest(Case, name))
        parts.add(name, one, getattr(case, name) if case else None, required=True)


def subject_hint() -> str:
    """One line for the lists; the story has a field of its own."""
    return _(
        "One line, at most %(n)d letters. The whole story belongs to the description.",
        n=LONGEST_SUBJECT,
    )


def add_parties(parts: Parts, wanted: Asked, case: Case | None) -> None:
    """A person with all parts of the identity; only those the SOP names must be filled."""
    for role, needed in dict(wanted.parties).items():
        party = case.party(role) if case else None
        parts.group(str(labels.PARTIES[role]))
        anonymous = role == "reporter" and wanted.may_be_anonymous
        for part, label in labels.PARTS.items():
            maker = LongField if part == "address" else LineField
            one = maker(str(label), longest=longest(Party, part), render_kw=KEYBOARDS.get(part))
            value = getattr(party, part) if party else None
            parts.add(f"{role}.{part}", one, value, required=part in needed and not anonymous)
        if anonymous:
            _add_anonymous(parts, role, party)


def _add_anonymous(parts: Parts, role: str, party: Party | None) -> None:
    hint = _("Name, address and telephone are then not kept, and nobody can be told the outcome.")
    parts.add(
        f"{role}.anonymous",
        TickField(_("The reporter does not want to be known"), description=hint),
        bool(party and party.anonymous),
    )


def add_pack_fields(
    parts: Parts, fields: Iterable[PackField], values: Mapping[str, Any], prefix: str
) -> None:
    """Fields of the pack, as the SOP words them."""
    for one in fields:
        parts.add(f"{prefix}{one.key}", field_for(one), values.get(one.key), required=one.required)


def add_records(
    parts: Parts, forms: Iterable[RecordForm], filled: Mapping[str, Mapping[str, Any]]
) -> None:
    """The small forms filled on the way; the newest filling stands there to go on from."""
    for form in forms:
        parts.group(form.title)
        add_pack_fields(parts, form.fields, filled.get(form.key, {}), f"record.{form.key}.")


def add_note(parts: Parts, need: Need, *, label: str, reader: str) -> None:
    """The note, and who will read it: `reader` is empty where the case ends with it."""
    if need == Need.NONE:
        return
    required = need == Need.REQUIRED
    hint = ""
    if required:
        kept = _("It stands in the history of the case.")
        hint = _("%(reader)s reads it.", reader=reader) if reader else kept
    parts.add("note", LongField(label, description=hint), required=required)


def add_files(parts: Parts, name: str, label: str, *, required: bool, hint: str = "") -> None:
    """Files to add; photographs of a telephone are welcome. `hint` says when they are needed."""
    kinds = _("PDF, Word, Excel or picture; several files may be chosen at once.")
    said = f"{hint} {kinds}".strip()
    parts.add(name, FilesField(label, description=said), required=required)


def add_late_entry(parts: Parts) -> None:
    """The day it truly happened, folded away since it is rarely needed."""
    parts.group(
        _("It happened earlier than now"),
        hint=_("Fill this only if the step was done before and is recorded afterwards."),
        folded=True,
    )
    parts.add("happened_at", MomentField(_("When it truly happened")))
    parts.add("reason", LongField(_("Why it is recorded afterwards")))


def add_disposition(parts: Parts, posts: Sequence[Post]) -> None:
    """What a lembar disposisi says besides to whom it goes."""
    parts.group(_("Disposition"))
    parts.add("instructions", LongField(_("Instructions")))
    parts.add("deadline_on", DayField(_("Done by")))
    parts.group(_("Ticks of the lembar disposisi"), folded=True)
    parts.add("ticks", ChoicesField(_("Dengan hormat harap"), list(INSTRUCTIONS.items())))
    if posts:
        parts.group(_("Also addressed to"), folded=True)
        choices = [(str(post.id), post.title) for post in posts]
        parts.add("also.opinion", ChoicesField(_("For an opinion"), choices))
        parts.add("also.information", ChoicesField(_("For information"), choices))
