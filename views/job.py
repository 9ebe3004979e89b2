"""Pekerjaan: what somebody asked for and the office's machine does meanwhile, with its progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context

from backoffice import access, jobs, storage
from backoffice.actor import Person
from backoffice.letters import many, many_files
from backoffice.letters.kinds import kind_of
from backoffice.text import _, _l, long_date, number, short_moment
from models import Case, Job, JobState, db
from views import export
from views.base import OfficeView
from views.files import kind_words, size_words
from views.rows import SLUGS, case_url
from views.session import utc_now
from views.times import Tag
from views.uploads import settings

MOST_SHOWN = 200  # failures on the page; the others are in the workbook
REASONS = {
    many.GONE: _l("The case is no longer within your rights."),
    many.NO_LETTER: _l("There is no such letter in this case yet."),
    many.GAP: _l("The letter still has empty places: %(why)s"),
    many.TEMPLATE: _l("The template of this letter has a fault; tell whoever keeps the templates."),
    many.FOOTNOTES: _l("It has footnotes, and so it can only be had as a file of its own (.zip)."),
    many.BROKEN: _l("Something broke in the system. Open the case and print this letter alone."),
}
FORMS = {
    many_files.EACH: _l("one file for each letter (.zip)"),
    many_files.PRINT: _l("together for the printer (.docx)"),
}


@jobs.handler(many.KIND)
def make_letters(job: Job) -> None:
    """In the folder of this installation."""
    many.make(job, settings().files)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A letter that was not made, and why."""

    number: str
    url: str
    reason: str


@dataclass(frozen=True)
class JobPage:
    """What the page says of a job."""

    job: Job
    person: Person
    zone: str
    sees: bool  # whether every case in the file still lies open to the reader
    missing: bool  # whether it waits because no worker is there

    @property
    def title(self) -> str:
        """Surat balasan untuk 120 berkas."""
        return title_of(self.job)

    @property
    def form(self) -> str:
        """How the letters were wanted."""
        return str(FORMS[self.job.arguments["form"]])

    @property
    def state(self) -> Tag:
        """How far it is."""
        return state_of(self.job)

    @property
    def goes_on(self) -> bool:
        """Whether the page will say something else in a moment."""
        return self.job.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def share(self) -> int:
        """How much is done, of 100."""
        return 100 * self.job.done // max(self.job.total, 1)

    @property
    def progress(self) -> str:
        """37 dari 120."""
        return _("%(done)s of %(total)s", done=number(self.job.done), total=number(self.job.total))

    @property
    def made(self) -> int:
        """How many letters are in the file."""
        return self.job.total - sum("case" in one for one in self.job.faults)

    @property
    def until(self) -> str:
        """The last day on which the file is there."""
        ended = self.job.ended_at or self.job.asked_at
        last = ended + timedelta(days=many.KEPT_DAYS)
        return long_date(last.astimezone(ZoneInfo(self.zone)).date())

    @property
    def asked(self) -> str:
        """When it was asked for."""
        return short_moment(self.job.asked_at, self.zone)

    @property
    def weight(self) -> str:
        """ZIP · 1,4 MB."""
        kind = "ZIP" if self.job.result_type == many_files.ZIP else kind_words(self.job.result_type)
        return f"{kind} · {size_words(self.job.result_size)}"

    @cached_property
    def reasons(self) -> list[str]:
        """Why all of it failed."""
        return [one["reason"] for one in self.job.faults if "reason" in one]

    @cached_property
    def faults(self) -> list[FaultLine]:
        """What was not made."""
        return list(lines_of(self.job, self.person))

    @property
    def shown(self) -> list[FaultLine]:
        """As many as the page takes."""
        return self.faults[:MOST_SHOWN]


def title_of(job: Job) -> str:
    """What was asked for."""
    return _(
        "%(letter)s for %(n)s cases",
        letter=kind_of(job.arguments["kind"]).title,
        n=number(job.total),
    )


