"""Terlapor: saying that an official of the office is the terlapor of a case, or is not.

The page of the case asks where it looks like it, and offers the office's people to choose from.
Whoever is named sees nothing of the case from then on, this page included.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.actor import Actor
from backoffice.errors import Incomplete, NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import accused
from models import Case
from views import case_page, labels
from views.accusation import judging
from views.case_beside import written
from views.case_forms import CaseForms
from views.fields import small_int
from views.session import is_resumed, resumes, utc_now
from views.wording import word, word_field

NAME, CLEAR = "terlapor", "not_terlapor"  # the forms, as the page calls them


class Accusing(CaseForms):
    """Mixed into `CaseView`, whose page answers the forms."""

    @resumes
    @expose("/terlapor/", methods=("POST",))
    def accuse(self) -> ResponseReturnValue:
        """This official is the terlapor."""
        chosen = small_int(request.form.get("official")) or 0

        def change(case: Case, others: list[Case], actor: Actor) -> str:
            event = accused.name(case, chosen, others, actor=actor, now=utc_now())
            return _("%(name)s no longer sees the case.") % {"name": event.data["name"]}

        return self.judge(NAME, change, {} if chosen else {"official": "required"})

    @resumes
    @expose("/bukan-terlapor/", methods=("POST",))
    def clear(self) -> ResponseReturnValue:
        """It is not him: of a suggestion, or of somebody who was named."""
        chosen = small_int(request.form.get("official")) or 0

        def change(case: Case, others: list[Case], actor: Actor) -> str:
            now = utc_now()
            if chosen:
                event = accused.dismiss(case, chosen, actor=actor, now=now)
                return _("%(name)s is not asked about again.") % {"name": event.data["name"]}
            reason = written("reason")
            event = accused.clear(case, others, actor=actor, now=now, reason=reason)
            return _("%(name)s is no longer terlapor.") % {"name": event.data["name"]}

        return self.judge(CLEAR, change)

    def judge(
        self,
        form: str,
        change: Callable[[Case, list[Case], Actor], str],
        missing: dict[str, str] | None = None,
    ) -> ResponseReturnValue:
        """One judgement under the lock, and its answer; `missing` is told before anything else."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened=form)
        case_id, seen, about = case.id, self.seen_version(), labels.name_of(case)
        try:
            self.judge_of(case)
            if missing:
                raise Incomplete(missing)
            with accused.matter(case_id, seen) as (locked, others):
                said = change(locked, others, self.judge_of(locked))
        except Stale:
            return self.too_late(case_page.load(case_id), form, seen)
        except Refusal as refusal:
            faults = {key: word_field(code) for key, code in refusal.fields.items()}
            again = case_page.load(case_id)
            page = self.page(again, faults=faults, opened=form, message=word(refusal))
            return page, refusal.status
        flash(f"{about}: {said}", "success")
        # Who has named himself sees it no more.
        kept = case_page.glimpsed(self.person, type(case), case_id) is not None
        return redirect(self.url_of(case_id) if kept else "/")

    def judge_of(self, case: Case) -> Actor:
        """As whom; NotAllowed for whom it is no business, or who sees only half of the case."""
        actor = judging(case, self.person)
        if actor is None or access.limited(self.person, case):
            raise NotAllowed
        return actor
