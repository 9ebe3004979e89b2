"""The fields that say how a letter leaves: in the action of an SOP, and on the letter's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backoffice import mail
from backoffice.letters import contacts, copies, covering, drafting, marks, sending
from backoffice.letters.sending import Sending
from backoffice.text import _
from backoffice.workflow.definition import Need, Transition
from models import Case, DeliveryWay, Letter
from views.fields import ChoiceField, DayField, LineField, LongField, MomentField
from views.forms import OfficeForm, Parts
from views.sending_words import way_options

PREFIX = "sending."


def add_sending(parts: Parts, case: Case, way: Transition) -> None:
    """What an action that sends a letter asks: way, address, day; the likely way is chosen."""
    if not way.has("send"):
        return
    kind = next(iter(way.arguments("send")))
    letter = drafting.current_letter(case, kind or None)
    gone = letter is not None and letter.state in marks.GONE
    parts.group(_("Sending"), hint=_already() if gone else _mail_hint())
    ways = ChoiceField(_("Sent by"), way_options())
    by_mail = sending.by_mail(letter) or way.attach is Need.REQUIRED  # its scan comes with it
    likely = None if gone else contacts.likely_way(case, by_mail=by_mail)
    parts.add(f"{PREFIX}way", ways, likely)
    parts.add(f"{PREFIX}address", _address_field(case))
    on = DayField(_("Sent on"), description=_("Left empty, it is today."))
    parts.add(f"{PREFIX}on", on)


def _address_field(case: Case) -> LineField:
    """Left empty, so that another way takes another address; the known ones stand above it."""
    party = contacts.addressee_of(case)
    parts = (party.address, party.email, party.telephone) if party is not None else ()
    known = " · ".join(" ".join(one.split()) for one in parts if one.strip())
    hint = _("Nothing is known from the case.")
    if known:
        hint = _("Left empty, it is taken from the case: %(known)s", known=known)
    return LineField(_("Address, e-mail or telephone"), description=hint)


def _already() -> str:
    return _("This letter was sent already. Choose a way only if it is sent once more.")


def _mail_hint() -> str:
    if mail.server() is None:
        return _("Paraf writes down how it went; you send it yourself.")
    return _("An e-mail leaves by itself, with the scan of the signed letter.")


def given_sending(form: OfficeForm) -> dict[str, Any]:
    """The same back, as the workflow takes it."""
    found = form.under(PREFIX)
    if f"{PREFIX}on" in form:
        found["on"] = form[f"{PREFIX}on"].data
    return found


def page_form(letter: Letter, now: datetime, begin: Sending | None = None) -> OfficeForm:
    """The form on the letter's own page; `begin` is what it opens with."""
    whole = sending.suggested(letter, begin)
    zone = ZoneInfo(letter.office.timezone)
    parts = Parts(letter.office)
    parts.group()
    hint = _mail_hint()
    parts.add(
        f"{PREFIX}way", ChoiceField(_("Sent by"), way_options(), description=hint), whole.way,
        required=True,
    )  # fmt: skip
    names = copies.copies_of(letter)
    hint = _("Tembusan are sent one by one: %(names)s.", names=", ".join(names)) if names else ""
    who = LineField(_("To whom"), longest=sending.LONGEST["addressee"], description=hint)
    parts.add(f"{PREFIX}addressee", who, whole.addressee, required=True)
    given = begin.address if begin is not None else ""
    parts.add(f"{PREFIX}address", _address_field(letter.case), given)
    local = now.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    parts.add(f"{PREFIX}at", MomentField(_("Sent on, at")), local)
    hint = _("The number the post gave, or the name of whoever took it.")
    evidence = LineField(_("Evidence"), longest=sending.LONGEST["evidence"], description=hint)
    parts.add(f"{PREFIX}evidence", evidence, whole.evidence)
    _add_cover(parts, letter, whole)
    return parts.build("kirim")


def _add_cover(parts: Parts, letter: Letter, whole: Sending) -> None:
    """What an e-mail says, where one leaves from here."""
    if mail.server() is None:
        return
    cover = covering.cover_of(letter, covering.MAIL)
    parts.group(_("What the e-mail says"), folded=True)
    subject = LineField(_("Subject of the e-mail"))
    text = LongField(_("Text of the e-mail"), render_kw={"rows": "10"})
    parts.add(f"{PREFIX}subject", subject, whole.subject or cover.subject)
    parts.add(f"{PREFIX}text", text, whole.text or cover.text)


def given_order(form: OfficeForm, letter: Letter, now: datetime) -> Sending:
    """What was typed there. A moment within the present minute is now."""
    zone = ZoneInfo(letter.office.timezone)
    typed = form[f"{PREFIX}at"].data
    at = typed.replace(tzinfo=zone) if typed is not None else None
    if at is not None and at == now.astimezone(zone).replace(second=0, microsecond=0):
        at = None
    way = form.value(f"{PREFIX}way")
    parts = ("addressee", "address", "evidence", "subject", "text")
    return Sending(
        way=DeliveryWay(way) if way in set(DeliveryWay) else None,
        at=at,
        **{one: form.value(f"{PREFIX}{one}") or "" for one in parts},
    )
