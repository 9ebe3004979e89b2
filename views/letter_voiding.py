"""Voiding a letter from its page: who may, what follows for its case, and the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice.actor import Person
from backoffice.errors import Incomplete, Refusal
from backoffice.letters import voiding
from backoffice.text import _, short_moment
from backoffice.workflow.engine import command
from models import Letter
from views.fields import LongField, small_int
from views.form_inputs import told
from views.forms import OfficeForm, Parts
from views.letter_life import Deed
from views.session import is_resumed, resumes, utc_now
from views.timeline import who_did
from views.wording import word


@dataclass(frozen=True, slots=True)
class VoidForm:
    """The form, and what its reader should know before: what follows cannot be undone."""

    form: OfficeForm
    cautions: tuple[str, ...]
    refused: bool


def void_form(letter: Letter) -> OfficeForm:
    """Why."""
    parts = Parts(letter.office)
    parts.group()
    hint = _("It stands in the history of the case and in the book of outgoing letters.")
    parts.add("reason", LongField(_("Why it must not go out"), description=hint), required=True)
    return parts.build(f"batal-{letter.id}")


def offered(letter: Letter, person: Person, refused: OfficeForm | None) -> VoidForm | None:
    """The form as the page shows it; none where this person has nothing to void."""
    if not voiding.is_voidable(letter) or voiding.voider(letter, person) is None:
        return None
    return VoidForm(refused or void_form(letter), tuple(_cautions(letter)), refused is not None)


def _cautions(letter: Letter) -> list[str]:
    """What becomes of number, proof and case."""
    words = [_("For a letter that must not go out at all. This cannot be undone.")]
    if letter.number:
        told = _(
            "The number %(n)s stays in the book as void; whoever checks the letter reads that."
        )
        words.append(told % {"n": letter.number})
    if letter.case.is_live:
        words += [
            _("The case stays where it is."),
            _(
                "If it still needs a letter: whoever approved this one takes that step back, or "
                "the case is returned, and a new one is written."
            ),
        ]
    return words


def voided(letter: Letter, zone: str) -> list[Deed]:
    """Who made it void, as the newest of its deeds."""
    event = voiding.event_of(letter)
    if event is None:
        return []
    return [Deed(_("Made void"), who_did(event), short_moment(event.happened_at, zone))]


class Voiding:
    """Mixed into the view of letters, which says whose letter it is and draws its page."""

    person: Any
    named: Callable[[], Letter]
    page: Callable[..., str]

    @resumes
    @expose("/void/", methods=("POST",))
    def void(self) -> ResponseReturnValue:
        """Batalkan surat: it was approved and must not go out."""
        letter = self.named()
        form = void_form(letter)
        readable = form.read(request.form)
        if is_resumed():
            return self.page(letter, _("You are logged in again. Check it."), void=form)
        if not readable:
            return self.page(letter, word(Incomplete()), void=form), 422
        letter_id, actor = letter.id, voiding.voider(letter, self.person)
        seen, reason = small_int(request.form.get("version")) or 0, form.value("reason") or ""
        try:
            if actor is None:
                raise voiding.NotTheirs
            with command(letter.case_id, seen) as case:
                voiding.void(case, letter_id, reason, actor=actor, now=utc_now())
        except Refusal as refusal:
            return self.page(self.named(), told(form, refusal), void=form), refusal.status
        flash(_("The letter is void. It does not go out any more."), "success")
        return redirect(f"/surat/details/?id={letter_id}")
