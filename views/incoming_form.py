"""The form by which a letter enters the agenda, and what was typed into it."""

from __future__ import annotations

from typing import Any

from backoffice.actor import posts_of
from backoffice.incoming import Arrival
from backoffice.letter_sight import RAHASIA
from backoffice.letters.signing import head_of
from backoffice.text import _, _l
from backoffice.workflow.inputs import Upload
from models import IncomingLetter, Office
from views import forms, labels
from views.fields import ChoiceField, DayField, LineField, LongField, small_int

URGENCIES = {**labels.URGENCIES, RAHASIA: _l("Secret")}
SCAN = "scan"


def longest(column: str) -> int | None:
    """How many characters a column of the agenda holds."""
    length: int | None = getattr(IncomingLetter.__table__.c[column].type, "length", None)
    return length


def form_of(office: Office, today: Any) -> forms.OfficeForm:
    """The fields of the agenda in the order of the book; laid before the head, as a rule."""
    parts = forms.Parts(office)
    parts.group()
    parts.add("received_on", DayField(_("Received on")), today, required=True)
    for name, label, must in (
        ("sender", _("From"), True),
        ("number", _("Number of the letter"), False),
    ):
        parts.add(name, LineField(label, longest=longest(name)), required=must)
    parts.add("dated_on", DayField(_("Date of the letter")))
    parts.add("subject", LineField(_("Subject of the letter"), longest=longest("subject")))
    parts.required.add("subject")
    natures = [(key, str(word)) for key, word in URGENCIES.items()]
    hint = _("Secret: only those through whose hands it goes see it.")
    parts.add(
        "urgency",
        ChoiceField(_("Nature of the letter"), natures, description=hint),
        "biasa",
        required=True,
    )
    _add_desk(parts, office)
    parts.add("note", LongField(_("Note")))
    forms.add_files(parts, SCAN, _("Scan of the letter"), required=False)
    return parts.build("letter")


def _add_desk(parts: forms.Parts, office: Office) -> None:
    head = head_of(office.id)
    inside = (one for one in posts_of(office.id).values() if not one.takes_escalations)
    posts = [(str(one.id), one.title) for one in inside]
    field = ChoiceField(_("Laid before"), posts)
    parts.add("laid_before", field, head.id if head is not None else None, required=True)


def arrival_of(form: forms.OfficeForm, scans: tuple[Upload, ...]) -> Arrival:
    """What was typed."""
    return Arrival(
        received_on=form["received_on"].data,
        sender=form.value("sender") or "",
        number=form.value("number") or "",
        dated_on=form["dated_on"].data,
        subject=form.value("subject") or "",
        urgency=form.value("urgency") or "",
        note=form.value("note") or "",
        laid_before=small_int(form.value("laid_before")) or 0,
        scans=scans,
    )