def state_of(job: Job) -> Tag:
    """Menunggu, sedang dibuat, selesai, selesai sebagian, gagal."""
    match job.state:
        case JobState.QUEUED:
            return Tag("wait", _("Waiting its turn"))
        case JobState.RUNNING:
            return Tag("today", _("Being made"))
        case JobState.DONE if not job.result_name:
            return Tag("late", _("Nothing could be made"))
        case JobState.DONE:
            return Tag("today", _("Done in part")) if job.faults else Tag("done", _("Done"))
    return Tag("late", _("Failed"))


def lines_of(job: Job, person: Person) -> Iterator[FaultLine]:
    """The letters that were not made; of a case out of sight not even its number is told."""
    found = [one for one in job.faults if "case" in one]
    query = sa.select(Case.id).where(Case.id.in_([one["case"] for one in found]))
    seen = set(db.session.scalars(query.where(access.glimpses_case(person)))) if found else set()
    for one in found:
        if one["case"] not in seen:
            yield FaultLine(_("A case"), "", str(REASONS[many.GONE]))
            continue
        kind = one.get("of", "")
        url = case_url(one["case"], kind) if kind in SLUGS else ""
        reason = str(REASONS[one["code"]]) % one if "why" in one else str(REASONS[one["code"]])
        yield FaultLine(one["number"] or _("without a number"), url, reason)


class JobView(OfficeView):
    """The jobs of whoever is at the screen; nobody else's."""

    model = Job
    slug = "pekerjaan"
    title = _l("Letters at once")
    lead = _l("Letters you asked for at once, and where to fetch them.")
    can_view_details = True
    details_template = "job/details.html"
    column_list = ("name", "state", "progress", "asked_at")
    column_labels = {
        "name": _l("Letters"),
        "state": _l("State"),
        "progress": _l("Gone through"),
        "asked_at": _l("Asked for"),
    }

    def is_visible(self) -> bool:
        """Not in the menu: one comes here from a list, and from the account."""
        return False

    def scope(self) -> Any:
        """E-mails tell of themselves beside their letter."""
        return sa.and_(super().scope(), Job.kind == many.KIND)

    def count_words(self, count: int) -> str:
        """Nobody counts them."""
        return ""

    def get_empty_list_message(self) -> str:
        """How one comes to have some."""
        return _("You have not asked for letters at once. In a list of cases, press Many letters.")

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell."""
        match name:
            case "name":
                return title_of(model)
            case "state":
                return state_of(model)
            case "progress":
                return f"{number(model.done)}/{number(model.total)}"
        return short_moment(model.asked_at, self.office_zone())

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """How far it is, what failed, the file."""
        return self.page(self.one_or_404())

    def page(self, job: Job, message: str = "") -> str:
        """The page of a job."""
        now, done = utc_now(), job.state is JobState.DONE
        shown = JobPage(
            job,
            self.person,
            self.office_zone(),
            sees=not done or many.still_sees(job, self.person),
            missing=job.state is JobState.QUEUED and jobs.nobody_works(now),
        )
        page: str = self.render(self.details_template, page=shown, message=message)
        return page

    @expose("/download/")
    def download(self) -> ResponseReturnValue:
        """The file; 404 where there is none any more, 422 where a case of it is out of sight."""
        job = self.one_or_404()
        place = storage.path(settings().files, job.result_sha256 or "0" * 64)
        if not job.result_sha256 or not place.is_file():
            abort(404)
        if not many.still_sees(job, self.person):
            return self.page(job), 422
        name = job.result_name
        answer = send_file(place, job.result_type, True, name, max_age=0, etag=False)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    @expose("/faults/")
    def faults(self) -> Response:
        """Every letter that was not made, as a workbook."""
        job = self.one_or_404()
        titles = (_("Case"), _("Reason"))
        rows = ((one.number, one.reason) for one in lines_of(job, self.person))
        file = export.workbook(titles, rows, self.office_zone())
        name = f"{_('not-made')}-{job.id}.xlsx"
        return send_file(file, export.TYPE, as_attachment=True, download_name=name, max_age=0)
