"""Kotak kerja: what waits for me, the most urgent first, and what I wait for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask.typing import ResponseReturnValue
from flask_admin import expose
from sqlalchemy import Row, select

from backoffice import access
from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.remaining import Group
from backoffice.text import _, _l, clock_time, long_moment, zone_name
from models import Assignment, Case, CaseEvent, Duty, EventKind, Office, Post, db
from views.base import OfficeHome
from views.deeds import is_quick
from views.due import Due
from views.inbox_dispositions import laid_groups
from views.kinds import (
    before_count,
    laid_count,
    meets_cases,
    newest,
    openable_by,
    roles_of,
    waiting_count,
)
from views.preparing import sets_up
from views.rows import COLUMNS, SLUGS, CaseRow, RowMaker, lookups, office_of
from views.session import current_person, utc_now
from views.standing import as_which, notices
from views.times import Tag
from views.waits import reminders, time_to_remind

MOST_ROWS = 200  # more on one desk than anybody reads; the lists show the rest


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the inbox: the case, what to do, and where it comes from.

    `quick`: a note or a choice decides it, as in the review.
    """

    row: CaseRow
    why: str
    primary: bool
    reminds: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the inbox."""

    key: str
    icon: str
    title: str
    hint: str
    count: int
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands here instead of work; `way`: label and address."""

    title: str
    text: str
    way: tuple[str, str] | None


SECTIONS = (
    ("late", _l("Overdue"), _l("Do these first")),
    ("today", _l("Today"), _l("Before the office closes")),
    ("later", _l("Later"), _l("There is still time")),
    ("wait", _l("Waiting for somebody else"), _l("Your time does not run")),
)
GROUPS = {
    Group.LATE: "late",
    Group.TODAY: "today",
    Group.LATER: "later",
    Group.NONE: "later",
    Group.WAITING: "wait",
}


class InboxView(OfficeHome):
    """The first page."""

    def __init__(self) -> None:
        super().__init__(_l("Inbox"), template="inbox/index.html")

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """My open work in four groups."""
        person = current_person()
        if person is None:
            return self.inaccessible_callback("index")
        if not meets_cases(person):
            said = notices(person, utc_now())
            page: str = self.render("inbox/guide.html", guide=guide(person), notices=said)
            return page
        now = utc_now()
        office = office_of(person)
        works = works_of(person, office, now)
        groups = sections(works, person)
        zone = office.timezone
        return self.render(
            "inbox/index.html",
            sections=groups,
            works=works,
            laid=laid_groups(person, office, now),
            one_by_one=to_examine(groups),
            closing=closing_words(office, now),
            today=f"{long_moment(now, zone)} {zone_name(zone)}",
            new=new_links(person),
            notices=notices(person, now),
        )

    def menu_count(self) -> int | None:
        """What lies on my desks, without what waits for outsiders."""
        person = current_person()
        return open_count(person) if person is not None else None


def guide(person: Person) -> Guide:
    """What somebody does here before whom no case ever comes."""
    if person.office_id is None:
        text = _("You found offices. Each is set up by its own administrator; you see no case.")
        way = (_("See the offices"), "/instansi/") if person.system_admin else None
        return Guide(_("No cases come before you"), text, way)
    if sets_up(person):
        text = _("Your post sets the office up. Cases go to the posts that the SOPs name.")
        return Guide(_("No cases come before you"), text, (_("Set the office up"), "/persiapan/"))
    if person.resting and not person.actors:
        text = _(
            "Nothing waits for you until then. Are you back already? The office administrator "
            "ends what is recorded."
        )
    elif not person.actors:
        text = _("You hold no post today. The office administrator names who holds which post.")
    else:
        text = _("No SOP of the office names your post yet. Work appears here as soon as one does.")
    return Guide(_("No work is waiting for you"), text, None)


def open_count(person: Person) -> int:
    """How much waits for this person: cases, dispositions, letters; asked once a request."""
    newest(person)  # which asks for it together with what the menu needs anyway
    mine = (person.desk_post_ids, person.user_id)
    return waiting_count(*mine) + laid_count(*mine) + before_count(person.desk_post_ids)


def _on_my_desk(person: Person) -> tuple[Any, ...]:
    """On a desk of mine; a case that names me as terlapor is not before me (join Case).

    What I have to report on stands among the dispositions.
    """
    mine = Assignment.post_id.in_(person.desk_post_ids)
    asked = Assignment.duty != Duty.REPORT
    return mine, Assignment.left_at.is_(None), asked, access.not_reported(person)


