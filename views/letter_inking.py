"""Recording the signature of a letter from its page: the scan, the day, and why one is replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice.actor import Actor, Person
from backoffice.errors import Incomplete, Refusal, Stale
from backoffice.letters import ink
from backoffice.letters.ink import Ink
from backoffice.text import _
from backoffice.workflow.engine import command
from backoffice.workflow.inputs import Upload
from models import Letter
from views.fields import DayField, FileField, LongField, small_int
from views.form_inputs import told
from views.forms import OfficeForm, Parts
from views.kept import Kept, receive
from views.session import is_resumed, resumes, utc_now
from views.wording import word

FIELD = "scan"


@dataclass
class InkForm:
    """The form of a letter, and the file that was received with it already."""

    form: OfficeForm
    kept: Kept = field(default_factory=Kept)

    def given(self) -> Ink:
        """What was typed and received."""
        scans: tuple[Upload, ...] = self.kept.of(FIELD)
        day: date | None = self.form["signed_on"].data
        reason = self.form.value("reason") if "reason" in self.form else ""
        return Ink(scan=scans[-1] if scans else None, signed_on=day, reason=reason or "")


def ink_form(letter: Letter, now: datetime) -> InkForm:
    """Scan and day; a second scan needs its reason."""
    parts = Parts(letter.office)
    parts.group()
    hint = _("All sheets in one file: PDF, or a picture (JPG, PNG) of a single sheet.")
    kinds = {"accept": ".pdf,.jpg,.jpeg,.png"}
    label = _("Scan of the signed letter")
    parts.add(FIELD, FileField(label, description=hint, render_kw=kinds), required=True)
    day = letter.signed_at or letter.sent_at or now  # what is sent was signed by then
    local = day.astimezone(ZoneInfo(letter.office.timezone)).date()
    parts.add("signed_on", DayField(_("Day of the signature")), local, required=True)
    if letter.scan_id is not None:
        hint = _("It stands in the history; the scan that was wrong stays in the case.")
        parts.add("reason", LongField(_("Why it is replaced"), description=hint), required=True)
    return InkForm(parts.build("ink"))


def inker(letter: Letter, person: Person) -> Actor | None:
    """As whom this person records the ink now; none where there is nothing to record."""
    return ink.recorder(letter, person) if ink.may_be_inked(letter) else None


class Inking:
    """Mixed into the view of letters, which says whose letter it is and draws its page."""

    person: Any
    named: Callable[[], Letter]
    get_one: Callable[[Any], Any]
    page: Callable[..., str]

    @resumes
    @expose("/sign/", methods=("POST",))
    def sign(self) -> ResponseReturnValue:
        """Unggah pindaian: the letter was signed with ink."""
        letter = self.named()
        actor = inker(letter, self.person)
        if actor is None:
            known = ink.recorder(letter, self.person) is not None
            refusal = ink.NotApproved() if known else ink.NotTheirInk()
            return self.page(letter, word(refusal)), refusal.status
        found = ink_form(letter, utc_now())
        readable = found.form.read(request.form, request.files)
        if is_resumed():
            return self.page(letter, _("You are logged in again. Check it."), ink=found)
        if not (self.receive_scan(letter, found) and readable):
            return self.page(letter, word(Incomplete()), ink=found), 422
        return self.record_ink(letter, found, actor)

    def receive_scan(self, letter: Letter, found: InkForm) -> bool:
        """Take in the file; whether it passed the gate. It is not asked for twice."""
        files = {FIELD: found.form.value(FIELD) or ()}
        owner = f"{self.person.user_id}-{letter.case_id}"
        found.kept, refusals = receive(files, request.form, {FIELD: ink.LABEL}, owner)
        for refusal in refusals:
            other = refusal.fields.get(FIELD) == "attachment_type"
            told(found.form, Incomplete({FIELD: "scan_type"}) if other else refusal)
        return not refusals

    def record_ink(self, letter: Letter, found: InkForm, actor: Actor) -> ResponseReturnValue:
        """Keep what was read, or show the page with the reasons beside the form."""
        letter_id, case_id = letter.id, letter.case_id
        seen = small_int(request.form.get("version")) or 0
        try:
            with command(case_id, seen) as case:
                ink.record(case, letter_id, found.given(), actor=actor, now=utc_now())
        except Refusal as refusal:
            again = self.named()
            message = told(found.form, refusal)
            if "scan" in refusal.fields:
                found.kept = Kept()  # a file that will not do is not carried on
            if isinstance(refusal, Stale):
                found = self.renewed(again, found)
            return self.page(again, message, ink=found), refusal.status
        flash(_("The signature was recorded. The scan stands in the case."), "success")
        return redirect(f"/surat/details/?id={letter_id}")

    def renewed(self, letter: Letter, found: InkForm) -> InkForm:
        """What was typed in the form as it is now: somebody else's scan may be there already."""
        fresh = ink_form(letter, utc_now())
        fresh.form.read(request.form)
        fresh.kept = found.kept
        return fresh
