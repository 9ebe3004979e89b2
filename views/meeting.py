"""Rapat: those to come, calling one from a case, its page and papers, and its minutes."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access, meetings
from backoffice.actor import Person
from backoffice.errors import Incomplete, NotAllowed, Refusal
from backoffice.letters import meeting_papers
from backoffice.text import _, _l
from backoffice.workflow.engine import command
from models import Case, Meeting, db
from views.case_beside import written
from views.case_papers import word_file
from views.fields import small_int
from views.form_inputs import told
from views.forms import OfficeForm
from views.meeting_form import called_form, invitation_of, minutes_form, minutes_of, rows_asked
from views.meeting_page import ADDRESS, MeetingPage, found, to_come
from views.personal import CasesPage
from views.rows import case_url, office_of
from views.session import is_resumed, resumes, utc_now
from views.tree import GROUP
from views.wording import word, word_field


class MeetingView(CasesPage):
    """For whoever may meet cases: the meetings about those he sees."""

    def __init__(self) -> None:
        super().__init__(name=_l("Meetings"), category=GROUP, endpoint="rapat", url="/rapat")

    def opens(self, person: Person) -> bool:
        """Whoever holds a post; a meeting is as open as its case."""
        return access.may_open(person, Meeting)

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """The meetings to which the person goes, from today on."""
        zone = office_of(self.person).timezone
        lines = to_come(self.person, utc_now().replace(hour=0, minute=0), zone)
        return self.render("meeting/index.html", lines=lines)

    # Calling one

    @resumes
    @expose("/new/", methods=("GET", "POST"))
    def create(self) -> ResponseReturnValue:
        """The form of the invitation, and its answer."""
        case = self.case()
        if meetings.caller(case, self.person) is None:
            abort(404)
        form = called_form(case)
        if request.method == "GET":
            return self.form_page(case, form)
        readable = form.read(request.form)
        if is_resumed():
            return self.form_page(case, form)
        if not readable:
            return self.form_page(case, form, word(Incomplete())), 422
        return self.call(case, form)

    def call(self, case: Case, form: OfficeForm) -> ResponseReturnValue:
        """Invite, or say why not."""
        case_id, wanted = case.id, invitation_of(form, case.office)
        try:
            with command(case_id, moves=False) as locked:
                actor = meetings.caller(locked, self.person)
                if actor is None:
                    raise NotAllowed
                meeting_id = meetings.call(locked, wanted, actor=actor, now=utc_now()).id
        except Refusal as refusal:
            message = told(form, refusal)
            return self.form_page(self.case(), form, message), refusal.status
        flash(_("The meeting is called. Its papers are below."), "success")
        return redirect(f"{ADDRESS}{meeting_id}")

    def case(self) -> Case:
        """The case that the request names, if it lies open; else 404."""
        query = db.session.query(Case).filter(access.sees_case(self.person))
        case_id = small_int(request.values.get("id"))
        return query.filter(Case.id == (case_id or 0)).one_or_none() or abort(404)

    def form_page(self, case: Case, form: OfficeForm, message: str = "") -> str:
        """The page with the invitation."""
        page: str = self.render(
            "meeting/new.html",
            case=case,
            form=form,
            message=message,
            back=case_url(case.id, case.kind),
            confidential=case.procedure_version.confidential,
        )
        return page

    # One meeting

    @expose("/details/")
    def details(self) -> ResponseReturnValue:
        """What, when, where, who; and what came of it."""
        return self.page(self.meeting())

    def meeting(self) -> Meeting:
        """The meeting that the request names, if its case lies open; else 404."""
        return found(self.person, small_int(request.values.get("id")) or 0) or abort(404)

    def page(self, meeting: Meeting, message: str = "", **more: Any) -> str:
        """The page of a meeting."""
        page: str = self.render(
            "meeting/details.html",
            page=MeetingPage(meeting, self.person),
            message=message,
            faults=more.get("faults", {}),
            typed=request.form if request.method == "POST" else {},
        )
        return page

    @expose("/paper/<kind>/")
    def paper(self, kind: str) -> ResponseReturnValue:
        """Undangan, daftar hadir or notulen as a Word file; 404 for what there is not (yet)."""
        meeting = self.meeting()
        if kind not in meeting_papers.papers_of(meeting):
            abort(404)
        data = meeting_papers.render(meeting, kind)
        return word_file(data, f"{kind}-{meeting.case.number or meeting.case_id}.docx")

    @resumes
    @expose("/minutes/", methods=("GET", "POST"))
    def minutes(self) -> ResponseReturnValue:
        """The form of the minutes, and its answer."""
        meeting = self.meeting()
        if meetings.minute_taker(meeting, self.person) is None:
            return self.page(meeting, word(NotAllowed())), 422
        rows = rows_asked(request.form)
        form = minutes_form(meeting, rows)
        if request.method == "GET":
            return self.minutes_page(meeting, form, rows)
        readable = form.read(request.form)
        if is_resumed() or request.form.get("more"):
            return self.minutes_page(meeting, form, rows)
        if not readable:
            return self.minutes_page(meeting, form, rows, word(Incomplete())), 422
        return self.write(meeting, form, rows)

    def write(self, meeting: Meeting, form: OfficeForm, rows: int) -> ResponseReturnValue:
        """Keep the minutes, or say why not."""
        meeting_id, case_id = meeting.id, meeting.case_id
        written_down, lines = minutes_of(form, rows)
        try:
            with command(case_id) as case:
                row = meetings.of_case(case, meeting_id)
                actor = meetings.minute_taker(row, self.person)
                if actor is None:
                    raise NotAllowed
                meetings.minute(case, row, written_down, actor=actor, now=utc_now())
        except Refusal as refusal:
            message = told(form, on_lines(refusal, lines))
            return self.minutes_page(self.meeting(), form, rows, message), refusal.status
        flash(_("The minutes are kept."), "success")
        return redirect(f"{ADDRESS}{meeting_id}")

    def minutes_page(self, meeting: Meeting, form: OfficeForm, rows: int, message: str = "") -> str:
        """The page with the minutes."""
        page: str = self.render(
            "meeting/minutes.html", meeting=meeting, form=form, rows=rows, message=message
        )
        return page

    @resumes
    @expose("/cancel/", methods=("POST",))
    def cancel(self) -> ResponseReturnValue:
        """The meeting will not be held."""
        meeting = self.meeting()
        if is_resumed():
            return self.page(meeting)
        meeting_id, case_id = meeting.id, meeting.case_id
        try:
            reason = written("reason")
            with command(case_id, moves=False) as case:
                row = meetings.of_case(case, meeting_id)
                actor = meetings.minute_taker(row, self.person)
                if actor is None:
                    raise NotAllowed
                meetings.cancel(case, row, actor=actor, now=utc_now(), reason=reason)
        except Refusal as refusal:
            faults = {key: word_field(code) for key, code in refusal.fields.items()}
            return self.page(self.meeting(), word(refusal), faults=faults), refusal.status
        flash(_("The meeting was cancelled."), "success")
        return redirect(f"{ADDRESS}{meeting_id}")


def on_lines(refusal: Refusal, lines: list[int]) -> Refusal:
    """The same refusal with decisions numbered as the form has them."""
    fields = {}
    for name, code in refusal.fields.items():
        kind, dot, rest = name.partition(".")
        place, more, field = rest.partition(".")
        if kind == "decision" and place.isdigit():
            name = f"{kind}{dot}{lines[int(place)]}{more}{field}"
        fields[name] = code
    refusal.fields = fields
    return refusal