def works_of(person: Person, office: Office, now: datetime) -> list[Work]:
    """My open work, by due moment; the rows of the page in few statements."""
    desks = db.session.execute(
        select(Assignment.case_id, Assignment.post_id, Assignment.duty, *COLUMNS)
        .join(Case, Case.id == Assignment.case_id)
        .where(*_on_my_desk(person))
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)
        .limit(MOST_ROWS)
    ).all()
    cases = list({row.case_id: row for row in desks}.values())
    duties = duties_of(desks)
    maker = RowMaker(person, office, now)
    shared = lookups(cases)
    rows = [maker.row(case, shared) for case in cases]
    procedures = [shared.procedures[case.procedure_version_id] for case in cases]
    last = last_events([row.id for row in rows])
    late = reminders(cases, shared, roles_of(office.id).titles, maker.calendar, now)
    posts, which = person.staffing.posts, as_which(person)
    return [
        _work(
            row,
            duties[row.id],
            late.get(row.id, ""),
            _joined(why(last.get(row.id, ()), duties[row.id], posts), which.get(case.post_id, "")),
            quick=duties[row.id] is not Duty.RESPONSIBLE or is_quick(procedure, case.step),
        )
        for row, case, procedure in zip(rows, cases, procedures, strict=True)
    ]


def _joined(*said: str) -> str:
    return " · ".join(filter(None, said))


def duties_of(desks: Sequence[Any]) -> dict[int, Duty]:
    """What is asked of me in each case; an opinion first, since the conclusion waits for it."""
    first = {row.case_id: row.duty for row in reversed(desks)}
    asked = [row.case_id for row in desks if row.duty is Duty.OPINION]
    return first | dict.fromkeys(asked, Duty.OPINION)


def _work(row: CaseRow, duty: Duty, remind: str, reason: str, *, quick: bool) -> Work:
    """A row of the inbox; `remind`: whom it is time to remind."""
    known = Due(Group.NONE, Tag("info", _("For your information")), "")
    if duty is Duty.INFORMATION:
        waits = row.due.group is Group.WAITING
        row, remind = row if waits else replace(row, due=known), ""
    if remind:
        row = replace(row, action=_("Remind"), task=time_to_remind(remind))
    urgent = row.due.group in (Group.LATE, Group.TODAY)
    return Work(row, reason, bool(remind) or urgent, bool(remind), quick)


def last_events(case_ids: Collection[int]) -> dict[int, Sequence[Row[Any]]]:
    """The ways each case took, newest first."""
    found: dict[int, list[Row[Any]]] = {}
    if not case_ids:
        return {}
    query = (
        select(
            CaseEvent.case_id,
            CaseEvent.action,
            CaseEvent.label,
            CaseEvent.post_id,
            CaseEvent.for_post_id,
        )
        .where(CaseEvent.case_id.in_(case_ids), CaseEvent.kind == EventKind.TRANSITION)
        .order_by(CaseEvent.id.desc())
    )
    for row in db.session.execute(query):
        found.setdefault(row.case_id, []).append(row)  # type: ignore[arg-type]
    return dict(found)


def why(events: Sequence[Any], duty: Duty, posts: Mapping[int, Post]) -> str:
    """Why it is here: from whom, or how often it came back."""
    if duty is Duty.OPINION:
        return _("Your opinion is asked")
    if not events:
        return _("Newly opened")
    newest = events[0]
    post = posts.get(newest.for_post_id or newest.post_id)
    title = post.title if post is not None else ""
    returned = sum(event.action == "return" for event in events)
    if newest.action == "return":
        return _("Returned by %(post)s", post=title)
    if returned:
        return _("From %(post)s · returned %(n)s times so far", post=title, n=returned)
    return _("From %(post)s", post=title)


def sections(works: Sequence[Work], person: Person) -> list[Section]:
    """The four groups, always all of them."""
    groups: dict[str, list[Work]] = {key: [] for key, _title, _hint in SECTIONS}
    for work in works:
        groups[GROUPS[work.row.due.group]].append(work)
    for one in groups.values():
        one.sort(key=lambda work: not work.reminds)  # keeps the order of the moments otherwise
    return [
        Section(key, key, str(title), str(hint), len(groups[key]), tuple(groups[key]))
        for key, title, hint in SECTIONS
    ]


def closing_words(office: Office, now: datetime) -> str:
    """Until when today's work can be done: Sampai 16.30 WIB."""
    calendar = calendar_of(office)
    openings = calendar.openings(calendar.day_of(now))
    if not openings:
        return _("The office is closed today")
    zone = office.timezone
    return _("Until %(time)s", time=f"{clock_time(openings[-1][1], zone)} {zone_name(zone)}")


def to_examine(groups: Sequence[Section]) -> int:
    """How many the review would show one by one; none where each needs a long form."""
    works = [work for one in groups for work in one.works if one.key != "wait"]
    return len(works) if any(work.quick for work in works) else 0


def new_links(person: Person) -> list[tuple[str, str]]:
    """What this person may open: label of the kind and address."""
    words = {
        "complaint": _("Record a new complaint"),
        "data_request": _("Record a new data request"),
        "aid_proposal": _("Record a new proposal"),
        "general": _("Record a new case"),
    }
    kinds = dict.fromkeys(version.kind for version, _actor in openable_by(person))
    return [(words[kind], f"/{SLUGS[kind]}/new/") for kind in kinds]
