"""What a posted form says: people, note, late entry, disposition; and refusals back into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backoffice.errors import Refusal
from models import Duty, Office
from views.fields import small_int
from views.forms import OfficeForm
from views.wording import word, word_field


def party_inputs(form: OfficeForm, roles: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The parties of a form; an anonymous one leaves no other trace."""
    found: dict[str, dict[str, Any]] = {}
    for role in roles:
        given = form.under(f"{role}.")
        anonymous = given.pop("anonymous", False)
        found[role] = {"anonymous": True} if anonymous else given
    return found


def common_inputs(form: OfficeForm, office: Office) -> dict[str, Any]:
    """What any action may carry: note, late entry, disposition."""
    happened: datetime | None = _moment(form, office)
    return {
        "note": form.value("note") or "",
        "instructions": form.value("instructions") or "",
        "ticks": tuple(form.value("ticks") or ()),
        "deadline_on": _raw(form, "deadline_on"),
        "also": tuple(_also(form)),
        "happened_at": happened,
        "reason": form.value("reason") or "",
    }


def _raw(form: OfficeForm, name: str) -> Any:
    return form[name].data if name in form else None


def _moment(form: OfficeForm, office: Office) -> datetime | None:
    found: datetime | None = _raw(form, "happened_at")
    return found.replace(tzinfo=ZoneInfo(office.timezone)) if found else None


def _also(form: OfficeForm) -> Iterator[tuple[int, Duty]]:
    for name, duty in (
        ("also.opinion", Duty.OPINION),
        ("also.information", Duty.INFORMATION),
    ):
        for chosen in form.value(name) or ():
            if (post_id := small_int(chosen)) is not None:
                yield post_id, duty


def told(form: OfficeForm, refusal: Refusal) -> str:
    """Put the reasons of a refusal above their fields; the sentence for the head of the page.

    A reason that has no field on this form is said there, so that none is lost.
    """
    left = []
    for name, code in refusal.fields.items():
        if not form.tell_code(name, code, **refusal.values):
            left.append(word_field(code, **refusal.values))
    return " ".join(dict.fromkeys((word(refusal), *left)))
