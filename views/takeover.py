"""Mulai di tengah tahun: a form for the office, its check, and the second press that does it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose

from backoffice import storage
from backoffice.actor import Actor
from backoffice.errors import Incomplete, Stale
from backoffice.takeover import drafts, form
from backoffice.takeover.checking import Plan, check, unnumbered, words_of
from backoffice.takeover.gate import MOST_BYTES, MOST_ROWS, Unreadable
from backoffice.takeover.known import known_of
from backoffice.takeover.marking import mark
from backoffice.takeover.rows import ClosedRow, OpenRow
from backoffice.takeover.taking import Faulty, administrator, read_for, take_over
from backoffice.text import _, _l, number, short_day, short_moment
from backoffice.workflow.versions import newest_versions
from models import Office
from views import export
from views.guard import Guarded
from views.labels import STATUSES
from views.session import current_person, utc_now
from views.settings import GROUP
from views.sop_table import place
from views.uploads import settings
from views.wording import word

MOST_SHOWN = 200  # faults on the page; the marked workbook has them all
FIRST_ROWS = 5  # of each sheet on the page that asks
LIMITS = {"most_rows": number(MOST_ROWS), "most_megabytes": MOST_BYTES // 1024 // 1024}
FORM_NAME, MARKED_NAME = "mulai-di-tengah-tahun.xlsx", "perbaiki.xlsx"


class TakeoverView(Guarded, BaseView):
    """For who manages the office, and for that office alone."""

    def __init__(self) -> None:
        super().__init__(
            name=_l("Start in mid-year"),
            category=GROUP,
            endpoint="mulai",
            url="/mulai-di-tengah-tahun",
        )

    def is_accessible(self) -> bool:
        """Closed to everybody who does not manage an office."""
        person = current_person()
        return person is not None and administrator(person) is not None

    @property
    def actor(self) -> Actor:
        """As whom it is done; only asked behind `is_accessible`."""
        person = current_person()
        found = administrator(person) if person is not None else None
        return found or abort(403)

    @property
    def office(self) -> Office:
        """The office of whoever is at the screen."""
        found: Office = self.actor.post.office
        return found

    @property
    def folder(self) -> Path:
        """Where the checked workbooks of this office lie."""
        return drafts.folder_of(settings().data_dir, self.office.id)

    # The form

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """What it is for, the form, and where to bring it back."""
        return self.start()

    @expose("/formulir/")
    def form_file(self) -> ResponseReturnValue:
        """The form of this office as it stands now."""
        return workbook(form.make(known_of(self.office, utc_now())), FORM_NAME)

    # The check

    @expose("/periksa/", methods=("POST",))
    def check(self) -> ResponseReturnValue:
        """Every fault of the workbook, or what it would do; nothing changes."""
        file = request.files.get("workbook")
        if file is None or not file.filename:
            return self.start(_("Choose the form that was filled in.")), 422
        data = file.stream.read(MOST_BYTES + 1)
        name = storage.safe_name(file.filename, ".xlsx")
        return self.checked(data, name)

    def checked(self, data: bytes, name: str, message: str = "") -> ResponseReturnValue:
        """The page that asks for the second press, or the one that names every fault."""
        now = utc_now()
        try:
            plan = check(self.office, read_for(self.office, data, now), now)
        except Unreadable as unreadable:
            return self.start(str(unreadable)), 422
        if plan.is_empty:
            return self.start(_("Nothing is filled in yet but the example.")), 422
        digest = drafts.keep(self.folder, data)
        if plan.faults:
            return self.faulty(plan, digest), 422
        return self.asking(plan, digest, name, message)

    @expose("/perbaikan/")
    def marked_file(self) -> ResponseReturnValue:
        """The workbook that was brought, with every fault beside its row."""
        data = drafts.load(self.folder, request.args.get("berkas", "")) or abort(404)
        now = utc_now()
        plan = check(self.office, read_for(self.office, data, now), now)
        return workbook(mark(data, plan.faults), MARKED_NAME)

    # The second press

    @expose("/ambil/", methods=("POST",))
    def take(self) -> ResponseReturnValue:
        """Take it all over, if it would still do what the page said."""
        digest = request.form.get("file", "")
        data = drafts.load(self.folder, digest)
        if data is None:
            gone = _("This upload is no longer here: it was taken over, or is older than a day.")
            return self.start(message=gone), 409
        name = storage.safe_name(request.form.get("name", ""), ".xlsx")
        folder, seen = self.folder, request.form.get("seen", "")
        try:
            plan = take_over(
                self.office.id, data, actor=self.actor, now=utc_now(), source=name, seen=seen
            )
        except Faulty as faulty:
            return self.faulty(faulty.plan, digest), 422
        except Stale:
            again = self.checked(
                data, name, _("Something changed meanwhile. Nothing was taken over; check again.")
            )
            return (again, 409) if isinstance(again, str) else again
        drafts.forget(folder, digest)
        flash(taken(plan), "success")
        return redirect(url_for(".index"))

    # Pages

    def start(self, fault: str = "", message: str = "") -> str:
        """The first page; `fault` stands above the file, `message` above the page."""
        page: str = self.render(
            "settings/takeover.html",
            fault=fault,
            message=message or (word(Incomplete()) if fault else ""),
            ready=bool(newest_versions(self.office.id)),
            **LIMITS,
        )
        return page

    def faulty(self, plan: Plan, digest: str) -> str:
        """Every fault, or the first of very many."""
        page: str = self.render(
            "settings/takeover_faults.html",
            faults=plan.faults[:MOST_SHOWN],
            count=len(plan.faults),
            digest=digest,
            **LIMITS,
        )
        return page

    def asking(self, plan: Plan, digest: str, name: str, message: str) -> str:
        """What will be taken over, before it is."""
        fresh = unnumbered(plan)
        page: str = self.render(
            "settings/takeover_confirm.html",
            message=message,
            plan=plan,
            digest=digest,
            file_name=name,
            title=title_of(plan),
            per_sop=plan.per_sop(),
            numbers=words_of(plan.known, plan.counts),
            fresh=number(len(fresh)) if fresh else "",
            going=[going(one, fresh, self.office.timezone) for one in plan.open[:FIRST_ROWS]],
            ended=[ended(one, self.office.timezone) for one in plan.closed[:FIRST_ROWS]],
        )
        return page


def title_of(plan: Plan) -> str:
    """The question of the second page."""
    if not plan.size:
        return _("Set the next numbers?")
    return _("Take over %(n)s cases?", n=number(plan.size))


def taken(plan: Plan) -> str:
    """What was done."""
    said = _("%(n)s cases were taken over.", n=number(plan.size)) if plan.size else ""
    after = ", ".join(after for _before, after in words_of(plan.known, plan.counts))
    numbered = _("Next numbers: %(n)s.", n=after) if after else ""
    return " ".join(one for one in (said, numbered) if one)


def going(one: OpenRow, fresh: Collection[OpenRow], zone: str) -> dict[str, str]:
    """A case that goes on, on one line; `fresh` get a number."""
    return {
        "number": one.number or (_("new number") if one in fresh else _("no number yet")),
        "subject": str(one.columns["subject"]),
        "where": f"{place(one.sop.procedure, one.step.key)} · {' / '.join(one.place.titles)}",
        "day": short_moment(one.since, zone),
    }


def ended(one: ClosedRow, zone: str) -> dict[str, str]:
    """A case of the book, on one line."""
    how = one.sop.procedure.outcome(one.outcome).label if one.outcome else STATUSES[one.status]
    return {
        "number": one.number or _("no number"),
        "subject": str(one.columns["subject"]),
        "where": str(how),
        "day": short_day(one.closed_at.astimezone(ZoneInfo(zone)).date()),
    }


def workbook(data: bytes, name: str) -> Response:
    """An .xlsx file to keep."""
    answer = Response(data, mimetype=export.TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
