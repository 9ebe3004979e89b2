"""Gabungkan, pisahkan, nomor dari luar: what offices do with cases that belong together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.actor import Actor
from backoffice.errors import NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import joining, outside
from models import Case
from views import case_page, labels
from views.case_beside import written
from views.case_forms import CaseForms
from views.fields import cleaned, small_int
from views.outside import PREFIX, typed_numbers
from views.session import is_resumed, resumes, utc_now
from views.wording import word, word_field

LONGEST_NUMBER = 100


class CasesTogether(CaseForms):
    """Mixed into `CaseView`, whose page answers the forms."""

    run: Callable[..., ResponseReturnValue]

    @resumes
    @expose("/join/", methods=("POST",))
    def join(self) -> ResponseReturnValue:
        """Gabungkan ke berkas lain: the case goes on as a part of another one."""
        number = cleaned(request.form.get("number"))[:LONGEST_NUMBER]
        chosen = small_int(request.form.get("target"))

        def target_of(_case: Case) -> int:
            return joining.find_target(self.person, number, chosen)

        success = _("%(case)s goes on as a part of %(other)s.")
        return self.together("join", target_of, joining.may_join, joining.join, success)

    @resumes
    @expose("/separate/", methods=("POST",))
    def separate(self) -> ResponseReturnValue:
        """Pisahkan kembali: a joined case stands again where it stood."""

        def target_of(case: Case) -> int:
            if case.joined_to_id is None:
                raise Stale
            return case.joined_to_id

        success = _("%(case)s stands on its own again.")
        return self.together("separate", target_of, joining.may_separate, joining.separate, success)

    def together(
        self,
        name: str,
        target_of: Callable[[Case], int],
        may: Callable[[Case, Actor], bool],
        act: Callable[..., Any],
        success: str,
    ) -> ResponseReturnValue:
        """One deed on two cases under the lock, and its answer."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened=name)
        case_id, seen = case.id, self.seen_version()
        try:
            actor, reason = self.actor_for(case, may), written("reason")
            with joining.both(case_id, target_of(case), seen) as (locked, other):
                act(
                    locked,
                    other,
                    person=self.person,
                    actor=actor,
                    now=utc_now(),
                    reason=reason,
                )
                names = {"case": labels.name_of(locked), "other": labels.name_of(other)}
        except Stale:
            return self.too_late(case_page.load(case_id), name, seen)
        except Refusal as refusal:
            faults = {key: word_field(code) for key, code in refusal.fields.items()}
            again = case_page.load(case_id)
            page = self.page(again, faults=faults, opened=name, message=word(refusal))
            return page, refusal.status
        flash(success % names, "success")
        return redirect(self.url_of(case_id))

    def actor_for(self, case: Case, may: Callable[[Case, Actor], bool]) -> Actor:
        """As whom; NotAllowed where nothing of the person may do it, or the case is half hidden."""
        actor = next((one for one in self.person.actors if may(case, one)), None)
        if actor is None or access.limited(self.person, case):
            raise NotAllowed
        return actor

    @resumes
    @expose("/references/", methods=("POST",))
    def references(self) -> ResponseReturnValue:
        """Nomor dari luar: kept by whoever answers for the case; the history tells each change."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="references")
        typed = {
            key.removeprefix(PREFIX): cleaned(text)
            for key, text in request.form.items()
            if key.startswith(PREFIX)
        }

        def change(locked: Case) -> None:
            actor = self.actor_for(locked, outside.may_change)
            outside.change(locked, actor=actor, now=utc_now(), given=typed_numbers(typed))

        return self.run(case, change, "references", _("The numbers were kept."), check=False)
