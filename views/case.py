"""A case at the screen: its page, the actions of its step, and what offices do beside the SOP.

Only success redirects. A refused form is the same page with 422 and every typed character; a form
that came too late is answered with 409, who was faster and where the case is now.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from backoffice import access
from backoffice.errors import Stale
from backoffice.text import _
from backoffice.workflow import reading
from models import Case
from views import case_page, stale
from views.accused import Accusing
from views.actions import ActionForm, action_forms
from views.base import OfficeView
from views.case_beside import BesideTheSop
from views.case_list import CaseList
from views.case_papers import CasePapers
from views.deciding import Deciding
from views.disposing import Disposing
from views.fields import small_int
from views.joining import CasesTogether
from views.kinds import meets_cases, newest, office_kinds
from views.opening import Opening
from views.session import resumes, utc_now
from views.wording import word


class CaseView(
    CaseList,
    Opening,
    CasePapers,
    Deciding,
    BesideTheSop,
    CasesTogether,
    Accusing,
    Disposing,
    OfficeView,
):
    """Cases of one kind. A concrete view names its model, address and words."""

    can_view_details = True
    can_export = True
    details_template = "case/details.html"

    def is_visible(self) -> bool:
        """In the menu where the office has an SOP of this kind, and the person may meet a case."""
        kind = self.model.__mapper__.polymorphic_identity
        return kind in office_kinds(self.person) and meets_cases(self.person)

    # Which case

    def glimpsed(self) -> Case:
        """The case the request names, as far as this person may see it at all; else 404."""
        case_id = small_int(request.values.get("id"))
        found = case_page.glimpsed(self.person, self.model, case_id) if case_id else None
        return found or abort(404)

    # The page

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """The case; opening it is remembered, so that the one before cannot take it back."""
        case, now, desks = self.glimpsed(), utc_now(), self.person.desk_post_ids
        case_id = case.id
        seen = not access.limited(self.person, case)
        unread = seen and reading.read_here(case, desks, now=now)
        page = self.page(case, opened="join" if request.args.get("join") else "")
        if unread and not reading.mark_read(case_id, desks, now=now):
            # Whoever had it before has just taken it back.
            page = self.page(case_page.load(case_id))
        return page

    def page(
        self,
        case: Case,
        *,
        posted: ActionForm | None = None,
        faults: dict[str, str] | None = None,
        opened: str = "",
        message: str = "",
        laid: Any = None,
    ) -> str:
        """The page of a case; `posted` and `laid` stand in the place of their fresh forms."""
        if access.limited(self.person, case):
            return self.limited_page(case, message)
        case_page.gather(case)
        newest(self.person)  # asked for by the ways of some steps, and by every menu
        forms = [
            posted if posted is not None and one.key == posted.key else one
            for one in action_forms(case, self.person, utc_now())
        ]
        key = posted.key if posted is not None else opened
        shown = case_page.page_of(case, self.person, utc_now(), forms, key)
        shown.laying.posted = laid
        return self.render(
            self.details_template,
            page=shown,
            faults=faults or {},
            message=message,
            base=f"/{self.slug}",
            typed=request.form if request.method == "POST" else {},
        )

    def limited_page(self, case: Case, message: str = "") -> str:
        """Number, step and the events of my own posts: for who once had the case."""
        shown = case_page.page_of(case, self.person, utc_now(), ())
        mine = self.person.desk_post_ids
        own = [one for one in case.events if {one.post_id, one.for_post_id} & mine]
        return self.render(
            "case/limited.html", page=shown, own=case_page.own_lines(shown, own), message=message
        )

    # Its dispositions

    def disposed(self) -> Case:
        """The case that is disposed of."""
        return self.glimpsed()

    def disposed_again(self, case_id: int) -> Case:
        """The same, as it stands now."""
        return case_page.load(case_id)

    def disposed_page(self, case: Case, laid: Any, message: str = "") -> str:
        """Its page with the sheet or the report that was posted."""
        return self.page(case, laid=laid, message=message)

    # The actions of the step

    @resumes
    @expose("/step/<key>/", methods=("POST",))
    def step(self, key: str) -> ResponseReturnValue:
        """Take one way out of the step."""
        return self.take(key, "step")

    @resumes
    @expose("/draft/<key>/", methods=("POST",))
    def draft(self, key: str) -> ResponseReturnValue:
        """Keep what was typed on that way without taking it."""
        return self.take(key, "draft")

    def done(self, case_id: int, found: ActionForm, verb: str) -> ResponseReturnValue:
        """Say what happened and show the case where it is now."""
        case = case_page.load(case_id)
        if verb == "draft":
            flash(_("Kept. Nothing was passed on yet."), "success")
            if found.kept.names():
                flash(_("Files are kept when the case is passed on: attach them then."), "warning")
        else:
            flash(self.undoable(case, stale.success_words(case, found.way, self.person)), "success")
        return redirect(self.url_of(case_id))

    def undoable(self, case: Case, words: str) -> str:
        """What happened, and the way to where it is taken back as long as it can be."""
        if "take_back" not in case_page.corrections_of(case, self.person):
            return words
        return Markup('{} <a href="#tarik">{}</a>').format(words, _("Take back"))

    def url_of(self, case_id: int) -> str:
        """The page of a case."""
        return f"/{self.slug}/details/?id={case_id}"

    def too_late(self, case: Case, key: str, seen: int) -> ResponseReturnValue:
        """Somebody was faster: who, when, where it is now, and the typed text."""
        if self.pressed_twice(case, key, seen):
            return redirect(self.url_of(case.id))  # the second press of the same button
        if access.limited(self.person, case):
            return self.page(case, message=word(Stale())), 409
        shown = stale.page_of(case, key, self.person, utc_now(), request.form)
        return self.render("case/stale.html", page=shown, base=f"/{self.slug}"), 409
