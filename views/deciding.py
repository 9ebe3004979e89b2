"""Taking a way out of a step: its form is read, checked and done, or shown again with the reasons.

The case page and the one-by-one review both decide by this, each with its own page around it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from backoffice import access
from backoffice.errors import Incomplete, NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import corrections
from backoffice.workflow.checking import check
from backoffice.workflow.engine import command, is_stale, perform
from models import Case
from views import case_page
from views.actions import ActionForm, action_forms
from views.fields import small_int
from views.form_inputs import told
from views.kept import receive
from views.letter_links import with_letters
from views.session import is_resumed, utc_now
from views.wording import word

SAME_CLICK = timedelta(minutes=2)  # within this a repeated press is the same press


class Deciding:
    """Mixed into a view of cases, which says who asks, which case it is and how it is shown."""

    person: Any
    glimpsed: Callable[[], Case]
    page: Callable[..., str]
    done: Callable[..., ResponseReturnValue]
    too_late: Callable[..., ResponseReturnValue]

    def seen_version(self) -> int:
        """The version the officer saw; a form without one is treated as out of date."""
        return small_int(request.form.get("version")) or 0

    def take(self, key: str, verb: str) -> ResponseReturnValue:
        """Read the form of a way and do it, or show why not."""
        case = self.glimpsed()
        seen = self.seen_version()
        if not is_resumed() and is_stale(case, seen, key):
            return self.too_late(case, key, seen)
        found = self.form_of(case, key)
        if found is None and case.version != seen:
            return self.too_late(case, key, seen)  # his opinion is there already
        if found is None:
            return self.page(case, message=word(NotAllowed()), opened=key), 422
        readable = found.form.read(request.form, request.files)
        if is_resumed():
            return self.page(case, posted=found, message=_("You are logged in again. Check it."))
        if not (self.receive(found) and readable):
            if verb == "step":
                self.tell_missing(case.id, found, seen)
                case = case_page.load(case.id)
            return self.page(case, posted=found, message=word(Incomplete())), 422
        return self.do(case, found, verb, seen)

    def tell_missing(self, case_id: int, found: ActionForm, seen: int) -> None:
        """What else is missing in a form that could not be read: all is said at once."""
        actor = found.actor() or found.actors[0]
        try:
            with command(case_id, seen, way=found.key) as locked:
                check(locked, found.way, actor, found.given(), utc_now())
                raise Incomplete  # nothing of it is kept
        except Refusal as refusal:
            told(found.form, refusal)

    def receive(self, found: ActionForm) -> bool:
        """Take in the files, and as whom; whether all of it is fit. Files are not asked twice."""
        names = {"attachment": found.way.attach_label, "scan": _("Paper decision")}
        files = {name: found.form.value(name) for name in names}
        owner = f"{self.person.user_id}-{found.case.id}"
        found.kept, refusals = receive(files, request.form, names, owner)
        for refusal in refusals:
            told(found.form, refusal)
        if found.actor() is None:
            found.form.tell_code("actor", "required")
        return not refusals and found.actor() is not None

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
        inputs = found.given()
        try:
            with command(case_id, seen, way=found.key) as locked:
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
        message = with_letters(told(found.form, refusal), refusal)
        again = self.form_of(case, found.key)
        if again is not None:
            again.form, again.kept = found.form, found.kept
        return self.page(case, posted=again or found, message=message), refusal.status

    def pressed_twice(self, case: Case, key: str, seen: int) -> bool:
        """Whether what was faster than this press is the press before it."""
        last = case.events[-1] if case.events else None
        return (
            last is not None
            and last.user_id == self.person.user_id
            and last.transition == key
            and case.version == seen + 1
            and utc_now() - last.recorded_at < SAME_CLICK
        )
