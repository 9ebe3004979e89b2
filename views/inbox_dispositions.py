"""Dispositions in the inbox: those for me, and those I gave that come back to my desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backoffice.actor import Person
from backoffice.calendars import calendar_of
from backoffice.incoming import agenda_of
from backoffice.text import _, long_date
from backoffice.workflow.laid import is_late, letters_before, on_desks
from models import Case, Disposition, Duty, IncomingLetter, Office
from views import labels
from views.disposition_words import asked_of, due_tag, duty_words, state_tag
from views.incoming_form import URGENCIES
from views.incoming_page import state_words
from views.rows import case_url
from views.times import Tag


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A disposition as the inbox shows it."""

    id: str  # of its link, once on the page
    url: str
    subject: str
    meta: str
    state: Tag
    due: str
    unread: bool
    task: str
    who: str
    action: str
    primary: bool


@dataclass(frozen=True, slots=True)
class LaidGroup:
    """For me, or given by me."""

    key: str
    icon: str
    title: str
    hint: str
    rows: tuple[LaidRow, ...]


def laid_groups(person: Person, office: Office, now: datetime) -> list[LaidGroup]:
    """Three groups, one statement for the letters and one for both others; none is empty."""
    laid = on_desks(person, office, now)
    found = (
        LaidGroup(
            "surat-untuk-anda",
            "file",
            _("Letters laid before you"),
            _("Give a disposition, open a case, or file them"),
            tuple(_letter_row(one) for one in letters_before(person)),
        ),
        LaidGroup(
            "untuk-anda",
            "forward",
            _("Dispositions for you"),
            _("Whoever gave them waits for your report"),
            tuple(_row(one, office, now, to_me=True) for one in laid.to_me),
        ),
        LaidGroup(
            "dari-anda",
            "return",
            _("Dispositions you gave"),
            _("Reported, or overdue without a report"),
            tuple(_row(one, office, now, to_me=False) for one in laid.from_me),
        ),
    )
    return [one for one in found if one.rows]


def _letter_row(letter: IncomingLetter) -> LaidRow:
    return LaidRow(
        id=f"m{letter.id}",
        url=f"/surat-masuk/details/?id={letter.id}",
        subject=letter.subject,
        meta=" · ".join((letter.sender, _("agenda %(n)s", n=agenda_of(letter)))),
        state=Tag("today", state_words()["new"]),
        due=long_date(letter.received_on),
        unread=letter.read_at is None,
        task=str(URGENCIES.get(letter.urgency, letter.urgency)),
        who="",
        action=_("Open"),
        primary=False,
    )


def _row(row: Disposition, office: Office, now: datetime, *, to_me: bool) -> LaidRow:
    calendar = calendar_of(office)
    late, due = is_late(row, calendar, now), due_tag(row, calendar, now)
    reported = row.reported_at is not None
    url, subject, number = _about(row, office)
    giver, taker = row.from_post.title, row.to_post.title
    return LaidRow(
        id=str(row.id),
        url=url,
        subject=subject,
        meta=" · ".join(one for one in (number, duty_words(row)) if one),
        state=due if due is not None and (late or to_me) else state_tag(row),
        due=_("done by %(day)s", day=long_date(row.deadline_on)) if row.deadline_on else "",
        unread=row.read_at is None if to_me else False,
        task=_task(row) if to_me else (_("Report to be read") if reported else _("No report yet")),
        who=_("From %(post)s", post=giver) if to_me else taker,
        action=_action(row, to_me=to_me),
        primary=late or reported,
    )


def _action(row: Disposition, *, to_me: bool) -> str:
    if to_me and row.duty is Duty.REPORT:
        return _("Report")
    return _("Read the report") if row.reported_at is not None else _("Open")


def _task(row: Disposition) -> str:
    """What is asked, as far as one line holds it."""
    return asked_of(row) or row.instructions.split("\n", 1)[0][:120]


def _about(row: Disposition, office: Office) -> tuple[str, str, str]:
    """Address, heading and number of the case or letter."""
    of = row.case or row.incoming_letter
    if isinstance(of, Case):
        heading = labels.subject_of(of, office.timezone)
        return f"{case_url(of.id, of.kind)}#disposisi", heading, of.number or ""
    if of is None:
        raise LookupError(row.id)
    url = f"/surat-masuk/details/?id={of.id}#disposisi"
    return url, of.subject, _("agenda %(n)s", n=agenda_of(of))
