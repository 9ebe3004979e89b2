"""The forms of the book: reserving numbers, the letter that takes one, and why one is void."""

from __future__ import annotations

from typing import Any

from backoffice.actor import posts_of
from backoffice.letters.book import OnPaper
from backoffice.letters.register import MOST_RESERVED, classifications_of
from backoffice.text import _
from models import Office, RegisterEntry
from views import forms
from views.fields import ChoiceField, LineField, LongField, NumberField, small_int


def reserve_form(office: Office) -> forms.OfficeForm:
    """How many, and why."""
    parts = forms.Parts(office)
    parts.group()
    hint = _("At most %(n)d at once. They follow each other.", n=MOST_RESERVED)
    parts.add("many", NumberField(_("How many numbers"), description=hint), 1, required=True)
    hint = _("For which letters they are. It stands in the book.")
    parts.add("reason", LongField(_("Reason"), description=hint), required=True)
    return parts.build("reserve")


def letter_form(office: Office, key: str, entry: RegisterEntry) -> forms.OfficeForm:
    """The letter on paper that has the number, in the order of the book."""
    parts = forms.Parts(office)
    parts.group()
    columns = RegisterEntry.__table__.c

    def line(name: str, label: str) -> Any:
        return LineField(label, longest=columns[name].type.length)  # type: ignore[attr-defined]

    parts.add("addressee", line("addressee", _("To whom")))
    parts.add("subject", line("subject", _("Subject of the letter")), required=True)
    codes = [(one.code, str(one)) for one in classifications_of(office.id)]
    parts.add("classification", ChoiceField(_("Classification"), codes), entry.classification)
    inside = (one for one in posts_of(office.id).values() if not one.takes_escalations)
    posts = [(str(one.id), one.title) for one in inside]
    hint = _("Its unit stands in the number, where the pattern has one.")
    parts.add("post", ChoiceField(_("Whose letter it is"), posts, description=hint), entry.post_id)
    return parts.build(key)


def letter_of(form: forms.OfficeForm) -> OnPaper:
    """What was typed."""
    return OnPaper(
        subject=form.value("subject") or "",
        addressee=form.value("addressee") or "",
        classification=form.value("classification") or "",
        post_id=small_int(form.value("post")),
    )


def strike_form(office: Office) -> forms.OfficeForm:
    """Why the number is void."""
    parts = forms.Parts(office)
    parts.group()
    hint = _("It stands in the book beside the number, for good.")
    parts.add("reason", LongField(_("Reason"), description=hint), required=True)
    return parts.build("strike")
