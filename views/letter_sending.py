"""Sending a letter from its page, and recording that it arrived or came back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotAllowed, Refusal
from backoffice.letters import sending
from backoffice.letters.handling import handler
from backoffice.letters.sending import Receipt
from backoffice.text import _
from backoffice.workflow.engine import command
from models import Case, Delivery, DeliveryState, Letter, db
from views.fields import small_int
from views.form_inputs import told
from views.forms import OfficeForm
from views.kept import Kept, receive
from views.sending_desk import SCAN, arrived_form, failed_form
from views.sending_form import given_order, page_form
from views.session import is_resumed, resumes, utc_now
from views.wording import word

Deed = Callable[[Case, Actor], str]


class LetterSending:
    """Mixed into the view of letters, which says whose letter it is and draws its page."""

    person: Any
    named: Callable[[], Letter]
    page: Callable[..., str]

    @resumes
    @expose("/send/", methods=("POST",))
    def send(self) -> ResponseReturnValue:
        """Kirim surat: say how it left, or have the e-mail sent."""
        letter, now = self.named(), utc_now()
        form = page_form(letter, now)
        readable = form.read(request.form)
        if is_resumed():
            return self.page(letter, _("You are logged in again. Check it."), send=form)
        if not readable:
            return self.page(letter, word(Incomplete()), send=form), 422
        order = given_order(form, letter, now)

        def deed(case: Case, actor: Actor) -> str:
            asked = db.session.get_one(Letter, letter.id)
            made = sending.send(asked, order, actor=actor, now=now)
            if made.state is DeliveryState.QUEUED:
                return _("The e-mail is on its way. This page says when it has left.")
            return _("It was written down that the letter was sent.")

        return self.done_or_told(letter, form, deed, {"send": form}, seen=True)

    @resumes
    @expose("/received/", methods=("POST",))
    def received(self) -> ResponseReturnValue:
        """Surat diterima: when, by whom, with its paper."""
        letter, made = self.named(), self.delivery()
        form, kept = arrived_form(made, utc_now()), Kept()
        readable = form.read(request.form, request.files)
        owner = f"{self.person.user_id}-{letter.case_id}"
        kept, refusals = receive(
            {SCAN: form.value(SCAN) or ()}, request.form, {SCAN: _("Receipt of the letter")}, owner
        )
        for refusal in refusals:
            told(form, refusal)
        refused = {f"delivery-{made.id}": {"received": form, "kept": kept}}
        if is_resumed():
            return self.page(letter, _("You are logged in again. Check it."), **refused)
        if not readable or refusals:
            return self.page(letter, word(Incomplete()), **refused), 422
        receipt = _receipt_of(form, kept, letter)

        def deed(case: Case, actor: Actor) -> str:
            locked = db.session.get_one(Delivery, made.id)
            sending.receive(locked, receipt, actor=actor, now=utc_now())
            return _("It was written down that the letter has arrived.")

        return self.done_or_told(letter, form, deed, refused)

    @resumes
    @expose("/failed/", methods=("POST",))
    def failed(self) -> ResponseReturnValue:
        """Surat tidak sampai: why; it can be sent once more then."""
        letter, made = self.named(), self.delivery()
        form = failed_form(made)
        readable = form.read(request.form)
        refused = {f"delivery-{made.id}": {"failed": form}}
        if is_resumed():
            return self.page(letter, _("You are logged in again. Check it."), **refused)
        if not readable:
            return self.page(letter, word(Incomplete()), **refused), 422
        reason = form.value("fault") or ""

        def deed(case: Case, actor: Actor) -> str:
            locked = db.session.get_one(Delivery, made.id)
            sending.fail(locked, reason, actor=actor, now=utc_now())
            return _("Written down. Send the letter once more, or another way.")

        return self.done_or_told(letter, form, deed, refused)

    def delivery(self) -> Delivery:
        """The sending of that letter which the form names; else 404."""
        found = db.session.get(Delivery, small_int(request.form.get("delivery")) or 0)
        if found is None or found.letter_id != self.named().id:
            abort(404)
        return found

    def done_or_told(
        self,
        letter: Letter,
        form: OfficeForm,
        deed: Deed,
        refused: Mapping[str, Any],
        *,
        seen: bool = False,
    ) -> ResponseReturnValue:
        """Do it under the lock of the case, or show the page with the reasons beside the form."""
        letter_id, actor = letter.id, handler(letter, self.person)
        version = (small_int(request.form.get("version")) or 0) if seen else None
        try:
            if actor is None:
                raise NotAllowed
            with command(letter.case_id, version, moves=seen) as case:
                words = deed(case, actor)
        except Refusal as refusal:
            message = told(form, refusal)
            return self.page(self.named(), message, **refused), refusal.status
        flash(words, "success")
        return redirect(f"/surat/details/?id={letter_id}#pengiriman")


def _receipt_of(form: OfficeForm, kept: Kept, letter: Letter) -> Receipt:
    typed = form["received.at"].data
    zone = ZoneInfo(letter.office.timezone)
    scans = kept.of(SCAN)
    return Receipt(
        by=form.value("received.by") or "",
        at=typed.replace(tzinfo=zone) if typed is not None else None,
        scan=scans[-1] if scans else None,
    )
