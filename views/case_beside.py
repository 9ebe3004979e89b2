"""What offices do with a case beside the SOP: take back, void, withdraw, note, tell a party."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.errors import Incomplete, NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import corrections, waiting
from backoffice.workflow.engine import command
from models import Case
from views import case_page
from views.case_forms import CaseForms
from views.fields import LONGEST, cleaned, small_int
from views.session import is_resumed, resumes, utc_now
from views.waits import reminding_actor
from views.wording import word, word_field

LONGEST_NOTE = LONGEST["long_text"]


def written(name: str) -> str:
    """What was typed there, in full. Incomplete where it is too long: nothing is cut silently."""
    text = cleaned(request.form.get(name))
    if len(text) > LONGEST_NOTE:
        raise Incomplete({name: "note_too_long"})
    return text


class BesideTheSop(CaseForms):
    """The corrections of a case; mixed into `CaseView`, whose page answers them."""

    @resumes
    @expose("/take-back/", methods=("POST",))
    def take_back(self) -> ResponseReturnValue:
        """Undo my last step, as long as nobody has opened the case since."""
        return self.correct(
            "take_back", corrections.take_back, _("Taken back. The case is on your desk again.")
        )

    @resumes
    @expose("/void/", methods=("POST",))
    def void(self) -> ResponseReturnValue:
        """A case that should not be there."""
        return self.correct("void", corrections.void, _("The case was voided."), reason=True)

    @resumes
    @expose("/withdraw/", methods=("POST",))
    def withdraw(self) -> ResponseReturnValue:
        """The citizen withdraws."""
        return self.correct(
            "withdraw", corrections.withdraw, _("The withdrawal was recorded."), reason=True
        )

    def correct(
        self, name: str, act: Callable[..., Any], success: str, *, reason: bool = False
    ) -> ResponseReturnValue:
        """Do something beside the SOP, with its reason."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened=name)
        actor = case_page.corrections_of(case, self.person).get(name)

        def change(locked: Case) -> None:
            if actor is None:
                raise NotAllowed
            more = {"reason": written("reason")} if reason else {}
            act(locked, actor=actor, now=utc_now(), **more)

        return self.run(case, change, name, success)

    @resumes
    @expose("/note/", methods=("POST",))
    def note(self) -> ResponseReturnValue:
        """A note of somebody who sees the case; it never comes too late."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="note")
        actors = self.person.actors
        if access.limited(self.person, case) or not actors:
            return self.page(case, message=word(NotAllowed())), 422

        def change(locked: Case) -> None:
            text = written("note")
            corrections.add_note(locked, actor=actors[0], now=utc_now(), text=text)

        return self.run(case, change, "note", _("The note stands in the history."), check=False)

    @resumes
    @expose("/notice/", methods=("POST",))
    def notice(self) -> ResponseReturnValue:
        """Catat pemberitahuan: a party was told."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="notice")
        notice_id = small_int(request.form.get("notice")) or 0
        channel = cleaned(request.form.get("channel"))
        actor = case_page.telling_actor(case, self.person)

        def change(locked: Case) -> None:
            if actor is None:
                raise NotAllowed
            if channel not in case_page.NOTICE_CHANNELS:
                raise Incomplete({"channel": "required"})
            told = {"channel": channel, "note": written("note")}
            corrections.tell(locked, notice_id, actor=actor, now=utc_now(), **told)

        return self.run(case, change, "notice", _("The notice was recorded."))

    @resumes
    @expose("/remind/", methods=("POST",))
    def remind(self) -> ResponseReturnValue:
        """Catat pengingat: somebody outside was reminded; the case stays where it is."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="remind")
        channel = cleaned(request.form.get("channel"))
        actor = reminding_actor(case, self.person)

        def change(locked: Case) -> None:
            if actor is None:
                raise NotAllowed
            if channel not in case_page.NOTICE_CHANNELS:
                raise Incomplete({"channel": "required"})
            note = written("note")
            waiting.remind(locked, actor=actor, now=utc_now(), channel=channel, note=note)

        return self.run(case, change, "remind", _("The reminder was recorded."), check=False)

    def run(
        self,
        case: Case,
        change: Callable[[Case], Any],
        name: str,
        success: str,
        *,
        check: bool = True,
    ) -> ResponseReturnValue:
        """One change under the lock, and its answer."""
        case_id, seen = case.id, self.seen_version() if check else None
        try:
            with command(case_id, seen, moves=check) as locked:
                change(locked)
        except Stale:
            return self.too_late(case_page.load(case_id), name, seen or 0)
        except Refusal as refusal:
            faults = {key: word_field(code) for key, code in refusal.fields.items()}
            again = case_page.load(case_id)
            page = self.page(again, faults=faults, opened=name, message=word(refusal))
            return page, refusal.status
        flash(success, "success")
        return redirect(self.url_of(case_id))
