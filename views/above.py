"""The sentence above a field: what to do there, with the field's own name, and who reads it."""

from __future__ import annotations

from typing import Any

from wtforms.fields import Field

from backoffice.text import _, _l
from views import labels
from views.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    FilesField,
    LongField,
    MomentField,
    MoneyField,
    NumberField,
    YesNoField,
)
from views.pack_fields import TableField
from views.wording import word_field

# Codes that say no more than that nothing is there: the field itself says what belongs there.
EMPTY = ("required", "note_required", "attachment_required", "scan_required")
FILL = _l("Fill in %(what)s.")
KINDS: tuple[tuple[type, str], ...] = (  # the most particular kind first
    (YesNoField, _l("Answer yes or no: %(what)s.")),
    (ChoiceField, _l("Choose %(what)s.")),
    (ChoicesField, _l("Choose at least one of %(what)s.")),
    (DayField, _l("Fill in %(what)s (day/month/year).")),
    (MomentField, _l("Fill in %(what)s (day and time).")),
    (NumberField, _l("Fill in %(what)s as a number.")),
    (MoneyField, _l("Fill in %(what)s in rupiah.")),
    (TableField, _l("Fill in at least one row of %(what)s.")),
    (FilesField, _l("Attach %(what)s.")),
    (LongField, _l("Write %(what)s.")),
    (Field, FILL),
)
OWN = {  # the label is half a sentence already, or names one of two ways
    "actor": _l("Choose as whom you decide."),
    "chair_post": _l("Choose the post that leads, or fill in somebody from outside."),
}
# Labels as short as on the paper, and what a sentence calls them.
NOUNS = (
    (_l("Addressed to"), _l("the letter's addressee")),
    (_l("From"), _l("the letter's sender")),
    (_l("Subject of the letter"), _l("the letter's subject")),
    (_l("Begins"), _l("the time it begins")),
)


def sentence(field: Any, code: str, **values: Any) -> str:
    """Isi perihal. Pilih saluran. Isi apa yang harus diperbaiki. Kasubbag membacanya."""
    if code not in EMPTY or field.name in OWN:
        return str(OWN.get(field.name, "")) or word_field(code, **values)
    what = {"what": name_of(field)}
    if code == "note_required":
        return f"{str(FILL) % what} {field.description}".strip()
    return next(str(one) for kind, one in KINDS if isinstance(field, kind)) % what


def name_of(field: Any) -> str:
    """What a field is called within a sentence; of a person, whose it is."""
    label = str(field.label.text)
    name = next((str(noun) for short, noun in NOUNS if short == label), within(label))
    role, _dot, part = str(field.name).partition(".")
    if role in labels.PARTIES and part in labels.PARTS:
        whose = within(str(labels.PARTIES[role]))
        return _("%(part)s of the %(party)s", part=name, party=whose)
    return name


def within(label: str) -> str:
    """`label` as part of a sentence: Perihal is perihal, NIK stays NIK."""
    text = label.strip().rstrip("?.:")
    first = text.split(" ", 1)[0]
    ordinary = first[1:].isalpha() and first[1:].islower()
    return text[:1].lower() + text[1:] if ordinary else text
