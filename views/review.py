"""Periksa satu per satu: one piece of work per page, one decision, then the next one opens.

For a head of office with two minutes and a telephone. Whatever is decided here goes through the
same form and the same command as on the case page; what needs a long form is led there.
"""

from __future__ import annotations

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy import select

from backoffice import access
from backoffice.actor import Person
from backoffice.errors import CannotTakeBack, Refusal
from backoffice.text import _, _l
from backoffice.workflow import corrections, reading
from backoffice.workflow.engine import command
from backoffice.workflow.versions import definition_of
from models import Assignment, Case, CaseEvent, db
from views import case_page, labels, queue, review_page, stale
from views.actions import ActionForm, action_forms
from views.deciding import Deciding
from views.fields import small_int
from views.personal import CasesPage
from views.queue import Queue
from views.rows import SLUGS, case_url, place_words
from views.session import is_resumed, resumes, utc_now
from views.timeline import who_did
from views.wording import word


class ReviewView(Deciding, CasesPage):
    """The open desks of one person, one after the other."""

    def __init__(self) -> None:
        super().__init__(name=_l("Examine one by one"), endpoint="periksa", url="/periksa")

    def opens(self, person: Person) -> bool:
        """For who holds a post."""
        return access.may_open(person, Case)

    # Which piece of work

    def queue(self) -> Queue:
        """The queue that the address names."""
        return Queue.of(request.values.get("urut", ""))

    def glimpsed(self) -> Case:
        """The case the request names, if it lies or lay on a desk of this person; else 404."""
        case = self.had(request.values.get("id"))
        return case if case is not None else abort(404)

    def had(self, text: str | None) -> Case | None:
        """The case of that id, as far as this person was ever concerned with it."""
        mine = Assignment.post_id.in_(self.person.desk_post_ids)
        query = select(Case.id).where(
            Case.id == (small_int(text) or 0),
            access.glimpses_case(self.person),
            select(Assignment.id).where(Assignment.case_id == Case.id, mine).exists(),
        )
        case_id = db.session.scalar(query)
        return case_page.load(case_id) if case_id is not None else None

    # The pages

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """One piece of work; without an id the most urgent one. Opening it is remembered."""
        if "id" in request.args:
            case, line = self.glimpsed(), self.queue()
        else:
            line = queue.from_inbox(self.person, utc_now())
            first = self.had(str(next(iter(line.ids), "")))
            if first is None:
                return self.end_page(line)
            case = first
        page = self.page(case, line=line)
        self.remember(case)
        return page

    def remember(self, case: Case) -> None:
        """This person has opened the case; nothing is written where he had before."""
        desks, now = self.person.desk_post_ids, utc_now()
        if reading.read_here(case, desks, now=now):
            reading.mark_read(case.id, desks, now=now)

    @expose("/selesai/")
    def end(self) -> ResponseReturnValue:
        """Nothing comes after the last one: what was skipped, and what came meanwhile."""
        return self.end_page(self.queue())

    def page(
        self,
        case: Case,
        *,
        posted: ActionForm | None = None,
        message: str = "",
        opened: str = "",
        line: Queue | None = None,
    ) -> str:
        """The page of a piece of work, or that it is no longer on the desk."""
        line = (line or self.queue()).holding(case.id)
        if not review_page.duties_of(case, self.person):
            return self.gone_page(case, line, message)
        now = utc_now()
        shown = review_page.review_of(
            case,
            self.person,
            now,
            forms=action_forms(case, self.person, now),
            queue=line,
            waiting=queue.still_waiting(self.person, line),
            posted=posted,
        )
        page: str = self.render(
            "review/index.html", review=shown, message=message, done=self.told()
        )
        return page

    def gone_page(self, case: Case, line: Queue, message: str) -> str:
        """The case has left the desk: where it is, and whether that can be taken back."""
        waiting = queue.still_waiting(self.person, line)
        hidden = access.limited(self.person, case)
        page: str = self.render(
            "review/gone.html",
            case=case,
            queue=line,
            hidden=hidden,
            subject=labels.subject_of(case),
            desk=place_of(case) if hidden else stale.desk_words(case),
            done=review_page.done_of(case, self.person),
            text="\n".join(stale.typed_text(request.form)) if message else "",
            message=message,
            base=f"/{SLUGS[case.kind]}",
            url=case_url(case.id, case.kind),
            onward=line.address(line.after(case.id, waiting)),
        )
        return page

    def end_page(self, line: Queue) -> str:
        """What is left."""
        now = queue.from_inbox(self.person, utc_now())
        left = Queue(tuple(one for one in line.ids if one in now.ids))
        page: str = self.render(
            "review/end.html",
            left=left,
            fresh=len(now.ids) - len(left.ids),
            now=now,
            seen=len(line.ids),
            done=self.told(),
        )
        return page

    def told(self) -> review_page.Done | None:
        """What was decided on the page before this one."""
        if request.method != "GET" or not request.args.get("setelah"):
            return None
        case = self.had(request.args.get("setelah"))
        return review_page.done_of(case, self.person) if case is not None else None

    # Deciding

    @resumes
    @expose("/putus/<key>/", methods=("POST",))
    def decide(self, key: str) -> ResponseReturnValue:
        """Take one way out of the step."""
        return self.take(key, "step")

    def done(self, case_id: int, found: ActionForm, verb: str) -> ResponseReturnValue:
        """The next one opens and says what was done with this one."""
        return redirect(self.next_of(case_id))

    def next_of(self, case_id: int) -> str:
        """The next one that waits; the same again where its next step is this person's too."""
        line = self.queue().holding(case_id)
        waiting = queue.still_waiting(self.person, line)
        if case_id in waiting and has_moved(case_id):
            return line.address(case_id, done=case_id)
        return line.address(line.after(case_id, waiting), done=case_id)

    def too_late(self, case: Case, key: str, seen: int) -> ResponseReturnValue:
        """Somebody was faster: who and what; the typed text stands in the form as it is now."""
        if self.pressed_twice(case, key, seen):
            return redirect(self.next_of(case.id))
        again = self.form_of(case, key)
        if again is not None:
            again.form.read(request.form, request.files)
        return self.page(case, posted=again, message=late_words(case)), 409

    @resumes
    @expose("/batalkan/", methods=("POST",))
    def undo(self) -> ResponseReturnValue:
        """Take back my last step with this case and come back to it."""
        case = self.glimpsed()
        case_id, line, seen = case.id, self.queue().holding(case.id), self.seen_version()
        if is_resumed():
            return self.page(case)
        actor = case_page.corrections_of(case, self.person).get("take_back")
        try:
            with command(case_id, seen) as locked:
                if actor is None:
                    raise CannotTakeBack
                corrections.take_back(locked, actor=actor, now=utc_now())
        except Refusal as refusal:
            message = word(CannotTakeBack())
            return self.page(case_page.load(case_id), message=message), refusal.status
        flash(_("Taken back. The case is on your desk again."), "success")
        return redirect(line.address(case_id))


def has_moved(case_id: int) -> bool:
    """Whether the last thing that happened brought the case to another step."""
    query = select(CaseEvent.step, CaseEvent.to_step).where(CaseEvent.case_id == case_id)
    last = db.session.execute(query.order_by(CaseEvent.id.desc()).limit(1)).one_or_none()
    return last is not None and last.to_step not in (None, last.step)


def place_of(case: Case) -> str:
    """Where a case stands, for who may know no more."""
    if not case.is_live:
        return labels.ending_of(case)
    procedure = definition_of(case)
    return place_words(procedure, procedure.step(case.step))


def late_words(case: Case) -> str:
    """What somebody did since the page was opened; nothing of what was typed is lost."""
    last = case.events[-1] if case.events else None
    what = f"{last.label}: {who_did(last)}. " if last is not None and last.label else ""
    return what + _(
        "The case has changed since you opened it. Your decision was not kept; what you wrote is "
        "below. Look once more, then press again."
    )
