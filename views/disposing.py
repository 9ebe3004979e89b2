"""Giving and working on dispositions, from the page of a case or of an incoming letter.

Mixed into both views, whose pages answer. A refused form is the same page with 422 and everything
that was typed; one that came too late is the same page with 409.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access
from backoffice.errors import Incomplete, NotAllowed, Refusal, Stale
from backoffice.text import _
from backoffice.workflow import disposing
from backoffice.workflow.engine import command
from backoffice.workflow.sheets import Of, all_rows
from models import Case, Disposition
from views.disposing_forms import (
    DEEDS,
    GIVER,
    RECIPIENT,
    Deed,
    GiveForm,
    deeds_of,
    give_forms,
    seen_of,
    standing_of,
)
from views.fields import cleaned, small_int
from views.form_inputs import told
from views.kept import receive
from views.session import is_resumed, resumes, utc_now
from views.wording import word

SAME_CLICK = timedelta(minutes=2)  # within this a repeated press is the same press
FILES = ("scan", "attachment")
DONE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "report": lambda: _("Your report was sent to whoever gave the disposition."),
        "begin": lambda: _("It is said that you have begun."),
        "settle": lambda: _("The disposition is closed."),
        "give-back": lambda: _("The report was returned."),
        "recall": lambda: _("The disposition was recalled."),
    }
)
ACTS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "report": disposing.report,
        "begin": disposing.begin,
        "settle": disposing.settle,
        "give-back": disposing.give_back,
        "recall": disposing.recall,
    }
)


class Disposing:
    """The two addresses; the view says which case or letter it is and draws its page."""

    person: Any
    slug: str
    url_of: Callable[[int], str]
    disposed: Callable[[], Of]  # what the form names, if it is in sight; else 404
    disposed_again: Callable[[int], Of]  # the same, read anew after something was refused
    disposed_page: Callable[..., str]  # its page, with the form that was posted

    # Giving one

    @resumes
    @expose("/dispose/", methods=("POST",))
    def dispose(self) -> ResponseReturnValue:
        """Lay it on the desks below, or pass on what lies on mine."""
        of = self.disposed()
        found = self._sheet(of)
        if not is_resumed() and self._gave_it_just_now(of):
            return redirect(self.url_of(of.id) + "#disposisi")
        if found is None:
            return self._not_allowed(of)
        readable = found.form.read(request.form, request.files)
        if is_resumed():
            return self.disposed_page(of, found)
        if request.form.get("seen") != found.seen:
            return self._too_late(of, found)
        fit = self._receive(of, found)
        if not (fit and readable):
            return self.disposed_page(of, found, word(Incomplete())), 422
        return self._give(of, found)

    def _sheet(self, of: Of) -> GiveForm | None:
        """The sheet of the actor whom the form names."""
        if not self._lies_open(of):
            return None
        forms = give_forms(of, self.person, utc_now())
        return next((one for one in forms if one.key == request.form.get("actor")), None)

    def _gave_it_just_now(self, of: Of) -> bool:
        """Whether the same button was pressed twice."""
        last = max(all_rows(of), key=lambda one: one.id, default=None)
        if last is None or last.user_id != self.person.user_id or not self._lies_open(of):
            return False
        leads = [one for one in all_rows(of) if one.sheet_id == last.sheet_id and one.lead]
        same = [str(one.to_post_id) for one in leads] == request.form.getlist("lead")
        return same and utc_now() - last.given_at < SAME_CLICK

    def _give(self, of: Of, found: GiveForm) -> ResponseReturnValue:
        of_id, now, seen = of.id, utc_now(), found.seen
        parent = found.parent.id if found.parent is not None else None
        try:
            with self._locked(of) as locked:
                if seen_of(locked) != seen:
                    raise Stale
                disposing.give(
                    locked,
                    actor=found.actor,
                    now=now,
                    order=found.order(),
                    parent=disposing.find(locked, parent) if parent is not None else None,
                    scan=found.kept.of("scan"),
                )
        except Refusal as refusal:
            return self._refused(of_id, found, refusal)
        flash(_("The disposition was given."), "success")
        return redirect(self.url_of(of_id) + "#disposisi")

    # Working on one

    @resumes
    @expose("/disposition/<verb>/", methods=("POST",))
    def work_on(self, verb: str) -> ResponseReturnValue:
        """Begin it, report on it, recall it, close it, return its report."""
        of = self.disposed()
        row = self._named(of)
        if verb not in DEEDS or row is None:
            abort(404)
        deed = self._deed(of, row, verb)
        if deed is None and (done := self._pressed_twice(of, row, verb)) is not None:
            return done
        if deed is None:
            return self._refuse_deed(of, row, verb)
        readable = deed.form.read(request.form, request.files)
        if is_resumed():
            return self.disposed_page(of, deed)
        if request.form.get("seen") != deed.seen:
            return self._too_late(of, deed)
        if not (self._receive(of, deed) and readable):
            return self.disposed_page(of, deed, word(Incomplete())), 422
        return self._do(of, deed)

    def _refuse_deed(self, of: Of, row: Disposition, verb: str) -> ResponseReturnValue:
        """It was never his to do, or cannot be done any more."""
        given = row.from_post_id in self.person.desk_post_ids
        if verb == "recall" and given and row.read_at is not None:
            return self.disposed_page(of, None, word(disposing.CannotRecall())), 409
        late = request.form.get("seen") not in (None, standing_of(row))
        return self._too_late(of) if late else self._not_allowed(of)

    def _named(self, of: Of) -> Disposition | None:
        """The disposition that the form names, if it is one of this case or letter in sight."""
        row_id = small_int(request.form.get("row"))
        if not self._lies_open(of):
            return None
        return next((one for one in all_rows(of) if one.id == row_id), None)

    def _deed(self, of: Of, row: Disposition, verb: str) -> Deed | None:
        verbs = [one for one in (*RECIPIENT, *GIVER) if one == verb]
        return next(iter(deeds_of(of, row, self.person.actors, verbs)), None)

    def _do(self, of: Of, deed: Deed) -> ResponseReturnValue:
        of_id, row_id, seen = of.id, deed.row.id, deed.seen
        try:
            with self._locked(of, moves=deed.verb != "begin") as locked:
                row = disposing.find(locked, row_id)
                if standing_of(row) != seen:
                    raise Stale
                ACTS[deed.verb](row, actor=deed.actor, now=utc_now(), **_given(deed))
        except Refusal as refusal:
            return self._refused(of_id, deed, refusal)
        flash(DONE[deed.verb](), "success")
        return redirect(self.url_of(of_id) + "#disposisi")

    def _pressed_twice(self, of: Of, row: Disposition, verb: str) -> ResponseReturnValue | None:
        """The second press of a button that has done its work already."""
        moments = {
            "report": (row.reported_at, row.report_user_id == self.person.user_id),
            "begin": (row.begun_at, row.to_post_id in self.person.desk_post_ids),
            "settle": (row.ended_at, row.from_post_id in self.person.desk_post_ids),
            "recall": (row.recalled_at, row.from_post_id in self.person.desk_post_ids),
        }
        at, mine = moments.get(verb, (None, False))
        if at is None or not mine or utc_now() - at > SAME_CLICK:
            return None
        return redirect(self.url_of(of.id) + "#disposisi")

    # Both

    def _lies_open(self, of: Of) -> bool:
        return not isinstance(of, Case) or not access.limited(self.person, of)

    def _locked(self, of: Of, *, moves: bool = True) -> AbstractContextManager[Any]:
        """Reports of several posts do not come in each other's way: each looks at its own row."""
        if isinstance(of, Case):
            return command(of.id, moves=moves)
        return disposing.on_letter(of.id)

    def _receive(self, of: Of, found: GiveForm | Deed) -> bool:
        """Take in the files; whether all of them are fit. They are not asked for twice."""
        names = {name: "" for name in FILES if name in found.form}
        files = {name: found.form.value(name) for name in names}
        owner = f"{self.person.user_id}-{self.slug}-{of.id}"
        found.kept, refusals = receive(files, request.form, names, owner)
        for refusal in refusals:
            told(found.form, refusal)
        return not refusals

    def _refused(self, of_id: int, found: GiveForm | Deed, refusal: Refusal) -> ResponseReturnValue:
        """The same page with the reasons beside the form."""
        if refusal.fields.get("to") == "required":  # who answers for it is asked for first
            refusal.fields = {"lead": "required", **refusal.fields}
            del refusal.fields["to"]
        message = told(found.form, refusal)
        again = self.disposed_again(of_id)
        _anew(again, found)
        return self.disposed_page(again, found, message), refusal.status

    def _too_late(self, of: Of, found: GiveForm | Deed | None = None) -> ResponseReturnValue:
        """Somebody was faster: how it stands now, and what was typed."""
        if found is not None:
            self._receive(of, found)
            _anew(of, found)
        return self.disposed_page(of, found, word(Stale())), 409

    def _not_allowed(self, of: Of) -> ResponseReturnValue:
        return self.disposed_page(of, None, word(NotAllowed())), 422


def _anew(of: Of, found: GiveForm | Deed) -> None:
    """What is sent with the next press is what is seen now."""
    if isinstance(found, GiveForm):
        found.seen = seen_of(of)
    else:
        found.row = next((one for one in all_rows(of) if one.id == found.row.id), found.row)


def _given(deed: Deed) -> dict[str, Any]:
    """What was typed, as the rules take it."""
    form = deed.form
    match deed.verb:
        case "report":
            files = {"attachments": deed.kept.of("attachment"), "scan": deed.kept.of("scan")}
            return {"text": form.value("report") or "", **files}
        case "recall":
            return {"reason": form.value("reason") or ""}
        case "begin":
            return {}
    return {"note": cleaned(form.value("note"))}
