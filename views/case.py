"""A case at the screen: its page, the actions of its step, and what offices do beside the SOP.

Only success redirects. A refused form is the same page with 422 and every typed character; a form
that came too late is answered with 409, who was faster and where the case is now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.errors import Incomplete, NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import corrections
from backoffice.workflow.engine import command, perform
from models import Case, db
from views import case_page, stale
from views.actions import ActionForm, action_forms
from views.base import OfficeView
from views.case_list import CaseList
from views.case_papers import CasePapers
from views.fields import cleaned, small_int
from views.forms import told
from views.kinds import office_kinds
from views.opening import Opening
from views.session import is_resumed, resumes, utc_now
from views.uploads import stored
from views.wording import word, word_field

SAME_CLICK = timedelta(minutes=2)  # within this a repeated press is the same press
LONGEST_NOTE = 20_000


class CaseView(CaseList, Opening, CasePapers, OfficeView):
    """Cases of one kind. A concrete view names its model, address and words."""

    can_view_details = True
    can_export = True
    details_template = "case/details.html"

    def is_visible(self) -> bool:
        """In the menu where the office has an SOP of this kind."""
        return self.model.__mapper__.polymorphic_identity in office_kinds(self.person)

    # Which case

    def glimpsed(self) -> Case:
        """The case the request names, as far as this person may see it at all; else 404."""
        case_id = small_int(request.values.get("id"))
        query = db.select(self.model.id).where(
            self.model.id == (case_id or 0), access.glimpses_case(self.person)
        )
        if case_id is None or db.session.scalar(query) is None:
            abort(404)
        return case_page.load(case_id)

    def seen_version(self) -> int:
        """The version the officer saw; a form without one is treated as out of date."""
        return small_int(request.form.get("version")) or 0

    # The page

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """The case; opening it is remembered, so that the one before cannot take it back."""
        case = self.glimpsed()
        if not access.limited(self.person, case):
            desks = self.person.desk_post_ids
            if corrections.mark_read(case.id, desks, now=utc_now()):
                case = case_page.load(case.id)
        return self.page(case)

    def page(
        self,
        case: Case,
        *,
        posted: ActionForm | None = None,
        faults: dict[str, str] | None = None,
        opened: str = "",
        message: str = "",
    ) -> str:
        """The page of a case; `posted` stands in the place of its fresh form."""
        if access.limited(self.person, case):
            return self.limited_page(case, message)
        forms = [
            posted if posted is not None and one.key == posted.key else one
            for one in action_forms(case, self.person, utc_now())
        ]
        key = posted.key if posted is not None else opened
        shown = case_page.page_of(case, self.person, utc_now(), forms, key)
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

    def take(self, key: str, verb: str) -> ResponseReturnValue:
        """Read the form of a way and do it, or show why not."""
        case = self.glimpsed()
        seen = self.seen_version()
        if not is_resumed() and case.version != seen:
            return self.too_late(case, key, seen)
        found = self.form_of(case, key)
        if found is None:
            return self.page(case, message=word(NotAllowed()), opened=key), 422
        readable = found.form.read(request.form, request.files)
        if is_resumed():
            return self.page(case, posted=found, message=_("You are logged in again. Check it."))
        if not readable or found.actor() is None:
            if found.actor() is None and not found.form["actor"].errors:
                found.form.tell("actor", word_field("required"))
            return self.page(case, posted=found, message=word(Incomplete())), 422
        return self.do(case, found, verb, seen)

    def form_of(self, case: Case, key: str) -> ActionForm | None:
        """The form of that way, if this person may take it."""
        if access.limited(self.person, case):
            return None
        forms = action_forms(case, self.person, utc_now())
        return next((one for one in forms if one.key == key), None)

    def do(self, case: Case, found: ActionForm, verb: str, seen: int) -> ResponseReturnValue:
        """Perform what was read."""
        case_id, now, actor = case.id, utc_now(), found.actor()
        assert actor is not None  # noqa: S101 - asked before
        label = found.way.attach_label
        try:
            inputs = found.inputs(
                stored(found.form.value("attachment") or (), "attachment", label),
                stored(found.form.value("scan") or (), "scan", _("Paper decision")),
            )
            with command(case_id, seen) as locked:
                if verb == "draft":
                    corrections.save_draft(locked, found.key, actor=actor, now=now, inputs=inputs)
                else:
                    perform(locked, found.key, actor=actor, now=now, inputs=inputs)
        except Stale:
            return self.too_late(case_page.load(case_id), found.key, seen)
        except Refusal as refusal:
            return self.refused(case_id, found, refusal)
        return self.done(case_id, found, verb)

    def refused(self, case_id: int, found: ActionForm, refusal: Refusal) -> ResponseReturnValue:
        """The same page with the reasons beside the form."""
        case = case_page.load(case_id)
        message = told(found.form, refusal)
        again = self.form_of(case, found.key)
        if again is not None:
            again.form = found.form
        return self.page(case, posted=again or found, message=message), refusal.status

    def done(self, case_id: int, found: ActionForm, verb: str) -> ResponseReturnValue:
        """Say what happened and show the case where it is now."""
        case = case_page.load(case_id)
        if verb == "draft":
            flash(_("Kept. Nothing was passed on yet."), "success")
        else:
            flash(stale.success_words(case, found.way, self.person), "success")
        return redirect(self.url_of(case_id))

    def url_of(self, case_id: int) -> str:
        """The page of a case."""
        return f"/{self.slug}/details/?id={case_id}"

    def too_late(self, case: Case, key: str, seen: int) -> ResponseReturnValue:
        """Somebody was faster: who, when, where it is now, and the typed text."""
        last = case.events[-1] if case.events else None
        if (
            last is not None
            and last.user_id == self.person.user_id
            and last.transition == key
            and case.version == seen + 1
            and utc_now() - last.recorded_at < SAME_CLICK
        ):
            return redirect(self.url_of(case.id))  # the second press of the same button
        if access.limited(self.person, case):
            return self.page(case, message=word(Stale())), 409
        shown = stale.page_of(case, key, self.person, utc_now(), request.form)
        return self.render("case/stale.html", page=shown, base=f"/{self.slug}"), 409

    # Beside the SOP

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
        more = {"reason": cleaned(request.form.get("reason"))[:LONGEST_NOTE]} if reason else {}

        def change(locked: Case) -> None:
            if actor is None:
                raise NotAllowed
            act(locked, actor=actor, now=utc_now(), **more)

        return self.run(case, change, name, success)

    @resumes
    @expose("/note/", methods=("POST",))
    def note(self) -> ResponseReturnValue:
        """A note of somebody who sees the case; it never comes too late."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="note")
        text = cleaned(request.form.get("note"))[:LONGEST_NOTE]
        actors = self.person.actors
        if access.limited(self.person, case) or not actors:
            return self.page(case, message=word(NotAllowed())), 422
        return self.run(
            case,
            lambda locked: corrections.add_note(locked, actor=actors[0], now=utc_now(), text=text),
            "note",
            _("The note stands in the history."),
            check=False,
        )

    @resumes
    @expose("/notice/", methods=("POST",))
    def notice(self) -> ResponseReturnValue:
        """Catat pemberitahuan: a party was told."""
        case = self.glimpsed()
        if is_resumed():
            return self.page(case, opened="notice")
        notice_id = small_int(request.form.get("notice")) or 0
        channel = cleaned(request.form.get("channel"))
        note = cleaned(request.form.get("note"))[:LONGEST_NOTE]
        actor = case_page.telling_actor(case, self.person)

        def change(locked: Case) -> None:
            if actor is None:
                raise NotAllowed
            if channel not in case_page.NOTICE_CHANNELS:
                raise Incomplete({"channel": "required"})
            corrections.tell(
                locked, notice_id, actor=actor, now=utc_now(), channel=channel, note=note
            )

        return self.run(case, change, "notice", _("The notice was recorded."))

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
            with command(case_id, seen) as locked:
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
